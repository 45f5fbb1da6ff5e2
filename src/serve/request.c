/* SPDX-License-Identifier: MIT */
/* One request from target to outcome: match, resolve, read the query, negotiate, then a ready answer or a computed one.
 * It knows the order of these steps and nothing of how they are done; each ends in a fault or leads on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* What the steps have found so far. */
struct asked {
    struct snapshot *snapshot;
    const struct request *request;
    struct target target;
    struct match match; /* route NULL until matched */
    char path[PATH_BYTES];
    const struct place *place; /* NULL: a list that has no ready answer */
    enum media media;
    struct query query;
    struct fault fault;
    size_t whole; /* length of what a range lies outside of */
    struct outcome *ret;
};

static bool check_method(struct asked *asked)
{
    bool full = false;
    switch (method_of(asked->request->method)) {
    case METHOD_GET:
    case METHOD_OPTIONS:
    case METHOD_UNKNOWN: /* refused before any address was looked at */
        return true;
    case METHOD_OTHER:
        break;
    }
    (void)fault_set(&asked->fault, FAULT_METHOD_NOT_ALLOWED, "This service only reads.");
    fault_allow(&asked->fault, "GET", &full);
    fault_allow(&asked->fault, "HEAD", &full);
    fault_allow(&asked->fault, "OPTIONS", &full);
    return false;
}

static bool unknown_thing(struct asked *asked, const char *id)
{
    char quoted[65];
    (void)fault_set(&asked->fault, FAULT_UNKNOWN_THING, "Nothing here has the id \"%s\".", fault_quote(id, quoted));
    snapshot_nearest(asked->snapshot, asked->match.route, id, asked->fault.nearest);
    return false;
}

static bool is_suffix(const char *text)
{
    for (size_t i = 0; i < MEDIA_COUNT; i++)
        if (media_table[i].suffix != NULL && strcmp(media_table[i].suffix, text) == 0)
            return true;
    return false;
}

/* A former id leads to the new address for good, with suffix and query as they were. A suffix that means nothing is
 * left out: decoded as it is, it need not fit a header field. */
static bool moved(struct asked *asked, const char *id)
{
    struct outcome *ret = asked->ret;
    const char *query = asked->target.query;
    if (!route_fill(asked->match.route, id, asked->path))
        return false;
    if (!is_suffix(asked->match.suffix))
        asked->match.suffix = "";
    *ret = (struct outcome){.status = 308};
    int len = snprintf(ret->location, LOCATION_SIZE, "%s%s%s%s", asked->path, asked->match.suffix,
                       query == NULL ? "" : "?", query == NULL ? "" : query);
    if (len < 0 || len >= LOCATION_SIZE) {
        (void)fault_set(&asked->fault, FAULT_BAD_REQUEST,
                        "The address has moved, and its query is too long to follow.");
        ret->status = 0;
    }
    return false;
}

/* Whether there are answers at this path that none of the ready ones says anything about. */
static bool is_made(const struct route *route)
{
    return route->list != NULL || route_offer(route)->only_asked;
}

/* A longer one fills no path either. */
static void copy_id(const struct match *match, char ret[PATH_BYTES])
{
    (void)snprintf(ret, PATH_BYTES, "%.*s", (int)match->id_len, match->id == NULL ? "" : match->id);
}

bool request_path(const struct snapshot *snapshot, const struct match *match, char ret[PATH_BYTES])
{
    char id[PATH_BYTES];
    const char *found = id;
    copy_id(match, id);
    if (match->id != NULL && strstr(match->route->path, "{code}") != NULL)
        found = catalog_country(&snapshot->catalog, match->id, match->id_len);
    return found != NULL && route_fill(match->route, found, ret);
}

/* Finds the canonical path of what the route's {…} names. */
static bool resolve(struct asked *asked)
{
    const struct match *match = &asked->match;
    const struct catalog *catalog = &asked->snapshot->catalog;
    const char *found;
    char id[PATH_BYTES];
    copy_id(match, id);
    if (!request_path(asked->snapshot, match, asked->path))
        return unknown_thing(asked, id);
    asked->place = snapshot_place(asked->snapshot, asked->path);
    if (asked->place != NULL || is_made(match->route))
        return true;
    if (match->id == NULL)
        return fault_set(&asked->fault, FAULT_NOT_FOUND, "There is nothing at %s.", asked->path);
    if (strcmp(match->route->path, "/v1/certs/{id}") == 0 &&
        (found = catalog_cert(catalog, match->id, match->id_len)) != NULL)
        return moved(asked, found);
    return unknown_thing(asked, id);
}

static bool by_suffix(const char *suffix, const enum media *medias, size_t count, enum media *ret)
{
    for (size_t i = 0; i < count; i++)
        if (media_table[medias[i]].suffix != NULL && strcmp(media_table[medias[i]].suffix, suffix) == 0) {
            *ret = medias[i];
            return true;
        }
    return false;
}

static bool choose_media(struct asked *asked)
{
    enum media medias[MEDIA_COUNT];
    size_t count = ready_medias(asked->place, asked->match.route, medias);
    const char *suffix = asked->match.suffix;
    bool full = false;
    if (suffix[0] != '\0' ? by_suffix(suffix, medias, count, &asked->media)
                          : negotiate_media(route_whole(asked->match.route) ? NULL : asked->request->accept, medias,
                                            count, &asked->media))
        return true;
    (void)fault_set(&asked->fault, FAULT_NOT_ACCEPTABLE, "%s has no such representation.", asked->path);
    for (size_t i = 0; i < count; i++)
        fault_allow(&asked->fault, media_table[medias[i]].type, &full);
    return false;
}

static bool choose_coding(struct asked *asked, const bool have[CODING_COUNT], enum coding *ret)
{
    bool full = false;
    if (negotiate_coding(asked->request->accept_encoding, have, ret))
        return true;
    (void)fault_parameter(&asked->fault, FAULT_NOT_ACCEPTABLE, "Accept-Encoding",
                          "The answer does not come in a content coding that is accepted.");
    for (size_t i = 0; i < CODING_COUNT; i++)
        if (have[i])
            fault_allow(&asked->fault, coding_names[i], &full);
    return false;
}

static const struct representation *ready_at(const struct asked *asked, enum coding coding)
{
    uint32_t index = asked->place == NULL ? 0 : asked->place->at[asked->media][coding];
    return index == 0 ? NULL : &asked->snapshot->items[index - 1];
}

/* The part of an export that is asked for: by GET alone, and only while If-Range holds. */
static bool choose_part(struct asked *asked)
{
    const struct request *request = asked->request;
    struct outcome *ret = asked->ret;
    size_t len = ret->ready->len;
    if (strcmp(request->method, "GET") != 0 ||
        (request->if_range != NULL && !etag_is(request->if_range, ret->ready->etag)))
        return true;
    switch (range_read(request->range, len, &ret->first, &ret->part)) {
    case RANGE_WHOLE:
        return true;
    case RANGE_PART:
        ret->status = 206;
        (void)snprintf(ret->content_range, sizeof(ret->content_range), "bytes %zu-%zu/%zu", ret->first,
                       ret->first + ret->part - 1, len);
        return true;
    case RANGE_OUTSIDE:
        break;
    }
    (void)fault_parameter(&asked->fault, FAULT_RANGE_NOT_SATISFIABLE, "Range", "The file has %zu bytes.", len);
    asked->whole = len;
    return false;
}

static bool answer_ready(struct asked *asked)
{
    bool have[CODING_COUNT];
    enum coding coding;
    for (size_t i = 0; i < CODING_COUNT; i++)
        have[i] = ready_at(asked, (enum coding)i) != NULL;
    if (!choose_coding(asked, have, &coding))
        return false;
    asked->ret->ready = ready_at(asked, coding);
    asked->ret->status = etag_matches(asked->request->if_none_match, asked->ret->ready->etag) ? 304 : 200;
    return asked->ret->status == 304 || asked->ret->ready->digest == NULL || choose_part(asked);
}

static bool answer_made(struct asked *asked, const char *query)
{
    static const bool have[CODING_COUNT] = {[CODING_IDENTITY] = true};
    enum coding coding;
    if (!choose_coding(asked, have, &coding))
        return false;
    const struct computing computing = {.snapshot = asked->snapshot,
                                        .route = asked->match.route,
                                        .path = asked->path,
                                        .media = asked->media,
                                        .query = &asked->query,
                                        .ready = ready_at(asked, CODING_IDENTITY),
                                        .fault = &asked->fault};
    struct made *made = compute(&computing, query);
    if (made == NULL)
        return false;
    asked->ret->made = made;
    asked->ret->status = etag_matches(asked->request->if_none_match, made->etag) ? 304 : 200;
    return true;
}

static bool answer(struct asked *asked)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, QUERY_TEXT_BYTES);
    query_text(&asked->query, NULL, QUERY_WHOLE, &text);
    if (!buf_ok(&text))
        return fault_set(&asked->fault, FAULT_INTERNAL, "There is no memory for this request.");
    if (text.len == 0 && ready_at(asked, CODING_IDENTITY) != NULL)
        return answer_ready(asked);
    return answer_made(asked, text.data == NULL ? "" : text.data);
}

/* What goes with one form of an answer alone. */
static bool check_form(struct asked *asked)
{
    struct question *question = &asked->query.question;
    const struct document_kind *kind = route_kind(asked->match.route, asked->media);
    if (!query_read_fields(&asked->query, asked->media, &asked->fault))
        return false;
    if (asked->query.facet_count > 0 && asked->media != MEDIA_JSON)
        return fault_parameter(&asked->fault, FAULT_BAD_VALUE, "facets", "facets goes with JSON: leave it out here.");
    question->ascii = question->ascii && asked->media == MEDIA_TEXT;
    question->explain = question->explain && kind != NULL && kind->explains;
    return asked->query.pretty == NULL || asked->media == MEDIA_JSON ||
           fault_parameter(&asked->fault, FAULT_BAD_VALUE, "pretty", "pretty goes with JSON: leave it out here.");
}

/* The one address without a representation, /healthz: that it answers is the answer. */
static bool answer_bare(struct asked *asked)
{
    if (!query_read(asked->target.query, asked->match.route, &asked->snapshot->catalog, &asked->query, &asked->fault))
        return false;
    *asked->ret = (struct outcome){.status = 204};
    return true;
}

static bool handle(struct asked *asked)
{
    const char *method = asked->request->method;
    if (method_of(method) == METHOD_UNKNOWN)
        return fault_set(&asked->fault, FAULT_NOT_IMPLEMENTED, "The method is none that this service knows.");
    bool server_wide = method_of(method) == METHOD_OPTIONS && strcmp(asked->request->target, "*") == 0;
    if (!server_wide && (!target_split(asked->request->target, &asked->target, &asked->fault) ||
                         !route_find(&asked->target, &asked->match, &asked->fault) || !check_method(asked)))
        return false;
    if (method_of(method) == METHOD_OPTIONS) {
        *asked->ret = (struct outcome){.status = 204, .allow = "GET, HEAD, OPTIONS"};
        return true;
    }
    if (route_offer(asked->match.route)->count == 0)
        return answer_bare(asked);
    return resolve(asked) &&
           query_read(asked->target.query, asked->match.route, &asked->snapshot->catalog, &asked->query,
                      &asked->fault) &&
           choose_media(asked) && check_form(asked) && answer(asked);
}

static bool has_page(const enum media *medias, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (medias[i] == MEDIA_HTML)
            return true;
    return false;
}

/* Text for who asked for text, by suffix or Accept, or came for a page; a page for a browser that looked for one. */
static enum media media_of_problem(const struct asked *asked)
{
    enum media medias[MEDIA_COUNT];
    const char *suffix = asked->match.suffix;
    if (asked->match.route == NULL)
        return negotiate_problem(asked->request->accept, false, strncmp(asked->request->target, "/v1", 3) != 0);
    size_t count = route_medias(asked->match.route, medias);
    bool page = has_page(medias, count);
    if (suffix[0] != '\0' && !(page && strcmp(suffix, media_table[MEDIA_HTML].suffix) == 0))
        return strcmp(suffix, media_table[MEDIA_TEXT].suffix) == 0 ? MEDIA_TEXT : MEDIA_PROBLEM;
    return negotiate_problem(asked->request->accept, count > 0 && medias[0] == MEDIA_TEXT, page);
}

/* Sets no more of the outcome than a reader may look at: this is most of what most requests cost. */
static bool answer_at_once(const struct snapshot *snapshot, const struct request *request, struct outcome *ret)
{
    const struct representation *ready = ready_find(snapshot, request);
    if (ready == NULL)
        return false;
    ret->status = etag_matches(request->if_none_match, ready->etag) ? 304 : 200;
    ret->ready = ready;
    ret->made = NULL;
    ret->fault = FAULT_NONE;
    ret->allow = NULL;
    ret->cause[0] = ret->location[0] = ret->content_range[0] = '\0';
    return true;
}

/* Apart, since all that it keeps at hand is cleared before it begins. */
__attribute__((noinline)) static void answer_by_steps(struct snapshot *snapshot, const struct request *request,
                                                      struct outcome *ret)
{
    struct asked asked;
    *ret = (struct outcome){0};
    asked.snapshot = snapshot;
    asked.request = request;
    asked.match = (struct match){.suffix = ""};
    asked.target.query = NULL;
    asked.place = NULL;
    asked.query = (struct query){0};
    asked.fault = (struct fault){0};
    asked.whole = 0;
    asked.ret = ret;
    if (!handle(&asked) && ret->status != 308)
        problem_outcome(&asked.fault, media_of_problem(&asked), snapshot->view, ret);
    if (ret->made != NULL && ret->status >= 400) /* a problem may quote what was asked */
        ret->made->is_private = ip_is_in(request->target);
    if (ret->fault == FAULT_RANGE_NOT_SATISFIABLE)
        (void)snprintf(ret->content_range, sizeof(ret->content_range), "bytes */%zu", asked.whole);
    query_done(&asked.query);
}

void serve_request(struct snapshot *snapshot, const struct request *request, struct outcome *ret)
{
    if (!answer_at_once(snapshot, request, ret))
        answer_by_steps(snapshot, request, ret);
}
