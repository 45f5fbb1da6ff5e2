/* SPDX-License-Identifier: MIT */
/* Rule 0: which claim speaks for a criterion. A claim is eligible by its basis, its day and its sureness; of the
 * eligible ones those near the newest are live; of the live ones the first in a total order decides. This file knows
 * no weights. The invariant: the result depends on the set of the claims, never on the order in which they are given.
 */
#include <string.h>

#include "cyberatlas/score.h"

/* How far a claim gets; the later, the nearer it is to speaking. */
enum hurdle { HURDLE_NO_CLAIM, HURDLE_BASIS, HURDLE_DAY, HURDLE_SURENESS, HURDLE_NONE, HURDLE_COUNT };

static const char *const hurdle_reasons[HURDLE_COUNT] = {[HURDLE_NO_CLAIM] = "no_source",
                                                         [HURDLE_BASIS] = "basis_not_asked",
                                                         [HURDLE_DAY] = "not_yet_observed",
                                                         [HURDLE_SURENESS] = "low_sureness",
                                                         [HURDLE_NONE] = NULL};

struct score_question score_question(const struct methodology *methodology, int32_t dataset_day)
{
    struct score_question question = {.methodology = methodology,
                                      .as_of = dataset_day,
                                      .basis_count = methodology->basis_count,
                                      .least_sure = methodology->least_sure};
    memcpy(question.bases, methodology->bases, sizeof(question.bases));
    return question;
}

/* Place of the basis among those asked for; basis_count when it is none of them. */
static size_t basis_place(const struct score_question *question, enum basis basis)
{
    size_t place = 0;
    while (place < question->basis_count && question->bases[place] != basis)
        place++;
    return place;
}

static bool in_time(const struct score_question *question, const struct answer *answer)
{
    return answer->dated ? answer->observed.last <= question->as_of : !question->as_of_given;
}

/* What keeps a claim from speaking, whatever it says. */
static enum hurdle hurdle_of(const struct score_question *question, const struct answer *answer)
{
    if (basis_place(question, answer->basis) == question->basis_count)
        return HURDLE_BASIS;
    if (!in_time(question, answer))
        return HURDLE_DAY;
    return answer->sure > question->least_sure ? HURDLE_SURENESS : HURDLE_NONE;
}

static bool is_eligible(const struct score_question *question, const struct answer *answer)
{
    return answer->value != ANSWER_UNKNOWN && hurdle_of(question, answer) == HURDLE_NONE;
}

static int compare_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

static int compare_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Sign of (a − b) in the order of speaking. Below the method's own order (basis, surer, newer, source) stand place and
 * value, so that one source that says two things gives one result. */
static int compare_claims(const struct score_question *question, const struct answer *a, const struct answer *b)
{
    int order = compare_number((int64_t)basis_place(question, a->basis), (int64_t)basis_place(question, b->basis));
    if (order == 0)
        order = compare_number(a->sure, b->sure);
    if (order == 0 && a->dated && b->dated)
        order = compare_number(b->observed.last, a->observed.last);
    if (order == 0)
        order = strcmp(a->evidence.source, b->evidence.source);
    if (order == 0)
        order = compare_text(a->evidence.at, b->evidence.at);
    if (order == 0)
        order = compare_number(a->value, b->value);
    return order == 0 ? compare_number(a->year, b->year) : order;
}

/* The claims that are live are those whose last day is at least this; undated ones count only while no dated one is
 * eligible. */
struct window {
    bool dated;
    int32_t first;
};

static struct window find_window(const struct score_question *question, const struct answer *answers, size_t count)
{
    struct window window = {.dated = false};
    for (size_t i = 0; i < count; i++) {
        const struct answer *answer = &answers[i];
        if (!answer->dated || !is_eligible(question, answer) || (window.dated && answer->observed.last <= window.first))
            continue;
        window = (struct window){.dated = true, .first = answer->observed.last};
    }
    if (window.dated)
        window.first = date_months_before(window.first, question->methodology->window_months);
    return window;
}

static bool is_live(const struct score_question *question, const struct window *window, const struct answer *answer)
{
    if (!is_eligible(question, answer))
        return false;
    return window->dated ? answer->dated && answer->observed.last >= window->first : true;
}

static bool says_same(const struct answer *a, const struct answer *b)
{
    return a->value == b->value && (a->value != ANSWER_YEAR || a->year == b->year);
}

static int compare_fractions(struct fraction a, struct fraction b)
{
    return compare_number((int64_t)a.num * b.den, (int64_t)b.num * a.den);
}

/* A value's row of the map; what has none of its own may be anything. */
static struct value_map map_value(const struct methodology *methodology, enum answer_value value)
{
    if (value == ANSWER_YES || value == ANSWER_PARTIAL || value == ANSWER_NO)
        return methodology->values[value];
    struct value_map any = methodology->values[ANSWER_UNKNOWN];
    any.counted = (struct fraction){0, 1};
    return any;
}

static void widen(struct verdict *verdict, struct value_map map)
{
    if (compare_fractions(map.low, verdict->low) < 0)
        verdict->low = map.low;
    if (compare_fractions(map.high, verdict->high) > 0)
        verdict->high = map.high;
}

/* The hull of the live claims around the one that decides. */
static void take_others(struct verdict *verdict, const struct score_question *question, const struct answer *answer)
{
    if (says_same(answer, verdict->decides))
        return;
    verdict->disputed = true;
    widen(verdict, map_value(question->methodology, answer->value));
}

static struct verdict start_verdict(const struct score_question *question, const struct answer *decides)
{
    enum answer_value value = decides == NULL ? ANSWER_UNKNOWN : decides->value;
    struct value_map map = map_value(question->methodology, value);
    return (struct verdict){
        .value = value, .decides = decides, .low = map.low, .high = map.high, .counted = map.counted};
}

/* Why nothing speaks: the reason of the first unknown that was asked for, else how near any claim came. */
static const char *find_reason(const struct score_question *question, const struct answer *answers, size_t count)
{
    const struct answer *lost = NULL;
    enum hurdle furthest = HURDLE_NO_CLAIM;
    for (size_t i = 0; i < count; i++) {
        enum hurdle hurdle = hurdle_of(question, &answers[i]);
        if (answers[i].value != ANSWER_UNKNOWN)
            furthest = hurdle > furthest ? hurdle : furthest;
        else if (hurdle == HURDLE_NONE && (lost == NULL || compare_claims(question, &answers[i], lost) < 0))
            lost = &answers[i];
    }
    return lost == NULL ? hurdle_reasons[furthest] : lost->unknown;
}

struct verdict score_verdict(const struct score_question *question, const struct answer *answers, size_t count,
                             bool *live)
{
    struct window window = find_window(question, answers, count);
    const struct answer *decides = NULL;
    for (size_t i = 0; i < count; i++) {
        bool lives = is_live(question, &window, &answers[i]);
        if (live != NULL)
            live[i] = lives;
        if (lives && (decides == NULL || compare_claims(question, &answers[i], decides) < 0))
            decides = &answers[i];
    }
    struct verdict verdict = start_verdict(question, decides);
    if (decides == NULL)
        verdict.unknown = find_reason(question, answers, count);
    for (size_t i = 0; decides != NULL && i < count; i++)
        if (is_live(question, &window, &answers[i]))
            take_others(&verdict, question, &answers[i]);
    return verdict;
}
