/* SPDX-License-Identifier: MIT */
/* dataset.jsonld: the dataset in the words of DCAT 3 and of schema.org at once, for catalogues and search engines. Its
 * names are urn:uuid, so the same everywhere; its addresses are absolute only where the operator has told his. */
#include "internal.h"

static const struct {
    const char *prefix, *vocabulary;
} prefixes[] = {
    {"dcat", "http://www.w3.org/ns/dcat#"}, {"dct", "http://purl.org/dc/terms/"},
    {"foaf", "http://xmlns.com/foaf/0.1/"}, {"schema", "https://schema.org/"},
    {"spdx", "http://spdx.org/rdf/terms#"}, {"xsd", "http://www.w3.org/2001/XMLSchema#"},
};

static struct node *types_node(struct arena *arena, const char *one, const char *other)
{
    struct node *types = node_array(arena);
    node_push(arena, types, node_text(arena, one));
    node_push(arena, types, node_text(arena, other));
    return types;
}

static struct node *reference(struct arena *arena, const char *address)
{
    struct node *node = address == NULL ? NULL : node_object(arena);
    if (node != NULL)
        node_set_text(arena, node, "@id", address);
    return node;
}

static struct node *typed(struct arena *arena, const char *type, const char *value)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "@type", type);
    node_set_text(arena, node, "@value", value);
    return node;
}

static struct node *checksum_node(struct arena *arena, const char *sha256)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "@type", "spdx:Checksum");
    node_set(arena, node, "spdx:algorithm", reference(arena, "spdx:checksumAlgorithm_sha256"));
    node_set(arena, node, "spdx:checksumValue", typed(arena, "xsd:hexBinary", sha256));
    return node;
}

static struct node *file_node(const struct view *view, struct arena *arena, const struct export_file *file,
                              const char *base)
{
    const struct dataset *dataset = &view->facts->dataset;
    const char *type = media_table[file->kind->media].type;
    const char *address = arena_printf(arena, "%s/v1/exports/%s", base == NULL ? "" : base, file->kind->name);
    struct node *node = node_object(arena);
    node_set_text(arena, node, "@id", urn_of(arena, dataset->id, file->kind->name));
    node_set(arena, node, "@type", types_node(arena, "dcat:Distribution", "schema:DataDownload"));
    node_set_text(arena, node, "dct:title", file->kind->title);
    node_set_text(arena, node, "schema:name", file->kind->title);
    node_set(arena, node, "dcat:downloadURL", reference(arena, address));
    node_set(arena, node, "schema:contentUrl", reference(arena, address));
    node_set(arena, node, "dcat:mediaType",
             reference(arena, arena_printf(arena, "https://www.iana.org/assignments/media-types/%s", type)));
    node_set_text(arena, node, "schema:encodingFormat", type);
    node_set(arena, node, "dcat:byteSize",
             typed(arena, "xsd:nonNegativeInteger", arena_printf(arena, "%zu", file->bytes)));
    node_set(arena, node, "spdx:checksum", checksum_node(arena, file->sha256));
    node_set(arena, node, "dct:license", reference(arena, dataset->licence_url));
    return node;
}

static struct node *publisher_node(struct arena *arena, const char *name)
{
    struct node *node = node_object(arena);
    node_set(arena, node, "@type", types_node(arena, "foaf:Agent", "schema:Organization"));
    node_set_text(arena, node, "foaf:name", name);
    node_set_text(arena, node, "schema:name", name);
    return node;
}

static struct node *context_node(struct arena *arena)
{
    struct node *context = node_object(arena);
    for (size_t i = 0; i < COUNT_OF(prefixes); i++)
        node_set_text(arena, context, prefixes[i].prefix, prefixes[i].vocabulary);
    return context;
}

static void set_texts(struct arena *arena, struct node *node, const struct view *view)
{
    const struct dataset *dataset = &view->facts->dataset;
    node_set_text(arena, node, "dct:identifier", dataset->id);
    node_set_text(arena, node, "dct:title", dataset->title);
    node_set_text(arena, node, "schema:name", dataset->title);
    node_set_text(arena, node, "dct:description", dataset->description);
    node_set_text(arena, node, "schema:description", dataset->description);
    node_set_text(arena, node, "dcat:version", view->revision);
    node_set_text(arena, node, "schema:version", view->revision);
    node_set(arena, node, "dct:modified", typed(arena, "xsd:date", dataset->date));
    node_set(arena, node, "schema:dateModified", typed(arena, "xsd:date", dataset->date));
    node_set(arena, node, "dct:license", reference(arena, dataset->licence_url));
    node_set(arena, node, "schema:license", reference(arena, dataset->licence_url));
    node_set_text(arena, node, "dct:rights", dataset->terms);
    node_set(arena, node, "dcat:landingPage", reference(arena, dataset->homepage));
}

bool export_write_catalog(const struct view *view, const struct export_file *files, size_t count, const char *base,
                          struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct node *node = arena == NULL ? NULL : node_object(arena);
    if (node == NULL)
        return false;
    node_set(arena, node, "@context", context_node(arena));
    node_set_text(arena, node, "@id", urn_of(arena, view->facts->dataset.id, "dataset"));
    node_set(arena, node, "@type", types_node(arena, "dcat:Dataset", "schema:Dataset"));
    set_texts(arena, node, view);
    node_set(arena, node, "dct:publisher", publisher_node(arena, view->facts->dataset.publisher));
    node_set(arena, node, "schema:publisher", publisher_node(arena, view->facts->dataset.publisher));
    struct node *distributions = node_array(arena);
    struct node *downloads = node_array(arena);
    for (size_t i = 0; i < count; i++) {
        node_push(arena, distributions, file_node(view, arena, &files[i], base));
        node_push(arena, downloads, reference(arena, urn_of(arena, view->facts->dataset.id, files[i].kind->name)));
    }
    node_set(arena, node, "dcat:distribution", distributions);
    node_set(arena, node, "schema:distribution", downloads);
    return document_write(arena, node, out);
}
