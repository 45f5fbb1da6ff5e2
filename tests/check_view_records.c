/* SPDX-License-Identifier: MIT */
/* Criteria, methodologies, sources and vocabularies as answers. */
#include <stdlib.h>
#include <string.h>

#include "view_scores_facts.h"

START_TEST(a_distribution_counts_every_country)
{
    for (size_t i = 0; i < scored_facts.criterion_count; i++) {
        json_t *answer = scored_answer("/v1/criteria/{id}", scored_facts.criteria[i].id);
        json_t *data = json_object_get(answer, "data");
        const char *key;
        json_t *number;
        json_int_t sum = 0;
        json_object_foreach(json_object_get(data, "distribution"), key, number) sum += json_integer_value(number);
        ck_assert_int_eq(sum, 3);
        ck_assert_uint_eq(json_array_size(json_object_get(data, "scored_by")), i == 1 || i == 12 ? 0 : 1);
        json_decref(answer);
    }
    char *row = scored_fragment("criteria", 1, MEDIA_CSV);
    ck_assert_str_eq(row, "strategy-year,legal-conditions,On strategy-year,What of strategy-year?,year,,,,,1,2,"
                          "wiser-be-2017,\r\n");
    free(row);
}
END_TEST

START_TEST(a_methodology_shows_every_part)
{
    char *body = scored_body("/v1/methodologies/{id}", MEDIA_JSON, "legal-conditions");
    assert_within(body, "{\"criterion\":\"audit\",\"weight\":1}");
    assert_within(body, "\"partial\":{\"low\":{\"fraction\":\"1/4\",\"decimal\":0.250},\"high\":{\"fraction\":\"3/4\","
                        "\"decimal\":0.750},\"counted\":{\"fraction\":\"1/2\",\"decimal\":0.500}}");
    assert_within(body, "\"unknown\":{\"low\":{\"fraction\":\"0\",\"decimal\":0.000},\"high\":{\"fraction\":\"1\","
                        "\"decimal\":1.000}}");
    assert_within(body, "\"window_months\":24,\"bases\":[\"assessor\",\"our_reading\"],\"least_sure\":\"medium\","
                        "\"least_coverage\":{\"fraction\":\"3/5\",\"decimal\":0.600}");
    free(body);
}
END_TEST

START_TEST(a_source_lists_all_that_rests_on_it)
{
    char *body = scored_body("/v1/sources/{id}", MEDIA_JSON, "iso");
    assert_within(body, "\"claims\":6,\"answers\":1,\"used_by\":["
                        "{\"kind\":\"country\",\"country\":\"BE\",\"claims\":1,\"paths\":[\"/v1/countries/BE\"]},"
                        "{\"kind\":\"country\",\"country\":\"GB\",\"claims\":1,\"paths\":[\"/v1/countries/GB\"]},"
                        "{\"kind\":\"country\",\"country\":\"XK\",\"claims\":1,\"paths\":[\"/v1/countries/XK\"]},"
                        "{\"kind\":\"organisation\",\"organisation\":\"eu\",\"claims\":1,"
                        "\"paths\":[\"/v1/certs/cert-eu\"]},"
                        "{\"kind\":\"cert\",\"country\":\"BE\",\"claims\":1,\"paths\":[\"/v1/certs/cert-be\"]},"
                        "{\"kind\":\"cert\",\"organisation\":\"eu\",\"claims\":1,\"paths\":[\"/v1/certs/cert-eu\"]},"
                        "{\"kind\":\"answer\",\"country\":\"XK\",\"claims\":1,"
                        "\"paths\":[\"/v1/countries/XK/assessments\"]}]");
    free(body);
    json_t *answer = scored_answer("/v1/sources/{id}", "wiser-be-2017");
    json_t *used_by = json_object_get(json_object_get(answer, "data"), "used_by");
    json_t *asked = item_with(used_by, "kind", "criterion");
    ck_assert_uint_eq(json_array_size(json_object_get(asked, "paths")), scored_facts.criterion_count - 1);
    json_decref(answer);
    body = scored_fragment("sources", 2, MEDIA_CSV);
    ck_assert_str_eq(body, "unused,'=Unused,,,,,,none,,0,0\r\n");
    free(body);
}
END_TEST

START_TEST(a_vocabulary_gives_its_terms_in_order)
{
    char *body = scored_body("/v1/vocabularies/{id}", MEDIA_JSON, "groups");
    assert_within(body, "{\"data\":{\"id\":\"groups\",\"title\":\"Groups of states\",\"terms\":[{\"id\":\"eu\","
                        "\"label\":\"European Union\"},{\"id\":\"eea\",\"label\":\"Economic Area\","
                        "\"note\":\"since 1994\"}]},\"links\":{\"self\":\"/v1/vocabularies/groups\","
                        "\"list\":\"/v1/vocabularies\"}}\n");
    free(body);
    body = scored_fragment("vocabularies", 0, MEDIA_NDJSON);
    ck_assert_str_eq(body, "{\"id\":\"groups\",\"title\":\"Groups of states\",\"terms\":2,"
                           "\"self\":\"/v1/vocabularies/groups\"}");
    free(body);
}
END_TEST

START_TEST(an_index_gives_its_figures_to_the_digit)
{
    char *body = scored_body("/v1/indices/{id}", MEDIA_JSON, "rank");
    ck_assert_str_eq(
        body, "{\"data\":{\"id\":\"rank\",\"title\":\"A rank\",\"publisher\":\"Rankers\","
              "\"text\":\"What it ranks.\",\"terms\":\"Free, they say.\",\"source\":\"eu-list\","
              "\"form\":\"number\",\"unit\":\"points\","
              "\"scale\":{\"lowest\":-10,\"highest\":100,\"better\":\"higher\"},"
              "\"editions\":[{\"id\":\"2024\",\"title\":\"Of 2024\"},{\"id\":\"2020\",\"title\":\"Of 2020\"}],"
              "\"pillars\":[{\"id\":\"law\",\"title\":\"Law\",\"note\":\"On paper.\"}],"
              "\"values\":[{\"country\":\"BE\",\"name\":\"Belgium\",\"edition\":\"2024\",\"pillar\":\"law\","
              "\"value\":18.41860,\"source\":\"eu-list\",\"at\":\"table 2\",\"observed\":\"2024\",\"note\":\"Odd.\"},"
              "{\"country\":\"BE\",\"name\":\"Belgium\",\"edition\":\"2020\",\"pillar\":\"law\","
              "\"value\":-3,\"source\":\"eu-list\"},"
              "{\"country\":\"XK\",\"name\":\"Kosovo\",\"edition\":\"2024\",\"pillar\":\"law\","
              "\"value\":100,\"source\":\"eu-list\"}]},"
              "\"links\":{\"self\":\"/v1/indices/rank\",\"list\":\"/v1/indices\"}}\n");
    free(body);
    body = scored_body("/v1/indices/{id}", MEDIA_CSV, "rank");
    ck_assert_str_eq(body, "country,name,edition,pillar,value,unit,source\r\n"
                           "BE,Belgium,2024,law,18.41860,points,eu-list\r\n"
                           "BE,Belgium,2020,law,-3,points,eu-list\r\n"
                           "XK,Kosovo,2024,law,100,points,eu-list\r\n");
    free(body);
    body = scored_body("/v1/indices/{id}", MEDIA_JSON, "start");
    assert_within(body, "\"form\":\"date\",\"unit\":\"date\",\"editions\":[");
    assert_within(body, "\"edition\":\"2020\",\"date\":\"2012-11\",\"source\":\"eu-list\"}");
    free(body);
}
END_TEST

START_TEST(indices_are_listed_and_stand_in_the_country_apart_from_its_score)
{
    char *body = scored_fragment("indices", 1, MEDIA_CSV);
    ck_assert_str_eq(body, "start,'=A start,Rankers,date,date,,,,2020,1,1,,Not seen.\r\n");
    free(body);
    body = scored_fragment("indices", 0, MEDIA_JSON);
    assert_within(body, "\"countries\":2,\"values\":3,\"self\":\"/v1/indices/rank\"}");
    free(body);
    json_t *answer = scored_answer("/v1/countries/{code}", "BE");
    const json_t *said = json_object_get(json_object_get(answer, "data"), "indices");
    ck_assert_uint_eq(json_array_size(said), 2);
    ck_assert_uint_eq(json_array_size(json_object_get(json_array_get(said, 0), "values")), 2);
    ck_assert_str_eq(json_string_value(json_object_get(json_array_get(said, 1), "self")), "/v1/indices/start");
    json_decref(answer);
    answer = scored_answer("/v1/countries/{code}", "GB");
    ck_assert_ptr_null(json_object_get(json_object_get(answer, "data"), "indices"));
    json_decref(answer);
    body = scored_body("/{code}", MEDIA_TEXT, "BE");
    assert_within(body, "A rank (points, -10 to 100, higher is better)\n");
    assert_within(body, "18.41860 (note: Odd.)");
    free(body);
    body = scored_body("/v1/sources/{id}", MEDIA_JSON, "eu-list");
    assert_within(body, "{\"kind\":\"index\",\"claims\":4,\"paths\":[\"/v1/indices/rank\",\"/v1/indices/start\"]}");
    free(body);
}
END_TEST

TCase *view_record_cases(void)
{
    TCase *tests = tcase_create("records");
    tcase_add_checked_fixture(tests, scored_set_up, scored_tear_down);
    tcase_add_test(tests, a_distribution_counts_every_country);
    tcase_add_test(tests, a_methodology_shows_every_part);
    tcase_add_test(tests, a_source_lists_all_that_rests_on_it);
    tcase_add_test(tests, a_vocabulary_gives_its_terms_in_order);
    tcase_add_test(tests, an_index_gives_its_figures_to_the_digit);
    tcase_add_test(tests, indices_are_listed_and_stand_in_the_country_apart_from_its_score);
    return tests;
}
