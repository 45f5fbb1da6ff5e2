/* SPDX-License-Identifier: MIT */
/* What an answer about contacts says in sentences: what was asked, what to know before one relies on the list, and
 * whom to tell where nobody on it answers. Invariant: an empty list always has its reason and something to do. */
#include <string.h>

#include "internal.h"

const char *contacts_owner_name(const struct contacts *contacts)
{
    if (contacts->owner == NULL)
        return NULL;
    return contacts->owner->kind == THING_COUNTRY ? country_name(contacts->owner) : thing_name(contacts->owner);
}

const char *contact_self(struct arena *arena, const struct contact *contact)
{
    if (contact->thing->kind == THING_CERT)
        return arena_printf(arena, "/v1/certs/%s", contact->thing->id);
    return country_path(arena, contact->thing->owner, "");
}

const char *contacts_question_words(const struct contacts *contacts)
{
    const struct question *question = contacts->question;
    return arena_printf(contacts->arena, "%s; %s%s.",
                        question->purpose == NULL ? "For any purpose" : question->purpose->label,
                        question->audience == NULL ? "whoever asks" : "for: ",
                        question->audience == NULL ? "" : question->audience->label);
}

static bool is_union(const struct contacts *contacts)
{
    return contacts->question->asked_by == ASKED_BY_DOMAIN && contacts->owner != NULL &&
           contacts->owner->kind == THING_ORGANISATION;
}

/* Why nobody stands on the list. */
static const char *empty_words(const struct contacts *contacts)
{
    const struct question *question = contacts->question;
    if (contacts->owner == NULL)
        return "The list is empty because the file of addresses names no country of this dataset for this address. If "
               "you know the country, ask with country=.";
    if (contacts->room > 0 && (question->purpose != NULL || question->audience != NULL))
        return arena_printf(contacts->arena,
                            "The list is empty because nobody known in %s fits this purpose and audience. Ask without "
                            "them to see who there is.",
                            contacts_owner_name(contacts));
    return arena_printf(contacts->arena,
                        "The list is empty because no source of this dataset names a team or an authority %s %s.",
                        contacts->room > 0 ? "for everybody in" : "in", contacts_owner_name(contacts));
}

/* That all who stand on the list are mere names; NULL where a channel is known of one. */
static const char *unreached_words(const struct contacts *contacts)
{
    for (size_t i = 0; i < contacts->count; i++)
        if (contacts->items[i].channel_count > 0)
            return NULL;
    return contacts->count == 0 ? NULL : "No source of this dataset names a way to reach any of these.";
}

/* What the way of asking can not tell. */
static const char *caveat_words(const struct contacts *contacts)
{
    const struct question *question = contacts->question;
    switch (question->asked_by) {
    case ASKED_BY_DOMAIN:
        if (is_union(contacts))
            return "A domain under .eu belongs to somebody in the Union. Only what ends in europa.eu is of its "
                   "institutions, whom these teams serve: for any other, ask with the country= of its holder.";
        return "The ending says where the domain is registered, not where its server stands: for that, ask with ip=.";
    case ASKED_BY_ADDRESS:
        return arena_printf(contacts->arena,
                            "The country is the one in which the network is registered, by %s: it may stand elsewhere.",
                            question->located_by == NULL ? "the file of addresses" : question->located_by);
    case ASKED_BY_PATH:
    case ASKED_BY_COUNTRY:
        break;
    }
    return NULL;
}

const char *contacts_note(const struct contacts *contacts)
{
    const char *empty = contacts->count == 0 ? empty_words(contacts) : unreached_words(contacts);
    const char *caveat = contacts->owner == NULL ? NULL : caveat_words(contacts);
    if (empty == NULL || caveat == NULL)
        return empty == NULL ? caveat : empty;
    return arena_printf(contacts->arena, "%s %s", empty, caveat);
}

/* The first beyond the country; NULL where there is none, or where all are of an organisation. */
static const struct contact *first_beyond(const struct contacts *contacts)
{
    for (size_t i = 0; i < contacts->count && contacts->owner->kind == THING_COUNTRY; i++)
        if (contacts->items[i].rule->beyond)
            return &contacts->items[i];
    return NULL;
}

const char *contacts_fallback(const struct contacts *contacts)
{
    static const char others[] =
        "the abuse contact that the registry's record (RDAP) of the address or domain names, and the national team of "
        "your own country, which knows the others";
    const struct contact *beyond = first_beyond(contacts);
    if (contacts->count == 0)
        return arena_printf(contacts->arena, "Tell %s.", others);
    if (beyond == NULL)
        return arena_printf(contacts->arena, "Go down the list. If nobody on it answers, tell %s.", others);
    return arena_printf(contacts->arena,
                        "Go down the list. If nobody in the country answers, %s can say whom to ask; then tell %s.",
                        thing_name(beyond->thing), others);
}
