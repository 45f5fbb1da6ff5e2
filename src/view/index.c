/* SPDX-License-Identifier: MIT */
/* What there is: the service index, made from the two tables so that it cannot miss an address, and the files that are
 * part of the program (contract, schemas, dashboard, icon), given out as they are. */
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "internal.h"

/* The dataset in words. Its revision stands here and in no other body, so that one edit does not change them all. */
static void set_dataset(const struct view *view, struct arena *arena, struct node *data)
{
    const struct dataset *dataset = &view->facts->dataset;
    node_set_text(arena, data, "id", dataset->id);
    node_set_text(arena, data, "title", dataset->title);
    node_set_text(arena, data, "description", dataset->description);
    node_set_text(arena, data, "revision", view->revision);
    node_set_text(arena, data, "date", dataset->date);
    node_set_text(arena, data, "publisher", dataset->publisher);
    node_set_text(arena, data, "licence", dataset->licence);
    node_set_text(arena, data, "licence_url", dataset->licence_url);
    node_set_text(arena, data, "terms", dataset->terms);
    node_set_text(arena, data, "homepage", dataset->homepage);
    struct node *methodology = node_object(arena);
    node_set_text(arena, methodology, "id", view->methodology->id);
    node_set_text(arena, methodology, "version", view->methodology->version);
    node_set(arena, data, "methodology", methodology);
}

static struct node *formats_node(struct arena *arena)
{
    struct node *formats = node_array(arena);
    for (size_t i = 0; i < MEDIA_COUNT; i++) {
        struct node *format = node_object(arena);
        node_set_text(arena, format, "name", media_table[i].name);
        node_set_text(arena, format, "suffix", media_table[i].suffix);
        node_set_text(arena, format, "type", media_table[i].type);
        node_push(arena, formats, format);
    }
    return formats;
}

enum { PARAMETERS_MOST = 64 };

/* Parameters that every list takes, whatever its items. */
static bool is_general(const char *name)
{
    static const char *const general[] = {"q", "sort", "limit", "cursor", "pretty", "fields", "facets"};
    return word_index(name, general, COUNT_OF(general)) >= 0;
}

/* What an address takes, or but for those that every list has. */
static struct node *parameters_node(const struct view *view, struct arena *arena, const char *path, bool all)
{
    const char *names[PARAMETERS_MOST];
    size_t count = view->parameters == NULL ? 0 : view->parameters(path, names, PARAMETERS_MOST);
    struct node *parameters = node_array(arena);
    for (size_t i = 0; i < count; i++)
        if (all || !is_general(names[i]))
            node_push(arena, parameters, node_text(arena, names[i]));
    return parameters;
}

static struct node *addresses_node(const struct view *view, struct arena *arena)
{
    struct node *addresses = node_array(arena);
    struct node *formats = NULL;
    for (size_t i = 0; i < document_kind_count; i++) {
        const char *path = document_kinds[i].path;
        if (i == 0 || strcmp(path, document_kinds[i - 1].path) != 0) {
            struct node *address = node_object(arena);
            node_set_text(arena, address, "path", path);
            node_set(arena, address, "formats", formats = node_array(arena));
            node_set(arena, address, "parameters", parameters_node(view, arena, path, true));
            node_push(arena, addresses, address);
        }
        node_push(arena, formats, node_text(arena, media_table[document_kinds[i].media].name));
    }
    return addresses;
}

static struct node *list_node(const struct view *view, struct arena *arena, const struct list_kind *kind)
{
    struct node *list = node_object(arena);
    node_set_text(arena, list, "name", kind->name);
    node_set_text(arena, list, "path", kind->path);
    if (!kind->of_log) /* no answer about facts may change with the log */
        node_set(arena, list, "total", node_integer(arena, (int64_t)view_subjects(view, kind->subject)));
    node_set(arena, list, "filters", parameters_node(view, arena, kind->path, false));
    struct node *sorts = node_array(arena);
    for (size_t i = 0; kind->sorts[i] != NULL; i++)
        node_push(arena, sorts, node_text(arena, kind->sorts[i]));
    node_set(arena, list, "sorts", sorts);
    node_set(arena, list, "searchable", node_flag(arena, kind->searchable));
    return list;
}

bool index_write(const struct view *view, size_t index, struct buf *out)
{
    (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    struct node *data = node_object(arena);
    struct node *links = node_object(arena);
    struct node *lists = node_array(arena);
    set_dataset(view, arena, data);
    node_set_text(arena, links, "self", "/v1");
    for (size_t i = 0; i < list_kind_count; i++) {
        node_push(arena, lists, list_node(view, arena, &list_kinds[i]));
        node_set_text(arena, links, list_kinds[i].name, list_kinds[i].path);
    }
    node_set(arena, data, "formats", formats_node(arena));
    node_set(arena, data, "lists", lists);
    node_set(arena, data, "addresses", addresses_node(view, arena));
    node_set_text(arena, links, "exports", "/v1/exports");
    node_set_text(arena, links, "openapi", "/openapi.json");
    return envelope_write(arena, data, links, out);
}

static bool write_file(const char *name, struct buf *out)
{
    const struct embedded *file = embedded_find(name);
    if (file == NULL)
        return false;
    buf_add(out, file->data, file->len);
    return buf_ok(out);
}

bool openapi_write(const struct view *view, size_t index, struct buf *out)
{
    (void)view;
    (void)index;
    return write_file("api/openapi.json", out);
}

bool icon_write(const struct view *view, size_t index, struct buf *out)
{
    (void)view;
    (void)index;
    return write_file("src/web/favicon.ico", out);
}

static bool write_subject(const struct view *view, const char *folder, enum subject subject, size_t index,
                          struct buf *out)
{
    CLEANUP(buf_done) struct buf name;
    buf_init(&name, 256);
    buf_printf(&name, "%s%s", folder, view_subject_id(view, subject, index));
    return buf_ok(&name) && write_file(name.data, out);
}

bool schema_write(const struct view *view, size_t index, struct buf *out)
{
    return write_subject(view, "api/schemas/", SUBJECT_SCHEMA, index, out);
}

bool script_write(const struct view *view, size_t index, struct buf *out)
{
    return write_subject(view, "assets/js/", SUBJECT_SCRIPT, index, out);
}

bool style_write(const struct view *view, size_t index, struct buf *out)
{
    return write_subject(view, "assets/css/", SUBJECT_STYLE, index, out);
}

bool docs_write(const struct view *view, size_t index, struct buf *out)
{
    (void)view;
    (void)index;
    return write_file("assets/docs.md", out);
}

bool robots_write(const struct view *view, size_t index, struct buf *out)
{
    (void)view;
    (void)index;
    buf_puts(out, "User-agent: *\nAllow: /\n");
    return buf_ok(out);
}
