/* SPDX-License-Identifier: MIT */
/* Rule 6, order and ranks: by example, and against an oracle that compares each with each. */
#include "score_fixture.h"

static struct score between(int64_t low, int64_t high, int64_t den)
{
    return (struct score){.exact_low = {low, den}, .exact_high = {high, den}};
}

START_TEST(intervals_that_touch_are_not_in_order)
{
    struct score low = between(1, 2, 4);
    struct score touching = between(4, 6, 8);
    struct score above = between(501, 800, 1000);
    ck_assert_int_eq(score_order(&low, &touching), 0);
    ck_assert_int_eq(score_order(&touching, &low), 0);
    ck_assert_int_eq(score_order(&above, &low), 1);
    ck_assert_int_eq(score_order(&low, &above), -1);
    ck_assert_int_eq(score_order(&low, &low), 0);
}
END_TEST

/* Thirds that round to one tenth are told apart by what they are. */
START_TEST(order_is_by_the_exact_figures)
{
    struct score third = between(1, 1, 3);
    struct score nearly = between(333333333, 333333333, 1000000000);
    ck_assert_int_eq(score_order(&third, &nearly), 1);
    ck_assert_int_eq(score_order(&nearly, &third), -1);
}
END_TEST

/* Intervals in tenths, and the places that they may have. */
static const struct {
    size_t count;
    int intervals[5][2];
    struct rank ranks[5];
} rank_cases[] = {
    {0, {{0}}, {{0}}},
    {1, {{3, 5}}, {{1, 1}}},
    {3, {{9, 10}, {5, 6}, {0, 1}}, {{1, 1}, {2, 2}, {3, 3}}},
    {3, {{5, 5}, {5, 5}, {5, 5}}, {{1, 3}, {1, 3}, {1, 3}}},
    {3, {{0, 10}, {9, 10}, {0, 1}}, {{1, 3}, {1, 2}, {2, 3}}},
    {4, {{4, 7}, {7, 9}, {0, 3}, {3, 4}}, {{1, 3}, {1, 2}, {3, 4}, {2, 4}}},
    {5, {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 9}}, {{4, 5}, {3, 4}, {2, 3}, {1, 2}, {1, 5}}},
};

START_TEST(ranks_by_hand)
{
    size_t count = rank_cases[_i].count;
    struct score scores[5];
    const struct score *pointers[5] = {NULL};
    struct rank ranks[5];
    for (size_t i = 0; i < count; i++) {
        scores[i] = between(rank_cases[_i].intervals[i][0], rank_cases[_i].intervals[i][1], 10);
        pointers[i] = &scores[i];
    }
    ck_assert(score_ranks(pointers, count, ranks));
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(ranks[i].best, rank_cases[_i].ranks[i].best);
        ck_assert_uint_eq(ranks[i].worst, rank_cases[_i].ranks[i].worst);
    }
}
END_TEST

enum { RANKED = 40 };

/* Each with each. */
static struct rank rank_of(const struct score *const *scores, size_t count, size_t which)
{
    struct rank rank = {1, count};
    for (size_t i = 0; i < count; i++) {
        int order = score_order(scores[i], scores[which]);
        rank.best += order > 0 ? 1 : 0;
        rank.worst -= order < 0 ? 1 : 0;
    }
    return rank;
}

static void assert_ranks(int round, const struct score *const *scores, size_t count)
{
    struct rank ranks[RANKED];
    ck_assert(score_ranks(scores, count, ranks));
    for (size_t i = 0; i < count; i++) {
        struct rank rank = rank_of(scores, count, i);
        ck_assert_msg(ranks[i].best == rank.best && ranks[i].worst == rank.worst, "round %d, %zu", round, i);
        ck_assert_msg(1 <= rank.best && rank.best <= rank.worst && rank.worst <= count, "round %d, %zu", round, i);
    }
}

/* Small denominators, so that ends often meet though they are written otherwise. */
START_TEST(ranks_are_those_of_comparing_each_with_each)
{
    size_t certain = 0;
    for (int round = 0; round < ROUNDS; round++) {
        random_start(round);
        struct score scores[RANKED];
        const struct score *pointers[RANKED] = {NULL};
        size_t count = random_below(RANKED + 1);
        for (size_t i = 0; i < count; i++) {
            int64_t den = 1 + random_below(12);
            int64_t low = random_below((uint32_t)den + 1);
            scores[i] = between(low, low + random_below((uint32_t)(den - low) / 3 + 1), den);
            pointers[i] = &scores[i];
            certain += i > 0 && score_order(&scores[i - 1], &scores[i]) != 0 ? 1 : 0;
        }
        assert_ranks(round, pointers, count);
    }
    ck_assert_uint_gt(certain, ROUNDS);
}
END_TEST

/* The same of scores as worlds give them. */
START_TEST(ranks_of_worlds_are_those_of_comparing_each_with_each)
{
    for (int round = 0; round < ROUNDS / 10; round++) {
        struct world world;
        struct score scores[RANKED];
        const struct score *pointers[RANKED] = {NULL};
        make_world(&world, round);
        for (size_t i = 0; i < RANKED; i++) {
            make_answers_anew(&world);
            scores[i] = score_total(&world.question, world.verdicts);
            pointers[i] = &scores[i];
        }
        assert_ranks(round, pointers, RANKED);
    }
}
END_TEST

/* Who is surely above another has the higher value, if both have one. */
START_TEST(order_agrees_with_values_and_has_a_direction)
{
    int ordered = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        struct score a = score_total(&world.question, world.verdicts);
        for (int i = 0; i < 10; i++) {
            make_answers_anew(&world);
            struct score b = score_total(&world.question, world.verdicts);
            int order = score_order(&a, &b);
            ck_assert_int_eq(order, -score_order(&b, &a));
            if (a.has_value && b.has_value)
                ck_assert_msg(order == 0 || order == ratio_compare(a.exact_value, b.exact_value), "round %d", round);
            ordered += order != 0 ? 1 : 0;
        }
    }
    ck_assert_int_gt(ordered, ROUNDS / 100);
}
END_TEST

TCase *score_order_cases(void)
{
    TCase *order = tcase_create("rule 6, order");
    tcase_set_timeout(order, 60);
    tcase_add_test(order, intervals_that_touch_are_not_in_order);
    tcase_add_test(order, order_is_by_the_exact_figures);
    tcase_add_loop_test(order, ranks_by_hand, 0, COUNT_OF(rank_cases));
    tcase_add_test(order, ranks_are_those_of_comparing_each_with_each);
    tcase_add_test(order, ranks_of_worlds_are_those_of_comparing_each_with_each);
    tcase_add_test(order, order_agrees_with_values_and_has_a_direction);
    return order;
}
