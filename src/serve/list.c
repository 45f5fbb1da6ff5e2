/* SPDX-License-Identifier: MIT */
/* A filtered, sorted or paged list: the store says which items in which order, the fragments are in memory, view knows
 * what stands around them. What does not fit a body goes to the next page, never away. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

void page_made_done(struct page_made *page)
{
    buf_done(&page->body);
    free(page->next);
}

struct found {
    uint32_t *ords;
    size_t count;
};

static void found_done(struct found *found)
{
    free(found->ords);
}

static bool no_memory(struct fault *fault)
{
    return fault_set(fault, FAULT_INTERNAL, "There is no memory for this request.");
}

static bool find(struct snapshot *snapshot, const struct query *query, struct found *ret, struct fault *fault)
{
    struct err err;
    struct store_reader *reader = store_lend(snapshot->store);
    bool done = store_find(reader, query->list->name, query->filters, query->filter_count, query->q, query->sort,
                           &ret->ords, &ret->count, &err);
    store_give_back(snapshot->store, reader);
    if (done)
        return true;
    (void)fault_set(fault, FAULT_INTERNAL, "The list could not be searched.");
    (void)snprintf(fault->cause, sizeof(fault->cause), "%.159s", err.text);
    return false;
}

/* How many items from `first` on go into one body. */
static size_t page_size(const struct query *query, const struct pieces *pieces, const struct found *found, size_t first)
{
    size_t most = found->count - first;
    if (query->page > 0 && query->page < most)
        most = query->page;
    size_t bytes = 0;
    for (size_t i = 0; i < most; i++) {
        uint32_t ord = found->ords[first + i];
        bytes += (ord < pieces->count ? pieces->items[ord].len : 0) + 2;
        if (i > 0 && bytes > STORE_BODY_BYTES - ENVELOPE_BYTES)
            return i;
    }
    return most;
}

static char *next_address(const struct listing *listing, size_t place)
{
    const struct query *query = listing->query;
    CLEANUP(buf_done) struct buf question;
    CLEANUP(buf_done) struct buf text;
    CLEANUP(buf_done) struct buf address;
    char cursor[CURSOR_SIZE];
    buf_init(&question, QUERY_TEXT_BYTES);
    buf_init(&text, QUERY_TEXT_BYTES);
    buf_init(&address, QUERY_TEXT_BYTES + PATH_BYTES);
    query_question(query, listing->route, &question);
    if (!buf_ok(&question))
        return NULL;
    cursor_write(catalog_mark(&listing->snapshot->catalog, query->list), question.data, (uint32_t)place, cursor);
    query_text(query, cursor, QUERY_PAGE | QUERY_ASCII | QUERY_PARTS, &text);
    if (!buf_ok(&text))
        return NULL;
    link_address(listing->route, listing->route->path, listing->media, text.data, &address);
    size_t len;
    return buf_ok(&address) ? buf_take(&address, &len) : NULL;
}

static bool write_page(const struct list_page *page, enum media media, const struct pieces *pieces,
                       const uint32_t *ords, struct buf *out)
{
    list_open(page, media, out);
    for (size_t i = 0; i < page->count; i++) {
        if (i > 0)
            list_separate(media, out);
        if (ords[i] >= pieces->count)
            return false;
        list_put(page, media, pieces->items[ords[i]].body, pieces->items[ords[i]].len, out);
    }
    list_close(page, media, out);
    return buf_ok(out);
}

static bool self_address(const struct listing *listing, struct buf *out)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, QUERY_TEXT_BYTES);
    query_text(listing->query, NULL, QUERY_PAGE | QUERY_ASCII | QUERY_PARTS, &text);
    link_address(listing->route, listing->route->path, listing->media, text.data, out);
    return buf_ok(&text) && buf_ok(out);
}

bool list_addresses(const struct listing *listing, size_t next, size_t total, struct buf *self, char **ret_next)
{
    if (next < total && (*ret_next = next_address(listing, next)) == NULL)
        return false;
    return self_address(listing, self);
}

const struct chosen *list_chosen(const struct query *query)
{
    return query->fields.count > 0 ? &query->fields : NULL;
}

bool list_check_place(const struct listing *listing, size_t found)
{
    size_t first = listing->query->place;
    return first == 0 || first < found ||
           fault_parameter(listing->fault, FAULT_BAD_VALUE, "cursor",
                           "This is no cursor: take it from the `next` link of a page.");
}

bool list_make(const struct listing *listing, struct page_made *ret)
{
    static const struct pieces none = {0};
    CLEANUP(found_done) struct found found = {0};
    CLEANUP(buf_done) struct buf self;
    const struct query *query = listing->query;
    const struct pieces *pieces = snapshot_pieces(listing->snapshot, query->list->name, listing->media);
    buf_init(&self, QUERY_TEXT_BYTES + PATH_BYTES);
    buf_init(&ret->body, STORE_BODY_BYTES + ENVELOPE_BYTES);
    ret->next = NULL;
    if (!find(listing->snapshot, query, &found, listing->fault) || !list_check_place(listing, found.count))
        return false;
    pieces = pieces == NULL ? &none : pieces;
    size_t first = query->place;
    size_t count = page_size(query, pieces, &found, first);
    if (!list_addresses(listing, first + count, found.count, &self, &ret->next))
        return no_memory(listing->fault);
    CLEANUP(facets_done) struct facets facets = {.arena = NULL};
    struct places places = {.count = 0};
    if (query->facet_count > 0 && !facets_find(listing, found.ords, found.count, &facets))
        return false;
    const struct list_page page = {.kind = query->list,
                                   .self = self.data,
                                   .next = ret->next,
                                   .total = found.count,
                                   .count = count,
                                   .fields = list_chosen(query),
                                   .facets = query->facet_count > 0 ? facets.items : NULL,
                                   .facet_count = query->facet_count,
                                   .places = &places};
    return write_page(&page, listing->media, pieces, found.ords + (found.ords == NULL ? 0 : first), &ret->body) ||
           no_memory(listing->fault);
}
