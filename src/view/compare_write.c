/* SPDX-License-Identifier: MIT */
/* Countries side by side, for programs. As JSON: the countries, the criteria with a cell for each country, the pairs.
 * As a table: a row for each pair. The pairs stand nowhere else, while the cells are rows of /v1/assessments and the
 * figures of /v1/scores, and a column for each country would make another table of every question. */
#include "internal.h"

static struct node *country_node(const struct view *view, struct arena *arena, const struct question *question,
                                 const struct compared *country)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "country", country->code);
    node_set_text(arena, node, "name", country->name);
    score_set(arena, node, NULL, &country->scored.score);
    rank_set(arena, node, &country->scored);
    node_set_text(arena, node, "self", arena_printf(arena, "/v1/scores/%s", country->code));
    explain_set(view, arena, question, country->scored.country, node);
    return node;
}

static struct node *share_node(struct arena *arena, int32_t part, int32_t unit)
{
    enum { PLACES = 2 };
    return node_decimal(arena, scaled_of(part, unit, PLACES), PLACES);
}

static struct node *cell_node(struct arena *arena, const struct compared *country, size_t place, int32_t unit)
{
    const struct verdict *verdict = &country->verdicts[place];
    struct node *node = node_object(arena);
    node_set_text(arena, node, "country", country->code);
    node_set_text(arena, node, "value", answer_value_names[verdict->value]);
    if (verdict->value == ANSWER_UNKNOWN)
        node_set_text(arena, node, "unknown", verdict->unknown);
    if (verdict->disputed)
        node_set(arena, node, "disputed", node_flag(arena, true));
    node_set(arena, node, "low", share_node(arena, verdict->part.low, unit));
    node_set(arena, node, "high", share_node(arena, verdict->part.high, unit));
    if (verdict_counts(verdict))
        node_set(arena, node, "counted", share_node(arena, verdict->part.counted, unit));
    return node;
}

static struct node *criterion_node(struct arena *arena, const struct comparison *comparison, size_t place)
{
    const struct score_question *rule = &comparison->question->rule;
    const struct criterion *criterion = comparison_criterion(comparison, place);
    struct node *node = node_object(arena);
    struct node *cells = node_array(arena);
    node_set_text(arena, node, "criterion", criterion->id);
    node_set_text(arena, node, "label", criterion->label);
    node_set(arena, node, "weight", node_integer(arena, rule->weights[place]));
    for (size_t i = 0; i < comparison->count; i++)
        node_push(arena, cells, cell_node(arena, &comparison->countries[i], place, rule->unit));
    node_set(arena, node, "cells", cells);
    return node;
}

static struct node *settlings_node(struct arena *arena, const struct comparison *comparison,
                                   const struct couple *couple)
{
    struct node *array = node_array(arena);
    for (size_t i = 0; i < couple->settling_count; i++) {
        const struct settling *settling = &couple->settlings[i];
        struct node *node = node_object(arena);
        node_set_text(arena, node, "country", settling->of->code);
        node_set_text(arena, node, "criterion", comparison_criterion(comparison, settling->place)->id);
        node_set_text(arena, node, "if", answer_value_names[settling->value]);
        node_set_text(arena, node, "then", settling->first->code);
        node_push(arena, array, node);
    }
    return array;
}

static const char *order_name(const struct couple *couple)
{
    return couple->order == 0 ? "open" : couple->order > 0 ? "a" : "b";
}

/* What is said of the lead on the criteria known in both. */
static void set_lead(struct arena *arena, struct node *node, const struct couple *couple)
{
    const struct compared *leader = couple_leader(couple);
    if (leader != NULL)
        node_set_text(arena, node, "leads", leader->code);
    if (couple->robustness.has_epsilon)
        node_set(arena, node, "epsilon", node_decimal(arena, couple->robustness.epsilon, 3));
    if (!couple->narrowed || !couple->common_a.has_value || !couple->common_b.has_value)
        return;
    node_set(arena, node, "common_value_a", node_decimal(arena, couple->common_a.value, 1));
    node_set(arena, node, "common_value_b", node_decimal(arena, couple->common_b.value, 1));
}

static const char *says(struct arena *arena, const struct couple *couple)
{
    return arena_printf(arena, "%s %s", couple_order_words(arena, couple), couple_lead_words(arena, couple));
}

static struct node *couple_node(struct arena *arena, const struct comparison *comparison, const struct couple *couple)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "a", couple->a->code);
    node_set_text(arena, node, "b", couple->b->code);
    node_set_text(arena, node, "order", order_name(couple));
    node_set(arena, node, "common", node_integer(arena, (int64_t)couple->robustness.common));
    set_lead(arena, node, couple);
    node_set_text(arena, node, "says", says(arena, couple));
    node_set(arena, node, "settled_by", settlings_node(arena, comparison, couple));
    node_set_text(arena, node, "says_settled", couple_settled_words(arena, couple));
    return node;
}

static struct node *data_node(const struct view *view, struct arena *arena, const struct comparison *comparison)
{
    struct node *countries = node_array(arena);
    struct node *criteria = node_array(arena);
    struct node *pairs = node_array(arena);
    for (size_t i = 0; i < comparison->count; i++)
        node_push(arena, countries, country_node(view, arena, comparison->question, &comparison->countries[i]));
    for (size_t i = 0; i < comparison->question->rule.methodology->weight_count; i++)
        node_push(arena, criteria, criterion_node(arena, comparison, i));
    for (size_t i = 0; i < comparison->couple_count; i++)
        node_push(arena, pairs, couple_node(arena, comparison, &comparison->couples[i]));
    struct node *data = node_object(arena);
    node_set(arena, data, "countries", countries);
    node_set(arena, data, "criteria", criteria);
    node_set(arena, data, "pairs", pairs);
    return data;
}

bool compare_write_json(const struct view *view, const struct question *question, const char *self, size_t index,
                        struct buf *out)
{
    (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct comparison *comparison = arena == NULL ? NULL : comparison_of(view, question, arena);
    if (comparison == NULL)
        return false;
    struct node *links = links_node(arena, self, NULL);
    node_set_text(arena, links, "scores", "/v1/scores");
    node_set_text(arena, links, "methodology",
                  arena_printf(arena, "/v1/methodologies/%s", question->rule.methodology->id));
    return question_write(arena, question, data_node(view, arena, comparison), links, out);
}

static const struct column compare_columns[] = {{"a", COLUMN_PLAIN},
                                                {"a_name", COLUMN_TEXT},
                                                {"a_value", COLUMN_PLAIN},
                                                {"a_low", COLUMN_PLAIN},
                                                {"a_high", COLUMN_PLAIN},
                                                {"b", COLUMN_PLAIN},
                                                {"b_name", COLUMN_TEXT},
                                                {"b_value", COLUMN_PLAIN},
                                                {"b_low", COLUMN_PLAIN},
                                                {"b_high", COLUMN_PLAIN},
                                                {"order", COLUMN_PLAIN},
                                                {"common", COLUMN_PLAIN},
                                                {"leads", COLUMN_PLAIN},
                                                {"epsilon", COLUMN_PLAIN},
                                                {"common_value_a", COLUMN_PLAIN},
                                                {"common_value_b", COLUMN_PLAIN},
                                                {"unknown", COLUMN_PLAIN},
                                                {"settled_by", COLUMN_PLAIN},
                                                {"says", COLUMN_TEXT},
                                                {"says_settled", COLUMN_TEXT},
                                                {0}};

/* "NL:annual-audit=no>BE": whose unknown, which, answered how, and who is then above; parted by spaces. */
static const char *settlings_text(struct arena *arena, const struct comparison *comparison, const struct couple *couple)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    for (size_t i = 0; i < couple->settling_count; i++) {
        const struct settling *settling = &couple->settlings[i];
        buf_printf(&text, "%s%s:%s=%s>%s", i == 0 ? "" : " ", settling->of->code,
                   comparison_criterion(comparison, settling->place)->id, answer_value_names[settling->value],
                   settling->first->code);
    }
    return text.len == 0 ? NULL : arena_text(arena, text.data);
}

static const char *value_text(struct arena *arena, bool has_value, const struct score *score)
{
    return has_value && score->has_value ? decimal_text(arena, score->value, 1) : NULL;
}

static void put_couple(struct arena *arena, const struct comparison *comparison, const struct couple *couple,
                       struct buf *out)
{
    const struct score *a = &couple->a->scored.score;
    const struct score *b = &couple->b->scored.score;
    const struct compared *leader = couple_leader(couple);
    bool both = couple->narrowed && couple->common_a.has_value && couple->common_b.has_value;
    const char *cells[] = {couple->a->code,
                           couple->a->name,
                           value_text(arena, true, a),
                           decimal_text(arena, a->low, 1),
                           decimal_text(arena, a->high, 1),
                           couple->b->code,
                           couple->b->name,
                           value_text(arena, true, b),
                           decimal_text(arena, b->low, 1),
                           decimal_text(arena, b->high, 1),
                           order_name(couple),
                           count_text(arena, couple->robustness.common),
                           leader == NULL ? NULL : leader->code,
                           couple->robustness.has_epsilon ? decimal_text(arena, couple->robustness.epsilon, 3) : NULL,
                           value_text(arena, both, &couple->common_a),
                           value_text(arena, both, &couple->common_b),
                           count_text(arena, couple->a->open + couple->b->open),
                           settlings_text(arena, comparison, couple),
                           says(arena, couple),
                           couple_settled_words(arena, couple)};
    if (arena_ok(arena))
        format_csv_row(compare_columns, cells, out);
}

bool compare_write_csv(const struct view *view, const struct question *question, const char *self, size_t index,
                       struct buf *out)
{
    (void)self, (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct comparison *comparison = arena == NULL ? NULL : comparison_of(view, question, arena);
    if (comparison == NULL)
        return false;
    format_csv_header(compare_columns, out);
    for (size_t i = 0; i < comparison->couple_count; i++)
        put_couple(arena, comparison, &comparison->couples[i], out);
    return arena_ok(arena) && buf_ok(out);
}
