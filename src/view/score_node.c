/* SPDX-License-Identifier: MIT */
/* A score as an object: the figures that every answer with a score in it shows, in full or short. They come rounded
 * from the score room. This file knows neither countries nor criteria, so that whatever shows a score may use it. */
#include "internal.h"

static struct node *counts_node(struct arena *arena, const struct score_counts *counts)
{
    static const enum answer_value order[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO, ANSWER_UNKNOWN,
                                              ANSWER_NOT_APPLICABLE};
    struct node *object = node_object(arena);
    for (size_t i = 0; i < COUNT_OF(order); i++)
        node_set(arena, object, answer_value_names[order[i]], node_integer(arena, counts->by_value[order[i]]));
    return object;
}

static void set_figures(struct arena *arena, struct node *object, const struct score *score)
{
    if (score->has_value)
        node_set(arena, object, "value", node_decimal(arena, score->value, 1));
    node_set(arena, object, "low", node_decimal(arena, score->low, 1));
    node_set(arena, object, "high", node_decimal(arena, score->high, 1));
    node_set(arena, object, "coverage", node_decimal(arena, score->coverage, 3));
}

void score_set(struct arena *arena, struct node *object, const struct methodology *methodology,
               const struct score *score)
{
    if (methodology != NULL) {
        node_set_text(arena, object, "methodology", methodology->id);
        node_set_text(arena, object, "version", methodology->version);
    }
    set_figures(arena, object, score);
    node_set(arena, object, "counts", counts_node(arena, &score->counts));
    node_set(arena, object, "disputed", node_integer(arena, score->disputed));
    if (score->has_oldest)
        node_set_text(arena, object, "oldest", score->oldest_text);
}

struct node *score_short_node(struct arena *arena, const struct score *score)
{
    struct node *object = node_object(arena);
    set_figures(arena, object, score);
    return object;
}
