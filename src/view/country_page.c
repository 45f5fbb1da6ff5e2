/* SPDX-License-Identifier: MIT */
/* A country as one page for a person at a terminal. Every claim stands with a number and a place: the number is that
 * of its source in the list at the end. Claims that disagree stand beside each other, an unknown says why. */
#include <string.h>

#include "internal.h"

static void add_claim(struct sheet *sheet, const struct field *field, const struct claim *claim, struct buf *out)
{
    claim_words(sheet->view, field, claim, out);
    const char *since = strcmp(claim->field, "status") == 0 ? unverified_since(claim) : NULL;
    if (since != NULL)
        buf_printf(out, " since %s", since);
    if (claim->evidence.note != NULL)
        buf_printf(out, " (note: %s)", claim->evidence.note);
}

/* Whether a claim says just what the shown one says, so that its origin alone is worth a place. */
static bool agrees(const struct claim *shown, const struct claim *claim)
{
    bool plain = claim->unknown == NULL && shown->unknown == NULL && claim->evidence.note == NULL;
    bool same_qualifier = claim->qualifier == NULL
                              ? shown->qualifier == NULL
                              : shown->qualifier != NULL && strcmp(claim->qualifier, shown->qualifier) == 0;
    return plain && same_qualifier && strcmp(claim->value.json, shown->value.json) == 0;
}

static void add_origin(struct sheet *sheet, const struct evidence *evidence, struct buf *out)
{
    const char *from = sheet_origin(sheet, evidence);
    buf_printf(out, " [%s]", from == NULL ? "" : from);
}

/* The shown claim, the origins of those that agree with it, then what else is stated. */
static void add_claims(struct sheet *sheet, const struct field *field, const struct claim *claims, size_t count,
                       struct buf *out)
{
    add_claim(sheet, field, &claims[0], out);
    add_origin(sheet, &claims[0].evidence, out);
    for (size_t i = 1; i < count; i++)
        if (agrees(&claims[0], &claims[i]))
            add_origin(sheet, &claims[i].evidence, out);
    for (size_t i = 1; i < count; i++) {
        if (agrees(&claims[0], &claims[i]))
            continue;
        buf_puts(out, " · also stated: ");
        add_claim(sheet, field, &claims[i], out);
        add_origin(sheet, &claims[i].evidence, out);
    }
}

/* One field or item. Where one claim is all there is, its origin stands apart, to be dimmed. */
static void put_claims(struct sheet *sheet, const char *label, const struct field *field, const struct claim *claims,
                       size_t count)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    if (count == 1)
        add_claim(sheet, field, claims, &text);
    else
        add_claims(sheet, field, claims, count, &text);
    const char *from = count == 1 ? sheet_origin(sheet, &claims[0].evidence) : NULL;
    page_row(sheet->arena, sheet->page, label, sheet_kept(sheet, &text), from);
}

static void put_fields(struct sheet *sheet, const struct thing *thing, const char *skip)
{
    const char *before = "";
    for (size_t i = 0; i < thing->claim_count;) {
        const struct claim *claim = &thing->claims[i];
        const struct field *field = field_find(kind_table[thing->kind].fields, claim->field);
        size_t count = thing_run(thing, i);
        i += count;
        if (field == NULL || (skip != NULL && strcmp(claim->field, skip) == 0))
            continue;
        bool further = strcmp(before, claim->field) == 0;
        put_claims(sheet, further ? NULL : field->label, field, claim, count);
        before = claim->field;
    }
}

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
    put_fields(sheet, thing, skip);
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
            put_fields(sheet, &things[i], NULL);
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
    put_fields(sheet, country, "name");
    for (int kind = THING_PROFILE; kind < THING_COUNT; kind++)
        put_section(sheet, (enum thing_kind)kind, country->id);
    sheet_put_themes(sheet, index);
    put_indices(sheet, country->id);
    put_links(sheet, country->id);
    sheet_put_sources(sheet);
    return arena_ok(sheet->arena) && !sheet->failed;
}

bool country_page_write_text(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct sheet sheet = {.view = view, .arena = arena};
    if (arena == NULL || !make_sheet(view, index, &sheet))
        return false;
    format_text(sheet.page, out);
    return buf_ok(out);
}

bool country_page_write_html(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct sheet sheet = {.view = view, .arena = arena};
    if (arena == NULL || !make_sheet(view, index, &sheet))
        return false;
    format_html(sheet.page, out);
    return buf_ok(out);
}
