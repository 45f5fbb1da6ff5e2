/* SPDX-License-Identifier: MIT */
/* Dates as intervals of days. No clock and no time zone: only the proleptic Gregorian calendar's arithmetic
 * (days from a civil date by counting years from March, so that a leap day ends the year). */
#include "cyberatlas/base/date.h"

#include <stdio.h>
#include <string.h>

static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
    return month_days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

static int32_t day_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void civil_of(int32_t day, int *ret_year, int *ret_month, int *ret_day)
{
    int z = day + 719468;
    int era = z / 146097;
    int of_era = z - era * 146097;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int shifted = (5 * of_year + 2) / 153;
    *ret_day = of_year - (153 * shifted + 2) / 5 + 1;
    *ret_month = shifted < 10 ? shifted + 3 : shifted - 9;
    *ret_year = year + era * 400 + (*ret_month <= 2 ? 1 : 0);
}

/* `count` digits at `text` as a number, -1 when one is missing. */
static int digits(const char *text, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool date_parse(const char *text, struct date *ret)
{
    size_t len = strlen(text);
    if (len != 4 && len != 7 && len != 10)
        return false;
    int year = digits(text, 4);
    if (year < 1900 || year > 2199)
        return false;
    if (len == 4) {
        *ret = (struct date){day_of(year, 1, 1), day_of(year, 12, 31)};
        return true;
    }
    int month = text[4] == '-' ? digits(text + 5, 2) : -1;
    if (month < 1 || month > 12)
        return false;
    if (len == 7) {
        *ret = (struct date){day_of(year, month, 1), day_of(year, month, days_in(year, month))};
        return true;
    }
    int day = text[7] == '-' ? digits(text + 8, 2) : -1;
    if (day < 1 || day > days_in(year, month))
        return false;
    *ret = (struct date){day_of(year, month, day), day_of(year, month, day)};
    return true;
}

void date_format(int32_t day, char ret[DATE_TEXT_SIZE])
{
    int year;
    int month;
    int of_month;
    civil_of(day, &year, &month, &of_month);
    /* The masks only tell the compiler what is so: four and two digits. */
    (void)snprintf(ret, DATE_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000U, (unsigned)month % 100U,
                   (unsigned)of_month % 100U);
}

int32_t date_months_before(int32_t day, int months)
{
    int year;
    int month;
    int of_month;
    civil_of(day, &year, &month, &of_month);
    int count = year * 12 + month - 1 - months;
    year = count / 12;
    month = count % 12 + 1;
    int most = days_in(year, month);
    return day_of(year, month, of_month < most ? of_month : most);
}
