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
    struct cell cells[SCORE_CRITERIA_MAX];
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

static bool differs(const struct verdict *a, const struct verdict *b)
{
    return a->value != b->value || a->decides != b->decides || a->disputed != b->disputed ||
           a->part.low != b->part.low || a->part.high != b->part.high;
}

/* The claim observed on the day that is live beside the one that decides; NULL where there is none. */
static const struct answer *newly_live(const struct score_question *rule, struct cell cell, struct arena *arena)
{
    enum standing *standings = arena_array(arena, cell.count + 1, sizeof(*standings));
    const struct answer *found = NULL;
    if (standings == NULL)
        return NULL;
    (void)score_verdict(rule, cell, standings);
    for (size_t i = 0; i < cell.count; i++) {
        bool live = standings[i] == STANDING_DISPUTES || (standings[i] == STANDING_AGREES && found == NULL);
        if (live && cell.answers[i].dated && cell.answers[i].observed.last == rule->as_of)
            found = &cell.answers[i];
    }
    return found;
}

static enum cause_kind kind_of_change(const struct answer *before, const struct answer *now)
{
    struct date since;
    if (before == NULL)
        return CAUSE_WE_LEARNED;
    if (now->evidence.since == NULL || !date_parse(now->evidence.since, &since))
        return CAUSE_UNDETERMINED;
    return since.first > before->observed.last ? CAUSE_COUNTRY_CHANGED : CAUSE_WE_LEARNED;
}

static struct cause cause_of(const struct score_question *rule, struct cell cell, size_t place,
                             const struct verdict *from, const struct verdict *to, struct arena *arena)
{
    struct cause cause = {.place = place, .from = from, .to = to, .answer = to->decides, .kind = CAUSE_AGED};
    if (to->decides == NULL) {
        cause.answer = from->decides;
        return cause;
    }
    if (to->decides == from->decides) {
        const struct answer *beside = newly_live(rule, cell, arena);
        cause.answer = beside == NULL ? to->decides : beside;
    }
    bool same = to->value == from->value && to->disputed == from->disputed && from->decides != NULL;
    cause.kind = same ? CAUSE_CONFIRMED : kind_of_change(from->decides, cause.answer);
    return cause;
}

/* Appends the day where it changes something; `before` are the verdicts until then. */
static bool add_step(const struct past *past, int32_t day, const struct verdict *before, struct verdict *now,
                     struct arena *arena, struct step_in_time *ret)
{
    struct score_question rule = rule_on(past, day);
    struct cause *causes = arena_array(arena, past->count + 1, sizeof(*causes));
    if (causes == NULL)
        return false;
    score_verdicts(&rule, past->cells, now);
    *ret = (struct step_in_time){.day = day, .score = score_total(&rule, now), .causes = causes};
    for (size_t i = 0; i < past->count; i++)
        if (past->rule->weights[i] > 0 && differs(&before[i], &now[i]))
            causes[ret->cause_count++] = cause_of(&rule, past->cells[i], i, &before[i], &now[i], arena);
    return true;
}

static size_t count_undated(const struct past *past, struct arena *arena)
{
    struct score_question rule = rule_on(past, past->rule->as_of);
    size_t undated = 0;
    for (size_t i = 0; i < past->count; i++) {
        struct cell cell = past->cells[i];
        enum standing *standings = arena_array(arena, cell.count + 1, sizeof(*standings));
        if (standings == NULL || past->rule->weights[i] == 0)
            continue;
        (void)score_verdict(&rule, cell, standings);
        for (size_t k = 0; k < cell.count; k++)
            undated += standings[k] == STANDING_UNDATED ? 1U : 0U;
    }
    return undated;
}

static bool walk(const struct past *past, const int32_t *days, size_t count, struct arena *arena, struct history *ret)
{
    struct step_in_time *steps = arena_array(arena, count + 1, sizeof(*steps));
    struct verdict *before = arena_array(arena, SCORE_CRITERIA_MAX, sizeof(*before));
    if (steps == NULL || before == NULL)
        return false;
    ret->steps = steps;
    for (size_t i = 0; i < past->count; i++)
        before[i] = (struct verdict){.value = ANSWER_UNKNOWN, .part = past->rule->values[ANSWER_UNKNOWN]};
    for (size_t i = 0; i < count; i++) {
        struct verdict *now = arena_array(arena, SCORE_CRITERIA_MAX, sizeof(*now));
        if (now == NULL || !add_step(past, days[i], before, now, arena, &steps[ret->count]))
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
    struct past past = {.rule = &question->rule, .count = question->rule.methodology->weight_count};
    past.age = question->age.months == 0 && question->age.days == 0 ? NULL : &question->age;
    question_cells(view, question, country, past.cells);
    size_t room = most_days(&past);
    int32_t *days = arena_array(arena, room + 1, sizeof(*days));
    struct history *history = arena_alloc(arena, sizeof(*history));
    if (days == NULL || history == NULL)
        return NULL;
    size_t count = score_days(past.rule, past.cells, past.age, days, room);
    if (!walk(&past, days, count, arena, history))
        return NULL;
    history->undated = count_undated(&past, arena);
    return arena_ok(arena) ? history : NULL;
}

/* What the new claim does to what was known. */
static const char *learned_words(struct arena *arena, const struct cause *cause)
{
    const struct evidence *evidence = &cause->answer->evidence;
    if (cause->from->decides == NULL)
        return "We learned it: nothing spoke of it before.";
    return arena_printf(arena,
                        "We learned it: it holds since %s, so it may have been so when the claim before (%s) was made.",
                        evidence->since, cause->from->decides->evidence.observed);
}

static const char *undetermined_words(const struct cause *cause)
{
    if (cause->from->value == cause->to->value)
        return cause->to->disputed ? "Claims disagree from here on." : "Claims no longer disagree.";
    return "Since when it is so is not said: the country may have changed, or the claim before was wrong.";
}

const char *cause_words(struct arena *arena, const struct cause *cause)
{
    switch (cause->kind) {
    case CAUSE_COUNTRY_CHANGED:
        return arena_printf(arena, "The country changed: it holds since %s, and the claim before was of %s.",
                            cause->answer->evidence.since, cause->from->decides->evidence.observed);
    case CAUSE_WE_LEARNED:
        return learned_words(arena, cause);
    case CAUSE_CONFIRMED:
        return "A newer claim says the same.";
    case CAUSE_UNDETERMINED:
        return undetermined_words(cause);
    case CAUSE_AGED:
        return arena_printf(arena, "The newest claim, of %s, is too old from here on.",
                            cause->answer->evidence.observed);
    case CAUSE_COUNT:
        break;
    }
    return NULL;
}
