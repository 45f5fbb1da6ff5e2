/* SPDX-License-Identifier: MIT */
/* A list's frame: what stands before, between and behind its fragments, the same for a ready list and a filtered one.
 * It knows no field; a JSON list says how many items match and where the next page is. */
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
}

void list_separate(enum media media, struct buf *out)
{
    if (media == MEDIA_JSON)
        buf_putc(out, ',');
    else if (media == MEDIA_NDJSON)
        buf_putc(out, '\n');
}

static void close_json(const struct list_page *page, struct buf *out)
{
    buf_printf(out, "],\"meta\":{\"total\":%zu,\"count\":%zu,\"complete\":%s},\"links\":{\"self\":", page->total,
               page->count, page->count == page->total ? "true" : "false");
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
}
