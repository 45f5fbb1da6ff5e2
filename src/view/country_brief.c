/* SPDX-License-Identifier: MIT */
/* The first screen of a country's page, whatever its length: the score, the newest strategy, whom to call in an
 * incident, and how much there is to read. Everything here stands again below, with its sources. */
#include <string.h>

#include "internal.h"

/* One and several, for counting. */
static const char *const nouns[THING_COUNT][2] = {
    [THING_STRATEGY] = {"strategy", "strategies"},
    [THING_INSTITUTION] = {"institution", "institutions"},
    [THING_CERT] = {"response team", "response teams"},
    [THING_LAW] = {"law", "laws"},
    [THING_PARTNERSHIP] = {"partnership", "partnerships"},
    [THING_PROGRAMME] = {"programme", "programmes"},
    [THING_GUIDANCE] = {"source of guidance", "sources of guidance"},
};

static void put_score(const struct view *view, struct arena *arena, struct page *page, size_t index)
{
    const struct score *score = &view->by_country[index].score;
    const char *theme = view->methodology->theme;
    if (!assessment_any(view, index, theme))
        return;
    const char *value = score->has_value ? arena_printf(arena, "%s of 100", decimal_text(arena, score->value, 1))
                                         : "no score: too few criteria are known";
    page_row(arena, page, facts_label(view->facts, "themes", theme),
             arena_printf(arena, "%s; between %s and %s", value, decimal_text(arena, score->low, 1),
                          decimal_text(arena, score->high, 1)),
             NULL);
}

static void put_strategy(const struct view *view, struct arena *arena, struct page *page, const char *code)
{
    size_t count;
    const struct thing *strategies = facts_things(view->facts, THING_STRATEGY, code, &count);
    const struct thing *newest = NULL;
    struct date best = {0};
    for (size_t i = 0; i < count; i++) {
        struct date date;
        const char *text = strategy_date(&strategies[i]);
        if (text == NULL || !date_parse(text, &date) || (newest != NULL && date.last <= best.last))
            continue;
        newest = &strategies[i];
        best = date;
    }
    if (newest != NULL)
        page_row(arena, page, "Newest strategy",
                 arena_printf(arena, "%s (%s)", thing_heading(view, arena, newest), strategy_date(newest)), NULL);
}

static bool is_national(const struct thing *cert)
{
    const struct value *types = thing_value(cert, "types");
    const char *status = thing_text(cert, "status");
    bool ended = status != NULL && (strcmp(status, "ceased") == 0 || strcmp(status, "merged") == 0);
    for (size_t i = 0; types != NULL && i < types->count && !ended; i++)
        if (strcmp(types->items[i].text, "national") == 0)
            return true;
    return false;
}

/* "cert@example.org, +32 …": the shown addresses of its contacts. */
static void add_contacts(const struct thing *cert, struct buf *out)
{
    size_t count;
    const struct claim *claims = thing_claims(cert, "contacts", &count);
    const char *between = ": ";
    for (size_t i = 0; i < count; i++) {
        const struct value *address = value_part(&claims[i].value, "address");
        if (claims[i].n != 0 || address == NULL)
            continue;
        buf_puts(out, between);
        buf_puts(out, address->text);
        between = ", ";
    }
}

static bool put_teams(const struct view *view, struct arena *arena, struct page *page, const char *code)
{
    size_t count;
    const struct thing *certs = facts_things(view->facts, THING_CERT, code, &count);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    const char *label = "National team";
    for (size_t i = 0; i < count; i++) {
        if (!is_national(&certs[i]))
            continue;
        buf_reset(&text);
        buf_puts(&text, thing_name(&certs[i]));
        add_contacts(&certs[i], &text);
        page_row(arena, page, label, buf_ok(&text) ? arena_text(arena, text.data) : NULL, NULL);
        label = NULL;
    }
    return buf_ok(&text);
}

/* "3 strategies, 2 institutions …" */
static bool put_counts(const struct view *view, struct arena *arena, struct page *page, const char *code)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    for (int kind = THING_STRATEGY; kind < THING_COUNT; kind++) {
        size_t count;
        (void)facts_things(view->facts, (enum thing_kind)kind, code, &count);
        if (count > 0)
            buf_printf(&text, "%s%zu %s", text.len == 0 ? "" : ", ", count, nouns[kind][count == 1 ? 0 : 1]);
    }
    size_t indices = 0;
    for (size_t i = 0; i < view->facts->index_count; i++) {
        size_t count;
        (void)facts_index_values(&view->facts->indices[i], code, &count);
        indices += count > 0 ? 1U : 0U;
    }
    if (indices > 0)
        buf_printf(&text, "%s%zu %s of others", text.len == 0 ? "" : ", ", indices, indices == 1 ? "index" : "indices");
    if (text.len > 0)
        page_row(arena, page, "On file", buf_ok(&text) ? arena_text(arena, text.data) : NULL, NULL);
    return buf_ok(&text);
}

bool country_put_brief(const struct view *view, struct arena *arena, struct page *page, size_t index)
{
    const char *code = view->countries[index].id;
    page_heading(arena, page, "In brief");
    put_score(view, arena, page, index);
    put_strategy(view, arena, page, code);
    return put_teams(view, arena, page, code) && put_counts(view, arena, page, code);
}
