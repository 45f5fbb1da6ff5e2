/* SPDX-License-Identifier: MIT */
/* Things with all their claims, back from their tables. SQLite takes values apart: lists and records come as the rows
 * of a second walk beside that of the claims, each node after the one it is a part of. Invariant: a value has the shape
 * that its field's table says, so whoever reads facts need not ask. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/base/kind.h"
#include "internal.h"

enum { AT_VALUE = 13 }; /* the column of the claims' values */

/* One node of a list or record. */
struct part {
    int64_t id;
    int64_t parent;
    const char *key;
    struct value value; /* of lists and records only type and json */
};

struct things_reading {
    struct reading *reading;
    struct thing *things;
    size_t thing_count;
    size_t claimed; /* number of the thing that the last claim was of */
    sqlite3_stmt *nodes;
    bool more;          /* `nodes` stands on a row */
    struct part *parts; /* of the value in hand; the first is the value itself */
    size_t part_count;
    size_t part_room;
};

static void things_done(struct things_reading *it)
{
    free(it->parts);
    database_reset(&it->nodes);
}

/* --- values --- */

static enum value_type type_of(const struct field *field, bool item)
{
    if (field->many == MANY_LIST && !item)
        return VALUE_LIST;
    switch (field->shape) {
    case SHAPE_COUNT:
        return VALUE_INTEGER;
    case SHAPE_FLAG:
        return VALUE_FLAG;
    case SHAPE_RECORD:
        return VALUE_RECORD;
    case SHAPE_TEXT:
    case SHAPE_DATE:
    case SHAPE_URL:
    case SHAPE_CODE:
    case SHAPE_COUNTRY:
    case SHAPE_REF:
        return VALUE_TEXT;
    }
    return VALUE_NONE;
}

/* By its first character, which tells the types of JSON apart; VALUE_NONE for what no seed has. */
static enum value_type type_in(const char *json)
{
    switch (json[0]) {
    case '"':
        return VALUE_TEXT;
    case '[':
        return VALUE_LIST;
    case '{':
        return VALUE_RECORD;
    case 't':
    case 'f':
        return VALUE_FLAG;
    default:
        return json[0] >= '0' && json[0] <= '9' && strpbrk(json, ".eE") == NULL ? VALUE_INTEGER : VALUE_NONE;
    }
}

/* Two columns: the value as JSON and, in the second, as SQL has it. */
static struct value value_at(struct reading *reading, sqlite3_stmt *row, int column)
{
    struct value value = {.type = type_in(column_text(row, column)), .json = reading_text(reading, row, column)};
    if (value.type == VALUE_TEXT)
        value.text = reading_text(reading, row, column + 1);
    if (value.type == VALUE_INTEGER || value.type == VALUE_FLAG)
        value.integer = sqlite3_column_int64(row, column + 1);
    return value;
}

static bool next_node(struct things_reading *it)
{
    int status = sqlite3_step(it->nodes);
    it->more = status == SQLITE_ROW;
    return it->more || status == SQLITE_DONE ||
           database_failed(sqlite3_db_handle(it->nodes), "cannot read the dataset", it->reading->err);
}

static bool add_part(struct things_reading *it)
{
    if (it->part_count == it->part_room) {
        size_t room = it->part_room == 0 ? 64 : it->part_room * 2;
        struct part *grown = reallocarray(it->parts, room, sizeof(*grown));
        if (grown == NULL)
            return err_memory(it->reading->err);
        it->parts = grown;
        it->part_room = room;
    }
    it->parts[it->part_count++] = (struct part){.id = sqlite3_column_int64(it->nodes, 1),
                                                .parent = sqlite3_column_int64(it->nodes, 2),
                                                .key = reading_text(it->reading, it->nodes, 3),
                                                .value = value_at(it->reading, it->nodes, 4)};
    return true;
}

/* The nodes of claim number `claim` into it->parts. */
static bool gather_parts(struct things_reading *it, int64_t claim)
{
    it->part_count = 0;
    while (it->more && sqlite3_column_int64(it->nodes, 0) == claim)
        if (!add_part(it) || !next_node(it))
            return false;
    return it->part_count > 0 ||
           err_set(it->reading->err, ERR_SYSTEM, "the dataset is damaged: a claim's parts are out of order");
}

/* Whether a value is what its field says, list or item of one; a part of a record has a field of its own. */
static bool fits(struct things_reading *it, const struct field *field, const struct value *value, bool item)
{
    return (field != NULL && value->type == type_of(field, item)) ||
           err_set(it->reading->err, ERR_SYSTEM, "the dataset is damaged: %s cannot be %.80s",
                   field == NULL ? "a part of a record" : field->name, value->json == NULL ? "" : value->json);
}

/* Fills the list or record at `at` from the parts behind it. */
static bool fill(struct things_reading *it, const struct field *field, size_t at, struct value *ret)
{
    size_t count = 0;
    for (size_t i = at + 1; i < it->part_count; i++)
        count += it->parts[i].parent == it->parts[at].id;
    bool record = it->parts[at].value.type == VALUE_RECORD;
    struct value *items = arena_array(it->reading->arena, count, sizeof(*items));
    const char **keys = record ? arena_array(it->reading->arena, count, sizeof(*keys)) : NULL;
    *ret = it->parts[at].value;
    ret->items = items;
    ret->keys = keys;
    for (size_t i = at + 1; items != NULL && ret->count < count; i++) {
        const struct part *part = &it->parts[i];
        if (part->parent != it->parts[at].id)
            continue;
        const struct field *own = record ? field_find(field->parts, part->key == NULL ? "" : part->key) : field;
        if (!fits(it, own, &part->value, !record))
            return false;
        if (keys != NULL)
            keys[ret->count] = own->name;
        struct value *item = &items[ret->count++];
        *item = part->value;
        if (part->value.type == VALUE_LIST && !fill(it, own, i, item))
            return false;
    }
    return true;
}

static bool read_value(struct things_reading *it, const struct field *field, sqlite3_stmt *row, struct value *ret)
{
    if (sqlite3_column_type(row, AT_VALUE) == SQLITE_NULL)
        return true;
    struct value value = value_at(it->reading, row, AT_VALUE);
    if (!fits(it, field, &value, false))
        return false;
    *ret = value;
    if (value.type != VALUE_LIST && value.type != VALUE_RECORD)
        return true;
    return gather_parts(it, sqlite3_column_int64(row, 1)) && fill(it, field, 0, ret);
}

/* --- claims and things --- */

/* The thing that a claim is of: claims stand in the order of their things. */
static struct thing *thing_of(struct things_reading *it, sqlite3_stmt *row, struct claim *claim)
{
    int64_t number;
    if (!reading_number(it->reading, row, 2, (int64_t)it->thing_count, &number))
        return NULL;
    if (number == 0 || (size_t)number < it->claimed) {
        (void)reading_damaged(it->reading, row, 2);
        return NULL;
    }
    struct thing *thing = &it->things[number - 1];
    if (thing->claims == NULL)
        thing->claims = claim;
    thing->claim_count++;
    it->claimed = (size_t)number;
    return thing;
}

static bool one_claim(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct things_reading *it = reading->cls;
    struct claim *made = item;
    int64_t n;
    const struct thing *thing = thing_of(it, row, made);
    if (thing == NULL || !reading_number(reading, row, 5, UINT32_MAX, &n))
        return false;
    const struct field *field = field_find(kind_table[thing->kind].fields, column_text(row, 3));
    if (field == NULL)
        return reading_damaged(reading, row, 3);
    *made = (struct claim){.field = field->name,
                           .item = reading_text(reading, row, 4),
                           .n = (uint32_t)n,
                           .unknown = reading_text(reading, row, 6),
                           .qualifier = reading_text(reading, row, 7),
                           .evidence = reading_evidence(reading, row, 8)};
    return read_value(it, field, row, &made->value);
}

static bool one_thing(struct reading *reading, sqlite3_stmt *row, void *item)
{
    const char *name = column_text(row, 1);
    int kind = 0;
    while (kind < THING_COUNT && strcmp(kind_table[kind].name, name) != 0)
        kind++;
    if (kind == THING_COUNT)
        return reading_damaged(reading, row, 1);
    *(struct thing *)item = (struct thing){
        .kind = (enum thing_kind)kind, .id = reading_text(reading, row, 2), .owner = reading_text(reading, row, 3)};
    return true;
}

bool read_things(struct reading *reading, struct facts *ret)
{
    static const struct array things = {QUERY_THINGS, 0, sizeof(struct thing), one_thing};
    static const struct array claims = {QUERY_CLAIMS, 0, sizeof(struct claim), one_claim};
    struct things_reading it CLEANUP(things_done) = {.reading = reading, .nodes = reading->get[QUERY_NODES]};
    void *read = NULL;
    void *unused = NULL;
    size_t count = 0;
    if (!reading_array(reading, &things, &read, &it.thing_count) || !next_node(&it))
        return false;
    it.things = read;
    reading->cls = &it;
    ret->things = it.things;
    ret->thing_count = it.thing_count;
    return reading_array(reading, &claims, &unused, &count);
}
