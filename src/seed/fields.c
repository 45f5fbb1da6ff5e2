/* SPDX-License-Identifier: MIT */
/* Fields and their evidence: a plain value, or an object with one of value, claims and unknown; what it does not say
 * of its source it inherits from the thing, and the thing from the file's defaults, as long as that speaks of the same
 * source. The JSON obeys its schema by now, so only what a schema cannot see is looked at here. Invariant: a claim that
 * is kept has a source, and no evidence of another. */
#include <string.h>

#include "internal.h"

/* Takes a member that is there into *slot. */
static bool take(const struct reader *reader, const json_t *object, const char *key, const char **slot)
{
    const char *text = text_of(reader, object, key);
    if (text == NULL)
        return false;
    *slot = text;
    return true;
}

/* Evidence belongs to its source: where another one is named, place, dates and note of the one before go with it. */
static void take_source(const struct reader *reader, const json_t *object, const struct at *at,
                        struct evidence *evidence)
{
    const char *source = NULL;
    if (!take(reader, object, "source", &source))
        return;
    source_of(reader, source, &(struct at){at, "source", 0});
    if (evidence->source != NULL && strcmp(evidence->source, source) != 0)
        *evidence = (struct evidence){0};
    evidence->source = source;
}

void said_over(const struct reader *reader, const json_t *object, const struct at *at, struct said *said)
{
    struct evidence *evidence = &said->evidence;
    struct date date;
    take_source(reader, object, at, evidence);
    if (take(reader, object, "observed", &evidence->observed))
        (void)date_of(reader, evidence->observed, &(struct at){at, "observed", 0}, &date);
    if (take(reader, object, "since", &evidence->since))
        (void)date_of(reader, evidence->since, &(struct at){at, "since", 0}, &date);
    if (take(reader, object, "qualifier", &said->qualifier))
        term_of(reader, "qualifiers", said->qualifier, &(struct at){at, "qualifier", 0});
    (void)take(reader, object, "at", &evidence->at);
    (void)take(reader, object, "note", &evidence->note);
    (void)take(reader, object, "basis", &said->basis);
    (void)take(reader, object, "sure", &said->sure);
    if (take(reader, object, "unknown", &said->unknown))
        term_of(reader, "unknown-reasons", said->unknown, &(struct at){at, "unknown", 0});
}

bool said_check(const struct reader *reader, const struct said *said, const struct at *at)
{
    const struct evidence *evidence = &said->evidence;
    if (evidence->source == NULL) {
        fault_of(reader, at, "no source: neither here nor in what it inherits from");
        return false;
    }
    struct date observed;
    if (evidence->observed == NULL || !date_parse(evidence->observed, &observed))
        return true;
    const struct source *source = facts_source(reader->load->facts, evidence->source);
    struct date captured;
    if (observed.first > reader->load->day.last && !reader->load->lacking[SEED_DATASET])
        fault_of(reader, at, "observed (%s) after the dataset's date", evidence->observed);
    else if (source != NULL && source->captured != NULL && date_parse(source->captured, &captured) &&
             observed.first > captured.last)
        fault_of(reader, at, "observed (%s) after its source \"%s\" was captured (%s)", evidence->observed, source->id,
                 source->captured);
    return true;
}

/* One claim, of an object that wraps it or (object NULL) plain. */
static void spread_one(const struct reader *reader, const json_t *plain, const struct said *said, const struct at *at,
                       const struct said_call *call)
{
    struct said complete = *said;
    struct at inner = {at, complete.unknown != NULL ? "unknown" : "value", 0};
    complete.value = complete.unknown != NULL ? NULL : plain;
    if (said_check(reader, &complete, at))
        call->each(call->cls, reader, &complete, call->wrapped ? &inner : at);
}

void said_spread(const struct reader *reader, const json_t *field, const struct said *base, const struct at *at,
                 const struct said_call *call)
{
    struct said said = *base;
    if (!call->wrapped) {
        spread_one(reader, field, &said, at, call);
        return;
    }
    said_over(reader, field, at, &said);
    const json_t *claims = json_object_get(field, "claims");
    if (claims == NULL)
        spread_one(reader, json_object_get(field, "value"), &said, at, call);
    struct at list = {at, "claims", 0};
    for (size_t i = 0; i < json_array_size(claims); i++) {
        const json_t *claim = json_array_get(claims, i);
        struct at item = {&list, NULL, i};
        struct said own = said;
        own.n = (uint32_t)i;
        said_over(reader, claim, &item, &own);
        spread_one(reader, json_object_get(claim, "value"), &own, &item, call);
    }
}

/* --- the fields of a thing --- */
struct thing_reading {
    const struct field *field;
    const char *item;
    struct list claims;
};

static void add_claim(void *cls, const struct reader *reader, const struct said *said, const struct at *at)
{
    struct thing_reading *reading = cls;
    struct claim *claim = list_add(reader->load->arena, &reading->claims);
    if (claim == NULL)
        return;
    *claim = (struct claim){.field = reading->field->name,
                            .item = reading->item,
                            .n = said->n,
                            .unknown = said->unknown,
                            .qualifier = said->qualifier,
                            .evidence = said->evidence};
    if (said->value != NULL)
        value_read(reader, reading->field, said->value, at, &claim->value);
}

static bool is_wrapped(const struct field *field, const json_t *json)
{
    if (!json_is_object(json) || field->shape != SHAPE_RECORD)
        return json_is_object(json);
    return json_object_get(json, "value") != NULL || json_object_get(json, "claims") != NULL ||
           json_object_get(json, "unknown") != NULL;
}

static void read_one(const struct reader *reader, const json_t *json, const struct said *said, const struct at *at,
                     struct thing_reading *reading)
{
    struct said_call call = {add_claim, reading, is_wrapped(reading->field, json)};
    said_spread(reader, json, said, at, &call);
}

static void read_field(const struct reader *reader, const json_t *json, const struct said *said, const struct at *at,
                       struct thing_reading *reading)
{
    if (reading->field->many != MANY_ITEMS) {
        reading->item = NULL;
        read_one(reader, json, said, at, reading);
        return;
    }
    for (size_t i = 0; i < json_array_size(json); i++) {
        struct at item = {at, NULL, i};
        reading->item = arena_printf(reader->load->arena, "%zu", i + 1);
        if (reading->item != NULL)
            read_one(reader, json_array_get(json, i), said, &item, reading);
    }
}

void make_thing(const struct reader *file, const struct thing *thing, const json_t *object, const struct at *at)
{
    struct load *load = file->load;
    struct reader own = *file;
    own.thing = thing;
    const struct reader *reader = &own;
    struct said said = file->defaults;
    said_over(reader, object, at, &said);
    struct thing_reading reading = {.claims = {.size = sizeof(struct claim)}};
    for (const struct field *field = kind_table[thing->kind].fields; field->name != NULL; field++) {
        const json_t *json = json_object_get(object, field->name);
        struct at inner = {at, field->name, 0};
        reading.field = field;
        if (json != NULL)
            read_field(reader, json, &said, &inner, &reading);
    }
    struct made *added = list_add(load->arena, &load->things);
    if (added == NULL)
        return;
    added->thing = *thing;
    added->thing.claims = reading.claims.items;
    added->thing.claim_count = reading.claims.count;
    added->file = reader->file;
    added->pointer = pointer_of(reader, at);
    added->seq = load->things.count;
}
