/* SPDX-License-Identifier: MIT */
/* Rule 0 by example: which claim speaks for a criterion and by which step, how each of the others stands to it, what
 * they dispute and why nothing is known, as a table of cases. */
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

/* What the claims of one criterion come to. */
struct verdict_case {
    const char *name;
    struct {
        const char *as_of; /* NULL: not given */
        struct period age; /* 0: not given */
    } asked;
    struct said said[4];
    const char *standings; /* one of standing_letters for each claim */
    struct {
        enum answer_value value;
        const char *source; /* of the claim that decides */
        enum step step;
        const char *unknown;
        bool disputed;
        int low; /* in hundredths */
        int high;
    } expected;
};

/* In the order of enum standing. */
static const char standing_letters[] = "D=xhoulfb-";

static const struct verdict_case verdict_cases[] = {
    {"no claim at all", {NULL, {0, 0}}, {{0}}, "", {ANSWER_UNKNOWN, NULL, STEP_NONE, "no_source", false, 0, 100}},
    {"one claim",
     {NULL, {0, 0}},
     {A(PARTIAL, ASSESSOR, HIGH, "2017-07", "a")},
     "D",
     {ANSWER_PARTIAL, "a", STEP_ONLY, NULL, false, 25, 75}},
    {"an unknown keeps its reason",
     {NULL, {0, 0}},
     {A(UNKNOWN, ASSESSOR, HIGH, "2017-07", "a")},
     "-",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "lost_in_capture", false, 0, 100}},
    {"a newer unknown neither speaks nor widens",
     {NULL, {0, 0}},
     {A(UNKNOWN, ASSESSOR, HIGH, "2020", "b"), A(NO, ASSESSOR, HIGH, "2010", "a")},
     "-D",
     {ANSWER_NO, "a", STEP_ONLY, NULL, false, 0, 0}},
    {"basis goes before sureness and age",
     {NULL, {0, 0}},
     {A(NO, OUR_READING, HIGH, "2018", "a"), A(YES, ASSESSOR, MEDIUM, "2017", "b")},
     "xD",
     {ANSWER_YES, "b", STEP_BASIS, NULL, true, 0, 100}},
    {"surer goes before newer",
     {NULL, {0, 0}},
     {A(NO, ASSESSOR, MEDIUM, "2018", "a"), A(YES, ASSESSOR, HIGH, "2017", "b")},
     "xD",
     {ANSWER_YES, "b", STEP_SURENESS, NULL, true, 0, 100}},
    {"newer goes before source id",
     {NULL, {0, 0}},
     {A(NO, ASSESSOR, HIGH, "2017", "a"), A(PARTIAL, ASSESSOR, HIGH, "2018", "b")},
     "xD",
     {ANSWER_PARTIAL, "b", STEP_NEWER, NULL, true, 0, 75}},
    {"source id breaks the tie",
     {NULL, {0, 0}},
     {A(YES, ASSESSOR, HIGH, "2018", "b"), A(NO, ASSESSOR, HIGH, "2018", "a")},
     "xD",
     {ANSWER_NO, "a", STEP_SOURCE, NULL, true, 0, 100}},
    {"agreement is no dispute",
     {NULL, {0, 0}},
     {A(NO, ASSESSOR, HIGH, "2018", "b"), A(NO, OUR_READING, HIGH, "2018", "a")},
     "D=",
     {ANSWER_NO, "b", STEP_BASIS, NULL, false, 0, 0}},
    {"the day 24 months before the newest is live",
     {NULL, {0, 0}},
     {A(NO, OUR_READING, HIGH, "2018-06-15", "b"), A(YES, ASSESSOR, HIGH, "2016-06-15", "a")},
     "xD",
     {ANSWER_YES, "a", STEP_BASIS, NULL, true, 0, 100}},
    {"a day more is history",
     {NULL, {0, 0}},
     {A(NO, OUR_READING, HIGH, "2018-06-15", "b"), A(YES, ASSESSOR, HIGH, "2016-06-14", "a")},
     "Dh",
     {ANSWER_NO, "b", STEP_ONLY, NULL, false, 0, 0}},
    {"the last day of the interval counts",
     {NULL, {0, 0}},
     {A(NO, OUR_READING, HIGH, "2018-12", "b"), A(YES, ASSESSOR, HIGH, "2016", "a")},
     "xD",
     {ANSWER_YES, "a", STEP_BASIS, NULL, true, 0, 100}},
    {"an undated claim is silent beside a dated one",
     {NULL, {0, 0}},
     {A(NO, OUR_READING, MEDIUM, "1960", "b"), A(YES, ASSESSOR, HIGH, NULL, "a")},
     "Du",
     {ANSWER_NO, "b", STEP_ONLY, NULL, false, 0, 0}},
    {"undated claims speak among themselves",
     {NULL, {0, 0}},
     {A(NO, OUR_READING, HIGH, NULL, "b"), A(YES, ASSESSOR, HIGH, NULL, "a")},
     "xD",
     {ANSWER_YES, "a", STEP_BASIS, NULL, true, 0, 100}},
    {"a dated claim that may not speak does not silence undated ones",
     {NULL, {0, 0}},
     {A(NO, EU_LAW, HIGH, "2018", "b"), A(YES, ASSESSOR, HIGH, NULL, "a")},
     "bD",
     {ANSWER_YES, "a", STEP_ONLY, NULL, false, 100, 100}},
    {"an undated claim is left out of a dated question",
     {"2020-01-01", {0, 0}},
     {A(YES, ASSESSOR, HIGH, NULL, "a")},
     "u",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "undated", false, 0, 100}},
    {"later observations do not count",
     {"2017-07-30", {0, 0}},
     {A(YES, ASSESSOR, HIGH, "2017-07", "a"), A(NO, ASSESSOR, HIGH, "2016", "b")},
     "fD",
     {ANSWER_NO, "b", STEP_ONLY, NULL, false, 0, 0}},
    {"on its last day an observation counts",
     {"2017-07-31", {0, 0}},
     {A(YES, ASSESSOR, HIGH, "2017-07", "a")},
     "D",
     {ANSWER_YES, "a", STEP_ONLY, NULL, false, 100, 100}},
    {"low sureness is shown and does not speak",
     {NULL, {0, 0}},
     {A(YES, ASSESSOR, LOW, "2018", "a")},
     "l",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "low_sureness", false, 0, 100}},
    {"EU law does not prove compliance",
     {NULL, {0, 0}},
     {A(YES, EU_LAW, HIGH, "2018", "a")},
     "b",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "basis_not_asked", false, 0, 100}},
    {"a loss explains more than a claim that may not speak",
     {NULL, {0, 0}},
     {A(PARTIAL, ASSESSOR, LOW, "2016", "b"), A(UNKNOWN, ASSESSOR, HIGH, "2017-07", "a")},
     "l-",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "lost_in_capture", false, 0, 100}},
    {"the claim nearest to speaking gives the reason",
     {NULL, {0, 0}},
     {A(YES, EU_LAW, HIGH, "2018", "a"), A(NO, ASSESSOR, LOW, "2018", "b")},
     "bl",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "low_sureness", false, 0, 100}},
    {"not applicable alone",
     {NULL, {0, 0}},
     {A(NOT_APPLICABLE, ASSESSOR, HIGH, "2018", "a")},
     "D",
     {ANSWER_NOT_APPLICABLE, "a", STEP_ONLY, NULL, false, 0, 100}},
    {"not applicable beside another opens the interval",
     {NULL, {0, 0}},
     {A(NOT_APPLICABLE, OUR_READING, HIGH, "2018", "a"), A(YES, ASSESSOR, HIGH, "2018", "b")},
     "xD",
     {ANSWER_YES, "b", STEP_BASIS, NULL, true, 0, 100}},
    {"not applicable decides where it is first",
     {NULL, {0, 0}},
     {A(NOT_APPLICABLE, ASSESSOR, HIGH, "2018", "a"), A(NO, OUR_READING, HIGH, "2018", "b")},
     "Dx",
     {ANSWER_NOT_APPLICABLE, "a", STEP_BASIS, NULL, true, 0, 100}},
    {"history does not dispute",
     {NULL, {0, 0}},
     {A(YES, ASSESSOR, HIGH, "2018", "a"), A(NO, ASSESSOR, HIGH, "2010", "b")},
     "Dh",
     {ANSWER_YES, "a", STEP_ONLY, NULL, false, 100, 100}},
    {"three live claims give the hull of all",
     {NULL, {0, 0}},
     {A(PARTIAL, ASSESSOR, HIGH, "2018", "a"), A(NO, ASSESSOR, MEDIUM, "2018", "b"),
      A(PARTIAL, OUR_READING, HIGH, "2018", "c")},
     "Dx=",
     {ANSWER_PARTIAL, "a", STEP_SURENESS, NULL, true, 0, 75}},
    {"one source that says two things speaks by value",
     {NULL, {0, 0}},
     {A(NO, ASSESSOR, HIGH, "2018", "a"), A(YES, ASSESSOR, HIGH, "2018", "a")},
     "xD",
     {ANSWER_YES, "a", STEP_PLACE, NULL, true, 0, 100}},
    {"the step is that from the best of the others",
     {NULL, {0, 0}},
     {A(NO, OUR_READING, HIGH, "2018", "a"), A(YES, ASSESSOR, HIGH, "2018", "b"), A(YES, ASSESSOR, HIGH, "2018", "c")},
     "xD=",
     {ANSWER_YES, "b", STEP_SOURCE, NULL, true, 0, 100}},
    {"max_age allows the day so many months before",
     {"2020-01-01", {24, 0}},
     {A(YES, ASSESSOR, HIGH, "2018-01-01", "a")},
     "D",
     {ANSWER_YES, "a", STEP_ONLY, NULL, false, 100, 100}},
    {"max_age does not allow the day before that",
     {"2020-01-01", {24, 0}},
     {A(YES, ASSESSOR, HIGH, "2017-12-31", "a")},
     "o",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "too_old", false, 0, 100}},
    {"max_age allows the day so many days before",
     {"2020-01-01", {0, 90}},
     {A(YES, ASSESSOR, HIGH, "2019-10-03", "a")},
     "D",
     {ANSWER_YES, "a", STEP_ONLY, NULL, false, 100, 100}},
    {"nor the one before that",
     {"2020-01-01", {0, 90}},
     {A(YES, ASSESSOR, HIGH, "2019-10-02", "a")},
     "o",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "too_old", false, 0, 100}},
    {"months of max_age go before its days",
     {"2020-03-31", {1, 1}},
     {A(YES, ASSESSOR, HIGH, "2020-02-28", "a")},
     "D",
     {ANSWER_YES, "a", STEP_ONLY, NULL, false, 100, 100}},
    {"without as_of max_age counts from the dataset",
     {NULL, {60, 0}},
     {A(YES, ASSESSOR, HIGH, "2021-11-24", "a")},
     "D",
     {ANSWER_YES, "a", STEP_ONLY, NULL, false, 100, 100}},
    {"and not from a day before it",
     {NULL, {60, 0}},
     {A(YES, ASSESSOR, HIGH, "2021-11-23", "a")},
     "o",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "too_old", false, 0, 100}},
    {"the window stands as it would without max_age",
     {"2020-01-01", {12, 0}},
     {A(NO, OUR_READING, HIGH, "2019-06-01", "b"), A(YES, ASSESSOR, HIGH, "2018-01-01", "a")},
     "xD",
     {ANSWER_YES, "a", STEP_BASIS, NULL, true, 0, 100}},
    {"where all is too old, history stays history",
     {"2020-01-01", {12, 0}},
     {A(YES, ASSESSOR, HIGH, "2018-06-15", "a"), A(NO, ASSESSOR, HIGH, "2017", "b"),
      A(NO, ASSESSOR, HIGH, "2010", "b")},
     "ooh",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "too_old", false, 0, 100}},
    {"an undated claim is left out with max_age",
     {NULL, {60, 0}},
     {A(YES, ASSESSOR, HIGH, NULL, "a")},
     "u",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "undated", false, 0, 100}},
    {"being too old explains more than a loss",
     {NULL, {60, 0}},
     {A(YES, ASSESSOR, HIGH, "2010", "a"), A(UNKNOWN, ASSESSOR, HIGH, "2026-01", "b")},
     "o-",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "too_old", false, 0, 100}},
    {"a fresh claim that may not speak makes nothing young",
     {NULL, {60, 0}},
     {A(YES, ASSESSOR, LOW, "2026-01", "b"), A(YES, ASSESSOR, HIGH, "2010", "a")},
     "lo",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "too_old", false, 0, 100}},
    {"a loss not yet noticed is no reason",
     {"2015", {0, 0}},
     {A(UNKNOWN, ASSESSOR, HIGH, "2017", "a")},
     "-",
     {ANSWER_UNKNOWN, NULL, STEP_NONE, "no_source", false, 0, 100}},
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

static struct score_question ask_row(const struct methodology *methodology, const struct verdict_case *row)
{
    struct score_question question = ask(methodology, row->asked.as_of);
    if (row->asked.age.months != 0 || row->asked.age.days != 0)
        score_question_age(&question, row->asked.age);
    return question;
}

START_TEST(verdict_of_claims)
{
    const struct verdict_case *row = &verdict_cases[_i];
    struct methodology methodology = make_methodology(NULL, 0);
    struct score_question question = ask_row(&methodology, row);
    struct answer answers[4];
    enum standing standings[4];
    size_t count = make_answers(row->said, answers);
    struct verdict verdict = score_verdict(&question, (struct cell){answers, count}, standings);
    ck_assert_msg(verdict.value == row->expected.value, "%s: value %d", row->name, (int)verdict.value);
    ck_assert_msg(verdict.disputed == row->expected.disputed, "%s: disputed %d", row->name, verdict.disputed);
    ck_assert_msg(verdict.part.low * 100 == row->expected.low * question.unit, "%s: low", row->name);
    ck_assert_msg(verdict.part.high * 100 == row->expected.high * question.unit, "%s: high", row->name);
    assert_text(row->name, verdict.decides == NULL ? NULL : verdict.decides->evidence.source, row->expected.source);
    assert_text(row->name, verdict.unknown, row->expected.unknown);
    assert_text(row->name, step_names[verdict.step], step_names[row->expected.step]);
    ck_assert_uint_eq(count, strlen(row->standings));
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(standing_letters[standings[i]] == row->standings[i], "%s: claim %zu %s", row->name, i,
                      standing_names[standings[i]]);
}
END_TEST

START_TEST(the_table_shows_every_standing_and_every_step)
{
    bool stands[STANDING_COUNT] = {false};
    bool steps[STEP_COUNT] = {false};
    ck_assert_uint_eq(strlen(standing_letters), STANDING_COUNT);
    for (size_t i = 0; i < COUNT_OF(verdict_cases); i++) {
        steps[verdict_cases[i].expected.step] = true;
        for (const char *letter = verdict_cases[i].standings; *letter != '\0'; letter++)
            stands[strchr(standing_letters, *letter) - standing_letters] = true;
    }
    for (int i = 0; i < STANDING_COUNT; i++)
        ck_assert_msg(stands[i] && standing_names[i] != NULL, "standing %d", i);
    for (int i = 0; i < STEP_COUNT; i++)
        ck_assert_msg(steps[i] && step_names[i] != NULL, "step %d", i);
}
END_TEST

TCase *score_verdict_cases(void)
{
    TCase *rules = tcase_create("rule 0");
    tcase_add_loop_test(rules, verdict_of_claims, 0, COUNT_OF(verdict_cases));
    tcase_add_test(rules, the_table_shows_every_standing_and_every_step);
    return rules;
}
