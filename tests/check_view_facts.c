/* SPDX-License-Identifier: MIT */
/* The small world of view_facts.h, in the order that facts promise. */
#include "view_facts.h"

#include "cyberatlas/base/common.h"

#define FROM(place) .evidence = {.source = "page-2017", .at = place, .observed = "2017-07"}
#define TEXT(name, text_, place)                                                                                       \
    {                                                                                                                  \
        .field = name, .value = {.type = VALUE_TEXT, .json = "\"" text_ "\"", .text = text_}, FROM(place)              \
    }
#define PART(text_)                                                                                                    \
    {                                                                                                                  \
        .type = VALUE_TEXT, .json = "\"" text_ "\"", .text = text_                                                     \
    }

static const struct value eu_items[] = {PART("eu"), PART("1958-01-01")};
static const struct value left_items[] = {PART("benelux"), PART("1948"), PART("1990")};
static const char *const eu_keys[] = {"group", "since", "until"};
static const struct value alias_items[] = {PART("B")};
static const struct claim belgium[] = {
    TEXT("name", "Belgium", "row 21"),
    TEXT("official_name", "Kingdom of Belgium", "row 21"),
    TEXT("alpha3", "BEL", "row 21"),
    TEXT("numeric", "056", "row 21"),
    TEXT("standing", "iso", "row 21"),
    {.field = "aliases",
     .value = {.type = VALUE_LIST, .json = "[\"B\"]", .count = 1, .items = alias_items},
     FROM("row 21")},
    TEXT("region", "150", "row 21"),
    {.field = "groups",
     .item = "1",
     .value = {.type = VALUE_RECORD,
               .json = "{\"group\":\"eu\",\"since\":\"1958-01-01\"}",
               .count = 2,
               .items = eu_items,
               .keys = eu_keys},
     FROM("row 1")},
    {.field = "groups",
     .item = "2",
     .value = {.type = VALUE_RECORD,
               .json = "{\"group\":\"benelux\",\"since\":\"1948\",\"until\":\"1990\"}",
               .count = 3,
               .items = left_items,
               .keys = eu_keys},
     FROM("row 2")},
};
static const struct claim france[] = {TEXT("name", "France", NULL), TEXT("alpha3", "FRA", NULL),
                                      TEXT("numeric", "250", NULL), TEXT("standing", "iso", NULL)};
static const struct claim kosovo[] = {TEXT("name", "Ållo", NULL), TEXT("alpha3", "XKX", NULL),
                                      TEXT("standing", "user_assigned", NULL)};
static const struct claim union_claims[] = {TEXT("name", "European Union", NULL)};

static const struct claim overview[] = {
    TEXT("analysed", "2017-07", "L107"),
    {.field = "strategy_established", .value = {.type = VALUE_FLAG, .json = "true", .integer = 1}, FROM("L3")},
    {.field = "monitoring", .unknown = "lost_in_capture", FROM("L20")},
};
static const struct value topic_items[] = {PART("procurement"), PART("buys safely")};
static const char *const topic_keys[] = {"topic", "summary"};
static const struct claim strategy[] = {
    TEXT("title", "Cyber Security Strategy", "L5"),
    TEXT("adopted", "2012", "L22, Year of adoption"),
    {.field = "adopted", .n = 1, .value = PART("2013"), FROM("L3")},
    {.field = "objectives", .item = "1", .value = PART("A safe cyberspace"), FROM("L7")},
    {.field = "objectives", .item = "2", .value = PART("Protected infrastructure"), FROM("L9")},
    {.field = "topics",
     .item = "1",
     .value = {.type = VALUE_RECORD,
               .json = "{\"topic\":\"procurement\",\"summary\":\"buys safely\"}",
               .count = 2,
               .items = topic_items,
               .keys = topic_keys},
     FROM("L15")},
};
static const struct claim institution[] = {
    {.field = "name", .unknown = "lost_in_capture", FROM("L3")},
    TEXT("established", "2014", "L3"),
};

static const struct value type_items[] = {PART("national"), PART("government")};
static const struct value first_items[] = {PART("first"), PART("member")};
static const struct value ti_items[] = {PART("first"), PART("liaison")};
static const char *const member_keys[] = {"body", "level"};
static const struct claim cert_be[] = {
    {.field = "name",
     .value = {.type = VALUE_TEXT, .json = "\"=CERT, \\\"<b>\\\"\"", .text = "=CERT, \"<b>\""},
     FROM("L30")},
    TEXT("short_name", "CERT.be", "L30"),
    TEXT("status", "active", "L30"),
    {.field = "types",
     .value = {.type = VALUE_LIST, .json = "[\"national\",\"government\"]", .count = 2, .items = type_items},
     FROM("L30")},
    TEXT("established", "2009", "L31"),
    {.field = "established", .n = 1, .value = PART("2008"), FROM("L33")},
    {.field = "memberships",
     .item = "1",
     .value = {.type = VALUE_RECORD,
               .json = "{\"body\":\"first\",\"level\":\"member\"}",
               .count = 2,
               .items = first_items,
               .keys = member_keys},
     FROM("L34")},
    {.field = "memberships",
     .item = "2",
     .value = {.type = VALUE_RECORD,
               .json = "{\"body\":\"first\",\"level\":\"liaison\"}",
               .count = 2,
               .items = ti_items,
               .keys = member_keys},
     FROM("L34")},
    TEXT("url", "https://cert.be/", "L35"),
};
static const struct claim cert_eu[] = {TEXT("name", "CERT-EU", NULL), TEXT("status", "active", NULL)};
static const struct claim partnership[] = {
    TEXT("name", "Coalition", "L58"),
    {.field = "members",
     .value = {.type = VALUE_INTEGER, .json = "50", .integer = 50},
     .qualifier = "more_than",
     .evidence = {.source = "page-2017", .at = "L60", .since = "2015", .note = "Counted by us."}},
};

#define THING(kind_, id_, owner_, claims_)                                                                             \
    {                                                                                                                  \
        kind_, id_, owner_, claims_, COUNT_OF(claims_)                                                                 \
    }
static const struct thing things[] = {
    THING(THING_COUNTRY, "BE", NULL, belgium),
    THING(THING_COUNTRY, "FR", NULL, france),
    THING(THING_COUNTRY, "XK", NULL, kosovo),
    THING(THING_ORGANISATION, "eu", NULL, union_claims),
    THING(THING_PROFILE, "be", "BE", overview),
    THING(THING_STRATEGY, "be-strategy-2012", "BE", strategy),
    THING(THING_INSTITUTION, "be-centre", "BE", institution),
    THING(THING_CERT, "cert-be", "BE", cert_be),
    THING(THING_CERT, "cert-eu", "eu", cert_eu),
    THING(THING_PARTNERSHIP, "be-coalition", "BE", partnership),
};

static const struct source sources[] = {
    {.id = "page-2017", .title = "A page", .published = "2017", .terms = "not stated"},
    {.id = "reading", .title = "Our reading", .terms = "not stated"}};
static const struct term groups[] = {{"eu", "European Union", NULL}, {"benelux", "Benelux", NULL}};
static const struct term reasons[] = {{"lost_in_capture", "lost in the capture", NULL},
                                      {"no_source", "no source says", NULL}};
static const struct term qualifiers[] = {{"more_than", "more than", NULL}};
static const struct term regions[] = {{"150", "Europe", NULL}};
static const struct term values[] = {{"yes", "yes", NULL}, {"partial", "in part", NULL}, {"no", "no", NULL}};
static const struct vocabulary vocabularies[] = {
    {"answer-values", "Values", values, COUNT_OF(values)},          {"groups", "Groups", groups, COUNT_OF(groups)},
    {"qualifiers", "Qualifiers", qualifiers, COUNT_OF(qualifiers)}, {"regions", "Regions", regions, COUNT_OF(regions)},
    {"unknown-reasons", "Reasons", reasons, COUNT_OF(reasons)},
};

#define ASKS(id_, theme_)                                                                                              \
    {                                                                                                                  \
        .id = id_, .theme = theme_, .label = "About " id_, .question = "Is there?",                                    \
        .allowed = {[ANSWER_YES] = true, [ANSWER_PARTIAL] = true, [ANSWER_NO] = true}, .source = "page-2017"           \
    }
static const struct criterion criteria[] = {
    ASKS("annual-audit", "legal-conditions"),
    ASKS("system-inventory", "legal-conditions"),
    ASKS("national-cert", "operational-capacities"),
};
static const struct weight weights[] = {{"annual-audit", 1}, {"system-inventory", 1}};
static const struct methodology methodologies[] = {{.id = "legal-conditions",
                                                    .version = "1.0.0",
                                                    .title = "Legal conditions",
                                                    .theme = "legal-conditions",
                                                    .text = "How.",
                                                    .weights = weights,
                                                    .weight_count = COUNT_OF(weights),
                                                    .values = {[ANSWER_YES] = {{1, 1}, {1, 1}, {1, 1}},
                                                               [ANSWER_PARTIAL] = {{1, 4}, {3, 4}, {1, 2}},
                                                               [ANSWER_NO] = {{0, 1}, {0, 1}, {0, 1}},
                                                               [ANSWER_UNKNOWN] = {{0, 1}, {1, 1}, {0, 1}}},
                                                    .window_months = 24,
                                                    .bases = {BASIS_ASSESSOR, BASIS_OUR_READING},
                                                    .basis_count = 2,
                                                    .least_sure = SURE_MEDIUM,
                                                    .least_coverage = {1, 2}}};

#define SAYS(criterion_, value_, source_, at_)                                                                         \
    {                                                                                                                  \
        .country = "BE", .criterion = criterion_, .value = value_, .basis = BASIS_ASSESSOR, .sure = SURE_HIGH,         \
        .evidence = {.source = source_, .at = at_, .observed = "2017-07"}, .observed = {17348, 17378}, .dated = true   \
    }
static const struct answer answers[] = {
    SAYS("annual-audit", ANSWER_NO, "page-2017", "L54"),
    SAYS("annual-audit", ANSWER_PARTIAL, "reading", "node 410"),
    SAYS("national-cert", ANSWER_YES, "page-2017", "L30"),
};

const struct facts *view_facts(void)
{
    static const struct facts facts = {
        .dataset = {.id = "atlas",
                    .title = "Small world",
                    .description = "For tests.",
                    .date = "2026-11-24",
                    .publisher = "Tests",
                    .licence = "CC-BY-4.0",
                    .licence_url = "https://creativecommons.org/licenses/by/4.0/",
                    .terms = "Their own."},
        .sources = sources,
        .source_count = COUNT_OF(sources),
        .vocabularies = vocabularies,
        .vocabulary_count = COUNT_OF(vocabularies),
        .criteria = criteria,
        .criterion_count = COUNT_OF(criteria),
        .methodologies = methodologies,
        .methodology_count = COUNT_OF(methodologies),
        .things = things,
        .thing_count = COUNT_OF(things),
        .answers = answers,
        .answer_count = COUNT_OF(answers),
    };
    return &facts;
}
