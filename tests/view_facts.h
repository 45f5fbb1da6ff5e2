/* SPDX-License-Identifier: MIT */
/* A small world made by hand, for the tests of the view room: Belgium with two years of one strategy, a lost value and
 * three answers; France with codes alone; Kosovo without a number; a team of Belgium and one of the EU. */
#pragma once
#include <check.h>

#include "cyberatlas/base/fact.h"
#include "cyberatlas/view.h"

/* Borrowed; lives as long as the program. */
const struct facts *view_facts(void);

/* The view of it and a buffer of a mebibyte, between view_set_up and view_tear_down. */
extern struct view *view;
extern struct buf out;
void view_set_up(void);
void view_tear_down(void);

/* The row of the document at `path`, which must be there. */
const struct document_kind *kind_of(const char *path, enum media media);

TCase *view_brief_cases(void);
TCase *view_cert_cases(void);
TCase *view_change_cases(void);
TCase *view_compare_cases(void);
TCase *view_contact_cases(void);
TCase *view_finding_cases(void);
TCase *view_intelmq_cases(void);
TCase *view_history_cases(void);
TCase *view_causes_cases(void);
TCase *view_page_cases(void);
TCase *view_list_cases(void);
TCase *view_schema_cases(void);
