/* SPDX-License-Identifier: MIT */
/* Questions as they are read: how each parameter is understood, what its canonical text is, and what a fault says. */
#include <stdio.h>

#include "cyberatlas/base/facts.h"
#include "serve_fixture.h"

static struct snapshot *snapshot;

static void open_it(void)
{
    fixture_write("questions");
    snapshot = fixture_open();
}

static void close_it(void)
{
    snapshot_free(snapshot);
    fixture_remove();
}

static const struct route *route_at(const char *path)
{
    for (size_t i = 0; i < route_count; i++)
        if (strcmp(route_table[i].path, path) == 0)
            return &route_table[i];
    ck_abort_msg("no route %s", path);
    return NULL;
}

#define SCORES "/v1/scores"
#define CELLS "/v1/assessments"
#define LEGAL "/v1/countries/{code}/legal-conditions"
#define HISTORY "/v1/scores/{code}/history"
#define COMPARE "/v1/compare"

/* A query and its canonical text. */
static const struct {
    const char *path, *raw, *text;
} canonical[] = {
    {SCORES, NULL, ""},
    {SCORES, "methodology=legal-conditions", ""},
    {SCORES, "methodology=strategy-goals", "methodology=strategy-goals"},
    {SCORES, "methodology=legal-conditions%401.1.0", "methodology=legal-conditions@1.1.0"},
    {SCORES, "methodology=legal-conditions@1.0", "methodology=legal-conditions@1.0.1"},
    {SCORES, "methodology=legal-conditions@1", "methodology=legal-conditions@1.1.0"},
    {SCORES, "weights=equal", ""},
    {SCORES, "weights=annual-audit:1", ""},
    {SCORES, "weights=mandatory-reporting:7,annual-audit:7,cip-strategy:7", ""},
    {SCORES, "weights=cip-strategy:3,annual-audit:0", "weights=annual-audit:0,cip-strategy:3"},
    {SCORES, "weights=cip-strategy:100,annual-audit:50,mandatory-reporting:0",
     "weights=cip-strategy:2,mandatory-reporting:0"},
    {SCORES, "weights=goal-a:2&methodology=strategy-goals", "methodology=strategy-goals"},
    {SCORES, "weights=equal&methodology=strategy-goals", "methodology=strategy-goals&weights=equal"},
    {SCORES, "weights=goal-b:3&methodology=strategy-goals", "methodology=strategy-goals&weights=goal-b:3"},
    {SCORES, "as_of=2016", "as_of=2016-12-31"},
    {SCORES, "as_of=2016-02", "as_of=2016-02-29"},
    {SCORES, "as_of=2026-11-24", "as_of=2026-11-24"},
    {SCORES, "max_age=P5Y", "max_age=P5Y"},
    {SCORES, "max_age=P18M", "max_age=P1Y6M"},
    {SCORES, "max_age=P1Y12M", "max_age=P2Y"},
    {SCORES, "max_age=P2W", "max_age=P14D"},
    {SCORES, "max_age=P0Y90D", "max_age=P90D"},
    {SCORES, "max_age=P200Y", "max_age=P200Y"},
    {SCORES, "basis=our_reading,assessor", ""},
    {SCORES, "basis=eu_law,assessor,eu_law", "basis=assessor,eu_law"},
    {SCORES, "sure=medium", ""},
    {SCORES, "sure=low", "sure=low"},
    {SCORES, "sure=high&methodology=strategy-goals", "methodology=strategy-goals"},
    {SCORES, "group=eu,efta,eu", "group=efta,eu"},
    {SCORES, "countries=el,056,GRC,be", "countries=BE,GR"},
    {SCORES, "country=el", "countries=GR"},
    {SCORES, "explain=1&ascii=1", "ascii=1&explain=1"},
    {SCORES, "sort=-value&limit=5&sure=low&countries=BE", "countries=BE&limit=5&sort=-value&sure=low"},
    {CELLS, "methodology=legal-conditions", "methodology=legal-conditions"},
    {CELLS, "sure=medium", "sure=medium"}, /* of one methodology its own, of the other not */
    {CELLS, "sure=medium&methodology=legal-conditions", "methodology=legal-conditions"},
    {CELLS, "basis=assessor,our_reading", ""},
    {CELLS, "country=BE&theme=strategy-goals", "countries=BE&theme=strategy-goals"},
    {LEGAL, "methodology=legal-conditions@1.0.0", "methodology=legal-conditions@1.0.0"},
    {HISTORY, "max_age=P5Y", "max_age=P5Y"},
    {COMPARE, "countries=GR,BE,EL", "countries=BE,GR"},
    {COMPARE, "group=eu", "group=eu"},
};

static void text_of(const struct query *query, struct buf *out)
{
    buf_init(out, QUERY_TEXT_BYTES);
    query_text(query, NULL, QUERY_WHOLE, out);
    buf_add(out, "", 0);
    ck_assert(buf_ok(out));
}

START_TEST(a_question_has_one_canonical_text)
{
    CLEANUP(query_done) struct query query = {0};
    CLEANUP(query_done) struct query again = {0};
    CLEANUP(buf_done) struct buf text = {0};
    CLEANUP(buf_done) struct buf twice = {0};
    struct fault fault = {0};
    const struct route *route = route_at(canonical[_i].path);
    ck_assert_msg(query_read(canonical[_i].raw, route, &snapshot->catalog, &query, &fault), "%s: %s", canonical[_i].raw,
                  fault.detail);
    text_of(&query, &text);
    ck_assert_str_eq(text.data, canonical[_i].text);
    ck_assert_msg(query_read(text.data, route, &snapshot->catalog, &again, &fault), "%s: %s", text.data, fault.detail);
    text_of(&again, &twice);
    ck_assert_str_eq(twice.data, text.data);
}
END_TEST

/* A query that is refused, the parameter at fault, what the sentence holds, and what is near. */
static const struct {
    const char *path, *raw;
    enum fault_kind kind;
    const char *parameter, *part, *nearest;
} refused[] = {
    {SCORES, "methodology=legal-condition", FAULT_BAD_VALUE, "methodology", "\"legal-condition\"", "legal-conditions"},
    {SCORES, "methodology=", FAULT_BAD_VALUE, "methodology", "\"\"", ""},
    {SCORES, "methodology=legal-conditions@", FAULT_BAD_VALUE, "methodology", "no version \"\"", ""},
    {SCORES, "methodology=legal-conditions@2", FAULT_BAD_VALUE, "methodology", "no version \"2\"", ""},
    {SCORES, "methodology=legal-conditions@1.0@1", FAULT_BAD_VALUE, "methodology", "no version", ""},
    {LEGAL, "methodology=strategy-goals", FAULT_BAD_VALUE, "methodology", "another theme", ""},
    {SCORES, "weights=annual-audit:2,cip-strategy:3,cip-strat:1", FAULT_BAD_VALUE, "weights", "item 3, \"cip-strat\"",
     "cip-strategy"},
    {SCORES, "weights=goal-a:1", FAULT_BAD_VALUE, "weights", "item 1, \"goal-a\"", ""},
    {SCORES, "weights=annual-audit:2,annual-audit:2", FAULT_BAD_VALUE, "weights", "item 2, \"annual-audit:2\"", ""},
    {SCORES, "weights=annual-audit:101", FAULT_BAD_VALUE, "weights", "from 0 to 100", ""},
    {SCORES, "weights=annual-audit:-1", FAULT_BAD_VALUE, "weights", "from 0 to 100", ""},
    {SCORES, "weights=annual-audit:1.5", FAULT_BAD_VALUE, "weights", "from 0 to 100", ""},
    {SCORES, "weights=annual-audit:01", FAULT_BAD_VALUE, "weights", "from 0 to 100", ""},
    {SCORES, "weights=annual-audit:99999999999", FAULT_BAD_VALUE, "weights", "from 0 to 100", ""},
    {SCORES, "weights=annual-audit", FAULT_BAD_VALUE, "weights", "write criterion:weight", ""},
    {SCORES, "weights=", FAULT_BAD_VALUE, "weights", "item 1, \"\"", ""},
    {SCORES, "weights=annual-audit:2,", FAULT_BAD_VALUE, "weights", "item 2, \"\"", ""},
    {SCORES, "weights=annual-audit:0,cip-strategy:0,mandatory-reporting:0", FAULT_BAD_VALUE, "weights",
     "at least one must be above 0", ""},
    {SCORES, "as_of=yesterday", FAULT_BAD_VALUE, "as_of", "no date", ""},
    {SCORES, "as_of=2016-02-30", FAULT_BAD_VALUE, "as_of", "no date", ""},
    {SCORES, "as_of=2026", FAULT_BAD_VALUE, "as_of", "2026-11-24 is the latest", ""},
    {SCORES, "as_of=2026-11-25", FAULT_BAD_VALUE, "as_of", "2026-11-24 is the latest", ""},
    {SCORES, "max_age=5Y", FAULT_BAD_VALUE, "max_age", "no duration", "P5Y"},
    {SCORES, "max_age=p1y6m", FAULT_BAD_VALUE, "max_age", "no duration", "P1Y6M"},
    {SCORES, "max_age=5YYYYYYYYYYYYYYYYYYYYYY", FAULT_BAD_VALUE, "max_age", "no duration", ""},
    {SCORES, "max_age=P", FAULT_BAD_VALUE, "max_age", "no duration", ""},
    {SCORES, "max_age=P1D1M", FAULT_BAD_VALUE, "max_age", "no duration", ""},
    {SCORES, "max_age=P1W1D", FAULT_BAD_VALUE, "max_age", "no duration", ""},
    {SCORES, "max_age=PT5H", FAULT_BAD_VALUE, "max_age", "no duration", ""},
    {SCORES, "max_age=P0D", FAULT_BAD_VALUE, "max_age", "out of range", ""},
    {SCORES, "max_age=P201Y", FAULT_BAD_VALUE, "max_age", "out of range", ""},
    {SCORES, "max_age=P73001D", FAULT_BAD_VALUE, "max_age", "out of range", ""},
    {SCORES, "max_age=P10429W", FAULT_BAD_VALUE, "max_age", "out of range", ""},
    {SCORES, "basis=assesor", FAULT_BAD_VALUE, "basis", "item 1, \"assesor\"", "assessor"},
    {SCORES, "basis=assessor,", FAULT_BAD_VALUE, "basis", "item 2, \"\": the item is empty", ""},
    {SCORES, "sure=hihg", FAULT_BAD_VALUE, "sure", "\"hihg\"", "high"},
    {SCORES, "sure=high,low", FAULT_BAD_VALUE, "sure", "\"high,low\"", ""},
    {SCORES, "group=eu,aftea", FAULT_BAD_VALUE, "group", "item 2, \"aftea\"", ""},
    {SCORES, "group=eftaa", FAULT_BAD_VALUE, "group", "item 1", "efta"},
    {SCORES, "countries=BE,BEX", FAULT_BAD_VALUE, "countries", "item 2, \"BEX\"", "BE"},
    {SCORES, "country=QQ", FAULT_BAD_VALUE, "country", "country, item 1, \"QQ\"", ""},
    {SCORES, "country=BE&countries=BE", FAULT_REPEATED_PARAMETER, "country", "another name", ""},
    {SCORES, "countries=BE&countries=BE", FAULT_REPEATED_PARAMETER, "countries", "more than once", ""},
    {SCORES, "explain=yes", FAULT_BAD_VALUE, "explain", "1, or left out", ""},
    {SCORES, "ascii=0", FAULT_BAD_VALUE, "ascii", "1, or left out", ""},
    {SCORES, "weigths=equal", FAULT_UNKNOWN_PARAMETER, "weigths", "", "weights"},
    {CELLS, "ascii=1", FAULT_UNKNOWN_PARAMETER, "ascii", "", ""},
    {HISTORY, "explain=1", FAULT_UNKNOWN_PARAMETER, "explain", "", ""},
    {HISTORY, "countries=BE", FAULT_UNKNOWN_PARAMETER, "countries", "", ""},
    {COMPARE, NULL, FAULT_BAD_VALUE, "countries", "give 2 to 6 codes", ""},
    {COMPARE, "countries=BE", FAULT_BAD_VALUE, "countries", "select 1 here", ""},
    {COMPARE, "countries=BE,XK&group=eu", FAULT_BAD_VALUE, "countries", "select 1 here", ""},
    {COMPARE, "country=BE,GR", FAULT_UNKNOWN_PARAMETER, "country", "", "countries"},
};

START_TEST(a_fault_names_the_parameter_the_place_in_it_and_what_is_near)
{
    CLEANUP(query_done) struct query query = {0};
    struct fault fault = {0};
    ck_assert_msg(!query_read(refused[_i].raw, route_at(refused[_i].path), &snapshot->catalog, &query, &fault), "%s",
                  refused[_i].raw);
    ck_assert_int_eq(fault.kind, refused[_i].kind);
    ck_assert_str_eq(fault.parameter, refused[_i].parameter);
    ck_assert_msg(strstr(fault.detail, refused[_i].part) != NULL, "%s: %s", refused[_i].raw, fault.detail);
    ck_assert_str_eq(fault.nearest, refused[_i].nearest);
}
END_TEST

START_TEST(what_is_understood_is_what_was_asked)
{
    CLEANUP(query_done) struct query query = {0};
    struct fault fault = {0};
    const struct question *question = &query.question;
    ck_assert(query_read("basis=eu_law,our_reading&max_age=P1M&as_of=2020-03-31&weights=goal-a:10,goal-b:0&country=EL&"
                         "methodology=strategy-goals@1",
                         route_at(SCORES), &snapshot->catalog, &query, &fault));
    ck_assert_str_eq(question->rule.methodology->id, "strategy-goals");
    ck_assert_int_eq(question->rule.weights[0], 1);
    ck_assert_int_eq(question->rule.weights[1], 0);
    ck_assert_uint_eq(question->rule.basis_count, 2);
    ck_assert_int_eq(question->rule.bases[0], BASIS_OUR_READING); /* the methodology's order, then the others */
    ck_assert_int_eq(question->rule.bases[1], BASIS_EU_LAW);
    ck_assert(question->rule.as_of_given && question->rule.aged);
    ck_assert_int_eq(question->rule.as_of - question->rule.youngest_from, 31); /* February's last day, in a leap year */
    ck_assert_uint_eq(question->country_count, 1);
    ck_assert_str_eq(question->countries[0], "GR");
    ck_assert_ptr_null(question->theme);
}
END_TEST

enum { MANY = QUESTION_COUNTRIES_MAX + 1 };

/* The first `count` of many made-up countries as a list: "AA,AB,…". */
static void list_codes(char codes[MANY][3], size_t count, struct buf *out)
{
    buf_init(out, SERVE_TARGET_BYTES);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%s%s", i == 0 ? "countries=" : ",", codes[i]);
    ck_assert(buf_ok(out));
}

START_TEST(as_many_countries_as_the_ceiling_are_taken_and_one_more_is_not)
{
    struct thing countries[MANY];
    char codes[MANY][3];
    struct facts facts = *snapshot->facts;
    struct catalog catalog = {.arena = snapshot->arena, .facts = &facts, .view = snapshot->view};
    CLEANUP(query_done) struct query query = {0};
    CLEANUP(query_done) struct query refused_query = {0};
    CLEANUP(buf_done) struct buf list = {0};
    CLEANUP(buf_done) struct buf longer = {0};
    struct fault fault = {0};
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(codes[i], sizeof(codes[i]), "%c%c", (char)('A' + i / 26 % 26), (char)('A' + i % 26));
        countries[i] = (struct thing){.kind = THING_COUNTRY, .id = codes[i]};
        ck_assert(catalog_add_country(&catalog, codes[i], codes[i]));
    }
    facts.things = countries;
    facts.thing_count = MANY;
    catalog_sort(&catalog);
    list_codes(codes, MANY - 1, &list);
    ck_assert_msg(query_read(list.data, route_at(SCORES), &catalog, &query, &fault), "%s", fault.detail);
    ck_assert_uint_eq(query.question.country_count, QUESTION_COUNTRIES_MAX);
    list_codes(codes, MANY, &longer);
    ck_assert(!query_read(longer.data, route_at(SCORES), &catalog, &refused_query, &fault));
    ck_assert_ptr_nonnull(strstr(fault.detail, "at most 60"));
    catalog_done(&catalog);
}
END_TEST

TCase *serve_question_cases(void)
{
    TCase *tests = tcase_create("questions");
    tcase_add_checked_fixture(tests, open_it, close_it);
    tcase_add_loop_test(tests, a_question_has_one_canonical_text, 0, COUNT_OF(canonical));
    tcase_add_loop_test(tests, a_fault_names_the_parameter_the_place_in_it_and_what_is_near, 0, COUNT_OF(refused));
    tcase_add_test(tests, what_is_understood_is_what_was_asked);
    tcase_add_test(tests, as_many_countries_as_the_ceiling_are_taken_and_one_more_is_not);
    return tests;
}
