/* SPDX-License-Identifier: MIT */
/* From a request to the bytes that answer it, without knowing the HTTP library: routes, parameters, negotiation, the
 * snapshot of ready answers, and the cache of computed ones. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/err.h"
#include "cyberatlas/base/fault.h"
#include "cyberatlas/base/media.h"
#include "cyberatlas/config.h"

enum { SERVE_TARGET_BYTES = 2048 }; /* longest request target */

/* --- routes --- */
/* The parameters that make a question (view.h), in the order in which they are understood: weights, basis and sure mean
 * nothing before the methodology is known, nor max_age before as_of. ASK_COUNTRY is another name of ASK_COUNTRIES where
 * that is taken too; elsewhere it is one country. */
enum ask {
    ASK_METHODOLOGY,
    ASK_WEIGHTS,
    ASK_AS_OF,
    ASK_MAX_AGE,
    ASK_BASIS,
    ASK_SURE,
    ASK_GROUP,
    ASK_COUNTRIES,
    ASK_COUNTRY,
    ASK_EXPLAIN,
    ASK_ASCII,
    ASK_DOMAIN,
    ASK_IP,
    ASK_AUDIENCE,
    ASK_PURPOSE,
    ASK_FILTER, /* these three of IntelMQ alone */
    ASK_SHOW,
    ASK_SEPARATOR,
    ASK_SINCE,
    ASK_COUNT
};

struct route {
    const char *path; /* template; at most one {…}, a whole segment */
    const char *summary;
    const char *list;   /* name of the list it answers; NULL for a document */
    const char *schema; /* answer schema of its JSON, "country"; NULL where none describes it */
    unsigned asks; /* which of enum ask it takes, 1U << ASK_…: a set, so that reading and listing walk one table */
};
extern const struct route route_table[];
extern const size_t route_count;
/* `cyberatlas routes`: one line each: method, path, media types, parameters, summary; "json" prints it as JSON. */
bool routes_print(bool json, FILE *out);

/* The names of the parameters that the address of a template takes, at most `most`; their number. */
size_t route_parameters_at(const char *path, const char **ret, size_t most);

/* --- snapshot --- */
/* One ready answer in one coding; lives as long as its snapshot. */
struct representation {
    size_t index; /* 0 … snapshot_count − 1 */
    enum media media;
    enum coding coding;
    const char *path;   /* that it answers, without a suffix */
    const char *etag;   /* with its quotes */
    const char *digest; /* of an export: value of Repr-Digest, else NULL; then it is an attachment and has ranges */
    const char *body;
    size_t len;
};
/* Its own address. */
void representation_address(const struct representation *ready, struct buf *out);
/* The value of its Link field; empty for none. */
void representation_links(const struct representation *ready, struct buf *out);
struct snapshot;
/* Opens a dataset file, verified in full. `readers` is the number of threads that will ask at once. */
bool snapshot_open(const char *path, const struct config *config, size_t readers, struct snapshot **ret,
                   struct err *err) MUST_USE;
void snapshot_free(struct snapshot *snapshot); /* accepts NULL */
size_t snapshot_count(const struct snapshot *snapshot);
const struct representation *snapshot_at(const struct snapshot *snapshot, size_t index);
const char *snapshot_revision(const struct snapshot *snapshot);
const char *snapshot_date(const struct snapshot *snapshot);
/* Bytes of ready bodies, and hits and misses of the cache of computed answers since it was opened. */
struct snapshot_figures {
    size_t bodies, body_bytes, cache_entries, cache_bytes;
    unsigned long long cache_hits, cache_misses;
};
struct snapshot_figures snapshot_figures(const struct snapshot *snapshot);

/* --- one request --- */
struct request {
    const char *method;
    const char *target; /* as received: path and query, still escaped */
    const char *accept; /* field values joined by ", "; NULL when absent */
    const char *accept_encoding;
    const char *if_none_match;
    const char *range;
    const char *if_range;
};

/* A computed body: a filtered list, an indented document, a problem. Counted: it may outlive its snapshot's cache. */
struct made {
    enum media media;
    char etag[48];          /* with its quotes; empty for problems */
    char *content_location; /* NULL for problems */
    char *link;             /* NULL for none */
    char *body;
    size_t len;
    bool is_private; /* about an address that the client sent: for nobody else, and to be kept nowhere */
};
void made_unref(struct made *made); /* accepts NULL */

enum { ALLOW_TEXT_SIZE = 32, LOCATION_SIZE = 256 };
struct outcome {
    unsigned status;                    /* 200, 204 (OPTIONS), 206, 304, 308, 4xx, 5xx */
    const struct representation *ready; /* borrowed from the snapshot; NULL when made or bodiless */
    struct made *made;                  /* one reference, given to the caller */
    enum fault_kind fault;              /* FAULT_NONE unless a problem */
    char cause[160];                    /* of FAULT_INTERNAL: for the log, never for the client; else empty */
    const char *allow;                  /* value of Allow for 204 and 405, else NULL */
    size_t first, part;                 /* of 206: where the part of the body begins, and its length */
    char content_range[64];             /* of 206 and 416, else empty */
    char location[LOCATION_SIZE];       /* 308 */
};
/* Never fails: what goes wrong is a problem outcome; without memory even for that, a 500 that has neither ready nor
 * made. The request's strings are borrowed for the call. 304 carries the answer it stands for. */
void serve_request(struct snapshot *snapshot, const struct request *request, struct outcome *ret);
/* The target as it may stand in a log: the value of a parameter `ip` without the last octet, or the last 80 bits, and
 * without all of it where it is no address. */
void serve_log_target(const char *target, struct buf *out);
/* The problem outcome for a fault that the HTTP layer found; text/plain when `accept` prefers it. */
void serve_fault(const struct fault *fault, const char *accept, struct outcome *ret);
