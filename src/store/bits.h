/* SPDX-License-Identifier: MIT */
/* A set of the items of a list, a bit for each. */
#pragma once
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/err.h"

struct bits {
    uint64_t *words;
    size_t count; /* of bits */
};

static inline size_t words_of(const struct bits *bits)
{
    return bits->count / 64 + 1;
}

static inline bool bits_init(struct bits *bits, size_t count, struct err *err)
{
    bits->count = count;
    bits->words = calloc(words_of(bits), sizeof(uint64_t));
    if (bits->words != NULL)
        return true;
    (void)err_memory(err);
    return false;
}

static inline void bits_done(struct bits *bits)
{
    free(bits->words);
}

static inline void bits_fill(struct bits *bits, int byte)
{
    memset(bits->words, byte, words_of(bits) * sizeof(uint64_t));
}

static inline bool bits_has(const struct bits *bits, size_t at)
{
    return (bits->words[at / 64] >> at % 64 & 1) != 0;
}

static inline void bits_intersect(struct bits *bits, const struct bits *with)
{
    for (size_t i = 0; i < words_of(bits); i++)
        bits->words[i] &= with->words[i];
}

/* `words` may be NULL: none. */
static inline void bits_unite(struct bits *bits, const uint64_t *words)
{
    for (size_t i = 0; words != NULL && i < words_of(bits); i++)
        bits->words[i] |= words[i];
}
