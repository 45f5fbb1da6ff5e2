/* SPDX-License-Identifier: MIT */
/* Claims and methodologies made by hand, for the tests of the score room. */
#pragma once
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/score.h"
#include "fixture_facts.h"

/* The published methodology, with weights of the caller. */
static inline struct methodology make_methodology(const struct weight *weights, size_t count)
{
    return (struct methodology){LEGAL_METHOD, .least_coverage = {3, 5}, .weights = weights, .weight_count = count};
}

/* A claim; an `observed` of NULL leaves it undated. */
static inline struct answer make_answer(enum answer_value value, enum basis basis, enum sureness sure,
                                        const char *observed, const char *source)
{
    struct answer answer = {.country = "BE",
                            .criterion = "annual-audit",
                            .value = value,
                            .unknown = value == ANSWER_UNKNOWN ? "lost_in_capture" : NULL,
                            .basis = basis,
                            .sure = sure,
                            .evidence = {.source = source, .observed = observed}};
    answer.dated = observed != NULL && date_parse(observed, &answer.observed);
    return answer;
}

static inline int32_t day_of_text(const char *text)
{
    struct date date;
    ck_assert(date_parse(text, &date));
    return date.last;
}

/* The methodology's own question, on a day of the tests' choice or (NULL) the dataset's. */
static inline struct score_question ask(const struct methodology *methodology, const char *as_of)
{
    struct score_question question = score_question(methodology, day_of_text("2026-11-24"));
    if (as_of != NULL) {
        question.as_of = day_of_text(as_of);
        question.as_of_given = true;
    }
    return question;
}

TCase *score_verdict_cases(void);
Suite *score_property_suite(void);
