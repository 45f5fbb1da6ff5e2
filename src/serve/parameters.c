/* SPDX-License-Identifier: MIT */
/* Which parameters a route takes, and the route table for people and for the contract's test. */
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "cyberatlas/format.h"
#include "internal.h"

/* A filter that is a question's parameter too stands there. */
static bool is_asked(const struct route *route, const char *name)
{
    int ask = word_index(name, ask_names, ASK_COUNT);
    return ask >= 0 && (route->asks & 1U << ask) != 0;
}

size_t route_parameters(const struct route *route, const char *ret[PARAMETERS_MOST])
{
    size_t count = 0;
    const struct list_kind *list = route->list == NULL ? NULL : list_kind_find(route->list);
    if (list != NULL) {
        for (const struct list_filter *filter = list->filters; filter != NULL && filter->name != NULL; filter++)
            if (count < STORE_FILTERS && !is_asked(route, filter->name))
                ret[count++] = filter->name;
    }
    for (size_t i = 0; i < ASK_COUNT; i++)
        if ((route->asks & 1U << i) != 0)
            ret[count++] = ask_names[i];
    if (list != NULL) {
        if (list->searchable)
            ret[count++] = "q";
        ret[count++] = "sort";
        ret[count++] = "limit";
        ret[count++] = "cursor";
        if (list->keys != NULL)
            ret[count++] = "fields";
        if (list->select == NULL && !list->found && list->filters[0].name != NULL)
            ret[count++] = "facets";
    }
    if (route_has(route, MEDIA_JSON))
        ret[count++] = "pretty";
    return count;
}

size_t route_parameters_at(const char *path, const char **ret, size_t most)
{
    const char *names[PARAMETERS_MOST];
    for (size_t i = 0; i < route_count; i++) {
        if (!route_same(route_table[i].path, path))
            continue;
        size_t count = route_parameters(&route_table[i], names);
        count = count < most ? count : most;
        memcpy(ret, names, count * sizeof(names[0]));
        return count;
    }
    return 0;
}

static void add_words(struct buf *out, bool json, const char *const *words, size_t count)
{
    if (json)
        buf_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_putc(out, ',');
        if (json)
            format_json_text(words[i], out);
        else
            buf_puts(out, words[i]);
    }
    if (json)
        buf_putc(out, ']');
    else if (count == 0)
        buf_putc(out, '-');
}

static void add_route(struct buf *out, bool json, const struct route *route)
{
    enum media medias[MEDIA_COUNT];
    const char *names[MEDIA_COUNT];
    const char *parameters[PARAMETERS_MOST];
    size_t media_count = route_medias(route, medias);
    size_t parameter_count = route_parameters(route, parameters);
    for (size_t i = 0; i < media_count; i++)
        names[i] = json ? media_table[medias[i]].type : media_table[medias[i]].name;
    if (!json) {
        buf_printf(out, "GET %-38s ", route->path);
        add_words(out, false, names, media_count);
        buf_putc(out, ' ');
        add_words(out, false, parameters, parameter_count);
        buf_printf(out, "  %s\n", route->summary);
        return;
    }
    buf_printf(out, "{\"method\":\"GET\",\"path\":\"%s\",\"media\":", route->path);
    add_words(out, true, names, media_count);
    buf_puts(out, ",\"parameters\":");
    add_words(out, true, parameters, parameter_count);
    buf_puts(out, ",\"summary\":");
    format_json_text(route->summary, out);
    buf_putc(out, '}');
}

bool routes_print(bool json, FILE *out)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, 1024 * 1024);
    for (size_t i = 0; i < route_count; i++) {
        if (json)
            buf_puts(&text, i == 0 ? "[" : ",\n");
        add_route(&text, json, &route_table[i]);
    }
    if (json)
        buf_puts(&text, "]\n");
    return buf_ok(&text) && fwrite(text.data, 1, text.len, out) == text.len && fflush(out) == 0;
}
