/* SPDX-License-Identifier: MIT */
/* The log: one write(2) a line, so that lines of several threads never mix; outside bytes are always escaped. */
#include "cyberatlas/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { LONGEST_MESSAGE = 2000 };

const char *const log_level_names[LOG_LEVEL_COUNT] = {
    [LOG_ERROR] = "error", [LOG_WARN] = "warn", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"};

static enum log_level level_now = LOG_INFO;

void log_set_level(enum log_level level)
{
    level_now = level;
}

void log_escape(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\')
            buf_printf(out, "\\x%02x", c);
        else
            buf_putc(out, (char)c);
    }
}

/* Like log_escape, but a sentence keeps its quotes. */
static void add_sentence(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            buf_putc(out, *text);
        else
            log_escape(out, text, 1);
    }
}

void log_write(enum log_level level, const char *fmt, ...)
{
    if (level > level_now)
        return;
    char message[LONGEST_MESSAGE];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    CLEANUP(buf_done) struct buf line;
    buf_init(&line, LONGEST_MESSAGE * 4 + 64);
    buf_printf(&line, "cyberatlas: %s: ", log_level_names[level]);
    add_sentence(&line, message);
    buf_putc(&line, '\n');
    if (line.data != NULL)
        (void)!write(STDERR_FILENO, line.data, line.len);
}
