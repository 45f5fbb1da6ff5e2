/* SPDX-License-Identifier: MIT */
/* Pages as plain text for a terminal of 80 columns. Lines are broken between words by display width; a word that is
 * longer than its column stands alone on a line that runs over. What is no visible character never reaches the
 * terminal, so no text can send it a command. */
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

enum { COLUMNS = 80, MARGIN = 2, LABEL_MOST = 24 };

/* A line being filled. */
struct line {
    struct buf *out;
    size_t indent; /* of the lines that follow */
    size_t column; /* where the next character goes */
    bool fresh;    /* no word stands on it behind the indent */
};

static void pad(struct buf *out, size_t columns)
{
    for (size_t i = 0; i < columns; i++)
        buf_putc(out, ' ');
}

/* Width of the word at `at`; *ret_end is behind it. */
static size_t word_width(const char *at, const char **ret_end)
{
    size_t width = 0;
    while (*at != '\0' && *at != ' ' && *at != '\n') {
        uint32_t point = utf8_next(&at);
        width += page_shows(point) ? utf8_width_of(point) : 0;
    }
    *ret_end = at;
    return width;
}

static void put_visible(const char *from, const char *end, struct buf *out)
{
    while (from < end) {
        const char *start = from;
        if (page_shows(utf8_next(&from)))
            buf_add(out, start, (size_t)(from - start));
    }
}

static void put_word(struct line *line, const char *from, const char *end, size_t width)
{
    if (!line->fresh && line->column + 1 + width > COLUMNS) {
        buf_putc(line->out, '\n');
        pad(line->out, line->indent);
        line->column = line->indent;
    } else if (!line->fresh) {
        buf_putc(line->out, ' ');
        line->column++;
    }
    put_visible(from, end, line->out);
    line->column += width;
    line->fresh = false;
}

static void put_words(struct line *line, const char *text)
{
    while (*text != '\0') {
        const char *end;
        size_t width = word_width(text, &end);
        if (end > text)
            put_word(line, text, end, width);
        text = *end == '\0' ? end : end + 1;
    }
}

void format_paragraph(const char *text, size_t indent, struct buf *out)
{
    struct line line = {.out = out, .indent = indent, .column = indent, .fresh = true};
    pad(out, indent);
    put_words(&line, text);
    buf_putc(out, '\n');
}

/* The text with a rule below it, as wide as its widest line. */
static void put_ruled(const char *text, char rule, struct buf *out)
{
    format_paragraph(text, 0, out);
    size_t width = utf8_width(text);
    for (size_t i = 0; i < width && i < COLUMNS; i++)
        buf_putc(out, rule);
    buf_putc(out, '\n');
}

/* The label; one that is too long for its column wraps and leaves the value a line of its own. */
static void put_label(const char *label, size_t indent, struct buf *out)
{
    size_t width = utf8_width(label);
    struct line line = {.out = out, .indent = 2 * MARGIN, .column = MARGIN, .fresh = true};
    pad(out, MARGIN);
    put_words(&line, label);
    if (MARGIN + width + 2 <= indent) {
        pad(out, indent - line.column);
        return;
    }
    buf_putc(out, '\n');
    pad(out, indent);
}

/* "  label  value [origin]", the value hanging at column `indent`. */
static void put_row(const struct part *part, size_t indent, struct buf *out)
{
    struct line line = {.out = out, .indent = indent, .column = indent, .fresh = true};
    if (part->label == NULL)
        pad(out, indent);
    else
        put_label(part->label, indent, out);
    put_words(&line, part->text);
    if (part->origin != NULL) {
        CLEANUP(buf_done) struct buf origin;
        buf_init(&origin, strlen(part->origin) + 2);
        buf_printf(&origin, "[%s]", part->origin);
        if (buf_ok(&origin))
            put_words(&line, origin.data);
        out->failed = out->failed || !buf_ok(&origin);
    }
    buf_putc(out, '\n');
}

static bool is_row(const struct part *part)
{
    return part->kind == PART_ROW || part->kind == PART_LINK;
}

/* The column of values, of rows or of links: behind the longest label that is not too long to stand beside one. */
static size_t value_column(const struct page *page, enum page_part kind)
{
    size_t widest = 0;
    for (const struct part *part = page->first; part != NULL; part = part->next) {
        bool labelled = part->kind == kind && part->label != NULL;
        size_t width = labelled ? utf8_width(part->label) : 0;
        if (width > widest && width <= LABEL_MOST)
            widest = width;
    }
    return MARGIN + widest + 2;
}

/* Where a path stands: in its column, or below its label at the margin where the two do not fit side by side. */
static size_t path_column(const struct part *part, size_t links)
{
    bool beside = MARGIN + utf8_width(part->label) + 2 <= links && links + utf8_width(part->text) <= COLUMNS;
    return beside ? links : 2 * MARGIN;
}

/* Whether a part stands right below the one before it. */
static bool joins(const struct part *part, const struct part *before)
{
    if (before->kind == PART_HEADING)
        return true;
    if (before->kind == part->kind)
        return is_row(part) || part->kind == PART_LINE;
    bool leads = before->kind == PART_PARAGRAPH || before->kind == PART_LINE;
    return leads && (part->kind == PART_ROW || part->kind == PART_LINE);
}

static void put_part(const struct part *part, const struct part *before, size_t indent, struct buf *out)
{
    if (before != NULL && !joins(part, before))
        buf_putc(out, '\n');
    switch (part->kind) {
    case PART_HEADING:
        put_ruled(part->text, '-', out);
        break;
    case PART_ROW:
    case PART_LINK:
        put_row(part, indent, out);
        break;
    case PART_PARAGRAPH:
        format_paragraph(part->text, 0, out);
        break;
    case PART_CELLS: /* tables of text have writers of their own, and nobody fills in text */
    case PART_FORM:
        break;
    case PART_LINE:
        put_visible(part->text, part->text + strlen(part->text), out);
        buf_putc(out, '\n');
        break;
    }
}

void format_text(const struct page *page, struct buf *out)
{
    size_t rows = value_column(page, PART_ROW);
    size_t links = value_column(page, PART_LINK);
    put_ruled(page->title, '=', out);
    const struct part *before = NULL;
    for (const struct part *part = page->first; part != NULL; before = part, part = part->next) {
        if (before == NULL)
            buf_putc(out, '\n');
        put_part(part, before, part->kind == PART_LINK ? path_column(part, links) : rows, out);
    }
}
