/* SPDX-License-Identifier: MIT */
/* Fields and their evidence: a plain value, or an object with one of value, claims and unknown; what it does not say
 * of its source it inherits from the thing, and the thing from the file's defaults. The JSON obeys its schema by now,
 * so only what a schema cannot see is looked at here. Invariant: a claim that is kept has a source. */
#include <string.h>

#include "cyberatlas/base/nearest.h"
#include "internal.h"

const char *text_of(const struct reader *reader, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? NULL : arena_text(reader->load->arena, text);
}

void fault_of(const struct reader *reader, const struct at *at, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    report_list(reader->load->faults, reader->file, at, fmt, args);
    va_end(args);
}

bool date_of(const struct reader *reader, const char *text, const struct at *at, struct date *ret)
{
    if (date_parse(text, ret))
        return true;
    fault_of(reader, at, "there is no such day");
    return false;
}

/* "is no …", with the nearest there is. */
static void fault_unknown(const struct reader *reader, const struct at *at, const char *what, const char *nearest)
{
    if (nearest != NULL)
        fault_of(reader, at, "%s; did you mean \"%s\"?", what, nearest);
    else
        fault_of(reader, at, "%s", what);
}

void term_of(const struct reader *reader, const char *vocabulary, const char *word, const struct at *at)
{
    const struct load *load = reader->load;
    const struct vocabulary *found = facts_vocabulary(load->facts, vocabulary);
    if (load->lacking[SEED_VOCABULARIES] || found == NULL || facts_term(load->facts, vocabulary, word) != NULL)
        return;
    struct nearest nearest = {0};
    for (size_t i = 0; i < found->term_count; i++)
        nearest_try(&nearest, word, found->terms[i].id);
    char what[256];
    (void)snprintf(what, sizeof(what), "\"%.80s\" is no term of the vocabulary %s", word, vocabulary);
    fault_unknown(reader, at, what, nearest.word);
}

const struct made *made_country(const struct load *load, const char *code)
{
    const struct made *things = load->things.items;
    for (size_t i = 0; i < load->things.count; i++)
        if (things[i].thing.kind == THING_COUNTRY && strcmp(things[i].thing.id, code) == 0)
            return &things[i];
    return NULL;
}

void country_of(const struct reader *reader, const char *code, const struct at *at)
{
    const struct load *load = reader->load;
    if (!load->lacking[SEED_COUNTRIES] && made_country(load, code) == NULL)
        fault_of(reader, at, "there is no country \"%.80s\" in countries.json", code);
}

void source_of(const struct reader *reader, const char *id, const struct at *at)
{
    const struct facts *facts = reader->load->facts;
    if (reader->load->lacking[SEED_SOURCES] || facts_source(facts, id) != NULL)
        return;
    struct nearest nearest = {0};
    for (size_t i = 0; i < facts->source_count; i++)
        nearest_try(&nearest, id, facts->sources[i].id);
    char what[256];
    (void)snprintf(what, sizeof(what), "there is no source \"%.80s\"", id);
    fault_unknown(reader, at, what, nearest.word);
}

/* Takes a member that is there into *slot. */
static bool take(const struct reader *reader, const json_t *object, const char *key, const char **slot)
{
    const char *text = text_of(reader, object, key);
    if (text == NULL)
        return false;
    *slot = text;
    return true;
}

void said_over(const struct reader *reader, const json_t *object, const struct at *at, struct said *said)
{
    struct evidence *evidence = &said->evidence;
    struct date date;
    if (take(reader, object, "source", &evidence->source))
        source_of(reader, evidence->source, &(struct at){at, "source", 0});
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

const char *pointer_of(const struct reader *reader, const struct at *at)
{
    struct buf text CLEANUP(buf_done);
    buf_init(&text, SEED_TEXT_BYTES);
    buf_puts(&text, "");
    at_write(at, &text);
    return text.data == NULL ? NULL : arena_text(reader->load->arena, text.data);
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
