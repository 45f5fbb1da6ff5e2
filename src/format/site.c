/* SPDX-License-Identifier: MIT */
/* What stands around a page in a browser: the dashboard's style and the page's script where the program has them, the
 * menu above and the line below, and tables with drawn intervals. Without a dashboard it is the one fixed style. The
 * page's own parts stand in any case in .plain: what is read without a script, and by machines. */
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "internal.h"

/* The file of the dashboard whose name begins so, before its hash; NULL where the program has none. */
static const char *asset(const char *folder, const char *name)
{
    char prefix[64];
    size_t count;
    int len = snprintf(prefix, sizeof(prefix), "assets/%s/%s-", folder, name);
    if (len < 0 || (size_t)len >= sizeof(prefix))
        return NULL;
    size_t first = embedded_run(prefix, &count);
    return count == 0 ? NULL : embedded_table[first].name;
}

static void put_assets(const struct site *site, const char *style, struct buf *out)
{
    const char *script = asset("js", site->screen);
    buf_printf(out, "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"stylesheet\" href=\"/%s\">\n",
               style);
    if (script == NULL)
        return;
    buf_printf(out, "<script type=\"module\" src=\"/%s\"></script>\n", script);
    for (size_t i = 0; i < SITE_FETCHES && site->fetches[i] != NULL; i++) {
        buf_puts(out, "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"");
        html_escape(site->fetches[i], out);
        buf_puts(out, "\">\n");
    }
}

static void put_menu(const struct site *site, struct buf *out)
{
    buf_puts(out, "<a class=\"skip\" href=\"#main\">Skip to content</a>\n<header class=\"site\">\n"
                  "<a class=\"brand\" href=\"/\">cyber<span>atlas</span></a>\n<nav aria-label=\"Pages\"><ul>\n");
    for (size_t i = 0; i < site->menu_count; i++) {
        bool here = site->path != NULL && strcmp(site->path, site->menu[i].path) == 0;
        buf_printf(out, "<li><a%s href=\"", here ? " aria-current=\"page\"" : "");
        html_escape(site->menu[i].path, out);
        buf_puts(out, "\">");
        html_escape(site->menu[i].text, out);
        buf_puts(out, "</a></li>\n");
    }
    buf_puts(out, "</ul></nav>\n</header>\n");
}

void site_open(const struct page *page, struct buf *out)
{
    const struct site *site = page->site;
    const char *style = site == NULL ? NULL : asset("css", "app");
    if (style != NULL)
        put_assets(site, style, out);
    else
        buf_printf(out, "<style>%s</style>\n", format_html_style);
    buf_puts(out, "</head>\n<body>\n");
    if (site != NULL)
        put_menu(site, out);
    buf_puts(out, "<main id=\"main\">\n");
    if (style != NULL)
        buf_printf(out, "%s<div class=\"plain\">\n",
                   asset("js", site->screen) == NULL ? "" : "<div id=\"app\"></div>\n");
}

void site_close(const struct page *page, struct buf *out)
{
    if (page->site != NULL) {
        buf_puts(out, asset("css", "app") == NULL ? "</main>\n" : "</div>\n</main>\n");
        buf_puts(out, "<footer class=\"site\">\n<p>");
        html_escape(page->site->about, out);
        buf_puts(out, "</p>\n</footer>\n</body>\n</html>\n");
        return;
    }
    buf_puts(out, "</main>\n</body>\n</html>\n");
}

/* A share of the scale as a percentage with one digit. */
static void put_percent(const char *name, int64_t part, int64_t most, struct buf *out)
{
    int64_t tenths = (part * 1000 + most / 2) / most;
    buf_printf(out, " %s=\"%d.%d%%\"", name, (int)(tenths / 10), (int)(tenths % 10));
}

static void put_interval(const struct interval *drawn, struct buf *out)
{
    buf_puts(out, "<svg class=\"interval\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\"/>"
                  "<rect class=\"range\"");
    put_percent("x", drawn->low, drawn->most, out);
    put_percent("width", drawn->high - drawn->low, drawn->most, out);
    buf_puts(out, "/>");
    if (drawn->has_value) {
        buf_puts(out, "<circle class=\"dot\" cy=\"50%\" r=\"5\"");
        put_percent("cx", drawn->value, drawn->most, out);
        buf_puts(out, "/>");
    }
    buf_puts(out, "</svg>");
}

static void put_cell(const struct page_cell *cell, const char *element, struct buf *out)
{
    buf_printf(out, "<%s>", element);
    if (cell->path != NULL)
        html_anchor(cell->path, cell->text, out);
    else
        html_escape(cell->text, out);
    if (cell->drawn != NULL)
        put_interval(cell->drawn, out);
    buf_printf(out, "</%.2s>", element);
}

void site_put_cells(const struct part *part, const struct part *before, struct buf *out)
{
    bool first = before == NULL || before->kind != PART_CELLS;
    buf_puts(out, first ? "<div class=\"scroll\"><table>\n<thead><tr>" : "<tr>");
    for (size_t i = 0; i < part->count; i++) {
        const char *row = i == 0 ? "th scope=\"row\"" : "td";
        put_cell(&part->cells[i], first ? "th scope=\"col\"" : row, out);
    }
    buf_puts(out, first ? "</tr></thead>\n<tbody>\n" : "</tr>\n");
    if (part->next == NULL || part->next->kind != PART_CELLS)
        buf_puts(out, "</tbody>\n</table></div>\n");
}

static void put_option(const struct page_cell *option, struct buf *out)
{
    buf_puts(out, "<option value=\"");
    html_escape(option->path, out);
    buf_puts(out, "\">");
    html_escape(option->text, out);
    buf_puts(out, "</option>\n");
}

static void put_field(const struct page_field *field, struct buf *out)
{
    buf_puts(out, "<label class=\"field\"><span>");
    html_escape(field->label, out);
    buf_printf(out, "</span>%s name=\"%s\"", field->options == NULL ? "<input required" : "<select", field->name);
    if (field->options == NULL) {
        buf_puts(out, " value=\"");
        html_escape(field->first, out);
        buf_puts(out, "\"></label>\n");
        return;
    }
    buf_puts(out, ">\n");
    for (size_t i = 0; i < field->option_count; i++)
        put_option(&field->options[i], out);
    buf_puts(out, "</select></label>\n");
}

void site_put_form(const struct page_form *form, struct buf *out)
{
    buf_printf(out, "<form class=\"filters\" action=\"%s\">\n", form->action);
    for (size_t i = 0; i < form->count; i++)
        put_field(&form->fields[i], out);
    buf_puts(out, "<button class=\"main\">");
    html_escape(form->button, out);
    buf_puts(out, "</button>\n</form>\n");
}
