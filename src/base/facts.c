/* SPDX-License-Identifier: MIT */
/* Looking things up in the facts. Everything sorted is searched by halves; the short tables by walking. */
#include "cyberatlas/base/facts.h"

#include <string.h>

#include "cyberatlas/base/arena.h"

const char *const answer_value_names[ANSWER_VALUE_COUNT] = {[ANSWER_UNKNOWN] = "unknown",
                                                            [ANSWER_YES] = "yes",
                                                            [ANSWER_PARTIAL] = "partial",
                                                            [ANSWER_NO] = "no",
                                                            [ANSWER_NOT_APPLICABLE] = "not_applicable",
                                                            [ANSWER_YEAR] = "year"};
const char *const basis_names[BASIS_COUNT] = {
    [BASIS_ASSESSOR] = "assessor", [BASIS_OUR_READING] = "our_reading", [BASIS_EU_LAW] = "eu_law"};
const char *const sureness_names[SURE_COUNT] = {[SURE_HIGH] = "high", [SURE_MEDIUM] = "medium", [SURE_LOW] = "low"};

const char *const index_form_names[INDEX_FORM_COUNT] = {[INDEX_NUMBER] = "number", [INDEX_DATE] = "date"};

int word_index(const char *word, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] != NULL && strcmp(word, names[i]) == 0)
            return (int)i;
    return -1;
}

void facts_free(struct facts *facts)
{
    if (facts != NULL)
        arena_free(facts->arena);
}

void facts_cleanup(struct facts **facts)
{
    facts_free(*facts);
}

static int compare_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

/* What a slice is of; an owner, or a criterion, of NULL stands for any. */
struct wanted {
    enum thing_kind kind;
    const char *owner;
    const char *country;
    const char *criterion;
};

/* Sign of (thing − wanted). */
static int compare_thing(const void *item, const struct wanted *wanted)
{
    const struct thing *thing = item;
    if (thing->kind != wanted->kind)
        return thing->kind < wanted->kind ? -1 : 1;
    return wanted->owner == NULL ? 0 : compare_text(thing->owner, wanted->owner);
}

/* Sign of (answer − wanted). */
static int compare_answer(const void *item, const struct wanted *wanted)
{
    const struct answer *answer = item;
    int order = strcmp(answer->country, wanted->country);
    return order != 0 || wanted->criterion == NULL ? order : strcmp(answer->criterion, wanted->criterion);
}

/* A sorted table to find a slice in. */
struct table {
    const void *items;
    size_t size;
    size_t count;
    int (*compare)(const void *item, const struct wanted *wanted);
};

/* Number of the first wanted item, or of the place where it would stand; *ret_count are wanted from there on. */
static size_t find_slice(const struct table *table, const struct wanted *wanted, size_t *ret_count)
{
    const char *items = table->items;
    size_t low = 0;
    for (size_t high = table->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (table->compare(items + middle * table->size, wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < table->count && table->compare(items + end * table->size, wanted) == 0)
        end++;
    *ret_count = end - low;
    return low;
}

const struct thing *facts_things(const struct facts *facts, enum thing_kind kind, const char *owner, size_t *ret_count)
{
    const struct table table = {facts->things, sizeof(*facts->things), facts->thing_count, compare_thing};
    size_t first = find_slice(&table, &(struct wanted){.kind = kind, .owner = owner}, ret_count);
    return facts->things + first;
}

const struct answer *facts_answers(const struct facts *facts, const char *country, const char *criterion,
                                   size_t *ret_count)
{
    const struct table table = {facts->answers, sizeof(*facts->answers), facts->answer_count, compare_answer};
    size_t first = find_slice(&table, &(struct wanted){.country = country, .criterion = criterion}, ret_count);
    return facts->answers + first;
}

static int compare_index_value(const void *item, const struct wanted *wanted)
{
    return strcmp(((const struct index_value *)item)->country, wanted->country);
}

const struct index_value *facts_index_values(const struct index *index, const char *country, size_t *ret_count)
{
    const struct table table = {index->values, sizeof(*index->values), index->value_count, compare_index_value};
    return index->values + find_slice(&table, &(struct wanted){.country = country}, ret_count);
}

static int compare_name(const void *item, const struct wanted *wanted)
{
    return strcmp(((const struct country_name *)item)->country, wanted->country);
}

const struct country_name *facts_names(const struct facts *facts, const char *country, size_t *ret_count)
{
    const struct table table = {facts->names, sizeof(*facts->names), facts->name_count, compare_name};
    size_t first = find_slice(&table, &(struct wanted){.country = country}, ret_count);
    return facts->names == NULL ? NULL : facts->names + first;
}

bool words_have(const struct words *words, const char *word)
{
    return word_index(word, words->items, words->count) >= 0;
}

const struct thing *facts_thing(const struct facts *facts, enum thing_kind kind, const char *id)
{
    size_t count;
    const struct thing *things = facts_things(facts, kind, NULL, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(things[i].id, id) == 0)
            return &things[i];
    return NULL;
}

const struct thing *facts_country(const struct facts *facts, const char *code)
{
    return facts_thing(facts, THING_COUNTRY, code);
}

const struct source *facts_source(const struct facts *facts, const char *id)
{
    for (size_t i = 0; i < facts->source_count; i++)
        if (strcmp(facts->sources[i].id, id) == 0)
            return &facts->sources[i];
    return NULL;
}

const struct vocabulary *facts_vocabulary(const struct facts *facts, const char *id)
{
    for (size_t i = 0; i < facts->vocabulary_count; i++)
        if (strcmp(facts->vocabularies[i].id, id) == 0)
            return &facts->vocabularies[i];
    return NULL;
}

const struct term *facts_term(const struct facts *facts, const char *vocabulary, const char *id)
{
    const struct vocabulary *found = facts_vocabulary(facts, vocabulary);
    for (size_t i = 0; found != NULL && i < found->term_count; i++)
        if (strcmp(found->terms[i].id, id) == 0)
            return &found->terms[i];
    return NULL;
}

const char *facts_label(const struct facts *facts, const char *vocabulary, const char *id)
{
    const struct term *term = facts_term(facts, vocabulary, id);
    return term == NULL ? id : term->label;
}

const struct criterion *facts_criterion(const struct facts *facts, const char *id)
{
    for (size_t i = 0; i < facts->criterion_count; i++)
        if (strcmp(facts->criteria[i].id, id) == 0)
            return &facts->criteria[i];
    return NULL;
}

const struct methodology *facts_methodology(const struct facts *facts, const char *id)
{
    const struct methodology *newest = NULL;
    for (size_t i = 0; i < facts->methodology_count; i++)
        if (strcmp(facts->methodologies[i].id, id) == 0)
            newest = &facts->methodologies[i];
    return newest;
}

/* "1.0" begins "1.0" and "1.0.3", but not "1.01.0". */
static bool version_begins(const char *version, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncmp(version, prefix, len) == 0 && (version[len] == '.' || version[len] == '\0');
}

const struct methodology *facts_methodology_version(const struct facts *facts, const char *id, const char *prefix)
{
    const struct methodology *newest = NULL;
    for (size_t i = 0; i < facts->methodology_count; i++) {
        const struct methodology *it = &facts->methodologies[i];
        if (strcmp(it->id, id) == 0 && version_begins(it->version, prefix))
            newest = it;
    }
    return newest;
}

const struct claim *thing_claims(const struct thing *thing, const char *field, size_t *ret_count)
{
    size_t start = 0;
    while (start < thing->claim_count && strcmp(thing->claims[start].field, field) != 0)
        start++;
    size_t end = start;
    while (end < thing->claim_count && strcmp(thing->claims[end].field, field) == 0)
        end++;
    *ret_count = end - start;
    return end > start ? thing->claims + start : NULL;
}

const struct claim *thing_shown(const struct thing *thing, const char *field)
{
    size_t count;
    return thing_claims(thing, field, &count);
}

const struct value *thing_value(const struct thing *thing, const char *field)
{
    const struct claim *claim = thing_shown(thing, field);
    return claim == NULL || claim->value.type == VALUE_NONE ? NULL : &claim->value;
}

const char *thing_text(const struct thing *thing, const char *field)
{
    const struct value *value = thing_value(thing, field);
    return value == NULL || value->type != VALUE_TEXT ? NULL : value->text;
}

const struct value *value_part(const struct value *record, const char *key)
{
    for (size_t i = 0; record->type == VALUE_RECORD && i < record->count; i++)
        if (strcmp(record->keys[i], key) == 0)
            return &record->items[i];
    return NULL;
}
