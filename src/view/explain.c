/* SPDX-License-Identifier: MIT */
/* What would move a country's score: each unknown, if it were known, and each criterion, if it were left out. The
 * score room gives each score; how far two lie apart is told here, from the exact ones and rounded once, so that text
 * and data print the same figure. */
#include "internal.h"

size_t criterion_outcomes(const struct criterion *criterion, enum answer_value ret[OUTCOMES_MOST])
{
    static const enum answer_value outcomes[OUTCOMES_MOST] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO};
    size_t count = 0;
    for (size_t i = 0; i < OUTCOMES_MOST; i++)
        if (criterion->allowed[outcomes[i]])
            ret[count++] = outcomes[i];
    return count;
}

static int64_t length(const struct score *score)
{
    return score->exact_high.num - score->exact_low.num;
}

/* An answer changes no applicable weight, so that both scores have parts of one and the same whole. */
static int32_t narrowing(const struct view *view, const struct question *question, const struct explain *explain,
                         size_t place)
{
    enum answer_value outcomes[OUTCOMES_MOST];
    size_t count = criterion_outcomes(question_criterion(view, question, place), outcomes);
    int64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        struct score score = score_if(&question->rule, explain->verdicts, place, outcomes[i]);
        int64_t less = length(&explain->score) - length(&score);
        most = less > most ? less : most;
    }
    return (int32_t)scaled_of(most, explain->score.exact_low.den, 3);
}

/* The unknown ones come by weight, which parts what narrows alike. */
static void find_open(const struct view *view, const struct question *question, struct explain *explain)
{
    size_t places[SCORE_CRITERIA_MAX];
    explain->open_count = score_open(&question->rule, explain->verdicts, places);
    for (size_t i = 0; i < explain->open_count; i++) {
        int32_t narrows = narrowing(view, question, explain, places[i]);
        size_t at = i;
        for (; at > 0 && explain->narrows[explain->open[at - 1]] < narrows; at--)
            explain->open[at] = explain->open[at - 1];
        explain->open[at] = places[i];
        explain->narrows[places[i]] = narrows;
    }
}

/* Tenths of a point by which the value changes: both are parts of the unit over weights, so that the products stay
 * small (score.h). */
static int32_t change_of(const struct score *from, const struct score *to, int64_t unit)
{
    int64_t from_weight = from->exact_value.den / unit;
    int64_t to_weight = to->exact_value.den / unit;
    return (int32_t)scaled_of(to->exact_value.num * from_weight - from->exact_value.num * to_weight,
                              from_weight * to_weight * unit, 3);
}

static void find_without(const struct question *question, struct explain *explain)
{
    const struct score_question *rule = &question->rule;
    for (size_t i = 0; i < rule->methodology->weight_count; i++) {
        explain->without[i] = score_without(rule, explain->verdicts, i);
        explain->changes[i] = explain->score.has_value && explain->without[i].has_value;
        if (explain->changes[i])
            explain->change[i] = change_of(&explain->score, &explain->without[i], rule->unit);
    }
}

struct explain *explain_of(const struct view *view, const struct question *question, size_t country,
                           struct arena *arena)
{
    struct explain *explain = arena_alloc(arena, sizeof(*explain));
    if (explain == NULL)
        return NULL;
    explain->score = question_score(view, question, country, explain->verdicts);
    find_without(question, explain);
    find_open(view, question, explain);
    return explain;
}

struct node *explain_outcomes_node(const struct view *view, struct arena *arena, const struct question *question,
                                   const struct explain *explain, size_t place)
{
    struct node *object = node_object(arena);
    enum answer_value outcomes[OUTCOMES_MOST];
    size_t count = criterion_outcomes(question_criterion(view, question, place), outcomes);
    for (size_t i = 0; i < count; i++) {
        struct score score = score_if(&question->rule, explain->verdicts, place, outcomes[i]);
        node_set(arena, object, answer_value_names[outcomes[i]], score_short_node(arena, &score));
    }
    return object;
}

static struct node *open_node(const struct view *view, struct arena *arena, const struct question *question,
                              const struct explain *explain)
{
    struct node *array = node_array(arena);
    for (size_t i = 0; i < explain->open_count; i++) {
        size_t place = explain->open[i];
        const struct criterion *criterion = question_criterion(view, question, place);
        struct node *open = node_object(arena);
        node_set_text(arena, open, "criterion", criterion->id);
        node_set_text(arena, open, "label", criterion->label);
        node_set(arena, open, "narrows", node_decimal(arena, explain->narrows[place], 1));
        node_set(arena, open, "outcomes", explain_outcomes_node(view, arena, question, explain, place));
        node_push(arena, array, open);
    }
    return array;
}

static struct node *without_node(struct arena *arena, const struct question *question, const struct explain *explain)
{
    const struct methodology *methodology = question->rule.methodology;
    struct node *array = node_array(arena);
    for (size_t i = 0; i < methodology->weight_count; i++) {
        struct node *object = node_object(arena);
        node_set_text(arena, object, "criterion", methodology->weights[i].criterion);
        score_set_short(arena, object, &explain->without[i]);
        if (explain->changes[i])
            node_set(arena, object, "change", node_decimal(arena, explain->change[i], 1));
        node_push(arena, array, object);
    }
    return array;
}

struct node *explain_node(const struct view *view, struct arena *arena, const struct question *question,
                          const struct explain *explain)
{
    struct node *object = node_object(arena);
    node_set(arena, object, "open", open_node(view, arena, question, explain));
    node_set(arena, object, "without", without_node(arena, question, explain));
    return object;
}

void explain_set(const struct view *view, struct arena *arena, const struct question *question, size_t country,
                 struct node *object)
{
    const struct explain *explain = question->explain ? explain_of(view, question, country, arena) : NULL;
    if (explain != NULL)
        node_set(arena, object, "explain", explain_node(view, arena, question, explain));
}
