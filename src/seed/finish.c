/* SPDX-License-Identifier: MIT */
/* The facts in their final order, which base/fact.h promises and every look-up relies on. Where that order says "the
 * seed's order", the order of reading decides; so equal seeds give equal facts. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int compare_made(const void *a, const void *b)
{
    const struct made *first = a;
    const struct made *second = b;
    if (first->thing.kind != second->thing.kind)
        return first->thing.kind < second->thing.kind ? -1 : 1;
    bool owned = first->thing.owner != NULL && second->thing.owner != NULL;
    int order = owned ? strcmp(first->thing.owner, second->thing.owner) : strcmp(first->thing.id, second->thing.id);
    if (order != 0)
        return order;
    return first->seq < second->seq ? -1 : first->seq > second->seq;
}

static bool finish_things(struct load *load)
{
    struct made *made = load->things.items;
    size_t count = load->things.count;
    struct thing *things = arena_array(load->arena, count, sizeof(*things));
    if (things == NULL)
        return false;
    if (count > 0)
        qsort(made, count, sizeof(*made), compare_made);
    for (size_t i = 0; i < count; i++)
        things[i] = made[i].thing;
    load->facts->things = things;
    load->facts->thing_count = count;
    return true;
}

/* Sorted are pointers into the list, so that their own order breaks ties. */
static int compare_answers(const void *a, const void *b)
{
    const struct answer *first = *(const struct answer *const *)a;
    const struct answer *second = *(const struct answer *const *)b;
    int order = strcmp(first->country, second->country);
    order = order != 0 ? order : strcmp(first->criterion, second->criterion);
    if (order != 0)
        return order;
    return first < second ? -1 : first > second;
}

static bool finish_answers(struct load *load)
{
    const struct answer *made = load->answers.items;
    size_t count = load->answers.count;
    const struct answer **order = arena_array(load->arena, count, sizeof(*order));
    struct answer *answers = arena_array(load->arena, count, sizeof(*answers));
    if (order == NULL || answers == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        order[i] = &made[i];
    if (count > 0)
        qsort(order, count, sizeof(*order), compare_answers);
    for (size_t i = 0; i < count; i++)
        answers[i] = *order[i];
    load->facts->answers = answers;
    load->facts->answer_count = count;
    return true;
}

static int compare_sources(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->id, ((const struct source *)b)->id);
}

static int compare_vocabularies(const void *a, const void *b)
{
    return strcmp(((const struct vocabulary *)a)->id, ((const struct vocabulary *)b)->id);
}

/* Part by part as numbers: 1.10.0 is newer than 1.9.0. Both are of the schema's form. */
static int compare_versions(const char *a, const char *b)
{
    for (int part = 0; part < 3; part++) {
        char *a_end;
        char *b_end;
        long first = strtol(a, &a_end, 10);
        long second = strtol(b, &b_end, 10);
        if (first != second)
            return first < second ? -1 : 1;
        a = *a_end == '.' ? a_end + 1 : a_end;
        b = *b_end == '.' ? b_end + 1 : b_end;
    }
    return 0;
}

static int compare_methodologies(const void *a, const void *b)
{
    const struct methodology *first = a;
    const struct methodology *second = b;
    int order = strcmp(first->id, second->id);
    return order != 0 ? order : compare_versions(first->version, second->version);
}

static int compare_names(const void *a, const void *b)
{
    const struct country_name *first = a;
    const struct country_name *second = b;
    int order = strcmp(first->country, second->country);
    return order != 0 ? order : strcmp(first->language, second->language);
}

static int compare_indices(const void *a, const void *b)
{
    return strcmp(((const struct index *)a)->id, ((const struct index *)b)->id);
}

static void sort(struct list *list, int (*compare)(const void *, const void *))
{
    if (list->count > 0)
        qsort(list->items, list->count, list->size, compare);
}

bool finish_facts(struct load *load)
{
    sort(&load->sources, compare_sources);
    sort(&load->vocabularies, compare_vocabularies);
    sort(&load->methodologies, compare_methodologies);
    sort(&load->indices, compare_indices);
    sort(&load->names, compare_names);
    load->facts->names = load->names.items;
    load->facts->name_count = load->names.count;
    load->facts->indices = load->indices.items;
    load->facts->index_count = load->indices.count;
    load->facts->methodologies = load->methodologies.items;
    load->facts->methodology_count = load->methodologies.count;
    return finish_things(load) && finish_answers(load) && arena_ok(load->arena);
}
