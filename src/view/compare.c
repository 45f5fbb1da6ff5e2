/* SPDX-License-Identifier: MIT */
/* Countries side by side: each one's verdicts and score, and for every two of them whether they are in order, how far
 * that depends on the weights, and which single answer would settle it. All of it follows from the score room; this
 * file only asks it country by country and answer by answer, and knows no shape of an answer. */
#include "internal.h"

const struct criterion *comparison_criterion(const struct comparison *comparison, size_t place)
{
    return question_criterion(comparison->view, comparison->question, place);
}

const struct compared *couple_leader(const struct couple *couple)
{
    if (!couple->robustness.has_epsilon || couple->robustness.lead == 0)
        return NULL;
    return couple->robustness.lead > 0 ? couple->a : couple->b;
}

static size_t criterion_count(const struct comparison *comparison)
{
    return comparison->question->rule.methodology->weight_count;
}

/* What both are known to do, and who is ahead on it. */
static void find_common(const struct comparison *comparison, struct couple *couple)
{
    struct score_question rule = comparison->question->rule;
    for (size_t i = 0; i < criterion_count(comparison); i++) {
        const struct verdict *a = &couple->a->verdicts[i];
        const struct verdict *b = &couple->b->verdicts[i];
        bool common = verdict_counts(a) && verdict_counts(b);
        if (common) {
            couple->ahead_a += a->part.counted > b->part.counted ? 1U : 0U;
            couple->ahead_b += b->part.counted > a->part.counted ? 1U : 0U;
            continue;
        }
        bool beside = verdict_counts(a) || verdict_counts(b);
        couple->narrowed = couple->narrowed || (beside && rule.weights[i] > 0);
        rule.weights[i] = 0;
    }
    couple->common_a = score_total(&rule, couple->a->verdicts);
    couple->common_b = score_total(&rule, couple->b->verdicts);
}

/* Adds the answers to one unknown criterion that alone would order the two. */
static void add_settlings(const struct comparison *comparison, struct couple *couple, const struct compared *of,
                          size_t place)
{
    enum answer_value outcomes[OUTCOMES_MOST];
    size_t count = criterion_outcomes(comparison_criterion(comparison, place), outcomes);
    for (size_t i = 0; i < count; i++) {
        struct score then = score_if(&comparison->question->rule, of->verdicts, place, outcomes[i]);
        int order = of == couple->a ? score_order(&then, &couple->b->scored.score)
                                    : score_order(&couple->a->scored.score, &then);
        if (order != 0)
            couple->settlings[couple->settling_count++] =
                (struct settling){of, place, outcomes[i], order > 0 ? couple->a : couple->b};
    }
}

static void find_settlings(const struct comparison *comparison, struct couple *couple, const struct compared *of)
{
    size_t places[SCORE_CRITERIA_MAX];
    size_t count = score_open(&comparison->question->rule, of->verdicts, places);
    for (size_t i = 0; i < count; i++)
        add_settlings(comparison, couple, of, places[i]);
}

/* The score if every unknown were answered as well (or as badly) as its criterion allows. */
static struct score score_at_best(const struct comparison *comparison, const struct compared *of, bool best)
{
    const struct score_question *rule = &comparison->question->rule;
    struct verdict verdicts[SCORE_CRITERIA_MAX];
    enum answer_value outcomes[OUTCOMES_MOST];
    for (size_t i = 0; i < criterion_count(comparison); i++) {
        verdicts[i] = of->verdicts[i];
        size_t count = criterion_outcomes(comparison_criterion(comparison, i), outcomes);
        for (size_t k = 0; of->verdicts[i].value == ANSWER_UNKNOWN && k < count; k++) {
            const struct part *part = &rule->values[outcomes[k]];
            if (best ? part->low > verdicts[i].part.low : part->high < verdicts[i].part.high)
                verdicts[i] = (struct verdict){.value = outcomes[k], .part = *part};
        }
    }
    return score_total(rule, verdicts);
}

static bool may_lead(const struct comparison *comparison, const struct compared *one, const struct compared *other)
{
    struct score best = score_at_best(comparison, one, true);
    struct score worst = score_at_best(comparison, other, false);
    return score_order(&best, &worst) > 0;
}

static bool fill_couple(const struct comparison *comparison, struct couple *couple, struct arena *arena)
{
    const struct score_question *rule = &comparison->question->rule;
    couple->order = score_order(&couple->a->scored.score, &couple->b->scored.score);
    couple->robustness = score_robustness(rule, couple->a->verdicts, couple->b->verdicts);
    find_common(comparison, couple);
    if (couple->order != 0)
        return true;
    couple->settlings =
        arena_array(arena, (couple->a->open + couple->b->open) * OUTCOMES_MOST + 1, sizeof(*couple->settlings));
    if (couple->settlings == NULL)
        return false;
    find_settlings(comparison, couple, couple->a);
    find_settlings(comparison, couple, couple->b);
    couple->may_lead_a = may_lead(comparison, couple->a, couple->b);
    couple->may_lead_b = may_lead(comparison, couple->b, couple->a);
    return true;
}

static void fill_country(const struct comparison *comparison, const struct scored *scored, struct compared *ret)
{
    size_t places[SCORE_CRITERIA_MAX];
    ret->scored = *scored;
    ret->code = comparison->view->countries[scored->country].id;
    ret->name = comparison->view->by_country[scored->country].name;
    (void)question_score(comparison->view, comparison->question, scored->country, ret->verdicts);
    ret->open = score_open(&comparison->question->rule, ret->verdicts, places);
}

static bool fill_couples(struct comparison *comparison, struct arena *arena)
{
    for (size_t a = 0; a < comparison->count; a++)
        for (size_t b = a + 1; b < comparison->count; b++) {
            struct couple *couple = &comparison->couples[comparison->couple_count++];
            couple->a = &comparison->countries[a];
            couple->b = &comparison->countries[b];
            if (!fill_couple(comparison, couple, arena))
                return false;
        }
    return true;
}

struct comparison *comparison_of(const struct view *view, const struct question *question, struct arena *arena)
{
    struct comparison *comparison = arena_alloc(arena, sizeof(*comparison));
    size_t count = 0;
    const struct scored *scored = question_scores(view, question, view->country_count, arena, &count);
    if (comparison == NULL || scored == NULL)
        return NULL;
    *comparison = (struct comparison){.view = view, .question = question, .count = count};
    comparison->countries = arena_array(arena, count + 1, sizeof(*comparison->countries));
    comparison->couples = arena_array(arena, count * count + 1, sizeof(*comparison->couples));
    if (comparison->countries == NULL || comparison->couples == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        fill_country(comparison, &scored[i], &comparison->countries[i]);
    return fill_couples(comparison, arena) ? comparison : NULL;
}
