/* SPDX-License-Identifier: MIT */
/* Countries × criteria as answers: the cell (what is shown), its claims (what each source says), a country's
 * assessments, its legal conditions, and the list of all. Which claim decides is the score room's word; this file only
 * writes it down. */
#include <string.h>

#include "internal.h"

/* One cell with all that belongs to it. */
struct pair {
    const struct thing *country;
    const struct criterion *criterion;
    const struct verdict *verdict;
    const struct answer *answers;
    size_t count;
    bool *live;
};

static struct pair pair_of(const struct view *view, struct arena *arena, size_t country, size_t criterion)
{
    struct pair pair = {.country = &view->countries[country],
                        .criterion = &view->facts->criteria[criterion],
                        .verdict = &view->by_country[country].verdicts[criterion]};
    pair.answers = facts_answers(view->facts, pair.country->id, pair.criterion->id, &pair.count);
    pair.live = arena_array(arena, pair.count, sizeof(*pair.live));
    if (pair.live != NULL)
        (void)score_verdict(&view->question, pair.answers, pair.count, pair.live);
    return pair;
}

static const char *answer_text(struct arena *arena, const struct answer *answer)
{
    if (answer->value == ANSWER_YEAR)
        return arena_printf(arena, "%04u", (unsigned)answer->year);
    return answer_value_names[answer->value];
}

/* The claim a cell rests on: the one that decides, or the one whose loss is the reason given. */
static const struct answer *ground_of(const struct pair *pair)
{
    const struct answer *ground = pair->verdict->decides;
    for (size_t i = 0; ground == NULL && i < pair->count; i++)
        if (pair->answers[i].unknown != NULL && pair->answers[i].unknown == pair->verdict->unknown)
            ground = &pair->answers[i];
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

static struct node *answer_node(struct arena *arena, const struct answer *answer, bool live)
{
    struct node *claim = node_object(arena);
    node_set_text(arena, claim, "value", answer_text(arena, answer));
    node_set_text(arena, claim, "unknown", answer->unknown);
    set_evidence(arena, claim, answer, true);
    node_set(arena, claim, "live", node_flag(arena, live));
    node_set_text(arena, claim, "note", answer->evidence.note);
    return claim;
}

static struct node *claim_nodes(struct arena *arena, const struct pair *pair)
{
    struct node *claims = node_array(arena);
    for (size_t i = 0; pair->live != NULL && i < pair->count; i++)
        node_push(arena, claims, answer_node(arena, &pair->answers[i], pair->live[i]));
    return claims;
}

/* What EU law obliges to does not prove that it was done: such claims stand apart from the value they do not decide. */
static void set_obligations(struct arena *arena, struct node *cell, const struct pair *pair)
{
    struct node *obligations = node_array(arena);
    for (size_t i = 0; i < pair->count; i++) {
        const struct evidence *evidence = &pair->answers[i].evidence;
        if (pair->answers[i].basis != BASIS_EU_LAW)
            continue;
        struct node *obligation = node_object(arena);
        node_set_text(arena, obligation, "value", answer_value_names[pair->answers[i].value]);
        node_set_text(arena, obligation, "source", evidence->source);
        node_set_text(arena, obligation, "at", evidence->at);
        node_set_text(arena, obligation, "since", evidence->since);
        node_push(arena, obligations, obligation);
    }
    if (!node_empty(obligations))
        node_set(arena, cell, "obliged_by", obligations);
}

static void set_interval(const struct view *view, struct arena *arena, struct node *cell, const struct pair *pair)
{
    const struct verdict *verdict = pair->verdict;
    if (!methodology_weighs(view->methodology, pair->criterion->id) ||
        (verdict->value == ANSWER_NOT_APPLICABLE && !verdict->disputed))
        return;
    node_set(arena, cell, "low", fraction_node(arena, verdict->low, 2));
    node_set(arena, cell, "high", fraction_node(arena, verdict->high, 2));
}

static void set_cell(const struct view *view, struct arena *arena, struct node *cell, const struct pair *pair)
{
    const struct verdict *verdict = pair->verdict;
    node_set_text(arena, cell, "criterion", pair->criterion->id);
    node_set_text(arena, cell, "label", pair->criterion->label);
    node_set_text(arena, cell, "theme", pair->criterion->theme);
    node_set_text(arena, cell, "value",
                  verdict->decides == NULL ? answer_value_names[ANSWER_UNKNOWN] : answer_text(arena, verdict->decides));
    node_set_text(arena, cell, "unknown", verdict->unknown);
    if (verdict->disputed)
        node_set(arena, cell, "disputed", node_flag(arena, true));
    const struct answer *ground = ground_of(pair);
    if (ground != NULL)
        set_evidence(arena, cell, ground, false);
    set_interval(view, arena, cell, pair);
    set_obligations(arena, cell, pair);
}

struct node *assessment_cell(const struct view *view, struct arena *arena, size_t country, size_t criterion,
                             bool claims)
{
    struct pair pair = pair_of(view, arena, country, criterion);
    struct node *cell = node_object(arena);
    set_cell(view, arena, cell, &pair);
    if (claims)
        node_set(arena, cell, "claims", claim_nodes(arena, &pair));
    return cell;
}

static bool is_of_theme(const struct criterion *criterion, const char *theme)
{
    return theme == NULL || strcmp(criterion->theme, theme) == 0;
}

struct node *assessment_cells(const struct view *view, struct arena *arena, size_t country, const char *theme,
                              bool claims)
{
    struct node *cells = node_array(arena);
    for (size_t i = 0; i < view->facts->criterion_count; i++)
        if (is_of_theme(&view->facts->criteria[i], theme))
            node_push(arena, cells, assessment_cell(view, arena, country, i, claims));
    return cells;
}

bool assessment_any(const struct view *view, size_t country, const char *theme)
{
    for (size_t i = 0; i < view->facts->criterion_count; i++) {
        const struct criterion *criterion = &view->facts->criteria[i];
        size_t count;
        (void)facts_answers(view->facts, view->countries[country].id, criterion->id, &count);
        if (count > 0 && is_of_theme(criterion, theme))
            return true;
    }
    return false;
}

static struct node *country_data(struct arena *arena, const struct thing *country)
{
    struct node *data = node_object(arena);
    node_set_text(arena, data, "country", country->id);
    node_set_text(arena, data, "name", country_name(country));
    return data;
}

static struct node *country_links(struct arena *arena, const char *code, const char *rest)
{
    struct node *links = node_object(arena);
    node_set_text(arena, links, "self", country_path(arena, code, rest));
    node_set_text(arena, links, "country", country_path(arena, code, ""));
    node_set_text(arena, links, "score", arena_printf(arena, "/v1/scores/%s", code));
    node_set_text(arena, links, "criteria", "/v1/criteria");
    return links;
}

bool assessment_write_country_json(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct thing *country = &view->countries[index];
    struct node *data = country_data(arena, country);
    node_set(arena, data, "answers", assessment_cells(view, arena, index, NULL, true));
    return envelope_write(arena, data, country_links(arena, country->id, "/assessments"), out);
}

bool assessment_write_legal_json(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct thing *country = &view->countries[index];
    struct node *data = country_data(arena, country);
    struct node *score = node_object(arena);
    score_set(arena, score, view->methodology, &view->by_country[index].score);
    node_set(arena, data, "score", score);
    node_set(arena, data, "answers", assessment_cells(view, arena, index, view->methodology->theme, true));
    return envelope_write(arena, data, country_links(arena, country->id, "/legal-conditions"), out);
}

const struct column assessment_columns[] = {
    {"country", COLUMN_PLAIN}, {"criterion", COLUMN_PLAIN}, {"theme", COLUMN_PLAIN}, {"value", COLUMN_PLAIN},
    {"unknown", COLUMN_PLAIN}, {"source", COLUMN_PLAIN},    {"at", COLUMN_TEXT},     {"observed", COLUMN_PLAIN},
    {"since", COLUMN_PLAIN},   {"basis", COLUMN_PLAIN},     {"sure", COLUMN_PLAIN},  {"live", COLUMN_PLAIN},
    {"decides", COLUMN_PLAIN}, {NULL, COLUMN_PLAIN}};

static const char *flag_text(bool flag)
{
    return flag ? "true" : "false";
}

static void add_claim_row(struct arena *arena, const struct pair *pair, size_t i, struct buf *out)
{
    const struct answer *answer = &pair->answers[i];
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
                           flag_text(pair->live[i]),
                           flag_text(answer == pair->verdict->decides)};
    format_csv_row(assessment_columns, cells, out);
}

static void add_claim_rows(struct arena *arena, const struct pair *pair, struct buf *out)
{
    for (size_t i = 0; pair->live != NULL && i < pair->count; i++)
        add_claim_row(arena, pair, i, out);
}

/* A criterion that no source answers has one row, so that a country's table always has every criterion. */
static void add_empty_row(const struct pair *pair, struct buf *out)
{
    const char *cells[COUNT_OF(assessment_columns) - 1] = {pair->country->id, pair->criterion->id,
                                                           pair->criterion->theme, answer_value_names[ANSWER_UNKNOWN],
                                                           pair->verdict->unknown};
    format_csv_row(assessment_columns, cells, out);
}

static bool write_table(const struct view *view, size_t index, const char *theme, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    format_csv_header(assessment_columns, out);
    for (size_t i = 0; i < view->facts->criterion_count; i++) {
        if (!is_of_theme(&view->facts->criteria[i], theme))
            continue;
        struct pair pair = pair_of(view, arena, index, i);
        if (pair.count == 0)
            add_empty_row(&pair, out);
        add_claim_rows(arena, &pair, out);
    }
    return arena_ok(arena) && buf_ok(out);
}

bool assessment_write_country_csv(const struct view *view, size_t index, struct buf *out)
{
    return write_table(view, index, NULL, out);
}

bool assessment_write_legal_csv(const struct view *view, size_t index, struct buf *out)
{
    return write_table(view, index, view->methodology->theme, out);
}

static const char *const assessment_values[] = {"yes", "partial", "no", "not_applicable", "year", "unknown", NULL};

const struct list_filter assessment_filters[] = {
    {.name = "country", .summary = "Countries, by code or alias", .kind = FILTER_COUNTRY},
    {.name = "criterion", .summary = "Criteria, by id", .kind = FILTER_ID, .subject = SUBJECT_CRITERION},
    {.name = "theme", .summary = "Themes of the criteria", .kind = FILTER_TERM, .vocabulary = "themes"},
    {.name = "value",
     .summary = "The value shown; `year` is any year",
     .kind = FILTER_WORD,
     .words = assessment_values},
    {0}};

/* The pair behind number `index` of SUBJECT_ASSESSMENT. */
static struct pair pair_at(const struct view *view, struct arena *arena, size_t index)
{
    const struct answer *answer = view->assessments[index];
    size_t criterion = (size_t)(facts_criterion(view->facts, answer->criterion) - view->facts->criteria);
    return pair_of(view, arena, view_country_index(view, answer->country), criterion);
}

static struct node *item_node(const struct view *view, struct arena *arena, const struct pair *pair)
{
    struct node *item = node_object(arena);
    node_set_text(arena, item, "country", pair->country->id);
    set_cell(view, arena, item, pair);
    node_set(arena, item, "claims", claim_nodes(arena, pair));
    node_set_text(arena, item, "self", country_path(arena, pair->country->id, "/assessments"));
    return item;
}

bool assessment_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    struct pair pair = pair_at(view, arena, index);
    if (media != MEDIA_CSV)
        return fragment_write(arena, item_node(view, arena, &pair), out);
    add_claim_rows(arena, &pair, out);
    return arena_ok(arena) && buf_ok(out);
}

void assessment_facets(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    const struct answer *answer = view->assessments[index];
    const struct criterion *criterion = facts_criterion(view->facts, answer->criterion);
    size_t country = view_country_index(view, answer->country);
    size_t number = (size_t)(criterion - view->facts->criteria);
    emit(cls, "country", answer->country);
    emit(cls, "criterion", criterion->id);
    emit(cls, "theme", criterion->theme);
    emit(cls, "value", answer_value_names[view->by_country[country].verdicts[number].value]);
}
