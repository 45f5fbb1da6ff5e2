/* SPDX-License-Identifier: MIT */
/* Criteria, and what sources answer to them country by country. Every pointer lives in the arena of `struct facts`
 * (fact.h); a string that may be absent is NULL. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/base/claim.h"
#include "cyberatlas/base/date.h"

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
