/* SPDX-License-Identifier: MIT */
/* A test file's own small facts, opened as a view that is asked one question: four criteria of one weight each, judged
 * by the published method with half of them as the least coverage. */
#pragma once
#include <check.h>

#include "fixture_facts.h"
#include "view_facts.h"

#define SMALL_CRITERION(id_, partly, source_)                                                                          \
    {                                                                                                                  \
        .id = id_, .theme = "legal-conditions", .label = "On " id_, .question = "Is there?",                           \
        .allowed = {[ANSWER_YES] = true, [ANSWER_PARTIAL] = partly, [ANSWER_NO] = true}, .source = source_             \
    }
static const struct weight weights[] = {{"audit", 1}, {"budget", 1}, {"cip", 1}, {"duty", 1}};
static const struct methodology methodologies[] = {
    {LEGAL_METHOD, .least_coverage = {1, 2}, .weights = weights, .weight_count = COUNT_OF(weights)}};

static struct view *world;
static struct question question;
static struct buf body;

static inline void small_open(const struct facts *facts)
{
    struct err err;
    ck_assert_msg(view_new(facts, "0123456789ab", &world, &err), "%s", err.text);
    question = view_question(world, view_methodology(world));
    buf_init(&body, 1 << 20);
}

static inline void small_close(void)
{
    view_free(world);
    buf_done(&body);
}

/* The answer to `question`, until the next one. */
static inline const char *small_ask(const char *path, enum media media, size_t country)
{
    buf_reset(&body);
    ck_assert(kind_of(path, media)->answer(world, &question, "/v1/self", country, &body));
    return body.data;
}
