/* SPDX-License-Identifier: MIT */
/* What the files of the import share: the sheet, its columns, and the seeds that it is merged into. */
#pragma once
#include "internal.h"

/* --- csv.c: RFC 4180 --- */
struct csv_cell {
    const char *text;   /* without quotes, and without spaces at both ends */
    const char *header; /* of its column; NULL in the header itself and where a row as a whole is meant */
    size_t line, column;
};
struct csv_row {
    struct csv_cell *cells;
    size_t count;
    struct csv_cell start; /* the row as a whole, for faults */
};
struct csv {
    struct csv_row *rows; /* the header first */
    size_t count;
};
/* All rows but blank ones, each as long as the header; faults name line and column. */
enum read_result csv_read(const char *file, const struct buf *text, struct arena *arena, struct csv *ret,
                          struct seed_faults *faults);

/* --- import_columns.c: what a sheet may have --- */
enum role {
    ROLE_COUNTRY,
    ROLE_ORGANISATION,
    ROLE_ID,
    ROLE_CRITERION,
    ROLE_ANSWER,
    ROLE_INDEX,
    ROLE_EDITION,
    ROLE_PILLAR,
    ROLE_FIGURE,
    ROLE_PROOF, /* evidence */
    ROLE_FIELD,
};
struct column {
    const char *name;
    enum role role;
    bool required;             /* in the header, and in each row */
    const char *definition;    /* in the schema common.json; NULL: see role */
    const char *help;          /* what stands in it */
    const char *key;           /* ROLE_FIELD: the field's name */
    const char *first;         /* ROLE_FIELD of records: the first part of each item; NULL: the cell has it */
    const struct field *field; /* set for ROLE_FIELD when the columns of a kind are put together */
};
struct import_kind {
    const char *name;
    const char *what; /* what a row is */
    enum seed_kind file;
    enum thing_kind thing;        /* THING_COUNT: none, see file */
    const char *needs;            /* a field that each new thing of the sheet must have; NULL: none */
    const struct column *columns; /* a NULL name ends them; beside these a thing's fields are columns */
};
enum { COLUMNS_OF_A_KIND = 64 };
struct columns {
    struct column items[COLUMNS_OF_A_KIND];
    size_t count;
};
/* NULL, with *err a usage error, when there is no such kind. */
const struct import_kind *import_kind_find(const char *name, struct err *err);
void import_columns(const struct import_kind *kind, struct columns *ret);
/* What the columns of a kind are, for a person. */
void import_list(const struct import_kind *kind, struct buf *out);

/* --- import.c: the run --- */
/* A seed that the sheet speaks of. */
struct target {
    const char *name;  /* "be.json" */
    const char *shown; /* "data/certs/be.json" */
    json_t *root;
    struct buf text; /* the new file */
    bool changed;
};
struct import {
    const struct import_kind *kind;
    const char *file; /* the sheet, as the user named it */
    struct columns columns;
    size_t order[COLUMNS_OF_A_KIND];  /* of each column: its place in a row, SIZE_MAX where the header lacks it */
    size_t column_at[IMPORT_COLUMNS]; /* the column of each place */
    struct csv csv;
    struct arena *arena;
    struct facts *facts; /* of the seeds as they are */
    struct schemas *schemas;
    struct seed_tree tree;
    struct list targets;
    struct buf *changes;
    struct seed_faults *faults;
    struct err *err;
    bool quiet;  /* a new thing is told of once, not for each of its fields */
    bool broken; /* *err says why */
};
/* The cell of a column in a row; NULL where it is empty or the header lacks it. */
const struct csv_cell *import_cell(const struct import *run, const struct csv_row *row, const struct column *column);
/* The cell of the column of that name. */
const struct csv_cell *import_named(const struct import *run, const struct csv_row *row, const char *name);
/* "FILE:LINE:COLUMN: header: reason"; returns false. */
bool import_fault(struct import *run, const struct csv_cell *cell, const char *fmt, ...) PRINTF(3, 4);
bool import_memory(struct import *run);
/* The seed "STEM.json" of the sheet's kind, read or (with a country) begun; NULL when the run broke or failed. */
struct target *import_target(struct import *run, const char *stem, const char *country);
/* That of a country. */
struct target *import_country(struct import *run, const char *code);

/* --- import_cell.c: from a cell to a value --- */
/* NULL with a fault. Lists are separated by ";", the parts of a record by "|", lists within by ",". */
json_t *cell_value(struct import *run, const struct csv_cell *cell, const struct column *column);
/* Whether a text obeys a definition of common.json and is a word of the dataset where it has to be one. */
bool cell_obeys(struct import *run, const struct csv_cell *cell, const char *definition, const char *text);
/* The reason in "unknown:REASON"; NULL when the cell is none, or, with a fault, when there is no such reason. */
const char *cell_unknown(struct import *run, const struct csv_cell *cell, bool *ret_fault);

/* --- import_merge.c: one more claim --- */
enum proof_key {
    PROOF_SOURCE,
    PROOF_AT,
    PROOF_OBSERVED,
    PROOF_SINCE,
    PROOF_NOTE,
    PROOF_BASIS,
    PROOF_SURE,
    PROOF_COUNT
};
extern const char *const proof_names[PROOF_COUNT];
struct proof {
    const char *texts[PROOF_COUNT];
};
/* Overrides what is inherited with the evidence of an object, as fields.c does. */
void proof_over(struct proof *proof, const json_t *object);
/* What a row says of one field. */
struct offer {
    json_t *value; /* NULL where unknown */
    const char *unknown;
    struct proof proof;
    const struct field *field; /* NULL: an answer */
    const struct csv_cell *cell;
    struct target *target;
};
/* Puts the evidence that `inherited` does not give into `object`; a fault where something would be inherited that the
 * row does not say. */
bool proof_put(struct import *run, const struct offer *offer, const struct proof *inherited, json_t *object);
/* Merges into the member `key` of `holder`, which stands at `at`. */
bool merge_field(struct import *run, json_t *holder, const char *key, const struct offer *offer,
                 const struct proof *inherited, const struct at *at);
/* "FILE:/json/pointer: what", and the file has changed. */
void merge_note(struct import *run, struct target *target, const struct at *at, const char *what);

/* --- import_check.c: a row by itself --- */
/* Whether each cell says what its column allows; every fault of the row is told. */
bool import_check(struct import *run, const struct csv_row *row);

/* --- import_thing.c, import_answer.c: a row that was checked, into its seed --- */
bool import_thing(struct import *run, const struct csv_row *row);
bool import_answer(struct import *run, const struct csv_row *row);
bool import_figure(struct import *run, const struct csv_row *row);
/* What the row says of its source. */
void import_proof(const struct import *run, const struct csv_row *row, struct proof *ret);
