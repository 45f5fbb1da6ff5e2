/* SPDX-License-Identifier: MIT */
/* On which days a score can change as seen from an as_of that moves on: when a claim is observed that may speak, and
 * when what is known becomes too old. It knows no value: whether anything changes, the verdicts of the two days tell.
 */
#include <stdlib.h>

#include "internal.h"

static bool may_speak(const struct score_question *question, const struct answer *answer)
{
    bool asked = false;
    for (size_t i = 0; i < question->basis_count; i++)
        asked = asked || question->bases[i] == answer->basis;
    return asked && answer->dated && answer->value != ANSWER_UNKNOWN && answer->sure <= question->least_sure &&
           answer->observed.last <= question->as_of;
}

/* The first day from which a claim of that day is older than `age`. One number of months is not always as many days,
 * but never differs by a week, so the day is looked for from a week before where it would be. */
static int32_t day_too_old(int32_t day, const struct period *age)
{
    int32_t from = date_months_before(day, -age->months) + age->days;
    int32_t at = from - 7;
    while (date_months_before(at, age->months) - age->days <= day)
        at++;
    return at;
}

struct days {
    const struct score_question *question;
    int32_t *days;
    size_t count;
    size_t room;
};

static void add_day(struct days *days, int32_t day)
{
    if (day > days->question->as_of || (days->days != NULL && days->count == days->room))
        return;
    if (days->days != NULL)
        days->days[days->count] = day;
    days->count++;
}

static int compare_days(const void *a, const void *b)
{
    int32_t left = *(const int32_t *)a;
    int32_t right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

static size_t sort_distinct(int32_t *days, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(days, count, sizeof(*days), compare_days);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || days[kept - 1] != days[i])
            days[kept++] = days[i];
    return kept;
}

size_t score_days(const struct score_question *question, const struct cell *cells, const struct period *age,
                  int32_t *ret, size_t room)
{
    struct days days = {.question = question, .days = ret, .room = room};
    for (size_t i = 0; i < question->methodology->weight_count; i++)
        for (size_t k = 0; k < cells[i].count; k++) {
            const struct answer *answer = &cells[i].answers[k];
            if (!may_speak(question, answer))
                continue;
            add_day(&days, answer->observed.last);
            if (age != NULL)
                add_day(&days, day_too_old(answer->observed.last, age));
        }
    return ret == NULL ? days.count : sort_distinct(ret, days.count);
}
