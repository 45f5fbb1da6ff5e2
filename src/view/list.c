/* SPDX-License-Identifier: MIT */
/* A list's frame: what stands before, between and behind its items, the same for a ready list and a filtered one. It
 * knows no field; a JSON list says how many items match, to which question, and where the next page is. */
#include <string.h>

#include "internal.h"

const struct list_kind *list_kind_find(const char *name)
{
    for (size_t i = 0; i < list_kind_count; i++)
        if (strcmp(list_kinds[i].name, name) == 0)
            return &list_kinds[i];
    return NULL;
}

void list_open(const struct list_page *page, enum media media, struct buf *out)
{
    if (media == MEDIA_JSON)
        buf_puts(out, "{\"data\":[");
    else if (media == MEDIA_CSV)
        format_csv_header(page->kind->columns, out);
    else if (media == MEDIA_TEXT && page->kind->head != NULL && !page->kind->head(page, out))
        out->failed = true;
}

void list_separate(enum media media, struct buf *out)
{
    if (media == MEDIA_JSON)
        buf_putc(out, ',');
    else if (media == MEDIA_NDJSON)
        buf_putc(out, '\n');
}

static void put_question(const struct question *question, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    buf_puts(out, ",\"question\":");
    if (arena == NULL || !fragment_write(arena, question_node(arena, question), out))
        out->failed = true;
}

static void close_json(const struct list_page *page, struct buf *out)
{
    buf_printf(out, "],\"meta\":{\"total\":%zu,\"count\":%zu,\"complete\":%s", page->total, page->count,
               page->count == page->total ? "true" : "false");
    if (page->selection != NULL)
        put_question(page->selection->question, out);
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
    if (media == MEDIA_JSON)
        close_json(page, out);
    else if (media == MEDIA_NDJSON && page->count > 0)
        buf_putc(out, '\n');
    else if (media == MEDIA_TEXT && page->kind->foot != NULL && !page->kind->foot(page, out))
        out->failed = true;
}
