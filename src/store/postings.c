/* SPDX-License-Identifier: MIT */
/* The posting lists of all filters' values as sets of bits, in memory and shared by all readers: a bit for each item of
 * the list. So a filter costs a walk over words, however many items it finds, and no SQL. Invariant: sorted by list,
 * name and value, which is the order of the table they are read from. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "internal.h"

enum { POSTINGS_BYTES = 64 * 1024 * 1024 };

struct posting {
    const char *list, *name, *value;
    uint64_t *words;
    size_t size; /* of the list */
};

struct postings {
    struct arena *arena;
    struct posting *items;
    size_t count, cap;
};

static const struct statement get_all = {"SELECT list, name, value, ord FROM facet ORDER BY list, name, value, ord", 4};

static int compare(const struct posting *posting, const char *list, const char *name, const char *value)
{
    int order = strcmp(posting->list, list);
    if (order == 0)
        order = strcmp(posting->name, name);
    return order == 0 ? strcmp(posting->value, value) : order;
}

static bool make_room(struct postings *postings)
{
    if (postings->count < postings->cap)
        return true;
    size_t cap = postings->cap * 2 + 256;
    struct posting *items = reallocarray(postings->items, cap, sizeof(*items));
    if (items == NULL)
        return false;
    postings->items = items;
    postings->cap = cap;
    return true;
}

/* The posting list that the row belongs to, new where it begins; NULL when there is no room. */
static struct posting *posting_of(sqlite3_stmt *rows, struct postings *postings, const struct lists *lists)
{
    const char *list = column_text(rows, 0), *name = column_text(rows, 1), *value = column_text(rows, 2);
    struct posting *last = postings->count == 0 ? NULL : &postings->items[postings->count - 1];
    if (last != NULL && compare(last, list, name, value) == 0)
        return last;
    size_t size = lists_size(lists, list);
    if (!make_room(postings))
        return NULL;
    struct posting posting = {.list = arena_text(postings->arena, list),
                              .name = arena_text(postings->arena, name),
                              .value = arena_text(postings->arena, value),
                              .words = arena_array(postings->arena, size / 64 + 1, sizeof(uint64_t)),
                              .size = size};
    if (!arena_ok(postings->arena))
        return NULL;
    postings->items[postings->count] = posting;
    return &postings->items[postings->count++];
}

static bool postings_fill(sqlite3 *db, struct postings *postings, const struct lists *lists, struct err *err)
{
    sqlite3_stmt *get[1] = {NULL};
    if (!database_prepare(db, &get_all, 1, get, err))
        return false;
    int status;
    bool room = true;
    while (room && (status = sqlite3_step(get[0])) == SQLITE_ROW) {
        struct posting *posting = posting_of(get[0], postings, lists);
        sqlite3_int64 ord = sqlite3_column_int64(get[0], 3);
        room = posting != NULL;
        if (room && ord >= 0 && (size_t)ord < posting->size)
            posting->words[ord / 64] |= (uint64_t)1 << ord % 64;
    }
    bool right = room ? status == SQLITE_DONE || database_failed(db, "facet", err) : err_memory(err);
    database_finalize(get, 1);
    return right;
}

bool postings_load(sqlite3 *db, const struct lists *lists, struct postings **ret, struct err *err)
{
    struct postings *postings = calloc(1, sizeof(*postings));
    if (postings == NULL)
        return err_memory(err);
    postings->arena = arena_new(POSTINGS_BYTES);
    if (postings->arena == NULL)
        (void)err_memory(err);
    else if (postings_fill(db, postings, lists, err)) {
        *ret = postings;
        return true;
    }
    postings_free(postings);
    return false;
}

void postings_free(struct postings *postings)
{
    if (postings == NULL)
        return;
    arena_free(postings->arena);
    free(postings->items);
    free(postings);
}

const uint64_t *postings_words(const struct postings *postings, const char *list, const char *name, const char *value)
{
    size_t low = 0, high = postings->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(&postings->items[middle], list, name, value);
        if (order == 0)
            return postings->items[middle].words;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
