/* SPDX-License-Identifier: MIT */
/* What a client's header fields choose: media types, codings, tags; cursors; and what a problem says. */
#include "serve_fixture.h"

static const enum media page[] = {MEDIA_TEXT, MEDIA_HTML};
static const enum media table[] = {MEDIA_JSON, MEDIA_CSV, MEDIA_NDJSON};
static const enum media contract[] = {MEDIA_OPENAPI};

/* An Accept field, the types there are, the one chosen (MEDIA_COUNT: none). */
static const struct {
    const char *accept;
    const enum media *medias;
    size_t count;
    enum media chosen;
} accepts[] = {
    {NULL, table, 3, MEDIA_JSON},
    {"", table, 3, MEDIA_JSON},
    {" , ,", table, 3, MEDIA_JSON},
    {"*/*", table, 3, MEDIA_JSON},
    {"text/csv", table, 3, MEDIA_CSV},
    {"TEXT/CSV", table, 3, MEDIA_CSV},
    {"text/*", table, 3, MEDIA_CSV},
    {"application/*", table, 3, MEDIA_JSON},
    {"text/csv;q=0.5, application/json;q=0.4", table, 3, MEDIA_CSV},
    {"text/csv;q=0.5, */*;q=0.6", table, 3, MEDIA_JSON},
    {"text/csv, */*", table, 3, MEDIA_CSV},
    {"application/json;q=0, */*", table, 3, MEDIA_CSV},
    {"application/json;q=0.000, application/*;q=1.000, text/csv;q=0.9", table, 3, MEDIA_NDJSON},
    {"application/json ; charset=utf-8", table, 3, MEDIA_JSON},
    {"text/csv;charset=utf-8", table, 3, MEDIA_CSV},
    {"text/csv;charset=\"UTF-8\";q=0.3", table, 3, MEDIA_CSV},
    {"text/csv;charset=latin1", table, 3, MEDIA_COUNT},
    {"text/csv;header=absent, application/x-ndjson;q=0.1", table, 3, MEDIA_NDJSON},
    {"image/png", table, 3, MEDIA_COUNT},
    {"*/*;q=0", table, 3, MEDIA_COUNT},
    {"text/csv;q=2", table, 3, MEDIA_COUNT},
    {"text/csv;q=0.1234, application/json;q=0.1", table, 3, MEDIA_JSON},
    {"text/csv;q=x, application/json;q=0.1", table, 3, MEDIA_JSON},
    {"text/html;level=\"a,b\\\"c\", text/csv", table, 3, MEDIA_CSV},
    {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", table, 3, MEDIA_JSON},
    {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", page, 2, MEDIA_HTML},
    {"*/*", page, 2, MEDIA_TEXT},
    {"text/*", page, 2, MEDIA_TEXT},
    {"text/*, text/html;q=0.5", page, 2, MEDIA_TEXT},
    {"text/html;q=0.5, text/plain;q=0.4", page, 2, MEDIA_HTML},
    {"text/plain, text/html", page, 2, MEDIA_TEXT},
    {"text/plain;q=0, text/*", page, 2, MEDIA_COUNT},
    {"application/json", page, 2, MEDIA_COUNT},
    {"application/vnd.oai.openapi+json;version=3.1", contract, 1, MEDIA_OPENAPI},
    {"application/vnd.oai.openapi+json;version=2.0", contract, 1, MEDIA_COUNT},
    {";", table, 3, MEDIA_COUNT},
    {"/", table, 3, MEDIA_COUNT},
    {"\"", table, 3, MEDIA_COUNT},
};

START_TEST(accept_chooses_by_weight_then_by_how_exactly_it_names)
{
    enum media chosen = MEDIA_COUNT;
    bool found = negotiate_media(accepts[_i].accept, accepts[_i].medias, accepts[_i].count, &chosen);
    ck_assert_int_eq(found, accepts[_i].chosen != MEDIA_COUNT);
    ck_assert_msg(!found || chosen == accepts[_i].chosen, "%s: %s", accepts[_i].accept, media_table[chosen].name);
}
END_TEST

/* Accept-Encoding, whether gzip and br are there, the coding chosen (CODING_COUNT: none). */
static const struct {
    const char *field;
    bool gzip, br;
    enum coding chosen;
} codings[] = {
    {NULL, true, true, CODING_IDENTITY},
    {"", true, true, CODING_IDENTITY},
    {"gzip", true, true, CODING_GZIP},
    {"gzip, deflate, br", true, true, CODING_BR},
    {"gzip, deflate, br", true, false, CODING_GZIP},
    {"gzip, deflate, br", false, false, CODING_IDENTITY},
    {"br;q=0.5, gzip;q=0.8", true, true, CODING_GZIP},
    {"GZIP;Q=0.3", true, true, CODING_GZIP},
    {"x-gzip", true, true, CODING_GZIP},
    {"*", true, true, CODING_BR},
    {"*;q=0.1", true, true, CODING_BR},
    {"br;q=0, *", true, true, CODING_GZIP},
    {"identity, gzip;q=0.5", true, true, CODING_IDENTITY},
    {"identity;q=0.5, gzip;q=0.5, br;q=0.5", true, true, CODING_BR},
    {"identity;q=0", true, true, CODING_COUNT},
    {"identity;q=0, gzip", true, true, CODING_GZIP},
    {"identity;q=0, gzip", false, true, CODING_COUNT},
    {"*;q=0", true, true, CODING_COUNT},
    {"*;q=0, identity;q=0.1", true, true, CODING_IDENTITY},
    {"gzip;q=0", true, false, CODING_IDENTITY},
    {"gzip;q=nonsense", true, false, CODING_IDENTITY},
    {"zstd", true, true, CODING_IDENTITY},
};

START_TEST(accept_encoding_chooses_br_then_gzip_then_identity)
{
    const bool have[CODING_COUNT] = {true, codings[_i].gzip, codings[_i].br};
    enum coding chosen = CODING_COUNT;
    ck_assert_int_eq(negotiate_coding(codings[_i].field, have, &chosen), codings[_i].chosen != CODING_COUNT);
    ck_assert_int_eq(chosen, codings[_i].chosen);
}
END_TEST

static const struct {
    const char *field;
    bool matches;
} tags[] = {
    {NULL, false},           {"", false},           {"*", true},
    {" * ", true},           {"*, \"x\"", false},   {"\"abc\"", true},
    {"W/\"abc\"", true},     {"w/\"abc\"", false},  {"\"x\", \"abc\"", true},
    {"\"x\",\"abc\"", true}, {"\"x, abc\"", false}, {"\"x,\", W/\"abc\"", true},
    {"abc", false},          {"\"abc", false},      {"\"abcd\"", false},
    {"\"ab\"", false},       {",, \"abc\"", true},  {"\"x\" \"abc\"", false},
    {"\"ABC\"", false},      {"W/", false},
};

static struct outcome ask_for(struct snapshot *snapshot, const char *target, const char *accept, const char *coding)
{
    const struct request request = {.method = "GET", .target = target, .accept = accept, .accept_encoding = coding};
    struct outcome outcome;
    serve_request(snapshot, &request, &outcome);
    return outcome;
}

/* An empty query means nothing, but keeps an address from being taken as it is. */
static void expect_one_answer(struct snapshot *snapshot, const char *path, const char *accept, const char *coding)
{
    char longer[512];
    (void)snprintf(longer, sizeof(longer), "%s?", path);
    struct outcome at_once = ask_for(snapshot, path, accept, coding);
    struct outcome by_steps = ask_for(snapshot, longer, accept, coding);
    ck_assert_msg(at_once.status == by_steps.status && at_once.ready == by_steps.ready, "%s, %s, %s: %u and %u", path,
                  accept, coding, at_once.status, by_steps.status);
    ck_assert_int_eq(at_once.fault, by_steps.fault);
    outcome_done(&at_once);
    outcome_done(&by_steps);
}

START_TEST(the_short_way_to_a_ready_answer_leads_where_the_long_one_does)
{
    static const char *const likes[] = {
        NULL,        "*/*", "text/html, */*;q=0.5", "text/csv", "text/plain;q=0.2, application/json",
        "image/png", "",    "application/*",        "text/html"};
    static const char *const packings[] = {NULL, "gzip, deflate, br", "identity", "gzip;q=0, *", "*;q=0", "br;q=x"};
    struct snapshot *snapshot = NULL;
    struct config config = {.cache_bytes = 1 << 20, .public_url = "", .security_contact = "", .security_expires = ""};
    struct err err = {0};
    size_t direct = 0;
    fixture_write("short");
    ck_assert_msg(snapshot_open(fixture_path(), &config, 1, &snapshot, &err), "%s", err.text);
    for (size_t i = 0; i < snapshot->place_count; i++) {
        direct += snapshot->places[i].route != NULL ? 1 : 0;
        for (size_t a = 0; a < COUNT_OF(likes); a++)
            for (size_t c = 0; c < COUNT_OF(packings); c++)
                expect_one_answer(snapshot, snapshot->places[i].path, likes[a], packings[c]);
    }
    ck_assert_uint_eq(direct, snapshot->place_count);
    const struct request deleting = {.method = "DELETE", .target = snapshot->places[0].path};
    ck_assert_ptr_null(ready_find(snapshot, &deleting));
    snapshot_free(snapshot);
    fixture_remove();
}
END_TEST

START_TEST(if_none_match_compares_weakly_over_lists)
{
    ck_assert_int_eq(etag_matches(tags[_i].field, "\"abc\""), tags[_i].matches);
}
END_TEST

START_TEST(a_cursor_comes_back_as_it_was_given)
{
    static const uint32_t places[] = {0, 1, 255, 256, 70000, 4294967295U};
    char text[CURSOR_SIZE];
    uint32_t place = 0;
    struct fault fault = {0};
    cursor_write("0123456789ab", "/v1/countries?group=eu", places[_i], text);
    ck_assert_uint_eq(strlen(text), CURSOR_SIZE - 1);
    ck_assert(cursor_read(text, "0123456789ab", "/v1/countries?group=eu", &place, &fault));
    ck_assert_uint_eq(place, places[_i]);
    ck_assert(!cursor_read(text, "0123456789ac", "/v1/countries?group=eu", &place, &fault));
    ck_assert_int_eq(fault.kind, FAULT_CURSOR_GONE);
    ck_assert(!cursor_read(text, "0123456789ab", "/v1/countries?", &place, &fault));
    ck_assert_int_eq(fault.kind, FAULT_BAD_VALUE);
}
END_TEST

START_TEST(a_cursor_that_none_gave_is_a_bad_value)
{
    static const char *const cursors[] = {"",
                                          "x",
                                          "AAAAAAAAAAAAAAAAAAAAAA",
                                          "AAAAAAAAAAAAAAAAAAAAAB",
                                          "AAAAAAAAAAAAAAAAAAAAA=",
                                          "AAAAAAAAAAAAAAAAAAAA+/",
                                          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    uint32_t place = 77;
    struct fault fault = {0};
    ck_assert(!cursor_read(cursors[_i], "0123456789ab", "/v1/countries?", &place, &fault));
    ck_assert_int_eq(fault.kind, FAULT_BAD_VALUE);
    ck_assert_str_eq(fault.parameter, "cursor");
    ck_assert_uint_eq(place, 77);
}
END_TEST

START_TEST(a_problem_says_all_that_its_fault_knows)
{
    struct fault fault = {.kind = FAULT_BAD_VALUE,
                          .parameter = "group",
                          .detail = "group takes no value \"eq\".",
                          .allowed = "eu,efta",
                          .nearest = "eu"};
    struct outcome outcome;
    serve_fault(&fault, NULL, &outcome);
    ck_assert_uint_eq(outcome.status, 400);
    ck_assert_int_eq(outcome.fault, FAULT_BAD_VALUE);
    ck_assert_int_eq(outcome.made->media, MEDIA_PROBLEM);
    ck_assert_str_eq(outcome.made->etag, "");
    ck_assert_str_eq(outcome_body(&outcome),
                     "{\"type\":\"/problems/bad-value\",\"title\":\"The parameter's value is not allowed\","
                     "\"status\":400,\"detail\":\"group takes no value \\\"eq\\\".\","
                     "\"hint\":\"Use one of the values in `allowed`.\",\"parameter\":\"group\","
                     "\"allowed\":[\"eu\",\"efta\"],\"did_you_mean\":\"eu\"}\n");
    outcome_done(&outcome);
    serve_fault(&fault, "text/plain", &outcome);
    ck_assert_int_eq(outcome.made->media, MEDIA_TEXT);
    ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), "Did you mean: eu\n"));
    outcome_done(&outcome);
}
END_TEST

START_TEST(a_failure_tells_the_log_its_cause_and_the_client_nothing)
{
    struct fault fault = {.kind = FAULT_INTERNAL, .detail = "It failed.", .cause = "disk I/O error"};
    struct outcome outcome;
    serve_fault(&fault, NULL, &outcome);
    ck_assert_str_eq(outcome.cause, "disk I/O error");
    ck_assert_ptr_null(strstr(outcome_body(&outcome), "disk"));
    outcome_done(&outcome);
}
END_TEST

START_TEST(every_problem_of_the_closed_list_has_both_forms)
{
    static const enum media medias[] = {MEDIA_PROBLEM, MEDIA_TEXT};
    struct fault fault = {.kind = (enum fault_kind)_i};
    for (size_t i = 0; i < COUNT_OF(medias); i++) {
        struct outcome outcome;
        problem_outcome(&fault, medias[i], NULL, &outcome);
        ck_assert_uint_eq(outcome.status, fault_table[_i].status);
        ck_assert_int_eq(outcome.made->media, medias[i]);
        ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), fault_table[_i].id));
        ck_assert_int_eq(outcome.allow != NULL, _i == FAULT_METHOD_NOT_ALLOWED);
        outcome_done(&outcome);
    }
}
END_TEST

static const struct {
    const char *target, *accept;
    enum media media;
} lost[] = {
    {"/no/such/page", "text/html, */*;q=0.8", MEDIA_HTML},
    {"/nowhere", "text/html, */*;q=0.8", MEDIA_HTML},
    {"/nowhere.html", "text/html", MEDIA_HTML},
    {"/problems/<b>", "text/html", MEDIA_HTML},
    {"/no/such/page", "*/*", MEDIA_PROBLEM},
    {"/no/such/page", NULL, MEDIA_PROBLEM},
    {"/ZZ", "*/*", MEDIA_TEXT},
    {"/v1/nothing", "text/html, */*;q=0.8", MEDIA_PROBLEM},
    {"/v1/countries/nowhere", "text/html, */*;q=0.8", MEDIA_PROBLEM},
};

START_TEST(who_looks_for_a_page_is_told_on_one_that_there_is_none)
{
    fixture_write("lost");
    struct snapshot *snapshot = fixture_open();
    for (size_t i = 0; i < COUNT_OF(lost); i++) {
        struct outcome outcome = ask_for(snapshot, lost[i].target, lost[i].accept, NULL);
        ck_assert_uint_eq(outcome.status, 404);
        ck_assert_msg(outcome.made->media == lost[i].media, "%s, %s", lost[i].target, lost[i].accept);
        if (lost[i].media == MEDIA_HTML) {
            ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), "<a href=\"/\">"));
            ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), "<dd><a href=\"/problems/"));
        }
        ck_assert_ptr_null(strstr(outcome_body(&outcome), "<b>"));
        outcome_done(&outcome);
    }
    snapshot_free(snapshot);
    fixture_remove();
}
END_TEST

static const struct {
    const char *accept;
    bool text_first, page;
    enum media media;
} problem_accepts[] = {
    {NULL, false, true, MEDIA_PROBLEM},
    {NULL, true, true, MEDIA_TEXT},
    {"*/*", false, true, MEDIA_PROBLEM},
    {"*/*", true, true, MEDIA_TEXT},
    {"text/*", false, true, MEDIA_TEXT},
    {"text/html", false, false, MEDIA_PROBLEM},
    {"text/html", false, true, MEDIA_HTML},
    {"text/html;q=0.5, application/json", false, true, MEDIA_PROBLEM},
    {"text/plain", false, true, MEDIA_TEXT},
    {"application/json", true, true, MEDIA_PROBLEM},
    {"application/problem+json", true, true, MEDIA_PROBLEM},
    {"text/plain;q=0.1, application/json", false, true, MEDIA_PROBLEM},
    {"text/html, */*;q=0.8", true, false, MEDIA_TEXT},
    {"text/html, */*;q=0.8", false, true, MEDIA_HTML},
};

START_TEST(problems_are_told_in_what_was_asked_for)
{
    ck_assert_int_eq(
        negotiate_problem(problem_accepts[_i].accept, problem_accepts[_i].text_first, problem_accepts[_i].page),
        problem_accepts[_i].media);
}
END_TEST

TCase *serve_negotiation_cases(void)
{
    TCase *tests = tcase_create("negotiation");
    tcase_add_loop_test(tests, accept_chooses_by_weight_then_by_how_exactly_it_names, 0, COUNT_OF(accepts));
    tcase_add_loop_test(tests, accept_encoding_chooses_br_then_gzip_then_identity, 0, COUNT_OF(codings));
    tcase_add_loop_test(tests, if_none_match_compares_weakly_over_lists, 0, COUNT_OF(tags));
    tcase_add_loop_test(tests, a_cursor_comes_back_as_it_was_given, 0, 6);
    tcase_add_loop_test(tests, a_cursor_that_none_gave_is_a_bad_value, 0, 7);
    tcase_add_test(tests, the_short_way_to_a_ready_answer_leads_where_the_long_one_does);
    tcase_add_test(tests, a_problem_says_all_that_its_fault_knows);
    tcase_add_test(tests, a_failure_tells_the_log_its_cause_and_the_client_nothing);
    tcase_add_loop_test(tests, every_problem_of_the_closed_list_has_both_forms, 1, FAULT_COUNT);
    tcase_add_test(tests, who_looks_for_a_page_is_told_on_one_that_there_is_none);
    tcase_add_loop_test(tests, problems_are_told_in_what_was_asked_for, 0, COUNT_OF(problem_accepts));
    return tests;
}
