/* SPDX-License-Identifier: MIT */
/* Teams and countries in the formats of others: RFC 2350's outline, cards, STIX and GeoJSON. A world of its own: a team
 * of which every field is known, one that went into it, one of no country. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/kind.h"
#include "fixture_facts.h"
#include "view_ask.h"
#include "view_facts.h"

#define FROM .evidence = {.source = "page"}
#define TEXT(name, text_)                                                                                              \
    {                                                                                                                  \
        .field = name, .value = TEXT_VALUE(text_), FROM                                                                \
    }

static const struct value latitude_longitude[] = {TEXT_VALUE("50.85"), TEXT_VALUE("-4.35")};
static const struct value hostile_point[] = {TEXT_VALUE("50.85"), TEXT_VALUE("4]")};
static const char *const point_keys[] = {"latitude", "longitude"};
static const struct claim belgium[] = {
    TEXT("name", "Bel\\\"},{gium"),
    TEXT("alpha3", "BEL"),
    TEXT("standing", "iso"),
    {.field = "point", .value = RECORD_VALUE("{}", point_keys, latitude_longitude), FROM}};
static const struct claim france[] = {TEXT("name", "France"),
                                      TEXT("alpha3", "FRA"),
                                      TEXT("standing", "iso"),
                                      {.field = "point", .value = RECORD_VALUE("{}", point_keys, hostile_point), FROM}};
static const struct claim kosovo[] = {TEXT("name", "Kosovo"), TEXT("alpha3", "XKX"), TEXT("standing", "iso")};
static const struct claim eu[] = {TEXT("name", "European Union")};

static const struct value sector_items[] = {TEXT_VALUE("transport"), TEXT_VALUE("air_transport"), TEXT_VALUE("health")};
static const struct value type_items[] = {TEXT_VALUE("national")};
static const struct value purpose_items[] = {TEXT_VALUE("incidents")};
static const char *const contact_keys[] = {"kind", "address", "purposes", "hours"};
#define CONTACT(name, kind_, address_)                                                                                 \
    static const struct value name[] = {TEXT_VALUE(kind_), TEXT_VALUE(address_),                                       \
                                        LIST_VALUE("[\"incidents\"]", purpose_items), TEXT_VALUE("always")}
CONTACT(email, "email", "cert@example.org");
CONTACT(phone, "phone", "+32 2 501");
CONTACT(post, "post", "Street 1; B-1000, Brussels");
CONTACT(form, "form", "https://example.org/form");
CONTACT(website, "website", "https://example.org/help");
#define CONTACT_CLAIM(number, name)                                                                                    \
    {                                                                                                                  \
        .field = "contacts", .item = number, .value = RECORD_VALUE("{}", contact_keys, name), FROM                     \
    }

static const struct claim full[] = {
    TEXT("name", "=CERT; \"<b>\""),
    TEXT("short_name", "C,C"),
    TEXT("status", "active"),
    {.field = "types", .value = LIST_VALUE("[]", type_items), FROM},
    {.field = "sectors", .value = LIST_VALUE("[]", sector_items), FROM},
    TEXT("constituency", "Everyone"),
    TEXT("host", "The host"),
    TEXT("established", "2009-09"),
    CONTACT_CLAIM("1", email),
    CONTACT_CLAIM("2", phone),
    CONTACT_CLAIM("3", post),
    CONTACT_CLAIM("4", form),
    CONTACT_CLAIM("5", website),
    {.field = "pgp_fingerprints", .item = "1", .value = TEXT_VALUE("AB CD 12"), FROM},
    TEXT("rfc2350", "https://example.org/rfc2350"),
    TEXT("url", "https://example.org/"),
};
static const struct claim gone[] = {TEXT("name", "Old"), TEXT("status", "merged"), TEXT("merged_into", "full")};
static const struct claim lost[] = {TEXT("name", "Lost"), TEXT("status", "merged"), TEXT("merged_into", "nobody")};
static const struct thing things[] = {
    THING(THING_COUNTRY, "BE", NULL, belgium), THING(THING_COUNTRY, "FR", NULL, france),
    THING(THING_COUNTRY, "XK", NULL, kosovo),  THING(THING_ORGANISATION, "eu", NULL, eu),
    THING(THING_CERT, "full", "BE", full),     THING(THING_CERT, "gone", "BE", gone),
    THING(THING_CERT, "lost", "eu", lost),
};
enum { FULL, GONE, LOST };

static const struct source sources[] = {{.id = "page", .title = "A page", .terms = "not stated"}};
static struct facts facts;
static struct view *certs;

static void set_up(void)
{
    struct err err;
    facts = *view_facts();
    facts.sources = sources;
    facts.source_count = COUNT_OF(sources);
    facts.things = things;
    facts.thing_count = COUNT_OF(things);
    facts.answer_count = facts.index_count = 0;
    ck_assert_msg(view_new(&facts, "0123456789ab", &certs, &err), "%s", err.text);
    buf_init(&out, 1 << 20);
}

static void tear_down(void)
{
    view_free(certs);
    buf_done(&out);
}

static const char *written(enum media media, size_t cert)
{
    buf_reset(&out);
    ck_assert(kind_of("/v1/certs/{id}", media)->write(certs, cert, &out));
    return out.data;
}

static json_t *parsed(const char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s in %s", error.text, text);
    return json;
}

static const char *const parts[] = {
    "\n1. Document Information\n",
    "\n  1.1 Date of Last Update   2026-11-24",
    "\n  1.2 Distribution List for Notifications\n                            No source says.\n",
    "https://example.org/rfc2350",
    "\n  2.1 Name of the Team      =CERT; \"<b>\" [1]\n",
    "Street 1; B-1000, Brussels",
    "\n  2.3 Time Zone             No source says.\n",
    "+32 2 501",
    "cert@example.org",
    "AB CD 12",
    "\n  2.11 Points of Customer Contact\n",
    "\n  3.2 Constituency          Everyone [1]\n",
    "The host",
    "\n5. Services\n",
    "https://example.org/form",
    "\n7. Disclaimers\n",
    "\n  Established               2009-09 [1]\n",
    "/v1/sources/page",
};

START_TEST(a_teams_text_has_the_outline_of_rfc_2350)
{
    const char *text = written(MEDIA_TEXT, FULL);
    ck_assert_msg(strstr(text, parts[_i]) != NULL, "%s is not in %s", parts[_i], text);
}
END_TEST

/* A field that the outline forgot would be said in no text. */
START_TEST(every_field_of_a_team_has_a_place_in_its_text)
{
    const struct field *field = &kind_table[THING_CERT].fields[_i];
    const struct value part = TEXT_VALUE("email");
    static const char *const keys[] = {"kind"};
    const struct claim claims[] = {{.field = "name", .value = TEXT_VALUE("Name"), FROM},
                                   {.field = field->name, .item = field->many == MANY_ITEMS ? "1" : NULL, FROM}};
    struct claim mine[COUNT_OF(claims)] = {claims[0], claims[1]};
    const struct value record = {.type = VALUE_RECORD, .json = "{}", .count = 1, .items = &part, .keys = keys};
    mine[1].value = field->shape == SHAPE_RECORD ? record : part;
    mine[1].evidence.at = "the-place";
    struct thing own[COUNT_OF(things)];
    memcpy(own, things, sizeof(things));
    own[4].claims = strcmp(field->name, "name") == 0 ? mine + 1 : mine;
    own[4].claim_count = strcmp(field->name, "name") == 0 ? 1 : 2;
    facts.things = own;
    view_free(certs);
    struct err err;
    ck_assert(view_new(&facts, "0123456789ab", &certs, &err));
    ck_assert_msg(strstr(written(MEDIA_TEXT, FULL), "1:the-place") != NULL, "%s: %s", field->name, out.data);
}
END_TEST

START_TEST(a_team_that_was_merged_leads_to_its_heir)
{
    ck_assert_ptr_nonnull(strstr(written(MEDIA_JSON, GONE), "\"merged_into\":\"/v1/certs/full\"}"));
    ck_assert_ptr_nonnull(strstr(written(MEDIA_TEXT, GONE), "/v1/certs/full\n\n1. Document"));
    ck_assert_ptr_nonnull(strstr(written(MEDIA_MARKDOWN, GONE), "[/v1/certs/full](/v1/certs/full)"));
    ck_assert_ptr_nonnull(strstr(written(MEDIA_VCARD, GONE), "NOTE:Merged into"));
    ck_assert_ptr_nonnull(strstr(written(MEDIA_STIX, GONE), "Merged into =CERT"));
    ck_assert_ptr_null(strstr(written(MEDIA_JSON, LOST), "\"merged_into\":\"/v1"));
}
END_TEST

START_TEST(a_card_has_every_channel_and_no_line_of_anothers_making)
{
    const char *card = written(MEDIA_VCARD, FULL);
    static const char start[] = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:880840b0-f08d-5f95-b029-7e76df161503\r\n";
    ck_assert_int_eq(strncmp(card, start, sizeof(start) - 1), 0);
    ck_assert_ptr_nonnull(strstr(card,
                                 "\r\nREV:20261124T000000Z\r\nKIND:org\r\nFN:=CERT\\; \"<b>\"\r\nNICKNAME:C\\,C\r\n"
                                 "ORG:The host\r\nEMAIL;TYPE=work:cert@example.org\r\n"
                                 "TEL;VALUE=uri:tel:+322501\r\n"
                                 "ADR;TYPE=work:;;Street 1\\; B-1000\\, Brussels;;;;\r\n"
                                 "URL;TYPE=work:https://example.org/form\r\n"
                                 "URL;TYPE=work:https://example.org/help\r\nURL:https://example.org/\r\n"
                                 "KEY:openpgp4fpr:ABCD12\r\n"));
    ck_assert_ptr_nonnull(strstr(card, "\r\nNOTE:Everyone\r\n"));
    ck_assert_ptr_nonnull(strstr(card, "\r\nCATEGORIES:national\r\nEND:VCARD\r\n"));
}
END_TEST

static const char *text_at(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    ck_assert_msg(text != NULL, "no text %s", key);
    return text;
}

START_TEST(a_bundle_holds_place_identity_and_what_joins_them)
{
    json_t *bundle = parsed(written(MEDIA_STIX, FULL));
    json_t *objects = json_object_get(bundle, "objects");
    ck_assert_uint_eq(json_array_size(objects), 3);
    json_t *place = json_array_get(objects, 0), *identity = json_array_get(objects, 1);
    json_t *joint = json_array_get(objects, 2);
    ck_assert_str_eq(text_at(place, "country"), "BE");
    ck_assert_str_eq(text_at(identity, "identity_class"), "organization");
    ck_assert_str_eq(text_at(identity, "created"), "2026-11-24T00:00:00.000Z");
    ck_assert_str_eq(text_at(joint, "source_ref"), text_at(identity, "id"));
    ck_assert_str_eq(text_at(joint, "target_ref"), text_at(place, "id"));
    json_t *sectors = json_object_get(identity, "sectors");
    ck_assert_uint_eq(json_array_size(sectors), 2);
    ck_assert_str_eq(json_string_value(json_array_get(sectors, 0)), "transportation");
    ck_assert_str_eq(json_string_value(json_array_get(sectors, 1)), "healthcare");
    json_decref(bundle);
    bundle = parsed(written(MEDIA_STIX, LOST));
    ck_assert_uint_eq(json_array_size(json_object_get(bundle, "objects")), 1);
    json_decref(bundle);
}
END_TEST

/* A list of all three teams: Belgium stands once, though its name looks like the end of an object. */
START_TEST(teams_of_one_country_share_its_place)
{
    const struct list_kind *kind = list_kind_find("certs");
    struct places places = {.count = 0};
    const struct list_page page = {
        .kind = kind, .self = "/v1/certs.stix.json", .total = 3, .count = 3, .places = &places};
    struct buf items[3];
    list_open(&page, MEDIA_STIX, &out);
    for (size_t i = 0; i < COUNT_OF(items); i++) {
        buf_init(&items[i], 1 << 16);
        ck_assert(kind->fragment(certs, i, MEDIA_STIX, &items[i]));
        if (i > 0)
            list_separate(MEDIA_STIX, &out);
        list_put(&page, MEDIA_STIX, items[i].data, items[i].len, &out);
    }
    list_close(&page, MEDIA_STIX, &out);
    json_t *bundle = parsed(out.data);
    ck_assert_uint_eq(json_array_size(json_object_get(bundle, "objects")), 6);
    json_decref(bundle);
    for (size_t i = 0; i < COUNT_OF(items); i++)
        buf_done(&items[i]);
    buf_reset(&out);
    const struct list_page none = {.kind = kind, .self = "/v1/certs.stix.json?country=FR"};
    list_open(&none, MEDIA_STIX, &out);
    list_close(&none, MEDIA_STIX, &out);
    bundle = parsed(out.data);
    ck_assert_ptr_null(json_object_get(bundle, "objects")); /* STIX has no empty list */
    json_decref(bundle);
}
END_TEST

static const struct {
    const char *list;
    size_t index;
    const char *start;
} features[] = {
    {"countries", 0,
     "{\"type\":\"Feature\",\"id\":\"BE\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[-4.35,50.85]},"
     "\"properties\":{\"code\":\"BE\""},
    {"countries", 1, "{\"type\":\"Feature\",\"id\":\"FR\",\"geometry\":null,\"properties\":{\"code\":\"FR\""},
    {"scores", 0,
     "{\"type\":\"Feature\",\"id\":\"BE\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[-4.35,50.85]},"
     "\"properties\":{\"country\":\"BE\""},
    {"scores", 2, "{\"type\":\"Feature\",\"id\":\"XK\",\"geometry\":null,\"properties\":{\"country\":\"XK\""},
};

START_TEST(a_feature_has_its_point_longitude_first_or_null)
{
    ck_assert(item_write(certs, list_kind_find(features[_i].list), features[_i].index, MEDIA_GEOJSON, &out));
    ck_assert_msg(strncmp(out.data, features[_i].start, strlen(features[_i].start)) == 0, "%s", out.data);
    json_decref(parsed(out.data));
}
END_TEST

TCase *view_cert_cases(void)
{
    TCase *tests = tcase_create("teams in other formats");
    int fields = 0;
    while (kind_table[THING_CERT].fields[fields].name != NULL)
        fields++;
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_teams_text_has_the_outline_of_rfc_2350, 0, COUNT_OF(parts));
    tcase_add_loop_test(tests, every_field_of_a_team_has_a_place_in_its_text, 0, fields);
    tcase_add_test(tests, a_team_that_was_merged_leads_to_its_heir);
    tcase_add_test(tests, a_card_has_every_channel_and_no_line_of_anothers_making);
    tcase_add_test(tests, a_bundle_holds_place_identity_and_what_joins_them);
    tcase_add_test(tests, teams_of_one_country_share_its_place);
    tcase_add_loop_test(tests, a_feature_has_its_point_longitude_first_or_null, 0, COUNT_OF(features));
    return tests;
}
