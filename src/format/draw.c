/* SPDX-License-Identifier: MIT */
/* What is drawn with characters, and any text in US-ASCII alone. Both count columns of a terminal: an interval is
 * always as wide as it was asked to be, and plain text is as wide as the text it came from, so tables stay in line.
 * Damaged UTF-8 gives question marks; nothing is read beyond the length. */
#include <assert.h>
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

/* The nearest of `width` columns, halves to the right. */
static size_t column_of(int64_t value, int64_t most, size_t width)
{
    return (size_t)((2 * value * (int64_t)(width - 1) + most) / (2 * most));
}

void format_interval(const struct interval *interval, size_t width, struct buf *out)
{
    assert(width >= INTERVAL_LEAST && width <= INTERVAL_MOST && interval->most > 0);
    assert(interval->low >= 0 && interval->low <= interval->high && interval->high <= interval->most);
    size_t low = column_of(interval->low, interval->most, width);
    size_t high = column_of(interval->high, interval->most, width);
    size_t value = interval->has_value ? column_of(interval->value, interval->most, width) : width;
    for (size_t i = 0; i < width; i++) {
        if (i == value)
            buf_puts(out, "●");
        else if (i < low || i > high)
            buf_putc(out, ' ');
        else if (low == high)
            buf_puts(out, "│");
        else
            buf_puts(out, i == low ? "├" : i == high ? "┤" : "─");
    }
}

/* Code points from `first` on, each as the character at its place; ? for none. */
static const struct run {
    uint32_t first;
    const char *plain;
} runs[] = {
    {0xA0, " !cL?Y|?\"ca\"?-r-o?23'u?.,1o\""},
    {0xC0, "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"},
    {0x100, "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRr"
            "SsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"},
    {0x18F, "E"},
    {0x1CD, "AaIiOoUu"},
    {0x218, "SsTt"},
    {0x259, "e"},
    {0x1E02, "Bb"},
    {0x1E0A, "Dd"},
    {0x1E1E, "Ff"},
    {0x1E40, "Mm"},
    {0x1E56, "Pp"},
    {0x1E60, "Ss"},
    {0x1E6A, "Tt"},
    {0x1E80, "WwWwWw"},
    {0x1E9E, "S"},
    {0x1EF2, "Yy"},
    {0x2000, "           "},
    {0x2010, "------"},
    {0x2018, "''''\"\"\"\""},
    {0x2022, "*"},
    {0x2026, "."},
    {0x202F, " "},
    {0x2032, "'\""},
    {0x2039, "''"},
    {0x20AC, "E"},
    {0x2190, "<^>v-"},
    {0x2212, "-"},
    {0x2264, "<>"},
    {0x2500, "--||"},
    {0x250C, "++++++++++++++++||||||||||||||||++++++++++++++++++++++++++++++++"},
    {0x2550, "=|"},
    {0x25CB, "o"},
    {0x25CF, "o"},
};

static char plain_of(uint32_t point)
{
    if (point < 0x80)
        return (char)point;
    for (size_t i = 0; i < COUNT_OF(runs); i++) {
        size_t place = point - runs[i].first;
        if (point >= runs[i].first && place < strlen(runs[i].plain))
            return runs[i].plain[place];
    }
    return '?';
}

/* Bytes of the whole code point at the start, 0 where there is none. */
static size_t point_length(const char *text, size_t len)
{
    enum { LONGEST = 4 };
    for (size_t n = 1; n <= LONGEST && n <= len; n++)
        if (utf8_valid(text, n))
            return n;
    return 0;
}

void format_ascii(const char *text, size_t len, struct buf *out)
{
    for (size_t i = 0; i < len;) {
        size_t n = point_length(text + i, len - i);
        const char *at = text + i;
        uint32_t point = n == 0 ? UINT32_MAX : utf8_next(&at);
        size_t width = n == 0 ? 1 : utf8_width_of(point);
        for (size_t k = 0; k < width; k++)
            buf_putc(out, plain_of(point));
        i += n == 0 ? 1 : n;
    }
}
