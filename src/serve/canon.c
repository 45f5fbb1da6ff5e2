/* SPDX-License-Identifier: MIT */
/* The one text of a validated query: parameters by name, values as query.c left them, everything escaped that need not
 * stand for itself. Equal questions have equal texts; tags, cursors and the cache are keyed by it. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct item {
    const char *name;
    const char *const *values; /* NULL: of the question */
    size_t count;
    enum ask ask;
};

static int compare_items(const void *a, const void *b)
{
    const struct item *left = a;
    const struct item *right = b;
    return strcmp(left->name, right->name);
}

static bool stands_for_itself(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~:", c) != NULL);
}

static void add_escaped(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (stands_for_itself(*text))
            buf_putc(out, *text);
        else
            buf_printf(out, "%%%02X", (unsigned char)*text);
    }
}

static void add_item(struct buf *out, const struct query *query, const struct item *item)
{
    buf_printf(out, "%s=", item->name);
    if (item->values == NULL)
        question_value(query, item->ask, out);
    for (size_t i = 0; i < item->count; i++) {
        if (i > 0)
            buf_putc(out, ',');
        add_escaped(out, item->values[i]);
    }
}

/* What an item shows belongs to the page: it changes neither which items there are nor their order. */
static bool is_wanted(int ask, unsigned parts)
{
    unsigned part = ask == ASK_ASCII ? QUERY_ASCII : QUERY_PAGE;
    return (ask != ASK_ASCII && ask != ASK_EXPLAIN) || (parts & part) != 0;
}

static size_t add_asked(const struct query *query, unsigned parts, struct item *items)
{
    size_t count = 0;
    for (int ask = 0; ask < ASK_COUNT; ask++)
        if (question_says(query, (enum ask)ask) && is_wanted(ask, parts))
            items[count++] = (struct item){.name = ask_names[ask], .ask = (enum ask)ask};
    return count;
}

void query_text(const struct query *query, const char *cursor, unsigned parts, struct buf *out)
{
    struct item items[PARAMETERS_MOST];
    size_t count = add_asked(query, parts, items);
    for (size_t i = 0; i < query->filter_count; i++)
        items[count++] = (struct item){
            .name = query->filters[i].name, .values = query->filters[i].values, .count = query->filters[i].count};
    const struct {
        const char *name;
        const char *const *value;
        bool wanted;
    } singles[] = {{"q", &query->q, true},
                   {"sort", &query->sort, true},
                   {"limit", &query->limit, (parts & QUERY_PAGE) != 0},
                   {"cursor", cursor != NULL ? &cursor : &query->cursor, (parts & QUERY_PAGE) != 0},
                   {"pretty", &query->pretty, (parts & QUERY_PRETTY) != 0}};
    for (size_t i = 0; i < COUNT_OF(singles); i++)
        if (singles[i].wanted && *singles[i].value != NULL)
            items[count++] = (struct item){.name = singles[i].name, .values = singles[i].value, .count = 1};
    if ((parts & QUERY_PARTS) != 0 && query->fields.count > 0)
        items[count++] = (struct item){.name = "fields", .values = query->fields.names, .count = query->fields.count};
    if ((parts & QUERY_PARTS) != 0 && query->facet_count > 0)
        items[count++] = (struct item){.name = "facets", .values = query->facets, .count = query->facet_count};
    qsort(items, count, sizeof(items[0]), compare_items);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_putc(out, '&');
        add_item(out, query, &items[i]);
    }
}

void query_question(const struct query *query, const struct route *route, struct buf *out)
{
    buf_printf(out, "%s?", route->path);
    query_text(query, NULL, 0, out);
}
