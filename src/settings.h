/* SPDX-License-Identifier: MIT */
/* Options of a subcommand as a table of rows that fill a struct: parsing, environment, errors and help in one place. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cyberatlas/base/err.h"

/* What the member at a row's offset is, and how its value is written. */
enum setting_kind {
    SETTING_FLAG,     /* bool; takes no value and no environment variable */
    SETTING_NUMBER,   /* uint32_t */
    SETTING_SIZE,     /* uint32_t, bytes: 4096, 16k, 64m */
    SETTING_DURATION, /* uint32_t, milliseconds: 500ms, 10s, 5m; 0 */
    SETTING_WORD,     /* an enum: one of `words` */
    SETTING_TEXT,     /* const char *, borrowed */
};

struct setting {
    const char *name; /* "log-level" is --log-level and CYBERATLAS_LOG_LEVEL; NULL ends a table */
    char letter;      /* 'o' is -o; 0: none */
    enum setting_kind kind;
    uint32_t least, most; /* of numbers, sizes and durations */
    const char *const *words;
    size_t word_count;
    bool (*check)(const char *value); /* of texts; NULL: any */
    const char *allowed;              /* what `check` asks for, in words */
    const char *value;                /* the value's name in the help */
    const char *help;
    size_t offset;
};

/* What is no option, in order. */
struct operands {
    const char **items;
    size_t most;
    size_t count;
};

/* Fills the struct at `base`, which holds the defaults, from the environment and then from argv: --name VALUE,
 * --name=VALUE, -o VALUE; "--" ends the options. False: *err is a usage error that names the option or variable, what
 * is allowed and the nearest name; `base` may then be half filled. */
bool settings_read(const struct setting *table, int argc, char **argv, void *base, struct operands *operands,
                   struct err *err) MUST_USE;
/* One entry for each row, with its variable and the default that `base` holds. */
void settings_help(const struct setting *table, const void *base, FILE *out);
