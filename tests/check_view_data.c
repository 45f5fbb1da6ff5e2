/* SPDX-License-Identifier: MIT */
/* Comparison, history and timeline over the data as it is: what must hold of every country, and what Belgium's read
 * like. Figures that new evidence may change are compared with each other, not with numbers written down here. */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/common.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/base/utf8.h"
#include "cyberatlas/seed.h"
#include "cyberatlas/view.h"
#include "run_suites.h"
#include "text_fits.h"

enum { BODY_BYTES = 8 * 1024 * 1024 };

static struct facts *facts;
static struct view *view;

static void open_data(void)
{
    char path[1024];
    struct err err = {0};
    struct seed_faults faults;
    const char *root = getenv("CYBERATLAS_SOURCE");
    ck_assert_msg(root != NULL, "CYBERATLAS_SOURCE is not set");
    ck_assert_int_lt(snprintf(path, sizeof(path), "%s/data", root), (int)sizeof(path));
    seed_faults_init(&faults);
    bool loaded = seed_load(path, &facts, &faults, &err);
    ck_assert_msg(loaded, "%s%s", faults.lines.data == NULL ? "" : faults.lines.data, err.text);
    seed_faults_done(&faults);
    ck_assert_msg(view_new(facts, "000000000000", &view, &err), "%s", err.text);
}

static void close_data(void)
{
    view_free(view);
    facts_free(facts);
}

static size_t country_number(const char *code)
{
    for (size_t i = 0; i < view_subjects(view, SUBJECT_COUNTRY); i++)
        if (strcmp(view_subject_id(view, SUBJECT_COUNTRY, i), code) == 0)
            return i;
    ck_abort_msg("no country %s", code);
    return 0;
}

/* The body; the caller frees it. */
static char *ask(const char *path, enum media media, const struct question *question, size_t index)
{
    struct buf bytes;
    buf_init(&bytes, BODY_BYTES);
    for (size_t i = 0; i < document_kind_count; i++)
        if (strcmp(document_kinds[i].path, path) == 0 && document_kinds[i].media == media)
            ck_assert_msg(document_kinds[i].answer(view, question, "/v1/self", index, &bytes), "%s %zu", path, index);
    char *body = buf_take(&bytes, &(size_t){0});
    ck_assert_msg(body != NULL, "%s", path);
    return body;
}

static json_t *ask_json(const char *path, const struct question *question, size_t index)
{
    json_error_t error;
    char *body = ask(path, MEDIA_JSON, question, index);
    json_t *answer = json_loads(body, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(answer != NULL, "%s: %s", path, error.text);
    free(body);
    return answer;
}

static struct question usual(void)
{
    return view_question(view, view_methodology(view));
}

/* The last score of a history is the one that is published, but for claims that have no date. */
START_TEST(history_ends_with_the_score_that_is_published)
{
    struct question question = usual();
    size_t checked = 0;
    for (size_t i = 0; i < view_subjects(view, SUBJECT_COUNTRY); i++) {
        json_t *history = ask_json("/v1/scores/{code}/history", &question, i);
        json_t *published = ask_json("/v1/scores/{code}", &question, i);
        json_t *data = json_object_get(history, "data");
        json_t *steps = json_object_get(data, "steps");
        if (json_integer_value(json_object_get(data, "undated")) == 0 && json_array_size(steps) > 0) {
            json_t *last = json_object_get(json_array_get(steps, json_array_size(steps) - 1), "score");
            const char *key;
            json_t *figure;
            json_object_foreach(last, key, figure)
                ck_assert_msg(json_equal(figure, json_object_get(json_object_get(published, "data"), key)), "%s %s",
                              view_subject_id(view, SUBJECT_COUNTRY, i), key);
            checked++;
        }
        json_decref(history);
        json_decref(published);
    }
    ck_assert_uint_gt(checked, 20);
}
END_TEST

/* Days ascend, each has a cause, and none is after the dataset's. */
START_TEST(the_days_of_every_history_ascend_and_have_causes)
{
    struct question question = usual();
    question.age = (struct period){.months = _i == 0 ? 0 : 60};
    if (_i > 0)
        score_question_age(&question.rule, question.age);
    for (size_t i = 0; i < view_subjects(view, SUBJECT_COUNTRY); i++) {
        json_t *history = ask_json("/v1/scores/{code}/history", &question, i);
        const char *before = "";
        size_t index;
        json_t *step;
        json_array_foreach(json_object_get(json_object_get(history, "data"), "steps"), index, step)
        {
            const char *day = json_string_value(json_object_get(step, "date"));
            ck_assert_str_lt(before, day);
            ck_assert_str_le(day, facts->dataset.date);
            ck_assert_uint_gt(json_array_size(json_object_get(step, "causes")), 0);
            before = day;
        }
        json_decref(history);
    }
}
END_TEST

START_TEST(texts_of_every_country_fit_a_terminal_and_are_ascii_where_asked)
{
    static const char *const paths[] = {"/v1/countries/{code}/timeline", "/v1/scores/{code}/history"};
    struct question question = usual();
    for (size_t i = 0; i < view_subjects(view, SUBJECT_COUNTRY); i++) {
        question.ascii = false;
        char *text = ask(paths[_i], MEDIA_TEXT, &question, i);
        assert_fits(text, false);
        size_t width = utf8_width(text);
        free(text);
        question.ascii = true;
        text = ask(paths[_i], MEDIA_TEXT, &question, i);
        assert_fits(text, true);
        ck_assert_uint_eq(strlen(text), width);
        free(text);
    }
}
END_TEST

/* One step after another: `spoke` holds the criteria that any cause before was about. */
static void assert_cause(const json_t *cause, const char *day, json_t *spoke)
{
    struct date date, observed;
    const char *criterion = json_string_value(json_object_get(cause, "criterion"));
    const char *kind = json_string_value(json_object_get(cause, "kind"));
    bool first = strstr(json_string_value(json_object_get(cause, "says")), "nothing spoke of it before") != NULL;
    ck_assert_msg(first == (json_object_get(spoke, criterion) == NULL), "%s on %s", criterion, day);
    json_object_set_new(spoke, criterion, json_true());
    bool aged = strcmp(kind, "aged") == 0;
    ck_assert(date_parse(day, &date) && date_parse(json_string_value(json_object_get(cause, "observed")), &observed));
    bool cut = strcmp(day, facts->dataset.date) == 0; /* what was observed this year was observed by then */
    bool of_day = cut ? observed.last >= date.last : observed.last == date.last;
    ck_assert_msg(aged ? observed.last < date.last : of_day, "%s on %s", criterion, day);
    bool other = json_object_get(cause, "claim_value") != NULL;
    ck_assert_msg(!other || aged || strcmp(kind, "undetermined") == 0, "%s on %s: %s", criterion, day, kind);
}

/* A cause names a claim of its day, or where all are too old one before it; "nothing spoke before" is said once. */
START_TEST(every_cause_names_a_claim_that_can_have_done_it)
{
    struct question question = usual();
    question.age = (struct period){.months = 36};
    score_question_age(&question.rule, question.age);
    for (size_t i = 0; i < view_subjects(view, SUBJECT_COUNTRY); i++) {
        json_t *history = ask_json("/v1/scores/{code}/history", &question, i);
        json_t *spoke = json_object();
        size_t index;
        size_t place;
        json_t *step;
        json_t *cause;
        json_array_foreach(json_object_get(json_object_get(history, "data"), "steps"), index, step)
        {
            json_array_foreach(json_object_get(step, "causes"), place, cause)
                assert_cause(cause, json_string_value(json_object_get(step, "date")), spoke);
        }
        json_decref(history);
        json_decref(spoke);
    }
}
END_TEST

static void assert_within(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "%s is not there", part);
}

START_TEST(belgiums_timeline_reads_as_a_story)
{
    struct question question = usual();
    char *text = ask("/v1/countries/{code}/timeline", MEDIA_TEXT, &question, country_number("BE"));
    assert_within(text, "\n  1958-01-01  Joined: European Union [1:Year of entry]\n");
    assert_within(text, "\n  2012        Strategy adopted: Cyber Security Strategy (others say 2012-11-23,\n");
    assert_within(text, "before 2013-02-07)");
    assert_within(text, "Institution founded: Centre for Cybersecurity Belgium");
    assert_within(text, "\n  2018-05-09  EU law asks. Yes: ");
    assert_within(text, "Law in force: Law of 26 April 2024");
    free(text);
}
END_TEST

START_TEST(belgiums_history_begins_with_its_oldest_page)
{
    struct question question = usual();
    json_t *history = ask_json("/v1/scores/{code}/history", &question, country_number("BE"));
    json_t *data = json_object_get(history, "data");
    ck_assert_str_eq(json_string_value(json_object_get(data, "since")), "2016-12-31");
    json_t *causes = json_object_get(json_array_get(json_object_get(data, "steps"), 0), "causes");
    size_t index;
    json_t *cause;
    json_array_foreach(causes, index, cause)
    {
        ck_assert_str_eq(json_string_value(json_object_get(cause, "source")), "wiser-be-2016");
        ck_assert_str_eq(json_string_value(json_object_get(cause, "from")), "unknown");
        ck_assert_str_eq(json_string_value(json_object_get(cause, "kind")), "we_learned");
    }
    json_decref(history);
}
END_TEST

static double figure(json_t *data, const char *code, const char *key)
{
    size_t index;
    json_t *country;
    json_array_foreach(json_object_get(data, "countries"), index,
                       country) if (strcmp(json_string_value(json_object_get(country, "country")), code) ==
                                    0) return json_number_value(json_object_get(country, key));
    ck_abort_msg("no country %s", code);
    return 0;
}

/* The order that a pair states is that of the intervals shown, and only an open one has something to settle. */
START_TEST(pairs_agree_with_the_intervals_that_are_shown)
{
    static const char *const codes[] = {"BE", "DE", "EE", "LU", "NL", "PL"};
    struct question question = usual();
    memcpy(question.countries, codes, sizeof(codes));
    question.country_count = COUNT_OF(codes);
    json_t *answer = ask_json("/v1/compare", &question, 0);
    json_t *data = json_object_get(answer, "data");
    json_t *pairs = json_object_get(data, "pairs");
    ck_assert_uint_eq(json_array_size(pairs), 15);
    size_t index;
    json_t *pair;
    json_array_foreach(pairs, index, pair)
    {
        const char *a = json_string_value(json_object_get(pair, "a"));
        const char *b = json_string_value(json_object_get(pair, "b"));
        const char *order = json_string_value(json_object_get(pair, "order"));
        bool open = strcmp(order, "open") == 0;
        if (strcmp(order, "a") == 0)
            ck_assert(figure(data, a, "low") >= figure(data, b, "high"));
        else if (strcmp(order, "b") == 0)
            ck_assert(figure(data, b, "low") >= figure(data, a, "high"));
        else
            ck_assert(figure(data, a, "low") <= figure(data, b, "high") &&
                      figure(data, b, "low") <= figure(data, a, "high"));
        ck_assert(open || json_array_size(json_object_get(pair, "settled_by")) == 0);
        ck_assert_int_eq(open, json_object_get(pair, "says_settled") != NULL);
        ck_assert_ptr_nonnull(json_object_get(pair, "says"));
    }
    json_decref(answer);
    char *text = ask("/v1/compare", MEDIA_TEXT, &question, 0);
    assert_fits(text, false);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("view, data");
    TCase *tests = tcase_create("data");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, open_data, close_data);
    tcase_add_test(tests, history_ends_with_the_score_that_is_published);
    tcase_add_loop_test(tests, the_days_of_every_history_ascend_and_have_causes, 0, 2);
    tcase_add_loop_test(tests, texts_of_every_country_fit_a_terminal_and_are_ascii_where_asked, 0, 2);
    tcase_add_test(tests, every_cause_names_a_claim_that_can_have_done_it);
    tcase_add_test(tests, belgiums_timeline_reads_as_a_story);
    tcase_add_test(tests, belgiums_history_begins_with_its_oldest_page);
    tcase_add_test(tests, pairs_agree_with_the_intervals_that_are_shown);
    suite_add_tcase(suite, tests);
    return run_suites((Suite *[]){suite, NULL});
}
