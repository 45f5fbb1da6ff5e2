/* SPDX-License-Identifier: MIT */
/* Growing bytes with a ceiling. A failed append (memory, ceiling) leaves the buffer as it was and marks it;
 * so a writer appends freely and asks buf_ok once at the end. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/base/common.h"

struct buf {
    char *data; /* NULL while empty; always followed by a NUL that len does not count */
    size_t len;
    size_t cap;
    size_t ceiling; /* largest len allowed */
    bool failed;
};

/* An empty buffer that may grow to `ceiling` bytes. */
void buf_init(struct buf *buf, size_t ceiling);
/* Frees the bytes; accepts a buffer that was zeroed and never initialised. */
void buf_done(struct buf *buf);
void buf_add(struct buf *buf, const char *data, size_t len);
void buf_puts(struct buf *buf, const char *text);
/* Every bracket and comma comes this way, so that it is worth its place here: nearly always there is room. */
static inline void buf_putc(struct buf *buf, char c)
{
    if (buf->len + 1 >= buf->cap || buf->len == buf->ceiling || buf->failed) {
        buf_add(buf, &c, 1);
        return;
    }
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}
void buf_printf(struct buf *buf, const char *fmt, ...) PRINTF(2, 3);
/* Forgets the contents, keeps the memory, clears the mark. */
void buf_reset(struct buf *buf);
/* True when no append has failed since the start or the last reset. */
bool buf_ok(const struct buf *buf) MUST_USE;
/* Hands the bytes to the caller, who frees them with free(); the buffer is empty afterwards. NULL when empty. */
char *buf_take(struct buf *buf, size_t *ret_len) MUST_USE;
