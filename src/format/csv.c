/* SPDX-License-Identifier: MIT */
/* Tables as CSV (RFC 4180): CRLF, quotes only where needed. A spreadsheet runs a cell that starts like a formula, so
 * text columns put an apostrophe before it; a telephone number may keep its plus. Plain columns hold what we made
 * ourselves and are never changed. */
#include <string.h>

#include "internal.h"

enum { PHONE_DIGITS_LEAST = 5, PHONE_DIGITS_MOST = 15 }; /* E.164 has at most 15 */

/* "+32 2 501 05 60": a plus, a digit, then digits and what people put between them. */
static bool is_phone(const char *cell)
{
    if (cell[0] != '+' || cell[1] < '0' || cell[1] > '9')
        return false;
    int digits = 0;
    for (const char *at = cell + 1; *at != '\0'; at++) {
        if (*at >= '0' && *at <= '9')
            digits++;
        else if (strchr(" ()-./", *at) == NULL)
            return false;
    }
    return digits >= PHONE_DIGITS_LEAST && digits <= PHONE_DIGITS_MOST;
}

static bool is_formula(const char *cell)
{
    if (*cell == '\0')
        return false;
    return strchr("=@\t\r", *cell) != NULL || (strchr("+-", *cell) != NULL && !is_phone(cell));
}

static void write_cell(const char *cell, enum column_type type, struct buf *out)
{
    bool guard = type == COLUMN_TEXT && is_formula(cell);
    bool quote = strpbrk(cell, ",\"\r\n") != NULL;
    if (quote)
        buf_putc(out, '"');
    if (guard)
        buf_putc(out, '\'');
    for (const char *part = cell;;) {
        const char *inner = strchr(part, '"');
        if (inner == NULL) {
            buf_puts(out, part);
            break;
        }
        buf_add(out, part, (size_t)(inner - part));
        buf_puts(out, "\"\"");
        part = inner + 1;
    }
    if (quote)
        buf_putc(out, '"');
}

void format_csv_header(const struct column *columns, struct buf *out)
{
    for (size_t i = 0; columns[i].name != NULL; i++) {
        if (i > 0)
            buf_putc(out, ',');
        write_cell(columns[i].name, COLUMN_PLAIN, out);
    }
    buf_puts(out, "\r\n");
}

void format_csv_row(const struct column *columns, const char *const *cells, struct buf *out)
{
    for (size_t i = 0; columns[i].name != NULL; i++) {
        if (i > 0)
            buf_putc(out, ',');
        if (cells[i] != NULL)
            write_cell(cells[i], columns[i].type, out);
    }
    buf_puts(out, "\r\n");
}
