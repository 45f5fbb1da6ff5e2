/* SPDX-License-Identifier: MIT */
/* Rule 6, how firm a lead is: by example, and against an oracle that knows only the definition and searches for the
 * share of the say at which some weighting levels the two. */
#include "score_fixture.h"

enum { MOST = 5 };

/* Values as letters, weights as digits. */
static const struct {
    const char *name;
    const char *a;
    const char *b;
    const char *weights;
    struct robustness expected; /* common, has_epsilon, lead, epsilon */
} cases[] = {
    {"nothing can level it", "yy", "nn", "11", {2, true, 1, 1000}},
    {"nor where one is level", "yn", "nn", "11", {2, true, 1, 1000}},
    {"nor halfway", "yp", "nn", "11", {2, true, 1, 1000}},
    {"a tie", "yn", "ny", "11", {2, true, 0, 0}},
    {"a tie of the same", "ypn", "ypn", "123", {3, true, 0, 0}},
    {"a quarter", "yyn", "nny", "111", {3, true, 1, 250}},
    {"the other leads", "nny", "yyn", "111", {3, true, -1, 250}},
    {"a partial counts half", "pyn", "nny", "111", {3, true, 1, 143}}, /* 1/7 */
    {"half away from zero", "yn", "ny", "87", {2, true, 1, 63}},       /* 1/16 */
    {"weights are proportions", "yn", "ny", "31", {2, true, 1, 333}},
    {"what has no weight may still turn it", "yn", "ny", "10", {2, true, 1, 500}},
    {"none in common", "yu", "un", "11", {0, false, 0, 0}},
    {"not applicable is not in common", "y-y", "nn-", "111", {1, true, 1, 1000}},
    {"what is in common has no weight", "yy", "nu", "01", {1, false, 0, 0}},
    {"nothing has known values", "u-", "yn", "11", {0, false, 0, 0}},
    {"only what is common counts", "ynu", "nyy", "219", {2, true, 1, 250}},
};

START_TEST(robustness_by_hand)
{
    struct weight weights[MOST];
    size_t count = strlen(cases[_i].weights);
    for (size_t i = 0; i < count; i++)
        weights[i] = (struct weight){"a", cases[_i].weights[i] - '0'};
    struct methodology methodology = make_methodology(weights, count);
    struct score_question question = ask(&methodology, NULL);
    struct verdict a[MOST];
    struct verdict b[MOST];
    (void)verdicts_of(&question, cases[_i].a, a);
    (void)verdicts_of(&question, cases[_i].b, b);
    struct robustness got = score_robustness(&question, a, b);
    const struct robustness *expected = &cases[_i].expected;
    ck_assert_msg(got.common == expected->common, "%s: %zu in common", cases[_i].name, got.common);
    ck_assert_msg(got.has_epsilon == expected->has_epsilon, "%s: has epsilon", cases[_i].name);
    ck_assert_msg(got.lead == expected->lead, "%s: lead %d", cases[_i].name, got.lead);
    ck_assert_msg(got.epsilon == expected->epsilon, "%s: epsilon %d", cases[_i].name, got.epsilon);
}
END_TEST

/* b has the higher value, but on the one criterion that both are known for a leads. */
START_TEST(the_lead_may_differ_from_the_published_order)
{
    static const struct weight ones[] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}};
    struct methodology methodology = make_methodology(ones, 5);
    struct score_question question = ask(&methodology, NULL);
    struct verdict a[5];
    struct verdict b[5];
    (void)verdicts_of(&question, "ynnuu", a);
    (void)verdicts_of(&question, "nuuyy", b);
    ck_assert_int_eq(score_total(&question, a).value, 333);
    ck_assert_int_eq(score_total(&question, b).value, 667);
    struct robustness robustness = score_robustness(&question, a, b);
    ck_assert_uint_eq(robustness.common, 1);
    ck_assert_int_eq(robustness.lead, 1);
    ck_assert_int_eq(robustness.epsilon, 1000);
}
END_TEST

/* The smallest lead there can be, and the largest sums. */
START_TEST(the_smallest_lead_is_still_one)
{
    struct weight weights[SCORE_CRITERIA_MAX];
    struct verdict a[SCORE_CRITERIA_MAX];
    struct verdict b[SCORE_CRITERIA_MAX];
    for (size_t i = 0; i < SCORE_CRITERIA_MAX; i++)
        weights[i] = (struct weight){"a", SCORE_WEIGHT_MAX};
    weights[0].weight = 1;
    struct methodology methodology = make_methodology(weights, SCORE_CRITERIA_MAX);
    methodology.values[ANSWER_PARTIAL].counted = (struct fraction){49999, SCORE_UNIT_MAX};
    struct score_question question = ask(&methodology, NULL);
    for (size_t i = 0; i < SCORE_CRITERIA_MAX; i++) {
        a[i] = verdict_of(&question, ANSWER_YES);
        b[i] = a[i];
    }
    b[0] = verdict_of(&question, ANSWER_PARTIAL);
    ck_assert_int_eq(score_robustness(&question, a, b).lead, 1);
    ck_assert_int_eq(score_robustness(&question, a, b).epsilon, 1000);
    a[1] = verdict_of(&question, ANSWER_NO);
    ck_assert_int_eq(score_robustness(&question, a, b).lead, -1);
    for (size_t i = 0; i < SCORE_CRITERIA_MAX; i++)
        b[i] = verdict_of(&question, i == 1 ? ANSWER_YES : ANSWER_NO);
    struct robustness widest = score_robustness(&question, a, b);
    ck_assert_int_eq(widest.lead, 1);
    ck_assert_int_eq(widest.epsilon, 492); /* 6101 / (6101 + 6301) */
}
END_TEST

/* A pair on what it has in common: the weighting in use, scaled to 1, and the differences, the leader's less the
 * other's. */
struct pair {
    size_t count;
    long double weights[WORLD_CRITERIA];
    long double apart[WORLD_CRITERIA];
    long double lead;
};

static long double size_of(long double number)
{
    return number < 0 ? -number : number;
}

static bool counts(const struct world *world, enum answer_value value, long double *ret)
{
    struct fraction counted = world->methodology.values[value].counted;
    *ret = (long double)counted.num / counted.den;
    return value == ANSWER_YES || value == ANSWER_PARTIAL || value == ANSWER_NO;
}

static struct pair pair_of(const struct world *world, const struct verdict *a, const struct verdict *b)
{
    struct pair pair = {.count = 0};
    long double sum = 0;
    for (size_t i = 0; i < WORLD_CRITERIA; i++) {
        long double of_a = 0;
        long double of_b = 0;
        if (a[i].value == ANSWER_NOT_APPLICABLE || b[i].value == ANSWER_NOT_APPLICABLE ||
            !counts(world, a[i].value, &of_a) || !counts(world, b[i].value, &of_b))
            continue;
        pair.weights[pair.count] = world->weights[i].weight;
        pair.apart[pair.count++] = of_a - of_b;
        sum += world->weights[i].weight;
    }
    for (size_t i = 0; i < pair.count && sum > 0; i++) {
        pair.weights[i] /= sum;
        pair.lead += pair.weights[i] * pair.apart[i];
    }
    for (size_t i = 0; i < pair.count && pair.lead < 0; i++)
        pair.apart[i] = -pair.apart[i];
    pair.lead = size_of(pair.lead);
    return pair;
}

/* What remains of the lead when `share` of the say goes to one criterion: the best that any weighting can do, as what
 * remains is linear in it. */
static long double remains(const struct pair *pair, long double share)
{
    long double least = pair->lead;
    for (size_t i = 0; i < pair->count; i++) {
        long double left = (1 - share) * pair->lead + share * pair->apart[i];
        least = i == 0 || left < least ? left : least;
    }
    return least;
}

/* The smallest share that levels the two, by halving; 1 where none does. */
static long double search(const struct pair *pair)
{
    long double below = 0;
    long double above = 1;
    for (int i = 0; i < 60; i++) {
        long double middle = (below + above) / 2;
        if (remains(pair, middle) <= 0)
            above = middle;
        else
            below = middle;
    }
    return above;
}

/* No weighting at all, not only those on one criterion, levels the two with less. */
static void assert_no_mix_does(const struct pair *pair, long double share)
{
    for (int i = 0; i < 5; i++) {
        long double sum = 0;
        long double mixed = 0;
        for (size_t k = 0; k < pair->count; k++) {
            long double part = 1 + random_below(100);
            sum += part;
            mixed += part * pair->apart[k];
        }
        ck_assert((1 - share) * pair->lead + share * mixed / sum > 0);
    }
}

START_TEST(epsilon_is_what_a_search_finds)
{
    int between = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        struct verdict a[WORLD_CRITERIA];
        make_world(&world, round);
        memcpy(a, world.verdicts, sizeof(a));
        make_answers_anew(&world);
        struct robustness got = score_robustness(&world.question, a, world.verdicts);
        struct pair pair = pair_of(&world, a, world.verdicts);
        ck_assert_uint_eq(got.common, pair.count);
        bool tie = pair.lead < 1e-12L;
        ck_assert_msg(got.lead == 0 || !tie, "round %d", round);
        ck_assert_msg(got.lead != 0 || tie, "round %d", round);
        if (!got.has_epsilon || tie) {
            ck_assert_int_eq(got.epsilon, 0);
            continue;
        }
        long double share = search(&pair);
        ck_assert_msg(size_of(1000 * share - got.epsilon) <= 0.5L + 1e-9L, "round %d: %d", round, got.epsilon);
        if (share > 0.002L)
            assert_no_mix_does(&pair, share - 0.001L);
        between += got.epsilon > 0 && got.epsilon < 1000 ? 1 : 0;
    }
    ck_assert_int_gt(between, ROUNDS / 10);
}
END_TEST

/* Who is asked about first changes the sign of the lead and nothing else. */
START_TEST(robustness_has_two_sides)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        struct verdict a[WORLD_CRITERIA];
        make_world(&world, round);
        memcpy(a, world.verdicts, sizeof(a));
        make_answers_anew(&world);
        struct robustness one = score_robustness(&world.question, a, world.verdicts);
        struct robustness other = score_robustness(&world.question, world.verdicts, a);
        ck_assert_msg(one.common == other.common && one.has_epsilon == other.has_epsilon && one.lead == -other.lead &&
                          one.epsilon == other.epsilon,
                      "round %d", round);
    }
}
END_TEST

TCase *score_robustness_cases(void)
{
    TCase *robustness = tcase_create("rule 6, robustness");
    tcase_set_timeout(robustness, 60);
    tcase_add_loop_test(robustness, robustness_by_hand, 0, COUNT_OF(cases));
    tcase_add_test(robustness, the_lead_may_differ_from_the_published_order);
    tcase_add_test(robustness, the_smallest_lead_is_still_one);
    tcase_add_test(robustness, epsilon_is_what_a_search_finds);
    tcase_add_test(robustness, robustness_has_two_sides);
    return robustness;
}
