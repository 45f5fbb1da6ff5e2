/* SPDX-License-Identifier: MIT */
/* The forms of the dashboard's pages for those without a script: each asks the API for the same as text. */
#include "internal.h"

static const struct page_cell ages[] = {{.text = "at most 15 years old", .path = "P15Y"},
                                        {.text = "at most 10 years old", .path = "P10Y"},
                                        {.text = "at most 5 years old", .path = "P5Y"},
                                        {.text = "at most 3 years old", .path = "P3Y"}};
static const struct page_cell orders[] = {{.text = "highest first", .path = "-value"},
                                          {.text = "by code", .path = "country"}};

static const struct page_field compare_fields[] = {
    {.name = "countries", .label = "Two to six countries, by code or name", .first = "BE,LU,NL"}};
static const struct page_field what_if_fields[] = {
    {.name = "weights", .label = "Weights, each criterion:number", .first = "mandatory-reporting:3,annual-audit:2"},
    {.name = "max_age", .label = "Evidence", .options = ages, .option_count = COUNT_OF(ages)},
    {.name = "sort", .label = "Order", .options = orders, .option_count = COUNT_OF(orders)}};
static const struct page_field teams_fields[] = {{.name = "q", .label = "Name, host or place", .first = "national"}};

static const struct page_form forms[] = {
    [SCREEN_COMPARE] = {"/v1/compare.txt", "Compare", compare_fields, COUNT_OF(compare_fields)},
    [SCREEN_WHAT_IF] = {"/v1/scores.txt", "Ask", what_if_fields, COUNT_OF(what_if_fields)},
    [SCREEN_TEAMS] = {"/v1/search.txt", "Search", teams_fields, COUNT_OF(teams_fields)},
};

/* The words of a question, "any" first. */
static void put_words(struct arena *arena, const struct contact_word *words, size_t count, struct page_field *field)
{
    struct page_cell *options = arena_array(arena, count + 1, sizeof(*options));
    if (options == NULL)
        return;
    options[0] = (struct page_cell){.text = "Any", .path = "any"};
    for (size_t i = 0; i < count; i++)
        options[i + 1] = (struct page_cell){.text = words[i].label, .path = words[i].id};
    field->options = options;
    field->option_count = count + 1;
}

static void put_countries(const struct view *view, struct arena *arena, struct page_field *field)
{
    struct page_cell *options = arena_array(arena, view->country_count, sizeof(*options));
    const size_t *order = countries_by_name(view, arena);
    if (options == NULL || order == NULL)
        return;
    for (size_t i = 0; i < view->country_count; i++)
        options[i] = (struct page_cell){.text = view->by_country[order[i]].name, .path = view->countries[order[i]].id};
    field->options = options;
    field->option_count = view->country_count;
}

/* Whom to tell: the countries and the words are the dataset's. */
static void ask_whom(const struct view *view, struct arena *arena, struct page *page)
{
    const struct contact_order *order = &view->facts->contacts;
    struct page_field *fields = arena_array(arena, 3, sizeof(*fields));
    struct page_form *form = arena_alloc(arena, sizeof(*form));
    if (fields == NULL || form == NULL)
        return;
    fields[0] = (struct page_field){.name = "country", .label = "Country", .first = ""};
    fields[1] = (struct page_field){.name = "audience", .label = "You are", .first = ""};
    fields[2] = (struct page_field){.name = "purpose", .label = "You want to", .first = ""};
    put_countries(view, arena, &fields[0]);
    put_words(arena, order->audiences, order->audience_count, &fields[1]);
    put_words(arena, order->purposes, order->purpose_count, &fields[2]);
    *form = (struct page_form){"/v1/contacts.txt", "Whom do I tell?", fields, 3};
    page_ask(arena, page, form);
}

void screen_ask(const struct view *view, struct arena *arena, struct page *page, enum screen screen)
{
    if (screen == SCREEN_TELL)
        ask_whom(view, arena, page);
    else if ((size_t)screen < COUNT_OF(forms) && forms[screen].action != NULL)
        page_ask(arena, page, &forms[screen]);
}
