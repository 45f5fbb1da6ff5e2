/* SPDX-License-Identifier: MIT */
/* /v1/search from a target to bytes: its order, its filter, its pages, and that no query is more than words. */
#include <jansson.h>
#include <stdio.h>

#include "fixture_store.h"
#include "serve_fixture.h"

static struct snapshot *snapshot;

/* Some of the fixture's findings. */
static const struct {
    const char *id, *words, *name;
} found[] = {{"BE", "Belgium · Belgique", "Belgium"},
             {"GR", "Greece · Ελλάδα", "Greece"},
             {"XK", "Kosovo · teamwork of Belgium", "Kosovo"},
             {"new-team", "New Team · Team Belgium · Belgium", "New Team"},
             {"src", "Team of sources · Belgium Belgium", "Team of sources"}};

static void write_found(struct store_writer *writer)
{
    struct err err = {0};
    for (size_t i = 0; i < COUNT_OF(found); i++) {
        uint32_t ord = fixture_finding(found[i].id);
        must(store_write_words(writer, "search", ord, found[i].words, &err), &err);
        must(store_write_name(writer, "search", ord, found[i].name, &err), &err);
    }
}

static void open_it(void)
{
    fixture_write_with("search", write_found);
    snapshot = fixture_open();
}

static void close_it(void)
{
    snapshot_free(snapshot);
    fixture_remove();
}

/* The ids that a search gives, each followed by a space. */
static void ids_of(const char *body, char ret[256])
{
    json_t *answer = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_msg(answer != NULL, "%s", body);
    json_t *data = json_object_get(answer, "data");
    ret[0] = '\0';
    for (size_t i = 0; i < json_array_size(data); i++) {
        const char *id = json_string_value(json_object_get(json_array_get(data, i), "id"));
        (void)snprintf(ret + strlen(ret), 256 - strlen(ret), "%s ", id);
    }
    json_decref(answer);
}

static const struct {
    const char *query, *ids;
} orders[] = {
    {"q=belgium", "BE XK new-team src "},
    {"q=team", "src XK new-team "},
    {"q=belg", "BE XK new-team src "},
    {"q=ELLADA", ""},
    {"q=%CE%95%CE%9B%CE%9B%CE%91%CE%94%CE%91", "GR "},
    {"q=belgium&kind=cert", "new-team "},
    {"q=belgium&kind=source,country", "BE XK src "},
    {"q=belgium&kind=law", ""},
    {"q=belgium&sort=relevance", "BE XK new-team src "},
    {"q=belgium+greece", ""},
};

START_TEST(names_come_first_then_kinds)
{
    char target[128];
    char ids[256];
    (void)snprintf(target, sizeof(target), "/v1/search?%s", orders[_i].query);
    struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
    ck_assert_uint_eq(outcome.status, 200);
    ids_of(outcome_body(&outcome), ids);
    ck_assert_str_eq(ids, orders[_i].ids);
    outcome_done(&outcome);
}
END_TEST

START_TEST(pages_are_the_whole_in_pieces)
{
    char target[512] = "/v1/search?limit=1&q=belgium";
    char all[256] = "";
    for (size_t page = 0; target[0] != '\0'; page++) {
        char ids[256];
        ck_assert_uint_lt(page, 4);
        struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
        ck_assert_uint_eq(outcome.status, 200);
        ids_of(outcome_body(&outcome), ids);
        size_t used = strlen(all);
        (void)snprintf(all + used, sizeof(all) - used, "%s", ids);
        json_t *answer = json_loads(outcome_body(&outcome), 0, NULL);
        const char *next = json_string_value(json_object_get(json_object_get(answer, "links"), "next"));
        (void)snprintf(target, sizeof(target), "%s", next == NULL ? "" : next);
        ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(answer, "meta"), "total")), 4);
        ck_assert_ptr_null(json_object_get(json_object_get(answer, "meta"), "question"));
        json_decref(answer);
        outcome_done(&outcome);
    }
    ck_assert_str_eq(all, "BE XK new-team src ");
}
END_TEST

static const struct {
    const char *target;
    unsigned status;
    const char *says;
} answers[] = {
    {"/v1/search", 400, "\"parameter\":\"q\""},
    {"/v1/search?q=", 400, "\"parameter\":\"q\""},
    {"/v1/search?kind=cert", 400, "\"parameter\":\"q\""},
    {"/v1/search?q=a&kind=certs", 400, "\"did_you_mean\":\"cert\""},
    {"/v1/search?q=a&sort=name", 400, "\"allowed\":[\"relevance\"]"},
    {"/v1/search?q=a&q=b", 400, "more than once"},
    {"/v1/search?q=a&country=BE", 400, "kind"},
    {"/v1/search?q=belgium&limit=2&cursor=AAAA", 400, "cursor"},
    {"/v1/search.txt?q=nowhere", 200, "Nothing holds all of these words."},
    {"/v1/search.txt?q=kosovo", 200, "1 found.\n\nKosovo (country, XK)\n    Kosovo · teamwork of Belgium\n"},
    {"/v1/search.csv?q=kosovo", 200,
     "kind,id,title,country,snippet,self\r\ncountry,XK,Kosovo,XK,Kosovo · teamwork of Belgium,/v1/countries/XK\r\n"},
    {"/v1/search.csv?q=nowhere", 200, "kind,id,title,country,snippet,self\r\n"},
    {"/v1/search.ndjson?q=kosovo", 200, "{\"kind\":\"country\",\"id\":\"XK\""},
    {"/v1/search.xml?q=a", 406, "text/plain"},
    {"/v1/search/?q=a", 404, "/v1/search"},
};

START_TEST(a_search_answers_as_every_list_does)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", answers[_i].target, NULL);
    ck_assert_msg(outcome.status == answers[_i].status, "%s: %u", answers[_i].target, outcome.status);
    ck_assert_msg(strstr(outcome_body(&outcome), answers[_i].says) != NULL, "%s: %s", answers[_i].target,
                  outcome_body(&outcome));
    outcome_done(&outcome);
}
END_TEST

START_TEST(one_search_has_one_address_and_tag)
{
    struct outcome first = fixture_ask(snapshot, "GET", "/v1/search?q=team&kind=source,cert", NULL);
    struct outcome second = fixture_ask(snapshot, "GET", "/v1/search?kind=cert,source,cert&q=++team+", NULL);
    ck_assert_str_eq(outcome_address(&first), "/v1/search?kind=cert,source&q=team");
    ck_assert_str_eq(outcome_address(&second), outcome_address(&first));
    ck_assert_str_eq(outcome_etag(&second), outcome_etag(&first));
    ck_assert_str_eq(outcome_body(&second), outcome_body(&first));
    outcome_done(&first);
    outcome_done(&second);
}
END_TEST

/* Every pair of these, escaped, is words or nothing: never an internal fault, never everything. */
START_TEST(hostile_syntax_is_only_ever_words)
{
    static const char *const parts[] = {"belgium", "\"",     "*",           "^",    "(",  ")",     "{words}", ":",
                                        "-",       "+",      "NOT",         "AND",  "OR", "NEAR(", "'",       ";",
                                        "--",      "words:", "\\",          "%",    "_",  "—",     "ß",       "ø",
                                        "\"\"",    "search", "list:search", "0x00", "/*", "rank"};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        for (size_t k = 0; k < COUNT_OF(parts); k++) {
            char target[256] = "/v1/search?limit=1&q=";
            const char *const both[] = {parts[i], " ", parts[k]};
            for (size_t part = 0; part < 3; part++)
                for (const unsigned char *c = (const unsigned char *)both[part]; *c != '\0'; c++)
                    (void)snprintf(target + strlen(target), sizeof(target) - strlen(target), "%%%02X", *c);
            struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
            ck_assert_msg(outcome.status == 200 || (outcome.status == 400 && outcome.fault == FAULT_BAD_VALUE),
                          "%s: %u", target, outcome.status);
            outcome_done(&outcome);
        }
}
END_TEST

TCase *serve_search_cases(void)
{
    TCase *tests = tcase_create("search");
    tcase_add_unchecked_fixture(tests, open_it, close_it);
    tcase_add_loop_test(tests, names_come_first_then_kinds, 0, COUNT_OF(orders));
    tcase_add_test(tests, pages_are_the_whole_in_pieces);
    tcase_add_loop_test(tests, a_search_answers_as_every_list_does, 0, COUNT_OF(answers));
    tcase_add_test(tests, one_search_has_one_address_and_tag);
    tcase_add_test(tests, hostile_syntax_is_only_ever_words);
    return tests;
}
