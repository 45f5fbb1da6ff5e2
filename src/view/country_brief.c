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

static bool has_word(const struct value *list, const char *word)
{
    for (size_t i = 0; list != NULL && i < list->count; i++)
        if (list->items[i].text != NULL && strcmp(list->items[i].text, word) == 0)
            return true;
    return false;
}

/* The newest of one kind of strategy, or (NULL) of all. */
static const struct thing *newest_strategy(const struct view *view, const char *code, const char *kind)
{
    size_t count;
    const struct thing *strategies = facts_things(view->facts, THING_STRATEGY, code, &count);
    const struct thing *newest = NULL;
    struct date best = {0};
    for (size_t i = 0; i < count; i++) {
        struct date date;
        const char *text = strategy_date(&strategies[i]);
        const char *of = thing_text(&strategies[i], "kind");
        if (kind != NULL && (of == NULL || strcmp(of, kind) != 0))
            continue;
        if (text == NULL || !date_parse(text, &date) || (newest != NULL && date.last <= best.last))
            continue;
        newest = &strategies[i];
        best = date;
    }
    return newest;
}

/* A strategy without a date that is said to take the place of `old`; NULL where there is none. */
static const struct thing *undated_successor(const struct view *view, const char *code, const struct thing *old)
{
    size_t count;
    const struct thing *strategies = facts_things(view->facts, THING_STRATEGY, code, &count);
    for (size_t i = 0; i < count; i++) {
        const struct value *supersedes = thing_value(&strategies[i], "supersedes");
        if (strategy_date(&strategies[i]) != NULL || supersedes == NULL)
            continue;
        if (has_word(supersedes, old->id) || (supersedes->text != NULL && strcmp(supersedes->text, old->id) == 0))
            return &strategies[i];
    }
    return NULL;
}

/* An action plan or a sector's strategy is not the nation's: it stands here only where there is no other. */
static void put_strategy(const struct view *view, struct arena *arena, struct page *page, const char *code)
{
    const struct thing *newest = newest_strategy(view, code, "national");
    if (newest == NULL)
        newest = newest_strategy(view, code, NULL);
    if (newest == NULL)
        return;
    const struct thing *successor = undated_successor(view, code, newest);
    if (successor != NULL)
        newest = successor;
    page_row(arena, page, "Newest strategy",
             arena_printf(arena, "%s (%s)", thing_heading(view, arena, newest),
                          successor != NULL ? "date not known" : strategy_date(newest)),
             NULL);
}

/* How near a team is to being the one to call. */
enum nearness { NATIONAL, NATIONAL_BY_ANOTHER_SOURCE, NOT_NATIONAL };

static enum nearness nearness_of(const struct thing *cert)
{
    const char *status = thing_text(cert, "status");
    if (status != NULL && (strcmp(status, "ceased") == 0 || strcmp(status, "merged") == 0))
        return NOT_NATIONAL;
    size_t count;
    const struct claim *types = thing_claims(cert, "types", &count);
    enum nearness nearness = NOT_NATIONAL;
    for (size_t i = 0; i < count; i++)
        if (has_word(&types[i].value, "national"))
            nearness = types[i].n == 0 || nearness == NATIONAL ? NATIONAL : NATIONAL_BY_ANOTHER_SOURCE;
    return nearness;
}

/* An address for incidents comes first; one for other matters alone stands here only where there is no better. */
enum use { FOR_INCIDENTS, FOR_ANYTHING, FOR_OTHER_MATTERS, USE_COUNT };

static enum use use_of(const struct value *contact)
{
    const struct value *purposes = value_part(contact, "purposes");
    if (has_word(purposes, "incidents") || has_word(purposes, "emergencies"))
        return FOR_INCIDENTS;
    bool open = purposes == NULL || has_word(purposes, "general") || has_word(purposes, "country_notices");
    return open ? FOR_ANYTHING : FOR_OTHER_MATTERS;
}

/* "cert@example.org, +32 …": the shown addresses of its contacts. */
static void add_contacts(const struct thing *cert, struct buf *out)
{
    size_t count;
    const struct claim *claims = thing_claims(cert, "contacts", &count);
    bool any = false;
    for (int use = FOR_INCIDENTS; use < USE_COUNT && !(any && use == FOR_OTHER_MATTERS); use++)
        for (size_t i = 0; i < count; i++) {
            const struct value *address = value_part(&claims[i].value, "address");
            if (claims[i].n != 0 || address == NULL || (int)use_of(&claims[i].value) != use)
                continue;
            buf_printf(out, "%s%s", any ? ", " : ": ", address->text);
            any = true;
        }
}

/* What keeps a team from being plainly the one to call: " (unverified since 2014)". */
static void add_doubt(const struct view *view, const struct thing *cert, struct buf *out)
{
    const char *since = unverified_since(thing_shown(cert, "status"));
    const char *status = thing_text(cert, "status");
    if (nearness_of(cert) == NATIONAL_BY_ANOTHER_SOURCE)
        buf_puts(out, " (also stated to be national)");
    if (since != NULL)
        buf_printf(out, " (unverified since %s)", since);
    else if (status != NULL && strcmp(status, "active") != 0)
        buf_printf(out, " (%s)", facts_label(view->facts, "cert-statuses", status));
}

/* The rows of the teams in the making: the first has a label, the others none. */
struct page_part {
    struct arena *arena;
    struct page *page;
    const char *code;
    const char *label;
};

/* Rows for the teams of this nearness, those that are known to work (or not to) alone. */
static bool put_near(const struct view *view, struct page_part *part, enum nearness nearness, bool working)
{
    size_t count;
    const struct thing *certs = facts_things(view->facts, THING_CERT, part->code, &count);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    for (size_t i = 0; i < count; i++) {
        const char *status = thing_text(&certs[i], "status");
        bool active = status == NULL || strcmp(status, "active") == 0;
        if (nearness_of(&certs[i]) != nearness || active != working)
            continue;
        buf_reset(&text);
        buf_puts(&text, thing_name(&certs[i]));
        add_doubt(view, &certs[i], &text);
        add_contacts(&certs[i], &text);
        page_row(part->arena, part->page, part->label, buf_ok(&text) ? arena_text(part->arena, text.data) : NULL, NULL);
        part->label = NULL;
    }
    return buf_ok(&text);
}

/* A working team that a second source calls national is nearer than an old one that the first does. */
static bool put_teams(const struct view *view, struct arena *arena, struct page *page, const char *code)
{
    struct page_part part = {arena, page, code, "National team"};
    bool ok = put_near(view, &part, NATIONAL, true);
    if (part.label != NULL)
        ok = ok && put_near(view, &part, NATIONAL_BY_ANOTHER_SOURCE, true);
    ok = ok && put_near(view, &part, NATIONAL, false);
    if (part.label != NULL)
        ok = ok && put_near(view, &part, NATIONAL_BY_ANOTHER_SOURCE, false);
    return ok;
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
