/* SPDX-License-Identifier: MIT */
/* Trees as JSON (RFC 8259). UTF-8 stays as it is, only what the grammar forbids is escaped; numbers are written from
 * integers, so that no binary fraction can change a digit. The recursion is as deep as the tree that view built. */
#include "internal.h"

/* Bytes that end a run that stands as it is: the end, control characters, the quote and the backslash. */
static const bool breaks[256] = {
    [0x00] = true, [0x01] = true, [0x02] = true, [0x03] = true, [0x04] = true, [0x05] = true, [0x06] = true,
    [0x07] = true, [0x08] = true, [0x09] = true, [0x0a] = true, [0x0b] = true, [0x0c] = true, [0x0d] = true,
    [0x0e] = true, [0x0f] = true, [0x10] = true, [0x11] = true, [0x12] = true, [0x13] = true, [0x14] = true,
    [0x15] = true, [0x16] = true, [0x17] = true, [0x18] = true, [0x19] = true, [0x1a] = true, [0x1b] = true,
    [0x1c] = true, [0x1d] = true, [0x1e] = true, [0x1f] = true, ['"'] = true,  ['\\'] = true,
};

void format_json_text(const char *text, struct buf *out)
{
    static const char shorts[0x20] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    buf_putc(out, '"');
    const char *start = text;
    for (;; text++) {
        while (!breaks[(unsigned char)*text])
            text++;
        unsigned char c = (unsigned char)*text;
        if (c == '\0')
            break;
        buf_add(out, start, (size_t)(text - start));
        start = text + 1;
        if (c >= 0x20)
            buf_printf(out, "\\%c", c);
        else if (shorts[c] != 0)
            buf_printf(out, "\\%c", shorts[c]);
        else
            buf_printf(out, "\\u%04x", c);
    }
    buf_add(out, start, (size_t)(text - start));
    buf_putc(out, '"');
}

/* Digit by digit from the end: at least one before the point. */
static void write_number(int64_t number, int places, struct buf *out)
{
    char text[48];
    size_t at = sizeof(text);
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    for (int i = 0; i <= places || left > 0; i++, left /= 10) {
        if (i == places && places > 0)
            text[--at] = '.';
        text[--at] = (char)('0' + left % 10);
    }
    if (number < 0)
        text[--at] = '-';
    buf_add(out, text + at, sizeof(text) - at);
}

static void write_children(const struct node *node, char open, char shut, struct buf *out)
{
    buf_putc(out, open);
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        if (child != node->first)
            buf_putc(out, ',');
        if (node->kind == NODE_OBJECT) {
            format_json_text(child->key, out);
            buf_putc(out, ':');
        }
        format_json(child, out);
    }
    buf_putc(out, shut);
}

void format_json(const struct node *node, struct buf *out)
{
    switch (node->kind) {
    case NODE_OBJECT:
        write_children(node, '{', '}', out);
        break;
    case NODE_ARRAY:
        write_children(node, '[', ']', out);
        break;
    case NODE_TEXT:
        format_json_text(node->text, out);
        break;
    case NODE_NUMBER:
        write_number(node->number, node->places, out);
        break;
    case NODE_FLAG:
        buf_puts(out, node->number != 0 ? "true" : "false");
        break;
    case NODE_JSON:
        buf_puts(out, node->text);
        break;
    }
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Where the string that starts at json[at] ends: the index behind its closing quote. */
static size_t behind_text(const char *json, size_t len, size_t at)
{
    for (at++; at < len && json[at] != '"'; at++)
        if (json[at] == '\\')
            at++;
    return at < len ? at + 1 : len;
}

static void break_line(size_t depth, struct buf *out)
{
    buf_putc(out, '\n');
    for (size_t i = 0; i < depth; i++)
        buf_add(out, "  ", 2);
}

/* One character outside strings. `*depth` counts the open brackets. */
static void indent_one(const char *json, size_t len, size_t *at, size_t *depth, struct buf *out)
{
    char c = json[(*at)++];
    bool opens = c == '{' || c == '[';
    if (opens) {
        size_t ahead = *at;
        while (ahead < len && is_space(json[ahead]))
            ahead++;
        if (ahead < len && (json[ahead] == '}' || json[ahead] == ']')) {
            buf_putc(out, c);
            buf_putc(out, json[ahead]);
            *at = ahead + 1;
            return;
        }
        *depth += 1;
    }
    if ((c == '}' || c == ']') && *depth > 0)
        break_line(*depth -= 1, out);
    buf_putc(out, c);
    if (opens || c == ',')
        break_line(*depth, out);
    if (c == ':')
        buf_putc(out, ' ');
}

void format_json_indent(const char *json, size_t len, struct buf *out)
{
    size_t depth = 0;
    for (size_t at = 0; at < len;) {
        if (is_space(json[at])) {
            at++;
        } else if (json[at] == '"') {
            size_t end = behind_text(json, len, at);
            buf_add(out, json + at, end - at);
            at = end;
        } else {
            indent_one(json, len, &at, &depth, out);
        }
    }
    buf_putc(out, '\n');
}
