/* SPDX-License-Identifier: MIT */
/* A methodology: how answers become figures. Every pointer lives in the arena of `struct facts` (fact.h); no string is
 * absent. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/base/answer.h"

struct fraction {
    int32_t num;
    int32_t den; /* > 0 */
};

struct value_map {
    struct fraction low;
    struct fraction high;
    struct fraction counted;
};

struct weight {
    const char *criterion;
    int32_t weight; /* 0 to 100 */
};

struct methodology {
    const char *id;
    const char *version; /* semantic */
    const char *title;
    const char *theme;
    const char *text;
    const struct weight *weights; /* the scored criteria, by id */
    size_t weight_count;
    struct value_map values[ANSWER_VALUE_COUNT]; /* used: YES, PARTIAL, NO, UNKNOWN (low and high) */
    int32_t window_months;                       /* claims this much older than the newest are history */
    enum basis bases[BASIS_COUNT];               /* those that speak by default, in order */
    size_t basis_count;
    enum sureness least_sure;
    struct fraction least_coverage;
};
