/* SPDX-License-Identifier: MIT */
/* The exports: which files there are, and the documents that describe the others: index, Data Package, catalogue. How a
 * file comes about is build's matter; what stands here needs its name, size and hash alone. */
#include <stdio.h>
#include <string.h>

#include "internal.h"

const struct export_kind export_kinds[] = {
    {"dataset.sqlite", MEDIA_SQLITE, "Every fact as an SQLite file, with views for people; no answers", NULL},
    {"countries.csv", MEDIA_CSV, "Every country, with what is known in short", "countries"},
    {"certs.csv", MEDIA_CSV, "Response teams (CERT/CSIRT)", "certs"},
    {"assessments.csv", MEDIA_CSV, "Country by criterion, a row for each claim", "assessments"},
    {"scores.csv", MEDIA_CSV, "The score of each country, with its interval", "scores"},
    {"sources.csv", MEDIA_CSV, "Where the facts come from", "sources"},
    {"datapackage.json", MEDIA_PACKAGE, "The files described as a Frictionless Data Package", NULL},
    {"dataset.jsonld", MEDIA_JSONLD, "The dataset described in DCAT and schema.org", NULL},
};
const size_t export_kind_count = COUNT_OF(export_kinds);

/* --- the index --- */

bool export_write_index(const struct export_file *files, size_t count, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct node *data = arena == NULL ? NULL : node_array(arena);
    if (data == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct node *file = node_object(arena);
        node_set_text(arena, file, "name", files[i].kind->name);
        node_set_text(arena, file, "title", files[i].kind->title);
        node_set_text(arena, file, "media_type", media_table[files[i].kind->media].type);
        node_set(arena, file, "bytes", node_integer(arena, (int64_t)files[i].bytes));
        node_set_text(arena, file, "sha256", files[i].sha256);
        node_set_text(arena, file, "self", arena_printf(arena, "/v1/exports/%s", files[i].kind->name));
        node_push(arena, data, file);
    }
    return envelope_write(arena, data, links_node(arena, "/v1/exports", NULL), out);
}

/* --- datapackage.json --- */

/* Columns whose cells are all numbers, or empty; every other column is text. */
static const struct {
    const char *list, *columns, *type;
} typed_columns[] = {
    {"countries", " certs strategies ", "integer"},
    {"countries", " value low high coverage ", "number"},
    {"assessments", " weight ", "integer"},
    {"scores", " yes partial no unknown not_applicable disputed rank_best rank_worst rank_of ", "integer"},
    {"scores", " value low high coverage ", "number"},
    {"sources", " claims answers ", "integer"},
};

static const char *column_type(const char *list, const char *column)
{
    char wanted[80];
    (void)snprintf(wanted, sizeof(wanted), " %s ", column);
    for (size_t i = 0; i < COUNT_OF(typed_columns); i++)
        if (strcmp(typed_columns[i].list, list) == 0 && strstr(typed_columns[i].columns, wanted) != NULL)
            return typed_columns[i].type;
    return "string";
}

static struct node *schema_node(struct arena *arena, const char *list)
{
    struct node *schema = node_object(arena);
    struct node *fields = node_array(arena);
    struct node *missing = node_array(arena);
    const struct list_kind *kind = list_kind_find(list);
    for (const struct column *column = kind->columns; column->name != NULL; column++) {
        struct node *field = node_object(arena);
        node_set_text(arena, field, "name", column->name);
        node_set_text(arena, field, "type", column_type(list, column->name));
        node_push(arena, fields, field);
    }
    node_push(arena, missing, node_text(arena, ""));
    node_set(arena, schema, "fields", fields);
    node_set(arena, schema, "missingValues", missing);
    return schema;
}

static struct node *resource_node(struct arena *arena, const struct export_file *file)
{
    struct node *resource = node_object(arena);
    const char *name = file->kind->name;
    const char *dot = strchr(name, '.');
    node_set_text(arena, resource, "name", arena_printf(arena, "%.*s", (int)(dot - name), name));
    node_set_text(arena, resource, "path", name);
    if (file->kind->list != NULL)
        node_set_text(arena, resource, "type", "table");
    node_set_text(arena, resource, "title", file->kind->title);
    node_set_text(arena, resource, "format", dot + 1);
    node_set_text(arena, resource, "mediatype", media_table[file->kind->media].type);
    if (file->kind->list != NULL)
        node_set_text(arena, resource, "encoding", "utf-8");
    node_set(arena, resource, "bytes", node_integer(arena, (int64_t)file->bytes));
    node_set_text(arena, resource, "hash", arena_printf(arena, "sha256:%s", file->sha256));
    if (file->kind->list != NULL)
        node_set(arena, resource, "schema", schema_node(arena, file->kind->list));
    return resource;
}

static struct node *one_of(struct arena *arena, struct node *node)
{
    struct node *array = node_array(arena);
    node_push(arena, array, node);
    return array;
}

static void set_people(struct arena *arena, struct node *package, const struct dataset *dataset)
{
    struct node *licence = node_object(arena);
    struct node *contributor = node_object(arena);
    node_set_text(arena, licence, "name", dataset->licence);
    node_set_text(arena, licence, "path", dataset->licence_url);
    node_set_text(arena, contributor, "title", dataset->publisher);
    node_set(arena, contributor, "roles", one_of(arena, node_text(arena, "publisher")));
    node_set(arena, package, "licenses", one_of(arena, licence));
    node_set(arena, package, "contributors", one_of(arena, contributor));
}

bool export_write_package(const struct view *view, const struct export_file *files, size_t count, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct node *package = arena == NULL ? NULL : node_object(arena);
    const struct dataset *dataset = &view->facts->dataset;
    if (package == NULL)
        return false;
    node_set_text(arena, package, "$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
    node_set_text(arena, package, "name", dataset->id);
    node_set_text(arena, package, "id", urn_of(arena, dataset->id, "dataset"));
    node_set_text(arena, package, "title", dataset->title);
    node_set_text(arena, package, "description", arena_printf(arena, "%s\n\n%s", dataset->description, dataset->terms));
    node_set_text(arena, package, "version", view->revision);
    node_set_text(arena, package, "created", arena_printf(arena, "%sT00:00:00Z", dataset->date));
    node_set_text(arena, package, "homepage", dataset->homepage);
    set_people(arena, package, dataset);
    struct node *resources = node_array(arena);
    for (size_t i = 0; i < count; i++)
        node_push(arena, resources, resource_node(arena, &files[i]));
    node_set(arena, package, "resources", resources);
    return document_write(arena, package, out);
}
