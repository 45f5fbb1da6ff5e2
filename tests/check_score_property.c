/* SPDX-License-Identifier: MIT */
/* The score room by property, over claims and weights from a seeded generator: what must hold whatever the claims are.
 * A failure names the round, and the same round comes again in every run. */
#include "score_fixture.h"

static void assert_same_score(int round, const struct score *a, const struct score *b)
{
    ck_assert_msg(a->has_value == b->has_value && a->value == b->value && a->low == b->low && a->high == b->high &&
                      a->coverage == b->coverage && a->disputed == b->disputed &&
                      memcmp(&a->counts, &b->counts, sizeof(a->counts)) == 0 &&
                      ratio_compare(a->exact_value, b->exact_value) == 0 &&
                      ratio_compare(a->exact_low, b->exact_low) == 0 &&
                      ratio_compare(a->exact_high, b->exact_high) == 0,
                  "round %d", round);
}

/* The second interval lies within the first. */
static bool is_within(const struct score *wide, const struct score *narrow)
{
    return ratio_compare(wide->exact_low, narrow->exact_low) <= 0 &&
           ratio_compare(narrow->exact_high, wide->exact_high) <= 0 && wide->low <= narrow->low &&
           narrow->high <= wide->high;
}

static bool holds(const struct score *interval, struct ratio value)
{
    return ratio_compare(interval->exact_low, value) <= 0 && ratio_compare(value, interval->exact_high) <= 0;
}

START_TEST(the_interval_contains_the_value)
{
    int with_value = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        ck_assert(score_accepts(&world.methodology));
        struct score score = score_total(&world.question, world.verdicts);
        ck_assert_msg(0 <= score.low && score.low <= score.high && score.high <= 1000, "round %d", round);
        ck_assert_msg(0 <= score.coverage && score.coverage <= 1000, "round %d", round);
        ck_assert_msg(!score.has_value || (score.low <= score.value && score.value <= score.high), "round %d", round);
        ck_assert_msg(!score.has_value || holds(&score, score.exact_value), "round %d", round);
        with_value += score.has_value ? 1 : 0;
    }
    ck_assert_int_gt(with_value, ROUNDS / 4);
}
END_TEST

/* The sums once more, in floating point and straight from the methodology's fractions. */
struct rough {
    long double known;
    long double applicable;
    long double spanned;
    long double counted;
    long double low;
    long double high;
};

static long double rough_share(struct fraction fraction)
{
    return (long double)fraction.num / fraction.den;
}

static struct rough rough_total(const struct world *world)
{
    struct rough rough = {0};
    for (size_t i = 0; i < WORLD_CRITERIA; i++) {
        const struct verdict *verdict = &world->verdicts[i];
        long double weight = world->weights[i].weight;
        bool applies = verdict->value != ANSWER_NOT_APPLICABLE;
        rough.applicable += applies ? weight : 0;
        if (applies && verdict->value != ANSWER_UNKNOWN) {
            rough.known += weight;
            rough.counted += weight * rough_share(world->methodology.values[verdict->value].counted);
        }
        if (!applies && !verdict->disputed)
            continue;
        rough.spanned += weight;
        rough.low += weight * verdict->part.low / world->question.unit;
        rough.high += weight * verdict->part.high / world->question.unit;
    }
    return rough;
}

static bool near(long double a, long double b)
{
    return a - b < 1e-12L && b - a < 1e-12L;
}

/* Rounded to the nearest thousandth. */
static bool rounds_to(long double exact, int32_t rounded)
{
    return 1000 * exact - rounded < 0.5L + 1e-9L && rounded - 1000 * exact < 0.5L + 1e-9L;
}

START_TEST(the_sums_are_those_of_floating_point)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        struct score score = score_total(&world.question, world.verdicts);
        struct rough rough = rough_total(&world);
        if (rough.spanned > 0) {
            ck_assert_msg(near(share_of(score.exact_low), rough.low / rough.spanned), "round %d", round);
            ck_assert_msg(near(share_of(score.exact_high), rough.high / rough.spanned), "round %d", round);
        }
        ck_assert_msg(rounds_to(share_of(score.exact_low), score.low), "round %d", round);
        ck_assert_msg(rounds_to(share_of(score.exact_high), score.high), "round %d", round);
        if (rough.applicable > 0)
            ck_assert_msg(rounds_to(rough.known / rough.applicable, score.coverage), "round %d", round);
        if (!score.has_value)
            continue;
        ck_assert_msg(near(share_of(score.exact_value), rough.counted / rough.known), "round %d", round);
        ck_assert_msg(rounds_to(share_of(score.exact_value), score.value), "round %d", round);
    }
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
        struct score before = score_total(&world.question, world.verdicts);
        size_t which = random_below(WORLD_CRITERIA);
        if (world.verdicts[which].value != ANSWER_UNKNOWN)
            continue;
        world.verdicts[which] = verdict_of(&world.question, outcomes[random_below(4)]);
        struct score after = score_total(&world.question, world.verdicts);
        /* What is left may be nothing at all: then anything is possible. */
        bool any = false;
        for (size_t i = 0; i < WORLD_CRITERIA; i++)
            any = any || (world.weights[i].weight > 0 &&
                          (world.verdicts[i].value != ANSWER_NOT_APPLICABLE || world.verdicts[i].disputed));
        ck_assert_msg(!any || is_within(&before, &after), "round %d", round);
        ck_assert_msg(!any || after.coverage >= before.coverage || !after.has_value, "round %d", round);
        ck_assert_msg(!after.has_value || holds(&before, after.exact_value), "round %d", round);
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
        struct verdict others[WORLD_CRITERIA];
        memcpy(others, world.verdicts, sizeof(others));
        make_answers_anew(&world);
        struct score before = score_total(&world.question, world.verdicts);
        struct robustness firm = score_robustness(&world.question, world.verdicts, others);
        int32_t factor = (int32_t)(2 + random_below(19));
        for (size_t i = 0; i < WORLD_CRITERIA; i++)
            world.question.weights[i] *= factor;
        struct score after = score_total(&world.question, world.verdicts);
        struct robustness still = score_robustness(&world.question, world.verdicts, others);
        assert_same_score(round, &before, &after);
        ck_assert_msg(firm.lead == still.lead && firm.epsilon == still.epsilon, "round %d", round);
    }
}
END_TEST

START_TEST(a_max_age_only_widens)
{
    int widened = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        world.question.as_of_given = random_below(2) == 0;
        judge_world(&world);
        struct score before = score_total(&world.question, world.verdicts);
        score_question_age(&world.question, (struct period){(int32_t)random_below(200), (int32_t)random_below(50)});
        judge_world(&world);
        struct score after = score_total(&world.question, world.verdicts);
        ck_assert_msg(is_within(&after, &before), "round %d", round);
        ck_assert_msg(!before.has_value || holds(&after, before.exact_value), "round %d", round);
        widened += is_within(&before, &after) ? 0 : 1;
    }
    ck_assert_int_gt(widened, ROUNDS / 4);
}
END_TEST

/* A longer max_age lets speak whatever a shorter one does. */
START_TEST(a_longer_max_age_widens_less)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        int32_t months = (int32_t)random_below(150);
        score_question_age(&world.question, (struct period){months, 0});
        judge_world(&world);
        struct score shorter = score_total(&world.question, world.verdicts);
        score_question_age(&world.question, (struct period){months + (int32_t)random_below(60), 0});
        judge_world(&world);
        struct score longer = score_total(&world.question, world.verdicts);
        ck_assert_msg(is_within(&shorter, &longer), "round %d", round);
    }
}
END_TEST

/* Eligible: live, history, or only too old. */
static bool is_considered(enum standing standing)
{
    return standing <= STANDING_TOO_OLD;
}

START_TEST(a_later_day_considers_a_superset_of_claims)
{
    static const char *const days[] = {"2009", "2012-05-05", "2015-12-30", "2016-06", "2017", "2018", "2026-11-24"};
    int more = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        size_t first = random_below(COUNT_OF(days) - 1);
        size_t second = first + random_below((uint32_t)(COUNT_OF(days) - first));
        world.question.as_of_given = true;
        for (size_t i = 0; i < WORLD_CRITERIA; i++) {
            enum standing before[WORLD_CLAIMS];
            enum standing after[WORLD_CLAIMS];
            world.question.as_of = day_of_text(days[first]);
            (void)score_verdict(&world.question, world.cells[i], before);
            world.question.as_of = day_of_text(days[second]);
            (void)score_verdict(&world.question, world.cells[i], after);
            for (size_t j = 0; j < world.cells[i].count; j++) {
                ck_assert_msg(!is_considered(before[j]) || is_considered(after[j]), "round %d, %zu/%zu", round, i, j);
                more += is_considered(before[j]) != is_considered(after[j]) ? 1 : 0;
            }
        }
    }
    ck_assert_int_gt(more, ROUNDS);
}
END_TEST

static void shuffle(struct answer *answers, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = random_below((uint32_t)i);
        struct answer kept = answers[i - 1];
        answers[i - 1] = answers[j];
        answers[j] = kept;
    }
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* In all that an answer shows. */
static bool same_claim(const struct answer *a, const struct answer *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return a->value == b->value && a->basis == b->basis && a->sure == b->sure &&
           same_text(a->evidence.source, b->evidence.source) && same_text(a->evidence.at, b->evidence.at) &&
           same_text(a->evidence.observed, b->evidence.observed) && same_text(a->evidence.since, b->evidence.since);
}

static bool same_verdict(const struct verdict *a, const struct verdict *b)
{
    return a->value == b->value && a->disputed == b->disputed && a->step == b->step &&
           same_text(a->unknown, b->unknown) && a->part.low == b->part.low && a->part.high == b->part.high &&
           a->part.counted == b->part.counted;
}

START_TEST(the_order_of_claims_changes_nothing)
{
    int shuffled = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        for (size_t i = 0; i < WORLD_CRITERIA; i++) {
            struct answer kept[WORLD_CLAIMS];
            memcpy(kept, world.answers[i], sizeof(kept));
            struct cell cell = {kept, world.cells[i].count};
            struct verdict before = score_verdict(&world.question, cell, NULL);
            shuffle(world.answers[i], world.cells[i].count);
            struct verdict after = score_verdict(&world.question, world.cells[i], NULL);
            ck_assert_msg(same_verdict(&before, &after) && same_claim(before.decides, after.decides) &&
                              same_claim(before.oldest, after.oldest),
                          "round %d, criterion %zu", round, i);
            shuffled += before.disputed ? 1 : 0;
        }
    }
    ck_assert_int_gt(shuffled, ROUNDS);
}
END_TEST

/* By what the first of the live claims differs from the first of the others, told by looking at the two. */
static enum step step_between(const struct answer *first, const struct answer *second)
{
    if (first->basis != second->basis)
        return STEP_BASIS;
    if (first->sure != second->sure)
        return STEP_SURENESS;
    if (first->dated && first->observed.last != second->observed.last)
        return STEP_NEWER;
    return strcmp(first->evidence.source, second->evidence.source) != 0 ? STEP_SOURCE : STEP_PLACE;
}

/* The others alone are a cell of their own, whose first is the best of them. */
static enum step step_of(const struct score_question *question, struct cell cell, const enum standing *standings)
{
    struct answer others[WORLD_CLAIMS];
    const struct answer *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < cell.count; i++)
        if (standings[i] == STANDING_DECIDES)
            first = &cell.answers[i];
        else if (standings[i] <= STANDING_DISPUTES)
            others[count++] = cell.answers[i];
    if (first == NULL || count == 0)
        return first == NULL ? STEP_NONE : STEP_ONLY;
    return step_between(first, score_verdict(question, (struct cell){others, count}, NULL).decides);
}

START_TEST(the_step_tells_the_first_from_the_best_of_the_others)
{
    int seen[STEP_COUNT] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        for (size_t i = 0; i < WORLD_CRITERIA; i++) {
            enum standing standings[WORLD_CLAIMS];
            struct verdict verdict = score_verdict(&world.question, world.cells[i], standings);
            enum step expected = step_of(&world.question, world.cells[i], standings);
            ck_assert_msg(verdict.step == expected, "round %d, criterion %zu: %s", round, i, step_names[verdict.step]);
            seen[verdict.step]++;
        }
    }
    for (int step = 0; step < STEP_COUNT; step++)
        ck_assert_int_gt(seen[step], 10);
}
END_TEST

/* One claim decides or none; live ones may speak; a dispute is one; the oldest is live. */
static void assert_standings(const struct world *world, const struct verdict *verdict, struct cell cell,
                             const enum standing *standings)
{
    int by_standing[STANDING_COUNT] = {0};
    for (size_t i = 0; i < cell.count; i++) {
        const struct answer *answer = &cell.answers[i];
        by_standing[standings[i]]++;
        bool live = standings[i] <= STANDING_DISPUTES;
        ck_assert(!live || (answer->value != ANSWER_UNKNOWN && answer->sure <= world->question.least_sure));
        ck_assert((standings[i] == STANDING_NO_ANSWER) == (answer->value == ANSWER_UNKNOWN));
        ck_assert((verdict->decides == answer) == (standings[i] == STANDING_DECIDES));
        ck_assert(verdict->oldest != answer || live);
    }
    ck_assert_int_eq(by_standing[STANDING_DECIDES], verdict->decides != NULL);
    ck_assert(verdict->decides != NULL || by_standing[STANDING_AGREES] + by_standing[STANDING_DISPUTES] == 0);
    ck_assert_int_eq(by_standing[STANDING_DISPUTES] > 0, verdict->disputed);
    ck_assert((verdict->unknown != NULL) == (verdict->decides == NULL));
}

START_TEST(what_decides_is_live_and_may_speak)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct world world;
        make_world(&world, round);
        if (random_below(2) == 0)
            score_question_age(&world.question, (struct period){(int32_t)random_below(150), 0});
        for (size_t i = 0; i < WORLD_CRITERIA; i++) {
            enum standing standings[WORLD_CLAIMS];
            struct verdict verdict = score_verdict(&world.question, world.cells[i], standings);
            assert_standings(&world, &verdict, world.cells[i], standings);
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
    tcase_add_test(properties, the_sums_are_those_of_floating_point);
    tcase_add_test(properties, resolving_an_unknown_stays_inside);
    tcase_add_test(properties, scaling_the_weights_changes_nothing);
    tcase_add_test(properties, a_max_age_only_widens);
    tcase_add_test(properties, a_longer_max_age_widens_less);
    tcase_add_test(properties, a_later_day_considers_a_superset_of_claims);
    tcase_add_test(properties, the_order_of_claims_changes_nothing);
    tcase_add_test(properties, the_step_tells_the_first_from_the_best_of_the_others);
    tcase_add_test(properties, what_decides_is_live_and_may_speak);
    suite_add_tcase(suite, properties);
    return suite;
}
