/* SPDX-License-Identifier: MIT */
/* Generations from outside: whoever reads, slowly or by the thousand, gets each answer of one dataset and whole,
 * whatever is loaded meanwhile; and a stop loses nothing that was accepted. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http/fixture.h"
#include "http/readers.h"

enum { LARGE = 8 * 1024 * 1024, RELOADS = 40, STOP_ROUNDS = 5 };

static void pause_ms(long ms)
{
    const struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&span, NULL);
}

static void reload(struct http_server *server, unsigned number, size_t large)
{
    struct err err = {0};
    fixture_dataset(fixture_path(), number, large);
    bool reloaded = http_reload(server, &err);
    ck_assert_msg(reloaded, "%s", err.text);
}

static bool metric_is(struct http_server *server, const char *line)
{
    struct reply answer = client_get(http_admin_port(server), "/metrics", "");
    bool found = answer.status == 200 && strstr(answer.body, line) != NULL;
    reply_done(&answer);
    return found;
}

static void expect_number(struct http_server *server, unsigned number)
{
    char text[32];
    struct reply answer = client_get(http_port(server), "/v1", "");
    ck_assert_int_eq(answer.status, 200);
    ck_assert(reply_is_whole(&answer));
    (void)snprintf(text, sizeof(text), "\"number\":%u,", number);
    ck_assert_ptr_nonnull(strstr(answer.body, text));
    reply_done(&answer);
}

START_TEST(a_slow_reader_gets_the_old_bytes_across_three_reloads)
{
    struct config config = fixture_config();
    config.answer_timeout_ms = 120000;
    struct http_server *server = fixture_start(&config);
    reload(server, 1, LARGE);
    int small = 65536;
    int fd = client_connect(http_port(server));
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    client_say(fd, "GET /v1/countries/NL HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    char some[1024];
    static char all[LARGE + 8192];
    size_t len = 0;
    for (unsigned number = 2; number <= 4; number++) {
        for (int i = 0; i < 20; i++) {
            ssize_t got = recv(fd, some, sizeof(some), 0);
            ck_assert_int_gt(got, 0);
            memcpy(all + len, some, (size_t)got);
            len += (size_t)got;
            pause_ms(2);
        }
        reload(server, number, LARGE);
        http_tend(server);
        expect_number(server, number);
    }
    ck_assert(metric_is(server, "\ncyberatlas_generations 2\n"));
    for (ssize_t got = 1; got > 0 && len < sizeof(all) - 1; len += (size_t)(got > 0 ? got : 0))
        got = recv(fd, all + len, sizeof(all) - 1 - len, 0);
    client_close(fd);
    char *body = strstr(all, "\r\n\r\n");
    ck_assert_ptr_nonnull(body);
    struct reply answer = {.status = 200, .body = body + 4};
    answer.len = len - (size_t)(answer.body - all);
    (void)snprintf(answer.head, sizeof(answer.head), "%.*s", (int)(answer.body - all), all);
    ck_assert_uint_eq(answer.len, LARGE);
    ck_assert_ptr_nonnull(strstr(answer.body, "\"number\":1,"));
    ck_assert(reply_is_whole(&answer));
    for (int i = 0; i < 200 && !metric_is(server, "\ncyberatlas_generations 1\n"); i++) {
        pause_ms(10);
        http_tend(server);
    }
    ck_assert(metric_is(server, "\ncyberatlas_generations 1\n"));
    http_stop(server);
}
END_TEST

START_TEST(every_answer_under_load_is_whole_while_datasets_are_swapped)
{
    struct config config = fixture_config();
    struct http_server *server = fixture_start(&config);
    struct readers load = {.port = http_port(server), .keep_alive = true};
    readers_start(&load);
    for (unsigned number = 2; number <= RELOADS; number++) {
        reload(server, number, 20000 + number);
        pause_ms(10);
        http_tend(server);
    }
    readers_join(&load);
    ck_assert_uint_gt(atomic_load(&load.answers), RELOADS);
    ck_assert_uint_eq(atomic_load(&load.wrong), 0);
    ck_assert_uint_eq(atomic_load(&load.lost), 0);
    expect_number(server, RELOADS);
    http_stop(server);
}
END_TEST

START_TEST(a_failed_reload_changes_nothing_and_says_so)
{
    struct config config = fixture_config();
    struct http_server *server = fixture_start(&config);
    struct err err = {0};
    fixture_broken(fixture_path());
    ck_assert(!http_reload(server, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "atlas.db"));
    expect_number(server, 1);
    struct reply answer = client_get(http_admin_port(server), "/readyz", "");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "last reload failed"));
    ck_assert_ptr_nonnull(strstr(answer.body, "atlas.db"));
    reply_done(&answer);
    ck_assert(metric_is(server, "\ncyberatlas_reloads_failed_total 1\n"));
    reload(server, 2, 0);
    expect_number(server, 2);
    answer = client_get(http_admin_port(server), "/readyz", "");
    ck_assert_ptr_null(strstr(answer.body, "failed"));
    reply_done(&answer);
    http_stop(server);
}
END_TEST

START_TEST(a_new_file_is_noticed_once_and_a_bad_one_not_retried)
{
    struct config config = fixture_config();
    config.watch_ms = 1000;
    struct http_server *server = fixture_start(&config);
    http_tend(server);
    ck_assert(metric_is(server, "\ncyberatlas_reloads_total 0\n"));
    fixture_dataset(fixture_path(), 2, 0);
    http_tend(server);
    http_tend(server);
    expect_number(server, 2);
    ck_assert(metric_is(server, "\ncyberatlas_reloads_total 1\n"));
    fixture_broken(fixture_path());
    http_tend(server);
    http_tend(server);
    ck_assert(metric_is(server, "\ncyberatlas_reloads_failed_total 1\n"));
    ck_assert_int_eq(unlink(fixture_path()), 0);
    http_tend(server);
    expect_number(server, 2);
    http_stop(server);
}
END_TEST

START_TEST(a_stop_loses_no_request_that_was_accepted)
{
    for (int round = 0; round < STOP_ROUNDS * 2; round++) {
        struct config config = fixture_config();
        struct http_server *server = fixture_start(&config);
        struct readers load = {.port = http_port(server), .keep_alive = round % 2 == 0};
        readers_start(&load);
        for (int tries = 0; atomic_load(&load.answers) == 0 && tries < 500; tries++)
            pause_ms(10);
        int64_t before = fixture_now_ms();
        http_stop(server);
        ck_assert_int_lt(fixture_now_ms() - before, (int64_t)config.drain_ms + 1000);
        readers_join(&load);
        ck_assert_uint_gt(atomic_load(&load.answers), 0);
        ck_assert_uint_eq(atomic_load(&load.wrong), 0);
        ck_assert_msg(atomic_load(&load.lost) == 0, "round %d: %zu lost", round, atomic_load(&load.lost));
    }
}
END_TEST

START_TEST(quiet_connections_do_not_hold_up_a_stop)
{
    struct config config = fixture_config();
    config.drain_ms = 20000;
    struct http_server *server = fixture_start(&config);
    int fresh = client_connect(http_port(server));
    int used = client_connect(http_port(server));
    client_expect(used, "GET /v1 HTTP/1.1\r\nHost: test\r\n\r\n", 200);
    int64_t before = fixture_now_ms();
    http_stop(server);
    ck_assert_int_lt(fixture_now_ms() - before, 5000);
    ck_assert(client_ended(fresh));
    ck_assert(client_ended(used));
    client_close(fresh);
    client_close(used);
}
END_TEST

START_TEST(a_reader_who_never_reads_does_not_hold_up_a_stop_beyond_the_limit)
{
    struct config config = fixture_config();
    config.drain_ms = 300;
    struct http_server *server = fixture_start(&config);
    reload(server, 2, LARGE);
    int fd = client_connect(http_port(server));
    client_say(fd, "GET /v1/countries/NL HTTP/1.1\r\nHost: test\r\n\r\n");
    pause_ms(50);
    int64_t before = fixture_now_ms();
    http_stop(server);
    int64_t took = fixture_now_ms() - before;
    ck_assert_int_ge(took, 250);
    ck_assert_int_lt(took, 3000);
    client_close(fd);
}
END_TEST

static void *stop_server(void *cls)
{
    http_stop(cls);
    return NULL;
}

static void wait_until_stopping(struct http_server *server)
{
    for (int status = 0; status != 503; pause_ms(1)) {
        struct reply answer = client_get(http_admin_port(server), "/readyz", "");
        status = answer.status;
        reply_done(&answer);
    }
}

/* While one who never reads holds up the stop, connections that have yet to send a request are still heard. */
START_TEST(a_stopping_server_says_so_and_ends_its_connections)
{
    static const char *const paths[] = {"/healthz", "/v1", "/v1?pretty=1"};
    static const int statuses[] = {503, 200, 200};
    struct config config = fixture_config();
    config.drain_ms = 3000;
    struct http_server *server = fixture_start(&config);
    reload(server, 2, LARGE);
    int holder = client_connect(http_port(server));
    client_say(holder, "GET /v1/countries/NL HTTP/1.1\r\nHost: test\r\n\r\n");
    int fds[3];
    for (int i = 0; i < 3; i++)
        fds[i] = client_connect(http_port(server));
    pthread_t stopper;
    ck_assert_int_eq(pthread_create(&stopper, NULL, stop_server, server), 0);
    wait_until_stopping(server);
    for (int i = 0; i < 3; i++) {
        char text[128];
        (void)snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: test\r\n\r\n", paths[i]);
        client_say(fds[i], text);
        struct reply reply = client_answer(fds[i], false);
        ck_assert_int_eq(reply.status, statuses[i]);
        ck_assert(reply_is_last(&reply));
        ck_assert(client_ended(fds[i]));
        reply_done(&reply);
        client_close(fds[i]);
    }
    client_close(holder);
    ck_assert_int_eq(pthread_join(stopper, NULL), 0);
}
END_TEST

void add_swap_cases(Suite *suite)
{
    TCase *tcase = tcase_create("swap");
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, a_slow_reader_gets_the_old_bytes_across_three_reloads);
    tcase_add_test(tcase, every_answer_under_load_is_whole_while_datasets_are_swapped);
    tcase_add_test(tcase, a_failed_reload_changes_nothing_and_says_so);
    tcase_add_test(tcase, a_new_file_is_noticed_once_and_a_bad_one_not_retried);
    tcase_add_test(tcase, a_stop_loses_no_request_that_was_accepted);
    tcase_add_test(tcase, quiet_connections_do_not_hold_up_a_stop);
    tcase_add_test(tcase, a_reader_who_never_reads_does_not_hold_up_a_stop_beyond_the_limit);
    tcase_add_test(tcase, a_stopping_server_says_so_and_ends_its_connections);
    suite_add_tcase(suite, tcase);
}
