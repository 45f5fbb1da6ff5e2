/* SPDX-License-Identifier: MIT */
/* The answers on a country's page, theme by theme: what decides each criterion, who agrees, what else is stated, and
 * what EU law obliges to; above the scored theme its score with the interval. */
#include <string.h>

#include "internal.h"

/* "unknown (no source says)", or just "unknown". */
static const char *unknown_words(const struct sheet *sheet, const char *reason)
{
    if (reason == NULL)
        return "unknown";
    return arena_printf(sheet->arena, "unknown (%s)", facts_label(sheet->view->facts, "unknown-reasons", reason));
}

static const char *answer_words(const struct sheet *sheet, const struct answer *answer)
{
    if (answer->value == ANSWER_YEAR)
        return arena_printf(sheet->arena, "%u", answer->year);
    if (answer->value == ANSWER_UNKNOWN)
        return unknown_words(sheet, answer->unknown);
    return facts_label(sheet->view->facts, "answer-values", answer_value_names[answer->value]);
}

/* " [4:L48, 2017-07]"; a claim of low sureness says so, since it does not speak. */
static void add_answer_origin(struct sheet *sheet, const struct answer *answer, struct buf *out)
{
    const char *from = sheet_origin(sheet, &answer->evidence);
    const char *observed = answer->evidence.observed;
    const char *unsure = answer->sure == SURE_LOW ? ", low sureness" : "";
    buf_printf(out, " [%s%s%s%s]", from == NULL ? "" : from, observed == NULL ? "" : ", ",
               observed == NULL ? "" : observed, unsure);
}

static bool same_answer(const struct answer *a, const struct answer *b)
{
    bool same_reason =
        a->unknown == NULL ? b->unknown == NULL : b->unknown != NULL && strcmp(a->unknown, b->unknown) == 0;
    return a->value == b->value && a->year == b->year && same_reason &&
           (a->basis == BASIS_EU_LAW) == (b->basis == BASIS_EU_LAW);
}

/* How another claim stands beside the one shown: what is history is no contradiction. */
static const char *how_stated(const struct pair *pair, size_t claim)
{
    enum standing standing = pair->standings == NULL ? STANDING_DISPUTES : pair->standings[claim];
    if (pair->cell.answers[claim].basis == BASIS_EU_LAW)
        return "EU law obliges";
    if (standing == STANDING_HISTORY)
        return "earlier";
    return standing == STANDING_NOT_YET_OBSERVED ? "later" : "also stated";
}

/* What `first` says and who agrees, then what else is stated. */
static void add_answers(struct sheet *sheet, const struct pair *pair, const struct answer *first, struct buf *out)
{
    const struct answer *answers = pair->cell.answers;
    size_t count = pair->cell.count;
    add_answer_origin(sheet, first, out);
    for (size_t i = 0; i < count; i++)
        if (&answers[i] != first && same_answer(&answers[i], first))
            add_answer_origin(sheet, &answers[i], out);
    for (size_t i = 0; i < count; i++) {
        if (same_answer(&answers[i], first))
            continue;
        const char *words = answer_words(sheet, &answers[i]);
        buf_printf(out, " · %s: %s", how_stated(pair, i), words == NULL ? "" : words);
        add_answer_origin(sheet, &answers[i], out);
    }
}

/* The value, and what is to be known before it is read: that it does not speak, or that others contradict it now. */
static const char *verdict_words(struct sheet *sheet, const struct verdict *verdict, const struct answer *first)
{
    const char *text = answer_words(sheet, first);
    const char *how = first->basis == BASIS_EU_LAW ? "EU law obliges" : "stated";
    if (verdict->decides == NULL && first->value != ANSWER_UNKNOWN)
        return arena_printf(sheet->arena, "%s · %s: %s", unknown_words(sheet, verdict->unknown), how, text);
    return verdict->disputed ? arena_printf(sheet->arena, "%s (disputed)", text) : text;
}

void sheet_put_answer(struct sheet *sheet, const struct pair *pair)
{
    const char *label = pair->criterion->label;
    if (pair->cell.count == 0) {
        page_row(sheet->arena, sheet->page, label, unknown_words(sheet, pair->verdict.unknown), NULL);
        return;
    }
    const struct answer *first = pair->verdict.decides != NULL ? pair->verdict.decides : pair->cell.answers;
    const char *words = verdict_words(sheet, &pair->verdict, first);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    buf_puts(&text, words == NULL ? "" : words);
    add_answers(sheet, pair, first, &text);
    page_row(sheet->arena, sheet->page, label, sheet_kept(sheet, &text), NULL);
}

static const char *score_words(struct arena *arena, const struct score *score)
{
    return score->has_value ? arena_printf(arena, "%s of 100", decimal_text(arena, score->value, 1))
                            : "none: too few criteria are known";
}

/* The interval on its scale from 0 to 100. */
static void put_drawing(struct sheet *sheet, const struct score *score)
{
    enum { WIDTH = 61 };
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    buf_puts(&text, "  0 ");
    score_draw(score, WIDTH, &text);
    buf_puts(&text, " 100");
    page_line(sheet->arena, sheet->page, sheet_kept(sheet, &text));
}

void sheet_put_score(struct sheet *sheet, const struct methodology *methodology, const struct score *score)
{
    struct arena *arena = sheet->arena;
    put_drawing(sheet, score);
    page_row(arena, sheet->page, "Score", score_words(arena, score), NULL);
    page_row(arena, sheet->page, "Between",
             arena_printf(arena, "%s and %s, as the unknown and partial ones turn out",
                          decimal_text(arena, score->low, 1), decimal_text(arena, score->high, 1)),
             NULL);
    const int32_t *counts = score->counts.by_value;
    page_row(arena, sheet->page, "Coverage",
             arena_printf(arena, "%s (%d yes, %d partial, %d no, %d unknown, %d not applicable)",
                          decimal_text(arena, score->coverage, 3), counts[ANSWER_YES], counts[ANSWER_PARTIAL],
                          counts[ANSWER_NO], counts[ANSWER_UNKNOWN], counts[ANSWER_NOT_APPLICABLE]),
             NULL);
    if (score->has_oldest)
        page_row(arena, sheet->page, "Oldest evidence", score->oldest_text, NULL);
    page_row(arena, sheet->page, "Method", arena_printf(arena, "%s %s", methodology->id, methodology->version), NULL);
    page_row(arena, sheet->page, "It measures", score_measures(methodology), NULL);
}

static void put_theme(struct sheet *sheet, size_t index, const char *theme)
{
    const struct view *view = sheet->view;
    if (!assessment_any(view, index, theme))
        return;
    page_heading(sheet->arena, sheet->page, facts_label(view->facts, "themes", theme));
    if (strcmp(theme, view->methodology->theme) == 0)
        sheet_put_score(sheet, view->methodology, &view->by_country[index].score);
    for (size_t i = 0; i < view->facts->criterion_count; i++) {
        if (!criterion_is_of(&view->facts->criteria[i], theme))
            continue;
        struct pair pair = pair_of(view, sheet->arena, view->judges[i], index, i);
        sheet_put_answer(sheet, &pair);
    }
}

void sheet_put_themes(struct sheet *sheet, size_t index)
{
    const struct facts *facts = sheet->view->facts;
    for (size_t i = 0; i < facts->criterion_count; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = strcmp(facts->criteria[k].theme, facts->criteria[i].theme) == 0;
        if (!seen)
            put_theme(sheet, index, facts->criteria[i].theme);
    }
}
