/* SPDX-License-Identifier: MIT */
/* Media types: RFC 8259, RFC 4180 with RFC 7111, RFC 9457, RFC 9264, RFC 6350; NDJSON has no registration and uses the
 * name in use. */
#include "cyberatlas/base/media.h"

const struct media_info media_table[MEDIA_COUNT] = {
    [MEDIA_JSON] = {"json", ".json", "application/json", "application/json"},
    [MEDIA_CSV] = {"csv", ".csv", "text/csv", "text/csv; charset=utf-8; header=present"},
    [MEDIA_NDJSON] = {"ndjson", ".ndjson", "application/x-ndjson", "application/x-ndjson"},
    [MEDIA_TEXT] = {"text", ".txt", "text/plain", "text/plain; charset=utf-8"},
    [MEDIA_HTML] = {"html", ".html", "text/html", "text/html; charset=utf-8"},
    [MEDIA_MARKDOWN] = {"markdown", ".md", "text/markdown", "text/markdown; charset=utf-8"},
    [MEDIA_GEOJSON] = {"geojson", ".geojson", "application/geo+json", "application/geo+json"},
    [MEDIA_STIX] = {"stix", ".stix.json", "application/stix+json", "application/stix+json;version=2.1"},
    [MEDIA_PROBLEM] = {"problem", 0, "application/problem+json", "application/problem+json"},
    [MEDIA_SCHEMA] = {"schema", 0, "application/schema+json", "application/schema+json"},
    [MEDIA_OPENAPI] = {"openapi", 0, "application/vnd.oai.openapi+json",
                       "application/vnd.oai.openapi+json;version=3.1"},
    [MEDIA_LINKSET] = {"linkset", 0, "application/linkset+json", "application/linkset+json"},
    [MEDIA_ICON] = {"icon", 0, "image/vnd.microsoft.icon", "image/vnd.microsoft.icon"},
    [MEDIA_VCARD] = {"vcf", ".vcf", "text/vcard", "text/vcard; charset=utf-8"},
    [MEDIA_SQLITE] = {"sqlite", 0, "application/vnd.sqlite3", "application/vnd.sqlite3"},
    [MEDIA_PACKAGE] = {"datapackage", 0, "application/vnd.datapackage+json", "application/vnd.datapackage+json"},
    [MEDIA_JSONLD] = {"jsonld", 0, "application/ld+json", "application/ld+json"},
    [MEDIA_ATOM] = {"atom", ".atom", "application/atom+xml", "application/atom+xml"},
    [MEDIA_SCRIPT] = {"script", 0, "text/javascript", "text/javascript; charset=utf-8"},
    [MEDIA_STYLE] = {"style", 0, "text/css", "text/css; charset=utf-8"},
};

const char *const coding_names[CODING_COUNT] = {
    [CODING_IDENTITY] = "identity", [CODING_GZIP] = "gzip", [CODING_BR] = "br"};
