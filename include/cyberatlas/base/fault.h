/* SPDX-License-Identifier: MIT */
/* Request-time errors: the closed list of problems (RFC 9457) and what one request did wrong. query, route and guard
 * fill a fault in; serve/problem alone makes a body of it. */
#pragma once
#include <stdbool.h>

#include "cyberatlas/base/common.h"

/* X(enum suffix, HTTP status, id = last segment of the problem's type, title, what to do about it) */
#define FAULT_LIST(X)                                                                                                  \
    X(BAD_REQUEST, 400, "bad-request", "The request is malformed", "Send a request that RFC 9110 and RFC 9112 allow.") \
    X(UNKNOWN_PARAMETER, 400, "unknown-parameter", "No such parameter here",                                           \
      "Use a parameter that this address takes; they are listed in `allowed`.")                                        \
    X(REPEATED_PARAMETER, 400, "repeated-parameter", "The parameter stands twice",                                     \
      "Give each parameter once; several values go into one, separated by commas.")                                    \
    X(BAD_VALUE, 400, "bad-value", "The parameter's value is not allowed", "Use one of the values in `allowed`.")      \
    X(NOT_FOUND, 404, "not-found", "There is nothing at this address", "See /v1 for the addresses there are.")         \
    X(UNKNOWN_THING, 404, "unknown-thing", "Nothing of this kind has that id",                                         \
      "Look the id up in the list above it; `did_you_mean` names the nearest.")                                        \
    X(METHOD_NOT_ALLOWED, 405, "method-not-allowed", "The method is not allowed here",                                 \
      "Use GET, HEAD or OPTIONS: this service only reads.")                                                            \
    X(NOT_ACCEPTABLE, 406, "not-acceptable", "There is no such representation",                                        \
      "Ask for one of the media types in `allowed`, by Accept or by suffix.")                                          \
    X(CURSOR_GONE, 410, "cursor-gone", "The cursor belongs to an earlier revision",                                    \
      "Start again without `cursor`: the data has changed since.")                                                     \
    X(REVISION_GONE, 410, "revision-gone", "The log does not hold that revision",                                      \
      "Start anew: take what you keep from /v1/exports, note its Dataset-Revision, and ask for changes since that.")   \
    X(CONTENT_TOO_LARGE, 413, "content-too-large", "No request content is taken", "Send the request without content.") \
    X(URI_TOO_LONG, 414, "uri-too-long", "The address is too long", "Keep the request target within 2,048 bytes.")     \
    X(RANGE_NOT_SATISFIABLE, 416, "range-not-satisfiable", "The range lies outside of the file",                       \
      "Content-Range says how long the file is; ask for a part of that.")                                              \
    X(FIELDS_TOO_LARGE, 431, "fields-too-large", "The request's header fields are too large",                          \
      "Send at most 48 fields and 6,144 bytes of them.")                                                               \
    X(INTERNAL, 500, "internal", "The service failed", "Try again; the operator's log says more.")                     \
    X(NOT_IMPLEMENTED, 501, "not-implemented", "The service does not know this",                                       \
      "Use GET, HEAD or OPTIONS, without Transfer-Encoding.")                                                          \
    X(NO_ADDRESSES, 501, "no-addresses", "This service can not place addresses",                                       \
      "Ask with country= or domain=; the operator adds a file of addresses with --mmdb FILE.")                         \
    X(UNAVAILABLE, 503, "unavailable", "The service is not ready", "Try again in a moment.")                           \
    X(VERSION_NOT_SUPPORTED, 505, "version-not-supported", "The version of HTTP is not spoken here",                   \
      "Use HTTP/1.1 or HTTP/1.0.")

#define FAULT_ENUM(name, status, id, title, hint) FAULT_##name,
enum fault_kind { FAULT_NONE, FAULT_LIST(FAULT_ENUM) FAULT_COUNT };
#undef FAULT_ENUM

struct fault_info {
    unsigned status;
    const char *id;
    const char *title;
    const char *hint;
};

/* Indexed by fault_kind; the row of FAULT_NONE is empty. */
extern const struct fault_info fault_table[FAULT_COUNT];

struct fault {
    enum fault_kind kind;
    char parameter[64]; /* the query parameter or header at fault; empty where none is */
    char detail[256];   /* one sentence about this request; never raw input beyond 64 escaped bytes */
    char allowed[512];  /* what is allowed, comma-separated; empty where that says nothing */
    char nearest[128];  /* did_you_mean; empty where nothing is near */
    char cause[160];    /* of an internal fault: for the log, never for the client */
};

/* Fills kind and detail, empties the rest; returns false. */
bool fault_set(struct fault *fault, enum fault_kind kind, const char *fmt, ...) PRINTF(3, 4);
/* Copies at most 64 bytes of outside text, what is not printable ASCII as '?', for use in a detail. */
const char *fault_quote(const char *text, char ret[65]);
