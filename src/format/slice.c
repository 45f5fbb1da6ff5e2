/* SPDX-License-Identifier: MIT */
/* Parts of what is written already: members of a JSON object, columns of CSV rows, byte for byte as they stand, so that
 * an item that was cut down says just what the whole one says. It scans what this room wrote itself; on anything else
 * it gives less, but reads nothing beyond the end. */
#include <string.h>

#include "internal.h"

bool format_chosen(const struct chosen *chosen, const char *name, size_t len)
{
    for (size_t i = 0; i < chosen->count; i++)
        if (strlen(chosen->names[i]) == len && memcmp(chosen->names[i], name, len) == 0)
            return true;
    return false;
}

/* Behind the string whose opening quote is at json[at]. */
static size_t text_end(const char *json, size_t len, size_t at)
{
    for (at++; at < len && json[at] != '"'; at++)
        at += json[at] == '\\' ? 1 : 0;
    return at < len ? at + 1 : len;
}

/* Behind the value that starts at json[at]: where a comma or the object's own bracket stands. */
static size_t value_end(const char *json, size_t len, size_t at)
{
    for (size_t depth = 0; at < len;) {
        char c = json[at];
        if (c == '"') {
            at = text_end(json, len, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}'))
            break;
        depth += c == '{' || c == '[' ? 1 : 0;
        depth -= depth > 0 && (c == '}' || c == ']') ? 1 : 0;
        at++;
    }
    return at;
}

void format_json_slice(const char *json, size_t len, const struct chosen *chosen, struct buf *out)
{
    size_t first = out->len + 1;
    buf_putc(out, '{');
    for (size_t at = 1; at < len && json[at] == '"';) {
        size_t key_end = text_end(json, len, at);
        size_t end = value_end(json, len, key_end);
        if (key_end >= at + 2 && format_chosen(chosen, json + at + 1, key_end - at - 2)) {
            if (out->len > first)
                buf_putc(out, ',');
            buf_add(out, json + at, end - at);
        }
        at = end + 1;
    }
    buf_putc(out, '}');
}

/* Behind the cell that starts at text[at]. */
static size_t cell_end(const char *text, size_t len, size_t at)
{
    bool quoted = false;
    for (; at < len && (quoted || (text[at] != ',' && text[at] != '\r' && text[at] != '\n')); at++)
        quoted = quoted != (text[at] == '"');
    return at;
}

/* One row, from text[at] on; where the next one starts. */
static size_t slice_row(const struct column *columns, const char *text, size_t len, size_t at,
                        const struct chosen *chosen, struct buf *out)
{
    bool first = true;
    for (size_t i = 0; columns[i].name != NULL; i++) {
        size_t end = cell_end(text, len, at);
        if (format_chosen(chosen, columns[i].name, strlen(columns[i].name))) {
            buf_puts(out, first ? "" : ",");
            buf_add(out, text + at, end - at);
            first = false;
        }
        at = end < len && text[end] == ',' ? end + 1 : end;
    }
    buf_puts(out, "\r\n");
    return at < len ? at + 2 : len;
}

void format_csv_slice(const struct column *columns, const char *rows, size_t len, const struct chosen *chosen,
                      struct buf *out)
{
    for (size_t at = 0; at < len;)
        at = slice_row(columns, rows, len, at, chosen, out);
}
