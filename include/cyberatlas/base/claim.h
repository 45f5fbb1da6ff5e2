/* SPDX-License-Identifier: MIT */
/* Statements of sources, as plain structs: a claim says one thing about one field of one thing, and where that stands.
 * Every pointer lives in the arena of `struct facts` (fact.h); a string that may be absent is NULL. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum value_type { VALUE_NONE, VALUE_TEXT, VALUE_INTEGER, VALUE_FLAG, VALUE_LIST, VALUE_RECORD };

/* One JSON value, as its text and taken apart. */
struct value {
    enum value_type type;
    const char *json; /* compact JSON, keys in the order of the field table; NULL for VALUE_NONE */
    const char *text; /* VALUE_TEXT */
    int64_t integer;  /* VALUE_INTEGER, VALUE_FLAG (0 or 1) */
    size_t count;     /* VALUE_LIST and VALUE_RECORD: number of items */
    const struct value *items;
    const char *const *keys; /* VALUE_RECORD: the items' names */
};

/* Where a statement comes from. */
struct evidence {
    const char *source;   /* id of a source; never NULL in a claim or an answer */
    const char *at;       /* place in the source */
    const char *observed; /* date: when the source looked */
    const char *since;    /* date: from when the fact holds */
    const char *note;     /* our own remark */
};

/* One statement of one source about one field of one thing: a value, or an unknown with its reason. */
struct claim {
    const char *field;
    const char *item;      /* "1", "2" … for fields of many items, else NULL */
    uint32_t n;            /* 0 is the claim shown; the others stand beside it */
    struct value value;    /* VALUE_NONE where unknown */
    const char *unknown;   /* term of the vocabulary `unknown-reasons`, else NULL */
    const char *qualifier; /* term of the vocabulary `qualifiers`: more_than, about … */
    struct evidence evidence;
};

enum thing_kind {
    THING_COUNTRY,
    THING_ORGANISATION,
    THING_PROFILE, /* statements about a country as a whole; its id is the country's code in lower case */
    THING_STRATEGY,
    THING_INSTITUTION,
    THING_CERT,
    THING_LAW,
    THING_PARTNERSHIP,
    THING_PROGRAMME,
    THING_GUIDANCE,
    THING_COUNT
};

struct thing {
    enum thing_kind kind;
    const char *id;    /* for a country its ISO 3166-1 alpha-2 code, else [a-z0-9-]+ and unique among all things */
    const char *owner; /* country code or organisation id it belongs to; NULL for countries and organisations */
    const struct claim *claims; /* in the order of the kind's field table, then item, then n */
    size_t claim_count;
};
