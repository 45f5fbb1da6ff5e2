/* SPDX-License-Identifier: MIT */
/* The scores of all that a question selects, and the place that each has among them. Where nobody is selected by name
 * or group, only those that have a value are ranked: a country of which too little is known would else widen every
 * other's rank. It knows no answer's shape but the rank's own. */
#include "internal.h"

static bool is_chosen(const struct question *question)
{
    return question->country_count > 0 || question->group_count > 0;
}

static bool rank_all(struct scored *scored, size_t count, bool chosen, struct arena *arena)
{
    const struct score **scores = arena_array(arena, count + 1, sizeof(const struct score *));
    struct scored **ranked = arena_array(arena, count + 1, sizeof(struct scored *));
    struct rank *ranks = arena_array(arena, count + 1, sizeof(*ranks));
    if (scores == NULL || ranked == NULL || ranks == NULL)
        return false;
    size_t of = 0;
    for (size_t i = 0; i < count; i++) {
        if (!chosen && !scored[i].score.has_value)
            continue;
        ranked[of] = &scored[i];
        scores[of++] = &scored[i].score;
    }
    if (of > 0 && !score_ranks(scores, of, ranks))
        return false;
    for (size_t i = 0; i < of; i++) {
        ranked[i]->rank = ranks[i];
        ranked[i]->of = of;
    }
    return true;
}

struct scored *question_scores(const struct view *view, const struct question *question, size_t also,
                               struct arena *arena, size_t *ret_count)
{
    struct verdict verdicts[SCORE_CRITERIA_MAX];
    struct scored *scored = arena_array(arena, view->country_count + 1, sizeof(*scored));
    size_t count = 0;
    for (size_t i = 0; scored != NULL && i < view->country_count; i++) {
        if (i != also && !question_selects(view, question, i))
            continue;
        scored[count].country = i;
        scored[count++].score = question_score(view, question, i, verdicts);
    }
    if (scored == NULL || !rank_all(scored, count, is_chosen(question), arena))
        return NULL;
    *ret_count = count;
    return scored;
}

bool question_scored(const struct view *view, const struct question *question, size_t country, struct arena *arena,
                     struct scored *ret)
{
    size_t count = 0;
    const struct scored *scored = question_scores(view, question, country, arena, &count);
    if (scored == NULL)
        return false;
    while (scored->country != country)
        scored++;
    *ret = *scored;
    return true;
}

void rank_set(struct arena *arena, struct node *object, const struct scored *scored)
{
    if (scored->of == 0)
        return;
    struct node *rank = node_object(arena);
    node_set(arena, rank, "best", node_integer(arena, (int64_t)scored->rank.best));
    node_set(arena, rank, "worst", node_integer(arena, (int64_t)scored->rank.worst));
    node_set(arena, rank, "of", node_integer(arena, (int64_t)scored->of));
    node_set(arena, object, "rank", rank);
}

const char *rank_text(struct arena *arena, const struct scored *scored)
{
    if (scored->of == 0)
        return "none: only countries with a value are ranked";
    if (scored->rank.best == scored->rank.worst)
        return arena_printf(arena, "%zu of %zu", scored->rank.best, scored->of);
    return arena_printf(arena, "%zu–%zu of %zu", scored->rank.best, scored->rank.worst, scored->of);
}
