/* SPDX-License-Identifier: MIT */
/* Figures that others publish, as answers: the list of indices, one index with every figure, and what the indices say
 * of one country. A figure is written as the digits it came in. They stand beside our score and never reach it. */
#include <string.h>

#include "internal.h"

static const char *index_path(struct arena *arena, const struct index *index)
{
    return arena_printf(arena, "/v1/indices/%s", index->id);
}

/* The schema of seeds allows only what is a number in JSON, too. */
static struct node *number_node(struct arena *arena, const char *digits)
{
    return digits == NULL ? NULL : node_json(arena, digits);
}

static struct node *scale_node(struct arena *arena, const struct index *index)
{
    struct node *scale = node_object(arena);
    node_set(arena, scale, "lowest", number_node(arena, index->lowest));
    node_set(arena, scale, "highest", number_node(arena, index->highest));
    node_set_text(arena, scale, "better", index->better);
    return scale;
}

static void set_scale(struct arena *arena, struct node *object, const struct index *index)
{
    node_set_text(arena, object, "form", index_form_names[index->form]);
    node_set_text(arena, object, "unit", index->unit);
    struct node *scale = scale_node(arena, index);
    if (!node_empty(scale))
        node_set(arena, object, "scale", scale);
}

static struct node *parts_node(struct arena *arena, const struct index_part *parts, size_t count)
{
    struct node *array = node_array(arena);
    for (size_t i = 0; i < count; i++) {
        struct node *part = node_object(arena);
        node_set_text(arena, part, "id", parts[i].id);
        node_set_text(arena, part, "title", parts[i].title);
        node_set_text(arena, part, "note", parts[i].note);
        node_push(arena, array, part);
    }
    return array;
}

static struct node *summary_node(struct arena *arena, const struct index *index)
{
    struct node *object = node_object(arena);
    node_set_text(arena, object, "id", index->id);
    node_set_text(arena, object, "title", index->title);
    node_set_text(arena, object, "publisher", index->publisher);
    node_set_text(arena, object, "text", index->text);
    node_set_text(arena, object, "terms", index->terms);
    node_set_text(arena, object, "source", index->source);
    set_scale(arena, object, index);
    node_set(arena, object, "editions", parts_node(arena, index->editions, index->edition_count));
    if (index->pillar_count > 0)
        node_set(arena, object, "pillars", parts_node(arena, index->pillars, index->pillar_count));
    return object;
}

/* What a value says beside its country: a number in `value`, or a date in `date`. */
static void set_value(struct arena *arena, struct node *object, const struct index *index,
                      const struct index_value *value)
{
    node_set_text(arena, object, "edition", value->edition);
    node_set_text(arena, object, "pillar", value->pillar);
    if (index->form == INDEX_NUMBER)
        node_set(arena, object, "value", number_node(arena, value->value));
    else
        node_set_text(arena, object, "date", value->value);
    node_set_text(arena, object, "source", value->evidence.source);
    node_set_text(arena, object, "at", value->evidence.at);
    node_set_text(arena, object, "observed", value->evidence.observed);
    node_set_text(arena, object, "note", value->evidence.note);
}

static const char *name_of(const struct view *view, const char *code)
{
    return country_name(&view->countries[view_country_index(view, code)]);
}

static struct node *values_node(const struct view *view, struct arena *arena, const struct index *index)
{
    struct node *values = node_array(arena);
    for (size_t i = 0; i < index->value_count; i++) {
        struct node *value = node_object(arena);
        node_set_text(arena, value, "country", index->values[i].country);
        node_set_text(arena, value, "name", name_of(view, index->values[i].country));
        set_value(arena, value, index, &index->values[i]);
        node_push(arena, values, value);
    }
    return values;
}

bool indices_write_json(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct index *shown = &view->facts->indices[index];
    struct node *data = summary_node(arena, shown);
    node_set(arena, data, "values", values_node(view, arena, shown));
    return envelope_write(arena, data, links_node(arena, index_path(arena, shown), "/v1/indices"), out);
}

static const struct column value_columns[] = {
    {"country", COLUMN_PLAIN}, {"name", COLUMN_TEXT}, {"edition", COLUMN_PLAIN}, {"pillar", COLUMN_PLAIN},
    {"value", COLUMN_PLAIN},   {"unit", COLUMN_TEXT}, {"source", COLUMN_PLAIN},  {NULL, COLUMN_PLAIN}};

bool indices_write_csv(const struct view *view, size_t index, struct buf *out)
{
    const struct index *shown = &view->facts->indices[index];
    format_csv_header(value_columns, out);
    for (size_t i = 0; i < shown->value_count; i++) {
        const struct index_value *value = &shown->values[i];
        const char *cells[] = {
            value->country, name_of(view, value->country), value->edition, value->pillar, value->value,
            shown->unit,    value->evidence.source};
        format_csv_row(value_columns, cells, out);
    }
    return buf_ok(out);
}

const struct column indices_columns[] = {
    {"id", COLUMN_PLAIN},       {"title", COLUMN_TEXT},      {"publisher", COLUMN_TEXT}, {"form", COLUMN_PLAIN},
    {"unit", COLUMN_TEXT},      {"lowest", COLUMN_PLAIN},    {"highest", COLUMN_PLAIN},  {"better", COLUMN_PLAIN},
    {"editions", COLUMN_PLAIN}, {"countries", COLUMN_PLAIN}, {"values", COLUMN_PLAIN},   {"source", COLUMN_PLAIN},
    {"terms", COLUMN_TEXT},     {NULL, COLUMN_PLAIN}};

/* Values stand by country. */
static size_t count_countries(const struct index *index)
{
    size_t count = 0;
    for (size_t i = 0; i < index->value_count; i++)
        count += i == 0 || strcmp(index->values[i].country, index->values[i - 1].country) != 0 ? 1U : 0U;
    return count;
}

/* Their ids, newest first where the seed has them so. */
static const char *editions_text(struct arena *arena, const struct index *index)
{
    const char *text = NULL;
    for (size_t i = 0; i < index->edition_count; i++)
        text = text == NULL ? index->editions[i].id : arena_printf(arena, "%s;%s", text, index->editions[i].id);
    return text;
}

bool indices_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct index *shown = &view->facts->indices[index];
    if (media == MEDIA_CSV) {
        const char *cells[] = {shown->id,
                               shown->title,
                               shown->publisher,
                               index_form_names[shown->form],
                               shown->unit,
                               shown->lowest,
                               shown->highest,
                               shown->better,
                               editions_text(arena, shown),
                               count_text(arena, count_countries(shown)),
                               count_text(arena, shown->value_count),
                               shown->source,
                               shown->terms};
        format_csv_row(indices_columns, cells, out);
        return arena_ok(arena) && buf_ok(out);
    }
    struct node *item = summary_node(arena, shown);
    node_set(arena, item, "countries", node_integer(arena, (int64_t)count_countries(shown)));
    node_set(arena, item, "values", node_integer(arena, (int64_t)shown->value_count));
    node_set_text(arena, item, "self", index_path(arena, shown));
    return fragment_write(arena, item, out);
}

bool indices_any(const struct view *view, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < view->facts->index_count && count == 0; i++)
        (void)facts_index_values(&view->facts->indices[i], code, &count);
    return count > 0;
}

struct node *indices_of_country(const struct view *view, struct arena *arena, const char *code)
{
    struct node *array = node_array(arena);
    for (size_t i = 0; i < view->facts->index_count; i++) {
        const struct index *index = &view->facts->indices[i];
        size_t count;
        const struct index_value *values = facts_index_values(index, code, &count);
        if (count == 0)
            continue;
        struct node *object = node_object(arena);
        node_set_text(arena, object, "index", index->id);
        node_set_text(arena, object, "title", index->title);
        node_set_text(arena, object, "publisher", index->publisher);
        set_scale(arena, object, index);
        struct node *said = node_array(arena);
        for (size_t k = 0; k < count; k++) {
            struct node *value = node_object(arena);
            set_value(arena, value, index, &values[k]);
            node_push(arena, said, value);
        }
        node_set(arena, object, "values", said);
        node_set_text(arena, object, "self", index_path(arena, index));
        node_push(arena, array, object);
    }
    return array;
}

const char *indices_scale(struct arena *arena, const struct index *index)
{
    const char *text = index->unit;
    if (index->lowest != NULL && index->highest != NULL)
        text = arena_printf(arena, "%s, %s to %s", text, index->lowest, index->highest);
    return index->better == NULL ? text : arena_printf(arena, "%s, %s is better", text, index->better);
}
