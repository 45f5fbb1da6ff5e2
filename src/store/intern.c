/* SPDX-License-Identifier: MIT */
/* Texts that are kept once, however often they are read: ids, dates and places stand in thousands of rows. A set of
 * pointers into an arena, found by hash. Without memory for the set a text is simply kept twice. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "internal.h"

enum { SLOTS_FIRST = 4096 };

static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037ULL; /* FNV-1a */
    for (const char *c = text; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211ULL;
    return hash ^ hash >> 32;
}

/* The slot of a text: where it is, or the empty one where it would go. */
static size_t slot_of(const char *const *slots, size_t size, const char *text)
{
    size_t slot = (size_t)hash_of(text) & (size - 1);
    while (slots[slot] != NULL && strcmp(slots[slot], text) != 0)
        slot = (slot + 1) & (size - 1);
    return slot;
}

/* Room for one more; false without memory. */
static bool grow(struct intern *intern)
{
    if (intern->count < intern->size / 2)
        return true;
    size_t size = intern->size == 0 ? SLOTS_FIRST : intern->size * 2;
    const char **slots = calloc(size, sizeof(*slots));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < intern->size; i++)
        if (intern->slots[i] != NULL)
            slots[slot_of(slots, size, intern->slots[i])] = intern->slots[i];
    free(intern->slots);
    intern->slots = slots;
    intern->size = size;
    return true;
}

const char *intern_text(struct intern *intern, struct arena *arena, const char *text)
{
    if (!grow(intern))
        return arena_text(arena, text);
    const char **slot = &intern->slots[slot_of(intern->slots, intern->size, text)];
    if (*slot != NULL)
        return *slot;
    *slot = arena_text(arena, text);
    intern->count += *slot != NULL;
    return *slot;
}

void intern_done(struct intern *intern)
{
    free(intern->slots);
    *intern = (struct intern){0};
}
