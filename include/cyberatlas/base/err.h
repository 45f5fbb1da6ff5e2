/* SPDX-License-Identifier: MIT */
/* Load-time errors: one sentence for a person, and whose fault it is. */
#pragma once
#include <stdbool.h>

#include "cyberatlas/base/common.h"

/* The values are the program's exit codes. */
enum err_kind { ERR_NONE = 0, ERR_INPUT = 1, ERR_USAGE = 2, ERR_SYSTEM = 3 };

enum { ERR_TEXT_SIZE = 1024 };

struct err {
    enum err_kind kind;
    char text[ERR_TEXT_SIZE];
};

/* Fills *err (a longer sentence is cut) and returns false, so that a failing function may end with
 * `return err_set(…)`. */
bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...) PRINTF(3, 4);
/* The one sentence for a failed allocation; returns false. */
bool err_memory(struct err *err);
