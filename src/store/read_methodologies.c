/* SPDX-License-Identifier: MIT */
/* Every version of every methodology, back from its tables. Fractions come back as they were written; a methodology
 * without the interval of an answer that it must know is an error, since every score would be wrong. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/facts.h"
#include "internal.h"

static bool one_weight(struct reading *reading, sqlite3_stmt *row, void *item)
{
    int64_t weight;
    if (!reading_number(reading, row, 2, INT32_MAX, &weight))
        return false;
    *(struct weight *)item = (struct weight){reading_text(reading, row, 1), (int32_t)weight};
    return true;
}

/* Digits at *at, which moves behind them. */
static bool digits(const char **at, int32_t *ret)
{
    char *end;
    long number = **at >= '0' && **at <= '9' ? strtol(*at, &end, 10) : -1;
    if (number < 0 || number > INT32_MAX)
        return false;
    *at = end;
    *ret = (int32_t)number;
    return true;
}

/* "3/5", or "1". */
static bool fraction_at(struct reading *reading, sqlite3_stmt *row, int column, struct fraction *ret)
{
    const char *at = column_text(row, column);
    struct fraction made = {0, 1};
    bool is_read = digits(&at, &made.num);
    if (is_read && *at == '/') {
        at++;
        is_read = digits(&at, &made.den) && made.den > 0;
    }
    if (!is_read || *at != '\0')
        return reading_damaged(reading, row, column);
    *ret = made;
    return true;
}

struct mapped {
    int value;
    struct value_map map;
};

static bool one_mapped(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct mapped *made = item;
    return reading_word(reading, row, 1, answer_value_names, ANSWER_VALUE_COUNT, &made->value) &&
           fraction_at(reading, row, 2, &made->map.low) && fraction_at(reading, row, 3, &made->map.high) &&
           fraction_at(reading, row, 4, &made->map.counted);
}

static bool read_values(struct reading *reading, int64_t number, struct methodology *made)
{
    static const enum answer_value needed[] = {ANSWER_UNKNOWN, ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO};
    const struct array array = {QUERY_VALUES, number, sizeof(struct mapped), one_mapped};
    void *read = NULL;
    size_t count = 0;
    if (!reading_array(reading, &array, &read, &count))
        return false;
    const struct mapped *mapped = read;
    for (size_t i = 0; i < count; i++)
        made->values[mapped[i].value] = mapped[i].map;
    for (size_t i = 0; i < COUNT_OF(needed); i++)
        if (made->values[needed[i]].high.den == 0)
            return err_set(reading->err, ERR_SYSTEM, "the dataset is damaged: methodology %s %s has no interval for %s",
                           made->id, made->version, answer_value_names[needed[i]]);
    return true;
}

/* "assessor our_reading". */
static bool read_bases(struct reading *reading, sqlite3_stmt *row, int column, struct methodology *made)
{
    const char *at = column_text(row, column);
    while (*at != '\0') {
        size_t len = strcspn(at, " ");
        const char *word = arena_copy(reading->arena, at, len);
        if (word == NULL)
            return err_memory(reading->err);
        int basis = word_index(word, basis_names, BASIS_COUNT);
        if (basis < 0 || made->basis_count == BASIS_COUNT)
            return reading_damaged(reading, row, column);
        made->bases[made->basis_count++] = (enum basis)basis;
        at += len + strspn(at + len, " ");
    }
    return true;
}

static bool read_rules(struct reading *reading, sqlite3_stmt *row, struct methodology *made)
{
    int64_t months;
    int sure;
    if (!reading_number(reading, row, 7, INT32_MAX, &months) || !read_bases(reading, row, 8, made) ||
        !reading_word(reading, row, 9, sureness_names, SURE_COUNT, &sure) ||
        !fraction_at(reading, row, 10, &made->least_coverage))
        return false;
    made->window_months = (int32_t)months;
    made->least_sure = (enum sureness)sure;
    return true;
}

static bool one_methodology(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct methodology *made = item;
    int64_t number = sqlite3_column_int64(row, 1);
    const struct array weights = {QUERY_WEIGHTS, number, sizeof(struct weight), one_weight};
    *made = (struct methodology){.id = reading_text(reading, row, 2),
                                 .version = reading_text(reading, row, 3),
                                 .title = reading_text(reading, row, 4),
                                 .theme = reading_text(reading, row, 5),
                                 .text = reading_text(reading, row, 6)};
    void *read = NULL;
    if (!arena_ok(reading->arena))
        return err_memory(reading->err);
    if (!read_rules(reading, row, made) || !reading_array(reading, &weights, &read, &made->weight_count))
        return false;
    made->weights = read;
    return read_values(reading, number, made);
}

bool read_methodologies(struct reading *reading, struct facts *ret)
{
    static const struct array array = {QUERY_METHODOLOGIES, 0, sizeof(struct methodology), one_methodology};
    void *read = NULL;
    bool done = reading_array(reading, &array, &read, &ret->methodology_count);
    ret->methodologies = read;
    return done;
}
