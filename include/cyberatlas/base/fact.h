/* SPDX-License-Identifier: MIT */
/* What passes between rooms: the facts as plain structs, without logic. seed makes them, store keeps them, score and
 * view read them. Every pointer lives in the arena of `struct facts`; a string that may be absent is NULL. */
#pragma once
#include <stddef.h>

#include "cyberatlas/base/answer.h"
#include "cyberatlas/base/change.h"
#include "cyberatlas/base/claim.h"
#include "cyberatlas/base/contact.h"
#include "cyberatlas/base/index.h"
#include "cyberatlas/base/method.h"

struct arena;

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

/* What a country is called in a language other than English. */
struct country_name {
    const char *country;
    const char *language; /* term of the vocabulary `languages` */
    const char *name;
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
    const struct index *indices; /* by id */
    size_t index_count;
    const struct country_name *names; /* by country, then language */
    size_t name_count;
    const char *names_source; /* of all of them; NULL where there are none */
    struct contact_order contacts;
    struct log log; /* no fact itself; empty where the facts come from seeds */
};
