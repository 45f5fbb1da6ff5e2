/* SPDX-License-Identifier: MIT */
/* The keywords that look at one value alone: type, enum, const, texts and numbers. A keyword that is not about the
 * value's type holds. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/nearest.h"
#include "cyberatlas/base/utf8.h"
#include "internal.h"

static const char *const nouns[] = {
    [JSON_OBJECT] = "an object",       [JSON_ARRAY] = "a list",  [JSON_STRING] = "a text",
    [JSON_INTEGER] = "a whole number", [JSON_REAL] = "a number", [JSON_TRUE] = "true or false",
    [JSON_FALSE] = "true or false",    [JSON_NULL] = "null",
};

static bool is_whole(const json_t *value)
{
    return json_is_integer(value) || (json_is_real(value) && floor(json_real_value(value)) == json_real_value(value));
}

static bool is_type(const json_t *value, const char *type)
{
    if (strcmp(type, "integer") == 0)
        return is_whole(value);
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return strcmp(type, "object") == 0;
    case JSON_ARRAY:
        return strcmp(type, "array") == 0;
    case JSON_STRING:
        return strcmp(type, "string") == 0;
    case JSON_INTEGER:
    case JSON_REAL:
        return strcmp(type, "number") == 0;
    case JSON_TRUE:
    case JSON_FALSE:
        return strcmp(type, "boolean") == 0;
    case JSON_NULL:
        return strcmp(type, "null") == 0;
    }
    return false;
}

/* Our word for a type of JSON Schema. */
static const char *noun_of(const char *type)
{
    static const struct {
        const char *type;
        json_type noun;
    } rows[] = {{"object", JSON_OBJECT}, {"array", JSON_ARRAY},  {"string", JSON_STRING}, {"integer", JSON_INTEGER},
                {"number", JSON_REAL},   {"boolean", JSON_TRUE}, {"null", JSON_NULL}};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (strcmp(rows[i].type, type) == 0)
            return nouns[rows[i].noun];
    return type;
}

bool schema_type(struct check *check, const struct spot *spot, const json_t *argument)
{
    size_t count = json_is_array(argument) ? json_array_size(argument) : 1;
    char expected[128] = "";
    for (size_t i = 0; i < count; i++) {
        const char *type = json_string_value(json_is_array(argument) ? json_array_get(argument, i) : argument);
        if (type == NULL)
            return schema_break(check, "%s: type names no type", spot->scope.name);
        if (is_type(spot->value, type))
            return true;
        size_t len = strlen(expected);
        (void)snprintf(expected + len, sizeof(expected) - len, "%s%s", len > 0 ? " or " : "", noun_of(type));
    }
    char otherwise[256];
    (void)snprintf(otherwise, sizeof(otherwise), "%s where %s belongs", nouns[json_typeof(spot->value)], expected);
    return schema_fail_noun(check, spot, otherwise);
}

static bool same_members(const json_t *a, const json_t *b)
{
    if (json_object_size(a) != json_object_size(b))
        return false;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)a, key, value)
    {
        const json_t *other = json_object_get(b, key);
        if (other == NULL || !schema_same(value, other))
            return false;
    }
    return true;
}

bool schema_same(const json_t *a, const json_t *b)
{
    if (json_is_number(a) && json_is_number(b)) {
        if (json_is_integer(a) && json_is_integer(b))
            return json_integer_value(a) == json_integer_value(b);
        return json_number_value(a) == json_number_value(b);
    }
    if (json_typeof(a) != json_typeof(b))
        return false;
    if (json_is_object(a))
        return same_members(a, b);
    if (!json_is_array(a))
        return json_equal(a, b) == 1;
    if (json_array_size(a) != json_array_size(b))
        return false;
    for (size_t i = 0; i < json_array_size(a); i++)
        if (!schema_same(json_array_get(a, i), json_array_get(b, i)))
            return false;
    return true;
}

static void add_listed(struct buf *out, const json_t *value)
{
    char *text = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    if (out->len > 0)
        buf_puts(out, ", ");
    if (json_is_string(value))
        buf_puts(out, json_string_value(value));
    else if (text != NULL)
        buf_puts(out, text);
    free(text);
}

bool schema_enum(struct check *check, const struct spot *spot, const json_t *argument)
{
    struct buf listed CLEANUP(buf_done);
    buf_init(&listed, 1024);
    buf_puts(&listed, "");
    struct nearest nearest = {0};
    for (size_t i = 0; i < json_array_size(argument); i++) {
        const json_t *allowed = json_array_get(argument, i);
        if (schema_same(allowed, spot->value))
            return true;
        add_listed(&listed, allowed);
        if (json_is_string(allowed) && json_is_string(spot->value))
            nearest_try(&nearest, json_string_value(spot->value), json_string_value(allowed));
    }
    char text[1400];
    (void)snprintf(text, sizeof(text), "not one of: %s", listed.data == NULL ? "" : listed.data);
    if (nearest.word != NULL)
        return schema_fail(check, spot->at, "%s; did you mean \"%s\"?", text, nearest.word);
    return schema_fail(check, spot->at, "%s", text);
}

bool schema_const(struct check *check, const struct spot *spot, const json_t *argument)
{
    if (schema_same(argument, spot->value))
        return true;
    struct buf listed CLEANUP(buf_done);
    buf_init(&listed, 1024);
    add_listed(&listed, argument);
    return schema_fail(check, spot->at, "must be %s", listed.data == NULL ? "another value" : listed.data);
}

bool schema_pattern(struct check *check, const struct spot *spot, const json_t *argument)
{
    const char *text = json_string_value(spot->value);
    if (text == NULL || schemas_match(check, json_string_value(argument), text))
        return true;
    if (check->broken)
        return false;
    char otherwise[512];
    (void)snprintf(otherwise, sizeof(otherwise), "does not match %s", json_string_value(argument));
    return schema_fail_noun(check, spot, otherwise);
}

static size_t characters(const char *text)
{
    size_t count = 0;
    while (*text != '\0') {
        (void)utf8_next(&text);
        count++;
    }
    return count;
}

bool schema_min_length(struct check *check, const struct spot *spot, const json_t *argument)
{
    const char *text = json_string_value(spot->value);
    double least = json_number_value(argument);
    if (text == NULL || (double)characters(text) >= least)
        return true;
    if (*text == '\0')
        return schema_fail(check, spot->at, "an empty text");
    return schema_fail(check, spot->at, "shorter than %.0f characters", least);
}

bool schema_max_length(struct check *check, const struct spot *spot, const json_t *argument)
{
    const char *text = json_string_value(spot->value);
    double most = json_number_value(argument);
    if (text == NULL || (double)characters(text) <= most)
        return true;
    return schema_fail(check, spot->at, "longer than %.0f characters", most);
}

bool schema_minimum(struct check *check, const struct spot *spot, const json_t *argument)
{
    double least = json_number_value(argument);
    if (!json_is_number(spot->value) || json_number_value(spot->value) >= least)
        return true;
    return schema_fail(check, spot->at, "below %.15g", least);
}

bool schema_maximum(struct check *check, const struct spot *spot, const json_t *argument)
{
    double most = json_number_value(argument);
    if (!json_is_number(spot->value) || json_number_value(spot->value) <= most)
        return true;
    return schema_fail(check, spot->at, "above %.15g", most);
}
