/* SPDX-License-Identifier: MIT */
/* The files of the tree that are part of the program: schemas, contract, SQL, icon, and below "assets/"
 * the bundled dashboard, where it is built. Made at build by embed.py. */
#pragma once
#include <stddef.h>

struct embedded {
    const char
        *name; /* path in the source tree: "api/openapi.json", "api/schemas/seed/cert.json", "src/store/schema.sql" */
    const char *data; /* a NUL follows that len does not count */
    size_t len;
};

/* Sorted by name. */
extern const struct embedded embedded_table[];
extern const size_t embedded_count;

/* NULL when there is no such file. */
const struct embedded *embedded_find(const char *name);
/* The files whose names begin with `prefix` are one run: where it starts, and how many there are. */
size_t embedded_run(const char *prefix, size_t *ret_count);
