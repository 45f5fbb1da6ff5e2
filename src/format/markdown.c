/* SPDX-License-Identifier: MIT */
/* Pages as Markdown (CommonMark): headings, lists of "label: value", links. Every character of a text that could mean
 * something to a reader of Markdown is escaped, white space is one space, what is no visible character is left out.
 * Invariant: no text, whatever it holds, becomes a heading, a link, HTML, or a block of its own. */
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

/* Means something wherever it stands, and what means something at the start of a block alone. */
static const char special[] = "\\`*_[]<>&|~#$";
static const char leading[] = "+-=:";

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* What of a block has been written: nothing yet, digits alone (which a point or a bracket would make a list), more. */
enum written { NOTHING, DIGITS, MORE };

static bool needs_escape(char c, enum written before)
{
    if (strchr(special, c) != NULL)
        return true;
    return before == NOTHING ? strchr(leading, c) != NULL : before == DIGITS && (c == '.' || c == ')');
}

/* The text in one line; `before` is what its block has so far. */
static void put_words(const char *text, enum written before, struct buf *out)
{
    bool fresh = true;
    bool gap = false;
    while (*text != '\0') {
        const char *from = text;
        uint32_t point = utf8_next(&text);
        if (is_space(*from)) {
            gap = !fresh;
            continue;
        }
        if (!page_shows(point))
            continue;
        buf_puts(out, gap ? " " : "");
        buf_puts(out, needs_escape(*from, before) ? "\\" : "");
        buf_add(out, from, (size_t)(text - from));
        before = before != MORE && *from >= '0' && *from <= '9' ? DIGITS : MORE;
        gap = fresh = false;
    }
}

/* At the start of a block, and behind something in it. */
static void put_block(const char *text, struct buf *out)
{
    put_words(text, NOTHING, out);
}

static void put_text(const char *text, struct buf *out)
{
    put_words(text, MORE, out);
}

static void put_value(const struct part *part, struct buf *out)
{
    if (page_address(part->text))
        buf_printf(out, "<%s>", part->text);
    else if (part->label == NULL)
        put_block(part->text, out);
    else
        put_text(part->text, out);
}

static void put_label(const char *label, struct buf *out)
{
    buf_puts(out, "**");
    put_text(label, out);
    buf_puts(out, "**: ");
}

/* A further value stands below the one that has the label. */
static void put_row(const struct part *part, struct buf *out)
{
    buf_puts(out, part->label == NULL ? "  - " : "- ");
    if (part->label != NULL)
        put_label(part->label, out);
    put_value(part, out);
    if (part->origin != NULL) {
        buf_puts(out, " \\[");
        put_text(part->origin, out);
        buf_puts(out, "\\]");
    }
    buf_putc(out, '\n');
}

/* Its path is one of ours, of letters, digits and - . _ / alone, or it is no link. */
static void put_link(const struct part *part, struct buf *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/";
    buf_puts(out, "- ");
    if (part->label != part->text) {
        put_block(part->label, out);
        buf_puts(out, ": ");
    }
    if (part->text[0] != '/' || strspn(part->text, plain) != strlen(part->text)) {
        put_words(part->text, part->label == part->text ? NOTHING : MORE, out);
    } else {
        buf_putc(out, '[');
        put_text(part->text, out);
        buf_printf(out, "](%s)", part->text);
    }
    buf_putc(out, '\n');
}

/* Lines as they stand, fenced: four spaces before each keep it from being the fence's end. */
static void put_line(const struct part *part, const struct part *before, struct buf *out)
{
    if (before == NULL || before->kind != PART_LINE)
        buf_puts(out, "```\n");
    buf_puts(out, "    ");
    for (const char *at = part->text; *at != '\0';) {
        const char *from = at;
        if (page_shows(utf8_next(&at)))
            buf_add(out, from, (size_t)(at - from));
    }
    buf_puts(out, part->next == NULL || part->next->kind != PART_LINE ? "\n```\n" : "\n");
}

static bool in_list(const struct part *part)
{
    return part->kind == PART_ROW || part->kind == PART_LINK;
}

static void put_part(const struct part *part, const struct part *before, struct buf *out)
{
    bool joins = before != NULL && (before->kind == part->kind || (in_list(before) && in_list(part)));
    if (!joins || part->kind == PART_PARAGRAPH || part->kind == PART_HEADING)
        buf_putc(out, '\n');
    switch (part->kind) {
    case PART_HEADING:
        buf_puts(out, "## ");
        put_text(part->text, out);
        buf_putc(out, '\n');
        break;
    case PART_PARAGRAPH:
        put_block(part->text, out);
        buf_putc(out, '\n');
        break;
    case PART_LINE:
        put_line(part, before, out);
        break;
    case PART_ROW:
        put_row(part, out);
        break;
    case PART_LINK:
        put_link(part, out);
        break;
    case PART_CELLS: /* for browsers only */
    case PART_FORM:
        break;
    }
}

void format_markdown(const struct page *page, struct buf *out)
{
    buf_puts(out, "# ");
    put_text(page->title, out);
    buf_putc(out, '\n');
    const struct part *before = NULL;
    for (const struct part *part = page->first; part != NULL; before = part, part = part->next)
        put_part(part, before, out);
}
