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
