/* SPDX-License-Identifier: MIT */
/* Answers that are not stored: to questions, lists that were filtered, sorted or paged, and indented JSON. Each has an
 * address of its own, by which the cache knows it; its tag is a hash of that address and the revision. */
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
    const struct snapshot *snapshot = computing->snapshot;
    made->is_private = computing->query->question.asked_by == ASKED_BY_ADDRESS;
    const char *mark = catalog_mark(&snapshot->catalog, computing->query->list);
    etag_computed(made->is_private && snapshot->placed_by != NULL ? snapshot->placed_by : mark, address, made->media,
                  made->etag);
    made->content_location = strdup(address);
    made->link = link == NULL ? NULL : strdup(link);
    if (made->content_location == NULL || made->etag[0] == '\0' || (link != NULL && made->link == NULL)) {
        made_unref(made);
        return no_memory(computing);
    }
    if (!made->is_private)
        cache_keep(snapshot->cache, made);
    return made;
}

/* An answer with the buffer's bytes, which it takes; NULL without memory. */
static struct made *take_body(const struct computing *computing, struct buf *body)
{
    size_t len;
    buf_add(body, "", 0); /* a table without rows is empty, and still a body */
    char *text = buf_take(body, &len);
    return made_new(computing->media, text, len);
}

static struct made *compute_list(const struct computing *computing, const char *address, const char *query)
{
    CLEANUP(page_made_done) struct page_made page = {0};
    CLEANUP(buf_done) struct buf link;
    buf_init(&link, LINKS_BYTES);
    const struct listing listing = {computing->snapshot, computing->route, computing->query, computing->media,
                                    computing->fault};
    bool asked = computing->query->list->select != NULL || computing->query->list->found;
    if (!(asked ? list_make_asked(&listing, &page) : list_make(&listing, &page)))
        return NULL;
    link_field(computing->route, computing->path, computing->media, query, page.next, &link);
    return buf_ok(&link) ? finish(computing, take_body(computing, &page.body), address, link.data)
                         : no_memory(computing);
}

/* The number of what the path's {…} names; that there is such a thing was seen when the path was made. */
static bool find_subject(const struct computing *computing, enum subject subject, size_t *ret)
{
    const struct view *view = computing->snapshot->view;
    const char *id = computing->path + strcspn(computing->route->path, "{");
    size_t len = strcspn(id, "/");
    for (size_t i = 0; i < view_subjects(view, subject); i++) {
        const char *candidate = view_subject_id(view, subject, i);
        if (subject == SUBJECT_NONE || (strncmp(candidate, id, len) == 0 && candidate[len] == '\0')) {
            *ret = i;
            return true;
        }
    }
    return false;
}

/* A document's answer to a question; `query` is without what matters to text alone. */
static struct made *compute_answer(const struct computing *computing, const char *address, const char *query)
{
    CLEANUP(buf_done) struct buf self;
    CLEANUP(buf_done) struct buf body;
    CLEANUP(buf_done) struct buf link;
    const struct document_kind *kind = route_kind(computing->route, computing->media);
    size_t index;
    buf_init(&self, QUERY_TEXT_BYTES + PATH_BYTES);
    buf_init(&body, STORE_BODY_BYTES);
    buf_init(&link, LINKS_BYTES);
    if (kind == NULL || kind->answer == NULL || !find_subject(computing, kind->subject, &index)) {
        (void)fault_set(computing->fault, FAULT_INTERNAL, "The answer could not be made.");
        return NULL;
    }
    link_address(computing->route, computing->path, MEDIA_JSON, query, &self);
    link_field(computing->route, computing->path, computing->media, query, NULL, &link);
    if (!buf_ok(&self) || !buf_ok(&link) ||
        !kind->answer(computing->snapshot->view, &computing->query->question, self.data, index, &body))
        return no_memory(computing);
    return finish(computing, take_body(computing, &body), address, link.data);
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

static struct made *indent_ready(const struct computing *computing, const struct representation *ready,
                                 const char *address)
{
    CLEANUP(buf_done) struct buf link;
    buf_init(&link, LINKS_BYTES);
    representation_links(ready, &link);
    return buf_ok(&link) ? indent(computing, ready->body, ready->len, address, link.data) : no_memory(computing);
}

/* The answer as one line, from the cache or made now. */
static struct made *compute_plain(const struct computing *computing)
{
    CLEANUP(buf_done) struct buf query;
    CLEANUP(buf_done) struct buf linked;
    CLEANUP(buf_done) struct buf address;
    buf_init(&query, QUERY_TEXT_BYTES);
    buf_init(&linked, QUERY_TEXT_BYTES);
    buf_init(&address, QUERY_TEXT_BYTES + PATH_BYTES);
    query_text(computing->query, NULL, QUERY_PAGE | QUERY_ASCII | QUERY_PARTS, &query);
    query_text(computing->query, NULL, QUERY_PAGE, &linked);
    link_address(computing->route, computing->path, computing->media, query.data, &address);
    if (!buf_ok(&query) || !buf_ok(&linked) || !buf_ok(&address))
        return no_memory(computing);
    struct made *made = cache_find(computing->snapshot->cache, address.data);
    if (made != NULL)
        return made;
    return computing->route->list != NULL ? compute_list(computing, address.data, linked.data)
                                          : compute_answer(computing, address.data, linked.data);
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
        return indent_ready(computing, ready, address.data);
    CLEANUP(made_cleanup) struct made *plain = compute_plain(computing);
    return plain == NULL ? NULL : indent(computing, plain->body, plain->len, address.data, plain->link);
}
