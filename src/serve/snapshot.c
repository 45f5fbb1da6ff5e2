/* SPDX-License-Identifier: MIT */
/* One dataset in memory: its ready answers found by path, its fragments by place in their list, what may be asked of
 * it, and the cache of what was computed from it. Immutable once open, but for the cache. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { SNAPSHOT_BYTES = 1024 * 1024 * 1024 };

static bool open_store(const char *path, size_t readers, struct snapshot *snapshot, struct err *err)
{
    if (!store_open(path, readers, &snapshot->store, err))
        return false;
    snapshot->catalog.revision = store_key(snapshot->store, "revision");
    if (snapshot->catalog.revision == NULL || store_key(snapshot->store, "date") == NULL)
        return err_set(err, ERR_SYSTEM, "%s: the dataset lacks its revision or its date: build it anew", path);
    return true;
}

static void cleanup_snapshot(struct snapshot **snapshot)
{
    snapshot_free(*snapshot);
}

bool snapshot_open(const char *path, const struct config *config, size_t readers, struct snapshot **ret,
                   struct err *err)
{
    CLEANUP(cleanup_snapshot) struct snapshot *snapshot = calloc(1, sizeof(*snapshot));
    if (snapshot == NULL)
        return err_memory(err);
    snapshot->arena = arena_new(SNAPSHOT_BYTES);
    snapshot->cache = cache_new(config->cache_bytes);
    if (snapshot->arena == NULL || snapshot->cache == NULL)
        return err_memory(err);
    snapshot->catalog.arena = snapshot->arena;
    if (!open_store(path, readers, snapshot, err) || !snapshot_load(snapshot, config, err))
        return false;
    *ret = snapshot;
    snapshot = NULL;
    return true;
}

void snapshot_free(struct snapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    for (size_t i = 0; i < snapshot->pieces_count; i++)
        free(snapshot->pieces[i].items);
    free(snapshot->pieces);
    free(snapshot->offers);
    free(snapshot->items);
    free(snapshot->places);
    free(snapshot->slots);
    catalog_done(&snapshot->catalog);
    cache_free(snapshot->cache);
    store_close(snapshot->store);
    arena_free(snapshot->arena);
    free(snapshot);
}

size_t snapshot_count(const struct snapshot *snapshot)
{
    return snapshot->count;
}

const struct representation *snapshot_at(const struct snapshot *snapshot, size_t index)
{
    return &snapshot->items[index];
}

const char *snapshot_revision(const struct snapshot *snapshot)
{
    return snapshot->catalog.revision;
}

const char *snapshot_date(const struct snapshot *snapshot)
{
    return store_key(snapshot->store, "date");
}

struct snapshot_figures snapshot_figures(const struct snapshot *snapshot)
{
    struct snapshot_figures figures = {.bodies = snapshot->count, .body_bytes = snapshot->body_bytes};
    cache_figures(snapshot->cache, &figures);
    return figures;
}

/* The slot of a path: where it is, or the empty one where it would go. */
static size_t slot_of(const struct snapshot *snapshot, const char *path)
{
    uint64_t hash = 14695981039346656037ULL; /* FNV-1a */
    for (const char *c = path; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211ULL;
    size_t slot = (size_t)(hash ^ hash >> 32) & (snapshot->slot_count - 1);
    while (snapshot->slots[slot] != 0 && strcmp(snapshot->places[snapshot->slots[slot] - 1].path, path) != 0)
        slot = (slot + 1) & (snapshot->slot_count - 1);
    return slot;
}

/* Two places of one path become one. */
static void merge_place(struct place *into, const struct place *from)
{
    for (size_t media = 0; media < MEDIA_COUNT; media++)
        for (size_t coding = 0; coding < CODING_COUNT; coding++)
            if (from->at[media][coding] != 0)
                into->at[media][coding] = from->at[media][coding];
}

bool snapshot_index(struct snapshot *snapshot)
{
    snapshot->offers = calloc(route_count, sizeof(*snapshot->offers));
    for (size_t i = 0; i < route_count && snapshot->offers != NULL; i++)
        snapshot->offers[i].count = route_medias(&route_table[i], snapshot->offers[i].medias);
    snapshot->slot_count = 64;
    while (snapshot->slot_count < snapshot->place_count * 2)
        snapshot->slot_count *= 2;
    snapshot->slots = calloc(snapshot->slot_count, sizeof(*snapshot->slots));
    if (snapshot->slots == NULL || snapshot->offers == NULL)
        return false;
    for (size_t i = 0; i < snapshot->place_count; i++) {
        size_t slot = slot_of(snapshot, snapshot->places[i].path);
        if (snapshot->slots[slot] == 0)
            snapshot->slots[slot] = (uint32_t)i + 1;
        else
            merge_place(&snapshot->places[snapshot->slots[slot] - 1], &snapshot->places[i]);
    }
    return true;
}

const struct place *snapshot_place(const struct snapshot *snapshot, const char *path)
{
    uint32_t found = snapshot->slots[slot_of(snapshot, path)];
    return found == 0 ? NULL : &snapshot->places[found - 1];
}

const struct pieces *snapshot_pieces(const struct snapshot *snapshot, const char *list, enum media media)
{
    for (size_t i = 0; i < snapshot->pieces_count; i++)
        if (snapshot->pieces[i].media == media && strcmp(snapshot->pieces[i].list, list) == 0)
            return &snapshot->pieces[i];
    return NULL;
}

static bool alike(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* One of the stored ids below `head`, if it is nearer; ids of quite another length are not compared at all. */
static void try_id(struct nearest *best, const char *wanted, const char *id)
{
    size_t wanted_len = strlen(wanted);
    size_t len = strlen(id);
    size_t apart = len > wanted_len ? len - wanted_len : wanted_len - len;
    if (len > 0 && apart <= wanted_len && strchr(id, '/') == NULL)
        nearest_try(best, wanted, id);
}

void snapshot_nearest(const struct snapshot *snapshot, const struct route *route, const char *wanted, char ret[128])
{
    struct nearest best = {0};
    size_t head = strcspn(route->path, "{");
    /* Ids that begin alike come first: among two-letter codes every other one is one letter away. */
    for (size_t pass = 0; pass < 2 && best.word == NULL; pass++)
        for (size_t i = 0; i < snapshot->place_count; i++) {
            const char *path = snapshot->places[i].path;
            if (strncmp(path, route->path, head) == 0 && (pass == 1 || alike(path[head], wanted[0])))
                try_id(&best, wanted, path + head);
        }
    (void)snprintf(ret, 128, "%s", best.word == NULL ? "" : best.word);
}
