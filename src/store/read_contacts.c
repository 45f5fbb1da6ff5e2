/* SPDX-License-Identifier: MIT */
/* The order of contacts and the names of countries in other languages, back from their tables. A column that holds
 * several words has them in order with a space between two; one that is NULL holds none. */
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/base/kind.h"
#include "internal.h"

static struct words words_at(struct reading *reading, sqlite3_stmt *row, int column)
{
    const char *at = column_text(row, column);
    size_t room = *at == '\0' ? 0 : 1;
    for (const char *c = at; *c != '\0'; c++)
        room += *c == ' ';
    const char **items = arena_array(reading->arena, room, sizeof(*items));
    struct words words = {items, 0};
    for (; items != NULL && *at != '\0'; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        items[words.count++] = arena_copy(reading->arena, at, len);
        at += len;
    }
    return words;
}

static bool one_word(struct reading *reading, sqlite3_stmt *row, void *item)
{
    *(struct contact_word *)item =
        (struct contact_word){reading_text(reading, row, 1), reading_text(reading, row, 2), words_at(reading, row, 3)};
    return true;
}

static bool one_rule(struct reading *reading, sqlite3_stmt *row, void *item)
{
    static const char *const reaches[] = {"country", "organisation"};
    const char *const kinds[] = {kind_table[THING_CERT].name, kind_table[THING_INSTITUTION].name};
    int reach;
    int kind;
    if (!reading_word(reading, row, 4, reaches, COUNT_OF(reaches), &reach) ||
        !reading_word(reading, row, 5, kinds, COUNT_OF(kinds), &kind))
        return false;
    *(struct contact_rule *)item = (struct contact_rule){.id = reading_text(reading, row, 1),
                                                         .purposes = words_at(reading, row, 2),
                                                         .audiences = words_at(reading, row, 3),
                                                         .beyond = reach == 1,
                                                         .kind = kind == 0 ? THING_CERT : THING_INSTITUTION,
                                                         .types = words_at(reading, row, 6),
                                                         .without = words_at(reading, row, 7),
                                                         .sectors = words_at(reading, row, 8),
                                                         .roles = words_at(reading, row, 9),
                                                         .reason = reading_text(reading, row, 10)};
    return true;
}

static bool one_name(struct reading *reading, sqlite3_stmt *row, void *item)
{
    *(struct country_name *)item = (struct country_name){reading_text(reading, row, 1), reading_text(reading, row, 2),
                                                         reading_text(reading, row, 3)};
    reading->names_source = reading_text(reading, row, 4);
    return true;
}

bool read_contacts(struct reading *reading, struct facts *ret)
{
    static const struct array purposes = {QUERY_PURPOSES, 0, sizeof(struct contact_word), one_word};
    static const struct array audiences = {QUERY_AUDIENCES, 0, sizeof(struct contact_word), one_word};
    static const struct array rules = {QUERY_RULES, 0, sizeof(struct contact_rule), one_rule};
    struct contact_order *order = &ret->contacts;
    void *read[3] = {NULL, NULL, NULL};
    bool done = reading_array(reading, &purposes, &read[0], &order->purpose_count) &&
                reading_array(reading, &audiences, &read[1], &order->audience_count) &&
                reading_array(reading, &rules, &read[2], &order->rule_count);
    order->purposes = read[0];
    order->audiences = read[1];
    order->rules = read[2];
    return done;
}

bool read_names(struct reading *reading, struct facts *ret)
{
    static const struct array names = {QUERY_NAMES, 0, sizeof(struct country_name), one_name};
    void *read = NULL;
    bool done = reading_array(reading, &names, &read, &ret->name_count);
    ret->names = read;
    ret->names_source = reading->names_source;
    return done;
}
