/* SPDX-License-Identifier: MIT */
/* Whom to tell, as cards for an address book: one for each team or authority in the order of the list. A list without
 * anybody is one card that says why, since a file of no card is none. */
#include <string.h>

#include "internal.h"

static void put_channel(const struct channel *channel, bool first, struct buf *out)
{
    if (strcmp(channel->kind, "email") == 0)
        format_vcard_text(first ? "EMAIL;PREF=1" : "EMAIL", channel->address, out);
    else if (strcmp(channel->kind, "phone") == 0)
        format_vcard_phone(channel->address, out);
    else if (strncmp(channel->address, "http", 4) == 0)
        format_vcard_plain("URL", channel->address, out);
    else
        format_vcard_text("NOTE", channel->address, out);
}

static const char *checked_words(struct arena *arena, const struct contact *contact)
{
    if (contact->verified != NULL)
        return arena_printf(arena, " Verified %s.", contact->verified);
    return contact->unverified_since == NULL ? " Never verified."
                                             : arena_printf(arena, " Unverified since %s.", contact->unverified_since);
}

static const char *hours_words(struct arena *arena, const struct contact *contact)
{
    const char *words = "";
    for (size_t i = 0; i < contact->channel_count && words != NULL; i++)
        if (contact->channels[i].hours != NULL)
            words = arena_printf(arena, "%s\n%s: %s", words, contact->channels[i].address, contact->channels[i].hours);
    return words;
}

static void put_card(struct arena *arena, const struct contact *contact, size_t place, struct buf *out)
{
    const struct thing *thing = contact->thing;
    const char *checked = checked_words(arena, contact);
    const char *hours = hours_words(arena, contact);
    if (!arena_ok(arena))
        return;
    format_vcard_open(out);
    format_vcard_text("UID;VALUE=text", thing->id, out);
    format_vcard_plain("KIND", "org", out);
    format_vcard_text("FN", thing_name(thing), out);
    format_vcard_text("ORG", thing_name(thing), out);
    format_vcard_text("NICKNAME", thing_text(thing, "short_name"), out);
    for (size_t i = 0; i < contact->channel_count; i++)
        put_channel(&contact->channels[i], i == 0, out);
    format_vcard_text("NOTE", arena_printf(arena, "%zu. %s%s%s", place, contact->rule->reason, checked, hours), out);
    format_vcard_close(out);
}

static void put_reason(const struct contacts *contacts, struct buf *out)
{
    format_vcard_open(out);
    format_vcard_plain("KIND", "org", out);
    format_vcard_text("FN", "Nobody is known", out);
    format_vcard_text("NOTE", contacts_note(contacts), out);
    format_vcard_text("NOTE", contacts_fallback(contacts), out);
    format_vcard_close(out);
}

bool contact_write_card(const struct view *view, const struct question *question, const char *self, size_t index,
                        struct buf *out)
{
    (void)self;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct contacts *contacts = arena == NULL ? NULL : contacts_of(view, question, index, arena);
    if (contacts == NULL)
        return false;
    for (size_t i = 0; i < contacts->count; i++)
        put_card(arena, &contacts->items[i], i + 1, out);
    if (contacts->count == 0)
        put_reason(contacts, out);
    return arena_ok(arena) && buf_ok(out);
}
