/* SPDX-License-Identifier: MIT */
/* Load from threads: readers that ask one question after the other until they are told to stop or the server is gone.
 * They count; the test asserts. */
#pragma once
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { READERS = 4 };

struct readers {
    uint16_t port;
    bool keep_alive; /* many requests on a connection; otherwise one */
    atomic_bool stop;
    atomic_size_t answers, wrong; /* whole ones of status 200, and others */
    atomic_size_t lost;           /* requests on an accepted connection that had no whole answer */
    pthread_t threads[READERS];
};
/* `port` and `keep_alive` are set, the rest is zero. */
void readers_start(struct readers *readers);
/* Waits until every reader has ended. */
void readers_join(struct readers *readers);
