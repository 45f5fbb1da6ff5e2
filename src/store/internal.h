/* SPDX-License-Identifier: MIT */
/* What the files of store/ share. */
#pragma once
#include <sqlite3.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/store.h"

/* --- database.c: the one way to SQLite --- */

/* A table of these, indexed by an enum, stands beside the code that reads the columns. */
struct statement {
    const char *sql;
    int columns; /* that its result has */
};

/* Opens a connection of one thread with the settings every connection has. */
bool database_open(const char *name, int flags, sqlite3 **ret, struct err *err) MUST_USE;
void database_close(sqlite3 **db);
/* "what: why", from the connection's last error; returns false. */
bool database_failed(sqlite3 *db, const char *what, struct err *err);
/* Statements without a result, several separated by semicolons. */
bool database_run(sqlite3 *db, const char *sql, const char *what, struct err *err) MUST_USE;
/* Prepares the whole table; a statement whose columns are not as many as it says is an error. On failure `ret` holds
 * what was prepared: finalize it. `ret` must be zeroed. */
bool database_prepare(sqlite3 *db, const struct statement *table, size_t count, sqlite3_stmt **ret,
                      struct err *err) MUST_USE;
void database_finalize(sqlite3_stmt **statements, size_t count);
void database_finish(sqlite3_stmt **statement); /* for CLEANUP: one statement */
/* For CLEANUP of a borrowed statement: bindings cleared, ready for its next use. */
void database_reset(sqlite3_stmt **statement);

/* One row to insert: parameters in order, then row_insert. Bound bytes are borrowed until then. */
struct row {
    sqlite3_stmt *statement;
    int parameter;
    int status;
};
struct row row_start(sqlite3_stmt *statement);
void row_text(struct row *row, const char *text); /* NULL is stored as NULL */
void row_texts(struct row *row, const char *const *texts, size_t count);
void row_integer(struct row *row, int64_t number);
void row_bytes(struct row *row, const char *bytes, size_t len);
bool row_insert(struct row *row, const char *what, struct err *err) MUST_USE;

/* A column as text; "" where it is NULL. Borrowed until the next step. */
const char *column_text(sqlite3_stmt *statement, int column);

/* --- tables.c: digests of tables --- */

/* Adds a value with its type and length, so that no two rows run into the same stream. */
void tables_add_column(struct digest *digest, sqlite3_stmt *statement, int column);
/* The revision: over the tables of facts, as far as they are written. */
bool tables_revision(sqlite3 *db, char ret[DIGEST_SIZE], struct err *err) MUST_USE;
/* Writes the digest of every table, the schema's and its own included, into `dataset`. */
bool tables_seal(sqlite3 *db, struct err *err) MUST_USE;
/* Compares every table with its digest; bodies are not in them. `path` is for the sentence. */
bool tables_verify(sqlite3 *db, const char *path, struct err *err) MUST_USE;

/* --- create.c --- */
enum put {
    PUT_DOCUMENT,
    PUT_FRAGMENT,
    PUT_FACET,
    PUT_ALLOWED,
    PUT_ORDER,
    PUT_WORDS,
    PUT_NAME,
    PUT_KEY, /* of the table dataset */
    PUT_ALIAS,
    PUT_COUNT
};
struct store_writer {
    sqlite3 *db;
    sqlite3_stmt *put[PUT_COUNT];
    char revision[13];
    bool finished; /* sealed and committed: only publishing is left */
};
bool writer_key(struct store_writer *writer, const char *key, const char *value, struct err *err) MUST_USE;

/* --- shown.c: typed tables of the values that are shown --- */
bool shown_write(struct store_writer *writer, const struct facts *facts, struct err *err) MUST_USE;

/* --- write_contacts.c: the order of contacts, and names in other languages --- */
bool contacts_write(struct store_writer *writer, const struct facts *facts, struct err *err) MUST_USE;

/* --- open.c --- */
/* Opens a dataset file read-only with all checks of store_open, on one connection. */
bool dataset_open(const char *path, sqlite3 **ret, struct err *err) MUST_USE;
/* The same for its facts and log alone, whichever renderer made its answers. */
bool dataset_open_facts(const char *path, sqlite3 **ret, struct err *err) MUST_USE;

/* --- header.c --- */
/* What can be told from the file's entry and first bytes alone. */
bool header_check(const char *path, struct err *err) MUST_USE;

/* --- keys.c: the table dataset, in memory --- */
struct keys;
bool keys_load(sqlite3 *db, struct keys **ret, struct err *err) MUST_USE;
void keys_free(struct keys *keys);                              /* accepts NULL */
const char *keys_get(const struct keys *keys, const char *key); /* NULL when there is none */

/* --- lists.c: sizes and orders of the lists, in memory --- */
struct lists;
bool lists_load(sqlite3 *db, const char *path, struct lists **ret, struct err *err) MUST_USE;
void lists_free(struct lists *lists); /* accepts NULL */
size_t lists_size(const struct lists *lists, const char *list);
/* The items in the order `sort`, lists_size of them; NULL when there is no such order. */
const uint32_t *lists_order(const struct lists *lists, const char *list, const char *sort);

/* --- intern.c: equal texts once --- */
struct intern {
    const char **slots;
    size_t size;
    size_t count;
};
/* The text in the arena, the same for equal ones; NULL without memory. `intern` starts zeroed. */
const char *intern_text(struct intern *intern, struct arena *arena, const char *text) MUST_USE;
void intern_done(struct intern *intern);

/* --- postings.c --- */
struct postings;
bool postings_load(sqlite3 *db, const struct lists *lists, struct postings **ret, struct err *err) MUST_USE;
void postings_free(struct postings *postings); /* accepts NULL */
/* A bit for each item of the list that has the value; NULL where none has. */
const uint64_t *postings_words(const struct postings *postings, const char *list, const char *name, const char *value);

/* --- reading.c: facts back from the tables --- */
/* All begin with how many rows there are; those of a part take the number of what it is of. */
enum query {
    QUERY_SOURCES,
    QUERY_VOCABULARIES,
    QUERY_TERMS,
    QUERY_CRITERIA,
    QUERY_MEANINGS,
    QUERY_METHODOLOGIES,
    QUERY_WEIGHTS,
    QUERY_VALUES,
    QUERY_THINGS,
    QUERY_CLAIMS,
    QUERY_NODES, /* of the values that are lists or records; without the number of rows */
    QUERY_ANSWERS,
    QUERY_INDICES,
    QUERY_EDITIONS,
    QUERY_PILLARS,
    QUERY_INDEX_VALUES,
    QUERY_NAMES,
    QUERY_PURPOSES,
    QUERY_AUDIENCES,
    QUERY_RULES,
    QUERY_REVISIONS,
    QUERY_CHANGES,
    QUERY_COUNT
};

struct reading {
    sqlite3_stmt *get[QUERY_COUNT];
    struct arena *arena; /* of the facts */
    struct err *err;
    struct intern texts;
    void *cls; /* of whoever walks the claims */
    const char *names_source;
};
/* `reading` is zeroed but for arena and err; reading_done also where this fails. */
bool reading_start(struct reading *reading, sqlite3 *db) MUST_USE;
void reading_done(struct reading *reading);

/* The rows of a query as an array: `one` fills an item, which is zeroed. */
struct array {
    enum query query;
    int64_t of; /* number of what the rows are a part of */
    size_t size;
    bool (*one)(struct reading *reading, sqlite3_stmt *row, void *item);
};
/* Without a row *ret is an empty array, not NULL. */
bool reading_array(struct reading *reading, const struct array *array, void **ret, size_t *ret_count) MUST_USE;
/* In the arena; NULL where the column is. */
const char *reading_text(struct reading *reading, sqlite3_stmt *row, int column);
/* Which of `names` the column says. */
bool reading_word(struct reading *reading, sqlite3_stmt *row, int column, const char *const *names, size_t count,
                  int *ret) MUST_USE;
/* A whole number from 0 to `most`. */
bool reading_number(struct reading *reading, sqlite3_stmt *row, int column, int64_t most, int64_t *ret) MUST_USE;
/* source, at, observed, since and note, from `column` on. */
struct evidence reading_evidence(struct reading *reading, sqlite3_stmt *row, int column);
/* Says that the column holds what it cannot; returns false. */
bool reading_damaged(struct reading *reading, sqlite3_stmt *row, int column);

/* --- read_methodologies.c, read_things.c, read_answers.c, read_indices.c, read_contacts.c --- */
bool read_methodologies(struct reading *reading, struct facts *ret) MUST_USE;
bool read_things(struct reading *reading, struct facts *ret) MUST_USE;
bool read_answers(struct reading *reading, struct facts *ret) MUST_USE;
bool read_indices(struct reading *reading, struct facts *ret) MUST_USE;
bool read_names(struct reading *reading, struct facts *ret) MUST_USE;
bool read_contacts(struct reading *reading, struct facts *ret) MUST_USE;

/* --- fold.c --- */
/* Appends `text` with letters that the tokenizer does not fold in their plain forms; whether there were any. What is
 * appended is at most twice as long. */
bool fold_text(const char *text, size_t len, struct buf *out);
/* --- read_log.c --- */
bool read_log(struct reading *reading, struct log *ret) MUST_USE;

/* --- find.c --- */
enum find { FIND_RANGE, FIND_VALUES, FIND_SEARCH, FIND_HITS, FIND_NAMES, FIND_COUNT };
extern const struct statement find_statements[FIND_COUNT];

struct store_reader {
    sqlite3 *db;
    sqlite3_stmt *find[FIND_COUNT];
    const struct lists *lists;
    const struct postings *postings;
    int budget; /* turns of the progress handler left to this question */
    struct store_reader *next;
};
/* Stops a question that takes more steps than any honest one. */
void reader_limit(struct store_reader *reader);

/* --- read.c --- */
enum load { LOAD_DOCUMENTS, LOAD_FRAGMENTS, LOAD_ALIASES, LOAD_ALLOWED, LOAD_COUNT };
extern const struct statement load_statements[LOAD_COUNT];

struct store {
    sqlite3 *db; /* for loading; one thread at a time */
    sqlite3_stmt *load[LOAD_COUNT];
    struct keys *keys;
    struct lists *lists;
    struct postings *postings;
    struct store_reader *readers; /* all of them */
    size_t reader_count;
    struct lending *lending;
};
