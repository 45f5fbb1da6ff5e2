/* SPDX-License-Identifier: MIT */
/* One more claim into a field of a seed. What stands there is never changed: the same value of the same source (of an
 * answer also of the same place, date and basis) adds nothing, anything else becomes a further claim. Invariant: a
 * claim that is added says exactly what its row says of the source, whatever it inherits; where that cannot be written
 * it is a fault. */
#include <string.h>

#include "import.h"

const char *const proof_names[PROOF_COUNT] = {"source", "at", "observed", "since", "note", "basis", "sure"};

void proof_over(struct proof *proof, const json_t *object)
{
    const char *source = json_string_value(json_object_get(object, "source"));
    if (source != NULL && (proof->texts[PROOF_SOURCE] == NULL || strcmp(proof->texts[PROOF_SOURCE], source) != 0))
        for (size_t i = PROOF_SOURCE; i <= PROOF_NOTE; i++)
            proof->texts[i] = NULL;
    for (size_t i = 0; i < PROOF_COUNT; i++) {
        const char *text = json_string_value(json_object_get(object, proof_names[i]));
        if (text != NULL)
            proof->texts[i] = text;
    }
}

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool put_text(struct import *run, json_t *object, const char *key, const char *text)
{
    return json_object_set_new(object, key, json_string(text)) == 0 || import_memory(run);
}

bool proof_put(struct import *run, const struct offer *offer, const struct proof *inherited, json_t *object)
{
    const char *source = offer->proof.texts[PROOF_SOURCE];
    bool other = !same_text(source, inherited->texts[PROOF_SOURCE]);
    if (other && !put_text(run, object, "source", source))
        return false;
    for (size_t i = PROOF_AT; i < PROOF_COUNT; i++) {
        const char *said = offer->proof.texts[i];
        const char *given = other && i <= PROOF_NOTE ? NULL : inherited->texts[i];
        if (said != NULL && !same_text(said, given) && !put_text(run, object, proof_names[i], said))
            return false;
        if (said == NULL && given != NULL)
            return import_fault(run, offer->cell,
                                "cannot be merged: it would inherit \"%s\": \"%s\" of the same source in %s; say it "
                                "in the sheet, or merge by hand",
                                proof_names[i], given, offer->target->shown);
    }
    return true;
}

static bool is_wrapped(const struct field *field, const json_t *json)
{
    if (field == NULL || field->shape != SHAPE_RECORD || !json_is_object(json))
        return json_is_object(json);
    return json_object_get(json, "value") != NULL || json_object_get(json, "claims") != NULL ||
           json_object_get(json, "unknown") != NULL;
}

/* Lists are the same in any order. */
static bool same_items(const json_t *a, const json_t *b)
{
    for (size_t i = 0; i < json_array_size(a); i++) {
        bool found = false;
        for (size_t k = 0; k < json_array_size(b); k++)
            found = found || json_equal(json_array_get(a, i), json_array_get(b, k));
        if (!found)
            return false;
    }
    return json_array_size(a) == json_array_size(b);
}

/* Whether the old value says all that the new one does: a record may say more. */
static bool covers(const json_t *old, const json_t *new)
{
    const char *key;
    json_t *part;
    if (json_is_array(old) && json_is_array(new))
        return same_items(old, new);
    if (!json_is_object(old) || !json_is_object(new))
        return json_equal(old, new);
    json_object_foreach((json_t *)(uintptr_t) new, key, part)
    {
        const json_t *own = json_object_get(old, key);
        if (json_is_array(own) && json_is_array(part) ? !same_items(own, part) : !json_equal(own, part))
            return false;
    }
    return true;
}

/* Compares what an object (or, `plain`, a value by itself) claims with the offer. */
static bool same_value(const json_t *claim, bool plain, const struct offer *offer)
{
    if (plain)
        return offer->value != NULL && covers(claim, offer->value);
    if (json_object_get(claim, "qualifier") != NULL)
        return false;
    if (offer->value == NULL)
        return same_text(json_string_value(json_object_get(claim, "unknown")), offer->unknown);
    return covers(json_object_get(claim, "value"), offer->value);
}

/* Whether the evidence is that of the offer. A field takes a value of a source once; an answer lives by its place, date
 * and basis too, but for what the row leaves open. */
static bool same_proof(const struct proof *said, const struct offer *offer)
{
    static const enum proof_key of_answer[] = {PROOF_AT, PROOF_OBSERVED, PROOF_BASIS};
    if (!same_text(said->texts[PROOF_SOURCE], offer->proof.texts[PROOF_SOURCE]))
        return false;
    for (size_t i = 0; i < COUNT_OF(of_answer) && offer->field == NULL; i++) {
        const char *asked = offer->proof.texts[of_answer[i]];
        if (asked != NULL && !same_text(said->texts[of_answer[i]], asked))
            return false;
    }
    return true;
}

/* Whether the field makes the offer's claim already; `any_source`: or that value on whatever ground. */
static bool says_already(const json_t *field, bool wrapped, const struct offer *offer, const struct proof *inherited,
                         bool any_source)
{
    struct proof said = *inherited;
    if (wrapped)
        proof_over(&said, field);
    const json_t *claims = wrapped ? json_object_get(field, "claims") : NULL;
    if (claims == NULL)
        return same_value(field, !wrapped, offer) && (any_source || same_proof(&said, offer));
    for (size_t i = 0; i < json_array_size(claims); i++) {
        const json_t *claim = json_array_get(claims, i);
        struct proof own = said;
        proof_over(&own, claim);
        if (same_value(claim, false, offer) && (any_source || same_proof(&own, offer)))
            return true;
    }
    return false;
}

void merge_note(struct import *run, struct target *target, const struct at *at, const char *what)
{
    target->changed = true;
    if (run->quiet)
        return;
    buf_printf(run->changes, "%s:", target->shown);
    at_write(at, run->changes);
    buf_printf(run->changes, ": %s\n", what);
}

/* The claim as an object; plain, where a plain value says all of it and may stand. */
static json_t *claim_of(struct import *run, const struct offer *offer, const struct proof *inherited, bool may_be_plain)
{
    json_auto_t *claim = json_object();
    if (claim == NULL)
        return import_memory(run) ? claim : NULL;
    if (offer->value == NULL ? !put_text(run, claim, "unknown", offer->unknown)
                             : json_object_set(claim, "value", offer->value) != 0 && !import_memory(run))
        return NULL;
    if (!proof_put(run, offer, inherited, claim))
        return NULL;
    if (may_be_plain && offer->value != NULL && json_object_size(claim) == 1)
        return json_incref(offer->value);
    return json_incref(claim);
}

/* The field with one more claim behind those it has. NULL with a fault. */
static json_t *with_claim(struct import *run, json_t *field, const struct offer *offer, const struct proof *inherited)
{
    bool wrapped = is_wrapped(offer->field, field);
    struct proof base = *inherited;
    json_t *claims = wrapped ? json_object_get(field, "claims") : NULL;
    if (claims != NULL)
        proof_over(&base, field);
    json_t *added = claim_of(run, offer, &base, false);
    if (added == NULL)
        return NULL;
    if (claims != NULL)
        return json_array_append_new(claims, added) == 0 ? json_incref(field) : (import_memory(run), NULL);
    json_t *old = wrapped ? json_incref(field) : json_pack("{sO}", "value", field);
    json_t *both = json_pack("{s[oo]}", "claims", old, added);
    if (both == NULL)
        (void)import_memory(run);
    return both;
}

/* Merges into one field, a member of an object or an item of an array. NULL: nothing to do, or a fault (*ret_good). */
static json_t *merge_one(struct import *run, json_t *field, const struct offer *offer, const struct proof *inherited,
                         bool *ret_good)
{
    *ret_good = true;
    if (says_already(field, is_wrapped(offer->field, field), offer, inherited, false))
        return NULL;
    json_t *merged = with_claim(run, field, offer, inherited);
    *ret_good = merged != NULL;
    return merged;
}

/* --- fields of many items --- */
/* What tells two records of a field apart. */
static const char *key_part(const struct field *field)
{
    return strcmp(field->name, "contacts") == 0 ? "address" : field->parts[0].name;
}

/* Whether a claim of an item is about the same record: the same body, the same address. */
static bool same_record(const json_t *item, const struct offer *offer)
{
    if (offer->field->shape != SHAPE_RECORD)
        return false;
    const char *key = key_part(offer->field);
    const json_t *value = item;
    if (is_wrapped(offer->field, item)) {
        const json_t *claims = json_object_get(item, "claims");
        value = json_object_get(claims == NULL ? item : json_array_get(claims, 0), "value");
    }
    return value != NULL && json_equal(json_object_get(value, key), json_object_get(offer->value, key));
}

/* The item that the offer belongs to; SIZE_MAX when it is a new one. */
static size_t find_item(const json_t *items, const struct offer *offer, const struct proof *inherited)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        if (says_already(item, is_wrapped(offer->field, item), offer, inherited, true))
            return i;
    }
    for (size_t i = 0; i < json_array_size(items); i++)
        if (same_record(json_array_get(items, i), offer))
            return i;
    return SIZE_MAX;
}

static bool merge_item(struct import *run, json_t *items, const struct offer *offer, const struct proof *inherited,
                       const struct at *at)
{
    size_t found = find_item(items, offer, inherited);
    struct at item = {at, NULL, found == SIZE_MAX ? json_array_size(items) : found};
    bool good = true;
    json_t *changed = found == SIZE_MAX ? claim_of(run, offer, inherited, true)
                                        : merge_one(run, json_array_get(items, found), offer, inherited, &good);
    if (changed == NULL)
        return good && found != SIZE_MAX;
    int failed = found == SIZE_MAX ? json_array_append_new(items, changed) : json_array_set_new(items, found, changed);
    merge_note(run, offer->target, &item, found == SIZE_MAX ? "a new item" : "a further claim");
    return failed == 0 || import_memory(run);
}

static bool merge_items(struct import *run, json_t *holder, const char *key, const struct offer *offer,
                        const struct proof *inherited, const struct at *at)
{
    json_t *items = json_object_get(holder, key);
    if (offer->value == NULL)
        return import_fault(run, offer->cell, "cannot be merged: a list of items is not unknown as a whole");
    if (items == NULL && json_object_set_new(holder, key, items = json_array()) != 0)
        return import_memory(run);
    for (size_t i = 0; i < json_array_size(offer->value); i++) {
        struct offer one = *offer;
        one.value = json_array_get(offer->value, i);
        if (!merge_item(run, items, &one, inherited, at))
            return false;
    }
    return true;
}

bool merge_field(struct import *run, json_t *holder, const char *key, const struct offer *offer,
                 const struct proof *inherited, const struct at *at)
{
    if (offer->field != NULL && offer->field->many == MANY_ITEMS)
        return merge_items(run, holder, key, offer, inherited, at);
    json_t *field = json_object_get(holder, key);
    bool good = true;
    json_t *changed =
        field == NULL ? claim_of(run, offer, inherited, true) : merge_one(run, field, offer, inherited, &good);
    if (changed == NULL)
        return good && field != NULL;
    merge_note(run, offer->target, at, field == NULL ? "a new value" : "a further claim");
    return json_object_set_new(holder, key, changed) == 0 || import_memory(run);
}
