/* SPDX-License-Identifier: MIT */
/* What a question asks, applied to the facts: whose claims it finds, by whose rules each criterion is judged, which
 * countries it selects, and how an answer repeats it. It knows no answer's shape. All look-ups by name were made when
 * the view was: nothing here searches for a text but among the few of the question itself. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

const struct methodology *view_methodology(const struct view *view)
{
    return view->methodology;
}

struct question view_question(const struct view *view, const struct methodology *methodology)
{
    return (struct question){.rule = score_question(methodology, view->day)};
}

struct cell view_cell(const struct view *view, size_t country, size_t criterion)
{
    return view->cells[country * view->facts->criterion_count + criterion];
}

static const size_t *weighed_by(const struct view *view, const struct methodology *methodology)
{
    return view->weighed[methodology - view->facts->methodologies];
}

void question_cells(const struct view *view, const struct question *question, size_t country, struct cell *ret)
{
    const size_t *criteria = weighed_by(view, question->rule.methodology);
    for (size_t i = 0; i < question->rule.methodology->weight_count; i++)
        ret[i] = view_cell(view, country, criteria[i]);
}

size_t weighed_criterion(const struct view *view, const struct question *question, size_t place)
{
    return weighed_by(view, question->rule.methodology)[place];
}

const struct criterion *question_criterion(const struct view *view, const struct question *question, size_t place)
{
    return &view->facts->criteria[weighed_criterion(view, question, place)];
}

struct score question_score(const struct view *view, const struct question *question, size_t country,
                            struct verdict *ret_verdicts)
{
    struct cell cells[SCORE_CRITERIA_MAX];
    question_cells(view, question, country, cells);
    score_verdicts(&question->rule, cells, ret_verdicts);
    return score_total(&question->rule, ret_verdicts);
}

/* --- whom it selects --- */

static bool is_member(const struct question *question, const struct country_view *country)
{
    for (size_t i = 0; i < country->membership_count; i++) {
        const struct membership *membership = &country->memberships[i];
        if (question->rule.as_of < membership->first || question->rule.as_of > membership->last)
            continue;
        for (size_t k = 0; k < question->group_count; k++)
            if (strcmp(question->groups[k], membership->group) == 0)
                return true;
    }
    return false;
}

static bool is_named(const struct question *question, const char *code)
{
    for (size_t i = 0; i < question->country_count; i++)
        if (strcmp(question->countries[i], code) == 0)
            return true;
    return false;
}

bool question_selects(const struct view *view, const struct question *question, size_t country)
{
    return (question->country_count == 0 || is_named(question, view->countries[country].id)) &&
           (question->group_count == 0 || is_member(question, &view->by_country[country]));
}

size_t view_selected(const struct view *view, const struct question *question)
{
    size_t count = 0;
    for (size_t i = 0; i < view->country_count; i++)
        count += question_selects(view, question, i) ? 1U : 0U;
    return count;
}

/* --- who judges --- */

static struct judge judge_by(const struct view *view, const struct score_question *rule, size_t criterion)
{
    const size_t *criteria = weighed_by(view, rule->methodology);
    size_t place = 0;
    while (place < rule->methodology->weight_count && criteria[place] != criterion)
        place++;
    return (struct judge){rule, place};
}

struct judge question_judge(const struct view *view, const struct question *question, size_t criterion)
{
    return judge_by(view, &question->rule, criterion);
}

static bool weighs(const struct judge *judge)
{
    return judge->rule != NULL && judge->place < judge->rule->methodology->weight_count;
}

bool judge_weight(const struct judge *judge, int32_t *ret)
{
    if (!weighs(judge))
        return false;
    *ret = judge->rule->weights[judge->place];
    return true;
}

/* The question as it is put to another methodology: all but the weights, which are the other's own. */
static struct score_question rule_of(const struct question *question, const struct methodology *methodology)
{
    const struct score_question *asked = &question->rule;
    struct score_question rule = score_question(methodology, asked->as_of);
    rule.as_of_given = asked->as_of_given;
    rule.aged = asked->aged;
    rule.youngest_from = asked->youngest_from;
    if (question->based) {
        memcpy(rule.bases, asked->bases, sizeof(rule.bases));
        rule.basis_count = asked->basis_count;
    }
    if (question->surely)
        rule.least_sure = asked->least_sure;
    return rule;
}

/* `rules`: those of view->methodologies, and behind them the question's own. */
static struct judge judge_among(const struct view *view, const struct question *question,
                                const struct score_question *rules, size_t criterion)
{
    struct judge own = judge_by(view, &rules[view->methodology_count], criterion);
    if (question->theme != NULL)
        return weighs(&own) ? own : (struct judge){NULL, 0};
    for (size_t i = 0; i < view->methodology_count && !weighs(&own); i++) {
        struct judge other = judge_by(view, &rules[i], criterion);
        if (weighs(&other))
            return other;
    }
    return own;
}

struct judge *question_judges(const struct view *view, const struct question *question, struct arena *arena)
{
    struct score_question *rules = arena_array(arena, view->methodology_count + 1, sizeof(*rules));
    struct judge *judges = arena_array(arena, view->facts->criterion_count + 1, sizeof(*judges));
    if (rules == NULL || judges == NULL)
        return NULL;
    for (size_t i = 0; i < view->methodology_count; i++)
        rules[i] = rule_of(question, view->methodologies[i]);
    rules[view->methodology_count] = question->rule;
    for (size_t i = 0; i < view->facts->criterion_count; i++)
        judges[i] = judge_among(view, question, rules, i);
    return judges;
}

struct selection *selection_new(const struct view *view, const struct question *question)
{
    struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct selection *selection = arena == NULL ? NULL : arena_alloc(arena, sizeof(*selection));
    if (selection == NULL)
        arena_free(arena);
    else
        *selection = (struct selection){.view = view, .question = question, .arena = arena};
    return selection;
}

void selection_free(struct selection *selection)
{
    if (selection != NULL)
        arena_free(selection->arena);
}
