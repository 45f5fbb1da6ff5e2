/* SPDX-License-Identifier: MIT */
/* Requests against a snapshot of the small dataset: which answer comes, under which address and tag, and what goes
 * wrong. */
#include <stdio.h>

#include "serve_fixture.h"

static struct snapshot *snapshot;
static struct config config;

static void open_it(void)
{
    struct err err = {0};
    config =
        (struct config){.cache_bytes = 1024 * 1024, .public_url = "", .security_contact = "", .security_expires = ""};
    fixture_write("first");
    ck_assert_msg(snapshot_open(fixture_path(), &config, 2, &snapshot, &err), "%s", err.text);
}

static void close_it(void)
{
    snapshot_free(snapshot);
    fixture_remove();
}

/* A request, its status, and the answer's own address. */
static const struct {
    const char *target, *accept;
    unsigned status;
    const char *address;
    enum media media;
} answers[] = {
    {"/", NULL, 200, "/", MEDIA_TEXT},
    {"/", "text/html, */*;q=0.1", 200, "/", MEDIA_HTML},
    {"/", "application/json", 406, "", MEDIA_PROBLEM},
    {"/be", NULL, 200, "/BE", MEDIA_TEXT},
    {"/BEL", "text/html", 200, "/BE.html", MEDIA_HTML},
    {"/056.html", NULL, 200, "/BE.html", MEDIA_HTML},
    {"/el", NULL, 200, "/GR", MEDIA_TEXT},
    {"/el", "text/html", 406, "", MEDIA_HTML}, /* the fixture has no such page */
    {"/zz", NULL, 404, "", MEDIA_TEXT},
    {"/zz", "application/json", 404, "", MEDIA_PROBLEM},
    {"/v1", NULL, 200, "/v1", MEDIA_JSON},
    {"/v1.json", "text/csv", 200, "/v1", MEDIA_JSON},
    {"/v1", "text/csv", 406, "", MEDIA_PROBLEM},
    {"/v1.csv", NULL, 406, "", MEDIA_PROBLEM},
    {"/v1/countries", NULL, 200, "/v1/countries", MEDIA_JSON},
    {"/v1/countries", "text/csv", 200, "/v1/countries.csv", MEDIA_CSV},
    {"/v1/countries.csv", "application/json", 200, "/v1/countries.csv", MEDIA_CSV},
    {"/v1/countries.ndjson", NULL, 200, "/v1/countries.ndjson", MEDIA_NDJSON}, /* not stored, so made */
    {"/v1/countries.pdf", NULL, 406, "", MEDIA_PROBLEM},
    {"/v1/countries?sort=name", NULL, 200, "/v1/countries", MEDIA_JSON},
    {"/v1/countries?pretty=1", NULL, 200, "/v1/countries?pretty=1", MEDIA_JSON},
    {"/v1/countries.csv?pretty=1", NULL, 400, "", MEDIA_PROBLEM},
    {"/v1/countries?group=eu", NULL, 200, "/v1/countries?group=eu", MEDIA_JSON},
    {"/v1/countries?code=el,056", "text/csv", 200, "/v1/countries.csv?code=BE,GR", MEDIA_CSV},
    {"/v1/countries?code=QQ", NULL, 400, "", MEDIA_PROBLEM},
    {"/v1/countries?colour=red", "text/plain", 400, "", MEDIA_TEXT},
    {"/v1/countries/grc", NULL, 200, "/v1/countries/GR", MEDIA_JSON},
    {"/v1/countries/BE", "text/plain", 200, "/v1/countries/BE.txt", MEDIA_TEXT},
    {"/v1/countries/BE.txt?limit=1", NULL, 400, "", MEDIA_TEXT},
    {"/v1/countries/QQ", NULL, 404, "", MEDIA_PROBLEM},
    {"/v1/countries/bel/certs.csv", NULL, 200, "/v1/countries/BE/certs.csv", MEDIA_CSV},
    {"/v1/countries/", NULL, 404, "", MEDIA_PROBLEM},
    {"/v1/certs/new-team", NULL, 200, "/v1/certs/new-team", MEDIA_JSON},
    {"/v1/certs/NEW-TEAM", NULL, 404, "", MEDIA_PROBLEM},
    {"/v1/certs/old-team", NULL, 308, "", MEDIA_COUNT},
    {"/v1/certs", NULL, 200, "/v1/certs", MEDIA_JSON}, /* nothing stored: an empty list */
    {"/v1/sources/src", NULL, 200, "/v1/sources/src", MEDIA_JSON},
    {"/v1/sources/srd", NULL, 404, "", MEDIA_PROBLEM},
    {"/problems/bad-value", "*/*", 200, "/problems/bad-value", MEDIA_TEXT},
    {"/problems/bad-value.json", "*/*", 200, "/problems/bad-value.json", MEDIA_JSON},
    {"/openapi.json", "text/html", 200, "/openapi.json", MEDIA_OPENAPI},
    {"/schemas/answer/country.json", NULL, 200, "/schemas/answer/country.json", MEDIA_SCHEMA},
    {"/schemas/answer/none.json", NULL, 404, "", MEDIA_PROBLEM},
    {"/.well-known/api-catalog", NULL, 200, "/.well-known/api-catalog", MEDIA_LINKSET},
    {"/.well-known/security.txt", NULL, 404, "", MEDIA_TEXT},
    {"/nothing/here", NULL, 404, "", MEDIA_PROBLEM},
    {"*", NULL, 400, "", MEDIA_PROBLEM},
};

START_TEST(each_request_gets_its_answer_under_its_own_address)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", answers[_i].target, answers[_i].accept);
    ck_assert_msg(outcome.status == answers[_i].status, "%s: %u %s", answers[_i].target, outcome.status,
                  outcome_body(&outcome));
    ck_assert_str_eq(outcome_address(&outcome), answers[_i].address);
    enum media media = outcome.ready != NULL  ? outcome.ready->media
                       : outcome.made != NULL ? outcome.made->media
                                              : MEDIA_COUNT;
    ck_assert_int_eq(media, answers[_i].media);
    ck_assert_int_eq(outcome.fault != FAULT_NONE, outcome.status >= 400);
    outcome_done(&outcome);
}
END_TEST

START_TEST(an_address_asked_for_by_itself_gives_the_same_answer)
{
    if (answers[_i].status != 200 || strcmp(answers[_i].target, "/") == 0)
        return;
    struct outcome first = fixture_ask(snapshot, "GET", answers[_i].target, answers[_i].accept);
    struct outcome second = fixture_ask(snapshot, "HEAD", answers[_i].address, NULL);
    ck_assert_uint_eq(second.status, 200);
    ck_assert_str_eq(outcome_body(&first), outcome_body(&second));
    ck_assert_str_eq(outcome_etag(&first), outcome_etag(&second));
    outcome_done(&first);
    outcome_done(&second);
}
END_TEST

/* Pairs of targets that ask the same. */
static const char *const same[][2] = {
    {"/v1/countries?code=EL,BEL", "/v1/countries?code=be,gr,056"},
    {"/v1/countries?limit=2&group=eu", "/v1/countries.json?gr%6Fup=eu,eu&limit=2"},
    {"/v1/countries?q=greece&sort=name", "/v1/countries?q=+greece+"},
    {"/v1/countries/el?pretty=1", "/v1/countries/GRC.json?pretty=1"},
    {"/v1/countries", "/v1/countries?sort=name"},
};

START_TEST(two_spellings_of_one_question_give_the_same_bytes_and_tag)
{
    struct outcome first = fixture_ask(snapshot, "GET", same[_i][0], NULL);
    struct outcome second = fixture_ask(snapshot, "GET", same[_i][1], NULL);
    ck_assert_uint_eq(first.status, 200);
    ck_assert_str_eq(outcome_body(&first), outcome_body(&second));
    ck_assert_str_eq(outcome_etag(&first), outcome_etag(&second));
    ck_assert_str_eq(outcome_address(&first), outcome_address(&second));
    outcome_done(&first);
    outcome_done(&second);
}
END_TEST

/* Lists and their bodies. */
static const struct {
    const char *target, *body;
} lists[] = {
    {"/v1/countries?group=eu", "{\"data\":[{\"code\":\"BE\"},{\"code\":\"GR\"}],\"meta\":{\"total\":2,\"count\":2,"
                               "\"complete\":true},\"links\":{\"self\":\"/v1/countries?group=eu\"}}\n"},
    {"/v1/countries?sort=-name", "{\"data\":[{\"code\":\"XK\"},{\"code\":\"GR\"},{\"code\":\"BE\"}],\"meta\":{"
                                 "\"total\":3,\"count\":3,\"complete\":true},"
                                 "\"links\":{\"self\":\"/v1/countries?sort=-name\"}}\n"},
    {"/v1/countries?group=efta", "{\"data\":[],\"meta\":{\"total\":0,\"count\":0,\"complete\":true},"
                                 "\"links\":{\"self\":\"/v1/countries?group=efta\"}}\n"},
    {"/v1/countries.ndjson?q=kos", "{\"code\":\"XK\"}\n"},
    {"/v1/countries.ndjson?code=XK,BE", "{\"code\":\"BE\"}\n{\"code\":\"XK\"}\n"},
    {"/v1/countries.ndjson?code=XK&group=eu", ""},
};

START_TEST(lists_hold_what_meets_every_filter_in_the_order_asked_for)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", lists[_i].target, NULL);
    ck_assert_uint_eq(outcome.status, 200);
    ck_assert_str_eq(outcome_body(&outcome), lists[_i].body);
    outcome_done(&outcome);
}
END_TEST

START_TEST(pages_lead_through_the_whole_list_once)
{
    char target[256] = "/v1/countries.ndjson?limit=1&sort=-name";
    char seen[256] = "";
    for (size_t page = 0; page < 3; page++) {
        struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
        ck_assert_msg(outcome.status == 200, "%s: %s", target, outcome_body(&outcome));
        (void)snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "%s", outcome_body(&outcome));
        const char *next = strstr(outcome.made->link, "; rel=\"next\"");
        ck_assert_int_eq(next != NULL, page < 2);
        if (next != NULL)
            (void)snprintf(target, sizeof(target), "%.*s", (int)(next - outcome.made->link - 2),
                           outcome.made->link + 1);
        outcome_done(&outcome);
    }
    ck_assert_str_eq(seen, "{\"code\":\"XK\"}\n{\"code\":\"GR\"}\n{\"code\":\"BE\"}\n");
}
END_TEST

START_TEST(a_cursor_beyond_the_end_or_of_another_revision_is_refused)
{
    char cursor[CURSOR_SIZE];
    char target[128];
    static const struct {
        const char *revision;
        uint32_t place;
        unsigned status;
    } rows[] = {{NULL, 2, 200}, {NULL, 3, 400}, {NULL, 4000000000U, 400}, {"000000000000", 1, 410}};
    const char *revision = rows[_i].revision == NULL ? snapshot_revision(snapshot) : rows[_i].revision;
    cursor_write(revision, "/v1/countries?", rows[_i].place, cursor);
    (void)snprintf(target, sizeof(target), "/v1/countries?cursor=%s", cursor);
    struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
    ck_assert_uint_eq(outcome.status, rows[_i].status);
    outcome_done(&outcome);
}
END_TEST

START_TEST(pretty_changes_white_space_only)
{
    static const char *const targets[][2] = {{"/v1/countries", "/v1/countries?pretty=1"},
                                             {"/v1/countries?group=eu", "/v1/countries?group=eu&pretty=1"},
                                             {"/v1/countries?limit=1", "/v1/countries?limit=1&pretty=1"}};
    struct outcome plain = fixture_ask(snapshot, "GET", targets[_i][0], NULL);
    struct outcome pretty = fixture_ask(snapshot, "GET", targets[_i][1], NULL);
    const char *a = outcome_body(&plain);
    ck_assert_uint_eq(pretty.status, 200);
    for (const char *b = outcome_body(&pretty); *b != '\0'; b++) {
        if (*b == ' ' || *b == '\n')
            continue;
        ck_assert_int_eq(*a, *b);
        a++;
    }
    ck_assert_str_eq(a, "\n");
    ck_assert_str_ne(outcome_etag(&plain), outcome_etag(&pretty));
    outcome_done(&plain);
    outcome_done(&pretty);
}
END_TEST

/* A method and a target; the status and Allow. */
static const struct {
    const char *method, *target;
    unsigned status;
} methods[] = {
    {"HEAD", "/v1", 200},         {"OPTIONS", "/v1", 204},     {"OPTIONS", "*", 204},
    {"OPTIONS", "/v1/none", 404}, {"POST", "/v1", 405},        {"DELETE", "/v1/countries/BE", 405},
    {"POST", "/v1/none", 404},    {"BREW", "/v1", 501},        {"BREW", "/v1/none", 501},
    {"get", "/v1", 501},          {"PROPFIND", "/v1/", 404},   {"TRACE", "/", 405},
    {"CONNECT", "/v1", 405},      {"OPTIONS", "/v1/%zz", 400},
};

START_TEST(route_tells_405_from_404_and_both_from_501)
{
    struct outcome outcome = fixture_ask(snapshot, methods[_i].method, methods[_i].target, NULL);
    ck_assert_uint_eq(outcome.status, methods[_i].status);
    if (outcome.status == 204 || outcome.status == 405)
        ck_assert_str_eq(outcome.allow, "GET, HEAD, OPTIONS");
    else
        ck_assert_ptr_null(outcome.allow);
    outcome_done(&outcome);
}
END_TEST

START_TEST(a_former_id_leads_to_the_new_address_with_suffix_and_query)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/certs/old-team.json?pretty=1", NULL);
    ck_assert_uint_eq(outcome.status, 308);
    ck_assert_str_eq(outcome.location, "/v1/certs/new-team.json?pretty=1");
    ck_assert_ptr_null(outcome.made);
    outcome = fixture_ask(snapshot, "GET", "/v1/certs/old-team.a%20b%3Fc", NULL);
    ck_assert_str_eq(outcome.location, "/v1/certs/new-team");
}
END_TEST

START_TEST(an_unknown_id_names_the_nearest)
{
    static const char *const rows[][2] = {{"/v1/certs/new-taem", "new-team"},
                                          {"/v1/sources/scr", "src"},
                                          {"/v1/countries/BX", "BE"},
                                          {"/v1/countries/kosovo/certs", "XK"},
                                          {"/v1/contries.csv", "/v1/countries"}};
    char wanted[64];
    (void)snprintf(wanted, sizeof(wanted), "\"did_you_mean\":\"%s\"", rows[_i][1]);
    struct outcome outcome = fixture_ask(snapshot, "GET", rows[_i][0], NULL);
    ck_assert_uint_eq(outcome.status, 404);
    ck_assert_msg(strstr(outcome_body(&outcome), wanted) != NULL, "%s", outcome_body(&outcome));
    outcome_done(&outcome);
}
END_TEST

START_TEST(a_tag_that_is_known_gives_304_for_ready_and_made_answers)
{
    static const char *const targets[] = {"/v1/countries", "/v1/countries?group=eu", "/be", "/v1?pretty=1"};
    struct outcome first = fixture_ask(snapshot, "GET", targets[_i], NULL);
    struct outcome again;
    struct request request = {.method = "GET", .target = targets[_i], .if_none_match = outcome_etag(&first)};
    serve_request(snapshot, &request, &again);
    ck_assert_uint_eq(again.status, 304);
    ck_assert_str_eq(outcome_etag(&again), outcome_etag(&first));
    outcome_done(&again);
    request.if_none_match = "\"other\"";
    serve_request(snapshot, &request, &again);
    ck_assert_uint_eq(again.status, 200);
    outcome_done(&again);
    request = (struct request){.method = "GET", .target = "/v1/none", .if_none_match = "*"};
    serve_request(snapshot, &request, &again);
    ck_assert_uint_eq(again.status, 404);
    outcome_done(&again);
    outcome_done(&first);
}
END_TEST

START_TEST(codings_are_representations_of_their_own)
{
    static const struct {
        const char *target, *field;
        unsigned status;
        const char *in_body;
    } rows[] = {{"/v1/countries", "gzip, br", 200, "\"coding\":\"br\""},
                {"/v1/countries/BE", "gzip, br", 200, "\"coding\":\"gzip\""},
                {"/v1/countries/BE.txt", "gzip, br", 200, "\"coding\":\"identity\""},
                {"/v1/countries/BE.txt", "gzip, identity;q=0", 406, "not-acceptable"},
                {"/v1/countries?group=eu", "gzip", 200, "\"total\":2"},
                {"/v1/countries?group=eu", "gzip, *;q=0", 406, "not-acceptable"}};
    struct outcome outcome;
    const struct request request = {.method = "GET", .target = rows[_i].target, .accept_encoding = rows[_i].field};
    serve_request(snapshot, &request, &outcome);
    ck_assert_uint_eq(outcome.status, rows[_i].status);
    ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), rows[_i].in_body));
    outcome_done(&outcome);
}
END_TEST

START_TEST(links_name_the_other_forms_and_the_schema)
{
    CLEANUP(buf_done) struct buf links;
    buf_init(&links, 4096);
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/countries/BE", NULL);
    representation_links(outcome.ready, &links);
    ck_assert_str_eq(links.data,
                     "</v1/countries/BE.txt>; rel=\"alternate\"; type=\"text/plain\", "
                     "</v1/countries/BE.md>; rel=\"alternate\"; type=\"text/markdown\", "
                     "</schemas/answer/country.json>; rel=\"describedby\"; type=\"application/schema+json\"");
    outcome = fixture_ask(snapshot, "GET", "/v1/countries.csv?group=eu", NULL);
    ck_assert_ptr_nonnull(strstr(outcome.made->link, "</v1/countries?group=eu>; rel=\"alternate\""));
    ck_assert_ptr_null(strstr(outcome.made->link, "describedby"));
    outcome_done(&outcome);
    outcome = fixture_ask(snapshot, "GET", "/v1/scores.geojson?countries=BE", NULL);
    ck_assert_ptr_nonnull(strstr(outcome.made->link, "</schemas/answer/scores-geojson.json>; rel=\"describedby\""));
    outcome_done(&outcome);
}
END_TEST

START_TEST(security_txt_is_there_only_with_contact_and_expiry)
{
    struct err err = {0};
    struct snapshot *other = NULL;
    config.public_url = "https://atlas.example";
    config.security_contact = "mailto:security@atlas.example";
    config.security_expires = "2027-01-01T00:00:00Z";
    ck_assert(snapshot_open(fixture_path(), &config, 1, &other, &err));
    struct outcome outcome = fixture_ask(other, "GET", "/.well-known/security.txt", NULL);
    ck_assert_str_eq(outcome_body(&outcome), "Contact: mailto:security@atlas.example\nExpires: 2027-01-01T00:00:00Z\n"
                                             "Preferred-Languages: en\n"
                                             "Canonical: https://atlas.example/.well-known/security.txt\n");
    outcome = fixture_ask(other, "GET", "/.well-known/api-catalog", NULL);
    ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), "\"href\":\"https://atlas.example/openapi.json\""));
    snapshot_free(other);
}
END_TEST

START_TEST(a_missing_dataset_is_an_error_and_nothing_else)
{
    struct err err = {0};
    struct snapshot *other = NULL;
    ck_assert(!snapshot_open("/nonexistent/atlas.db", &config, 1, &other, &err));
    ck_assert_ptr_null(other);
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    ck_assert_str_ne(err.text, "");
}
END_TEST

START_TEST(an_answer_made_outlives_its_snapshot_and_its_place_in_the_cache)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/countries?group=eu", NULL);
    struct outcome again = fixture_ask(snapshot, "GET", "/v1/countries?group=eu", NULL);
    struct snapshot_figures figures = snapshot_figures(snapshot);
    ck_assert_ptr_eq(outcome.made, again.made);
    ck_assert_uint_eq(figures.cache_hits, 1);
    ck_assert_uint_eq(figures.cache_misses, 1);
    ck_assert_uint_eq(figures.cache_entries, 1);
    outcome_done(&again);
    snapshot_free(snapshot);
    snapshot = NULL;
    ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), "\"total\":2"));
    outcome_done(&outcome);
}
END_TEST

TCase *serve_answer_cases(void)
{
    TCase *tests = tcase_create("answers");
    tcase_add_checked_fixture(tests, open_it, close_it);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, each_request_gets_its_answer_under_its_own_address, 0, COUNT_OF(answers));
    tcase_add_loop_test(tests, an_address_asked_for_by_itself_gives_the_same_answer, 0, COUNT_OF(answers));
    tcase_add_loop_test(tests, two_spellings_of_one_question_give_the_same_bytes_and_tag, 0, COUNT_OF(same));
    tcase_add_loop_test(tests, lists_hold_what_meets_every_filter_in_the_order_asked_for, 0, COUNT_OF(lists));
    tcase_add_test(tests, pages_lead_through_the_whole_list_once);
    tcase_add_loop_test(tests, a_cursor_beyond_the_end_or_of_another_revision_is_refused, 0, 4);
    tcase_add_loop_test(tests, pretty_changes_white_space_only, 0, 3);
    tcase_add_loop_test(tests, route_tells_405_from_404_and_both_from_501, 0, COUNT_OF(methods));
    tcase_add_test(tests, a_former_id_leads_to_the_new_address_with_suffix_and_query);
    tcase_add_loop_test(tests, an_unknown_id_names_the_nearest, 0, 5);
    tcase_add_loop_test(tests, a_tag_that_is_known_gives_304_for_ready_and_made_answers, 0, 4);
    tcase_add_loop_test(tests, codings_are_representations_of_their_own, 0, 6);
    tcase_add_test(tests, links_name_the_other_forms_and_the_schema);
    tcase_add_test(tests, security_txt_is_there_only_with_contact_and_expiry);
    tcase_add_test(tests, a_missing_dataset_is_an_error_and_nothing_else);
    tcase_add_test(tests, an_answer_made_outlives_its_snapshot_and_its_place_in_the_cache);
    return tests;
}
