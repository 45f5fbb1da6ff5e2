/* SPDX-License-Identifier: MIT */
/* The coverage of the scored world, to which are added a profile that could not be read to its end and the words that
 * the tables are headed with. */
#include <stdlib.h>
#include <string.h>

#include "fixture_facts.h"
#include "view_facts.h"
#include "view_scores_facts.h"

enum { THINGS = 16 };

static const struct term status_terms[] = {{"active", "Active", NULL}};
static const struct term section_terms[] = {{"laws", "Laws", NULL}, {"guidance", "Help | guidance", NULL}};
static const struct term theme_terms[] = {{"legal-conditions", "Legal conditions", NULL},
                                          {"operational-capacities", "Operational capacities", NULL}};
static const struct vocabulary words[] = {{"cert-statuses", "Statuses", status_terms, 1},
                                          {"sections", "Sections", section_terms, 2},
                                          {"themes", "Themes", theme_terms, 2}};
static const struct value unread[] = {TEXT_VALUE("laws"), TEXT_VALUE("guidance")};
static const struct claim profile_claims[] = {
    {.field = "not_read",
     .value = {.type = VALUE_LIST, .json = "[\"laws\",\"guidance\"]", .count = 2, .items = unread},
     .evidence = {.source = "wiser-be-2017"}}};
static const struct thing profile = THING(THING_PROFILE, "be", "BE", profile_claims);

static char *coverage(const struct thing *added)
{
    struct thing things[THINGS];
    struct facts facts = scored_facts;
    size_t count = 0;
    for (size_t i = 0; i < scored_facts.thing_count; i++) {
        if (added != NULL && scored_facts.things[i].kind > added->kind) {
            things[count++] = *added;
            added = NULL;
        }
        things[count++] = scored_facts.things[i];
    }
    facts.things = things;
    facts.thing_count = count;
    facts.vocabularies = words;
    facts.vocabulary_count = COUNT_OF(words);
    struct buf bytes;
    struct err err = {0};
    buf_init(&bytes, 1 << 20);
    ck_assert_msg(coverage_write(&facts, &bytes, &err), "%s", err.text);
    return buf_take(&bytes, &(size_t){0});
}

START_TEST(coverage_counts_what_is_on_file)
{
    char *text = coverage(NULL);
    assert_within(text, "\n| Countries and areas | 3 |\n"
                        "| … of which a source tells more than codes, region and groups | 2 |\n"
                        "| Response teams | 2 |\n| … of countries | 1 |\n| … of organisations | 1 |\n"
                        "| Countries with a response team | 1 |\n| Strategies | 0 |\n");
    assert_within(text, "\n| Claims about things | 8 |\n| Answers to criteria | 15 |\n");
    assert_within(text, "\n| … figures in them | 4 |\n| Sources | 4 |\n| Values without a source | 0 |\n"
                        "| Legal cells of the countries that are or were in the EU | 22 |\n"
                        "| … with a claim | 10 |\n| … that speak by default | 9 |\n");
    assert_within(text, "\nOf these no source tells more than codes, region and groups: GB United Kingdom.\n");
    free(text);
}
END_TEST

START_TEST(coverage_shows_each_legal_cell_and_why_it_is_unknown)
{
    char *text = coverage(NULL);
    assert_within(text,
                  "\n| country | strategy | audit | reporting | inventory | plan | cip | risk | report | officer | "
                  "purchase | definition | oldest |\n");
    assert_within(text, "\n| BE Belgium | yes 2017-07 | no 2017-07 | partial 2017-07 | yes 2017-07 | no 2017-07 | "
                        "partial 2017-07 | yes 2017-07 | no 2017-07 | no 2017-07 | unknown: lost\\_in\\_capture | – | "
                        "2017-07 |\n| GB United Kingdom | – | –");
    ck_assert_ptr_null(strstr(text, "| XK Kosovo | yes"));
    assert_within(text, "\n| unknown | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 2 | 2 | |\n| yes | 1 | 0 |");
    free(text);
}
END_TEST

START_TEST(coverage_tells_each_country_by_theme_and_each_source)
{
    char *text = coverage(NULL);
    assert_within(
        text, "| certs | laws | partnerships | programmes | guidance | figures of indices | legal-conditions, of 12 | "
              "operational-capacities, of 1 |\n");
    assert_within(text, "\n| BE Belgium | – | – | – | 1 | – | – | – | – | 3 | 10 | – |\n"
                        "| XK Kosovo | – | – | – | – | – | – | – | – | 1 | 1 | – |\n");
    assert_within(text, "\n| country or organisation | teams | active |\n|---|---:|---:|\n| BE Belgium | 1 | – |\n"
                        "| eu European Union | 1 | – |\n");
    assert_within(text, "\n| eu-list | 2 | 1 | 0 | 4 | List of members |\n| iso | 6 | 1 | 0 | 0 | Codes |\n"
                        "| unused | 0 | 0 | 0 | 0 | =Unused |\n| wiser-be-2017 | 0 | 13 | 12 | 0 | Belgium |\n");
    free(text);
}
END_TEST

START_TEST(coverage_tells_what_was_not_read_and_counts_no_fact_for_it)
{
    char *text = coverage(&profile);
    assert_within(text, "\n| BE Belgium | wiser-be-2017 | Laws, Help \\| guidance |\n");
    assert_within(text, "\n| BE Belgium | – | – | – | 1 |");
    free(text);
}
END_TEST

START_TEST(coverage_that_does_not_fit_is_told)
{
    struct buf small;
    struct err err = {0};
    buf_init(&small, 1000);
    ck_assert(!coverage_write(&scored_facts, &small, &err));
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    buf_done(&small);
}
END_TEST

START_TEST(a_source_lists_each_claim_with_its_place)
{
    char *body = scored_body("/v1/sources/{id}", MEDIA_JSON, "eu-list");
    assert_within(body,
                  "\"statements\":[{\"kind\":\"country\",\"country\":\"BE\",\"thing\":\"BE\",\"field\":\"groups\"},"
                  "{\"kind\":\"country\",\"country\":\"GB\",\"thing\":\"GB\",\"field\":\"groups\"},"
                  "{\"kind\":\"answer\",\"country\":\"BE\",\"thing\":\"plan\",\"at\":\"Article 21\"},"
                  "{\"kind\":\"index\",\"country\":\"BE\",\"thing\":\"rank\",\"field\":\"law\","
                  "\"at\":\"table 2\",\"observed\":\"2024\"},");
    assert_within(body, "],\"statements_complete\":true}");
    free(body);
    body = scored_body("/v1/sources/{id}", MEDIA_JSON, "iso");
    assert_within(body, "{\"kind\":\"cert\",\"organisation\":\"eu\",\"thing\":\"cert-eu\",\"field\":\"name\","
                        "\"at\":\"row CERT-EU\"}");
    free(body);
}
END_TEST

/* More than a body may hold: the places of the claims alone are longer than that. */
START_TEST(a_source_of_too_much_says_that_its_list_is_not_whole)
{
    enum { CLAIMS = 3000, PLACE = 4000 };
    char *place = malloc(PLACE + 1);
    struct claim *claims = calloc(CLAIMS, sizeof(*claims));
    memset(place, 'x', PLACE);
    place[PLACE] = '\0';
    for (size_t i = 0; i < CLAIMS; i++)
        claims[i] = (struct claim){.field = "name", .n = (uint32_t)i, .evidence = {.source = "iso", .at = place}};
    struct thing country = {.kind = THING_COUNTRY, .id = "BE", .claims = claims, .claim_count = CLAIMS};
    struct facts facts = scored_facts;
    facts.things = &country;
    facts.thing_count = 1;
    facts.answer_count = 0;
    facts.index_count = 0;
    struct view *large = NULL;
    struct err err = {0};
    ck_assert_msg(view_new(&facts, "0123456789ab", &large, &err), "%s", err.text);
    struct buf body;
    buf_init(&body, 8 * 1024 * 1024);
    ck_assert(kind_of("/v1/sources/{id}", MEDIA_JSON)->write(large, 1, &body));
    assert_within(body.data, "\"claims\":3000,");
    assert_within(body.data, "],\"statements_complete\":false}");
    buf_done(&body);
    view_free(large);
    free(claims);
    free(place);
}
END_TEST

TCase *view_coverage_cases(void)
{
    TCase *tests = tcase_create("coverage");
    tcase_add_checked_fixture(tests, scored_set_up, scored_tear_down);
    tcase_add_test(tests, coverage_counts_what_is_on_file);
    tcase_add_test(tests, coverage_shows_each_legal_cell_and_why_it_is_unknown);
    tcase_add_test(tests, coverage_tells_each_country_by_theme_and_each_source);
    tcase_add_test(tests, coverage_tells_what_was_not_read_and_counts_no_fact_for_it);
    tcase_add_test(tests, coverage_that_does_not_fit_is_told);
    tcase_add_test(tests, a_source_lists_each_claim_with_its_place);
    tcase_add_test(tests, a_source_of_too_much_says_that_its_list_is_not_whole);
    return tests;
}
