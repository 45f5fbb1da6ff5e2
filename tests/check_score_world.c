/* SPDX-License-Identifier: MIT */
/* Random worlds for the score room's properties: claims that differ in everything rule 0 looks at, often in one thing
 * alone, so that every tie and every dispute comes about. */
#include "score_fixture.h"

static uint64_t state;

/* xorshift64*: small, and the same everywhere. */
uint32_t random_below(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * 2685821657736338717ULL) >> 33) % below;
}

void random_start(int round)
{
    state = 0x9E3779B97F4A7C15ULL + (uint64_t)round * 2;
    for (int i = 0; i < 8; i++)
        (void)random_below(2);
}

#define ANY_OF(table) (table)[random_below(COUNT_OF(table))]

struct answer random_answer(void)
{
    static const enum answer_value values[] = {ANSWER_UNKNOWN, ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO,
                                               ANSWER_NOT_APPLICABLE};
    static const char *const dates[] = {"2010",       "2014-03", "2015-11-24", "2015-12",    "2016", "2017-07",
                                        "2017-12-31", "2017-12", "2018",       "2026-11-24", NULL};
    static const char *const sources[] = {"a", "b", "c"};
    static const char *const places[] = {NULL, "L1", "L2"};
    static const char *const reasons[] = {"lost_in_capture", "not_assessed", "unclear"};
    struct answer answer = make_answer(ANY_OF(values), (enum basis)random_below(BASIS_COUNT),
                                       (enum sureness)random_below(SURE_COUNT), ANY_OF(dates), ANY_OF(sources));
    answer.evidence.at = ANY_OF(places);
    answer.evidence.since = random_below(3) == 0 ? "2015" : NULL;
    if (answer.unknown != NULL)
        answer.unknown = ANY_OF(reasons);
    return answer;
}

void judge_world(struct world *world)
{
    score_verdicts(&world->question, world->cells, world->verdicts);
}

void make_answers_anew(struct world *world)
{
    for (size_t i = 0; i < WORLD_CRITERIA; i++) {
        world->cells[i] = (struct cell){world->answers[i], random_below(WORLD_CLAIMS + 1)};
        for (size_t j = 0; j < world->cells[i].count; j++)
            world->answers[i][j] = random_answer();
    }
    judge_world(world);
}

/* low ≤ counted ≤ high, with one denominator or three. */
static struct value_map random_partial(void)
{
    static const struct value_map maps[] = {
        {{1, 4}, {3, 4}, {1, 2}}, {{1, 3}, {2, 3}, {1, 3}}, {{0, 1}, {1, 1}, {3, 7}}, {{2, 7}, {9, 11}, {6, 13}}};
    return ANY_OF(maps);
}

void make_world(struct world *world, int round)
{
    random_start(round);
    for (size_t i = 0; i < WORLD_CRITERIA; i++)
        world->weights[i] = (struct weight){"a", (int32_t)random_below(6)};
    world->methodology = make_methodology(world->weights, WORLD_CRITERIA);
    world->methodology.values[ANSWER_PARTIAL] = random_partial();
    world->methodology.least_coverage = (struct fraction){(int32_t)random_below(3), 5};
    world->question = score_question(&world->methodology, day_of_text("2026-11-24"));
    if (random_below(4) == 0)
        world->question.least_sure = SURE_LOW;
    if (random_below(4) == 0)
        world->question.bases[world->question.basis_count++] = BASIS_EU_LAW;
    make_answers_anew(world);
}
