/* SPDX-License-Identifier: MIT */
/* All answers, back from their table. The order is that of writing, on which every look-up in the facts relies. */
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

/* The days that `observed` means, as they were cut. */
static bool read_days(struct reading *reading, sqlite3_stmt *row, int column, struct answer *made)
{
    struct date first;
    struct date last;
    made->dated = sqlite3_column_type(row, column) != SQLITE_NULL;
    if (!made->dated)
        return true;
    if (!date_parse(column_text(row, column), &first))
        return reading_damaged(reading, row, column);
    if (!date_parse(column_text(row, column + 1), &last) || last.last < first.first)
        return reading_damaged(reading, row, column + 1);
    made->observed = (struct date){first.first, last.last};
    return true;
}

static bool one_answer(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct answer *made = item;
    int value;
    int basis;
    int sure;
    int64_t year;
    if (!reading_word(reading, row, 3, answer_value_names, ANSWER_VALUE_COUNT, &value) ||
        !reading_number(reading, row, 4, UINT16_MAX, &year) ||
        !reading_word(reading, row, 6, basis_names, BASIS_COUNT, &basis) ||
        !reading_word(reading, row, 7, sureness_names, SURE_COUNT, &sure))
        return false;
    *made = (struct answer){.country = reading_text(reading, row, 1),
                            .criterion = reading_text(reading, row, 2),
                            .value = (enum answer_value)value,
                            .year = (uint16_t)year,
                            .unknown = reading_text(reading, row, 5),
                            .basis = (enum basis)basis,
                            .sure = (enum sureness)sure,
                            .evidence = reading_evidence(reading, row, 8)};
    return read_days(reading, row, 13, made);
}

bool read_answers(struct reading *reading, struct facts *ret)
{
    static const struct array array = {QUERY_ANSWERS, 0, sizeof(struct answer), one_answer};
    void *read = NULL;
    bool done = reading_array(reading, &array, &read, &ret->answer_count);
    ret->answers = read;
    return done;
}
