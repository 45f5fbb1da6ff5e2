/* SPDX-License-Identifier: MIT */
/* The small pieces that many bodies share: envelope, links, paths, numbers. It knows no field of any thing. */
#include "internal.h"

bool envelope_write(struct arena *arena, struct node *data, struct node *links, struct buf *out)
{
    struct node *envelope = node_object(arena);
    node_set(arena, envelope, "data", data);
    node_set(arena, envelope, "links", links);
    if (!fragment_write(arena, envelope, out))
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

struct node *fraction_node(struct arena *arena, struct fraction fraction, int places)
{
    int64_t scaled = (int64_t)fraction.num * power_of_ten(places);
    int64_t whole = scaled / fraction.den;
    int64_t rest = scaled % fraction.den;
    return node_decimal(arena, 2 * rest >= fraction.den ? whole + 1 : whole, places);
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
    int32_t power = (int32_t)power_of_ten(places);
    return arena_printf(arena, "%d.%0*d", number / power, places, number % power);
}

const char *count_text(struct arena *arena, size_t count)
{
    return arena_printf(arena, "%zu", count);
}

const struct list_filter no_filters[] = {{0}};

void no_facets(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    (void)view;
    (void)index;
    (void)emit;
    (void)cls;
}
