/* SPDX-License-Identifier: MIT */
/* A validator for the subset of JSON Schema 2020-12 that keywords.def lists. Pure: the schemas are the program's own,
 * embedded at build. A run reports every failure at the innermost place that explains it; it is silent where only the
 * answer counts (branches, conditions). A schema that cannot be applied breaks the run: that is never "valid". */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "internal.h"

enum { DEEPEST_SCHEMA = 256 }; /* a $ref that leads to itself ends here */

const char *const keyword_names[KEYWORD_COUNT] = {
#define KEYWORD(name, text) [KEYWORD_##name] = (text),
#include "keywords.def"
#undef KEYWORD
};

/* Keywords without a row say nothing of validity (then and else are looked at by `if`). */
static keyword_check *const checks[KEYWORD_COUNT] = {
    [KEYWORD_REF] = schema_ref,
    [KEYWORD_TYPE] = schema_type,
    [KEYWORD_ENUM] = schema_enum,
    [KEYWORD_CONST] = schema_const,
    [KEYWORD_PATTERN] = schema_pattern,
    [KEYWORD_MIN_LENGTH] = schema_min_length,
    [KEYWORD_MAX_LENGTH] = schema_max_length,
    [KEYWORD_MINIMUM] = schema_minimum,
    [KEYWORD_MAXIMUM] = schema_maximum,
    [KEYWORD_ITEMS] = schema_items,
    [KEYWORD_CONTAINS] = schema_contains,
    [KEYWORD_MIN_ITEMS] = schema_min_items,
    [KEYWORD_MAX_ITEMS] = schema_max_items,
    [KEYWORD_UNIQUE_ITEMS] = schema_unique_items,
    [KEYWORD_PROPERTIES] = schema_properties,
    [KEYWORD_PATTERN_PROPERTIES] = schema_pattern_properties,
    [KEYWORD_ADDITIONAL_PROPERTIES] = schema_additional_properties,
    [KEYWORD_PROPERTY_NAMES] = schema_property_names,
    [KEYWORD_REQUIRED] = schema_required,
    [KEYWORD_MIN_PROPERTIES] = schema_min_properties,
    [KEYWORD_MAX_PROPERTIES] = schema_max_properties,
    [KEYWORD_ALL_OF] = schema_all_of,
    [KEYWORD_ANY_OF] = schema_any_of,
    [KEYWORD_ONE_OF] = schema_one_of,
    [KEYWORD_NOT] = schema_not,
    [KEYWORD_IF] = schema_if,
};

bool schema_fail(struct check *check, const struct at *at, const char *fmt, ...)
{
    if (check->faults == NULL) {
        size_t depth = at_depth(at);
        check->deepest = depth > check->deepest ? depth : check->deepest;
        return false;
    }
    va_list args;
    va_start(args, fmt);
    report_list(check->faults, check->file, at, fmt, args);
    va_end(args);
    return false;
}

bool schema_break(struct check *check, const char *fmt, ...)
{
    if (!check->broken) {
        char text[256];
        va_list args;
        va_start(args, fmt);
        (void)vsnprintf(text, sizeof(text), fmt, args);
        va_end(args);
        (void)err_set(check->err, ERR_SYSTEM, "schema: %s", text);
    }
    check->broken = true;
    return false;
}

bool schema_fail_noun(struct check *check, const struct spot *spot, const char *otherwise)
{
    const char *noun = json_string_value(json_object_get(spot->schema, keyword_names[KEYWORD_DESCRIPTION]));
    /* A description that starts a sentence tells of the value and does not name what belongs here. */
    if (noun != NULL && islower((unsigned char)noun[0]))
        return schema_fail(check, spot->at, "not %s", noun);
    return schema_fail(check, spot->at, "%s", otherwise);
}

struct spot spot_within(const struct spot *spot, const json_t *schema)
{
    return (struct spot){spot->scope, schema, spot->value, spot->at};
}

static int keyword_of(const char *name)
{
    for (int i = 0; i < KEYWORD_COUNT; i++)
        if (strcmp(keyword_names[i], name) == 0)
            return i;
    return -1;
}

static bool apply_keywords(struct check *check, const struct spot *spot)
{
    bool valid = true;
    const char *name;
    json_t *argument;
    /* jansson's iterators take no const; nothing is changed. */
    json_object_foreach((json_t *)(uintptr_t)spot->schema, name, argument)
    {
        int keyword = keyword_of(name);
        if (keyword < 0)
            return schema_break(check, "%s: unknown keyword %s", spot->scope.name, name);
        if (checks[keyword] == NULL || checks[keyword](check, spot, argument))
            continue;
        valid = false;
        /* What is of the wrong type is not worth a second word. */
        if (check->broken || keyword == KEYWORD_TYPE)
            break;
    }
    return valid;
}

bool schema_apply(struct check *check, const struct spot *spot)
{
    if (check->broken)
        return false;
    if (json_is_boolean(spot->schema))
        return json_is_true(spot->schema) || schema_fail(check, spot->at, "does not belong here");
    if (!json_is_object(spot->schema))
        return schema_break(check, "%s: a schema is neither object nor boolean", spot->scope.name);
    if (check->depth >= DEEPEST_SCHEMA)
        return schema_break(check, "%s: $ref leads round and round", spot->scope.name);
    check->depth++;
    bool valid = apply_keywords(check, spot);
    check->depth--;
    return valid && !check->broken;
}

bool schema_apply_part(struct check *check, const struct spot *spot)
{
    bool valid = schema_apply(check, spot);
    return (!check->closed || schema_check_closed(check, spot)) && valid;
}

bool schema_holds(struct check *check, const struct spot *spot, bool plain)
{
    struct seed_faults *faults = check->faults;
    bool closed = check->closed;
    size_t deepest = check->deepest;
    check->faults = NULL;
    check->closed = closed && !plain;
    check->deepest = 0;
    bool valid = schema_apply(check, spot);
    check->reached = check->deepest;
    check->deepest = deepest;
    check->faults = faults;
    check->closed = closed;
    return valid;
}

bool seed_check_schema(const char *schema, const char *name, const char *json, size_t len, bool closed,
                       struct seed_faults *faults, struct err *err)
{
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    if (schemas == NULL)
        return err_memory(err);
    const json_t *root = schemas_document(schemas, schema, err);
    if (root == NULL)
        return false;
    json_error_t error;
    bool memory;
    json_auto_t *value = read_parse(json, len, JSON_DECODE_ANY, &error, &memory);
    if (memory)
        return err_memory(err);
    if (value == NULL) {
        report_line(faults, name, (size_t)(error.line < 1 ? 1 : error.line),
                    (size_t)(error.column < 1 ? 1 : error.column), "%s", error.text);
        return false;
    }
    struct check check = {.schemas = schemas, .faults = faults, .file = name, .closed = closed, .err = err};
    struct spot spot = {{root, schema}, root, value, NULL};
    bool valid = schema_apply_part(&check, &spot);
    report_end(faults);
    return valid;
}
