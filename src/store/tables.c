/* SPDX-License-Identifier: MIT */
/* Digests of tables. SQLite's integrity_check sees a broken tree but no changed byte within a value, so each table's
 * rows are hashed in a fixed order and the result kept in `dataset`, the schema and `dataset` itself included. A body
 * is under its own etag, and is hashed where it is read. Invariant: every stored byte that an answer could depend on is
 * under one of the two. */
#include <stdio.h>
#include <string.h>

#include "internal.h"

struct hashed {
    const char *name;
    struct statement rows;
    bool is_fact; /* part of the revision */
};

/* `dataset` comes last: it holds the digests of the others. */
static const struct hashed hashed_tables[] = {
    {"source",
     {"SELECT number, id, title, publisher, url, published, captured, sha256, terms, note FROM source ORDER BY number",
      10},
     true},
    {"vocabulary", {"SELECT number, id, title FROM vocabulary ORDER BY number", 3}, true},
    {"term", {"SELECT number, vocabulary, id, label, note FROM term ORDER BY number", 5}, true},
    {"criterion",
     {"SELECT number, id, theme, label, question, note, source, at FROM criterion ORDER BY number", 8},
     true},
    {"criterion_value",
     {"SELECT criterion, value, allowed, meaning FROM criterion_value ORDER BY criterion, value", 4},
     true},
    {"methodology",
     {"SELECT number, id, version, title, theme, text, window_months, bases, least_sure, least_coverage "
      "FROM methodology ORDER BY number",
      10},
     true},
    {"methodology_weight",
     {"SELECT methodology, criterion, weight FROM methodology_weight ORDER BY methodology, criterion", 3},
     true},
    {"methodology_value",
     {"SELECT methodology, value, low, high, counted FROM methodology_value ORDER BY methodology, value", 5},
     true},
    {"thing", {"SELECT number, kind, id, owner FROM thing ORDER BY number", 4}, true},
    {"claim",
     {"SELECT number, thing, field, item, n, value, unknown, qualifier, source, at, observed, since, note "
      "FROM claim ORDER BY number",
      13},
     true},
    {"answer",
     {"SELECT number, country, criterion, value, year, unknown, basis, sure, source, at, observed, observed_lo, "
      "observed_hi, since, note FROM answer ORDER BY number",
      15},
     true},
    {"index",
     {"SELECT number, id, title, publisher, text, terms, form, unit, lowest, highest, better, source FROM \"index\" "
      "ORDER BY number",
      12},
     true},
    {"index_part", {"SELECT number, \"index\", kind, id, title, note FROM index_part ORDER BY number", 6}, true},
    {"index_value",
     {"SELECT number, \"index\", country, edition, pillar, value, source, at, observed, note FROM index_value "
      "ORDER BY number",
      10},
     true},
    {"country_name", {"SELECT number, country, language, name, source FROM country_name ORDER BY number", 5}, true},
    {"contact_word", {"SELECT number, kind, id, label, terms FROM contact_word ORDER BY number", 5}, true},
    {"contact_rule",
     {"SELECT number, id, purposes, audiences, whose, kind, types, without, sectors, roles, reason FROM contact_rule "
      "ORDER BY number",
      11},
     true},
    {"country",
     {"SELECT number, code, alpha3, \"numeric\", name, official_name, standing, region, subregion, latitude, longitude "
      "FROM country ORDER BY number",
      11},
     false},
    {"country_group", {"SELECT number, country, \"group\", since, until FROM country_group ORDER BY number", 5}, false},
    {"cert",
     {"SELECT number, id, country, organisation, name, short_name, status, established, url FROM cert ORDER BY number",
      9},
     false},
    {"cert_type", {"SELECT cert, type FROM cert_type ORDER BY cert, type", 2}, false},
    {"cert_sector", {"SELECT cert, sector FROM cert_sector ORDER BY cert, sector", 2}, false},
    {"cert_membership",
     {"SELECT number, cert, body, level, since, until FROM cert_membership ORDER BY number", 6},
     false},
    {"alias", {"SELECT kind, alias, id FROM alias ORDER BY kind, alias", 3}, false},
    {"revision", {"SELECT number, id, date FROM revision ORDER BY number", 3}, false},
    {"change", {"SELECT revision, kind, id, change, before, after FROM change ORDER BY revision, kind, id", 6}, false},
    {"document", {"SELECT number, path, media, coding, etag FROM document ORDER BY number", 5}, false},
    {"fragment", {"SELECT number, list, media, ord, id, body FROM fragment ORDER BY number", 6}, false},
    {"facet", {"SELECT list, name, value, ord FROM facet ORDER BY list, name, value, ord", 4}, false},
    {"ordering", {"SELECT list, sort, place, ord FROM ordering ORDER BY list, sort, place", 4}, false},
    {"allowed", {"SELECT number, list, name, value FROM allowed ORDER BY number", 4}, false},
    {"search_config", {"SELECT k, v FROM search_config ORDER BY k", 2}, false},
    {"search_content", {"SELECT id, c0, c1, c2, c3 FROM search_content ORDER BY id", 5}, false},
    {"search_data", {"SELECT id, block FROM search_data ORDER BY id", 2}, false},
    {"search_docsize", {"SELECT id, sz FROM search_docsize ORDER BY id", 2}, false},
    {"search_idx", {"SELECT segid, term, pgno FROM search_idx ORDER BY segid, term", 3}, false},
    {"sqlite_schema", {"SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name", 4}, false},
    {"dataset", {"SELECT key, value FROM dataset WHERE key <> 'digest:dataset' ORDER BY key", 2}, true},
};

/* The digits of `number` and a colon, in front of `end`; returns where they begin. Half of all columns are a few bytes
 * long: what prints in general costs more than the digest. */
static char *put_number(char *end, unsigned number)
{
    *--end = ':';
    do
        *--end = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    return end;
}

/* Type and length go before the bytes, so that no two rows run into the same stream. */
void tables_add_column(struct digest *digest, sqlite3_stmt *statement, int column)
{
    char head[32];
    char *end = head + sizeof(head);
    int type = sqlite3_column_type(statement, column);
    /* The bytes are asked for before their number: the call may convert. */
    const void *bytes =
        type == SQLITE_BLOB ? sqlite3_column_blob(statement, column) : sqlite3_column_text(statement, column);
    int len = sqlite3_column_bytes(statement, column);
    const char *start = put_number(put_number(end, (unsigned)len), (unsigned)type);
    digest_add(digest, start, (size_t)(end - start));
    if (len > 0 && bytes != NULL)
        digest_add(digest, bytes, (size_t)len);
}

static bool add_table(sqlite3 *db, const struct hashed *table, struct digest *digest, struct err *err)
{
    sqlite3_stmt *statement CLEANUP(database_finish) = NULL;
    if (!database_prepare(db, &table->rows, 1, &statement, err))
        return false;
    int status;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW)
        for (int column = 0; column < table->rows.columns; column++)
            tables_add_column(digest, statement, column);
    return status == SQLITE_DONE || database_failed(db, table->name, err);
}

static bool digest_table(sqlite3 *db, const struct hashed *table, char ret[DIGEST_SIZE], struct err *err)
{
    struct digest *digest = digest_start();
    if (digest == NULL)
        return err_memory(err);
    bool ok = add_table(db, table, digest, err);
    digest_end(digest, ret);
    return ok;
}

bool tables_revision(sqlite3 *db, char ret[DIGEST_SIZE], struct err *err)
{
    struct digest *digest = digest_start();
    if (digest == NULL)
        return err_memory(err);
    bool ok = true;
    for (size_t i = 0; ok && i < COUNT_OF(hashed_tables); i++) {
        if (!hashed_tables[i].is_fact)
            continue;
        digest_add(digest, hashed_tables[i].name, strlen(hashed_tables[i].name) + 1);
        ok = add_table(db, &hashed_tables[i], digest, err);
    }
    digest_end(digest, ret);
    return ok;
}

/* "digest:TABLE"; every name in the table above fits. */
enum { KEY_SIZE = 64 };

static void digest_key(const struct hashed *table, char ret[KEY_SIZE])
{
    (void)snprintf(ret, KEY_SIZE, "digest:%s", table->name);
}

bool tables_seal(sqlite3 *db, struct err *err)
{
    static const struct statement put = {"INSERT INTO dataset (key, value) VALUES (?1, ?2)", 0};
    sqlite3_stmt *statement CLEANUP(database_finish) = NULL;
    if (!database_prepare(db, &put, 1, &statement, err))
        return false;
    for (size_t i = 0; i < COUNT_OF(hashed_tables); i++) {
        char key[KEY_SIZE];
        char digest[DIGEST_SIZE];
        digest_key(&hashed_tables[i], key);
        if (!digest_table(db, &hashed_tables[i], digest, err))
            return false;
        struct row row = row_start(statement);
        row_text(&row, key);
        row_text(&row, digest);
        if (!row_insert(&row, "cannot store a digest", err))
            return false;
    }
    return true;
}

static bool verify_table(sqlite3 *db, sqlite3_stmt *get, const struct hashed *table, const char *path, struct err *err)
{
    sqlite3_stmt *statement CLEANUP(database_reset) = get;
    char key[KEY_SIZE];
    char digest[DIGEST_SIZE];
    digest_key(table, key);
    if (!digest_table(db, table, digest, err)) {
        bool is_memory = sqlite3_errcode(db) == SQLITE_NOMEM || sqlite3_errcode(db) == SQLITE_OK;
        return !is_memory && err_set(err, ERR_SYSTEM, "%s is damaged: its table %s cannot be read", path, table->name);
    }
    if (sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC) != SQLITE_OK)
        return err_memory(err);
    if (sqlite3_step(statement) == SQLITE_ROW && strcmp(column_text(statement, 0), digest) == 0)
        return true;
    return err_set(err, ERR_SYSTEM, "%s is damaged: its table %s does not match its digest", path, table->name);
}

bool tables_verify(sqlite3 *db, const char *path, struct err *err)
{
    static const struct statement rows = {"SELECT value FROM dataset WHERE key = ?1", 1};
    sqlite3_stmt *get CLEANUP(database_finish) = NULL;
    if (!database_prepare(db, &rows, 1, &get, err))
        return false;
    for (size_t i = 0; i < COUNT_OF(hashed_tables); i++)
        if (!verify_table(db, get, &hashed_tables[i], path, err))
            return false;
    return true;
}
