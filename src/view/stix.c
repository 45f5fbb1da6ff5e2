/* SPDX-License-Identifier: MIT */
/* Teams as STIX 2.1: an identity each, the country as a location that its teams share, and that the one is located at
 * the other. Ids are names (base/uuid.h), so they are the same in every dataset; all was created on the day this was
 * first published and modified on the dataset's date, which no two datasets of different facts share. */
#include <string.h>

#include "cyberatlas/base/uuid.h"
#include "internal.h"

static const char first_published[] = "2026-11-24";
static const char place_start[] = "{\"type\":\"location\",\"spec_version\":\"2.1\",\"id\":\"location--";

/* Our sectors in STIX's open vocabulary `industry-sector-ov`. */
static const struct {
    const char *ours, *theirs;
} sectors[] = {
    {"finance", "financial-services"},
    {"energy", "energy"},
    {"transport", "transportation"},
    {"air_transport", "transportation"},
    {"health", "healthcare"},
    {"water", "water"},
    {"digital_infrastructure", "infrastructure"},
    {"telecommunications", "telecommunications"},
    {"ict_services", "technology"},
    {"public_administration", "government"},
    {"defence", "defense"},
    {"justice", "government"},
    {"research_education", "education"},
    {"industry", "manufacturing"},
    {"space", "aerospace"},
    {"food", "agriculture"},
    {"media", "communications"},
};

const char *stix_sector(const char *sector)
{
    for (size_t i = 0; i < COUNT_OF(sectors); i++)
        if (strcmp(sectors[i].ours, sector) == 0)
            return sectors[i].theirs;
    return NULL;
}

static struct node *object_node(const struct view *view, struct arena *arena, const char *type, const char *uuid)
{
    const char *date = view->facts->dataset.date;
    const char *created = strcmp(date, first_published) < 0 ? date : first_published;
    struct node *object = node_object(arena);
    node_set_text(arena, object, "type", type);
    node_set_text(arena, object, "spec_version", "2.1");
    node_set_text(arena, object, "id", arena_printf(arena, "%s--%s", type, uuid));
    node_set_text(arena, object, "created", arena_printf(arena, "%sT00:00:00.000Z", created));
    node_set_text(arena, object, "modified", arena_printf(arena, "%sT00:00:00.000Z", date));
    return object;
}

/* Each once, in the order of the seed. */
static struct node *sectors_node(struct arena *arena, const struct thing *cert)
{
    const struct value *ours = thing_value(cert, "sectors");
    struct node *array = node_array(arena);
    for (size_t i = 0; ours != NULL && i < ours->count; i++) {
        const char *sector = ours->items[i].text == NULL ? NULL : stix_sector(ours->items[i].text);
        bool seen = false;
        for (size_t k = 0; sector != NULL && k < i && !seen; k++)
            seen = ours->items[k].text != NULL && stix_sector(ours->items[k].text) == sector;
        if (!seen)
            node_push(arena, array, node_text(arena, sector));
    }
    return node_empty(array) ? NULL : array;
}

/* "E-mail: cert@example.org", one line each. */
static const char *contact_text(const struct view *view, struct arena *arena, const struct thing *cert)
{
    size_t count;
    const struct claim *contacts = thing_claims(cert, "contacts", &count);
    const char *text = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *kind = record_text(&contacts[i], "kind");
        const char *address = record_text(&contacts[i], "address");
        if (kind != NULL && address != NULL)
            text = arena_printf(arena, "%s%s%s: %s", text == NULL ? "" : text, text == NULL ? "" : "\n",
                                facts_label(view->facts, "contact-kinds", kind), address);
    }
    return text;
}

static struct node *labels_node(struct arena *arena, const struct thing *cert)
{
    struct node *labels = node_array(arena);
    node_push_texts(arena, labels, thing_value(cert, "types"));
    return node_empty(labels) ? NULL : labels;
}

static const char *description(const struct view *view, struct arena *arena, const struct thing *cert)
{
    const struct thing *heir = cert_heir(view, cert);
    if (heir != NULL)
        return arena_printf(arena, "Merged into %s (%s).", thing_name(heir), heir->id);
    return thing_text(cert, "constituency");
}

static struct node *references_node(struct arena *arena, const struct thing *cert)
{
    struct node *reference = node_object(arena);
    node_set_text(arena, reference, "source_name", "cyberatlas");
    node_set_text(arena, reference, "url", thing_text(cert, "url"));
    node_set_text(arena, reference, "external_id", cert->id);
    struct node *references = node_array(arena);
    node_push(arena, references, reference);
    return references;
}

static struct node *identity_node(const struct view *view, struct arena *arena, const struct thing *cert,
                                  const char *uuid)
{
    struct node *identity = object_node(view, arena, "identity", uuid);
    node_set_text(arena, identity, "name", thing_name(cert));
    node_set_text(arena, identity, "description", description(view, arena, cert));
    node_set_text(arena, identity, "identity_class", "organization");
    node_set(arena, identity, "sectors", sectors_node(arena, cert));
    node_set_text(arena, identity, "contact_information", contact_text(view, arena, cert));
    node_set(arena, identity, "labels", labels_node(arena, cert));
    node_set(arena, identity, "external_references", references_node(arena, cert));
    return identity;
}

static struct node *relationship_node(const struct view *view, struct arena *arena, const struct thing *cert,
                                      const char *identity, const char *place)
{
    char uuid[UUID_SIZE];
    uuid_of("located-at", cert->id, uuid);
    struct node *relationship = object_node(view, arena, "relationship", uuid);
    node_set_text(arena, relationship, "relationship_type", "located-at");
    node_set_text(arena, relationship, "source_ref", arena_printf(arena, "identity--%s", identity));
    node_set_text(arena, relationship, "target_ref", arena_printf(arena, "location--%s", place));
    return relationship;
}

static struct node *place_node(const struct view *view, struct arena *arena, const struct thing *country,
                               const char *uuid)
{
    struct node *place = object_node(view, arena, "location", uuid);
    node_set_text(arena, place, "name", country_name(country));
    node_set_text(arena, place, "country", country->id);
    return place;
}

bool cert_put_objects(const struct view *view, struct arena *arena, const struct thing *cert, struct buf *out)
{
    char identity[UUID_SIZE];
    char place[UUID_SIZE];
    const struct thing *country = facts_country(view->facts, cert->owner);
    uuid_of("cert", cert->id, identity);
    uuid_of("country", cert->owner, place);
    if (country != NULL && fragment_write(arena, place_node(view, arena, country, place), out))
        buf_putc(out, ',');
    bool done = fragment_write(arena, identity_node(view, arena, cert, identity), out);
    if (country == NULL)
        return done;
    buf_putc(out, ',');
    return done && fragment_write(arena, relationship_node(view, arena, cert, identity, place), out);
}

bool cert_write_bundle(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const char *self = arena == NULL ? NULL : arena_printf(arena, "/v1/certs/%s.stix.json", view->certs[index].id);
    char uuid[UUID_SIZE];
    if (self == NULL)
        return false;
    uuid_of("bundle", self, uuid);
    buf_printf(out, "{\"type\":\"bundle\",\"id\":\"bundle--%s\",\"objects\":[", uuid);
    bool done = cert_put_objects(view, arena, &view->certs[index], out);
    buf_puts(out, "]}\n");
    return done && buf_ok(out);
}

const char *stix_place(const char *objects, size_t len, size_t *ret_behind)
{
    static const char next[] = "\"},{\"type\""; /* within a text its quotes would be escaped */
    size_t start = sizeof(place_start) - 1;
    const char *end = objects == NULL || len < start + UUID_SIZE ? NULL : memmem(objects, len, next, sizeof(next) - 1);
    if (end == NULL || memcmp(objects, place_start, start) != 0)
        return NULL;
    *ret_behind = (size_t)(end - objects) + 3;
    return objects + start;
}
