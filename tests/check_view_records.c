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

TCase *view_record_cases(void)
{
    TCase *tests = tcase_create("records");
    tcase_add_checked_fixture(tests, scored_set_up, scored_tear_down);
    tcase_add_test(tests, a_distribution_counts_every_country);
    tcase_add_test(tests, a_methodology_shows_every_part);
    tcase_add_test(tests, a_source_lists_all_that_rests_on_it);
    tcase_add_test(tests, a_vocabulary_gives_its_terms_in_order);
    return tests;
}
