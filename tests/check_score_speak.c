/* SPDX-License-Identifier: MIT */
/* Rule 0 where the table of cases does not reach: bases and sureness that are asked for, places, years, the oldest
 * claim, and ties that must not depend on the order in which claims are given. */
#include "score_fixture.h"

START_TEST(eu_law_speaks_last_where_it_is_asked_for)
{
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    question.bases[question.basis_count++] = BASIS_EU_LAW;
    struct answer answers[] = {make_answer(ANSWER_YES, BASIS_EU_LAW, SURE_HIGH, "2018", "a"),
                               make_answer(ANSWER_NO, BASIS_OUR_READING, SURE_MEDIUM, "2017", "b")};
    ck_assert_int_eq(score_verdict(&question, (struct cell){answers, 1}, NULL).value, ANSWER_YES);
    struct verdict both = score_verdict(&question, (struct cell){answers, 2}, NULL);
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
    ck_assert_int_eq(score_verdict(&question, (struct cell){&answer, 1}, NULL).value, ANSWER_YES);
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
    struct verdict verdict = score_verdict(&question, (struct cell){answers, 2}, NULL);
    ck_assert_int_eq(verdict.value, ANSWER_NO);
    ck_assert_int_eq(verdict.step, STEP_PLACE);
}
END_TEST

START_TEST(the_oldest_live_claim_is_told)
{
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    struct answer answers[] = {make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2018", "a"),
                               make_answer(ANSWER_NO, BASIS_OUR_READING, SURE_HIGH, "2017-07", "b"),
                               make_answer(ANSWER_NO, BASIS_ASSESSOR, SURE_HIGH, "2010", "c"),
                               make_answer(ANSWER_NO, BASIS_ASSESSOR, SURE_HIGH, NULL, "d")};
    ck_assert_ptr_eq(score_verdict(&question, (struct cell){answers, 4}, NULL).oldest, &answers[1]);
    ck_assert_ptr_null(score_verdict(&question, (struct cell){answers + 3, 1}, NULL).oldest);
    ck_assert_ptr_null(score_verdict(&question, (struct cell){NULL, 0}, NULL).oldest);
}
END_TEST

/* The same last day, written in two ways. */
START_TEST(the_oldest_of_one_day_is_the_first_in_order)
{
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    struct answer answers[] = {make_answer(ANSWER_YES, BASIS_OUR_READING, SURE_HIGH, "2017-12", "a"),
                               make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2017-12-31", "b"),
                               make_answer(ANSWER_YES, BASIS_OUR_READING, SURE_HIGH, "2017-12", "a")};
    for (size_t i = 0; i < 2; i++) {
        struct verdict verdict = score_verdict(&question, (struct cell){answers + i, 2}, NULL);
        ck_assert_str_eq(verdict.oldest->evidence.observed, "2017-12-31");
    }
}
END_TEST

/* Of three losses, the undated one's source id stands between the others': in any order the newest gives the reason. */
START_TEST(the_reason_is_that_of_the_newest_loss_in_any_order)
{
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    struct answer losses[] = {make_answer(ANSWER_UNKNOWN, BASIS_ASSESSOR, SURE_HIGH, "1968", "c"),
                              make_answer(ANSWER_UNKNOWN, BASIS_ASSESSOR, SURE_HIGH, NULL, "b"),
                              make_answer(ANSWER_UNKNOWN, BASIS_ASSESSOR, SURE_HIGH, "1960", "a")};
    losses[0].unknown = "newest";
    struct answer answers[3];
    for (size_t i = 0; i < 3; i++)
        answers[i] = losses[orders[_i][i]];
    ck_assert_str_eq(score_verdict(&question, (struct cell){answers, 3}, NULL).unknown, "newest");
}
END_TEST

START_TEST(losses_that_differ_in_their_reason_alone_give_the_same_one)
{
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask(&methodology, NULL);
    struct answer losses[] = {make_answer(ANSWER_UNKNOWN, BASIS_ASSESSOR, SURE_HIGH, "2018", "a"),
                              make_answer(ANSWER_UNKNOWN, BASIS_ASSESSOR, SURE_HIGH, "2018", "a"),
                              make_answer(ANSWER_UNKNOWN, BASIS_ASSESSOR, SURE_HIGH, "2018", "a")};
    losses[1].unknown = "a_first_reason";
    for (size_t i = 0; i < 2; i++)
        ck_assert_str_eq(score_verdict(&question, (struct cell){losses + i, 2}, NULL).unknown, "a_first_reason");
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
    ck_assert(!score_verdict(&question, (struct cell){answers, 2}, NULL).disputed);
    answers[1].year = 2013;
    struct verdict verdict = score_verdict(&question, (struct cell){answers, 2}, NULL);
    ck_assert(verdict.disputed);
    ck_assert_int_eq(verdict.value, ANSWER_YEAR);
    ck_assert_uint_eq(verdict.decides->year, 2012);
}
END_TEST

TCase *score_speak_cases(void)
{
    TCase *rules = tcase_create("rule 0, asked otherwise");
    tcase_add_test(rules, eu_law_speaks_last_where_it_is_asked_for);
    tcase_add_test(rules, low_sureness_speaks_where_it_is_asked_for);
    tcase_add_test(rules, within_one_source_the_place_breaks_the_tie);
    tcase_add_test(rules, the_oldest_live_claim_is_told);
    tcase_add_test(rules, the_oldest_of_one_day_is_the_first_in_order);
    tcase_add_loop_test(rules, the_reason_is_that_of_the_newest_loss_in_any_order, 0, 6);
    tcase_add_test(rules, losses_that_differ_in_their_reason_alone_give_the_same_one);
    tcase_add_test(rules, years_that_differ_are_disputed);
    return rules;
}
