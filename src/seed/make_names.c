/* SPDX-License-Identifier: MIT */
/* names.json: what countries are called in other languages, all from one source under one licence. It is told in the
 * file and in the source's record, and the two must agree, since answers show the record alone. English names are no
 * names in another language: they stand in countries.json. */
#include <string.h>

#include "internal.h"

/* The names of one country. */
static void read_names(const struct reader *reader, const char *country, const json_t *json, const struct at *at)
{
    struct load *load = reader->load;
    const char *language;
    json_t *name;
    json_object_foreach((json_t *)(uintptr_t)json, language, name)
    {
        struct at place = {at, language, 0};
        term_of(reader, "languages", language, &place);
        if (strcmp(language, "en") == 0)
            fault_of(reader, &place, "the English name stands in countries.json");
        struct country_name *made = list_add(load->arena, &load->names);
        if (made != NULL)
            *made = (struct country_name){country, arena_text(load->arena, language),
                                          arena_text(load->arena, json_string_value(name))};
    }
}

static void check_licence(const struct reader *reader, const char *source)
{
    const char *licence = json_string_value(json_object_get(reader->root, "licence"));
    const struct source *found = facts_source(reader->load->facts, source);
    if (found != NULL && strcmp(found->terms, licence) != 0)
        fault_of(reader, &(struct at){NULL, "licence", 0}, "is not what the source's record says (%.80s)",
                 found->terms);
}

void make_names(const struct reader *reader)
{
    const char *source = text_of(reader, reader->root, "source");
    const char *country;
    json_t *names;
    struct at all = {NULL, "names", 0};
    if (source == NULL)
        return;
    source_of(reader, source, &(struct at){NULL, "source", 0});
    check_licence(reader, source);
    reader->load->facts->names_source = source;
    json_object_foreach(json_object_get(reader->root, "names"), country, names)
    {
        struct at at = {&all, country, 0};
        country_of(reader, country, &at);
        read_names(reader, arena_text(reader->load->arena, country), names, &at);
    }
}
