/* SPDX-License-Identifier: MIT */
/* Whom to tell, over facts made by hand: which rule takes whom, the order within a rule, what is shown of a channel,
 * and that no list is empty without its reason. */
#include <stdlib.h>
#include <string.h>

#include "fixture_facts.h"
#include "view_facts.h"
#include "view_scores_facts.h"

#define SAYS(name, words)                                                                                              \
    {                                                                                                                  \
        .field = name, .value = TEXT_VALUE(words), .evidence = {.source = "iso", .observed = "2020" }                  \
    }
#define LISTS(name, values)                                                                                            \
    {                                                                                                                  \
        .field = name, .value = LIST_VALUE("[]", values), .evidence = {.source = "iso" }                               \
    }
#define CHANNEL(number, names, values, day)                                                                            \
    {                                                                                                                  \
        .field = "contacts", .item = number, .value = RECORD_VALUE("{}", names, values), .evidence = {                 \
            .source = "eu-list",                                                                                       \
            .at = "p. 1",                                                                                              \
            .observed = day                                                                                            \
        }                                                                                                              \
    }

static const char *const plain_keys[] = {"kind", "address"};
static const char *const full_keys[] = {"kind", "address", "purposes", "hours", "languages", "verified"};
static const struct value for_incidents[] = {TEXT_VALUE("incidents")};
static const struct value for_other[] = {TEXT_VALUE("other")};
static const struct value in_dutch[] = {TEXT_VALUE("nl")};
#define PLAIN(a_kind, an_address)                                                                                      \
    {                                                                                                                  \
        TEXT_VALUE(a_kind), TEXT_VALUE(an_address)                                                                     \
    }
#define FULL(a_kind, an_address, for_what, a_day)                                                                      \
    {                                                                                                                  \
        TEXT_VALUE(a_kind), TEXT_VALUE(an_address), LIST_VALUE("[]", for_what), TEXT_VALUE("24/7"),                    \
            LIST_VALUE("[]", in_dutch), TEXT_VALUE(a_day)                                                              \
    }
static const struct value general[] = PLAIN("email", "info@a.example");
static const struct value urgent[] = FULL("phone", "+32 2 501 05 60", for_incidents, "2025-03");
static const struct value odd[] = FULL("email", "odd@b.example", for_other, "2021");
static const struct value plain_c[] = PLAIN("email", "c@c.example");

static const struct value national[] = {TEXT_VALUE("national")};
static const struct value government[] = {TEXT_VALUE("government")};
static const struct value local[] = {TEXT_VALUE("government"), TEXT_VALUE("local")};
static const struct value authority[] = {TEXT_VALUE("competent_authority")};
static const struct value citizens[] = {TEXT_VALUE("citizens")};
static const struct value schools[] = {TEXT_VALUE("schools")};
static const struct value belgium[] = {TEXT_VALUE("BE")};
static const char *const group_keys[] = {"group", "since"};
static const struct value eu_now[] = {TEXT_VALUE("eu"), TEXT_VALUE("1958-01-01")};

static const struct claim aq[] = {SAYS("name", "Antarctica")};
static const struct claim be[] = {
    SAYS("name", "Belgium"),
    {.field = "groups", .item = "1", .value = RECORD_VALUE("{}", group_keys, eu_now), .evidence = {.source = "iso"}}};
static const struct claim xk[] = {SAYS("name", "Kosovo")};
static const struct claim eu[] = {SAYS("name", "European Union"), SAYS("short_name", "EU")};
static const struct claim ended[] = {SAYS("name", "Ended"), LISTS("roles", authority), SAYS("ended", "2019")};
static const struct claim centre[] = {SAYS("name", "Centre"), LISTS("roles", authority), LISTS("languages", in_dutch),
                                      SAYS("url", "https://centre.example/")};
static const struct claim team_a[] = {SAYS("name", "Team A"),
                                      SAYS("short_name", "TA"),
                                      SAYS("status", "active"),
                                      LISTS("types", national),
                                      CHANNEL("1", plain_keys, general, "2024-06"),
                                      CHANNEL("2", full_keys, urgent, "2024-06"),
                                      SAYS("url", "https://a.example/")};
static const struct claim team_b[] = {SAYS("name", "Team B"), SAYS("status", "active"), LISTS("types", government),
                                      CHANNEL("1", full_keys, odd, "2024-06")};
static const struct claim team_c[] = {SAYS("name", "Team C"), SAYS("status", "active"), LISTS("types", government),
                                      CHANNEL("1", plain_keys, plain_c, "2023-06")};
static const struct claim team_d[] = {SAYS("name", "Team D"), SAYS("status", "unverified"), LISTS("types", government),
                                      LISTS("audiences", citizens)};
static const struct claim team_e[] = {SAYS("name", "Team E"), SAYS("status", "active"), LISTS("types", government),
                                      LISTS("audiences", schools)};
static const struct claim over[] = {SAYS("name", "Over"), SAYS("status", "ceased"), LISTS("types", national)};
static const struct claim town[] = {SAYS("name", "Town"), SAYS("status", "active"), LISTS("types", local)};
static const struct claim guest[] = {SAYS("name", "Guest"), SAYS("status", "active"), LISTS("types", national),
                                     LISTS("other_countries", belgium)};
static const struct claim beyond[] = {SAYS("name", "CERT-EU"), SAYS("status", "active"), LISTS("types", government),
                                      CHANNEL("1", plain_keys, general, "2023")};
static const struct thing things[] = {
    THING(THING_COUNTRY, "AQ", NULL, aq),           THING(THING_COUNTRY, "BE", NULL, be),
    THING(THING_COUNTRY, "XK", NULL, xk),           THING(THING_ORGANISATION, "eu", NULL, eu),
    THING(THING_INSTITUTION, "ended", "BE", ended), THING(THING_INSTITUTION, "centre", "BE", centre),
    THING(THING_CERT, "team-e", "BE", team_e),      THING(THING_CERT, "team-d", "BE", team_d),
    THING(THING_CERT, "team-c", "BE", team_c),      THING(THING_CERT, "team-b", "BE", team_b),
    THING(THING_CERT, "over", "BE", over),          THING(THING_CERT, "town", "BE", town),
    THING(THING_CERT, "team-a", "BE", team_a),      THING(THING_CERT, "guest", "XK", guest),
    THING(THING_CERT, "beyond", "eu", beyond)};
enum { AQ, BE, XK, EU };

static const char *const incident_terms[] = {"incidents", "emergencies"};
static const char *const citizen_terms[] = {"citizens"};
static const struct contact_word purposes[] = {{"incident", "Report an incident", WORDS(incident_terms)},
                                               {.id = "vulnerability", .label = "Report a vulnerability"}};
static const struct contact_word audiences[] = {{"citizen", "Citizens", WORDS(citizen_terms)},
                                                {.id = "operator", .label = "Operators"}};
static const char *const one_purpose[] = {"vulnerability"};
static const char *const both_purposes[] = {"incident", "vulnerability"};
static const char *const operators[] = {"operator"};
static const char *const nationals[] = {"national"};
static const char *const governments[] = {"government"};
static const char *const locals[] = {"local"};
static const char *const authorities[] = {"competent_authority"};
static const struct contact_rule rules[] = {
    {.id = "weak", .purposes = WORDS(one_purpose), .kind = THING_CERT, .types = WORDS(governments), .reason = "Weak."},
    {.id = "own", .audiences = WORDS(operators), .kind = THING_INSTITUTION, .reason = "Own."},
    {.id = "nation", .kind = THING_CERT, .types = WORDS(nationals), .reason = "For all."},
    {.id = "state",
     .purposes = WORDS(both_purposes),
     .kind = THING_CERT,
     .types = WORDS(governments),
     .without = WORDS(locals),
     .reason = "Of the state."},
    {.id = "rule", .kind = THING_INSTITUTION, .roles = WORDS(authorities), .reason = "It rules."},
    {.id = "far", .beyond = true, .kind = THING_CERT, .reason = "Beyond."}};

static struct facts facts;
static struct view *contact_view;

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
    facts.contacts =
        (struct contact_order){purposes, COUNT_OF(purposes), audiences, COUNT_OF(audiences), rules, COUNT_OF(rules)};
    ck_assert_msg(view_new(&facts, "0123456789ab", &contact_view, &err), "%s", err.text);
}

static void tear_down(void)
{
    view_free(contact_view);
    scored_tear_down();
}

static struct question about(size_t thing)
{
    struct question question = view_question(contact_view, view_methodology(contact_view));
    question.asked_by = ASKED_BY_COUNTRY;
    question.asked_for = &things[thing];
    return question;
}

static char *body_of(const struct question *question, enum media media)
{
    CLEANUP(buf_done) struct buf body;
    size_t len;
    buf_init(&body, 1 << 20);
    const struct document_kind *kind = kind_of("/v1/contacts", media);
    ck_assert(kind->answer(contact_view, question, "/v1/contacts?x=1", 0, &body));
    return buf_take(&body, &len);
}

static json_t *data_of(const struct question *question, json_t **ret_whole)
{
    char *body = body_of(question, MEDIA_JSON);
    *ret_whole = json_loads(body, 0, NULL);
    ck_assert_ptr_nonnull(*ret_whole);
    free(body);
    return json_object_get(*ret_whole, "data");
}

/* A question and "rule:id" of all that it finds, in order. */
static const struct {
    size_t about;
    int purpose, audience; /* -1: any */
    const char *order;
} orders[] = {
    {BE, -1, -1,
     "nation:team-a nation:guest state:team-b state:team-c state:team-e state:team-d rule:centre far:beyond "},
    {BE, 0, -1,
     "nation:team-a nation:guest state:team-c state:team-b state:team-e state:team-d rule:centre far:beyond "},
    {BE, 0, 0,
     "nation:team-a nation:guest state:team-d state:team-c state:team-b state:team-e rule:centre far:beyond "},
    {BE, 1, 1,
     "weak:team-c weak:team-b weak:town weak:team-e weak:team-d own:centre nation:team-a nation:guest far:beyond "},
    {XK, -1, -1, "nation:guest "},
    {AQ, -1, -1, ""},
    {EU, -1, -1, "far:beyond "},
};

START_TEST(rules_speak_in_their_order_and_each_stands_once)
{
    struct question question = about(orders[_i].about);
    question.purpose = orders[_i].purpose < 0 ? NULL : &purposes[orders[_i].purpose];
    question.audience = orders[_i].audience < 0 ? NULL : &audiences[orders[_i].audience];
    json_t *whole;
    json_t *contacts = json_object_get(data_of(&question, &whole), "contacts");
    char order[1024] = "";
    size_t index;
    json_t *item;
    json_array_foreach(contacts, index, item)
    {
        size_t used = strlen(order);
        (void)snprintf(order + used, sizeof(order) - used, "%s:%s ", text_at(item, "rule"), text_at(item, "id"));
        ck_assert_int_eq(json_integer_value(json_object_get(item, "place")), (json_int_t)index + 1);
        ck_assert_ptr_nonnull(json_object_get(item, "reason"));
    }
    ck_assert_str_eq(order, orders[_i].order);
    json_decref(whole);
}
END_TEST

START_TEST(a_contact_shows_its_channels_the_fittest_first)
{
    struct question question = about(BE);
    question.purpose = &purposes[0];
    json_t *whole;
    json_t *contacts = json_object_get(data_of(&question, &whole), "contacts");
    json_t *first = json_array_get(contacts, 0);
    char *text = json_dumps(first, JSON_COMPACT);
    ck_assert_str_eq(text,
                     "{\"place\":1,\"rule\":\"nation\",\"reason\":\"For all.\",\"kind\":\"cert\",\"id\":\"team-a\","
                     "\"name\":\"Team A\",\"short_name\":\"TA\",\"status\":\"active\",\"channels\":["
                     "{\"kind\":\"phone\",\"address\":\"+32 2 501 05 60\",\"purposes\":[\"incidents\"],"
                     "\"hours\":\"24/7\",\"languages\":[\"nl\"],\"source\":\"eu-list\",\"at\":\"p. 1\","
                     "\"observed\":\"2024-06\",\"verified\":\"2025-03\"},"
                     "{\"kind\":\"email\",\"address\":\"info@a.example\",\"source\":\"eu-list\",\"at\":\"p. 1\","
                     "\"observed\":\"2024-06\"},"
                     "{\"kind\":\"website\",\"address\":\"https://a.example/\",\"source\":\"iso\","
                     "\"observed\":\"2020\"}],"
                     "\"verified\":\"2025-03\",\"url\":\"https://a.example/\",\"self\":\"/v1/certs/team-a\"}");
    free(text);
    json_t *institution = item_with(contacts, "id", "centre");
    ck_assert_str_eq(text_at(institution, "self"), "/v1/countries/BE");
    ck_assert_str_eq(text_at(institution, "unverified_since"), "2020");
    ck_assert_uint_eq(json_array_size(json_object_get(institution, "languages")), 1);
    ck_assert_str_eq(text_at(item_with(contacts, "id", "team-d"), "unverified_since"), "2020");
    json_decref(whole);
}
END_TEST

START_TEST(an_empty_list_says_why_in_every_form)
{
    static const enum media medias[] = {MEDIA_JSON, MEDIA_CSV, MEDIA_TEXT, MEDIA_VCARD};
    struct question question = about(AQ);
    char *body = body_of(&question, medias[_i]);
    assert_within(body, "The list is empty because");
    free(body);
    question.asked_by = ASKED_BY_ADDRESS;
    question.asked_for = NULL;
    question.located_by = "a file of 2026";
    memcpy(question.asked_as, "192.0.2.1", sizeof("192.0.2.1"));
    body = body_of(&question, medias[_i]);
    assert_within(body, "The list is empty because");
    free(body);
}
END_TEST

START_TEST(who_is_known_but_fits_nothing_is_told_of)
{
    struct question question = about(BE);
    question.purpose = &purposes[0];
    facts.contacts.rule_count = 1; /* only for another purpose */
    char *body = body_of(&question, MEDIA_JSON);
    assert_within(body, "nobody known in Belgium fits this purpose");
    free(body);
}
END_TEST

START_TEST(a_list_that_reaches_nobody_says_so_in_every_form)
{
    static const enum media medias[] = {MEDIA_JSON, MEDIA_TEXT};
    struct question question = about(XK);
    char *body = body_of(&question, medias[_i]);
    assert_within(body, "names a way to reach");
    free(body);
    question = about(BE);
    body = body_of(&question, medias[_i]);
    ck_assert_ptr_null(strstr(body, "names a way to reach"));
    free(body);
}
END_TEST

START_TEST(a_note_says_what_a_domain_and_an_address_can_not_tell)
{
    struct question question = about(BE);
    question.asked_by = ASKED_BY_DOMAIN;
    memcpy(question.asked_as, "be", sizeof("be"));
    char *body = body_of(&question, MEDIA_JSON);
    assert_within(body, "\"asked\":{\"domain\":\"be\",\"audience\":\"any\",\"purpose\":\"any\"}");
    assert_within(body, "not where its server stands");
    free(body);
    question.asked_for = &things[EU];
    body = body_of(&question, MEDIA_JSON);
    assert_within(body, "{\"organisation\":\"eu\",\"name\":\"European Union\"");
    assert_within(body, "Only what ends in europa.eu");
    free(body);
    question.asked_by = ASKED_BY_ADDRESS;
    question.asked_for = &things[BE];
    question.located_by = "a file of 2026";
    body = body_of(&question, MEDIA_JSON);
    assert_within(body, "registered, by a file of 2026: it may stand elsewhere");
    free(body);
}
END_TEST

static const char *const lines[] = {
    "Belgium: whom to tell\n=====================\n\nReport an incident; for: Citizens.\n",
    "\n1. Team A (TA)\n",
    "  Telephone  +32 2 501 05 60 · Incident reports · 24/7 · nl [1:p. 1]\n",
    "  Why        For all.\n",
    "  Checked    Verified 2025-03.\n",
    "  Why        As the one above.\n",
    "  Channel    No source names one: take the next.\n",
    "  Checked    Unverified since 2020, and perhaps no longer at work.\n",
    "If nobody answers\n",
    "CERT-EU can say whom to ask",
};

START_TEST(the_text_tells_what_a_person_needs)
{
    static const struct term kinds[] = {{"phone", "Telephone", NULL}};
    static const struct term whys[] = {{"incidents", "Incident reports", NULL}};
    static const struct vocabulary words[] = {{"contact-kinds", "", kinds, 1}, {"contact-purposes", "", whys, 1}};
    struct question question = about(BE);
    facts.vocabularies = words;
    facts.vocabulary_count = COUNT_OF(words);
    question.purpose = &purposes[0];
    question.audience = &audiences[0];
    char *body = body_of(&question, MEDIA_TEXT);
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        assert_within(body, lines[i]);
    free(body);
}
END_TEST

START_TEST(tables_and_cards_have_the_same_order)
{
    struct question question = about(BE);
    char *body = body_of(&question, MEDIA_CSV);
    assert_within(body, "\r\n1,nation,For all.,cert,team-a,Team A,TA,active,email,info@a.example,,,,eu-list,2024-06,,,"
                        "/v1/certs/team-a\r\n1,nation,For all.,cert,team-a,Team A,TA,active,phone,+32 2 501 05 60,"
                        "incidents,24/7,nl,eu-list,2024-06,2025-03,,/v1/certs/team-a\r\n");
    assert_within(body, "\r\n2,nation,For all.,cert,guest,Guest,,active,,,,,,,,,2020,/v1/certs/guest\r\n");
    free(body);
    body = body_of(&question, MEDIA_VCARD);
    assert_within(body, "BEGIN:VCARD\r\nVERSION:4.0\r\nUID;VALUE=text:team-a\r\nKIND:org\r\nFN:Team A\r\nORG:Team A\r\n"
                        "NICKNAME:TA\r\nEMAIL;PREF=1:info@a.example\r\nTEL;VALUE=uri:tel:+3225010560\r\n"
                        "URL:https://a.example/\r\nNOTE:1. For all. Verified 2025-03.\\n+32 2 501 05 60: 24/7\r\n"
                        "END:VCARD\r\nBEGIN:VCARD\r\n");
    free(body);
}
END_TEST

TCase *view_contact_cases(void)
{
    TCase *tests = tcase_create("contacts");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, rules_speak_in_their_order_and_each_stands_once, 0, COUNT_OF(orders));
    tcase_add_test(tests, a_contact_shows_its_channels_the_fittest_first);
    tcase_add_loop_test(tests, an_empty_list_says_why_in_every_form, 0, 4);
    tcase_add_loop_test(tests, a_list_that_reaches_nobody_says_so_in_every_form, 0, 2);
    tcase_add_test(tests, who_is_known_but_fits_nothing_is_told_of);
    tcase_add_test(tests, a_note_says_what_a_domain_and_an_address_can_not_tell);
    tcase_add_test(tests, the_text_tells_what_a_person_needs);
    tcase_add_test(tests, tables_and_cards_have_the_same_order);
    return tests;
}
