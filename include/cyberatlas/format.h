/* SPDX-License-Identifier: MIT */
/* Three shapes without a format (tree, table, page), made by view, and the writers that turn them into bytes. A writer
 * knows no field. Builders ignore NULL (a failed allocation), so a caller asks arena_ok once before it writes. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/buf.h"

/* --- tree: objects and arrays, for JSON --- */
struct node;
struct node *node_object(struct arena *arena);
struct node *node_array(struct arena *arena);
struct node *node_text(struct arena *arena, const char *text); /* borrowed; NULL text gives NULL */
struct node *node_integer(struct arena *arena, int64_t number);
struct node *node_flag(struct arena *arena, bool flag);
/* number / 10^places, written exactly: (444, 1) is 44.4; trailing zeros stay ("44.0"). */
struct node *node_decimal(struct arena *arena, int64_t number, int places);
struct node *node_json(struct arena *arena, const char *json); /* borrowed text, written as it is */
/* Appends under `key` (borrowed); a NULL child is left out: absent means "no value". */
void node_set(struct arena *arena, struct node *object, const char *key, struct node *child);
void node_push(struct arena *arena, struct node *array, struct node *child);
void node_set_text(struct arena *arena, struct node *object, const char *key, const char *text); /* NULL is left out */
bool node_empty(const struct node *node); /* no children; true for NULL */

/* Compact JSON without a final newline. */
void format_json(const struct node *node, struct buf *out);
/* The same JSON, indented by two spaces, with a final newline: changes white space only. `json` must be valid. */
void format_json_indent(const char *json, size_t len, struct buf *out);
/* A JSON string with its quotes. */
void format_json_text(const char *text, struct buf *out);

/* --- table: for CSV (RFC 4180) --- */
enum column_type {
    COLUMN_TEXT,  /* guarded against formulas: ' before = @ TAB CR, and before + - unless the cell is a telephone number
                   */
    COLUMN_PLAIN, /* numbers, dates, codes, addresses of our own: written bare */
};
struct column {
    const char *name; /* NULL ends the list */
    enum column_type type;
};
/* One header line / one row of as many cells as there are columns (NULL is an empty cell), ended by CRLF. */
void format_csv_header(const struct column *columns, struct buf *out);
void format_csv_row(const struct column *columns, const char *const *cells, struct buf *out);

/* --- parts of what is written --- */
enum { CHOSEN_MOST = 32 };
struct chosen { /* names of members or columns, borrowed */
    const char *names[CHOSEN_MOST];
    size_t count;
};
bool format_chosen(const struct chosen *chosen, const char *name, size_t len);
/* The members of one object that are chosen, in its own order; it was written by format_json or like it. */
void format_json_slice(const char *json, size_t len, const struct chosen *chosen, struct buf *out);
/* The cells of the chosen columns, of rows that format_csv_row wrote; a header line is one such row. */
void format_csv_slice(const struct column *columns, const char *rows, size_t len, const struct chosen *chosen,
                      struct buf *out);

/* --- card: for address books (vCard 4.0) --- */
/* One card is open, its properties, close. `property` is a name with its parameters ("EMAIL;PREF=1"), not from outside;
 * a NULL value is left out. What is 75 octets or longer is folded. */
void format_vcard_open(struct buf *out);
void format_vcard_text(const char *property, const char *text, struct buf *out); /* escaped */
/* URIs, dates, codes: written as they are. */
void format_vcard_plain(const char *property, const char *value, struct buf *out);
/* TEL: a tel: URI where the number begins with "+", text where it does not. */
void format_vcard_phone(const char *number, struct buf *out);
void format_vcard_close(struct buf *out);

/* --- page: for people (text, HTML) --- */
struct page;
/* `title` and all texts below are borrowed. */
struct page *page_new(struct arena *arena, const char *title);
void page_heading(struct arena *arena, struct page *page, const char *text);
/* "label  value", the value wrapped; `origin` (source, place) stands dimmed behind it; label NULL for a further value.
 */
void page_row(struct arena *arena, struct page *page, const char *label, const char *value, const char *origin);
void page_paragraph(struct arena *arena, struct page *page, const char *text);
/* A line that is set as it stands: drawn or in columns. Lines stand right below each other. */
void page_line(struct arena *arena, struct page *page, const char *text);
/* A path-absolute link with its label; text shows both. */
void page_link(struct arena *arena, struct page *page, const char *label, const char *path);
/* One paragraph of such a page, each of its lines behind `indent` spaces. */
void format_paragraph(const char *text, size_t indent, struct buf *out);
/* 80 columns at most but for words that are longer. Rows stand right below the heading or paragraph before them. */
void format_text(const struct page *page, struct buf *out);
enum { INTERVAL_LEAST = 3, INTERVAL_MOST = 200 };
/* An interval on a scale from 0 to `most` in `width` (INTERVAL_LEAST to INTERVAL_MOST) columns, what is outside it
 * blank: "  ├──●─┤   ". One that falls into one column is "│", its value "●". */
struct interval {
    int64_t low, high, most; /* 0 ≤ low ≤ high ≤ most, 0 < most ≤ INT32_MAX */
    int64_t value;
    bool has_value;
};
void format_interval(const struct interval *interval, size_t width, struct buf *out);
/* The text in US-ASCII: Latin letters without their marks, drawn lines as - | o, dashes and quotes as their plain
 * forms, and ? for what has no such form; each as wide as it was, so columns stay in line. `text` is UTF-8; where it
 * is not, ? stands for the byte. */
void format_ascii(const char *text, size_t len, struct buf *out);
/* CommonMark, in which no text of the page means anything but itself. */
void format_markdown(const struct page *page, struct buf *out);
/* One cell of a table: its text, as a link where it has a path, or an interval drawn beside the text. */
struct page_cell {
    const char *text;
    const char *path;             /* path-absolute; NULL for none */
    const struct interval *drawn; /* NULL for none */
};
/* A row of a table; the first of those that follow each other is its head. The cells are borrowed. */
void page_cells(struct arena *arena, struct page *page, const struct page_cell *cells, size_t count);
/* A form that asks an address of this service; HTML only. All is borrowed. */
struct page_field {
    const char *name;                /* of the parameter */
    const char *label;               /* of what stands before it */
    const char *first;               /* what a line of text holds at first; NULL where it is a choice */
    const struct page_cell *options; /* each with its text, and its value as path */
    size_t option_count;
};
struct page_form {
    const char *action; /* path-absolute */
    const char *button;
    const struct page_field *fields;
    size_t count;
};
void page_ask(struct arena *arena, struct page *page, const struct page_form *form);
/* What stands around a page in a browser; text knows nothing of it. */
enum { SITE_FETCHES = 6 };
struct site {
    const char *screen;           /* the script that takes over: "home" */
    const char *path;             /* its own place in the menu; NULL for none */
    const char *about;            /* one line below everything */
    const struct page_cell *menu; /* the dashboard's pages */
    size_t menu_count;
    const char *fetches[SITE_FETCHES]; /* what the script asks first, NULL behind the last */
};
void page_set_site(struct page *page, const struct site *site);
/* A complete document without scripts, valid under "default-src 'none'; style-src 'HASH'". */
void format_html(const struct page *page, struct buf *out);
/* The one style of every HTML page, and its HASH for a Content-Security-Policy ("sha256-…", without quotes). */
extern const char format_html_style[];
extern const char format_html_style_hash[];
