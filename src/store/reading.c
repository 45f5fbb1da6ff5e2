/* SPDX-License-Identifier: MIT */
/* How facts are read back: the questions put to the tables, their rows as arrays in one arena, and what a column says.
 * It knows the tables and not what is made of them. Whatever this program could not have written is an error. */
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/facts.h"
#include "internal.h"

static const struct statement queries[QUERY_COUNT] = {
    [QUERY_SOURCES] = {"SELECT count(*) OVER (), id, title, publisher, url, published, captured, sha256, terms, note "
                       "FROM source ORDER BY number",
                       10},
    [QUERY_VOCABULARIES] = {"SELECT count(*) OVER (), number, id, title FROM vocabulary ORDER BY number", 4},
    [QUERY_TERMS] = {"SELECT count(*) OVER (), term.id, label, note FROM term JOIN vocabulary AS of "
                     "ON of.id = vocabulary WHERE of.number = ?1 ORDER BY term.number",
                     4},
    [QUERY_CRITERIA] = {"SELECT count(*) OVER (), number, id, theme, label, question, note, source, at FROM criterion "
                        "ORDER BY number",
                        9},
    [QUERY_MEANINGS] = {"SELECT count(*) OVER (), value, allowed, meaning FROM criterion_value JOIN criterion AS of "
                        "ON of.id = criterion WHERE of.number = ?1",
                        4},
    [QUERY_METHODOLOGIES] = {"SELECT count(*) OVER (), number, id, version, title, theme, text, window_months, bases, "
                             "least_sure, least_coverage FROM methodology ORDER BY number",
                             11},
    [QUERY_WEIGHTS] = {"SELECT count(*) OVER (), criterion, weight FROM methodology_weight WHERE methodology = ?1 "
                       "ORDER BY criterion",
                       3},
    [QUERY_VALUES] = {"SELECT count(*) OVER (), value, low, high, counted FROM methodology_value "
                      "WHERE methodology = ?1",
                      5},
    [QUERY_THINGS] = {"SELECT (SELECT count(*) FROM thing), kind, id, owner FROM thing ORDER BY number", 4},
    [QUERY_CLAIMS] = {"SELECT (SELECT count(*) FROM claim), number, thing, field, item, n, unknown, qualifier, source, "
                      "at, observed, since, note, value, value ->> '$' FROM claim ORDER BY number",
                      15},
    [QUERY_NODES] = {"SELECT claim.number, node.id, node.parent, node.key, CASE WHEN node.type IN ('true', 'false') "
                     "THEN node.type WHEN node.type = 'text' THEN json_quote(node.value) ELSE node.value END, "
                     "node.value FROM claim, json_tree(claim.value) AS node WHERE claim.value GLOB '[[{]*' "
                     "ORDER BY claim.number",
                     6},
    [QUERY_ANSWERS] = {"SELECT count(*) OVER (), country, criterion, value, year, unknown, basis, sure, source, at, "
                       "observed, since, note, observed_lo, observed_hi FROM answer ORDER BY number",
                       15},
    [QUERY_INDICES] = {"SELECT count(*) OVER (), number, id, title, publisher, text, terms, form, unit, lowest, "
                       "highest, better, source FROM \"index\" ORDER BY number",
                       13},
    [QUERY_EDITIONS] =
        {"SELECT count(*) OVER (), part.id, part.title, note FROM index_part AS part JOIN \"index\" AS of "
         "ON of.id = \"index\" WHERE of.number = ?1 AND kind = 'edition' ORDER BY part.number",
         4},
    [QUERY_PILLARS] =
        {"SELECT count(*) OVER (), part.id, part.title, note FROM index_part AS part JOIN \"index\" AS of "
         "ON of.id = \"index\" WHERE of.number = ?1 AND kind = 'pillar' ORDER BY part.number",
         4},
    [QUERY_INDEX_VALUES] = {"SELECT count(*) OVER (), country, edition, pillar, value, it.source, at, observed, note "
                            "FROM index_value AS it JOIN \"index\" AS of ON of.id = \"index\" WHERE of.number = ?1 "
                            "ORDER BY it.number",
                            9},
    [QUERY_NAMES] = {"SELECT (SELECT count(*) FROM country_name), country, language, name, source FROM country_name "
                     "ORDER BY number",
                     5},
    [QUERY_PURPOSES] = {"SELECT count(*) OVER (), id, label, terms FROM contact_word WHERE kind = 'purpose' "
                        "ORDER BY number",
                        4},
    [QUERY_AUDIENCES] = {"SELECT count(*) OVER (), id, label, terms FROM contact_word WHERE kind = 'audience' "
                         "ORDER BY number",
                         4},
    [QUERY_RULES] = {"SELECT count(*) OVER (), id, purposes, audiences, whose, kind, types, without, sectors, roles, "
                     "reason FROM contact_rule ORDER BY number",
                     11},
    [QUERY_REVISIONS] = {"SELECT count(*) OVER (), id, date FROM revision ORDER BY number", 3},
    [QUERY_CHANGES] = {"SELECT count(*) OVER (), revision, kind, id, before, after FROM change "
                       "ORDER BY revision, kind, id",
                       6},
};

bool reading_start(struct reading *reading, sqlite3 *db)
{
    return database_prepare(db, queries, QUERY_COUNT, reading->get, reading->err);
}

void reading_done(struct reading *reading)
{
    database_finalize(reading->get, QUERY_COUNT);
    intern_done(&reading->texts);
}

bool reading_array(struct reading *reading, const struct array *array, void **ret, size_t *ret_count)
{
    sqlite3_stmt *row CLEANUP(database_reset) = reading->get[array->query];
    if (sqlite3_bind_parameter_count(row) > 0 && sqlite3_bind_int64(row, 1, array->of) != SQLITE_OK)
        return database_failed(sqlite3_db_handle(row), "cannot ask the dataset", reading->err);
    char *items = NULL;
    size_t count = 0;
    int status;
    for (; (status = sqlite3_step(row)) == SQLITE_ROW; count++) {
        if (count == 0)
            items = arena_array(reading->arena, (size_t)sqlite3_column_int64(row, 0), array->size);
        if (items == NULL)
            return err_memory(reading->err);
        if (!array->one(reading, row, items + count * array->size))
            return false;
    }
    if (status != SQLITE_DONE)
        return database_failed(sqlite3_db_handle(row), "cannot read the dataset", reading->err);
    *ret = items == NULL ? arena_array(reading->arena, 0, array->size) : items;
    *ret_count = count;
    return *ret != NULL || err_memory(reading->err);
}

const char *reading_text(struct reading *reading, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL ? NULL : intern_text(&reading->texts, reading->arena, text);
}

bool reading_damaged(struct reading *reading, sqlite3_stmt *row, int column)
{
    return err_set(reading->err, ERR_SYSTEM, "the dataset is damaged: %s is \"%.80s\"",
                   sqlite3_column_name(row, column), column_text(row, column));
}

bool reading_word(struct reading *reading, sqlite3_stmt *row, int column, const char *const *names, size_t count,
                  int *ret)
{
    *ret = word_index(column_text(row, column), names, count);
    return *ret >= 0 || reading_damaged(reading, row, column);
}

bool reading_number(struct reading *reading, sqlite3_stmt *row, int column, int64_t most, int64_t *ret)
{
    *ret = sqlite3_column_int64(row, column);
    return (*ret >= 0 && *ret <= most) || reading_damaged(reading, row, column);
}

struct evidence reading_evidence(struct reading *reading, sqlite3_stmt *row, int column)
{
    return (struct evidence){.source = reading_text(reading, row, column),
                             .at = reading_text(reading, row, column + 1),
                             .observed = reading_text(reading, row, column + 2),
                             .since = reading_text(reading, row, column + 3),
                             .note = reading_text(reading, row, column + 4)};
}
