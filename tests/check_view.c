/* SPDX-License-Identifier: MIT */
/* Documents of the small world: every row of document_kinds writes every subject, and the trees of a country and a
 * team are as they should be. */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "cyberatlas/view.h"
#include "run_suites.h"
#include "view_ask.h"
#include "view_facts.h"
#include "view_scores_facts.h"

static void write_document(const char *path, enum media media, size_t index)
{
    buf_reset(&out);
    ck_assert(document_write(view, kind_of(path, media), index, &out));
}

static bool is_json(enum media media)
{
    return media == MEDIA_JSON || media == MEDIA_SCHEMA || media == MEDIA_OPENAPI;
}

/* Rows whose file is not part of every build are the contract's own business. */
START_TEST(every_kind_writes_every_subject)
{
    const struct document_kind *kind = &document_kinds[_i];
    bool dashboard = kind->subject == SUBJECT_SCRIPT || kind->subject == SUBJECT_STYLE;
    ck_assert(view_subjects(view, kind->subject) > 0 || dashboard);
    for (size_t i = 0; document_is_built(kind) && i < view_subjects(view, kind->subject); i++) {
        buf_reset(&out);
        ck_assert_msg(document_write(view, kind, i, &out), "%s %s", kind->path,
                      view_subject_id(view, kind->subject, i));
        ck_assert_uint_gt(out.len, 0);
        if (!is_json(kind->media))
            continue;
        ck_assert_int_eq(out.data[out.len - 1], '\n');
        json_error_t error;
        json_t *json = json_loadb(out.data, out.len, JSON_REJECT_DUPLICATES, &error);
        ck_assert_msg(json != NULL, "%s: %s", kind->path, error.text);
        json_decref(json);
    }
}
END_TEST

START_TEST(a_body_that_does_not_fit_is_told)
{
    const struct document_kind *kind = &document_kinds[_i];
    if (!document_is_built(kind) || view_subjects(view, kind->subject) == 0)
        return;
    ck_assert(document_write(view, kind, 0, &out));
    for (size_t missing = 1; missing <= out.len; missing = missing * 2 + 1) {
        struct buf small;
        buf_init(&small, out.len - missing);
        ck_assert(!document_write(view, kind, 0, &small));
        buf_done(&small);
    }
}
END_TEST

START_TEST(rows_of_one_path_stand_together_and_differ_in_media)
{
    for (size_t i = 0; i < document_kind_count; i++)
        for (size_t k = i + 1; k < document_kind_count; k++) {
            if (strcmp(document_kinds[i].path, document_kinds[k].path) != 0)
                continue;
            ck_assert_str_eq(document_kinds[k - 1].path, document_kinds[k].path);
            ck_assert_int_ne(document_kinds[i].media, document_kinds[k].media);
            ck_assert_int_eq(document_kinds[i].subject, document_kinds[k].subject);
        }
}
END_TEST

START_TEST(a_country_in_full_keeps_every_claim)
{
    write_document("/v1/countries/{code}", MEDIA_JSON, 0);
    static const char *const parts[] = {
        "{\"data\":{\"code\":\"BE\",\"alpha3\":\"BEL\",\"numeric\":\"056\",\"name\":\"Belgium\","
        "\"official_name\":\"Kingdom of Belgium\",\"aliases\":[\"B\"],\"standing\":\"iso\","
        "\"region\":{\"code\":\"150\",\"name\":\"Europe\"},\"groups\":[{\"group\":\"eu\",\"name\":\"European Union\","
        "\"since\":\"1958-01-01\",\"source\":\"page-2017\"},{\"group\":\"benelux\",\"name\":\"Benelux\","
        "\"since\":\"1948\",\"until\":\"1990\",\"source\":\"page-2017\"}],"
        "\"origins\":{\"name\":{\"source\":\"page-2017\",\"at\":\"row 21\"},",
        "\"profile\":\"available\",\"overview\":{\"analysed\":{\"value\":\"2017-07\",\"source\":\"page-2017\","
        "\"at\":\"L107\",\"observed\":\"2017-07\"},\"strategy_established\":{\"value\":true,",
        "\"monitoring\":{\"unknown\":\"lost_in_capture\",\"source\":\"page-2017\",\"at\":\"L20\","
        "\"observed\":\"2017-07\"}}",
        "\"adopted\":{\"value\":\"2012\",\"source\":\"page-2017\",\"at\":\"L22, Year of adoption\","
        "\"observed\":\"2017-07\",\"others\":[{\"value\":\"2013\",\"source\":\"page-2017\",\"at\":\"L3\","
        "\"observed\":\"2017-07\"}]}",
        "\"objectives\":[{\"value\":\"A safe cyberspace\",\"source\":\"page-2017\",\"at\":\"L7\","
        "\"observed\":\"2017-07\"},{\"value\":\"Protected infrastructure\",",
        "\"topics\":[{\"value\":{\"topic\":\"procurement\",\"summary\":\"buys safely\"},",
        "\"members\":{\"value\":50,\"qualifier\":\"more_than\",\"source\":\"page-2017\",\"at\":\"L60\","
        "\"since\":\"2015\",\"note\":\"Counted by us.\"}",
        "\"certs\":[{\"id\":\"cert-be\",",
        "\"legal_conditions\":{\"score\":{\"methodology\":\"legal-conditions\",\"version\":\"1.0.0\",",
        "\"operational_capacities\":{\"answers\":[{\"criterion\":\"national-cert\",",
        "\"links\":{\"self\":\"/v1/countries/BE\",\"assessments\":\"/v1/countries/BE/assessments\","
        "\"legal_conditions\":\"/v1/countries/BE/legal-conditions\",\"certs\":\"/v1/countries/BE/"
        "certs\",\"timeline\":\"/v1/countries/BE/timeline\","
        "\"score\":\"/v1/scores/BE\",\"list\":\"/v1/countries\"}}\n",
    };
    const char *at = out.data;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        const char *found = strstr(at, parts[i]);
        ck_assert_msg(found != NULL, "part %zu is not in order in %s", i, out.data);
        at = found;
    }
    ck_assert_ptr_null(strstr(out.data, "null"));
    ck_assert_ptr_null(strstr(out.data, "\"laws\""));
}
END_TEST

START_TEST(a_country_of_codes_alone_has_no_sections)
{
    write_document("/v1/countries/{code}", MEDIA_JSON, 1);
    ck_assert_str_eq(out.data,
                     "{\"data\":{\"code\":\"FR\",\"alpha3\":\"FRA\",\"numeric\":\"250\",\"name\":\"France\","
                     "\"names\":{\"de\":\"Frankreich\",\"fr\":\"France\"},"
                     "\"standing\":\"iso\",\"point\":{\"latitude\":46.560,\"longitude\":-2},\"groups\":[],\"origins\":{"
                     "\"name\":{\"source\":\"page-2017\"},"
                     "\"alpha3\":{\"source\":\"page-2017\"},\"numeric\":{\"source\":\"page-2017\"},"
                     "\"standing\":{\"source\":\"page-2017\"},"
                     "\"point\":{\"source\":\"reading\",\"note\":\"At sea.\"},"
                     "\"names\":{\"source\":\"reading\"}},\"profile\":\"none\"},"
                     "\"links\":{\"self\":\"/v1/countries/FR\",\"assessments\":\"/v1/countries/FR/assessments\","
                     "\"legal_conditions\":\"/v1/countries/FR/legal-conditions\",\"certs\":\"/v1/countries/FR/"
                     "certs\",\"timeline\":\"/v1/countries/FR/timeline\","
                     "\"score\":\"/v1/scores/FR\",\"list\":\"/v1/countries\"}}\n");
}
END_TEST

START_TEST(names_are_one_statement_of_their_source)
{
    write_document("/v1/sources/{id}", MEDIA_JSON, 1);
    ck_assert_ptr_nonnull(strstr(out.data, "\"claims\":2,\"answers\":1,\"used_by\":["
                                           "{\"kind\":\"country\",\"country\":\"FR\",\"claims\":1,"));
    ck_assert_ptr_nonnull(strstr(out.data, "{\"kind\":\"country\",\"country\":\"FR\",\"thing\":\"FR\","
                                           "\"field\":\"names\"}],\"statements_complete\":true"));
}
END_TEST

START_TEST(a_team_says_whose_it_is)
{
    write_document("/v1/certs/{id}", MEDIA_JSON, 0);
    ck_assert_ptr_nonnull(strstr(out.data, "{\"data\":{\"id\":\"cert-be\",\"country\":\"BE\",\"name\":{\"value\":"));
    ck_assert_ptr_nonnull(strstr(out.data, "\"country\":\"/v1/countries/BE\"}}\n"));
    write_document("/v1/certs/{id}", MEDIA_JSON, 1);
    ck_assert_ptr_nonnull(strstr(out.data, "{\"data\":{\"id\":\"cert-eu\",\"organisation\":\"eu\","));
    ck_assert_ptr_nonnull(strstr(out.data, "\"links\":{\"self\":\"/v1/certs/cert-eu\",\"list\":\"/v1/certs\"}}\n"));
}
END_TEST

START_TEST(a_countrys_teams_are_a_list_that_may_be_empty)
{
    write_document("/v1/countries/{code}/certs", MEDIA_JSON, 0);
    ck_assert_ptr_nonnull(strstr(out.data, "\"types\":[\"national\",\"government\"],\"status\":\"active\","
                                           "\"established\":\"2009\",\"accreditations\":[\"first:member\","
                                           "\"first:liaison\"],\"url\":\"https://cert.be/\",\"self\":"));
    ck_assert_ptr_nonnull(strstr(out.data, "\"meta\":{\"total\":1,\"count\":1,\"complete\":true}"));
    write_document("/v1/countries/{code}/certs", MEDIA_JSON, 1);
    ck_assert_ptr_nonnull(strstr(out.data, "{\"data\":[],\"meta\":{\"total\":0,\"count\":0,\"complete\":true}"));
    write_document("/v1/countries/{code}/certs", MEDIA_CSV, 0);
    ck_assert_str_eq(out.data,
                     "id,name,short_name,country,organisation,types,sectors,status,established,accreditations,"
                     "url\r\ncert-be,\"'=CERT, \"\"<b>\"\"\",CERT.be,BE,,national;government,,active,2009,"
                     "first:member;first:liaison,https://cert.be/\r\n");
}
END_TEST

START_TEST(the_index_names_every_list_and_address)
{
    write_document("/v1", MEDIA_JSON, 0);
    json_t *json = json_loads(out.data, 0, NULL);
    json_t *data = json_object_get(json, "data");
    ck_assert_str_eq(json_string_value(json_object_get(data, "revision")), "0123456789ab");
    ck_assert_uint_eq(json_array_size(json_object_get(data, "lists")), list_kind_count);
    size_t paths = 0;
    for (size_t i = 0; i < document_kind_count; i++)
        paths += i == 0 || strcmp(document_kinds[i].path, document_kinds[i - 1].path) != 0;
    ck_assert_uint_eq(json_array_size(json_object_get(data, "addresses")), paths);
    json_decref(json);
}
END_TEST

START_TEST(the_revision_stands_in_the_index_only)
{
    const struct document_kind *kind = &document_kinds[_i];
    for (size_t i = 0; document_is_built(kind) && i < view_subjects(view, kind->subject); i++) {
        buf_reset(&out);
        ck_assert(document_write(view, kind, i, &out));
        bool says = memmem(out.data, out.len, "0123456789ab", 12) != NULL;
        ck_assert_int_eq(says, strcmp(kind->path, "/v1") == 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("view");
    TCase *tests = tcase_create("documents");
    int kinds = (int)document_kind_count;
    tcase_add_checked_fixture(tests, view_set_up, view_tear_down);
    tcase_add_loop_test(tests, every_kind_writes_every_subject, 0, kinds);
    tcase_add_loop_test(tests, a_body_that_does_not_fit_is_told, 0, kinds);
    tcase_add_test(tests, rows_of_one_path_stand_together_and_differ_in_media);
    tcase_add_test(tests, a_country_in_full_keeps_every_claim);
    tcase_add_test(tests, a_country_of_codes_alone_has_no_sections);
    tcase_add_test(tests, names_are_one_statement_of_their_source);
    tcase_add_test(tests, a_team_says_whose_it_is);
    tcase_add_test(tests, a_countrys_teams_are_a_list_that_may_be_empty);
    tcase_add_test(tests, the_index_names_every_list_and_address);
    tcase_add_loop_test(tests, the_revision_stands_in_the_index_only, 0, kinds);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, view_page_cases());
    suite_add_tcase(suite, view_brief_cases());
    suite_add_tcase(suite, view_cert_cases());
    suite_add_tcase(suite, view_list_cases());
    suite_add_tcase(suite, view_finding_cases());
    suite_add_tcase(suite, view_intelmq_cases());
    suite_add_tcase(suite, view_schema_cases());
    suite_add_tcase(suite, view_compare_cases());
    suite_add_tcase(suite, view_contact_cases());
    suite_add_tcase(suite, view_history_cases());
    suite_add_tcase(suite, view_causes_cases());
    suite_add_tcase(suite, view_change_cases());
    return run_suites((Suite *[]){suite, view_scores_suite(), NULL});
}
