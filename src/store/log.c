/* SPDX-License-Identifier: MIT */
/* How the log of publications grows: the previous dataset's log, then this revision with what it added, changed and
 * removed. Two datasets are told apart by digests over the rows of their facts, thing by thing, never by answers, so a
 * new renderer changes nothing. Invariant: the last revision of a log is its dataset's own. */
#include <string.h>

#include "internal.h"

enum { DIGEST_DIGITS = 32, THING_BYTES = 1024 };

/* Every fact belongs to one thing: its kind and id come first and order the rows, the rest is what is hashed. Numbers
 * of rows are left out, since they shift with every insertion before them. */
static const struct statement traces[] = {
    {"SELECT 'assessment', country || '/' || criterion, value, year, unknown, basis, sure, source, at, observed, "
     "since, "
     "note FROM answer ORDER BY country, criterion, number",
     12},
    {"SELECT 'contact-order', 'contact-order', 1, number, kind, id, label, terms, NULL, NULL, NULL, NULL, NULL, NULL "
     "FROM contact_word UNION ALL SELECT 'contact-order', 'contact-order', 2, number, id, purposes, audiences, whose, "
     "kind, types, without, sectors, roles, reason FROM contact_rule ORDER BY 3, 4",
     14},
    {"SELECT 'country-names', country, language, name, source FROM country_name ORDER BY country, language", 5},
    {"SELECT 'criterion', id, theme, label, question, note, source, at, of.value, allowed, meaning FROM criterion "
     "LEFT JOIN criterion_value AS of ON of.criterion = id ORDER BY id, of.value",
     11},
    {"SELECT 'dataset', (SELECT value FROM dataset WHERE key = 'id'), key, value FROM dataset "
     "WHERE key IN ('id', 'title', 'description', 'publisher', 'licence', 'licence_url', 'terms', 'homepage') "
     "ORDER BY key",
     4},
    {"SELECT 'index', id, 1, 0, title, publisher, text, terms, form, unit, lowest, highest, better, source "
     "FROM \"index\" UNION ALL SELECT 'index', \"index\", 2, number - (SELECT min(number) FROM index_part AS first "
     "WHERE first.\"index\" = index_part.\"index\"), kind, id, title, note, NULL, NULL, NULL, NULL, NULL, NULL "
     "FROM index_part UNION ALL SELECT 'index', \"index\", 3, 0, country, edition, pillar, value, source, at, "
     "observed, "
     "note, NULL, NULL FROM index_value ORDER BY 2, 3, 4, 5, 6, 7",
     14},
    {"SELECT 'methodology', id || '@' || version, 1, title, theme, text, window_months, bases, least_sure, "
     "least_coverage FROM methodology UNION ALL SELECT 'methodology', id || '@' || version, 2, criterion, weight, "
     "NULL, "
     "NULL, NULL, NULL, NULL FROM methodology_weight JOIN methodology ON number = methodology "
     "UNION ALL SELECT 'methodology', id || '@' || version, 3, value, low, high, counted, NULL, NULL, NULL "
     "FROM methodology_value JOIN methodology ON number = methodology ORDER BY 2, 3, 4",
     10},
    {"SELECT 'source', id, title, publisher, url, published, captured, sha256, terms, note FROM source ORDER BY id",
     10},
    {"SELECT kind, thing.id, owner, field, item, n, value, unknown, qualifier, source, at, observed, since, note "
     "FROM thing LEFT JOIN claim ON claim.thing = thing.number ORDER BY kind, thing.id, claim.number",
     14},
    {"SELECT 'vocabulary', vocabulary.id, title, term.id, label, note FROM vocabulary "
     "LEFT JOIN term ON term.vocabulary = vocabulary.id ORDER BY vocabulary.id, term.number",
     6},
};

/* One statement's things, one after the other. */
struct trace {
    sqlite3_stmt *rows;
    bool has_row;
    bool has_thing;
    struct buf kind;
    struct buf id;
    char digest[DIGEST_SIZE];
};

static void trace_done(struct trace *trace)
{
    database_finish(&trace->rows);
    buf_done(&trace->kind);
    buf_done(&trace->id);
}

static bool trace_step(struct trace *trace, struct err *err)
{
    int status = sqlite3_step(trace->rows);
    trace->has_row = status == SQLITE_ROW;
    return trace->has_row || status == SQLITE_DONE ||
           database_failed(sqlite3_db_handle(trace->rows), "cannot compare the datasets", err);
}

static bool row_is_of(const struct trace *trace)
{
    return trace->has_row && strcmp(column_text(trace->rows, 0), trace->kind.data) == 0 &&
           strcmp(column_text(trace->rows, 1), trace->id.data) == 0;
}

/* Gathers the rows of the next thing. */
static bool trace_next(struct trace *trace, struct err *err)
{
    trace->has_thing = trace->has_row;
    if (!trace->has_row)
        return true;
    struct digest *digest = digest_start();
    buf_reset(&trace->kind);
    buf_reset(&trace->id);
    buf_puts(&trace->kind, column_text(trace->rows, 0));
    buf_puts(&trace->id, column_text(trace->rows, 1));
    bool ok = (digest != NULL && buf_ok(&trace->kind) && buf_ok(&trace->id)) || err_memory(err);
    while (ok && row_is_of(trace)) {
        for (int column = 2; column < sqlite3_column_count(trace->rows); column++)
            tables_add_column(digest, trace->rows, column);
        ok = trace_step(trace, err);
    }
    digest_end(digest, trace->digest);
    trace->digest[DIGEST_DIGITS] = '\0';
    return ok;
}

static bool trace_start(sqlite3 *db, const struct statement *statement, struct trace *ret, struct err *err)
{
    buf_init(&ret->kind, THING_BYTES);
    buf_init(&ret->id, THING_BYTES);
    return database_prepare(db, statement, 1, &ret->rows, err) && trace_step(ret, err) && trace_next(ret, err);
}

enum put_log { PUT_REVISION, PUT_CHANGE, PUT_LOG_COUNT };
static const struct statement put_statements[PUT_LOG_COUNT] = {
    [PUT_REVISION] = {"INSERT INTO revision (id, date) VALUES (?1, ?2)", 0},
    [PUT_CHANGE] = {"INSERT INTO change (revision, kind, id, change, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    0},
};

/* The two datasets, and where the log goes. */
struct growing {
    sqlite3 *old; /* NULL: there is none */
    sqlite3 *fresh;
    sqlite3_stmt *put[PUT_LOG_COUNT];
    int64_t revision; /* number of the last one in the log */
    struct err *err;
};

static void growing_done(struct growing *growing)
{
    database_finalize(growing->put, PUT_LOG_COUNT);
    database_close(&growing->old);
}

static bool put_revision(struct growing *growing, const char *id, const char *date)
{
    struct row row = row_start(growing->put[PUT_REVISION]);
    row_texts(&row, (const char *const[]){id, date}, 2);
    growing->revision++;
    return row_insert(&row, id, growing->err);
}

/* kind, id, what, before, after */
static bool put_change(struct growing *growing, int64_t revision, const char *const texts[5])
{
    struct row row = row_start(growing->put[PUT_CHANGE]);
    row_integer(&row, revision);
    row_texts(&row, texts, 5);
    return row_insert(&row, texts[1], growing->err);
}

/* Which comes first; a trace at its end comes behind all. */
static int compare_traces(const struct trace *old, const struct trace *fresh)
{
    if (!old->has_thing || !fresh->has_thing)
        return old->has_thing ? -1 : 1;
    int order = strcmp(old->kind.data, fresh->kind.data);
    return order != 0 ? order : strcmp(old->id.data, fresh->id.data);
}

static bool put_difference(struct growing *growing, const struct trace *old, const struct trace *fresh, int order)
{
    const struct trace *either = order < 0 ? old : fresh;
    const char *before = order <= 0 ? old->digest : NULL;
    const char *after = order >= 0 ? fresh->digest : NULL;
    if (order == 0 && strcmp(before, after) == 0)
        return true;
    const char *what = order < 0 ? "removed" : order > 0 ? "added" : "changed";
    return put_change(growing, growing->revision,
                      (const char *const[]){either->kind.data, either->id.data, what, before, after});
}

static bool put_differences(struct growing *growing, const struct statement *statement)
{
    struct trace old CLEANUP(trace_done) = {0};
    struct trace fresh CLEANUP(trace_done) = {0};
    bool ok = trace_start(growing->old, statement, &old, growing->err) &&
              trace_start(growing->fresh, statement, &fresh, growing->err);
    while (ok && (old.has_thing || fresh.has_thing)) {
        int order = compare_traces(&old, &fresh);
        ok = put_difference(growing, &old, &fresh, order) && (order > 0 || trace_next(&old, growing->err)) &&
             (order < 0 || trace_next(&fresh, growing->err));
    }
    return ok;
}

static bool copy_revisions(struct growing *growing)
{
    static const struct statement all = {"SELECT id, date FROM revision ORDER BY number", 2};
    sqlite3_stmt *rows CLEANUP(database_finish) = NULL;
    if (!database_prepare(growing->old, &all, 1, &rows, growing->err))
        return false;
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW)
        if (!put_revision(growing, column_text(rows, 0), column_text(rows, 1)))
            return false;
    return status == SQLITE_DONE || database_failed(growing->old, "revision", growing->err);
}

static bool copy_changes(struct growing *growing)
{
    static const struct statement all = {
        "SELECT kind, id, change, before, after, revision FROM change ORDER BY revision, kind, id", 6};
    sqlite3_stmt *rows CLEANUP(database_finish) = NULL;
    if (!database_prepare(growing->old, &all, 1, &rows, growing->err))
        return false;
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *texts[5];
        for (int i = 0; i < 5; i++)
            texts[i] = sqlite3_column_type(rows, i) == SQLITE_NULL ? NULL : column_text(rows, i);
        if (!put_change(growing, sqlite3_column_int64(rows, 5), texts))
            return false;
    }
    return status == SQLITE_DONE || database_failed(growing->old, "change", growing->err);
}

/* Whether this revision is another than the previous one; then its date must be a later one. */
static bool check_later(struct growing *growing, const char *path, const char *revision, const char *date, bool *ret)
{
    static const struct statement last = {"SELECT id, date FROM revision ORDER BY number DESC LIMIT 1", 2};
    sqlite3_stmt *row CLEANUP(database_finish) = NULL;
    if (!database_prepare(growing->old, &last, 1, &row, growing->err))
        return false;
    if (sqlite3_step(row) != SQLITE_ROW)
        return err_set(growing->err, ERR_INPUT,
                       "the previous dataset %s holds no log, not even its own revision: was it made by `%s`?", path,
                       "cyberatlas build");
    *ret = strcmp(column_text(row, 0), revision) != 0;
    if (!*ret || strcmp(date, column_text(row, 1)) > 0)
        return true;
    return err_set(growing->err, ERR_INPUT,
                   "the facts are others than those of the previous dataset %s (revision %s, %s): give "
                   "dataset.json a date later than that, not %s",
                   path, column_text(row, 0), column_text(row, 1), date);
}

static bool grow(struct growing *growing, const char *path, const char *revision, const char *date)
{
    bool is_new = false;
    if (!check_later(growing, path, revision, date, &is_new) || !copy_revisions(growing) || !copy_changes(growing))
        return false;
    if (!is_new)
        return true;
    if (!put_revision(growing, revision, date))
        return false;
    for (size_t i = 0; i < COUNT_OF(traces); i++)
        if (!put_differences(growing, &traces[i]))
            return false;
    return true;
}

static bool open_previous(const char *path, sqlite3 **ret, struct err *err)
{
    struct err why = {0};
    if (dataset_open_facts(path, ret, &why))
        return true;
    return err_set(err, why.kind,
                   "cannot extend the log of the previous dataset: %.600s; for a log that goes on build that dataset "
                   "anew from its own seeds, for one that begins now leave --previous out",
                   why.text);
}

bool store_write_log(struct store_writer *writer, const char *previous, const char *date, struct err *err)
{
    struct growing growing CLEANUP(growing_done) = {.fresh = writer->db, .err = err};
    if (!database_prepare(writer->db, put_statements, PUT_LOG_COUNT, growing.put, err))
        return false;
    if (previous == NULL)
        return put_revision(&growing, writer->revision, date);
    return open_previous(previous, &growing.old, err) && grow(&growing, previous, writer->revision, date);
}
