/* SPDX-License-Identifier: MIT */
/* Claims, methodologies and whole worlds, made by hand or by a seeded generator, for the tests of the score room. */
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

/* Values as letters: y p n - and, for unknown, u. */
static inline enum answer_value value_of_letter(char letter)
{
    static const char letters[] = "uypn-";
    const char *at = strchr(letters, letter);
    ck_assert(letter != '\0' && at != NULL);
    return (enum answer_value)(at - letters);
}

/* What a lone claim that says this comes to. */
static inline struct verdict verdict_of(const struct score_question *question, enum answer_value value)
{
    return (struct verdict){.value = value,
                            .part = question->values[value == ANSWER_NOT_APPLICABLE ? ANSWER_UNKNOWN : value]};
}

/* As many verdicts as there are letters. */
static inline size_t verdicts_of(const struct score_question *question, const char *letters, struct verdict *ret)
{
    size_t count = strlen(letters);
    for (size_t i = 0; i < count; i++)
        ret[i] = verdict_of(question, value_of_letter(letters[i]));
    return count;
}

static inline int sign_of(int64_t number)
{
    return (number > 0) - (number < 0);
}

static inline long double share_of(struct ratio ratio)
{
    return (long double)ratio.num / (long double)ratio.den;
}

enum { ROUNDS = 3000, WORLD_CRITERIA = 12, WORLD_CLAIMS = 5 };

/* One country's answers to some criteria under random weights and a random row for partial. It points into itself:
 * not to be copied. */
struct world {
    struct methodology methodology;
    struct score_question question;
    struct weight weights[WORLD_CRITERIA];
    struct answer answers[WORLD_CRITERIA][WORLD_CLAIMS];
    struct cell cells[WORLD_CRITERIA];
    struct verdict verdicts[WORLD_CRITERIA];
};

/* The generator: the same numbers for the same round in every run. */
void random_start(int round);
uint32_t random_below(uint32_t below);
struct answer random_answer(void);
/* The world of a round, judged. */
void make_world(struct world *world, int round);
/* Other answers to the same question. */
void make_answers_anew(struct world *world);
void judge_world(struct world *world);

TCase *score_verdict_cases(void);
TCase *score_speak_cases(void);
TCase *score_explain_cases(void);
TCase *score_order_cases(void);
TCase *score_robustness_cases(void);
TCase *score_history_cases(void);
Suite *score_property_suite(void);
