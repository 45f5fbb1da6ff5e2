/* SPDX-License-Identifier: MIT */
/* The parameter `since`: a revision of the log. One that the log does not hold is 410 whether the log begins later or
 * was never kept, since what a client does is the same: start anew, or ask another replica, whose log may be longer. */
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

enum { REVISION_DIGITS = 12 };

static bool gone(const struct reader *reader, const char *value)
{
    const struct log *log = &reader->catalog->facts->log;
    if (log->revision_count <= 1)
        return fault_parameter(reader->fault, FAULT_REVISION_GONE, "since",
                               "This dataset was built without a log of changes: it knows its own revision, %s, alone, "
                               "and not %s.",
                               reader->catalog->revision, value);
    return fault_parameter(reader->fault, FAULT_REVISION_GONE, "since",
                           "The log of changes does not hold the revision %s: it begins with %s of %s.", value,
                           log->revisions[0].id, log->revisions[0].date);
}

bool question_since(struct reader *reader, char *value)
{
    const struct log *log = &reader->catalog->facts->log;
    if (strlen(value) != REVISION_DIGITS || strspn(value, "0123456789abcdef") != REVISION_DIGITS)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "since",
                               "since is a revision, %d digits of 0-9 and a-f as in Dataset-Revision; /v1/revisions "
                               "lists them.",
                               (int)REVISION_DIGITS);
    for (size_t i = 0; i < log->revision_count; i++)
        if (strcmp(log->revisions[i].id, value) == 0) {
            reader->query->question.since = &log->revisions[i];
            return true;
        }
    return gone(reader, value);
}
