/* SPDX-License-Identifier: MIT */
/* The files of the tree that are part of the program: schemas, contract, SQL, icon. Made at build by embed.py. */
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
