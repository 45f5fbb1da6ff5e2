/* SPDX-License-Identifier: MIT */
/* How the text of a country's answers cites its claims: behind the value who says it, then the others, each by how it
 * stands to the value. The cell asked of holds a claim of every standing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view_asked.h"

enum { GB = 1, NEWEST = 17700 };
static const char legal[] = "/v1/countries/{code}/legal-conditions";

/* The row of the audit on one line, its spaces single. */
static char *row_of(const struct question *question)
{
    char *body = asked_document_body(legal, MEDIA_TEXT, question, GB);
    const char *row = strstr(body, "On audit");
    ck_assert_msg(row != NULL, "%s", body);
    const char *end = strstr(row, "On reporting");
    ck_assert_msg(end != NULL, "%s", body);
    char *line = malloc((size_t)(end - row) + 1);
    ck_assert_ptr_nonnull(line);
    size_t len = 0;
    for (; row < end; row++)
        if ((*row != ' ' && *row != '\n') || (len > 0 && line[len - 1] != ' '))
            line[len++] = *row == '\n' ? ' ' : *row;
    line[len] = '\0';
    free(body);
    return line;
}

static void ask_2018(struct question *question)
{
    asked_as_of(question, "2018-01-01");
}

static void ask_2008(struct question *question)
{
    asked_as_of(question, "2008");
}

/* The claim of 2018 is the newest, and too old on the day after it. */
static void ask_young(struct question *question)
{
    question->age = (struct period){0, 1};
    question->rule.aged = true;
    question->rule.youngest_from = NEWEST + 1;
}

static void ask_readings(struct question *question)
{
    asked_as_of(question, "2018-01-01");
    question->based = true;
    question->rule.bases[0] = BASIS_OUR_READING;
    question->rule.basis_count = 1;
}

static void ask_law(struct question *question)
{
    question->based = true;
    question->rule.bases[0] = BASIS_EU_LAW;
    question->rule.basis_count = 1;
}

static void ask_unsure(struct question *question)
{
    asked_as_of(question, "2018-01-01");
    question->surely = true;
    question->rule.least_sure = SURE_LOW;
}

static const struct {
    void (*ask)(struct question *question);
    const char *part;
} rows[] = {
    {ask_2018, "On audit no (disputed) [1, 2017-05-14] [1, 2017-05-14] · "},
    {ask_2018, " · disputed by: yes [1, 2017-05-13] · "},
    {ask_2018, " · earlier: yes [1, 2009-02-25] · "},
    {ask_2018, " · without date: yes [1] · "},
    {ask_2018, " · less sure: yes [1, 2017-05-14] · "},
    {ask_2018, " · later: partial [1, 2018-06-18] · "},
    {ask_2018, " · EU law obliges: yes [1, 2017-05-14] · "},
    {ask_2018, " · unknown (lost_in_capture) [1, 2017-05-14] "},
    {ask_2008, "On audit unknown (undated) · without date: yes [1] · later: no [1, 2017-05-14] [1, 2017-05-14], yes "},
    {ask_2008, ", yes [1, 2017-05-13] [1, 2009-02-25] [1, 2017-05-14], partial [1, 2018-06-18] · unknown (lost"},
    {ask_young,
     "On audit unknown (too_old) · earlier: yes [1, 2009-02-25] · too old: no [1, 2017-05-14] [1, 2017-05-14], "
     "yes [1, 2017-05-13], partial [1, 2018-06-18] · "},
    {ask_readings, "On audit no (disputed) [1, 2017-05-14] · disputed by: yes [1, 2017-05-13] · not asked for: no [1, "
                   "2017-05-14], yes [1, 2009-02-25] [1] [1, 2017-05-14], partial [1, 2018-06-18] · EU law obliges: "},
    {ask_law, "On audit yes [1, 2017-05-14] · not asked for: no "},
    {ask_unsure, " · disputed by: yes [1, 2017-05-13] [1, 2017-05-14] · earlier: "},
};

START_TEST(a_claim_is_cited_by_how_it_stands)
{
    struct question question = asked_default();
    rows[_i].ask(&question);
    char *row = row_of(&question);
    assert_within(row, rows[_i].part);
    free(row);
}
END_TEST

/* A reason that a source's loss gave is the value itself, and stands once. */
START_TEST(a_loss_that_is_the_answer_is_cited_behind_it)
{
    struct question question = asked_default();
    char *body = asked_document_body(legal, MEDIA_TEXT, &question, 0);
    assert_within(body, "On purchase       unknown (lost_in_capture) [1:L1, 2017-07]\n");
    free(body);
}
END_TEST

static json_t *audit_of(const struct question *question, json_t **ret_document)
{
    *ret_document = asked_document(legal, question, GB);
    return item_with(asked_at(*ret_document, "data", "answers"), "criterion", "audit");
}

/* What EU law obliges to is shown from the day it was observed. */
START_TEST(an_obligation_counts_from_its_day)
{
    static const char *const days[] = {"2017-05-13", "2017-05-14"};
    struct question question = asked_default();
    asked_as_of(&question, days[_i]);
    char *row = row_of(&question);
    ck_assert_int_eq(strstr(row, "EU law obliges: yes") != NULL, _i == 1);
    free(row);
    json_t *document;
    json_t *audit = audit_of(&question, &document);
    ck_assert_uint_eq(json_array_size(json_object_get(audit, "obliged_by")), (size_t)_i);
    ck_assert_uint_eq(json_array_size(json_object_get(audit, "claims")), 9);
    json_decref(document);
}
END_TEST

TCase *view_standing_cases(void)
{
    TCase *tests = tcase_create("standing");
    tcase_add_checked_fixture(tests, asked_set_up, asked_tear_down);
    tcase_add_loop_test(tests, a_claim_is_cited_by_how_it_stands, 0, COUNT_OF(rows));
    tcase_add_test(tests, a_loss_that_is_the_answer_is_cited_behind_it);
    tcase_add_loop_test(tests, an_obligation_counts_from_its_day, 0, 2);
    return tests;
}
