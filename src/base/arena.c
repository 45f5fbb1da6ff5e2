/* SPDX-License-Identifier: MIT */
/* Memory that is given back all at once: a chain of blocks, filled from the front. A request larger than a block
 * gets a block of its own. The mark of a failure stays until the arena goes. */
#include "cyberatlas/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_SIZE = 64 * 1024,
    LEFT_MOST = BLOCK_SIZE / 16 /* what may stay empty at a block's end */
};

struct block {
    struct block *next;
    size_t used;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *blocks; /* the one in use first */
    size_t total;
    size_t ceiling;
    bool failed;
};

struct arena *arena_new(size_t ceiling)
{
    struct arena *arena = calloc(1, sizeof(*arena));
    if (arena != NULL)
        arena->ceiling = ceiling;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct block *block = arena->blocks, *next; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

void arena_cleanup(struct arena **arena)
{
    arena_free(*arena);
}

/* In front of the blocks, unless what the first one has left is too much to be lost: then behind it. */
static struct block *add_block(struct arena *arena, size_t wanted)
{
    struct block *first = arena->blocks;
    bool behind = first != NULL && first->size - first->used > LEFT_MOST;
    size_t size = behind || wanted > BLOCK_SIZE ? wanted : BLOCK_SIZE;
    struct block *block = malloc(sizeof(*block) + size);
    if (block == NULL)
        return NULL;
    struct block **place = behind ? &arena->blocks->next : &arena->blocks;
    *block = (struct block){.next = *place, .size = size};
    *place = block;
    return block;
}

/* Room that holds anything; NULL marks a failure. */
static void *take(struct arena *arena, size_t size)
{
    const size_t mask = alignof(max_align_t) - 1;
    if (size > arena->ceiling - arena->total || arena->failed) {
        arena->failed = true;
        return NULL;
    }
    size_t rounded = (size + mask) & ~mask;
    struct block *block = arena->blocks;
    if (block == NULL || block->size - block->used < rounded)
        block = add_block(arena, rounded);
    if (block == NULL) {
        arena->failed = true;
        return NULL;
    }
    void *room = block->bytes + block->used;
    block->used += rounded;
    arena->total += size;
    return room;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *room = take(arena, size);
    /* Cleared here and not with the block: most arenas are small, and serve one request. */
    return room == NULL ? NULL : memset(room, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / 2 / size) {
        arena->failed = true;
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *data, size_t len)
{
    char *copy = take(arena, len + 1);
    if (copy == NULL)
        return NULL;
    if (len > 0)
        memcpy(copy, data, len);
    copy[len] = '\0';
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
    va_list args;
    va_list again;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    return text;
}

bool arena_ok(const struct arena *arena)
{
    return !arena->failed;
}
