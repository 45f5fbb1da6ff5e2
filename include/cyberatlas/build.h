/* SPDX-License-Identifier: MIT */
/* From a folder of seeds to a published dataset: check, store, render every document, compress, publish. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "cyberatlas/base/err.h"
#include "cyberatlas/seed.h"

struct build_options {
    size_t threads;       /* for rendering and compressing; 0: one for each processor */
    const char *previous; /* dataset whose log of publications goes on; NULL: a log begins */
    bool compress;        /* make gzip and br variants (where the program was built with them) */
    /* Called as work goes on, on the thread that called build_dataset; total 0 is a step without parts; may be NULL. */
    void (*progress)(void *cls, const char *step, size_t done, size_t total);
    void *cls;
};

struct build_result {
    char revision[13];
    size_t countries;
    size_t documents; /* stored bodies, all codings */
    size_t reused;    /* of them, coded variants taken from the file that was replaced */
    size_t bytes;     /* of the file */
};

/* The bytes of the file depend on the seeds, the previous dataset's log and the program alone: what was at `out` before
 * only saves work, and may be the previous dataset.
 * False with faults->count > 0: the seeds are at fault (exit 1). False with none: *err (exit 3). Either way the old
 * file at `out` is as it was. */
bool build_dataset(const char *data, const char *out, const struct build_options *options, struct build_result *ret,
                   struct seed_faults *faults, struct err *err) MUST_USE;
