/* SPDX-License-Identifier: MIT */
/* What is derived once from the facts: who is a subject, each country's verdicts, score and groups. It knows neither
 * format nor bodies. Everything lies in one arena and never changes afterwards, so that threads may share a view. */
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "cyberatlas/base/fault.h"
#include "internal.h"

enum { VIEW_ARENA_BYTES = 256 * 1024 * 1024 };

static const char schema_folder[] = "api/schemas/";

size_t view_country_index(const struct view *view, const char *code)
{
    size_t low = 0;
    for (size_t high = view->country_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(view->countries[middle].id, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the record {group, since, until} holds on `day`. */
static bool holds_on(const struct value *record, int32_t day)
{
    const struct value *since = value_part(record, "since");
    const struct value *until = value_part(record, "until");
    struct date date;
    if (since != NULL && since->text != NULL && date_parse(since->text, &date) && date.first > day)
        return false;
    return until == NULL || until->text == NULL || !date_parse(until->text, &date) || date.last >= day;
}

static void derive_groups(struct view *view, const struct thing *country, struct country_view *ret)
{
    size_t count;
    const struct claim *claims = thing_claims(country, "groups", &count);
    ret->groups = arena_array(view->arena, count, sizeof(*ret->groups));
    for (size_t i = 0; ret->groups != NULL && i < count; i++) {
        const struct value *group = claims[i].n == 0 ? value_part(&claims[i].value, "group") : NULL;
        if (group != NULL && group->text != NULL && holds_on(&claims[i].value, view->day))
            ret->groups[ret->group_count++] = group->text;
    }
}

static void derive_verdicts(struct view *view, const char *code, struct country_view *ret)
{
    const struct facts *facts = view->facts;
    ret->verdicts = arena_array(view->arena, facts->criterion_count, sizeof(*ret->verdicts));
    for (size_t i = 0; ret->verdicts != NULL && i < facts->criterion_count; i++) {
        size_t count;
        const struct answer *answers = facts_answers(facts, code, facts->criteria[i].id, &count);
        ret->verdicts[i] = score_verdict(&view->question, answers, count, NULL);
    }
    (void)facts_answers(facts, code, NULL, &ret->answer_count);
    ret->score = score_country(facts, &view->question, code, NULL);
}

static void derive_countries(struct view *view)
{
    view->countries = facts_things(view->facts, THING_COUNTRY, NULL, &view->country_count);
    view->certs = facts_things(view->facts, THING_CERT, NULL, &view->cert_count);
    view->by_country = arena_array(view->arena, view->country_count, sizeof(*view->by_country));
    for (size_t i = 0; view->by_country != NULL && i < view->country_count; i++) {
        derive_groups(view, &view->countries[i], &view->by_country[i]);
        derive_verdicts(view, view->countries[i].id, &view->by_country[i]);
    }
}

static bool starts_group(const struct facts *facts, size_t index)
{
    const struct answer *answer = &facts->answers[index];
    return index == 0 || strcmp(answer->country, answer[-1].country) != 0 ||
           strcmp(answer->criterion, answer[-1].criterion) != 0;
}

static void derive_assessments(struct view *view)
{
    const struct facts *facts = view->facts;
    view->assessments = arena_array(view->arena, facts->answer_count, sizeof(*view->assessments));
    view->assessment_ids = arena_array(view->arena, facts->answer_count, sizeof(*view->assessment_ids));
    for (size_t i = 0; arena_ok(view->arena) && i < facts->answer_count; i++) {
        const struct answer *answer = &facts->answers[i];
        if (!starts_group(facts, i))
            continue;
        view->assessments[view->assessment_count] = answer;
        view->assessment_ids[view->assessment_count++] =
            arena_printf(view->arena, "%s/%s", answer->country, answer->criterion);
    }
}

static void derive_methodologies(struct view *view)
{
    const struct facts *facts = view->facts;
    view->methodologies = arena_array(view->arena, facts->methodology_count, sizeof(*view->methodologies));
    for (size_t i = 0; view->methodologies != NULL && i < facts->methodology_count; i++) {
        const struct methodology *methodology = &facts->methodologies[i];
        if (facts_methodology(facts, methodology->id) == methodology)
            view->methodologies[view->methodology_count++] = methodology;
    }
}

static bool check_facts(const struct facts *facts, struct date *ret_date, struct err *err)
{
    if (facts->dataset.date == NULL || !date_parse(facts->dataset.date, ret_date))
        return err_set(err, ERR_INPUT, "the dataset's date is not a date");
    if (facts_methodology(facts, "legal-conditions") == NULL)
        return err_set(err, ERR_INPUT, "the seeds have no methodology legal-conditions");
    for (size_t i = 0; i < facts->methodology_count; i++)
        if (!score_accepts(&facts->methodologies[i]))
            return err_set(err, ERR_INPUT,
                           "methodology %s: at most %d criteria, weights up to %d, values between 0 and 1 "
                           "with denominators up to %d and low <= counted <= high",
                           facts->methodologies[i].id, SCORE_CRITERIA_MAX, SCORE_WEIGHT_MAX, SCORE_DENOMINATOR_MAX);
    return true;
}

bool view_new(const struct facts *facts, const char *revision, struct view **ret, struct err *err)
{
    struct date date;
    if (!check_facts(facts, &date, err))
        return false;
    struct arena *arena = arena_new(VIEW_ARENA_BYTES);
    struct view *view = arena == NULL ? NULL : arena_alloc(arena, sizeof(*view));
    if (view == NULL) {
        arena_free(arena);
        return err_memory(err);
    }
    *view = (struct view){.facts = facts,
                          .revision = revision,
                          .arena = arena,
                          .day = date.last,
                          .methodology = facts_methodology(facts, "legal-conditions")};
    view->question = score_question(view->methodology, view->day);
    derive_countries(view);
    derive_assessments(view);
    derive_methodologies(view);
    statements_count(view);
    if (!arena_ok(arena)) {
        view_free(view);
        return err_memory(err);
    }
    *ret = view;
    return true;
}

void view_free(struct view *view)
{
    if (view != NULL)
        arena_free(view->arena);
}

static bool is_schema(const struct embedded *file)
{
    return strncmp(file->name, schema_folder, sizeof(schema_folder) - 1) == 0;
}

/* The embedded files are sorted by name, so the schemas are one run. */
static size_t first_schema(void)
{
    size_t first = 0;
    while (first < embedded_count && !is_schema(&embedded_table[first]))
        first++;
    return first;
}

static size_t count_schemas(void)
{
    size_t first = first_schema();
    size_t end = first;
    while (end < embedded_count && is_schema(&embedded_table[end]))
        end++;
    return end - first;
}

size_t view_subjects(const struct view *view, enum subject subject)
{
    switch (subject) {
    case SUBJECT_NONE:
        return 1;
    case SUBJECT_COUNTRY:
        return view->country_count;
    case SUBJECT_CERT:
        return view->cert_count;
    case SUBJECT_CRITERION:
        return view->facts->criterion_count;
    case SUBJECT_METHODOLOGY:
        return view->methodology_count;
    case SUBJECT_SOURCE:
        return view->facts->source_count;
    case SUBJECT_VOCABULARY:
        return view->facts->vocabulary_count;
    case SUBJECT_INDEX:
        return view->facts->index_count;
    case SUBJECT_PROBLEM:
        return FAULT_COUNT - 1;
    case SUBJECT_SCHEMA:
        return count_schemas();
    case SUBJECT_ASSESSMENT:
        return view->assessment_count;
    case SUBJECT_COUNT:
        break;
    }
    return 0;
}

const char *view_subject_id(const struct view *view, enum subject subject, size_t index)
{
    switch (subject) {
    case SUBJECT_COUNTRY:
        return view->countries[index].id;
    case SUBJECT_CERT:
        return view->certs[index].id;
    case SUBJECT_CRITERION:
        return view->facts->criteria[index].id;
    case SUBJECT_METHODOLOGY:
        return view->methodologies[index]->id;
    case SUBJECT_SOURCE:
        return view->facts->sources[index].id;
    case SUBJECT_VOCABULARY:
        return view->facts->vocabularies[index].id;
    case SUBJECT_INDEX:
        return view->facts->indices[index].id;
    case SUBJECT_PROBLEM:
        return fault_table[index + 1].id;
    case SUBJECT_SCHEMA:
        return embedded_table[first_schema() + index].name + sizeof(schema_folder) - 1;
    case SUBJECT_ASSESSMENT:
        return view->assessment_ids[index];
    case SUBJECT_NONE:
    case SUBJECT_COUNT:
        break;
    }
    return "";
}
