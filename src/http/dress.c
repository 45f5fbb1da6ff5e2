/* SPDX-License-Identifier: MIT */
/* The header fields of every answer stand here and nowhere else: each function takes what an answer holds and gives a
 * response that is complete but for its status. It decides nothing about a request and queues nothing. */
#include <stdio.h>
#include <string.h>

#include "cyberatlas/format.h"
#include "internal.h"

static const char cache_long[] = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
static const char cache_short[] = "public, max-age=60";
static const char cache_for_ever[] = "public, max-age=31536000, immutable";
static const char cache_never[] = "no-store";
static const char cache_private[] = "private, no-store";

enum { LONGEST_FIELD = 4096 };

struct field {
    const char *name, *value; /* a NULL value is left out */
};

/* In a line of its own for the few answers that have more to expose. */
static const char exposed[] = "Access-Control-Expose-Headers";

static const struct field always[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
};

/* What is public, any page may read. */
static const struct field open_to_all[] = {
    {"Access-Control-Allow-Origin", "*"},
    {exposed, "ETag, Link, Content-Location, Dataset-Revision, Allow"},
    {"Cross-Origin-Resource-Policy", "cross-origin"},
};

/* What only the operator should see, no page may: his browser reaches the admin listener, and so would its scripts. */
static const struct field open_to_none[] = {{"Cross-Origin-Resource-Policy", "same-origin"}};

static bool add_fields(struct MHD_Response *response, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].value != NULL && MHD_add_response_header(response, fields[i].name, fields[i].value) != MHD_YES)
            return false;
    return true;
}

/* A page may use the dashboard's files and the one style of pages without it, named by hash; ask this service and send
 * forms to it; and no script of it may turn text into HTML or code. */
static bool add_policy(struct MHD_Response *response, enum media media)
{
    static const char closed[] = "default-src 'none'; frame-ancestors 'none'";
    char page[384];
    (void)snprintf(page, sizeof(page),
                   "%s; base-uri 'none'; form-action 'self'; connect-src 'self'; img-src 'self'; script-src 'self'; "
                   "style-src 'self' '%s'; require-trusted-types-for 'script'; trusted-types 'none'",
                   closed, format_html_style_hash);
    const struct field policy = {"Content-Security-Policy", media == MEDIA_HTML ? page : closed};
    return add_fields(response, &policy, 1) && add_fields(response, always, COUNT_OF(always));
}

static bool add_public(struct MHD_Response *response, enum media media)
{
    return add_policy(response, media) && add_fields(response, open_to_all, COUNT_OF(open_to_all));
}

/* An export is a file to keep: its name is the end of its path. */
static bool add_file(struct MHD_Response *response, const struct representation *ready)
{
    char disposition[128];
    if (ready->digest == NULL)
        return true;
    (void)snprintf(disposition, sizeof(disposition), "attachment; filename=\"%s\"", strrchr(ready->path, '/') + 1);
    const struct field own[] = {{"Content-Disposition", disposition},
                                {"Repr-Digest", ready->digest},
                                {"Accept-Ranges", "bytes"},
                                {exposed, "Accept-Ranges, Content-Disposition, Repr-Digest"}};
    return add_fields(response, own, COUNT_OF(own));
}

/* Assets are named by what they hold, so they never change. */
static const char *cache_of_ready(enum media media)
{
    return media == MEDIA_SCRIPT || media == MEDIA_STYLE ? cache_for_ever : cache_long;
}

bool dress_ready(struct MHD_Response *response, const struct representation *ready, const char *revision)
{
    CLEANUP(buf_done) struct buf address;
    CLEANUP(buf_done) struct buf links;
    buf_init(&address, LONGEST_FIELD);
    buf_init(&links, LONGEST_FIELD);
    representation_address(ready, &address);
    representation_links(ready, &links);
    const struct field own[] = {
        {"Content-Type", media_table[ready->media].content_type},
        {"Content-Encoding", ready->coding == CODING_IDENTITY ? NULL : coding_names[ready->coding]},
        {"ETag", ready->etag},
        {"Cache-Control", cache_of_ready(ready->media)},
        {"Vary", "Accept, Accept-Encoding"},
        {"Content-Location", address.data},
        {"Link", links.data},
        {"Dataset-Revision", revision},
    };
    return buf_ok(&address) && buf_ok(&links) && add_fields(response, own, COUNT_OF(own)) &&
           add_public(response, ready->media) && add_file(response, ready);
}

/* No field of Vary tells a request for a part from one for the whole: a cache that kept the one's refusal might give it
 * to the other. */
static const char *cache_of(unsigned status)
{
    if (status >= 500 || status == 416)
        return cache_never;
    return status >= 400 ? cache_short : cache_long;
}

struct MHD_Response *dress_made(struct made *made, unsigned status)
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
        {"Cache-Control", made->is_private ? cache_private : cache_of(status)},
        {"Vary", "Accept, Accept-Encoding"},
        {"Content-Location", made->content_location},
        {"Link", made->link},
    };
    if (add_fields(response, own, COUNT_OF(own)) && add_public(response, made->media))
        return response;
    MHD_destroy_response(response);
    return NULL;
}

struct MHD_Response *dress_empty(const struct outcome *outcome)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
    bool options = outcome->status == 204 && outcome->allow != NULL;
    const struct field own[] = {
        {"Cache-Control", outcome->status == 204 ? cache_never : cache_of(outcome->status)},
        {"Access-Control-Allow-Methods", options ? outcome->allow : NULL},
        {"Access-Control-Allow-Headers", options ? "*" : NULL},
        {"Access-Control-Max-Age", options ? "86400" : NULL},
    };
    if (response == NULL || (add_fields(response, own, COUNT_OF(own)) && add_public(response, MEDIA_JSON)))
        return response;
    MHD_destroy_response(response);
    return NULL;
}

bool dress_once(struct MHD_Response *response, const struct outcome *outcome, const char *revision, bool last)
{
    const char *range = outcome->content_range[0] == '\0' ? NULL : outcome->content_range;
    const struct field own[] = {
        {"Allow", outcome->allow},
        {"Location", outcome->location[0] == '\0' ? NULL : outcome->location},
        {"Dataset-Revision", revision},
        {"Content-Range", range},
        {exposed, range == NULL ? NULL : "Content-Range"},
        {"Connection", last ? "close" : NULL},
    };
    return add_fields(response, own, COUNT_OF(own));
}

struct MHD_Response *dress_private(const char *type, const struct buf *body)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body->len, (void *)(uintptr_t)body->data, MHD_RESPMEM_MUST_COPY);
    const struct field own[] = {{"Content-Type", type}, {"Cache-Control", cache_never}, {"Vary", "Accept"}};
    if (response == NULL || (add_fields(response, own, COUNT_OF(own)) && add_policy(response, MEDIA_JSON) &&
                             add_fields(response, open_to_none, COUNT_OF(open_to_none))))
        return response;
    MHD_destroy_response(response);
    return NULL;
}
