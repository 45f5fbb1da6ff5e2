/* SPDX-License-Identifier: MIT */
/* The schemas of answers say exactly what the table of kinds says: a field that is added in one place only fails here.
 */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "cyberatlas/base/kind.h"
#include "cyberatlas/view.h"
#include "view_facts.h"

static json_t *load(const char *name)
{
    const struct embedded *file = embedded_find(name);
    ck_assert_msg(file != NULL, "%s is not embedded", name);
    json_error_t error;
    json_t *schema = json_loadb(file->data, file->len, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(schema != NULL, "%s: %s", name, error.text);
    return schema;
}

static json_t *within(json_t *json, const char *key)
{
    json_t *inner = json_object_get(json, key);
    ck_assert_msg(inner != NULL, "no %s", key);
    return inner;
}

static bool is_required(json_t *object, const char *name)
{
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(object, "required"), index, entry)
    {
        if (strcmp(json_string_value(entry), name) == 0)
            return true;
    }
    return false;
}

static const struct {
    enum thing_kind kind;
    const char *file, *def;
    size_t others; /* properties beside the fields: id, owner */
} kinds[] = {
    {THING_PROFILE, "country", "overview", 0},        {THING_STRATEGY, "country", "strategy", 1},
    {THING_INSTITUTION, "country", "institution", 1}, {THING_LAW, "country", "law", 1},
    {THING_PARTNERSHIP, "country", "partnership", 1}, {THING_PROGRAMME, "country", "programme", 1},
    {THING_GUIDANCE, "country", "guidance", 1},       {THING_CERT, "cert", NULL, 3},
};

static void check_fields(json_t *object, const struct field *fields, size_t others)
{
    json_t *properties = within(object, "properties");
    size_t count = 0;
    for (const struct field *field = fields; field->name != NULL; field++, count++) {
        ck_assert_msg(json_object_get(properties, field->name) != NULL, "no property %s", field->name);
        ck_assert_msg(is_required(object, field->name) == field->required, "required: %s", field->name);
    }
    ck_assert_uint_eq(json_object_size(properties), count + others);
}

/* The records of a kind are $defs named after the claim that its fields refer to: "claim_topic" → "topic". */
static void check_records(json_t *schema, json_t *object, const struct field *fields)
{
    for (const struct field *field = fields; field->name != NULL; field++) {
        if (field->shape != SHAPE_RECORD)
            continue;
        json_t *items = within(within(within(object, "properties"), field->name), "items");
        const char *target = strstr(json_string_value(within(items, "$ref")), "claim_");
        ck_assert_ptr_nonnull(target);
        check_fields(within(within(schema, "$defs"), target + strlen("claim_")), field->parts, 0);
    }
}

START_TEST(schemas_of_things_have_exactly_the_fields_of_the_table)
{
    char name[64];
    (void)snprintf(name, sizeof(name), "api/schemas/answer/%s.json", kinds[_i].file);
    json_t *schema = load(name);
    json_t *object = kinds[_i].def != NULL ? within(within(schema, "$defs"), kinds[_i].def)
                                           : within(within(schema, "properties"), "data");
    check_fields(object, kind_table[kinds[_i].kind].fields, kinds[_i].others);
    check_records(schema, object, kind_table[kinds[_i].kind].fields);
    json_decref(schema);
}
END_TEST

START_TEST(a_country_names_every_field_of_its_table_and_every_section)
{
    json_t *schema = load("api/schemas/answer/country.json");
    json_t *properties = within(within(within(schema, "properties"), "data"), "properties");
    json_t *origins = within(within(properties, "origins"), "properties");
    for (const struct field *field = kind_table[THING_COUNTRY].fields; field->name != NULL; field++) {
        ck_assert_msg(json_object_get(properties, field->name) != NULL, "no property %s", field->name);
        if (field->many != MANY_ITEMS)
            ck_assert_msg(json_object_get(origins, field->name) != NULL, "no origin %s", field->name);
    }
    for (int kind = THING_PROFILE; kind < THING_COUNT; kind++)
        ck_assert_msg(json_object_get(properties, kind_table[kind].plural) != NULL, "%s", kind_table[kind].plural);
    json_decref(schema);
}
END_TEST

/* Every property says what it is, no type is a list, and null is nowhere. */
static void check_part(json_t *part, const char *name)
{
    const char *key;
    json_t *inner;
    ck_assert_msg(!json_is_array(json_object_get(part, "type")), "%s: list of types", name);
    json_t *properties = json_object_get(part, "properties");
    json_object_foreach(properties, key, inner)
    {
        ck_assert_msg(json_object_get(inner, "description") != NULL || json_object_get(inner, "$ref") != NULL,
                      "%s: %s is not described", name, key);
        check_part(inner, name);
    }
    json_object_foreach(json_object_get(part, "$defs"), key, inner) check_part(inner, name);
    if (json_object_get(part, "items") != NULL)
        check_part(json_object_get(part, "items"), name);
    if (properties != NULL && json_object_get(part, "required") != NULL) {
        size_t index;
        json_t *entry;
        json_array_foreach(json_object_get(part, "required"), index, entry)
            ck_assert_msg(json_object_get(properties, json_string_value(entry)) != NULL, "%s: requires %s", name,
                          json_string_value(entry));
    }
}

START_TEST(schemas_of_answers_are_described_and_know_no_null)
{
    size_t seen = 0;
    for (size_t i = 0; i < embedded_count; i++) {
        const char *name = embedded_table[i].name;
        if (strncmp(name, "api/schemas/answer/", 19) != 0)
            continue;
        seen++;
        json_t *schema = load(name);
        char id[128];
        (void)snprintf(id, sizeof(id), "/%s", name + strlen("api/"));
        ck_assert_str_eq(json_string_value(within(schema, "$id")), id);
        check_part(schema, name);
        ck_assert_ptr_null(strstr(embedded_table[i].data, "null"));
        json_decref(schema);
    }
    ck_assert_uint_ge(seen, 10);
}
END_TEST

TCase *view_schema_cases(void)
{
    TCase *tests = tcase_create("schemas");
    tcase_add_loop_test(tests, schemas_of_things_have_exactly_the_fields_of_the_table, 0, COUNT_OF(kinds));
    tcase_add_test(tests, a_country_names_every_field_of_its_table_and_every_section);
    tcase_add_test(tests, schemas_of_answers_are_described_and_know_no_null);
    return tests;
}
