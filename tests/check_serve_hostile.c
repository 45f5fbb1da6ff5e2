/* SPDX-License-Identifier: MIT */
/* What nobody would send in good faith, many threads at once, and the cache at its ceiling. The random loops start from
 * fixed seeds, so that a failure comes back. */
#include <pthread.h>
#include <stdio.h>

#include "serve_fixture.h"

static struct snapshot *snapshot;

static void open_it(void)
{
    static const struct config config = {
        .cache_bytes = 64 * 1024, .public_url = "", .security_contact = "", .security_expires = ""};
    struct err err = {0};
    fixture_write("hostile");
    ck_assert_msg(snapshot_open(fixture_path(), &config, 4, &snapshot, &err), "%s", err.text);
}

static void close_it(void)
{
    snapshot_free(snapshot);
    fixture_remove();
}

/* xorshift: any fixed sequence does. */
static uint32_t next_number(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static const char *const scraps[] = {
    "/",     "/v1",       "countries", "certs",    "/BE",    ".csv",        ".json", "?",      "&",     "=",
    "%",     "%2F",       "%00",       "%zz",      "%C3%A9", ",",           "+",     "sort",   "limit", "q",
    "group", "eu",        "cursor",    "pretty=1", "1",      "*",           "..",    "//",     "#",     "\x7F",
    "\xFF",  " ",         "http://",   "https",    "{code}", "code=BE",     "-name", "AAAAAA", "\"",    "W/",
    ";q=0",  "text/html", "gzip",      "identity", ";",      "openapi.json"};

static void build_text(uint32_t *state, char *text, size_t size)
{
    size_t used = 0;
    size_t parts = next_number(state) % 24;
    text[0] = '\0';
    for (size_t i = 0; i < parts; i++) {
        const char *scrap = scraps[next_number(state) % COUNT_OF(scraps)];
        if (used + strlen(scrap) + 2 >= size)
            return;
        memcpy(text + used, scrap, strlen(scrap) + 1);
        used += strlen(scrap);
        if (next_number(state) % 8 == 0) {
            text[used++] = (char)(1 + next_number(state) % 255);
            text[used] = '\0';
        }
    }
}

static void check_outcome(const struct outcome *outcome)
{
    ck_assert_msg(outcome->status == 200 || outcome->status == 304 || outcome->status == 308 ||
                      (outcome->status >= 400 && outcome->status < 500),
                  "%u", outcome->status);
    ck_assert_int_eq(outcome->fault != FAULT_NONE, outcome->status >= 400);
    if (outcome->status != 308)
        ck_assert(outcome->ready != NULL || outcome->made != NULL);
    for (const char *c = outcome_body(outcome); outcome->status >= 400 && *c != '\0'; c++)
        ck_assert_msg((unsigned char)*c < 0x7F, "a problem repeats raw bytes");
}

START_TEST(hostile_targets_always_get_a_whole_answer)
{
    uint32_t state = 2463534242U + (uint32_t)_i;
    for (size_t i = 0; i < 5000; i++) {
        char target[512];
        char accept[512];
        char encoding[512];
        char tags[512];
        build_text(&state, target, sizeof(target));
        build_text(&state, accept, sizeof(accept));
        build_text(&state, encoding, sizeof(encoding));
        build_text(&state, tags, sizeof(tags));
        struct outcome outcome;
        const struct request request = {
            .method = "GET", .target = target, .accept = accept, .accept_encoding = encoding, .if_none_match = tags};
        serve_request(snapshot, &request, &outcome);
        check_outcome(&outcome);
        outcome_done(&outcome);
    }
}
END_TEST

START_TEST(hostile_queries_of_real_lists_always_get_a_whole_answer)
{
    static const char *const lists[] = {"/v1/countries?", "/v1/certs?", "/v1/assessments.csv?", "/v1/sources?q="};
    uint32_t state = 88675123U + (uint32_t)_i;
    for (size_t i = 0; i < 5000; i++) {
        char target[1024];
        size_t len = (size_t)snprintf(target, sizeof(target), "%s", lists[i % COUNT_OF(lists)]);
        build_text(&state, target + len, sizeof(target) - len);
        struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
        check_outcome(&outcome);
        outcome_done(&outcome);
    }
}
END_TEST

START_TEST(a_long_id_is_unknown_and_no_more)
{
    char target[SERVE_TARGET_BYTES + 1];
    static const char *const heads[] = {"/v1/certs/", "/v1/countries/", "/v1/sources/", "/problems/"};
    memset(target, 'a', sizeof(target));
    memcpy(target, heads[_i], strlen(heads[_i]));
    target[SERVE_TARGET_BYTES] = '\0';
    struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
    ck_assert_uint_eq(outcome.status, 404);
    outcome_done(&outcome);
}
END_TEST

START_TEST(the_cache_stays_within_its_ceiling)
{
    for (size_t i = 0; i < 500; i++) {
        char target[64];
        (void)snprintf(target, sizeof(target), "/v1/countries?q=belgium%zu", i);
        struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
        ck_assert_uint_eq(outcome.status, 200);
        outcome_done(&outcome);
    }
    struct snapshot_figures figures = snapshot_figures(snapshot);
    ck_assert_uint_le(figures.cache_bytes, 64 * 1024);
    ck_assert_uint_gt(figures.cache_entries, 10);
    ck_assert_uint_lt(figures.cache_entries, 500);
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/countries?q=belgium499", NULL);
    outcome_done(&outcome);
    ck_assert_uint_eq(snapshot_figures(snapshot).cache_hits, figures.cache_hits + 1);
}
END_TEST

START_TEST(the_cache_drops_what_was_longest_unused)
{
    struct cache *cache = cache_new(4096);
    for (size_t i = 0; i < 3; i++) {
        char *body = calloc(1, 600);
        struct made *made = made_new(MEDIA_JSON, body, 600);
        char address[16];
        (void)snprintf(address, sizeof(address), "/%zu", i);
        made->content_location = strdup(address);
        cache_keep(cache, made);
        made_unref(made);
    }
    made_unref(cache_find(cache, "/0"));
    for (size_t i = 3; i < 6; i++) {
        struct made *made = made_new(MEDIA_JSON, calloc(1, 600), 600);
        char address[16];
        (void)snprintf(address, sizeof(address), "/%zu", i);
        made->content_location = strdup(address);
        cache_keep(cache, made);
        made_unref(made);
    }
    struct made *kept = cache_find(cache, "/0");
    ck_assert_ptr_nonnull(kept);
    made_unref(kept);
    ck_assert_ptr_null(cache_find(cache, "/1"));
    cache_free(cache);
}
END_TEST

enum { BIG = 3 * 1024 * 1024 };

/* Three items, of which only two fit one body. */
static void write_big_list(struct store_writer *writer)
{
    struct err err = {0};
    char *body = malloc(BIG);
    memset(body, 'x', BIG);
    body[0] = '"';
    body[BIG - 1] = '"';
    for (uint32_t ord = 0; ord < 3; ord++) {
        const struct store_fragment fragment = {"vocabularies", MEDIA_JSON, ord, "big", body, BIG};
        ck_assert_msg(store_write_fragment(writer, &fragment, &err), "%s", err.text);
        ck_assert(store_write_order(writer, "vocabularies", "id", ord, ord, &err));
    }
    free(body);
}

START_TEST(a_list_above_the_ceiling_gives_its_first_page_and_says_so)
{
    static const struct config config = {
        .cache_bytes = 64 * 1024, .public_url = "", .security_contact = "", .security_expires = ""};
    struct err err = {0};
    snapshot_free(snapshot);
    fixture_write_with("big", write_big_list);
    ck_assert_msg(snapshot_open(fixture_path(), &config, 1, &snapshot, &err), "%s", err.text);
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/vocabularies", NULL);
    ck_assert_uint_eq(outcome.status, 200);
    ck_assert_uint_le(outcome.made->len, STORE_BODY_BYTES);
    ck_assert_uint_gt(outcome.made->len, 2 * BIG);
    const char *meta = strstr(outcome.made->body + 2 * BIG, "\"meta\":");
    ck_assert_ptr_nonnull(strstr(meta, "{\"total\":3,\"count\":2,\"complete\":false}"));
    char next[128];
    const char *end = strstr(outcome.made->link, ">; rel=\"next\"");
    ck_assert_ptr_nonnull(end);
    (void)snprintf(next, sizeof(next), "%.*s", (int)(end - outcome.made->link - 1), outcome.made->link + 1);
    outcome_done(&outcome);
    outcome = fixture_ask(snapshot, "GET", next, NULL);
    ck_assert_ptr_nonnull(strstr(outcome.made->body + BIG, "\"count\":1,"));
    ck_assert_ptr_null(strstr(outcome.made->link == NULL ? "" : outcome.made->link, "rel=\"next\""));
    outcome_done(&outcome);
}
END_TEST

/* Every thread asks the same questions and compares what it gets with what a single one got. */
static const char *const questions[] = {"/v1/countries",
                                        "/v1/countries?group=eu",
                                        "/v1/countries?sort=-name",
                                        "/v1/countries?q=greece",
                                        "/be",
                                        "/v1/countries?pretty=1",
                                        "/v1/none",
                                        "/v1/countries?code=QQ",
                                        "/v1/scores?explain=1&sure=low",
                                        "/v1/scores/BE?weights=cip-strategy:2",
                                        "/v1/compare?countries=BE,GR",
                                        "/v1/assessments.csv?as_of=2020",
                                        "/v1/scores/BE/history.txt?max_age=P5Y&ascii=1"};
static char *expected[COUNT_OF(questions)];

struct asker {
    size_t number;
    size_t wrong;
};

static void *ask_all(void *cls)
{
    struct asker *asker = cls;
    for (size_t i = 0; i < 400; i++) {
        size_t which = (i * 7 + asker->number) % COUNT_OF(questions);
        struct outcome outcome = fixture_ask(snapshot, "GET", questions[which], NULL);
        asker->wrong += strcmp(outcome_body(&outcome), expected[which]) == 0 ? 0 : 1;
        outcome_done(&outcome);
        char fresh[64]; /* in no cache, so that the store is asked */
        (void)snprintf(fresh, sizeof(fresh), "/v1/countries?q=greece&limit=%zu", 1 + (asker->number * 200 + i) % 1000);
        outcome = fixture_ask(snapshot, "GET", fresh, NULL);
        asker->wrong += strstr(outcome_body(&outcome), "{\"total\":1,\"count\":1,") != NULL ? 0 : 1;
        outcome_done(&outcome);
    }
    return NULL;
}

START_TEST(many_threads_share_one_snapshot)
{
    pthread_t threads[4];
    struct asker askers[4] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}};
    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        struct outcome outcome = fixture_ask(snapshot, "GET", questions[i], NULL);
        expected[i] = strdup(outcome_body(&outcome));
        outcome_done(&outcome);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_all, &askers[i]), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_uint_eq(askers[i].wrong, 0);
    }
    for (size_t i = 0; i < COUNT_OF(questions); i++)
        free(expected[i]);
}
END_TEST

TCase *serve_hostile_cases(void)
{
    TCase *tests = tcase_create("hostile");
    tcase_add_checked_fixture(tests, open_it, close_it);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, hostile_targets_always_get_a_whole_answer, 0, 3);
    tcase_add_loop_test(tests, hostile_queries_of_real_lists_always_get_a_whole_answer, 0, 3);
    tcase_add_loop_test(tests, a_long_id_is_unknown_and_no_more, 0, 4);
    tcase_add_test(tests, the_cache_stays_within_its_ceiling);
    tcase_add_test(tests, the_cache_drops_what_was_longest_unused);
    tcase_add_test(tests, a_list_above_the_ceiling_gives_its_first_page_and_says_so);
    tcase_add_test(tests, many_threads_share_one_snapshot);
    return tests;
}
