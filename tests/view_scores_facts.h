/* SPDX-License-Identifier: MIT */
/* A small scored world for the tests of assessments and scores, and ways to ask a view for its bodies. */
#pragma once
#include <check.h>
#include <jansson.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/common.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/score.h"
#include "cyberatlas/view.h"

extern struct facts scored_facts; /* set by scored_set_up */
extern struct view *scored_view;
extern const struct methodology scored_methodology;
void scored_set_up(void);
void scored_tear_down(void);

size_t scored_number(enum subject subject, const char *id);
/* The body of one document; the caller frees it. */
char *scored_body(const char *path, enum media media, const char *id);
/* Its JSON, to be given back with json_decref. */
json_t *scored_answer(const char *path, const char *id);
/* One fragment of a list; the caller frees it. */
char *scored_fragment(const char *list, size_t index, enum media media);

const char *text_at(const json_t *object, const char *key);
/* The item of `array` whose `key` is `value`. */
json_t *item_with(json_t *array, const char *key, const char *value);
void assert_within(const char *body, const char *part);

/* Tests that share this world, in files of their own. */
TCase *view_record_cases(void);
TCase *view_coverage_cases(void);
Suite *view_scores_suite(void);
