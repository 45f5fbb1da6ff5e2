/* SPDX-License-Identifier: MIT */
/* A date is the interval of days that its precision means: `2012`, `2017-07` or `2016-07-05` (ISO 8601 calendar
 * dates, years 1900 to 2199). */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "cyberatlas/base/common.h"

/* Days since 1970-01-01, both ends included. */
struct date {
    int32_t first;
    int32_t last;
};

enum { DATE_TEXT_SIZE = 11 };

/* False when the text is no date of the three forms; *ret is then untouched. */
bool date_parse(const char *text, struct date *ret) MUST_USE;
/* The day as YYYY-MM-DD. */
void date_format(int32_t day, char ret[DATE_TEXT_SIZE]);
/* The same day `months` earlier (later when negative); a day that the month lacks becomes the month's last. */
int32_t date_months_before(int32_t day, int months) MUST_USE;
