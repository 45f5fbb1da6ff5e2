/* SPDX-License-Identifier: MIT */
/* countries.json and organisations.json: what owns everything else. Read before the files that belong to them. */
#include <string.h>

#include "internal.h"

static void make_all(const struct reader *reader, enum thing_kind kind, const char *id_key)
{
    const char *plural = kind_table[kind].plural;
    const json_t *all = json_object_get(reader->root, plural);
    struct at list = {NULL, plural, 0};
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *json = json_array_get(all, i);
        struct at at = {&list, NULL, i};
        struct thing thing = {.kind = kind, .id = text_of(reader, json, id_key)};
        if (thing.id != NULL)
            make_thing(reader, &thing, json, &at);
    }
}

void make_countries(const struct reader *reader)
{
    make_all(reader, THING_COUNTRY, "code");
}

void make_organisations(const struct reader *reader)
{
    make_all(reader, THING_ORGANISATION, "id");
}
