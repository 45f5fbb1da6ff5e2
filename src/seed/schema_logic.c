/* SPDX-License-Identifier: MIT */
/* The keywords that combine schemas: $ref, allOf, anyOf, oneOf, not, if. Where no branch holds, the one that got
 * furthest into the value speaks for all, because that is most likely the one meant. Here too is `closed`: the rule,
 * beyond JSON Schema, that an object has no property which none of the schemas applied to it names. */
#include <string.h>

#include "internal.h"

bool schema_ref(struct check *check, const struct spot *spot, const json_t *argument)
{
    struct spot target = *spot;
    return schema_resolve(check, &spot->scope, json_string_value(argument), &target) && schema_apply(check, &target);
}

bool schema_all_of(struct check *check, const struct spot *spot, const json_t *argument)
{
    bool valid = true;
    for (size_t i = 0; i < json_array_size(argument); i++) {
        struct spot branch = spot_within(spot, json_array_get(argument, i));
        valid = schema_apply(check, &branch) && valid;
    }
    return valid;
}

/* The number of branches that hold, and the one whose failure lies deepest (NULL where two lie level). */
static size_t count_holding(struct check *check, const struct spot *spot, const json_t *branches, const json_t **ret)
{
    size_t holding = 0;
    size_t deepest = at_depth(spot->at);
    *ret = NULL;
    for (size_t i = 0; i < json_array_size(branches); i++) {
        struct spot branch = spot_within(spot, json_array_get(branches, i));
        if (schema_holds(check, &branch, false)) {
            holding++;
        } else if (check->reached > deepest) {
            deepest = check->reached;
            *ret = branch.schema;
        } else if (check->reached == deepest) {
            *ret = NULL;
        }
    }
    return holding;
}

static bool fail_branches(struct check *check, const struct spot *spot, const json_t *likeliest)
{
    if (check->broken)
        return false;
    if (likeliest == NULL)
        return schema_fail_noun(check, spot, "has none of the forms that are allowed here");
    struct spot branch = spot_within(spot, likeliest);
    return schema_apply(check, &branch);
}

bool schema_any_of(struct check *check, const struct spot *spot, const json_t *argument)
{
    const json_t *likeliest;
    return count_holding(check, spot, argument, &likeliest) > 0 || fail_branches(check, spot, likeliest);
}

bool schema_one_of(struct check *check, const struct spot *spot, const json_t *argument)
{
    const json_t *likeliest;
    size_t holding = count_holding(check, spot, argument, &likeliest);
    if (holding == 0)
        return fail_branches(check, spot, likeliest);
    return holding == 1 || schema_fail_noun(check, spot, "has several of the forms of which one is allowed here");
}

bool schema_not(struct check *check, const struct spot *spot, const json_t *argument)
{
    struct spot inner = spot_within(spot, argument);
    if (!schema_holds(check, &inner, true))
        return !check->broken;
    return schema_fail_noun(check, spot, "has a form that is not allowed here");
}

bool schema_if(struct check *check, const struct spot *spot, const json_t *argument)
{
    struct spot condition = spot_within(spot, argument);
    bool holds = schema_holds(check, &condition, true);
    if (check->broken)
        return false;
    struct spot branch =
        spot_within(spot, json_object_get(spot->schema, keyword_names[holds ? KEYWORD_THEN : KEYWORD_ELSE]));
    return branch.schema == NULL || schema_apply(check, &branch);
}

/* What the schemas of one place say about one property. */
struct naming {
    const char *key;
    bool any;   /* some schema names properties */
    bool named; /* this one */
};

static void look_for(struct check *check, const struct spot *spot, struct naming *naming);

static void look_in_branches(struct check *check, const struct spot *spot, enum keyword keyword, struct naming *naming)
{
    const json_t *branches = json_object_get(spot->schema, keyword_names[keyword]);
    for (size_t i = 0; i < json_array_size(branches); i++) {
        struct spot branch = spot_within(spot, json_array_get(branches, i));
        if (keyword == KEYWORD_ALL_OF || schema_holds(check, &branch, true))
            look_for(check, &branch, naming);
    }
}

static void look_in_condition(struct check *check, const struct spot *spot, struct naming *naming)
{
    const json_t *condition = json_object_get(spot->schema, keyword_names[KEYWORD_IF]);
    if (condition == NULL)
        return;
    struct spot inner = spot_within(spot, condition);
    bool holds = schema_holds(check, &inner, true);
    inner.schema = json_object_get(spot->schema, keyword_names[holds ? KEYWORD_THEN : KEYWORD_ELSE]);
    if (inner.schema != NULL)
        look_for(check, &inner, naming);
}

static void look_in_own(struct check *check, const struct spot *spot, struct naming *naming)
{
    const json_t *properties = json_object_get(spot->schema, keyword_names[KEYWORD_PROPERTIES]);
    const json_t *others = json_object_get(spot->schema, keyword_names[KEYWORD_ADDITIONAL_PROPERTIES]);
    const json_t *patterns = json_object_get(spot->schema, keyword_names[KEYWORD_PATTERN_PROPERTIES]);
    naming->any = naming->any || properties != NULL;
    naming->named = naming->named || json_object_get(properties, naming->key) != NULL;
    naming->named = naming->named || (others != NULL && !json_is_false(others));
    const char *pattern;
    json_t *schema;
    json_object_foreach((json_t *)(uintptr_t)patterns, pattern, schema) naming->named =
        naming->named || schemas_match(check, pattern, naming->key);
}

static void look_for(struct check *check, const struct spot *spot, struct naming *naming)
{
    const json_t *ref = json_object_get(spot->schema, keyword_names[KEYWORD_REF]);
    struct spot target = *spot;
    look_in_own(check, spot, naming);
    if (ref != NULL && schema_resolve(check, &spot->scope, json_string_value(ref), &target))
        look_for(check, &target, naming);
    look_in_branches(check, spot, KEYWORD_ALL_OF, naming);
    look_in_branches(check, spot, KEYWORD_ANY_OF, naming);
    look_in_branches(check, spot, KEYWORD_ONE_OF, naming);
    look_in_condition(check, spot, naming);
}

/* A schema of annotations alone lets anything pass. */
static bool says_nothing(const json_t *schema)
{
    static const enum keyword silent[] = {KEYWORD_SCHEMA,  KEYWORD_ID,       KEYWORD_DEFS,
                                          KEYWORD_COMMENT, KEYWORD_TITLE,    KEYWORD_DESCRIPTION,
                                          KEYWORD_DEFAULT, KEYWORD_EXAMPLES, KEYWORD_FORMAT};
    size_t annotations = 0;
    for (size_t i = 0; i < COUNT_OF(silent); i++)
        if (json_object_get(schema, keyword_names[silent[i]]) != NULL)
            annotations++;
    return json_is_true(schema) || (json_is_object(schema) && annotations == json_object_size(schema));
}

bool schema_check_closed(struct check *check, const struct spot *spot)
{
    if (says_nothing(spot->schema))
        return schema_fail(check, spot->at, "the schema says nothing of this value");
    bool valid = true;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)spot->value, key, value)
    {
        struct naming naming = {.key = key};
        look_for(check, spot, &naming);
        if (naming.named || !naming.any)
            continue;
        struct at at = {spot->at, key, 0};
        valid = schema_fail(check, &at, "the schema does not name this key");
    }
    return valid && !check->broken;
}
