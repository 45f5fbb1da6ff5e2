/* SPDX-License-Identifier: MIT */
/* Addresses: targets taken apart, routes found, queries read; and the runner of all of serve's cases. */
#include <stdio.h>

#include "cyberatlas/base/embedded.h"
#include "run_suites.h"
#include "serve_fixture.h"

/* A target, the template it must match (NULL: the fault's status tells), what stands in the braces, the suffix. */
static const struct {
    const char *target, *route, *id, *suffix;
    unsigned status;
    const char *nearest;
} routes[] = {
    {"/", "/", "", "", 0, ""},
    {"/?x=1", "/", "", "", 0, ""},
    {"http://example.org/v1", "/v1", "", "", 0, ""},
    {"HTTPS://example.org", "/", "", "", 0, ""},
    {"http://example.org?x=1", "/", "", "", 0, ""},
    {"/v1.json", "/v1", "", ".json", 0, ""},
    {"/be", "/{code}", "be", "", 0, ""},
    {"/bel.txt", "/{code}", "bel", ".txt", 0, ""},
    {"/056", "/{code}", "056", "", 0, ""},
    {"/b1", NULL, NULL, NULL, 404, "/v1"},
    {"/12", NULL, NULL, NULL, 404, ""},
    {"/abcd", NULL, NULL, NULL, 404, ""},
    {"/v1/countries.csv", "/v1/countries", "", ".csv", 0, ""},
    {"/v1/countries/B%45.json", "/v1/countries/{code}", "BE", ".json", 0, ""},
    {"/v1/countries/BE%2Ecsv", "/v1/countries/{code}", "BE", ".csv", 0, ""},
    {"/v1/countries/BE.stix.json", "/v1/countries/{code}", "BE", ".stix.json", 0, ""},
    {"/v1/countries/BE/certs.csv", "/v1/countries/{code}/certs", "BE", ".csv", 0, ""},
    {"/v1/countries/B.E/certs", "/v1/countries/{code}/certs", "B.E", "", 0, ""},
    {"/openapi.json", "/openapi.json", "", "", 0, ""},
    {"/openapi.json.json", NULL, NULL, NULL, 404, "/openapi.json"},
    {"/schemas/answer/country.json", "/schemas/answer/{name}", "country.json", "", 0, ""},
    {"/schemas/seed/cert.json", "/schemas/seed/{name}", "cert.json", "", 0, ""},
    {"/schemas/answers/country.json", NULL, NULL, NULL, 404, "/schemas/answer/country.json"},
    {"/.well-known/security.txt", "/.well-known/security.txt", "", "", 0, ""},
    {"/problems/bad-value.html", "/problems/{id}", "bad-value", ".html", 0, ""},
    {"//", NULL, NULL, NULL, 404, "/"},
    {"/.html", NULL, NULL, NULL, 404, ""},
    {"/v1/", NULL, NULL, NULL, 404, "/v1"},
    {"/v1/countries/be/", NULL, NULL, NULL, 404, "/v1/countries/be"},
    {"/v1/countries//certs", NULL, NULL, NULL, 404, ""},
    {"/v1/countries/..", NULL, NULL, NULL, 404, "/v1/countries"},
    {"/v1/contries", NULL, NULL, NULL, 404, "/v1/countries"},
    {"/v1/countries/BE/asessments", NULL, NULL, NULL, 404, "/v1/countries/BE/assessments"},
    {"/v1/countries/BE/certs/more", NULL, NULL, NULL, 404, "/v1/countries/BE/certs"},
    {"/a/b/c/d/e/f/g/h/i/j", NULL, NULL, NULL, 404, ""},
    {"/../v1", NULL, NULL, NULL, 404, ""},
    {"v1", NULL, NULL, NULL, 400, ""},
    {"", NULL, NULL, NULL, 400, ""},
    {"*", NULL, NULL, NULL, 400, ""},
    {"/v1#x", NULL, NULL, NULL, 400, ""},
    {"/v1 ", NULL, NULL, NULL, 400, ""},
    {"/v1/\x80", NULL, NULL, NULL, 400, ""},
    {"/v1/%", NULL, NULL, NULL, 400, ""},
    {"/v1/%4", NULL, NULL, NULL, 400, ""},
    {"/v1/%zz", NULL, NULL, NULL, 400, ""},
    {"/v1/%00", NULL, NULL, NULL, 400, ""},
    {"/v1/%0a", NULL, NULL, NULL, 400, ""},
    {"/v1/%7f", NULL, NULL, NULL, 400, ""},
    {"/v1%2Fcountries", NULL, NULL, NULL, 400, ""},
    {"/v1/%C3", NULL, NULL, NULL, 400, ""},
    {"/v1/%C0%AF", NULL, NULL, NULL, 400, ""},
    {"/v1/sources/caf%C3%A9", "/v1/sources/{id}", "caf\xC3\xA9", "", 0, ""},
};

START_TEST(routes_are_found_or_told_why_not)
{
    struct target target;
    struct match match = {0};
    struct fault fault = {0};
    bool found = target_split(routes[_i].target, &target, &fault) && route_find(&target, &match, &fault);
    ck_assert_msg(found == (routes[_i].route != NULL), "%s: %s", routes[_i].target, fault.detail);
    if (!found) {
        ck_assert_uint_eq(fault_table[fault.kind].status, routes[_i].status);
        ck_assert_str_eq(fault.nearest, routes[_i].nearest);
        return;
    }
    ck_assert_str_eq(match.route->path, routes[_i].route);
    ck_assert_uint_eq(match.id == NULL ? 0 : match.id_len, strlen(routes[_i].id));
    ck_assert_int_eq(strncmp(match.id == NULL ? "" : match.id, routes[_i].id, match.id_len), 0);
    ck_assert_str_eq(match.suffix, routes[_i].suffix);
}
END_TEST

START_TEST(every_document_kind_has_a_route_and_every_route_but_healthz_a_media_type)
{
    for (size_t i = 0; i < document_kind_count; i++) {
        bool found = strncmp(document_kinds[i].path, "/schemas/", 9) == 0;
        for (size_t k = 0; k < route_count; k++)
            found = found || route_same(route_table[k].path, document_kinds[i].path);
        ck_assert_msg(found, "no route for %s", document_kinds[i].path);
    }
    for (size_t i = 0; i < route_count; i++) {
        enum media medias[MEDIA_COUNT];
        bool bare = strcmp(route_table[i].path, "/healthz") == 0;
        ck_assert_msg((route_medias(&route_table[i], medias) == 0) == bare, "media types of %s", route_table[i].path);
        if (route_table[i].list != NULL)
            ck_assert_str_eq(list_kind_find(route_table[i].list)->path, route_table[i].path);
    }
}
END_TEST

START_TEST(every_schema_that_a_route_names_is_part_of_the_program)
{
    for (size_t i = 0; i < route_count; i++) {
        char name[64];
        (void)snprintf(name, sizeof(name), "api/schemas/answer/%s.json", route_table[i].schema);
        ck_assert_msg(route_table[i].schema == NULL || embedded_find(name) != NULL, "there is no %s", name);
        ck_assert_msg(route_table[i].schema != NULL || !route_has(&route_table[i], MEDIA_JSON), "%s lacks its schema",
                      route_table[i].path);
        (void)snprintf(name, sizeof(name), "api/schemas/answer/%s-geojson.json", route_table[i].schema);
        ck_assert_msg(!route_has(&route_table[i], MEDIA_GEOJSON) || embedded_find(name) != NULL, "there is no %s",
                      name);
    }
}
END_TEST

START_TEST(the_longest_target_is_taken_and_one_byte_more_is_not)
{
    char raw[SERVE_TARGET_BYTES + 2];
    struct target target;
    struct fault fault = {0};
    memset(raw, 'a', sizeof(raw));
    raw[0] = '/';
    raw[SERVE_TARGET_BYTES] = '\0';
    ck_assert(target_split(raw, &target, &fault));
    raw[SERVE_TARGET_BYTES] = 'a';
    raw[SERVE_TARGET_BYTES + 1] = '\0';
    ck_assert(!target_split(raw, &target, &fault));
    ck_assert_int_eq(fault.kind, FAULT_URI_TOO_LONG);
}
END_TEST

static const struct {
    const char *method;
    enum method kind;
} methods[] = {{"GET", METHOD_GET},     {"HEAD", METHOD_GET},    {"OPTIONS", METHOD_OPTIONS}, {"POST", METHOD_OTHER},
               {"QUERY", METHOD_OTHER}, {"get", METHOD_UNKNOWN}, {"BREW", METHOD_UNKNOWN},    {"", METHOD_UNKNOWN},
               {"PRI", METHOD_OTHER},   {"GETX", METHOD_UNKNOWN}};

START_TEST(methods_are_known_by_their_exact_names)
{
    ck_assert_int_eq(method_of(methods[_i].method), methods[_i].kind);
}
END_TEST

/* A query of /v1/countries and its canonical text, or (NULL) the kind of fault, the parameter and what is near. */
static const struct {
    const char *raw, *text;
    enum fault_kind kind;
    const char *parameter, *nearest;
} queries[] = {
    {NULL, "", FAULT_NONE, "", ""},
    {"", "", FAULT_NONE, "", ""},
    {"sort=name", "", FAULT_NONE, "", ""},
    {"sort=-name", "sort=-name", FAULT_NONE, "", ""},
    {"group=eu", "group=eu", FAULT_NONE, "", ""},
    {"group=eu,efta,eu", "group=efta,eu", FAULT_NONE, "", ""},
    {"group=eu%2Cefta", "group=efta,eu", FAULT_NONE, "", ""},
    {"gr%6fup=e%75", "group=eu", FAULT_NONE, "", ""},
    {"code=el,300,GRC,gr,bel", "code=BE,GR", FAULT_NONE, "", ""},
    {"limit=10&group=eu", "group=eu&limit=10", FAULT_NONE, "", ""},
    {"pretty=1&code=BE", "code=BE&pretty=1", FAULT_NONE, "", ""},
    {"has=profile", "has=profile", FAULT_NONE, "", ""},
    {"q=+cyber++s%C3%A9curit%C3%A9+", "q=cyber%20s%C3%A9curit%C3%A9", FAULT_NONE, "", ""},
    {"limit=1000", "limit=1000", FAULT_NONE, "", ""},
    {"limit=1001", NULL, FAULT_BAD_VALUE, "limit", ""},
    {"limit=0", NULL, FAULT_BAD_VALUE, "limit", ""},
    {"limit=", NULL, FAULT_BAD_VALUE, "limit", ""},
    {"limit=-1", NULL, FAULT_BAD_VALUE, "limit", ""},
    {"limit=05", NULL, FAULT_BAD_VALUE, "limit", ""},
    {"limit=99999999999999999999", NULL, FAULT_BAD_VALUE, "limit", ""},
    {"sort=nane", NULL, FAULT_BAD_VALUE, "sort", "name"},
    {"group=", NULL, FAULT_BAD_VALUE, "group", ""},
    {"group", NULL, FAULT_BAD_VALUE, "group", ""},
    {"group=eu,", NULL, FAULT_BAD_VALUE, "group", ""},
    {"group=EU", NULL, FAULT_BAD_VALUE, "group", "eu"},
    {"code=BEX", NULL, FAULT_BAD_VALUE, "code", "BE"},
    {"code=Belgium", NULL, FAULT_BAD_VALUE, "code", ""},
    {"has=profil", NULL, FAULT_BAD_VALUE, "has", "profile"},
    {"pretty=yes", NULL, FAULT_BAD_VALUE, "pretty", ""},
    {"q=", NULL, FAULT_BAD_VALUE, "q", ""},
    {"q=++", NULL, FAULT_BAD_VALUE, "q", ""},
    {"q=!", NULL, FAULT_BAD_VALUE, "q", ""},
    {"cursor=x", NULL, FAULT_BAD_VALUE, "cursor", ""},
    {"groups=eu", NULL, FAULT_UNKNOWN_PARAMETER, "groups", "group"},
    {"colour=red", NULL, FAULT_UNKNOWN_PARAMETER, "colour", ""},
    {"=eu", NULL, FAULT_UNKNOWN_PARAMETER, "", ""},
    {"&group=eu", NULL, FAULT_UNKNOWN_PARAMETER, "", ""},
    {"group=eu&", NULL, FAULT_BAD_REQUEST, "", ""},
    {"group=eu&group=efta", NULL, FAULT_REPEATED_PARAMETER, "group", ""},
    {"group=eu&gr%6Fup=eu", NULL, FAULT_REPEATED_PARAMETER, "group", ""},
    {"facets=has,code,has", "facets=code,has", FAULT_NONE, "", ""},
    {"facets=", NULL, FAULT_BAD_VALUE, "facets", ""},
    {"facets=groups", NULL, FAULT_BAD_VALUE, "facets", "group"},
    {"group=%", NULL, FAULT_BAD_REQUEST, "", ""},
    {"group=%00", NULL, FAULT_BAD_REQUEST, "", ""},
    {"q=%FF", NULL, FAULT_BAD_REQUEST, "", ""},
};

static struct catalog catalog;

static const struct {
    const char *text, *code;
} spellings[] = {{"BE", "BE"}, {"BEL", "BE"}, {"056", "BE"}, {"GR", "GR"}, {"GRC", "GR"}, {"300", "GR"}, {"EL", "GR"}};

static void set_up_catalog(void)
{
    catalog = (struct catalog){.arena = arena_new(1024 * 1024), .revision = "0123456789ab"};
    for (size_t i = 0; i < COUNT_OF(spellings); i++)
        ck_assert(catalog_add_country(&catalog, spellings[i].text, spellings[i].code));
    ck_assert(catalog_add_allowed(&catalog, "countries", "group", "eu"));
    ck_assert(catalog_add_allowed(&catalog, "countries", "group", "efta"));
    ck_assert(catalog_add_allowed(&catalog, "countries", "has", "profile")); /* as a dataset has it too */
    ck_assert(catalog_add_allowed(&catalog, "certs", "type", "nren"));
    catalog_sort(&catalog);
}

static void tear_down_catalog(void)
{
    arena_free(catalog.arena);
    catalog_done(&catalog);
}

static const struct route *route_at(const char *path)
{
    for (size_t i = 0; i < route_count; i++)
        if (strcmp(route_table[i].path, path) == 0)
            return &route_table[i];
    ck_abort_msg("no route %s", path);
}

START_TEST(queries_become_canonical_or_a_fault_that_names_the_parameter)
{
    CLEANUP(query_done) struct query query;
    struct fault fault = {0};
    bool good = query_read(queries[_i].raw, route_at("/v1/countries"), &catalog, &query, &fault);
    ck_assert_msg(good == (queries[_i].text != NULL), "%s: %s", queries[_i].raw, fault.detail);
    ck_assert_int_eq(fault.kind, queries[_i].kind);
    ck_assert_str_eq(fault.parameter, queries[_i].parameter);
    ck_assert_str_eq(fault.nearest, queries[_i].nearest);
    if (!good)
        return;
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, QUERY_TEXT_BYTES);
    query_text(&query, NULL, QUERY_WHOLE, &text);
    ck_assert_str_eq(text.len == 0 ? "" : text.data, queries[_i].text);
}
END_TEST

START_TEST(a_canonical_query_reads_back_as_itself)
{
    if (queries[_i].text == NULL)
        return;
    CLEANUP(query_done) struct query query;
    CLEANUP(buf_done) struct buf text;
    struct fault fault = {0};
    buf_init(&text, QUERY_TEXT_BYTES);
    ck_assert(query_read(queries[_i].text, route_at("/v1/countries"), &catalog, &query, &fault));
    query_text(&query, NULL, QUERY_WHOLE, &text);
    ck_assert_str_eq(text.len == 0 ? "" : text.data, queries[_i].text);
}
END_TEST

START_TEST(documents_take_pretty_and_nothing_else)
{
    CLEANUP(query_done) struct query query;
    struct fault fault = {0};
    ck_assert(query_read("pretty=1", route_at("/v1/countries/{code}"), &catalog, &query, &fault));
    query_done(&query);
    ck_assert(!query_read("limit=1", route_at("/v1/countries/{code}"), &catalog, &query, &fault));
    ck_assert_str_eq(fault.allowed, "pretty");
    query_done(&query);
    ck_assert(!query_read("pretty=1", route_at("/{code}"), &catalog, &query, &fault));
    ck_assert_str_eq(fault.allowed, "");
}
END_TEST

START_TEST(a_filter_takes_at_most_its_ceiling_of_values)
{
    CLEANUP(query_done) struct query query;
    struct fault fault = {0};
    char raw[SERVE_TARGET_BYTES] = "group=eu";
    for (size_t i = 1; i < STORE_VALUES; i++)
        memcpy(raw + 8 + 3 * (i - 1), ",eu", 4);
    ck_assert(query_read(raw, route_at("/v1/countries"), &catalog, &query, &fault));
    ck_assert_uint_eq(query.filters[0].count, 1);
    query_done(&query);
    memcpy(raw + strlen(raw), ",eu", 4);
    ck_assert(!query_read(raw, route_at("/v1/countries"), &catalog, &query, &fault));
    ck_assert_int_eq(fault.kind, FAULT_BAD_VALUE);
}
END_TEST

START_TEST(each_allowed_word_stands_once)
{
    CLEANUP(query_done) struct query query;
    struct fault fault = {0};
    ck_assert(!query_read("has=none", route_at("/v1/countries"), &catalog, &query, &fault));
    const char *first = strstr(fault.allowed, "profile");
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(strstr(first + 1, "profile"));
}
END_TEST

START_TEST(allowed_words_that_do_not_fit_are_left_out_whole)
{
    struct fault fault = {0};
    bool full = false;
    for (size_t i = 0; i < 200; i++)
        fault_allow(&fault, "word", &full);
    ck_assert(full);
    ck_assert_str_eq(fault.allowed, "");
}
END_TEST

START_TEST(the_route_table_prints_as_lines_and_as_json)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    ck_assert(routes_print(false, out));
    ck_assert_int_eq(fclose(out), 0);
    size_t lines = 0;
    for (const char *c = text; *c != '\0'; c++)
        lines += *c == '\n' ? 1 : 0;
    ck_assert_uint_eq(lines, route_count);
    ck_assert_ptr_nonnull(strstr(text, "code,group,region,has,q,sort,limit,cursor,fields,facets,pretty"));
    free(text);
    out = open_memstream(&text, &len);
    ck_assert(routes_print(true, out));
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_ptr_nonnull(strstr(
        text, "\"media\":[\"application/json\",\"text/csv\",\"application/x-ndjson\",\"application/geo+json\"]"));
    free(text);
}
END_TEST

TCase *serve_address_cases(void)
{
    TCase *tests = tcase_create("addresses");
    tcase_add_checked_fixture(tests, set_up_catalog, tear_down_catalog);
    tcase_add_loop_test(tests, routes_are_found_or_told_why_not, 0, COUNT_OF(routes));
    tcase_add_test(tests, every_document_kind_has_a_route_and_every_route_but_healthz_a_media_type);
    tcase_add_test(tests, every_schema_that_a_route_names_is_part_of_the_program);
    tcase_add_test(tests, the_longest_target_is_taken_and_one_byte_more_is_not);
    tcase_add_loop_test(tests, methods_are_known_by_their_exact_names, 0, COUNT_OF(methods));
    tcase_add_loop_test(tests, queries_become_canonical_or_a_fault_that_names_the_parameter, 0, COUNT_OF(queries));
    tcase_add_loop_test(tests, a_canonical_query_reads_back_as_itself, 0, COUNT_OF(queries));
    tcase_add_test(tests, documents_take_pretty_and_nothing_else);
    tcase_add_test(tests, a_filter_takes_at_most_its_ceiling_of_values);
    tcase_add_test(tests, each_allowed_word_stands_once);
    tcase_add_test(tests, allowed_words_that_do_not_fit_are_left_out_whole);
    tcase_add_test(tests, the_route_table_prints_as_lines_and_as_json);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("serve");
    suite_add_tcase(suite, serve_address_cases());
    suite_add_tcase(suite, serve_negotiation_cases());
    suite_add_tcase(suite, serve_answer_cases());
    suite_add_tcase(suite, serve_hostile_cases());
    suite_add_tcase(suite, serve_list_cases());
    suite_add_tcase(suite, serve_question_cases());
    suite_add_tcase(suite, serve_asked_cases());
    suite_add_tcase(suite, serve_contact_cases());
    suite_add_tcase(suite, serve_ip_cases());
    suite_add_tcase(suite, serve_search_cases());
    suite_add_tcase(suite, serve_export_cases());
    suite_add_tcase(suite, serve_intelmq_cases());
    return run_suites((Suite *[]){suite, NULL});
}
