/* SPDX-License-Identifier: MIT */
/* Finding one of the embedded files by its name. */
#include "cyberatlas/base/embedded.h"

#include <string.h>

const struct embedded *embedded_find(const char *name)
{
    for (size_t i = 0; i < embedded_count; i++)
        if (strcmp(embedded_table[i].name, name) == 0)
            return &embedded_table[i];
    return NULL;
}

size_t embedded_run(const char *prefix, size_t *ret_count)
{
    size_t len = strlen(prefix);
    size_t first = 0;
    while (first < embedded_count && strncmp(embedded_table[first].name, prefix, len) != 0)
        first++;
    size_t end = first;
    while (end < embedded_count && strncmp(embedded_table[end].name, prefix, len) == 0)
        end++;
    *ret_count = end - first;
    return first;
}
