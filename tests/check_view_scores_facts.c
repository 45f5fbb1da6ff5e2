/* SPDX-License-Identifier: MIT */
/* Facts made by hand: three countries (one assessed in full, one a little, one not at all) and two sources that
 * disagree. Belgium's answers are those of its page of 2017. */
#include <stdlib.h>
#include <string.h>

#include "fixture_facts.h"
#include "view_ask.h"
#include "view_facts.h"
#include "view_scores_facts.h"

static const char *const group_keys[] = {"group", "since", "until"};
static const struct value eu_now[] = {TEXT_VALUE("eu"), TEXT_VALUE("1958-01-01")};
static const struct value eu_once[] = {TEXT_VALUE("eu"), TEXT_VALUE("1973-01-01"), TEXT_VALUE("2020-01-31")};
#define NAMED(what)                                                                                                    \
    {                                                                                                                  \
        .field = "name", .value = TEXT_VALUE(what), .evidence = {.source = "iso", .at = "row " what }                  \
    }
static const struct claim be_claims[] = {NAMED("Belgium"),
                                         {.field = "groups",
                                          .item = "1",
                                          .value = RECORD_VALUE("{}", group_keys, eu_now),
                                          .evidence = {.source = "eu-list"}}};
static const struct claim gb_claims[] = {NAMED("United Kingdom"),
                                         {.field = "groups",
                                          .item = "1",
                                          .value = RECORD_VALUE("{}", group_keys, eu_once),
                                          .evidence = {.source = "eu-list"}}};
static const struct claim xk_claims[] = {NAMED("Kosovo")};
static const struct claim eu_claims[] = {NAMED("European Union")};
static const struct claim cert_claims[] = {NAMED("CERT.be")};
static const struct claim eu_cert_claims[] = {NAMED("CERT-EU")};
static const struct thing things[] = {
    THING(THING_COUNTRY, "BE", NULL, be_claims),     THING(THING_COUNTRY, "GB", NULL, gb_claims),
    THING(THING_COUNTRY, "XK", NULL, xk_claims),     THING(THING_ORGANISATION, "eu", NULL, eu_claims),
    THING(THING_CERT, "cert-be", "BE", cert_claims), THING(THING_CERT, "cert-eu", "eu", eu_cert_claims)};

#define ASKED(an_id, ...)                                                                                              \
    {                                                                                                                  \
        .id = an_id, .theme = "legal-conditions", .label = "On " an_id, .question = "What of " an_id "?",              \
        .allowed = {__VA_ARGS__}, .source = "wiser-be-2017"                                                            \
    }
#define USUAL [ANSWER_YES] = true, [ANSWER_PARTIAL] = true, [ANSWER_NO] = true, [ANSWER_NOT_APPLICABLE] = true
static const struct criterion criteria[] = {ASKED("strategy", USUAL),
                                            ASKED("strategy-year", [ANSWER_YEAR] = true),
                                            ASKED("audit", USUAL),
                                            ASKED("reporting", USUAL),
                                            ASKED("inventory", USUAL),
                                            ASKED("plan", USUAL),
                                            ASKED("cip", USUAL),
                                            ASKED("risk", USUAL),
                                            ASKED("report", USUAL),
                                            ASKED("officer", USUAL),
                                            ASKED("purchase", USUAL),
                                            ASKED("definition", USUAL),
                                            {.id = "team",
                                             .theme = "operational-capacities",
                                             .label = "Team",
                                             .question = "Is there a team?",
                                             .allowed = {USUAL}}};

static const struct weight weights[] = {{"audit", 1},     {"cip", 1},  {"definition", 1}, {"inventory", 1},
                                        {"officer", 1},   {"plan", 1}, {"purchase", 1},   {"report", 1},
                                        {"reporting", 1}, {"risk", 1}, {"strategy", 1}};

const struct methodology scored_methodology = {LEGAL_METHOD, .least_coverage = {3, 5}, .weights = weights,
                                               .weight_count = COUNT_OF(weights)};

#define SAID(a_country, a_criterion, a_value, a_sure, a_year, a_reason)                                                \
    {                                                                                                                  \
        .country = a_country, .criterion = a_criterion, .value = ANSWER_##a_value, .year = a_year,                     \
        .unknown = a_reason, .basis = BASIS_ASSESSOR, .sure = SURE_##a_sure,                                           \
        .evidence = {.source = "wiser-be-2017", .at = "L1", .observed = PAGE_MONTH}, OBSERVED_ON_PAGE                  \
    }
static const struct answer answers[] = {SAID("BE", "audit", NO, HIGH, 0, NULL),
                                        SAID("BE", "cip", PARTIAL, HIGH, 0, NULL),
                                        SAID("BE", "inventory", YES, HIGH, 0, NULL),
                                        SAID("BE", "officer", NO, HIGH, 0, NULL),
                                        SAID("BE", "plan", NO, HIGH, 0, NULL),
                                        {.country = "BE",
                                         .criterion = "plan",
                                         .value = ANSWER_YES,
                                         .basis = BASIS_EU_LAW,
                                         .evidence = {.source = "eu-list", .at = "Article 21", .since = "2016-07-06"}},
                                        SAID("BE", "purchase", UNKNOWN, HIGH, 0, "lost_in_capture"),
                                        SAID("BE", "report", NO, HIGH, 0, NULL),
                                        SAID("BE", "reporting", PARTIAL, HIGH, 0, NULL),
                                        SAID("BE", "risk", YES, MEDIUM, 0, NULL),
                                        SAID("BE", "strategy", YES, HIGH, 0, NULL),
                                        SAID("BE", "strategy-year", YEAR, HIGH, 2012, NULL),
                                        SAID("BE", "strategy-year", YEAR, HIGH, 2013, NULL),
                                        SAID("XK", "audit", YES, HIGH, 0, NULL),
                                        {.country = "XK",
                                         .criterion = "audit",
                                         .value = ANSWER_NO,
                                         .basis = BASIS_OUR_READING,
                                         .evidence = {.source = "iso", .observed = "2017-05-14"},
                                         .observed = {17300, 17300},
                                         .dated = true}};

static const struct source sources[] = {{.id = "eu-list", .title = "List of members", .terms = "not stated"},
                                        {.id = "iso", .title = "Codes", .terms = "free", .url = "https://iso.example/"},
                                        {.id = "unused", .title = "=Unused", .terms = "none"},
                                        {.id = "wiser-be-2017", .title = "Belgium", .terms = "not stated"}};
static const struct term group_terms[] = {{"eu", "European Union", NULL}, {"eea", "Economic Area", "since 1994"}};
static const struct vocabulary vocabularies[] = {{"groups", "Groups of states", group_terms, 2}};

static const struct index_part rank_editions[] = {{.id = "2024", .title = "Of 2024"},
                                                  {.id = "2020", .title = "Of 2020"}};
static const struct index_part rank_pillars[] = {{.id = "law", .title = "Law", .note = "On paper."}};
static const struct index_value rank_values[] = {
    {"BE", "2024", "law", "18.41860", {.source = "eu-list", .at = "table 2", .observed = "2024", .note = "Odd."}},
    {"BE", "2020", "law", "-3", {.source = "eu-list"}},
    {"XK", "2024", "law", "100", {.source = "eu-list"}}};
static const struct index_value start_values[] = {{"BE", "2020", NULL, "2012-11", {.source = "eu-list"}}};
static const struct index indices[] = {{.id = "rank",
                                        .title = "A rank",
                                        .publisher = "Rankers",
                                        .text = "What it ranks.",
                                        .terms = "Free, they say.",
                                        .unit = "points",
                                        .lowest = "-10",
                                        .highest = "100",
                                        .better = "higher",
                                        .source = "eu-list",
                                        .editions = rank_editions,
                                        .edition_count = 2,
                                        .pillars = rank_pillars,
                                        .pillar_count = 1,
                                        .values = rank_values,
                                        .value_count = 3},
                                       {.id = "start",
                                        .title = "=A start",
                                        .publisher = "Rankers",
                                        .text = "When it began.",
                                        .terms = "Not seen.",
                                        .form = INDEX_DATE,
                                        .unit = "date",
                                        .editions = &rank_editions[1],
                                        .edition_count = 1,
                                        .values = start_values,
                                        .value_count = 1}};

struct facts scored_facts;
struct view *scored_view;

void scored_set_up(void)
{
    scored_facts = (struct facts){.dataset = {.id = "test", .date = "2026-11-24"},
                                  .sources = sources,
                                  .source_count = COUNT_OF(sources),
                                  .vocabularies = vocabularies,
                                  .vocabulary_count = COUNT_OF(vocabularies),
                                  .criteria = criteria,
                                  .criterion_count = COUNT_OF(criteria),
                                  .methodologies = &scored_methodology,
                                  .methodology_count = 1,
                                  .things = things,
                                  .thing_count = COUNT_OF(things),
                                  .answers = answers,
                                  .answer_count = COUNT_OF(answers),
                                  .indices = indices,
                                  .index_count = COUNT_OF(indices)};
    struct err err = {.kind = ERR_NONE};
    ck_assert_msg(view_new(&scored_facts, "0123456789ab", &scored_view, &err), "%s", err.text);
}

void scored_tear_down(void)
{
    view_free(scored_view);
    scored_view = NULL;
}

size_t scored_number(enum subject subject, const char *id)
{
    for (size_t i = 0; i < view_subjects(scored_view, subject); i++)
        if (strcmp(view_subject_id(scored_view, subject, i), id) == 0)
            return i;
    ck_abort_msg("no subject %s", id);
    return 0;
}

/* The body of one document; the caller frees it. */
char *scored_body(const char *path, enum media media, const char *id)
{
    const struct document_kind *kind = kind_of(path, media);
    struct buf bytes;
    buf_init(&bytes, 1 << 20);
    ck_assert(document_write(scored_view, kind, scored_number(kind->subject, id), &bytes));
    return buf_take(&bytes, &(size_t){0});
}

/* Its JSON, to be given back with json_decref. */
json_t *scored_answer(const char *path, const char *id)
{
    char *body = scored_body(path, MEDIA_JSON, id);
    json_error_t error;
    json_t *answer = json_loads(body, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(answer != NULL, "%s %s: %s", path, id, error.text);
    ck_assert_int_eq(body[strlen(body) - 1], '\n');
    free(body);
    return answer;
}

char *scored_fragment(const char *list, size_t index, enum media media)
{
    struct buf bytes;
    buf_init(&bytes, 1 << 20);
    ck_assert(item_write(scored_view, list_kind_find(list), index, media, &bytes));
    return buf_take(&bytes, &(size_t){0});
}

const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The item of `array` whose `key` is `value`. */
json_t *item_with(json_t *array, const char *key, const char *value)
{
    size_t index;
    json_t *item;
    json_array_foreach(array, index, item) if (strcmp(text_at(item, key), value) == 0) return item;
    ck_abort_msg("no item with %s %s", key, value);
    return NULL;
}

void assert_within(const char *body, const char *part)
{
    ck_assert_msg(strstr(body, part) != NULL, "%s\nis not in\n%s", part, body);
}
