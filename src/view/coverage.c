/* SPDX-License-Identifier: MIT */
/* What the facts cover, as Markdown for those who keep them: totals, countries by theme, teams, what could not be read,
 * and what rests on each source. The legal matrix stands in coverage_legal.c. It knows no file and no clock: the same
 * facts give the same bytes. */
#include <string.h>

#include "internal.h"

void coverage_text(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|' || *text == '<' || *text == '`' || *text == '*' || *text == '_' || *text == '[')
            buf_putc(out, '\\');
        buf_putc(out, *text);
    }
}

void coverage_country(struct buf *out, const struct thing *country)
{
    buf_printf(out, "| %s ", country->id);
    coverage_text(out, country_name(country));
}

/* A cell of a table; nothing is a dash, so that it is told from a number at a glance. */
static void put_count(struct buf *out, size_t count)
{
    if (count == 0)
        buf_puts(out, " | –");
    else
        buf_printf(out, " | %zu", count);
}

static void put_total(struct buf *out, const char *label, size_t count)
{
    buf_printf(out, "| %s | %zu |\n", label, count);
}

static size_t count_things(const struct view *view, enum thing_kind kind, const char *owner)
{
    size_t count;
    (void)facts_things(view->facts, kind, owner, &count);
    return count;
}

/* --- totals --- */

static size_t count_claims(const struct facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->thing_count; i++)
        count += facts->things[i].claim_count;
    return count;
}

static size_t count_figures(const struct facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->index_count; i++)
        count += facts->indices[i].value_count;
    return count;
}

static bool lacks_source(const struct facts *facts, const char *source)
{
    return source == NULL || facts_source(facts, source) == NULL;
}

/* None, where the seeds were checked; counted all the same, from the facts alone. */
static size_t count_unsourced(const struct facts *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->thing_count; i++)
        for (size_t k = 0; k < facts->things[i].claim_count; k++)
            count += lacks_source(facts, facts->things[i].claims[k].evidence.source) ? 1U : 0U;
    for (size_t i = 0; i < facts->answer_count; i++)
        count += lacks_source(facts, facts->answers[i].evidence.source) ? 1U : 0U;
    for (size_t i = 0; i < facts->index_count; i++)
        for (size_t k = 0; k < facts->indices[i].value_count; k++)
            count += lacks_source(facts, facts->indices[i].values[k].evidence.source) ? 1U : 0U;
    return count;
}

static size_t count_described(const struct view *view)
{
    size_t count = 0;
    for (size_t i = 0; i < view->country_count; i++)
        count += country_has_profile(view, i) ? 1U : 0U;
    return count;
}

static void put_team_totals(const struct view *view, struct buf *out)
{
    size_t countries = 0;
    size_t teams = 0;
    for (size_t i = 0; i < view->country_count; i++) {
        size_t count = count_things(view, THING_CERT, view->countries[i].id);
        countries += count > 0 ? 1U : 0U;
        teams += count;
    }
    put_total(out, "Response teams", view->cert_count);
    put_total(out, "… of countries", teams);
    put_total(out, "… of organisations", view->cert_count - teams);
    put_total(out, "Countries with a response team", countries);
}

static void put_totals(const struct view *view, struct buf *out)
{
    const struct facts *facts = view->facts;
    buf_puts(out, "## In total\n\n| what | number |\n|---|---:|\n");
    put_total(out, "Countries and areas", view->country_count);
    put_total(out, "… of which a source tells more than codes, region and groups", count_described(view));
    put_team_totals(view, out);
    for (int kind = THING_STRATEGY; kind < THING_COUNT; kind++)
        if (kind != THING_CERT)
            put_total(out, kind_table[kind].title, count_things(view, (enum thing_kind)kind, NULL));
    put_total(out, "Claims about things", count_claims(facts));
    put_total(out, "Answers to criteria", facts->answer_count);
    put_total(out, "Country × criterion with an answer", view->assessment_count);
    put_total(out, "Indices of others", facts->index_count);
    put_total(out, "… figures in them", count_figures(facts));
    put_total(out, "Sources", facts->source_count);
    put_total(out, "Values without a source", count_unsourced(facts));
    coverage_legal_totals(view, out);
}

/* --- countries by theme --- */

static const enum thing_kind columns[] = {THING_STRATEGY,    THING_INSTITUTION, THING_CERT,    THING_LAW,
                                          THING_PARTNERSHIP, THING_PROGRAMME,   THING_GUIDANCE};

static size_t count_criteria(const struct facts *facts, const char *theme)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->criterion_count; i++)
        count += strcmp(facts->criteria[i].theme, theme) == 0 ? 1U : 0U;
    return count;
}

static size_t count_answered(const struct view *view, size_t country, const char *theme)
{
    const struct facts *facts = view->facts;
    size_t count = 0;
    for (size_t i = 0; i < facts->criterion_count; i++)
        if (strcmp(facts->criteria[i].theme, theme) == 0 && view->by_country[country].verdicts[i].decides != NULL)
            count++;
    return count;
}

static size_t count_overview(const struct view *view, const char *code)
{
    size_t things;
    const struct thing *profiles = facts_things(view->facts, THING_PROFILE, code, &things);
    size_t count = 0;
    for (size_t i = 0; i < things; i++) {
        size_t marks;
        (void)thing_claims(&profiles[i], "not_read", &marks);
        count += profiles[i].claim_count - marks;
    }
    return count;
}

static size_t count_figures_of(const struct facts *facts, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->index_count; i++)
        for (size_t k = 0; k < facts->indices[i].value_count; k++)
            count += strcmp(facts->indices[i].values[k].country, code) == 0 ? 1U : 0U;
    return count;
}

static void put_theme_row(const struct view *view, const struct vocabulary *themes, size_t index, struct buf *out)
{
    const char *code = view->countries[index].id;
    coverage_country(out, &view->countries[index]);
    put_count(out, count_overview(view, code));
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        put_count(out, count_things(view, columns[i], code));
    put_count(out, count_figures_of(view->facts, code));
    for (size_t i = 0; themes != NULL && i < themes->term_count; i++)
        put_count(out, count_answered(view, index, themes->terms[i].id));
    buf_puts(out, " |\n");
}

static void put_theme_head(const struct view *view, const struct vocabulary *themes, struct buf *out)
{
    size_t theme_count = themes == NULL ? 0 : themes->term_count;
    buf_puts(out, "| country | claims of the overview");
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        buf_printf(out, " | %s", kind_table[columns[i]].plural);
    buf_puts(out, " | figures of indices");
    for (size_t i = 0; i < theme_count; i++)
        buf_printf(out, " | %s, of %zu", themes->terms[i].id, count_criteria(view->facts, themes->terms[i].id));
    buf_puts(out, " |\n|---");
    for (size_t i = 0; i < 2 + COUNT_OF(columns) + theme_count; i++)
        buf_puts(out, "|---:");
    buf_puts(out, "|\n");
}

static void put_silent(const struct view *view, struct buf *out)
{
    if (count_described(view) == view->country_count)
        return;
    buf_puts(out, "\nOf these no source tells more than codes, region and groups:");
    const char *between = " ";
    for (size_t i = 0; i < view->country_count; i++)
        if (!country_has_profile(view, i)) {
            buf_printf(out, "%s%s ", between, view->countries[i].id);
            coverage_text(out, country_name(&view->countries[i]));
            between = "; ";
        }
    buf_puts(out, ".\n");
}

static void put_themes(const struct view *view, struct buf *out)
{
    const struct vocabulary *themes = facts_vocabulary(view->facts, "themes");
    buf_puts(out, "\n## Countries by theme\n\nNumbers of things on file, and of criteria with an answer that speaks "
                  "(by the rules of the methodology legal-conditions).\n\n");
    put_theme_head(view, themes, out);
    for (size_t i = 0; i < view->country_count; i++)
        if (country_has_profile(view, i))
            put_theme_row(view, themes, i, out);
    put_silent(view, out);
}

/* --- teams --- */

static void put_team_row(const struct vocabulary *statuses, const struct thing *certs, size_t count, struct buf *out)
{
    put_count(out, count);
    for (size_t i = 0; i < statuses->term_count; i++) {
        size_t same = 0;
        for (size_t k = 0; k < count; k++) {
            const char *status = thing_text(&certs[k], "status");
            same += status != NULL && strcmp(status, statuses->terms[i].id) == 0 ? 1U : 0U;
        }
        put_count(out, same);
    }
    buf_puts(out, " |\n");
}

static void put_team_head(const struct vocabulary *statuses, struct buf *out)
{
    buf_puts(out, "\n## Response teams\n\n| country or organisation | teams");
    for (size_t i = 0; i < statuses->term_count; i++)
        buf_printf(out, " | %s", statuses->terms[i].id);
    buf_puts(out, " |\n|---|---:");
    for (size_t i = 0; i < statuses->term_count; i++)
        buf_puts(out, "|---:");
    buf_puts(out, "|\n");
}

static void put_teams(const struct view *view, struct buf *out)
{
    const struct facts *facts = view->facts;
    const struct vocabulary *statuses = facts_vocabulary(facts, "cert-statuses");
    if (statuses == NULL)
        return;
    put_team_head(statuses, out);
    const enum thing_kind owners[] = {THING_COUNTRY, THING_ORGANISATION};
    for (size_t kind = 0; kind < COUNT_OF(owners); kind++) {
        size_t count;
        const struct thing *list = facts_things(facts, owners[kind], NULL, &count);
        for (size_t i = 0; i < count; i++) {
            size_t teams;
            const struct thing *certs = facts_things(facts, THING_CERT, list[i].id, &teams);
            if (teams == 0)
                continue;
            coverage_country(out, &list[i]);
            put_team_row(statuses, certs, teams, out);
        }
    }
}

/* --- what could not be read --- */

static void put_unread_row(const struct view *view, const struct thing *profile, const struct claim *claim,
                           struct buf *out)
{
    coverage_country(out, facts_country(view->facts, profile->owner));
    buf_printf(out, " | %s | ", claim->evidence.source);
    for (size_t i = 0; i < claim->value.count; i++) {
        buf_puts(out, i == 0 ? "" : ", ");
        coverage_text(out, facts_label(view->facts, "sections", claim->value.items[i].text));
    }
    buf_puts(out, " |\n");
}

static void put_unread(const struct view *view, struct buf *out)
{
    size_t count;
    const struct thing *profiles = facts_things(view->facts, THING_PROFILE, NULL, &count);
    buf_puts(out,
             "\n## Not read\n\nThe copy of the source ends before these sections: what they said is not known, and "
             "that nothing stands here does not mean that there is none.\n\n");
    buf_puts(out, "| country | source | sections |\n|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        size_t claims;
        const struct claim *first = thing_claims(&profiles[i], "not_read", &claims);
        for (size_t k = 0; k < claims; k++)
            put_unread_row(view, &profiles[i], &first[k], out);
    }
}

static void view_done(struct view **view)
{
    view_free(*view);
}

bool coverage_write(const struct facts *facts, struct buf *out, struct err *err)
{
    CLEANUP(view_done) struct view *view = NULL;
    if (!view_new(facts, "", &view, err))
        return false;
    buf_printf(out,
               "# What the data covers\n\nWritten by `cyberatlas coverage` from the seeds of %s; no line of it is made "
               "by hand.\n\n",
               facts->dataset.date);
    put_totals(view, out);
    coverage_legal_matrix(view, out);
    put_themes(view, out);
    put_teams(view, out);
    put_unread(view, out);
    coverage_sources(view, out);
    return buf_ok(out) || err_memory(err);
}
