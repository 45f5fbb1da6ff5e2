/* SPDX-License-Identifier: MIT */
/* All facts back from the tables: here the dataset, sources, vocabularies and criteria. What is read equals what was
 * written, in the same order, and shares nothing with the file. */
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/facts.h"
#include "internal.h"

enum { READ_BYTES = 256 * 1024 * 1024 }; /* of the facts in memory */

static bool one_source(struct reading *reading, sqlite3_stmt *row, void *item)
{
    *(struct source *)item = (struct source){.id = reading_text(reading, row, 1),
                                             .title = reading_text(reading, row, 2),
                                             .publisher = reading_text(reading, row, 3),
                                             .url = reading_text(reading, row, 4),
                                             .published = reading_text(reading, row, 5),
                                             .captured = reading_text(reading, row, 6),
                                             .sha256 = reading_text(reading, row, 7),
                                             .terms = reading_text(reading, row, 8),
                                             .note = reading_text(reading, row, 9)};
    return true;
}

static bool one_term(struct reading *reading, sqlite3_stmt *row, void *item)
{
    *(struct term *)item =
        (struct term){reading_text(reading, row, 1), reading_text(reading, row, 2), reading_text(reading, row, 3)};
    return true;
}

static bool one_vocabulary(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct vocabulary *made = item;
    const struct array terms = {QUERY_TERMS, sqlite3_column_int64(row, 1), sizeof(struct term), one_term};
    *made = (struct vocabulary){.id = reading_text(reading, row, 2), .title = reading_text(reading, row, 3)};
    void *read = NULL;
    bool done = reading_array(reading, &terms, &read, &made->term_count);
    made->terms = read;
    return done;
}

struct allowed {
    enum answer_value value;
    bool allowed;
    const char *meaning;
};

static bool one_allowed(struct reading *reading, sqlite3_stmt *row, void *item)
{
    int value;
    if (!reading_word(reading, row, 1, answer_value_names, ANSWER_VALUE_COUNT, &value))
        return false;
    *(struct allowed *)item =
        (struct allowed){(enum answer_value)value, sqlite3_column_int(row, 2) != 0, reading_text(reading, row, 3)};
    return true;
}

/* Meanings lie in the order of their values. */
static bool read_meanings(struct reading *reading, int64_t number, struct criterion *made)
{
    const struct array array = {QUERY_MEANINGS, number, sizeof(struct allowed), one_allowed};
    void *read = NULL;
    size_t count = 0;
    struct meaning *meanings = arena_array(reading->arena, ANSWER_VALUE_COUNT, sizeof(*meanings));
    if (!reading_array(reading, &array, &read, &count))
        return false;
    const struct allowed *by_value[ANSWER_VALUE_COUNT] = {0};
    for (size_t i = 0; i < count; i++)
        by_value[((struct allowed *)read)[i].value] = (struct allowed *)read + i;
    for (int value = 0; meanings != NULL && value < ANSWER_VALUE_COUNT; value++) {
        if (by_value[value] == NULL)
            continue;
        made->allowed[value] = by_value[value]->allowed;
        if (by_value[value]->meaning != NULL)
            meanings[made->meaning_count++] = (struct meaning){(enum answer_value)value, by_value[value]->meaning};
    }
    made->meanings = meanings;
    return true;
}

static bool one_criterion(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct criterion *made = item;
    *made = (struct criterion){.id = reading_text(reading, row, 2),
                               .theme = reading_text(reading, row, 3),
                               .label = reading_text(reading, row, 4),
                               .question = reading_text(reading, row, 5),
                               .note = reading_text(reading, row, 6),
                               .source = reading_text(reading, row, 7),
                               .at = reading_text(reading, row, 8)};
    return read_meanings(reading, sqlite3_column_int64(row, 1), made);
}

static bool read_tables(struct reading *reading, struct facts *ret)
{
    static const struct array sources = {QUERY_SOURCES, 0, sizeof(struct source), one_source};
    static const struct array vocabularies = {QUERY_VOCABULARIES, 0, sizeof(struct vocabulary), one_vocabulary};
    static const struct array criteria = {QUERY_CRITERIA, 0, sizeof(struct criterion), one_criterion};
    void *read[3] = {NULL, NULL, NULL};
    bool done = reading_array(reading, &sources, &read[0], &ret->source_count) &&
                reading_array(reading, &vocabularies, &read[1], &ret->vocabulary_count) &&
                reading_array(reading, &criteria, &read[2], &ret->criterion_count);
    ret->sources = read[0];
    ret->vocabularies = read[1];
    ret->criteria = read[2];
    return done && read_methodologies(reading, ret) && read_things(reading, ret) && read_answers(reading, ret) &&
           read_indices(reading, ret) && read_names(reading, ret) && read_contacts(reading, ret) &&
           read_log(reading, &ret->log);
}

static bool read_dataset(const struct store *store, struct reading *reading, struct dataset *ret)
{
    const struct {
        const char *key;
        const char **ret;
        bool required;
    } keys[] = {{"id", &ret->id, true},
                {"title", &ret->title, true},
                {"description", &ret->description, true},
                {"date", &ret->date, true},
                {"publisher", &ret->publisher, true},
                {"licence", &ret->licence, true},
                {"licence_url", &ret->licence_url, true},
                {"terms", &ret->terms, true},
                {"homepage", &ret->homepage, false}};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const char *value = store_key(store, keys[i].key);
        if (value == NULL && keys[i].required)
            return err_set(reading->err, ERR_SYSTEM, "the dataset is damaged: it does not say its %s", keys[i].key);
        *keys[i].ret = value == NULL ? NULL : arena_text(reading->arena, value);
    }
    return true;
}

bool store_read_facts(struct store *store, struct facts **ret, struct err *err)
{
    struct arena *arena CLEANUP(arena_cleanup) = arena_new(READ_BYTES);
    struct facts *facts = arena == NULL ? NULL : arena_alloc(arena, sizeof(*facts));
    if (facts == NULL)
        return err_memory(err);
    facts->arena = arena;
    struct reading reading CLEANUP(reading_done) = {.arena = arena, .err = err};
    if (!reading_start(&reading, store->db) || !read_dataset(store, &reading, &facts->dataset) ||
        !read_tables(&reading, facts))
        return false;
    if (!arena_ok(arena))
        return err_memory(err);
    *ret = facts;
    arena = NULL;
    return true;
}
