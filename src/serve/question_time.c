/* SPDX-License-Identifier: MIT */
/* The parameters of a question that are times: the day it speaks of, and how old the newest evidence may be. No clock:
 * the latest day is the dataset's. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/date.h"
#include "internal.h"

bool question_number(const char **at, int32_t most, int32_t *ret)
{
    const char *text = *at;
    size_t len = strspn(text, "0123456789");
    if (len == 0 || len > NUMBER_DIGITS || (len > 1 && text[0] == '0'))
        return false;
    int32_t number = 0;
    for (size_t i = 0; i < len; i++)
        number = number * 10 + (text[i] - '0');
    if (number > most)
        return false;
    *ret = number;
    *at = text + len;
    return true;
}

bool question_as_of(struct reader *reader, char *value)
{
    struct score_question *rule = &reader->query->question.rule;
    const char *latest = reader->catalog->facts->dataset.date;
    struct date asked;
    struct date dataset;
    char quoted[65];
    if (!date_parse(value, &asked))
        return fault_parameter(
            reader->fault, FAULT_BAD_VALUE, "as_of",
            "as_of \"%s\" is no date from 1900 on: write 2016, 2016-07 or 2016-07-05; it means its last day.",
            fault_quote(value, quoted));
    if (date_parse(latest, &dataset) && asked.last > dataset.last)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "as_of",
                               "as_of \"%s\" ends after the dataset's date: %s is the latest day.",
                               fault_quote(value, quoted), latest);
    rule->as_of = asked.last;
    rule->as_of_given = true;
    return true;
}

/* One part of a duration, as in "5Y": of months or days, `each` of them; absent parts are 0. */
static bool read_part(const char **at, char unit, int32_t each, int32_t *sum)
{
    const char *text = *at;
    int32_t number;
    if (!question_number(&text, INT32_MAX / 12, &number) || *text != unit)
        return false;
    *sum += number * each;
    *at = text + 1;
    return true;
}

/* P, then weeks alone, or years, months and days of which one must be there (ISO 8601-1, 5.5.2). */
static bool read_period(const char *text, struct period *ret)
{
    struct period period = {0, 0};
    if (*text++ != 'P')
        return false;
    size_t parts = read_part(&text, 'W', 7, &period.days) ? 1 : 0;
    if (parts == 0) {
        parts += read_part(&text, 'Y', 12, &period.months) ? 1 : 0;
        parts += read_part(&text, 'M', 1, &period.months) ? 1 : 0;
        parts += read_part(&text, 'D', 1, &period.days) ? 1 : 0;
    }
    if (parts == 0 || *text != '\0')
        return false;
    *ret = period;
    return true;
}

/* What was meant may be plain: 5Y and p5y are P5Y. */
static bool bad_period(const char *value, struct fault *fault)
{
    char quoted[65];
    char meant[16] = "P";
    struct period period;
    (void)fault_parameter(fault, FAULT_BAD_VALUE, "max_age",
                          "max_age \"%s\" is no duration: write years, months, weeks or days as in P5Y, P18M, "
                          "P1Y6M, P2W or P90D.",
                          fault_quote(value, quoted));
    const char *rest = value + (toupper((unsigned char)value[0]) == 'P' ? 1 : 0);
    for (size_t i = 0; rest[i] != '\0' && i < sizeof(meant) - 2; i++)
        meant[i + 1] = (char)toupper((unsigned char)rest[i]);
    if (strlen(rest) < sizeof(meant) - 1 && read_period(meant, &period))
        (void)snprintf(fault->nearest, sizeof(fault->nearest), "%s", meant);
    return false;
}

bool question_max_age(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    struct period age;
    char quoted[65];
    if (!read_period(value, &age))
        return bad_period(value, reader->fault);
    if ((age.months == 0 && age.days == 0) || age.months > SCORE_AGE_MONTHS_MAX || age.days > SCORE_AGE_DAYS_MAX)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "max_age",
                               "max_age \"%s\" is out of range: above zero, and at most %d years or %d days.",
                               fault_quote(value, quoted), SCORE_AGE_MONTHS_MAX / 12, SCORE_AGE_DAYS_MAX);
    question->age = age;
    score_question_age(&question->rule, age);
    return true;
}
