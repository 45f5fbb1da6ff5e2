/* SPDX-License-Identifier: MIT */
/* What the figures of two countries side by side mean, in sentences for people who decide and do not compute. A
 * sentence claims no more than the figures do: sure is what holds whatever the unknown turns out to be, and a lead on
 * the criteria known in both is never called an order. */
#include "internal.h"

/* "between 31.8 and 59.1". */
static const char *span(struct arena *arena, const struct score *score)
{
    const char *low = decimal_text(arena, score->low, 1);
    if (score->low == score->high)
        return arena_printf(arena, "at %s", low);
    return arena_printf(arena, "between %s and %s", low, decimal_text(arena, score->high, 1));
}

static const char *sure_words(struct arena *arena, const struct compared *above, const struct compared *below)
{
    const struct score *high = &above->scored.score;
    const struct score *low = &below->scored.score;
    return arena_printf(arena,
                        "%s is surely above %s: the lowest that it can have, %s, is more than the highest that the "
                        "other can, %s%s.",
                        above->name, below->name, decimal_text(arena, high->low, 1), decimal_text(arena, low->high, 1),
                        high->low == low->high ? " (before rounding)" : "");
}

const char *couple_order_words(struct arena *arena, const struct couple *couple)
{
    if (couple->order != 0)
        return couple->order > 0 ? sure_words(arena, couple->a, couple->b) : sure_words(arena, couple->b, couple->a);
    return arena_printf(arena,
                        "Not surely ordered: %s lies %s, %s %s. These overlap, so what is known does not tell which "
                        "is higher.",
                        couple->a->name, span(arena, &couple->a->scored.score), couple->b->name,
                        span(arena, &couple->b->scored.score));
}

/* "On the 8 criteria that are known in both". */
static const char *common_words(struct arena *arena, const struct couple *couple)
{
    size_t common = couple->robustness.common;
    return common == 1 ? "On the one criterion that is known in both"
                       : arena_printf(arena, "On the %zu criteria that are known in both", common);
}

/* On how many it is ahead, and on how many behind. */
static const char *tally(struct arena *arena, size_t ahead, size_t behind)
{
    return behind == 0 ? arena_printf(arena, "ahead on %zu, behind on none", ahead)
                       : arena_printf(arena, "ahead on %zu, behind on %zu", ahead, behind);
}

static const char *firmness(struct arena *arena, const struct couple *couple, const struct compared *leader)
{
    bool is_a = leader == couple->a;
    const char *other = is_a ? couple->b->name : couple->a->name;
    if ((is_a ? couple->ahead_b : couple->ahead_a) == 0)
        return arena_printf(arena, "No choice of weights would put %s ahead there.", other);
    return arena_printf(arena,
                        "They would be level only if %s %% of all weight were taken from every criterion alike and "
                        "given to the one on which %s is furthest behind: the larger this share, the firmer the lead.",
                        decimal_text(arena, couple->robustness.epsilon, 1), leader->name);
}

/* The values on the common criteria, where the published ones rest on others too. */
static const char *narrowed_words(struct arena *arena, const struct couple *couple)
{
    const struct score *a = &couple->a->scored.score;
    const struct score *b = &couple->b->scored.score;
    if (!couple->narrowed || !couple->common_a.has_value || !couple->common_b.has_value)
        return "";
    int published = a->has_value && b->has_value ? ratio_compare(a->exact_value, b->exact_value) : 0;
    bool turned = published * couple->robustness.lead < 0;
    return arena_printf(arena, " On these alone %s has %s and %s %s%s.", couple->a->name,
                        decimal_text(arena, couple->common_a.value, 1), couple->b->name,
                        decimal_text(arena, couple->common_b.value, 1),
                        turned ? "; the values of their own, which rest on different criteria, say the opposite" : "");
}

const char *couple_lead_words(struct arena *arena, const struct couple *couple)
{
    const struct compared *leader = couple_leader(couple);
    if (couple->robustness.common == 0)
        return "No criterion is known in both, so nothing can be said of a lead.";
    if (!couple->robustness.has_epsilon)
        return "None of the criteria that are known in both has a weight, so nothing can be said of a lead.";
    const char *common = common_words(arena, couple);
    if (couple->ahead_a + couple->ahead_b == 0)
        return arena_printf(arena, "%s they do the same, so no choice of weights tells them apart there.%s", common,
                            narrowed_words(arena, couple));
    if (leader == NULL)
        return arena_printf(arena, "%s they are level: %s is %s, and with these weights that comes to the same.%s",
                            common, couple->a->name, tally(arena, couple->ahead_a, couple->ahead_b),
                            narrowed_words(arena, couple));
    bool is_a = leader == couple->a;
    return arena_printf(
        arena, "%s %s leads (%s). %s%s", common, leader->name,
        tally(arena, is_a ? couple->ahead_a : couple->ahead_b, is_a ? couple->ahead_b : couple->ahead_a),
        firmness(arena, couple, leader), narrowed_words(arena, couple));
}

/* "7 criteria are unknown (Belgium 2, Netherlands 5)". */
static const char *open_words(struct arena *arena, const struct couple *couple)
{
    size_t open = couple->a->open + couple->b->open;
    return arena_printf(arena, "%zu %s unknown (%s %zu, %s %zu)", open, open == 1 ? "answer is" : "answers are",
                        couple->a->name, couple->a->open, couple->b->name, couple->b->open);
}

/* What the answers to all that is unknown could do together. */
static const char *together_words(struct arena *arena, const struct couple *couple)
{
    if (!couple->may_lead_a && !couple->may_lead_b)
        return "No answers that the criteria allow would settle the order.";
    if (couple->may_lead_a && couple->may_lead_b)
        return "No single answer would settle the order: several would have to be known, and they could surely put "
               "either above the other.";
    return arena_printf(arena,
                        "No single answer would settle the order: several would have to be known, and they could only "
                        "put %s surely above.",
                        couple->may_lead_a ? couple->a->name : couple->b->name);
}

const char *couple_settled_words(struct arena *arena, const struct couple *couple)
{
    size_t open = couple->a->open + couple->b->open;
    if (couple->order != 0)
        return NULL;
    if (open == 0)
        return "Nothing is unknown in either: they overlap by what is partial or disputed, or are level.";
    if (couple->settling_count == 0)
        return arena_printf(arena, "%s. %s", open_words(arena, couple), together_words(arena, couple));
    return arena_printf(arena, "%s. %s would settle the order by itself.", open_words(arena, couple),
                        couple->settling_count == 1
                            ? "One possible answer"
                            : arena_printf(arena, "Each of %zu possible answers", couple->settling_count));
}
