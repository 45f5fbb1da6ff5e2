/* SPDX-License-Identifier: MIT */
/* The list of countries: one summary each, by which filters and words it is found, and its orders. Every country is
 * in it, whether or not anything more is known. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* Words of the filter `has`: a section of the document that is there. */
static const char *const has_words[] = {"profile",      "overview",   "strategies", "institutions", "laws",
                                        "partnerships", "programmes", "guidance",   "certs",        "assessments",
                                        "score",        "indices",    NULL};

const struct list_filter country_filters[] = {
    {.name = "code", .summary = "The country, in any spelling: alpha-2, alpha-3, numeric", .kind = FILTER_COUNTRY},
    {.name = "group",
     .summary = "Member of a group of states on the dataset's date",
     .kind = FILTER_TERM,
     .vocabulary = "groups"},
    {.name = "region", .summary = "UN M49 region", .kind = FILTER_TERM, .vocabulary = "regions"},
    {.name = "has", .summary = "Sections there is something in", .kind = FILTER_WORD, .words = has_words},
    {0}};

const struct column country_columns[] = {
    {"code", COLUMN_PLAIN},       {"alpha3", COLUMN_PLAIN},   {"numeric", COLUMN_PLAIN},
    {"name", COLUMN_TEXT},        {"region", COLUMN_PLAIN},   {"groups", COLUMN_PLAIN},
    {"standing", COLUMN_PLAIN},   {"profile", COLUMN_PLAIN},  {"certs", COLUMN_PLAIN},
    {"strategies", COLUMN_PLAIN}, {"value", COLUMN_PLAIN},    {"low", COLUMN_PLAIN},
    {"high", COLUMN_PLAIN},       {"coverage", COLUMN_PLAIN}, {0}};

const char *const country_sorts[] = {"name",   "-name",    "code",      "-code", "value",
                                     "-value", "coverage", "-coverage", NULL};

static size_t count_things(const struct view *view, enum thing_kind kind, size_t index)
{
    size_t count;
    (void)facts_things(view->facts, kind, view->countries[index].id, &count);
    return count;
}

static struct node *summary(const struct view *view, struct arena *arena, size_t index)
{
    const struct thing *country = &view->countries[index];
    const struct country_view *derived = &view->by_country[index];
    struct node *node = node_object(arena);
    node_set_text(arena, node, "code", country->id);
    node_set_text(arena, node, "alpha3", thing_text(country, "alpha3"));
    node_set_text(arena, node, "numeric", thing_text(country, "numeric"));
    node_set_text(arena, node, "name", country_name(country));
    node_set_text(arena, node, "region", thing_text(country, "region"));
    struct node *groups = node_array(arena);
    for (size_t i = 0; i < derived->group_count; i++)
        node_push(arena, groups, node_text(arena, derived->groups[i]));
    node_set(arena, node, "groups", groups);
    node_set_text(arena, node, "standing", thing_text(country, "standing"));
    node_set_text(arena, node, "profile", country_has_profile(view, index) ? "available" : "none");
    node_set(arena, node, "certs", node_integer(arena, (int64_t)count_things(view, THING_CERT, index)));
    node_set(arena, node, "strategies", node_integer(arena, (int64_t)count_things(view, THING_STRATEGY, index)));
    node_set(arena, node, "legal_conditions", score_short_node(arena, &derived->score));
    node_set_text(arena, node, "self", country_path(arena, country->id, ""));
    return node;
}

static const char *groups_text(struct arena *arena, const struct country_view *derived)
{
    const char *text = derived->group_count > 0 ? derived->groups[0] : NULL;
    for (size_t i = 1; i < derived->group_count && text != NULL; i++)
        text = arena_printf(arena, "%s;%s", text, derived->groups[i]);
    return text;
}

static bool write_row(const struct view *view, struct arena *arena, size_t index, struct buf *out)
{
    const struct thing *country = &view->countries[index];
    const struct score *score = &view->by_country[index].score;
    const char *cells[] = {country->id,
                           thing_text(country, "alpha3"),
                           thing_text(country, "numeric"),
                           country_name(country),
                           thing_text(country, "region"),
                           groups_text(arena, &view->by_country[index]),
                           thing_text(country, "standing"),
                           country_has_profile(view, index) ? "available" : "none",
                           count_text(arena, count_things(view, THING_CERT, index)),
                           count_text(arena, count_things(view, THING_STRATEGY, index)),
                           score->has_value ? decimal_text(arena, score->value, 1) : NULL,
                           decimal_text(arena, score->low, 1),
                           decimal_text(arena, score->high, 1),
                           decimal_text(arena, score->coverage, 3)};
    if (!arena_ok(arena))
        return false;
    format_csv_row(country_columns, cells, out);
    return buf_ok(out);
}

bool country_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    if (media == MEDIA_CSV)
        return write_row(view, arena, index, out);
    if (media != MEDIA_GEOJSON)
        return fragment_write(arena, summary(view, arena, index), out);
    geo_open(&view->countries[index], out);
    bool done = fragment_write(arena, summary(view, arena, index), out);
    geo_close(out);
    return done && buf_ok(out);
}

void country_facets(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    const struct thing *country = &view->countries[index];
    const struct country_view *derived = &view->by_country[index];
    emit(cls, "code", country->id);
    for (size_t i = 0; i < derived->group_count; i++)
        emit(cls, "group", derived->groups[i]);
    if (thing_text(country, "region") != NULL)
        emit(cls, "region", thing_text(country, "region"));
    if (country_has_profile(view, index))
        emit(cls, "has", "profile");
    for (int kind = THING_PROFILE; kind < THING_COUNT; kind++)
        if (count_things(view, (enum thing_kind)kind, index) > 0)
            emit(cls, "has", kind_table[kind].plural);
    if (derived->answer_count > 0)
        emit(cls, "has", "assessments");
    if (derived->score.has_value)
        emit(cls, "has", "score");
    if (indices_any(view, country->id))
        emit(cls, "has", "indices");
}

static void add_word(struct buf *out, const char *text)
{
    if (text == NULL)
        return;
    buf_putc(out, ' ');
    buf_puts(out, text);
}

void country_words(const struct view *view, size_t index, struct buf *out)
{
    const struct thing *country = &view->countries[index];
    buf_puts(out, country->id);
    add_word(out, country_name(country));
    add_word(out, thing_text(country, "official_name"));
    add_word(out, thing_text(country, "alpha3"));
    const struct value *aliases = thing_value(country, "aliases");
    for (size_t i = 0; aliases != NULL && i < aliases->count; i++)
        add_word(out, aliases->items[i].text);
    size_t count;
    const struct country_name *names = facts_names(view->facts, country->id, &count);
    for (size_t i = 0; i < count; i++)
        add_word(out, names[i].name);
}

int country_compare(const struct view *view, const char *sort, size_t a, size_t b)
{
    bool down = sort[0] == '-';
    const char *key = down ? sort + 1 : sort;
    int order = 0;
    if (strcmp(key, "value") == 0)
        order = score_compare_value(view, a, b, down);
    else if (strcmp(key, "coverage") == 0)
        order = down ? score_compare_coverage(view, b, a) : score_compare_coverage(view, a, b);
    else if (strcmp(key, "name") == 0)
        order = name_compare(country_name(&view->countries[a]), country_name(&view->countries[b])) * (down ? -1 : 1);
    else
        order = subject_compare(view, key, a, b) * (down ? -1 : 1);
    return order != 0 ? order : subject_compare(view, key, a, b);
}

static int compare_names(const void *a, const void *b, void *view)
{
    return country_compare(view, "name", *(const size_t *)a, *(const size_t *)b);
}

size_t *countries_by_name(const struct view *view, struct arena *arena)
{
    size_t *order = arena_array(arena, view->country_count + 1, sizeof(*order));
    if (order == NULL)
        return NULL;
    for (size_t i = 0; i < view->country_count; i++)
        order[i] = i;
    qsort_r(order, view->country_count, sizeof(*order), compare_names, (void *)(uintptr_t)view);
    return order;
}
