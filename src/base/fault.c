/* SPDX-License-Identifier: MIT */
/* The closed list of problems as a table, and filling a fault in. */
#include "cyberatlas/base/fault.h"

#include <stdarg.h>
#include <stdio.h>

#define FAULT_ROW(name, status, id, title, hint) [FAULT_##name] = {status, id, title, hint},
const struct fault_info fault_table[FAULT_COUNT] = {FAULT_LIST(FAULT_ROW)};
#undef FAULT_ROW

bool fault_set(struct fault *fault, enum fault_kind kind, const char *fmt, ...)
{
    *fault = (struct fault){.kind = kind};
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(fault->detail, sizeof(fault->detail), fmt, args);
    va_end(args);
    return false;
}

const char *fault_quote(const char *text, char ret[65])
{
    size_t i = 0;
    for (; i < 64 && text[i] != '\0'; i++)
        ret[i] = text[i] >= 0x20 && text[i] < 0x7F ? text[i] : '?';
    ret[i] = '\0';
    return ret;
}
