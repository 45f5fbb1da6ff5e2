/* SPDX-License-Identifier: MIT */
/* Exports and their parts, and questions about the log: what a Range asks for, what a header says, which revision is
 * known. */
#include "fixture_store.h"
#include "serve_fixture.h"

static const char body[] = "0123456789";
static struct snapshot *snapshot;

static void add_export(struct store_writer *writer)
{
    struct err err = {0};
    put_document(writer,
                 (struct store_document){"/v1/exports/countries.csv", MEDIA_CSV, CODING_IDENTITY, NULL, body, 10});
    must(store_write_log(writer, NULL, "2026-11-24", &err), &err);
}

static void set_up(void)
{
    struct config config = {
        .cache_bytes = 1024 * 1024, .public_url = "", .security_contact = "", .security_expires = ""};
    struct err err = {0};
    config.public_url = "https://atlas.example";
    fixture_write_with("a", add_export);
    must(snapshot_open(fixture_path(), &config, 1, &snapshot, &err), &err);
}

static void tear_down(void)
{
    snapshot_free(snapshot);
    fixture_remove();
}

static const struct {
    const char *field;
    enum range is;
    size_t first, part;
} ranges[] = {
    {NULL, RANGE_WHOLE, 0, 0},
    {"bytes=0-3", RANGE_PART, 0, 4},
    {"bytes=4-", RANGE_PART, 4, 6},
    {"bytes=9-9", RANGE_PART, 9, 1},
    {"bytes=3-100", RANGE_PART, 3, 7},
    {"bytes=0-99999999999999999999999999", RANGE_PART, 0, 10},
    {"bytes=-3", RANGE_PART, 7, 3},
    {"bytes=-100", RANGE_PART, 0, 10},
    {"Bytes= 2-3 ", RANGE_PART, 2, 2},
    {"bytes=10-", RANGE_OUTSIDE, 0, 0},
    {"bytes=10-12", RANGE_OUTSIDE, 0, 0},
    {"bytes=99999999999999999999999999-", RANGE_OUTSIDE, 0, 0},
    {"bytes=-0", RANGE_OUTSIDE, 0, 0},
    {"bytes=5-2", RANGE_WHOLE, 0, 0},
    {"bytes=0-1,4-5", RANGE_WHOLE, 0, 0},
    {"bytes=", RANGE_WHOLE, 0, 0},
    {"bytes=-", RANGE_WHOLE, 0, 0},
    {"bytes=a-b", RANGE_WHOLE, 0, 0},
    {"bytes=1", RANGE_WHOLE, 0, 0},
    {"bytes=+1-2", RANGE_WHOLE, 0, 0},
    {"lines=0-3", RANGE_WHOLE, 0, 0},
    {"", RANGE_WHOLE, 0, 0},
};

START_TEST(a_range_is_read_as_the_rfc_says)
{
    size_t first = 0;
    size_t part = 0;
    ck_assert_int_eq(range_read(ranges[_i].field, 10, &first, &part), ranges[_i].is);
    ck_assert_uint_eq(first, ranges[_i].first);
    ck_assert_uint_eq(part, ranges[_i].part);
}
END_TEST

START_TEST(of_nothing_every_range_lies_outside)
{
    size_t first = 0;
    size_t part = 0;
    ck_assert_int_eq(range_read("bytes=0-0", 0, &first, &part), RANGE_OUTSIDE);
    ck_assert_int_eq(range_read("bytes=-5", 0, &first, &part), RANGE_OUTSIDE);
}
END_TEST

/* Whatever a range says, no byte beyond the body is ever sent. */
START_TEST(a_part_lies_within_the_body_whatever_is_asked)
{
    static const char *const pieces[] = {"bytes=", "-",    "0", "1",    "9",           "18446744073709551615",
                                         ",",      " ",    "",  "\t",   "99999999999", "4294967296",
                                         "=",      "\x80", "+", "bytes"};
    uint32_t state = 2463534242U;
    size_t parts_found = 0;
    for (size_t i = 0; i < 200000; i++) {
        char field[160] = "bytes=";
        size_t len = i % 13; /* of the body */
        for (size_t used = i % 3 == 0 ? 0 : 6, more = i % 5; more > 0; more--) {
            state = state * 1664525U + 1013904223U;
            used += (size_t)snprintf(field + used, sizeof(field) - used, "%s", pieces[state >> 16 & 15]);
        }
        size_t first = 0;
        size_t part = 0;
        if (range_read(field, len, &first, &part) == RANGE_PART) {
            ck_assert_msg(part > 0 && part <= len && first <= len - part, "%s of %zu", field, len);
            parts_found++;
        }
    }
    ck_assert_uint_gt(parts_found, 1000);
}
END_TEST

static struct outcome ask(const char *method, const char *target, const char *range, const char *if_range)
{
    struct outcome outcome;
    const struct request request = {.method = method, .target = target, .range = range, .if_range = if_range};
    serve_request(snapshot, &request, &outcome);
    return outcome;
}

static const struct {
    const char *method, *target, *range, *if_range; /* if_range "=": the tag itself */
    unsigned status;
    const char *content_range;
} parts[] = {
    {"GET", "/v1/exports/countries.csv", NULL, NULL, 200, ""},
    {"GET", "/v1/exports/countries.csv", "bytes=2-4", NULL, 206, "bytes 2-4/10"},
    {"GET", "/v1/exports/countries.csv", "bytes=2-4", "=", 206, "bytes 2-4/10"},
    {"GET", "/v1/exports/countries.csv", "bytes=2-4", "\"other\"", 200, ""},
    {"GET", "/v1/exports/countries.csv", "bytes=2-4", "W/\"other\"", 200, ""},
    {"GET", "/v1/exports/countries.csv", "bytes=2-4", "Wed, 25 Nov 2026 00:00:00 GMT", 200, ""},
    {"GET", "/v1/exports/countries.csv", "bytes=90-", "\"other\"", 200, ""},
    {"GET", "/v1/exports/countries.csv", "bytes=90-", NULL, 416, "bytes */10"},
    {"GET", "/v1/exports/countries.csv", "bytes=0-1,3-4", NULL, 200, ""},
    {"HEAD", "/v1/exports/countries.csv", "bytes=2-4", NULL, 200, ""},
    {"GET", "/v1/countries.csv", "bytes=2-4", NULL, 200, ""},
};

START_TEST(parts_are_for_get_of_exports_while_if_range_holds)
{
    struct outcome whole = ask("GET", parts[_i].target, NULL, NULL);
    const char *if_range = parts[_i].if_range;
    if (if_range != NULL && strcmp(if_range, "=") == 0)
        if_range = whole.ready->etag;
    struct outcome outcome = ask(parts[_i].method, parts[_i].target, parts[_i].range, if_range);
    ck_assert_uint_eq(outcome.status, parts[_i].status);
    ck_assert_str_eq(outcome.content_range, parts[_i].content_range);
    if (outcome.status == 206)
        ck_assert_mem_eq(outcome.ready->body + outcome.first, "234", outcome.part);
    outcome_done(&whole);
    outcome_done(&outcome);
}
END_TEST

START_TEST(if_none_match_comes_before_a_range)
{
    struct outcome whole = ask("GET", parts[0].target, NULL, NULL);
    struct outcome outcome;
    const struct request request = {
        .method = "GET", .target = parts[0].target, .range = "bytes=90-", .if_none_match = whole.ready->etag};
    serve_request(snapshot, &request, &outcome);
    ck_assert_uint_eq(outcome.status, 304);
    outcome_done(&outcome);
}
END_TEST

START_TEST(an_export_has_its_digest)
{
    struct outcome outcome = ask("GET", "/v1/exports/countries.csv", NULL, NULL);
    ck_assert_str_eq(outcome.ready->digest, "sha-256=:hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=:");
    struct outcome other = ask("GET", "/v1/countries.csv", NULL, NULL);
    ck_assert_ptr_null(other.ready->digest);
    struct outcome index = ask("GET", "/v1/exports", NULL, NULL);
    ck_assert_ptr_nonnull(strstr(outcome_body(&index), "\"name\":\"countries.csv\""));
    ck_assert_ptr_nonnull(strstr(outcome_body(&index), "\"name\":\"dataset.jsonld\""));
    ck_assert_ptr_null(strstr(outcome_body(&index), "dataset.sqlite"));
    struct outcome catalogue = ask("GET", "/v1/exports/dataset.jsonld", NULL, NULL);
    ck_assert_ptr_nonnull(strstr(outcome_body(&catalogue), "\"https://atlas.example/v1/exports/countries.csv\""));
}
END_TEST

START_TEST(a_wrong_name_of_an_export_leads_to_the_nearest)
{
    struct outcome outcome = ask("GET", "/v1/exports/country.csv", NULL, NULL);
    ck_assert_uint_eq(outcome.status, 404);
    ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), "countries.csv"));
    outcome_done(&outcome);
    outcome = ask("GET", "/v1/exports/countries.csv?pretty=1", NULL, NULL);
    ck_assert_uint_eq(outcome.status, 400);
    outcome_done(&outcome);
}
END_TEST

static const struct {
    const char *target;
    unsigned status;
    const char *says;
} since[] = {
    {"/v1/changes", 200, "\"log\":\"none\""},
    {"/v1/changes?since=", 200, "\"data\":[]"},
    {"/v1/changes.atom?since=", 200, "https://atlas.example/v1/changes.atom?since="},
    {"/v1/changes?since=0123456789ab", 410, "built without a log"},
    {"/v1/changes?since=0123456789AB", 400, "Dataset-Revision"},
    {"/v1/changes?since=1", 400, "Dataset-Revision"},
    {"/v1/changes?since=", 400, "Dataset-Revision"},
    {"/v1/changes.csv", 200, "change,kind,id,name,revision,date,self\r\n"},
    {"/v1/changes.txt", 406, "application/atom+xml"},
    {"/v1/revisions", 200, "\"changes_since\""},
    {"/v1/revisions.csv", 200, "revision,date"},
    {"/v1/revisions?since=0123456789ab", 400, "unknown-parameter"},
};

START_TEST(a_revision_is_known_or_gone)
{
    char target[128];
    bool is_open = since[_i].target[strlen(since[_i].target) - 1] == '=' && since[_i].status == 200;
    (void)snprintf(target, sizeof(target), "%s%s", since[_i].target, is_open ? snapshot_revision(snapshot) : "");
    struct outcome outcome = ask("GET", target, NULL, NULL);
    ck_assert_uint_eq(outcome.status, since[_i].status);
    ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), since[_i].says));
    outcome_done(&outcome);
}
END_TEST

/* Same facts, another address of the service: only answers about the log that hold addresses have another tag. */
START_TEST(tags_of_the_log_are_its_own)
{
    struct config config = {
        .cache_bytes = 1024 * 1024, .public_url = "", .security_contact = "", .security_expires = ""};
    struct snapshot *other = NULL;
    struct err err = {0};
    must(snapshot_open(fixture_path(), &config, 1, &other, &err), &err);
    static const char *const targets[] = {"/v1/changes", "/v1/scores?sort=-value", "/v1/exports/countries.csv"};
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        struct outcome one = fixture_ask(snapshot, "GET", targets[i], NULL);
        struct outcome two = fixture_ask(other, "GET", targets[i], NULL);
        ck_assert_int_eq(strcmp(outcome_etag(&one), outcome_etag(&two)) == 0, i > 0);
        outcome_done(&one);
        outcome_done(&two);
    }
    snapshot_free(other);
}
END_TEST

TCase *serve_export_cases(void)
{
    TCase *plain = tcase_create("exports");
    tcase_add_checked_fixture(plain, set_up, tear_down);
    tcase_add_loop_test(plain, a_range_is_read_as_the_rfc_says, 0, (int)COUNT_OF(ranges));
    tcase_add_test(plain, of_nothing_every_range_lies_outside);
    tcase_add_test(plain, a_part_lies_within_the_body_whatever_is_asked);
    tcase_add_loop_test(plain, parts_are_for_get_of_exports_while_if_range_holds, 0, (int)COUNT_OF(parts));
    tcase_add_test(plain, if_none_match_comes_before_a_range);
    tcase_add_test(plain, an_export_has_its_digest);
    tcase_add_test(plain, a_wrong_name_of_an_export_leads_to_the_nearest);
    tcase_add_loop_test(plain, a_revision_is_known_or_gone, 0, (int)COUNT_OF(since));
    tcase_add_test(plain, tags_of_the_log_are_its_own);
    return plain;
}
