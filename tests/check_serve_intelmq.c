/* SPDX-License-Identifier: MIT */
/* What bots of IntelMQ may send: known parameters in one canonical form, unknown ones ignored here and nowhere else. */
#include <stdio.h>

#include "serve_fixture.h"

static struct snapshot *snapshot;

static void put_teams(struct store_writer *writer)
{
    struct err err = {0};
    static const char body[] = "[]\n";
    char etag[DIGEST_SIZE];
    digest_of(body, sizeof(body) - 1, etag);
    etag[32] = '\0';
    const struct store_document teams = {.path = "/intelmq/teams.json",
                                         .media = MEDIA_JSON,
                                         .coding = CODING_IDENTITY,
                                         .etag = etag,
                                         .body = body,
                                         .len = sizeof(body) - 1};
    ck_assert(store_write_document(writer, &teams, &err));
}

static void open_it(void)
{
    static const struct config config = {
        .cache_bytes = 256 * 1024, .public_url = "", .security_contact = "", .security_expires = ""};
    struct err err = {0};
    fixture_write_with("intelmq", put_teams);
    ck_assert_msg(snapshot_open(fixture_path(), &config, 2, &snapshot, &err), "%s", err.text);
}

static void close_it(void)
{
    snapshot_free(snapshot);
    fixture_remove();
}

#define LOOKUP "/intelmq/lookup"
#define NATIONAL "/intelmq/national"

static const struct {
    const char *target;
    unsigned status;
    const char *address; /* NULL: any */
    const char *part;
} rows[] = {
    {LOOKUP "?domain=www.example.be", 200, LOOKUP "?domain=www.example.be", "{\"domain\":{\"destinations\":["},
    {"/" LOOKUP "?domain=www.example.be", 200, LOOKUP "?domain=www.example.be", "\"destinations\":["},
    {LOOKUP "?classification_taxonomy=a&classification_type=b&feed_provider=c&feed_name=d%20e&feed_status=production"
            "&domain=WWW.Example.BE.",
     200, LOOKUP "?domain=www.example.be", "\"destinations\":["},
    {LOOKUP "?x=1&x=2&domain=a.example&y", 200, LOOKUP "?domain=a.example", "{\"domain\":{\"destinations\":[]}}\n"},
    {LOOKUP "?domain=a.example&ip=192.0.2.1", 200, LOOKUP "?domain=a.example&ip=192.0.2.1",
     "{\"domain\":{\"destinations\":[]}}\n"},
    {LOOKUP "?domain=a.example&pretty=1", 200, NULL, "{\n  \"domain\""},
    {LOOKUP "?domain=a.example&ip=none", 400, NULL, "\"parameter\":\"ip\""},
    {LOOKUP "?domain=bad%20name&ip=192.0.2.1", 501, NULL, "--mmdb"},
    {LOOKUP "?domain=&ip=none", 400, NULL, "\"parameter\":\"ip\""},
    {LOOKUP "?domain=a.example&domain=b.example", 400, NULL, "more than once"},
    {LOOKUP "?domain=a%20b", 400, NULL, "\"parameter\":\"domain\""},
    {LOOKUP "?domain=..", 400, NULL, "\"parameter\":\"domain\""},
    {LOOKUP "?domain=", 400, NULL, "\"parameter\":\"domain\""},
    {LOOKUP "?ip=192.0.2.1", 501, NULL, "--mmdb"},
    {LOOKUP "?ip=192.0.2.256", 400, NULL, "\"parameter\":\"ip\""},
    {LOOKUP, 400, NULL, "domain=www.example.be"},
    {LOOKUP "?x=%zz&domain=a.example", 400, NULL, "hex"},
    {LOOKUP "/", 404, NULL, LOOKUP},
    {"/intelmq/teams.json", 200, "/intelmq/teams.json", "[]\n"},
    {"//intelmq/teams.json?x=1&y=2", 200, "/intelmq/teams.json", "[]\n"},
    {NATIONAL, 400, NULL, "ip"},
    {NATIONAL "?domain=a.example", 400, NULL, "ip"},
    {NATIONAL "?ip=192.0.2.1&sep=semicolon&bVerbose=on", 501, NULL, "--mmdb"},
    {"///intelmq/teams.json", 404, NULL, "nothing at"},
    {"http://cyberatlas.example//intelmq/teams.json", 200, "/intelmq/teams.json", "[]\n"},
    {"//v1/countries", 404, NULL, "nothing at"},
    {"/v1/contacts?country=BE&feed_name=x", 400, NULL, "feed_name"},
};

START_TEST(a_bot_is_answered_in_one_form)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", rows[_i].target, NULL);
    ck_assert_msg(outcome.status == rows[_i].status, "%s: %u %s", rows[_i].target, outcome.status,
                  outcome_body(&outcome));
    ck_assert_msg(strstr(outcome_body(&outcome), rows[_i].part) != NULL, "%s: %s", rows[_i].target,
                  outcome_body(&outcome));
    if (rows[_i].address != NULL)
        ck_assert_str_eq(outcome_address(&outcome), rows[_i].address);
    outcome_done(&outcome);
}
END_TEST

START_TEST(an_answer_to_an_address_is_private_even_where_it_can_not_be_placed)
{
    struct outcome open = fixture_ask(snapshot, "GET", LOOKUP "?domain=a.example", NULL);
    struct outcome private = fixture_ask(snapshot, "GET", LOOKUP "?domain=a.example&ip=192.0.2.1", NULL);
    ck_assert(!open.made->is_private);
    ck_assert(private.made->is_private);
    outcome_done(&open);
    outcome_done(&private);
}
END_TEST

/* No value makes an internal fault, and none an answer with an interval, since nobody is known here. */
START_TEST(hostile_values_are_refused_or_find_nobody)
{
    static const char *const names[] = {"domain", "ip", "bFilter", "sep", "bShowNationalCERT", "x"};
    static const char *const values[] = {"%00", "%0A",  "..",   ".",   "a..b",    "%C3%A4.at", "-",
                                         "_",   "*.be", "be.",  "%25", "1.2.3.4", "::1",       "::ffff:1.2.3.4",
                                         "on",  "TAB",  "xn--", "%ff", "a/b",     "+"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        for (size_t k = 0; k < COUNT_OF(values); k++) {
            char target[128];
            (void)snprintf(target, sizeof(target), LOOKUP "?%s=%s", names[i], values[k]);
            struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
            ck_assert_msg(outcome.status == 200 || outcome.status == 400 || outcome.fault == FAULT_NO_ADDRESSES,
                          "%s: %u", target, outcome.status);
            ck_assert_ptr_null(strstr(outcome_body(&outcome), "interval"));
            outcome_done(&outcome);
        }
}
END_TEST

TCase *serve_intelmq_cases(void)
{
    TCase *tests = tcase_create("intelmq");
    tcase_add_unchecked_fixture(tests, open_it, close_it);
    tcase_add_loop_test(tests, a_bot_is_answered_in_one_form, 0, COUNT_OF(rows));
    tcase_add_test(tests, an_answer_to_an_address_is_private_even_where_it_can_not_be_placed);
    tcase_add_test(tests, hostile_values_are_refused_or_find_nobody);
    return tests;
}
