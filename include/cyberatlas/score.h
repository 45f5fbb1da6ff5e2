/* SPDX-License-Identifier: MIT */
/* Which claim speaks for a criterion, and what follows for a score: rules 0 to 3 of the method (api:
 * /v1/methodologies). Pure functions: no I/O, no clock, no allocation; exact integer arithmetic. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "cyberatlas/base/fact.h"

enum {
    SCORE_CRITERIA_MAX = 64,      /* criteria of one methodology */
    SCORE_WEIGHT_MAX = 100,       /* weight of one of them */
    SCORE_DENOMINATOR_MAX = 1000, /* of each fraction in its map of values */
};

/* Whether the methodology keeps to these ceilings and its map makes sense: fractions within 0 and 1, low ≤ counted ≤
 * high. What follows may be asked only of such a one. */
bool score_accepts(const struct methodology *methodology) MUST_USE;

/* What is asked of the method; score_question gives the methodology's defaults. */
struct score_question {
    const struct methodology *methodology;
    int32_t as_of; /* day; claims observed later are not considered */
    bool as_of_given;
    enum basis bases[BASIS_COUNT];
    size_t basis_count;
    enum sureness least_sure;
};

struct score_question score_question(const struct methodology *methodology, int32_t dataset_day);

/* Rule 0 for one country and criterion. */
struct verdict {
    enum answer_value value;      /* ANSWER_UNKNOWN where no claim speaks */
    const struct answer *decides; /* the claim that speaks; NULL where none does */
    bool disputed;                /* live claims disagree */
    struct fraction low;          /* hull of the live claims by the value map; not_applicable and years give [0,1] */
    struct fraction high;
    struct fraction counted; /* of the deciding value; {0,1} where unknown or not applicable */
    const char *unknown;     /* why unknown: a reason a source's loss gave, "low_sureness", "not_yet_observed",
                                "basis_not_asked", "no_source" */
};

/* `answers` are all claims of one country about one criterion (facts_answers). `live` (may be NULL) gets for each of
 * them whether it is live. */
struct verdict score_verdict(const struct score_question *question, const struct answer *answers, size_t count,
                             bool *live);

struct score_counts {
    int32_t by_value[ANSWER_VALUE_COUNT]; /* ANSWER_YEAR stays 0 */
};

struct score {
    bool has_value; /* coverage reaches the methodology's least, and something is applicable */
    int32_t value;  /* tenths of a point, 0 to 1000; half away from zero */
    int32_t low;
    int32_t high;
    int32_t coverage; /* thousandths */
    struct score_counts counts;
    int32_t disputed;        /* number of disputed criteria */
    struct date oldest;      /* of the claims that decide; valid if has_oldest */
    const char *oldest_text; /* its date as the source gives it */
    bool has_oldest;
};

/* Rules 1 and 2 over the verdicts of the methodology's criteria, in the order of its weights. A not_applicable that
 * live claims dispute is left out of value and coverage, but its [0,1] stays in the interval. With nothing applicable:
 * no value, low 0, high 1000, coverage 0. */
struct score score_total(const struct methodology *methodology, const struct verdict *verdicts);
/* Both steps for one country; `ret_verdicts` (may be NULL) holds weight_count verdicts. */
struct score score_country(const struct facts *facts, const struct score_question *question, const char *country,
                           struct verdict *ret_verdicts);
