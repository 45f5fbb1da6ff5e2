/* SPDX-License-Identifier: MIT */
/* criteria.json: the questions, which answers each allows, and what each answer means. The file's order is the order
 * in which criteria are shown. */
#include <string.h>

#include "internal.h"

static void read_allowed(const json_t *json, struct criterion *made)
{
    const json_t *allowed = json_object_get(json, "allowed");
    for (size_t i = 0; i < json_array_size(allowed); i++) {
        int value = word_index(json_string_value(json_array_get(allowed, i)), answer_value_names, ANSWER_VALUE_COUNT);
        if (value >= 0)
            made->allowed[value] = true;
    }
}

/* Each allowed answer has a meaning, and no other has. */
static void read_meanings(const struct reader *reader, const json_t *json, const struct at *up, struct criterion *made)
{
    const json_t *texts = json_object_get(json, "meanings");
    struct meaning *meanings = arena_array(reader->load->arena, ANSWER_VALUE_COUNT, sizeof(*meanings));
    struct at at = {up, "meanings", 0};
    size_t count = 0;
    for (size_t value = 0; meanings != NULL && value < ANSWER_VALUE_COUNT; value++) {
        const char *text = text_of(reader, texts, answer_value_names[value]);
        struct at place = {&at, answer_value_names[value], 0};
        if (text != NULL)
            meanings[count++] = (struct meaning){(enum answer_value)value, text};
        if (text != NULL && !made->allowed[value])
            fault_of(reader, &place, "has a meaning but is not allowed");
        else if (text == NULL && made->allowed[value])
            fault_of(reader, &at, "\"%s\" is allowed but has no meaning", answer_value_names[value]);
    }
    made->meanings = meanings;
    made->meaning_count = count;
}

static void read_criterion(const struct reader *reader, const json_t *json, const struct at *at)
{
    struct load *load = reader->load;
    struct said said = reader->defaults;
    said_over(reader, json, at, &said);
    struct criterion made = {.id = text_of(reader, json, "id"),
                             .theme = text_of(reader, json, "theme"),
                             .label = text_of(reader, json, "label"),
                             .question = text_of(reader, json, "question"),
                             .note = text_of(reader, json, "note"),
                             .source = said.evidence.source,
                             .at = said.evidence.at};
    (void)said_check(reader, &said, at);
    if (made.id == NULL || made.theme == NULL)
        return;
    if (facts_criterion(load->facts, made.id) != NULL)
        fault_of(reader, &(struct at){at, "id", 0}, "stands twice");
    term_of(reader, "themes", made.theme, &(struct at){at, "theme", 0});
    read_allowed(json, &made);
    read_meanings(reader, json, at, &made);
    struct criterion *added = list_add(load->arena, &load->criteria);
    if (added == NULL)
        return;
    *added = made;
    load->facts->criteria = load->criteria.items;
    load->facts->criterion_count = load->criteria.count;
}

void make_criteria(const struct reader *reader)
{
    const json_t *all = json_object_get(reader->root, "criteria");
    struct at list = {NULL, "criteria", 0};
    for (size_t i = 0; i < json_array_size(all); i++) {
        struct at at = {&list, NULL, i};
        read_criterion(reader, json_array_get(all, i), &at);
    }
}
