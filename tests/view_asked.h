/* SPDX-License-Identifier: MIT */
/* A scored world that may be asked questions. Every body and every JSON value is the caller's to give back. */
#pragma once
#include "view_scores_facts.h"

enum { ASKED_METHODOLOGIES = 3, ASKED_WEIGHTS = 2 };
extern const struct weight asked_weights[ASKED_WEIGHTS];
/* Two versions of "legal-conditions", the older first, and "tooling", of a theme and with weights of its own. */
extern struct methodology asked_methodologies[ASKED_METHODOLOGIES];
extern struct view *asked_view;
void asked_set_up(void);
void asked_tear_down(void);

struct question asked_default(void);
/* What the criterion allows, until the next set-up. */
void asked_allow(const char *criterion, bool yes, bool partial, bool no);
void asked_as_of(struct question *question, const char *day);
/* The whole list; in JSON, parsed. */
char *asked_list_body(const char *name, const struct question *question, const char *sort, enum media media);
json_t *asked_list(const char *name, const struct question *question, const char *sort);
char *asked_document_body(const char *path, enum media media, const struct question *question, size_t country);
json_t *asked_document(const char *path, const struct question *question, size_t country);
/* Parses and frees it. */
json_t *asked_parsed(char *body);
/* Borrowed; `second` NULL is left out. */
json_t *asked_at(json_t *json, const char *first, const char *second);
double asked_number(const json_t *object, const char *key);
void assert_figures(const json_t *score, double value, double low, double high, double coverage);

TCase *view_asked_cases(void);
TCase *view_explain_cases(void);
TCase *view_standing_cases(void);
