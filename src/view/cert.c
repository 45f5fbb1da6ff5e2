/* SPDX-License-Identifier: MIT */
/* Response teams: the document of one with every claim, the summary of one (shown values, plain), the list of all and
 * the list of one country. A team belongs to a country or to an organisation, and its answers name which. */
#include <string.h>

#include "internal.h"

const struct list_filter cert_filters[] = {
    {.name = "country", .summary = "The country it belongs to", .kind = FILTER_COUNTRY},
    {.name = "type", .summary = "Type of team", .kind = FILTER_TERM, .vocabulary = "cert-types"},
    {.name = "sector", .summary = "Sector served", .kind = FILTER_TERM, .vocabulary = "sectors"},
    {.name = "accreditation",
     .summary = "Body in which it has a membership or accreditation",
     .kind = FILTER_TERM,
     .vocabulary = "membership-bodies"},
    {.name = "status", .summary = "Status", .kind = FILTER_TERM, .vocabulary = "cert-statuses"},
    {.name = "audience", .summary = "Audience served", .kind = FILTER_TERM, .vocabulary = "audiences"},
    {.name = "established", .summary = "Year in which it began, or years from one to another", .kind = FILTER_YEAR},
    {.name = "has", .summary = "What is known of it", .kind = FILTER_WORD, .words = cert_has_words},
    {0}};

const struct column cert_columns[] = {{"id", COLUMN_PLAIN},           {"name", COLUMN_TEXT},
                                      {"short_name", COLUMN_TEXT},    {"country", COLUMN_PLAIN},
                                      {"organisation", COLUMN_PLAIN}, {"types", COLUMN_PLAIN},
                                      {"sectors", COLUMN_PLAIN},      {"status", COLUMN_PLAIN},
                                      {"established", COLUMN_PLAIN},  {"accreditations", COLUMN_PLAIN},
                                      {"url", COLUMN_TEXT},           {0}};

const char *const cert_sorts[] = {"country", "-country", "name", "-name", "established", "-established", NULL};

/* Country codes are upper case, ids of organisations lower case. */
static bool is_of_country(const struct thing *cert)
{
    return cert->owner[0] >= 'A' && cert->owner[0] <= 'Z';
}

const struct thing *cert_heir(const struct view *view, const struct thing *cert)
{
    const char *id = thing_text(cert, "merged_into");
    return id == NULL ? NULL : facts_thing(view->facts, THING_CERT, id);
}

const char *record_text(const struct claim *claim, const char *key)
{
    const struct value *part = claim->n == 0 ? value_part(&claim->value, key) : NULL;
    return part == NULL ? NULL : part->text;
}

static void set_owner(struct arena *arena, struct node *node, const struct thing *cert)
{
    node_set_text(arena, node, is_of_country(cert) ? "country" : "organisation", cert->owner);
}

static const char *cert_path(struct arena *arena, const struct thing *cert)
{
    return arena_printf(arena, "/v1/certs/%s", cert->id);
}

/* "first:member" of one shown membership; NULL where the claim is none. */
static const char *accreditation(struct arena *arena, const struct claim *claim)
{
    const struct value *body = claim->n == 0 ? value_part(&claim->value, "body") : NULL;
    const struct value *level = claim->n == 0 ? value_part(&claim->value, "level") : NULL;
    return body == NULL || level == NULL ? NULL : arena_printf(arena, "%s:%s", body->text, level->text);
}

static struct node *texts_node(struct arena *arena, const struct value *list)
{
    struct node *array = node_array(arena);
    node_push_texts(arena, array, list);
    return node_empty(array) ? NULL : array;
}

static struct node *accreditations_node(struct arena *arena, const struct thing *cert)
{
    size_t count;
    const struct claim *claims = thing_claims(cert, "memberships", &count);
    struct node *array = node_array(arena);
    for (size_t i = 0; i < count; i++)
        node_push(arena, array, node_text(arena, accreditation(arena, &claims[i])));
    return node_empty(array) ? NULL : array;
}

struct node *cert_summary(const struct view *view, struct arena *arena, const struct thing *cert)
{
    (void)view;
    struct node *node = node_object(arena);
    node_set_text(arena, node, "id", cert->id);
    node_set_text(arena, node, "name", thing_name(cert));
    node_set_text(arena, node, "short_name", thing_text(cert, "short_name"));
    set_owner(arena, node, cert);
    node_set(arena, node, "types", texts_node(arena, thing_value(cert, "types")));
    node_set(arena, node, "sectors", texts_node(arena, thing_value(cert, "sectors")));
    node_set_text(arena, node, "status", thing_text(cert, "status"));
    node_set_text(arena, node, "established", thing_text(cert, "established"));
    node_set(arena, node, "accreditations", accreditations_node(arena, cert));
    node_set_text(arena, node, "url", thing_text(cert, "url"));
    node_set_text(arena, node, "self", cert_path(arena, cert));
    return node;
}

static const char *accreditations_text(struct arena *arena, const struct thing *cert)
{
    size_t count;
    const struct claim *claims = thing_claims(cert, "memberships", &count);
    const char *text = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *one = accreditation(arena, &claims[i]);
        if (one != NULL)
            text = text == NULL ? one : arena_printf(arena, "%s;%s", text, one);
    }
    return text;
}

static bool write_row(struct arena *arena, const struct thing *cert, struct buf *out)
{
    const char *cells[] = {cert->id,
                           thing_name(cert),
                           thing_text(cert, "short_name"),
                           is_of_country(cert) ? cert->owner : NULL,
                           is_of_country(cert) ? NULL : cert->owner,
                           list_text(arena, thing_value(cert, "types"), ";"),
                           list_text(arena, thing_value(cert, "sectors"), ";"),
                           thing_text(cert, "status"),
                           thing_text(cert, "established"),
                           accreditations_text(arena, cert),
                           thing_text(cert, "url")};
    if (!arena_ok(arena))
        return false;
    format_csv_row(cert_columns, cells, out);
    return buf_ok(out);
}

bool cert_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct thing *cert = &view->certs[index];
    if (media == MEDIA_CSV)
        return write_row(arena, cert, out);
    if (media == MEDIA_VCARD)
        return cert_put_card(view, arena, cert, out);
    if (media == MEDIA_STIX)
        return cert_put_objects(view, arena, cert, out);
    return fragment_write(arena, cert_summary(view, arena, cert), out);
}

bool cert_write(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct thing *cert = &view->certs[index];
    struct node *data = node_object(arena);
    node_set_text(arena, data, "id", cert->id);
    set_owner(arena, data, cert);
    thing_set_fields(arena, data, cert);
    struct node *links = links_node(arena, cert_path(arena, cert), "/v1/certs");
    if (is_of_country(cert))
        node_set_text(arena, links, "country", country_path(arena, cert->owner, ""));
    const struct thing *heir = cert_heir(view, cert);
    if (heir != NULL)
        node_set_text(arena, links, "merged_into", cert_path(arena, heir));
    return envelope_write(arena, data, links, out);
}

bool cert_write_country_json(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const char *code = view->countries[index].id;
    size_t count;
    const struct thing *certs = facts_things(view->facts, THING_CERT, code, &count);
    struct node *data = node_array(arena);
    for (size_t i = 0; i < count; i++)
        node_push(arena, data, cert_summary(view, arena, &certs[i]));
    struct node *meta = node_object(arena);
    node_set(arena, meta, "total", node_integer(arena, (int64_t)count));
    node_set(arena, meta, "count", node_integer(arena, (int64_t)count));
    node_set(arena, meta, "complete", node_flag(arena, true));
    struct node *links = links_node(arena, country_path(arena, code, "/certs"), "/v1/certs");
    node_set_text(arena, links, "country", country_path(arena, code, ""));
    struct node *list = node_object(arena);
    node_set(arena, list, "data", data);
    node_set(arena, list, "meta", meta);
    node_set(arena, list, "links", links);
    if (!fragment_write(arena, list, out))
        return false;
    buf_putc(out, '\n');
    return buf_ok(out);
}

bool cert_write_country_csv(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    size_t count;
    const struct thing *certs = facts_things(view->facts, THING_CERT, view->countries[index].id, &count);
    format_csv_header(cert_columns, out);
    for (size_t i = 0; i < count; i++)
        if (!write_row(arena, &certs[i], out))
            return false;
    return buf_ok(out);
}
