/* SPDX-License-Identifier: MIT */
/* The fields that each kind of thing may have: one table that the seed reader, the views and the tests walk.
 * To add a field, add a row here, then to the kind's seed schema and answer schema. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "cyberatlas/base/fact.h"

enum shape {
    SHAPE_TEXT,    /* our own words, or a proper name */
    SHAPE_DATE,    /* 2012, 2017-07, 2016-07-05 */
    SHAPE_COUNT,   /* a whole number from 0 */
    SHAPE_FLAG,    /* true or false */
    SHAPE_URL,     /* http: or https: */
    SHAPE_CODE,    /* a term of the field's vocabulary */
    SHAPE_COUNTRY, /* ISO 3166-1 alpha-2 code of a country in the dataset */
    SHAPE_REF,     /* id of another thing */
    SHAPE_RECORD,  /* named parts, see `parts` */
};

enum many {
    MANY_NO,    /* one value */
    MANY_LIST,  /* one claim whose value is a list */
    MANY_ITEMS, /* a list in which each item has claims of its own */
};

struct field {
    const char *name;  /* JSON key in seeds and answers; NULL ends a table */
    const char *label; /* heading on pages for people */
    enum shape shape;
    enum many many;
    const char *vocabulary;    /* SHAPE_CODE */
    const struct field *parts; /* SHAPE_RECORD: parts are MANY_NO or MANY_LIST, never records */
    bool required;             /* a part that a record, or a field that a thing, cannot be without */
};

struct kind {
    const char *name;   /* "strategy" */
    const char *plural; /* key of its array in seeds and answers: "strategies" */
    const char *title;  /* heading on pages */
    const struct field *fields;
};

extern const struct kind kind_table[THING_COUNT];

/* The row for `name` in a table that a NULL name ends; NULL when there is none. */
const struct field *field_find(const struct field *fields, const char *name);
