/* SPDX-License-Identifier: MIT */
/* Every row of the table in http/hostile, whole and cut at random places; and honest heads that come in pieces or not
 * to their end. After each the server answers the next client at once. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "http/hostile.h"
#include "http/running.h"

enum { LEAST_ROWS = 300, CUTS = 2 };

static struct hostile_table table;

START_TEST(a_hostile_request_gets_what_the_standards_ask)
{
    char error[HOSTILE_ERROR_SIZE];
    ck_assert_msg(hostile_run(&table.rows[_i], http_port(server), 0, error), "%s", error);
}
END_TEST

START_TEST(it_gets_the_same_however_it_is_cut)
{
    char error[HOSTILE_ERROR_SIZE];
    for (unsigned cut = 1; cut <= CUTS; cut++)
        ck_assert_msg(hostile_run(&table.rows[_i], http_port(server), (unsigned)_i * CUTS + cut, error), "cut %u: %s",
                      cut, error);
}
END_TEST

START_TEST(the_table_has_its_rows)
{
    ck_assert_uint_ge(table.count, LEAST_ROWS);
}
END_TEST

static const char head[] = "GET /v1?pretty=1 HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\nAccept: */*\r\n\r\n";

static void pause_ms(long ms)
{
    const struct timespec span = {.tv_nsec = ms * 1000000};
    (void)nanosleep(&span, NULL);
}

static int connect_without_delay(void)
{
    int fd = client_connect(http_port(server));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    return fd;
}

/* Exactly one answer of 200, and the connection stays. */
static void expect_one(int fd)
{
    struct reply answer = client_answer(fd, false);
    ck_assert_int_eq(answer.status, 200);
    reply_done(&answer);
    ck_assert(client_open(fd, 5));
}

START_TEST(a_head_cut_in_two_anywhere_is_answered_once)
{
    int fd = connect_without_delay();
    for (size_t cut = 1; cut < sizeof(head) - 1; cut++) {
        client_send(fd, head, cut);
        pause_ms(2);
        client_send(fd, head + cut, sizeof(head) - 1 - cut);
        expect_one(fd);
    }
    client_close(fd);
}
END_TEST

START_TEST(a_head_of_one_byte_at_a_time_is_answered_once)
{
    int fd = connect_without_delay();
    for (size_t at = 0; at < sizeof(head) - 1; at++) {
        client_send(fd, head + at, 1);
        pause_ms(1);
    }
    expect_one(fd);
    client_close(fd);
}
END_TEST

START_TEST(a_head_that_breaks_off_is_never_run)
{
    for (size_t cut = 0; cut < sizeof(head) - 1; cut++) {
        int fd = client_connect(http_port(server));
        client_send(fd, head, cut);
        (void)shutdown(fd, SHUT_WR);
        ck_assert_msg(client_ended(fd), "answered after %zu bytes", cut);
        client_close(fd);
    }
    struct reply answer = client_get(http_port(server), "/v1", "");
    ck_assert_int_eq(answer.status, 200);
    reply_done(&answer);
}
END_TEST

START_TEST(who_sends_no_more_still_gets_the_answer)
{
    int fd = client_connect(http_port(server));
    client_send(fd, head, sizeof(head) - 1);
    (void)shutdown(fd, SHUT_WR);
    struct reply answer = client_answer(fd, false);
    ck_assert_int_eq(answer.status, 200);
    reply_done(&answer);
    client_close(fd);
}
END_TEST

START_TEST(refusals_are_problems_that_any_page_may_read)
{
    static const char *const requests[] = {"GET /v1 HTTP/1.1\r\n\r\n", "GET /v1 HTTP/1.1\r\nHost : t\r\n\r\n"};
    char text[512];
    int fd = client_connect(http_port(server));
    client_say(fd, requests[_i]);
    struct reply answer = client_answer(fd, false);
    ck_assert_int_eq(answer.status, 400);
    ck_assert(reply_field(&answer, "Content-Type", text));
    ck_assert_str_eq(text, "application/problem+json");
    ck_assert(reply_field(&answer, "Access-Control-Allow-Origin", text));
    ck_assert_str_eq(text, "*");
    ck_assert_ptr_nonnull(strstr(answer.body, _i == 0 ? "The field Host is missing." : "before the colon"));
    ck_assert(reply_field(&answer, "Dataset-Revision", text));
    reply_done(&answer);
    client_close(fd);
}
END_TEST

START_TEST(a_page_may_ask_for_what_is_not_there_and_read_that_it_is_not)
{
    static const char *const fields[] = {"", "Origin: https://example.org\r\nAccess-Control-Request-Method: GET\r\n"};
    char text[512];
    int fd = client_connect(http_port(server));
    for (size_t i = 0; i < 2; i++) {
        client_say(fd, "OPTIONS /nothing HTTP/1.1\r\nHost: test\r\n");
        client_say(fd, fields[i]);
        client_say(fd, "\r\n");
        struct reply answer = client_answer(fd, false);
        ck_assert_int_eq(answer.status, i == 0 ? 404 : 204);
        ck_assert(reply_field(&answer, "Access-Control-Allow-Origin", text));
        ck_assert_str_eq(text, "*");
        ck_assert_int_eq(reply_field(&answer, "Access-Control-Allow-Headers", text), i == 1);
        reply_done(&answer);
    }
    client_close(fd);
}
END_TEST

static void drop_table(void)
{
    hostile_free(&table);
}

void add_hostile_cases(Suite *suite)
{
    table = hostile_load_here(); /* before the suite runs, since it has a test for each row */
    (void)atexit(drop_table);
    TCase *tcase = tcase_create("hostile");
    tcase_add_unchecked_fixture(tcase, start_server, stop_server);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, the_table_has_its_rows);
    tcase_add_loop_test(tcase, a_hostile_request_gets_what_the_standards_ask, 0, (int)table.count);
    tcase_add_loop_test(tcase, it_gets_the_same_however_it_is_cut, 0, (int)table.count);
    tcase_add_test(tcase, a_head_cut_in_two_anywhere_is_answered_once);
    tcase_add_test(tcase, a_head_of_one_byte_at_a_time_is_answered_once);
    tcase_add_test(tcase, a_head_that_breaks_off_is_never_run);
    tcase_add_test(tcase, who_sends_no_more_still_gets_the_answer);
    tcase_add_loop_test(tcase, refusals_are_problems_that_any_page_may_read, 0, 2);
    tcase_add_test(tcase, a_page_may_ask_for_what_is_not_there_and_read_that_it_is_not);
    suite_add_tcase(suite, tcase);
}
