/* SPDX-License-Identifier: MIT */
/* Load-time errors. Nothing here logs: the caller that can act on an error prints it. */
#include "cyberatlas/base/err.h"

#include <stdarg.h>
#include <stdio.h>

bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    err->kind = kind;
    (void)vsnprintf(err->text, sizeof(err->text), fmt, args);
    va_end(args);
    return false;
}

bool err_memory(struct err *err)
{
    return err_set(err, ERR_SYSTEM, "out of memory");
}
