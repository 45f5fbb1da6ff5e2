/* SPDX-License-Identifier: MIT */
/* What the files of build/ share. */
#pragma once
#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/digest.h"
#include "cyberatlas/build.h"
#include "cyberatlas/store.h"
#include "cyberatlas/view.h"

/* --- crew.c: work on several threads, results in order --- */

enum { CREW_WINDOW = 256 }; /* most results that wait to be taken */

struct crew_work {
    size_t count;
    /* Makes result `index`; on any thread, in any order, several at once. Keep it in place index % CREW_WINDOW. */
    void (*make)(void *cls, size_t index);
    /* Takes result `index`; on the caller's thread, from 0 upwards. False ends the work. */
    bool (*take)(void *cls, size_t index, struct err *err);
    void *cls;
};
/* When it returns, no thread of it runs; false: what `take` said, or that no thread could be started. */
bool crew_run(const struct crew_work *work, size_t threads, struct err *err) MUST_USE;
size_t crew_processors(void) MUST_USE;

/* --- compress.c --- */

/* Appends `body` in a coding to `out`. False when it does not pay or the coding is not built in: then there is no such
 * variant. False also when memory is short, which marks `out`. */
bool compress_body(enum coding coding, const char *body, size_t len, struct buf *out) MUST_USE;

/* --- reuse.c: variants of the file that is replaced --- */

/* What tells the compressors of this build from others; empty where it makes no variants. False: no memory. */
bool reuse_coders(const struct build_options *options, char ret[DIGEST_SIZE]) MUST_USE;
/* What the dataset at `path` holds, if it is one and was made by these coders; else nothing. False: no memory. */
struct reuse;
bool reuse_open(const char *path, const char *coders, struct reuse **ret) MUST_USE;
void reuse_free(struct reuse *reuse); /* accepts NULL */
/* Whether the body of this etag is known; then its variant, if it has one, is appended to `out`. Any thread may ask. */
bool reuse_find(const struct reuse *reuse, const char *etag, enum coding coding, struct buf *out,
                bool *ret_has) MUST_USE;

/* --- fragments.c: the lists' fragments, made once and used for whole lists too --- */

struct build {
    const struct view *view;
    const struct facts *facts;
    struct store_writer *writer;
    const struct build_options *options;
    size_t threads;
    size_t documents; /* written so far */
    size_t reused;    /* of them */
    struct reuse *reuse;
    struct list_fragments *fragments;
};

/* Of one list and media type, in the list's default order. */
struct list_fragments {
    const struct list_kind *kind;
    enum media media;
    size_t count;
    uint32_t *subjects; /* of each place, the subject's number */
    struct buf *bodies;
    struct list_fragments *next;
};

/* Makes and writes fragments, facets, orders, words and allowed values of every list. */
bool fragments_write(struct build *build, struct err *err) MUST_USE;
void fragments_free(struct list_fragments *fragments); /* accepts NULL */
/* NULL when there is none. */
const struct list_fragments *fragments_get(const struct build *build, const char *path, enum media media);

/* --- facets.c: what the lists are found and ordered by --- */
bool facets_write(struct build *build, const struct list_fragments *list, struct err *err) MUST_USE;
/* Names and words of a list of what a search finds. */
bool found_write(struct build *build, const struct list_kind *kind, struct err *err) MUST_USE;
/* Writes the values that may be asked of each filter. */
bool allowed_write(struct build *build, const struct list_kind *kind, struct err *err) MUST_USE;
/* The subjects of a list in the order `sort`; malloc'd, NULL without memory. */
uint32_t *order_make(const struct view *view, const struct list_kind *kind, const char *sort) MUST_USE;

/* --- documents.c --- */
bool documents_write(struct build *build, struct err *err) MUST_USE;
/* A whole list, ended early behind the item that passes `most` bytes. False without memory. */
bool whole_list_write(const struct build *build, const char *path, enum media media, size_t most,
                      struct buf *out) MUST_USE;

/* --- exports.c: the files of /v1/exports that hang on no setting --- */
bool exports_write(struct build *build, struct err *err) MUST_USE;

void build_progress(const struct build *build, const char *step, size_t done, size_t total);
