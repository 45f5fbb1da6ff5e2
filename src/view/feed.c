/* SPDX-License-Identifier: MIT */
/* Changes as an Atom feed (RFC 4287). Ids are names made of what an entry is about, the same on every replica and
 * wherever the service moves; only links know the operator's address. A date is its first second. */
#include <string.h>

#include "cyberatlas/base/uuid.h"
#include "internal.h"

enum { FEED_ENTRY_BYTES = 64 * 1024 };

const char *urn_of(struct arena *arena, const char *dataset, const char *name)
{
    char uuid[UUID_SIZE];
    const char *text = arena_printf(arena, "%s %s", dataset, name);
    if (text == NULL)
        return NULL;
    uuid_of("dataset", text, uuid);
    return arena_printf(arena, "urn:uuid:%s", uuid);
}

/* XML 1.0 knows no other control characters than tab and line ends. */
static void put_xml(const char *text, struct buf *out)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&')
            buf_puts(out, "&amp;");
        else if (c == '<')
            buf_puts(out, "&lt;");
        else if (c == '>')
            buf_puts(out, "&gt;");
        else if (c == '"')
            buf_puts(out, "&quot;");
        else
            buf_putc(out, c < 0x20 && c != '\t' && c != '\n' ? ' ' : *text);
    }
}

static void put_element(const char *name, const char *text, struct buf *out)
{
    buf_printf(out, "<%s>", name);
    put_xml(text, out);
    buf_printf(out, "</%s>\n", name);
}

static void put_link(const char *relation, const char *type, const struct question *question, const char *path,
                     struct buf *out)
{
    buf_printf(out, "<link rel=\"%s\" type=\"%s\" href=\"", relation, type);
    put_xml(question->base == NULL ? "" : question->base, out);
    put_xml(path, out);
    buf_puts(out, "\"/>\n");
}

static void put_updated(const char *date, struct buf *out)
{
    buf_printf(out, "<updated>%sT00:00:00Z</updated>\n", date);
}

bool feed_entry(const struct selection *selection, const struct delta *delta, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(FEED_ENTRY_BYTES);
    if (arena == NULL)
        return false;
    const struct dataset *dataset = &selection->view->facts->dataset;
    const char *about = arena_printf(arena, "%s %s", delta->last->kind, delta->last->id);
    const char *name = delta->thing == NULL ? NULL : thing_name(delta->thing);
    const char *path = delta_path(arena, delta);
    const char *id = urn_of(arena, dataset->id, arena_printf(arena, "%s %s", about, delta->revision->id));
    const char *title = name == NULL ? arena_printf(arena, "%s: %s", delta->what, about)
                                     : arena_printf(arena, "%s: %s (%s)", delta->what, name, about);
    if (!arena_ok(arena))
        return false;
    buf_puts(out, "<entry>\n");
    put_element("id", id, out);
    put_element("title", title, out);
    put_updated(delta->revision->date, out);
    buf_printf(out, "<category term=\"%s\"/>\n", delta->what);
    buf_printf(out, "<category term=\"%s\"/>\n", delta->last->kind);
    if (path != NULL)
        put_link("alternate", "application/json", selection->question, path, out);
    buf_puts(out, "<content type=\"text\">");
    put_xml(title, out);
    buf_printf(out, ", with revision %s of %s.</content>\n</entry>\n", delta->revision->id, delta->revision->date);
    return buf_ok(out);
}

bool change_head(const struct list_page *page, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(FEED_ENTRY_BYTES);
    const struct view *view = page->selection->view;
    const struct question *question = page->selection->question;
    const struct dataset *dataset = &view->facts->dataset;
    const char *id = arena == NULL ? NULL : urn_of(arena, dataset->id, "changes");
    const char *title = arena == NULL ? NULL : arena_printf(arena, "%s: changes", dataset->title);
    if (id == NULL || title == NULL)
        return false;
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    put_element("id", id, out);
    put_element("title", title, out);
    put_updated(dataset->date, out);
    buf_puts(out, "<author>\n");
    put_element("name", dataset->publisher, out);
    buf_puts(out, "</author>\n");
    put_element("rights", dataset->licence, out);
    put_link("self", media_table[MEDIA_ATOM].type, question, page->self, out);
    put_link("alternate", media_table[MEDIA_JSON].type, question, "/v1/changes", out);
    if (page->next != NULL)
        put_link("next", media_table[MEDIA_ATOM].type, question, page->next, out);
    return buf_ok(out);
}

bool change_foot(const struct list_page *page, struct buf *out)
{
    (void)page;
    buf_puts(out, "</feed>\n");
    return buf_ok(out);
}
