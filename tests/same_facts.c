/* SPDX-License-Identifier: MIT */
/* Whether two sets of facts are the same, field by field, in order; what differs fails the running test and is named.
 * A struct of texts alone is compared as an array of them, so one that gets another member must be looked at here. */
#include "same_facts.h"

#include <check.h>
#include <string.h>

static void same_text(const char *found, const char *written, const char *where)
{
    bool is_same = found == NULL || written == NULL ? found == written : strcmp(found, written) == 0;
    ck_assert_msg(is_same, "%s: \"%s\" was written, \"%s\" read", where, written == NULL ? "(none)" : written,
                  found == NULL ? "(none)" : found);
}

static void same_texts(const char *const *found, const char *const *written, size_t count, const char *where)
{
    for (size_t i = 0; i < count; i++)
        same_text(found[i], written[i], where);
}

/* Structs of texts alone. */
#define SAME_TEXTS(found, written, where)                                                                              \
    same_texts((const char *const *)(const void *)(found), (const char *const *)(const void *)(written),               \
               sizeof(*(found)) / sizeof(const char *), where)

_Static_assert(sizeof(struct dataset) == 9 * sizeof(char *) && sizeof(struct source) == 9 * sizeof(char *) &&
                   sizeof(struct evidence) == 5 * sizeof(char *) && sizeof(struct term) == 3 * sizeof(char *) &&
                   sizeof(struct index_part) == 3 * sizeof(char *) &&
                   sizeof(struct index_value) == 9 * sizeof(char *) &&
                   sizeof(struct country_name) == 3 * sizeof(char *),
               "a field that is no text needs a comparison of its own");

static void same_vocabularies(const struct facts *found, const struct facts *written)
{
    ck_assert_uint_eq(found->vocabulary_count, written->vocabulary_count);
    for (size_t i = 0; i < written->vocabulary_count; i++) {
        const struct vocabulary *a = &found->vocabularies[i];
        const struct vocabulary *b = &written->vocabularies[i];
        same_text(a->id, b->id, "vocabulary");
        same_text(a->title, b->title, b->id);
        ck_assert_uint_eq(a->term_count, b->term_count);
        for (size_t k = 0; k < b->term_count; k++)
            SAME_TEXTS(&a->terms[k], &b->terms[k], b->id);
    }
}

static void same_criterion(const struct criterion *a, const struct criterion *b)
{
    same_texts((const char *const[]){a->id, a->theme, a->label, a->question, a->note, a->source, a->at},
               (const char *const[]){b->id, b->theme, b->label, b->question, b->note, b->source, b->at}, 7, b->id);
    for (int value = 0; value < ANSWER_VALUE_COUNT; value++)
        ck_assert(a->allowed[value] == b->allowed[value]);
    ck_assert_uint_eq(a->meaning_count, b->meaning_count);
    for (size_t i = 0; i < b->meaning_count; i++) {
        ck_assert_int_eq(a->meanings[i].value, b->meanings[i].value);
        same_text(a->meanings[i].text, b->meanings[i].text, b->id);
    }
}

static void same_fraction(struct fraction a, struct fraction b)
{
    ck_assert(a.num == b.num && a.den == b.den);
}

static void same_methodology(const struct methodology *a, const struct methodology *b)
{
    same_texts((const char *const[]){a->id, a->version, a->title, a->theme, a->text},
               (const char *const[]){b->id, b->version, b->title, b->theme, b->text}, 5, b->id);
    ck_assert_uint_eq(a->weight_count, b->weight_count);
    for (size_t i = 0; i < b->weight_count; i++) {
        same_text(a->weights[i].criterion, b->weights[i].criterion, b->id);
        ck_assert_int_eq(a->weights[i].weight, b->weights[i].weight);
    }
    for (int value = 0; value < ANSWER_VALUE_COUNT; value++) {
        same_fraction(a->values[value].low, b->values[value].low);
        same_fraction(a->values[value].high, b->values[value].high);
        same_fraction(a->values[value].counted, b->values[value].counted);
    }
    ck_assert_int_eq(a->window_months, b->window_months);
    ck_assert_uint_eq(a->basis_count, b->basis_count);
    for (size_t i = 0; i < b->basis_count; i++)
        ck_assert_int_eq(a->bases[i], b->bases[i]);
    ck_assert_int_eq(a->least_sure, b->least_sure);
    same_fraction(a->least_coverage, b->least_coverage);
}

static void same_answer(const struct answer *a, const struct answer *b)
{
    same_text(a->country, b->country, "country");
    same_text(a->criterion, b->criterion, b->country);
    same_text(a->unknown, b->unknown, b->criterion);
    SAME_TEXTS(&a->evidence, &b->evidence, b->criterion);
    ck_assert_int_eq(a->value, b->value);
    ck_assert_int_eq(a->year, b->year);
    ck_assert_int_eq(a->basis, b->basis);
    ck_assert_int_eq(a->sure, b->sure);
    ck_assert(a->dated == b->dated);
    if (b->dated)
        ck_assert(a->observed.first == b->observed.first && a->observed.last == b->observed.last);
}

static void same_value(const struct value *a, const struct value *b, const char *where)
{
    ck_assert_int_eq(a->type, b->type);
    same_text(a->json, b->json, where);
    same_text(a->text, b->text, where);
    ck_assert_int_eq(a->integer, b->integer);
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < b->count; i++) {
        if (b->type == VALUE_RECORD)
            same_text(a->keys[i], b->keys[i], where);
        same_value(&a->items[i], &b->items[i], where);
    }
}

static void same_claim(const struct claim *a, const struct claim *b, const char *where)
{
    same_texts((const char *const[]){a->field, a->item, a->unknown, a->qualifier},
               (const char *const[]){b->field, b->item, b->unknown, b->qualifier}, 4, where);
    ck_assert_uint_eq(a->n, b->n);
    SAME_TEXTS(&a->evidence, &b->evidence, where);
    same_value(&a->value, &b->value, where);
}

static void same_things(const struct facts *found, const struct facts *written)
{
    ck_assert_uint_eq(found->thing_count, written->thing_count);
    for (size_t i = 0; i < written->thing_count; i++) {
        const struct thing *a = &found->things[i];
        const struct thing *b = &written->things[i];
        ck_assert_int_eq(a->kind, b->kind);
        same_text(a->id, b->id, "thing");
        same_text(a->owner, b->owner, b->id);
        ck_assert_uint_eq(a->claim_count, b->claim_count);
        for (size_t k = 0; k < b->claim_count; k++)
            same_claim(&a->claims[k], &b->claims[k], b->id);
    }
}

static void same_parts(const struct index_part *a, const struct index_part *b, size_t count, const char *where)
{
    for (size_t i = 0; i < count; i++)
        SAME_TEXTS(&a[i], &b[i], where);
}

static void same_index(const struct index *a, const struct index *b)
{
    same_texts((const char *const[]){a->id, a->title, a->publisher, a->text, a->terms, a->unit, a->lowest, a->highest,
                                     a->better, a->source},
               (const char *const[]){b->id, b->title, b->publisher, b->text, b->terms, b->unit, b->lowest, b->highest,
                                     b->better, b->source},
               10, b->id);
    ck_assert_int_eq(a->form, b->form);
    ck_assert_uint_eq(a->edition_count, b->edition_count);
    ck_assert_uint_eq(a->pillar_count, b->pillar_count);
    ck_assert_uint_eq(a->value_count, b->value_count);
    same_parts(a->editions, b->editions, b->edition_count, b->id);
    same_parts(a->pillars, b->pillars, b->pillar_count, b->id);
    for (size_t i = 0; i < b->value_count; i++)
        SAME_TEXTS(&a->values[i], &b->values[i], b->id);
}

static void same_words(const struct words *a, const struct words *b, const char *where)
{
    ck_assert_uint_eq(a->count, b->count);
    same_texts(a->items, b->items, b->count, where);
}

static void same_contact_words(const struct contact_word *a, const struct contact_word *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        same_text(a[i].id, b[i].id, "word");
        same_text(a[i].label, b[i].label, b[i].id);
        same_words(&a[i].terms, &b[i].terms, b[i].id);
    }
}

static void same_rule(const struct contact_rule *a, const struct contact_rule *b)
{
    same_text(a->id, b->id, "rule");
    same_text(a->reason, b->reason, b->id);
    ck_assert(a->beyond == b->beyond && a->kind == b->kind);
    same_words(&a->purposes, &b->purposes, b->id);
    same_words(&a->audiences, &b->audiences, b->id);
    same_words(&a->types, &b->types, b->id);
    same_words(&a->without, &b->without, b->id);
    same_words(&a->sectors, &b->sectors, b->id);
    same_words(&a->roles, &b->roles, b->id);
}

static void same_contacts(const struct contact_order *a, const struct contact_order *b)
{
    ck_assert_uint_eq(a->purpose_count, b->purpose_count);
    ck_assert_uint_eq(a->audience_count, b->audience_count);
    ck_assert_uint_eq(a->rule_count, b->rule_count);
    same_contact_words(a->purposes, b->purposes, b->purpose_count);
    same_contact_words(a->audiences, b->audiences, b->audience_count);
    for (size_t i = 0; i < b->rule_count; i++)
        same_rule(&a->rules[i], &b->rules[i]);
}

void same_facts(const struct facts *found, const struct facts *written)
{
    SAME_TEXTS(&found->dataset, &written->dataset, "dataset");
    ck_assert_uint_eq(found->source_count, written->source_count);
    for (size_t i = 0; i < written->source_count; i++)
        SAME_TEXTS(&found->sources[i], &written->sources[i], written->sources[i].id);
    same_vocabularies(found, written);
    ck_assert_uint_eq(found->criterion_count, written->criterion_count);
    for (size_t i = 0; i < written->criterion_count; i++)
        same_criterion(&found->criteria[i], &written->criteria[i]);
    ck_assert_uint_eq(found->methodology_count, written->methodology_count);
    for (size_t i = 0; i < written->methodology_count; i++)
        same_methodology(&found->methodologies[i], &written->methodologies[i]);
    ck_assert_uint_eq(found->answer_count, written->answer_count);
    for (size_t i = 0; i < written->answer_count; i++)
        same_answer(&found->answers[i], &written->answers[i]);
    same_things(found, written);
    ck_assert_uint_eq(found->index_count, written->index_count);
    for (size_t i = 0; i < written->index_count; i++)
        same_index(&found->indices[i], &written->indices[i]);
    ck_assert_uint_eq(found->name_count, written->name_count);
    for (size_t i = 0; i < written->name_count; i++)
        SAME_TEXTS(&found->names[i], &written->names[i], written->names[i].country);
    same_text(found->names_source, written->names_source, "names");
    same_contacts(&found->contacts, &written->contacts);
}
