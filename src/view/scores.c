/* SPDX-License-Identifier: MIT */
/* Scores as answers: the list of all countries, and one country's score with what it rests on. Nothing is computed here
 * but what would be if an unknown were known. */
#include <string.h>

#include "internal.h"

static int compare_number(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

int score_compare_value(const struct view *view, size_t a, size_t b, bool down)
{
    const struct score *one = &view->by_country[a].score;
    const struct score *other = &view->by_country[b].score;
    int order = 0;
    if (one->has_value != other->has_value)
        order = one->has_value ? -1 : 1;
    else if (one->has_value)
        order = compare_number(down ? other->value : one->value, down ? one->value : other->value);
    return order == 0 ? subject_compare(view, NULL, a, b) : order;
}

int score_compare_coverage(const struct view *view, size_t a, size_t b)
{
    int order = compare_number(view->by_country[a].score.coverage, view->by_country[b].score.coverage);
    return order == 0 ? subject_compare(view, NULL, a, b) : order;
}

/* What the interval becomes when criterion number `index` turns out to be `value`. */
static struct node *resolved_node(const struct view *view, struct arena *arena, const struct verdict *verdicts,
                                  size_t index, enum answer_value value)
{
    const struct methodology *methodology = view->methodology;
    struct verdict changed[SCORE_CRITERIA_MAX];
    memcpy(changed, verdicts, methodology->weight_count * sizeof(*changed));
    const struct value_map *map = &methodology->values[value];
    changed[index] = (struct verdict){.value = value, .low = map->low, .high = map->high, .counted = map->counted};
    struct score score = score_total(methodology, changed);
    return score_short_node(arena, &score);
}

static struct node *outcomes_node(const struct view *view, struct arena *arena, const struct verdict *verdicts,
                                  size_t index)
{
    static const enum answer_value values[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO};
    struct node *outcomes = node_object(arena);
    for (size_t i = 0; i < COUNT_OF(values); i++)
        node_set(arena, outcomes, answer_value_names[values[i]],
                 resolved_node(view, arena, verdicts, index, values[i]));
    return outcomes;
}

/* The cell of one scored criterion, its weight, and its points (weight × counted value) or what it may become. */
static struct node *part_node(const struct view *view, struct arena *arena, size_t country,
                              const struct verdict *verdicts, size_t index)
{
    const struct weight *weight = &view->methodology->weights[index];
    size_t criterion = (size_t)(facts_criterion(view->facts, weight->criterion) - view->facts->criteria);
    struct node *part = assessment_cell(view, arena, country, criterion, true);
    node_set(arena, part, "weight", node_integer(arena, weight->weight));
    struct fraction counted = verdicts[index].counted;
    if (verdicts[index].value == ANSWER_UNKNOWN)
        node_set(arena, part, "if_known", outcomes_node(view, arena, verdicts, index));
    else if (verdicts[index].value != ANSWER_NOT_APPLICABLE)
        node_set(arena, part, "points",
                 fraction_node(arena, (struct fraction){counted.num * weight->weight, counted.den}, 2));
    return part;
}

static struct node *part_nodes(const struct view *view, struct arena *arena, size_t country)
{
    struct verdict verdicts[SCORE_CRITERIA_MAX];
    (void)score_country(view->facts, &view->question, view->countries[country].id, verdicts);
    struct node *parts = node_array(arena);
    for (size_t i = 0; i < view->methodology->weight_count; i++)
        node_push(arena, parts, part_node(view, arena, country, verdicts, i));
    return parts;
}

static struct node *score_links(const struct view *view, struct arena *arena, const char *code)
{
    struct node *links = links_node(arena, arena_printf(arena, "/v1/scores/%s", code), "/v1/scores");
    node_set_text(arena, links, "country", country_path(arena, code, ""));
    node_set_text(arena, links, "legal_conditions", country_path(arena, code, "/legal-conditions"));
    node_set_text(arena, links, "methodology", arena_printf(arena, "/v1/methodologies/%s", view->methodology->id));
    return links;
}

bool score_write(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct thing *country = &view->countries[index];
    struct node *data = node_object(arena);
    node_set_text(arena, data, "country", country->id);
    node_set_text(arena, data, "name", country_name(country));
    score_set(arena, data, view->methodology, &view->by_country[index].score);
    node_set_text(arena, data, "measures",
                  "Whether the rules exist on paper, not how good they are or how well they work.");
    node_set(arena, data, "criteria", part_nodes(view, arena, index));
    return envelope_write(arena, data, score_links(view, arena, country->id), out);
}

const struct list_filter score_filters[] = {
    {.name = "country", .summary = "Countries, by code or alias", .kind = FILTER_COUNTRY},
    {.name = "group",
     .summary = "Groups a country belongs to on the dataset's date",
     .kind = FILTER_TERM,
     .vocabulary = "groups"},
    {0}};

const char *const score_sorts[] = {"country", "-country", "value", "-value", "coverage", "-coverage", NULL};

const struct column score_columns[] = {{"country", COLUMN_PLAIN},
                                       {"name", COLUMN_TEXT},
                                       {"value", COLUMN_PLAIN},
                                       {"low", COLUMN_PLAIN},
                                       {"high", COLUMN_PLAIN},
                                       {"coverage", COLUMN_PLAIN},
                                       {"yes", COLUMN_PLAIN},
                                       {"partial", COLUMN_PLAIN},
                                       {"no", COLUMN_PLAIN},
                                       {"unknown", COLUMN_PLAIN},
                                       {"not_applicable", COLUMN_PLAIN},
                                       {"disputed", COLUMN_PLAIN},
                                       {"oldest", COLUMN_PLAIN},
                                       {NULL, COLUMN_PLAIN}};

static const char *number_text(struct arena *arena, int32_t number)
{
    return arena_printf(arena, "%d", number);
}

static void add_row(struct arena *arena, const struct thing *country, const struct score *score, struct buf *out)
{
    const int32_t *by_value = score->counts.by_value;
    const char *cells[] = {country->id,
                           country_name(country),
                           score->has_value ? decimal_text(arena, score->value, 1) : NULL,
                           decimal_text(arena, score->low, 1),
                           decimal_text(arena, score->high, 1),
                           decimal_text(arena, score->coverage, 3),
                           number_text(arena, by_value[ANSWER_YES]),
                           number_text(arena, by_value[ANSWER_PARTIAL]),
                           number_text(arena, by_value[ANSWER_NO]),
                           number_text(arena, by_value[ANSWER_UNKNOWN]),
                           number_text(arena, by_value[ANSWER_NOT_APPLICABLE]),
                           number_text(arena, score->disputed),
                           score->has_oldest ? score->oldest_text : NULL};
    format_csv_row(score_columns, cells, out);
}

bool score_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct thing *country = &view->countries[index];
    const struct score *score = &view->by_country[index].score;
    if (media == MEDIA_CSV) {
        add_row(arena, country, score, out);
        return arena_ok(arena) && buf_ok(out);
    }
    struct node *item = node_object(arena);
    node_set_text(arena, item, "country", country->id);
    node_set_text(arena, item, "name", country_name(country));
    score_set(arena, item, NULL, score);
    node_set_text(arena, item, "self", arena_printf(arena, "/v1/scores/%s", country->id));
    return fragment_write(arena, item, out);
}

void score_facets(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    const struct country_view *country = &view->by_country[index];
    emit(cls, "country", view->countries[index].id);
    for (size_t i = 0; i < country->group_count; i++)
        emit(cls, "group", country->groups[i]);
}
