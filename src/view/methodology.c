/* SPDX-License-Identifier: MIT */
/* Methodologies as answers: every part that the score room uses, so that a reader can compute each figure again.
 * Fractions stand as they are ("1/4") beside their decimals. */
#include <string.h>

#include "internal.h"

bool methodology_weighs(const struct methodology *methodology, const char *criterion)
{
    for (size_t i = 0; i < methodology->weight_count; i++)
        if (strcmp(methodology->weights[i].criterion, criterion) == 0)
            return true;
    return false;
}

static const char *share_text(struct arena *arena, struct fraction share)
{
    if (share.den == 1)
        return arena_printf(arena, "%d", share.num);
    return arena_printf(arena, "%d/%d", share.num, share.den);
}

static struct node *share_node(struct arena *arena, struct fraction share)
{
    struct node *object = node_object(arena);
    node_set_text(arena, object, "fraction", share_text(arena, share));
    node_set(arena, object, "decimal", fraction_node(arena, share, 3));
    return object;
}

static struct node *map_node(struct arena *arena, const struct value_map *map, bool counts)
{
    struct node *object = node_object(arena);
    node_set(arena, object, "low", share_node(arena, map->low));
    node_set(arena, object, "high", share_node(arena, map->high));
    if (counts)
        node_set(arena, object, "counted", share_node(arena, map->counted));
    return object;
}

static struct node *values_node(struct arena *arena, const struct methodology *methodology)
{
    static const enum answer_value order[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO, ANSWER_UNKNOWN};
    struct node *values = node_object(arena);
    for (size_t i = 0; i < COUNT_OF(order); i++)
        node_set(arena, values, answer_value_names[order[i]],
                 map_node(arena, &methodology->values[order[i]], order[i] != ANSWER_UNKNOWN));
    return values;
}

static struct node *weights_node(struct arena *arena, const struct methodology *methodology)
{
    struct node *weights = node_array(arena);
    for (size_t i = 0; i < methodology->weight_count; i++) {
        struct node *weight = node_object(arena);
        node_set_text(arena, weight, "criterion", methodology->weights[i].criterion);
        node_set(arena, weight, "weight", node_integer(arena, methodology->weights[i].weight));
        node_push(arena, weights, weight);
    }
    return weights;
}

static struct node *bases_node(struct arena *arena, const struct methodology *methodology)
{
    struct node *bases = node_array(arena);
    for (size_t i = 0; i < methodology->basis_count; i++)
        node_push(arena, bases, node_text(arena, basis_names[methodology->bases[i]]));
    return bases;
}

static const char *methodology_path(struct arena *arena, const struct methodology *methodology)
{
    return arena_printf(arena, "/v1/methodologies/%s", methodology->id);
}

static struct node *summary_node(struct arena *arena, const struct methodology *methodology)
{
    struct node *object = node_object(arena);
    node_set_text(arena, object, "id", methodology->id);
    node_set_text(arena, object, "version", methodology->version);
    node_set_text(arena, object, "title", methodology->title);
    node_set_text(arena, object, "theme", methodology->theme);
    return object;
}

static void set_rules(struct arena *arena, struct node *object, const struct methodology *methodology)
{
    node_set_text(arena, object, "text", methodology->text);
    node_set(arena, object, "weights", weights_node(arena, methodology));
    node_set(arena, object, "values", values_node(arena, methodology));
    node_set(arena, object, "window_months", node_integer(arena, methodology->window_months));
    node_set(arena, object, "bases", bases_node(arena, methodology));
    node_set_text(arena, object, "least_sure", sureness_names[methodology->least_sure]);
    node_set(arena, object, "least_coverage", share_node(arena, methodology->least_coverage));
}

static struct node *version_node(struct arena *arena, const struct methodology *methodology)
{
    struct node *object = node_object(arena);
    node_set_text(arena, object, "version", methodology->version);
    node_set_text(arena, object, "title", methodology->title);
    node_set_text(arena, object, "theme", methodology->theme);
    set_rules(arena, object, methodology);
    return object;
}

/* Every version of it in full, the newest first: a figure that was read long ago can be computed again. */
static struct node *versions_node(const struct view *view, struct arena *arena, const struct methodology *methodology)
{
    struct node *versions = node_array(arena);
    for (size_t i = view->facts->methodology_count; i-- > 0;)
        if (strcmp(view->facts->methodologies[i].id, methodology->id) == 0)
            node_push(arena, versions, version_node(arena, &view->facts->methodologies[i]));
    return versions;
}

static struct node *methodology_node(const struct view *view, struct arena *arena,
                                     const struct methodology *methodology)
{
    struct node *object = summary_node(arena, methodology);
    set_rules(arena, object, methodology);
    node_set(arena, object, "versions", versions_node(view, arena, methodology));
    return object;
}

bool methodology_write(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct methodology *methodology = view->methodologies[index];
    struct node *links = links_node(arena, methodology_path(arena, methodology), "/v1/methodologies");
    node_set_text(arena, links, "criteria", arena_printf(arena, "/v1/criteria?theme=%s", methodology->theme));
    node_set_text(arena, links, "scores",
                  methodology == view->methodology ? "/v1/scores"
                                                   : arena_printf(arena, "/v1/scores?methodology=%s", methodology->id));
    return envelope_write(arena, methodology_node(view, arena, methodology), links, out);
}

const struct column methodology_columns[] = {{"id", COLUMN_PLAIN},       {"version", COLUMN_PLAIN},
                                             {"title", COLUMN_TEXT},     {"theme", COLUMN_PLAIN},
                                             {"criteria", COLUMN_PLAIN}, {NULL, COLUMN_PLAIN}};

bool methodology_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct methodology *methodology = view->methodologies[index];
    if (media == MEDIA_CSV) {
        const char *cells[] = {methodology->id, methodology->version, methodology->title, methodology->theme,
                               count_text(arena, methodology->weight_count)};
        format_csv_row(methodology_columns, cells, out);
        return arena_ok(arena) && buf_ok(out);
    }
    struct node *item = summary_node(arena, methodology);
    node_set(arena, item, "criteria", node_integer(arena, (int64_t)methodology->weight_count));
    node_set_text(arena, item, "self", methodology_path(arena, methodology));
    return fragment_write(arena, item, out);
}
