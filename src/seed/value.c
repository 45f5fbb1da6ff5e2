/* SPDX-License-Identifier: MIT */
/* One value of a field, by its shape: taken apart, checked against what a schema cannot see, and written as compact
 * JSON with keys in the order of the field table, so that equal facts give equal bytes however the seed was typed. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static void read_date(const struct reader *reader, const char *text, const struct at *at)
{
    struct date date;
    (void)date_of(reader, text, at, &date);
}

static void read_ref(const struct reader *reader, const char *id, const struct at *at)
{
    struct load *load = reader->load;
    struct pending *pending = list_add(load->arena, &load->pendings);
    if (pending == NULL)
        return;
    pending->id = id;
    pending->kind = reader->thing->kind;
    pending->self = reader->thing->id;
    pending->file = reader->file;
    pending->pointer = pointer_of(reader, at);
}

static void check_text(const struct reader *reader, const struct field *field, const char *text, const struct at *at)
{
    switch (field->shape) {
    case SHAPE_DATE:
        read_date(reader, text, at);
        break;
    case SHAPE_CODE:
        term_of(reader, field->vocabulary, text, at);
        break;
    case SHAPE_COUNTRY:
        country_of(reader, text, at);
        break;
    case SHAPE_REF:
        read_ref(reader, text, at);
        break;
    case SHAPE_TEXT:
    case SHAPE_URL:
    case SHAPE_COUNT:
    case SHAPE_FLAG:
    case SHAPE_RECORD:
        break;
    }
}

/* Compact JSON of a text, a number or a flag. */
static const char *scalar_json(const struct reader *reader, const json_t *json)
{
    char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);
    const char *copy = text == NULL ? NULL : arena_text(reader->load->arena, text);
    reader->load->short_of_memory = reader->load->short_of_memory || copy == NULL;
    free(text);
    return copy;
}

static void read_scalar(const struct reader *reader, const struct field *field, const json_t *json, const struct at *at,
                        struct value *ret)
{
    struct value value = {.json = scalar_json(reader, json)};
    if (json_is_string(json)) {
        value.type = VALUE_TEXT;
        value.text = arena_text(reader->load->arena, json_string_value(json));
        if (value.text != NULL)
            check_text(reader, field, value.text, at);
    } else if (json_is_boolean(json)) {
        value.type = VALUE_FLAG;
        value.integer = json_is_true(json);
    } else {
        /* A schema's integer may be written 3.0. */
        value.type = VALUE_INTEGER;
        value.integer = (int64_t)json_number_value(json);
        value.json = arena_printf(reader->load->arena, "%lld", (long long)value.integer);
    }
    *ret = value;
}

/* "[a,b]" or {"k":a}: from parts that are written already. */
static const char *join_json(const struct reader *reader, const struct value *value)
{
    struct buf text CLEANUP(buf_done);
    buf_init(&text, SEED_FILE_BYTES);
    bool record = value->type == VALUE_RECORD;
    buf_putc(&text, record ? '{' : '[');
    for (size_t i = 0; i < value->count; i++) {
        if (i > 0)
            buf_putc(&text, ',');
        if (record)
            buf_printf(&text, "\"%s\":", value->keys[i]);
        buf_puts(&text, value->items[i].json == NULL ? "" : value->items[i].json);
    }
    buf_putc(&text, record ? '}' : ']');
    reader->load->short_of_memory = reader->load->short_of_memory || !buf_ok(&text);
    return buf_ok(&text) ? arena_copy(reader->load->arena, text.data, text.len) : NULL;
}

static void read_list(const struct reader *reader, const struct field *field, const json_t *json, const struct at *at,
                      struct value *ret)
{
    size_t count = json_array_size(json);
    struct value *items = arena_array(reader->load->arena, count, sizeof(*items));
    if (items == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct at item = {at, NULL, i};
        read_scalar(reader, field, json_array_get(json, i), &item, &items[i]);
    }
    *ret = (struct value){.type = VALUE_LIST, .count = count, .items = items};
    ret->json = join_json(reader, ret);
}

/* Of two parts that are a start and an end. */
static void check_span(const struct reader *reader, const json_t *json, const struct at *at)
{
    const char *since = json_string_value(json_object_get(json, "since"));
    const char *until = json_string_value(json_object_get(json, "until"));
    struct date start;
    struct date end;
    if (since != NULL && until != NULL && date_parse(since, &start) && date_parse(until, &end) &&
        start.first > end.last)
        fault_of(reader, &(struct at){at, "until", 0}, "lies before since (%s)", since);
}

static void read_record(const struct reader *reader, const struct field *field, const json_t *json, const struct at *at,
                        struct value *ret)
{
    size_t count = json_object_size(json);
    struct value *items = arena_array(reader->load->arena, count, sizeof(*items));
    const char **keys = arena_array(reader->load->arena, count, sizeof(*keys));
    if (items == NULL || keys == NULL)
        return;
    size_t filled = 0;
    for (const struct field *part = field->parts; part->name != NULL && filled < count; part++) {
        const json_t *inner = json_object_get(json, part->name);
        struct at place = {at, part->name, 0};
        if (inner == NULL)
            continue;
        keys[filled] = part->name;
        value_read(reader, part, inner, &place, &items[filled++]);
    }
    check_span(reader, json, at);
    *ret = (struct value){.type = VALUE_RECORD, .count = filled, .items = items, .keys = keys};
    ret->json = join_json(reader, ret);
}

void value_read(const struct reader *reader, const struct field *field, const json_t *json, const struct at *at,
                struct value *ret)
{
    if (field->many == MANY_LIST)
        read_list(reader, field, json, at, ret);
    else if (field->shape == SHAPE_RECORD)
        read_record(reader, field, json, at, ret);
    else
        read_scalar(reader, field, json, at, ret);
}
