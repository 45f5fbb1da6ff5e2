/* SPDX-License-Identifier: MIT */
/* What would move a country's score: each unknown, if it were known, and each criterion, if it were left out. All of
 * it is computed by the score room from the verdicts; differences are taken exactly and rounded once. */
#include "internal.h"

const enum answer_value explain_outcomes[OUTCOME_COUNT] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO};

static int64_t common_divisor(int64_t a, int64_t b)
{
    return b == 0 ? a : common_divisor(b, a % b);
}

static int64_t common_multiple(int64_t a, int64_t b)
{
    return a / common_divisor(a, b) * b;
}

/* Length of the interval, in parts of `den`, which every denominator here divides. */
static int64_t length(const struct score *score, int64_t den)
{
    return score->exact_high.num * (den / score->exact_high.den) - score->exact_low.num * (den / score->exact_low.den);
}

/* An answer changes no applicable weight, so that both scores have parts of one and the same whole. */
static int32_t narrowing(const struct question *question, const struct explain *explain, size_t place)
{
    int32_t most = 0;
    for (size_t i = 0; i < OUTCOME_COUNT; i++) {
        struct score score = score_if(&question->rule, explain->verdicts, place, explain_outcomes[i]);
        int64_t den = common_multiple(common_multiple(explain->score.exact_low.den, explain->score.exact_high.den),
                                      common_multiple(score.exact_low.den, score.exact_high.den));
        int32_t less = (int32_t)scaled_of(length(&explain->score, den) - length(&score, den), den, 3);
        most = less > most ? less : most;
    }
    return most;
}

struct explain *explain_of(const struct view *view, const struct question *question, size_t country,
                           struct arena *arena)
{
    struct explain *explain = arena_alloc(arena, sizeof(*explain));
    if (explain == NULL)
        return NULL;
    const struct score_question *rule = &question->rule;
    explain->score = question_score(view, question, country, explain->verdicts);
    for (size_t i = 0; i < rule->methodology->weight_count; i++)
        explain->without[i] = score_without(rule, explain->verdicts, i);
    explain->open_count = score_open(rule, explain->verdicts, explain->open);
    for (size_t i = 0; i < explain->open_count; i++)
        explain->narrows[explain->open[i]] = narrowing(question, explain, explain->open[i]);
    return explain;
}

struct node *explain_outcomes_node(struct arena *arena, const struct question *question, const struct explain *explain,
                                   size_t place)
{
    struct node *outcomes = node_object(arena);
    for (size_t i = 0; i < OUTCOME_COUNT; i++) {
        struct score score = score_if(&question->rule, explain->verdicts, place, explain_outcomes[i]);
        node_set(arena, outcomes, answer_value_names[explain_outcomes[i]], score_short_node(arena, &score));
    }
    return outcomes;
}

static struct node *open_node(const struct view *view, struct arena *arena, const struct question *question,
                              const struct explain *explain)
{
    struct node *array = node_array(arena);
    for (size_t i = 0; i < explain->open_count; i++) {
        size_t place = explain->open[i];
        const struct criterion *criterion = &view->facts->criteria[weighed_criterion(view, question, place)];
        struct node *open = node_object(arena);
        node_set_text(arena, open, "criterion", criterion->id);
        node_set_text(arena, open, "label", criterion->label);
        node_set(arena, open, "narrows", node_decimal(arena, explain->narrows[place], 1));
        node_set(arena, open, "outcomes", explain_outcomes_node(arena, question, explain, place));
        node_push(arena, array, open);
    }
    return array;
}

/* Tenths of a point by which the value changes: both are parts of the unit over weights, so that the products stay
 * small (score.h). */
static int64_t change_of(const struct score *from, const struct score *to, int64_t unit)
{
    int64_t from_weight = from->exact_value.den / unit;
    int64_t to_weight = to->exact_value.den / unit;
    return scaled_of(to->exact_value.num * from_weight - from->exact_value.num * to_weight,
                     from_weight * to_weight * unit, 3);
}

static struct node *without_node(struct arena *arena, const struct question *question, const struct explain *explain)
{
    const struct methodology *methodology = question->rule.methodology;
    struct node *array = node_array(arena);
    for (size_t i = 0; i < methodology->weight_count; i++) {
        const struct score *without = &explain->without[i];
        struct node *object = node_object(arena);
        node_set_text(arena, object, "criterion", methodology->weights[i].criterion);
        score_set_short(arena, object, without);
        if (without->has_value && explain->score.has_value)
            node_set(arena, object, "change",
                     node_decimal(arena, change_of(&explain->score, without, question->rule.unit), 1));
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
