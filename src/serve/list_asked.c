/* SPDX-License-Identifier: MIT */
/* A list whose items follow from a question: view selects and writes them, here they are measured as they are written,
 * so that a body ends at an item and the next page begins with the one that did not fit. It knows no field. */
#include "internal.h"

static void selection_done(struct selection **selection)
{
    selection_free(*selection);
}

static bool no_memory(struct fault *fault)
{
    return fault_set(fault, FAULT_INTERNAL, "There is no memory for this request.");
}

/* One item, or what of it is chosen. */
static bool write_item(const struct listing *listing, const struct selection *found, size_t place, struct buf *out)
{
    const struct list_page page = {.kind = listing->query->list, .fields = list_chosen(listing->query)};
    if (page.fields == NULL)
        return page.kind->item(found, place, listing->media, out);
    CLEANUP(buf_done) struct buf item;
    buf_init(&item, STORE_BODY_BYTES);
    if (!page.kind->item(found, place, listing->media, &item) || !buf_ok(&item))
        return false;
    if (item.len > 0)
        list_put(&page, listing->media, item.data, item.len, out);
    return true;
}

/* Writes items from `first` on until the page or a body is full. False without memory. */
static bool write_items(const struct listing *listing, const struct selection *found, size_t first, struct buf *out,
                        size_t *ret_count)
{
    size_t most = found->count - first;
    if (listing->query->page > 0 && listing->query->page < most)
        most = listing->query->page;
    size_t count = 0;
    for (; count < most; count++) {
        size_t before = out->len;
        if (count > 0)
            list_separate(listing->media, out);
        if (!write_item(listing, found, first + count, out) || !buf_ok(out))
            return false;
        if (count > 0 && out->len > STORE_BODY_BYTES - ENVELOPE_BYTES) {
            out->len = before;
            out->data[before] = '\0';
            break;
        }
    }
    *ret_count = count;
    return true;
}

static bool write_page(const struct listing *listing, const struct selection *found, struct page_made *ret)
{
    CLEANUP(buf_done) struct buf self;
    CLEANUP(buf_done) struct buf items;
    size_t first = listing->query->place;
    struct list_page page = {
        .kind = listing->query->list, .total = found->count, .selection = found, .fields = list_chosen(listing->query)};
    buf_init(&self, QUERY_TEXT_BYTES + PATH_BYTES);
    buf_init(&items, 2 * (size_t)STORE_BODY_BYTES); /* room for the one item too many */
    if (!write_items(listing, found, first, &items, &page.count) ||
        !list_addresses(listing, first + page.count, found->count, &self, &ret->next))
        return false;
    page.self = self.data;
    page.next = ret->next;
    list_open(&page, listing->media, &ret->body);
    buf_add(&ret->body, items.data == NULL ? "" : items.data, items.len);
    list_close(&page, listing->media, &ret->body);
    return buf_ok(&ret->body);
}

bool list_make_asked(const struct listing *listing, struct page_made *ret)
{
    const struct query *query = listing->query;
    struct question question = query->question;
    struct choice choices[STORE_FILTERS];
    for (size_t i = 0; i < query->filter_count; i++)
        choices[i] = (struct choice){query->filters[i].name, query->filters[i].values, query->filters[i].count};
    question.choices = choices;
    question.choice_count = query->filter_count;
    buf_init(&ret->body, STORE_BODY_BYTES + ENVELOPE_BYTES);
    ret->next = NULL;
    CLEANUP(selection_done)
    struct selection *found = query->list->found ? list_search(listing, &question)
                                                 : query->list->select(listing->snapshot->view, &question, query->sort);
    if (found == NULL)
        return listing->fault->kind != FAULT_NONE ? false : no_memory(listing->fault);
    return list_check_place(listing, found->count) && (write_page(listing, found, ret) || no_memory(listing->fault));
}
