/* SPDX-License-Identifier: MIT */
/* Faults as lines: "FILE:/json/pointer: reason". Knows nothing of seeds. What comes from a file or a file's name is
 * shown with its control characters escaped, so that no seed can write to a reader's terminal. Every fault counts; only
 * the first SEED_FAULTS are kept, and never the same line twice in a row. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

enum { LINES_BYTES = SEED_FAULTS * (SEED_TEXT_BYTES + 1024) };

void seed_faults_init(struct seed_faults *faults)
{
    buf_init(&faults->lines, LINES_BYTES);
    faults->count = 0;
}

void seed_faults_done(struct seed_faults *faults)
{
    buf_done(&faults->lines);
    faults->count = 0;
}

size_t at_depth(const struct at *at)
{
    size_t depth = 0;
    for (; at != NULL; at = at->up)
        depth++;
    return depth;
}

void at_write(const struct at *at, struct buf *out)
{
    if (at == NULL)
        return;
    at_write(at->up, out);
    buf_putc(out, '/');
    if (at->key == NULL) {
        buf_printf(out, "%zu", at->index);
        return;
    }
    for (const char *c = at->key; *c != '\0'; c++) {
        if (*c == '~' || *c == '/')
            buf_puts(out, *c == '~' ? "~0" : "~1");
        else
            buf_putc(out, *c);
    }
}

bool report_acts(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0x200E || point == 0x200F || point == 0xFEFF;
}

static void add_shown(struct buf *out, const char *text)
{
    if (!utf8_valid(text, strlen(text))) {
        for (; *text != '\0'; text++)
            buf_putc(out, *text >= ' ' && *text < 0x7F ? *text : '?');
        return;
    }
    while (*text != '\0') {
        const char *start = text;
        uint32_t point = utf8_next(&text);
        if (report_acts(point))
            buf_printf(out, "\\u%04x", (unsigned)point);
        else
            buf_add(out, start, (size_t)(text - start));
    }
}

/* The last line, without its end, is `line`. */
static bool repeats(const struct seed_faults *faults, const char *line)
{
    size_t len = strlen(line);
    const struct buf *lines = &faults->lines;
    if (lines->len < len + 1 || (lines->len > len + 1 && lines->data[lines->len - len - 2] != '\n'))
        return false;
    return memcmp(lines->data + lines->len - len - 1, line, len) == 0;
}

/* Takes `line` apart no more: escapes it and keeps it. Without memory the count alone tells. */
static void keep(struct seed_faults *faults, const struct buf *line)
{
    struct buf shown CLEANUP(buf_done);
    buf_init(&shown, LINES_BYTES);
    if (line->data != NULL && buf_ok(line))
        add_shown(&shown, line->data);
    if (!buf_ok(&shown) || shown.data == NULL) {
        faults->count++;
        return;
    }
    if (repeats(faults, shown.data))
        return;
    faults->count++;
    if (faults->count > SEED_FAULTS)
        return;
    buf_putc(&shown, '\n');
    buf_add(&faults->lines, shown.data, shown.len);
}

static void report_prefixed(struct seed_faults *faults, struct buf *line, const char *fmt, va_list args) PRINTF(3, 0);

static void report_prefixed(struct seed_faults *faults, struct buf *line, const char *fmt, va_list args)
{
    char *reason = NULL;
    if (vasprintf(&reason, fmt, args) < 0)
        reason = NULL;
    buf_puts(line, reason == NULL ? "out of memory" : reason);
    free(reason);
    keep(faults, line);
}

void report_list(struct seed_faults *faults, const char *file, const struct at *at, const char *fmt, va_list args)
{
    struct buf line CLEANUP(buf_done);
    buf_init(&line, LINES_BYTES);
    buf_printf(&line, "%s:", file);
    at_write(at, &line);
    buf_puts(&line, at == NULL ? "/: " : ": ");
    report_prefixed(faults, &line, fmt, args);
}

void report_at(struct seed_faults *faults, const char *file, const struct at *at, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    report_list(faults, file, at, fmt, args);
    va_end(args);
}

void report_line(struct seed_faults *faults, const char *file, size_t line, size_t column, const char *fmt, ...)
{
    struct buf text CLEANUP(buf_done);
    buf_init(&text, LINES_BYTES);
    buf_printf(&text, "%s:%zu:%zu: ", file, line, column);
    va_list args;
    va_start(args, fmt);
    report_prefixed(faults, &text, fmt, args);
    va_end(args);
}

void report_file(struct seed_faults *faults, const char *file, const char *fmt, ...)
{
    struct buf text CLEANUP(buf_done);
    buf_init(&text, LINES_BYTES);
    buf_printf(&text, "%s: ", file);
    va_list args;
    va_start(args, fmt);
    report_prefixed(faults, &text, fmt, args);
    va_end(args);
}

void report_end(struct seed_faults *faults)
{
    if (faults->count > SEED_FAULTS)
        buf_printf(&faults->lines, "and %zu more faults\n", faults->count - SEED_FAULTS);
}
