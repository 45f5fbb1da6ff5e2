/* SPDX-License-Identifier: MIT */
/* One slot for each open connection, and the reaper that ends those which take too long: the library's own time-out
 * is one of inactivity, so a byte now and then would hold a connection for ever. A slot is in the list from the
 * library's first word about the connection to its last, and its descriptor stays open all that time; so shutting one
 * down under the list's lock never meets a descriptor that has become another connection's. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "internal.h"

enum {
    LONGEST_TICK_US = 250 * 1000,
    SHORTEST_TICK_US = 5 * 1000,
    DRAIN_TICK_US = 10 * 1000,
    /* How long a quiet connection may still bring a request that is on its way: one that has just come surely means
     * to, however busy its machine is; one between two requests may also ask elsewhere. */
    DRAIN_HEAD_US = 1000 * 1000,
    DRAIN_IDLE_US = 500 * 1000,
};

int64_t clock_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_coarse(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Reading only is shut while draining: what has arrived is still answered. */
static void judge(struct slots *slots, struct slot *slot, int64_t now)
{
    int phase = atomic_load_explicit(&slot->phase, memory_order_acquire);
    int64_t age = now - atomic_load_explicit(&slot->since, memory_order_relaxed);
    if (age > slots->limits[phase]) {
        slot->cut = true;
        atomic_fetch_add(&slots->cuts[phase], 1);
        (void)shutdown(slot->fd, SHUT_RDWR);
    } else if (phase != PHASE_ANSWER && atomic_load(&slots->draining) &&
               age > (phase == PHASE_HEAD ? DRAIN_HEAD_US : DRAIN_IDLE_US)) {
        (void)shutdown(slot->fd, SHUT_RD);
    }
}

static int64_t tick(const struct slots *slots)
{
    if (atomic_load(&slots->draining))
        return DRAIN_TICK_US;
    int64_t least = LONGEST_TICK_US;
    for (int i = 0; i < PHASE_COUNT; i++)
        if (slots->limits[i] / 8 < least)
            least = slots->limits[i] / 8;
    return least < SHORTEST_TICK_US ? SHORTEST_TICK_US : least;
}

static void wait_for_tick(struct slots *slots)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t nanoseconds = until.tv_nsec + tick(slots) * 1000;
    until.tv_sec += nanoseconds / 1000000000;
    until.tv_nsec = nanoseconds % 1000000000;
    (void)pthread_cond_timedwait(&slots->wake, &slots->lock, &until);
}

static void *reap(void *cls)
{
    struct slots *slots = cls;
    (void)pthread_mutex_lock(&slots->lock);
    while (!slots->stopping) {
        int64_t now = clock_now();
        for (struct slot *slot = slots->first; slot != NULL; slot = slot->next)
            if (!slot->cut)
                judge(slots, slot, now);
        wait_for_tick(slots);
    }
    (void)pthread_mutex_unlock(&slots->lock);
    return NULL;
}

bool slots_start(struct slots *slots, const struct config *config, struct err *err)
{
    slots->limits[PHASE_HEAD] = (int64_t)config->head_timeout_ms * 1000;
    slots->limits[PHASE_ANSWER] = (int64_t)config->answer_timeout_ms * 1000;
    slots->limits[PHASE_IDLE] = (int64_t)config->idle_timeout_ms * 1000;
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&slots->wake, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    (void)pthread_mutex_init(&slots->lock, NULL);
    if (pthread_create(&slots->reaper, NULL, reap, slots) != 0)
        return err_set(err, ERR_SYSTEM, "cannot start a thread");
    slots->started = true;
    return true;
}

void slots_drain(struct slots *slots)
{
    (void)pthread_mutex_lock(&slots->lock);
    atomic_store(&slots->draining, true);
    (void)pthread_cond_signal(&slots->wake);
    (void)pthread_mutex_unlock(&slots->lock);
}

void slots_stop(struct slots *slots)
{
    if (!slots->started)
        return;
    (void)pthread_mutex_lock(&slots->lock);
    slots->stopping = true;
    (void)pthread_cond_signal(&slots->wake);
    (void)pthread_mutex_unlock(&slots->lock);
    (void)pthread_join(slots->reaper, NULL);
    (void)pthread_cond_destroy(&slots->wake);
    (void)pthread_mutex_destroy(&slots->lock);
    slots->started = false;
}

static void name_client(const struct sockaddr *address, char ret[INET6_ADDRSTRLEN])
{
    const void *bytes = NULL;
    sa_family_t family = address == NULL ? AF_UNIX : address->sa_family;
    if (family == AF_INET)
        bytes = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
    else if (family == AF_INET6)
        bytes = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    if (bytes == NULL || inet_ntop(family, bytes, ret, INET6_ADDRSTRLEN) == NULL)
        (void)snprintf(ret, INET6_ADDRSTRLEN, "-");
}

struct slot *slot_open(struct slots *slots, int fd, const struct sockaddr *address)
{
    struct slot *slot = calloc(1, sizeof(*slot));
    if (slot == NULL)
        return NULL;
    slot->slots = slots;
    slot->fd = fd;
    slot->target = slot->near;
    if (!wire_open(slot)) {
        free(slot);
        return NULL;
    }
    name_client(address, slot->client);
    slot_enter(slot, PHASE_HEAD, clock_coarse());
    atomic_fetch_add(&slots->opened, 1);
    atomic_fetch_add(&slots->count, 1);
    (void)pthread_mutex_lock(&slots->lock);
    slot->next = slots->first;
    if (slots->first != NULL)
        slots->first->previous = slot;
    slots->first = slot;
    (void)pthread_mutex_unlock(&slots->lock);
    return slot;
}

void slot_close(struct slot *slot)
{
    if (slot == NULL)
        return;
    struct slots *slots = slot->slots;
    wire_close(slot);
    slot_drop_target(slot);
    (void)pthread_mutex_lock(&slots->lock);
    if (slot->previous != NULL)
        slot->previous->next = slot->next;
    else
        slots->first = slot->next;
    if (slot->next != NULL)
        slot->next->previous = slot->previous;
    (void)pthread_mutex_unlock(&slots->lock);
    atomic_fetch_sub(&slots->count, 1);
    free(slot);
}

bool slot_keep_target(struct slot *slot, const char *target, size_t len)
{
    slot_drop_target(slot);
    char *room = len < sizeof(slot->near) ? slot->near : malloc(len + 1);
    if (room == NULL)
        return false;
    memcpy(room, target, len);
    room[len] = '\0';
    slot->target = room;
    return true;
}

void slot_drop_target(struct slot *slot)
{
    if (slot->target != slot->near)
        free(slot->target);
    slot->target = slot->near;
    slot->near[0] = '\0';
}

void slot_enter(struct slot *slot, enum phase phase, int64_t now)
{
    atomic_store_explicit(&slot->since, now, memory_order_relaxed);
    atomic_store_explicit(&slot->phase, (int)phase, memory_order_release); /* seen with its beginning, or a later one */
}
