/* SPDX-License-Identifier: MIT */
/* The access log: one line a request, one write(2) a line, on standard output. What a client sent is escaped, so it
 * can neither end a line nor leave its field, and an address that somebody asks about is blurred. It may not know what
 * a request meant. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cyberatlas/base/log.h"
#include "internal.h"

enum { LONGEST_LINE = 6 * GUARD_TARGET_BYTES + 1024 };

/* Day and month need no locale here: the program never sets one. */
static struct tm utc(int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm parts = {0};
    (void)gmtime_r(&seconds, &parts);
    return parts;
}

/* A JSON string of bytes that need not be text: each one outside printable ASCII stands as its own code. */
static void put_json(struct buf *out, const char *key, const char *text)
{
    buf_printf(out, "\"%s\":\"", key);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\')
            buf_printf(out, "\\u%04x", c);
        else
            buf_putc(out, (char)c);
    }
    buf_puts(out, "\",");
}

static void format_as_json(const struct access_entry *entry, struct buf *out)
{
    char when[32] = "-";
    struct tm parts = utc(entry->at);
    (void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &parts);
    buf_putc(out, '{');
    put_json(out, "time", when);
    put_json(out, "client", entry->client);
    put_json(out, "method", entry->method);
    put_json(out, "target", entry->target);
    put_json(out, "version", entry->version);
    buf_printf(out, "\"status\":%u,\"bytes\":%zu,\"micros\":%lld}\n", entry->status, entry->bytes,
               (long long)entry->micros);
}

static void put_escaped(struct buf *out, const char *text)
{
    log_escape(out, text, strlen(text));
}

static void format_as_common(const struct access_entry *entry, struct buf *out)
{
    char when[40] = "-";
    struct tm parts = utc(entry->at);
    (void)strftime(when, sizeof(when), "%d/%b/%Y:%H:%M:%S +0000", &parts);
    put_escaped(out, entry->client);
    buf_printf(out, " - - [%s] \"", when);
    put_escaped(out, entry->method);
    buf_putc(out, ' ');
    put_escaped(out, entry->target);
    buf_putc(out, ' ');
    put_escaped(out, entry->version);
    buf_printf(out, "\" %u %zu\n", entry->status, entry->bytes);
}

void access_format(enum access_log kind, const struct access_entry *entry, struct buf *out)
{
    switch (kind) {
    case ACCESS_LOG_COMMON:
        format_as_common(entry, out);
        break;
    case ACCESS_LOG_JSON:
        format_as_json(entry, out);
        break;
    case ACCESS_LOG_OFF:
    case ACCESS_LOG_COUNT:
        break;
    }
}

static const char *or_dash(const char *text)
{
    return text[0] == '\0' ? "-" : text;
}

void access_failed(const char *target, const char *cause)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, 2 * GUARD_TARGET_BYTES);
    serve_log_target(target, &text);
    log_write(LOG_ERROR, "cannot answer %.500s: %s", buf_ok(&text) ? text.data : "a request", cause);
}

void access_write(enum access_log kind, const struct slot *slot)
{
    if (kind == ACCESS_LOG_OFF)
        return;
    struct timespec now;
    CLEANUP(buf_done) struct buf target;
    buf_init(&target, 2 * GUARD_TARGET_BYTES);
    serve_log_target(or_dash(slot->target), &target);
    (void)clock_gettime(CLOCK_REALTIME, &now);
    const struct access_entry entry = {
        .at = now.tv_sec,
        .client = slot->client,
        .method = or_dash(slot->method),
        .target = buf_ok(&target) ? target.data : "-",
        .version = or_dash(slot->version),
        .status = slot->status,
        .bytes = slot->bytes,
        .micros = clock_now() - slot->began,
    };
    CLEANUP(buf_done) struct buf line;
    buf_init(&line, LONGEST_LINE);
    access_format(kind, &entry, &line);
    if (buf_ok(&line) && line.data != NULL)
        (void)!write(STDOUT_FILENO, line.data, line.len);
}
