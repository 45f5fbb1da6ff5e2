/* SPDX-License-Identifier: MIT */
/* indices/<id>.json: figures that others publish. A figure stays the text it is: it is taken apart only to see whether
 * it lies on the index's scale, so that nothing is ever rounded here. Invariant: a country has one value for each
 * edition and pillar. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* The seed's own words, while the index is being made. */
struct making {
    struct index made;
    struct index_value *values;
};

static size_t part_number(const struct index_part *parts, size_t count, const char *id)
{
    size_t i = 0;
    while (i < count && (id == NULL || strcmp(parts[i].id, id) != 0))
        i++;
    return i;
}

/* The editions or the pillars. */
static const struct index_part *read_parts(const struct reader *reader, const char *key, size_t *ret_count)
{
    const json_t *all = json_object_get(reader->root, key);
    struct index_part *parts = arena_array(reader->load->arena, json_array_size(all), sizeof(*parts));
    struct at up = {NULL, key, 0};
    size_t count = 0;
    for (size_t i = 0; parts != NULL && i < json_array_size(all); i++) {
        const json_t *json = json_array_get(all, i);
        struct at at = {&up, NULL, i};
        struct index_part part = {text_of(reader, json, "id"), text_of(reader, json, "title"),
                                  text_of(reader, json, "note")};
        if (part.id == NULL)
            continue;
        if (part_number(parts, count, part.id) < count)
            fault_of(reader, &(struct at){&at, "id", 0}, "stands twice");
        parts[count++] = part;
    }
    *ret_count = count;
    return parts;
}

/* In millionths: the schema allows nine digits before the point and six behind it. */
static int64_t millionths(const char *text)
{
    bool negative = text[0] == '-';
    int64_t number = 0;
    int behind = -1;
    for (const char *c = text + (negative ? 1 : 0); *c != '\0'; c++) {
        if (*c == '.')
            behind = 0;
        else
            number = number * 10 + (*c - '0');
        behind += *c != '.' && behind >= 0 ? 1 : 0;
    }
    for (behind = behind < 0 ? 0 : behind; behind < 6; behind++)
        number *= 10;
    return negative ? -number : number;
}

static void read_scale(const struct reader *reader, struct index *made)
{
    const json_t *scale = json_object_get(reader->root, "scale");
    made->lowest = text_of(reader, scale, "lowest");
    made->highest = text_of(reader, scale, "highest");
    made->better = text_of(reader, scale, "better");
    if (made->lowest != NULL && made->highest != NULL && millionths(made->lowest) >= millionths(made->highest))
        fault_of(reader, &(struct at){NULL, "scale", 0}, "lowest is not below highest");
}

static void check_value(const struct reader *reader, const struct index *index, const struct index_value *value,
                        const struct at *at)
{
    struct at place = {at, "value", 0};
    struct date date;
    if (index->form == INDEX_DATE)
        (void)date_of(reader, value->value, &place, &date);
    else if (index->lowest != NULL && millionths(value->value) < millionths(index->lowest))
        fault_of(reader, &place, "below the lowest of the scale (%s)", index->lowest);
    else if (index->highest != NULL && millionths(value->value) > millionths(index->highest))
        fault_of(reader, &place, "above the highest of the scale (%s)", index->highest);
}

static void check_parts(const struct reader *reader, const struct index *index, const struct index_value *value,
                        const struct at *at)
{
    struct at place = {at, "pillar", 0};
    country_of(reader, value->country, &(struct at){at, "country", 0});
    if (part_number(index->editions, index->edition_count, value->edition) == index->edition_count)
        fault_of(reader, &(struct at){at, "edition", 0}, "the index has no edition \"%.80s\"", value->edition);
    if (index->pillar_count > 0 && value->pillar == NULL)
        fault_of(reader, at, "no \"pillar\", though the index has pillars");
    else if (value->pillar != NULL &&
             part_number(index->pillars, index->pillar_count, value->pillar) == index->pillar_count)
        fault_of(reader, &place, "the index has no pillar \"%.80s\"", value->pillar);
}

static bool same_place(const struct index_value *a, const struct index_value *b)
{
    return strcmp(a->country, b->country) == 0 && strcmp(a->edition, b->edition) == 0 &&
           (a->pillar == NULL) == (b->pillar == NULL) && (a->pillar == NULL || strcmp(a->pillar, b->pillar) == 0);
}

static void add_value(const struct reader *reader, const json_t *json, const struct at *at, struct making *making)
{
    struct said said = reader->defaults;
    said_over(reader, json, at, &said);
    struct index_value value = {text_of(reader, json, "country"), text_of(reader, json, "edition"),
                                text_of(reader, json, "pillar"), text_of(reader, json, "value"), said.evidence};
    if (value.country == NULL || value.edition == NULL || value.value == NULL)
        return;
    (void)said_check(reader, &said, at);
    check_parts(reader, &making->made, &value, at);
    check_value(reader, &making->made, &value, at);
    for (size_t i = 0; i < making->made.value_count; i++)
        if (same_place(&making->values[i], &value))
            fault_of(reader, at, "a second value of this country, edition and pillar");
    making->values[making->made.value_count++] = value;
}

static void read_values(const struct reader *reader, struct making *making)
{
    const json_t *all = json_object_get(reader->root, "values");
    struct at up = {NULL, "values", 0};
    making->values = arena_array(reader->load->arena, json_array_size(all), sizeof(*making->values));
    for (size_t i = 0; making->values != NULL && i < json_array_size(all); i++) {
        struct at at = {&up, NULL, i};
        add_value(reader, json_array_get(all, i), &at, making);
    }
    making->made.values = making->values;
}

/* Where a value stands within its country. */
static size_t place_of(const struct index *index, const struct index_value *value)
{
    size_t edition = part_number(index->editions, index->edition_count, value->edition);
    return edition * (index->pillar_count + 1) + part_number(index->pillars, index->pillar_count, value->pillar);
}

/* Seeds mostly stand in this order, or nearly: what is moved is moved a short way. */
static void sort_values(struct making *making)
{
    struct index_value *values = making->values;
    for (size_t i = 1; i < making->made.value_count; i++) {
        struct index_value value = values[i];
        size_t k = i;
        for (; k > 0; k--) {
            int order = strcmp(values[k - 1].country, value.country);
            if (order < 0 || (order == 0 && place_of(&making->made, &values[k - 1]) <= place_of(&making->made, &value)))
                break;
            values[k] = values[k - 1];
        }
        values[k] = value;
    }
}

void make_index(const struct reader *reader)
{
    struct making making = {.made = {.id = text_of(reader, reader->root, "id"),
                                     .title = text_of(reader, reader->root, "title"),
                                     .publisher = text_of(reader, reader->root, "publisher"),
                                     .text = text_of(reader, reader->root, "text"),
                                     .terms = text_of(reader, reader->root, "terms"),
                                     .unit = text_of(reader, reader->root, "unit"),
                                     .source = reader->defaults.evidence.source}};
    const char *form = json_string_value(json_object_get(reader->root, "form"));
    if (making.made.id == NULL || form == NULL)
        return;
    making.made.form = (enum index_form)word_index(form, index_form_names, INDEX_FORM_COUNT);
    if (strcmp(making.made.id, reader->name) != 0)
        fault_of(reader, &(struct at){NULL, "id", 0}, "is not the file's name");
    read_scale(reader, &making.made);
    making.made.editions = read_parts(reader, "editions", &making.made.edition_count);
    making.made.pillars = read_parts(reader, "pillars", &making.made.pillar_count);
    read_values(reader, &making);
    sort_values(&making);
    struct index *added = list_add(reader->load->arena, &reader->load->indices);
    if (added != NULL)
        *added = making.made;
}
