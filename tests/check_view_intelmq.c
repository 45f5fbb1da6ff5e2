/* SPDX-License-Identifier: MIT */
/* Who takes reports, over facts made by hand: domains and networks that a source gives, endings for national teams,
 * and nobody where nobody is known. */
#include <stdlib.h>
#include <string.h>

#include "fixture_facts.h"
#include "view_facts.h"
#include "view_scores_facts.h"

#define SAYS(name, words)                                                                                              \
    {                                                                                                                  \
        .field = name, .value = TEXT_VALUE(words), .evidence = {.source = "iso" }                                      \
    }
#define LISTS(name, values)                                                                                            \
    {                                                                                                                  \
        .field = name, .value = LIST_VALUE("[]", values), .evidence = {.source = "iso" }                               \
    }
#define MAIL(address, for_what)                                                                                        \
    {                                                                                                                  \
        .field = "contacts", .item = "1", .value = RECORD_VALUE("{}", mail_keys, address), .evidence = {               \
            .source = for_what                                                                                         \
        }                                                                                                              \
    }

static const char *const mail_keys[] = {"kind", "address", "purposes"};
static const struct value for_incidents[] = {TEXT_VALUE("incidents")};
static const struct value for_other[] = {TEXT_VALUE("vulnerabilities")};
#define ADDRESS(text, purposes)                                                                                        \
    {                                                                                                                  \
        TEXT_VALUE("email"), TEXT_VALUE(text), LIST_VALUE("[]", purposes)                                              \
    }
static const struct value mail_a[] = ADDRESS("a@a.example", for_incidents);
static const struct value mail_b[] = ADDRESS("b@b.example", for_incidents);
static const struct value mail_odd[] = ADDRESS("odd@c.example", for_other);
static const struct value national[] = {TEXT_VALUE("national")};
static const struct value domains_b[] = {TEXT_VALUE("b.example"), TEXT_VALUE("*.part.b.example")};
static const struct value domains_c[] = {TEXT_VALUE("c.example")};
static const struct value domains_d[] = {TEXT_VALUE("www.b.example"), TEXT_VALUE("d.example")};
static const struct value asns_b[] = {{.type = VALUE_INTEGER, .json = "64496", .integer = 64496}};

static const struct claim at[] = {SAYS("name", "Austria"), SAYS("standing", "iso")};
static const struct claim be[] = {SAYS("name", "Belgium"), SAYS("standing", "iso")};
static const struct claim gb[] = {SAYS("name", "United Kingdom"), SAYS("standing", "iso")};
static const struct claim xk[] = {SAYS("name", "Kosovo"), SAYS("standing", "user_assigned")};
static const struct claim eu[] = {SAYS("name", "European Union")};
static const struct claim team_a[] = {SAYS("name", "Team; A"), SAYS("status", "active"), LISTS("types", national),
                                      MAIL(mail_a, "list-a")};
static const struct claim team_b[] = {SAYS("name", "Team B"), SAYS("status", "active"), LISTS("domains", domains_b),
                                      LISTS("asns", asns_b), MAIL(mail_b, "list-b")};
static const struct claim team_c[] = {SAYS("name", "Team C"), SAYS("status", "active"), LISTS("types", national),
                                      LISTS("domains", domains_c), MAIL(mail_odd, "list-c")};
static const struct claim team_d[] = {SAYS("name", "Team D"), SAYS("status", "ceased"), LISTS("types", national),
                                      LISTS("domains", domains_d), MAIL(mail_a, "list-d")};
static const struct claim team_k[] = {SAYS("name", "Team K"), SAYS("status", "unverified"), LISTS("types", national),
                                      MAIL(mail_a, "list-k")};
static const struct thing things[] = {
    THING(THING_COUNTRY, "AT", NULL, at),      THING(THING_COUNTRY, "BE", NULL, be),
    THING(THING_COUNTRY, "GB", NULL, gb),      THING(THING_COUNTRY, "XK", NULL, xk),
    THING(THING_ORGANISATION, "eu", NULL, eu), THING(THING_CERT, "team-c", "AT", team_c),
    THING(THING_CERT, "team-a", "BE", team_a), THING(THING_CERT, "team-d", "BE", team_d),
    THING(THING_CERT, "team-g", "GB", team_k), THING(THING_CERT, "team-k", "XK", team_k),
    THING(THING_CERT, "team-b", "eu", team_b)};
enum { AT, BE, GB, XK, EU };

static const char *const incident_terms[] = {"incidents"};
static const struct contact_word purposes[] = {{"incident", "Report an incident", WORDS(incident_terms)}};
static const struct contact_rule rules[] = {{.id = "any-team", .kind = THING_CERT, .reason = "It is there."}};

static struct facts facts;
static struct view *made;

static void set_up(void)
{
    struct err err = {0};
    scored_set_up();
    facts = scored_facts;
    facts.things = things;
    facts.thing_count = COUNT_OF(things);
    facts.answers = NULL;
    facts.answer_count = 0;
    facts.indices = NULL;
    facts.index_count = 0;
    facts.contacts = (struct contact_order){
        .purposes = purposes, .purpose_count = COUNT_OF(purposes), .rules = rules, .rule_count = COUNT_OF(rules)};
    ck_assert_msg(view_new(&facts, "0123456789ab", &made, &err), "%s", err.text);
}

static void tear_down(void)
{
    view_free(made);
    scored_tear_down();
}

#define NOBODY(part) "{\"" part "\":{\"destinations\":[]}}\n"
#define FOUND(part, source, name, mail)                                                                                \
    "{\"" part "\":{\"destinations\":[{\"source\":\"" source "\",\"name\":\"" name                                     \
    "\",\"contacts\":[{\"email\":\"" mail                                                                              \
    "\"}]}]},\"suppress\":false,\"interval\":{\"unit\":\"immediate\",\"length\":1}}\n"

enum { NONE = -1 };
static const struct {
    int placed; /* the address's country */
    const char *host;
    int owner; /* of the host's ending */
    const char *answer;
} lookups[] = {
    {BE, NULL, NONE, FOUND("ip", "list-a", "Team; A", "a@a.example")},
    {AT, NULL, NONE, NOBODY("ip")}, /* the only address there is for other things */
    {EU, NULL, NONE, NOBODY("ip")},
    {GB, NULL, NONE, FOUND("ip", "list-k", "Team K", "a@a.example")},
    {NONE, "www.example.be", BE, FOUND("domain", "list-a", "Team; A", "a@a.example")},
    {NONE, "www.example.at", AT, NOBODY("domain")},
    {NONE, "www.example.com", NONE, NOBODY("domain")},
    {NONE, "b.example", NONE, FOUND("domain", "list-b", "Team B", "b@b.example")},
    {NONE, "x.part.b.example", BE, FOUND("domain", "list-b", "Team B", "b@b.example")},
    {NONE, "www.b.example", NONE, FOUND("domain", "list-b", "Team B", "b@b.example")}, /* team D is over */
    {NONE, "notb.example", NONE, NOBODY("domain")},
    {NONE, "c.example", BE, FOUND("domain", "list-a", "Team; A", "a@a.example")},
    {AT, "x.be", BE,
     "{\"ip\":{\"destinations\":[]},\"domain\":{\"destinations\":[{\"source\":\"list-a\",\"name\":\"Team; A\","
     "\"contacts\":[{\"email\":\"a@a.example\"}]}]},\"suppress\":false,\"interval\":{\"unit\":\"immediate\","
     "\"length\":1}}\n"},
};

START_TEST(a_lookup_names_who_is_known_and_nobody_else)
{
    struct question question = view_question(made, view_methodology(made));
    question.asked_by = lookups[_i].placed == NONE ? ASKED_BY_PATH : ASKED_BY_ADDRESS;
    question.asked_for = lookups[_i].placed == NONE ? NULL : &things[lookups[_i].placed];
    question.located_by = "a file";
    question.host = lookups[_i].host;
    question.host_owner = lookups[_i].owner == NONE ? NULL : &things[lookups[_i].owner];
    ck_assert(kind_of("/intelmq/lookup", MEDIA_JSON)->answer(made, &question, "/self", 0, &out));
    ck_assert_str_eq(out.data, lookups[_i].answer);
}
END_TEST

START_TEST(teams_are_those_that_something_leads_to)
{
    ck_assert(kind_of("/intelmq/teams.json", MEDIA_JSON)->write(made, 0, &out));
    ck_assert_str_eq(
        out.data,
        "[{\"id\":\"team-a\",\"name\":\"Team; A\",\"source\":\"list-a\",\"emails\":[{\"address\":\"a@a.example\","
        "\"usage\":[\"contact\"]}],\"constituency\":{\"domains\":[\"be\"],\"asns\":[]}},"
        "{\"id\":\"team-g\",\"name\":\"Team K\",\"source\":\"list-k\",\"emails\":[{\"address\":\"a@a.example\","
        "\"usage\":[\"contact\"]}],\"constituency\":{\"domains\":[\"uk\"],\"asns\":[]}},"
        "{\"id\":\"team-b\",\"name\":\"Team B\",\"source\":\"list-b\",\"emails\":[{\"address\":\"b@b.example\","
        "\"usage\":[\"contact\"]}],\"constituency\":{\"domains\":[\"b.example\",\"*.part.b.example\"],\"asns\":[64496]"
        "}}]\n");
}
END_TEST

static const struct {
    int placed;
    bool filtered, bare;
    char separator;
    const char *line;
} nationals[] = {
    {BE, false, false, 0, "192.0.2.1;BE;Team  A;a@a.example\n"},
    {BE, false, false, '\t', "192.0.2.1\tBE\tTeam  A\ta@a.example\n"},
    {BE, false, true, 0, "192.0.2.1;BE\n"},
    {BE, true, false, 0, ""},
    {AT, true, false, 0, ""},
    {AT, false, true, 0, ""},
    {XK, false, false, ',', "192.0.2.1,XK,Team K,a@a.example\n"},
    {EU, false, false, 0, ""},
    {NONE, false, false, 0, ""},
};

START_TEST(a_line_is_whole_or_nothing)
{
    struct question question = view_question(made, view_methodology(made));
    question.asked_by = ASKED_BY_ADDRESS;
    question.asked_for = nationals[_i].placed == NONE ? NULL : &things[nationals[_i].placed];
    memcpy(question.asked_as, "192.0.2.1", sizeof("192.0.2.1"));
    question.filtered = nationals[_i].filtered;
    question.bare = nationals[_i].bare;
    question.separator = nationals[_i].separator;
    ck_assert(kind_of("/intelmq/national", MEDIA_TEXT)->answer(made, &question, "/self", 0, &out));
    ck_assert_str_eq(out.len == 0 ? "" : out.data, nationals[_i].line);
}
END_TEST

TCase *view_intelmq_cases(void)
{
    TCase *tests = tcase_create("intelmq");
    tcase_add_checked_fixture(tests, view_set_up, view_tear_down);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_lookup_names_who_is_known_and_nobody_else, 0, COUNT_OF(lookups));
    tcase_add_test(tests, teams_are_those_that_something_leads_to);
    tcase_add_loop_test(tests, a_line_is_whole_or_nothing, 0, COUNT_OF(nationals));
    return tests;
}
