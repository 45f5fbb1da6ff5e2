/* SPDX-License-Identifier: MIT */
/* Counts beside a list: of each filter that was named, how many of all the items found have each value. The store walks
 * its posting lists; a value that no item found has is left out. */
#include <stdio.h>

#include "internal.h"

enum { FACETS_BYTES = 4 * 1024 * 1024, VALUES_MOST = 4096 };

void facets_done(struct facets *facets)
{
    arena_free(facets->arena);
}

/* One filter's counts in the making. */
struct filling {
    struct arena *arena;
    struct value_count *values;
    size_t count;
};

static bool add_count(void *cls, const char *value, size_t count)
{
    struct filling *filling = cls;
    const char *copy = filling->count == VALUES_MOST ? NULL : arena_text(filling->arena, value);
    if (copy == NULL)
        return false;
    filling->values[filling->count++] = (struct value_count){copy, count};
    return true;
}

/* All that the counts are made of. */
struct counting {
    const struct listing *listing;
    struct store_reader *reader;
    const uint32_t *ords;
    size_t count;
};

static bool find_facet(const struct counting *counting, const char *name, struct arena *arena, struct facet *ret,
                       struct err *err)
{
    struct filling filling = {.arena = arena, .values = arena_array(arena, VALUES_MOST, sizeof(struct value_count))};
    if (filling.values == NULL)
        return err_memory(err);
    if (!store_count(counting->reader, counting->listing->query->list->name, name, counting->ords, counting->count,
                     add_count, &filling, err))
        return false;
    *ret = (struct facet){name, filling.values, filling.count};
    return true;
}

bool facets_find(const struct listing *listing, const uint32_t *ords, size_t count, struct facets *ret)
{
    const struct query *query = listing->query;
    struct err err = {.kind = ERR_NONE};
    ret->arena = arena_new(FACETS_BYTES);
    bool done = ret->arena != NULL || err_memory(&err);
    const struct counting counting = {listing, store_lend(listing->snapshot->store), ords, count};
    for (size_t i = 0; done && i < query->facet_count; i++)
        done = find_facet(&counting, query->facets[i], ret->arena, &ret->items[i], &err);
    store_give_back(listing->snapshot->store, counting.reader);
    if (done)
        return true;
    (void)fault_set(listing->fault, FAULT_INTERNAL, "The list could not be counted.");
    (void)snprintf(listing->fault->cause, sizeof(listing->fault->cause), "%.159s", err.text);
    return false;
}
