/* SPDX-License-Identifier: MIT */
/* The order of a search: what has a name that begins with the words first, then by group, there what is called just
 * that first, then by how well it fits, then by number. The store finds, view names the groups. Invariant: the order is
 * total, so that pages never overlap. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct placed {
    struct store_hit hit;
    unsigned group;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *left = a;
    const struct placed *right = b;
    if ((left->hit.named == STORE_NOT_NAMED) != (right->hit.named == STORE_NOT_NAMED))
        return left->hit.named != STORE_NOT_NAMED ? -1 : 1;
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    if (left->hit.named != right->hit.named)
        return left->hit.named > right->hit.named ? -1 : 1;
    if (left->hit.rank < right->hit.rank || left->hit.rank > right->hit.rank)
        return left->hit.rank < right->hit.rank ? -1 : 1;
    return (left->hit.ord > right->hit.ord) - (left->hit.ord < right->hit.ord);
}

/* A filter, and whether an item meets it. */
struct sieve {
    const struct store_filter *filter;
    bool passes;
};

static void try_facet(void *cls, const char *name, const char *value)
{
    struct sieve *sieve = cls;
    for (size_t i = 0; strcmp(name, sieve->filter->name) == 0 && i < sieve->filter->count; i++)
        sieve->passes = sieve->passes || strcmp(sieve->filter->values[i], value) == 0;
}

static bool passes(const struct listing *listing, uint32_t item)
{
    const struct query *query = listing->query;
    for (size_t i = 0; i < query->filter_count; i++) {
        struct sieve sieve = {&query->filters[i], false};
        query->list->facets(listing->snapshot->view, item, try_facet, &sieve);
        if (!sieve.passes)
            return false;
    }
    return true;
}

static bool find(const struct listing *listing, struct arena *arena, struct store_hit **ret, size_t *ret_count)
{
    struct err err;
    struct store_reader *reader = store_lend(listing->snapshot->store);
    bool done = store_search(reader, listing->query->list->name, listing->query->q, arena, ret, ret_count, &err);
    store_give_back(listing->snapshot->store, reader);
    if (done)
        return true;
    (void)fault_set(listing->fault, FAULT_INTERNAL, "The list could not be searched.");
    (void)snprintf(listing->fault->cause, sizeof(listing->fault->cause), "%.159s", err.text);
    return false;
}

/* Fills the selection with what passes, in order; false without memory, or with a fault. */
static bool fill(const struct listing *listing, struct selection *selection)
{
    const struct view *view = listing->snapshot->view;
    struct store_hit *hits = NULL;
    size_t count = 0;
    if (!find(listing, selection->arena, &hits, &count))
        return false;
    struct placed *placed = arena_array(selection->arena, count + 1, sizeof(*placed));
    const char **excerpts = arena_array(selection->arena, count + 1, sizeof(*excerpts));
    selection->items = arena_array(selection->arena, count + 1, sizeof(*selection->items));
    if (!arena_ok(selection->arena))
        return false;
    for (size_t i = 0; i < count; i++)
        if (hits[i].ord < view_subjects(view, listing->query->list->subject) && passes(listing, hits[i].ord))
            placed[selection->count++] = (struct placed){hits[i], listing->query->list->group(view, hits[i].ord)};
    qsort(placed, selection->count, sizeof(*placed), compare_placed);
    for (size_t i = 0; i < selection->count; i++) {
        selection->items[i] = placed[i].hit.ord;
        excerpts[i] = placed[i].hit.excerpt;
    }
    selection->own = excerpts;
    return true;
}

struct selection *list_search(const struct listing *listing, const struct question *question)
{
    struct selection *selection = selection_new(listing->snapshot->view, question);
    if (selection == NULL || fill(listing, selection))
        return selection;
    selection_free(selection);
    return NULL;
}
