/* SPDX-License-Identifier: MIT */
/* Typed tables of the values that are shown, for who opens the file with sqlite3: countries, their groups, teams with
 * types, sectors and memberships, and the other spellings that lead to them. All of it is derived from the claims and
 * so is no part of the revision. */
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

enum shown_table { SHOWN_COUNTRY, SHOWN_GROUP, SHOWN_CERT, SHOWN_TYPE, SHOWN_SECTOR, SHOWN_MEMBERSHIP, SHOWN_COUNT };

static const struct statement shown_statements[SHOWN_COUNT] = {
    [SHOWN_COUNTRY] = {"INSERT INTO country (number, code, alpha3, \"numeric\", name, official_name, standing, region, "
                       "subregion, latitude, longitude) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                       0},
    [SHOWN_GROUP] = {"INSERT INTO country_group (country, \"group\", since, until) VALUES (?1, ?2, ?3, ?4)", 0},
    [SHOWN_CERT] = {"INSERT INTO cert (number, id, country, organisation, name, short_name, status, established, url) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    0},
    [SHOWN_TYPE] = {"INSERT OR IGNORE INTO cert_type (cert, type) VALUES (?1, ?2)", 0},
    [SHOWN_SECTOR] = {"INSERT OR IGNORE INTO cert_sector (cert, sector) VALUES (?1, ?2)", 0},
    [SHOWN_MEMBERSHIP] = {"INSERT INTO cert_membership (cert, body, level, since, until) VALUES (?1, ?2, ?3, ?4, ?5)",
                          0},
};

struct shown {
    struct store_writer *writer;
    const struct facts *facts;
    sqlite3_stmt *put[SHOWN_COUNT];
};

static void shown_done(struct shown *shown)
{
    database_finalize(shown->put, SHOWN_COUNT);
}

static bool write_alias(struct shown *shown, const char *kind, const char *alias, const char *id, struct err *err)
{
    if (alias == NULL)
        return true;
    struct row row = row_start(shown->writer->put[PUT_ALIAS]);
    row_texts(&row, (const char *const[]){kind, alias, id}, 3);
    return row_insert(&row, alias, err);
}

/* The texts of a field of many values in one claim, as aliases of the thing. */
static bool write_aliases(struct shown *shown, const char *kind, const struct thing *thing, const char *field,
                          struct err *err)
{
    const struct value *list = thing_value(thing, field);
    for (size_t i = 0; list != NULL && i < list->count; i++)
        if (!write_alias(shown, kind, list->items[i].text, thing->id, err))
            return false;
    return true;
}

/* The same as rows (thing, text) of a table. */
static bool write_texts(sqlite3_stmt *put, const struct thing *thing, const char *field, struct err *err)
{
    const struct value *list = thing_value(thing, field);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (list->items[i].text == NULL)
            continue;
        struct row row = row_start(put);
        row_texts(&row, (const char *const[]){thing->id, list->items[i].text}, 2);
        if (!row_insert(&row, thing->id, err))
            return false;
    }
    return true;
}

enum { PARTS_MAX = 4 };

/* The shown records of a field of many items, as rows (thing, part, part …). */
static bool write_records(sqlite3_stmt *put, const struct thing *thing, const char *field, const char *const *parts,
                          size_t count, struct err *err)
{
    size_t claim_count;
    const struct claim *claims = thing_claims(thing, field, &claim_count);
    for (size_t i = 0; i < claim_count; i++) {
        if (claims[i].n != 0 || claims[i].value.type != VALUE_RECORD)
            continue;
        const char *texts[PARTS_MAX] = {0};
        for (size_t k = 0; k < count && k < PARTS_MAX; k++) {
            const struct value *part = value_part(&claims[i].value, parts[k]);
            texts[k] = part == NULL ? NULL : part->text;
        }
        struct row row = row_start(put);
        row_text(&row, thing->id);
        row_texts(&row, texts, count);
        if (!row_insert(&row, thing->id, err))
            return false;
    }
    return true;
}

static int64_t number_of(const struct shown *shown, const struct thing *thing)
{
    return thing - shown->facts->things + 1;
}

/* A text of the shown record; NULL where there is none. */
static const char *shown_part(const struct thing *thing, const char *field, const char *key)
{
    const struct value *record = thing_value(thing, field);
    const struct value *part = record == NULL ? NULL : value_part(record, key);
    return part == NULL ? NULL : part->text;
}

static bool write_country(struct shown *shown, const struct thing *thing, struct err *err)
{
    static const char *const group_parts[] = {"group", "since", "until"};
    struct row row = row_start(shown->put[SHOWN_COUNTRY]);
    row_integer(&row, number_of(shown, thing));
    row_texts(&row,
              (const char *const[]){thing->id, thing_text(thing, "alpha3"), thing_text(thing, "numeric"),
                                    thing_text(thing, "name"), thing_text(thing, "official_name"),
                                    thing_text(thing, "standing"), thing_text(thing, "region"),
                                    thing_text(thing, "subregion"), shown_part(thing, "point", "latitude"),
                                    shown_part(thing, "point", "longitude")},
              10);
    return row_insert(&row, thing->id, err) &&
           write_records(shown->put[SHOWN_GROUP], thing, "groups", group_parts, COUNT_OF(group_parts), err) &&
           write_alias(shown, "country", thing_text(thing, "alpha3"), thing->id, err) &&
           write_alias(shown, "country", thing_text(thing, "numeric"), thing->id, err) &&
           write_aliases(shown, "country", thing, "aliases", err);
}

static bool write_cert(struct shown *shown, const struct thing *thing, struct err *err)
{
    static const char *const membership_parts[] = {"body", "level", "since", "until"};
    bool is_national = thing->owner != NULL && facts_country(shown->facts, thing->owner) != NULL;
    struct row row = row_start(shown->put[SHOWN_CERT]);
    row_integer(&row, number_of(shown, thing));
    row_texts(&row,
              (const char *const[]){thing->id, is_national ? thing->owner : NULL, is_national ? NULL : thing->owner,
                                    thing_text(thing, "name"), thing_text(thing, "short_name"),
                                    thing_text(thing, "status"), thing_text(thing, "established"),
                                    thing_text(thing, "url")},
              8);
    return row_insert(&row, thing->id, err) && write_texts(shown->put[SHOWN_TYPE], thing, "types", err) &&
           write_texts(shown->put[SHOWN_SECTOR], thing, "sectors", err) &&
           write_records(shown->put[SHOWN_MEMBERSHIP], thing, "memberships", membership_parts,
                         COUNT_OF(membership_parts), err) &&
           write_aliases(shown, "cert", thing, "former_ids", err);
}

static bool write_kind(struct shown *shown, enum thing_kind kind,
                       bool (*write)(struct shown *shown, const struct thing *thing, struct err *err), struct err *err)
{
    size_t count;
    const struct thing *things = facts_things(shown->facts, kind, NULL, &count);
    for (size_t i = 0; i < count; i++)
        if (!write(shown, &things[i], err))
            return false;
    return true;
}

bool shown_write(struct store_writer *writer, const struct facts *facts, struct err *err)
{
    struct shown shown CLEANUP(shown_done) = {.writer = writer, .facts = facts};
    return database_prepare(writer->db, shown_statements, SHOWN_COUNT, shown.put, err) &&
           write_kind(&shown, THING_COUNTRY, write_country, err) && write_kind(&shown, THING_CERT, write_cert, err);
}
