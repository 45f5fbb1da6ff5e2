/* SPDX-License-Identifier: MIT */
/* Opening a dataset: all checks, one connection for loading, and one for each thread that will ask. A file may be
 * renamed over between two opens, so all connections must show one and the same content, or opening starts over.
 * Invariant: a store that was returned is whole and never changes. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct lending {
    pthread_mutex_t mutex;
    pthread_cond_t returned;
    struct store_reader *free; /* a stack */
};

/* file: URI of the path, with what URIs give a meaning escaped. */
static bool uri_of(const char *path, struct buf *uri, struct err *err)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-~";
    buf_puts(uri, path[0] == '/' ? "file://" : "file:");
    for (const char *at = path; *at != '\0'; at++)
        if (strchr(plain, *at) != NULL)
            buf_putc(uri, *at);
        else
            buf_printf(uri, "%%%02X", (unsigned)(unsigned char)*at);
    /* immutable: no lock, no journal, no look at the file's change counter; the file is never written again. */
    buf_puts(uri, "?mode=ro&immutable=1");
    return buf_ok(uri) || err_memory(err);
}

static bool connect_reader(const char *path, sqlite3 **ret, struct err *err)
{
    struct buf uri CLEANUP(buf_done);
    buf_init(&uri, 64 * 1024);
    sqlite3 *db CLEANUP(database_close) = NULL;
    if (!uri_of(path, &uri, err) || !database_open(uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, &db, err))
        return false;
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    (void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    if (!database_run(db,
                      "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
                      "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON",
                      path, err))
        return false;
    *ret = db;
    db = NULL;
    return true;
}

enum check_statement { CHECK_RENDERER, CHECK_INTEGRITY, CHECK_REFERENCES, CHECK_COUNT };
static const struct statement check_statements[CHECK_COUNT] = {
    [CHECK_RENDERER] = {"SELECT value FROM dataset WHERE key = 'renderer'", 1},
    [CHECK_INTEGRITY] = {"PRAGMA integrity_check(1)", 1},
    [CHECK_REFERENCES] = {"PRAGMA foreign_key_check", 4},
};

struct checks {
    sqlite3_stmt *get[CHECK_COUNT];
};

static void checks_done(struct checks *checks)
{
    database_finalize(checks->get, CHECK_COUNT);
}

static bool renderer_check(sqlite3_stmt *get, const char *path, struct err *err)
{
    char wanted[16];
    (void)snprintf(wanted, sizeof(wanted), "%d", (int)STORE_RENDERER);
    if (sqlite3_step(get) != SQLITE_ROW)
        return err_set(err, ERR_SYSTEM, "%s is damaged: it does not say which renderer made it", path);
    if (strcmp(column_text(get, 0), wanted) != 0)
        return err_set(err, ERR_SYSTEM, "%s was made by renderer %s, this program has %s: rebuild it with `%s`", path,
                       column_text(get, 0), wanted, "cyberatlas build");
    return true;
}

/* SQLite's reasons may have several lines; a sentence has one. */
static bool damaged(const char *path, const char *why, struct err *err)
{
    (void)err_set(err, ERR_SYSTEM, "%s is damaged: %s", path, why);
    for (char *at = strchr(err->text, '\n'); at != NULL; at = strchr(at, '\n'))
        *at = ' ';
    return false;
}

static bool checks_run(sqlite3 *db, const char *path, bool rendered, struct err *err)
{
    struct checks checks CLEANUP(checks_done) = {0};
    if (!database_prepare(db, check_statements, CHECK_COUNT, checks.get, err))
        return sqlite3_errcode(db) == SQLITE_NOMEM ? false : damaged(path, sqlite3_errmsg(db), err);
    if (rendered && !renderer_check(checks.get[CHECK_RENDERER], path, err))
        return false;
    sqlite3_stmt *integrity = checks.get[CHECK_INTEGRITY];
    if (sqlite3_step(integrity) != SQLITE_ROW)
        return damaged(path, sqlite3_errmsg(db), err);
    if (strcmp(column_text(integrity, 0), "ok") != 0)
        return damaged(path, column_text(integrity, 0), err);
    if (sqlite3_step(checks.get[CHECK_REFERENCES]) != SQLITE_DONE)
        return damaged(path, "a row points to one that is not there", err);
    return tables_verify(db, path, err);
}

static bool open_checked(const char *path, bool rendered, sqlite3 **ret, struct err *err)
{
    sqlite3 *db CLEANUP(database_close) = NULL;
    if (!header_check(path, err) || !connect_reader(path, &db, err) || !checks_run(db, path, rendered, err))
        return false;
    *ret = db;
    db = NULL;
    return true;
}

bool dataset_open(const char *path, sqlite3 **ret, struct err *err)
{
    return open_checked(path, true, ret, err);
}

bool dataset_open_facts(const char *path, sqlite3 **ret, struct err *err)
{
    return open_checked(path, false, ret, err);
}

static bool load(const char *path, struct store *store, struct err *err)
{
    return dataset_open(path, &store->db, err) &&
           database_prepare(store->db, load_statements, LOAD_COUNT, store->load, err) &&
           keys_load(store->db, &store->keys, err) && lists_load(store->db, path, &store->lists, err) &&
           postings_load(store->db, store->lists, &store->postings, err);
}

/* The digest over `dataset` covers the digests of all other tables: equal there is equal everywhere. */
static bool reader_matches(const struct store *store, sqlite3 *db, bool *ret, struct err *err)
{
    struct keys *keys = NULL;
    if (!keys_load(db, &keys, err))
        return false;
    const char *ours = keys_get(store->keys, "digest:dataset");
    const char *theirs = keys_get(keys, "digest:dataset");
    *ret = ours != NULL && theirs != NULL && strcmp(ours, theirs) == 0;
    keys_free(keys);
    return true;
}

/* *ret_changed: the path leads to another file than the one that the store has checked. */
static bool reader_open(const char *path, struct store *store, struct store_reader *reader, bool *ret_changed,
                        struct err *err)
{
    bool is_same = false;
    if (!connect_reader(path, &reader->db, err) || !reader_matches(store, reader->db, &is_same, err))
        return false;
    *ret_changed = !is_same;
    if (!is_same)
        return err_set(err, ERR_SYSTEM, "%s changed while it was being opened", path);
    reader->lists = store->lists;
    reader->postings = store->postings;
    reader_limit(reader);
    return database_prepare(reader->db, find_statements, FIND_COUNT, reader->find, err);
}

static bool readers_open(const char *path, struct store *store, size_t count, bool *ret_changed, struct err *err)
{
    store->readers = calloc(count == 0 ? 1 : count, sizeof(*store->readers));
    if (store->readers == NULL)
        return err_memory(err);
    for (size_t i = 0; i < count; i++) {
        struct store_reader *reader = &store->readers[i];
        store->reader_count++; /* before it is open, so that store_close takes a half-open one along */
        if (!reader_open(path, store, reader, ret_changed, err))
            return false;
        reader->next = store->lending->free;
        store->lending->free = reader;
    }
    return true;
}

static struct store *store_new(void)
{
    struct store *store = calloc(1, sizeof(*store));
    struct lending *lending = calloc(1, sizeof(*lending));
    if (store == NULL || lending == NULL || pthread_mutex_init(&lending->mutex, NULL) != 0) {
        free(lending);
        free(store);
        return NULL;
    }
    if (pthread_cond_init(&lending->returned, NULL) != 0) {
        (void)pthread_mutex_destroy(&lending->mutex);
        free(lending);
        free(store);
        return NULL;
    }
    store->lending = lending;
    return store;
}

enum { OPEN_TRIES = 5 };

bool store_open(const char *path, size_t readers, struct store **ret, struct err *err)
{
    for (int i = 0; i < OPEN_TRIES; i++) {
        struct store *store = store_new();
        if (store == NULL)
            return err_memory(err);
        bool is_changed = false;
        if (load(path, store, err) && readers_open(path, store, readers, &is_changed, err)) {
            *ret = store;
            return true;
        }
        store_close(store);
        if (!is_changed)
            return false;
    }
    return false;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (size_t i = 0; i < store->reader_count; i++) {
        database_finalize(store->readers[i].find, FIND_COUNT);
        database_close(&store->readers[i].db);
    }
    free(store->readers);
    postings_free(store->postings);
    lists_free(store->lists);
    keys_free(store->keys);
    database_finalize(store->load, LOAD_COUNT);
    database_close(&store->db);
    (void)pthread_cond_destroy(&store->lending->returned);
    (void)pthread_mutex_destroy(&store->lending->mutex);
    free(store->lending);
    free(store);
}

const char *store_key(const struct store *store, const char *key)
{
    return keys_get(store->keys, key);
}

struct store_reader *store_lend(struct store *store)
{
    struct lending *lending = store->lending;
    (void)pthread_mutex_lock(&lending->mutex);
    while (lending->free == NULL)
        (void)pthread_cond_wait(&lending->returned, &lending->mutex);
    struct store_reader *reader = lending->free;
    lending->free = reader->next;
    (void)pthread_mutex_unlock(&lending->mutex);
    return reader;
}

void store_give_back(struct store *store, struct store_reader *reader)
{
    struct lending *lending = store->lending;
    (void)pthread_mutex_lock(&lending->mutex);
    reader->next = lending->free;
    lending->free = reader;
    (void)pthread_cond_signal(&lending->returned);
    (void)pthread_mutex_unlock(&lending->mutex);
}
