/* SPDX-License-Identifier: MIT */
/* Criteria as answers: what is asked, what each value means, and how the values lie over all countries. The
 * distribution counts the shown value of every country, the unknown ones included. */
#include <string.h>

#include "internal.h"

/* The order in which values are listed. */
static const enum answer_value value_order[] = {ANSWER_YES,  ANSWER_PARTIAL, ANSWER_NO, ANSWER_NOT_APPLICABLE,
                                                ANSWER_YEAR, ANSWER_UNKNOWN};

static void count_values(const struct view *view, size_t criterion, size_t ret[ANSWER_VALUE_COUNT])
{
    memset(ret, 0, ANSWER_VALUE_COUNT * sizeof(*ret));
    for (size_t i = 0; i < view->country_count; i++)
        ret[view->by_country[i].verdicts[criterion].value]++;
}

/* Criteria that ask for a year count `year`, all others their four values; `unknown` is always there. */
static bool is_counted(const struct criterion *criterion, enum answer_value value)
{
    return value == ANSWER_UNKNOWN || (value == ANSWER_YEAR) == criterion->allowed[ANSWER_YEAR];
}

static struct node *distribution_node(const struct view *view, struct arena *arena, size_t index)
{
    size_t counts[ANSWER_VALUE_COUNT];
    count_values(view, index, counts);
    struct node *distribution = node_object(arena);
    for (size_t i = 0; i < COUNT_OF(value_order); i++)
        if (is_counted(&view->facts->criteria[index], value_order[i]))
            node_set(arena, distribution, answer_value_names[value_order[i]],
                     node_integer(arena, (int64_t)counts[value_order[i]]));
    return distribution;
}

static struct node *allowed_node(struct arena *arena, const struct criterion *criterion)
{
    struct node *allowed = node_array(arena);
    for (size_t i = 0; i < COUNT_OF(value_order); i++)
        if (criterion->allowed[value_order[i]])
            node_push(arena, allowed, node_text(arena, answer_value_names[value_order[i]]));
    return allowed;
}

static struct node *meanings_node(struct arena *arena, const struct criterion *criterion)
{
    struct node *meanings = node_object(arena);
    for (size_t i = 0; i < criterion->meaning_count; i++)
        node_set_text(arena, meanings, answer_value_names[criterion->meanings[i].value], criterion->meanings[i].text);
    return meanings;
}

static struct node *scored_by_node(const struct view *view, struct arena *arena, const char *criterion)
{
    struct node *methodologies = node_array(arena);
    for (size_t i = 0; i < view->methodology_count; i++)
        if (methodology_weighs(view->methodologies[i], criterion))
            node_push(arena, methodologies, node_text(arena, view->methodologies[i]->id));
    return methodologies;
}

static const char *criterion_path(struct arena *arena, const char *id)
{
    return arena_printf(arena, "/v1/criteria/%s", id);
}

static struct node *criterion_node(const struct view *view, struct arena *arena, size_t index)
{
    const struct criterion *criterion = &view->facts->criteria[index];
    struct node *object = node_object(arena);
    node_set_text(arena, object, "id", criterion->id);
    node_set_text(arena, object, "theme", criterion->theme);
    node_set_text(arena, object, "label", criterion->label);
    node_set_text(arena, object, "question", criterion->question);
    node_set(arena, object, "allowed", allowed_node(arena, criterion));
    node_set(arena, object, "meanings", meanings_node(arena, criterion));
    node_set_text(arena, object, "note", criterion->note);
    node_set_text(arena, object, "source", criterion->source);
    node_set_text(arena, object, "at", criterion->at);
    node_set(arena, object, "distribution", distribution_node(view, arena, index));
    node_set(arena, object, "scored_by", scored_by_node(view, arena, criterion->id));
    node_set_text(arena, object, "self", criterion_path(arena, criterion->id));
    return object;
}

bool criterion_write(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const char *id = view->facts->criteria[index].id;
    struct node *links = links_node(arena, criterion_path(arena, id), "/v1/criteria");
    node_set_text(arena, links, "assessments", arena_printf(arena, "/v1/assessments?criterion=%s", id));
    return envelope_write(arena, criterion_node(view, arena, index), links, out);
}

const struct list_filter criterion_filters[] = {
    {.name = "theme", .summary = "Themes of the criteria", .kind = FILTER_TERM, .vocabulary = "themes"}, {0}};

const struct column criterion_columns[] = {
    {"id", COLUMN_PLAIN},      {"theme", COLUMN_PLAIN},   {"label", COLUMN_TEXT},
    {"question", COLUMN_TEXT}, {"allowed", COLUMN_PLAIN}, {"yes", COLUMN_PLAIN},
    {"partial", COLUMN_PLAIN}, {"no", COLUMN_PLAIN},      {"not_applicable", COLUMN_PLAIN},
    {"year", COLUMN_PLAIN},    {"unknown", COLUMN_PLAIN}, {"source", COLUMN_PLAIN},
    {"at", COLUMN_TEXT},       {NULL, COLUMN_PLAIN}};

enum { FIRST_COUNT = 5 }; /* column of the first of value_order */

static const char *allowed_text(struct arena *arena, const struct criterion *criterion)
{
    const char *text = NULL;
    for (size_t i = 0; i < COUNT_OF(value_order); i++) {
        const char *name = answer_value_names[value_order[i]];
        if (criterion->allowed[value_order[i]])
            text = text == NULL ? name : arena_printf(arena, "%s;%s", text, name);
    }
    return text;
}

static void add_row(const struct view *view, struct arena *arena, size_t index, struct buf *out)
{
    const struct criterion *criterion = &view->facts->criteria[index];
    size_t counts[ANSWER_VALUE_COUNT];
    count_values(view, index, counts);
    const char *cells[COUNT_OF(criterion_columns) - 1] = {criterion->id, criterion->theme, criterion->label,
                                                          criterion->question, allowed_text(arena, criterion)};
    for (size_t i = 0; i < COUNT_OF(value_order); i++)
        if (is_counted(criterion, value_order[i]))
            cells[FIRST_COUNT + i] = count_text(arena, counts[value_order[i]]);
    cells[FIRST_COUNT + COUNT_OF(value_order)] = criterion->source;
    cells[FIRST_COUNT + COUNT_OF(value_order) + 1] = criterion->at;
    format_csv_row(criterion_columns, cells, out);
}

bool criterion_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    if (media != MEDIA_CSV)
        return fragment_write(arena, criterion_node(view, arena, index), out);
    add_row(view, arena, index, out);
    return arena_ok(arena) && buf_ok(out);
}

void criterion_facets(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    emit(cls, "theme", view->facts->criteria[index].theme);
}
