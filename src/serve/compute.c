/* SPDX-License-Identifier: MIT */
/* Answers that are not stored: lists that were filtered, sorted or paged, and indented JSON. Each has an address of its
 * own, by which the cache knows it; its tag is a hash of that address and the revision. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/format.h"
#include "internal.h"

enum { INDENTED_BYTES = 4 * STORE_BODY_BYTES, LINKS_BYTES = 4 * QUERY_TEXT_BYTES };

static struct made *no_memory(const struct computing *computing)
{
    (void)fault_set(computing->fault, FAULT_INTERNAL, "There is no memory for this request.");
    return NULL;
}

/* Gives an answer its address, tag and links (`link` is copied); drops it and returns NULL without memory. */
static struct made *finish(const struct computing *computing, struct made *made, const char *address, const char *link)
{
    if (made == NULL)
        return no_memory(computing);
    etag_computed(computing->snapshot->catalog.revision, address, made->media, made->etag);
    made->content_location = strdup(address);
    made->link = link == NULL ? NULL : strdup(link);
    if (made->content_location == NULL || made->etag[0] == '\0' || (link != NULL && made->link == NULL)) {
        made_unref(made);
        return no_memory(computing);
    }
    cache_keep(computing->snapshot->cache, made);
    return made;
}

static struct made *compute_list(const struct computing *computing, const char *address, const char *query)
{
    CLEANUP(page_made_done) struct page_made page = {0};
    CLEANUP(buf_done) struct buf link;
    buf_init(&link, LINKS_BYTES);
    if (!list_make(computing->snapshot, computing->route, computing->query, computing->media, &page, computing->fault))
        return NULL;
    link_field(computing->route, computing->path, computing->media, query, page.next, &link);
    if (!buf_ok(&link))
        return no_memory(computing);
    size_t len;
    buf_add(&page.body, "", 0); /* a table without rows is empty, and still a body */
    char *body = buf_take(&page.body, &len);
    return finish(computing, made_new(computing->media, body, len), address, link.data);
}

static struct made *indent(const struct computing *computing, const char *body, size_t len, const char *address,
                           const char *link)
{
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, INDENTED_BYTES);
    format_json_indent(body, len, &out);
    if (!buf_ok(&out))
        return no_memory(computing);
    size_t indented_len;
    char *indented = buf_take(&out, &indented_len);
    return finish(computing, made_new(computing->media, indented, indented_len), address, link);
}

/* The answer as one line, from the cache or made now. */
static struct made *compute_plain(const struct computing *computing)
{
    CLEANUP(buf_done) struct buf query;
    CLEANUP(buf_done) struct buf address;
    buf_init(&query, QUERY_TEXT_BYTES);
    buf_init(&address, QUERY_TEXT_BYTES + PATH_BYTES);
    query_text(computing->query, NULL, QUERY_PAGE, &query);
    link_address(computing->route, computing->path, computing->media, query.data, &address);
    if (!buf_ok(&query) || !buf_ok(&address))
        return no_memory(computing);
    struct made *made = cache_find(computing->snapshot->cache, address.data);
    return made != NULL ? made : compute_list(computing, address.data, query.data);
}

struct made *compute(const struct computing *computing, const char *query)
{
    if (computing->query->pretty == NULL)
        return compute_plain(computing);
    CLEANUP(buf_done) struct buf address;
    buf_init(&address, QUERY_TEXT_BYTES + PATH_BYTES);
    link_address(computing->route, computing->path, computing->media, query, &address);
    if (!buf_ok(&address))
        return no_memory(computing);
    struct made *made = cache_find(computing->snapshot->cache, address.data);
    if (made != NULL)
        return made;
    const struct representation *ready = strcmp(query, "pretty=1") == 0 ? computing->ready : NULL;
    if (ready != NULL)
        return indent(computing, ready->body, ready->len, address.data, ready->link);
    CLEANUP(made_cleanup) struct made *plain = compute_plain(computing);
    return plain == NULL ? NULL : indent(computing, plain->body, plain->len, address.data, plain->link);
}
