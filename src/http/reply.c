/* SPDX-License-Identifier: MIT */
/* From an outcome to a queued response: the header fields of every answer stand here and nowhere else. It decides
 * nothing about a request. A 304 is the 200's own response object with another status, since the library gives an
 * empty one a Content-Length of 0, which RFC 9110 forbids. */
#include <stdio.h>
#include <string.h>

#include "cyberatlas/format.h"
#include "internal.h"

static const char cache_long[] = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
static const char cache_short[] = "public, max-age=60";
static const char cache_never[] = "no-store";

struct field {
    const char *name, *value; /* a NULL value is left out */
};

static const struct field always[] = {
    {"Access-Control-Allow-Origin", "*"},
    {"Access-Control-Expose-Headers", "ETag, Link, Content-Location, Dataset-Revision, Allow"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "cross-origin"},
};

static bool add_fields(struct MHD_Response *response, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].value != NULL && MHD_add_response_header(response, fields[i].name, fields[i].value) != MHD_YES)
            return false;
    return true;
}

/* A page may use its one style, named by hash; nothing else of ours loads anything. */
static bool add_policy(struct MHD_Response *response, enum media media)
{
    static const char closed[] = "default-src 'none'; frame-ancestors 'none'";
    char page[192];
    (void)snprintf(page, sizeof(page), "%s; base-uri 'none'; form-action 'none'; style-src '%s'", closed,
                   format_html_style_hash);
    const struct field policy = {"Content-Security-Policy", media == MEDIA_HTML ? page : closed};
    return add_fields(response, &policy, 1) && add_fields(response, always, COUNT_OF(always));
}

bool reply_dress_ready(struct MHD_Response *response, const struct representation *ready, const char *revision)
{
    const char *coding = ready->coding == CODING_IDENTITY ? NULL : coding_names[ready->coding];
    const struct field own[] = {
        {"Content-Type", media_table[ready->media].content_type},
        {"Content-Encoding", coding},
        {"ETag", ready->etag},
        {"Cache-Control", cache_long},
        {"Vary", "Accept, Accept-Encoding"},
        {"Content-Location", ready->content_location},
        {"Link", ready->link},
        {"Dataset-Revision", revision},
    };
    return add_fields(response, own, COUNT_OF(own)) && add_policy(response, ready->media);
}

static const char *cache_of(unsigned status)
{
    if (status >= 500)
        return cache_never;
    return status >= 400 ? cache_short : cache_long;
}

/* A response for a computed body, which it keeps by the caller's reference. NULL, the reference dropped, without
 * memory. */
static struct MHD_Response *dress_made(struct made *made, unsigned status)
{
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        made->len, made->body, (MHD_ContentReaderFreeCallback)made_unref, made);
    if (response == NULL) {
        made_unref(made);
        return NULL;
    }
    const struct field own[] = {
        {"Content-Type", media_table[made->media].content_type},
        {"ETag", made->etag[0] == '\0' ? NULL : made->etag},
        {"Cache-Control", cache_of(status)},
        {"Vary", "Accept, Accept-Encoding"},
        {"Content-Location", made->content_location},
        {"Link", made->link},
    };
    if (add_fields(response, own, COUNT_OF(own)) && add_policy(response, made->media))
        return response;
    MHD_destroy_response(response);
    return NULL;
}

/* A response without a body: the answer to OPTIONS, and a redirect. */
static struct MHD_Response *dress_empty(const struct outcome *outcome)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
    bool options = outcome->status == 204 && outcome->allow != NULL;
    const struct field own[] = {
        {"Cache-Control", outcome->status == 204 ? cache_never : cache_of(outcome->status)},
        {"Access-Control-Allow-Methods", options ? outcome->allow : NULL},
        {"Access-Control-Allow-Headers", options ? "*" : NULL},
        {"Access-Control-Max-Age", options ? "86400" : NULL},
    };
    if (response == NULL || (add_fields(response, own, COUNT_OF(own)) && add_policy(response, MEDIA_JSON)))
        return response;
    MHD_destroy_response(response);
    return NULL;
}

/* What stands on one answer only, never on a shared response. */
static bool dress_once(struct MHD_Response *response, const struct outcome *outcome, const char *revision, bool last)
{
    const struct field own[] = {
        {"Allow", outcome->allow},
        {"Location", outcome->location[0] == '\0' ? NULL : outcome->location},
        {"Dataset-Revision", revision},
        {"Connection", last ? "close" : NULL},
    };
    return add_fields(response, own, COUNT_OF(own));
}

/* Queues and drops the caller's reference. Without a response the connection ends. */
static enum MHD_Result queue(struct MHD_Connection *connection, struct slot *slot, unsigned status,
                             struct MHD_Response *response, size_t len)
{
    if (response == NULL)
        return MHD_NO;
    bool bodiless = status == 204 || status == 304 || strcmp(slot->method, "HEAD") == 0;
    slot->status = status;
    slot->bytes = bodiless ? 0 : len;
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result queue_ready(struct MHD_Connection *connection, struct slot *slot, struct generation *generation,
                                   const struct outcome *outcome)
{
    const struct representation *ready = outcome->ready;
    if (atomic_load_explicit(&slot->slots->draining, memory_order_relaxed))
        return queue(connection, slot, outcome->status, generation_last_response(generation, ready), ready->len);
    bool bodiless = outcome->status == 304 || strcmp(slot->method, "HEAD") == 0;
    slot->status = outcome->status;
    slot->bytes = bodiless ? 0 : ready->len;
    return MHD_queue_response(connection, outcome->status, generation->responses[ready->index]);
}

static enum MHD_Result queue_own(struct MHD_Connection *connection, struct slot *slot, const char *revision,
                                 struct outcome *outcome, bool last)
{
    size_t len = outcome->made == NULL ? 0 : outcome->made->len;
    struct MHD_Response *response =
        outcome->made == NULL ? dress_empty(outcome) : dress_made(outcome->made, outcome->status);
    outcome->made = NULL;
    if (response != NULL && !dress_once(response, outcome, revision, last)) {
        MHD_destroy_response(response);
        response = NULL;
    }
    return queue(connection, slot, outcome->status, response, len);
}

enum MHD_Result reply_outcome(struct MHD_Connection *connection, struct slot *slot, struct generation *generation,
                              struct outcome *outcome)
{
    if (outcome->ready != NULL)
        return queue_ready(connection, slot, generation, outcome);
    bool last = atomic_load_explicit(&slot->slots->draining, memory_order_relaxed);
    return queue_own(connection, slot, snapshot_revision(generation->snapshot), outcome, last);
}

enum MHD_Result reply_refusal(struct MHD_Connection *connection, struct slot *slot, const struct refusal *refusal)
{
    struct fault fault;
    (void)fault_set(&fault, refusal->kind, "%s", refusal->detail);
    if (refusal->field != NULL)
        (void)snprintf(fault.parameter, sizeof(fault.parameter), "%s", refusal->field);
    struct outcome outcome = {0};
    serve_fault(&fault, MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept"), &outcome);
    if (refusal->kind == FAULT_METHOD_NOT_ALLOWED)
        outcome.allow = "GET, HEAD";
    return queue_own(connection, slot, NULL, &outcome, true);
}

enum MHD_Result reply_plain(struct MHD_Connection *connection, struct slot *slot, unsigned status, const char *type,
                            const struct buf *body)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body->len, (void *)(uintptr_t)body->data, MHD_RESPMEM_MUST_COPY);
    const struct field own[] = {{"Content-Type", type}, {"Cache-Control", cache_never}, {"Vary", "Accept"}};
    if (response != NULL && !(add_fields(response, own, COUNT_OF(own)) && add_policy(response, MEDIA_JSON))) {
        MHD_destroy_response(response);
        response = NULL;
    }
    return queue(connection, slot, status, response, body->len);
}
