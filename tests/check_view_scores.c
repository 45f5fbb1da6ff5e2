/* SPDX-License-Identifier: MIT */
/* Assessments and scores as answers: figures, reasons, disputes, tables, orders and facets. */
#include <stdlib.h>
#include <string.h>

#include "view_ask.h"
#include "view_asked.h"
#include "view_facts.h"
#include "view_scores_facts.h"

START_TEST(subjects_are_counted_and_named)
{
    ck_assert_uint_eq(view_subjects(scored_view, SUBJECT_NONE), 1);
    ck_assert_uint_eq(view_subjects(scored_view, SUBJECT_COUNTRY), 3);
    ck_assert_uint_eq(view_subjects(scored_view, SUBJECT_CERT), 2);
    ck_assert_uint_eq(view_subjects(scored_view, SUBJECT_METHODOLOGY), 1);
    ck_assert_uint_eq(view_subjects(scored_view, SUBJECT_ASSESSMENT), 12);
    ck_assert_str_eq(view_subject_id(scored_view, SUBJECT_ASSESSMENT, 11), "XK/audit");
    ck_assert_str_eq(view_subject_id(scored_view, SUBJECT_PROBLEM, 0), "bad-request");
    (void)scored_number(SUBJECT_SCHEMA, "answer/score.json");
}
END_TEST

START_TEST(belgium_scores_444_between_318_and_591)
{
    char *body = scored_body("/v1/scores/{code}", MEDIA_JSON, "BE");
    assert_within(body, "\"methodology\":\"legal-conditions\",\"version\":\"1.0.0\",\"value\":44.4,\"low\":31.8,"
                        "\"high\":59.1,\"coverage\":0.818,\"counts\":{\"yes\":3,\"partial\":2,\"no\":4,\"unknown\":2,"
                        "\"not_applicable\":0},\"disputed\":0,\"oldest\":\"2017-07\"");
    free(body);
    body = scored_fragment("scores", 0, MEDIA_CSV);
    ck_assert_str_eq(body, "BE,Belgium,44.4,31.8,59.1,0.818,3,2,4,2,0,0,2017-07,1,1,1,legal-conditions,1.0.0\r\n");
    free(body);
    body = scored_fragment("scores", 1, MEDIA_CSV);
    ck_assert_str_eq(body, "GB,United Kingdom,,0.0,100.0,0.000,0,0,0,11,0,0,,,,,legal-conditions,1.0.0\r\n");
    free(body);
}
END_TEST

START_TEST(a_score_tells_what_each_criterion_adds)
{
    json_t *answer = scored_answer("/v1/scores/{code}", "BE");
    json_t *parts = json_object_get(json_object_get(answer, "data"), "criteria");
    ck_assert_uint_eq(json_array_size(parts), scored_methodology.weight_count);
    double points = 0;
    for (size_t i = 0; i < json_array_size(parts); i++)
        points += json_number_value(json_object_get(json_array_get(parts, i), "points"));
    ck_assert_double_eq(points, 4.0);
    json_t *lost = item_with(parts, "criterion", "purchase");
    ck_assert_ptr_null(json_object_get(lost, "points"));
    json_t *if_yes = json_object_get(json_object_get(lost, "if_known"), "yes");
    ck_assert_double_eq_tol(json_number_value(json_object_get(if_yes, "low")), 40.9, 1e-9);
    ck_assert_double_eq_tol(json_number_value(json_object_get(if_yes, "high")), 59.1, 1e-9);
    ck_assert_ptr_nonnull(text_at(json_object_get(answer, "data"), "measures"));
    json_decref(answer);
}
END_TEST

START_TEST(an_unknown_names_its_reason_and_who_lost_it)
{
    json_t *answer = scored_answer("/v1/countries/{code}/legal-conditions", "BE");
    json_t *cells = json_object_get(json_object_get(answer, "data"), "answers");
    ck_assert_uint_eq(json_array_size(cells), scored_facts.criterion_count - 1);
    json_t *lost = item_with(cells, "criterion", "purchase");
    ck_assert_str_eq(text_at(lost, "value"), "unknown");
    ck_assert_str_eq(text_at(lost, "unknown"), "lost_in_capture");
    ck_assert_str_eq(text_at(lost, "source"), "wiser-be-2017");
    json_t *silent = item_with(cells, "criterion", "definition");
    ck_assert_str_eq(text_at(silent, "unknown"), "no_source");
    ck_assert_ptr_null(json_object_get(silent, "source"));
    ck_assert_double_eq(json_number_value(json_object_get(silent, "high")), 1.0);
    json_decref(answer);
}
END_TEST

START_TEST(a_dispute_is_shown_with_both_claims)
{
    char *body = scored_fragment("assessments", 11, MEDIA_JSON);
    assert_within(body,
                  "{\"country\":\"XK\",\"criterion\":\"audit\",\"label\":\"On audit\",\"theme\":\"legal-conditions\","
                  "\"value\":\"yes\",\"disputed\":true,\"source\":\"wiser-be-2017\",\"at\":\"L1\","
                  "\"observed\":\"2017-07\",\"basis\":\"assessor\",\"sure\":\"high\",\"decided_by\":\"basis\","
                  "\"oldest\":\"2017-05-14\",\"low\":0.00,\"high\":1.00,\"weight\":1");
    assert_within(body, "{\"value\":\"no\",\"source\":\"iso\",\"observed\":\"2017-05-14\",\"basis\":\"our_reading\","
                        "\"sure\":\"high\",\"live\":true,\"standing\":\"disputes\"}");
    assert_within(body, "\"self\":\"/v1/countries/XK/assessments\"}");
    free(body);
    json_t *answer = scored_answer("/v1/countries/{code}/assessments", "BE");
    json_t *cells = json_object_get(json_object_get(answer, "data"), "answers");
    json_t *year = item_with(cells, "criterion", "strategy-year");
    ck_assert_str_eq(text_at(year, "value"), "2012");
    ck_assert(json_is_true(json_object_get(year, "disputed")));
    ck_assert_ptr_null(json_object_get(year, "low"));
    ck_assert_uint_eq(json_array_size(json_object_get(year, "claims")), 2);
    json_decref(answer);
}
END_TEST

START_TEST(what_eu_law_obliges_to_stands_apart_and_decides_nothing)
{
    char *body = scored_body("/v1/countries/{code}/assessments", MEDIA_JSON, "BE");
    assert_within(
        body,
        "{\"criterion\":\"plan\",\"label\":\"On plan\",\"theme\":\"legal-conditions\",\"value\":\"no\","
        "\"source\":\"wiser-be-2017\",\"at\":\"L1\",\"observed\":\"2017-07\",\"basis\":\"assessor\","
        "\"sure\":\"high\",\"decided_by\":\"only\",\"oldest\":\"2017-07\",\"low\":0.00,\"high\":0.00,\"weight\":1,"
        "\"obliged_by\":[{\"value\":\"yes\",\"source\":\"eu-list\",\"at\":\"Article 21\",\"since\":\"2016-07-06\"}],");
    ck_assert_ptr_null(strstr(strstr(body, "obliged_by") + 1, "obliged_by"));
    free(body);
    body = scored_body("/{code}", MEDIA_TEXT, "BE");
    assert_within(body, "EU law");
    free(body);
}
END_TEST

START_TEST(tables_have_a_row_for_each_claim)
{
    char *body = scored_fragment("assessments", 11, MEDIA_CSV);
    ck_assert_str_eq(body, "XK,audit,legal-conditions,yes,,wiser-be-2017,L1,2017-07,,assessor,high,true,true,decides,"
                           "basis,1,2017-07-31\r\n"
                           "XK,audit,legal-conditions,no,,iso,,2017-05-14,,our_reading,high,true,false,disputes,,1,"
                           "2017-05-14\r\n");
    free(body);
    body = scored_body("/v1/countries/{code}/legal-conditions", MEDIA_CSV, "BE");
    assert_within(body, "country,criterion,theme,value,unknown,source,at,observed,since,basis,sure,live,decides,"
                        "standing,decided_by,weight,observed_by\r\n");
    assert_within(body, "BE,purchase,legal-conditions,unknown,lost_in_capture,wiser-be-2017,L1,2017-07,,assessor,high,"
                        "false,false,no_answer,,1,2017-07-31\r\n");
    assert_within(body, "BE,definition,legal-conditions,unknown,no_source,,,,,,,,,,,1,\r\n");
    ck_assert_ptr_null(strstr(body, ",team,"));
    free(body);
    body = scored_body("/v1/countries/{code}/assessments", MEDIA_CSV, "GB");
    assert_within(body, "GB,team,operational-capacities,unknown,no_source,,,,,,,,,,,,\r\n");
    free(body);
}
END_TEST

/* Whatever the list and its order, comparing is antisymmetric and only a thing itself is its equal. */
START_TEST(orders_are_total)
{
    const struct list_kind *list = &list_kinds[_i];
    size_t count = view_subjects(scored_view, list->subject);
    for (size_t s = 0; list->compare != NULL && list->sorts[s] != NULL; s++)
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < count; b++) {
                int one = list->compare(scored_view, list->sorts[s], a, b);
                int other = list->compare(scored_view, list->sorts[s], b, a);
                ck_assert_msg((one < 0) == (other > 0) && (one == 0) == (a == b), "%s by %s", list->name,
                              list->sorts[s]);
            }
}
END_TEST

static void note_facet(void *cls, const char *name, const char *value)
{
    buf_printf(cls, "%s=%s ", name, value);
}

static char *facets_of(const char *list, size_t index)
{
    struct buf bytes;
    buf_init(&bytes, 4096);
    buf_putc(&bytes, ' ');
    list_kind_find(list)->facets(scored_view, index, note_facet, &bytes);
    return buf_take(&bytes, &(size_t){0});
}

START_TEST(facets_find_what_is_shown)
{
    static const struct {
        const char *list;
        size_t index;
        const char *facets;
    } rows[] = {{"countries", 0, " code=BE group=eu has=profile has=certs has=assessments has=score has=indices "},
                {"countries", 1, " code=GB "}, /* a member once, but not on the dataset's date */
                {"criteria", 12, " theme=operational-capacities "},
                {"sources", 0, " "}};
    char *facets = facets_of(rows[_i].list, rows[_i].index);
    ck_assert_str_eq(facets, rows[_i].facets);
    free(facets);
}
END_TEST

/* A buffer that is too small by any number of bytes is a failure, never a shortened body. */
START_TEST(no_body_is_cut_by_a_ceiling)
{
    static const struct {
        const char *path;
        enum media media;
        const char *id;
    } rows[] = {{"/v1/countries/{code}/assessments", MEDIA_JSON, "GB"},
                {"/v1/countries/{code}/assessments", MEDIA_CSV, "GB"},
                {"/v1/scores/{code}", MEDIA_JSON, "GB"},
                {"/v1/criteria/{id}", MEDIA_JSON, "audit"},
                {"/v1/methodologies/{id}", MEDIA_JSON, "legal-conditions"},
                {"/v1/sources/{id}", MEDIA_JSON, "iso"},
                {"/v1/vocabularies/{id}", MEDIA_JSON, "groups"}};
    const struct document_kind *kind = kind_of(rows[_i].path, rows[_i].media);
    size_t index = scored_number(kind->subject, rows[_i].id);
    char *body = scored_body(rows[_i].path, rows[_i].media, rows[_i].id);
    size_t len = strlen(body);
    free(body);
    for (size_t ceiling = 0; ceiling <= len; ceiling += ceiling + 16 < len ? 16 : 1) {
        struct buf bytes;
        buf_init(&bytes, ceiling);
        ck_assert_msg(document_write(scored_view, kind, index, &bytes) == (ceiling == len), "%zu of %zu", ceiling, len);
        buf_done(&bytes);
    }
}
END_TEST

START_TEST(facts_that_cannot_be_scored_are_refused)
{
    struct methodology wrong = scored_methodology;
    struct facts other = scored_facts;
    struct view *never = NULL;
    struct err err = {.kind = ERR_NONE};
    if (_i == 0)
        wrong.values[ANSWER_PARTIAL].low.den = 0;
    else if (_i == 1)
        other.methodology_count = 0;
    else if (_i == 2)
        other.dataset.date = "soon";
    else
        other.criterion_count = 1;
    other.methodologies = &wrong;
    ck_assert(!view_new(&other, "", &never, &err));
    ck_assert_ptr_null(never);
    ck_assert_int_eq(err.kind, ERR_INPUT);
    ck_assert_uint_gt(strlen(err.text), 10);
}
END_TEST

Suite *view_scores_suite(void)
{
    Suite *suite = suite_create("view, scores");
    TCase *tests = tcase_create("scores");
    tcase_add_checked_fixture(tests, scored_set_up, scored_tear_down);
    tcase_add_test(tests, subjects_are_counted_and_named);
    tcase_add_test(tests, belgium_scores_444_between_318_and_591);
    tcase_add_test(tests, a_score_tells_what_each_criterion_adds);
    tcase_add_test(tests, an_unknown_names_its_reason_and_who_lost_it);
    tcase_add_test(tests, a_dispute_is_shown_with_both_claims);
    tcase_add_test(tests, what_eu_law_obliges_to_stands_apart_and_decides_nothing);
    tcase_add_test(tests, tables_have_a_row_for_each_claim);
    tcase_add_loop_test(tests, orders_are_total, 0, (int)list_kind_count);
    tcase_add_loop_test(tests, facets_find_what_is_shown, 0, 4);
    tcase_add_loop_test(tests, no_body_is_cut_by_a_ceiling, 0, 7);
    tcase_add_loop_test(tests, facts_that_cannot_be_scored_are_refused, 0, 4);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, view_record_cases());
    suite_add_tcase(suite, view_coverage_cases());
    suite_add_tcase(suite, view_asked_cases());
    suite_add_tcase(suite, view_explain_cases());
    suite_add_tcase(suite, view_standing_cases());
    return suite;
}
