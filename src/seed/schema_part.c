/* SPDX-License-Identifier: MIT */
/* The keywords that look at the parts of a list or an object. Each part is applied to its schema at its own place, so
 * that a fault names the innermost one. A keyword that is not about the value's type holds. */
#include <string.h>

#include "cyberatlas/base/nearest.h"
#include "internal.h"

/* jansson's iterators take no const; nothing is changed. */
static json_t *open_const(const json_t *json)
{
    return (json_t *)(uintptr_t)json;
}

static double number_of(const json_t *argument)
{
    return json_number_value(argument);
}

static bool apply_item(struct check *check, const struct spot *spot, const json_t *schema, size_t index)
{
    struct at at = {spot->at, NULL, index};
    struct spot item = {spot->scope, schema, json_array_get(spot->value, index), &at};
    return schema_apply_part(check, &item);
}

static bool apply_member(struct check *check, const struct spot *spot, const json_t *schema, const char *key)
{
    struct at at = {spot->at, key, 0};
    struct spot member = {spot->scope, schema, json_object_get(spot->value, key), &at};
    return schema_apply_part(check, &member);
}

bool schema_items(struct check *check, const struct spot *spot, const json_t *argument)
{
    bool valid = true;
    for (size_t i = 0; i < json_array_size(spot->value); i++)
        valid = apply_item(check, spot, argument, i) && valid;
    return valid;
}

bool schema_contains(struct check *check, const struct spot *spot, const json_t *argument)
{
    if (!json_is_array(spot->value))
        return true;
    for (size_t i = 0; i < json_array_size(spot->value); i++) {
        struct at at = {spot->at, NULL, i};
        struct spot item = {spot->scope, argument, json_array_get(spot->value, i), &at};
        if (schema_holds(check, &item, true))
            return true;
    }
    return schema_fail_noun(check, spot, "no item is as one has to be");
}

bool schema_min_items(struct check *check, const struct spot *spot, const json_t *argument)
{
    if (!json_is_array(spot->value) || (double)json_array_size(spot->value) >= number_of(argument))
        return true;
    if (json_array_size(spot->value) == 0)
        return schema_fail(check, spot->at, "an empty list");
    return schema_fail(check, spot->at, "fewer than %.0f items", number_of(argument));
}

bool schema_max_items(struct check *check, const struct spot *spot, const json_t *argument)
{
    if (!json_is_array(spot->value) || (double)json_array_size(spot->value) <= number_of(argument))
        return true;
    return schema_fail(check, spot->at, "more than %.0f items", number_of(argument));
}

bool schema_unique_items(struct check *check, const struct spot *spot, const json_t *argument)
{
    size_t count = json_is_true(argument) ? json_array_size(spot->value) : 0;
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (schema_same(json_array_get(spot->value, i), json_array_get(spot->value, k))) {
                struct at at = {spot->at, NULL, i};
                return schema_fail(check, &at, "stands in the list already");
            }
    return true;
}

bool schema_properties(struct check *check, const struct spot *spot, const json_t *argument)
{
    bool valid = true;
    const char *key;
    json_t *schema;
    json_object_foreach(open_const(argument), key, schema) if (json_object_get(spot->value, key) != NULL) valid =
        apply_member(check, spot, schema, key) && valid;
    return valid;
}

/* Does one of the patterns that are this object's keys match? */
static bool matches_any(struct check *check, const json_t *patterns, const char *key)
{
    const char *pattern;
    json_t *schema;
    json_object_foreach(open_const(patterns), pattern, schema) if (schemas_match(check, pattern, key)) return true;
    return false;
}

bool schema_pattern_properties(struct check *check, const struct spot *spot, const json_t *argument)
{
    bool valid = true;
    const char *pattern;
    json_t *schema;
    json_object_foreach(open_const(argument), pattern, schema)
    {
        const char *key;
        json_t *value;
        json_object_foreach(open_const(spot->value), key, value) if (schemas_match(check, pattern, key)) valid =
            apply_member(check, spot, schema, key) && valid;
    }
    return valid && !check->broken;
}

static bool fail_unknown(struct check *check, const struct spot *spot, const json_t *properties, const char *key)
{
    struct at at = {spot->at, key, 0};
    struct nearest nearest = {0};
    const char *name;
    json_t *schema;
    json_object_foreach(open_const(properties), name, schema) nearest_try(&nearest, key, name);
    if (nearest.word != NULL)
        return schema_fail(check, &at, "no such key here; did you mean \"%s\"?", nearest.word);
    return schema_fail(check, &at, "no such key here");
}

bool schema_additional_properties(struct check *check, const struct spot *spot, const json_t *argument)
{
    const json_t *properties = json_object_get(spot->schema, keyword_names[KEYWORD_PROPERTIES]);
    const json_t *patterns = json_object_get(spot->schema, keyword_names[KEYWORD_PATTERN_PROPERTIES]);
    bool valid = true;
    const char *key;
    json_t *value;
    json_object_foreach(open_const(spot->value), key, value)
    {
        if (json_object_get(properties, key) != NULL || matches_any(check, patterns, key))
            continue;
        if (json_is_false(argument))
            valid = fail_unknown(check, spot, properties, key);
        else
            valid = apply_member(check, spot, argument, key) && valid;
    }
    return valid && !check->broken;
}

bool schema_property_names(struct check *check, const struct spot *spot, const json_t *argument)
{
    bool valid = true;
    const char *key;
    json_t *value;
    json_object_foreach(open_const(spot->value), key, value)
    {
        json_auto_t *name = json_string(key);
        if (name == NULL)
            return schema_break(check, "out of memory");
        struct at at = {spot->at, key, 0};
        struct spot named = {spot->scope, argument, name, &at};
        valid = schema_apply(check, &named) && valid;
    }
    return valid && !check->broken;
}

bool schema_required(struct check *check, const struct spot *spot, const json_t *argument)
{
    bool valid = true;
    for (size_t i = 0; json_is_object(spot->value) && i < json_array_size(argument); i++) {
        const char *key = json_string_value(json_array_get(argument, i));
        if (key != NULL && json_object_get(spot->value, key) == NULL)
            valid = schema_fail(check, spot->at, "\"%s\" is missing", key);
    }
    return valid;
}

bool schema_min_properties(struct check *check, const struct spot *spot, const json_t *argument)
{
    if (!json_is_object(spot->value) || (double)json_object_size(spot->value) >= number_of(argument))
        return true;
    return schema_fail(check, spot->at, "fewer than %.0f keys", number_of(argument));
}

bool schema_max_properties(struct check *check, const struct spot *spot, const json_t *argument)
{
    if (!json_is_object(spot->value) || (double)json_object_size(spot->value) <= number_of(argument))
        return true;
    return schema_fail(check, spot->at, "more than %.0f keys", number_of(argument));
}
