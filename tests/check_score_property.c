/* SPDX-License-Identifier: MIT */
/* The score room by property, over claims and weights from a seeded generator: what must hold whatever the claims are.
 * A failure names the round, and the same round comes again in every run. */
#include "score_fixture.h"

enum { ROUNDS = 3000, CRITERIA = 12, CLAIMS = 5 };

static uint64_t state;

/* xorshift64*: small, and the same everywhere. */
static uint32_t next(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * 2685821657736338717ULL) >> 33) % below;
}

static void start(int round)
{
    state = 0x9E3779B97F4A7C15ULL + (uint64_t)round * 2;
    for (int i = 0; i < 8; i++)
        (void)next(2);
}

static const char *random_date(void)
{
    static const char *const dates[] = {"2010",    "2014-03",    "2015-11-24", "2015-12",    "2016",
                                        "2017-07", "2017-12-31", "2018",       "2026-11-24", NULL};
    return dates[next(COUNT_OF(dates))];
}

static struct answer random_answer(void)
{
    static const enum answer_value values[] = {ANSWER_UNKNOWN, ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO,
                                               ANSWER_NOT_APPLICABLE};
    static const char *const sources[] = {"a", "b", "c"};
    static const char *const places[] = {NULL, "L1", "L2"};
    struct answer answer = make_answer(values[next(5)], (enum basis)next(BASIS_COUNT), (enum sureness)next(SURE_COUNT),
                                       random_date(), sources[next(3)]);
    answer.evidence.at = places[next(3)];
    return answer;
}

/* One country's answers to CRITERIA criteria under random weights. */
struct world {
    struct methodology methodology;
    struct score_question question;
    struct weight weights[CRITERIA];
    struct answer answers[CRITERIA][CLAIMS];
    size_t counts[CRITERIA];
    struct verdict verdicts[CRITERIA];
};

static void judge(struct world *world)
{
    for (size_t i = 0; i < CRITERIA; i++)
        world->verdicts[i] = score_verdict(&world->question, world->answers[i], world->counts[i], NULL);
}

static void make_world(struct world *world, int round)
{
    start(round);
    for (size_t i = 0; i < CRITERIA; i++) {
        world->weights[i] = (struct weight){"a", (int32_t)next(6)};
        world->counts[i] = next(CLAIMS + 1);
        for (size_t j = 0; j < world->counts[i]; j++)
            world->answers[i][j] = random_answer();
    }
    world->methodology = make_methodology(world->weights, CRITERIA);
    world->methodology.least_coverage = (struct fraction){(int32_t)next(3), 5};
    world->question = score_question(&world->methodology, day_of_text("2026-11-24"));
    if (next(4) == 0)
        world->question.least_sure = SURE_LOW;
    judge(world);
}

static void assert_same_score(int round, const struct score *a, const struct score *b)
{
    ck_assert_msg(a->has_value == b->has_value && a->value == b->value && a->low == b->low && a->high == b->high &&
                      a->coverage == b->coverage && a->disputed == b->disputed &&
                      memcmp(&a->counts, &b->counts, sizeof(a->counts)) == 0,
                  "round %d", round);
}

START_TEST(the_interval_contains_the_value)
{
    int with_value = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        struct score score = score_total(&world.methodology, world.verdicts);
        ck_assert_msg(0 <= score.low && score.low <= score.high && score.high <= 1000, "round %d", round);
        ck_assert_msg(0 <= score.coverage && score.coverage <= 1000, "round %d", round);
        ck_assert_msg(!score.has_value || (score.low <= score.value && score.value <= score.high), "round %d", round);
        with_value += score.has_value ? 1 : 0;
    }
    ck_assert_int_gt(with_value, ROUNDS / 4);
}
END_TEST

/* Every outcome of one unknown, not_applicable included, gives an interval within the one before. */
START_TEST(resolving_an_unknown_stays_inside)
{
    static const enum answer_value outcomes[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO, ANSWER_NOT_APPLICABLE};
    int resolved = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        struct score before = score_total(&world.methodology, world.verdicts);
        size_t which = next(CRITERIA);
        if (world.verdicts[which].value != ANSWER_UNKNOWN)
            continue;
        enum answer_value outcome = outcomes[next(4)];
        const struct value_map *map =
            &world.methodology.values[outcome == ANSWER_NOT_APPLICABLE ? ANSWER_UNKNOWN : outcome];
        world.verdicts[which] =
            (struct verdict){.value = outcome, .low = map->low, .high = map->high, .counted = map->counted};
        struct score after = score_total(&world.methodology, world.verdicts);
        ck_assert_msg(before.low <= after.low && after.high <= before.high, "round %d", round);
        ck_assert_msg(after.coverage >= before.coverage, "round %d", round);
        ck_assert_msg(!after.has_value || (before.low <= after.value && after.value <= before.high), "round %d", round);
        resolved++;
    }
    ck_assert_int_gt(resolved, ROUNDS / 8);
}
END_TEST

START_TEST(scaling_the_weights_changes_nothing)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        struct score before = score_total(&world.methodology, world.verdicts);
        int32_t factor = (int32_t)(2 + next(19));
        for (size_t i = 0; i < CRITERIA; i++)
            world.weights[i].weight *= factor;
        world.methodology.weights = world.weights;
        struct score after = score_total(&world.methodology, world.verdicts);
        assert_same_score(round, &before, &after);
    }
}
END_TEST

static void shuffle(struct answer *answers, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = next((uint32_t)i);
        struct answer kept = answers[i - 1];
        answers[i - 1] = answers[j];
        answers[j] = kept;
    }
}

static bool same_verdict(const struct verdict *a, const struct verdict *b)
{
    bool same_reason =
        a->unknown == b->unknown || (a->unknown != NULL && b->unknown != NULL && strcmp(a->unknown, b->unknown) == 0);
    return a->value == b->value && a->disputed == b->disputed && same_reason &&
           memcmp(&a->low, &b->low, sizeof(a->low)) == 0 && memcmp(&a->high, &b->high, sizeof(a->high)) == 0;
}

START_TEST(the_order_of_claims_changes_nothing)
{
    int shuffled = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        for (size_t i = 0; i < CRITERIA; i++) {
            struct verdict before = world.verdicts[i];
            shuffle(world.answers[i], world.counts[i]);
            struct verdict after = score_verdict(&world.question, world.answers[i], world.counts[i], NULL);
            ck_assert_msg(same_verdict(&before, &after), "round %d, criterion %zu", round, i);
            shuffled += before.disputed ? 1 : 0;
        }
    }
    ck_assert_int_gt(shuffled, ROUNDS);
}
END_TEST

/* The claim that decides is live, and every live claim may speak. */
START_TEST(what_decides_is_live_and_may_speak)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        for (size_t i = 0; i < CRITERIA; i++) {
            bool live[CLAIMS] = {false};
            struct verdict verdict = score_verdict(&world.question, world.answers[i], world.counts[i], live);
            bool any = false;
            for (size_t j = 0; j < world.counts[i]; j++) {
                const struct answer *answer = &world.answers[i][j];
                any = any || live[j];
                ck_assert(!live[j] || (answer->basis != BASIS_EU_LAW && answer->value != ANSWER_UNKNOWN &&
                                       answer->sure <= world.question.least_sure));
                ck_assert(verdict.decides != answer || live[j]);
            }
            ck_assert(any == (verdict.decides != NULL));
            ck_assert((verdict.unknown != NULL) == (verdict.decides == NULL));
        }
    }
}
END_TEST

Suite *score_property_suite(void)
{
    Suite *suite = suite_create("score, properties");
    TCase *properties = tcase_create("properties");
    tcase_set_timeout(properties, 60);
    tcase_add_test(properties, the_interval_contains_the_value);
    tcase_add_test(properties, resolving_an_unknown_stays_inside);
    tcase_add_test(properties, scaling_the_weights_changes_nothing);
    tcase_add_test(properties, the_order_of_claims_changes_nothing);
    tcase_add_test(properties, what_decides_is_live_and_may_speak);
    suite_add_tcase(suite, properties);
    return suite;
}
