/* SPDX-License-Identifier: MIT */
/* profiles/<cc>.json and certs/<cc>.json (certs/_org.json): the things that a country or an organisation owns. The
 * file's name is its country's code in lower case, so that two files never speak for one country. */
#include <ctype.h>
#include <string.h>

#include "internal.h"

static const char org_file[] = "_org";

const char *country_of_file(const struct reader *reader)
{
    const char *code = text_of(reader, reader->root, "country");
    struct at at = {NULL, "country", 0};
    if (code == NULL)
        return NULL;
    country_of(reader, code, &at);
    if (strlen(reader->name) != 2 || tolower((unsigned char)code[0]) != reader->name[0] ||
        tolower((unsigned char)code[1]) != reader->name[1])
        fault_of(reader, &at, "does not go with the file's name: the code in lower case");
    return code;
}

static void make_list(const struct reader *reader, enum thing_kind kind, const char *owner)
{
    const json_t *all = json_object_get(reader->root, kind_table[kind].plural);
    struct at list = {NULL, kind_table[kind].plural, 0};
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *json = json_array_get(all, i);
        struct at at = {&list, NULL, i};
        struct thing thing = {.kind = kind, .id = text_of(reader, json, "id"), .owner = owner};
        if (owner == NULL)
            thing.owner = text_of(reader, json, "organisation");
        if (thing.id != NULL && thing.owner != NULL)
            make_thing(reader, &thing, json, &at);
    }
}

void make_profile(const struct reader *reader)
{
    static const enum thing_kind kinds[] = {THING_STRATEGY,    THING_INSTITUTION, THING_LAW,
                                            THING_PARTNERSHIP, THING_PROGRAMME,   THING_GUIDANCE};
    const char *code = country_of_file(reader);
    const json_t *overview = json_object_get(reader->root, kind_table[THING_PROFILE].plural);
    if (code == NULL)
        return;
    if (overview != NULL) {
        struct at at = {NULL, kind_table[THING_PROFILE].plural, 0};
        char id[3] = {(char)tolower((unsigned char)code[0]), (char)tolower((unsigned char)code[1]), '\0'};
        struct thing thing = {.kind = THING_PROFILE, .id = arena_text(reader->load->arena, id), .owner = code};
        if (thing.id != NULL)
            make_thing(reader, &thing, overview, &at);
    }
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        make_list(reader, kinds[i], code);
}

static bool is_organisation(const struct load *load, const char *id)
{
    const struct made *things = load->things.items;
    for (size_t i = 0; i < load->things.count; i++)
        if (things[i].thing.kind == THING_ORGANISATION && strcmp(things[i].thing.id, id) == 0)
            return true;
    return false;
}

static void check_organisations(const struct reader *reader)
{
    const json_t *all = json_object_get(reader->root, "certs");
    struct at list = {NULL, "certs", 0};
    for (size_t i = 0; i < json_array_size(all); i++) {
        struct at item = {&list, NULL, i};
        struct at at = {&item, "organisation", 0};
        const char *id = json_string_value(json_object_get(json_array_get(all, i), "organisation"));
        if (id != NULL && !is_organisation(reader->load, id))
            fault_of(reader, &at, "there is no organisation \"%.80s\" in organisations.json", id);
    }
}

void make_certs(const struct reader *reader)
{
    const char *code = country_of_file(reader);
    if (code == NULL && strcmp(reader->name, org_file) != 0)
        fault_of(reader, NULL, "\"country\" is missing: only _org.json has teams of organisations");
    if (code == NULL && !reader->load->lacking[SEED_ORGANISATIONS])
        check_organisations(reader);
    make_list(reader, THING_CERT, code);
}
