/* SPDX-License-Identifier: MIT */
/* What the files of score/ share. */
#pragma once
#include "cyberatlas/score.h"

/* `scale` times a ratio that is not negative, to the nearest whole number, halves upwards. */
int32_t ratio_rounded(struct ratio ratio, int64_t scale);
