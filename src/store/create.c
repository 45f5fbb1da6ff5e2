/* SPDX-License-Identifier: MIT */
/* The writer: an empty dataset in memory and the answers put into it, one row at a time, in one transaction that
 * publishing ends. It knows no meaning of what it is given; facts.c and shown.c do. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "internal.h"

static const struct statement put_statements[PUT_COUNT] = {
    [PUT_DOCUMENT] = {"INSERT INTO document (path, media, coding, etag, body) VALUES (?1, ?2, ?3, ?4, ?5)", 0},
    [PUT_FRAGMENT] = {"INSERT INTO fragment (list, media, ord, id, body) VALUES (?1, ?2, ?3, ?4, ?5)", 0},
    [PUT_FACET] = {"INSERT OR IGNORE INTO facet (list, name, value, ord) VALUES (?1, ?2, ?3, ?4)", 0},
    [PUT_ALLOWED] = {"INSERT INTO allowed (list, name, value) VALUES (?1, ?2, ?3)", 0},
    [PUT_ORDER] = {"INSERT INTO ordering (list, sort, place, ord) VALUES (?1, ?2, ?3, ?4)", 0},
    [PUT_WORDS] = {"INSERT INTO search (list, ord, words, folded) VALUES (?1, ?2, ?3, ?4)", 0},
    [PUT_NAME] = {"INSERT INTO search (list, ord, words, folded) VALUES (?1 || ':name', ?2, ?3, ?4)", 0},
    [PUT_KEY] = {"INSERT INTO dataset (key, value) VALUES (?1, ?2)", 0},
    [PUT_ALIAS] = {"INSERT INTO alias (kind, alias, id) VALUES (?1, ?2, ?3)", 0},
};

static bool make_schema(sqlite3 *db, struct err *err)
{
    const struct embedded *schema = embedded_find("src/store/schema.sql");
    if (schema == NULL)
        return err_set(err, ERR_SYSTEM, "the program was built without its schema.sql");
    struct buf head;
    buf_init(&head, 256);
    buf_printf(&head, "PRAGMA application_id = %d; PRAGMA user_version = %d; BEGIN", (int)STORE_APPLICATION_ID,
               (int)STORE_SCHEMA_VERSION);
    /* Free space is zeroed and pages have one size, so that the same facts give the same bytes. */
    bool ok = database_run(db, "PRAGMA page_size = 16384; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON",
                           "cannot prepare the dataset", err) &&
              (buf_ok(&head) || err_memory(err)) && database_run(db, head.data, "cannot prepare the dataset", err) &&
              database_run(db, schema->data, "schema.sql", err);
    buf_done(&head);
    return ok;
}

bool store_create(struct store_writer **ret, struct err *err)
{
    struct store_writer *writer = calloc(1, sizeof(*writer));
    if (writer == NULL)
        return err_memory(err);
    if (database_open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &writer->db, err) &&
        make_schema(writer->db, err) && database_prepare(writer->db, put_statements, PUT_COUNT, writer->put, err)) {
        *ret = writer;
        return true;
    }
    store_writer_free(writer);
    return false;
}

void store_writer_free(struct store_writer *writer)
{
    if (writer == NULL)
        return;
    database_finalize(writer->put, PUT_COUNT);
    database_close(&writer->db);
    free(writer);
}

const char *store_writer_revision(const struct store_writer *writer)
{
    return writer->revision;
}

bool writer_key(struct store_writer *writer, const char *key, const char *value, struct err *err)
{
    if (value == NULL)
        return true;
    struct row row = row_start(writer->put[PUT_KEY]);
    row_text(&row, key);
    row_text(&row, value);
    return row_insert(&row, key, err);
}

bool store_write_coders(struct store_writer *writer, const char *coders, struct err *err)
{
    return writer_key(writer, STORE_KEY_CODERS, coders, err);
}

bool store_write_document(struct store_writer *writer, const struct store_document *document, struct err *err)
{
    bool is_export = strncmp(document->path, STORE_EXPORTS, sizeof(STORE_EXPORTS) - 1) == 0;
    size_t most = is_export ? STORE_EXPORT_BYTES : STORE_BODY_BYTES;
    if (document->len > most)
        return err_set(err, ERR_SYSTEM, "the answer to %s has %zu bytes; at most %zu are allowed", document->path,
                       document->len, most);
    struct row row = row_start(writer->put[PUT_DOCUMENT]);
    row_text(&row, document->path);
    row_text(&row, media_table[document->media].name);
    row_text(&row, coding_names[document->coding]);
    row_text(&row, document->etag);
    row_bytes(&row, document->body, document->len);
    return row_insert(&row, document->path, err);
}

bool store_write_fragment(struct store_writer *writer, const struct store_fragment *fragment, struct err *err)
{
    struct row row = row_start(writer->put[PUT_FRAGMENT]);
    row_text(&row, fragment->list);
    row_text(&row, media_table[fragment->media].name);
    row_integer(&row, fragment->ord);
    row_text(&row, fragment->id);
    row_bytes(&row, fragment->body, fragment->len);
    return row_insert(&row, fragment->id, err);
}

bool store_write_facet(struct store_writer *writer, const char *list, const char *name, const char *value, uint32_t ord,
                       struct err *err)
{
    struct row row = row_start(writer->put[PUT_FACET]);
    row_texts(&row, (const char *const[]){list, name, value}, 3);
    row_integer(&row, ord);
    return row_insert(&row, name, err);
}

bool store_write_allowed(struct store_writer *writer, const char *list, const char *name, const char *value,
                         struct err *err)
{
    struct row row = row_start(writer->put[PUT_ALLOWED]);
    row_texts(&row, (const char *const[]){list, name, value}, 3);
    return row_insert(&row, name, err);
}

bool store_write_order(struct store_writer *writer, const char *list, const char *sort, uint32_t place, uint32_t ord,
                       struct err *err)
{
    struct row row = row_start(writer->put[PUT_ORDER]);
    row_texts(&row, (const char *const[]){list, sort}, 2);
    row_integer(&row, place);
    row_integer(&row, ord);
    return row_insert(&row, sort, err);
}

static bool put_words(sqlite3_stmt *put, const char *list, uint32_t ord, const char *words, struct err *err)
{
    struct buf folded CLEANUP(buf_done);
    buf_init(&folded, 2 * strlen(words) + 1);
    bool differs = fold_text(words, strlen(words), &folded);
    if (!buf_ok(&folded))
        return err_memory(err);
    struct row row = row_start(put);
    row_text(&row, list);
    row_integer(&row, ord);
    row_text(&row, words);
    row_text(&row, differs ? folded.data : "");
    return row_insert(&row, list, err);
}

bool store_write_words(struct store_writer *writer, const char *list, uint32_t ord, const char *words, struct err *err)
{
    return put_words(writer->put[PUT_WORDS], list, ord, words, err);
}

bool store_write_name(struct store_writer *writer, const char *list, uint32_t ord, const char *name, struct err *err)
{
    return put_words(writer->put[PUT_NAME], list, ord, name, err);
}
