/* SPDX-License-Identifier: MIT */
/* Lists of scores as the answers to questions: weights, days, ages, bases, groups, ranks and orders. */
#include <stdlib.h>
#include <string.h>

#include "view_asked.h"

static const char *const british_standings[] = {"decides",          "agrees",          "disputes",
                                                "history",          "undated",         "low_sureness",
                                                "not_yet_observed", "basis_not_asked", "no_answer"};

/* An item is written without a tree; what it says is what the document says. */
START_TEST(an_item_says_what_the_document_says)
{
    struct question question = asked_default();
    json_t *list = asked_list("scores", &question, NULL);
    json_t *item = json_array_get(json_object_get(list, "data"), (size_t)_i);
    json_t *document = asked_document("/v1/scores/{code}", &question, (size_t)_i);
    json_t *data = json_object_get(document, "data");
    static const char *const only_there[] = {"methodology", "version", "measures", "criteria"};
    for (size_t i = 0; i < COUNT_OF(only_there); i++)
        ck_assert_int_eq(json_object_del(data, only_there[i]), 0);
    ck_assert_int_eq(json_object_del(item, "self"), 0);
    ck_assert(json_equal(item, data));
    json_decref(document);
    json_decref(list);
}
END_TEST

START_TEST(weights_change_every_figure)
{
    struct question question = asked_default();
    question.weighted = true;
    for (size_t i = 0; i < scored_methodology.weight_count; i++)
        if (strcmp(scored_methodology.weights[i].criterion, "strategy") == 0)
            question.rule.weights[i] = 3;
    json_t *list = asked_list("scores", &question, NULL);
    assert_figures(json_array_get(json_object_get(list, "data"), 0), 54.5, 42.3, 65.4, 0.846);
    json_t *asked = asked_at(list, "meta", "question");
    ck_assert_str_eq(text_at(asked, "version"), "1.0.0");
    ck_assert_double_eq(asked_number(json_object_get(asked, "weights"), "strategy"), 3);
    ck_assert_uint_eq(json_object_size(json_object_get(asked, "weights")), 1);
    ck_assert_uint_eq(json_object_size(asked), 3);
    json_decref(list);
}
END_TEST

START_TEST(groups_are_those_of_the_day)
{
    static const struct {
        const char *day;
        size_t count;
    } rows[] = {{"1972-12-31", 1}, {"1973-01-01", 2}, {"2016-12-31", 2}, {"2020-01-31", 2}, {"2020-02-01", 1}};
    struct question question = asked_default();
    question.groups[question.group_count++] = "eu";
    ck_assert_uint_eq(view_selected(asked_view, &question), 1);
    asked_as_of(&question, rows[_i].day);
    ck_assert_uint_eq(view_selected(asked_view, &question), rows[_i].count);
    json_t *list = asked_list("scores", &question, NULL);
    ck_assert_uint_eq(json_array_size(json_object_get(list, "data")), rows[_i].count);
    ck_assert_str_eq(text_at(asked_at(list, "meta", "question"), "as_of"), rows[_i].day);
    json_decref(list);
    question.countries[question.country_count++] = "XK";
    ck_assert_uint_eq(view_selected(asked_view, &question), 0);
}
END_TEST

START_TEST(only_what_was_observed_by_the_day_speaks)
{
    struct question question = asked_default();
    asked_as_of(&question, "2017-07-30");
    json_t *document = asked_document("/v1/countries/{code}/legal-conditions", &question, 0);
    json_t *data = json_object_get(document, "data");
    ck_assert_ptr_null(asked_at(data, "score", "value"));
    ck_assert_str_eq(text_at(item_with(json_object_get(data, "answers"), "criterion", "cip"), "unknown"),
                     "not_yet_observed");
    ck_assert_str_eq(text_at(json_object_get(document, "links"), "self"), "/v1/self?x=1");
    json_decref(document);
}
END_TEST

START_TEST(what_is_older_than_asked_is_unknown)
{
    struct question question = asked_default();
    question.age = (struct period){18, 0};
    score_question_age(&question.rule, question.age);
    json_t *document = asked_document("/v1/countries/{code}/legal-conditions", &question, 0);
    json_t *cell = item_with(asked_at(document, "data", "answers"), "criterion", "cip");
    ck_assert_str_eq(text_at(cell, "unknown"), "too_old");
    ck_assert_str_eq(text_at(json_array_get(json_object_get(cell, "claims"), 0), "standing"), "too_old");
    ck_assert_str_eq(text_at(asked_at(document, "meta", "question"), "max_age"), "P1Y6M");
    json_decref(document);
}
END_TEST

START_TEST(a_basis_speaks_where_it_is_asked_for)
{
    struct question question = asked_default();
    question.based = true;
    question.rule.bases[0] = BASIS_EU_LAW;
    question.rule.basis_count = 1;
    question.surely = true;
    question.rule.least_sure = SURE_LOW;
    json_t *document = asked_document("/v1/countries/{code}/legal-conditions", &question, 0);
    ck_assert_str_eq(text_at(item_with(asked_at(document, "data", "answers"), "criterion", "plan"), "value"), "yes");
    json_t *asked = asked_at(document, "meta", "question");
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(asked, "basis"), 0)), "eu_law");
    ck_assert_str_eq(text_at(asked, "sure"), "low");
    json_decref(document);
}
END_TEST

START_TEST(every_way_to_stand_to_a_cell_is_shown)
{
    struct question question = asked_default();
    asked_as_of(&question, "2017-12-31");
    json_t *document = asked_document("/v1/countries/{code}/legal-conditions", &question, 1);
    json_t *cell = item_with(asked_at(document, "data", "answers"), "criterion", "audit");
    json_t *claims = json_object_get(cell, "claims");
    ck_assert_uint_eq(json_array_size(claims), COUNT_OF(british_standings));
    for (size_t i = 0; i < COUNT_OF(british_standings); i++) {
        ck_assert_str_eq(text_at(json_array_get(claims, i), "standing"), british_standings[i]);
        ck_assert(json_is_true(json_object_get(json_array_get(claims, i), "live")) == (i < 3));
    }
    ck_assert_str_eq(text_at(cell, "decided_by"), "basis");
    ck_assert_str_eq(text_at(cell, "oldest"), "2017-05-13");
    json_decref(document);
}
END_TEST

/* By default those with a value are ranked; all that are chosen otherwise. */
static void expect_table(const struct question *question, enum media media, const char *wanted)
{
    char *body = asked_document_body("/v1/assessments/wide", media, question, 0);
    ck_assert_str_eq(body, wanted);
    free(body);
}

START_TEST(the_table_has_a_row_for_each_country_and_a_column_for_each_criterion)
{
    struct question question = asked_default();
    expect_table(&question, MEDIA_CSV,
                 "country,name,strategy,strategy-year,audit,reporting,inventory,plan,cip,risk,report,officer,purchase,"
                 "definition,team\r\n"
                 "BE,Belgium,yes,2012,no,partial,yes,no,partial,yes,no,no,unknown,,\r\n"
                 "GB,United Kingdom,,,partial,,,,,,,,,,\r\n"
                 "XK,Kosovo,,,yes,,,,,,,,,,\r\n");
    asked_as_of(&question, "2017-07-30");
    question.countries[question.country_count++] = "BE";
    expect_table(&question, MEDIA_CSV,
                 "country,name,strategy,strategy-year,audit,reporting,inventory,plan,cip,risk,report,officer,purchase,"
                 "definition,team\r\n"
                 "BE,Belgium,unknown,unknown,unknown,unknown,unknown,unknown,unknown,unknown,unknown,unknown,unknown,"
                 ",\r\n");
}
END_TEST

START_TEST(the_table_of_one_methodology_has_its_criteria_alone)
{
    struct question question = view_question(asked_view, &asked_methodologies[2]);
    question.theme = asked_methodologies[2].theme;
    question.countries[question.country_count++] = "BE";
    expect_table(&question, MEDIA_CSV, "country,name,audit,team\r\nBE,Belgium,no,\r\n");
    expect_table(&question, MEDIA_JSON,
                 "{\"data\":{\"criteria\":[\"audit\",\"team\"],\"countries\":[{\"country\":\"BE\","
                 "\"name\":\"Belgium\",\"answers\":{\"audit\":\"no\"},\"self\":\"/v1/countries/BE/assessments\"}]},"
                 "\"meta\":{\"question\":{\"methodology\":\"tooling\",\"version\":\"1.0.0\",\"countries\":[\"BE\"]}},"
                 "\"links\":{\"self\":\"/v1/self?x=1\",\"list\":\"/v1/assessments\",\"criteria\":\"/v1/criteria\"}}\n");
}
END_TEST

START_TEST(ranks_are_among_those_chosen)
{
    struct question question = asked_default();
    json_t *list = asked_list("scores", &question, NULL);
    json_t *items = json_object_get(list, "data");
    ck_assert_double_eq(asked_number(json_object_get(json_array_get(items, 0), "rank"), "of"), 1);
    ck_assert_ptr_null(json_object_get(json_array_get(items, 2), "rank"));
    json_decref(list);
    question.countries[question.country_count++] = "BE";
    question.countries[question.country_count++] = "XK";
    list = asked_list("scores", &question, NULL);
    items = json_object_get(list, "data");
    ck_assert_uint_eq(json_array_size(items), 2);
    for (size_t i = 0; i < 2; i++) {
        json_t *rank = json_object_get(json_array_get(items, i), "rank");
        ck_assert_double_eq(asked_number(rank, "best"), 1);
        ck_assert_double_eq(asked_number(rank, "worst"), 2);
        ck_assert_double_eq(asked_number(rank, "of"), 2);
    }
    json_decref(list);
    json_t *document = asked_document("/v1/scores/{code}", &question, 1);
    ck_assert_double_eq(asked_number(asked_at(document, "data", "rank"), "of"), 3);
    json_decref(document);
}
END_TEST

START_TEST(scores_without_a_value_come_last_both_ways)
{
    static const struct {
        const char *sort, *order;
    } rows[] = {{NULL, "BE GB XK "},     {"country", "BE GB XK "},  {"-country", "XK GB BE "}, {"value", "BE GB XK "},
                {"-value", "BE GB XK "}, {"coverage", "GB XK BE "}, {"-coverage", "BE GB XK "}};
    struct question question = asked_default();
    json_t *list = asked_list("scores", &question, rows[_i].sort);
    char order[16] = "";
    for (size_t i = 0; i < 3; i++) {
        strncat(order, text_at(json_array_get(json_object_get(list, "data"), i), "country"), 3);
        strncat(order, " ", 2);
    }
    ck_assert_str_eq(order, rows[_i].order);
    json_decref(list);
}
END_TEST

/* Whatever is missing, the buffer is marked: no list is given out in part. */
START_TEST(a_list_that_does_not_fit_is_told)
{
    static const enum media medias[] = {MEDIA_JSON, MEDIA_CSV, MEDIA_NDJSON, MEDIA_TEXT};
    struct question question = asked_default();
    question.explain = true;
    question.ascii = true;
    const struct list_kind *kind = list_kind_find("scores");
    char *body = asked_list_body("scores", &question, NULL, medias[_i]);
    size_t len = strlen(body);
    free(body);
    struct selection *selection = kind->select(asked_view, &question, NULL);
    struct list_page page = {
        .kind = kind, .self = kind->path, .total = selection->count, .count = selection->count, .selection = selection};
    for (size_t ceiling = 0; ceiling <= len; ceiling++) {
        struct buf bytes;
        buf_init(&bytes, ceiling);
        list_open(&page, medias[_i], &bytes);
        for (size_t i = 0; i < selection->count; i++) {
            if (i > 0)
                list_separate(medias[_i], &bytes);
            bool ok = kind->item(selection, i, medias[_i], &bytes);
            ck_assert(ok || !buf_ok(&bytes));
        }
        list_close(&page, medias[_i], &bytes);
        ck_assert_msg(buf_ok(&bytes) == (ceiling == len), "%zu of %zu", ceiling, len);
        buf_done(&bytes);
    }
    selection_free(selection);
}
END_TEST

TCase *view_asked_cases(void)
{
    TCase *tests = tcase_create("asked");
    tcase_add_checked_fixture(tests, asked_set_up, asked_tear_down);
    tcase_add_loop_test(tests, an_item_says_what_the_document_says, 0, 3);
    tcase_add_test(tests, weights_change_every_figure);
    tcase_add_loop_test(tests, groups_are_those_of_the_day, 0, 5);
    tcase_add_test(tests, only_what_was_observed_by_the_day_speaks);
    tcase_add_test(tests, what_is_older_than_asked_is_unknown);
    tcase_add_test(tests, a_basis_speaks_where_it_is_asked_for);
    tcase_add_test(tests, every_way_to_stand_to_a_cell_is_shown);
    tcase_add_test(tests, the_table_has_a_row_for_each_country_and_a_column_for_each_criterion);
    tcase_add_test(tests, the_table_of_one_methodology_has_its_criteria_alone);
    tcase_add_test(tests, ranks_are_among_those_chosen);
    tcase_add_loop_test(tests, scores_without_a_value_come_last_both_ways, 0, 7);
    tcase_add_loop_test(tests, a_list_that_does_not_fit_is_told, 0, 4);
    return tests;
}
