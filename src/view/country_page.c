/* SPDX-License-Identifier: MIT */
/* A country as one page for a person at a terminal. Every claim stands with a number and a place: the number is that
 * of its source in the list at the end. Claims that disagree stand beside each other, an unknown says why. */
#include <string.h>

#include "internal.h"

/* The field that the heading of a thing shows in full: a name or title known from one claim alone. */
static const char *heading_field(const struct thing *thing)
{
    const char *name = field_find(kind_table[thing->kind].fields, "name") != NULL ? "name" : "title";
    size_t count;
    const struct claim *claims = thing_claims(thing, name, &count);
    return count == 1 && claims->unknown == NULL && claims->evidence.note == NULL ? name : NULL;
}

static void put_thing(struct sheet *sheet, const struct thing *thing)
{
    const char *skip = heading_field(thing);
    const char *text = thing_heading(sheet->view, sheet->arena, thing);
    if (skip != NULL)
        text = arena_printf(sheet->arena, "%s [%s]", text, sheet_origin(sheet, &thing_shown(thing, skip)->evidence));
    page_paragraph(sheet->arena, sheet->page, text);
    sheet_put_fields(sheet, thing, skip);
}

static void put_section(struct sheet *sheet, enum thing_kind kind, const char *code)
{
    size_t count;
    const struct thing *things = facts_things(sheet->view->facts, kind, code, &count);
    if (count == 0)
        return;
    page_heading(sheet->arena, sheet->page, kind_table[kind].title);
    for (size_t i = 0; i < count; i++)
        if (kind == THING_PROFILE)
            sheet_put_fields(sheet, &things[i], NULL);
        else
            put_thing(sheet, &things[i]);
}

static const char *part_title(const struct index_part *parts, size_t count, const char *id)
{
    for (size_t i = 0; id != NULL && i < count; i++)
        if (strcmp(parts[i].id, id) == 0)
            return parts[i].title;
    return id;
}

static void put_figure(struct sheet *sheet, const struct index *index, const struct index_value *value)
{
    const char *edition = part_title(index->editions, index->edition_count, value->edition);
    const char *pillar = part_title(index->pillars, index->pillar_count, value->pillar);
    const char *label = pillar == NULL ? edition : arena_printf(sheet->arena, "%s, %s", value->edition, pillar);
    const char *text = value->value;
    if (value->evidence.note != NULL)
        text = arena_printf(sheet->arena, "%s (note: %s)", text, value->evidence.note);
    page_row(sheet->arena, sheet->page, label, text, sheet_origin(sheet, &value->evidence));
}

/* What others make of the country, each on its own scale and apart from our score. */
static void put_indices(struct sheet *sheet, const char *code)
{
    const struct facts *facts = sheet->view->facts;
    if (indices_any(sheet->view, code))
        page_heading(sheet->arena, sheet->page, "Figures of others");
    for (size_t i = 0; i < facts->index_count; i++) {
        const struct index *index = &facts->indices[i];
        size_t count;
        const struct index_value *values = facts_index_values(index, code, &count);
        if (count > 0)
            page_paragraph(sheet->arena, sheet->page,
                           arena_printf(sheet->arena, "%s (%s)", index->title, indices_scale(sheet->arena, index)));
        for (size_t k = 0; k < count; k++)
            put_figure(sheet, index, &values[k]);
    }
}

static void put_nothing(struct sheet *sheet, const struct thing *country)
{
    page_heading(sheet->arena, sheet->page, "Profile");
    page_paragraph(sheet->arena, sheet->page,
                   arena_printf(sheet->arena,
                                "None yet: no source in this dataset speaks of %s beyond the codes and groups below. "
                                "That is unknown, not \"no\". Countries with a profile: /v1/countries?has=profile. "
                                "To add one, write its seed files with a source for each value; the README of "
                                "cyberatlas says how.",
                                country_name(country)));
}

static void put_links(struct sheet *sheet, const char *code)
{
    struct arena *arena = sheet->arena;
    page_heading(arena, sheet->page, "As data");
    page_link(arena, sheet->page, "All of this", country_path(arena, code, ""));
    page_link(arena, sheet->page, "Every answer", country_path(arena, code, "/assessments"));
    page_link(arena, sheet->page, "Score", arena_printf(arena, "/v1/scores/%s", code));
    page_link(arena, sheet->page, "Response teams", country_path(arena, code, "/certs"));
    page_link(arena, sheet->page, "What happened when", country_path(arena, code, "/timeline"));
}

static bool make_sheet(const struct view *view, size_t index, struct sheet *sheet)
{
    const struct thing *country = &view->countries[index];
    sheet->sources = arena_array(sheet->arena, view->facts->source_count + 1, sizeof(*sheet->sources));
    sheet->page = page_new(sheet->arena, arena_printf(sheet->arena, "%s (%s)", country_name(country), country->id));
    if (!arena_ok(sheet->arena))
        return false;
    if (country_has_profile(view, index))
        sheet->failed = !country_put_brief(view, sheet->arena, sheet->page, index);
    else
        put_nothing(sheet, country);
    page_heading(sheet->arena, sheet->page, kind_table[THING_COUNTRY].title);
    sheet_put_fields(sheet, country, "name");
    for (int kind = THING_PROFILE; kind < THING_COUNT; kind++)
        put_section(sheet, (enum thing_kind)kind, country->id);
    sheet_put_themes(sheet, index);
    put_indices(sheet, country->id);
    put_links(sheet, country->id);
    sheet_put_sources(sheet);
    return arena_ok(sheet->arena) && !sheet->failed;
}

static bool write_sheet(const struct view *view, size_t index, void (*format)(const struct page *page, struct buf *out),
                        struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct sheet sheet = {.view = view, .arena = arena};
    if (arena == NULL || !make_sheet(view, index, &sheet))
        return false;
    format(sheet.page, out);
    return buf_ok(out);
}

bool country_page_write_text(const struct view *view, size_t index, struct buf *out)
{
    return write_sheet(view, index, format_text, out);
}

bool country_page_write_html(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct sheet sheet = {.view = view, .arena = arena};
    if (arena == NULL || !make_sheet(view, index, &sheet))
        return false;
    screen_put_site(view, arena, sheet.page, SCREEN_COUNTRY, view->countries[index].id);
    format_html(sheet.page, out);
    return buf_ok(out);
}

bool country_page_write_markdown(const struct view *view, size_t index, struct buf *out)
{
    return write_sheet(view, index, format_markdown, out);
}
