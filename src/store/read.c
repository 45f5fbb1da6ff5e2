/* SPDX-License-Identifier: MIT */
/* Walking what a snapshot keeps in memory: documents, fragments, aliases, allowed values, each in the order it was
 * written. One thread at a time, on the store's own connection. A name that this program does not know is an error:
 * such a file was made by another one. */
#include <string.h>

#include "cyberatlas/base/digest.h"
#include "cyberatlas/base/facts.h"
#include "internal.h"

const struct statement load_statements[LOAD_COUNT] = {
    [LOAD_DOCUMENTS] = {"SELECT path, media, coding, etag, body FROM document ORDER BY number", 5},
    [LOAD_FRAGMENTS] = {"SELECT list, media, ord, id, body FROM fragment ORDER BY number", 5},
    [LOAD_ALIASES] = {"SELECT kind, alias, id FROM alias ORDER BY kind, alias", 3},
    [LOAD_ALLOWED] = {"SELECT list, name, value FROM allowed ORDER BY number", 3},
};

static int media_of(const char *name)
{
    for (int i = 0; i < MEDIA_COUNT; i++)
        if (strcmp(media_table[i].name, name) == 0)
            return i;
    return -1;
}

/* The end of a walk that `each` did not stop. */
static bool walked(sqlite3_stmt *rows, int status, struct err *err)
{
    return status == SQLITE_DONE || database_failed(sqlite3_db_handle(rows), "cannot read the dataset", err);
}

/* A body's bytes; never NULL. */
static const char *column_body(sqlite3_stmt *rows, int column)
{
    const char *body = sqlite3_column_blob(rows, column);
    return body == NULL ? "" : body;
}

/* The etag is the first half of the body's digest. */
static bool body_check(sqlite3_stmt *rows, const struct store_document *document, struct err *err)
{
    enum { ETAG_LENGTH = (DIGEST_SIZE - 1) / 2 };
    char digest[DIGEST_SIZE];
    digest_of(document->body, document->len, digest);
    digest[ETAG_LENGTH] = '\0';
    return strcmp(digest, document->etag) == 0 ||
           err_set(err, ERR_SYSTEM, "%s is damaged: the answer to %s does not match its digest",
                   sqlite3_db_filename(sqlite3_db_handle(rows), "main"), document->path);
}

bool store_documents(struct store *store, bool (*each)(void *cls, const struct store_document *document), void *cls,
                     struct err *err)
{
    sqlite3_stmt *rows CLEANUP(database_reset) = store->load[LOAD_DOCUMENTS];
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        int media = media_of(column_text(rows, 1));
        int coding = word_index(column_text(rows, 2), coding_names, CODING_COUNT);
        if (media < 0 || coding < 0)
            return err_set(err, ERR_SYSTEM, "%s has the unknown type %s, %s", column_text(rows, 0),
                           column_text(rows, 1), column_text(rows, 2));
        struct store_document document = {.path = column_text(rows, 0),
                                          .media = (enum media)media,
                                          .coding = (enum coding)coding,
                                          .etag = column_text(rows, 3),
                                          .body = column_body(rows, 4),
                                          .len = (size_t)sqlite3_column_bytes(rows, 4)};
        if (!body_check(rows, &document, err))
            return false;
        if (!each(cls, &document))
            return true;
    }
    return walked(rows, status, err);
}

bool store_fragments(struct store *store, bool (*each)(void *cls, const struct store_fragment *fragment), void *cls,
                     struct err *err)
{
    sqlite3_stmt *rows CLEANUP(database_reset) = store->load[LOAD_FRAGMENTS];
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        int media = media_of(column_text(rows, 1));
        if (media < 0)
            return err_set(err, ERR_SYSTEM, "the list %s has the unknown type %s", column_text(rows, 0),
                           column_text(rows, 1));
        struct store_fragment fragment = {.list = column_text(rows, 0),
                                          .media = (enum media)media,
                                          .ord = (uint32_t)sqlite3_column_int64(rows, 2),
                                          .id = column_text(rows, 3),
                                          .body = column_body(rows, 4),
                                          .len = (size_t)sqlite3_column_bytes(rows, 4)};
        if (!each(cls, &fragment))
            return true;
    }
    return walked(rows, status, err);
}

void store_rest(struct store *store)
{
    (void)sqlite3_db_release_memory(store->db);
}

/* Rows of three texts. */
static bool walk_texts(sqlite3_stmt *statement, bool (*each)(void *cls, const char *a, const char *b, const char *c),
                       void *cls, struct err *err)
{
    sqlite3_stmt *rows CLEANUP(database_reset) = statement;
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW)
        if (!each(cls, column_text(rows, 0), column_text(rows, 1), column_text(rows, 2)))
            return true;
    return walked(rows, status, err);
}

bool store_aliases(struct store *store, bool (*each)(void *cls, const char *kind, const char *alias, const char *id),
                   void *cls, struct err *err)
{
    return walk_texts(store->load[LOAD_ALIASES], each, cls, err);
}

bool store_allowed(struct store *store, bool (*each)(void *cls, const char *list, const char *name, const char *value),
                   void *cls, struct err *err)
{
    return walk_texts(store->load[LOAD_ALLOWED], each, cls, err);
}
