/* SPDX-License-Identifier: MIT */
/* One country's score as the answer to a question, as data: the figures, the rank, what each criterion adds to them
 * and, where it is asked for, what would move them; the same as a table of the criteria. */
#include "internal.h"

/* The cell of one criterion, its weight, and its points (weight × counted value) or what it may become. */
static struct node *part_node(const struct view *view, struct arena *arena, const struct question *question,
                              size_t country, const struct explain *explain, size_t place)
{
    const struct score_question *rule = &question->rule;
    const struct verdict *verdict = &explain->verdicts[place];
    struct pair pair =
        pair_of(view, arena, (struct judge){rule, place}, country, weighed_criterion(view, question, place));
    struct node *part = node_object(arena);
    pair_set(arena, part, &pair);
    pair_set_claims(arena, part, &pair);
    if (verdict->value == ANSWER_UNKNOWN)
        node_set(arena, part, "if_known", explain_outcomes_node(view, arena, question, explain, place));
    pair_set_points(arena, part, &pair);
    return part;
}

static struct node *part_nodes(const struct view *view, struct arena *arena, const struct question *question,
                               size_t country, const struct explain *explain)
{
    struct node *parts = node_array(arena);
    for (size_t i = 0; i < question->rule.methodology->weight_count; i++)
        node_push(arena, parts, part_node(view, arena, question, country, explain, i));
    return parts;
}

static struct node *links_of(struct arena *arena, const struct question *question, const char *self, const char *code)
{
    struct node *links = links_node(arena, self, "/v1/scores");
    node_set_text(arena, links, "country", country_path(arena, code, ""));
    node_set_text(arena, links, "legal_conditions", country_path(arena, code, "/legal-conditions"));
    node_set_text(arena, links, "history", arena_printf(arena, "/v1/scores/%s/history", code));
    node_set_text(arena, links, "methodology",
                  arena_printf(arena, "/v1/methodologies/%s", question->rule.methodology->id));
    return links;
}

bool score_write_json(const struct view *view, const struct question *question, const char *self, size_t index,
                      struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct scored scored;
    if (arena == NULL || !question_scored(view, question, index, arena, &scored))
        return false;
    const struct explain *explain = explain_of(view, question, index, arena);
    if (explain == NULL)
        return false;
    const char *code = view->countries[index].id;
    struct node *data = node_object(arena);
    node_set_text(arena, data, "country", code);
    node_set_text(arena, data, "name", view->by_country[index].name);
    score_set(arena, data, question->rule.methodology, &scored.score);
    rank_set(arena, data, &scored);
    node_set_text(arena, data, "measures", score_measures(question->rule.methodology));
    node_set(arena, data, "criteria", part_nodes(view, arena, question, index, explain));
    if (question->explain)
        node_set(arena, data, "explain", explain_node(view, arena, question, explain));
    return question_write(arena, question, data, links_of(arena, question, self, code), out);
}

/* --- as a table --- */

static const struct column part_columns[] = {
    {"country", COLUMN_PLAIN}, {"criterion", COLUMN_PLAIN}, {"label", COLUMN_TEXT},          {"weight", COLUMN_PLAIN},
    {"value", COLUMN_PLAIN},   {"unknown", COLUMN_PLAIN},   {"points", COLUMN_PLAIN},        {"low", COLUMN_PLAIN},
    {"high", COLUMN_PLAIN},    {"disputed", COLUMN_PLAIN},  {"decided_by", COLUMN_PLAIN},    {"source", COLUMN_PLAIN},
    {"at", COLUMN_TEXT},       {"observed", COLUMN_PLAIN},  {"oldest", COLUMN_PLAIN},        {"basis", COLUMN_PLAIN},
    {"sure", COLUMN_PLAIN},    {"narrows", COLUMN_PLAIN},   {"without_value", COLUMN_PLAIN}, {NULL, COLUMN_PLAIN}};

static const char *part_text(struct arena *arena, int64_t num, int32_t unit)
{
    return decimal_text(arena, (int32_t)scaled_of(num, unit, 2), 2);
}

static void put_row(struct arena *arena, const struct pair *pair, const struct explain *explain, struct buf *out)
{
    const struct verdict *verdict = &pair->verdict;
    const struct score_question *rule = pair->judge.rule;
    size_t place = pair->judge.place;
    const struct answer *ground = pair_ground(pair);
    const struct score *without = &explain->without[place];
    int32_t weight = rule->weights[place];
    const char *cells[] = {
        pair->country->id,
        pair->criterion->id,
        pair->criterion->label,
        decimal_text(arena, weight, 0),
        answer_value_names[verdict->value],
        verdict->unknown,
        verdict_counts(verdict) ? part_text(arena, (int64_t)weight * verdict->part.counted, rule->unit) : NULL,
        part_text(arena, verdict->part.low, rule->unit),
        part_text(arena, verdict->part.high, rule->unit),
        verdict->disputed ? "true" : "false",
        verdict->decides == NULL ? NULL : step_names[verdict->step],
        ground == NULL ? NULL : ground->evidence.source,
        ground == NULL ? NULL : ground->evidence.at,
        ground == NULL ? NULL : ground->evidence.observed,
        verdict->oldest == NULL ? NULL : verdict->oldest->evidence.observed,
        ground == NULL ? NULL : basis_names[ground->basis],
        ground == NULL ? NULL : sureness_names[ground->sure],
        verdict->value == ANSWER_UNKNOWN ? decimal_text(arena, explain->narrows[place], 1) : NULL,
        without->has_value ? decimal_text(arena, without->value, 1) : NULL};
    format_csv_row(part_columns, cells, out);
}

bool score_write_csv(const struct view *view, const struct question *question, const char *self, size_t index,
                     struct buf *out)
{
    (void)self;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct explain *explain = arena == NULL ? NULL : explain_of(view, question, index, arena);
    if (explain == NULL)
        return false;
    format_csv_header(part_columns, out);
    for (size_t i = 0; i < question->rule.methodology->weight_count; i++) {
        struct pair pair =
            pair_of(view, arena, (struct judge){&question->rule, i}, index, weighed_criterion(view, question, i));
        put_row(arena, &pair, explain, out);
    }
    return arena_ok(arena) && buf_ok(out);
}
