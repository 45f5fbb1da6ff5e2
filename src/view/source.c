/* SPDX-License-Identifier: MIT */
/* Sources as answers: the record, and all that rests on it. Things stand in the facts by kind and owner, answers by
 * country, so what belongs together is one run and a single pass finds it. */
#include <string.h>

#include "internal.h"

/* Where one pass over the facts stands. */
struct usage {
    const struct view *view;
    struct arena *arena;
    const char *source;
    struct node *list;      /* entries so far */
    struct node *paths;     /* of the entry being gathered */
    const char *last_path;  /* the newest of them */
    const char *kind;       /* of that entry; NULL while there is none */
    const char *owner_kind; /* "country", "organisation"; NULL for criteria */
    const char *owner;
    int64_t claims;
};

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Closes the entry being gathered. */
static void usage_flush(struct usage *usage)
{
    if (usage->kind == NULL)
        return;
    struct node *entry = node_object(usage->arena);
    node_set_text(usage->arena, entry, "kind", usage->kind);
    if (usage->owner != NULL)
        node_set_text(usage->arena, entry, usage->owner_kind, usage->owner);
    node_set(usage->arena, entry, "claims", node_integer(usage->arena, usage->claims));
    node_set(usage->arena, entry, "paths", usage->paths);
    node_push(usage->arena, usage->list, entry);
    usage->kind = NULL;
}

static void usage_add(struct usage *usage, const char *kind, const char *owner, const char *path, size_t claims)
{
    if (!same_text(usage->kind, kind) || !same_text(usage->owner, owner)) {
        usage_flush(usage);
        usage->kind = kind;
        usage->owner = owner;
        usage->owner_kind =
            owner != NULL && facts_country(usage->view->facts, owner) == NULL ? "organisation" : "country";
        usage->claims = 0;
        usage->paths = node_array(usage->arena);
        usage->last_path = NULL;
    }
    usage->claims += (int64_t)claims;
    if (path != NULL && !same_text(usage->last_path, path))
        node_push(usage->arena, usage->paths, node_text(usage->arena, path));
    usage->last_path = path;
}

static size_t count_claims(const struct thing *thing, const char *source)
{
    size_t count = 0;
    for (size_t i = 0; i < thing->claim_count; i++)
        count += strcmp(thing->claims[i].evidence.source, source) == 0 ? 1U : 0U;
    return count;
}

/* The document in which a thing is shown. */
static const char *thing_path(struct arena *arena, const struct thing *thing)
{
    if (thing->kind == THING_CERT)
        return arena_printf(arena, "/v1/certs/%s", thing->id);
    return country_path(arena, thing->owner == NULL ? thing->id : thing->owner, "");
}

/* An organisation has no document of its own: it is shown by its teams. */
static void add_organisation(struct usage *usage, const struct thing *organisation, size_t claims)
{
    size_t count;
    const struct thing *certs = facts_things(usage->view->facts, THING_CERT, organisation->id, &count);
    usage_add(usage, kind_table[THING_ORGANISATION].name, organisation->id, NULL, claims);
    for (size_t i = 0; i < count; i++)
        usage_add(usage, kind_table[THING_ORGANISATION].name, organisation->id, thing_path(usage->arena, &certs[i]), 0);
}

static void add_things(struct usage *usage)
{
    const struct facts *facts = usage->view->facts;
    for (size_t i = 0; i < facts->thing_count; i++) {
        const struct thing *thing = &facts->things[i];
        size_t claims = count_claims(thing, usage->source);
        if (claims == 0)
            continue;
        if (thing->kind == THING_ORGANISATION)
            add_organisation(usage, thing, claims);
        else
            usage_add(usage, kind_table[thing->kind].name, thing->owner == NULL ? thing->id : thing->owner,
                      thing_path(usage->arena, thing), claims);
    }
}

static void add_answers(struct usage *usage)
{
    const struct facts *facts = usage->view->facts;
    for (size_t i = 0; i < facts->answer_count; i++) {
        const struct answer *answer = &facts->answers[i];
        if (strcmp(answer->evidence.source, usage->source) == 0)
            usage_add(usage, "answer", answer->country, country_path(usage->arena, answer->country, "/assessments"), 1);
    }
}

static size_t count_figures(const struct index *index, const char *source)
{
    size_t count = 0;
    for (size_t i = 0; i < index->value_count; i++)
        count += strcmp(index->values[i].evidence.source, source) == 0 ? 1U : 0U;
    return count;
}

static void add_indices(struct usage *usage)
{
    const struct facts *facts = usage->view->facts;
    for (size_t i = 0; i < facts->index_count; i++) {
        size_t figures = count_figures(&facts->indices[i], usage->source);
        if (figures > 0)
            usage_add(usage, "index", NULL, arena_printf(usage->arena, "/v1/indices/%s", facts->indices[i].id),
                      figures);
    }
}

static void add_names(struct usage *usage)
{
    const struct view *view = usage->view;
    for (size_t i = 0; i < view->country_count && same_text(view->facts->names_source, usage->source); i++)
        if (country_has_names(view, i))
            usage_add(usage, kind_table[THING_COUNTRY].name, view->countries[i].id,
                      country_path(usage->arena, view->countries[i].id, ""), 1);
}

static void add_criteria(struct usage *usage)
{
    const struct facts *facts = usage->view->facts;
    for (size_t i = 0; i < facts->criterion_count; i++) {
        const struct criterion *criterion = &facts->criteria[i];
        if (same_text(criterion->source, usage->source))
            usage_add(usage, "criterion", NULL, arena_printf(usage->arena, "/v1/criteria/%s", criterion->id), 1);
    }
}

static struct node *usage_node(const struct view *view, struct arena *arena, const char *source)
{
    struct usage usage = {.view = view, .arena = arena, .source = source, .list = node_array(arena)};
    add_things(&usage);
    add_answers(&usage);
    add_criteria(&usage);
    add_indices(&usage);
    add_names(&usage);
    usage_flush(&usage);
    return usage.list;
}

static const char *source_path(struct arena *arena, const char *id)
{
    return arena_printf(arena, "/v1/sources/%s", id);
}

static struct node *source_node(const struct view *view, struct arena *arena, const struct source *source)
{
    struct node *object = node_object(arena);
    node_set_text(arena, object, "id", source->id);
    node_set_text(arena, object, "title", source->title);
    node_set_text(arena, object, "publisher", source->publisher);
    node_set_text(arena, object, "url", source->url);
    node_set_text(arena, object, "published", source->published);
    node_set_text(arena, object, "captured", source->captured);
    node_set_text(arena, object, "sha256", source->sha256);
    node_set_text(arena, object, "terms", source->terms);
    node_set_text(arena, object, "note", source->note);
    const struct source_use *use = &view->uses[source - view->facts->sources];
    node_set(arena, object, "claims", node_integer(arena, (int64_t)(use->claims + use->figures)));
    node_set(arena, object, "answers", node_integer(arena, (int64_t)use->answers));
    return object;
}

bool source_write(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct source *source = &view->facts->sources[index];
    struct node *data = source_node(view, arena, source);
    node_set(arena, data, "used_by", usage_node(view, arena, source->id));
    statements_set(view, arena, data, source->id);
    return envelope_write(arena, data, links_node(arena, source_path(arena, source->id), "/v1/sources"), out);
}

const struct column source_columns[] = {
    {"id", COLUMN_PLAIN},        {"title", COLUMN_TEXT},     {"publisher", COLUMN_TEXT}, {"url", COLUMN_PLAIN},
    {"published", COLUMN_PLAIN}, {"captured", COLUMN_PLAIN}, {"sha256", COLUMN_PLAIN},   {"terms", COLUMN_TEXT},
    {"note", COLUMN_TEXT},       {"claims", COLUMN_PLAIN},   {"answers", COLUMN_PLAIN},  {NULL, COLUMN_PLAIN}};

static void add_row(const struct view *view, struct arena *arena, const struct source *source, struct buf *out)
{
    const struct source_use *use = &view->uses[source - view->facts->sources];
    const char *cells[] = {source->id,
                           source->title,
                           source->publisher,
                           source->url,
                           source->published,
                           source->captured,
                           source->sha256,
                           source->terms,
                           source->note,
                           count_text(arena, use->claims + use->figures),
                           count_text(arena, use->answers)};
    format_csv_row(source_columns, cells, out);
}

bool source_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct source *source = &view->facts->sources[index];
    if (media == MEDIA_CSV) {
        add_row(view, arena, source, out);
        return arena_ok(arena) && buf_ok(out);
    }
    struct node *item = source_node(view, arena, source);
    node_set_text(arena, item, "self", source_path(arena, source->id));
    return fragment_write(arena, item, out);
}

void source_words(const struct view *view, size_t index, struct buf *out)
{
    const struct source *source = &view->facts->sources[index];
    const char *texts[] = {source->id, source->title, source->publisher, source->note};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (texts[i] != NULL)
            buf_printf(out, "%s ", texts[i]);
}
