/* SPDX-License-Identifier: MIT */
/* The import of a sheet: the seeds as they are, the sheet, row by row into the seeds it speaks of, and then the check
 * of all seeds as they would be. Only when no fault was found anywhere are files written, each in one step. The same
 * sheet twice changes nothing the second time. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cyberatlas/base/nearest.h"
#include "import.h"

bool import_fault(struct import *run, const struct csv_cell *cell, const char *fmt, ...)
{
    char *reason = NULL;
    va_list args;
    va_start(args, fmt);
    if (vasprintf(&reason, fmt, args) < 0)
        reason = NULL;
    va_end(args);
    const char *header = cell->header == NULL ? "" : cell->header;
    report_line(run->faults, run->file, cell->line, cell->column, "%s%s%s", header, *header == '\0' ? "" : ": ",
                reason == NULL ? "out of memory" : reason);
    free(reason);
    return false;
}

bool import_memory(struct import *run)
{
    run->broken = true;
    return err_memory(run->err);
}

const struct csv_cell *import_cell(const struct import *run, const struct csv_row *row, const struct column *column)
{
    size_t place = run->order[column - run->columns.items];
    return place == SIZE_MAX || *row->cells[place].text == '\0' ? NULL : &row->cells[place];
}

const struct csv_cell *import_named(const struct import *run, const struct csv_row *row, const char *name)
{
    for (size_t i = 0; i < run->columns.count; i++)
        if (strcmp(run->columns.items[i].name, name) == 0)
            return import_cell(run, row, &run->columns.items[i]);
    return NULL;
}

/* --- the header --- */
static void place_column(struct import *run, const struct csv_cell *cell, size_t place)
{
    struct nearest best = {0};
    for (size_t i = 0; i < run->columns.count; i++) {
        const char *name = run->columns.items[i].name;
        nearest_try(&best, cell->text, name);
        if (strcmp(name, cell->text) != 0)
            continue;
        if (run->order[i] != SIZE_MAX)
            (void)import_fault(run, cell, "the column %s stands twice", name);
        run->order[i] = place;
        run->column_at[place] = i;
        return;
    }
    if (best.word != NULL)
        (void)import_fault(run, cell, "there is no column \"%s\"; did you mean %s?", cell->text, best.word);
    else
        (void)import_fault(run, cell, "there is no column \"%s\"; import csv %s lists them", cell->text,
                           run->kind->name);
}

static void read_header(struct import *run)
{
    const struct csv_row *header = &run->csv.rows[0];
    for (size_t i = 0; i < COUNT_OF(run->order); i++)
        run->order[i] = SIZE_MAX;
    if (header->count == 1 && strpbrk(header->cells[0].text, ";\t") != NULL) {
        (void)import_fault(run, &header->start, "cells are separated by commas, not by semicolons or tabs");
        return;
    }
    for (size_t i = 0; i < header->count; i++)
        place_column(run, &header->cells[i], i);
    for (size_t i = 0; i < run->columns.count; i++)
        if (run->columns.items[i].required && run->order[i] == SIZE_MAX)
            (void)import_fault(run, &header->start, "the column %s is missing", run->columns.items[i].name);
}

/* --- the seeds that the sheet speaks of --- */
static const struct seed_file *file_of(const struct import *run, const char *name)
{
    for (size_t i = 0; i < run->tree.count; i++)
        if (run->tree.files[i].kind == run->kind->file && strcmp(run->tree.files[i].name, name) == 0)
            return &run->tree.files[i];
    return NULL;
}

static json_t *begin_root(struct import *run, const char *country)
{
    json_t *root = country == NULL ? json_object() : json_pack("{ss}", "country", country);
    if (root == NULL)
        (void)import_memory(run);
    return root;
}

/* A copy of the file's JSON, or that of a new file. NULL: the run broke, or a fault. */
static json_t *read_root(struct import *run, const char *name, const char *country)
{
    const struct seed_file *file = file_of(run, name);
    json_t *root = NULL;
    if (file == NULL)
        return begin_root(run, country);
    if (read_file(&run->tree, file, &root, run->faults, run->err) == READ_BROKEN)
        run->broken = true;
    return root;
}

static struct target *begin_target(struct import *run, const char *name, json_t *root)
{
    struct target *target = list_add(run->arena, &run->targets);
    if (target == NULL) {
        json_decref(root);
        return import_memory(run) ? target : NULL;
    }
    target->root = root;
    target->name = name;
    target->shown = arena_printf(run->arena, "%s/%s/%s", run->tree.shown, seed_kind_folder(run->kind->file), name);
    buf_init(&target->text, (size_t)SEED_FILE_BYTES * 4);
    return target->shown != NULL || import_memory(run) ? target : NULL;
}

struct target *import_target(struct import *run, const char *stem, const char *country)
{
    const char *name = arena_printf(run->arena, "%s.json", stem);
    struct target *targets = run->targets.items;
    if (name == NULL)
        return import_memory(run) ? targets : NULL;
    for (size_t i = 0; i < run->targets.count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return &targets[i];
    json_t *root = read_root(run, name, country);
    return root == NULL ? NULL : begin_target(run, name, root);
}

struct target *import_country(struct import *run, const char *code)
{
    char stem[3] = {(char)tolower((unsigned char)code[0]), (char)tolower((unsigned char)code[1]), '\0'};
    return import_target(run, stem, code);
}

/* --- the rows --- */
static bool import_row(struct import *run, const struct csv_row *row)
{
    if (run->kind->file == SEED_ASSESSMENTS)
        return import_answer(run, row);
    return run->kind->file == SEED_INDICES ? import_figure(run, row) : import_thing(run, row);
}

/* First every row is checked, so that all faults of the sheet are told at once. */
static void import_rows(struct import *run)
{
    bool good = true;
    for (size_t i = 1; i < run->csv.count && !run->broken; i++)
        good = import_check(run, &run->csv.rows[i]) && good;
    for (size_t i = 1; i < run->csv.count && !run->broken && good; i++) {
        size_t before = run->faults->count;
        if (!import_row(run, &run->csv.rows[i]) && !run->broken && run->faults->count == before)
            (void)import_fault(run, &run->csv.rows[i].start, "cannot be merged");
    }
}

static enum read_result read_sheet(struct import *run)
{
    struct seed_file sheet = {.name = (char *)(uintptr_t)run->file, .shown = (char *)(uintptr_t)run->file};
    struct buf text CLEANUP(buf_done);
    buf_init(&text, SEED_FILE_BYTES);
    enum read_result result = read_text(AT_FDCWD, &sheet, &text, run->faults, run->err);
    if (result == READ_DONE)
        result = csv_read(run->file, &text, run->arena, &run->csv, run->faults);
    if (result == READ_BROKEN)
        (void)import_memory(run);
    return result;
}

/* --- what comes of it --- */
/* Every changed seed as its new text, in the tree in place of the file. */
static bool prepare(struct import *run)
{
    struct target *targets = run->targets.items;
    for (size_t i = 0; i < run->targets.count; i++) {
        if (!targets[i].changed)
            continue;
        if (!format_canonical(run->schemas, run->kind->file, targets[i].root, &targets[i].text, run->err))
            return false;
        if (targets[i].text.len > SEED_FILE_BYTES)
            report_file(run->faults, targets[i].shown, "would be larger than %d bytes", SEED_FILE_BYTES);
        if (!tree_put(&run->tree, run->kind->file, targets[i].name, &targets[i].text))
            return err_memory(run->err);
    }
    return run->faults->count == 0;
}

static bool check_prepared(struct import *run)
{
    struct facts *facts CLEANUP(facts_cleanup) = NULL;
    return load_tree(&run->tree, &facts, run->faults, run->err);
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

static bool write_prepared(struct import *run)
{
    const char *folder = seed_kind_folder(run->kind->file);
    if (mkdirat(run->tree.fd, folder, 0755) != 0 && errno != EEXIST)
        return err_set(run->err, ERR_SYSTEM, "%s/%s: %s", run->tree.shown, folder, strerror(errno));
    int fd CLEANUP(close_fd) = read_folder(&run->tree, run->kind->file, run->faults);
    const struct target *targets = run->targets.items;
    for (size_t i = 0; i < run->targets.count && fd >= 0; i++)
        if (targets[i].changed && !format_replace(fd, file_of(run, targets[i].name), &targets[i].text, run->err))
            return false;
    return fd >= 0;
}

/* The sheet merged into the seeds, in memory. */
static bool merge_sheet(struct import *run)
{
    if (read_sheet(run) != READ_DONE)
        return false;
    import_columns(run->kind, &run->columns);
    read_header(run);
    if (run->faults->count == 0)
        import_rows(run);
    return !run->broken && run->faults->count == 0 && prepare(run);
}

static bool import_sheet(struct import *run, bool dry)
{
    if (!merge_sheet(run)) {
        report_end(run->faults);
        return false;
    }
    if (!check_prepared(run))
        return false;
    if (!buf_ok(run->changes))
        return err_memory(run->err);
    return dry || write_prepared(run);
}

static void import_done(struct import *run)
{
    struct target *targets = run->targets.items;
    for (size_t i = 0; i < run->targets.count; i++) {
        json_decref(targets[i].root);
        buf_done(&targets[i].text);
    }
    tree_close(&run->tree);
    facts_free(run->facts);
    schemas_free(run->schemas);
    arena_free(run->arena);
}

bool seed_import(const struct seed_import *what, struct buf *changes, struct seed_faults *faults, struct err *err)
{
    struct import run CLEANUP(import_done) = {.kind = import_kind_find(what->kind, err),
                                              .file = what->file,
                                              .tree.fd = -1,
                                              .targets.size = sizeof(struct target),
                                              .changes = changes,
                                              .faults = faults,
                                              .err = err};
    if (run.kind == NULL)
        return false;
    if (what->file == NULL) {
        import_list(run.kind, changes);
        return err_set(err, ERR_USAGE, "import: say which file: import csv %s FILE", what->kind);
    }
    run.arena = arena_new(SEED_ARENA_BYTES);
    run.schemas = schemas_new();
    if (run.arena == NULL || run.schemas == NULL)
        return err_memory(err);
    if (!seed_load(what->data, &run.facts, faults, err) || !tree_open(what->data, &run.tree, faults, err))
        return false;
    return import_sheet(&run, what->dry);
}
