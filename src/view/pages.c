/* SPDX-License-Identifier: MIT */
/* The pages that are not about a country: the help at `/`, one screen for somebody with curl, and one page for each
 * problem, as it is in general and as it met somebody. Each is made as a page without a format. */
#include "cyberatlas/base/fault.h"
#include "internal.h"

typedef struct page *make_page(const struct view *view, struct arena *arena, size_t index);

static bool write_page(const struct view *view, size_t index, make_page *make,
                       void (*format)(const struct page *page, struct buf *out), struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct page *page = arena == NULL ? NULL : make(view, arena, index);
    if (page == NULL || !arena_ok(arena))
        return false;
    format(page, out);
    return buf_ok(out);
}

static const struct {
    const char *label, *path;
} examples[] = {
    {"Belgium, for reading", "/BE"},
    {"Belgium, every claim", "/v1/countries/BE"},
    {"Its legal conditions", "/v1/countries/BE/legal-conditions"},
    {"EU states as a table", "/v1/countries.csv?group=eu"},
    {"National response teams", "/v1/certs?type=national"},
    {"One criterion everywhere", "/v1/assessments?criterion=annual-audit"},
    {"Scores, highest first", "/v1/scores.txt?group=eu&sort=-value"},
    {"Three compared", "/v1/compare.txt?countries=BE,LU,NL"},
    {"Whole files to keep", "/v1/exports"},
    {"Everything there is", "/v1"},
};

static struct page *make_home(const struct view *view, struct arena *arena, size_t index)
{
    (void)index;
    const struct dataset *dataset = &view->facts->dataset;
    struct page *page = page_new(arena, "cyberatlas");
    page_row(arena, page, "Dataset", arena_printf(arena, "%s, %s, %s", dataset->title, dataset->date, dataset->licence),
             NULL);
    page_paragraph(arena, page,
                   "National cyber security as sourced facts: strategies, institutions, response teams (CERT/CSIRT), "
                   "laws and legal conditions, partnerships, guidance. Each value names the source that says it; where "
                   "sources disagree, both are shown; what no source says is unknown, never \"no\".");
    for (size_t i = 0; i < COUNT_OF(examples); i++)
        page_link(arena, page, examples[i].label, examples[i].path);
    page_paragraph(arena, page,
                   "JSON by default below /v1; add .csv or .ndjson to a list's path, pretty=1 for indented JSON. "
                   "The contract is /openapi.json.");
    return page;
}

bool home_write_text(const struct view *view, size_t index, struct buf *out)
{
    return write_page(view, index, make_home, format_text, out);
}

/* Subject numbers leave FAULT_NONE out. */
static const struct fault_info *problem_info(size_t index)
{
    return &fault_table[index + 1];
}

static struct page *make_problem(const struct view *view, struct arena *arena, size_t index)
{
    const struct fault_info *info = problem_info(index);
    struct page *page = page_new(arena, info->title);
    page_row(arena, page, "Problem", info->id, NULL);
    page_row(arena, page, "Type", arena_printf(arena, "/problems/%s", info->id), NULL);
    page_row(arena, page, "HTTP status", arena_printf(arena, "%u", info->status), NULL);
    page_row(arena, page, "What to do", info->hint, NULL);
    page_paragraph(arena, page,
                   "A request that meets this problem is answered with application/problem+json (RFC 9457), whose type "
                   "is this page's path and whose detail says what was wrong with that one request.");
    page_link(arena, page, "Everything there is", "/v1");
    screen_put_site(view, arena, page, SCREEN_PROBLEM, NULL);
    return page;
}

bool problem_page_write_text(const struct view *view, size_t index, struct buf *out)
{
    return write_page(view, index, make_problem, format_text, out);
}

bool problem_page_write_html(const struct view *view, size_t index, struct buf *out)
{
    return write_page(view, index, make_problem, format_html, out);
}

bool fault_page_write_html(const struct view *view, const struct fault *fault, const char *hint, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct fault_info *info = &fault_table[fault->kind];
    struct page *page = page_new(arena, info->title);
    page_paragraph(arena, page, fault->detail);
    page_paragraph(arena, page, hint);
    if (fault->nearest[0] != '\0')
        page_row(arena, page, "Did you mean", fault->nearest, NULL);
    if (fault->allowed[0] != '\0')
        page_row(arena, page, "Allowed", fault->allowed, NULL);
    page_link(arena, page, "The map and every country", "/");
    page_link(arena, page, "Every address, explained", "/docs");
    page_link(arena, page, "What this problem means", arena_printf(arena, "/problems/%s", info->id));
    screen_put_site(view, arena, page, SCREEN_PROBLEM, NULL);
    if (!arena_ok(arena))
        return false;
    format_html(page, out);
    return buf_ok(out);
}

bool problem_page_write_json(const struct view *view, size_t index, struct buf *out)
{
    (void)view;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct fault_info *info = problem_info(index);
    const char *type = arena_printf(arena, "/problems/%s", info->id);
    struct node *data = node_object(arena);
    node_set_text(arena, data, "id", info->id);
    node_set_text(arena, data, "type", type);
    node_set_text(arena, data, "title", info->title);
    node_set(arena, data, "status", node_integer(arena, info->status));
    node_set_text(arena, data, "hint", info->hint);
    struct node *links = node_object(arena);
    node_set_text(arena, links, "self", type);
    return envelope_write(arena, data, links, out);
}
