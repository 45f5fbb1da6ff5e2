/* SPDX-License-Identifier: MIT */
/* The schemas of the seeds themselves: each kind has exactly the fields of its table, in its order and shape, and the
 * patterns are of the kind on which validators agree. So a field that is added in one place only is found. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "../src/seed/internal.h"
#include "check_seed.h"
#include "cyberatlas/base/embedded.h"

/* Looks at every $ref and pattern of a schema. */
static void walk(struct check *check, const struct scope *scope, const json_t *schema)
{
    const char *pattern = json_string_value(json_object_get(schema, "pattern"));
    const char *ref = json_string_value(json_object_get(schema, "$ref"));
    struct spot target;
    /* Without these, POSIX extended expressions and ECMA-262 agree. */
    if (pattern != NULL)
        ck_assert_msg(strchr(pattern, '\\') == NULL && strstr(pattern, "(?") == NULL, "%s: %s", scope->name, pattern);
    if (pattern != NULL)
        (void)schemas_match(check, pattern, "");
    ck_assert_msg(ref == NULL || schema_resolve(check, scope, ref, &target), "%s", check->err->text);
    const char *key;
    json_t *inner;
    json_object_foreach((json_t *)(uintptr_t)schema, key, inner) walk(check, scope, inner);
    for (size_t i = 0; i < json_array_size(schema); i++)
        walk(check, scope, json_array_get(schema, i));
}

START_TEST(every_schema_names_itself_and_leads_somewhere)
{
    static const char folder[] = "api/schemas/";
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    struct err err = {0};
    struct check check = {.schemas = schemas, .file = "", .err = &err};
    size_t found = 0;
    for (size_t i = 0; i < embedded_count; i++) {
        if (strncmp(embedded_table[i].name, folder, sizeof(folder) - 1) != 0)
            continue;
        struct scope scope = {NULL, embedded_table[i].name + sizeof(folder) - 1};
        scope.root = schemas_document(schemas, scope.name, &err);
        ck_assert_msg(scope.root != NULL, "%s", err.text);
        ck_assert_str_eq(json_string_value(json_object_get(scope.root, "$id")), embedded_table[i].name + strlen("api"));
        ck_assert_str_eq(json_string_value(json_object_get(scope.root, "$schema")),
                         "https://json-schema.org/draft/2020-12/schema");
        walk(&check, &scope, scope.root);
        ck_assert_msg(!check.broken, "%s: %s", scope.name, err.text);
        found += strncmp(scope.name, "seed/", 5) == 0;
    }
    ck_assert_uint_eq(found, 14);
}
END_TEST

/* Where the schema of each kind of thing stands. */
static const struct {
    const char *document;
    const char *def;
    size_t before; /* keys before the first field: id, and evidence */
} kind_schemas[THING_COUNT] = {
    [THING_COUNTRY] = {"seed/countries.json", "country", 5},
    [THING_ORGANISATION] = {"seed/organisations.json", "organisation", 5},
    [THING_PROFILE] = {"seed/profile.json", "overview", 4},
    [THING_STRATEGY] = {"seed/profile.json", "strategy", 5},
    [THING_INSTITUTION] = {"seed/profile.json", "institution", 5},
    [THING_CERT] = {"seed/certs.json", "cert", 6},
    [THING_LAW] = {"seed/profile.json", "law", 5},
    [THING_PARTNERSHIP] = {"seed/profile.json", "partnership", 5},
    [THING_PROGRAMME] = {"seed/profile.json", "programme", 5},
    [THING_GUIDANCE] = {"seed/profile.json", "guidance", 5},
};

static const char *const shape_names[] = {
    [SHAPE_TEXT] = "text", [SHAPE_DATE] = "date", [SHAPE_COUNT] = "count", [SHAPE_FLAG] = "flag",
    [SHAPE_URL] = "url",   [SHAPE_CODE] = "code", [SHAPE_REF] = "ref",     [SHAPE_COUNTRY] = "country",
};

/* Texts and records of a form of their own have a definition in their own file. */
static void check_shape(const struct field *field, const char *ref)
{
    static const char *const endings[] = {[MANY_NO] = "_field", [MANY_LIST] = "_list_field", [MANY_ITEMS] = "_items"};
    const char *ending = endings[field->many];
    size_t len = strlen(ref);
    ck_assert_msg(len > strlen(ending) && strcmp(ref + len - strlen(ending), ending) == 0, "%s: %s", field->name, ref);
    if (strncmp(ref, "#/", 2) == 0) {
        ck_assert_msg(field->shape == SHAPE_TEXT || field->shape == SHAPE_RECORD, "%s: %s", field->name, ref);
        return;
    }
    char expected[128];
    (void)snprintf(expected, sizeof(expected), "common.json#/$defs/%s%s", shape_names[field->shape], ending);
    ck_assert_str_eq(ref, expected);
}

static bool is_required(const json_t *schema, const char *name)
{
    const json_t *required = json_object_get(schema, "required");
    for (size_t i = 0; i < json_array_size(required); i++)
        if (strcmp(json_string_value(json_array_get(required, i)), name) == 0)
            return true;
    return false;
}

START_TEST(each_kinds_schema_has_the_fields_of_its_table)
{
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    struct err err = {0};
    const json_t *document = schemas_document(schemas, kind_schemas[_i].document, &err);
    ck_assert_msg(document != NULL, "%s", err.text);
    const json_t *schema = json_object_get(json_object_get(document, "$defs"), kind_schemas[_i].def);
    json_t *properties = json_object_get(schema, "properties");
    void *at = json_object_iter(properties);
    for (size_t i = 0; i < kind_schemas[_i].before; i++)
        at = json_object_iter_next(properties, at);
    for (const struct field *field = kind_table[_i].fields; field->name != NULL; field++) {
        ck_assert_msg(at != NULL, "%s lacks %s", kind_schemas[_i].def, field->name);
        ck_assert_str_eq(json_object_iter_key(at), field->name);
        check_shape(field, json_string_value(json_object_get(json_object_iter_value(at), "$ref")));
        ck_assert(is_required(schema, field->name) == field->required);
        at = json_object_iter_next(properties, at);
    }
    ck_assert_msg(at == NULL, "%s has %s beyond its table", kind_schemas[_i].def, json_object_iter_key(at));
}
END_TEST

/* The parts of each record: names, order and which of them must be there. */
START_TEST(each_records_schema_has_the_parts_of_its_table)
{
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    struct err err = {0};
    const json_t *document = schemas_document(schemas, kind_schemas[_i].document, &err);
    ck_assert_msg(document != NULL, "%s", err.text);
    const json_t *defs = json_object_get(document, "$defs");
    const json_t *properties = json_object_get(json_object_get(defs, kind_schemas[_i].def), "properties");
    for (const struct field *field = kind_table[_i].fields; field->name != NULL; field++) {
        if (field->shape != SHAPE_RECORD)
            continue;
        char def[64];
        const char *ref = json_string_value(json_object_get(json_object_get(properties, field->name), "$ref"));
        (void)snprintf(def, sizeof(def), "%s", ref + strlen("#/$defs/"));
        def[strlen(def) - strlen("_items")] = '\0';
        const json_t *record = json_object_get(defs, def);
        json_t *parts = json_object_get(record, "properties");
        void *at = json_object_iter(parts);
        for (const struct field *part = field->parts; part->name != NULL; part++) {
            ck_assert_msg(at != NULL, "%s lacks %s", def, part->name);
            ck_assert_str_eq(json_object_iter_key(at), part->name);
            ck_assert(is_required(record, part->name) == part->required);
            at = json_object_iter_next(parts, at);
        }
        ck_assert_msg(at == NULL, "%s has a part beyond its table", def);
    }
}
END_TEST

Suite *seed_kinds_suite(void)
{
    Suite *suite = suite_create("seed kinds");
    TCase *tcase = tcase_create("kinds");
    tcase_add_test(tcase, every_schema_names_itself_and_leads_somewhere);
    tcase_add_loop_test(tcase, each_kinds_schema_has_the_fields_of_its_table, 0, THING_COUNT);
    tcase_add_loop_test(tcase, each_records_schema_has_the_parts_of_its_table, 0, THING_COUNT);
    suite_add_tcase(suite, tcase);
    return suite;
}
