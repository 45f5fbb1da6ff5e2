/* SPDX-License-Identifier: MIT */
/* A score in every shape: the figures that each answer with a score in it shows, as an object, straight into a body,
 * drawn and in words. They come rounded from the score room. This file knows neither countries nor criteria, so that
 * whatever shows a score may use it. score_set and score_put say the same, field by field. */
#include <string.h>

#include "internal.h"

const char *score_measures(const struct methodology *methodology)
{
    return strcmp(methodology->theme, "legal-conditions") == 0
               ? "Whether the rules exist on paper, not how good they are or how well they work."
               : "What sources say of these criteria, not how well anything works.";
}

static const enum answer_value order[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO, ANSWER_UNKNOWN, ANSWER_NOT_APPLICABLE};

static struct node *counts_node(struct arena *arena, const struct score_counts *counts)
{
    struct node *object = node_object(arena);
    for (size_t i = 0; i < COUNT_OF(order); i++)
        node_set(arena, object, answer_value_names[order[i]], node_integer(arena, counts->by_value[order[i]]));
    return object;
}

void score_set_short(struct arena *arena, struct node *object, const struct score *score)
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
    score_set_short(arena, object, score);
    node_set(arena, object, "counts", counts_node(arena, &score->counts));
    node_set(arena, object, "disputed", node_integer(arena, score->disputed));
    if (score->has_oldest)
        node_set_text(arena, object, "oldest", score->oldest_text);
}

struct node *score_short_node(struct arena *arena, const struct score *score)
{
    struct node *object = node_object(arena);
    score_set_short(arena, object, score);
    return object;
}

static void put_counts(const struct score_counts *counts, struct buf *out)
{
    buf_puts(out, ",\"counts\":{\"");
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        buf_puts(out, i == 0 ? "" : ",\"");
        buf_puts(out, answer_value_names[order[i]]);
        buf_puts(out, "\":");
        number_put(counts->by_value[order[i]], 0, out);
    }
    buf_putc(out, '}');
}

void score_put(const struct score *score, struct buf *out)
{
    if (score->has_value) {
        buf_puts(out, "\"value\":");
        number_put(score->value, 1, out);
        buf_putc(out, ',');
    }
    buf_puts(out, "\"low\":");
    number_put(score->low, 1, out);
    buf_puts(out, ",\"high\":");
    number_put(score->high, 1, out);
    buf_puts(out, ",\"coverage\":");
    number_put(score->coverage, 3, out);
    put_counts(&score->counts, out);
    buf_puts(out, ",\"disputed\":");
    number_put(score->disputed, 0, out);
    if (score->has_oldest) {
        buf_puts(out, ",\"oldest\":");
        format_json_text(score->oldest_text, out);
    }
}

void score_draw(const struct score *score, size_t width, struct buf *out)
{
    struct interval interval = {score->low, score->high, 1000, score->value, score->has_value};
    format_interval(&interval, width, out);
}

void score_put_words(const struct score *score, struct buf *out)
{
    enum { RANGE = 13, DASH = 2 }; /* columns of the widest range; bytes of a dash beyond its column */
    if (score->has_value)
        buf_printf(out, "%3d.%d (", score->value / 10, score->value % 10);
    else
        buf_puts(out, "    – (");
    size_t start = out->len;
    number_put(score->low, 1, out);
    buf_puts(out, "–");
    number_put(score->high, 1, out);
    buf_putc(out, ')');
    for (size_t i = out->len - start; i < RANGE - 1 + DASH; i++)
        buf_putc(out, ' ');
    buf_printf(out, " %3d %%", (score->coverage + 5) / 10);
}
