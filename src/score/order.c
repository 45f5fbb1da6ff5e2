/* SPDX-License-Identifier: MIT */
/* Rule 6: order without false precision. Two scores are in order where their intervals do not meet; a rank is the range
 * of places that this leaves; a lead is as robust as the weighting that it takes to level it. Exact throughout: with
 * the ceilings of score.h no product here reaches 2^63. */
#include <stdlib.h>

#include "internal.h"

int score_order(const struct score *a, const struct score *b)
{
    if (ratio_compare(a->exact_low, b->exact_high) > 0)
        return 1;
    return ratio_compare(b->exact_low, a->exact_high) > 0 ? -1 : 0;
}

static int compare_ratios(const void *a, const void *b)
{
    return ratio_compare(*(const struct ratio *)a, *(const struct ratio *)b);
}

/* How many of `count` ascending ratios are below `limit`; with `or_equal` those that equal it too. */
static size_t count_below(const struct ratio *ratios, size_t count, struct ratio limit, bool or_equal)
{
    size_t low = 0;
    for (size_t high = count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = ratio_compare(ratios[middle], limit);
        if (order < 0 || (or_equal && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool score_ranks(const struct score *const *scores, size_t count, struct rank *ret)
{
    struct ratio *lows = malloc((2 * count + 1) * sizeof(*lows));
    if (lows == NULL)
        return false;
    struct ratio *highs = lows + count;
    for (size_t i = 0; i < count; i++) {
        lows[i] = scores[i]->exact_low;
        highs[i] = scores[i]->exact_high;
    }
    if (count > 1) {
        qsort(lows, count, sizeof(*lows), compare_ratios);
        qsort(highs, count, sizeof(*highs), compare_ratios);
    }
    for (size_t i = 0; i < count; i++)
        ret[i] = (struct rank){.best = 1 + count - count_below(lows, count, scores[i]->exact_high, true),
                               .worst = count - count_below(highs, count, scores[i]->exact_low, false)};
    free(lows);
    return true;
}

/* The difference of two countries' counted values over the criteria that both know. */
struct difference {
    size_t common;
    int64_t weight;   /* of the common criteria */
    int64_t weighted; /* sum of weight × (a − b), in units */
    int64_t least;    /* smallest and largest a − b, and 0 */
    int64_t most;
};

static struct difference difference_of(const struct score_question *question, const struct verdict *a,
                                       const struct verdict *b)
{
    struct difference sum = {0};
    for (size_t i = 0; i < question->methodology->weight_count; i++) {
        if (!verdict_counts(&a[i]) || !verdict_counts(&b[i]))
            continue;
        int64_t apart = (int64_t)a[i].part.counted - b[i].part.counted;
        sum.least = apart < sum.least ? apart : sum.least;
        sum.most = apart > sum.most ? apart : sum.most;
        sum.weight += question->weights[i];
        sum.weighted += question->weights[i] * apart;
        sum.common++;
    }
    return sum;
}

struct robustness score_robustness(const struct score_question *question, const struct verdict *a,
                                   const struct verdict *b)
{
    struct difference sum = difference_of(question, a, b);
    struct robustness robustness = {.common = sum.common, .has_epsilon = sum.weight > 0};
    if (sum.weight == 0 || sum.weighted == 0)
        return robustness;
    robustness.lead = sum.weighted > 0 ? 1 : -1;
    /* The leader's view: its lead, and where the other is furthest ahead. */
    int64_t lead = robustness.lead * sum.weighted;
    int64_t behind = robustness.lead > 0 ? -sum.least : sum.most;
    robustness.epsilon = behind <= 0 ? 1000 : ratio_rounded((struct ratio){lead, lead + sum.weight * behind}, 1000);
    return robustness;
}
