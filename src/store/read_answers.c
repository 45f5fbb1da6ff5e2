/* SPDX-License-Identifier: MIT */
/* Countries, as far as answers to questions show them (every claim of their names and groups), and all answers, back
 * from their tables. The order is that of writing, on which every look-up in the facts relies. */
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/facts.h"
#include "internal.h"

/* Parts of a group, in the order of the field table; each stands in two columns, as JSON and as text. */
static const char *const group_parts[] = {"group", "since", "until"};
enum { GROUP_PARTS = COUNT_OF(group_parts), AT_VALUE = 11, AT_TEXT, AT_PARTS };

static struct value text_value(struct reading *reading, sqlite3_stmt *row, int column)
{
    return (struct value){
        .type = VALUE_TEXT, .json = reading_text(reading, row, column), .text = reading_text(reading, row, column + 1)};
}

static bool record_value(struct reading *reading, sqlite3_stmt *row, struct value *ret)
{
    struct value *items = arena_array(reading->arena, GROUP_PARTS, sizeof(*items));
    const char **keys = arena_array(reading->arena, GROUP_PARTS, sizeof(*keys));
    if (items == NULL || keys == NULL)
        return err_memory(reading->err);
    *ret = (struct value){
        .type = VALUE_RECORD, .json = reading_text(reading, row, AT_VALUE), .items = items, .keys = keys};
    for (int part = 0; part < (int)GROUP_PARTS; part++) {
        int column = AT_PARTS + 2 * part;
        if (column_text(row, column)[0] == '\0')
            continue;
        keys[ret->count] = group_parts[part];
        items[ret->count++] = text_value(reading, row, column);
    }
    return true;
}

static bool one_claim(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct claim *made = item;
    int64_t n;
    if (!reading_number(reading, row, 3, UINT32_MAX, &n))
        return false;
    *made = (struct claim){.field = reading_text(reading, row, 1),
                           .item = reading_text(reading, row, 2),
                           .n = (uint32_t)n,
                           .unknown = reading_text(reading, row, 4),
                           .qualifier = reading_text(reading, row, 5),
                           .evidence = reading_evidence(reading, row, 6)};
    char first = column_text(row, AT_VALUE)[0];
    if (first == '"')
        made->value = text_value(reading, row, AT_VALUE);
    return first == '"' || first == '\0' ||
           (first == '{' ? record_value(reading, row, &made->value) : reading_damaged(reading, row, AT_VALUE));
}

static bool one_country(struct reading *reading, sqlite3_stmt *row, void *item)
{
    struct thing *made = item;
    const struct array claims = {QUERY_CLAIMS, sqlite3_column_int64(row, 1), sizeof(struct claim), one_claim};
    *made = (struct thing){.kind = THING_COUNTRY, .id = reading_text(reading, row, 2)};
    void *read = NULL;
    bool done = reading_array(reading, &claims, &read, &made->claim_count);
    made->claims = read;
    return done;
}

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

bool read_countries(struct reading *reading, struct facts *ret)
{
    static const struct array array = {QUERY_COUNTRIES, 0, sizeof(struct thing), one_country};
    void *read = NULL;
    bool done = reading_array(reading, &array, &read, &ret->thing_count);
    ret->things = read;
    return done;
}

bool read_answers(struct reading *reading, struct facts *ret)
{
    static const struct array array = {QUERY_ANSWERS, 0, sizeof(struct answer), one_answer};
    void *read = NULL;
    bool done = reading_array(reading, &array, &read, &ret->answer_count);
    ret->answers = read;
    return done;
}
