/* SPDX-License-Identifier: MIT */
/* The small pieces that many bodies share: envelope, links, paths, numbers. It knows no field of any thing. */
#include "internal.h"

bool envelope_write(struct arena *arena, struct node *data, struct node *links, struct buf *out)
{
    struct node *envelope = node_object(arena);
    node_set(arena, envelope, "data", data);
    node_set(arena, envelope, "links", links);
    return document_write(arena, envelope, out);
}

bool document_write(struct arena *arena, const struct node *node, struct buf *out)
{
    if (!fragment_write(arena, node, out))
        return false;
    buf_putc(out, '\n');
    return buf_ok(out);
}

bool fragment_write(struct arena *arena, const struct node *node, struct buf *out)
{
    if (!arena_ok(arena) || node == NULL)
        return false;
    format_json(node, out);
    return buf_ok(out);
}

struct node *links_node(struct arena *arena, const char *self, const char *list)
{
    struct node *links = node_object(arena);
    node_set_text(arena, links, "self", self);
    node_set_text(arena, links, "list", list);
    return links;
}

int subject_compare(const struct view *view, const char *sort, size_t a, size_t b)
{
    (void)view;
    (void)sort;
    return (a > b) - (a < b);
}

static int64_t power_of_ten(int places)
{
    int64_t power = 1;
    for (int i = 0; i < places; i++)
        power *= 10;
    return power;
}

int64_t scaled_of(int64_t num, int64_t den, int places)
{
    int64_t scaled = (num < 0 ? -num : num) * power_of_ten(places);
    int64_t whole = scaled / den;
    int64_t rest = scaled % den;
    int64_t rounded = rest >= den - rest ? whole + 1 : whole;
    return num < 0 ? -rounded : rounded;
}

struct node *fraction_node(struct arena *arena, struct fraction fraction, int places)
{
    return node_decimal(arena, scaled_of(fraction.num, fraction.den, places), places);
}

void number_put(int64_t number, int places, struct buf *out)
{
    char text[32];
    size_t start = sizeof(text);
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    for (int digits = 0; left > 0 || digits <= places; digits++, left /= 10) {
        if (digits == places && places > 0)
            text[--start] = '.';
        text[--start] = (char)('0' + left % 10);
    }
    if (number < 0)
        text[--start] = '-';
    buf_add(out, text + start, sizeof(text) - start);
}

const char *country_name(const struct thing *country)
{
    const char *name = thing_text(country, "name");
    return name == NULL ? country->id : name;
}

const char *country_path(struct arena *arena, const char *code, const char *rest)
{
    return arena_printf(arena, "/v1/countries/%s%s", code, rest);
}

const char *decimal_text(struct arena *arena, int32_t number, int places)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, 32);
    number_put(number, places, &text);
    return buf_ok(&text) ? arena_copy(arena, text.data, text.len) : NULL;
}

const char *count_text(struct arena *arena, size_t count)
{
    return arena_printf(arena, "%zu", count);
}

const char *day_text(struct arena *arena, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    date_format(day, text);
    return arena_text(arena, text);
}

const struct list_filter no_filters[] = {{0}};

void no_facets(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    (void)view;
    (void)index;
    (void)emit;
    (void)cls;
}
