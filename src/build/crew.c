/* SPDX-License-Identifier: MIT */
/* Work on several threads whose results are taken in order by one: what is written never depends on how many threads
 * there were or which was quicker. Makers run at most CREW_WINDOW results ahead, so memory stays bounded. */
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include "internal.h"

enum { THREADS_MAX = 64 };

struct crew {
    const struct crew_work *work;
    pthread_mutex_t mutex;
    pthread_cond_t made; /* a result is there */
    pthread_cond_t room; /* one was taken, or all is over */
    size_t next;         /* to be made */
    size_t taken;
    bool is_over;
    bool is_made[CREW_WINDOW];
};

size_t crew_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 0)
        return (size_t)CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (size_t)online : 1;
}

/* Waits for something to make; false when nothing is left. Called with the mutex held. */
static bool claim(struct crew *crew, size_t *ret)
{
    while (!crew->is_over && crew->next < crew->work->count && crew->next - crew->taken >= CREW_WINDOW)
        (void)pthread_cond_wait(&crew->room, &crew->mutex);
    if (crew->is_over || crew->next >= crew->work->count)
        return false;
    *ret = crew->next++;
    return true;
}

static void *make_results(void *cls)
{
    struct crew *crew = cls;
    size_t index;
    (void)pthread_mutex_lock(&crew->mutex);
    while (claim(crew, &index)) {
        (void)pthread_mutex_unlock(&crew->mutex);
        crew->work->make(crew->work->cls, index);
        (void)pthread_mutex_lock(&crew->mutex);
        crew->is_made[index % CREW_WINDOW] = true;
        (void)pthread_cond_signal(&crew->made);
    }
    (void)pthread_mutex_unlock(&crew->mutex);
    return NULL;
}

static void wait_for(struct crew *crew, size_t index)
{
    (void)pthread_mutex_lock(&crew->mutex);
    while (!crew->is_made[index % CREW_WINDOW])
        (void)pthread_cond_wait(&crew->made, &crew->mutex);
    (void)pthread_mutex_unlock(&crew->mutex);
}

static void leave(struct crew *crew, size_t index, bool is_over)
{
    (void)pthread_mutex_lock(&crew->mutex);
    crew->is_made[index % CREW_WINDOW] = false;
    crew->taken = index + 1;
    crew->is_over = is_over;
    (void)pthread_cond_broadcast(&crew->room);
    (void)pthread_mutex_unlock(&crew->mutex);
}

static bool take_results(struct crew *crew, struct err *err)
{
    bool ok = true;
    for (size_t index = 0; ok && index < crew->work->count; index++) {
        wait_for(crew, index);
        ok = crew->work->take(crew->work->cls, index, err);
        leave(crew, index, !ok);
    }
    return ok;
}

static bool run_threads(struct crew *crew, size_t threads, struct err *err)
{
    pthread_t started[THREADS_MAX];
    size_t count = 0;
    size_t wanted = threads > THREADS_MAX ? THREADS_MAX : threads;
    while (count < wanted && pthread_create(&started[count], NULL, make_results, crew) == 0)
        count++;
    bool ok = count > 0 ? take_results(crew, err) : err_set(err, ERR_SYSTEM, "cannot start a thread");
    for (size_t i = 0; i < count; i++)
        (void)pthread_join(started[i], NULL);
    return ok;
}

bool crew_run(const struct crew_work *work, size_t threads, struct err *err)
{
    struct crew crew = {.work = work,
                        .mutex = PTHREAD_MUTEX_INITIALIZER,
                        .made = PTHREAD_COND_INITIALIZER,
                        .room = PTHREAD_COND_INITIALIZER};
    bool ok = run_threads(&crew, threads == 0 ? 1 : threads, err);
    (void)pthread_cond_destroy(&crew.room);
    (void)pthread_cond_destroy(&crew.made);
    (void)pthread_mutex_destroy(&crew.mutex);
    return ok;
}
