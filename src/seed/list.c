/* SPDX-License-Identifier: MIT */
/* A list that grows in an arena: what it outgrows stays there until the arena goes, so nothing is freed one by one. It
 * knows nothing of what it holds. */
#include <string.h>

#include "internal.h"

void *list_add(struct arena *arena, struct list *list)
{
    if (list->count == list->cap) {
        size_t cap = list->cap == 0 ? 16 : list->cap * 2;
        unsigned char *grown = arena_array(arena, cap, list->size);
        if (grown == NULL)
            return NULL;
        if (list->count > 0)
            memcpy(grown, list->items, list->count * list->size);
        list->items = grown;
        list->cap = cap;
    }
    return (unsigned char *)list->items + list->size * list->count++;
}
