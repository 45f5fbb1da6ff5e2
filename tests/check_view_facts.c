/* SPDX-License-Identifier: MIT */
/* The small world of view_facts.h, in the order that facts promise. */
#include <string.h>

#include "view_facts.h"

#include "fixture_facts.h"

#define FROM(place) .evidence = {.source = "page-2017", .at = place, .observed = PAGE_MONTH}
#define TEXT(name, text_, place)                                                                                       \
    {                                                                                                                  \
        .field = name, .value = TEXT_VALUE(text_), FROM(place)                                                         \
    }

static const struct value eu_items[] = {TEXT_VALUE("eu"), TEXT_VALUE("1958-01-01")};
static const struct value left_items[] = {TEXT_VALUE("benelux"), TEXT_VALUE("1948"), TEXT_VALUE("1990")};
static const char *const eu_keys[] = {"group", "since", "until"};
static const struct value alias_items[] = {TEXT_VALUE("B")};
static const struct claim belgium[] = {
    TEXT("name", "Belgium", "row 21"),
    TEXT("official_name", "Kingdom of Belgium", "row 21"),
    TEXT("alpha3", "BEL", "row 21"),
    TEXT("numeric", "056", "row 21"),
    TEXT("standing", "iso", "row 21"),
    {.field = "aliases", .value = LIST_VALUE("[\"B\"]", alias_items), FROM("row 21")},
    TEXT("region", "150", "row 21"),
    {.field = "groups",
     .item = "1",
     .value = RECORD_VALUE("{\"group\":\"eu\",\"since\":\"1958-01-01\"}", eu_keys, eu_items),
     FROM("row 1")},
    {.field = "groups",
     .item = "2",
     .value = RECORD_VALUE("{\"group\":\"benelux\",\"since\":\"1948\",\"until\":\"1990\"}", eu_keys, left_items),
     FROM("row 2")},
};
static const struct value point_items[] = {TEXT_VALUE("46.560"), TEXT_VALUE("-2")};
static const char *const point_keys[] = {"latitude", "longitude"};
static const struct claim france[] = {
    TEXT("name", "France", NULL),
    TEXT("alpha3", "FRA", NULL),
    TEXT("numeric", "250", NULL),
    TEXT("standing", "iso", NULL),
    {.field = "point",
     .value = RECORD_VALUE("{\"latitude\":\"46.560\",\"longitude\":\"-2\"}", point_keys, point_items),
     .evidence = {.source = "reading", .note = "At sea."}}};
/* What it is called elsewhere. */
static const struct country_name names[] = {{"FR", "de", "Frankreich"}, {"FR", "fr", "France"}};
static const struct claim kosovo[] = {TEXT("name", "Ållo", NULL), TEXT("alpha3", "XKX", NULL),
                                      TEXT("standing", "user_assigned", NULL)};
static const struct claim union_claims[] = {TEXT("name", "European Union", NULL)};

static const struct claim overview[] = {
    TEXT("analysed", "2017-07", "L107"),
    {.field = "strategy_established", .value = {.type = VALUE_FLAG, .json = "true", .integer = 1}, FROM("L3")},
    {.field = "monitoring", .unknown = "lost_in_capture", FROM("L20")},
};
static const struct value topic_items[] = {TEXT_VALUE("procurement"), TEXT_VALUE("buys safely")};
static const char *const topic_keys[] = {"topic", "summary"};
static const struct claim strategy[] = {
    TEXT("title", "Cyber Security Strategy", "L5"),
    TEXT("adopted", "2012", "L22, Year of adoption"),
    {.field = "adopted", .n = 1, .value = TEXT_VALUE("2013"), FROM("L3")},
    {.field = "objectives", .item = "1", .value = TEXT_VALUE("A safe cyberspace"), FROM("L7")},
    {.field = "objectives", .item = "2", .value = TEXT_VALUE("Protected infrastructure"), FROM("L9")},
    {.field = "topics",
     .item = "1",
     .value = RECORD_VALUE("{\"topic\":\"procurement\",\"summary\":\"buys safely\"}", topic_keys, topic_items),
     FROM("L15")},
};
static const struct claim institution[] = {
    {.field = "name", .unknown = "lost_in_capture", FROM("L3")},
    TEXT("established", "2014", "L3"),
};

static const struct value type_items[] = {TEXT_VALUE("national"), TEXT_VALUE("government")};
static const struct value first_items[] = {TEXT_VALUE("first"), TEXT_VALUE("member")};
static const struct value ti_items[] = {TEXT_VALUE("first"), TEXT_VALUE("liaison")};
static const char *const member_keys[] = {"body", "level"};
static const struct claim cert_be[] = {
    {.field = "name",
     .value = {.type = VALUE_TEXT, .json = "\"=CERT, \\\"<b>\\\"\"", .text = "=CERT, \"<b>\""},
     FROM("L30")},
    TEXT("short_name", "CERT.be", "L30"),
    TEXT("status", "active", "L30"),
    {.field = "types", .value = LIST_VALUE("[\"national\",\"government\"]", type_items), FROM("L30")},
    TEXT("established", "2009", "L31"),
    {.field = "established", .n = 1, .value = TEXT_VALUE("2008"), FROM("L33")},
    {.field = "memberships",
     .item = "1",
     .value = RECORD_VALUE("{\"body\":\"first\",\"level\":\"member\"}", member_keys, first_items),
     FROM("L34")},
    {.field = "memberships",
     .item = "2",
     .value = RECORD_VALUE("{\"body\":\"first\",\"level\":\"liaison\"}", member_keys, ti_items),
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
static const struct methodology methodologies[] = {
    {LEGAL_METHOD, .least_coverage = {1, 2}, .weights = weights, .weight_count = COUNT_OF(weights)}};

#define SAYS(criterion_, value_, source_, at_)                                                                         \
    {                                                                                                                  \
        .country = "BE", .criterion = criterion_, .value = value_, .basis = BASIS_ASSESSOR, .sure = SURE_HIGH,         \
        .evidence = {.source = source_, .at = at_, .observed = PAGE_MONTH}, OBSERVED_ON_PAGE                           \
    }
static const struct answer answers[] = {
    SAYS("annual-audit", ANSWER_NO, "page-2017", "L54"),
    SAYS("annual-audit", ANSWER_PARTIAL, "reading", "node 410"),
    SAYS("national-cert", ANSWER_YES, "page-2017", "L30"),
};

/* One index of others, with a figure of one country. */
static const struct index_part editions[] = {{.id = "2024", .title = "Of 2024"}};
static const struct index_value figures[] = {{"XK", "2024", NULL, "38.5", {.source = "page-2017"}}};
static const struct index indices[] = {RANK_INDEX(editions, figures)};

static const struct revision revisions[] = {{"0123456789aa", "2026-11-01"}, {"0123456789ab", "2026-11-24"}};
static const struct change changes[] = {{1, "country", "BE", "before", "after"}};

const struct facts *view_facts(void)
{
    static const struct facts facts = {
        .dataset = {SMALL_DATASET},
        TABLES_OF_THIS_FILE,
        .things = things,
        .thing_count = COUNT_OF(things),
        .indices = indices,
        .index_count = COUNT_OF(indices),
        .names = names,
        .name_count = COUNT_OF(names),
        .names_source = "reading",
        .log = {revisions, COUNT_OF(revisions), changes, COUNT_OF(changes)},
    };
    return &facts;
}

struct view *view;
struct buf out;

void view_set_up(void)
{
    struct err err;
    ck_assert_msg(view_new(view_facts(), "0123456789ab", &view, &err), "%s", err.text);
    buf_init(&out, 1 << 20);
}

void view_tear_down(void)
{
    view_free(view);
    buf_done(&out);
}

const struct document_kind *kind_of(const char *path, enum media media)
{
    for (size_t i = 0; i < document_kind_count; i++)
        if (strcmp(document_kinds[i].path, path) == 0 && document_kinds[i].media == media)
            return &document_kinds[i];
    ck_abort_msg("no document %s", path);
}
