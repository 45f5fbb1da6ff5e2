/* SPDX-License-Identifier: MIT */
/* The folder in which `serve DATA` builds its dataset: made below TMPDIR, and removed with the file in it. It knows
 * nothing of what the file holds. */
#include "workplace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool workplace_make(struct workplace *place, struct err *err)
{
    const char *base = getenv("TMPDIR");
    (void)snprintf(place->folder, sizeof(place->folder), "%s/cyberatlas-XXXXXX",
                   base != NULL && *base != '\0' ? base : P_tmpdir);
    if (mkdtemp(place->folder) == NULL) {
        err_set(err, ERR_SYSTEM, "%s: %s", place->folder, strerror(errno));
        place->folder[0] = '\0';
        return false;
    }
    (void)snprintf(place->file, sizeof(place->file), "%s/atlas.db", place->folder);
    return true;
}

void workplace_remove(struct workplace *place)
{
    if (place->folder[0] == '\0')
        return;
    (void)unlink(place->file);
    (void)rmdir(place->folder);
}
