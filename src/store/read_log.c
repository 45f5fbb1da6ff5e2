/* SPDX-License-Identifier: MIT */
/* The log of publications back from its tables, in the order of writing. It knows no rule of how a log grows; log.c
 * does. */
#include "cyberatlas/base/change.h"
#include "internal.h"

static bool one_revision(struct reading *reading, sqlite3_stmt *row, void *item)
{
    *(struct revision *)item = (struct revision){reading_text(reading, row, 1), reading_text(reading, row, 2)};
    return true;
}

static bool one_change(struct reading *reading, sqlite3_stmt *row, void *item)
{
    int64_t number;
    if (!reading_number(reading, row, 1, UINT32_MAX, &number) || number == 0)
        return reading_damaged(reading, row, 1);
    *(struct change *)item = (struct change){.revision = (size_t)number - 1,
                                             .kind = reading_text(reading, row, 2),
                                             .id = reading_text(reading, row, 3),
                                             .before = reading_text(reading, row, 4),
                                             .after = reading_text(reading, row, 5)};
    return true;
}

bool read_log(struct reading *reading, struct log *ret)
{
    static const struct array revisions = {QUERY_REVISIONS, 0, sizeof(struct revision), one_revision};
    static const struct array changes = {QUERY_CHANGES, 0, sizeof(struct change), one_change};
    void *read[2] = {NULL, NULL};
    bool done = reading_array(reading, &revisions, &read[0], &ret->revision_count) &&
                reading_array(reading, &changes, &read[1], &ret->change_count);
    ret->revisions = read[0];
    ret->changes = read[1];
    /* Rows point to numbers, which are those of the places only while none is left out. */
    for (size_t i = 0; done && i < ret->change_count; i++)
        done = ret->changes[i].revision < ret->revision_count ||
               err_set(reading->err, ERR_SYSTEM, "the dataset is damaged: its log has a gap");
    return done;
}
