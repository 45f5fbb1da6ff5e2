/* SPDX-License-Identifier: MIT */
/* Pages as HTML: one document that needs no script. Every byte that comes from a page is escaped; only addresses that
 * start with http: or https: or are a path of our own become links. The style's hash stands beside it, since a policy
 * must name it; a test recomputes it. */
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

const char format_html_style[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}"
    "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #767676}"
    "dl{display:grid;grid-template-columns:minmax(9rem,15rem) 1fr;gap:.25rem 1rem;margin:.5rem 0}"
    "dt{grid-column:1;font-weight:600}dd{grid-column:2;margin:0;overflow-wrap:anywhere}small{color:#595959}"
    "a{color:#0b57a4}pre{overflow-x:auto;line-height:1.3}"
    "@media(max-width:36rem){dl{display:block}dd{margin-left:1rem}}"
    "@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}small{color:#a6a6a6}"
    "a{color:#8ab8f0}}";
const char format_html_style_hash[] = "sha256-QAcVRBT2gexOrZZh2JAOdpzgF2mBJwurdqqf056+bJA=";

static void escape_point(uint32_t point, const char *from, size_t len, struct buf *out)
{
    switch (point) {
    case '&':
        buf_puts(out, "&amp;");
        break;
    case '<':
        buf_puts(out, "&lt;");
        break;
    case '>':
        buf_puts(out, "&gt;");
        break;
    case '"':
        buf_puts(out, "&quot;");
        break;
    case '\'':
        buf_puts(out, "&#39;");
        break;
    default:
        if (page_shows(point) || point == '\n')
            buf_add(out, from, len);
        break;
    }
}

void html_escape(const char *text, struct buf *out)
{
    while (*text != '\0') {
        const char *from = text;
        uint32_t point = utf8_next(&text);
        escape_point(point, from, (size_t)(text - from), out);
    }
}

void html_element(const char *name, const char *text, struct buf *out)
{
    buf_printf(out, "<%s>", name);
    html_escape(text, out);
    buf_printf(out, "</%s>\n", name);
}

void html_anchor(const char *address, const char *text, struct buf *out)
{
    buf_puts(out, "<a href=\"");
    html_escape(address, out);
    buf_puts(out, "\">");
    html_escape(text, out);
    buf_puts(out, "</a>");
}

static void put_value(const struct part *part, struct buf *out)
{
    if (part->label != NULL)
        html_element("dt", part->label, out);
    buf_puts(out, "<dd>");
    if (part->kind == PART_LINK)
        html_anchor(part->text, part->text, out);
    else if (page_address(part->text))
        html_anchor(part->text, part->text, out);
    else
        html_escape(part->text, out);
    if (part->origin != NULL) {
        buf_puts(out, " <small>[");
        html_escape(part->origin, out);
        buf_puts(out, "]</small>");
    }
    buf_puts(out, "</dd>\n");
}

static bool in_list(const struct part *part)
{
    return part != NULL && (part->kind == PART_ROW || part->kind == PART_LINK);
}

static void put_part(const struct part *part, const struct part *before, struct buf *out)
{
    switch (part->kind) {
    case PART_HEADING:
        html_element("h2", part->text, out);
        break;
    case PART_PARAGRAPH:
        html_element("p", part->text, out);
        break;
    case PART_LINE:
        if (before == NULL || before->kind != PART_LINE)
            buf_puts(out, "<pre>");
        html_escape(part->text, out);
        buf_puts(out, part->next == NULL || part->next->kind != PART_LINE ? "</pre>\n" : "\n");
        break;
    case PART_CELLS:
        site_put_cells(part, before, out);
        break;
    case PART_FORM:
        site_put_form(part->form, out);
        break;
    case PART_ROW:
    case PART_LINK:
        if (!in_list(before))
            buf_puts(out, "<dl>\n");
        put_value(part, out);
        if (!in_list(part->next))
            buf_puts(out, "</dl>\n");
        break;
    }
}

void format_html(const struct page *page, struct buf *out)
{
    buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html_element("title", page->title, out);
    site_open(page, out);
    html_element("h1", page->title, out);
    const struct part *before = NULL;
    for (const struct part *part = page->first; part != NULL; before = part, part = part->next)
        put_part(part, before, out);
    site_close(page, out);
}
