/* SPDX-License-Identifier: MIT */
/* The log of publications: which revisions there were, and what each added, changed and removed. It is kept beside the
 * facts and is none: no revision and no answer but its own depends on it. */
#pragma once
#include <stddef.h>

/* One publication. */
struct revision {
    const char *id;
    const char *date; /* of the dataset */
};

/* What one of them did to one thing. A digest stands for all that is said of it. */
struct change {
    size_t revision;    /* index in the log's revisions */
    const char *kind;   /* "cert", "assessment" … */
    const char *id;     /* "cert-be", "BE/annual-audit" … */
    const char *before; /* digest; NULL: it was not there */
    const char *after;  /* digest; NULL: it is there no longer */
};

struct log {
    const struct revision *revisions; /* oldest first, the dataset's own last */
    size_t revision_count;
    const struct change *changes; /* by revision, kind, id */
    size_t change_count;
};
