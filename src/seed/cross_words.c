/* SPDX-License-Identifier: MIT */
/* The words that the program itself uses must be in the vocabularies, so that every code has a label: each vocabulary
 * that a field names, and each term that stands for a value of an enum. */
#include <string.h>

#include "internal.h"

static const char *const own[] = {"themes", "unknown-reasons", "qualifiers", "answer-values", "bases", "surenesses"};

/* The names of vocabularies that are needed, each once. */
struct needs {
    const char *names[64];
    size_t count;
};

static void need(struct needs *needs, const char *vocabulary)
{
    for (size_t i = 0; i < needs->count; i++)
        if (strcmp(needs->names[i], vocabulary) == 0)
            return;
    if (needs->count < COUNT_OF(needs->names))
        needs->names[needs->count++] = vocabulary;
}

static void need_of_fields(struct needs *needs, const struct field *fields)
{
    for (; fields->name != NULL; fields++) {
        if (fields->vocabulary != NULL)
            need(needs, fields->vocabulary);
        if (fields->parts != NULL)
            need_of_fields(needs, fields->parts);
    }
}

static void need_terms(struct load *load, const char *vocabulary, const char *const *names, size_t count)
{
    struct at at = {NULL, "vocabularies", 0};
    if (facts_vocabulary(load->facts, vocabulary) == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        if (facts_term(load->facts, vocabulary, names[i]) == NULL)
            report_at(load->faults, load->words_file, &at, "the vocabulary \"%s\" lacks the term \"%s\"", vocabulary,
                      names[i]);
}

void cross_words(struct load *load)
{
    if (load->lacking[SEED_VOCABULARIES])
        return;
    struct needs needs = {0};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        need(&needs, own[i]);
    for (size_t kind = 0; kind < THING_COUNT; kind++)
        need_of_fields(&needs, kind_table[kind].fields);
    struct at at = {NULL, "vocabularies", 0};
    for (size_t i = 0; i < needs.count; i++)
        if (facts_vocabulary(load->facts, needs.names[i]) == NULL)
            report_at(load->faults, load->words_file, &at, "there is no vocabulary \"%s\"", needs.names[i]);
    /* A year is a value of its own and needs no label. */
    need_terms(load, "answer-values", answer_value_names, ANSWER_YEAR);
    need_terms(load, "bases", basis_names, BASIS_COUNT);
    need_terms(load, "surenesses", sureness_names, SURE_COUNT);
}
