/* SPDX-License-Identifier: MIT */
/* What explains a score, the methodologies that may be asked, assessments by a question, and all of it as text. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "view_asked.h"

/* --- one country, explained --- */

static json_t *explained(struct question *question)
{
    question->explain = true;
    return asked_document("/v1/scores/{code}", question, 0);
}

START_TEST(each_unknown_says_how_far_it_narrows)
{
    struct question question = asked_default();
    json_t *document = explained(&question);
    json_t *data = json_object_get(document, "data");
    json_t *open = asked_at(data, "explain", "open");
    ck_assert_uint_eq(json_array_size(open), 2);
    for (size_t i = 0; i < 2; i++) {
        json_t *one = json_array_get(open, i);
        json_t *yes = asked_at(one, "outcomes", "yes");
        double now = asked_number(data, "high") - asked_number(data, "low");
        double then = asked_number(yes, "high") - asked_number(yes, "low");
        ck_assert_double_eq_tol(asked_number(one, "narrows"), 9.1, 1e-9);
        ck_assert_double_eq_tol(now - then, 9.1, 0.11);
        ck_assert_double_eq_tol(asked_number(yes, "value"), 50.0, 1e-9);
    }
    json_decref(document);
}
END_TEST

/* The figures without a criterion are those of a question that gives it no weight. */
START_TEST(leaving_a_criterion_out_is_giving_it_no_weight)
{
    struct question question = asked_default();
    json_t *document = explained(&question);
    json_t *without = json_array_get(asked_at(json_object_get(document, "data"), "explain", "without"), (size_t)_i);
    ck_assert_str_eq(text_at(without, "criterion"), scored_methodology.weights[_i].criterion);
    question.rule.weights[_i] = 0;
    json_t *list = asked_list("scores", &question, NULL);
    json_t *item = json_array_get(json_object_get(list, "data"), 0);
    assert_figures(without, asked_number(item, "value"), asked_number(item, "low"), asked_number(item, "high"),
                   asked_number(item, "coverage"));
    /* Rounded once, where the difference of the published values is rounded twice. */
    ck_assert_double_eq_tol(asked_number(without, "change"), asked_number(item, "value") - 44.4, 0.1 + 1e-9);
    json_decref(list);
    json_decref(document);
}
END_TEST

/* Rounded once and printed twice: for people it is the same figure. */
START_TEST(text_tells_the_change_that_data_tell)
{
    static const char *const paths[] = {"/v1/scores/{code}", "/v1/countries/{code}/legal-conditions"};
    struct question question = asked_default();
    question.rule.weights[_i] = 3;
    question.explain = true;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        json_t *document = asked_document(paths[i], &question, 0);
        json_t *array = asked_at(json_object_get(document, "data"), "explain", "without");
        char *text = asked_document_body(paths[i], MEDIA_TEXT, &question, 0);
        size_t k;
        json_t *without;
        json_array_foreach(array, k, without)
        {
            char row[128];
            double change = asked_number(without, "change");
            ck_assert_int_lt(snprintf(row, sizeof(row),
                                      change > 0 ? "%.1f (%.1f–%.1f), +%.1f\n" : "%.1f (%.1f–%.1f), %.1f\n",
                                      asked_number(without, "value"), asked_number(without, "low"),
                                      asked_number(without, "high"), change),
                             (int)sizeof(row));
            assert_within(text, row);
        }
        free(text);
        json_decref(document);
    }
}
END_TEST

/* --- what an unknown may turn out to be --- */

static void assert_open(json_t *open, const char *criterion, double narrows, size_t outcomes)
{
    ck_assert_str_eq(text_at(open, "criterion"), criterion);
    ck_assert_double_eq_tol(asked_number(open, "narrows"), narrows, 1e-9);
    ck_assert_uint_eq(json_object_size(json_object_get(open, "outcomes")), outcomes);
}

/* "in part" leaves half of the interval open, so what can only be that stands behind what may be yes. */
START_TEST(an_unknown_turns_out_to_be_what_its_criterion_allows)
{
    struct question question = asked_default();
    asked_allow("definition", false, true, false);
    asked_allow("purchase", true, false, true);
    json_t *document = explained(&question);
    json_t *open = asked_at(json_object_get(document, "data"), "explain", "open");
    assert_open(json_array_get(open, 0), "purchase", 9.1, 2);
    assert_open(json_array_get(open, 1), "definition", 4.5, 1);
    ck_assert_ptr_nonnull(json_object_get(json_object_get(json_array_get(open, 1), "outcomes"), "partial"));
    json_t *part = item_with(asked_at(document, "data", "criteria"), "criterion", "definition");
    ck_assert_uint_eq(json_object_size(json_object_get(part, "if_known")), 1);
    json_decref(document);
    char *text = asked_document_body("/v1/scores/{code}", MEDIA_TEXT, &question, 0);
    const char *first = strstr(text, "narrows by 9.1; yes: 50.0");
    ck_assert_msg(first != NULL, "%s", text);
    assert_within(first, "narrows by 4.5; partial: 45.0");
    ck_assert_ptr_null(strstr(strstr(first, "narrows by 4.5"), "yes: "));
    free(text);
}
END_TEST

/* What weighs more but can be nothing at all narrows nothing. */
START_TEST(what_narrows_more_stands_before_what_weighs_more)
{
    struct question question = asked_default();
    question.rule.weights[2] = 2; /* definition */
    json_t *document = explained(&question);
    json_t *open = asked_at(json_object_get(document, "data"), "explain", "open");
    assert_open(json_array_get(open, 0), "definition", 16.7, 3);
    json_decref(document);
    asked_allow("definition", false, false, false);
    document = explained(&question);
    open = asked_at(json_object_get(document, "data"), "explain", "open");
    assert_open(json_array_get(open, 0), "purchase", 8.3, 3);
    assert_open(json_array_get(open, 1), "definition", 0, 0);
    json_decref(document);
}
END_TEST

START_TEST(legal_conditions_explain_in_text_too)
{
    struct question question = asked_default();
    char *text = asked_document_body("/v1/countries/{code}/legal-conditions", MEDIA_TEXT, &question, 0);
    ck_assert_ptr_null(strstr(text, "Without each criterion"));
    free(text);
    question.explain = true;
    text = asked_document_body("/v1/countries/{code}/legal-conditions", MEDIA_TEXT, &question, 0);
    assert_within(text, "What each unknown would change, the one that narrows most first\n");
    assert_within(text, "Without each criterion\n");
    free(text);
}
END_TEST

/* What is said not to change with explain does not, and what is said to does. */
START_TEST(whoever_explains_says_so)
{
    const struct document_kind *kind = &document_kinds[_i];
    struct question question = asked_default();
    struct question other = asked_default();
    question.countries[question.country_count++] = "BE";
    question.countries[question.country_count++] = "XK";
    other = question;
    other.explain = true;
    const struct list_kind *list = NULL;
    for (size_t i = 0; i < list_kind_count; i++)
        if (strcmp(list_kinds[i].path, kind->path) == 0 && list_kinds[i].select != NULL)
            list = &list_kinds[i];
    if (kind->answer == NULL && list == NULL) {
        ck_assert(!kind->explains);
        return;
    }
    char *plain = list == NULL ? asked_document_body(kind->path, kind->media, &question, 0)
                               : asked_list_body(list->name, &question, NULL, kind->media);
    char *explained = list == NULL ? asked_document_body(kind->path, kind->media, &other, 0)
                                   : asked_list_body(list->name, &other, NULL, kind->media);
    bool meta = kind->media == MEDIA_JSON &&
                (strstr(kind->path, "history") != NULL || strstr(kind->path, "wide") != NULL); /* take no explain */
    ck_assert_msg((strcmp(plain, explained) != 0 && !meta) == kind->explains, "%s in %d", kind->path, (int)kind->media);
    free(plain);
    free(explained);
}
END_TEST

START_TEST(an_explained_item_adds_up_to_its_value)
{
    struct question question = asked_default();
    question.explain = true;
    json_t *list = asked_list("scores", &question, NULL);
    json_t *criteria = json_object_get(json_array_get(json_object_get(list, "data"), 0), "criteria");
    double points = 0;
    double known = 0;
    size_t i;
    json_t *criterion;
    json_array_foreach(criteria, i, criterion)
    {
        ck_assert_double_le(asked_number(criterion, "low"), asked_number(criterion, "high"));
        if (json_object_get(criterion, "points") == NULL)
            continue;
        points += asked_number(criterion, "points");
        known += asked_number(criterion, "weight");
    }
    ck_assert_uint_eq(i, scored_methodology.weight_count);
    ck_assert_double_eq(round(points / known * 1000) / 10, 44.4);
    json_decref(list);
}
END_TEST

START_TEST(the_table_of_a_score_has_a_row_for_each_criterion)
{
    struct question question = asked_default();
    char *body = asked_document_body("/v1/scores/{code}", MEDIA_CSV, &question, 0);
    assert_within(body, "country,criterion,label,weight,value,unknown,points,low,high,disputed,decided_by,source,at,"
                        "observed,oldest,basis,sure,narrows,without_value\r\n");
    assert_within(body, "BE,cip,On cip,1,partial,,0.50,0.25,0.75,false,only,wiser-be-2017,L1,2017-07,2017-07,assessor,"
                        "high,,43.8\r\n");
    assert_within(body, "BE,definition,On definition,1,unknown,no_source,,0.00,1.00,false,,,,,,,,9.1,44.4\r\n");
    size_t rows = 0;
    for (const char *line = body; (line = strstr(line, "\r\n")) != NULL; line++)
        rows++;
    ck_assert_uint_eq(rows, 1 + scored_methodology.weight_count);
    free(body);
}
END_TEST

/* --- asked_methodologies --- */

START_TEST(another_methodology_needs_no_code)
{
    struct question question = view_question(asked_view, &asked_methodologies[2]);
    json_t *list = asked_list("scores", &question, NULL);
    ck_assert_str_eq(text_at(asked_at(list, "meta", "question"), "methodology"), "tooling");
    json_t *items = json_object_get(list, "data");
    assert_figures(json_array_get(items, 0), 0.0, 0.0, 33.3, 0.667);
    assert_figures(json_array_get(items, 2), 100.0, 0.0, 100.0, 0.667);
    json_decref(list);
    char *text = asked_list_body("scores", &question, NULL, MEDIA_TEXT);
    assert_within(text, "Tooling\n=======\n");
    ck_assert_ptr_null(strstr(text, "rules exist"));
    free(text);
    json_t *document = asked_document("/v1/scores/{code}", &question, 0);
    ck_assert_uint_eq(json_array_size(asked_at(document, "data", "criteria")), COUNT_OF(asked_weights));
    json_decref(document);
}
END_TEST

START_TEST(equal_weights_are_said_to_be_equal)
{
    struct question question = view_question(asked_view, &asked_methodologies[2]);
    question.weighted = true;
    question.rule.weights[0] = 1;
    json_t *list = asked_list("scores", &question, NULL);
    json_t *weights = json_object_get(asked_at(list, "meta", "question"), "weights");
    ck_assert(json_is_object(weights));
    ck_assert_uint_eq(json_object_size(weights), 0);
    assert_figures(json_array_get(json_object_get(list, "data"), 0), 0.0, 0.0, 50.0, 0.5);
    json_decref(list);
    char *text = asked_list_body("scores", &question, NULL, MEDIA_TEXT);
    assert_within(text, "; all weights equal.\n");
    free(text);
    question.rule.weights[0] = 7;
    text = asked_list_body("scores", &question, NULL, MEDIA_TEXT);
    assert_within(text, "; weights audit:7, others 1.\n");
    free(text);
}
END_TEST

START_TEST(an_old_version_still_answers)
{
    struct question question = view_question(asked_view, &asked_methodologies[0]);
    json_t *document = asked_document("/v1/scores/{code}", &question, 0);
    ck_assert_str_eq(text_at(json_object_get(document, "data"), "version"), "0.9.0");
    ck_assert_ptr_null(asked_at(document, "data", "value")); /* it asked for everything to be known */
    json_decref(document);
}
END_TEST

START_TEST(a_methodology_shows_every_version_in_full)
{
    struct buf bytes;
    buf_init(&bytes, 1 << 20);
    for (size_t i = 0; i < document_kind_count; i++)
        if (strcmp(document_kinds[i].path, "/v1/methodologies/{id}") == 0)
            ck_assert(document_kinds[i].write(asked_view, 0, &bytes));
    json_t *document = asked_parsed(buf_take(&bytes, &(size_t){0}));
    ck_assert_str_eq(text_at(json_object_get(document, "data"), "version"), "1.0.0");
    json_t *versions = asked_at(document, "data", "versions");
    ck_assert_uint_eq(json_array_size(versions), 2);
    ck_assert_str_eq(text_at(json_array_get(versions, 0), "version"), "1.0.0");
    json_t *old = json_array_get(versions, 1);
    ck_assert_str_eq(text_at(old, "version"), "0.9.0");
    ck_assert_str_eq(text_at(json_object_get(old, "least_coverage"), "fraction"), "1");
    ck_assert_uint_eq(json_array_size(json_object_get(old, "weights")), scored_methodology.weight_count);
    json_decref(document);
}
END_TEST

/* --- assessments --- */

START_TEST(assessments_are_judged_by_whoever_weighs_them)
{
    struct question question = asked_default();
    json_t *list = asked_list("assessments", &question, NULL);
    json_t *items = json_object_get(list, "data");
    ck_assert_uint_eq(json_array_size(items), view_subjects(asked_view, SUBJECT_ASSESSMENT));
    ck_assert_double_eq(asked_number(item_with(items, "criterion", "audit"), "weight"), 1);
    json_t *year = item_with(items, "criterion", "strategy-year");
    ck_assert_ptr_null(json_object_get(year, "weight"));
    json_decref(list);
    question = view_question(asked_view, &asked_methodologies[2]);
    question.theme = asked_methodologies[2].theme;
    list = asked_list("assessments", &question, NULL);
    items = json_object_get(list, "data");
    ck_assert_uint_eq(json_array_size(items), 3); /* the audit of each country */
    ck_assert_double_eq(asked_number(item_with(items, "criterion", "audit"), "weight"), 2);
    json_decref(list);
}
END_TEST

START_TEST(assessments_are_chosen_by_criterion_theme_value_and_country)
{
    static const char *const criterion[] = {"audit", "strategy-year"};
    static const char *const value[] = {"yes", "year"};
    static const char *const theme[] = {"operational-capacities"};
    struct choice choices[] = {{"criterion", criterion, 2}, {"value", value, 2}, {"theme", theme, 1}};
    struct question question = asked_default();
    question.choices = choices;
    static const size_t counts[] = {4, 2, 0};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        question.choice_count = i + 1;
        json_t *list = asked_list("assessments", &question, "country");
        ck_assert_uint_eq(json_array_size(json_object_get(list, "data")), counts[i]);
        json_decref(list);
    }
    question.choice_count = 1;
    question.countries[question.country_count++] = "BE";
    json_t *list = asked_list("assessments", &question, NULL);
    ck_assert_uint_eq(json_array_size(json_object_get(list, "data")), 2);
    json_decref(list);
}
END_TEST

/* --- text --- */

static void assert_fits(const char *text, bool ascii)
{
    for (const char *line = text; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        char copy[1024];
        ck_assert_int_lt(snprintf(copy, sizeof(copy), "%.*s", (int)len, line), (int)sizeof(copy));
        ck_assert_msg(utf8_width(copy) <= 80, "%s", copy);
        ck_assert_msg(len == 0 || copy[len - 1] != ' ', "\"%s\" ends blank", copy);
        for (size_t i = 0; ascii && i < len; i++)
            ck_assert_msg((unsigned char)copy[i] < 0x80 && copy[i] != '?', "%s", copy);
        line += line[len] == '\0' ? len : len + 1;
    }
}

START_TEST(text_fits_a_terminal_and_may_be_ascii)
{
    struct question question = asked_default();
    question.explain = true;
    question.ascii = _i == 1;
    question.countries[question.country_count++] = "BE";
    question.countries[question.country_count++] = "XK";
    char *bodies[] = {asked_list_body("scores", &question, NULL, MEDIA_TEXT),
                      asked_document_body("/v1/scores/{code}", MEDIA_TEXT, &question, 0),
                      asked_document_body("/v1/countries/{code}/legal-conditions", MEDIA_TEXT, &question, 1)};
    for (size_t i = 0; i < COUNT_OF(bodies); i++)
        assert_fits(bodies[i], question.ascii);
    assert_within(bodies[0], question.ascii
                                 ? "BE              |----o----|                   44.4 (31.8-59.1)    82 %  1-2\n"
                                 : "BE              ├────●────┤                   44.4 (31.8–59.1)    82 %  1–2\n");
    assert_within(bodies[0], "; countries BE, XK (2 of 3");
    assert_within(bodies[1], "Without each criterion\n");
    assert_within(bodies[1], question.ascii ? "1-2 of 2\n" : "1–2 of 2\n");
    assert_within(bodies[2], "Decided as the newest.\n");
    for (size_t i = 0; i < COUNT_OF(bodies); i++)
        free(bodies[i]);
}
END_TEST

TCase *view_explain_cases(void)
{
    TCase *tests = tcase_create("explain");
    tcase_add_checked_fixture(tests, asked_set_up, asked_tear_down);
    tcase_add_test(tests, each_unknown_says_how_far_it_narrows);
    tcase_add_loop_test(tests, leaving_a_criterion_out_is_giving_it_no_weight, 0, 11);
    tcase_add_loop_test(tests, text_tells_the_change_that_data_tell, 0, 11);
    tcase_add_test(tests, an_unknown_turns_out_to_be_what_its_criterion_allows);
    tcase_add_test(tests, what_narrows_more_stands_before_what_weighs_more);
    tcase_add_test(tests, legal_conditions_explain_in_text_too);
    tcase_add_loop_test(tests, whoever_explains_says_so, 0, (int)document_kind_count);
    tcase_add_test(tests, an_explained_item_adds_up_to_its_value);
    tcase_add_test(tests, the_table_of_a_score_has_a_row_for_each_criterion);
    tcase_add_test(tests, another_methodology_needs_no_code);
    tcase_add_test(tests, equal_weights_are_said_to_be_equal);
    tcase_add_test(tests, an_old_version_still_answers);
    tcase_add_test(tests, a_methodology_shows_every_version_in_full);
    tcase_add_test(tests, assessments_are_judged_by_whoever_weighs_them);
    tcase_add_test(tests, assessments_are_chosen_by_criterion_theme_value_and_country);
    tcase_add_loop_test(tests, text_fits_a_terminal_and_may_be_ascii, 0, 2);
    return tests;
}
