/* SPDX-License-Identifier: MIT */
/* Generations: a snapshot with one libmicrohttpd response for each of its representations that was asked for. A request
 * takes the present generation under a lock, looks up, queues, and gives it back; a swap exchanges the pointer under
 * the same lock. The bytes outlive every transfer: each response counts as lent until libmicrohttpd calls its free
 * callback, and only when a retired generation is neither used nor lent does the main thread free it. Handlers never
 * free. */
#include <malloc.h>
#include <stdlib.h>

#include "internal.h"

/* Last touch of a generation by the library; the bytes may go once the count is zero. */
static void body_released(void *cls)
{
    struct generation *generation = cls;
    atomic_fetch_sub(&generation->lent, 1);
}

static struct MHD_Response *make_response(struct generation *generation, const struct representation *ready,
                                          size_t first, size_t part)
{
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        part, (void *)(uintptr_t)(ready->body + first), body_released, generation);
    if (response == NULL)
        return NULL;
    atomic_fetch_add(&generation->lent, 1);
    if (dress_ready(response, ready, snapshot_revision(generation->snapshot)))
        return response;
    MHD_destroy_response(response);
    return NULL;
}

/* Made when it is first wanted, and kept: most answers are never asked for between two reloads, and a start need not
 * wait for them. Of two threads that make one at the same time the first has it kept. */
struct MHD_Response *generation_response(struct generation *generation, const struct representation *ready)
{
    _Atomic(struct MHD_Response *) *place = &generation->responses[ready->index];
    struct MHD_Response *kept = atomic_load_explicit(place, memory_order_acquire);
    if (kept != NULL)
        return kept;
    struct MHD_Response *fresh = make_response(generation, ready, 0, ready->len);
    if (fresh == NULL || atomic_compare_exchange_strong(place, &kept, fresh))
        return fresh;
    MHD_destroy_response(fresh);
    return kept;
}

struct MHD_Response *generation_own_response(struct generation *generation, const struct outcome *outcome, bool last)
{
    const struct representation *ready = outcome->ready;
    bool is_part = outcome->status == 206;
    struct MHD_Response *response =
        make_response(generation, ready, is_part ? outcome->first : 0, is_part ? outcome->part : ready->len);
    if (response != NULL && !dress_once(response, outcome, NULL, last)) {
        MHD_destroy_response(response);
        return NULL;
    }
    return response;
}

/* The library's references to these responses may remain; ours end here. */
static void release_responses(struct generation *generation)
{
    for (size_t i = 0; i < generation->count; i++) {
        struct MHD_Response *response = atomic_load(&generation->responses[i]);
        if (response != NULL)
            MHD_destroy_response(response);
    }
    generation->count = 0;
}

/* What loading needed, and what a generation leaves, goes back to the system: the next one would find it in pieces. */
static void trim(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}

static void generation_free(struct generation *generation)
{
    if (generation == NULL)
        return;
    release_responses(generation);
    free(generation->responses);
    snapshot_free(generation->snapshot);
    free(generation);
}

static void generation_cleanup(struct generation **generation)
{
    generation_free(*generation);
}

bool generation_load(const char *path, const struct config *config, size_t readers, struct generation **ret,
                     struct err *err)
{
    CLEANUP(generation_cleanup) struct generation *fresh = calloc(1, sizeof(*fresh));
    if (fresh == NULL)
        return err_memory(err);
    if (!snapshot_open(path, config, readers, &fresh->snapshot, err))
        return false;
    size_t count = snapshot_count(fresh->snapshot);
    fresh->responses = calloc(count + 1, sizeof(*fresh->responses));
    if (fresh->responses == NULL)
        return err_memory(err);
    fresh->count = count;
    trim();
    *ret = fresh;
    fresh = NULL;
    return true;
}

void generations_init(struct generations *all)
{
    *all = (struct generations){0};
    (void)pthread_mutex_init(&all->lock, NULL);
}

void generations_done(struct generations *all)
{
    while (all->retired != NULL) {
        struct generation *next = all->retired->next;
        generation_free(all->retired);
        all->retired = next;
    }
    generation_free(all->now);
    all->now = NULL;
    (void)pthread_mutex_destroy(&all->lock);
}

void generations_swap(struct generations *all, struct generation *fresh)
{
    (void)pthread_mutex_lock(&all->lock);
    struct generation *former = all->now;
    all->now = fresh;
    if (former != NULL) {
        former->next = all->retired;
        all->retired = former;
    }
    (void)pthread_mutex_unlock(&all->lock);
}

/* Out of use means: no request looks things up in it, and none can begin to, since it is not the present one. */
static bool is_out_of_use(struct generations *all, const struct generation *generation)
{
    (void)pthread_mutex_lock(&all->lock);
    bool unused = generation->users == 0;
    (void)pthread_mutex_unlock(&all->lock);
    return unused;
}

void generations_sweep(struct generations *all)
{
    (void)pthread_mutex_lock(&all->lock);
    struct generation *retired = all->retired;
    all->retired = NULL;
    (void)pthread_mutex_unlock(&all->lock);
    struct generation *kept = NULL;
    bool freed = false;
    while (retired != NULL) {
        struct generation *generation = retired;
        retired = retired->next;
        bool unused = is_out_of_use(all, generation);
        if (unused)
            release_responses(generation);
        if (unused && atomic_load(&generation->lent) == 0) {
            generation_free(generation);
            freed = true;
        } else {
            generation->next = kept;
            kept = generation;
        }
    }
    (void)pthread_mutex_lock(&all->lock);
    all->retired = kept;
    (void)pthread_mutex_unlock(&all->lock);
    if (freed)
        trim();
}

size_t generations_alive(struct generations *all)
{
    (void)pthread_mutex_lock(&all->lock);
    size_t alive = all->now == NULL ? 0 : 1;
    for (const struct generation *retired = all->retired; retired != NULL; retired = retired->next)
        alive++;
    (void)pthread_mutex_unlock(&all->lock);
    return alive;
}

struct generation *generation_take(struct generations *all)
{
    (void)pthread_mutex_lock(&all->lock);
    struct generation *generation = all->now;
    generation->users++;
    (void)pthread_mutex_unlock(&all->lock);
    return generation;
}

void generation_give(struct generations *all, struct generation *generation)
{
    (void)pthread_mutex_lock(&all->lock);
    generation->users--;
    (void)pthread_mutex_unlock(&all->lock);
}
