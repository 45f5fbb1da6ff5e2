/* SPDX-License-Identifier: MIT */
/* One dataset in memory: its ready answers found by path, its fragments by place in their list, what may be asked of
 * it, the facts that questions are answered from, and the cache of what was computed. Immutable once open, but for the
 * cache. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

enum {
    SNAPSHOT_BYTES = 1024 * 1024 * 1024,
    LONGEST_CODE = 3, /* what is longer may be a country's name */
    NAMES_MOST = 3,   /* more countries than these are no suggestion */
    TRIES_MOST = 2048 /* ids compared for one wrong one, however many there are */
};

static bool open_store(const char *path, size_t readers, struct snapshot *snapshot, struct err *err)
{
    if (!store_open(path, readers, &snapshot->store, err))
        return false;
    snapshot->catalog.revision = store_key(snapshot->store, "revision");
    if (snapshot->catalog.revision == NULL || store_key(snapshot->store, "date") == NULL)
        return err_set(err, ERR_SYSTEM, "%s: the dataset lacks its revision or its date: build it anew", path);
    return true;
}

void snapshot_free(struct snapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    for (size_t i = 0; i < snapshot->pieces_count; i++)
        free(snapshot->pieces[i].items);
    free(snapshot->pieces);
    free(snapshot->items);
    free(snapshot->places);
    free(snapshot->slots);
    catalog_done(&snapshot->catalog);
    geoip_close(snapshot->geoip);
    view_free(snapshot->view);
    facts_free(snapshot->facts);
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

static bool index_places(struct snapshot *snapshot)
{
    snapshot->slot_count = 64;
    while (snapshot->slot_count < snapshot->place_count * 2)
        snapshot->slot_count *= 2;
    snapshot->slots = calloc(snapshot->slot_count, sizeof(*snapshot->slots));
    if (snapshot->slots == NULL)
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

/* What questions are answered from: the same functions over the same facts as at build. */
static bool open_view(struct snapshot *snapshot, struct err *err)
{
    if (!store_read_facts(snapshot->store, &snapshot->facts, err) ||
        !view_new(snapshot->facts, snapshot->catalog.revision, &snapshot->view, err))
        return false;
    snapshot->catalog.facts = snapshot->facts;
    snapshot->catalog.view = snapshot->view;
    return true;
}

static bool open_addresses(struct snapshot *snapshot, const struct config *config, struct err *err)
{
    if (config->mmdb == NULL || config->mmdb[0] == '\0')
        return true;
    if (!geoip_open(config->mmdb, &snapshot->geoip, err))
        return false;
    snapshot->catalog.geoip = snapshot->geoip;
    snapshot->placed_by =
        arena_printf(snapshot->arena, "%s %s", snapshot->catalog.revision, geoip_stamp(snapshot->geoip));
    return snapshot->placed_by != NULL || err_memory(err);
}

static bool mark_log(struct snapshot *snapshot, const struct config *config)
{
    struct catalog *catalog = &snapshot->catalog;
    const char *revisions = store_key(snapshot->store, "digest:revision");
    const char *changes = store_key(snapshot->store, "digest:change");
    const char *base = config->public_url == NULL ? "" : config->public_url;
    catalog->base = base[0] == '\0' ? NULL : arena_text(snapshot->arena, base);
    catalog->log = arena_printf(snapshot->arena, "%s\n%s\n%s\n%s", catalog->revision,
                                revisions == NULL ? "" : revisions, changes == NULL ? "" : changes, base);
    return catalog->log != NULL && (catalog->base != NULL || base[0] == '\0');
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
    if (!open_store(path, readers, snapshot, err) || !snapshot_load(snapshot, err) || !open_view(snapshot, err) ||
        !open_addresses(snapshot, config, err))
        return false;
    if (!mark_log(snapshot, config) || !snapshot_load_own(snapshot, config) || !index_places(snapshot))
        return err_memory(err);
    ready_index(snapshot);
    store_rest(snapshot->store);
    *ret = snapshot;
    snapshot = NULL;
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

/* Ids whose lengths differ by more than a third are never near. */
static bool may_be_near(size_t wanted_len, const char *id)
{
    size_t len = strlen(id);
    size_t longer = len > wanted_len ? len : wanted_len;
    size_t apart = longer - (len > wanted_len ? wanted_len : len);
    return len > 0 && (apart <= 1 || apart <= longer / 3) && strchr(id, '/') == NULL;
}

/* The first of the few countries in whose names all words of `wanted` stand; NULL where there are none or many. */
static const char *named_country(const struct snapshot *snapshot, const char *wanted)
{
    struct err err;
    uint32_t *ords = NULL;
    size_t count = 0;
    const struct pieces *pieces = snapshot_pieces(snapshot, "countries", MEDIA_JSON);
    size_t words = store_words(wanted);
    if (pieces == NULL || words == 0 || words > STORE_WORDS)
        return NULL;
    struct store_reader *reader = store_lend(snapshot->store);
    bool found = store_find(reader, "countries", NULL, 0, wanted, NULL, &ords, &count, &err);
    store_give_back(snapshot->store, reader);
    bool few = found && count > 0 && count <= NAMES_MOST && ords[0] < pieces->count;
    const char *id = few ? pieces->items[ords[0]].id : NULL;
    free(ords);
    return id;
}

void snapshot_nearest(const struct snapshot *snapshot, const struct route *route, const char *wanted, char ret[128])
{
    struct nearest best = {0};
    size_t head = strcspn(route->path, "{");
    size_t len = strlen(wanted);
    size_t tries = 0;
    bool country = strcmp(route->path + head, "{code}") == 0 || strncmp(route->path + head, "{code}/", 7) == 0;
    if (country && len > LONGEST_CODE)
        best.word = named_country(snapshot, wanted);
    /* Ids that begin alike come first: among two-letter codes every other one is one letter away. */
    for (size_t pass = 0; pass < 2 && best.word == NULL; pass++)
        for (size_t i = 0; i < snapshot->place_count && tries < TRIES_MOST; i++) {
            const char *path = snapshot->places[i].path;
            if (strncmp(path, route->path, head) != 0 || (pass == 0 && !alike(path[head], wanted[0])) ||
                !may_be_near(len, path + head))
                continue;
            nearest_try(&best, wanted, path + head);
            tries++;
        }
    (void)snprintf(ret, 128, "%s", best.word == NULL ? "" : best.word);
}
