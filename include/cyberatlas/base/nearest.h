/* SPDX-License-Identifier: MIT */
/* "Did you mean": the closest of the words there are. */
#pragma once
#include <stddef.h>

#include "cyberatlas/base/common.h"

/* Keeps the best candidate seen so far; start from {0}. */
struct nearest {
    const char *word; /* borrowed from the caller's candidates; NULL while nothing is near enough */
    size_t distance;
};

/* Compares `wanted` with one candidate, ignoring ASCII case. Near enough is a distance (insert, delete, replace, swap
 * of neighbours) of at most a third of the longer word, at least 1; words above 64 bytes are never near. The first of
 * equals stays. */
void nearest_try(struct nearest *best, const char *wanted, const char *candidate);
