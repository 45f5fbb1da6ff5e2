/* SPDX-License-Identifier: MIT */
/* The HTTP server from outside: ordinary requests, their header fields, and the listeners. The further parts stand in
 * check_http_*.c. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/running.h"
#include "run_suites.h"

static struct reply ask(const char *method, const char *path, const char *more)
{
    char text[2048];
    int fd = client_connect(http_port(server));
    (void)snprintf(text, sizeof(text), "%s %s HTTP/1.1\r\nHost: test\r\n%s\r\n", method, path, more);
    client_say(fd, text);
    struct reply answer = client_answer(fd, strcmp(method, "HEAD") == 0);
    ck_assert(client_open(fd, 10));
    client_close(fd);
    return answer;
}

static void expect_field(const struct reply *answer, const char *name, const char *value)
{
    char text[512];
    ck_assert_msg(reply_field(answer, name, text), "%s is missing in\n%s", name, answer->head);
    ck_assert_str_eq(text, value);
}

static void expect_no_field(const struct reply *answer, const char *name)
{
    char text[512];
    ck_assert_msg(!reply_field(answer, name, text), "%s in\n%s", name, answer->head);
}

static void expect_common(const struct reply *answer)
{
    expect_field(answer, "Access-Control-Allow-Origin", "*");
    expect_field(answer, "X-Content-Type-Options", "nosniff");
    expect_field(answer, "Referrer-Policy", "no-referrer");
    expect_field(answer, "Cross-Origin-Resource-Policy", "cross-origin");
    expect_field(answer, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    char exposed[512];
    ck_assert(reply_field(answer, "Access-Control-Expose-Headers", exposed));
    ck_assert_ptr_nonnull(strstr(exposed, "ETag"));
    ck_assert_ptr_nonnull(strstr(exposed, "Dataset-Revision"));
}

START_TEST(answers_carry_every_field_they_promise)
{
    struct reply answer = ask("GET", "/v1", "");
    ck_assert_int_eq(answer.status, 200);
    ck_assert(reply_is_whole(&answer));
    expect_common(&answer);
    expect_field(&answer, "Content-Type", "application/json");
    expect_field(&answer, "Cache-Control", "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400");
    expect_field(&answer, "Vary", "Accept, Accept-Encoding");
    expect_field(&answer, "Content-Location", "/v1");
    char text[512];
    ck_assert(reply_field(&answer, "Dataset-Revision", text));
    ck_assert_uint_eq(strlen(text), 12);
    ck_assert(reply_field(&answer, "Link", text));
    ck_assert(reply_field(&answer, "Date", text));
    reply_done(&answer);
}
END_TEST

START_TEST(head_is_get_without_the_body)
{
    struct reply get = ask("GET", "/v1", "");
    struct reply head = ask("HEAD", "/v1", "");
    ck_assert_int_eq(head.status, 200);
    ck_assert_uint_eq(head.len, 0);
    char *date = strstr(get.head, "Date: ");
    char *other = strstr(head.head, "Date: ");
    ck_assert_ptr_nonnull(date);
    ck_assert_ptr_nonnull(other);
    memset(date, 'x', strcspn(date, "\r"));
    memset(other, 'x', strcspn(other, "\r"));
    ck_assert_str_eq(get.head, head.head);
    reply_done(&get);
    reply_done(&head);
}
END_TEST

START_TEST(not_modified_has_the_fields_of_the_answer_and_its_true_length)
{
    char etag[512], length[512], more[600];
    struct reply full = ask("GET", "/v1", "");
    ck_assert(reply_field(&full, "ETag", etag));
    ck_assert(reply_field(&full, "Content-Length", length));
    reply_done(&full);
    (void)snprintf(more, sizeof(more), "If-None-Match: \"x\"\r\nIf-None-Match: %s\r\n", etag);
    struct reply same = ask("GET", "/v1", more);
    ck_assert_int_eq(same.status, 304);
    expect_field(&same, "ETag", etag);
    char text[512];
    if (reply_field(&same, "Content-Length", text))
        ck_assert_str_eq(text, length);
    expect_common(&same);
    reply_done(&same);
}
END_TEST

START_TEST(computed_answers_are_cached_by_their_etag_too)
{
    char etag[512], more[600], text[512];
    struct reply full = ask("GET", "/v1?pretty=1", "");
    ck_assert_int_eq(full.status, 200);
    ck_assert(reply_field(&full, "ETag", etag));
    expect_common(&full);
    expect_field(&full, "Content-Location", "/v1?pretty=1");
    ck_assert(reply_field(&full, "Dataset-Revision", text));
    reply_done(&full);
    (void)snprintf(more, sizeof(more), "If-None-Match: %s\r\n", etag);
    struct reply same = ask("GET", "/v1?pretty=1", more);
    ck_assert_int_eq(same.status, 304);
    expect_field(&same, "ETag", etag);
    reply_done(&same);
}
END_TEST

START_TEST(a_coding_is_another_representation)
{
    char plain[512], packed[512];
    struct reply reply = ask("GET", "/v1/countries/BE", "");
    expect_no_field(&reply, "Content-Encoding");
    ck_assert(reply_field(&reply, "ETag", plain));
    reply_done(&reply);
    reply = ask("GET", "/v1/countries/BE", "Accept-Encoding: deflate\r\nAccept-Encoding: gzip\r\n");
    expect_field(&reply, "Content-Encoding", "gzip");
    ck_assert(reply_field(&reply, "ETag", packed));
    ck_assert_str_ne(plain, packed);
    ck_assert(reply_is_whole(&reply));
    reply_done(&reply);
}
END_TEST

START_TEST(a_page_may_use_what_this_service_serves_and_nothing_else)
{
    char policy[512];
    struct reply reply = ask("GET", "/", "Accept: text/html\r\n");
    ck_assert_int_eq(reply.status, 200);
    expect_field(&reply, "Content-Type", "text/html; charset=utf-8");
    ck_assert(reply_field(&reply, "Content-Security-Policy", policy));
    ck_assert_ptr_nonnull(strstr(policy, "default-src 'none'; frame-ancestors 'none'"));
    ck_assert_ptr_nonnull(strstr(policy, "; style-src 'self' 'sha256-"));
    ck_assert_ptr_nonnull(strstr(policy, "; script-src 'self';"));
    ck_assert_ptr_nonnull(strstr(policy, "; require-trusted-types-for 'script'; trusted-types 'none'"));
    ck_assert_ptr_nonnull(strstr(policy, "img-src 'self'")); /* browsers fetch /favicon.ico by themselves */
    ck_assert_ptr_null(strstr(policy, "unsafe"));
    reply_done(&reply);
}
END_TEST

START_TEST(options_answers_a_preflight)
{
    struct reply answer = ask("OPTIONS", "/v1",
                              "Origin: https://example.org\r\nAccess-Control-Request-Method: GET\r\n"
                              "Access-Control-Request-Headers: if-none-match\r\n");
    ck_assert_int_eq(answer.status, 204);
    expect_common(&answer);
    expect_field(&answer, "Allow", "GET, HEAD, OPTIONS");
    expect_field(&answer, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
    expect_field(&answer, "Access-Control-Allow-Headers", "*");
    expect_field(&answer, "Access-Control-Max-Age", "86400");
    expect_no_field(&answer, "Content-Length");
    reply_done(&answer);
}
END_TEST

struct wrong {
    const char *method, *path, *more;
    int status;
    const char *cache;
};

static const struct wrong wrongs[] = {
    {"DELETE", "/v1", "", 405, "public, max-age=60"},
    {"GET", "/nothing", "", 404, "public, max-age=60"},
    {"GET", "/v1", "Accept: image/png\r\n", 406, "public, max-age=60"},
    {"GET", "/v1/contacts?ip=192.0.2", "", 400, "private, no-store"},
    {"GET", "/v1/contacts?ip=192.0.2.1", "", 501, "private, no-store"},
};

START_TEST(problems_carry_the_common_fields_and_a_short_life)
{
    const struct wrong *wrong = &wrongs[_i];
    struct reply answer = ask(wrong->method, wrong->path, wrong->more);
    ck_assert_int_eq(answer.status, wrong->status);
    expect_common(&answer);
    expect_field(&answer, "Content-Type", "application/problem+json");
    expect_field(&answer, "Cache-Control", wrong->cache);
    expect_no_field(&answer, "ETag");
    if (wrong->status == 405)
        expect_field(&answer, "Allow", "GET, HEAD, OPTIONS");
    reply_done(&answer);
}
END_TEST

START_TEST(health_is_an_empty_204)
{
    struct reply answer = ask("GET", "/healthz", "");
    ck_assert_int_eq(answer.status, 204);
    expect_field(&answer, "Cache-Control", "no-store");
    expect_no_field(&answer, "Content-Length");
    reply_done(&answer);
}
END_TEST

START_TEST(one_connection_serves_many_requests)
{
    int fd = client_connect(http_port(server));
    for (int i = 0; i < 100; i++) {
        client_say(fd, "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n");
        struct reply answer = client_answer(fd, false);
        ck_assert_int_eq(answer.status, 200);
        reply_done(&answer);
    }
    client_close(fd);
}
END_TEST

START_TEST(pipelined_requests_are_answered_in_their_order)
{
    static const char *const paths[] = {"/v1", "/nothing", "/v1/countries/BE", "/healthz", "/v1"};
    static const int statuses[] = {200, 404, 200, 204, 200};
    char text[2048] = "";
    for (size_t i = 0; i < 5; i++) {
        size_t at = strlen(text);
        (void)snprintf(text + at, sizeof(text) - at, "GET %s HTTP/1.1\r\nHost: test\r\n\r\n", paths[i]);
    }
    int fd = client_connect(http_port(server));
    client_say(fd, text);
    for (size_t i = 0; i < 5; i++) {
        struct reply answer = client_answer(fd, false);
        ck_assert_int_eq(answer.status, statuses[i]);
        if (statuses[i] == 200)
            expect_field(&answer, "Content-Location", paths[i]);
        reply_done(&answer);
    }
    ck_assert(client_open(fd, 20));
    client_close(fd);
}
END_TEST

START_TEST(a_head_may_come_a_byte_at_a_time)
{
    static const char text[] = "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n";
    int fd = client_connect(http_port(server));
    for (size_t i = 0; text[i] != '\0'; i++)
        client_send(fd, text + i, 1);
    struct reply answer = client_answer(fd, false);
    ck_assert_int_eq(answer.status, 200);
    reply_done(&answer);
    client_close(fd);
}
END_TEST

START_TEST(a_taken_port_is_one_sentence)
{
    struct config second = config;
    second.port = http_port(server);
    struct http_server *other = NULL;
    struct err err = {0};
    ck_assert(!http_start(&second, fixture_path(), &other, &err));
    ck_assert_ptr_null(other);
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    char port[16];
    (void)snprintf(port, sizeof(port), "port %u ", second.port);
    ck_assert_ptr_nonnull(strstr(err.text, port));
    ck_assert_ptr_nonnull(strstr(err.text, "taken"));
    ck_assert_ptr_null(strchr(err.text, '\n'));
}
END_TEST

START_TEST(an_address_that_is_none_is_a_usage_error)
{
    struct config second = config;
    second.listen = "localhost";
    struct http_server *other = NULL;
    struct err err = {0};
    ck_assert(!http_start(&second, fixture_path(), &other, &err));
    ck_assert_int_eq(err.kind, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "localhost"));
}
END_TEST

START_TEST(a_missing_dataset_stops_the_start)
{
    struct http_server *other = NULL;
    struct err err = {0};
    ck_assert(!http_start(&config, "/nonexistent/atlas.db", &other, &err));
    ck_assert_ptr_null(other);
    ck_assert_ptr_nonnull(strstr(err.text, "/nonexistent/atlas.db"));
}
END_TEST

START_TEST(it_listens_on_ipv6)
{
    struct config second = config;
    second.listen = "::1";
    second.admin_listen = "";
    struct http_server *other = NULL;
    struct err err = {0};
    if (!http_start(&second, fixture_path(), &other, &err)) {
        ck_assert_msg(access("/proc/net/if_inet6", R_OK) != 0 || strstr(err.text, "assign") != NULL, "%s", err.text);
        return;
    }
    ck_assert_uint_eq(http_admin_port(other), 0);
    int fd = client_connect_v6(http_port(other));
    client_expect(fd, "GET /v1 HTTP/1.1\r\nHost: [::1]\r\n\r\n", 200);
    client_close(fd);
    http_stop(other);
}
END_TEST

START_TEST(it_listens_on_a_unix_socket_and_takes_over_a_stale_one)
{
    char listen[128];
    (void)snprintf(listen, sizeof(listen), "unix:%s/socket", fixture_folder());
    struct config second = config;
    second.listen = listen;
    second.admin_listen = "";
    for (int round = 0; round < 2; round++) {
        struct http_server *other = NULL, *third = NULL;
        struct err err = {0};
        ck_assert_msg(http_start(&second, fixture_path(), &other, &err), "%s", err.text);
        ck_assert(!http_start(&second, fixture_path(), &third, &err));
        ck_assert_ptr_nonnull(strstr(err.text, "taken"));
        struct stat status;
        ck_assert(stat(listen + 5, &status) == 0 && (status.st_mode & 0777) == 0666);
        int fd = client_connect_unix(listen + 5);
        ck_assert_int_ge(fd, 0);
        client_say(fd, "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n");
        struct reply answer = client_answer(fd, false);
        ck_assert_int_eq(answer.status, 200);
        reply_done(&answer);
        client_close(fd);
        http_stop(other);
        ck_assert_int_ne(access(listen + 5, F_OK), 0);
        int stale = client_leave_socket(listen + 5);
        ck_assert_int_eq(stale, 0);
    }
}
END_TEST

static TCase *ordinary_cases(void)
{
    TCase *tcase = tcase_create("ordinary");
    tcase_add_unchecked_fixture(tcase, start_server, stop_server);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, answers_carry_every_field_they_promise);
    tcase_add_test(tcase, head_is_get_without_the_body);
    tcase_add_test(tcase, not_modified_has_the_fields_of_the_answer_and_its_true_length);
    tcase_add_test(tcase, computed_answers_are_cached_by_their_etag_too);
    tcase_add_test(tcase, a_coding_is_another_representation);
    tcase_add_test(tcase, a_page_may_use_what_this_service_serves_and_nothing_else);
    tcase_add_test(tcase, options_answers_a_preflight);
    tcase_add_loop_test(tcase, problems_carry_the_common_fields_and_a_short_life, 0,
                        (int)(sizeof(wrongs) / sizeof(wrongs[0])));
    tcase_add_test(tcase, health_is_an_empty_204);
    tcase_add_test(tcase, one_connection_serves_many_requests);
    tcase_add_test(tcase, pipelined_requests_are_answered_in_their_order);
    tcase_add_test(tcase, a_head_may_come_a_byte_at_a_time);
    tcase_add_test(tcase, a_taken_port_is_one_sentence);
    tcase_add_test(tcase, an_address_that_is_none_is_a_usage_error);
    tcase_add_test(tcase, a_missing_dataset_stops_the_start);
    tcase_add_test(tcase, it_listens_on_ipv6);
    tcase_add_test(tcase, it_listens_on_a_unix_socket_and_takes_over_a_stale_one);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("http");
    suite_add_tcase(suite, ordinary_cases());
    add_wire_cases(suite);
    add_hostile_cases(suite);
    add_swap_cases(suite);
    add_stop_cases(suite);
    add_limit_cases(suite);
    add_admin_cases(suite);
    (void)fixture_folder();
    int code = run_suites((Suite *[]){suite, NULL});
    fixture_remove();
    return code;
}
