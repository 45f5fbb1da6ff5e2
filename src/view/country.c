/* SPDX-License-Identifier: MIT */
/* One country as a document: its codes with their origins, every section that a source speaks of, the cells of its
 * assessment. Sections walk the table of kinds; a section without content is absent, and `profile` says whether there
 * is any. */
#include <string.h>

#include "internal.h"

/* Kinds that make up a profile and stand as arrays in the document. */
static const enum thing_kind sections[] = {THING_STRATEGY,    THING_INSTITUTION, THING_LAW,
                                           THING_PARTNERSHIP, THING_PROGRAMME,   THING_GUIDANCE};

static size_t count_things(const struct view *view, enum thing_kind kind, const char *owner)
{
    size_t count;
    (void)facts_things(view->facts, kind, owner, &count);
    return count;
}

bool country_has_profile(const struct view *view, size_t index)
{
    const char *code = view->countries[index].id;
    if (view->by_country[index].answer_count > 0 || indices_any(view, code) ||
        count_things(view, THING_CERT, code) > 0 || count_things(view, THING_PROFILE, code) > 0)
        return true;
    for (size_t i = 0; i < COUNT_OF(sections); i++)
        if (count_things(view, sections[i], code) > 0)
            return true;
    return false;
}

static void set_region(const struct view *view, struct arena *arena, struct node *object, const char *field,
                       const char *vocabulary, const char *code)
{
    if (code == NULL)
        return;
    struct node *region = node_object(arena);
    node_set_text(arena, region, "code", code);
    node_set_text(arena, region, "name", facts_label(view->facts, vocabulary, code));
    node_set(arena, object, field, region);
}

static const char *part_text(const struct value *record, const char *key)
{
    const struct value *part = value_part(record, key);
    return part == NULL ? NULL : part->text;
}

/* Every group it is or was in, whatever the dataset's date: since and until say when. */
static struct node *groups_node(const struct view *view, struct arena *arena, const struct thing *country)
{
    size_t count;
    const struct claim *claims = thing_claims(country, "groups", &count);
    struct node *groups = node_array(arena);
    for (size_t i = 0; i < count; i++) {
        const char *id = claims[i].n == 0 ? part_text(&claims[i].value, "group") : NULL;
        if (id == NULL)
            continue;
        struct node *group = node_object(arena);
        node_set_text(arena, group, "group", id);
        node_set_text(arena, group, "name", facts_label(view->facts, "groups", id));
        node_set_text(arena, group, "since", part_text(&claims[i].value, "since"));
        node_set_text(arena, group, "until", part_text(&claims[i].value, "until"));
        node_set_text(arena, group, "source", claims[i].evidence.source);
        node_push(arena, groups, group);
    }
    return groups;
}

/* The point as numbers, with just the digits that its text has. */
static struct node *point_node(struct arena *arena, const struct value *point)
{
    if (point == NULL)
        return NULL;
    struct node *node = node_object(arena);
    node_set(arena, node, "latitude", node_json(arena, part_text(point, "latitude")));
    node_set(arena, node, "longitude", node_json(arena, part_text(point, "longitude")));
    return node;
}

bool country_has_names(const struct view *view, size_t index)
{
    size_t count;
    (void)facts_names(view->facts, view->countries[index].id, &count);
    return count > 0;
}

/* What it is called in other languages, by language; NULL where no source says. */
static struct node *names_node(const struct view *view, struct arena *arena, const char *code)
{
    size_t count;
    const struct country_name *names = facts_names(view->facts, code, &count);
    if (count == 0)
        return NULL;
    struct node *node = node_object(arena);
    for (size_t i = 0; i < count; i++)
        node_set_text(arena, node, names[i].language, names[i].name);
    return node;
}

/* Where each plain value above comes from. */
static struct node *origins_node(const struct view *view, struct arena *arena, const struct thing *country)
{
    struct node *origins = node_object(arena);
    for (size_t i = 0; i < country->claim_count; i++) {
        const struct claim *claim = &country->claims[i];
        if (claim->n != 0 || claim->item != NULL)
            continue;
        struct node *origin = node_object(arena);
        node_set_text(arena, origin, "source", claim->evidence.source);
        node_set_text(arena, origin, "at", claim->evidence.at);
        node_set_text(arena, origin, "note", claim->evidence.note);
        node_set(arena, origins, claim->field, origin);
    }
    if (country_has_names(view, (size_t)(country - view->countries))) {
        struct node *origin = node_object(arena);
        node_set_text(arena, origin, "source", view->facts->names_source);
        node_set(arena, origins, "names", origin);
    }
    return origins;
}

static void set_identity(const struct view *view, struct arena *arena, struct node *data, const struct thing *country)
{
    node_set_text(arena, data, "code", country->id);
    node_set_text(arena, data, "alpha3", thing_text(country, "alpha3"));
    node_set_text(arena, data, "numeric", thing_text(country, "numeric"));
    node_set_text(arena, data, "name", country_name(country));
    node_set_text(arena, data, "official_name", thing_text(country, "official_name"));
    node_set(arena, data, "names", names_node(view, arena, country->id));
    const struct value *aliases = thing_value(country, "aliases");
    node_set(arena, data, "aliases", aliases == NULL ? NULL : node_json(arena, aliases->json));
    node_set_text(arena, data, "standing", thing_text(country, "standing"));
    set_region(view, arena, data, "region", "regions", thing_text(country, "region"));
    set_region(view, arena, data, "subregion", "subregions", thing_text(country, "subregion"));
    node_set(arena, data, "point", point_node(arena, thing_value(country, "point")));
    node_set(arena, data, "groups", groups_node(view, arena, country));
    node_set(arena, data, "origins", origins_node(view, arena, country));
}

static void set_nonempty(struct arena *arena, struct node *object, const char *key, struct node *child)
{
    if (!node_empty(child))
        node_set(arena, object, key, child);
}

static void set_sections(const struct view *view, struct arena *arena, struct node *data, const char *code)
{
    size_t count;
    const struct thing *overview = facts_things(view->facts, THING_PROFILE, code, &count);
    if (count > 0) {
        struct node *object = node_object(arena);
        thing_set_fields(arena, object, overview);
        node_set(arena, data, kind_table[THING_PROFILE].plural, object);
    }
    for (size_t i = 0; i < COUNT_OF(sections); i++)
        set_nonempty(arena, data, kind_table[sections[i]].plural, thing_array(view, arena, sections[i], code));
    const struct thing *certs = facts_things(view->facts, THING_CERT, code, &count);
    struct node *array = node_array(arena);
    for (size_t i = 0; i < count; i++)
        node_push(arena, array, cert_summary(view, arena, &certs[i]));
    set_nonempty(arena, data, kind_table[THING_CERT].plural, array);
}

/* Themes that stand in the document without a score. */
static const struct {
    const char *theme, *section;
} plain_themes[] = {{"operational-capacities", "operational_capacities"}, {"strategy-goals", "strategy_goals"}};

static void set_answers(const struct view *view, struct arena *arena, struct node *data, size_t index)
{
    if (assessment_any(view, index, "legal-conditions")) {
        struct node *legal = node_object(arena);
        struct node *score = node_object(arena);
        score_set(arena, score, view->methodology, &view->by_country[index].score);
        node_set(arena, legal, "score", score);
        node_set(arena, legal, "answers", assessment_cells(view, arena, index, "legal-conditions", false));
        node_set(arena, data, "legal_conditions", legal);
    }
    for (size_t i = 0; i < COUNT_OF(plain_themes); i++) {
        if (!assessment_any(view, index, plain_themes[i].theme))
            continue;
        struct node *section = node_object(arena);
        node_set(arena, section, "answers", assessment_cells(view, arena, index, plain_themes[i].theme, false));
        node_set(arena, data, plain_themes[i].section, section);
    }
}

static struct node *country_links(struct arena *arena, const char *code)
{
    struct node *links = node_object(arena);
    node_set_text(arena, links, "self", country_path(arena, code, ""));
    node_set_text(arena, links, "assessments", country_path(arena, code, "/assessments"));
    node_set_text(arena, links, "legal_conditions", country_path(arena, code, "/legal-conditions"));
    node_set_text(arena, links, "certs", country_path(arena, code, "/certs"));
    node_set_text(arena, links, "timeline", country_path(arena, code, "/timeline"));
    node_set_text(arena, links, "score", arena_printf(arena, "/v1/scores/%s", code));
    node_set_text(arena, links, "list", "/v1/countries");
    return links;
}

bool country_write_json(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct thing *country = &view->countries[index];
    struct node *data = node_object(arena);
    set_identity(view, arena, data, country);
    node_set_text(arena, data, "profile", country_has_profile(view, index) ? "available" : "none");
    set_sections(view, arena, data, country->id);
    set_answers(view, arena, data, index);
    set_nonempty(arena, data, "indices", indices_of_country(view, arena, country->id));
    return envelope_write(arena, data, country_links(arena, country->id), out);
}
