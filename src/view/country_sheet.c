/* SPDX-License-Identifier: MIT */
/* What the parts of a country's page share: the numbering of sources in the order they are named, texts kept in the
 * page's memory, and names for things that have none. */
#include <string.h>

#include "internal.h"

static size_t source_number(struct sheet *sheet, const char *id)
{
    for (size_t i = 0; i < sheet->source_count; i++)
        if (strcmp(sheet->sources[i], id) == 0)
            return i + 1;
    if (sheet->source_count < sheet->view->facts->source_count)
        sheet->sources[sheet->source_count++] = id;
    return sheet->source_count;
}

const char *sheet_origin(struct sheet *sheet, const struct evidence *evidence)
{
    size_t number = source_number(sheet, evidence->source);
    if (evidence->at == NULL)
        return arena_printf(sheet->arena, "%zu", number);
    return arena_printf(sheet->arena, "%zu:%s", number, evidence->at);
}

const char *sheet_kept(struct sheet *sheet, const struct buf *text)
{
    if (buf_ok(text))
        return arena_copy(sheet->arena, text->len == 0 ? "" : text->data, text->len);
    sheet->failed = true;
    return NULL;
}

bool sheet_start(struct sheet *sheet, const struct question *question, size_t country)
{
    struct arena *arena = sheet->arena;
    const char *name = sheet->view->by_country[country].name;
    sheet->sources = arena_array(arena, sheet->view->facts->source_count + 1, sizeof(*sheet->sources));
    sheet->page = page_new(arena, arena_printf(arena, "%s: %s", name, question->rule.methodology->title));
    page_paragraph(arena, sheet->page, question_words(sheet->view, arena, question));
    return arena_ok(arena);
}

void sheet_put_sources(struct sheet *sheet)
{
    if (sheet->source_count > 0)
        page_heading(sheet->arena, sheet->page, "Sources");
    for (size_t i = 0; i < sheet->source_count; i++) {
        const struct source *source = facts_source(sheet->view->facts, sheet->sources[i]);
        const char *title = source == NULL ? sheet->sources[i] : source->title;
        page_link(sheet->arena, sheet->page, arena_printf(sheet->arena, "[%zu] %s", i + 1, title),
                  arena_printf(sheet->arena, "/v1/sources/%s", sheet->sources[i]));
    }
}

const char *strategy_date(const struct thing *strategy)
{
    static const char *const fields[] = {"adopted", "published", "period_start"};
    const char *date = NULL;
    for (size_t i = 0; i < COUNT_OF(fields) && date == NULL; i++)
        date = thing_text(strategy, fields[i]);
    return date;
}

const char *unverified_since(const struct claim *status)
{
    if (status == NULL || status->value.text == NULL || strcmp(status->value.text, "unverified") != 0)
        return NULL;
    return status->evidence.since != NULL ? status->evidence.since : status->evidence.observed;
}

const char *thing_heading(const struct view *view, struct arena *arena, const struct thing *thing)
{
    const char *name = thing_name(thing);
    const char *date = thing->kind == THING_STRATEGY ? strategy_date(thing) : NULL;
    if (name != thing->id || date == NULL)
        return name;
    const char *kind = thing_text(thing, "kind");
    return arena_printf(arena, "%s, %s", kind == NULL ? "Strategy" : facts_label(view->facts, "strategy-kinds", kind),
                        date);
}
