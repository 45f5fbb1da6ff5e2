/* SPDX-License-Identifier: MIT */
/* From an opened store into a snapshot: every body copied once, with its tag and place beside it. A dataset that does
 * not fit the route table is refused. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/digest.h"
#include "internal.h"

/* What the store's callbacks need: where to put things, and what went wrong. */
struct loading {
    struct snapshot *snapshot;
    struct err *err;
    bool failed;
};

static bool fail_memory(struct loading *loading)
{
    loading->failed = true;
    return err_memory(loading->err);
}

/* The place for a path, new unless it was the last; NULL without memory. */
static struct place *open_place(struct snapshot *snapshot, const char *path)
{
    struct place *last = snapshot->place_count == 0 ? NULL : &snapshot->places[snapshot->place_count - 1];
    if (last != NULL && strcmp(last->path, path) == 0)
        return last;
    char *copy = arena_text(snapshot->arena, path);
    if (copy == NULL ||
        !serve_grow((void **)&snapshot->places, &snapshot->place_cap, snapshot->place_count, sizeof(struct place)))
        return NULL;
    snapshot->places[snapshot->place_count] = (struct place){.path = copy};
    return &snapshot->places[snapshot->place_count++];
}

/* "HEX"; NULL without memory. */
static const char *quoted(struct arena *arena, const char *etag)
{
    size_t len = strlen(etag);
    char *tag = arena_alloc(arena, len + 3);
    if (tag == NULL)
        return NULL;
    tag[0] = tag[len + 1] = '"';
    memcpy(tag + 1, etag, len);
    return tag;
}

static bool add_representation(struct snapshot *snapshot, const struct store_document *document)
{
    struct place *place = open_place(snapshot, document->path);
    if (place == NULL ||
        !serve_grow((void **)&snapshot->items, &snapshot->cap, snapshot->count, sizeof(struct representation)))
        return false;
    struct representation *item = &snapshot->items[snapshot->count];
    *item = (struct representation){
        .index = snapshot->count,
        .media = document->media,
        .coding = document->coding,
        .path = place->path,
        .etag = quoted(snapshot->arena, document->etag),
        .body = arena_copy(snapshot->arena, document->body, document->len),
        .len = document->len,
    };
    if (!arena_ok(snapshot->arena) || !export_mark(snapshot->arena, item))
        return false;
    snapshot->body_bytes += document->len;
    place->at[document->media][document->coding] = (uint32_t)++snapshot->count;
    return true;
}

static bool load_document(void *cls, const struct store_document *document)
{
    struct loading *loading = cls;
    struct snapshot *snapshot = loading->snapshot;
    size_t before = snapshot->place_count;
    if (!add_representation(snapshot, document))
        return fail_memory(loading);
    if (snapshot->place_count == before)
        return true;
    const struct route *route = route_of_path(document->path);
    if (route == NULL) {
        loading->failed = true;
        return err_set(loading->err, ERR_SYSTEM, "the dataset holds an answer for %s, which this program does not have",
                       document->path);
    }
    if (strcmp(route->path, "/v1/countries/{code}") == 0) {
        const char *code = strrchr(document->path, '/') + 1;
        if (!catalog_add_country(&snapshot->catalog, code, code))
            return fail_memory(loading);
    }
    return true;
}

static struct pieces *open_pieces(struct snapshot *snapshot, const char *list, enum media media)
{
    for (size_t i = 0; i < snapshot->pieces_count; i++)
        if (snapshot->pieces[i].media == media && strcmp(snapshot->pieces[i].list, list) == 0)
            return &snapshot->pieces[i];
    char *copy = arena_text(snapshot->arena, list);
    if (copy == NULL ||
        !serve_grow((void **)&snapshot->pieces, &snapshot->pieces_cap, snapshot->pieces_count, sizeof(struct pieces)))
        return NULL;
    snapshot->pieces[snapshot->pieces_count] = (struct pieces){.list = copy, .media = media};
    return &snapshot->pieces[snapshot->pieces_count++];
}

static bool load_fragment(void *cls, const struct store_fragment *fragment)
{
    struct loading *loading = cls;
    struct pieces *pieces = open_pieces(loading->snapshot, fragment->list, fragment->media);
    char *body = arena_copy(loading->snapshot->arena, fragment->body, fragment->len);
    char *id = arena_text(loading->snapshot->arena, fragment->id);
    if (pieces == NULL || body == NULL || id == NULL ||
        !serve_grow((void **)&pieces->items, &pieces->cap, pieces->count, sizeof(struct piece)))
        return fail_memory(loading);
    if (fragment->ord != pieces->count) {
        loading->failed = true;
        return err_set(loading->err, ERR_SYSTEM, "the dataset's list %s has a gap at item %zu", fragment->list,
                       pieces->count);
    }
    pieces->items[pieces->count++] = (struct piece){id, body, fragment->len};
    return true;
}

static bool load_alias(void *cls, const char *kind, const char *alias, const char *id)
{
    struct loading *loading = cls;
    struct catalog *catalog = &loading->snapshot->catalog;
    bool cert = strcmp(kind, "cert") == 0;
    return (cert ? catalog_add_cert(catalog, alias, id) : catalog_add_country(catalog, alias, id)) ||
           fail_memory(loading);
}

static bool load_allowed(void *cls, const char *list, const char *name, const char *value)
{
    struct loading *loading = cls;
    return catalog_add_allowed(&loading->snapshot->catalog, list, name, value) || fail_memory(loading);
}

bool snapshot_add_made(struct snapshot *snapshot, const char *path, enum media media, const struct buf *body)
{
    char digest[DIGEST_SIZE];
    if (!buf_ok(body))
        return false;
    digest_of(body->data, body->len, digest);
    digest[32] = '\0';
    const struct store_document document = {
        .path = path, .media = media, .coding = CODING_IDENTITY, .etag = digest, .body = body->data, .len = body->len};
    return add_representation(snapshot, &document);
}

bool snapshot_load_own(struct snapshot *snapshot, const struct config *config)
{
    for (size_t i = 0; i < own_count; i++) {
        CLEANUP(buf_done) struct buf body;
        buf_init(&body, STORE_BODY_BYTES);
        if (own_table[i].write(config, &body) &&
            !snapshot_add_made(snapshot, own_table[i].path, own_table[i].media, &body))
            return false;
    }
    return exports_load(snapshot);
}

bool snapshot_load(struct snapshot *snapshot, struct err *err)
{
    struct loading loading = {snapshot, err, false};
    if (!store_documents(snapshot->store, load_document, &loading, err) || loading.failed ||
        !store_fragments(snapshot->store, load_fragment, &loading, err) || loading.failed ||
        !store_aliases(snapshot->store, load_alias, &loading, err) || loading.failed ||
        !store_allowed(snapshot->store, load_allowed, &loading, err) || loading.failed)
        return false;
    catalog_sort(&snapshot->catalog);
    return true;
}
