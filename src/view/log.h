/* SPDX-License-Identifier: MIT */
/* What the files of view/ share that tell of the log of publications. Part of internal.h, which alone includes it. */
#pragma once
#include "cyberatlas/base/arena.h"
#include "cyberatlas/format.h"
#include "cyberatlas/view.h"

/* --- revisions.c: the list "revisions" --- */
extern const struct column revision_columns[];
extern const char *const revision_keys[];
struct selection *revision_select(const struct view *view, const struct question *question, const char *sort);
bool revision_item(const struct selection *selection, size_t place, enum media media, struct buf *out);
/* Of both. */
bool log_meta(const struct list_page *page, struct buf *out);
/* --- changes.c, feed.c: the list "changes" --- */
extern const struct column change_columns[];
extern const char *const change_keys[];
/* One thing's way from `since` to now, as one step. */
struct delta {
    const struct change *last;
    const char *what; /* "added", "changed", "removed" */
    const struct revision *revision;
    const struct thing *thing; /* NULL: it is none, or is there no longer */
};
struct selection *change_select(const struct view *view, const struct question *question, const char *sort);
bool change_item(const struct selection *selection, size_t place, enum media media, struct buf *out);
/* Where it can be read; NULL where there is nothing to read. */
const char *delta_path(struct arena *arena, const struct delta *delta);
/* The same as a feed (RFC 4287). */
bool feed_entry(const struct selection *selection, const struct delta *delta, struct buf *out);
bool change_head(const struct list_page *page, struct buf *out);
bool change_foot(const struct list_page *page, struct buf *out);
/* A name that is the same wherever the dataset is served: "urn:uuid:…". */
const char *urn_of(struct arena *arena, const char *dataset, const char *name);
