/* SPDX-License-Identifier: MIT */
/* Building pages: a title and parts in reading order, in the caller's arena, without any layout. What a part looks
 * like is decided by text.c and html.c alone. */
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

struct page *page_new(struct arena *arena, const char *title)
{
    struct page *page = title == NULL ? NULL : arena_alloc(arena, sizeof(*page));
    if (page != NULL)
        page->title = title;
    return page;
}

static void add(struct arena *arena, struct page *page, const struct part *part)
{
    struct part *copy = page == NULL || part->text == NULL ? NULL : arena_alloc(arena, sizeof(*copy));
    if (copy == NULL)
        return;
    *copy = *part;
    if (page->last == NULL)
        page->first = copy;
    else
        page->last->next = copy;
    page->last = copy;
}

void page_heading(struct arena *arena, struct page *page, const char *text)
{
    add(arena, page, &(struct part){.kind = PART_HEADING, .text = text});
}

void page_row(struct arena *arena, struct page *page, const char *label, const char *value, const char *origin)
{
    add(arena, page, &(struct part){.kind = PART_ROW, .label = label, .text = value, .origin = origin});
}

void page_paragraph(struct arena *arena, struct page *page, const char *text)
{
    add(arena, page, &(struct part){.kind = PART_PARAGRAPH, .text = text});
}

void page_line(struct arena *arena, struct page *page, const char *text)
{
    add(arena, page, &(struct part){.kind = PART_LINE, .text = text});
}

void page_link(struct arena *arena, struct page *page, const char *label, const char *path)
{
    add(arena, page, &(struct part){.kind = PART_LINK, .label = label == NULL ? path : label, .text = path});
}

bool page_address(const char *text)
{
    bool web = strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
    for (const char *at = text; web && *at != '\0';)
        web = strchr(" \"<>", *at) == NULL && page_shows(utf8_next(&at));
    return web;
}

void page_cells(struct arena *arena, struct page *page, const struct page_cell *cells, size_t count)
{
    if (cells != NULL)
        add(arena, page, &(struct part){.kind = PART_CELLS, .text = "", .cells = cells, .count = count});
}

void page_ask(struct arena *arena, struct page *page, const struct page_form *form)
{
    add(arena, page, &(struct part){.kind = PART_FORM, .text = "", .form = form});
}

void page_set_site(struct page *page, const struct site *site)
{
    if (page != NULL)
        page->site = site;
}

bool page_shows(uint32_t point)
{
    if (point < 0x20 || (point >= 0x7F && point <= 0x9F))
        return false;
    return !(point >= 0x202A && point <= 0x202E) && !(point >= 0x2066 && point <= 0x2069);
}
