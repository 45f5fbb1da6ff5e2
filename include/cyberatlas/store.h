/* SPDX-License-Identifier: MIT */
/* The dataset: one SQLite file of facts and ready answers, written once, then only read. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/digest.h"
#include "cyberatlas/base/err.h"
#include "cyberatlas/base/fact.h"
#include "cyberatlas/base/media.h"

enum {
    STORE_APPLICATION_ID = 0x43594241,      /* "CYBA" */
    STORE_EXPORT_ID = 0x43594258,           /* "CYBX": of the export dataset.sqlite */
    STORE_SCHEMA_VERSION = 5,               /* raised when schema.sql changes */
    STORE_RENDERER = 10,                    /* raised when any answer's bytes change for the same facts */
    STORE_BODY_BYTES = 8 * 1024 * 1024,     /* largest body of a document */
    STORE_EXPORT_BYTES = 256 * 1024 * 1024, /* largest export */
    STORE_FILTERS = 16,                     /* filters in one query */
    STORE_VALUES = 64,                      /* values of one filter */
    STORE_WORDS = 32,                       /* words of one search */
};

/* One ready answer. path is canonical and without suffix: ("/v1/countries/BE", MEDIA_CSV). */
struct store_document {
    const char *path;
    enum media media;
    enum coding coding;
    const char *etag; /* DIGEST hex of the bytes, cut to 32 digits, without quotes */
    const char *body;
    size_t len;
};

/* Addresses of exports begin so; the ceiling of their bodies is STORE_EXPORT_BYTES. */
#define STORE_EXPORTS "/v1/exports/"

/* One item of a list, ready in one media type. */
struct store_fragment {
    const char *list; /* "countries", "certs" … */
    enum media media;
    uint32_t ord; /* place in the list's default order, from 0 */
    const char *id;
    const char *body;
    size_t len;
};

#define STORE_KEY_CODERS "coders"

/* --- writing (build) --- */
struct store_writer;
/* An empty dataset in memory. */
bool store_create(struct store_writer **ret, struct err *err) MUST_USE;
void store_writer_free(struct store_writer *writer); /* accepts NULL */
/* Writes every fact and, from them, the revision: first 12 hex digits of the SHA-256 over all facts in a fixed order.
 */
bool store_write_facts(struct store_writer *writer, const struct facts *facts, struct err *err) MUST_USE;
/* Writes the log of publications, after the facts: that of the dataset at `previous`, with this revision and what it
 * changed behind it, or (NULL) one that begins with this revision. The log is no fact. ERR_INPUT where `previous` can
 * not be used, or the facts differ from its own and the dataset's date is not later. */
bool store_write_log(struct store_writer *writer, const char *previous, const char *date, struct err *err) MUST_USE;
/* The facts alone as an SQLite file for people, with views that explain themselves: the same bytes for the same facts.
 */
bool store_export(const struct facts *facts, struct buf *out, struct err *err) MUST_USE;
/* The revision; valid after store_write_facts, borrowed from the writer. */
const char *store_writer_revision(const struct store_writer *writer);
bool store_write_document(struct store_writer *writer, const struct store_document *document, struct err *err) MUST_USE;
bool store_write_fragment(struct store_writer *writer, const struct store_fragment *fragment, struct err *err) MUST_USE;
/* Item `ord` of `list` is found by filter `name` with `value`. */
bool store_write_facet(struct store_writer *writer, const char *list, const char *name, const char *value, uint32_t ord,
                       struct err *err) MUST_USE;
/* `value` may be asked of filter `name`, whether or not an item has it. */
bool store_write_allowed(struct store_writer *writer, const char *list, const char *name, const char *value,
                         struct err *err) MUST_USE;
/* In the order `sort` ("name", "-established"), place `place` of `list` holds item `ord`. */
bool store_write_order(struct store_writer *writer, const char *list, const char *sort, uint32_t place, uint32_t ord,
                       struct err *err) MUST_USE;
/* Words by which `q` finds item `ord`. */
bool store_write_words(struct store_writer *writer, const char *list, uint32_t ord, const char *words,
                       struct err *err) MUST_USE;
/* A name of item `ord`, which store_search tells from its other words. */
bool store_write_name(struct store_writer *writer, const char *list, uint32_t ord, const char *name,
                      struct err *err) MUST_USE;
/* What tells the compressors of the variants from others, as the key STORE_KEY_CODERS; once, before it is published. */
bool store_write_coders(struct store_writer *writer, const char *coders, struct err *err) MUST_USE;
/* Publishes: digests of fragments and answers, FTS optimize, commit, VACUUM INTO "PATH.new.PID", verify, fsync, rename
 * over `path`, fsync of the folder. Sweeps stale "PATH.new.*". On failure the old file is as it was. */
bool store_publish(struct store_writer *writer, const char *path, struct err *err) MUST_USE;

/* --- reading (serve, get) --- */
struct store;
/* Opens and verifies all of it: regular file and no symbolic link, not writable by group or others, application id,
 * schema version, renderer, integrity_check, foreign keys, every table against its digest; only the documents' bodies
 * are left to store_documents. `readers` connections are opened beside; all must report one revision. */
bool store_open(const char *path, size_t readers, struct store **ret, struct err *err) MUST_USE;
void store_close(struct store *store); /* accepts NULL */
const char *store_key(const struct store *store,
                      const char *key); /* of the table dataset: "revision", "date", …; NULL if absent */
/* Calls `each` for every document / fragment / alias in a fixed order, until it returns false; bytes are borrowed for
 * the call. A document whose body does not match its etag ends the walk: the file is damaged. */
bool store_documents(struct store *store, bool (*each)(void *cls, const struct store_document *document), void *cls,
                     struct err *err) MUST_USE;
bool store_fragments(struct store *store, bool (*each)(void *cls, const struct store_fragment *fragment), void *cls,
                     struct err *err) MUST_USE;
/* Other spellings: kind "country" ("BEL", "056", "EL" → "BE") and "cert" (former ids). */
bool store_aliases(struct store *store, bool (*each)(void *cls, const char *kind, const char *alias, const char *id),
                   void *cls, struct err *err) MUST_USE;

/* What filters may be asked: in the order written, by list and name. */
bool store_allowed(struct store *store, bool (*each)(void *cls, const char *list, const char *name, const char *value),
                   void *cls, struct err *err) MUST_USE;

/* All facts and the log of publications, equal to those that were written and in their order, so that every view can be
 * made of them. They do not need the store any longer; freed with facts_free. One thread at a time, as the walks above.
 */
bool store_read_facts(struct store *store, struct facts **ret, struct err *err) MUST_USE;

/* Everything was read that will be: gives back the pages that the walks have left in memory. */
void store_rest(struct store *store);

/* A connection lent to one request. NULL never: waits for one (there is one for each server thread). */
struct store_reader;
struct store_reader *store_lend(struct store *store);
void store_give_back(struct store *store, struct store_reader *reader);

struct store_filter {
    const char *name;
    const char *const *values; /* any of them */
    size_t count;
    bool ranges; /* each value is "A", "A..B", "A.." or "..B", and means all between, compared as text */
};
/* How many words store_find sees in `q`: runs of letters, digits and what is beyond ASCII. */
size_t store_words(const char *q) MUST_USE;
/* The ords of `list` that meet every filter and hold every word of `q` (NULL: no search; no word: nothing is found; the
 * last word may be a beginning), in the order `sort` (NULL: the default). More filters, values or words than the
 * ceilings above, or an order that the list has not, are ERR_INPUT. *ret is malloc'd, freed by the caller with free().
 */
bool store_find(struct store_reader *reader, const char *list, const struct store_filter *filters, size_t count,
                const char *q, const char *sort, uint32_t **ret, size_t *ret_count, struct err *err) MUST_USE;

/* Whether a name of an item begins with the words looked for, or is them (but for ASCII case). */
enum store_named { STORE_NOT_NAMED, STORE_NAME_BEGINS, STORE_NAME_IS };
/* One item that a search finds. */
struct store_hit {
    uint32_t ord;
    enum store_named named;
    double rank;   /* how well its words fit: the less the better */
    char *excerpt; /* that part of its words which holds most of those looked for, cut with "…" */
};
/* The same search without filters, with what tells more than that an item was found; in the order of `ord`. The array
 * and its texts lie in the arena. */
bool store_search(struct store_reader *reader, const char *list, const char *q, struct arena *arena,
                  struct store_hit **ret, size_t *ret_count, struct err *err) MUST_USE;
/* How many of `ords` (of one list, each once) have each value of the filter `name`: tells those that some have, by
 * value. */
bool store_count(struct store_reader *reader, const char *list, const char *name, const uint32_t *ords, size_t count,
                 bool (*each)(void *cls, const char *value, size_t count), void *cls, struct err *err) MUST_USE;
