/* SPDX-License-Identifier: MIT */
/* "Did you mean": optimal string alignment distance over three rows of at most 64 columns, so that a hostile word costs
 * the same as an honest one. */
#include "cyberatlas/base/nearest.h"

#include <string.h>

enum { LONGEST = 64 };

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][LONGEST + 1] = {0};
    for (size_t k = 0; k <= b_len; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *now = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3];
        const size_t *earlier = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t k = 1; k <= b_len; k++) {
            size_t replace = before[k - 1] + (lower(a[i - 1]) == lower(b[k - 1]) ? 0 : 1);
            now[k] = least(replace, least(before[k], now[k - 1]) + 1);
            if (i > 1 && k > 1 && lower(a[i - 1]) == lower(b[k - 2]) && lower(a[i - 2]) == lower(b[k - 1]))
                now[k] = least(now[k], earlier[k - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

void nearest_try(struct nearest *best, const char *wanted, const char *candidate)
{
    size_t wanted_len = strlen(wanted);
    size_t len = strlen(candidate);
    if (wanted_len == 0 || wanted_len > LONGEST || len > LONGEST)
        return;
    size_t longer = wanted_len > len ? wanted_len : len;
    size_t allowed = longer / 3 > 0 ? longer / 3 : 1;
    size_t found = distance(wanted, wanted_len, candidate, len);
    if (found <= allowed && (best->word == NULL || found < best->distance))
        *best = (struct nearest){candidate, found};
}
