/* SPDX-License-Identifier: MIT */
/* Readers in threads. A connection that could not be made is no loss, nor a request on one that had said its last: but
 * what was sent before that must be answered, and whole. */
#include "readers.h"

#include <stdio.h>

#include "fixture.h"

enum { REQUESTS_EACH = 500 };

static void read_on(struct readers *readers, int fd, size_t most)
{
    static const char *const paths[] = {"/v1", "/v1/countries/BE", "/v1/countries/NL"};
    bool over = false;
    for (size_t i = 0; i < most && !over; i++) {
        char text[128];
        (void)snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: test\r\n\r\n", paths[i % 3]);
        client_say(fd, text);
        struct reply answer = client_answer(fd, false);
        over = answer.status == 0 || reply_is_last(&answer);
        if (answer.status == 200 && reply_is_whole(&answer))
            atomic_fetch_add(&readers->answers, 1);
        else
            atomic_fetch_add(answer.status == 0 ? &readers->lost : &readers->wrong, 1);
        reply_done(&answer);
    }
}

static void *read_much(void *cls)
{
    struct readers *readers = cls;
    while (!atomic_load(&readers->stop)) {
        int fd = client_connect(readers->port);
        if (fd < 0)
            break;
        read_on(readers, fd, readers->keep_alive ? REQUESTS_EACH : 1);
        client_close(fd);
    }
    return NULL;
}

void readers_start(struct readers *readers)
{
    for (int i = 0; i < READERS; i++)
        ck_assert_int_eq(pthread_create(&readers->threads[i], NULL, read_much, readers), 0);
}

void readers_join(struct readers *readers)
{
    atomic_store(&readers->stop, true);
    for (int i = 0; i < READERS; i++)
        ck_assert_int_eq(pthread_join(readers->threads[i], NULL), 0);
}
