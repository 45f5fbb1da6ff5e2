/* SPDX-License-Identifier: MIT */
/* Countries × criteria as answers: all that is known of one country, and the list of all of them, which takes a
 * question. Each criterion is judged by the methodology that weighs it. */
#include <string.h>

#include "internal.h"

bool criterion_is_of(const struct criterion *criterion, const char *theme)
{
    return theme == NULL || strcmp(criterion->theme, theme) == 0;
}

static struct node *cell_node(const struct view *view, struct arena *arena, size_t country, size_t criterion,
                              bool claims)
{
    struct pair pair = pair_of(view, arena, view->judges[criterion], country, criterion);
    struct node *cell = node_object(arena);
    pair_set(arena, cell, &pair);
    if (claims)
        pair_set_claims(arena, cell, &pair);
    return cell;
}

struct node *assessment_cells(const struct view *view, struct arena *arena, size_t country, const char *theme,
                              bool claims)
{
    struct node *cells = node_array(arena);
    for (size_t i = 0; i < view->facts->criterion_count; i++)
        if (criterion_is_of(&view->facts->criteria[i], theme))
            node_push(arena, cells, cell_node(view, arena, country, i, claims));
    return cells;
}

bool assessment_any(const struct view *view, size_t country, const char *theme)
{
    for (size_t i = 0; i < view->facts->criterion_count; i++)
        if (view_cell(view, country, i).count > 0 && criterion_is_of(&view->facts->criteria[i], theme))
            return true;
    return false;
}

bool assessment_write_country_json(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct thing *country = &view->countries[index];
    struct node *data = node_object(arena);
    node_set_text(arena, data, "country", country->id);
    node_set_text(arena, data, "name", country_name(country));
    node_set(arena, data, "answers", assessment_cells(view, arena, index, NULL, true));
    struct node *links = assessment_links(arena, country->id, country_path(arena, country->id, "/assessments"));
    return envelope_write(arena, data, links, out);
}

struct node *assessment_links(struct arena *arena, const char *code, const char *self)
{
    struct node *links = node_object(arena);
    node_set_text(arena, links, "self", self);
    node_set_text(arena, links, "country", country_path(arena, code, ""));
    node_set_text(arena, links, "score", arena_printf(arena, "/v1/scores/%s", code));
    node_set_text(arena, links, "criteria", "/v1/criteria");
    return links;
}

bool assessment_write_country_csv(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    format_csv_header(assessment_columns, out);
    for (size_t i = 0; i < view->facts->criterion_count; i++) {
        struct pair pair = pair_of(view, arena, view->judges[i], index, i);
        pair_put_rows(arena, &pair, true, out);
    }
    return arena_ok(arena) && buf_ok(out);
}

/* --- the list of all --- */

static const char *const assessment_values[] = {"yes", "partial", "no", "not_applicable", "year", "unknown", NULL};

const struct list_filter assessment_filters[] = {
    {.name = "criterion", .summary = "Criteria, by id", .kind = FILTER_ID, .subject = SUBJECT_CRITERION},
    {.name = "theme", .summary = "Themes of the criteria", .kind = FILTER_TERM, .vocabulary = "themes"},
    {.name = "value",
     .summary = "The value shown; `year` is any year",
     .kind = FILTER_WORD,
     .words = assessment_values},
    {0}};

/* Whether any value of the filter `name` is `value`; also where that filter is not asked. */
static bool chooses(const struct question *question, const char *name, const char *value)
{
    for (size_t i = 0; i < question->choice_count; i++) {
        const struct choice *choice = &question->choices[i];
        if (strcmp(choice->name, name) != 0)
            continue;
        bool found = false;
        for (size_t k = 0; k < choice->count && !found; k++)
            found = strcmp(choice->values[k], value) == 0;
        return found;
    }
    return true;
}

/* What is asked of each criterion, and of each country: one look for all the pairs that share it. */
struct sieve {
    struct judge *judges; /* none where the criterion is not asked for */
    bool *countries;
    bool values[ANSWER_VALUE_COUNT];
};

static struct sieve *sieve_of(const struct view *view, const struct question *question, struct arena *arena)
{
    struct sieve *sieve = arena_alloc(arena, sizeof(*sieve));
    bool *countries = arena_array(arena, view->country_count + 1, sizeof(*countries));
    struct judge *judges = question_judges(view, question, arena);
    if (sieve == NULL || countries == NULL || judges == NULL)
        return NULL;
    for (size_t i = 0; i < view->facts->criterion_count; i++) {
        const struct criterion *criterion = &view->facts->criteria[i];
        if (!chooses(question, "criterion", criterion->id) || !chooses(question, "theme", criterion->theme))
            judges[i].rule = NULL;
    }
    for (size_t i = 0; i < view->country_count; i++)
        countries[i] = question_selects(view, question, i);
    *sieve = (struct sieve){.judges = judges, .countries = countries};
    for (size_t i = 0; i < ANSWER_VALUE_COUNT; i++)
        sieve->values[i] = chooses(question, "value", answer_value_names[i]);
    return sieve;
}

static bool passes(const struct view *view, const struct sieve *sieve, size_t index)
{
    const struct assessment *pair = &view->assessments[index];
    const struct score_question *rule = sieve->judges[pair->criterion].rule;
    if (!sieve->countries[pair->country] || rule == NULL)
        return false;
    return sieve->values[score_verdict(rule, view_cell(view, pair->country, pair->criterion), NULL).value];
}

struct selection *assessment_select(const struct view *view, const struct question *question, const char *sort)
{
    (void)sort; /* there is one order alone */
    struct selection *selection = selection_new(view, question);
    if (selection == NULL)
        return NULL;
    struct sieve *sieve = sieve_of(view, question, selection->arena);
    selection->items = arena_array(selection->arena, view->assessment_count + 1, sizeof(*selection->items));
    if (sieve == NULL || selection->items == NULL) {
        selection_free(selection);
        return NULL;
    }
    selection->own = sieve;
    for (size_t i = 0; i < view->assessment_count; i++)
        if (passes(view, sieve, i))
            selection->items[selection->count++] = (uint32_t)i;
    return selection;
}

static struct node *item_node(struct arena *arena, const struct pair *pair, bool explain)
{
    struct node *item = node_object(arena);
    node_set_text(arena, item, "country", pair->country->id);
    pair_set(arena, item, pair);
    pair_set_claims(arena, item, pair);
    if (explain)
        pair_set_points(arena, item, pair);
    node_set_text(arena, item, "self", country_path(arena, pair->country->id, "/assessments"));
    return item;
}

bool assessment_item(const struct selection *selection, size_t place, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct view *view = selection->view;
    const struct sieve *sieve = selection->own;
    const struct assessment *at = &view->assessments[selection->items[place]];
    struct pair pair = pair_of(view, arena, sieve->judges[at->criterion], at->country, at->criterion);
    if (media != MEDIA_CSV)
        return fragment_write(arena, item_node(arena, &pair, selection->question->explain), out);
    pair_put_rows(arena, &pair, false, out);
    return arena_ok(arena) && buf_ok(out);
}
