/* SPDX-License-Identifier: MIT */
/* A list's frame: what stands before, between and behind its items, the same for a ready list and a filtered one. It
 * knows no field; a JSON list says how many items match, to which question, and where the next page is. */
#include <string.h>

#include "cyberatlas/base/uuid.h"
#include "internal.h"

enum { HEADER_BYTES = 8 * 1024 };

const struct list_kind *list_kind_find(const char *name)
{
    for (size_t i = 0; i < list_kind_count; i++)
        if (strcmp(list_kinds[i].name, name) == 0)
            return &list_kinds[i];
    return NULL;
}

size_t list_fields(const struct list_kind *kind, enum media media, const char *ret[CHOSEN_MOST])
{
    size_t count = 0;
    if (media == MEDIA_CSV)
        for (; kind->columns != NULL && kind->columns[count].name != NULL && count < CHOSEN_MOST; count++)
            ret[count] = kind->columns[count].name;
    else if (media == MEDIA_JSON || media == MEDIA_NDJSON)
        for (; kind->keys != NULL && kind->keys[count] != NULL && count < CHOSEN_MOST; count++)
            ret[count] = kind->keys[count];
    return count;
}

static void open_csv(const struct list_page *page, struct buf *out)
{
    CLEANUP(buf_done) struct buf header;
    buf_init(&header, HEADER_BYTES);
    format_csv_header(page->kind->columns, &header);
    if (buf_ok(&header))
        list_put(page, MEDIA_CSV, header.data, header.len, out);
    else
        out->failed = true;
}

/* A bundle has the name of the list that it is; one without objects may not say so. */
static void open_stix(const struct list_page *page, struct buf *out)
{
    char uuid[UUID_SIZE];
    uuid_of("bundle", page->self, uuid);
    buf_printf(out, "{\"type\":\"bundle\",\"id\":\"bundle--%s\"%s", uuid, page->count > 0 ? ",\"objects\":[" : "");
}

/* What a list's own functions begin and end. */
static bool has_frame(enum media media)
{
    return media == MEDIA_TEXT || media == MEDIA_ATOM;
}

void list_open(const struct list_page *page, enum media media, struct buf *out)
{
    if (media == MEDIA_JSON)
        buf_puts(out, "{\"data\":[");
    else if (media == MEDIA_GEOJSON)
        buf_puts(out, "{\"type\":\"FeatureCollection\",\"features\":[");
    else if (media == MEDIA_STIX)
        open_stix(page, out);
    else if (media == MEDIA_CSV)
        open_csv(page, out);
    else if (has_frame(media) && page->kind->head != NULL && !page->kind->head(page, out))
        out->failed = true;
}

void list_separate(enum media media, struct buf *out)
{
    if (media == MEDIA_JSON || media == MEDIA_GEOJSON || media == MEDIA_STIX)
        buf_putc(out, ',');
    else if (media == MEDIA_NDJSON)
        buf_putc(out, '\n');
}

/* A place that several teams share stands once: with the first of them. */
static void put_objects(struct places *places, const char *item, size_t len, struct buf *out)
{
    size_t skip = 0;
    const char *id = stix_place(item, len, &skip);
    for (size_t i = 0; id != NULL && i < places->count; i++)
        if (memcmp(places->ids[i], id, UUID_SIZE - 1) == 0) {
            buf_add(out, item + skip, len - skip);
            return;
        }
    if (id != NULL && places->count < PLACES_MOST)
        places->ids[places->count++] = id;
    buf_add(out, item, len);
}

void list_put(const struct list_page *page, enum media media, const char *item, size_t len, struct buf *out)
{
    if (media == MEDIA_STIX && page->places != NULL)
        put_objects(page->places, item, len, out);
    else if (page->fields == NULL)
        buf_add(out, item, len);
    else if (media == MEDIA_CSV)
        format_csv_slice(page->kind->columns, item, len, page->fields, out);
    else
        format_json_slice(item, len, page->fields, out);
}

static void put_question(const struct question *question, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    buf_puts(out, ",\"question\":");
    if (arena == NULL || !fragment_write(arena, question_node(arena, question), out))
        out->failed = true;
}

static void put_facet(const struct facet *facet, struct buf *out)
{
    format_json_text(facet->name, out);
    buf_puts(out, ":{");
    for (size_t i = 0; i < facet->count; i++) {
        buf_puts(out, i > 0 ? "," : "");
        format_json_text(facet->values[i].value, out);
        buf_printf(out, ":%zu", facet->values[i].count);
    }
    buf_putc(out, '}');
}

static void put_facets(const struct list_page *page, struct buf *out)
{
    buf_puts(out, ",\"facets\":{");
    for (size_t i = 0; i < page->facet_count; i++) {
        buf_puts(out, i > 0 ? "," : "");
        put_facet(&page->facets[i], out);
    }
    buf_putc(out, '}');
}

/* What JSON and, as members that it allows beside its own, GeoJSON say of a list. */
static void close_json(const struct list_page *page, struct buf *out)
{
    buf_printf(out, "],\"meta\":{\"total\":%zu,\"count\":%zu,\"complete\":%s", page->total, page->count,
               page->count == page->total ? "true" : "false");
    if (page->kind->meta != NULL)
        out->failed = !page->kind->meta(page, out) || out->failed;
    else if (page->kind->select != NULL)
        put_question(page->selection->question, out);
    if (page->facets != NULL)
        put_facets(page, out);
    buf_puts(out, "},\"links\":{\"self\":");
    format_json_text(page->self, out);
    if (page->next != NULL) {
        buf_puts(out, ",\"next\":");
        format_json_text(page->next, out);
    }
    buf_puts(out, "}}\n");
}

void list_close(const struct list_page *page, enum media media, struct buf *out)
{
    if (media == MEDIA_JSON || media == MEDIA_GEOJSON)
        close_json(page, out);
    else if (media == MEDIA_STIX)
        buf_puts(out, page->count > 0 ? "]}\n" : "}\n");
    else if (media == MEDIA_NDJSON && page->count > 0)
        buf_putc(out, '\n');
    else if (has_frame(media) && page->kind->foot != NULL && !page->kind->foot(page, out))
        out->failed = true;
}
