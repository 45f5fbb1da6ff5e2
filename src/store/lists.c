/* SPDX-License-Identifier: MIT */
/* Sizes and orders of the lists, in memory and shared by all readers: four bytes for each item and order. So putting
 * found items in order is one walk, without SQL. Invariant: an order holds each item of its list exactly once. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "internal.h"

enum { LISTS_MAX = 64, ORDERS_MAX = 256, LISTS_BYTES = 64 * 1024 * 1024 };

struct list_size {
    const char *name;
    size_t count;
};

struct order {
    const char *list;
    const char *sort;
    uint32_t *ords;
    size_t size;  /* of the list */
    size_t count; /* read so far */
};

struct lists {
    struct arena *arena;
    struct list_size sizes[LISTS_MAX];
    size_t size_count;
    struct order orders[ORDERS_MAX];
    size_t order_count;
};

enum lists_statement { LISTS_SIZES, LISTS_ORDERS, LISTS_COUNT };
static const struct statement lists_statements[LISTS_COUNT] = {
    [LISTS_SIZES] = {"SELECT list, max(ord) + 1 FROM fragment GROUP BY list ORDER BY list", 2},
    [LISTS_ORDERS] = {"SELECT list, sort, place, ord FROM ordering ORDER BY list, sort, place", 4},
};

struct statements {
    sqlite3_stmt *get[LISTS_COUNT];
};

static void statements_done(struct statements *statements)
{
    database_finalize(statements->get, LISTS_COUNT);
}

static bool sizes_read(sqlite3_stmt *rows, struct lists *lists, struct err *err)
{
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        if (lists->size_count == LISTS_MAX)
            return err_set(err, ERR_SYSTEM, "the dataset has more than %d lists", (int)LISTS_MAX);
        struct list_size *size = &lists->sizes[lists->size_count++];
        size->name = arena_text(lists->arena, column_text(rows, 0));
        size->count = (size_t)sqlite3_column_int64(rows, 1);
        if (size->name == NULL)
            return err_memory(err);
    }
    return status == SQLITE_DONE || database_failed(sqlite3_db_handle(rows), "fragment", err);
}

/* The order that the row belongs to, new where it begins; NULL when there is no room. */
static struct order *order_of(sqlite3_stmt *rows, struct lists *lists)
{
    const char *list = column_text(rows, 0);
    const char *sort = column_text(rows, 1);
    struct order *last = lists->order_count == 0 ? NULL : &lists->orders[lists->order_count - 1];
    if (last != NULL && strcmp(last->list, list) == 0 && strcmp(last->sort, sort) == 0)
        return last;
    if (lists->order_count == ORDERS_MAX)
        return NULL;
    size_t size = lists_size(lists, list);
    struct order order = {.list = arena_text(lists->arena, list),
                          .sort = arena_text(lists->arena, sort),
                          .ords = arena_array(lists->arena, size, sizeof(uint32_t)),
                          .size = size};
    if (!arena_ok(lists->arena))
        return NULL;
    lists->orders[lists->order_count] = order;
    return &lists->orders[lists->order_count++];
}

static bool orders_read(sqlite3_stmt *rows, struct lists *lists, const char *path, struct err *err)
{
    int status;
    while ((status = sqlite3_step(rows)) == SQLITE_ROW) {
        struct order *order = order_of(rows, lists);
        if (order == NULL)
            return err_memory(err);
        sqlite3_int64 ord = sqlite3_column_int64(rows, 3);
        if (order->count >= order->size || ord < 0 || (size_t)ord >= order->size)
            return err_set(err, ERR_SYSTEM, "%s is damaged: the order %s of %s does not fit the list", path,
                           order->sort, order->list);
        order->ords[order->count++] = (uint32_t)ord;
    }
    return status == SQLITE_DONE || database_failed(sqlite3_db_handle(rows), "ordering", err);
}

/* Full length and no item twice: then none is missing. */
static bool order_check(const struct order *order, const char *path, struct err *err)
{
    unsigned char *seen = calloc(order->size + 1, 1);
    if (seen == NULL)
        return err_memory(err);
    bool is_complete = order->count == order->size;
    for (size_t i = 0; i < order->count; i++) {
        is_complete = is_complete && seen[order->ords[i]] == 0;
        seen[order->ords[i]] = 1;
    }
    free(seen);
    return is_complete || err_set(err, ERR_SYSTEM, "%s is damaged: the order %s of %s is not complete", path,
                                  order->sort, order->list);
}

static bool lists_fill(sqlite3 *db, const char *path, struct lists *lists, struct err *err)
{
    struct statements statements CLEANUP(statements_done) = {0};
    if (!database_prepare(db, lists_statements, LISTS_COUNT, statements.get, err) ||
        !sizes_read(statements.get[LISTS_SIZES], lists, err) ||
        !orders_read(statements.get[LISTS_ORDERS], lists, path, err))
        return false;
    for (size_t i = 0; i < lists->order_count; i++)
        if (!order_check(&lists->orders[i], path, err))
            return false;
    return true;
}

bool lists_load(sqlite3 *db, const char *path, struct lists **ret, struct err *err)
{
    struct lists *lists = calloc(1, sizeof(*lists));
    if (lists == NULL)
        return err_memory(err);
    lists->arena = arena_new(LISTS_BYTES);
    if (lists->arena == NULL)
        (void)err_memory(err);
    else if (lists_fill(db, path, lists, err)) {
        *ret = lists;
        return true;
    }
    lists_free(lists);
    return false;
}

void lists_free(struct lists *lists)
{
    if (lists == NULL)
        return;
    arena_free(lists->arena);
    free(lists);
}

size_t lists_size(const struct lists *lists, const char *list)
{
    for (size_t i = 0; i < lists->size_count; i++)
        if (strcmp(lists->sizes[i].name, list) == 0)
            return lists->sizes[i].count;
    return 0;
}

const uint32_t *lists_order(const struct lists *lists, const char *list, const char *sort)
{
    for (size_t i = 0; i < lists->order_count; i++)
        if (strcmp(lists->orders[i].list, list) == 0 && strcmp(lists->orders[i].sort, sort) == 0)
            return lists->orders[i].ords;
    return NULL;
}
