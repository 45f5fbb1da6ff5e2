/* SPDX-License-Identifier: MIT */
/* SIGTERM to the program itself while it is asked by several at once, a hundred times: whatever was accepted is
 * answered, whole, and the process ends with 0 within two seconds. */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "http/fixture.h"
#include "http/readers.h"

enum { STOPS = 100, LONGEST_STOP_MS = 2000, LONGEST_START_MS = 20000, MOST_LOAD_MS = 40 };

extern char **environ;

static void pause_ms(long ms)
{
    const struct timespec span = {.tv_nsec = ms * 1000000};
    (void)nanosleep(&span, NULL);
}

/* One that was free a moment ago. */
static uint16_t free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof(address);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(fd, (const struct sockaddr *)(const void *)&address, len), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)(void *)&address, &len), 0);
    (void)close(fd);
    return ntohs(address.sin_port);
}

static pid_t start_program(const char *dataset, uint16_t port)
{
    char program[4096], number[8];
    const char *build = getenv("CYBERATLAS_BUILD");
    (void)snprintf(program, sizeof(program), "%s/src/cyberatlas", build == NULL ? "." : build);
    (void)snprintf(number, sizeof(number), "%u", port);
    const char *const arguments[] = {program, "serve",       dataset, "--port",    number, "--admin-listen",
                                     "",      "--log-level", "error", "--threads", "2",    NULL};
    pid_t pid;
    ck_assert_int_eq(posix_spawn(&pid, program, NULL, NULL, (char *const *)(uintptr_t)arguments, environ), 0);
    int64_t until = fixture_now_ms() + LONGEST_START_MS;
    for (int fd = -1; fd < 0; pause_ms(2)) {
        ck_assert_msg(waitpid(pid, NULL, WNOHANG) == 0, "%s ended before it served", program);
        ck_assert_int_lt(fixture_now_ms(), until);
        fd = client_connect(port);
        client_close(fd);
    }
    return pid;
}

/* Milliseconds until it has ended; it must end with 0. */
static int64_t await_end(pid_t pid)
{
    int status = 0;
    int64_t before = fixture_now_ms();
    while (waitpid(pid, &status, 0) < 0)
        ck_assert_int_eq(errno, EINTR);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %d", status);
    return fixture_now_ms() - before;
}

static int64_t stop_under_load(int number, struct readers *readers)
{
    readers->port = free_port();
    readers->keep_alive = number % 2 == 0;
    pid_t pid = start_program(fixture_path(), readers->port);
    readers_start(readers);
    for (int tries = 0; atomic_load(&readers->answers) == 0 && tries < 2000; tries++)
        pause_ms(1);
    pause_ms(number * 7 % MOST_LOAD_MS);
    ck_assert_int_eq(kill(pid, SIGTERM), 0);
    return await_end(pid);
}

/* Readers are joined last: who knocks at a closing door waits a second before he knocks again. */
START_TEST(the_program_loses_nothing_in_a_hundred_stops_under_load)
{
    static struct readers readers[STOPS];
    fixture_dataset(fixture_path(), 1, 100000);
    for (int i = 0; i < STOPS; i++) {
        int64_t took = stop_under_load(i, &readers[i]);
        ck_assert_msg(took <= LONGEST_STOP_MS, "stop %d took %lld ms", i, (long long)took);
    }
    for (int i = 0; i < STOPS; i++) {
        readers_join(&readers[i]);
        ck_assert_uint_gt(atomic_load(&readers[i].answers), 0);
        ck_assert_uint_eq(atomic_load(&readers[i].wrong), 0);
        ck_assert_msg(atomic_load(&readers[i].lost) == 0, "stop %d: %zu lost", i, atomic_load(&readers[i].lost));
    }
}
END_TEST

/* By which two threads that stop a listener at once do not end the program. */
START_TEST(what_is_out_of_an_epoll_set_can_be_taken_out_again)
{
    struct epoll_event event = {.events = EPOLLIN};
    int set = epoll_create1(EPOLL_CLOEXEC);
    int pair[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    ck_assert_int_eq(epoll_ctl(set, EPOLL_CTL_ADD, pair[0], &event), 0);
    ck_assert_int_eq(epoll_ctl(set, EPOLL_CTL_DEL, pair[0], NULL), 0);
    ck_assert_int_eq(epoll_ctl(set, EPOLL_CTL_DEL, pair[0], NULL), 0);
    ck_assert_int_eq(epoll_ctl(set, EPOLL_CTL_MOD, pair[0], &event), -1);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(epoll_ctl(-1, EPOLL_CTL_DEL, pair[0], NULL), -1);
    ck_assert_int_eq(errno, EBADF);
    (void)close(pair[0]);
    (void)close(pair[1]);
    (void)close(set);
}
END_TEST

void add_stop_cases(Suite *suite)
{
    TCase *tcase = tcase_create("stop");
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, what_is_out_of_an_epoll_set_can_be_taken_out_again);
    tcase_add_test(tcase, the_program_loses_nothing_in_a_hundred_stops_under_load);
    suite_add_tcase(suite, tcase);
}
