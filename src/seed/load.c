/* SPDX-License-Identifier: MIT */
/* The run: every file is read, checked against its schema and made into facts, in the order in which the kinds build
 * on each other; then what only shows when everything is there. One bad file stops nothing: its faults are told, and
 * what refers to it is not judged. */
#include <string.h>

#include "internal.h"

static make_facts *const makers[SEED_KIND_COUNT] = {
    [SEED_DATASET] = make_dataset,
    [SEED_VOCABULARIES] = make_vocabularies,
    [SEED_SOURCES] = make_sources,
    [SEED_CRITERIA] = make_criteria,
    [SEED_METHODOLOGIES] = make_methodology,
    [SEED_COUNTRIES] = make_countries,
    [SEED_ORGANISATIONS] = make_organisations,
    [SEED_PROFILES] = make_profile,
    [SEED_CERTS] = make_certs,
    [SEED_ASSESSMENTS] = make_assessment,
    [SEED_INDICES] = make_index,
    [SEED_NAMES] = make_names,
    [SEED_CONTACT_ORDER] = make_contact_order,
};

/* The file's name without ".json". */
static const char *name_of(struct arena *arena, const struct seed_file *file)
{
    return arena_copy(arena, file->name, strlen(file->name) - strlen(".json"));
}

static enum read_result obey_schema(struct load *load, const struct seed_file *file, const json_t *root,
                                    struct err *err)
{
    const char *name = seed_kind_schema(file->kind);
    const json_t *schema = schemas_document(load->schemas, name, err);
    if (schema == NULL)
        return READ_BROKEN;
    struct check check = {.schemas = load->schemas, .faults = load->faults, .file = file->shown, .err = err};
    struct spot spot = {{schema, name}, schema, root, NULL};
    if (schema_apply(&check, &spot))
        return READ_DONE;
    return check.broken ? READ_BROKEN : READ_FAULT;
}

static void make(struct load *load, const struct seed_file *file, const json_t *root)
{
    struct reader reader = {
        .load = load, .file = arena_text(load->arena, file->shown), .name = name_of(load->arena, file), .root = root};
    struct at at = {NULL, "defaults", 0};
    if (reader.file == NULL || reader.name == NULL)
        return;
    said_over(&reader, json_object_get(root, "defaults"), &at, &reader.defaults);
    makers[file->kind](&reader);
}

/* False: *err. */
static bool load_file(struct load *load, const struct seed_tree *tree, const struct seed_file *file, struct err *err)
{
    json_auto_t *root = NULL;
    enum read_result result = read_file(tree, file, &root, load->faults, err);
    if (result == READ_DONE)
        result = obey_schema(load, file, root, err);
    if (result == READ_BROKEN)
        return false;
    if (result == READ_DONE)
        make(load, file, root);
    else
        load->lacking[file->kind] = true;
    return (arena_ok(load->arena) && !load->short_of_memory) || err_memory(err);
}

/* A kind whose one file is missing is lacking, too. */
static void mark_missing(struct load *load, const struct seed_tree *tree)
{
    for (size_t kind = 0; kind < SEED_KIND_COUNT; kind++) {
        bool there = !seed_kind_required((enum seed_kind)kind);
        for (size_t i = 0; i < tree->count; i++)
            there = there || tree->files[i].kind == kind;
        load->lacking[kind] = !there;
    }
}

static bool load_all(struct load *load, const struct seed_tree *tree, struct err *err)
{
    mark_missing(load, tree);
    for (size_t i = 0; i < tree->count; i++)
        if (!load_file(load, tree, &tree->files[i], err))
            return false;
    cross_words(load);
    cross_things(load);
    cross_codes(load);
    if (load->faults->count > 0)
        return false;
    return finish_facts(load) || err_memory(err);
}

static struct facts *new_facts(void)
{
    struct arena *arena = arena_new(SEED_ARENA_BYTES);
    struct facts *facts = arena == NULL ? NULL : arena_alloc(arena, sizeof(*facts));
    if (facts == NULL) {
        arena_free(arena);
        return NULL;
    }
    facts->arena = arena;
    return facts;
}

bool load_tree(const struct seed_tree *tree, struct facts **ret, struct seed_faults *faults, struct err *err)
{
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    struct facts *facts CLEANUP(facts_cleanup) = new_facts();
    if (schemas == NULL || facts == NULL)
        return err_memory(err);
    struct load load = {.facts = facts,
                        .arena = facts->arena,
                        .schemas = schemas,
                        .faults = faults,
                        .sources.size = sizeof(struct source),
                        .vocabularies.size = sizeof(struct vocabulary),
                        .criteria.size = sizeof(struct criterion),
                        .methodologies.size = sizeof(struct methodology),
                        .indices.size = sizeof(struct index),
                        .answers.size = sizeof(struct answer),
                        .names.size = sizeof(struct country_name),
                        .things.size = sizeof(struct made),
                        .pendings.size = sizeof(struct pending)};
    bool done = load_all(&load, tree, err);
    report_end(faults);
    if (!done)
        return false;
    *ret = facts;
    facts = NULL;
    return true;
}

bool seed_load(const char *data, struct facts **ret, struct seed_faults *faults, struct err *err)
{
    struct seed_tree tree CLEANUP(tree_close) = {.fd = -1};
    return tree_open(data, &tree, faults, err) && load_tree(&tree, ret, faults, err);
}
