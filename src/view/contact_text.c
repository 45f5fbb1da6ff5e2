/* SPDX-License-Identifier: MIT */
/* Whom to tell, for somebody at a terminal with an incident at hand: the channel first, then why this one stands here
 * and how old the address is, and at the end what to do where nobody answers. */
#include <string.h>

#include "internal.h"

/* " · Incident reports, Emergencies". */
static void add_labels(const struct view *view, const char *vocabulary, const struct value *list, struct buf *out)
{
    for (size_t i = 0; list != NULL && i < list->count; i++)
        buf_printf(out, "%s%s", i == 0 ? " · " : ", ", facts_label(view->facts, vocabulary, list->items[i].text));
}

static void put_channel(struct sheet *sheet, const struct channel *channel)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    buf_puts(&text, channel->address);
    add_labels(sheet->view, "contact-purposes", channel->purposes, &text);
    if (channel->hours != NULL)
        buf_printf(&text, " · %s", channel->hours);
    add_labels(sheet->view, "languages", channel->languages, &text);
    page_row(sheet->arena, sheet->page, facts_label(sheet->view->facts, "contact-kinds", channel->kind),
             sheet_kept(sheet, &text), sheet_origin(sheet, channel->evidence));
}

static const char *checked_words(struct arena *arena, const struct contact *contact)
{
    if (contact->verified != NULL)
        return arena_printf(arena, "Verified %s.", contact->verified);
    if (contact->unverified_since != NULL)
        return arena_printf(arena, "Unverified since %s, %s.", contact->unverified_since,
                            contact->active ? "when a source last listed it" : "and perhaps no longer at work");
    return contact->active ? "Never verified, and its source has no date."
                           : "Never verified, and perhaps no longer at work.";
}

/* `above` is the one before it; NULL for the first. */
static void put_contact(struct sheet *sheet, const struct contact *contact, const struct contact *above, size_t place)
{
    struct arena *arena = sheet->arena;
    const char *name = thing_name(contact->thing);
    const char *brief = thing_text(contact->thing, "short_name");
    bool both = brief != NULL && strstr(name, brief) == NULL;
    page_heading(
        arena, sheet->page,
        arena_printf(arena, "%zu. %s%s%s%s", place, name, both ? " (" : "", both ? brief : "", both ? ")" : ""));
    for (size_t i = 0; i < contact->channel_count; i++)
        put_channel(sheet, &contact->channels[i]);
    if (contact->channel_count == 0)
        page_row(arena, sheet->page, "Channel", "No source names one: take the next.", NULL);
    bool same = above != NULL && above->rule == contact->rule;
    page_row(arena, sheet->page, "Why", same ? "As the one above." : contact->rule->reason, NULL);
    page_row(arena, sheet->page, "Checked", checked_words(arena, contact), NULL);
}

static void put_page(struct sheet *sheet, const struct contacts *contacts)
{
    struct arena *arena = sheet->arena;
    const char *name = contacts_owner_name(contacts);
    const char *note = contacts_note(contacts);
    sheet->page = page_new(arena, name == NULL ? "Whom to tell" : arena_printf(arena, "%s: whom to tell", name));
    page_paragraph(arena, sheet->page, contacts_question_words(contacts));
    if (note != NULL)
        page_paragraph(arena, sheet->page, note);
    for (size_t i = 0; i < contacts->count; i++)
        put_contact(sheet, &contacts->items[i], i == 0 ? NULL : &contacts->items[i - 1], i + 1);
    page_heading(arena, sheet->page, "If nobody answers");
    page_paragraph(arena, sheet->page, contacts_fallback(contacts));
    sheet_put_sources(sheet);
}

bool contact_write_text(const struct view *view, const struct question *question, const char *self, size_t index,
                        struct buf *out)
{
    (void)self;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct contacts *contacts = arena == NULL ? NULL : contacts_of(view, question, index, arena);
    if (contacts == NULL)
        return false;
    struct sheet sheet = {.view = view, .arena = arena};
    sheet.sources = arena_array(arena, view->facts->source_count + 1, sizeof(*sheet.sources));
    if (sheet.sources == NULL)
        return false;
    put_page(&sheet, contacts);
    return arena_ok(arena) && !sheet.failed && question_put_page(question, sheet.page, out);
}
