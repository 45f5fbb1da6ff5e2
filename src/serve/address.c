/* SPDX-License-Identifier: MIT */
/* Addresses for the header: what the Link and Content-Location fields of an answer say. Everything is path-absolute: no
 * host is known here. */
#include <string.h>

#include "internal.h"

/* Longest query that the other forms' addresses repeat, one by one: the head of an answer has to fit, beside that of
 * its request, into what the library keeps for a connection. */
enum { LINKED_QUERY_BYTES = 1024 };

void link_address(const struct route *route, const char *path, enum media media, const char *query, struct buf *out)
{
    enum media medias[MEDIA_COUNT];
    size_t count = route_medias(route, medias);
    bool plain = route_whole(route) || strcmp(path, "/") == 0 || count == 0 || medias[0] == media;
    buf_puts(out, path);
    if (!plain && media_table[media].suffix != NULL)
        buf_puts(out, media_table[media].suffix);
    if (query != NULL && query[0] != '\0') {
        buf_putc(out, '?');
        buf_puts(out, query);
    }
}

static void add_link(struct buf *out, const char *address, const char *rel, const char *type)
{
    buf_printf(out, "%s<%s>; rel=\"%s\"", out->len > 0 ? ", " : "", address, rel);
    if (type != NULL)
        buf_printf(out, "; type=\"%s\"", type);
}

static void add_alternate(const struct route *route, const char *path, enum media media, const char *query,
                          struct buf *out)
{
    CLEANUP(buf_done) struct buf address;
    buf_init(&address, QUERY_TEXT_BYTES);
    link_address(route, path, media, query, &address);
    if (buf_ok(&address))
        add_link(out, address.data, "alternate", media_table[media].type);
    else
        out->failed = true;
}

/* Whole files of one form have one schema, wherever they stand. */
static const char *const file_schemas[MEDIA_COUNT] = {[MEDIA_PACKAGE] = "datapackage", [MEDIA_JSONLD] = "catalogue"};

/* What comes after the name of an address's schema for a media type that has one of its own; NULL: it has none. */
static const char *schema_suffix(enum media media)
{
    if (media == MEDIA_JSON || media == MEDIA_LINKSET || file_schemas[media] != NULL)
        return "";
    return media == MEDIA_GEOJSON ? "-geojson" : NULL;
}

void link_field(const struct route *route, const char *path, enum media media, const char *query, const char *next,
                struct buf *out)
{
    enum media medias[MEDIA_COUNT];
    size_t count = route_medias(route, medias);
    if (next != NULL)
        add_link(out, next, "next", NULL);
    bool repeats = query == NULL || strlen(query) <= LINKED_QUERY_BYTES;
    for (size_t i = 0; i < count; i++)
        if (repeats && medias[i] != media && !route_whole(route)) /* a whole name has one form */
            add_alternate(route, path, medias[i], query, out);
    const char *suffix = schema_suffix(media);
    const char *schema = file_schemas[media] != NULL ? file_schemas[media] : route->schema;
    if (schema != NULL && suffix != NULL)
        buf_printf(out, "%s</schemas/answer/%s%s.json>; rel=\"describedby\"; type=\"application/schema+json\"",
                   out->len > 0 ? ", " : "", schema, suffix);
    if (strcmp(path, "/") == 0 || strcmp(path, "/v1") == 0) {
        add_link(out, "/openapi.json", "service-desc", media_table[MEDIA_OPENAPI].type);
        add_link(out, "/.well-known/api-catalog", "api-catalog", media_table[MEDIA_LINKSET].type);
    }
}

void representation_address(const struct representation *ready, struct buf *out)
{
    link_address(route_of_path(ready->path), ready->path, ready->media, NULL, out);
}

void representation_links(const struct representation *ready, struct buf *out)
{
    link_field(route_of_path(ready->path), ready->path, ready->media, NULL, NULL, out);
}
