/* SPDX-License-Identifier: MIT */
/* A score's history as answers: as JSON day by day with its causes, as a table with a row for each cause, and as text
 * with the interval drawn for each day and the causes below it. */
#include <string.h>

#include "internal.h"

static const char *published_of(const struct view *view, const struct cause *cause)
{
    const struct source *source = facts_source(view->facts, cause->answer->evidence.source);
    return source == NULL ? NULL : source->published;
}

/* What the claim itself says; NULL where that is what stands from then on. */
static const char *own_value(struct arena *arena, const struct cause *cause)
{
    return cause->answer->value == cause->to->value ? NULL : answer_text(arena, cause->answer);
}

static struct node *cause_node(const struct view *view, struct arena *arena, const struct question *question,
                               const struct cause *cause)
{
    const struct criterion *criterion = question_criterion(view, question, cause->place);
    const struct evidence *evidence = &cause->answer->evidence;
    struct node *node = node_object(arena);
    node_set_text(arena, node, "criterion", criterion->id);
    node_set_text(arena, node, "label", criterion->label);
    node_set_text(arena, node, "from", answer_value_names[cause->from->value]);
    node_set_text(arena, node, "to", answer_value_names[cause->to->value]);
    if (cause->to->disputed)
        node_set(arena, node, "disputed", node_flag(arena, true));
    node_set_text(arena, node, "claim_value", own_value(arena, cause));
    node_set_text(arena, node, "source", evidence->source);
    node_set_text(arena, node, "at", evidence->at);
    node_set_text(arena, node, "observed", evidence->observed);
    node_set_text(arena, node, "since", evidence->since);
    node_set_text(arena, node, "published", published_of(view, cause));
    node_set_text(arena, node, "kind", cause_names[cause->kind]);
    node_set_text(arena, node, "says", cause_words(arena, cause));
    return node;
}

static struct node *step_node(const struct view *view, struct arena *arena, const struct question *question,
                              const struct step_in_time *step)
{
    struct node *node = node_object(arena);
    struct node *causes = node_array(arena);
    for (size_t i = 0; i < step->cause_count; i++)
        node_push(arena, causes, cause_node(view, arena, question, &step->causes[i]));
    node_set_text(arena, node, "date", day_text(arena, step->day));
    node_set(arena, node, "score", score_short_node(arena, &step->score));
    node_set(arena, node, "causes", causes);
    return node;
}

static struct node *history_links(const struct view *view, struct arena *arena, const struct question *question,
                                  const char *self, size_t index)
{
    const char *code = view->countries[index].id;
    struct node *links = links_node(arena, self, NULL);
    node_set_text(arena, links, "score", arena_printf(arena, "/v1/scores/%s", code));
    node_set_text(arena, links, "timeline", country_path(arena, code, "/timeline"));
    node_set_text(arena, links, "country", country_path(arena, code, ""));
    node_set_text(arena, links, "methodology",
                  arena_printf(arena, "/v1/methodologies/%s", question->rule.methodology->id));
    return links;
}

bool history_write_json(const struct view *view, const struct question *question, const char *self, size_t index,
                        struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct history *history = arena == NULL ? NULL : history_of(view, question, index, arena);
    if (history == NULL)
        return false;
    struct node *steps = node_array(arena);
    for (size_t i = 0; i < history->count; i++)
        node_push(arena, steps, step_node(view, arena, question, &history->steps[i]));
    struct node *data = node_object(arena);
    node_set_text(arena, data, "country", view->countries[index].id);
    node_set_text(arena, data, "name", view->by_country[index].name);
    if (history->count > 0)
        node_set_text(arena, data, "since", day_text(arena, history->steps[0].day));
    node_set(arena, data, "steps", steps);
    node_set(arena, data, "undated", node_integer(arena, (int64_t)history->undated));
    return question_write(arena, question, data, history_links(view, arena, question, self, index), out);
}

static const struct column history_columns[] = {
    {"date", COLUMN_PLAIN},     {"value", COLUMN_PLAIN},       {"low", COLUMN_PLAIN},   {"high", COLUMN_PLAIN},
    {"coverage", COLUMN_PLAIN}, {"criterion", COLUMN_PLAIN},   {"label", COLUMN_TEXT},  {"from", COLUMN_PLAIN},
    {"to", COLUMN_PLAIN},       {"disputed", COLUMN_PLAIN},    {"kind", COLUMN_PLAIN},  {"source", COLUMN_PLAIN},
    {"at", COLUMN_TEXT},        {"observed", COLUMN_PLAIN},    {"since", COLUMN_PLAIN}, {"published", COLUMN_PLAIN},
    {"says", COLUMN_TEXT},      {"claim_value", COLUMN_PLAIN}, {NULL, COLUMN_PLAIN}};

static void put_cause(const struct view *view, struct arena *arena, const struct question *question,
                      const struct step_in_time *step, const struct cause *cause, struct buf *out)
{
    const struct criterion *criterion = question_criterion(view, question, cause->place);
    const struct evidence *evidence = &cause->answer->evidence;
    const char *cells[] = {day_text(arena, step->day),
                           step->score.has_value ? decimal_text(arena, step->score.value, 1) : NULL,
                           decimal_text(arena, step->score.low, 1),
                           decimal_text(arena, step->score.high, 1),
                           decimal_text(arena, step->score.coverage, 3),
                           criterion->id,
                           criterion->label,
                           answer_value_names[cause->from->value],
                           answer_value_names[cause->to->value],
                           cause->to->disputed ? "true" : "false",
                           cause_names[cause->kind],
                           evidence->source,
                           evidence->at,
                           evidence->observed,
                           evidence->since,
                           published_of(view, cause),
                           cause_words(arena, cause),
                           own_value(arena, cause)};
    if (arena_ok(arena))
        format_csv_row(history_columns, cells, out);
}

bool history_write_csv(const struct view *view, const struct question *question, const char *self, size_t index,
                       struct buf *out)
{
    (void)self;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct history *history = arena == NULL ? NULL : history_of(view, question, index, arena);
    if (history == NULL)
        return false;
    format_csv_header(history_columns, out);
    for (size_t i = 0; i < history->count; i++)
        for (size_t k = 0; k < history->steps[i].cause_count; k++)
            put_cause(view, arena, question, &history->steps[i], &history->steps[i].causes[k], out);
    return arena_ok(arena) && buf_ok(out);
}

/* Whether two causes differ in the criterion alone, so that people may read them as one. */
static bool alike(struct arena *arena, const struct cause *a, const struct cause *b)
{
    const char *one = cause_words(arena, a);
    const char *other = cause_words(arena, b);
    return a->from->value == b->from->value && a->to->value == b->to->value && a->to->disputed == b->to->disputed &&
           strcmp(a->answer->evidence.source, b->answer->evidence.source) == 0 && one != NULL && other != NULL &&
           strcmp(one, other) == 0;
}

/* "no → yes", "still yes, disputed". */
static const char *change_words(struct arena *arena, const struct cause *cause)
{
    const char *from = answer_value_names[cause->from->value];
    const char *to = answer_value_names[cause->to->value];
    bool same = cause->from->value == cause->to->value;
    return arena_printf(arena, "%s%s%s%s", same ? "still" : from, same ? " " : " → ", to,
                        cause->to->disputed ? ", disputed" : "");
}

/* One row for the cause and for all behind it that are alike. */
static void put_causes(struct sheet *sheet, const struct question *question, const struct step_in_time *step,
                       size_t first, bool *told)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    const struct cause *cause = &step->causes[first];
    size_t count = 0;
    for (size_t i = first; i < step->cause_count; i++) {
        if (told[i] || !alike(sheet->arena, cause, &step->causes[i]))
            continue;
        told[i] = true;
        buf_printf(&text, "%s%s", count++ == 0 ? "" : ", ",
                   question_criterion(sheet->view, question, step->causes[i].place)->label);
    }
    buf_printf(&text, ". %s", cause_words(sheet->arena, cause));
    struct evidence evidence = cause->answer->evidence;
    if (count > 1)
        evidence.at = NULL; /* each stands at a place of its own */
    page_row(sheet->arena, sheet->page, change_words(sheet->arena, cause), sheet_kept(sheet, &text),
             sheet_origin(sheet, &evidence));
}

static void put_step(struct sheet *sheet, const struct question *question, const struct step_in_time *step)
{
    enum { SCALE = 39 };
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    bool told[SCORE_CRITERIA_MAX] = {false};
    buf_printf(&text, "%s  ", day_text(sheet->arena, step->day));
    score_draw(&step->score, SCALE, &text);
    buf_puts(&text, "  ");
    score_put_words(&step->score, &text);
    page_line(sheet->arena, sheet->page, sheet_kept(sheet, &text));
    for (size_t i = 0; i < step->cause_count; i++)
        if (!told[i])
            put_causes(sheet, question, step, i, told);
}

static void put_undated(struct sheet *sheet, const struct history *history)
{
    if (history->count == 0)
        page_paragraph(sheet->arena, sheet->page, "No dated claim speaks of any of its criteria.");
    if (history->undated > 0)
        page_paragraph(sheet->arena, sheet->page,
                       arena_printf(sheet->arena, "%zu %s no date and %s outside of this history.", history->undated,
                                    history->undated == 1 ? "claim has" : "claims have",
                                    history->undated == 1 ? "stands" : "stand"));
}

bool history_write_text(const struct view *view, const struct question *question, const char *self, size_t index,
                        struct buf *out)
{
    (void)self;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct history *history = arena == NULL ? NULL : history_of(view, question, index, arena);
    struct sheet sheet = {.view = view, .arena = arena};
    if (history == NULL || !sheet_start(&sheet, question, index))
        return false;
    page_paragraph(arena, sheet.page,
                   "How the score came about: from each day on, what was observed by then, and the claims that changed "
                   "it. Dates are those of the observations.");
    page_line(arena, sheet.page, "            0                  50               100  value (low–high)    known");
    for (size_t i = 0; i < history->count; i++)
        put_step(&sheet, question, &history->steps[i]);
    put_undated(&sheet, history);
    sheet_put_sources(&sheet);
    return arena_ok(arena) && !sheet.failed && question_put_page(question, sheet.page, out);
}
