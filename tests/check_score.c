/* SPDX-License-Identifier: MIT */
/* Rules 1 and 2 by example: totals against figures worked out by hand, Belgium's 2017 page first; and the ceilings
 * within which the arithmetic is exact. */
#include "run_suites.h"
#include "score_fixture.h"

enum { MOST = 16 };
static const struct weight ones[MOST] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}, {"f", 1},
                                         {"g", 1}, {"h", 1}, {"i", 1}, {"j", 1}, {"k", 1}, {"l", 1},
                                         {"m", 1}, {"n", 1}, {"o", 1}, {"p", 1}};

/* Values as letters (y p n u -) and the figures they come to; value -1 where there is none. */
struct total_case {
    const char *values;
    int value;
    int low;
    int high;
    int coverage;
};

static const struct total_case total_cases[] = {
    {"yyyppnnnnuu", 444, 318, 591, 818}, /* Belgium, 2017 */
    {"", -1, 0, 1000, 0},
    {"-", -1, 0, 1000, 0},
    {"u", -1, 0, 1000, 0},
    {"y", 1000, 1000, 1000, 1000},
    {"n", 0, 0, 0, 1000},
    {"p", 500, 250, 750, 1000},
    {"p-", 500, 250, 750, 1000},
    {"yyyuu", 1000, 600, 1000, 600},           /* coverage at the least asked for */
    {"yyuu", -1, 500, 1000, 500},              /* below it */
    {"yyn", 667, 667, 667, 1000},              /* two thirds */
    {"ynnnnnnnyynnnnnn", 188, 188, 188, 1000}, /* 3/16 = 18.75: half away from zero */
    {"pnnnnnnnnnnnnnn", 33, 17, 50, 1000},     /* low 1.666… */
};

START_TEST(totals_by_hand)
{
    const struct total_case *row = &total_cases[_i];
    struct methodology methodology = make_methodology(ones, strlen(row->values));
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[MOST];
    int32_t counts[ANSWER_VALUE_COUNT] = {0};
    size_t count = verdicts_of(&question, row->values, verdicts);
    for (size_t i = 0; i < count; i++)
        counts[verdicts[i].value]++;
    struct score score = score_total(&question, verdicts);
    ck_assert_int_eq(score.has_value, row->value >= 0);
    ck_assert_int_eq(score.value, row->value < 0 ? 0 : row->value);
    ck_assert_int_eq(score.low, row->low);
    ck_assert_int_eq(score.high, row->high);
    ck_assert_int_eq(score.coverage, row->coverage);
    ck_assert_int_eq(memcmp(score.counts.by_value, counts, sizeof(counts)), 0);
    ck_assert_int_eq(score.disputed, 0);
    ck_assert(!score.has_oldest);
}
END_TEST

START_TEST(weights_weigh)
{
    static const struct weight weights[] = {{"a", 3}, {"b", 2}, {"c", 0}, {"d", 1}};
    struct methodology methodology = make_methodology(weights, 4);
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[4];
    (void)verdicts_of(&question, "ypnu", verdicts);
    struct score score = score_total(&question, verdicts);
    ck_assert_int_eq(score.value, 800);    /* (3 + 1) / 5 */
    ck_assert_int_eq(score.low, 583);      /* (3 + 1/2) / 6 */
    ck_assert_int_eq(score.high, 917);     /* (3 + 3/2 + 1) / 6 */
    ck_assert_int_eq(score.coverage, 833); /* 5 / 6 */
}
END_TEST

START_TEST(weights_of_the_question_go_before_the_methodology_s)
{
    struct methodology methodology = make_methodology(ones, 2);
    struct score_question question = ask(&methodology, NULL);
    question.weights[0] = 3;
    struct verdict verdicts[2];
    (void)verdicts_of(&question, "yn", verdicts);
    ck_assert_int_eq(score_total(&question, verdicts).value, 750);
}
END_TEST

START_TEST(the_exact_figures_are_not_rounded)
{
    struct methodology methodology = make_methodology(ones, 3);
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[3];
    (void)verdicts_of(&question, "yyn", verdicts);
    struct score score = score_total(&question, verdicts);
    ck_assert_int_eq(ratio_compare(score.exact_value, (struct ratio){2, 3}), 0);
    ck_assert_int_eq(ratio_compare(score.exact_value, (struct ratio){667, 1000}), -1);
    ck_assert_int_eq(ratio_compare(score.exact_value, (struct ratio){666, 1000}), 1);
    (void)verdicts_of(&question, "ypu", verdicts);
    score = score_total(&question, verdicts);
    ck_assert_int_eq(ratio_compare(score.exact_low, (struct ratio){5, 12}), 0);
    ck_assert_int_eq(ratio_compare(score.exact_high, (struct ratio){11, 12}), 0);
}
END_TEST

START_TEST(the_unit_is_the_least_that_makes_every_share_whole)
{
    struct methodology methodology = make_methodology(ones, 1);
    ck_assert_int_eq(ask(&methodology, NULL).unit, 4);
    methodology.values[ANSWER_PARTIAL] = (struct value_map){{1, 6}, {3, 4}, {2, 4}};
    struct score_question question = ask(&methodology, NULL);
    ck_assert_int_eq(question.unit, 12);
    ck_assert_int_eq(question.values[ANSWER_PARTIAL].low, 2);
    ck_assert_int_eq(question.values[ANSWER_PARTIAL].high, 9);
    ck_assert_int_eq(question.values[ANSWER_PARTIAL].counted, 6);
    ck_assert_int_eq(question.values[ANSWER_YES].counted, 12);
    ck_assert_int_eq(question.values[ANSWER_UNKNOWN].high, 12);
}
END_TEST

START_TEST(weights_of_nought_make_no_value)
{
    static const struct weight weights[] = {{"a", 0}};
    struct methodology methodology = make_methodology(weights, 1);
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdict = verdict_of(&question, ANSWER_YES);
    struct score score = score_total(&question, &verdict);
    ck_assert(!score.has_value);
    ck_assert_int_eq(score.low, 0);
    ck_assert_int_eq(score.high, 1000);
}
END_TEST

/* The greatest of everything: 64 criteria of weight 100, in hundred-thousandths. */
START_TEST(the_largest_sums_stay_exact)
{
    struct weight weights[SCORE_CRITERIA_MAX];
    struct verdict verdicts[SCORE_CRITERIA_MAX];
    for (size_t i = 0; i < SCORE_CRITERIA_MAX; i++)
        weights[i] = (struct weight){"a", SCORE_WEIGHT_MAX};
    struct methodology methodology = make_methodology(weights, SCORE_CRITERIA_MAX);
    methodology.values[ANSWER_PARTIAL] = (struct value_map){{99949, 100000}, {100000, 100000}, {99950, 100000}};
    ck_assert(score_accepts(&methodology));
    struct score_question question = ask(&methodology, NULL);
    ck_assert_int_eq(question.unit, SCORE_UNIT_MAX);
    for (size_t i = 0; i < SCORE_CRITERIA_MAX; i++)
        verdicts[i] = verdict_of(&question, ANSWER_PARTIAL);
    struct score score = score_total(&question, verdicts);
    ck_assert_int_eq(score.value, 1000); /* 0.9995, exactly half */
    ck_assert_int_eq(score.low, 999);    /* 0.99949 */
    ck_assert_int_eq(score.high, 1000);
    verdicts[63] = verdict_of(&question, ANSWER_NO);
    struct score less = score_total(&question, verdicts);
    ck_assert_int_eq(ratio_compare(less.exact_value, score.exact_value), -1);
    ck_assert_int_eq(ratio_compare(less.exact_value, (struct ratio){63LL * 9995, 64LL * 10000}), 0);
    ck_assert_int_eq(score_robustness(&question, verdicts, verdicts).lead, 0);
}
END_TEST

START_TEST(a_disputed_not_applicable_stays_in_the_interval)
{
    struct methodology methodology = make_methodology(ones, 2);
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[2];
    (void)verdicts_of(&question, "-y", verdicts);
    struct score alone = score_total(&question, verdicts);
    ck_assert_int_eq(alone.low, 1000);
    verdicts[0].disputed = true;
    struct score score = score_total(&question, verdicts);
    ck_assert_int_eq(score.value, 1000);
    ck_assert_int_eq(score.coverage, 1000);
    ck_assert_int_eq(score.low, 500);
    ck_assert_int_eq(score.high, 1000);
    ck_assert_int_eq(score.disputed, 1);
}
END_TEST

START_TEST(the_oldest_deciding_claim_is_told)
{
    struct methodology methodology = make_methodology(ones, 3);
    struct score_question question = ask(&methodology, NULL);
    struct answer answers[] = {make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2017-07", "a"),
                               make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2016", "a"),
                               make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, NULL, "a")};
    struct verdict verdicts[3];
    for (size_t i = 0; i < 3; i++) {
        verdicts[i] = verdict_of(&question, ANSWER_YES);
        verdicts[i].decides = &answers[i];
    }
    struct score score = score_total(&question, verdicts);
    ck_assert(score.has_oldest);
    ck_assert_str_eq(score.oldest_text, "2016");
    ck_assert_int_eq(score.oldest.last, day_of_text("2016"));
}
END_TEST

/* One change each that no methodology may have. */
static void break_methodology(struct methodology *methodology, struct weight *weight, int which)
{
    switch (which) {
    case 0:
        weight->weight = SCORE_WEIGHT_MAX + 1;
        break;
    case 1:
        weight->weight = -1;
        break;
    case 2:
        methodology->values[ANSWER_PARTIAL].counted = (struct fraction){4, 5};
        break;
    case 3:
        methodology->values[ANSWER_UNKNOWN].low = (struct fraction){2, 1};
        break;
    case 4:
        methodology->values[ANSWER_NO].high.den = 0;
        break;
    case 5:
        methodology->values[ANSWER_YES].low = (struct fraction){SCORE_UNIT_MAX, SCORE_UNIT_MAX + 1};
        break;
    case 6:
        methodology->values[ANSWER_PARTIAL].low = (struct fraction){1, SCORE_UNIT_MAX - 1}; /* beside quarters */
        break;
    case 7:
        methodology->values[ANSWER_UNKNOWN].low = (struct fraction){1, 4}; /* no is below it */
        break;
    case 8:
        methodology->values[ANSWER_UNKNOWN].high = (struct fraction){3, 4}; /* yes is above it */
        break;
    case 9:
        methodology->least_coverage = (struct fraction){-1, 2};
        break;
    default:
        methodology->weight_count = SCORE_CRITERIA_MAX + 1;
        break;
    }
}

START_TEST(methodologies_beyond_the_ceilings_are_refused)
{
    struct weight weight = {"a", 1};
    struct methodology methodology = make_methodology(&weight, 1);
    ck_assert(score_accepts(&methodology));
    break_methodology(&methodology, &weight, _i);
    ck_assert(!score_accepts(&methodology));
}
END_TEST

/* Belgium's page of 2017: 3 yes, 2 partial, 4 no, one lost and one that it does not mention. */
static const struct {
    const char *criterion;
    enum answer_value value;
} belgium[] = {{"agency-cio-cso", ANSWER_NO},    {"annual-audit", ANSWER_NO},
               {"cip-strategy", ANSWER_PARTIAL}, {"mandatory-reporting", ANSWER_PARTIAL},
               {"procurement", ANSWER_UNKNOWN},  {"public-capacity-report", ANSWER_NO},
               {"risk-mapped", ANSWER_YES},      {"strategy-in-place", ANSWER_YES},
               {"system-inventory", ANSWER_YES}, {"written-plan", ANSWER_NO}};

START_TEST(belgium_2017_from_its_claims)
{
    enum { MENTIONED = COUNT_OF(belgium) };
    struct answer answers[MENTIONED];
    struct weight weights[MENTIONED + 1] = {[MENTIONED] = {"zz-not-mentioned", 1}};
    struct cell cells[MENTIONED + 1] = {[MENTIONED] = {NULL, 0}};
    for (size_t i = 0; i < MENTIONED; i++) {
        answers[i] = make_answer(belgium[i].value, BASIS_ASSESSOR, SURE_HIGH, "2017-07", "wiser-be-2017");
        weights[i] = (struct weight){belgium[i].criterion, 1};
        cells[i] = (struct cell){&answers[i], 1};
    }
    struct methodology methodology = make_methodology(weights, COUNT_OF(weights));
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[COUNT_OF(weights)];
    score_verdicts(&question, cells, verdicts);
    struct score score = score_total(&question, verdicts);
    ck_assert(score.has_value);
    ck_assert_int_eq(score.value, 444);
    ck_assert_int_eq(score.low, 318);
    ck_assert_int_eq(score.high, 591);
    ck_assert_int_eq(score.coverage, 818);
    ck_assert_str_eq(score.oldest_text, "2017-07");
    ck_assert_str_eq(verdicts[4].unknown, "lost_in_capture");
    ck_assert_str_eq(verdicts[MENTIONED].unknown, "no_source");
}
END_TEST

static Suite *score_suite(void)
{
    Suite *suite = suite_create("score");
    suite_add_tcase(suite, score_verdict_cases());
    suite_add_tcase(suite, score_speak_cases());
    suite_add_tcase(suite, score_explain_cases());
    suite_add_tcase(suite, score_order_cases());
    suite_add_tcase(suite, score_robustness_cases());
    suite_add_tcase(suite, score_history_cases());
    TCase *totals = tcase_create("rules 1 and 2");
    tcase_add_loop_test(totals, totals_by_hand, 0, COUNT_OF(total_cases));
    tcase_add_test(totals, weights_weigh);
    tcase_add_test(totals, weights_of_the_question_go_before_the_methodology_s);
    tcase_add_test(totals, weights_of_nought_make_no_value);
    tcase_add_test(totals, the_exact_figures_are_not_rounded);
    tcase_add_test(totals, the_unit_is_the_least_that_makes_every_share_whole);
    tcase_add_test(totals, the_largest_sums_stay_exact);
    tcase_add_test(totals, a_disputed_not_applicable_stays_in_the_interval);
    tcase_add_test(totals, the_oldest_deciding_claim_is_told);
    tcase_add_loop_test(totals, methodologies_beyond_the_ceilings_are_refused, 0, 11);
    tcase_add_test(totals, belgium_2017_from_its_claims);
    suite_add_tcase(suite, totals);
    return suite;
}

int main(void)
{
    return run_suites((Suite *[]){score_suite(), score_property_suite(), NULL});
}
