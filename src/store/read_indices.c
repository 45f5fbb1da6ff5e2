/* SPDX-License-Identifier: MIT */
/* Figures of others, back from their tables: each index with its editions and pillars, and its values in the order of
 * writing. A figure stays the text it is. */
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

static bool one_part(struct reading *reading, sqlite3_stmt *row, void *item)
{
    *(struct index_part *)item = (struct index_part){reading_text(reading, row, 1), reading_text(reading, row, 2),
                                                     reading_text(reading, row, 3)};
    return true;
}

static bool one_value(struct reading *reading, sqlite3_stmt *row, void *item)
{
    *(struct index_value *)item = (struct index_value){.country = reading_text(reading, row, 1),
                                                       .edition = reading_text(reading, row, 2),
                                                       .pillar = reading_text(reading, row, 3),
                                                       .value = reading_text(reading, row, 4),
                                                       .evidence = {.source = reading_text(reading, row, 5),
                                                                    .at = reading_text(reading, row, 6),
                                                                    .observed = reading_text(reading, row, 7),
                                                                    .note = reading_text(reading, row, 8)}};
    return true;
}

static bool read_parts(struct reading *reading, int64_t number, struct index *made)
{
    const struct array editions = {QUERY_EDITIONS, number, sizeof(struct index_part), one_part};
    const struct array pillars = {QUERY_PILLARS, number, sizeof(struct index_part), one_part};
    const struct array values = {QUERY_INDEX_VALUES, number, sizeof(struct index_value), one_value};
    void *read[3] = {NULL, NULL, NULL};
    bool done = reading_array(reading, &editions, &read[0], &made->edition_count) &&
                reading_array(reading, &pillars, &read[1], &made->pillar_count) &&
                reading_array(reading, &values, &read[2], &made->value_count);
    made->editions = read[0];
    made->pillars = read[1];
    made->values = read[2];
    return done;
}

static bool one_index(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct index *made = item;
    int form;
    if (!reading_word(reading, row, 7, index_form_names, INDEX_FORM_COUNT, &form))
        return false;
    *made = (struct index){.id = reading_text(reading, row, 2),
                           .title = reading_text(reading, row, 3),
                           .publisher = reading_text(reading, row, 4),
                           .text = reading_text(reading, row, 5),
                           .terms = reading_text(reading, row, 6),
                           .form = (enum index_form)form,
                           .unit = reading_text(reading, row, 8),
                           .lowest = reading_text(reading, row, 9),
                           .highest = reading_text(reading, row, 10),
                           .better = reading_text(reading, row, 11),
                           .source = reading_text(reading, row, 12)};
    return read_parts(reading, sqlite3_column_int64(row, 1), made);
}

bool read_indices(struct reading *reading, struct facts *ret)
{
    static const struct array array = {QUERY_INDICES, 0, sizeof(struct index), one_index};
    void *read = NULL;
    bool done = reading_array(reading, &array, &read, &ret->index_count);
    ret->indices = read;
    return done;
}
