/* SPDX-License-Identifier: MIT */
/* Countries × criteria as one table: a row for each country, a column for each criterion, in the cell the value that
 * decides. A cell of which no source speaks is empty, one of which sources leave the value open is unknown. It takes
 * the questions of the long list, whose claims it does not repeat; the judging is cell.c's and the score room's. */
#include "internal.h"

struct wide {
    const struct view *view;
    const struct question *question;
    struct arena *arena;
    struct judge *judges; /* of each criterion; those without a rule are no columns */
};

static bool wide_of(const struct view *view, const struct question *question, struct arena *arena, struct wide *ret)
{
    struct judge *judges = arena == NULL ? NULL : question_judges(view, question, arena);
    *ret = (struct wide){view, question, arena, judges};
    return judges != NULL;
}

/* NULL where no source speaks. */
static const char *wide_value(const struct wide *wide, size_t country, size_t criterion)
{
    struct cell cell = view_cell(wide->view, country, criterion);
    if (cell.count == 0)
        return NULL;
    struct verdict verdict = score_verdict(wide->judges[criterion].rule, cell, NULL);
    return verdict.decides == NULL ? answer_value_names[ANSWER_UNKNOWN] : answer_text(wide->arena, verdict.decides);
}

static struct node *criteria_node(const struct wide *wide)
{
    struct node *criteria = node_array(wide->arena);
    for (size_t i = 0; i < wide->view->facts->criterion_count; i++)
        if (wide->judges[i].rule != NULL)
            node_push(wide->arena, criteria, node_text(wide->arena, wide->view->facts->criteria[i].id));
    return criteria;
}

static struct node *country_node(const struct wide *wide, size_t country)
{
    struct node *answers = node_object(wide->arena);
    for (size_t i = 0; i < wide->view->facts->criterion_count; i++)
        if (wide->judges[i].rule != NULL)
            node_set_text(wide->arena, answers, wide->view->facts->criteria[i].id, wide_value(wide, country, i));
    const struct thing *thing = &wide->view->countries[country];
    struct node *node = node_object(wide->arena);
    node_set_text(wide->arena, node, "country", thing->id);
    node_set_text(wide->arena, node, "name", country_name(thing));
    node_set(wide->arena, node, "answers", answers);
    node_set_text(wide->arena, node, "self", country_path(wide->arena, thing->id, "/assessments"));
    return node;
}

bool wide_write_json(const struct view *view, const struct question *question, const char *self, size_t index,
                     struct buf *out)
{
    (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct wide wide;
    if (!wide_of(view, question, arena, &wide))
        return false;
    struct node *countries = node_array(arena);
    for (size_t i = 0; i < view->country_count; i++)
        if (question_selects(view, question, i))
            node_push(arena, countries, country_node(&wide, i));
    struct node *data = node_object(arena);
    node_set(arena, data, "criteria", criteria_node(&wide));
    node_set(arena, data, "countries", countries);
    struct node *links = links_node(arena, self, "/v1/assessments");
    node_set_text(arena, links, "criteria", "/v1/criteria");
    return question_write(arena, question, data, links, out);
}

/* Two columns for the country, then one for each criterion; NULL without memory. */
static struct column *columns_of(const struct wide *wide, size_t *ret_count)
{
    size_t count = 2;
    struct column *columns = arena_array(wide->arena, wide->view->facts->criterion_count + 3, sizeof(*columns));
    if (columns == NULL)
        return NULL;
    columns[0] = (struct column){"country", COLUMN_PLAIN};
    columns[1] = (struct column){"name", COLUMN_TEXT};
    for (size_t i = 0; i < wide->view->facts->criterion_count; i++)
        if (wide->judges[i].rule != NULL)
            columns[count++] = (struct column){wide->view->facts->criteria[i].id, COLUMN_PLAIN};
    columns[count] = (struct column){NULL, COLUMN_PLAIN};
    *ret_count = count;
    return columns;
}

static void put_country(const struct wide *wide, const struct column *columns, const char **cells, size_t country,
                        struct buf *out)
{
    size_t at = 0;
    cells[at++] = wide->view->countries[country].id;
    cells[at++] = country_name(&wide->view->countries[country]);
    for (size_t i = 0; i < wide->view->facts->criterion_count; i++)
        if (wide->judges[i].rule != NULL)
            cells[at++] = wide_value(wide, country, i);
    format_csv_row(columns, cells, out);
}

bool wide_write_csv(const struct view *view, const struct question *question, const char *self, size_t index,
                    struct buf *out)
{
    (void)self, (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct wide wide;
    size_t count = 0;
    struct column *columns = wide_of(view, question, arena, &wide) ? columns_of(&wide, &count) : NULL;
    const char **cells = columns == NULL ? NULL : arena_array(arena, count, sizeof(*cells));
    if (cells == NULL)
        return false;
    format_csv_header(columns, out);
    for (size_t i = 0; i < view->country_count; i++)
        if (question_selects(view, question, i))
            put_country(&wide, columns, cells, i, out);
    return arena_ok(arena) && buf_ok(out);
}
