/* SPDX-License-Identifier: MIT */
/* The part of the coverage that is about the legal conditions: which cells of the countries that are or were in the
 * European Union hold a claim, which of them speak, and why the others do not; and what rests on each source. It takes
 * the verdicts as the view has derived them and judges nothing itself. */
#include <string.h>

#include "internal.h"

/* Whether the country is or was in the union: any membership counts, also one that has ended. */
static bool was_in_union(const struct thing *country)
{
    size_t count;
    const struct claim *claims = thing_claims(country, "groups", &count);
    for (size_t i = 0; i < count; i++) {
        const struct value *group = value_part(&claims[i].value, "group");
        if (group != NULL && group->text != NULL && strcmp(group->text, "eu") == 0)
            return true;
    }
    return false;
}

static const struct verdict *verdict_of(const struct view *view, size_t country, size_t criterion)
{
    return &view->by_country[country].verdicts[criterion];
}

/* Told every cell of the matrix, row by row. */
typedef void see_cell(void *cls, const struct view *view, size_t country, size_t criterion);

static void see_row(const struct view *view, size_t country, see_cell *see, void *cls)
{
    for (size_t i = 0; i < view->facts->criterion_count; i++)
        if (methodology_weighs(view->methodology, view->facts->criteria[i].id))
            see(cls, view, country, i);
}

static void see_all(const struct view *view, see_cell *see, void *cls)
{
    for (size_t i = 0; i < view->country_count; i++)
        if (was_in_union(&view->countries[i]))
            see_row(view, i, see, cls);
}

struct cells {
    size_t all;
    size_t claimed;
    size_t spoken;
};

static void count_cell(void *cls, const struct view *view, size_t country, size_t criterion)
{
    struct cells *cells = cls;
    size_t count;
    (void)facts_answers(view->facts, view->countries[country].id, view->facts->criteria[criterion].id, &count);
    cells->all++;
    cells->claimed += count > 0 ? 1U : 0U;
    cells->spoken += verdict_of(view, country, criterion)->decides != NULL ? 1U : 0U;
}

void coverage_legal_totals(const struct view *view, struct buf *out)
{
    struct cells cells = {0};
    see_all(view, count_cell, &cells);
    buf_printf(out, "| Legal cells of the countries that are or were in the EU | %zu |\n", cells.all);
    buf_printf(out, "| … with a claim | %zu |\n", cells.claimed);
    buf_printf(out, "| … that speak by default | %zu |\n", cells.spoken);
}

/* --- the matrix --- */

static void put_cell(void *cls, const struct view *view, size_t country, size_t criterion)
{
    struct buf *out = cls;
    const struct verdict *verdict = verdict_of(view, country, criterion);
    buf_puts(out, " | ");
    if (verdict->decides == NULL) {
        buf_puts(out, strcmp(verdict->unknown, "no_source") == 0 ? "–" : "unknown: ");
        coverage_text(out, strcmp(verdict->unknown, "no_source") == 0
                               ? ""
                               : facts_label(view->facts, "unknown-reasons", verdict->unknown));
        return;
    }
    coverage_text(out, facts_label(view->facts, "answer-values", answer_value_names[verdict->value]));
    if (verdict->decides->evidence.observed != NULL)
        buf_printf(out, " %s", verdict->decides->evidence.observed);
    if (verdict->disputed)
        buf_puts(out, " (disputed)");
}

static void put_row(const struct view *view, size_t index, struct buf *out)
{
    const struct score *score = &view->by_country[index].score;
    coverage_country(out, &view->countries[index]);
    see_row(view, index, put_cell, out);
    buf_printf(out, " | %s |\n", score->has_oldest ? score->oldest_text : "–");
}

static void put_head(const struct view *view, struct buf *out)
{
    size_t count = 0;
    buf_puts(out, "| country");
    for (size_t i = 0; i < view->facts->criterion_count; i++)
        if (methodology_weighs(view->methodology, view->facts->criteria[i].id)) {
            buf_printf(out, " | %s", view->facts->criteria[i].id);
            count++;
        }
    buf_puts(out, " | oldest |\n|---");
    for (size_t i = 0; i <= count; i++)
        buf_puts(out, "|---");
    buf_puts(out, "|\n");
}

/* How many cells of each criterion have each value; unknown is what no claim decides. */
static void put_sums(const struct view *view, enum answer_value value, struct buf *out)
{
    buf_puts(out, "| ");
    coverage_text(out, facts_label(view->facts, "answer-values", answer_value_names[value]));
    for (size_t i = 0; i < view->facts->criterion_count; i++) {
        if (!methodology_weighs(view->methodology, view->facts->criteria[i].id))
            continue;
        size_t count = 0;
        for (size_t k = 0; k < view->country_count; k++)
            count += was_in_union(&view->countries[k]) && verdict_of(view, k, i)->value == value ? 1U : 0U;
        buf_printf(out, " | %zu", count);
    }
    buf_puts(out, " | |\n");
}

void coverage_legal_matrix(const struct view *view, struct buf *out)
{
    buf_puts(out, "\n## Legal conditions of the countries that are or were in the EU\n\n"
                  "Each cell is what speaks by the methodology's default, with the date of the claim that decides. A "
                  "dash: no source says anything. Unknown: there are claims, and none of them may speak; the reason "
                  "tells what they lack.\n\n");
    put_head(view, out);
    for (size_t i = 0; i < view->country_count; i++)
        if (was_in_union(&view->countries[i]))
            put_row(view, i, out);
    for (int value = ANSWER_UNKNOWN; value < ANSWER_YEAR; value++)
        put_sums(view, (enum answer_value)value, out);
}

/* --- sources --- */

void coverage_sources(const struct view *view, struct buf *out)
{
    const struct facts *facts = view->facts;
    buf_puts(out, "\n## Sources\n\n| source | claims | answers | criteria | figures | title |\n"
                  "|---|---:|---:|---:|---:|---|\n");
    for (size_t i = 0; i < facts->source_count; i++) {
        const struct source_use *use = &view->uses[i];
        buf_printf(out, "| %s | %zu | %zu | %zu | %zu | ", facts->sources[i].id, use->claims, use->answers,
                   use->criteria, use->figures);
        coverage_text(out, facts->sources[i].title);
        buf_puts(out, " |\n");
    }
}
