/* SPDX-License-Identifier: MIT */
/* How a score came about, counted by hand: four criteria, claims of four dates, and each kind of cause. With max_age
 * claims become too old on days of their own. And the timeline as a story. */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "text_fits.h"
#include "view_small.h"

static const struct claim be[] = {
    {.field = "name", .value = TEXT_VALUE("Belgium"), .evidence = {.source = "page-2014"}}};
static const struct claim fr[] = {
    {.field = "name", .value = TEXT_VALUE("France"), .evidence = {.source = "page-2014"}}};
static const struct claim plan[] = {
    {.field = "title", .value = TEXT_VALUE("Plan A"), .evidence = {.source = "page-2014", .at = "L1"}},
    {.field = "adopted", .value = TEXT_VALUE("2012"), .evidence = {.source = "page-2014", .at = "L2"}},
    {.field = "adopted", .n = 1, .value = TEXT_VALUE("2013-02"), .evidence = {.source = "page-2016"}},
    {.field = "adopted", .n = 2, .value = TEXT_VALUE("2012"), .evidence = {.source = "page-2016"}},
    {.field = "period_end",
     .value = TEXT_VALUE("2020"),
     .qualifier = "about",
     .evidence = {.source = "page-2014", .at = "L3"}},
};
static const struct claim centre[] = {
    {.field = "name", .value = TEXT_VALUE("The Centre"), .evidence = {.source = "page-2014"}},
    {.field = "established", .value = TEXT_VALUE("2012"), .evidence = {.source = "page-2014", .at = "L9"}}};
#define TEAM(code, what)                                                                                               \
    static const struct claim code[] = {                                                                               \
        {.field = "name", .value = TEXT_VALUE(what), .evidence = {.source = "page-2016"}},                             \
        {.field = "status",                                                                                            \
         .value = TEXT_VALUE("active"),                                                                                \
         .evidence = {.source = "page-2016", .at = what, .observed = "2016-03"}}}
TEAM(red, "Red Team");
TEAM(blue, "Blue Team");
static const struct thing things[] = {
    THING(THING_COUNTRY, "BE", NULL, be),        THING(THING_COUNTRY, "FR", NULL, fr),
    THING(THING_STRATEGY, "plan-a", "BE", plan), THING(THING_INSTITUTION, "the-centre", "BE", centre),
    THING(THING_CERT, "red", "BE", red),         THING(THING_CERT, "blue", "BE", blue),
};

#define ASKS(id_) SMALL_CRITERION(id_, true, "page-2014")
static const struct criterion criteria[] = {ASKS("audit"), ASKS("budget"), ASKS("cip"), ASKS("duty")};

#define ON_2014 "2014", {16071, 16435}, "page-2014"
#define ON_2016 "2016", {16801, 17166}, "page-2016"
#define ON_2018 "2018-05-09", {17660, 17660}, "law-2018"
#define ON_2020 "2020", {18262, 18627}, "page-2020"
#define SAYS(...) SAYS_(__VA_ARGS__)
#define SAYS_(criterion_, value_, basis_, observed_, first_, last_, source_, since_)                                   \
    {                                                                                                                  \
        .country = "BE", .criterion = criterion_, .value = ANSWER_##value_, .basis = BASIS_##basis_,                   \
        .sure = SURE_HIGH, .evidence = {.source = source_, .at = "L7", .observed = observed_, .since = since_},        \
        .observed = first_, last_, .dated = true                                                                       \
    }
static const struct answer answers[] = {
    SAYS("audit", NO, ASSESSOR, ON_2014, NULL),
    SAYS("audit", YES, ASSESSOR, ON_2018, "2018-05-09"),
    SAYS("budget", YES, ASSESSOR, ON_2016, NULL),
    SAYS("budget", PARTIAL, ASSESSOR, ON_2018, "2015"),
    SAYS("cip", YES, ASSESSOR, ON_2016, NULL),
    SAYS("cip", YES, ASSESSOR, ON_2020, NULL),
    SAYS("duty", YES, EU_LAW, ON_2018, "2018-05-09"),
    {.country = "BE",
     .criterion = "duty",
     .value = ANSWER_NO,
     .basis = BASIS_ASSESSOR,
     .sure = SURE_HIGH,
     .evidence = {.source = "page-2014", .at = "L8"}},
};
static const struct source sources[] = {
    {.id = "law-2018", .title = "A law", .published = "2018-04-01", .terms = "free"},
    {.id = "page-2014", .title = "A page", .terms = "not stated"},
    {.id = "page-2016", .title = "A later page", .published = "2016-02", .terms = "not stated"},
    {.id = "page-2020", .title = "The last page", .terms = "not stated"}};
static const struct term values[] = {{"yes", "Yes", NULL}, {"partial", "In part", NULL}, {"no", "No", NULL}};
static const struct term statuses[] = {{"active", "Working", NULL}};
static const struct term qualifiers[] = {{"about", "About", NULL}};
static const struct vocabulary vocabularies[] = {{"answer-values", "Values", values, COUNT_OF(values)},
                                                 {"cert-statuses", "Statuses", statuses, COUNT_OF(statuses)},
                                                 {"qualifiers", "Qualifiers", qualifiers, COUNT_OF(qualifiers)}};
static const struct facts small = {
    .dataset = {SMALL_DATASET}, TABLES_OF_THIS_FILE, .things = things, .thing_count = COUNT_OF(things)};

static void set_up(void)
{
    small_open(&small);
}

static const char *history(enum media media)
{
    return small_ask("/v1/scores/{code}/history", media, 0);
}

/* Claims become too old: max_age=P3Y. */
static void age_by_three_years(void)
{
    question.age = (struct period){.months = 36};
    score_question_age(&question.rule, question.age);
}

static void assert_within(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "%s\nis not in\n%s", part, text);
}

static const char *const steps[] = {
    ("{\"data\":{\"country\":\"BE\",\"name\":\"Belgium\",\"since\":\"2014-12-31\",\"steps\":[{\"date\":\"2014-12-31\","
     "\"score\":{\"low\":0.0,\"high\":75.0,\"coverage\":0.250},\"causes\":[{\"criterion\":\"audit\",\"label\":\"On "
     "audit\",\"from\":\"unknown\",\"to\":\"no\",\"source\":\"page-2014\",\"at\":\"L7\",\"observed\":\"2014\",\"kind\":"
     "\"we_learned\",\"says\":\"We learned it: nothing spoke of it before.\"}]},"),
    ("{\"date\":\"2016-12-31\",\"score\":{\"value\":66.7,\"low\":50.0,\"high\":75.0,\"coverage\":0.750},\"causes\":[{"
     "\"criterion\":\"budget\","),
    "\"observed\":\"2016\",\"published\":\"2016-02\",\"kind\":\"we_learned\"",
    ("{\"date\":\"2018-05-09\",\"score\":{\"value\":83.3,\"low\":56.3,\"high\":100.0,\"coverage\":0.750},\"causes\":[{"
     "\"criterion\":\"audit\",\"label\":\"On audit\",\"from\":\"no\",\"to\":\"yes\",\"source\":\"law-2018\",\"at\":"
     "\"L7\",\"observed\":\"2018-05-09\",\"since\":\"2018-05-09\",\"published\":\"2018-04-01\",\"kind\":"
     "\"country_changed\",\"says\":\"The country changed: it holds since 2018-05-09, and the claim before was of "
     "2014.\"}"),
    ("{\"criterion\":\"budget\",\"label\":\"On budget\",\"from\":\"yes\",\"to\":\"partial\",\"disputed\":true,"
     "\"source\":\"law-2018\",\"at\":\"L7\",\"observed\":\"2018-05-09\",\"since\":\"2015\",\"published\":\"2018-04-"
     "01\","
     "\"kind\":\"we_learned\",\"says\":\"We learned it: it holds since 2015, so it may have been so when the claim "
     "before (2016) was made.\"}]},"),
    ("{\"date\":\"2020-12-31\",\"score\":{\"value\":83.3,\"low\":56.3,\"high\":100.0,\"coverage\":0.750},\"causes\":[{"
     "\"criterion\":\"cip\",\"label\":\"On "
     "cip\",\"from\":\"yes\",\"to\":\"yes\",\"source\":\"page-2020\",\"at\":\"L7\","
     "\"observed\":\"2020\",\"kind\":\"confirmed\",\"says\":\"A newer claim says the same.\"}]}],\"undated\":1},"),
};

START_TEST(each_day_that_changes_a_verdict_is_a_step_with_its_causes)
{
    assert_within(history(MEDIA_JSON), steps[_i]);
}
END_TEST

START_TEST(history_is_complete_and_says_no_more)
{
    json_t *answer = json_loads(history(MEDIA_JSON), JSON_REJECT_DUPLICATES, NULL);
    json_t *data = json_object_get(answer, "data");
    ck_assert_uint_eq(json_array_size(json_object_get(data, "steps")), 4);
    size_t causes = 0;
    size_t i;
    json_t *step;
    json_array_foreach(json_object_get(data, "steps"), i, step) causes +=
        json_array_size(json_object_get(step, "causes"));
    ck_assert_uint_eq(causes, 6);
    json_decref(answer);
}
END_TEST

START_TEST(history_ends_on_the_day_that_is_asked_for)
{
    question.rule.as_of = 17500; /* 2017-11-30 */
    question.rule.as_of_given = true;
    const char *json = history(MEDIA_JSON);
    assert_within(json, "\"date\":\"2016-12-31\"");
    ck_assert_ptr_null(strstr(json, "2018-05-09"));
}
END_TEST

/* 2014-12-31 and three years: until 2017-12-31 it is young enough. */
static const char *const aged[] = {
    ("{\"date\":\"2018-01-01\",\"score\":{\"value\":100.0,\"low\":50.0,\"high\":100.0,\"coverage\":0.500},\"causes\":[{"
     "\"criterion\":\"audit\",\"label\":\"On "
     "audit\",\"from\":\"no\",\"to\":\"unknown\",\"claim_value\":\"no\",\"source\":\"page-2014\",\"at\":"
     "\"L7\",\"observed\":\"2014\",\"kind\":\"aged\",\"says\":\"The newest claim, of 2014, is too old from here "
     "on.\"}]}"),
    ("\"from\":\"unknown\",\"to\":\"yes\",\"source\":\"law-2018\",\"at\":\"L7\",\"observed\":\"2018-05-09\",\"since\":"
     "\"2018-05-09\",\"published\":\"2018-04-01\",\"kind\":\"country_changed\""),
    "{\"date\":\"2020-01-01\",\"score\":{\"value\":75.0,", /* cip, of 2016: until the next claim */
    "{\"date\":\"2021-05-10\",\"score\":{\"low\":25.0,\"high\":100.0,\"coverage\":0.250},", /* audit and budget */
    "{\"date\":\"2024-01-01\",\"score\":{\"low\":0.0,\"high\":100.0,\"coverage\":0.000},",  /* cip, of 2020 */
};

START_TEST(what_becomes_too_old_is_a_step_of_its_own)
{
    age_by_three_years();
    assert_within(history(MEDIA_JSON), aged[_i]);
}
END_TEST

START_TEST(a_criterion_without_weight_has_no_part_in_history)
{
    question.rule.weights[2] = 0;
    question.weighted = true;
    ck_assert_ptr_null(strstr(history(MEDIA_JSON), "\"criterion\":\"cip\""));
    question.rule.weights[2] = 1;
    question.rule.weights[3] = 0;
    assert_within(history(MEDIA_JSON), "\"undated\":0}");
}
END_TEST

START_TEST(a_country_that_nobody_speaks_of_has_no_history)
{
    const char *json = small_ask("/v1/scores/{code}/history", MEDIA_JSON, 1);
    assert_within(json, "{\"data\":{\"country\":\"FR\",\"name\":\"France\",\"steps\":[],\"undated\":0},");
    assert_within(small_ask("/v1/scores/{code}/history", MEDIA_TEXT, 1),
                  "No dated claim speaks of any of its criteria.");
}
END_TEST

START_TEST(the_table_of_history_has_a_row_for_each_cause)
{
    const char *table = history(MEDIA_CSV);
    assert_within(table,
                  "date,value,low,high,coverage,criterion,label,from,to,disputed,kind,source,at,observed,since,"
                  "published,says,claim_value\r\n2014-12-31,,0.0,75.0,0.250,audit,On audit,unknown,no,false,we_learned,"
                  "page-2014,L7,2014,,,We learned it: nothing spoke of it before.,\r\n");
    assert_within(table,
                  "\r\n2018-05-09,83.3,56.3,100.0,0.750,budget,On budget,yes,partial,true,we_learned,law-2018,L7,"
                  "2018-05-09,2015,2018-04-01,\"We learned it: ");
}
END_TEST

static const char *const lines[] = {
    "\n2014-12-31  ├────────────────────────────┤               – (0.0–75.0)     25 %\n  unknown → no ",
    "\n2016-12-31                     ├─────●───┤            66.7 (50.0–75.0)    75 %\n  unknown → yes ",
    "  unknown → yes            On budget, On cip. We learned it: nothing spoke of it\n",
    "  no → yes                 On audit. The country changed: it holds since\n",
    "  yes → partial, disputed  On budget. We learned it: ",
    "  still yes                On cip. A newer claim says the same. [4:L7]\n",
    "\n1 claim has no date and stands outside of this history.\n",
    "[4] The last page",
};

START_TEST(the_text_of_history_draws_each_day)
{
    const char *text = history(MEDIA_TEXT);
    assert_fits(text, false);
    assert_within(text, lines[_i]);
    question.ascii = true;
    assert_fits(history(MEDIA_TEXT), true);
}
END_TEST

static const char *const told[] = {
    "Belgium: what happened when\n===========================\n",
    ("\n  2012        Strategy adopted: Plan A (others say 2013-02) [1:L2]\n              Institution founded: The "
     "Centre "
     "[1:L9]\n"),
    "\n  2014        Assessed. No: On audit. [1:L7]\n",
    "\n  2016        Assessed. Yes: On budget, On cip. [3]\n",
    "\n  2016-03     Response team seen as working: Red Team; Blue Team [3]\n",
    "\n  2015        So from here on. In part: On budget. [2:L7]\n",
    ("\n  2018-05-09  So from here on. Yes: On audit. [2:L7]\n              Assessed. In part: On budget. [2:L7]\n"
     "              EU law asks. Yes: On duty. [2:L7]\n"),
    "Strategy runs out: Plan A (about 2020) [1:L3]\n",
};

START_TEST(the_timeline_tells_a_story)
{
    const char *text = small_ask("/v1/countries/{code}/timeline", MEDIA_TEXT, 0);
    assert_fits(text, false);
    assert_within(text, told[_i]);
    /* Another date for the same is told behind it, not as something that happened then. */
    ck_assert_ptr_null(strstr(text, "\n  2013-02"));
    question.ascii = true;
    assert_fits(small_ask("/v1/countries/{code}/timeline", MEDIA_TEXT, 0), true);
}
END_TEST

START_TEST(a_timeline_without_dates_says_so)
{
    assert_within(small_ask("/v1/countries/{code}/timeline", MEDIA_TEXT, 1),
                  "No source gives a date for anything here.");
}
END_TEST

TCase *view_history_cases(void)
{
    TCase *tests = tcase_create("history");
    tcase_add_checked_fixture(tests, set_up, small_close);
    tcase_add_loop_test(tests, each_day_that_changes_a_verdict_is_a_step_with_its_causes, 0, COUNT_OF(steps));
    tcase_add_test(tests, history_is_complete_and_says_no_more);
    tcase_add_test(tests, history_ends_on_the_day_that_is_asked_for);
    tcase_add_loop_test(tests, what_becomes_too_old_is_a_step_of_its_own, 0, COUNT_OF(aged));
    tcase_add_test(tests, a_criterion_without_weight_has_no_part_in_history);
    tcase_add_test(tests, a_country_that_nobody_speaks_of_has_no_history);
    tcase_add_test(tests, the_table_of_history_has_a_row_for_each_cause);
    tcase_add_loop_test(tests, the_text_of_history_draws_each_day, 0, COUNT_OF(lines));
    tcase_add_loop_test(tests, the_timeline_tells_a_story, 0, COUNT_OF(told));
    tcase_add_test(tests, a_timeline_without_dates_says_so);
    return tests;
}
