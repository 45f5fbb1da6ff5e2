/* SPDX-License-Identifier: MIT */
/* A country's legal conditions as the answer to a question: the score, its rank, and each criterion of the theme with
 * the claim that decides, every other one and how each stands. The theme is that of the methodology asked for. */
#include "internal.h"

static bool is_asked(const struct view *view, const struct question *question, size_t criterion)
{
    return criterion_is_of(&view->facts->criteria[criterion], question->rule.methodology->theme);
}

static struct node *score_object(struct arena *arena, const struct question *question, const struct scored *scored)
{
    struct node *score = node_object(arena);
    score_set(arena, score, question->rule.methodology, &scored->score);
    rank_set(arena, score, scored);
    return score;
}

static struct node *answer_nodes(const struct view *view, struct arena *arena, const struct question *question,
                                 size_t country)
{
    struct node *answers = node_array(arena);
    for (size_t i = 0; i < view->facts->criterion_count; i++) {
        if (!is_asked(view, question, i))
            continue;
        struct pair pair = pair_of(view, arena, question_judge(view, question, i), country, i);
        struct node *answer = node_object(arena);
        pair_set(arena, answer, &pair);
        pair_set_claims(arena, answer, &pair);
        node_push(arena, answers, answer);
    }
    return answers;
}

bool legal_write_json(const struct view *view, const struct question *question, const char *self, size_t index,
                      struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct scored scored;
    if (arena == NULL || !question_scored(view, question, index, arena, &scored))
        return false;
    const struct thing *country = &view->countries[index];
    struct node *data = node_object(arena);
    node_set_text(arena, data, "country", country->id);
    node_set_text(arena, data, "name", country_name(country));
    node_set(arena, data, "score", score_object(arena, question, &scored));
    node_set(arena, data, "answers", answer_nodes(view, arena, question, index));
    explain_set(view, arena, question, index, data);
    return question_write(arena, question, data, assessment_links(arena, country->id, self), out);
}

bool legal_write_csv(const struct view *view, const struct question *question, const char *self, size_t index,
                     struct buf *out)
{
    (void)self;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    format_csv_header(assessment_columns, out);
    for (size_t i = 0; i < view->facts->criterion_count; i++) {
        if (!is_asked(view, question, i))
            continue;
        struct pair pair = pair_of(view, arena, question_judge(view, question, i), index, i);
        pair_put_rows(arena, &pair, true, out);
    }
    return arena_ok(arena) && buf_ok(out);
}

/* By which step the claim that stands first was chosen among several, in words. */
static const char *step_words(enum step step)
{
    switch (step) {
    case STEP_BASIS:
        return "Decided by its basis.";
    case STEP_SURENESS:
        return "Decided by its sureness.";
    case STEP_NEWER:
        return "Decided as the newest.";
    case STEP_SOURCE:
    case STEP_PLACE:
        return "Nothing but the order of sources and places decides.";
    case STEP_NONE:
    case STEP_ONLY:
    case STEP_COUNT:
        break;
    }
    return NULL;
}

static void put_answers(struct sheet *sheet, const struct question *question, size_t country)
{
    page_heading(sheet->arena, sheet->page, "Answers");
    for (size_t i = 0; i < sheet->view->facts->criterion_count; i++) {
        if (!is_asked(sheet->view, question, i))
            continue;
        struct pair pair = pair_of(sheet->view, sheet->arena, question_judge(sheet->view, question, i), country, i);
        sheet_put_answer(sheet, &pair);
        page_row(sheet->arena, sheet->page, NULL, step_words(pair.verdict.step), NULL);
    }
}

bool legal_write_text(const struct view *view, const struct question *question, const char *self, size_t index,
                      struct buf *out)
{
    (void)self;
    return score_put_page(view, question, index, put_answers, out);
}
