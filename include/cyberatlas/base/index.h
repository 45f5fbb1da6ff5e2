/* SPDX-License-Identifier: MIT */
/* Figures that others publish about countries, as plain structs: each index with its own scale and terms, never mixed
 * into our scores. Every pointer lives in the arena of `struct facts` (fact.h); a string that may be absent is NULL. */
#pragma once
#include <stddef.h>

#include "cyberatlas/base/claim.h"

enum index_form { INDEX_NUMBER, INDEX_DATE, INDEX_FORM_COUNT };

/* One edition, or one pillar. */
struct index_part {
    const char *id;
    const char *title;
    const char *note;
};

/* What the index says of one country. */
struct index_value {
    const char *country;
    const char *edition;
    const char *pillar; /* NULL where the index has none */
    const char *value;  /* a decimal number, or a date, as the source gives it */
    struct evidence evidence;
};

struct index {
    const char *id;
    const char *title;
    const char *publisher;
    const char *text; /* what it measures, and how its figures are to be read */
    const char *terms;
    enum index_form form; /* of all its values */
    const char *unit;     /* "points" */
    const char *lowest;   /* ends of the scale: decimal numbers */
    const char *highest;
    const char *better;                /* "higher", "lower" */
    const char *source;                /* of the values that name no other */
    const struct index_part *editions; /* in the file's order */
    size_t edition_count;
    const struct index_part *pillars;
    size_t pillar_count;
    const struct index_value *values; /* by country, then in the order of editions and pillars */
    size_t value_count;
};
