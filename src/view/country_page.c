/* SPDX-License-Identifier: MIT */
/* A country as one page for a person at a terminal. Every claim stands with a number and a place: the number is that
 * of its source in the list at the end. Claims that disagree stand beside each other, an unknown says why. */
#include <string.h>

#include "internal.h"

/* A page in the making, with the sources it has named so far. */
struct sheet {
    const struct view *view;
    struct arena *arena;
    struct page *page;
    const char **sources;
    size_t source_count;
    bool failed;
};

static size_t source_number(struct sheet *sheet, const char *id)
{
    for (size_t i = 0; i < sheet->source_count; i++)
        if (strcmp(sheet->sources[i], id) == 0)
            return i + 1;
    if (sheet->source_count < sheet->view->facts->source_count)
        sheet->sources[sheet->source_count++] = id;
    return sheet->source_count;
}

/* "1:L22": number of the source, place in it. */
static const char *origin(struct sheet *sheet, const struct evidence *evidence)
{
    size_t number = source_number(sheet, evidence->source);
    if (evidence->at == NULL)
        return arena_printf(sheet->arena, "%zu", number);
    return arena_printf(sheet->arena, "%zu:%s", number, evidence->at);
}

/* The buffer's text in the page's arena; a failure is kept, so that no page is given out without it. */
static const char *kept(struct sheet *sheet, const struct buf *text)
{
    if (buf_ok(text))
        return arena_copy(sheet->arena, text->len == 0 ? "" : text->data, text->len);
    sheet->failed = true;
    return NULL;
}

static void add_claim(struct sheet *sheet, const struct field *field, const struct claim *claim, struct buf *out)
{
    claim_words(sheet->view, field, claim, out);
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
    const char *from = origin(sheet, evidence);
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
    const char *from = count == 1 ? origin(sheet, &claims[0].evidence) : NULL;
    page_row(sheet->arena, sheet->page, label, kept(sheet, &text), from);
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
    const char *text = thing_name(thing);
    if (skip != NULL)
        text = arena_printf(sheet->arena, "%s [%s]", text, origin(sheet, &thing_shown(thing, skip)->evidence));
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

/* "unknown (no source says)", or just "unknown". */
static const char *unknown_words(const struct sheet *sheet, const char *reason)
{
    if (reason == NULL)
        return "unknown";
    return arena_printf(sheet->arena, "unknown (%s)", facts_label(sheet->view->facts, "unknown-reasons", reason));
}

static const char *answer_words(const struct sheet *sheet, const struct answer *answer)
{
    if (answer->value == ANSWER_YEAR)
        return arena_printf(sheet->arena, "%u", answer->year);
    if (answer->value == ANSWER_UNKNOWN)
        return unknown_words(sheet, answer->unknown);
    return facts_label(sheet->view->facts, "answer-values", answer_value_names[answer->value]);
}

/* " [4:L48, 2017-07]"; a claim of low sureness says so, since it does not speak. */
static void add_answer_origin(struct sheet *sheet, const struct answer *answer, struct buf *out)
{
    const char *from = origin(sheet, &answer->evidence);
    const char *observed = answer->evidence.observed;
    const char *unsure = answer->sure == SURE_LOW ? ", low sureness" : "";
    buf_printf(out, " [%s%s%s%s]", from == NULL ? "" : from, observed == NULL ? "" : ", ",
               observed == NULL ? "" : observed, unsure);
}

static bool same_answer(const struct answer *a, const struct answer *b)
{
    bool same_reason =
        a->unknown == NULL ? b->unknown == NULL : b->unknown != NULL && strcmp(a->unknown, b->unknown) == 0;
    return a->value == b->value && a->year == b->year && same_reason &&
           (a->basis == BASIS_EU_LAW) == (b->basis == BASIS_EU_LAW);
}

/* What `first` says and who agrees, then what else is stated. */
static void add_answers(struct sheet *sheet, const struct answer *answers, size_t count, const struct answer *first,
                        struct buf *out)
{
    add_answer_origin(sheet, first, out);
    for (size_t i = 0; i < count; i++)
        if (&answers[i] != first && same_answer(&answers[i], first))
            add_answer_origin(sheet, &answers[i], out);
    for (size_t i = 0; i < count; i++) {
        if (same_answer(&answers[i], first))
            continue;
        const char *words = answer_words(sheet, &answers[i]);
        const char *how = answers[i].basis == BASIS_EU_LAW ? "EU law obliges" : "also stated";
        buf_printf(out, " · %s: %s", how, words == NULL ? "" : words);
        add_answer_origin(sheet, &answers[i], out);
    }
}

/* The value, and what is to be known before it is read: that it does not speak, or that others contradict it now. */
static const char *verdict_words(struct sheet *sheet, const struct verdict *verdict, const struct answer *first)
{
    const char *text = answer_words(sheet, first);
    if (verdict->decides == NULL && first->value != ANSWER_UNKNOWN)
        return arena_printf(sheet->arena, "%s · stated: %s", unknown_words(sheet, verdict->unknown), text);
    return verdict->disputed ? arena_printf(sheet->arena, "%s (disputed)", text) : text;
}

/* One criterion: the claim that decides, then every other one. */
static void put_answer(struct sheet *sheet, const struct criterion *criterion, const struct verdict *verdict,
                       const char *code)
{
    size_t count;
    const struct answer *answers = facts_answers(sheet->view->facts, code, criterion->id, &count);
    if (count == 0) {
        page_row(sheet->arena, sheet->page, criterion->label, unknown_words(sheet, verdict->unknown), NULL);
        return;
    }
    const struct answer *first = verdict->decides != NULL ? verdict->decides : answers;
    const char *words = verdict_words(sheet, verdict, first);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    buf_puts(&text, words == NULL ? "" : words);
    add_answers(sheet, answers, count, first, &text);
    page_row(sheet->arena, sheet->page, criterion->label, kept(sheet, &text), NULL);
}

static const char *score_words(struct arena *arena, const struct score *score)
{
    return score->has_value ? arena_printf(arena, "%s of 100", decimal_text(arena, score->value, 1))
                            : "none: too few criteria are known";
}

static void put_score(struct sheet *sheet, const struct score *score)
{
    struct arena *arena = sheet->arena;
    page_row(arena, sheet->page, "Score", score_words(arena, score), NULL);
    page_row(arena, sheet->page, "Between",
             arena_printf(arena, "%s and %s, as the unknown and partial ones turn out",
                          decimal_text(arena, score->low, 1), decimal_text(arena, score->high, 1)),
             NULL);
    const int32_t *counts = score->counts.by_value;
    page_row(arena, sheet->page, "Coverage",
             arena_printf(arena, "%s (%d yes, %d partial, %d no, %d unknown, %d not applicable)",
                          decimal_text(arena, score->coverage, 3), counts[ANSWER_YES], counts[ANSWER_PARTIAL],
                          counts[ANSWER_NO], counts[ANSWER_UNKNOWN], counts[ANSWER_NOT_APPLICABLE]),
             NULL);
    if (score->has_oldest)
        page_row(arena, sheet->page, "Oldest evidence", score->oldest_text, NULL);
    page_row(arena, sheet->page, "Method",
             arena_printf(arena, "%s %s: whether rules exist, not how good they are", sheet->view->methodology->id,
                          sheet->view->methodology->version),
             NULL);
}

static void put_theme(struct sheet *sheet, size_t index, const char *theme)
{
    const struct view *view = sheet->view;
    if (!assessment_any(view, index, theme))
        return;
    page_heading(sheet->arena, sheet->page, facts_label(view->facts, "themes", theme));
    if (strcmp(theme, view->methodology->theme) == 0)
        put_score(sheet, &view->by_country[index].score);
    for (size_t i = 0; i < view->facts->criterion_count; i++)
        if (strcmp(view->facts->criteria[i].theme, theme) == 0)
            put_answer(sheet, &view->facts->criteria[i], &view->by_country[index].verdicts[i],
                       view->countries[index].id);
}

/* Every theme that any criterion belongs to, in the criteria's order. */
static void put_themes(struct sheet *sheet, size_t index)
{
    const struct facts *facts = sheet->view->facts;
    for (size_t i = 0; i < facts->criterion_count; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++)
            seen = strcmp(facts->criteria[k].theme, facts->criteria[i].theme) == 0;
        if (!seen)
            put_theme(sheet, index, facts->criteria[i].theme);
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

static void put_sources(struct sheet *sheet)
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

static void put_links(struct sheet *sheet, const char *code)
{
    struct arena *arena = sheet->arena;
    page_heading(arena, sheet->page, "As data");
    page_link(arena, sheet->page, "All of this", country_path(arena, code, ""));
    page_link(arena, sheet->page, "Every answer", country_path(arena, code, "/assessments"));
    page_link(arena, sheet->page, "Score", arena_printf(arena, "/v1/scores/%s", code));
    page_link(arena, sheet->page, "Response teams", country_path(arena, code, "/certs"));
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
    put_themes(sheet, index);
    put_links(sheet, country->id);
    put_sources(sheet);
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
