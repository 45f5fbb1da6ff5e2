/* SPDX-License-Identifier: MIT */
/* What a search goes through: countries, teams, institutions, strategies, laws and sources, one behind the other as one
 * list; what each is called, by which other words it is found, and how a find is told. It may not know how words are
 * looked up. Invariant: an item's number hangs on the facts alone. */
#include <string.h>

#include "internal.h"

enum { WORDS_BYTES = 1024 * 1024, GROUPS = 6, GROUP_SOURCES = GROUPS - 1 };

/* In the order in which they are found; the last are sources. */
static const struct group {
    enum thing_kind kind;
    const char *names[4]; /* fields with what it is called, NULL-terminated */
    const char *rest[4];  /* fields with other words */
} groups[GROUP_SOURCES] = {
    {THING_COUNTRY, {"name", "official_name", "alpha3", NULL}, {NULL}},
    {THING_CERT, {"name", "short_name", "former_names", NULL}, {"former_ids", "host", "constituency", NULL}},
    {THING_INSTITUTION, {"name", "short_name", NULL}, {"parent", "roles", NULL}},
    {THING_STRATEGY, {"title", NULL}, {"kind", "issuer", NULL}},
    {THING_LAW, {"title", NULL}, {"kind", "transposes", NULL}},
};
static const char *const group_names[] = {"country", "cert", "institution", "strategy", "law", "source", NULL};

struct finding {
    unsigned group;
    const struct thing *thing;   /* NULL for a source */
    const struct source *source; /* NULL for a thing */
};

size_t finding_count(const struct view *view)
{
    size_t total = view->facts->source_count;
    for (size_t i = 0; i < GROUP_SOURCES; i++) {
        size_t count;
        (void)facts_things(view->facts, groups[i].kind, NULL, &count);
        total += count;
    }
    return total;
}

static struct finding finding_at(const struct view *view, size_t index)
{
    for (unsigned i = 0; i < GROUP_SOURCES; i++) {
        size_t count;
        const struct thing *things = facts_things(view->facts, groups[i].kind, NULL, &count);
        if (index < count)
            return (struct finding){i, &things[index], NULL};
        index -= count;
    }
    return (struct finding){GROUP_SOURCES, NULL, &view->facts->sources[index]};
}

unsigned finding_group(const struct view *view, size_t index)
{
    return finding_at(view, index).group;
}

const char *finding_id(const struct view *view, size_t index)
{
    const struct finding finding = finding_at(view, index);
    return finding.thing == NULL ? finding.source->id : finding.thing->id;
}

/* --- by what it is found --- */

/* Whether an earlier claim of the field says the same. */
static bool is_said(const struct claim *claims, size_t before)
{
    const char *text = claims[before].value.text;
    for (size_t i = 0; text != NULL && i < before; i++)
        if (claims[i].value.text != NULL && strcmp(claims[i].value.text, text) == 0)
            return true;
    return false;
}

/* Tells what every claim of a field says, as words for people. */
static void emit_field(const struct view *view, const struct thing *thing, const char *name, view_emit *emit, void *cls)
{
    const struct field *field = field_find(kind_table[thing->kind].fields, name);
    size_t count;
    const struct claim *claims = thing_claims(thing, name, &count);
    for (size_t i = 0; field != NULL && i < count; i++) {
        if (is_said(claims, i))
            continue;
        CLEANUP(buf_done) struct buf words;
        buf_init(&words, WORDS_BYTES);
        value_words(view, field, &claims[i].value, &words);
        if (buf_ok(&words) && words.len > 0)
            emit(cls, name, words.data);
    }
}

/* Codes, each by itself. */
static void emit_codes(const struct thing *country, view_emit *emit, void *cls)
{
    const struct value *aliases = thing_value(country, "aliases");
    emit(cls, "code", country->id);
    for (size_t i = 0; aliases != NULL && i < aliases->count; i++)
        if (aliases->items[i].text != NULL)
            emit(cls, "aliases", aliases->items[i].text);
}

/* Names in other languages, each spelling once. */
static void emit_languages(const struct view *view, const struct thing *country, view_emit *emit, void *cls)
{
    size_t count;
    const struct country_name *names = facts_names(view->facts, country->id, &count);
    for (size_t i = 0; i < count; i++) {
        bool known = strcmp(names[i].name, country_name(country)) == 0;
        for (size_t k = 0; k < i && !known; k++)
            known = strcmp(names[i].name, names[k].name) == 0;
        if (!known)
            emit(cls, "name", names[i].name);
    }
}

void finding_names(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    const struct finding finding = finding_at(view, index);
    if (finding.thing == NULL) {
        emit(cls, "title", finding.source->title);
        return;
    }
    const struct group *group = &groups[finding.group];
    for (size_t i = 0; group->names[i] != NULL; i++)
        emit_field(view, finding.thing, group->names[i], emit, cls);
    if (finding.thing->kind != THING_COUNTRY)
        return;
    emit_languages(view, finding.thing, emit, cls);
    emit_codes(finding.thing, emit, cls);
}

static void add_words(void *cls, const char *name, const char *value)
{
    (void)name;
    struct buf *out = cls;
    buf_puts(out, out->len == 0 ? "" : " · ");
    buf_puts(out, value);
}

/* The country or organisation that it belongs to. */
static const char *owner_name(const struct view *view, const struct thing *thing)
{
    const struct thing *country = facts_country(view->facts, thing->owner);
    const struct thing *organisation = facts_thing(view->facts, THING_ORGANISATION, thing->owner);
    return country != NULL ? country_name(country) : organisation != NULL ? thing_name(organisation) : thing->owner;
}

void finding_words(const struct view *view, size_t index, struct buf *out)
{
    const struct finding finding = finding_at(view, index);
    finding_names(view, index, add_words, out);
    if (finding.thing == NULL) {
        add_words(out, "id", finding.source->id);
        if (finding.source->publisher != NULL)
            add_words(out, "publisher", finding.source->publisher);
        return;
    }
    const struct group *group = &groups[finding.group];
    for (size_t i = 0; group->rest[i] != NULL; i++)
        emit_field(view, finding.thing, group->rest[i], add_words, out);
    if (finding.thing->owner == NULL)
        return;
    add_words(out, "owner", owner_name(view, finding.thing));
    add_words(out, "id", finding.thing->id);
}

const struct list_filter finding_filters[] = {
    {.name = "kind", .summary = "What is looked for", .kind = FILTER_WORD, .words = group_names}, {0}};
const char *const finding_sorts[] = {"relevance", NULL};

void finding_facets(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    emit(cls, "kind", group_names[finding_group(view, index)]);
}

/* --- how it is told --- */

struct told {
    const char *kind, *id, *title;
    const char *country; /* NULL where it is no country's */
    const char *excerpt;
    const char *self;
};

static const char *self_of(struct arena *arena, const struct finding *finding)
{
    if (finding->thing == NULL)
        return arena_printf(arena, "/v1/sources/%s", finding->source->id);
    const struct thing *thing = finding->thing;
    if (thing->kind == THING_CERT)
        return arena_printf(arena, "/v1/certs/%s", thing->id);
    return country_path(arena, thing->owner == NULL ? thing->id : thing->owner, "");
}

static struct told tell(const struct selection *selection, size_t place, struct arena *arena)
{
    const struct view *view = selection->view;
    const struct finding finding = finding_at(view, selection->items[place]);
    const struct thing *thing = finding.thing;
    const char *const *excerpts = selection->own;
    const char *owner = thing == NULL ? NULL : thing->owner == NULL ? thing->id : thing->owner;
    return (struct told){.kind = group_names[finding.group],
                         .id = thing == NULL ? finding.source->id : thing->id,
                         .title = thing == NULL ? finding.source->title : thing_heading(view, arena, thing),
                         .country = owner != NULL && facts_country(view->facts, owner) != NULL ? owner : NULL,
                         .excerpt = excerpts[place],
                         .self = self_of(arena, &finding)};
}

const struct column finding_columns[] = {{"kind", COLUMN_PLAIN},
                                         {"id", COLUMN_PLAIN},
                                         {"title", COLUMN_TEXT},
                                         {"country", COLUMN_PLAIN},
                                         {"snippet", COLUMN_TEXT},
                                         {"self", COLUMN_PLAIN},
                                         {0}};

static void write_row(const struct told *told, struct buf *out)
{
    const char *cells[] = {told->kind, told->id, told->title, told->country, told->excerpt, told->self};
    format_csv_row(finding_columns, cells, out);
}

static void write_lines(const struct told *told, struct arena *arena, struct buf *out)
{
    const char *title = told->country == NULL
                            ? arena_printf(arena, "%s (%s)", told->title, told->kind)
                            : arena_printf(arena, "%s (%s, %s)", told->title, told->kind, told->country);
    if (title == NULL)
        return;
    buf_putc(out, '\n');
    format_paragraph(title, 0, out);
    format_paragraph(told->excerpt, 4, out);
    format_paragraph(told->self, 4, out);
}

static bool write_object(const struct told *told, struct arena *arena, struct buf *out)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "kind", told->kind);
    node_set_text(arena, node, "id", told->id);
    node_set_text(arena, node, "title", told->title);
    node_set_text(arena, node, "country", told->country);
    node_set_text(arena, node, "snippet", told->excerpt);
    node_set_text(arena, node, "self", told->self);
    return fragment_write(arena, node, out);
}

bool finding_item(const struct selection *selection, size_t place, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct told told = tell(selection, place, arena);
    if (!arena_ok(arena))
        return false;
    if (media == MEDIA_CSV)
        write_row(&told, out);
    else if (media == MEDIA_TEXT)
        write_lines(&told, arena, out);
    else if (!write_object(&told, arena, out))
        return false;
    return arena_ok(arena) && buf_ok(out);
}

bool finding_head(const struct list_page *page, struct buf *out)
{
    if (page->total == 0)
        buf_puts(out, "Nothing holds all of these words. Fewer of them, or the beginning of one, may find more.\n");
    else if (page->count == page->total)
        buf_printf(out, "%zu found.\n", page->total);
    else
        buf_printf(out, "%zu of %zu found.\n", page->count, page->total);
    return buf_ok(out);
}

bool finding_foot(const struct list_page *page, struct buf *out)
{
    if (page->next != NULL)
        buf_printf(out, "\nNext: %s\n", page->next);
    return buf_ok(out);
}
