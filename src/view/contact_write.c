/* SPDX-License-Identifier: MIT */
/* Whom to tell, for programs: as JSON the list with every channel and its source; as a table a row for each channel,
 * and where nobody is on the list one row that says why. */
#include "internal.h"

static struct node *texts_of(struct arena *arena, const struct value *list)
{
    struct node *array = node_array(arena);
    node_push_texts(arena, array, list);
    return node_empty(array) ? NULL : array;
}

static struct node *channel_node(struct arena *arena, const struct channel *channel)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "kind", channel->kind);
    node_set_text(arena, node, "address", channel->address);
    node_set(arena, node, "purposes", texts_of(arena, channel->purposes));
    node_set_text(arena, node, "hours", channel->hours);
    node_set(arena, node, "languages", texts_of(arena, channel->languages));
    node_set_text(arena, node, "source", channel->evidence->source);
    node_set_text(arena, node, "at", channel->evidence->at);
    node_set_text(arena, node, "observed", channel->evidence->observed);
    node_set_text(arena, node, "verified", channel->verified);
    return node;
}

static struct node *contact_node(struct arena *arena, const struct contact *contact, size_t place)
{
    const struct thing *thing = contact->thing;
    struct node *node = node_object(arena);
    struct node *channels = node_array(arena);
    for (size_t i = 0; i < contact->channel_count; i++)
        node_push(arena, channels, channel_node(arena, &contact->channels[i]));
    node_set(arena, node, "place", node_integer(arena, (int64_t)place));
    node_set_text(arena, node, "rule", contact->rule->id);
    node_set_text(arena, node, "reason", contact->rule->reason);
    node_set_text(arena, node, "kind", kind_table[thing->kind].name);
    node_set_text(arena, node, "id", thing->id);
    node_set_text(arena, node, "name", thing_name(thing));
    node_set_text(arena, node, "short_name", thing_text(thing, "short_name"));
    node_set_text(arena, node, "status", thing_text(thing, "status"));
    node_set(arena, node, "channels", channels);
    node_set(arena, node, "languages", texts_of(arena, thing_value(thing, "languages")));
    node_set_text(arena, node, "verified", contact->verified);
    node_set_text(arena, node, "unverified_since", contact->unverified_since);
    node_set_text(arena, node, "url", thing_text(thing, "url"));
    node_set_text(arena, node, "self", contact_self(arena, contact));
    return node;
}

static struct node *asked_node(const struct contacts *contacts)
{
    static const char *const keys[] = {[ASKED_BY_DOMAIN] = "domain", [ASKED_BY_ADDRESS] = "ip"};
    const struct question *question = contacts->question;
    struct arena *arena = contacts->arena;
    struct node *node = node_object(arena);
    bool named = question->asked_by == ASKED_BY_DOMAIN || question->asked_by == ASKED_BY_ADDRESS;
    node_set_text(arena, node, named ? keys[question->asked_by] : "country",
                  named ? question->asked_as : contacts->owner->id);
    node_set_text(arena, node, "located_by", question->located_by);
    node_set_text(arena, node, "audience", question->audience == NULL ? "any" : question->audience->id);
    node_set_text(arena, node, "purpose", question->purpose == NULL ? "any" : question->purpose->id);
    return node;
}

static struct node *data_node(const struct contacts *contacts)
{
    struct arena *arena = contacts->arena;
    const struct thing *owner = contacts->owner;
    struct node *data = node_object(arena);
    struct node *items = node_array(arena);
    for (size_t i = 0; i < contacts->count; i++)
        node_push(arena, items, contact_node(arena, &contacts->items[i], i + 1));
    if (owner != NULL)
        node_set_text(arena, data, owner->kind == THING_COUNTRY ? "country" : "organisation", owner->id);
    node_set_text(arena, data, "name", contacts_owner_name(contacts));
    node_set(arena, data, "asked", asked_node(contacts));
    node_set(arena, data, "contacts", items);
    node_set_text(arena, data, "fallback", contacts_fallback(contacts));
    node_set_text(arena, data, "note", contacts_note(contacts));
    return data;
}

bool contact_write_json(const struct view *view, const struct question *question, const char *self, size_t index,
                        struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct contacts *contacts = arena == NULL ? NULL : contacts_of(view, question, index, arena);
    if (contacts == NULL)
        return false;
    struct node *links = links_node(arena, self, NULL);
    if (contacts->owner != NULL && contacts->owner->kind == THING_COUNTRY) {
        node_set_text(arena, links, "country", country_path(arena, contacts->owner->id, ""));
        node_set_text(arena, links, "certs", country_path(arena, contacts->owner->id, "/certs"));
    }
    return envelope_write(arena, data_node(contacts), links, out);
}

static const struct column contact_columns[] = {{"place", COLUMN_PLAIN},
                                                {"rule", COLUMN_PLAIN},
                                                {"reason", COLUMN_TEXT},
                                                {"kind", COLUMN_PLAIN},
                                                {"id", COLUMN_PLAIN},
                                                {"name", COLUMN_TEXT},
                                                {"short_name", COLUMN_TEXT},
                                                {"status", COLUMN_PLAIN},
                                                {"channel", COLUMN_PLAIN},
                                                {"address", COLUMN_TEXT},
                                                {"purposes", COLUMN_PLAIN},
                                                {"hours", COLUMN_TEXT},
                                                {"languages", COLUMN_PLAIN},
                                                {"source", COLUMN_PLAIN},
                                                {"observed", COLUMN_PLAIN},
                                                {"verified", COLUMN_PLAIN},
                                                {"unverified_since", COLUMN_PLAIN},
                                                {"self", COLUMN_PLAIN},
                                                {0}};

static void put_row(struct arena *arena, const struct contact *contact, size_t place, const struct channel *channel,
                    struct buf *out)
{
    static const struct evidence nowhere = {0};
    static const struct channel none = {.evidence = &nowhere};
    const struct thing *thing = contact->thing;
    channel = channel == NULL ? &none : channel;
    const char *cells[] = {count_text(arena, place),
                           contact->rule->id,
                           contact->rule->reason,
                           kind_table[thing->kind].name,
                           thing->id,
                           thing_name(thing),
                           thing_text(thing, "short_name"),
                           thing_text(thing, "status"),
                           channel->kind,
                           channel->address,
                           list_text(arena, channel->purposes, ";"),
                           channel->hours,
                           list_text(arena, channel->languages, ";"),
                           channel->evidence->source,
                           channel->evidence->observed,
                           channel->verified,
                           contact->unverified_since,
                           contact_self(arena, contact)};
    if (arena_ok(arena))
        format_csv_row(contact_columns, cells, out);
}

bool contact_write_csv(const struct view *view, const struct question *question, const char *self, size_t index,
                       struct buf *out)
{
    (void)self;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct contacts *contacts = arena == NULL ? NULL : contacts_of(view, question, index, arena);
    if (contacts == NULL)
        return false;
    format_csv_header(contact_columns, out);
    for (size_t i = 0; i < contacts->count; i++) {
        const struct contact *contact = &contacts->items[i];
        if (contact->channel_count == 0)
            put_row(arena, contact, i + 1, NULL, out);
        for (size_t k = 0; k < contact->channel_count; k++)
            put_row(arena, contact, i + 1, &contact->channels[k], out);
    }
    const char *none[COUNT_OF(contact_columns)] = {[2] = contacts_note(contacts)};
    if (contacts->count == 0 && arena_ok(arena))
        format_csv_row(contact_columns, none, out);
    return arena_ok(arena) && buf_ok(out);
}
