/* SPDX-License-Identifier: MIT */
/* The files of /v1/exports: the facts as SQLite, lists as CSV (the same bytes as the lists' own), and the Data Package
 * that describes them. Each is stored as it is, without coded variants, so that one hash holds wherever it is named.
 * dataset.jsonld and the index hang on the operator's settings: serve makes them. */
#include <stdio.h>
#include <string.h>

#include "internal.h"

enum { PATH_BYTES = 128, FILES_MOST = 16 };

struct exporting {
    struct build *build;
    struct err *err;
    struct export_file files[FILES_MOST];
    size_t count;
};

/* Stores a file and notes what it is. */
static bool keep(struct exporting *exporting, const struct export_kind *kind, const struct buf *body)
{
    char path[PATH_BYTES];
    char etag[DIGEST_SIZE];
    if (body->len > STORE_EXPORT_BYTES || !buf_ok(body))
        return err_set(exporting->err, ERR_SYSTEM, "cannot make the export %s: no memory, or above %d bytes",
                       kind->name, (int)STORE_EXPORT_BYTES);
    struct export_file *file = &exporting->files[exporting->count++];
    *file = (struct export_file){.kind = kind, .bytes = body->len};
    digest_of(body->data == NULL ? "" : body->data, body->len, file->sha256);
    (void)snprintf(path, sizeof(path), STORE_EXPORTS "%s", kind->name);
    (void)snprintf(etag, sizeof(etag), "%.32s", file->sha256);
    const struct store_document document = {.path = path,
                                            .media = kind->media,
                                            .coding = CODING_IDENTITY,
                                            .etag = etag,
                                            .body = body->data,
                                            .len = body->len};
    exporting->build->documents++;
    return store_write_document(exporting->build->writer, &document, exporting->err);
}

/* False with an error: of SQLite. One that is left to `keep` marks the body. */
static bool make(struct exporting *exporting, const struct export_kind *kind, struct buf *body)
{
    const struct build *build = exporting->build;
    if (kind->media == MEDIA_SQLITE)
        return store_export(build->facts, body, exporting->err);
    bool ok = kind->media == MEDIA_PACKAGE
                  ? export_write_package(build->view, exporting->files, exporting->count, body)
                  : whole_list_write(build, list_kind_find(kind->list)->path, MEDIA_CSV, STORE_EXPORT_BYTES, body);
    body->failed = body->failed || !ok;
    return true;
}

bool exports_write(struct build *build, struct err *err)
{
    struct exporting exporting = {.build = build, .err = err};
    for (size_t i = 0; i < export_kind_count && i < FILES_MOST; i++) {
        if (export_kinds[i].media == MEDIA_JSONLD)
            continue;
        build_progress(build, "exports", i, export_kind_count);
        struct buf body CLEANUP(buf_done);
        /* Room for one item beyond, so that a file that is too long is told from want of memory. */
        buf_init(&body, STORE_EXPORT_BYTES + 2 * (size_t)STORE_BODY_BYTES);
        if (!make(&exporting, &export_kinds[i], &body) || !keep(&exporting, &export_kinds[i], &body))
            return false;
    }
    return true;
}
