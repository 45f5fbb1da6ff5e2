/* SPDX-License-Identifier: MIT */
/* The days of a history: by example, and against looking at every day there is. */
#include "score_fixture.h"

enum { MOST_DAYS = 2 * WORLD_CRITERIA * WORLD_CLAIMS };

/* One claim and a max_age; the day from which it is too old. */
static const struct {
    const char *observed;
    struct period age;
    const char *too_old;
} aged_cases[] = {
    {"2017-07-31", {60, 0}, "2022-08-01"}, {"2016-01-31", {1, 0}, "2016-03-01"}, {"2016-02-29", {12, 0}, "2017-03-01"},
    {"2016-01-01", {0, 90}, "2016-04-01"}, {"2015-12-31", {2, 0}, "2016-03-01"}, {"2017", {24, 0}, "2020-01-01"},
    {"2016-02-28", {1, 1}, "2016-04-01"},
};

START_TEST(a_claim_becomes_too_old_on_its_day)
{
    static const struct weight weight = {"a", 1};
    struct methodology methodology = make_methodology(&weight, 1);
    struct score_question question = ask(&methodology, NULL);
    struct answer answer = make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, aged_cases[_i].observed, "a");
    struct cell cell = {&answer, 1};
    int32_t days[2];
    ck_assert_uint_eq(score_days(&question, &cell, NULL, days, 2), 1);
    ck_assert_int_eq(days[0], answer.observed.last);
    ck_assert_uint_eq(score_days(&question, &cell, &aged_cases[_i].age, days, 2), 2);
    ck_assert_int_eq(days[0], answer.observed.last);
    ck_assert_int_eq(days[1], day_of_text(aged_cases[_i].too_old));
}
END_TEST

/* Months and days of any length, far into the years: with months of 28 to 31 days and the leap day left out in 2100,
 * that day is found by trying each, from long before it. */
START_TEST(the_day_of_becoming_too_old_is_the_first_such_day)
{
    static const struct weight weight = {"a", 1};
    struct methodology methodology = make_methodology(&weight, 1);
    struct score_question question = score_question(&methodology, INT32_MAX);
    int32_t first = day_of_text("1900-01-01");
    int32_t span = day_of_text("2199-12-31") - first;
    random_start(0);
    for (int i = 0; i < 300000; i++) {
        struct answer answer = make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2018", "a");
        answer.observed.last = first + (int32_t)random_below((uint32_t)span);
        struct period age = {(int32_t)random_below(200), 1 + (int32_t)random_below(4000)};
        struct cell cell = {&answer, 1};
        int32_t days[2];
        ck_assert_uint_eq(score_days(&question, &cell, &age, days, 2), 2);
        ck_assert(date_months_before(days[1], age.months) - age.days > answer.observed.last);
        for (int32_t day = days[1] - 1; day > days[1] - 12; day--)
            ck_assert_msg(date_months_before(day, age.months) - age.days <= answer.observed.last,
                          "day %d, %d months, %d days", answer.observed.last, age.months, age.days);
    }
}
END_TEST

START_TEST(days_come_once_and_only_of_claims_that_may_speak)
{
    static const struct weight weights[] = {{"a", 1}, {"b", 1}};
    struct methodology methodology = make_methodology(weights, 2);
    struct score_question question = ask(&methodology, "2018");
    struct answer first[] = {make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2018", "a"),
                             make_answer(ANSWER_NO, BASIS_ASSESSOR, SURE_HIGH, "2016", "a"),
                             make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2019", "a"), /* after as_of */
                             make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, NULL, "a"),
                             make_answer(ANSWER_UNKNOWN, BASIS_ASSESSOR, SURE_HIGH, "2011", "a")};
    struct answer second[] = {make_answer(ANSWER_YES, BASIS_OUR_READING, SURE_MEDIUM, "2016-12-31", "a"),
                              make_answer(ANSWER_YES, BASIS_EU_LAW, SURE_HIGH, "2012", "a"),
                              make_answer(ANSWER_YES, BASIS_ASSESSOR, SURE_LOW, "2013", "a")};
    struct cell cells[] = {{first, COUNT_OF(first)}, {second, COUNT_OF(second)}};
    int32_t days[8];
    size_t most = score_days(&question, cells, NULL, NULL, 0);
    ck_assert_uint_ge(most, 2);
    ck_assert_uint_le(most, COUNT_OF(days));
    ck_assert_uint_eq(score_days(&question, cells, NULL, days, most), 2);
    ck_assert_int_eq(days[0], day_of_text("2016"));
    ck_assert_int_eq(days[1], day_of_text("2018"));
    question.least_sure = SURE_LOW;
    question.bases[question.basis_count++] = BASIS_EU_LAW;
    ck_assert_uint_eq(score_days(&question, cells, NULL, days, COUNT_OF(days)), 4);
    ck_assert_int_eq(days[0], day_of_text("2012"));
    ck_assert_int_eq(days[1], day_of_text("2013"));
}
END_TEST

static void judge_on(struct world *world, int32_t day, const struct period *age)
{
    world->question.as_of = day;
    world->question.as_of_given = true;
    if (age != NULL)
        score_question_age(&world->question, *age);
    judge_world(world);
}

static bool differ(const struct verdict *before, const struct verdict *after)
{
    bool differs = false;
    for (size_t i = 0; i < WORLD_CRITERIA; i++)
        differs = differs || before[i].value != after[i].value || before[i].decides != after[i].decides ||
                  before[i].disputed != after[i].disputed || before[i].oldest != after[i].oldest ||
                  before[i].part.low != after[i].part.low || before[i].part.high != after[i].part.high;
    return differs;
}

static bool is_among(const int32_t *days, size_t count, int32_t day)
{
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found = found || days[i] == day;
    return found;
}

/* Nothing changes on a day that is not among those given: each day of seventeen years is tried. */
START_TEST(no_verdict_changes_on_another_day)
{
    struct world world;
    make_world(&world, _i);
    struct period period = {(int32_t)random_below(40), 1 + (int32_t)random_below(300)};
    const struct period *age = _i % 3 == 0 ? NULL : &period;
    int32_t last = world.question.as_of;
    int32_t days[MOST_DAYS];
    size_t most = score_days(&world.question, world.cells, age, NULL, 0);
    ck_assert_uint_le(most, MOST_DAYS);
    size_t count = score_days(&world.question, world.cells, age, days, most);
    ck_assert_uint_le(count, most);
    for (size_t i = 0; i < count; i++)
        ck_assert(days[i] <= last && (i == 0 || days[i - 1] < days[i]));
    struct verdict before[WORLD_CRITERIA];
    judge_on(&world, day_of_text("2009"), age);
    size_t changes = 0;
    for (int32_t day = day_of_text("2010-01-01"); day <= last; day++) {
        memcpy(before, world.verdicts, sizeof(before));
        judge_on(&world, day, age);
        if (!differ(before, world.verdicts))
            continue;
        changes++;
        ck_assert_msg(is_among(days, count, day), "world %d, day %d", _i, day);
    }
    ck_assert_uint_gt(changes, 1);
}
END_TEST

TCase *score_history_cases(void)
{
    TCase *history = tcase_create("history");
    tcase_set_timeout(history, 60);
    tcase_add_loop_test(history, a_claim_becomes_too_old_on_its_day, 0, COUNT_OF(aged_cases));
    tcase_add_test(history, the_day_of_becoming_too_old_is_the_first_such_day);
    tcase_add_test(history, days_come_once_and_only_of_claims_that_may_speak);
    tcase_add_loop_test(history, no_verdict_changes_on_another_day, 0, 45);
    return history;
}
