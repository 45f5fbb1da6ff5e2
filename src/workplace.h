/* SPDX-License-Identifier: MIT */
/* A folder of this process's own, with one dataset in it; removed at the end. */
#pragma once
#include <stdbool.h>

#include "cyberatlas/base/err.h"

enum { PATH_SIZE = 4096 };

struct workplace {
    char folder[PATH_SIZE];
    char file[PATH_SIZE + 16];
};

bool workplace_make(struct workplace *place, struct err *err) MUST_USE;
/* Accepts one that was zeroed and never made. */
void workplace_remove(struct workplace *place);
