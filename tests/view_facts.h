/* SPDX-License-Identifier: MIT */
/* A small world made by hand, for the tests of the view room: Belgium with two years of one strategy, a lost value and
 * three answers; France with codes alone; Kosovo without a number; a team of Belgium and one of the EU. */
#pragma once
#include <check.h>

#include "cyberatlas/base/fact.h"

/* Borrowed; lives as long as the program. */
const struct facts *view_facts(void);

TCase *view_page_cases(void);
TCase *view_list_cases(void);
TCase *view_schema_cases(void);
