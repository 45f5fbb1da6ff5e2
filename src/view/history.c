/* SPDX-License-Identifier: MIT */
/* How a country's score came about: the days on which a claim changed any verdict, the score from each such day on, and
 * why. A day's score considers what was observed by then, by the question's rules. "The country changed" is said only
 * where a claim tells that it holds from after the day of the one before; else somebody learned, or it is not known. */
#include "internal.h"

const char *const cause_names[CAUSE_COUNT] = {
    [CAUSE_COUNTRY_CHANGED] = "country_changed",
    [CAUSE_WE_LEARNED] = "we_learned",
    [CAUSE_CONFIRMED] = "confirmed",
    [CAUSE_UNDETERMINED] = "undetermined",
    [CAUSE_AGED] = "aged",
};

/* What is asked day by day. */
struct past {
    const struct score_question *rule;
    const struct period *age; /* NULL: none */
    struct arena *arena;
    struct cell cells[SCORE_CRITERIA_MAX];
    const struct answer *spoke[SCORE_CRITERIA_MAX]; /* who decided last, until the day looked at; NULL: nobody ever */
    size_t count;
};

static struct score_question rule_on(const struct past *past, int32_t day)
{
    struct score_question rule = *past->rule;
    rule.as_of = day;
    rule.as_of_given = true;
    if (past->age != NULL)
        score_question_age(&rule, *past->age);
    return rule;
}

static bool is_as_wide(const struct verdict *a, const struct verdict *b)
{
    return a->disputed == b->disputed && a->part.low == b->part.low && a->part.high == b->part.high;
}

static bool differs(const struct verdict *a, const struct verdict *b)
{
    return a->value != b->value || a->decides != b->decides || !is_as_wide(a, b);
}

/* The newest of the claims that are all too old; the one that decided where it is of that day. */
static const struct answer *newest_too_old(struct cell cell, const enum standing *standings,
                                           const struct answer *decided)
{
    const struct answer *newest = decided;
    for (size_t i = 0; i < cell.count; i++)
        if (standings[i] == STANDING_TOO_OLD && cell.answers[i].observed.last > newest->observed.last)
            newest = &cell.answers[i];
    return newest;
}

/* The live claim observed on the day: of several the one that decides, or else one that agrees; but one that disputes
 * where it is not the value that has changed. */
static const struct answer *claim_of_day(int32_t day, struct cell cell, const enum standing *standings,
                                         const struct cause *cause)
{
    bool beside = cause->to->value == cause->from->value && !is_as_wide(cause->to, cause->from);
    const struct answer *found = cause->to->decides;
    int best = STANDING_COUNT;
    for (size_t i = 0; i < cell.count; i++) {
        bool disputes = beside && standings[i] == STANDING_DISPUTES;
        int place = disputes ? -1 : (int)standings[i];
        bool came = cell.answers[i].dated && cell.answers[i].observed.last == day;
        if (!came || !standing_is_live(standings[i]) || place >= best)
            continue;
        found = &cell.answers[i];
        best = place;
    }
    return found;
}

static enum cause_kind kind_of(const struct cause *cause)
{
    struct date since;
    if (cause->to->decides == NULL)
        return CAUSE_AGED;
    if (cause->before == NULL)
        return CAUSE_WE_LEARNED;
    if (cause->answer->value != cause->to->value)
        return CAUSE_UNDETERMINED;
    if (cause->to->value == cause->from->value)
        return is_as_wide(cause->to, cause->from) ? CAUSE_CONFIRMED : CAUSE_UNDETERMINED;
    if (cause->to->value == cause->before->value)
        return CAUSE_WE_LEARNED;
    if (cause->answer->evidence.since == NULL || !date_parse(cause->answer->evidence.since, &since))
        return CAUSE_UNDETERMINED;
    return since.first > cause->before->observed.last ? CAUSE_COUNTRY_CHANGED : CAUSE_WE_LEARNED;
}

static struct cause cause_of(const struct past *past, const struct score_question *rule, size_t place,
                             const struct verdict *from, const struct verdict *to)
{
    struct cell cell = past->cells[place];
    struct cause cause = {.place = place, .from = from, .to = to, .before = past->spoke[place]};
    enum standing *standings = arena_array(past->arena, cell.count + 1, sizeof(*standings));
    cause.answer = to->decides == NULL ? from->decides : to->decides;
    if (standings != NULL) {
        (void)score_verdict(rule, cell, standings);
        cause.answer = to->decides == NULL ? newest_too_old(cell, standings, from->decides)
                                           : claim_of_day(rule->as_of, cell, standings, &cause);
    }
    cause.kind = kind_of(&cause);
    return cause;
}

/* Appends the day where it changes something; `before` are the verdicts until then. */
static bool add_step(struct past *past, int32_t day, const struct verdict *before, struct verdict *now,
                     struct step_in_time *ret)
{
    struct score_question rule = rule_on(past, day);
    struct cause *causes = arena_array(past->arena, past->count + 1, sizeof(*causes));
    if (causes == NULL)
        return false;
    score_verdicts(&rule, past->cells, now);
    *ret = (struct step_in_time){.day = day, .score = score_total(&rule, now), .causes = causes};
    for (size_t i = 0; i < past->count; i++) {
        if (past->rule->weights[i] > 0 && differs(&before[i], &now[i]))
            causes[ret->cause_count++] = cause_of(past, &rule, i, &before[i], &now[i]);
        if (now[i].decides != NULL)
            past->spoke[i] = now[i].decides;
    }
    return true;
}

static size_t count_undated(const struct past *past)
{
    struct score_question rule = rule_on(past, past->rule->as_of);
    size_t undated = 0;
    for (size_t i = 0; i < past->count; i++) {
        struct cell cell = past->cells[i];
        enum standing *standings = arena_array(past->arena, cell.count + 1, sizeof(*standings));
        if (standings == NULL || past->rule->weights[i] == 0)
            continue;
        (void)score_verdict(&rule, cell, standings);
        for (size_t k = 0; k < cell.count; k++)
            undated += standings[k] == STANDING_UNDATED ? 1U : 0U;
    }
    return undated;
}

static bool walk(struct past *past, const int32_t *days, size_t count, struct history *ret)
{
    struct step_in_time *steps = arena_array(past->arena, count + 1, sizeof(*steps));
    struct verdict *before = arena_array(past->arena, SCORE_CRITERIA_MAX, sizeof(*before));
    if (steps == NULL || before == NULL)
        return false;
    ret->steps = steps;
    for (size_t i = 0; i < past->count; i++)
        before[i] = (struct verdict){.value = ANSWER_UNKNOWN, .part = past->rule->values[ANSWER_UNKNOWN]};
    for (size_t i = 0; i < count; i++) {
        struct verdict *now = arena_array(past->arena, SCORE_CRITERIA_MAX, sizeof(*now));
        if (now == NULL || !add_step(past, days[i], before, now, &steps[ret->count]))
            return false;
        ret->count += steps[ret->count].cause_count > 0 ? 1U : 0U;
        before = now;
    }
    return true;
}

/* A claim changes something on the day it was observed, and on the day it becomes too old. */
static size_t most_days(const struct past *past)
{
    size_t most = 0;
    for (size_t i = 0; i < past->count; i++)
        most += past->cells[i].count * 2;
    return most;
}

const struct history *history_of(const struct view *view, const struct question *question, size_t country,
                                 struct arena *arena)
{
    struct past past = {.rule = &question->rule, .arena = arena, .count = question->rule.methodology->weight_count};
    past.age = question->age.months == 0 && question->age.days == 0 ? NULL : &question->age;
    question_cells(view, question, country, past.cells);
    size_t room = most_days(&past);
    int32_t *days = arena_array(arena, room + 1, sizeof(*days));
    struct history *history = arena_alloc(arena, sizeof(*history));
    if (days == NULL || history == NULL)
        return NULL;
    size_t count = score_days(past.rule, past.cells, past.age, days, room);
    if (!walk(&past, days, count, history))
        return NULL;
    history->undated = count_undated(&past);
    return arena_ok(arena) ? history : NULL;
}
