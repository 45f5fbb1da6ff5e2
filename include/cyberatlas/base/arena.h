/* SPDX-License-Identifier: MIT */
/* Memory that is given back all at once: facts, trees and tables live in one. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "cyberatlas/base/common.h"

struct arena;

/* NULL when there is no memory. `ceiling` bounds the sum of all that is asked of it. */
struct arena *arena_new(size_t ceiling) MUST_USE;
/* Accepts NULL. */
void arena_free(struct arena *arena);
/* For CLEANUP(arena_cleanup). */
void arena_cleanup(struct arena **arena);
/* Zeroed, aligned for any type; NULL (and the arena marked) when memory or the ceiling is reached. */
void *arena_alloc(struct arena *arena, size_t size) MUST_USE;
/* `count` items of `size` each, with the product checked. */
void *arena_array(struct arena *arena, size_t count, size_t size) MUST_USE;
char *arena_copy(struct arena *arena, const char *data, size_t len) MUST_USE;
char *arena_text(struct arena *arena, const char *text) MUST_USE;
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF(2, 3) MUST_USE;
/* False once any call has failed: builders may ignore single NULLs and ask this at the end. */
bool arena_ok(const struct arena *arena) MUST_USE;
