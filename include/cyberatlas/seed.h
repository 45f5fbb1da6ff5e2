/* SPDX-License-Identifier: MIT */
/* The seeds: JSON files written by people, read, checked and turned into facts. Every fault of a run is reported. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/err.h"
#include "cyberatlas/base/fact.h"

/* Ceilings of the seeds, stated here and nowhere else. */
enum {
    SEED_FILE_BYTES = 8 * 1024 * 1024, /* one file */
    SEED_FILES = 4096,                 /* in one folder tree */
    SEED_DEPTH = 16,                   /* nesting of objects and arrays */
    SEED_TEXT_BYTES = 8192,            /* one string */
    SEED_ITEMS = 4096,                 /* members of one array or object, unless the schema allows more */
    SEED_FAULTS = 1000,                /* printed faults; beyond that their number is told */
    SEED_ARENA_BYTES = 512 * 1024 * 1024,
    IMPORT_ROWS = 65536,               /* of a sheet, without its header */
    IMPORT_COLUMNS = 256,              /* of a sheet */
    IMPORT_CHANGES = 64 * 1024 * 1024, /* bytes of the lines that tell what an import changes */
};

/* Faults found, each "FILE:/json/pointer: reason"; FILE is relative to the seed folder's parent as the user named it.
 */
struct seed_faults {
    struct buf lines; /* one fault a line */
    size_t count;
};

void seed_faults_init(struct seed_faults *faults);
void seed_faults_done(struct seed_faults *faults);

/* Reads and checks the folder `data`. True: *ret holds the facts, free with facts_free. False with faults->count > 0:
 * the seeds are at fault. False with none: *err says what the system refused. */
bool seed_load(const char *data, struct facts **ret, struct seed_faults *faults, struct err *err) MUST_USE;

/* Rewrites every seed file below `data` in its canonical form, a file at a time (temporary file, fsync, rename), where
 * it is not in it already; *ret_changed counts the files. With `dry` nothing is written: each such file is a fault "not
 * in canonical form" instead. Files with faults of syntax are left alone and reported. */
bool seed_format(const char *data, bool dry, struct seed_faults *faults, size_t *ret_changed, struct err *err) MUST_USE;

/* A sheet to merge into the seeds: a CSV whose first row names its columns. */
struct seed_import {
    const char *data; /* the folder of the seeds */
    const char *kind; /* certs, assessments, strategies, institutions, transposition */
    const char *file; /* NULL: no import, but a usage error, and in `changes` what the columns of the kind are */
    bool dry;         /* write nothing */
};

/* Merges the sheet: what is new is added, the same value of the same source changes nothing, another value becomes a
 * further claim. `changes` gets a line "FILE:/json/pointer: what" for each change. Nothing is written unless the sheet
 * and the seeds as they would be are without fault; then each changed file, whole and in canonical form. False as for
 * seed_load; faults of the sheet are "FILE:LINE:COLUMN: reason". A kind that there is not is a usage error. */
bool seed_import(const struct seed_import *what, struct buf *changes, struct seed_faults *faults,
                 struct err *err) MUST_USE;

/* Checks one JSON text against one of the program's own schemas ("answer/country.json", "seed/cert.json"); for `get`
 * users and tests. `closed` forbids every property that a schema does not name. Faults as "NAME:/json/pointer: reason".
 */
bool seed_check_schema(const char *schema, const char *name, const char *json, size_t len, bool closed,
                       struct seed_faults *faults, struct err *err) MUST_USE;
