/* SPDX-License-Identifier: MIT */
/* Cards for address books: vCard 4.0 (RFC 6350). A line has 75 octets at most and goes on behind CRLF and a space,
 * never within a character or an escape. It knows how a value is written, not which properties a card should have.
 * Invariant: no text, whatever it holds, ends its line or begins another property. */
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

enum { LINE_OCTETS = 75 };

struct line {
    struct buf *out;
    size_t used;
};

/* What must stand together, at most some octets. */
static void put(struct line *line, const char *data, size_t len)
{
    if (line->used + len > LINE_OCTETS) {
        buf_puts(line->out, "\r\n ");
        line->used = 1;
    }
    buf_add(line->out, data, len);
    line->used += len;
}

/* Characters one by one; control characters have no place in a card. */
static void put_plain(struct line *line, const char *text)
{
    while (*text != '\0') {
        const char *start = text;
        uint32_t point = utf8_next(&text);
        if (point >= ' ' && point != 0x7F)
            put(line, start, (size_t)(text - start));
    }
}

static const char *escape_of(char c)
{
    switch (c) {
    case '\\':
        return "\\\\";
    case ',':
        return "\\,";
    case ';':
        return "\\;";
    case '\n':
        return "\\n";
    case '\t':
        return " ";
    default:
        return NULL;
    }
}

static void put_text(struct line *line, const char *text)
{
    while (*text != '\0') {
        const char *escape = escape_of(*text);
        const char *start = text;
        uint32_t point = utf8_next(&text);
        if (escape != NULL)
            put(line, escape, strlen(escape));
        else if (point >= ' ' && point != 0x7F)
            put(line, start, (size_t)(text - start));
    }
}

static struct line start_line(const char *property, struct buf *out)
{
    struct line line = {out, 0};
    put_plain(&line, property);
    put(&line, ":", 1);
    return line;
}

void format_vcard_plain(const char *property, const char *value, struct buf *out)
{
    if (value == NULL)
        return;
    struct line line = start_line(property, out);
    put_plain(&line, value);
    buf_puts(out, "\r\n");
}

void format_vcard_text(const char *property, const char *text, struct buf *out)
{
    if (text == NULL)
        return;
    struct line line = start_line(property, out);
    put_text(&line, text);
    buf_puts(out, "\r\n");
}

/* The digits of a number that is good the world over, as RFC 3966 writes it; false where it is another. A nought in
 * brackets is for calls from within the country alone. */
static bool put_global(const char *number, struct buf *digits)
{
    if (number[0] != '+' || strspn(number + 1, "0123456789 ()-./") != strlen(number + 1))
        return false;
    buf_putc(digits, '+');
    for (const char *at = number + 1; *at != '\0'; at++) {
        if (strncmp(at, "(0)", 3) == 0)
            at += 2;
        else if (*at >= '0' && *at <= '9')
            buf_putc(digits, *at);
    }
    return buf_ok(digits) && digits->len > 1;
}

void format_vcard_phone(const char *number, struct buf *out)
{
    enum { NUMBER_BYTES = 64 };
    if (number == NULL)
        return;
    CLEANUP(buf_done) struct buf uri;
    buf_init(&uri, NUMBER_BYTES);
    if (put_global(number, &uri)) {
        struct line line = start_line("TEL;VALUE=uri", out);
        put_plain(&line, "tel:");
        put_plain(&line, uri.data);
        buf_puts(out, "\r\n");
    } else {
        format_vcard_text("TEL;VALUE=text", number, out);
    }
}

void format_vcard_open(struct buf *out)
{
    buf_puts(out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
}

void format_vcard_close(struct buf *out)
{
    buf_puts(out, "END:VCARD\r\n");
}
