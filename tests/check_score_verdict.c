/* SPDX-License-Identifier: MIT */
/* Rule 0 by example: which claim speaks for a criterion, which ones are live, what they dispute and why nothing is
 * known, as a table of cases. */
#include "score_fixture.h"

#define A(value, basis, sure, observed, source)                                                                        \
    {                                                                                                                  \
        ANSWER_##value, BASIS_##basis, SURE_##sure, observed, source                                                   \
    }

struct said {
    enum answer_value value;
    enum basis basis;
    enum sureness sure;
    const char *observed;
    const char *source;
};

/* What the claims of one criterion come to. `live` has one letter for each claim: 'l' or '-'. */
struct verdict_case {
    const char *name;
    const char *as_of; /* NULL: not given */
    struct said said[4];
    const char *live;
    enum answer_value value;
    const char *source; /* of the claim that decides */
    const char *unknown;
    bool disputed;
    int low; /* in hundredths */
    int high;
};

static const struct verdict_case verdict_cases[] = {
    {"no claim at all", NULL, {{0}}, "", ANSWER_UNKNOWN, NULL, "no_source", false, 0, 100},
    {"one claim", NULL, {A(PARTIAL, ASSESSOR, HIGH, "2017-07", "a")}, "l", ANSWER_PARTIAL, "a", NULL, false, 25, 75},
    {"an unknown keeps its reason",
     NULL,
     {A(UNKNOWN, ASSESSOR, HIGH, "2017-07", "a")},
     "-",
     ANSWER_UNKNOWN,
     NULL,
     "lost_in_capture",
     false,
     0,
     100},
    {"a newer unknown neither speaks nor widens",
     NULL,
     {A(UNKNOWN, ASSESSOR, HIGH, "2020", "b"), A(NO, ASSESSOR, HIGH, "2010", "a")},
     "-l",
     ANSWER_NO,
     "a",
     NULL,
     false,
     0,
     0},
    {"basis goes before sureness and age",
     NULL,
     {A(NO, OUR_READING, HIGH, "2018", "a"), A(YES, ASSESSOR, MEDIUM, "2017", "b")},
     "ll",
     ANSWER_YES,
     "b",
     NULL,
     true,
     0,
     100},
    {"surer goes before newer",
     NULL,
     {A(NO, ASSESSOR, MEDIUM, "2018", "a"), A(YES, ASSESSOR, HIGH, "2017", "b")},
     "ll",
     ANSWER_YES,
     "b",
     NULL,
     true,
     0,
     100},
    {"newer goes before source id",
     NULL,
     {A(NO, ASSESSOR, HIGH, "2017", "a"), A(PARTIAL, ASSESSOR, HIGH, "2018", "b")},
     "ll",
     ANSWER_PARTIAL,
     "b",
     NULL,
     true,
     0,
     75},
    {"source id breaks the tie",
     NULL,
     {A(YES, ASSESSOR, HIGH, "2018", "b"), A(NO, ASSESSOR, HIGH, "2018", "a")},
     "ll",
     ANSWER_NO,
     "a",
     NULL,
     true,
     0,
     100},
    {"agreement is no dispute",
     NULL,
     {A(NO, ASSESSOR, HIGH, "2018", "b"), A(NO, OUR_READING, HIGH, "2018", "a")},
     "ll",
     ANSWER_NO,
     "b",
     NULL,
     false,
     0,
     0},
    {"the day 24 months before the newest is live",
     NULL,
     {A(NO, OUR_READING, HIGH, "2018-06-15", "b"), A(YES, ASSESSOR, HIGH, "2016-06-15", "a")},
     "ll",
     ANSWER_YES,
     "a",
     NULL,
     true,
     0,
     100},
    {"a day more is history",
     NULL,
     {A(NO, OUR_READING, HIGH, "2018-06-15", "b"), A(YES, ASSESSOR, HIGH, "2016-06-14", "a")},
     "l-",
     ANSWER_NO,
     "b",
     NULL,
     false,
     0,
     0},
    {"the last day of the interval counts",
     NULL,
     {A(NO, OUR_READING, HIGH, "2018-12", "b"), A(YES, ASSESSOR, HIGH, "2016", "a")},
     "ll",
     ANSWER_YES,
     "a",
     NULL,
     true,
     0,
     100},
    {"an undated claim is silent beside a dated one",
     NULL,
     {A(NO, OUR_READING, MEDIUM, "1960", "b"), A(YES, ASSESSOR, HIGH, NULL, "a")},
     "l-",
     ANSWER_NO,
     "b",
     NULL,
     false,
     0,
     0},
    {"undated claims speak among themselves",
     NULL,
     {A(NO, OUR_READING, HIGH, NULL, "b"), A(YES, ASSESSOR, HIGH, NULL, "a")},
     "ll",
     ANSWER_YES,
     "a",
     NULL,
     true,
     0,
     100},
    {"a dated claim that may not speak does not silence undated ones",
     NULL,
     {A(NO, EU_LAW, HIGH, "2018", "b"), A(YES, ASSESSOR, HIGH, NULL, "a")},
     "-l",
     ANSWER_YES,
     "a",
     NULL,
     false,
     100,
     100},
    {"an undated claim is left out of a dated question",
     "2020-01-01",
     {A(YES, ASSESSOR, HIGH, NULL, "a")},
     "-",
     ANSWER_UNKNOWN,
     NULL,
     "not_yet_observed",
     false,
     0,
     100},
    {"later observations do not count",
     "2017-07-30",
     {A(YES, ASSESSOR, HIGH, "2017-07", "a"), A(NO, ASSESSOR, HIGH, "2016", "b")},
     "-l",
     ANSWER_NO,
     "b",
     NULL,
     false,
     0,
     0},
    {"on its last day an observation counts",
     "2017-07-31",
     {A(YES, ASSESSOR, HIGH, "2017-07", "a")},
     "l",
     ANSWER_YES,
     "a",
     NULL,
     false,
     100,
     100},
    {"low sureness is shown and does not speak",
     NULL,
     {A(YES, ASSESSOR, LOW, "2018", "a")},
     "-",
     ANSWER_UNKNOWN,
     NULL,
     "low_sureness",
     false,
     0,
     100},
    {"EU law does not prove compliance",
     NULL,
     {A(YES, EU_LAW, HIGH, "2018", "a")},
     "-",
     ANSWER_UNKNOWN,
     NULL,
     "basis_not_asked",
     false,
     0,
     100},
    {"a loss explains more than a claim that may not speak",
     NULL,
     {A(PARTIAL, ASSESSOR, LOW, "2016", "b"), A(UNKNOWN, ASSESSOR, HIGH, "2017-07", "a")},
     "--",
     ANSWER_UNKNOWN,
     NULL,
     "lost_in_capture",
     false,
     0,
     100},
    {"the claim nearest to speaking gives the reason",
     NULL,
     {A(YES, EU_LAW, HIGH, "2018", "a"), A(NO, ASSESSOR, LOW, "2018", "b")},
     "--",
     ANSWER_UNKNOWN,
     NULL,
     "low_sureness",
     false,
     0,
     100},
    {"not applicable alone",
     NULL,
     {A(NOT_APPLICABLE, ASSESSOR, HIGH, "2018", "a")},
     "l",
     ANSWER_NOT_APPLICABLE,
     "a",
     NULL,
     false,
     0,
     100},
    {"not applicable beside another opens the interval",
     NULL,
     {A(NOT_APPLICABLE, OUR_READING, HIGH, "2018", "a"), A(YES, ASSESSOR, HIGH, "2018", "b")},
     "ll",
     ANSWER_YES,
     "b",
     NULL,
     true,
     0,
     100},
    {"not applicable decides where it is first",
     NULL,
     {A(NOT_APPLICABLE, ASSESSOR, HIGH, "2018", "a"), A(NO, OUR_READING, HIGH, "2018", "b")},
     "ll",
     ANSWER_NOT_APPLICABLE,
     "a",
     NULL,
     true,
     0,
     100},
    {"history does not dispute",
     NULL,
     {A(YES, ASSESSOR, HIGH, "2018", "a"), A(NO, ASSESSOR, HIGH, "2010", "b")},
     "l-",
     ANSWER_YES,
     "a",
     NULL,
     false,
     100,
     100},
    {"three live claims give the hull of all",
     NULL,
     {A(PARTIAL, ASSESSOR, HIGH, "2018", "a"), A(NO, ASSESSOR, MEDIUM, "2018", "b"),
      A(PARTIAL, OUR_READING, HIGH, "2018", "c")},
     "lll",
     ANSWER_PARTIAL,
     "a",
     NULL,
     true,
     0,
     75},
};

static size_t make_answers(const struct said *said, struct answer *ret)
{
    size_t count = 0;
    for (; count < 4 && said[count].source != NULL; count++)
        ret[count] = make_answer(said[count].value, said[count].basis, said[count].sure, said[count].observed,
                                 said[count].source);
    return count;
}

static void assert_text(const char *name, const char *got, const char *expected)
{
    ck_assert_msg((got == NULL) == (expected == NULL) && (got == NULL || strcmp(got, expected) == 0),
                  "%s: got %s, expected %s", name, got == NULL ? "nothing" : got,
                  expected == NULL ? "nothing" : expected);
}

START_TEST(verdict_of_claims)
{
    const struct verdict_case *row = &verdict_cases[_i];
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, row->as_of);
    struct answer answers[4];
    bool live[4] = {false};
    size_t count = make_answers(row->said, answers);
    struct verdict verdict = score_verdict(&question, answers, count, live);
    ck_assert_msg(verdict.value == row->value, "%s: value %d", row->name, (int)verdict.value);
    ck_assert_msg(verdict.disputed == row->disputed, "%s: disputed %d", row->name, verdict.disputed);
    ck_assert_msg(verdict.low.num * 100 == row->low * verdict.low.den, "%s: low", row->name);
    ck_assert_msg(verdict.high.num * 100 == row->high * verdict.high.den, "%s: high", row->name);
    assert_text(row->name, verdict.decides == NULL ? NULL : verdict.decides->evidence.source, row->source);
    assert_text(row->name, verdict.unknown, row->unknown);
    ck_assert_uint_eq(count, strlen(row->live));
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(live[i] == (row->live[i] == 'l'), "%s: claim %zu", row->name, i);
}
END_TEST

START_TEST(eu_law_speaks_last_where_it_is_asked_for)
{
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    question.bases[question.basis_count++] = BASIS_EU_LAW;
    struct answer answers[] = {make_answer(ANSWER_YES, BASIS_EU_LAW, SURE_HIGH, "2018", "a"),
                               make_answer(ANSWER_NO, BASIS_OUR_READING, SURE_MEDIUM, "2017", "b")};
    ck_assert_int_eq(score_verdict(&question, answers, 1, NULL).value, ANSWER_YES);
    struct verdict both = score_verdict(&question, answers, 2, NULL);
    ck_assert_int_eq(both.value, ANSWER_NO);
    ck_assert(both.disputed);
}
END_TEST

START_TEST(low_sureness_speaks_where_it_is_asked_for)
{
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    question.least_sure = SURE_LOW;
    struct answer answer = make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_LOW, "2018", "a");
    ck_assert_int_eq(score_verdict(&question, &answer, 1, NULL).value, ANSWER_YES);
}
END_TEST

START_TEST(within_one_source_the_place_breaks_the_tie)
{
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    struct answer answers[] = {make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2018", "a"),
                               make_answer(ANSWER_NO, BASIS_ASSESSOR, SURE_HIGH, "2018", "a")};
    answers[0].evidence.at = "L2";
    answers[1].evidence.at = "L1";
    ck_assert_int_eq(score_verdict(&question, answers, 2, NULL).value, ANSWER_NO);
}
END_TEST

START_TEST(years_that_differ_are_disputed)
{
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    struct answer answers[] = {make_answer(ANSWER_YEAR, BASIS_ASSESSOR, SURE_HIGH, "2017", "a"),
                               make_answer(ANSWER_YEAR, BASIS_ASSESSOR, SURE_MEDIUM, "2017", "a")};
    answers[0].year = 2012;
    answers[1].year = 2012;
    ck_assert(!score_verdict(&question, answers, 2, NULL).disputed);
    answers[1].year = 2013;
    struct verdict verdict = score_verdict(&question, answers, 2, NULL);
    ck_assert(verdict.disputed);
    ck_assert_int_eq(verdict.value, ANSWER_YEAR);
    ck_assert_uint_eq(verdict.decides->year, 2012);
}
END_TEST

TCase *score_verdict_cases(void)
{
    TCase *rules = tcase_create("rule 0");
    tcase_add_loop_test(rules, verdict_of_claims, 0, COUNT_OF(verdict_cases));
    tcase_add_test(rules, eu_law_speaks_last_where_it_is_asked_for);
    tcase_add_test(rules, low_sureness_speaks_where_it_is_asked_for);
    tcase_add_test(rules, within_one_source_the_place_breaks_the_tie);
    tcase_add_test(rules, years_that_differ_are_disputed);
    return rules;
}
