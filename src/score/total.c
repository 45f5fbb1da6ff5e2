/* SPDX-License-Identifier: MIT */
/* Rules 1 and 2: from the verdicts on a methodology's criteria to value, interval, coverage and counts. Everything is
 * summed as fractions of whole numbers and rounded once, at the end. With weights up to 100, SCORE_CRITERIA_MAX
 * criteria and denominators up to SCORE_DENOMINATOR_MAX no sum leaves 64 bits: at most four denominators meet in one
 * sum. The invariant: low ≤ value ≤ high. */
#include <assert.h>

#include "cyberatlas/base/facts.h"
#include "cyberatlas/score.h"

struct sum {
    int64_t num;
    int64_t den;
};

struct sums {
    int64_t known;      /* weight of what has a value */
    int64_t applicable; /* and of what is unknown */
    int64_t spanned;    /* weight in the interval: the applicable, and a not_applicable that others dispute */
    struct sum counted;
    struct sum low;
    struct sum high;
};

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void add_fraction(struct sum *sum, int64_t weight, struct fraction part)
{
    assert(part.den > 0 && part.den <= SCORE_DENOMINATOR_MAX);
    int64_t scale = part.den / common_divisor(sum->den, part.den);
    int64_t den = sum->den * scale;
    sum->num = sum->num * scale + weight * part.num * (den / part.den);
    sum->den = den;
}

/* `scale` times the sum over `weight`, to the nearest whole number, halves upwards (nothing here is negative). */
static int32_t rounded(struct sum sum, int64_t weight, int64_t scale)
{
    int64_t den = sum.den * weight;
    int64_t scaled = sum.num * scale;
    int64_t whole = scaled / den;
    return (int32_t)(scaled % den >= den - scaled % den ? whole + 1 : whole);
}

static bool is_known(enum answer_value value)
{
    return value == ANSWER_YES || value == ANSWER_PARTIAL || value == ANSWER_NO;
}

static void add_verdict(struct sums *sums, int64_t weight, const struct verdict *verdict)
{
    bool applies = verdict->value != ANSWER_NOT_APPLICABLE;
    if (applies)
        sums->applicable += weight;
    if (is_known(verdict->value)) {
        sums->known += weight;
        add_fraction(&sums->counted, weight, verdict->counted);
    }
    /* Taking a criterion away is as if it had the mean of the others, which lies within [0,1]: so the interval that a
     * dispute about not_applicable leaves holds both outcomes. */
    if (applies || verdict->disputed) {
        sums->spanned += weight;
        add_fraction(&sums->low, weight, verdict->low);
        add_fraction(&sums->high, weight, verdict->high);
    }
}

static void note_age(struct score *score, const struct answer *decides)
{
    if (decides == NULL || !decides->dated || (score->has_oldest && decides->observed.last >= score->oldest.last))
        return;
    score->has_oldest = true;
    score->oldest = decides->observed;
    score->oldest_text = decides->evidence.observed;
}

static void count_verdict(struct score *score, const struct verdict *verdict)
{
    enum answer_value value = verdict->value == ANSWER_YEAR ? ANSWER_UNKNOWN : verdict->value;
    score->counts.by_value[value]++;
    score->disputed += verdict->disputed ? 1 : 0;
    note_age(score, verdict->decides);
}

static void finish(struct score *score, const struct sums *sums, struct fraction least)
{
    score->high = 1000;
    if (sums->spanned > 0) {
        score->low = rounded(sums->low, sums->spanned, 1000);
        score->high = rounded(sums->high, sums->spanned, 1000);
    }
    if (sums->applicable == 0)
        return;
    score->coverage = rounded((struct sum){sums->known, 1}, sums->applicable, 1000);
    score->has_value = sums->known > 0 && sums->known * least.den >= sums->applicable * least.num;
    if (score->has_value)
        score->value = rounded(sums->counted, sums->known, 1000);
}

static bool is_share(struct fraction part)
{
    return part.den > 0 && part.den <= SCORE_DENOMINATOR_MAX && part.num >= 0 && part.num <= part.den;
}

static bool is_ordered(struct fraction a, struct fraction b)
{
    return (int64_t)a.num * b.den <= (int64_t)b.num * a.den;
}

static bool is_sound(const struct value_map *map, bool counts)
{
    if (!is_share(map->low) || !is_share(map->high) || !is_ordered(map->low, map->high))
        return false;
    return !counts ||
           (is_share(map->counted) && is_ordered(map->low, map->counted) && is_ordered(map->counted, map->high));
}

bool score_accepts(const struct methodology *methodology)
{
    bool sound = methodology->weight_count <= SCORE_CRITERIA_MAX && is_share(methodology->least_coverage);
    for (size_t i = 0; sound && i < methodology->weight_count; i++)
        sound = methodology->weights[i].weight >= 0 && methodology->weights[i].weight <= SCORE_WEIGHT_MAX;
    return sound && is_sound(&methodology->values[ANSWER_YES], true) &&
           is_sound(&methodology->values[ANSWER_PARTIAL], true) && is_sound(&methodology->values[ANSWER_NO], true) &&
           is_sound(&methodology->values[ANSWER_UNKNOWN], false);
}

struct score score_total(const struct methodology *methodology, const struct verdict *verdicts)
{
    struct score score = {.has_value = false};
    struct sums sums = {.counted = {0, 1}, .low = {0, 1}, .high = {0, 1}};
    for (size_t i = 0; i < methodology->weight_count; i++) {
        add_verdict(&sums, methodology->weights[i].weight, &verdicts[i]);
        count_verdict(&score, &verdicts[i]);
    }
    finish(&score, &sums, methodology->least_coverage);
    return score;
}

struct score score_country(const struct facts *facts, const struct score_question *question, const char *country,
                           struct verdict *ret_verdicts)
{
    const struct methodology *methodology = question->methodology;
    struct verdict own[SCORE_CRITERIA_MAX];
    struct verdict *verdicts = ret_verdicts == NULL ? own : ret_verdicts;
    assert(methodology->weight_count <= SCORE_CRITERIA_MAX);
    for (size_t i = 0; i < methodology->weight_count; i++) {
        size_t count;
        const struct answer *answers = facts_answers(facts, country, methodology->weights[i].criterion, &count);
        verdicts[i] = score_verdict(question, answers, count, NULL);
    }
    return score_total(methodology, verdicts);
}
