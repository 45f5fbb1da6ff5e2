/* SPDX-License-Identifier: MIT */
/* Which claim speaks for a criterion, and what follows for scores, their order and their history: rules 0 to 6 of the
 * method (api: /v1/methodologies). Pure functions: no I/O, no clock, no memory of their own but in score_ranks; exact
 * integer arithmetic. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "cyberatlas/base/fact.h"

enum {
    SCORE_CRITERIA_MAX = 64,     /* criteria of one methodology */
    SCORE_WEIGHT_MAX = 100,      /* weight of one of them */
    SCORE_UNIT_MAX = 100000,     /* least common denominator of the fractions in its map of values */
    SCORE_AGE_MONTHS_MAX = 2400, /* max_age */
    SCORE_AGE_DAYS_MAX = 73000,
};

/* Whether the methodology keeps to these ceilings and its map makes sense: fractions within 0 and 1, low ≤ counted ≤
 * high, and unknown covers the others. What follows may be asked only of such a one. */
bool score_accepts(const struct methodology *methodology) MUST_USE;

/* A row of the map of values, in parts of the question's unit. */
struct part {
    int32_t low;
    int32_t high;
    int32_t counted;
};

/* What is asked of the method; score_question gives the methodology's defaults. */
struct score_question {
    const struct methodology *methodology;
    int32_t weights[SCORE_CRITERIA_MAX]; /* of its criteria, in their order; not all 0 */
    int32_t as_of;                       /* day; claims observed later are not considered */
    bool as_of_given;                    /* undated claims are left out */
    bool aged;                           /* so they are with a max_age; score_question_age */
    int32_t youngest_from;               /* first day that max_age allows the newest claim to be of */
    enum basis bases[BASIS_COUNT];       /* in the order in which they speak */
    size_t basis_count;
    enum sureness least_sure;
    int32_t unit; /* denominator of all that follows */
    struct part values[ANSWER_VALUE_COUNT];
};

struct score_question score_question(const struct methodology *methodology, int32_t dataset_day);

struct period {
    int32_t months;
    int32_t days;
};
/* max_age: counted back from as_of, which must stand already. */
void score_question_age(struct score_question *question, struct period age);

/* How one claim stands to the cell: it speaks, or what keeps it from speaking. */
enum standing {
    STANDING_DECIDES,
    STANDING_AGREES,   /* live, says the same */
    STANDING_DISPUTES, /* live, says something else */
    STANDING_HISTORY,  /* eligible, but older than the window before the newest */
    STANDING_TOO_OLD,  /* would speak, but even the newest is older than max_age */
    STANDING_UNDATED,  /* left out: others have a date, or as_of or max_age is given */
    STANDING_LOW_SURENESS,
    STANDING_NOT_YET_OBSERVED, /* observed after as_of */
    STANDING_BASIS_NOT_ASKED,
    STANDING_NO_ANSWER, /* an unknown: it never speaks */
    STANDING_COUNT
};
extern const char *const standing_names[STANDING_COUNT]; /* "decides" "agrees" … "no_answer" */

/* By which step of rule 0 the deciding claim goes before the best of the other live ones. */
enum step {
    STEP_NONE, /* nothing speaks */
    STEP_ONLY, /* no other is live */
    STEP_BASIS,
    STEP_SURENESS,
    STEP_NEWER,
    STEP_SOURCE, /* by source id */
    STEP_PLACE,  /* one source says two things: place in it, then value */
    STEP_COUNT
};
extern const char *const step_names[STEP_COUNT]; /* "none" "only" "basis" "sureness" "newer" "source" "place" */

/* All claims of one country about one criterion (facts_answers). */
struct cell {
    const struct answer *answers;
    size_t count;
};

/* Rule 0 for one cell. */
struct verdict {
    enum answer_value value;      /* ANSWER_UNKNOWN where no claim speaks */
    const struct answer *decides; /* the claim that speaks; NULL where none does */
    enum step step;
    bool disputed;    /* live claims disagree */
    struct part part; /* low and high: hull of the live claims by the map; not_applicable and years give [0,1].
                         counted: of the deciding value; 0 where unknown or not applicable */
    const struct answer *oldest; /* the oldest dated live claim; NULL where there is none */
    const char *unknown;         /* why unknown: a reason a source's loss gave, or "too_old", "low_sureness",
                                    "not_yet_observed", "undated", "basis_not_asked", "no_source" */
};

/* Whether its value counts for something: yes, partial or no. */
bool verdict_counts(const struct verdict *verdict);
/* `standings` (may be NULL) gets one for each claim. */
struct verdict score_verdict(const struct score_question *question, struct cell cell, enum standing *standings);

struct score_counts {
    int32_t by_value[ANSWER_VALUE_COUNT]; /* ANSWER_YEAR stays 0 */
};

/* num / den, den > 0; products of two such fit 64 bits. */
struct ratio {
    int64_t num;
    int64_t den;
};
int ratio_compare(struct ratio a, struct ratio b); /* sign of (a − b) */

struct score {
    bool has_value; /* coverage reaches the methodology's least, and something is applicable */
    int32_t value;  /* tenths of a point, 0 to 1000; half away from zero */
    int32_t low;
    int32_t high;
    int32_t coverage;                                /* thousandths */
    struct ratio exact_value, exact_low, exact_high; /* of 1, unrounded; value is 0 without has_value */
    struct score_counts counts;
    int32_t disputed;        /* number of disputed criteria */
    struct date oldest;      /* of the claims that decide; valid if has_oldest */
    const char *oldest_text; /* its date as the source gives it */
    bool has_oldest;
};

/* Rules 1 and 2 over the verdicts of the methodology's criteria, in the order of its weights. A not_applicable that
 * live claims dispute is left out of value and coverage, but its [0,1] stays in the interval. With nothing applicable:
 * no value, low 0, high 1000, coverage 0. */
struct score score_total(const struct score_question *question, const struct verdict *verdicts);
/* Rule 0 for each of the methodology's criteria: `cells` in the order of its weights. */
void score_verdicts(const struct score_question *question, const struct cell *cells, struct verdict *ret);

/* --- explain --- */
/* The score if criterion `index` were `value` (yes, partial or no), undisputed. */
struct score score_if(const struct score_question *question, const struct verdict *verdicts, size_t index,
                      enum answer_value value);
/* The score if criterion `index` had no weight. With no weight left: as with nothing applicable. */
struct score score_without(const struct score_question *question, const struct verdict *verdicts, size_t index);
/* The unknown criteria that have a weight, the heaviest first (ties: their order): where each may turn out to be
 * anything, its answer would narrow the interval most. Their number; `ret` has room for SCORE_CRITERIA_MAX. */
size_t score_open(const struct score_question *question, const struct verdict *verdicts, size_t *ret);

/* --- order (rule 6) --- */
/* 1: a surely above b (low of a > high of b, exactly); -1: b above a; 0: not in order. */
int score_order(const struct score *a, const struct score *b);
struct rank { /* from 1 */
    size_t best;
    size_t worst;
};
/* Each one's place among all of `scores`: best is 1 + those surely above it, worst is count − those surely below it.
 * n log n. False without memory. */
bool score_ranks(const struct score *const *scores, size_t count, struct rank *ret) MUST_USE;

/* How much a lead depends on the weights. */
struct robustness {
    size_t common;    /* criteria known and applicable in both */
    bool has_epsilon; /* something in common has a weight */
    int lead;         /* on the common criteria: 1 a, -1 b, 0 level; by weighted mean of counted values */
    int32_t epsilon;  /* thousandths, half away from zero: the share of the say that must go to the weighting least
                         favourable to the leader for the two to be level; 0 for a tie, 1000 where none can do it */
};
struct robustness score_robustness(const struct score_question *question, const struct verdict *a,
                                   const struct verdict *b);

/* --- history --- */
/* The days, ascending and distinct, on which an as_of can change any verdict of these cells (weight_count of them):
 * those of the claims that the question's bases and sureness let speak and, with `age` (NULL: none), those on which
 * they become too old. None is after question->as_of. With a NULL `ret` how many there can be at most, otherwise their
 * number; `room` must not be below that most. */
size_t score_days(const struct score_question *question, const struct cell *cells, const struct period *age,
                  int32_t *ret, size_t room);
