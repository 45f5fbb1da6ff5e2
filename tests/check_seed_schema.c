/* SPDX-License-Identifier: MIT */
/* The validator: keyword by keyword against the draft 7 cases of the package json-schema-test-suite, where 2020-12
 * means the same; what is left out stands in `skips` with its reason. Then the rules and messages that no suite can
 * know, and `closed`. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../src/seed/internal.h"
#include "check_seed.h"

/* --- the cases of the suite --- */
static const char suite_folder[] = "/usr/share/json-schema-test-suite/tests/draft7";
static const char *const suite_files[] = {
    "additionalProperties",
    "allOf",
    "anyOf",
    "boolean_schema",
    "const",
    "contains",
    "default",
    "enum",
    "if-then-else",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "propertyNames",
    "ref",
    "required",
    "type",
    "uniqueItems",
};

static const char prefix_items[] =
    "2020-12 calls a list of schemas in `items` prefixItems, which our schemas do not need";
static const char siblings[] = "2020-12 applies what stands beside a $ref, draft 7 does not";
static const char inner_id[] = "an $id within a schema, which our schemas do not use";
static const char unneeded[] = "exclusiveMaximum and multipleOf, which our schemas do not need; see `rules` below";
static const char unknown_places[] = "a $ref to unknown keywords, which the validator refuses; see the test below";
static const char remote[] = "a $ref to the meta-schema, which is not part of the program";

static const struct skip {
    const char *file;
    const char *group;
    const char *why;
} skips[] = {
    {"if-then-else", "if and then without else", unneeded},
    {"if-then-else", "if and else without then", unneeded},
    {"if-then-else", "validate against correct branch, then vs else", unneeded},
    {"if-then-else", "non-interference across combined schemas", unneeded},
    {"items", "an array of schemas for items", prefix_items},
    {"items", "items with boolean schemas", prefix_items},
    {"ref", "relative pointer ref to array", prefix_items},
    {"ref", "escaped pointer ref", unknown_places},
    {"ref", "ref overrides any sibling keywords", siblings},
    {"ref", "remote ref, containing refs itself", remote},
    {"ref", "Recursive references between schemas", inner_id},
};

static const char *why_skipped(const char *file, const char *group)
{
    for (size_t i = 0; i < COUNT_OF(skips); i++)
        if (strcmp(skips[i].file, file) == 0 && strcmp(skips[i].group, group) == 0)
            return skips[i].why;
    return NULL;
}

/* Replaces every `from` by `to`, which is not longer. */
static void replace_all(char *text, const char *from, const char *to)
{
    size_t from_len = strlen(from);
    size_t to_len = strlen(to);
    for (char *found = strstr(text, from); found != NULL; found = strstr(found + to_len, from)) {
        memcpy(found, to, to_len);
        memmove(found + to_len, found + from_len, strlen(found + from_len) + 1);
    }
}

/* The schema with 2020-12's name for what draft 7 calls definitions. */
static json_t *with_defs(const json_t *schema)
{
    char *text = json_dumps(schema, JSON_ENCODE_ANY);
    ck_assert_ptr_nonnull(text);
    replace_all(text, "\"definitions\"", "\"$defs\"");
    replace_all(text, "#/definitions/", "#/$defs/");
    json_t *result = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    ck_assert_ptr_nonnull(result);
    free(text);
    return result;
}

/* What the validator says of one case: 1 valid, 0 not, -1 it cannot say. */
static int judge(const json_t *schema, const json_t *data, struct err *err)
{
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    ck_assert_ptr_nonnull(schemas);
    struct seed_faults faults;
    seed_faults_init(&faults);
    struct check check = {.schemas = schemas, .faults = &faults, .file = "case", .err = err};
    struct spot spot = {{schema, ""}, schema, data, NULL};
    bool valid = schema_apply(&check, &spot);
    if (!check.broken)
        ck_assert_msg(valid == (faults.count == 0), "a failure without a fault, or a fault without a failure");
    seed_faults_done(&faults);
    return check.broken ? -1 : valid;
}

static json_t *load_suite(const char *name)
{
    char path[512];
    json_error_t error;
    (void)snprintf(path, sizeof(path), "%s/%s.json", suite_folder, name);
    json_t *groups = json_load_file(path, JSON_ALLOW_NUL, &error);
    ck_assert_msg(groups != NULL, "%s: %s (Debian package json-schema-test-suite)", path, error.text);
    return groups;
}

START_TEST(validator_agrees_with_the_test_suite)
{
    json_auto_t *groups = load_suite(suite_files[_i]);
    size_t judged = 0;
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *group = json_array_get(groups, i);
        const json_t *tests = json_object_get(group, "tests");
        const char *name = json_string_value(json_object_get(group, "description"));
        json_auto_t *schema = with_defs(json_object_get(group, "schema"));
        if (why_skipped(suite_files[_i], name) != NULL)
            continue;
        for (size_t k = 0; k < json_array_size(tests); k++) {
            const json_t *test = json_array_get(tests, k);
            struct err err = {0};
            int said = judge(schema, json_object_get(test, "data"), &err);
            ck_assert_msg(said == json_is_true(json_object_get(test, "valid")), "%s: %s: %s: said %d %s",
                          suite_files[_i], name, json_string_value(json_object_get(test, "description")), said,
                          err.text);
            judged++;
        }
    }
    ck_assert_uint_gt(judged, 0);
}
END_TEST

START_TEST(every_skip_names_a_group_of_the_suite)
{
    json_auto_t *groups = load_suite(skips[_i].file);
    bool found = false;
    for (size_t i = 0; i < json_array_size(groups); i++)
        found = found || strcmp(json_string_value(json_object_get(json_array_get(groups, i), "description")),
                                skips[_i].group) == 0;
    ck_assert_msg(found, "%s: no group \"%s\"", skips[_i].file, skips[_i].group);
}
END_TEST

/* --- single rules --- */
static int judge_text(const char *schema_text, const char *data_text, char *ret_text)
{
    json_auto_t *schema = json_loads(schema_text, JSON_DECODE_ANY, NULL);
    json_auto_t *data = json_loads(data_text, JSON_DECODE_ANY, NULL);
    ck_assert(schema != NULL && data != NULL);
    struct err err = {0};
    int said = judge(schema, data, &err);
    (void)snprintf(ret_text, ERR_TEXT_SIZE, "%s", err.text);
    return said;
}

static const struct {
    const char *schema;
    const char *data;
    int said;
    const char *err;
} rules[] = {
    /* Pointers with escapes. */
    {"{\"$ref\": \"#/$defs/a~1b~0c%25d\", \"$defs\": {\"a/b~c%d\": {\"type\": \"integer\"}}}", "1", 1, ""},
    {"{\"$ref\": \"#/$defs/a~1b~0c%25d\", \"$defs\": {\"a/b~c%d\": {\"type\": \"integer\"}}}", "\"1\"", 0, ""},
    {"{\"$ref\": \"#/allOf/1\", \"allOf\": [true, {\"type\": \"integer\"}]}", "\"1\"", 0, ""},
    /* Beside a $ref everything holds. */
    {"{\"$ref\": \"#/$defs/a\", \"maxItems\": 1, \"$defs\": {\"a\": {\"type\": \"array\"}}}", "[1, 2]", 0, ""},
    {"{\"$ref\": \"#/$defs/a\", \"maxItems\": 1, \"$defs\": {\"a\": {\"type\": \"array\"}}}", "[1]", 1, ""},
    /* if, then and else, in the suite's sense. */
    {"{\"if\": {\"maximum\": 0}, \"then\": {\"minimum\": -10}}", "-100", 0, ""},
    {"{\"if\": {\"maximum\": 0}, \"then\": {\"minimum\": -10}}", "-1", 1, ""},
    {"{\"if\": {\"maximum\": 0}, \"then\": {\"minimum\": -10}}", "3", 1, ""},
    {"{\"if\": {\"maximum\": 0}, \"else\": {\"minimum\": 10}}", "-1", 1, ""},
    {"{\"if\": {\"maximum\": 0}, \"else\": {\"minimum\": 10}}", "9", 0, ""},
    {"{\"if\": {\"maximum\": 0}, \"then\": {\"minimum\": -10}, \"else\": {\"minimum\": 10}}", "-11", 0, ""},
    {"{\"if\": {\"maximum\": 0}, \"then\": {\"minimum\": -10}, \"else\": {\"minimum\": 10}}", "12", 1, ""},
    {"{\"allOf\": [{\"if\": {\"maximum\": 0}}, {\"then\": {\"minimum\": -10}}, {\"else\": {\"minimum\": 10}}]}", "3", 1,
     ""},
    /* What cannot be applied is never valid. */
    {"{\"multipleOf\": 2}", "4", -1, "schema: : unknown keyword multipleOf"},
    {"{\"$ref\": \"#/$defs/none\"}", "4", -1, "schema: : \"#/$defs/none\" leads nowhere"},
    {"{\"$ref\": \"#\"}", "4", -1, "schema: : $ref leads round and round"},
    {"{\"pattern\": \"(\"}", "\"a\"", -1, "schema: pattern ( cannot be compiled"},
    {"{\"not\": {\"multipleOf\": 2}}", "4", -1, "schema: : unknown keyword multipleOf"},
    {"{\"anyOf\": [{\"multipleOf\": 2}]}", "4", -1, "schema: : unknown keyword multipleOf"},
    {"{\"if\": {\"multipleOf\": 2}}", "4", -1, "schema: : unknown keyword multipleOf"},
    {"{\"allOf\": [4]}", "4", -1, "schema: : a schema is neither object nor boolean"},
    {"{\"$ref\": \"seed/nothing.json\"}", "4", -1, "there is no schema \"seed/nothing.json\""},
};

START_TEST(rules_hold_that_the_suite_does_not_cover)
{
    char text[ERR_TEXT_SIZE];
    ck_assert_int_eq(judge_text(rules[_i].schema, rules[_i].data, text), rules[_i].said);
    ck_assert_str_eq(text, rules[_i].err);
}
END_TEST

/* --- messages: the innermost failing place of the likeliest branch speaks --- */
static const struct {
    const char *schema;
    const char *data;
    const char *lines;
} messages[] = {
    {"{\"type\": [\"string\", \"array\"]}", "4", "case:/: a whole number where a text or a list belongs\n"},
    {"{\"description\": \"a date\", \"type\": \"string\"}", "4", "case:/: not a date\n"},
    {"{\"description\": \"The date.\", \"type\": \"string\"}", "4", "case:/: a whole number where a text belongs\n"},
    {"{\"enum\": [\"yes\", \"no\", 1]}", "\"yess\"", "case:/: not one of: yes, no, 1; did you mean \"yes\"?\n"},
    {"{\"const\": {\"a\": 1}}", "2", "case:/: must be {\"a\":1}\n"},
    {"{\"anyOf\": [{\"type\": \"string\"}, {\"properties\": {\"a\": {\"type\": \"string\"}}, \"type\": \"object\"}]}",
     "{\"a\": 1}", "case:/a: a whole number where a text belongs\n"},
    {"{\"oneOf\": [{\"type\": \"string\"}, {\"type\": \"array\"}]}", "1",
     "case:/: has none of the forms that are allowed here\n"},
    {"{\"oneOf\": [true, true]}", "1", "case:/: has several of the forms of which one is allowed here\n"},
    {"{\"not\": true}", "1", "case:/: has a form that is not allowed here\n"},
    {"{\"properties\": {\"a/b\": {\"properties\": {\"c~d\": false}}}}", "{\"a/b\": {\"c~d\": 1}}",
     "case:/a~1b/c~0d: does not belong here\n"},
    {"{\"propertyNames\": {\"maxLength\": 1}}", "{\"ab\": 1}", "case:/ab: longer than 1 characters\n"},
    {"{\"required\": [\"a\", \"b\"], \"minProperties\": 1}", "{}",
     "case:/: \"a\" is missing\ncase:/: \"b\" is missing\ncase:/: fewer than 1 keys\n"},
    {"{\"items\": {\"minLength\": 2}, \"maxItems\": 1}", "[\"a\", \"\"]",
     "case:/0: shorter than 2 characters\ncase:/1: an empty text\ncase:/: more than 1 items\n"},
};

START_TEST(faults_name_the_innermost_place)
{
    json_auto_t *schema = json_loads(messages[_i].schema, JSON_DECODE_ANY, NULL);
    json_auto_t *data = json_loads(messages[_i].data, JSON_DECODE_ANY, NULL);
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    ck_assert(schema != NULL && data != NULL && schemas != NULL);
    struct seed_faults faults;
    struct err err = {0};
    seed_faults_init(&faults);
    struct check check = {.schemas = schemas, .faults = &faults, .file = "case", .err = &err};
    struct spot spot = {{schema, ""}, schema, data, NULL};
    ck_assert(!schema_apply(&check, &spot));
    ck_assert_str_eq(faults.lines.data == NULL ? "" : faults.lines.data, messages[_i].lines);
    seed_faults_done(&faults);
}
END_TEST

/* --- closed --- */
static const struct {
    const char *schema;
    const char *data;
    const char *lines; /* "" where it holds */
} closed_rules[] = {
    {"{\"properties\": {\"a\": {\"type\": \"integer\"}}}", "{\"a\": 1}", ""},
    {"{\"properties\": {\"a\": {\"type\": \"integer\"}}}", "{\"a\": 1, \"b\": 1}",
     "case:/b: the schema does not name this key\n"},
    {"{\"$ref\": \"#/$defs/x\", \"properties\": {\"b\": {\"type\": \"integer\"}}, \"$defs\": {\"x\": {\"allOf\": "
     "[{\"properties\": {\"a\": {\"type\": \"integer\"}}}]}}}",
     "{\"a\": 1, \"b\": 1, \"c\": 1}", "case:/c: the schema does not name this key\n"},
    {"{\"items\": {\"properties\": {\"a\": {\"type\": \"integer\"}}}}", "[{\"a\": 1}, {\"b\": 1}]",
     "case:/1/b: the schema does not name this key\n"},
    {"{\"if\": {\"required\": [\"a\"]}, \"then\": {\"properties\": {\"a\": {\"type\": \"integer\"}}}, \"else\": "
     "{\"properties\": {\"b\": {\"type\": \"integer\"}}}}",
     "{\"a\": 1, \"b\": 1}", "case:/b: the schema does not name this key\n"},
    {"{\"oneOf\": [{\"required\": [\"a\"], \"properties\": {\"a\": {\"type\": \"integer\"}}}, {\"required\": "
     "[\"b\"], \"properties\": {\"b\": {\"type\": \"integer\"}}}]}",
     "{\"a\": 1}", ""},
    /* Maps take any key; an object without a word about keys does, too. */
    {"{\"additionalProperties\": {\"type\": \"integer\"}}", "{\"a\": 1}", ""},
    {"{\"properties\": {\"b\": {\"type\": \"integer\"}}, \"patternProperties\": {\"^a\": {\"type\": \"integer\"}}}",
     "{\"ab\": 1}", ""},
    {"{\"type\": \"object\"}", "{\"a\": 1}", ""},
    /* A schema that says nothing lets anything pass. */
    {"{\"properties\": {\"a\": {}}}", "{\"a\": 1}", "case:/a: the schema says nothing of this value\n"},
    {"{\"properties\": {\"a\": {\"description\": \"Anything.\"}}}", "{\"a\": 1}",
     "case:/a: the schema says nothing of this value\n"},
    {"{\"properties\": {\"a\": true}}", "{\"a\": 1}", "case:/a: the schema says nothing of this value\n"},
};

START_TEST(closed_takes_only_what_is_named)
{
    json_auto_t *schema = json_loads(closed_rules[_i].schema, JSON_DECODE_ANY, NULL);
    json_auto_t *data = json_loads(closed_rules[_i].data, JSON_DECODE_ANY, NULL);
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    ck_assert(schema != NULL && data != NULL && schemas != NULL);
    struct seed_faults faults;
    struct err err = {0};
    seed_faults_init(&faults);
    struct check check = {.schemas = schemas, .faults = &faults, .file = "case", .closed = true, .err = &err};
    struct spot spot = {{schema, ""}, schema, data, NULL};
    ck_assert(schema_apply_part(&check, &spot) == (*closed_rules[_i].lines == '\0'));
    ck_assert_str_eq(faults.lines.data == NULL ? "" : faults.lines.data, closed_rules[_i].lines);
    check.closed = false;
    ck_assert(schema_apply_part(&check, &spot));
    seed_faults_done(&faults);
}
END_TEST

START_TEST(check_schema_tells_broken_json_from_a_missing_schema)
{
    static const char good[] = "{\"country\": \"BE\"}";
    static const char bad[] = "{\"country\": \"BE\",}";
    struct seed_faults faults;
    struct err err = {0};
    seed_faults_init(&faults);
    ck_assert(seed_check_schema("seed/profile.json", "x", good, sizeof(good) - 1, true, &faults, &err));
    ck_assert(!seed_check_schema("seed/profile.json", "x", bad, sizeof(bad) - 1, false, &faults, &err));
    ck_assert_uint_eq(faults.count, 1);
    ck_assert_ptr_nonnull(strstr(faults.lines.data, "x:1:"));
    ck_assert(!seed_check_schema("seed/none.json", "x", good, sizeof(good) - 1, false, &faults, &err));
    ck_assert_str_eq(err.text, "there is no schema \"seed/none.json\"");
    ck_assert_uint_eq(faults.count, 1);
    seed_faults_done(&faults);
}
END_TEST

Suite *seed_schema_suite(void)
{
    Suite *suite = suite_create("seed schema");
    TCase *tcase = tcase_create("schema");
    tcase_add_loop_test(tcase, validator_agrees_with_the_test_suite, 0, COUNT_OF(suite_files));
    tcase_add_loop_test(tcase, every_skip_names_a_group_of_the_suite, 0, COUNT_OF(skips));
    tcase_add_loop_test(tcase, rules_hold_that_the_suite_does_not_cover, 0, COUNT_OF(rules));
    tcase_add_loop_test(tcase, faults_name_the_innermost_place, 0, COUNT_OF(messages));
    tcase_add_loop_test(tcase, closed_takes_only_what_is_named, 0, COUNT_OF(closed_rules));
    tcase_add_test(tcase, check_schema_tells_broken_json_from_a_missing_schema);
    suite_add_tcase(suite, tcase);
    return suite;
}
