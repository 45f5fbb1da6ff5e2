/* SPDX-License-Identifier: MIT */
/* The one way to SQLite: connections, statement tables, rows to insert, and what a failure is called. It knows no
 * table. Every connection belongs to one thread at a time (NOMUTEX), and SQLite's own counting of memory, which takes
 * a lock for each allocation, is off. */
#include <assert.h>
#include <pthread.h>
#include <string.h>

#include "internal.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void configure(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_initialize();
}

bool database_failed(sqlite3 *db, const char *what, struct err *err)
{
    int code = db == NULL ? SQLITE_NOMEM : sqlite3_errcode(db);
    if (code == SQLITE_NOMEM)
        return err_memory(err);
    return err_set(err, ERR_SYSTEM, "%s: %s", what, sqlite3_errmsg(db));
}

static void harden(sqlite3 *db)
{
    static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
                              SQLITE_DBCONFIG_ENABLE_VIEW,    SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
                              SQLITE_DBCONFIG_DQS_DML,        SQLITE_DBCONFIG_DQS_DDL};
    static const int limits[][2] = {{SQLITE_LIMIT_LENGTH, STORE_EXPORT_BYTES + 1024 * 1024},
                                    {SQLITE_LIMIT_SQL_LENGTH, 100 * 1000},
                                    {SQLITE_LIMIT_COLUMN, 100},
                                    {SQLITE_LIMIT_EXPR_DEPTH, 100},
                                    {SQLITE_LIMIT_COMPOUND_SELECT, 3},
                                    {SQLITE_LIMIT_VDBE_OP, 25000},
                                    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
                                    {SQLITE_LIMIT_VARIABLE_NUMBER, 32},
                                    {SQLITE_LIMIT_TRIGGER_DEPTH, 1}};
    for (size_t i = 0; i < COUNT_OF(off); i++)
        (void)sqlite3_db_config(db, off[i], 0, (int *)NULL);
    for (size_t i = 0; i < COUNT_OF(limits); i++)
        (void)sqlite3_limit(db, limits[i][0], limits[i][1]);
}

bool database_open(const char *name, int flags, sqlite3 **ret, struct err *err)
{
    (void)pthread_once(&once, configure);
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(name, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK) {
        (void)database_failed(db, "cannot open the database", err);
        database_close(&db);
        return false;
    }
    harden(db);
    *ret = db;
    return true;
}

void database_close(sqlite3 **db)
{
    (void)sqlite3_close(*db);
    *db = NULL;
}

bool database_run(sqlite3 *db, const char *sql, const char *what, struct err *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || database_failed(db, what, err);
}

bool database_prepare(sqlite3 *db, const struct statement *table, size_t count, sqlite3_stmt **ret, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (sqlite3_prepare_v3(db, table[i].sql, -1, SQLITE_PREPARE_PERSISTENT, &ret[i], NULL) != SQLITE_OK)
            return database_failed(db, table[i].sql, err);
        if (sqlite3_column_count(ret[i]) != table[i].columns)
            return err_set(err, ERR_SYSTEM, "%s: %d columns where %d are read", table[i].sql,
                           sqlite3_column_count(ret[i]), table[i].columns);
    }
    return true;
}

void database_finalize(sqlite3_stmt **statements, size_t count)
{
    for (size_t i = 0; i < count; i++)
        database_finish(&statements[i]);
}

void database_finish(sqlite3_stmt **statement)
{
    (void)sqlite3_finalize(*statement);
    *statement = NULL;
}

void database_reset(sqlite3_stmt **statement)
{
    (void)sqlite3_reset(*statement);
    (void)sqlite3_clear_bindings(*statement);
}

struct row row_start(sqlite3_stmt *statement)
{
    return (struct row){.statement = statement, .status = SQLITE_OK};
}

static void bound(struct row *row, int status)
{
    if (row->status == SQLITE_OK)
        row->status = status;
}

void row_text(struct row *row, const char *text)
{
    bound(row, sqlite3_bind_text(row->statement, ++row->parameter, text, -1, SQLITE_STATIC));
}

void row_texts(struct row *row, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        row_text(row, texts[i]);
}

void row_integer(struct row *row, int64_t number)
{
    bound(row, sqlite3_bind_int64(row->statement, ++row->parameter, number));
}

void row_bytes(struct row *row, const char *bytes, size_t len)
{
    /* A NULL pointer would be stored as NULL, not as no bytes. */
    const char *from = len == 0 ? "" : bytes;
    bound(row, sqlite3_bind_blob64(row->statement, ++row->parameter, from, len, SQLITE_STATIC));
}

bool row_insert(struct row *row, const char *what, struct err *err)
{
    sqlite3_stmt *statement CLEANUP(database_reset) = row->statement;
    assert(row->parameter == sqlite3_bind_parameter_count(statement));
    if (row->status == SQLITE_OK && sqlite3_step(statement) == SQLITE_DONE)
        return true;
    return database_failed(sqlite3_db_handle(statement), what, err);
}

const char *column_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text == NULL ? "" : (const char *)text;
}
