/* SPDX-License-Identifier: MIT */
/* The answers on a country's page, theme by theme: what decides each criterion and who agrees, then every other claim
 * by how it stands to that; above the scored theme its score with the interval. How claims stand is the score room's
 * word: none is cited as if it spoke for a value that it does not support. */
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

/* " [4:L48, 2017-07]". */
static void add_answer_origin(struct sheet *sheet, const struct answer *answer, struct buf *out)
{
    const char *from = sheet_origin(sheet, &answer->evidence);
    const char *observed = answer->evidence.observed;
    buf_printf(out, " [%s%s%s]", from == NULL ? "" : from, observed == NULL ? "" : ", ",
               observed == NULL ? "" : observed);
}

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_answer(const struct answer *a, const struct answer *b)
{
    return a->value == b->value && a->year == b->year && same_text(a->unknown, b->unknown);
}

/* How a claim stands beside the value, in words. Behind it stands what speaks for it, or the loss that is the reason
 * why nothing does. */
static const char behind[] = "";
static const char law[] = "EU law obliges";
static const char unsaid[] = "unknown"; /* its own words say so */
static const char *const manners[STANDING_COUNT] = {
    [STANDING_DECIDES] = behind,
    [STANDING_AGREES] = behind,
    [STANDING_DISPUTES] = "disputed by",
    [STANDING_HISTORY] = "earlier",
    [STANDING_TOO_OLD] = "too old",
    [STANDING_UNDATED] = "without date",
    [STANDING_LOW_SURENESS] = "less sure",
    [STANDING_NOT_YET_OBSERVED] = "later",
    [STANDING_BASIS_NOT_ASKED] = "not asked for",
    [STANDING_NO_ANSWER] = unsaid,
};

/* NULL: it is left out, as an obligation that nobody had observed on the day asked for. */
static const char *manner_of(const struct pair *pair, size_t claim)
{
    const struct answer *answer = &pair->cell.answers[claim];
    enum standing standing = pair->standings[claim];
    if (standing == STANDING_BASIS_NOT_ASKED && answer->basis == BASIS_EU_LAW)
        return pair_obliges(pair, claim) ? law : NULL;
    if (standing == STANDING_NO_ANSWER && same_text(answer->unknown, pair->verdict.unknown))
        return behind;
    return manners[standing];
}

/* Whether no claim before it says the same in the same manner. */
static bool is_first(const struct pair *pair, const char *manner, size_t claim)
{
    for (size_t i = 0; i < claim; i++)
        if (manner_of(pair, i) == manner && same_answer(&pair->cell.answers[i], &pair->cell.answers[claim]))
            return false;
    return true;
}

/* The origins of all that say, in one manner, what claim number `first` says. */
static void add_origins(struct sheet *sheet, const struct pair *pair, const char *manner, size_t first, struct buf *out)
{
    const struct answer *answers = pair->cell.answers;
    for (size_t i = first; i < pair->cell.count; i++)
        if (manner_of(pair, i) == manner && same_answer(&answers[i], &answers[first]))
            add_answer_origin(sheet, &answers[i], out);
}

/* " · earlier: no [1, 2012] [2, 2013], in part [3, 2014]": what is stated in one manner, each value once. */
static void add_manner(struct sheet *sheet, const struct pair *pair, const char *manner, struct buf *out)
{
    bool any = false;
    for (size_t i = 0; i < pair->cell.count; i++) {
        if (manner_of(pair, i) != manner || !is_first(pair, manner, i))
            continue;
        const char *words = answer_words(sheet, &pair->cell.answers[i]);
        buf_puts(out, any ? ", " : " · ");
        if (!any && manner != unsaid)
            buf_printf(out, "%s: ", manner);
        buf_puts(out, words == NULL ? "" : words);
        add_origins(sheet, pair, manner, i, out);
        any = true;
    }
}

/* Who says what the value is: the claim that decides first. */
static void add_behind(struct sheet *sheet, const struct pair *pair, struct buf *out)
{
    if (pair->verdict.decides != NULL)
        add_answer_origin(sheet, pair->verdict.decides, out);
    for (size_t i = 0; i < pair->cell.count; i++)
        if (manner_of(pair, i) == behind && &pair->cell.answers[i] != pair->verdict.decides)
            add_answer_origin(sheet, &pair->cell.answers[i], out);
}

static void add_answers(struct sheet *sheet, const struct pair *pair, struct buf *out)
{
    add_behind(sheet, pair, out);
    for (int standing = STANDING_DISPUTES; standing < STANDING_COUNT; standing++) {
        add_manner(sheet, pair, manners[standing], out);
        if (standing == STANDING_BASIS_NOT_ASKED)
            add_manner(sheet, pair, law, out);
    }
}

void sheet_put_answer(struct sheet *sheet, const struct pair *pair)
{
    const struct verdict *verdict = &pair->verdict;
    const char *words =
        verdict->decides == NULL ? unknown_words(sheet, verdict->unknown) : answer_words(sheet, verdict->decides);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    buf_printf(&text, "%s%s", words == NULL ? "" : words, verdict->disputed ? " (disputed)" : "");
    if (pair->standings != NULL)
        add_answers(sheet, pair, &text);
    page_row(sheet->arena, sheet->page, pair->criterion->label, sheet_kept(sheet, &text), NULL);
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
