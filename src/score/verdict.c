/* SPDX-License-Identifier: MIT */
/* Rule 0: which claim speaks for a criterion. A claim is eligible by its basis, its day and its sureness; of the
 * eligible ones those near the newest are live; of the live ones the first in a total order decides, unless even the
 * newest is too old. This file knows no weights. The invariant: the result depends on the set of the claims, never on
 * the order in which they are given. */
#include <string.h>

#include "internal.h"

const char *const standing_names[STANDING_COUNT] = {
    [STANDING_DECIDES] = "decides",           [STANDING_AGREES] = "agrees",
    [STANDING_DISPUTES] = "disputes",         [STANDING_HISTORY] = "history",
    [STANDING_TOO_OLD] = "too_old",           [STANDING_UNDATED] = "undated",
    [STANDING_LOW_SURENESS] = "low_sureness", [STANDING_NOT_YET_OBSERVED] = "not_yet_observed",
    [STANDING_NO_ANSWER] = "no_answer",       [STANDING_BASIS_NOT_ASKED] = "basis_not_asked",
};

const char *const step_names[STEP_COUNT] = {
    [STEP_NONE] = "none",   [STEP_ONLY] = "only",     [STEP_BASIS] = "basis", [STEP_SURENESS] = "sureness",
    [STEP_NEWER] = "newer", [STEP_SOURCE] = "source", [STEP_PLACE] = "place",
};

/* Place of the basis among those asked for; basis_count when it is none of them. */
static size_t basis_place(const struct score_question *question, enum basis basis)
{
    size_t place = 0;
    while (place < question->basis_count && question->bases[place] != basis)
        place++;
    return place;
}

/* What keeps a claim from speaking, looked at alone; STANDING_AGREES where nothing does. */
static enum standing hurdle_of(const struct score_question *question, const struct answer *answer)
{
    if (basis_place(question, answer->basis) == question->basis_count)
        return STANDING_BASIS_NOT_ASKED;
    if (answer->dated && answer->observed.last > question->as_of)
        return STANDING_NOT_YET_OBSERVED;
    if (answer->sure > question->least_sure)
        return STANDING_LOW_SURENESS;
    if (!answer->dated && (question->as_of_given || question->aged))
        return STANDING_UNDATED;
    return STANDING_AGREES;
}

static bool is_eligible(const struct score_question *question, const struct answer *answer)
{
    return answer->value != ANSWER_UNKNOWN && hurdle_of(question, answer) == STANDING_AGREES;
}

static int compare_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

static int compare_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* One source that says two things in one place: by whatever of them is shown. */
static int compare_rest(const struct answer *a, const struct answer *b)
{
    const int orders[] = {
        compare_number(a->value, b->value),
        compare_number(a->year, b->year),
        compare_text(a->unknown, b->unknown),
        compare_text(a->evidence.observed, b->evidence.observed),
        compare_text(a->evidence.since, b->evidence.since),
        compare_text(a->evidence.note, b->evidence.note),
    };
    size_t i = 0;
    while (i + 1 < COUNT_OF(orders) && orders[i] == 0)
        i++;
    return orders[i];
}

/* An undated claim stands behind every dated one: only so is the order total where both are looked at. */
static int64_t age_of(const struct answer *answer)
{
    return answer->dated ? -(int64_t)answer->observed.last : INT64_MAX;
}

/* Sign of (a − b) in the order of speaking, and the step that told them apart. Below the method's own order (basis,
 * surer, newer, source) stand place and the rest, so that one source that says two things gives one result. */
static int compare_claims(const struct score_question *question, const struct answer *a, const struct answer *b,
                          enum step *ret_step)
{
    const int by_step[STEP_COUNT] = {
        [STEP_BASIS] =
            compare_number((int64_t)basis_place(question, a->basis), (int64_t)basis_place(question, b->basis)),
        [STEP_SURENESS] = compare_number(a->sure, b->sure),
        [STEP_NEWER] = compare_number(age_of(a), age_of(b)),
        [STEP_SOURCE] = strcmp(a->evidence.source, b->evidence.source),
        [STEP_PLACE] = compare_text(a->evidence.at, b->evidence.at),
    };
    for (int step = STEP_BASIS; step < STEP_COUNT; step++)
        if (by_step[step] != 0) {
            *ret_step = (enum step)step;
            return by_step[step];
        }
    *ret_step = STEP_PLACE;
    return compare_rest(a, b);
}

/* The claims that are live are those whose last day is at least `first`; undated ones count only while no dated one is
 * eligible. */
struct window {
    bool dated;
    bool too_old; /* even the newest is older than max_age: nothing is live */
    int32_t first;
};

static struct window find_window(const struct score_question *question, struct cell cell)
{
    struct window window = {.dated = false};
    for (size_t i = 0; i < cell.count; i++) {
        const struct answer *answer = &cell.answers[i];
        if (!answer->dated || !is_eligible(question, answer) || (window.dated && answer->observed.last <= window.first))
            continue;
        window = (struct window){.dated = true, .first = answer->observed.last};
    }
    window.too_old = window.dated && question->aged && window.first < question->youngest_from;
    if (window.dated)
        window.first = date_months_before(window.first, question->methodology->window_months);
    return window;
}

/* How a claim stands to the window; STANDING_AGREES for every live one. */
static enum standing stand(const struct score_question *question, const struct window *window,
                           const struct answer *answer)
{
    enum standing hurdle = answer->value == ANSWER_UNKNOWN ? STANDING_NO_ANSWER : hurdle_of(question, answer);
    if (hurdle != STANDING_AGREES || !window->dated)
        return hurdle;
    if (!answer->dated)
        return STANDING_UNDATED;
    if (answer->observed.last < window->first)
        return STANDING_HISTORY;
    return window->too_old ? STANDING_TOO_OLD : STANDING_AGREES;
}

static bool says_same(const struct answer *a, const struct answer *b)
{
    return a->value == b->value && (a->value != ANSWER_YEAR || a->year == b->year);
}

/* A value's row of the map; what has none of its own may be anything. */
static struct part map_value(const struct score_question *question, enum answer_value value)
{
    if (value == ANSWER_YES || value == ANSWER_PARTIAL || value == ANSWER_NO)
        return question->values[value];
    return question->values[ANSWER_UNKNOWN];
}

/* The hull of the live claims around the one that decides. */
static void widen(struct verdict *verdict, struct part part)
{
    verdict->disputed = true;
    verdict->part.low = part.low < verdict->part.low ? part.low : verdict->part.low;
    verdict->part.high = part.high > verdict->part.high ? part.high : verdict->part.high;
}

/* Why nothing speaks: the reason of the first unknown that was asked for, else how near any claim came. */
static const char *find_reason(const struct score_question *question, const struct window *window, struct cell cell)
{
    const struct answer *lost = NULL;
    enum standing nearest = STANDING_COUNT;
    enum step step;
    for (size_t i = 0; i < cell.count; i++) {
        const struct answer *answer = &cell.answers[i];
        enum standing standing = stand(question, window, answer);
        if (standing != STANDING_NO_ANSWER)
            nearest = standing < nearest ? standing : nearest;
        else if (hurdle_of(question, answer) == STANDING_AGREES &&
                 (lost == NULL || compare_claims(question, answer, lost, &step) < 0))
            lost = answer;
    }
    if (window->too_old)
        return standing_names[STANDING_TOO_OLD];
    if (lost != NULL)
        return lost->unknown;
    return nearest == STANDING_COUNT ? "no_source" : standing_names[nearest];
}

/* The first of the live claims in the order of speaking, and the step by which it goes before the next one that is. */
static const struct answer *find_first(const struct score_question *question, const struct window *window,
                                       struct cell cell, enum step *ret_step)
{
    const struct answer *first = NULL;
    *ret_step = STEP_NONE;
    for (size_t i = 0; i < cell.count; i++) {
        const struct answer *answer = &cell.answers[i];
        enum step step = STEP_ONLY;
        if (stand(question, window, answer) != STANDING_AGREES)
            continue;
        if (first == NULL || compare_claims(question, answer, first, &step) < 0)
            first = answer;
    }
    /* The best of the others shares the most steps with the first, so the last step that parts any of them counts. */
    for (size_t i = 0; first != NULL && i < cell.count; i++) {
        enum step step = STEP_ONLY;
        if (&cell.answers[i] != first && stand(question, window, &cell.answers[i]) == STANDING_AGREES)
            (void)compare_claims(question, first, &cell.answers[i], &step);
        *ret_step = step > *ret_step ? step : *ret_step;
    }
    return first;
}

static bool is_older(const struct score_question *question, const struct answer *answer, const struct answer *oldest)
{
    enum step step;
    if (!answer->dated || oldest == NULL || answer->observed.last != oldest->observed.last)
        return answer->dated && (oldest == NULL || answer->observed.last < oldest->observed.last);
    return compare_claims(question, answer, oldest, &step) < 0;
}

/* Sets the others beside the one that decides. */
static enum standing take(struct verdict *verdict, const struct score_question *question, const struct answer *answer)
{
    if (is_older(question, answer, verdict->oldest))
        verdict->oldest = answer;
    if (answer == verdict->decides)
        return STANDING_DECIDES;
    if (says_same(answer, verdict->decides))
        return STANDING_AGREES;
    widen(verdict, map_value(question, answer->value));
    return STANDING_DISPUTES;
}

struct verdict score_verdict(const struct score_question *question, struct cell cell, enum standing *standings)
{
    struct window window = find_window(question, cell);
    struct verdict verdict = {.value = ANSWER_UNKNOWN};
    verdict.decides = find_first(question, &window, cell, &verdict.step);
    if (verdict.decides != NULL)
        verdict.value = verdict.decides->value;
    else
        verdict.unknown = find_reason(question, &window, cell);
    verdict.part = map_value(question, verdict.value);
    for (size_t i = 0; i < cell.count; i++) {
        enum standing standing = stand(question, &window, &cell.answers[i]);
        if (standing == STANDING_AGREES)
            standing = take(&verdict, question, &cell.answers[i]);
        if (standings != NULL)
            standings[i] = standing;
    }
    return verdict;
}

void score_verdicts(const struct score_question *question, const struct cell *cells, struct verdict *ret)
{
    for (size_t i = 0; i < question->methodology->weight_count; i++)
        ret[i] = score_verdict(question, cells[i], NULL);
}
