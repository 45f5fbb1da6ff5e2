/* SPDX-License-Identifier: MIT */
/* Ceilings and deadlines: no head below 7 KB is closed without an answer, no slow client holds a connection, and no
 * address takes all of them. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "http/running.h"

enum { STEP = 64, LARGEST_HEAD = 7168, DEADLINE_MS = 300 };

static void pause_ms(long ms)
{
    const struct timespec span = {.tv_nsec = ms * 1000000};
    (void)nanosleep(&span, NULL);
}

/* A head of exactly `size` bytes, filled up in one field. */
static size_t make_head(const char *field, size_t size, char ret[LARGEST_HEAD + 1])
{
    int len = snprintf(ret, LARGEST_HEAD, "GET /v1 HTTP/1.1\r\nHost: test\r\nAccept: application/json\r\n%s: ", field);
    size_t at = (size_t)len;
    while (at + 4 < size)
        ret[at++] = 'c';
    memcpy(ret + at, "\r\n\r\n", 4);
    return at + 4;
}

/* As long a `q` as is taken, each letter escaped. */
#define LETTERS "%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9"
#define LONG_WORDS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS

static const char *const fields[] = {"X-Filler", "Cookie", "Cookie: a=b; c"};

START_TEST(no_head_below_seven_kilobytes_is_closed_without_an_answer)
{
    char head[LARGEST_HEAD + 1];
    bool served = false, refused = false;
    for (size_t size = STEP; size <= LARGEST_HEAD; size += STEP) {
        size_t len = make_head(fields[_i], size, head);
        int fd = client_connect(http_port(server));
        client_send(fd, head, len);
        struct reply answer = client_answer(fd, false);
        ck_assert_msg(answer.status == (len < 6000 ? 200 : answer.status) && answer.status != 0, "%s, %zu bytes: %d",
                      fields[_i], len, answer.status);
        ck_assert_msg(answer.status == 200 || answer.status == 431, "%zu bytes: %d", len, answer.status);
        ck_assert_ptr_null(strstr(answer.body, "<html"));
        served = served || answer.status == 200;
        refused = refused || answer.status == 431;
        reply_done(&answer);
        client_close(fd);
    }
    ck_assert(served);
    ck_assert(refused);
}
END_TEST

/* The answer's head repeats the query beside it. Real data has longer queries than this fixture, so the connection has
 * less memory here, by as much as they are longer. */
START_TEST(no_long_query_below_seven_kilobytes_is_closed_without_an_answer)
{
    char head[LARGEST_HEAD + 1];
    struct config small = fixture_config();
    small.connection_memory = 13 * 1024;
    struct http_server *other = fixture_start(&small);
    for (size_t years = 4; years <= 60; years += 4) {
        size_t at = (size_t)snprintf(head, sizeof(head), "GET /v1/certs?q=%s&established=2000", LONG_WORDS);
        for (size_t i = 0; i < years; i++)
            at += (size_t)snprintf(head + at, sizeof(head) - at, ",19%02zu..20%02zu", i + 10, i);
        at += (size_t)snprintf(head + at, sizeof(head) - at, " HTTP/1.1\r\nHost: test\r\nX-Filler: ");
        size_t most = at + 6000 < LARGEST_HEAD ? at + 6000 : LARGEST_HEAD;
        memset(head + at, 'c', most - at - 4);
        memcpy(head + most - 4, "\r\n\r\n", 5);
        int fd = client_connect(http_port(other));
        client_send(fd, head, most);
        struct reply answer = client_answer(fd, false);
        ck_assert_msg(answer.status == 200, "%zu years, %zu bytes: %d", years, most, answer.status);
        reply_done(&answer);
        client_close(fd);
    }
    http_stop(other);
}
END_TEST

/* The peer ends a connection on which `drip` is sent every 20 ms. `before` is a moment before what its deadline counts
 * from, so that no pause of this process makes the cut look early. */
static void expect_cut(int fd, const char *drip, int64_t before)
{
    while (client_open(fd, 20) && fixture_now_ms() - before < 10000)
        client_say(fd, drip);
    ck_assert(client_ended(fd));
    int64_t took = fixture_now_ms() - before;
    ck_assert_msg(took >= DEADLINE_MS - 20 && took < DEADLINE_MS + 1500, "cut after %lld ms", (long long)took);
}

static struct http_server *start_hasty(struct config *hasty)
{
    *hasty = fixture_config();
    hasty->head_timeout_ms = hasty->answer_timeout_ms = hasty->idle_timeout_ms = DEADLINE_MS;
    return fixture_start(hasty);
}

START_TEST(a_slow_head_is_cut_at_its_deadline)
{
    struct config hasty;
    struct http_server *other = start_hasty(&hasty);
    int fd = client_connect(http_port(other));
    int64_t before = fixture_now_ms();
    client_say(fd, "GET /v1 HTTP/1.1\r\nX: ");
    expect_cut(fd, "x", before);
    client_close(fd);
    struct reply answer = client_get(http_admin_port(other), "/metrics", "");
    ck_assert_ptr_nonnull(strstr(answer.body, "\ncyberatlas_deadline_cuts_total{phase=\"head\"} 1\n"));
    reply_done(&answer);
    http_stop(other);
}
END_TEST

START_TEST(a_slow_request_line_is_cut_at_its_deadline)
{
    struct config hasty;
    struct http_server *other = start_hasty(&hasty);
    int fd = client_connect(http_port(other));
    int64_t before = fixture_now_ms();
    client_say(fd, "GET /");
    expect_cut(fd, "x", before);
    client_close(fd);
    http_stop(other);
}
END_TEST

START_TEST(a_slow_second_head_is_cut_too)
{
    struct config hasty;
    struct http_server *other = start_hasty(&hasty);
    int fd = client_connect(http_port(other));
    client_expect(fd, "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n", 200);
    int64_t before = fixture_now_ms();
    client_say(fd, "GET /v1 HTTP/1.1\r\nX: ");
    expect_cut(fd, "x", before);
    client_close(fd);
    http_stop(other);
}
END_TEST

START_TEST(an_idle_connection_ends)
{
    struct config hasty;
    struct http_server *other = start_hasty(&hasty);
    int fd = client_connect(http_port(other));
    int64_t before = fixture_now_ms();
    client_expect(fd, "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n", 200);
    expect_cut(fd, "", before);
    client_close(fd);
    http_stop(other);
}
END_TEST

START_TEST(a_second_request_line_that_trickles_is_cut_at_the_heads_deadline)
{
    struct config hasty = fixture_config();
    hasty.head_timeout_ms = DEADLINE_MS;
    struct http_server *other = fixture_start(&hasty);
    int fd = client_connect(http_port(other));
    client_expect(fd, "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n", 200);
    ck_assert(client_open(fd, DEADLINE_MS + 200)); /* idle, it may stay */
    int64_t before = fixture_now_ms();
    client_say(fd, "GET /");
    expect_cut(fd, "x", before);
    client_close(fd);
    http_stop(other);
}
END_TEST

/* Half a head behind a whole one counts from when the answer to that has ended. */
START_TEST(half_a_head_behind_a_whole_one_is_cut_at_the_heads_deadline)
{
    struct config hasty = fixture_config();
    hasty.head_timeout_ms = DEADLINE_MS;
    struct http_server *other = fixture_start(&hasty);
    int fd = client_connect(http_port(other));
    int64_t before = fixture_now_ms();
    client_expect(fd, "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\nGET /v1 HTTP/1.1\r\nHo", 200);
    expect_cut(fd, "", before);
    client_close(fd);
    http_stop(other);
}
END_TEST

START_TEST(empty_lines_that_trickle_hold_no_connection)
{
    struct config hasty;
    struct http_server *other = start_hasty(&hasty);
    int fd = client_connect(http_port(other));
    int64_t before = fixture_now_ms();
    client_expect(fd, "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n", 200);
    client_say(fd, "\r\n");
    expect_cut(fd, "", before);
    client_close(fd);
    http_stop(other);
}
END_TEST

/* Each reads a little now and then, so that it is never quiet. */
START_TEST(an_answer_that_is_read_in_drops_is_cut_at_its_deadline)
{
    char drop[512];
    struct config hasty = fixture_config();
    hasty.answer_timeout_ms = DEADLINE_MS;
    struct http_server *other = fixture_start(&hasty);
    struct err err = {0};
    fixture_dataset(fixture_path(), 2, 8 * 1024 * 1024);
    ck_assert(http_reload(other, &err));
    int fd = client_connect(http_port(other));
    client_say(fd, "GET /v1/countries/NL HTTP/1.1\r\nHost: test\r\n\r\n");
    int64_t before = fixture_now_ms(), opened = before;
    while (opened != 0 && fixture_now_ms() - before < 5000) {
        ck_assert_int_ge(recv(fd, drop, sizeof(drop), 0), 0);
        pause_ms(10);
        struct reply answer = client_get(http_admin_port(other), "/metrics", "");
        opened = strstr(answer.body, "\ncyberatlas_deadline_cuts_total{phase=\"answer\"} 1\n") == NULL;
        reply_done(&answer);
    }
    ck_assert_int_eq(opened, 0);
    ck_assert_int_lt(fixture_now_ms() - before, DEADLINE_MS + 700);
    client_close(fd);
    http_stop(other);
}
END_TEST

enum { SLOW_CLIENTS = 200, SERVED = 50, LONGEST_ANSWER_MS = 1000 };

static void connect_slowly(uint16_t port, int fds[SLOW_CLIENTS])
{
    static const char *const begins[] = {"", "G", "GET /v1 HTTP/1.1\r\nX: ", "GET /v1 HTTP/1.1\r\nHost: t\r\n"};
    for (int i = 0; i < SLOW_CLIENTS; i++) {
        fds[i] = client_connect(port);
        client_say(fds[i], begins[i % 4]);
    }
}

START_TEST(slow_clients_are_cut_while_others_are_served)
{
    int fds[SLOW_CLIENTS];
    struct config hasty = fixture_config();
    hasty.head_timeout_ms = DEADLINE_MS * 3;
    struct http_server *other = fixture_start(&hasty);
    connect_slowly(http_port(other), fds);
    for (int served = 0; served < SERVED; served++) {
        int64_t before = fixture_now_ms();
        struct reply answer = client_get(http_port(other), "/v1", "");
        ck_assert_int_eq(answer.status, 200);
        ck_assert_int_lt(fixture_now_ms() - before, LONGEST_ANSWER_MS);
        reply_done(&answer);
        for (int i = 2; i < SLOW_CLIENTS; i += 4)
            client_say(fds[i], "x");
        pause_ms(10);
    }
    for (int i = 0; i < SLOW_CLIENTS; i++) {
        ck_assert(client_ended(fds[i]));
        client_close(fds[i]);
    }
    struct reply answer = client_get(http_admin_port(other), "/metrics", "");
    ck_assert_ptr_nonnull(strstr(answer.body, "\ncyberatlas_deadline_cuts_total{phase=\"head\"} 200\n"));
    reply_done(&answer);
    http_stop(other);
}
END_TEST

START_TEST(an_answer_that_is_never_read_ends)
{
    struct config hasty;
    struct http_server *other = start_hasty(&hasty);
    struct err err = {0};
    fixture_dataset(fixture_path(), 2, 8 * 1024 * 1024);
    ck_assert(http_reload(other, &err));
    int fd = client_connect(http_port(other));
    client_say(fd, "GET /v1/countries/NL HTTP/1.1\r\nHost: test\r\n\r\n");
    pause_ms(DEADLINE_MS + 500);
    struct reply answer = client_answer(fd, false);
    ck_assert_int_eq(answer.status, 0);
    ck_assert_uint_lt(answer.len, 8 * 1024 * 1024 - 1);
    reply_done(&answer);
    client_close(fd);
    http_stop(other);
}
END_TEST

START_TEST(one_address_gets_no_more_connections_than_allowed)
{
    struct config few = fixture_config();
    few.connections_per_address = 4;
    struct http_server *other = fixture_start(&few);
    int fds[5];
    for (int i = 0; i < 4; i++) {
        fds[i] = client_connect(http_port(other));
        client_expect(fds[i], "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n", 200);
    }
    fds[4] = client_connect(http_port(other));
    client_say(fds[4], "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n");
    ck_assert(client_ended(fds[4]));
    client_close(fds[4]);
    client_close(fds[0]);
    struct reply answer = {0};
    for (int i = 0; i < 100 && answer.status == 0; i++, pause_ms(10))
        answer = client_get(http_port(other), "/v1", "");
    ck_assert_int_eq(answer.status, 200);
    reply_done(&answer);
    for (int i = 1; i < 4; i++)
        client_close(fds[i]);
    http_stop(other);
}
END_TEST

START_TEST(connections_beyond_the_limit_wait_for_their_turn)
{
    struct config few = fixture_config();
    few.threads = 1;
    few.connections = 3;
    struct http_server *other = fixture_start(&few);
    int fds[4];
    for (int i = 0; i < 3; i++) {
        fds[i] = client_connect(http_port(other));
        client_expect(fds[i], "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n", 200);
    }
    fds[3] = client_connect(http_port(other));
    client_say(fds[3], "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n");
    ck_assert(client_open(fds[3], 100));
    client_close(fds[0]);
    struct reply answer = client_answer(fds[3], false);
    ck_assert_int_eq(answer.status, 200);
    reply_done(&answer);
    for (int i = 1; i < 4; i++)
        client_close(fds[i]);
    http_stop(other);
}
END_TEST

void add_limit_cases(Suite *suite)
{
    TCase *heads = tcase_create("heads");
    tcase_add_unchecked_fixture(heads, start_server, stop_server);
    tcase_set_timeout(heads, 120);
    tcase_add_loop_test(heads, no_head_below_seven_kilobytes_is_closed_without_an_answer, 0,
                        (int)(sizeof(fields) / sizeof(fields[0])));
    tcase_add_test(heads, no_long_query_below_seven_kilobytes_is_closed_without_an_answer);
    suite_add_tcase(suite, heads);
    TCase *tcase = tcase_create("limits");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_slow_head_is_cut_at_its_deadline);
    tcase_add_test(tcase, a_slow_request_line_is_cut_at_its_deadline);
    tcase_add_test(tcase, a_slow_second_head_is_cut_too);
    tcase_add_test(tcase, an_idle_connection_ends);
    tcase_add_test(tcase, a_second_request_line_that_trickles_is_cut_at_the_heads_deadline);
    tcase_add_test(tcase, half_a_head_behind_a_whole_one_is_cut_at_the_heads_deadline);
    tcase_add_test(tcase, empty_lines_that_trickle_hold_no_connection);
    tcase_add_test(tcase, an_answer_that_is_never_read_ends);
    tcase_add_test(tcase, an_answer_that_is_read_in_drops_is_cut_at_its_deadline);
    tcase_add_test(tcase, slow_clients_are_cut_while_others_are_served);
    tcase_add_test(tcase, one_address_gets_no_more_connections_than_allowed);
    tcase_add_test(tcase, connections_beyond_the_limit_wait_for_their_turn);
    suite_add_tcase(suite, tcase);
}
