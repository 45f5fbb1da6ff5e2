/* SPDX-License-Identifier: MIT */
/* One country and one criterion as an answer: the cell (what is shown, by which step of the rule), its claims (what
 * each source says, and how each stands), and the same as rows of a table. Which claim decides is the score room's
 * word; this file only writes it down. */
#include <string.h>

#include "internal.h"

struct pair pair_of(const struct view *view, struct arena *arena, struct judge judge, size_t country, size_t criterion)
{
    struct pair pair = {.country = &view->countries[country],
                        .criterion = &view->facts->criteria[criterion],
                        .judge = judge,
                        .cell = view_cell(view, country, criterion)};
    pair.standings = arena_array(arena, pair.cell.count, sizeof(*pair.standings));
    pair.verdict = score_verdict(judge.rule, pair.cell, pair.standings);
    return pair;
}

const char *answer_text(struct arena *arena, const struct answer *answer)
{
    if (answer->value == ANSWER_YEAR)
        return arena_printf(arena, "%04u", (unsigned)answer->year);
    return answer_value_names[answer->value];
}

bool standing_is_live(enum standing standing)
{
    return standing == STANDING_DECIDES || standing == STANDING_AGREES || standing == STANDING_DISPUTES;
}

const struct answer *pair_ground(const struct pair *pair)
{
    const struct answer *answers = pair->cell.answers;
    const struct answer *ground = pair->verdict.decides;
    for (size_t i = 0; ground == NULL && i < pair->cell.count; i++)
        if (answers[i].unknown != NULL && answers[i].unknown == pair->verdict.unknown)
            ground = &answers[i];
    return ground;
}

static void set_evidence(struct arena *arena, struct node *object, const struct answer *answer, bool since)
{
    node_set_text(arena, object, "source", answer->evidence.source);
    node_set_text(arena, object, "at", answer->evidence.at);
    node_set_text(arena, object, "observed", answer->evidence.observed);
    if (since)
        node_set_text(arena, object, "since", answer->evidence.since);
    node_set_text(arena, object, "basis", basis_names[answer->basis]);
    node_set_text(arena, object, "sure", sureness_names[answer->sure]);
}

static struct node *answer_node(struct arena *arena, const struct answer *answer, enum standing standing)
{
    struct node *claim = node_object(arena);
    node_set_text(arena, claim, "value", answer_text(arena, answer));
    node_set_text(arena, claim, "unknown", answer->unknown);
    set_evidence(arena, claim, answer, true);
    node_set(arena, claim, "live", node_flag(arena, standing_is_live(standing)));
    node_set_text(arena, claim, "standing", standing_names[standing]);
    node_set_text(arena, claim, "note", answer->evidence.note);
    return claim;
}

void pair_set_claims(struct arena *arena, struct node *object, const struct pair *pair)
{
    struct node *claims = node_array(arena);
    for (size_t i = 0; pair->standings != NULL && i < pair->cell.count; i++)
        node_push(arena, claims, answer_node(arena, &pair->cell.answers[i], pair->standings[i]));
    node_set(arena, object, "claims", claims);
}

bool pair_obliges(const struct pair *pair, size_t claim)
{
    const struct answer *answer = &pair->cell.answers[claim];
    return answer->basis == BASIS_EU_LAW && (!answer->dated || answer->observed.last <= pair->judge.rule->as_of);
}

/* What EU law obliges to does not prove that it was done: such claims stand apart from the value they do not decide. */
static void set_obligations(struct arena *arena, struct node *cell, const struct pair *pair)
{
    struct node *obligations = node_array(arena);
    for (size_t i = 0; i < pair->cell.count; i++) {
        const struct evidence *evidence = &pair->cell.answers[i].evidence;
        if (!pair_obliges(pair, i))
            continue;
        struct node *obligation = node_object(arena);
        node_set_text(arena, obligation, "value", answer_value_names[pair->cell.answers[i].value]);
        node_set_text(arena, obligation, "source", evidence->source);
        node_set_text(arena, obligation, "at", evidence->at);
        node_set_text(arena, obligation, "since", evidence->since);
        node_push(arena, obligations, obligation);
    }
    if (!node_empty(obligations))
        node_set(arena, cell, "obliged_by", obligations);
}

static void set_interval(struct arena *arena, struct node *cell, const struct pair *pair)
{
    const struct verdict *verdict = &pair->verdict;
    int32_t weight;
    if (!judge_weight(&pair->judge, &weight))
        return;
    if (verdict->value != ANSWER_NOT_APPLICABLE || verdict->disputed) {
        int32_t unit = pair->judge.rule->unit;
        node_set(arena, cell, "low", fraction_node(arena, (struct fraction){verdict->part.low, unit}, 2));
        node_set(arena, cell, "high", fraction_node(arena, (struct fraction){verdict->part.high, unit}, 2));
    }
    node_set(arena, cell, "weight", node_integer(arena, weight));
}

void pair_set(struct arena *arena, struct node *object, const struct pair *pair)
{
    const struct verdict *verdict = &pair->verdict;
    node_set_text(arena, object, "criterion", pair->criterion->id);
    node_set_text(arena, object, "label", pair->criterion->label);
    node_set_text(arena, object, "theme", pair->criterion->theme);
    node_set_text(arena, object, "value",
                  verdict->decides == NULL ? answer_value_names[ANSWER_UNKNOWN] : answer_text(arena, verdict->decides));
    node_set_text(arena, object, "unknown", verdict->unknown);
    if (verdict->disputed)
        node_set(arena, object, "disputed", node_flag(arena, true));
    const struct answer *ground = pair_ground(pair);
    if (ground != NULL)
        set_evidence(arena, object, ground, false);
    if (verdict->decides != NULL)
        node_set_text(arena, object, "decided_by", step_names[verdict->step]);
    if (verdict->oldest != NULL)
        node_set_text(arena, object, "oldest", verdict->oldest->evidence.observed);
    set_interval(arena, object, pair);
    set_obligations(arena, object, pair);
}

void pair_set_points(struct arena *arena, struct node *object, const struct pair *pair)
{
    int32_t weight;
    if (!verdict_counts(&pair->verdict) || !judge_weight(&pair->judge, &weight))
        return;
    struct fraction points = {weight * pair->verdict.part.counted, pair->judge.rule->unit};
    node_set(arena, object, "points", fraction_node(arena, points, 2));
}

/* --- as rows --- */

const struct column assessment_columns[] = {
    {"country", COLUMN_PLAIN}, {"criterion", COLUMN_PLAIN},   {"theme", COLUMN_PLAIN},
    {"value", COLUMN_PLAIN},   {"unknown", COLUMN_PLAIN},     {"source", COLUMN_PLAIN},
    {"at", COLUMN_TEXT},       {"observed", COLUMN_PLAIN},    {"since", COLUMN_PLAIN},
    {"basis", COLUMN_PLAIN},   {"sure", COLUMN_PLAIN},        {"live", COLUMN_PLAIN},
    {"decides", COLUMN_PLAIN}, {"standing", COLUMN_PLAIN},    {"decided_by", COLUMN_PLAIN},
    {"weight", COLUMN_PLAIN},  {"observed_by", COLUMN_PLAIN}, {NULL, COLUMN_PLAIN}};

static const char *flag_text(bool flag)
{
    return flag ? "true" : "false";
}

static const char *weight_text(struct arena *arena, const struct pair *pair)
{
    int32_t weight;
    return judge_weight(&pair->judge, &weight) ? decimal_text(arena, weight, 0) : NULL;
}

static void put_claim_row(struct arena *arena, const struct pair *pair, size_t i, struct buf *out)
{
    const struct answer *answer = &pair->cell.answers[i];
    bool decides = answer == pair->verdict.decides;
    const char *cells[] = {pair->country->id,
                           pair->criterion->id,
                           pair->criterion->theme,
                           answer_text(arena, answer),
                           answer->unknown,
                           answer->evidence.source,
                           answer->evidence.at,
                           answer->evidence.observed,
                           answer->evidence.since,
                           basis_names[answer->basis],
                           sureness_names[answer->sure],
                           flag_text(standing_is_live(pair->standings[i])),
                           flag_text(decides),
                           standing_names[pair->standings[i]],
                           decides ? step_names[pair->verdict.step] : NULL,
                           weight_text(arena, pair),
                           answer->dated ? day_text(arena, answer->observed.last) : NULL};
    format_csv_row(assessment_columns, cells, out);
}

void pair_put_rows(struct arena *arena, const struct pair *pair, bool empty, struct buf *out)
{
    enum { WEIGHT = 15 };
    const char *cells[COUNT_OF(assessment_columns) - 1] = {pair->country->id, pair->criterion->id,
                                                           pair->criterion->theme, answer_value_names[ANSWER_UNKNOWN],
                                                           pair->verdict.unknown};
    cells[WEIGHT] = weight_text(arena, pair);
    if (empty && pair->cell.count == 0)
        format_csv_row(assessment_columns, cells, out);
    for (size_t i = 0; pair->standings != NULL && i < pair->cell.count; i++)
        put_claim_row(arena, pair, i, out);
}
