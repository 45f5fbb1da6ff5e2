/* SPDX-License-Identifier: MIT */
/* What serve/ shares about answers that are made as a dataset is loaded, since they hang on the operator's settings,
 * and about exports and their parts. Part of internal.h, which alone includes it. */
#pragma once
#include <stddef.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/buf.h"
#include "cyberatlas/serve.h"

struct snapshot;
struct config;

/* --- own.c --- */
struct own {
    const char *path;
    enum media media;
    bool (*write)(const struct config *config, struct buf *out); /* false: not offered by these settings */
};
extern const struct own own_table[];
extern const size_t own_count;

/* --- load.c --- */
/* Adds an answer that is made now and not stored; takes nothing of the body. False without memory. */
bool snapshot_add_made(struct snapshot *snapshot, const char *path, enum media media, const struct buf *body) MUST_USE;
/* Adds those that the settings make. */
bool snapshot_load_own(struct snapshot *snapshot, const struct config *config) MUST_USE;

/* --- range.c --- */
enum range { RANGE_WHOLE, RANGE_PART, RANGE_OUTSIDE };
/* Which part of `len` bytes a Range field asks for (RFC 9110, 14.2); NULL, several, or none that the grammar knows: the
 * whole. */
enum range range_read(const char *field, size_t len, size_t *ret_first, size_t *ret_part);

/* Strong comparison with an If-Range field: a date, or a weak tag, is never equal. */
bool etag_is(const char *if_range, const char *etag);

/* --- exports.c --- */
/* Sets the digest of an export, and nothing of any other answer. False without memory. */
bool export_mark(struct arena *arena, struct representation *item) MUST_USE;
/* Adds the exports that hang on settings: dataset.jsonld and the index. False without memory. */
bool exports_load(struct snapshot *snapshot) MUST_USE;
