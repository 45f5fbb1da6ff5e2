/* SPDX-License-Identifier: MIT */
/* Rules 1 and 2 by example: totals against figures worked out by hand, Belgium's 2017 page first; and the ceilings
 * within which the arithmetic is exact. */
#include "run_suites.h"
#include "score_fixture.h"

enum { MOST = 16 };
static const struct weight ones[MOST] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}, {"f", 1},
                                         {"g", 1}, {"h", 1}, {"i", 1}, {"j", 1}, {"k", 1}, {"l", 1},
                                         {"m", 1}, {"n", 1}, {"o", 1}, {"p", 1}};

static struct verdict verdict_of(const struct methodology *methodology, enum answer_value value)
{
    const struct value_map *map = &methodology->values[value == ANSWER_NOT_APPLICABLE ? ANSWER_UNKNOWN : value];
    return (struct verdict){.value = value, .low = map->low, .high = map->high, .counted = map->counted};
}

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

static enum answer_value value_of(char letter)
{
    switch (letter) {
    case 'y':
        return ANSWER_YES;
    case 'p':
        return ANSWER_PARTIAL;
    case 'n':
        return ANSWER_NO;
    case '-':
        return ANSWER_NOT_APPLICABLE;
    default:
        return ANSWER_UNKNOWN;
    }
}

START_TEST(totals_by_hand)
{
    const struct total_case *row = &total_cases[_i];
    size_t count = strlen(row->values);
    struct methodology methodology = make_methodology(ones, count);
    struct verdict verdicts[MOST];
    int32_t counts[ANSWER_VALUE_COUNT] = {0};
    for (size_t i = 0; i < count; i++) {
        verdicts[i] = verdict_of(&methodology, value_of(row->values[i]));
        counts[verdicts[i].value]++;
    }
    struct score score = score_total(&methodology, verdicts);
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
    struct verdict verdicts[] = {verdict_of(&methodology, ANSWER_YES), verdict_of(&methodology, ANSWER_PARTIAL),
                                 verdict_of(&methodology, ANSWER_NO), verdict_of(&methodology, ANSWER_UNKNOWN)};
    struct score score = score_total(&methodology, verdicts);
    ck_assert_int_eq(score.value, 800);    /* (3 + 1) / 5 */
    ck_assert_int_eq(score.low, 583);      /* (3 + 1/2) / 6 */
    ck_assert_int_eq(score.high, 917);     /* (3 + 3/2 + 1) / 6 */
    ck_assert_int_eq(score.coverage, 833); /* 5 / 6 */
}
END_TEST

START_TEST(weights_of_nought_make_no_value)
{
    static const struct weight weights[] = {{"a", 0}};
    struct methodology methodology = make_methodology(weights, 1);
    struct verdict verdict = verdict_of(&methodology, ANSWER_YES);
    struct score score = score_total(&methodology, &verdict);
    ck_assert(!score.has_value);
    ck_assert_int_eq(score.low, 0);
    ck_assert_int_eq(score.high, 1000);
}
END_TEST

START_TEST(the_largest_sums_stay_exact)
{
    struct weight weights[SCORE_CRITERIA_MAX];
    struct verdict verdicts[SCORE_CRITERIA_MAX];
    for (size_t i = 0; i < SCORE_CRITERIA_MAX; i++)
        weights[i] = (struct weight){"a", SCORE_WEIGHT_MAX};
    struct methodology methodology = make_methodology(weights, SCORE_CRITERIA_MAX);
    methodology.values[ANSWER_YES] = (struct value_map){{996, 997}, {996, 997}, {996, 997}};
    methodology.values[ANSWER_PARTIAL] = (struct value_map){{990, 991}, {990, 991}, {990, 991}};
    methodology.values[ANSWER_NO] = (struct value_map){{982, 983}, {982, 983}, {982, 983}};
    methodology.values[ANSWER_UNKNOWN] = (struct value_map){{976, 977}, {976, 977}, {0, 1}};
    ck_assert(score_accepts(&methodology));
    static const enum answer_value values[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO, ANSWER_UNKNOWN};
    for (size_t i = 0; i < SCORE_CRITERIA_MAX; i++)
        verdicts[i] = verdict_of(&methodology, values[i % 4]);
    struct score score = score_total(&methodology, verdicts);
    ck_assert_int_eq(score.value, 999); /* 0.998987… */
    ck_assert_int_eq(score.low, 999);   /* 0.998984… */
    ck_assert_int_eq(score.high, 999);
    ck_assert_int_eq(score.coverage, 750);
}
END_TEST

START_TEST(a_disputed_not_applicable_stays_in_the_interval)
{
    struct methodology methodology = make_methodology(ones, 2);
    struct verdict verdicts[] = {verdict_of(&methodology, ANSWER_NOT_APPLICABLE), verdict_of(&methodology, ANSWER_YES)};
    struct score alone = score_total(&methodology, verdicts);
    ck_assert_int_eq(alone.low, 1000);
    verdicts[0].disputed = true;
    struct score score = score_total(&methodology, verdicts);
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
    struct answer answers[] = {make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2017-07", "a"),
                               make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2016", "a"),
                               make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, NULL, "a")};
    struct verdict verdicts[3];
    for (size_t i = 0; i < 3; i++) {
        verdicts[i] = verdict_of(&methodology, ANSWER_YES);
        verdicts[i].decides = &answers[i];
    }
    struct score score = score_total(&methodology, verdicts);
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
        methodology->values[ANSWER_YES].low.den = SCORE_DENOMINATOR_MAX + 1;
        break;
    case 6:
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
    struct answer answers[COUNT_OF(belgium)];
    struct weight weights[COUNT_OF(belgium) + 1] = {[COUNT_OF(belgium)] = {"zz-not-mentioned", 1}};
    for (size_t i = 0; i < COUNT_OF(belgium); i++) {
        answers[i] = make_answer(belgium[i].value, BASIS_ASSESSOR, SURE_HIGH, "2017-07", "wiser-be-2017");
        answers[i].criterion = belgium[i].criterion;
        weights[i] = (struct weight){belgium[i].criterion, 1};
    }
    struct facts facts = {.answers = answers, .answer_count = COUNT_OF(answers)};
    struct methodology methodology = make_methodology(weights, COUNT_OF(weights));
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[COUNT_OF(weights)];
    struct score score = score_country(&facts, &question, "BE", verdicts);
    ck_assert(score.has_value);
    ck_assert_int_eq(score.value, 444);
    ck_assert_int_eq(score.low, 318);
    ck_assert_int_eq(score.high, 591);
    ck_assert_int_eq(score.coverage, 818);
    ck_assert_str_eq(score.oldest_text, "2017-07");
    ck_assert_str_eq(verdicts[4].unknown, "lost_in_capture");
    ck_assert_str_eq(verdicts[COUNT_OF(belgium)].unknown, "no_source");
    struct score none = score_country(&facts, &question, "NL", NULL);
    ck_assert(!none.has_value);
    ck_assert_int_eq(none.high - none.low, 1000);
}
END_TEST

static Suite *score_suite(void)
{
    Suite *suite = suite_create("score");
    suite_add_tcase(suite, score_verdict_cases());
    TCase *totals = tcase_create("rules 1 and 2");
    tcase_add_loop_test(totals, totals_by_hand, 0, COUNT_OF(total_cases));
    tcase_add_test(totals, weights_weigh);
    tcase_add_test(totals, weights_of_nought_make_no_value);
    tcase_add_test(totals, the_largest_sums_stay_exact);
    tcase_add_test(totals, a_disputed_not_applicable_stays_in_the_interval);
    tcase_add_test(totals, the_oldest_deciding_claim_is_told);
    tcase_add_loop_test(totals, methodologies_beyond_the_ceilings_are_refused, 0, 8);
    tcase_add_test(totals, belgium_2017_from_its_claims);
    suite_add_tcase(suite, totals);
    return suite;
}

int main(void)
{
    return run_suites((Suite *[]){score_suite(), score_property_suite(), NULL});
}
