/* SPDX-License-Identifier: MIT */
/* vocabularies.json: the words that fields of SHAPE_CODE and the claims themselves may use. Read before all that uses
 * them. Whether every vocabulary that the program needs is there is looked at in cross_words.c. */
#include <string.h>

#include "internal.h"

static void fault_twice(const struct reader *reader, const struct at *up)
{
    struct at at = {up, "id", 0};
    fault_of(reader, &at, "stands twice");
}

static const struct term *read_terms(const struct reader *reader, const json_t *json, const struct at *up)
{
    size_t count = json_array_size(json);
    struct term *terms = arena_array(reader->load->arena, count, sizeof(*terms));
    struct at list = {up, "terms", 0};
    for (size_t i = 0; terms != NULL && i < count; i++) {
        const json_t *term = json_array_get(json, i);
        struct at at = {&list, NULL, i};
        terms[i] =
            (struct term){text_of(reader, term, "id"), text_of(reader, term, "label"), text_of(reader, term, "note")};
        for (size_t k = 0; k < i && terms[i].id != NULL; k++)
            if (strcmp(terms[k].id, terms[i].id) == 0) {
                fault_twice(reader, &at);
                break;
            }
    }
    return terms;
}

void make_vocabularies(const struct reader *reader)
{
    struct load *load = reader->load;
    const json_t *all = json_object_get(reader->root, "vocabularies");
    struct at list = {NULL, "vocabularies", 0};
    load->words_file = reader->file;
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *json = json_array_get(all, i);
        struct at at = {&list, NULL, i};
        const char *id = text_of(reader, json, "id");
        if (id != NULL && facts_vocabulary(load->facts, id) != NULL)
            fault_twice(reader, &at);
        struct vocabulary *made = list_add(load->arena, &load->vocabularies);
        if (made == NULL || id == NULL)
            return;
        *made = (struct vocabulary){.id = id,
                                    .title = text_of(reader, json, "title"),
                                    .terms = read_terms(reader, json_object_get(json, "terms"), &at),
                                    .term_count = json_array_size(json_object_get(json, "terms"))};
        load->facts->vocabularies = load->vocabularies.items;
        load->facts->vocabulary_count = load->vocabularies.count;
    }
}
