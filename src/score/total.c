/* SPDX-License-Identifier: MIT */
/* Rules 1 and 2: from the verdicts on a methodology's criteria to value, interval, coverage and counts. Everything is
 * summed in whole parts of the question's unit and rounded once, at the end: with 64 criteria, weights up to 100 and a
 * unit up to 100,000 a sum stays below 6.4e8, a thousandfold one below 6.4e11, a product of two below 4.1e17. The
 * invariant: low ≤ value ≤ high. */
#include <assert.h>

#include "internal.h"

struct sums {
    int64_t known;      /* weight of what has a value */
    int64_t applicable; /* and of what is unknown */
    int64_t spanned;    /* weight in the interval: the applicable, and a not_applicable that others dispute */
    int64_t counted;
    int64_t low;
    int64_t high;
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

int ratio_compare(struct ratio a, struct ratio b)
{
    int64_t left = a.num * b.den;
    int64_t right = b.num * a.den;
    return (left > right) - (left < right);
}

int32_t ratio_rounded(struct ratio ratio, int64_t scale)
{
    int64_t whole = ratio.num * scale / ratio.den;
    int64_t rest = ratio.num * scale % ratio.den;
    return (int32_t)(rest >= ratio.den - rest ? whole + 1 : whole);
}

bool verdict_counts(const struct verdict *verdict)
{
    return verdict->value == ANSWER_YES || verdict->value == ANSWER_PARTIAL || verdict->value == ANSWER_NO;
}

static void add_verdict(struct sums *sums, int64_t weight, const struct verdict *verdict)
{
    bool applies = verdict->value != ANSWER_NOT_APPLICABLE;
    if (applies)
        sums->applicable += weight;
    if (verdict_counts(verdict)) {
        sums->known += weight;
        sums->counted += weight * verdict->part.counted;
    }
    /* Taking a criterion away is as if it had the mean of the others, which lies within [0,1]: so the interval that a
     * dispute about not_applicable leaves holds both outcomes. */
    if (applies || verdict->disputed) {
        sums->spanned += weight;
        sums->low += weight * verdict->part.low;
        sums->high += weight * verdict->part.high;
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

static void finish(struct score *score, const struct sums *sums, const struct score_question *question)
{
    struct fraction least = question->methodology->least_coverage;
    score->exact_value = (struct ratio){0, 1};
    score->exact_low = (struct ratio){0, 1};
    score->exact_high = (struct ratio){1, 1};
    if (sums->spanned > 0) {
        score->exact_low = (struct ratio){sums->low, sums->spanned * question->unit};
        score->exact_high = (struct ratio){sums->high, sums->spanned * question->unit};
    }
    score->low = ratio_rounded(score->exact_low, 1000);
    score->high = ratio_rounded(score->exact_high, 1000);
    if (sums->applicable == 0)
        return;
    score->coverage = ratio_rounded((struct ratio){sums->known, sums->applicable}, 1000);
    score->has_value = sums->known > 0 && sums->known * least.den >= sums->applicable * least.num;
    if (score->has_value) {
        score->exact_value = (struct ratio){sums->counted, sums->known * question->unit};
        score->value = ratio_rounded(score->exact_value, 1000);
    }
}

struct score score_total(const struct score_question *question, const struct verdict *verdicts)
{
    struct score score = {.has_value = false};
    struct sums sums = {0};
    for (size_t i = 0; i < question->methodology->weight_count; i++) {
        add_verdict(&sums, question->weights[i], &verdicts[i]);
        count_verdict(&score, &verdicts[i]);
    }
    finish(&score, &sums, question);
    return score;
}

static bool is_share(struct fraction part)
{
    return part.den > 0 && part.den <= SCORE_UNIT_MAX && part.num >= 0 && part.num <= part.den;
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

static const enum answer_value mapped[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO, ANSWER_UNKNOWN};

/* Takes one more denominator in, until the ceiling is passed. */
static int64_t common_multiple(int64_t unit, int32_t den)
{
    return unit > SCORE_UNIT_MAX ? unit : unit / common_divisor(unit, den) * den;
}

/* The least common denominator of a sound map; above SCORE_UNIT_MAX where it has none within it. */
static int64_t unit_of(const struct methodology *methodology)
{
    int64_t unit = 1;
    for (size_t i = 0; i < COUNT_OF(mapped); i++) {
        const struct value_map *map = &methodology->values[mapped[i]];
        unit = common_multiple(common_multiple(unit, map->low.den), map->high.den);
        if (mapped[i] != ANSWER_UNKNOWN)
            unit = common_multiple(unit, map->counted.den);
    }
    return unit;
}

/* What is unknown may turn out to be any of the others: only so does answering it stay inside the interval, and the
 * interval hold the value. */
static bool is_covered(const struct value_map *map, const struct value_map *unknown)
{
    return is_ordered(unknown->low, map->low) && is_ordered(map->high, unknown->high);
}

bool score_accepts(const struct methodology *methodology)
{
    const struct value_map *unknown = &methodology->values[ANSWER_UNKNOWN];
    bool sound = methodology->weight_count <= SCORE_CRITERIA_MAX && is_share(methodology->least_coverage);
    for (size_t i = 0; sound && i < methodology->weight_count; i++)
        sound = methodology->weights[i].weight >= 0 && methodology->weights[i].weight <= SCORE_WEIGHT_MAX;
    for (size_t i = 0; sound && i < COUNT_OF(mapped); i++)
        sound = is_sound(&methodology->values[mapped[i]], mapped[i] != ANSWER_UNKNOWN);
    for (size_t i = 0; sound && i < COUNT_OF(mapped); i++)
        sound = is_covered(&methodology->values[mapped[i]], unknown);
    return sound && unit_of(methodology) <= SCORE_UNIT_MAX;
}

static int32_t scaled(struct fraction part, int32_t unit)
{
    assert(unit % part.den == 0);
    return part.num * (unit / part.den);
}

struct score_question score_question(const struct methodology *methodology, int32_t dataset_day)
{
    struct score_question question = {.methodology = methodology,
                                      .as_of = dataset_day,
                                      .basis_count = methodology->basis_count,
                                      .least_sure = methodology->least_sure,
                                      .unit = (int32_t)unit_of(methodology)};
    for (size_t i = 0; i < methodology->basis_count; i++)
        question.bases[i] = methodology->bases[i];
    for (size_t i = 0; i < methodology->weight_count; i++)
        question.weights[i] = methodology->weights[i].weight;
    for (size_t i = 0; i < COUNT_OF(mapped); i++) {
        const struct value_map *map = &methodology->values[mapped[i]];
        question.values[mapped[i]] =
            (struct part){.low = scaled(map->low, question.unit),
                          .high = scaled(map->high, question.unit),
                          .counted = mapped[i] == ANSWER_UNKNOWN ? 0 : scaled(map->counted, question.unit)};
    }
    return question;
}

void score_question_age(struct score_question *question, struct period age)
{
    question->aged = true;
    question->youngest_from = date_months_before(question->as_of, age.months) - age.days;
}
