/* SPDX-License-Identifier: MIT */
/* What the files of format/ share: the insides of trees and pages. */
#pragma once
#include <stddef.h>

#include "cyberatlas/format.h"

enum node_kind { NODE_OBJECT, NODE_ARRAY, NODE_TEXT, NODE_NUMBER, NODE_FLAG, NODE_JSON };

struct node {
    enum node_kind kind;
    int places;       /* NODE_NUMBER: digits behind the point */
    int64_t number;   /* NODE_NUMBER; NODE_FLAG: 0 or 1 */
    const char *text; /* NODE_TEXT, NODE_JSON */
    const char *key;  /* as a member of an object */
    struct node *first;
    struct node *last;
    struct node *next;
};

enum page_part { PART_HEADING, PART_ROW, PART_PARAGRAPH, PART_LINE, PART_LINK, PART_CELLS, PART_FORM };

struct part {
    enum page_part kind;
    const char *label; /* PART_ROW (may be NULL), PART_LINK */
    const char *text;
    const char *origin;            /* PART_ROW; NULL for none */
    const struct page_cell *cells; /* PART_CELLS */
    size_t count;                  /* of them */
    const struct page_form *form;  /* PART_FORM */
    struct part *next;
};

struct page {
    const char *title;
    struct part *first;
    struct part *last;
    const struct site *site; /* NULL for none */
};

/* --- html.c and site.c --- */
void html_escape(const char *text, struct buf *out);
void html_element(const char *name, const char *text, struct buf *out);
void html_anchor(const char *address, const char *text, struct buf *out);
void site_open(const struct page *page, struct buf *out); /* from the head's end to where the page's parts begin */
void site_close(const struct page *page, struct buf *out);
void site_put_cells(const struct part *part, const struct part *before, struct buf *out);
void site_put_form(const struct page_form *form, struct buf *out);

/* Whether a code point may reach a terminal or a page: no control, no override of the writing direction. */
bool page_shows(uint32_t point);
/* Whether a whole value is one address on the web, of nothing but what may be shown. */
bool page_address(const char *text);
