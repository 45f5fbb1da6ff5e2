/* SPDX-License-Identifier: MIT */
/* The table `dataset` in memory: read once when a file is opened, so that asking for a key neither fails nor takes a
 * connection. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "internal.h"

enum { KEYS_MAX = 128, KEYS_BYTES = 1024 * 1024 };

struct keys {
    struct arena *arena;
    size_t count;
    const char *names[KEYS_MAX];
    const char *values[KEYS_MAX];
};

static bool keys_read(sqlite3_stmt *rows, struct keys *keys, struct err *err)
{
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        if (keys->count == KEYS_MAX)
            return err_set(err, ERR_SYSTEM, "the dataset says more than %d things of itself", (int)KEYS_MAX);
        keys->names[keys->count] = arena_text(keys->arena, column_text(rows, 0));
        keys->values[keys->count] = arena_text(keys->arena, column_text(rows, 1));
        if (!arena_ok(keys->arena))
            return err_memory(err);
        keys->count++;
    }
    return status == SQLITE_DONE || database_failed(sqlite3_db_handle(rows), "dataset", err);
}

bool keys_load(sqlite3 *db, struct keys **ret, struct err *err)
{
    static const struct statement all = {"SELECT key, value FROM dataset ORDER BY key", 2};
    sqlite3_stmt *rows CLEANUP(database_finish) = NULL;
    struct keys *keys = calloc(1, sizeof(*keys));
    if (keys == NULL)
        return err_memory(err);
    keys->arena = arena_new(KEYS_BYTES);
    if (keys->arena == NULL)
        (void)err_memory(err);
    else if (database_prepare(db, &all, 1, &rows, err) && keys_read(rows, keys, err)) {
        *ret = keys;
        return true;
    }
    keys_free(keys);
    return false;
}

void keys_free(struct keys *keys)
{
    if (keys == NULL)
        return;
    arena_free(keys->arena);
    free(keys);
}

const char *keys_get(const struct keys *keys, const char *key)
{
    for (size_t i = 0; i < keys->count; i++)
        if (strcmp(keys->names[i], key) == 0)
            return keys->values[i];
    return NULL;
}
