/* SPDX-License-Identifier: MIT */
/* Countries side by side, for people with a terminal: the intervals on one scale, the criteria as columns of short
 * words, then each pair in sentences. Six countries fit into 80 columns; names stand where there is room for them. */
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

enum { SCALE = 39, LABEL = 37, CELL = 6 };

/* The sheet keeps texts; sources are not named here. */
static void put_line(struct sheet *sheet, struct buf *text)
{
    page_line(sheet->arena, sheet->page, sheet_kept(sheet, text));
    buf_reset(text);
}

static void put_scores(struct sheet *sheet, const struct comparison *comparison, struct buf *text)
{
    page_heading(sheet->arena, sheet->page, "Scores");
    page_line(sheet->arena, sheet->page,
              "    0                  50               100  value (low–high)    known  rank");
    for (size_t i = 0; i < comparison->count; i++) {
        const struct scored *scored = &comparison->countries[i].scored;
        buf_printf(text, "%-2s  ", comparison->countries[i].code);
        score_draw(&scored->score, SCALE, text);
        buf_puts(text, "  ");
        score_put_words(&scored->score, text);
        buf_printf(text, "  %zu", scored->rank.best);
        if (scored->rank.worst > scored->rank.best)
            buf_printf(text, "–%zu", scored->rank.worst);
        put_line(sheet, text);
    }
}

static const char *const short_words[ANSWER_VALUE_COUNT] = {
    [ANSWER_UNKNOWN] = "?", [ANSWER_YES] = "yes",          [ANSWER_PARTIAL] = "part",
    [ANSWER_NO] = "no",     [ANSWER_NOT_APPLICABLE] = "-", [ANSWER_YEAR] = "?",
};

static void pad_to(struct buf *text, size_t width)
{
    for (size_t at = text->len == 0 ? 0 : utf8_width(text->data); at < width; at++)
        buf_putc(text, ' ');
}

static void put_criterion(struct sheet *sheet, const struct comparison *comparison, size_t place, struct buf *text)
{
    buf_puts(text, comparison_criterion(comparison, place)->label);
    pad_to(text, LABEL);
    buf_printf(text, " %*d", 3, comparison->question->rule.weights[place]);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct verdict *verdict = &comparison->countries[i].verdicts[place];
        size_t column = text->len == 0 ? 0 : utf8_width(text->data);
        buf_printf(text, "  %s%s", short_words[verdict->value], verdict->disputed ? "*" : "");
        if (i + 1 < comparison->count)
            pad_to(text, column + CELL);
    }
    put_line(sheet, text);
}

static void put_criteria(struct sheet *sheet, const struct comparison *comparison, struct buf *text)
{
    page_heading(sheet->arena, sheet->page, "Criterion by criterion");
    pad_to(text, LABEL - 2);
    buf_puts(text, "weight");
    for (size_t i = 0; i < comparison->count; i++)
        buf_printf(text, "  %-*s", i + 1 < comparison->count ? CELL - 2 : 0, comparison->countries[i].code);
    put_line(sheet, text);
    for (size_t i = 0; i < comparison->question->rule.methodology->weight_count; i++)
        put_criterion(sheet, comparison, i, text);
    page_paragraph(sheet->arena, sheet->page,
                   "part: in part. ?: unknown. -: does not apply. *: those who speak disagree.");
}

/* "no or partial": the answers to one unknown that lead to the same, and how many they are. */
static size_t put_answers(const struct settling *settlings, size_t count, struct buf *text)
{
    size_t run = 0;
    while (run < count && settlings[run].of == settlings->of && settlings[run].place == settlings->place &&
           settlings[run].first == settlings->first) {
        buf_printf(text, "%s%s", run == 0 ? "" : " or ", answer_value_names[settlings[run].value]);
        run++;
    }
    return run;
}

static void put_settlings(struct sheet *sheet, const struct comparison *comparison, const struct couple *couple)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    for (size_t i = 0; i < couple->settling_count;) {
        const struct settling *settling = &couple->settlings[i];
        buf_reset(&text);
        buf_printf(&text, "%s: %s, if ", settling->of->name, comparison_criterion(comparison, settling->place)->label);
        i += put_answers(settling, couple->settling_count - i, &text);
        buf_printf(&text, ": then %s is surely above.", settling->first->name);
        page_row(sheet->arena, sheet->page, NULL, sheet_kept(sheet, &text), NULL);
    }
}

static void put_couple(struct sheet *sheet, const struct comparison *comparison, const struct couple *couple)
{
    struct arena *arena = sheet->arena;
    page_heading(arena, sheet->page, arena_printf(arena, "%s and %s", couple->a->name, couple->b->name));
    page_row(arena, sheet->page, "Order", couple_order_words(arena, couple), NULL);
    page_row(arena, sheet->page, "Weights", couple_lead_words(arena, couple), NULL);
    page_row(arena, sheet->page, "To settle it", couple_settled_words(arena, couple), NULL);
    put_settlings(sheet, comparison, couple);
}

/* "Belgium, France and Italy compared". */
static const char *title_of(struct sheet *sheet, const struct comparison *comparison, struct buf *text)
{
    for (size_t i = 0; i < comparison->count; i++)
        buf_printf(text, "%s%s",
                   i == 0                      ? ""
                   : i + 1 < comparison->count ? ", "
                                               : " and ",
                   comparison->countries[i].name);
    buf_puts(text, " compared");
    const char *title = sheet_kept(sheet, text);
    buf_reset(text);
    return title;
}

bool compare_write_text(const struct view *view, const struct question *question, const char *self, size_t index,
                        struct buf *out)
{
    (void)self, (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    const struct comparison *comparison = arena == NULL ? NULL : comparison_of(view, question, arena);
    if (comparison == NULL)
        return false;
    struct sheet sheet = {.view = view, .arena = arena};
    sheet.page = page_new(arena, title_of(&sheet, comparison, &text));
    page_paragraph(arena, sheet.page, question_words(view, arena, question));
    put_scores(&sheet, comparison, &text);
    put_criteria(&sheet, comparison, &text);
    for (size_t i = 0; i < comparison->couple_count; i++)
        put_couple(&sheet, comparison, &comparison->couples[i]);
    page_paragraph(arena, sheet.page, score_measures(question->rule.methodology));
    return arena_ok(arena) && !sheet.failed && question_put_page(question, sheet.page, out);
}
