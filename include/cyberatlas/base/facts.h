/* SPDX-License-Identifier: MIT */
/* Looking things up in the facts, and the words for their enums. All results are borrowed from the facts. */
#pragma once
#include "cyberatlas/base/common.h"
#include "cyberatlas/base/fact.h"

/* Accepts NULL. Frees the arena that holds the facts, the struct itself included. */
void facts_free(struct facts *facts);
void facts_cleanup(struct facts **facts);

/* The things of one kind, or (owner not NULL) those of one owner: a slice of facts->things. */
const struct thing *facts_things(const struct facts *facts, enum thing_kind kind, const char *owner, size_t *ret_count);
const struct thing *facts_thing(const struct facts *facts, enum thing_kind kind, const char *id);
const struct thing *facts_country(const struct facts *facts, const char *code); /* canonical alpha-2 only */
const struct source *facts_source(const struct facts *facts, const char *id);
const struct vocabulary *facts_vocabulary(const struct facts *facts, const char *id);
const struct term *facts_term(const struct facts *facts, const char *vocabulary, const char *id);
/* The term's label, or the id itself where the vocabulary has none. */
const char *facts_label(const struct facts *facts, const char *vocabulary, const char *id);
const struct criterion *facts_criterion(const struct facts *facts, const char *id);
/* The newest version of a methodology. */
const struct methodology *facts_methodology(const struct facts *facts, const char *id);
/* The newest of its versions that `prefix` begins: "1", "1.0" or "1.0.0", whole parts only. NULL when there is none. */
const struct methodology *facts_methodology_version(const struct facts *facts, const char *id, const char *prefix);
/* A country's answers, or (criterion not NULL) those to one criterion: a slice of facts->answers. */
const struct answer *facts_answers(const struct facts *facts, const char *country, const char *criterion,
                                   size_t *ret_count);

/* What an index says of one country: a slice of its values. */
const struct index_value *facts_index_values(const struct index *index, const char *country, size_t *ret_count);

/* What a country is called in other languages: a slice of facts->names. */
const struct country_name *facts_names(const struct facts *facts, const char *country, size_t *ret_count);

/* The claims of one field (all items, all n): a slice; NULL and 0 when no source speaks of it. */
const struct claim *thing_claims(const struct thing *thing, const char *field, size_t *ret_count);
/* The shown claim of a field of one value; NULL when there is none. */
const struct claim *thing_shown(const struct thing *thing, const char *field);
/* The shown value; NULL when there is none or it is unknown. */
const struct value *thing_value(const struct thing *thing, const char *field);
/* The shown value's text; NULL when there is none or it is no text. */
const char *thing_text(const struct thing *thing, const char *field);
/* One part of a VALUE_RECORD; NULL when absent. */
const struct value *value_part(const struct value *record, const char *key);

extern const char *const answer_value_names[ANSWER_VALUE_COUNT]; /* "unknown" "yes" … "year" */
extern const char *const basis_names[BASIS_COUNT];
extern const char *const sureness_names[SURE_COUNT];
extern const char *const index_form_names[INDEX_FORM_COUNT]; /* "number" "date" */
/* Index of `word` among `count` names, -1 when it is none of them. */
int word_index(const char *word, const char *const *names, size_t count);
