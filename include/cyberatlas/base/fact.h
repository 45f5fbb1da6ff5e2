/* SPDX-License-Identifier: MIT */
/* What passes between rooms: the facts as plain structs, without logic. seed makes them, store keeps them, score and
 * view read them. Every pointer lives in the arena of `struct facts`; a string that may be absent is NULL. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/base/date.h"

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

struct dataset {
    const char *id;
    const char *title;
    const char *description;
    const char *date; /* YYYY-MM-DD: the day the dataset speaks of */
    const char *publisher;
    const char *licence; /* SPDX id for our own wording */
    const char *licence_url;
    const char *terms; /* how the sources' own terms apply beside it */
    const char *homepage;
};

struct source {
    const char *id;
    const char *title;
    const char *publisher;
    const char *url;
    const char *published; /* date */
    const char *captured;  /* date: when the copy used was taken */
    const char *sha256;    /* of that copy */
    const char *terms;     /* licence or "not stated" */
    const char *note;
};

struct term {
    const char *id;
    const char *label;
    const char *note;
};

struct vocabulary {
    const char *id;
    const char *title;
    const struct term *terms; /* in the file's order */
    size_t term_count;
};

enum answer_value {
    ANSWER_UNKNOWN,
    ANSWER_YES,
    ANSWER_PARTIAL,
    ANSWER_NO,
    ANSWER_NOT_APPLICABLE,
    ANSWER_YEAR, /* criteria that ask for a year */
    ANSWER_VALUE_COUNT
};

enum basis { BASIS_ASSESSOR, BASIS_OUR_READING, BASIS_EU_LAW, BASIS_COUNT }; /* the order in which they speak */
enum sureness { SURE_HIGH, SURE_MEDIUM, SURE_LOW, SURE_COUNT };              /* surest first */

struct meaning {
    enum answer_value value;
    const char *text;
};

struct criterion {
    const char *id;
    const char *theme; /* term of the vocabulary `themes` */
    const char *label; /* short */
    const char *question;
    bool allowed[ANSWER_VALUE_COUNT];
    const struct meaning *meanings;
    size_t meaning_count;
    const char *note;
    const char *source;
    const char *at;
};

/* One claim about country × criterion. */
struct answer {
    const char *country;
    const char *criterion;
    enum answer_value value; /* ANSWER_UNKNOWN has a reason and never speaks */
    uint16_t year;           /* ANSWER_YEAR */
    const char *unknown;     /* term of `unknown-reasons` */
    enum basis basis;
    enum sureness sure;
    struct evidence evidence;
    struct date observed; /* of evidence.observed, its end cut at the source's capture (or the dataset's date); valid if
                             dated */
    bool dated;
};

struct fraction {
    int32_t num;
    int32_t den; /* > 0 */
};

struct value_map {
    struct fraction low;
    struct fraction high;
    struct fraction counted;
};

struct weight {
    const char *criterion;
    int32_t weight; /* 0 to 100 */
};

struct methodology {
    const char *id;
    const char *version; /* semantic */
    const char *title;
    const char *theme;
    const char *text;
    const struct weight *weights; /* the scored criteria, by id */
    size_t weight_count;
    struct value_map values[ANSWER_VALUE_COUNT]; /* used: YES, PARTIAL, NO, UNKNOWN (low and high) */
    int32_t window_months;                       /* claims this much older than the newest are history */
    enum basis bases[BASIS_COUNT];               /* those that speak by default, in order */
    size_t basis_count;
    enum sureness least_sure;
    struct fraction least_coverage;
};

struct facts {
    struct arena *arena; /* holds all of it; facts_free */
    struct dataset dataset;
    const struct source *sources; /* by id */
    size_t source_count;
    const struct vocabulary *vocabularies; /* by id */
    size_t vocabulary_count;
    const struct criterion *criteria; /* in the file's order */
    size_t criterion_count;
    const struct methodology *methodologies; /* by id, then version */
    size_t methodology_count;
    const struct thing *things; /* by kind, then owner, then the seed's order; countries and organisations by id */
    size_t thing_count;
    const struct answer *answers; /* by country, criterion, then the seed's order */
    size_t answer_count;
};
