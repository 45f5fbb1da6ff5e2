/* SPDX-License-Identifier: MIT */
/* What a score would be if one thing were otherwise, by example and against worlds in which it is otherwise. */
#include "score_fixture.h"

static const struct weight some[] = {{"a", 2}, {"b", 3}, {"c", 1}, {"d", 3}, {"e", 0}};

START_TEST(an_unknown_answered_by_hand)
{
    struct methodology methodology = make_methodology(some, 4);
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[4];
    (void)verdicts_of(&question, "yunu", verdicts);
    struct score score = score_if(&question, verdicts, 1, ANSWER_PARTIAL);
    ck_assert_int_eq(score.value, 583); /* (2 + 3/2) / 6 */
    ck_assert_int_eq(score.low, 306);   /* (2 + 3/4) / 9 */
    ck_assert_int_eq(score.high, 806);  /* (2 + 9/4 + 3) / 9 */
    ck_assert_int_eq(score.coverage, 667);
    ck_assert_int_eq(score.counts.by_value[ANSWER_PARTIAL], 1);
    ck_assert_int_eq(score.counts.by_value[ANSWER_UNKNOWN], 1);
    ck_assert_int_eq(verdicts[1].value, ANSWER_UNKNOWN);
}
END_TEST

START_TEST(a_criterion_left_out_by_hand)
{
    struct methodology methodology = make_methodology(some, 3);
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[3];
    (void)verdicts_of(&question, "yun", verdicts);
    struct score score = score_without(&question, verdicts, 1);
    ck_assert_int_eq(score.value, 667);
    ck_assert_int_eq(score.low, 667);
    ck_assert_int_eq(score.high, 667);
    ck_assert_int_eq(score.coverage, 1000);
    ck_assert_int_eq(question.weights[1], 3);
}
END_TEST

START_TEST(without_its_only_criterion_nothing_is_known)
{
    struct methodology methodology = make_methodology(some, 1);
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdict = verdict_of(&question, ANSWER_YES);
    struct score score = score_without(&question, &verdict, 0);
    ck_assert(!score.has_value);
    ck_assert_int_eq(score.low, 0);
    ck_assert_int_eq(score.high, 1000);
    ck_assert_int_eq(score.coverage, 0);
}
END_TEST

/* Verdicts by letters, and the open criteria in their order. */
static const struct {
    const char *values;
    size_t count;
    size_t open[5];
} open_cases[] = {
    {"yyyyy", 0, {0}},
    {"uuuuu", 4, {1, 3, 0, 2}}, /* e has no weight; b and d weigh the same */
    {"u-yuu", 2, {3, 0}},
    {"yynyu", 0, {0}},
};

START_TEST(open_criteria_by_hand)
{
    struct methodology methodology = make_methodology(some, 5);
    struct score_question question = ask(&methodology, NULL);
    struct verdict verdicts[5];
    size_t open[SCORE_CRITERIA_MAX];
    (void)verdicts_of(&question, open_cases[_i].values, verdicts);
    ck_assert_uint_eq(score_open(&question, verdicts, open), open_cases[_i].count);
    for (size_t i = 0; i < open_cases[_i].count; i++)
        ck_assert_uint_eq(open[i], open_cases[_i].open[i]);
}
END_TEST

static void assert_same_figures(int round, const struct score *a, const struct score *b)
{
    ck_assert_msg(a->has_value == b->has_value && a->value == b->value && a->low == b->low && a->high == b->high &&
                      a->coverage == b->coverage,
                  "round %d", round);
}

/* The world in which one claim answers the unknown has the score that was foretold. */
START_TEST(an_unknown_answered_is_as_if_a_source_had_said_so)
{
    static const enum answer_value outcomes[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO};
    int answered = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        size_t which = random_below(WORLD_CRITERIA);
        enum answer_value outcome = outcomes[random_below(3)];
        if (world.verdicts[which].value != ANSWER_UNKNOWN)
            continue;
        struct score foretold = score_if(&world.question, world.verdicts, which, outcome);
        world.answers[which][0] = make_answer(outcome, BASIS_ASSESSOR, SURE_HIGH, "2020", "z");
        world.cells[which].count = 1;
        judge_world(&world);
        struct score score = score_total(&world.question, world.verdicts);
        assert_same_figures(round, &foretold, &score);
        answered++;
    }
    ck_assert_int_gt(answered, ROUNDS / 8);
}
END_TEST

/* So does the one whose methodology never had the criterion. */
START_TEST(a_criterion_left_out_is_as_if_it_had_never_been)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        size_t which = random_below(WORLD_CRITERIA);
        struct score foretold = score_without(&world.question, world.verdicts, which);
        for (size_t i = which; i + 1 < WORLD_CRITERIA; i++) {
            world.weights[i] = world.weights[i + 1];
            world.verdicts[i] = world.verdicts[i + 1];
        }
        world.methodology.weight_count--;
        struct score_question question = ask(&world.methodology, NULL);
        struct score score = score_total(&question, world.verdicts);
        assert_same_figures(round, &foretold, &score);
    }
}
END_TEST

/* By how much the best answer to an unknown shortens the interval. */
static int64_t narrowing(const struct world *world, size_t index)
{
    static const enum answer_value outcomes[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO};
    struct score before = score_total(&world->question, world->verdicts);
    int64_t most = INT64_MIN;
    for (size_t i = 0; i < COUNT_OF(outcomes); i++) {
        struct score after = score_if(&world->question, world->verdicts, index, outcomes[i]);
        ck_assert_int_eq(after.exact_low.den, before.exact_low.den);
        int64_t less = (before.exact_high.num - before.exact_low.num) - (after.exact_high.num - after.exact_low.num);
        most = less > most ? less : most;
    }
    return most;
}

START_TEST(the_first_open_criterion_narrows_most)
{
    int several = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        size_t open[SCORE_CRITERIA_MAX];
        size_t count = score_open(&world.question, world.verdicts, open);
        size_t expected = 0;
        for (size_t i = 0; i < WORLD_CRITERIA; i++)
            expected += world.verdicts[i].value == ANSWER_UNKNOWN && world.weights[i].weight > 0 ? 1 : 0;
        ck_assert_uint_eq(count, expected);
        for (size_t i = 1; i < count; i++) {
            int64_t before = narrowing(&world, open[i - 1]);
            int64_t here = narrowing(&world, open[i]);
            ck_assert_msg(before > here || (before == here && open[i - 1] < open[i]), "round %d, %zu", round, i);
        }
        several += count > 1 ? 1 : 0;
    }
    ck_assert_int_gt(several, ROUNDS / 4);
}
END_TEST

TCase *score_explain_cases(void)
{
    TCase *explain = tcase_create("explain");
    tcase_set_timeout(explain, 60);
    tcase_add_test(explain, an_unknown_answered_by_hand);
    tcase_add_test(explain, a_criterion_left_out_by_hand);
    tcase_add_test(explain, without_its_only_criterion_nothing_is_known);
    tcase_add_loop_test(explain, open_criteria_by_hand, 0, COUNT_OF(open_cases));
    tcase_add_test(explain, an_unknown_answered_is_as_if_a_source_had_said_so);
    tcase_add_test(explain, a_criterion_left_out_is_as_if_it_had_never_been);
    tcase_add_test(explain, the_first_open_criterion_narrows_most);
    return explain;
}
