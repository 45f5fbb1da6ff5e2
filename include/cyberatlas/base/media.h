/* SPDX-License-Identifier: MIT */
/* The media types of answers, their suffixes, and which are worth compressing. */
#pragma once

enum media {
    MEDIA_JSON,
    MEDIA_CSV,
    MEDIA_NDJSON,
    MEDIA_TEXT,
    MEDIA_HTML,
    MEDIA_MARKDOWN, /* text/markdown (RFC 7763) */
    MEDIA_GEOJSON,  /* application/geo+json (RFC 7946) */
    MEDIA_STIX,     /* application/stix+json (STIX 2.1) */
    MEDIA_PROBLEM,  /* application/problem+json */
    MEDIA_SCHEMA,   /* application/schema+json */
    MEDIA_OPENAPI,  /* application/vnd.oai.openapi+json */
    MEDIA_LINKSET,  /* application/linkset+json (RFC 9264) */
    MEDIA_ICON,
    MEDIA_VCARD, /* text/vcard (RFC 6350) */
    MEDIA_SQLITE,
    MEDIA_PACKAGE, /* application/vnd.datapackage+json (Frictionless) */
    MEDIA_JSONLD,
    MEDIA_ATOM, /* RFC 4287 */
    MEDIA_SCRIPT,
    MEDIA_STYLE,
    MEDIA_COUNT
};

struct media_info {
    const char *name;         /* "json": in the dataset, in `formats` */
    const char *suffix;       /* ".json"; NULL where a path has one type only */
    const char *type;         /* without parameters, for Accept */
    const char *content_type; /* as sent */
};

extern const struct media_info media_table[MEDIA_COUNT];

enum coding { CODING_IDENTITY, CODING_GZIP, CODING_BR, CODING_COUNT };

/* "identity", "gzip", "br": in Content-Encoding and in the dataset. */
extern const char *const coding_names[CODING_COUNT];
