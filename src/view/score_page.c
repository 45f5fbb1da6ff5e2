/* SPDX-License-Identifier: MIT */
/* One country's score as a page for a terminal: the interval drawn, each criterion with what it adds and, where it is
 * asked for, what would move the score. The frame of the page is that of its legal conditions too. It computes no
 * figure. */
#include "internal.h"

/* "between 0.25 and 0.75"; nothing where they are one. */
static void add_range(const struct pair *pair, struct buf *text)
{
    const struct part *part = &pair->verdict.part;
    if (part->low == part->high)
        return;
    buf_puts(text, ", between ");
    number_put(scaled_of(part->low, pair->judge.rule->unit, 2), 2, text);
    buf_puts(text, " and ");
    number_put(scaled_of(part->high, pair->judge.rule->unit, 2), 2, text);
}

/* "in part: 0.50 of 1, between 0.25 and 0.75 (disputed)". */
static const char *part_words(struct sheet *sheet, const struct pair *pair)
{
    const struct facts *facts = sheet->view->facts;
    const struct verdict *verdict = &pair->verdict;
    int32_t weight = pair->judge.rule->weights[pair->judge.place];
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    buf_puts(&text, facts_label(facts, "answer-values", answer_value_names[verdict->value]));
    if (verdict->unknown != NULL)
        buf_printf(&text, " (%s)", facts_label(facts, "unknown-reasons", verdict->unknown));
    if (verdict_counts(verdict)) {
        buf_puts(&text, ": ");
        number_put(scaled_of((int64_t)weight * verdict->part.counted, pair->judge.rule->unit, 2), 2, &text);
        buf_printf(&text, " of %d", weight);
        add_range(pair, &text);
    } else if (weight != 1) {
        buf_printf(&text, ", weight %d", weight);
    }
    if (verdict->disputed)
        buf_puts(&text, " (disputed)");
    return sheet_kept(sheet, &text);
}

/* "1:L54, 2017-07": the claim a criterion rests on. */
static const char *ground_words(struct sheet *sheet, const struct answer *ground)
{
    if (ground == NULL)
        return NULL;
    const char *origin = sheet_origin(sheet, &ground->evidence);
    return ground->evidence.observed == NULL ? origin
                                             : arena_printf(sheet->arena, "%s, %s", origin, ground->evidence.observed);
}

static void put_parts(struct sheet *sheet, const struct question *question, size_t country)
{
    page_heading(sheet->arena, sheet->page, "What each criterion adds");
    for (size_t i = 0; i < question->rule.methodology->weight_count; i++) {
        struct pair pair = pair_of(sheet->view, sheet->arena, (struct judge){&question->rule, i}, country,
                                   weighed_criterion(sheet->view, question, i));
        page_row(sheet->arena, sheet->page, pair.criterion->label, part_words(sheet, &pair),
                 ground_words(sheet, pair_ground(&pair)));
    }
}

static void add_score(const struct score *score, struct buf *text)
{
    if (score->has_value)
        number_put(score->value, 1, text);
    else
        buf_puts(text, "no value");
    buf_puts(text, " (");
    number_put(score->low, 1, text);
    buf_puts(text, "–");
    number_put(score->high, 1, text);
    buf_putc(text, ')');
}

/* "narrows by 9.1; yes: 50.0 (36.4–54.5), no: …". */
static const char *open_words(struct sheet *sheet, const struct question *question, const struct explain *explain,
                              size_t place)
{
    enum answer_value outcomes[OUTCOMES_MOST];
    size_t count = criterion_outcomes(question_criterion(sheet->view, question, place), outcomes);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    buf_puts(&text, "narrows by ");
    number_put(explain->narrows[place], 1, &text);
    for (size_t i = 0; i < count; i++) {
        struct score score = score_if(&question->rule, explain->verdicts, place, outcomes[i]);
        buf_printf(&text, "%s %s: ", i == 0 ? ";" : ",", answer_value_names[outcomes[i]]);
        add_score(&score, &text);
    }
    return sheet_kept(sheet, &text);
}

static void put_open(struct sheet *sheet, const struct question *question, const struct explain *explain)
{
    if (explain->open_count > 0)
        page_heading(sheet->arena, sheet->page, "What each unknown would change, the one that narrows most first");
    for (size_t i = 0; i < explain->open_count; i++)
        page_row(sheet->arena, sheet->page, question_criterion(sheet->view, question, explain->open[i])->label,
                 open_words(sheet, question, explain, explain->open[i]), NULL);
}

static void put_without(struct sheet *sheet, const struct question *question, const struct explain *explain)
{
    page_heading(sheet->arena, sheet->page, "Without each criterion");
    for (size_t i = 0; i < question->rule.methodology->weight_count; i++) {
        CLEANUP(buf_done) struct buf text;
        buf_init(&text, BODY_ARENA_BYTES);
        add_score(&explain->without[i], &text);
        if (explain->changes[i]) {
            buf_puts(&text, explain->change[i] > 0 ? ", +" : ", ");
            number_put(explain->change[i], 1, &text);
        }
        page_row(sheet->arena, sheet->page, question_criterion(sheet->view, question, i)->label,
                 sheet_kept(sheet, &text), NULL);
    }
}

bool score_put_page(const struct view *view, const struct question *question, size_t country, sheet_body *body,
                    struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct sheet sheet = {.view = view, .arena = arena};
    struct scored scored;
    if (arena == NULL || !question_scored(view, question, country, arena, &scored) ||
        !sheet_start(&sheet, question, country))
        return false;
    sheet_put_score(&sheet, question->rule.methodology, &scored.score);
    page_row(arena, sheet.page, "Rank", rank_text(arena, &scored), NULL);
    body(&sheet, question, country);
    const struct explain *explain = question->explain ? explain_of(view, question, country, arena) : NULL;
    if (explain != NULL) {
        put_open(&sheet, question, explain);
        put_without(&sheet, question, explain);
    }
    sheet_put_sources(&sheet);
    return arena_ok(arena) && !sheet.failed && question_put_page(question, sheet.page, out);
}

bool score_write_text(const struct view *view, const struct question *question, const char *self, size_t index,
                      struct buf *out)
{
    (void)self;
    return score_put_page(view, question, index, put_parts, out);
}
