/* SPDX-License-Identifier: MIT */
/* Questions as they are answered: under which address and tag, page by page, and that no value however hostile gives
 * anything but an answer or a clear refusal. The random loop starts from fixed seeds. */
#include <stdio.h>

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

/* Two addresses of one answer, and its own. */
static const struct {
    const char *one, *other, *address;
} spellings[] = {
    {"/v1/scores?methodology=legal-conditions", "/v1/scores.json?sort=country&weights=equal", "/v1/scores"},
    {"/v1/scores?countries=el,be&as_of=2020", "/v1/scores?as_of=2020-12-31&country=056,300",
     "/v1/scores?as_of=2020-12-31&countries=BE,GR"},
    {"/v1/scores?limit=1&max_age=P60M", "/v1/scores?max_age=P5Y&limit=1", "/v1/scores?limit=1&max_age=P5Y"},
    {"/v1/scores.txt?ascii=1&sure=low", "/v1/scores.txt?sure=low&ascii=1", "/v1/scores.txt?ascii=1&sure=low"},
    {"/v1/scores.csv?ascii=1&sure=low", "/v1/scores.csv?sure=low", "/v1/scores.csv?sure=low"},
    {"/v1/scores/BE?weights=annual-audit:6,cip-strategy:3,mandatory-reporting:3",
     "/v1/scores/bel?weights=annual-audit:2", "/v1/scores/BE?weights=annual-audit:2"},
    {"/v1/scores/BE/history?basis=eu_law,assessor", "/v1/scores/056/history?basis=assessor,eu_law",
     "/v1/scores/BE/history?basis=assessor,eu_law"},
    {"/v1/compare?countries=GR,BE", "/v1/compare?countries=056,EL&sure=medium", "/v1/compare?countries=BE,GR"},
    {"/v1/countries/BE/legal-conditions?group=eu,efta", "/v1/countries/BE/legal-conditions?group=efta,eu,eu",
     "/v1/countries/BE/legal-conditions?group=efta,eu"},
    {"/v1/assessments?countries=EL", "/v1/assessments?country=GRC", "/v1/assessments?countries=GR"},
    {"/v1/assessments/wide?countries=EL", "/v1/assessments/wide.json?countries=300",
     "/v1/assessments/wide?countries=GR"},
    {"/v1/assessments/wide?methodology=legal-conditions&sure=medium",
     "/v1/assessments/wide?methodology=legal-conditions", "/v1/assessments/wide?methodology=legal-conditions"},
    {"/v1/assessments/wide.csv?methodology=legal-conditions&max_age=P12M",
     "/v1/assessments/wide.csv?max_age=P1Y&methodology=legal-conditions",
     "/v1/assessments/wide.csv?max_age=P1Y&methodology=legal-conditions"},
    {"/v1/scores.csv?explain=1", "/v1/scores.csv", "/v1/scores.csv"},
    {"/v1/scores.txt?explain=1&sure=low", "/v1/scores.txt?sure=low", "/v1/scores.txt?sure=low"},
    {"/v1/scores/BE.csv?explain=1", "/v1/scores/BE.csv", "/v1/scores/BE.csv"},
    {"/v1/compare.txt?explain=1&countries=BE,GR", "/v1/compare.txt?countries=BE,GR", "/v1/compare.txt?countries=BE,GR"},
    {"/v1/countries/BE/legal-conditions.txt?explain=1", "/v1/countries/BEL/legal-conditions.txt?explain=1",
     "/v1/countries/BE/legal-conditions.txt?explain=1"},
    {"/v1/countries/BE/timeline?ascii=1", "/v1/countries/BE/timeline", "/v1/countries/BE/timeline"},
};

START_TEST(two_spellings_of_one_question_give_the_same_bytes_and_tag)
{
    struct outcome one = fixture_ask(snapshot, "GET", spellings[_i].one, NULL);
    struct outcome other = fixture_ask(snapshot, "GET", spellings[_i].other, NULL);
    ck_assert_msg(one.status == 200 && other.status == 200, "%s: %s%s", spellings[_i].one, outcome_body(&one),
                  outcome_body(&other));
    ck_assert_str_eq(outcome_address(&one), spellings[_i].address);
    ck_assert_str_eq(outcome_address(&other), spellings[_i].address);
    ck_assert_str_eq(outcome_etag(&one), outcome_etag(&other));
    ck_assert_str_eq(outcome_body(&one), outcome_body(&other));
    outcome_done(&one);
    outcome_done(&other);
}
END_TEST

/* A request and what stands in the answer. */
static const struct {
    const char *target;
    unsigned status;
    const char *part;
} answers[] = {
    {"/v1/scores?countries=GR", 200, "\"total\":1,\"count\":1,\"complete\":true"},
    {"/v1/scores?countries=GR", 200, "\"question\":{\"methodology\":\"legal-conditions\",\"version\":\"1.1.0\""},
    {"/v1/scores?countries=BE,GR&limit=1", 200, "\"total\":2,\"count\":1,\"complete\":false"},
    {"/v1/scores?countries=BE,GR&limit=1", 200, "\"next\":\"/v1/scores?countries=BE,GR&cursor="},
    {"/v1/scores?group=efta", 200, "{\"data\":[],"},
    {"/v1/scores?sort=-value&countries=BE,GR", 200, "{\"data\":[{\"country\":\"GR\""},
    {"/v1/scores?explain=1&pretty=1", 200, "\n  \"data\": ["},
    {"/v1/scores.txt?sort=-value", 200, "GR"},
    {"/v1/scores/BE?explain=1", 200, "\"self\":\"/v1/scores/BE?explain=1\""},
    {"/v1/scores/BE.csv?sure=low", 200, "annual-audit"},
    {"/v1/scores/BE/history?as_of=2020", 200, "\"steps\":["},
    {"/v1/compare?countries=BE,GR", 200, "\"pairs\":["},
    {"/v1/compare?countries=BE,GR&pretty=1", 200, "\n    \"pairs\": ["},
    {"/v1/compare.txt?countries=BE,GR&pretty=1", 400, "leave it out"},
    {"/v1/compare", 400, "\"parameter\":\"countries\""},
    {"/v1/compare.xml?countries=BE,GR", 406, "text/csv"},
    {"/v1/scores/QQ?explain=1", 404, "unknown-thing"},
    {"/v1/scores?weights=cip-strat:1", 400, "\"did_you_mean\":\"cip-strategy\""},
    {"/v1/assessments?criterion=annual-audit", 200, "\"total\":2,\"count\":2"},
    {"/v1/assessments?methodology=strategy-goals", 200, "\"total\":1,\"count\":1"},
    {"/v1/assessments?as_of=2016&value=unknown&countries=BE", 200, "\"unknown\":\"not_yet_observed\""},
    {"/v1/assessments/wide.csv?countries=BE,GR", 200, "country,name,"},
    {"/v1/assessments/wide?countries=GR", 200, "\"countries\":[{\"country\":\"GR\","},
    {"/v1/assessments/wide?weights=cip-strategy:2", 400, "\"parameter\":\"weights\""},
    {"/v1/assessments/wide.csv?fields=country", 400, "\"parameter\":\"fields\""},
    {"/v1/assessments/wide.ndjson?countries=BE", 406, "text/csv"},
    {"/v1/assessments/wider?countries=BE", 404, "not-found"},
};

START_TEST(a_question_gets_its_answer)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", answers[_i].target, NULL);
    ck_assert_msg(outcome.status == answers[_i].status, "%s: %s", answers[_i].target, outcome_body(&outcome));
    ck_assert_msg(strstr(outcome_body(&outcome), answers[_i].part) != NULL, "%s: %s", answers[_i].target,
                  outcome_body(&outcome));
    outcome_done(&outcome);
}
END_TEST

START_TEST(pages_of_a_question_lead_through_all_of_it_once)
{
    char target[SERVE_TARGET_BYTES] = "/v1/assessments?limit=1&sure=low";
    size_t pages = 0;
    for (;;) {
        struct outcome outcome = fixture_ask(snapshot, "GET", target, NULL);
        ck_assert_uint_eq(outcome.status, 200);
        pages++;
        const char *next = strstr(outcome_body(&outcome), "\"next\":\"");
        if (next != NULL)
            (void)snprintf(target, sizeof(target), "%.*s", (int)strcspn(next + 8, "\""), next + 8);
        outcome_done(&outcome);
        if (next == NULL)
            break;
    }
    ck_assert_uint_eq(pages, 6);
}
END_TEST

START_TEST(a_cursor_of_another_question_is_refused)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/scores?limit=1&sure=low", NULL);
    const char *cursor = strstr(outcome_body(&outcome), "cursor=");
    char target[SERVE_TARGET_BYTES];
    ck_assert_ptr_nonnull(cursor);
    (void)snprintf(target, sizeof(target), "/v1/scores?limit=1&sure=high&%.*s", (int)strcspn(cursor, "&\""), cursor);
    outcome_done(&outcome);
    outcome = fixture_ask(snapshot, "GET", target, NULL);
    ck_assert_uint_eq(outcome.status, 400);
    ck_assert_ptr_nonnull(strstr(outcome_body(&outcome), "another question"));
    outcome_done(&outcome);
}
END_TEST

/* What was answered says its own address, which answers the same. */
static void check_again(const struct outcome *outcome)
{
    struct outcome again = fixture_ask(snapshot, "GET", outcome_address(outcome), NULL);
    ck_assert_uint_eq(again.status, 200);
    ck_assert_str_eq(outcome_address(&again), outcome_address(outcome));
    ck_assert_str_eq(outcome_etag(&again), outcome_etag(outcome));
    ck_assert_str_eq(outcome_body(&again), outcome_body(outcome));
    outcome_done(&again);
}

/* What an item shows changes neither which there are nor their order: so a page's links to its other forms hold. */
START_TEST(a_cursor_leads_on_in_the_forms_that_explain_nothing)
{
    static const char *const forms[] = {".csv?explain=1&", ".csv?", ".txt?", ".json?", ".json?explain=1&"};
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/scores?explain=1&limit=1", NULL);
    const char *cursor = strstr(outcome_body(&outcome), "cursor=");
    ck_assert_ptr_nonnull(cursor);
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        char target[SERVE_TARGET_BYTES];
        (void)snprintf(target, sizeof(target), "/v1/scores%slimit=1&%.*s", forms[i], (int)strcspn(cursor, "&\""),
                       cursor);
        struct outcome next = fixture_ask(snapshot, "GET", target, NULL);
        ck_assert_msg(next.status == 200, "%s: %s", target, outcome_body(&next));
        check_again(&next);
        outcome_done(&next);
    }
    outcome_done(&outcome);
}
END_TEST

START_TEST(ascii_text_has_no_other_byte)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/scores.txt?ascii=1", NULL);
    struct outcome drawn = fixture_ask(snapshot, "GET", "/v1/scores.txt?sure=low", NULL);
    bool beyond = false;
    for (const char *c = outcome_body(&outcome); *c != '\0'; c++)
        ck_assert_uint_lt((unsigned char)*c, 0x80);
    for (const char *c = outcome_body(&drawn); *c != '\0'; c++)
        beyond = beyond || (unsigned char)*c >= 0x80;
    ck_assert(beyond);
    ck_assert_ptr_nonnull(strstr(outcome.made->link, "</v1/scores>; rel=\"alternate\""));
    outcome_done(&outcome);
    outcome_done(&drawn);
}
END_TEST

/* --- hostile --- */

static uint32_t next_number(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static const char *const values[] = {"legal-conditions",
                                     "strategy-goals",
                                     "@",
                                     "1",
                                     "1.0",
                                     "1.1.0",
                                     "equal",
                                     "annual-audit",
                                     "cip-strategy",
                                     "goal-a",
                                     "goal-b",
                                     ":",
                                     "0",
                                     "100",
                                     "101",
                                     "00",
                                     "-1",
                                     "2147483648",
                                     "99999999999999999999",
                                     ",",
                                     ",,",
                                     "2016",
                                     "2016-02-30",
                                     "-07",
                                     "1899",
                                     "2199",
                                     "2026-11-24",
                                     "P",
                                     "P5Y",
                                     "P18M",
                                     "90D",
                                     "P2W",
                                     "PT1H",
                                     "P200Y",
                                     "P2400M",
                                     "P73000D",
                                     "assessor",
                                     "our_reading",
                                     "eu_law",
                                     "high",
                                     "medium",
                                     "low",
                                     "eu",
                                     "efta",
                                     "BE",
                                     "el",
                                     "300",
                                     "XK",
                                     "QQ",
                                     "%2C",
                                     "%3A",
                                     "%40",
                                     "%00",
                                     "%zz",
                                     "%FF",
                                     "%C3%A9",
                                     "%F0%9F%92%A9",
                                     "+",
                                     "'",
                                     "--",
                                     "*",
                                     "null",
                                     "{}",
                                     "%25s",
                                     "%25n",
                                     "="};

/* Each parameter with values that are good where it is taken. */
static const struct {
    const char *name;
    const char *good[3];
} parameters[] = {
    {"methodology", {"legal-conditions", "legal-conditions@1.0", "strategy-goals"}},
    {"weights", {"equal", "annual-audit:100,cip-strategy:0", "mandatory-reporting:2"}},
    {"as_of", {"2016", "2020-02", "2026-11-24"}},
    {"max_age", {"P5Y", "P18M", "P2W"}},
    {"basis", {"assessor", "eu_law,our_reading", "assessor,our_reading,eu_law"}},
    {"sure", {"high", "medium", "low"}},
    {"group", {"eu", "efta", "eu,efta"}},
    {"countries", {"BE", "el,BE", "XK,300,BEL"}},
    {"country", {"GR", "be", "XK"}},
    {"explain", {"1", "1", "1"}},
    {"ascii", {"1", "1", "1"}},
    {"sort", {"country", "-value", "coverage"}},
    {"pretty", {"1", "1", "1"}},
    {"limit", {"1", "2", "1000"}},
};

/* Some parameters, half of them with a value of random scraps. */
static void hostile_query(uint32_t *state, struct buf *out)
{
    size_t count = 1 + next_number(state) % 4;
    for (size_t i = 0; i < count; i++) {
        size_t which = next_number(state) % COUNT_OF(parameters);
        size_t parts = next_number(state) % 8 == 0 ? next_number(state) % 40 : 1 + next_number(state) % 4;
        buf_printf(out, "%c%s=", strchr(out->data, '?') == NULL ? '?' : '&', parameters[which].name);
        if (next_number(state) % 2 == 0)
            buf_puts(out, parameters[which].good[next_number(state) % 3]);
        else
            for (size_t k = 0; k < parts; k++)
                buf_puts(out, values[next_number(state) % COUNT_OF(values)]);
    }
    ck_assert(buf_ok(out));
}

static const char *const asked_paths[] = {"/v1/scores",
                                          "/v1/scores/BE",
                                          "/v1/scores/BE/history",
                                          "/v1/compare",
                                          "/v1/countries/BE/legal-conditions",
                                          "/v1/countries/BE/timeline",
                                          "/v1/assessments",
                                          "/v1/assessments/wide"};

START_TEST(hostile_values_get_an_answer_or_a_refusal)
{
    static const char *const suffixes[] = {"", ".csv", ".txt", ".json"};
    uint32_t state = 2654435769U + (uint32_t)_i;
    size_t good = 0;
    for (size_t i = 0; i < 1000; i++) {
        CLEANUP(buf_done) struct buf target;
        buf_init(&target, SERVE_TARGET_BYTES);
        buf_puts(&target, asked_paths[_i]);
        buf_puts(&target,
                 suffixes[next_number(&state) % (strncmp(asked_paths[_i], "/v1/assessments", 15) == 0 ? 2 : 4)]);
        if (strcmp(asked_paths[_i], "/v1/compare") == 0 && next_number(&state) % 2 == 0)
            buf_puts(&target, "?group=eu");
        hostile_query(&state, &target);
        struct outcome outcome = fixture_ask(snapshot, "GET", target.data, NULL);
        ck_assert_msg(outcome.status == 200 || outcome.status == 400, "%u of %s: %s", outcome.status, target.data,
                      outcome.cause);
        if (outcome.status == 200)
            check_again(&outcome);
        good += outcome.status == 200 ? 1 : 0;
        outcome_done(&outcome);
    }
    ck_assert_uint_gt(good, 10);
}
END_TEST

TCase *serve_asked_cases(void)
{
    TCase *tests = tcase_create("asked");
    tcase_add_checked_fixture(tests, open_it, close_it);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, two_spellings_of_one_question_give_the_same_bytes_and_tag, 0, COUNT_OF(spellings));
    tcase_add_loop_test(tests, a_question_gets_its_answer, 0, COUNT_OF(answers));
    tcase_add_test(tests, pages_of_a_question_lead_through_all_of_it_once);
    tcase_add_test(tests, a_cursor_of_another_question_is_refused);
    tcase_add_test(tests, a_cursor_leads_on_in_the_forms_that_explain_nothing);
    tcase_add_test(tests, ascii_text_has_no_other_byte);
    tcase_add_loop_test(tests, hostile_values_get_an_answer_or_a_refusal, 0, COUNT_OF(asked_paths));
    return tests;
}
