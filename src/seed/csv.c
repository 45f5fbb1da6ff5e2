/* SPDX-License-Identifier: MIT */
/* Sheets as RFC 4180 has them: cells with or without quotes, lines that end in LF or CRLF, a byte order mark or none.
 * Knows nothing of what the cells mean. Every row has as many cells as the header, so that no value slips into another
 * column unseen; a fault names line and column, both counted from 1 in characters. */
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "import.h"

struct scan {
    const char *at;
    const char *end;
    size_t line, column;
    const char *file;
    struct arena *arena;
    struct seed_faults *faults;
    struct buf cell;
};

static bool csv_fault(const struct scan *scan, const char *reason)
{
    report_line(scan->faults, scan->file, scan->line, scan->column, "%s", reason);
    return false;
}

/* Moves over one byte. */
static void step(struct scan *scan)
{
    char c = *scan->at++;
    if (c == '\n') {
        scan->line++;
        scan->column = 1;
    } else if (((unsigned char)c & 0xC0) != 0x80) {
        scan->column++;
    }
}

static bool at_line_end(const struct scan *scan)
{
    if (scan->at == scan->end || *scan->at == '\n')
        return true;
    return *scan->at == '\r' && scan->at + 1 < scan->end && scan->at[1] == '\n';
}

static bool scan_quoted(struct scan *scan)
{
    struct scan opening = *scan;
    step(scan);
    for (; scan->at < scan->end; step(scan)) {
        if (*scan->at != '"') {
            buf_putc(&scan->cell, *scan->at);
            continue;
        }
        step(scan);
        if (scan->at == scan->end || *scan->at != '"')
            return at_line_end(scan) || *scan->at == ',' || csv_fault(scan, "text behind a closing quote");
        buf_putc(&scan->cell, '"');
    }
    return csv_fault(&opening, "a quote that nothing closes");
}

static bool scan_plain(struct scan *scan)
{
    for (; !at_line_end(scan) && *scan->at != ','; step(scan)) {
        if (*scan->at == '"')
            return csv_fault(scan, "a quote in a cell that does not begin with one");
        buf_putc(&scan->cell, *scan->at);
    }
    return true;
}

/* Spaces at both ends are the sheet's, not the value's. */
static char *trimmed(struct scan *scan)
{
    const char *text = scan->cell.data == NULL ? "" : scan->cell.data;
    size_t len = scan->cell.len;
    while (len > 0 && text[len - 1] == ' ')
        len--;
    while (len > 0 && *text == ' ') {
        text++;
        len--;
    }
    return arena_copy(scan->arena, text, len);
}

static bool scan_cell(struct scan *scan, struct csv_cell *cell)
{
    *cell = (struct csv_cell){.line = scan->line, .column = scan->column};
    struct scan start = *scan;
    buf_reset(&scan->cell);
    if (!(scan->at < scan->end && *scan->at == '"' ? scan_quoted(scan) : scan_plain(scan)))
        return false;
    if (scan->cell.len > SEED_TEXT_BYTES)
        return csv_fault(&start, "a cell longer than a text may be");
    cell->text = trimmed(scan);
    return buf_ok(&scan->cell) && cell->text != NULL;
}

/* One row, with the end of its line. False with a fault, or without memory. */
static bool scan_row(struct scan *scan, struct csv_row *row)
{
    struct list cells = {.size = sizeof(struct csv_cell)};
    for (bool more = true; more;) {
        if (cells.count == IMPORT_COLUMNS)
            return csv_fault(scan, "more columns than a sheet may have");
        struct csv_cell *cell = list_add(scan->arena, &cells);
        if (cell == NULL || !scan_cell(scan, cell))
            return false;
        more = scan->at < scan->end && *scan->at == ',';
        if (more)
            step(scan);
    }
    while (scan->at < scan->end && *scan->at == '\r')
        step(scan);
    if (scan->at < scan->end)
        step(scan);
    *row = (struct csv_row){.cells = cells.items, .count = cells.count};
    return true;
}

static bool is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (*row->cells[i].text != '\0')
            return false;
    return true;
}

/* A row that goes with the header, which it may be itself. */
static void name_cells(const struct scan *scan, const struct csv_row *header, struct csv_row *row)
{
    row->start = (struct csv_cell){.text = "", .line = row->cells[0].line, .column = row->cells[0].column};
    if (row->count != header->count)
        report_line(scan->faults, scan->file, row->start.line, 1, "%zu cells where the header has %zu", row->count,
                    header->count);
    for (size_t i = 0; i < row->count && i < header->count && row->cells != header->cells; i++)
        row->cells[i].header = header->cells[i].text;
}

static void scan_rows(struct scan *scan, struct list *rows)
{
    struct csv_row row;
    struct csv_row header = {0};
    while (scan->at < scan->end && scan_row(scan, &row)) {
        if (is_blank(&row))
            continue;
        if (rows->count == 0)
            header = row;
        name_cells(scan, &header, &row);
        struct csv_row *kept = list_add(scan->arena, rows);
        if (kept == NULL)
            return;
        *kept = row;
        if (rows->count > IMPORT_ROWS + 1) {
            report_file(scan->faults, scan->file, "more than %d rows", IMPORT_ROWS);
            return;
        }
    }
}

enum read_result csv_read(const char *file, const struct buf *text, struct arena *arena, struct csv *ret,
                          struct seed_faults *faults)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t before = faults->count;
    struct scan scan = {.at = text->data, .end = text->data + text->len, .line = 1, .column = 1, .file = file};
    scan.arena = arena;
    scan.faults = faults;
    if (text->len >= sizeof(mark) - 1 && memcmp(text->data, mark, sizeof(mark) - 1) == 0)
        scan.at += sizeof(mark) - 1;
    struct list rows = {.size = sizeof(struct csv_row)};
    buf_init(&scan.cell, SEED_FILE_BYTES);
    scan_rows(&scan, &rows);
    bool memory = buf_ok(&scan.cell) && arena_ok(arena);
    buf_done(&scan.cell);
    if (!memory)
        return READ_BROKEN;
    if (faults->count == before && rows.count == 0)
        report_file(faults, file, "has no header");
    *ret = (struct csv){rows.items, rows.count};
    return faults->count == before ? READ_DONE : READ_FAULT;
}
