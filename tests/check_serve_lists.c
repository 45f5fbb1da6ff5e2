/* SPDX-License-Identifier: MIT */
/* Lists cut down, counted and narrowed by years, each under its one address; and which other forms their answers link
 * to. */
#include <stdio.h>

#include "serve_fixture.h"

static struct snapshot *snapshot;

static void open_it(void)
{
    fixture_write("lists");
    snapshot = fixture_open();
}

static void close_it(void)
{
    snapshot_free(snapshot);
    fixture_remove();
}

/* A request of /v1/certs or another list, its own address, and what stands in the answer; or the parameter at fault. */
static const struct {
    const char *target;
    unsigned status;
    const char *address, *part;
} choices[] = {
    {"/v1/countries?fields=code", 200, "/v1/countries?fields=code", "{\"data\":[{\"code\":\"BE\"},"},
    {"/v1/countries?fields=name,code,name", 200, "/v1/countries?fields=code,name", "\"total\":3"},
    {"/v1/countries?fields=name", 200, "/v1/countries?fields=name", "{\"data\":[{},{},{}],"},
    {"/v1/countries.csv?fields=name,code", 200, "/v1/countries.csv?fields=code,name", "code,name\r\nBE,\r\n"},
    {"/v1/countries.ndjson?fields=self&limit=1", 200, "/v1/countries.ndjson?fields=self&limit=1", "{}\n"},
    {"/v1/countries.csv?fields=self", 400, NULL, "\"parameter\":\"fields\""},
    {"/v1/countries.geojson?fields=name", 400, NULL, "NDJSON"},
    {"/v1/countries?fields=colour", 400, NULL, "\"allowed\":[\"code\","},
    {"/v1/countries?fields=", 400, NULL, "\"parameter\":\"fields\""},
    {"/v1/countries?facets=group", 200, "/v1/countries?facets=group", "\"facets\":{\"group\":{\"eu\":2}}"},
    {"/v1/countries?facets=group,code&code=XK", 200, "/v1/countries?code=XK&facets=code,group",
     "\"facets\":{\"code\":{\"XK\":1},\"group\":{}}"},
    {"/v1/countries?facets=group&limit=1", 200, "/v1/countries?facets=group&limit=1", "&facets=group&limit=1\"}}"},
    {"/v1/countries.csv?facets=group", 400, NULL, "\"parameter\":\"facets\""},
    {"/v1/sources?facets=id", 400, NULL, "unknown-parameter"},
    {"/v1/scores?fields=value,country", 200, "/v1/scores?fields=country,value", "{\"data\":[{\"country\":\"BE\""},
    {"/v1/scores.csv?fields=country&countries=BE", 200, "/v1/scores.csv?countries=BE&fields=country",
     "country\r\nBE\r\n"},
    {"/v1/scores?facets=group", 400, NULL, "unknown-parameter"},
    {"/v1/scores.geojson?sure=low&countries=BE", 200, "/v1/scores.geojson?countries=BE&sure=low",
     "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":\"BE\","},
    {"/v1/assessments?fields=country,value&limit=1", 200, "/v1/assessments?fields=country,value&limit=1",
     "{\"data\":[{\"country\":\"BE\",\"value\":"},
    {"/v1/certs.vcf?country=BE", 200, "/v1/certs.vcf?country=BE", ""},
    {"/v1/certs.stix.json?country=BE", 200, "/v1/certs.stix.json?country=BE", "{\"type\":\"bundle\",\"id\":\"bundle--"},
    {"/v1/certs?established=2010..2010", 200, "/v1/certs?established=2010", "\"total\":0"},
    {"/v1/certs?established=..2010,2012..,2011", 200, "/v1/certs?established=..2010,2011,2012..", "\"total\":0"},
    {"/v1/certs?established=..", 400, NULL, "2010..2015"},
    {"/v1/certs?established=2015..2010", 400, NULL, "ends before it begins"},
    {"/v1/certs?established=2010...2015", 400, NULL, "2010..2015"},
    {"/v1/certs?established=2010..2012..2015", 400, NULL, "2010..2015"},
    {"/v1/certs?established=1899", 400, NULL, "from 1900 to 2199"},
    {"/v1/certs?established=2200..", 400, NULL, "from 1900 to 2199"},
    {"/v1/certs?established=201", 400, NULL, "2010..2015"},
    {"/v1/certs?established=", 400, NULL, "is empty"},
    {"/v1/certs?has=email,pgp", 200, "/v1/certs?has=email,pgp", "\"total\":0"},
    {"/v1/certs?has=emial", 400, NULL, "\"did_you_mean\":\"email\""},
};

START_TEST(a_choice_of_fields_counts_or_years_is_answered)
{
    struct outcome outcome = fixture_ask(snapshot, "GET", choices[_i].target, NULL);
    ck_assert_msg(outcome.status == choices[_i].status, "%s: %s", choices[_i].target, outcome_body(&outcome));
    ck_assert_msg(strstr(outcome_body(&outcome), choices[_i].part) != NULL, "%s: %s", choices[_i].target,
                  outcome_body(&outcome));
    if (choices[_i].address != NULL)
        ck_assert_str_eq(outcome_address(&outcome), choices[_i].address);
    outcome_done(&outcome);
}
END_TEST

#define E_ACUTE_10 "%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9"
#define LONG_WORDS E_ACUTE_10 E_ACUTE_10 E_ACUTE_10 E_ACUTE_10 E_ACUTE_10 E_ACUTE_10 E_ACUTE_10

START_TEST(other_forms_are_linked_whole_and_not_at_all_behind_a_long_query)
{
    char target[SERVE_TARGET_BYTES] = "/v1/certs?established=";
    struct outcome outcome = fixture_ask(snapshot, "GET", "/v1/countries?fields=code&facets=code&group=eu", NULL);
    ck_assert_ptr_nonnull(strstr(outcome.made->link, "</v1/countries.csv?group=eu>; rel=\"alternate\""));
    outcome_done(&outcome);
    for (size_t i = 0; i < 60; i++)
        (void)snprintf(target + strlen(target), sizeof(target) - strlen(target), "19%02zu..2001,", i + 10);
    target[strlen(target) - 1] = '\0';
    outcome = fixture_ask(snapshot, "GET", target, NULL);
    ck_assert_msg(outcome.status == 200, "%s", outcome_body(&outcome));
    ck_assert_ptr_nonnull(strstr(outcome.made->link, "rel=\"alternate\""));
    outcome_done(&outcome);
    (void)snprintf(target + strlen(target), sizeof(target) - strlen(target), "&q=%s", LONG_WORDS);
    outcome = fixture_ask(snapshot, "GET", target, NULL);
    ck_assert_msg(outcome.status == 200, "%s", outcome_body(&outcome));
    ck_assert_ptr_null(strstr(outcome.made->link, "rel=\"alternate\""));
    outcome_done(&outcome);
}
END_TEST

TCase *serve_list_cases(void)
{
    TCase *tests = tcase_create("lists");
    tcase_add_checked_fixture(tests, open_it, close_it);
    tcase_add_loop_test(tests, a_choice_of_fields_counts_or_years_is_answered, 0, COUNT_OF(choices));
    tcase_add_test(tests, other_forms_are_linked_whole_and_not_at_all_behind_a_long_query);
    return tests;
}
