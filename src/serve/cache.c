/* SPDX-License-Identifier: MIT */
/* Computed answers by address, within a ceiling of bytes: the one longest unused goes first. One mutex guards all of
 * it and is never held while an answer is made. An answer above a quarter of the ceiling is not kept. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct kept {
    struct made *made;
    struct kept *next; /* in the bucket */
    struct kept *older, *newer;
    size_t bytes;
};

struct cache {
    pthread_mutex_t mutex;
    size_t ceiling, bytes, entries;
    unsigned long long hits, misses;
    struct kept *oldest, *newest;
    struct kept *buckets[CACHE_BUCKETS];
};

struct cache *cache_new(size_t ceiling)
{
    struct cache *cache = calloc(1, sizeof(*cache));
    if (cache == NULL || pthread_mutex_init(&cache->mutex, NULL) != 0) {
        free(cache);
        return NULL;
    }
    cache->ceiling = ceiling;
    return cache;
}

/* FNV-1a: short keys, no need to resist an attacker beyond what the ceiling bounds anyway. */
static struct kept **bucket_of(struct cache *cache, const char *address)
{
    uint32_t hash = 2166136261U;
    for (; *address != '\0'; address++)
        hash = (hash ^ (unsigned char)*address) * 16777619U;
    return &cache->buckets[hash % CACHE_BUCKETS];
}

static void unlink_age(struct cache *cache, struct kept *kept)
{
    *(kept->older == NULL ? &cache->oldest : &kept->older->newer) = kept->newer;
    *(kept->newer == NULL ? &cache->newest : &kept->newer->older) = kept->older;
}

static void make_newest(struct cache *cache, struct kept *kept)
{
    kept->newer = NULL;
    kept->older = cache->newest;
    *(cache->newest == NULL ? &cache->oldest : &cache->newest->newer) = kept;
    cache->newest = kept;
}

static void drop(struct cache *cache, struct kept *kept)
{
    struct kept **at = bucket_of(cache, kept->made->content_location);
    while (*at != kept)
        at = &(*at)->next;
    *at = kept->next;
    unlink_age(cache, kept);
    cache->bytes -= kept->bytes;
    cache->entries--;
    made_unref(kept->made);
    free(kept);
}

void cache_free(struct cache *cache)
{
    if (cache == NULL)
        return;
    while (cache->oldest != NULL)
        drop(cache, cache->oldest);
    (void)pthread_mutex_destroy(&cache->mutex);
    free(cache);
}

static struct kept *find(struct cache *cache, const char *address)
{
    struct kept *kept = *bucket_of(cache, address);
    while (kept != NULL && strcmp(kept->made->content_location, address) != 0)
        kept = kept->next;
    return kept;
}

struct made *cache_find(struct cache *cache, const char *address)
{
    (void)pthread_mutex_lock(&cache->mutex);
    struct kept *kept = find(cache, address);
    struct made *made = kept == NULL ? NULL : made_ref(kept->made);
    if (kept == NULL) {
        cache->misses++;
    } else {
        cache->hits++;
        unlink_age(cache, kept);
        make_newest(cache, kept);
    }
    (void)pthread_mutex_unlock(&cache->mutex);
    return made;
}

/* Hangs `kept` in and makes room; false where an equal answer is there already. */
static bool insert(struct cache *cache, struct kept *kept)
{
    if (find(cache, kept->made->content_location) != NULL)
        return false;
    struct kept **bucket = bucket_of(cache, kept->made->content_location);
    kept->next = *bucket;
    *bucket = kept;
    make_newest(cache, kept);
    cache->bytes += kept->bytes;
    cache->entries++;
    while (cache->bytes > cache->ceiling)
        drop(cache, cache->oldest);
    return true;
}

void cache_keep(struct cache *cache, struct made *made)
{
    size_t bytes = sizeof(struct kept) + sizeof(struct made) + made->len + 2 * strlen(made->content_location) +
                   (made->link == NULL ? 0 : strlen(made->link));
    struct kept *kept = bytes > cache->ceiling / 4 ? NULL : calloc(1, sizeof(*kept));
    if (kept == NULL)
        return;
    kept->made = made_ref(made);
    kept->bytes = bytes;
    (void)pthread_mutex_lock(&cache->mutex);
    bool inserted = insert(cache, kept);
    (void)pthread_mutex_unlock(&cache->mutex);
    if (!inserted) {
        made_unref(kept->made);
        free(kept);
    }
}

void cache_figures(struct cache *cache, struct snapshot_figures *figures)
{
    (void)pthread_mutex_lock(&cache->mutex);
    figures->cache_entries = cache->entries;
    figures->cache_bytes = cache->bytes;
    figures->cache_hits = cache->hits;
    figures->cache_misses = cache->misses;
    (void)pthread_mutex_unlock(&cache->mutex);
}
