/* SPDX-License-Identifier: MIT */
/* What is derived once from the facts: who is a subject, each country's verdicts, score and groups. It knows neither
 * format nor bodies. Everything lies in one arena and never changes afterwards, so that threads may share a view. */
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "cyberatlas/base/fault.h"
#include "internal.h"

enum { VIEW_ARENA_BYTES = 256 * 1024 * 1024 };

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

/* The time that the record {group, since, until} speaks of; without bounds where it gives no dates. */
static struct membership membership_of(const struct value *record, const char *group)
{
    struct membership membership = {group, INT32_MIN, INT32_MAX};
    const struct value *since = value_part(record, "since");
    const struct value *until = value_part(record, "until");
    struct date date;
    if (since != NULL && since->text != NULL && date_parse(since->text, &date))
        membership.first = date.first;
    if (until != NULL && until->text != NULL && date_parse(until->text, &date))
        membership.last = date.last;
    return membership;
}

static void derive_groups(struct view *view, const struct thing *country, struct country_view *ret)
{
    size_t count;
    const struct claim *claims = thing_claims(country, "groups", &count);
    struct membership *memberships = arena_array(view->arena, count, sizeof(*memberships));
    ret->memberships = memberships;
    ret->groups = arena_array(view->arena, count, sizeof(*ret->groups));
    for (size_t i = 0; arena_ok(view->arena) && i < count; i++) {
        const struct value *group = claims[i].n == 0 ? value_part(&claims[i].value, "group") : NULL;
        if (group == NULL || group->text == NULL)
            continue;
        struct membership membership = membership_of(&claims[i].value, group->text);
        memberships[ret->membership_count++] = membership;
        if (membership.first <= view->day && membership.last >= view->day)
            ret->groups[ret->group_count++] = group->text;
    }
}

static void derive_verdicts(struct view *view, size_t country, struct country_view *ret)
{
    struct question question = view_question(view, view->methodology);
    struct verdict own[SCORE_CRITERIA_MAX];
    ret->verdicts = arena_array(view->arena, view->facts->criterion_count, sizeof(*ret->verdicts));
    for (size_t i = 0; ret->verdicts != NULL && i < view->facts->criterion_count; i++) {
        ret->verdicts[i] = score_verdict(view->judges[i].rule, view_cell(view, country, i), NULL);
        ret->answer_count += view_cell(view, country, i).count;
    }
    ret->score = question_score(view, &question, country, own);
}

static void derive_countries(struct view *view)
{
    view->by_country = arena_array(view->arena, view->country_count, sizeof(*view->by_country));
    for (size_t i = 0; arena_ok(view->arena) && i < view->country_count; i++) {
        view->by_country[i].name = country_name(&view->countries[i]);
        derive_groups(view, &view->countries[i], &view->by_country[i]);
        derive_verdicts(view, i, &view->by_country[i]);
    }
}

static bool starts_group(const struct facts *facts, size_t index)
{
    const struct answer *answer = &facts->answers[index];
    return index == 0 || strcmp(answer->country, answer[-1].country) != 0 ||
           strcmp(answer->criterion, answer[-1].criterion) != 0;
}

static size_t answers_run(const struct facts *facts, size_t start)
{
    size_t end = start + 1;
    while (end < facts->answer_count && !starts_group(facts, end))
        end++;
    return end - start;
}

/* The claims of each country about each criterion, in one pass, so that no question searches for them. */
static void derive_cells(struct view *view)
{
    const struct facts *facts = view->facts;
    view->countries = facts_things(facts, THING_COUNTRY, NULL, &view->country_count);
    view->certs = facts_things(facts, THING_CERT, NULL, &view->cert_count);
    view->cells = arena_array(view->arena, view->country_count * facts->criterion_count + 1, sizeof(*view->cells));
    view->assessments = arena_array(view->arena, facts->answer_count + 1, sizeof(*view->assessments));
    for (size_t i = 0; arena_ok(view->arena) && i < facts->answer_count; i += answers_run(facts, i)) {
        const struct answer *answers = &facts->answers[i];
        const struct criterion *criterion = facts_criterion(facts, answers->criterion);
        size_t country = view_country_index(view, answers->country);
        if (criterion == NULL || country == view->country_count)
            continue;
        struct assessment *assessment = &view->assessments[view->assessment_count++];
        assessment->country = country;
        assessment->criterion = (size_t)(criterion - facts->criteria);
        assessment->id = arena_printf(view->arena, "%s/%s", answers->country, answers->criterion);
        view->cells[country * facts->criterion_count + assessment->criterion] =
            (struct cell){answers, answers_run(facts, i)};
    }
}

static void derive_methodologies(struct view *view)
{
    const struct facts *facts = view->facts;
    view->weighed = arena_array(view->arena, facts->methodology_count, sizeof(*view->weighed));
    for (size_t i = 0; view->weighed != NULL && i < facts->methodology_count; i++) {
        const struct methodology *methodology = &facts->methodologies[i];
        view->weighed[i] = arena_array(view->arena, methodology->weight_count, sizeof(**view->weighed));
        for (size_t k = 0; view->weighed[i] != NULL && k < methodology->weight_count; k++)
            view->weighed[i][k] = (size_t)(facts_criterion(facts, methodology->weights[k].criterion) - facts->criteria);
    }
    view->methodologies = arena_array(view->arena, facts->methodology_count, sizeof(*view->methodologies));
    for (size_t i = 0; view->methodologies != NULL && i < facts->methodology_count; i++) {
        const struct methodology *methodology = &facts->methodologies[i];
        if (facts_methodology(facts, methodology->id) == methodology)
            view->methodologies[view->methodology_count++] = methodology;
    }
}

static bool check_methodology(const struct facts *facts, const struct methodology *methodology, struct err *err)
{
    if (!score_accepts(methodology))
        return err_set(err, ERR_INPUT,
                       "methodology %s: at most %d criteria, weights up to %d, values between 0 and 1 with a common "
                       "denominator up to %d and low <= counted <= high",
                       methodology->id, SCORE_CRITERIA_MAX, SCORE_WEIGHT_MAX, SCORE_UNIT_MAX);
    for (size_t i = 0; i < methodology->weight_count; i++)
        if (facts_criterion(facts, methodology->weights[i].criterion) == NULL)
            return err_set(err, ERR_INPUT, "methodology %s: %s is no criterion", methodology->id,
                           methodology->weights[i].criterion);
    return true;
}

static bool check_facts(const struct facts *facts, struct date *ret_date, struct err *err)
{
    if (facts->dataset.date == NULL || !date_parse(facts->dataset.date, ret_date))
        return err_set(err, ERR_INPUT, "the dataset's date is not a date");
    if (facts->methodology_count == 0)
        return err_set(err, ERR_INPUT, "the seeds have no methodology");
    for (size_t i = 0; i < facts->methodology_count; i++)
        if (!check_methodology(facts, &facts->methodologies[i], err))
            return false;
    return true;
}

static const struct methodology *default_methodology(const struct facts *facts)
{
    const struct methodology *methodology = facts_methodology(facts, "legal-conditions");
    return methodology != NULL ? methodology : facts_methodology(facts, facts->methodologies[0].id);
}

/* In the order in which one needs the other; false without memory. */
static bool derive(struct view *view)
{
    derive_methodologies(view);
    derive_cells(view);
    struct question question = view_question(view, view->methodology);
    view->judges = arena_ok(view->arena) ? question_judges(view, &question, view->arena) : NULL;
    if (view->judges == NULL)
        return false;
    derive_countries(view);
    statements_count(view);
    return arena_ok(view->arena);
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
                          .methodology = default_methodology(facts)};
    if (!derive(view)) {
        view_free(view);
        return err_memory(err);
    }
    *ret = view;
    return true;
}

void view_set_parameters(struct view *view, view_parameters *parameters)
{
    view->parameters = parameters;
}

void view_free(struct view *view)
{
    if (view != NULL)
        arena_free(view->arena);
}

/* Where the embedded files of a subject lie; NULL for what is no file. */
static const char *folder_of(enum subject subject)
{
    if (subject == SUBJECT_SCHEMA)
        return "api/schemas/";
    if (subject == SUBJECT_SCRIPT)
        return "assets/js/";
    return subject == SUBJECT_STYLE ? "assets/css/" : NULL;
}

static size_t count_files(enum subject subject)
{
    size_t count;
    (void)embedded_run(folder_of(subject), &count);
    return count;
}

static const char *file_id(enum subject subject, size_t index)
{
    size_t count;
    size_t first = embedded_run(folder_of(subject), &count);
    return embedded_table[first + index].name + strlen(folder_of(subject));
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
    case SUBJECT_SCRIPT:
    case SUBJECT_STYLE:
        return count_files(subject);
    case SUBJECT_FINDING:
        return finding_count(view);
    case SUBJECT_EXPORT:
        return export_kind_count;
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
    case SUBJECT_SCRIPT:
    case SUBJECT_STYLE:
        return file_id(subject, index);
    case SUBJECT_FINDING:
        return finding_id(view, index);
    case SUBJECT_EXPORT:
        return export_kinds[index].name;
    case SUBJECT_ASSESSMENT:
        return view->assessments[index].id;
    case SUBJECT_NONE:
    case SUBJECT_COUNT:
        break;
    }
    return "";
}
