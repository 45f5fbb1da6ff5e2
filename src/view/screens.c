/* SPDX-License-Identifier: MIT */
/* The dashboard's pages as they are without a script: what each is for, a table or a form where one helps, and where
 * the same stands as data. The script of a page puts its own view in their place. Each has the dataset's date and
 * licence below, never its revision: a page must not change when something else is edited. */
#include <string.h>

#include "internal.h"

struct screen_info {
    const char *name; /* of its script */
    const char *path;
    const char *title;
    const char *menu; /* NULL: not in the menu */
    const char *about;
    struct {
        const char *label, *path;
    } links[5];
    const char *fetches[SITE_FETCHES]; /* "%s" stands for the country's code */
};

static const struct screen_info screens[] = {
    [SCREEN_HOME] = {"home", "/", "National cyber security, by source", "Map", NULL, {{0}}, {"/v1/countries", "/v1"}},
    [SCREEN_COMPARE] =
        {"compare",
         "/compare",
         "Compare countries",
         "Compare",
         "Two to six countries side by side, criterion by criterion, with what is not known. One country "
         "is surely above another only if the whole of its interval is.",
         {{"An example as text", "/v1/compare.txt?countries=BE,LU,NL"},
          {"The same as JSON", "/v1/compare?countries=BE,LU,NL"},
          {"The same as CSV", "/v1/compare.csv?countries=BE,LU,NL"}},
         {"/v1/countries", "/v1"}},
    [SCREEN_WHAT_IF] = {"what-if",
                        "/what-if",
                        "What if?",
                        "What if",
                        "A score follows from weights, and from how old its evidence may be. Both can be asked for "
                        "otherwise, in one plain address.",
                        {{"Reporting weighs three times as much",
                          "/v1/scores.txt?group=eu&weights=mandatory-reporting:3"},
                         {"No evidence older than five years", "/v1/scores.txt?group=eu&max_age=P5Y"},
                         {"As it was known at the end of 2016", "/v1/scores.txt?group=eu&as_of=2016-12-31"}},
                        {"/v1/scores", "/v1/methodologies/legal-conditions", "/v1/criteria", "/v1"}},
    [SCREEN_TEAMS] = {"teams",
                      "/teams",
                      "Response teams",
                      "Teams",
                      "The directory of computer security incident response teams (CERT/CSIRT), each with its sources.",
                      {{"Every team, as CSV", "/v1/certs.csv"},
                       {"National teams", "/v1/certs.csv?type=national"},
                       {"Every team, as JSON", "/v1/certs"}},
                      {"/v1/countries", "/v1/vocabularies/cert-types", "/v1/vocabularies/cert-statuses",
                       "/v1/certs?facets=status,type&limit=60", "/v1"}},
    [SCREEN_TELL] =
        {"tell",
         "/tell",
         "Whom do I tell?",
         "Whom do I tell?",
         "Whom to tell of an incident, and on which channel. Each country's page lists its teams and the ways "
         "to reach them.",
         {{"An example as text", "/v1/contacts.txt?country=BE&purpose=incident"},
          {"National teams, with their addresses", "/v1/certs.csv?type=national"},
          {"Teams of governments", "/v1/certs.csv?type=government"}},
         {"/v1/countries", "/v1"}},
    [SCREEN_METHOD] =
        {"method",
         "/method",
         "Method and sources",
         "Method",
         "Which questions are asked of each country, how answers become a score and its interval, and every "
         "source behind them.",
         {{"The method with its weights and rules", "/v1/methodologies/legal-conditions"},
          {"The criteria", "/v1/criteria.csv"},
          {"Every source", "/v1/sources.csv"},
          {"Every claim behind every score", "/v1/assessments.csv"}},
         {"/v1/methodologies/legal-conditions", "/v1/criteria", "/v1"}},
    [SCREEN_DOCS] = {"docs",
                     "/docs",
                     "API reference",
                     "API",
                     "Everything on these pages comes from addresses that anybody may ask, without a key.",
                     {{"The reference as Markdown", "/docs.md"},
                      {"The contract (OpenAPI 3.1)", "/openapi.json"},
                      {"What there is, for programs", "/v1"}},
                     {"/openapi.json", "/v1"}},
    [SCREEN_COUNTRY] = {"country",
                        NULL,
                        NULL,
                        NULL,
                        NULL,
                        {{0}},
                        {"/v1/countries/%s", "/v1/scores/%s?explain=1", "/v1/countries/%s/timeline",
                         "/v1/countries/%s/contacts", "/v1"}},
    [SCREEN_PROBLEM] = {"problem", NULL, NULL, NULL, NULL, {{0}}, {0}},
};

static void put_menu(struct arena *arena, struct site *site)
{
    struct page_cell *menu = arena_array(arena, COUNT_OF(screens), sizeof(*menu));
    if (menu == NULL)
        return;
    for (size_t i = 0; i < COUNT_OF(screens); i++)
        if (screens[i].menu != NULL)
            menu[site->menu_count++] = (struct page_cell){.text = screens[i].menu, .path = screens[i].path};
    site->menu = menu;
}

void screen_put_site(const struct view *view, struct arena *arena, struct page *page, enum screen screen,
                     const char *code)
{
    const struct screen_info *info = &screens[screen];
    const struct dataset *dataset = &view->facts->dataset;
    struct site *site = arena_alloc(arena, sizeof(*site));
    if (site == NULL)
        return;
    *site = (struct site){.screen = info->name, .path = info->path};
    site->about = arena_printf(arena, "Dataset of %s. Licence %s: %s", dataset->date, dataset->licence, dataset->terms);
    put_menu(arena, site);
    for (size_t i = 0; i < SITE_FETCHES && info->fetches[i] != NULL; i++) {
        const char *place = strstr(info->fetches[i], "%s");
        site->fetches[i] = place == NULL ? info->fetches[i]
                                         : arena_printf(arena, "%.*s%s%s", (int)(place - info->fetches[i]),
                                                        info->fetches[i], code, place + 2);
    }
    page_set_site(page, site);
}

static struct page *make_screen(const struct view *view, struct arena *arena, enum screen screen)
{
    const struct screen_info *info = &screens[screen];
    struct page *page = page_new(arena, info->title);
    page_paragraph(arena, page, info->about);
    screen_ask(view, arena, page, screen);
    for (size_t i = 0; i < COUNT_OF(info->links) && info->links[i].path != NULL; i++)
        page_link(arena, page, info->links[i].label, info->links[i].path);
    screen_put_site(view, arena, page, screen, NULL);
    return page;
}

static bool write_screen(const struct view *view, size_t index,
                         void (*format)(const struct page *page, struct buf *out), struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct page *page = arena == NULL ? NULL : make_screen(view, arena, (enum screen)index);
    if (page == NULL || !arena_ok(arena))
        return false;
    format(page, out);
    return buf_ok(out);
}

bool screen_write_text(const struct view *view, size_t index, struct buf *out)
{
    return write_screen(view, index, format_text, out);
}

bool screen_write_html(const struct view *view, size_t index, struct buf *out)
{
    return write_screen(view, index, format_html, out);
}

/* One country in the table of the first page. */
static void put_country(const struct view *view, struct arena *arena, struct page *page, size_t index)
{
    const struct thing *country = &view->countries[index];
    const struct score *score = &view->by_country[index].score;
    struct page_cell *cells = arena_array(arena, 3, sizeof(*cells));
    struct interval *drawn = arena_alloc(arena, sizeof(*drawn));
    if (cells == NULL || drawn == NULL)
        return;
    bool known = assessment_any(view, index, view->methodology->theme);
    *drawn = (struct interval){
        .low = score->low, .high = score->high, .most = 1000, .value = score->value, .has_value = score->has_value};
    cells[0] =
        (struct page_cell){.text = view->by_country[index].name, .path = arena_printf(arena, "/%s", country->id)};
    cells[1] = (struct page_cell){.text = score->has_value ? decimal_text(arena, score->value, 1)
                                          : known          ? "open"
                                                           : "–"};
    cells[2] = (struct page_cell){.text = "not assessed"};
    if (known)
        cells[2] = (struct page_cell){.text = arena_printf(arena, "%s–%s", decimal_text(arena, score->low, 1),
                                                           decimal_text(arena, score->high, 1)),
                                      .drawn = drawn};
    page_cells(arena, page, cells, 3);
}

bool home_write_html(const struct view *view, size_t index, struct buf *out)
{
    static const struct page_cell head[] = {{.text = "Country"}, {.text = "Score"}, {.text = "Between"}};
    (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    struct page *page = page_new(arena, screens[SCREEN_HOME].title);
    page_paragraph(
        arena, page,
        "Which rules for cyber security exist on paper in each country, from 0 to 100, with the interval that "
        "is left open by what no source says. It is not how secure a country is.");
    page_cells(arena, page, head, COUNT_OF(head));
    const size_t *order = countries_by_name(view, arena);
    for (size_t i = 0; order != NULL && i < view->country_count; i++)
        put_country(view, arena, page, order[i]);
    page_link(arena, page, "The same as CSV", "/v1/scores.csv");
    page_link(arena, page, "Everything there is", "/v1");
    screen_put_site(view, arena, page, SCREEN_HOME, NULL);
    if (!arena_ok(arena))
        return false;
    format_html(page, out);
    return buf_ok(out);
}
