/* SPDX-License-Identifier: MIT */
/* The parameters that make a question, each read once all are there, so that their order in the query says nothing.
 * What they leave open is the methodology's own. It knows which methodology speaks and who is asked, and no rule of a
 * score. Invariant: what equals the default is as if it had not been asked. */
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

const char *const ask_names[ASK_COUNT] = {[ASK_METHODOLOGY] = "methodology",
                                          [ASK_WEIGHTS] = "weights",
                                          [ASK_AS_OF] = "as_of",
                                          [ASK_MAX_AGE] = "max_age",
                                          [ASK_BASIS] = "basis",
                                          [ASK_SURE] = "sure",
                                          [ASK_GROUP] = "group",
                                          [ASK_COUNTRIES] = "countries",
                                          [ASK_COUNTRY] = "country",
                                          [ASK_EXPLAIN] = "explain",
                                          [ASK_ASCII] = "ascii",
                                          [ASK_DOMAIN] = "domain",
                                          [ASK_IP] = "ip",
                                          [ASK_AUDIENCE] = "audience",
                                          [ASK_PURPOSE] = "purpose",
                                          [ASK_FILTER] = "bFilter",
                                          [ASK_SHOW] = "bShowNationalCERT",
                                          [ASK_SEPARATOR] = "sep",
                                          [ASK_SINCE] = "since"};

static const char legal_path[] = "/v1/countries/{code}/legal-conditions";

/* A list of cells is about all criteria, until a methodology is named; so is the table of them. */
static bool of_cells(const struct route *route)
{
    static const char path[] = "/v1/assessments";
    return strncmp(route->path, path, strlen(path)) == 0;
}

bool question_of_all(const struct reader *reader)
{
    return of_cells(reader->route) && reader->query->given[ASK_METHODOLOGY] == NULL;
}

static bool is_newest(const struct facts *facts, const struct methodology *methodology)
{
    return facts_methodology(facts, methodology->id) == methodology;
}

static bool unknown_methodology(const struct reader *reader, const char *id)
{
    const struct facts *facts = reader->catalog->facts;
    char quoted[65];
    bool full = false;
    struct nearest best = {0};
    (void)fault_parameter(reader->fault, FAULT_BAD_VALUE, "methodology",
                          "There is no methodology \"%s\": write its id, or its id, @ and a version.",
                          fault_quote(id, quoted));
    for (size_t i = 0; i < facts->methodology_count; i++) {
        const struct methodology *methodology = &facts->methodologies[i];
        if (!is_newest(facts, methodology))
            continue;
        fault_allow(reader->fault, methodology->id, &full);
        nearest_try(&best, id, methodology->id);
    }
    fault_near(reader->fault, &best);
    return false;
}

static bool unknown_version(const struct reader *reader, const char *id, const char *version)
{
    const struct facts *facts = reader->catalog->facts;
    char quoted[65];
    bool full = false;
    (void)fault_parameter(reader->fault, FAULT_BAD_VALUE, "methodology",
                          "%s has no version \"%s\": write it as 1, 1.0 or 1.0.0.", id, fault_quote(version, quoted));
    for (size_t i = 0; i < facts->methodology_count; i++) {
        char word[128];
        (void)snprintf(word, sizeof(word), "%s@%s", id, facts->methodologies[i].version);
        if (strcmp(facts->methodologies[i].id, id) == 0)
            fault_allow(reader->fault, word, &full);
    }
    return false;
}

static bool check_theme(const struct reader *reader, const struct methodology *methodology)
{
    const struct facts *facts = reader->catalog->facts;
    bool full = false;
    if (strcmp(reader->route->path, legal_path) != 0 || strcmp(methodology->theme, "legal-conditions") == 0)
        return true;
    (void)fault_parameter(reader->fault, FAULT_BAD_VALUE, "methodology",
                          "%s is about another theme than this address: see /v1/scores/{code}.", methodology->id);
    for (size_t i = 0; i < facts->methodology_count; i++)
        if (is_newest(facts, &facts->methodologies[i]) &&
            strcmp(facts->methodologies[i].theme, "legal-conditions") == 0)
            fault_allow(reader->fault, facts->methodologies[i].id, &full);
    return false;
}

static bool read_methodology(struct reader *reader, char *value)
{
    const struct catalog *catalog = reader->catalog;
    struct query *query = reader->query;
    char *version = value;
    const char *id = strsep(&version, "@");
    const struct methodology *newest = facts_methodology(catalog->facts, id);
    if (newest == NULL)
        return unknown_methodology(reader, id);
    const struct methodology *asked =
        version == NULL ? newest : facts_methodology_version(catalog->facts, newest->id, version);
    if (asked == NULL)
        return unknown_version(reader, newest->id, version);
    query->question = view_question(catalog->view, asked);
    query->question.theme = of_cells(reader->route) ? asked->theme : NULL;
    query->by_version = version != NULL;
    query->by_methodology = query->by_version || of_cells(reader->route) || asked != view_methodology(catalog->view);
    return check_theme(reader, asked);
}

/* A parameter that is 1 or is left out. */
static bool read_one(struct reader *reader, enum ask ask, const char *value, bool *ret)
{
    bool full = false;
    *ret = strcmp(value, "1") == 0;
    if (*ret)
        return true;
    (void)fault_parameter(reader->fault, FAULT_BAD_VALUE, ask_names[ask], "%s is 1, or left out.", ask_names[ask]);
    fault_allow(reader->fault, "1", &full);
    return false;
}

static bool read_explain(struct reader *reader, char *value)
{
    return read_one(reader, ASK_EXPLAIN, value, &reader->query->question.explain);
}

static bool read_ascii(struct reader *reader, char *value)
{
    return read_one(reader, ASK_ASCII, value, &reader->query->question.ascii);
}

static bool read_country(struct reader *reader, char *value)
{
    if ((reader->route->asks & 1U << ASK_COUNTRIES) == 0)
        return question_country(reader, value);
    if (reader->query->given[ASK_COUNTRIES] != NULL)
        return fault_parameter(reader->fault, FAULT_REPEATED_PARAMETER, "country",
                               "country is another name of countries: give one of the two.");
    return question_countries(reader, value);
}

static question_reader *const readers[ASK_COUNT] = {[ASK_METHODOLOGY] = read_methodology,
                                                    [ASK_WEIGHTS] = question_weights,
                                                    [ASK_AS_OF] = question_as_of,
                                                    [ASK_MAX_AGE] = question_max_age,
                                                    [ASK_BASIS] = question_basis,
                                                    [ASK_SURE] = question_sure,
                                                    [ASK_GROUP] = question_group,
                                                    [ASK_COUNTRIES] = question_countries,
                                                    [ASK_COUNTRY] = read_country,
                                                    [ASK_EXPLAIN] = read_explain,
                                                    [ASK_ASCII] = read_ascii,
                                                    [ASK_DOMAIN] = question_domain,
                                                    [ASK_IP] = question_ip,
                                                    [ASK_AUDIENCE] = question_audience,
                                                    [ASK_PURPOSE] = question_purpose,
                                                    [ASK_SINCE] = question_since};

/* What can only be answered of a few must be told which. */
static bool check_selected(const struct reader *reader)
{
    const struct question *question = &reader->query->question;
    if (!route_offer(reader->route)->only_asked)
        return true;
    if (question->country_count == 0 && question->group_count == 0)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "countries",
                               "countries is missing: give %d to %d codes, as in countries=BE,NL,LU.", COMPARE_LEAST,
                               COMPARE_MOST);
    size_t count = view_selected(reader->catalog->view, question);
    return (count >= COMPARE_LEAST && count <= COMPARE_MOST) ||
           fault_parameter(reader->fault, FAULT_BAD_VALUE, "countries",
                           "countries and group select %zu here: %d to %d can be compared, as in countries=BE,NL,LU.",
                           count, COMPARE_LEAST, COMPARE_MOST);
}

bool question_read(struct reader *reader)
{
    const struct view *view = reader->catalog->view;
    struct query *query = reader->query;
    if (reader->route->asks == 0)
        return true;
    query->question = view_question(view, view_methodology(view));
    query->question.base = reader->catalog->base;
    if (route_is_lenient(reader->route))
        return question_intelmq(reader);
    for (size_t i = 0; i < ASK_COUNT; i++)
        if (query->given[i] != NULL && !readers[i](reader, query->given[i]))
            return false;
    return (reader->route->asks & 1U << ASK_DOMAIN) != 0 ? question_asks_for_one(reader) : check_selected(reader);
}
