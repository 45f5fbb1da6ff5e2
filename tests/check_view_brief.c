/* SPDX-License-Identifier: MIT */
/* The first screen of a country's page: which strategy and which team it names, and what it says of those that no new
 * source knows. One country, with a case against each easy mistake. */
#include <check.h>
#include <string.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/err.h"
#include "cyberatlas/view.h"
#include "fixture_facts.h"
#include "view_facts.h"

#define SAID(name, text_)                                                                                              \
    {                                                                                                                  \
        .field = name, .value = TEXT_VALUE(text_), .evidence = {.source = "page", .observed = "2011-06" }              \
    }
#define OF_TYPE(n_, json_, items_)                                                                                     \
    {                                                                                                                  \
        .field = "types", .n = n_, .value = LIST_VALUE(json_, items_), .evidence = {.source = "page" }                 \
    }

static const struct claim country[] = {SAID("name", "Aland"), SAID("alpha3", "AAA"), SAID("standing", "iso")};
static const struct claim plan[] = {SAID("title", "Plan of action"), SAID("kind", "action_plan"),
                                    SAID("adopted", "2024")};
static const struct claim national[] = {SAID("title", "Strategy of 2016"), SAID("kind", "national"),
                                        SAID("adopted", "2016")};
static const struct claim successor[] = {SAID("title", "Strategy that follows"), SAID("kind", "national"),
                                         SAID("supersedes", "a-strategy-2016")};

static const struct value national_type[] = {TEXT_VALUE("national")};
static const struct value government_type[] = {TEXT_VALUE("government")};
static const struct value bugs[] = {TEXT_VALUE("vulnerabilities")};
static const struct value incidents[] = {TEXT_VALUE("incidents")};
static const struct value bug_address[] = {TEXT_VALUE("email"), TEXT_VALUE("bugs@a.example"),
                                           LIST_VALUE("[\"vulnerabilities\"]", bugs)};
static const struct value plain_address[] = {TEXT_VALUE("email"), TEXT_VALUE("info@a.example")};
static const struct value incident_address[] = {TEXT_VALUE("email"), TEXT_VALUE("cert@a.example"),
                                                LIST_VALUE("[\"incidents\"]", incidents)};
static const char *const keys[] = {"kind", "address", "purposes"};
#define CONTACT(item_, parts)                                                                                          \
    {                                                                                                                  \
        .field = "contacts", .item = item_, .value = RECORD_VALUE("{}", keys, parts), .evidence = {.source = "page" }  \
    }
static const struct claim old_team[] = {SAID("name", "Old CERT"), SAID("status", "unverified"),
                                        OF_TYPE(0, "[\"national\"]", national_type)};
static const struct claim new_team[] = {
    SAID("name", "New CERT"),  SAID("status", "active"),    OF_TYPE(0, "[\"national\"]", national_type),
    CONTACT("1", bug_address), CONTACT("2", plain_address), CONTACT("3", incident_address)};
static const struct claim merged_team[] = {SAID("name", "Merged CERT"), SAID("status", "merged"),
                                           OF_TYPE(0, "[\"national\"]", national_type)};
static const struct claim other_team[] = {SAID("name", "Other CERT"), SAID("status", "active"),
                                          OF_TYPE(0, "[\"government\"]", government_type),
                                          OF_TYPE(1, "[\"national\"]", national_type)};

static const struct thing whole[] = {
    THING(THING_COUNTRY, "AA", NULL, country),
    THING(THING_STRATEGY, "a-plan", "AA", plan),
    THING(THING_STRATEGY, "a-strategy-2016", "AA", national),
    THING(THING_CERT, "a-merged", "AA", merged_team),
    THING(THING_CERT, "a-old", "AA", old_team),
    THING(THING_CERT, "b-new", "AA", new_team),
    THING(THING_CERT, "c-other", "AA", other_team),
};
static const struct thing sparse[] = {
    THING(THING_COUNTRY, "AA", NULL, country),
    THING(THING_STRATEGY, "a-strategy-2016", "AA", national),
    THING(THING_STRATEGY, "b-strategy", "AA", successor),
    THING(THING_CERT, "c-other", "AA", other_team),
};
static const struct thing plan_only[] = {
    THING(THING_COUNTRY, "AA", NULL, country),
    THING(THING_STRATEGY, "a-plan", "AA", plan),
    THING(THING_CERT, "a-merged", "AA", merged_team),
};

static const struct thing old_and_other[] = {
    THING(THING_COUNTRY, "AA", NULL, country),
    THING(THING_CERT, "a-old", "AA", old_team),
    THING(THING_CERT, "c-other", "AA", other_team),
};

/* The page of the one country of a world that has `things` and no answers. */
static const char *page_with(const struct thing *things, size_t count)
{
    struct facts facts = *view_facts();
    facts.things = things;
    facts.thing_count = count;
    facts.answers = NULL;
    facts.answer_count = 0;
    facts.indices = NULL;
    facts.index_count = 0;
    struct view *own = NULL;
    struct err err;
    ck_assert_msg(view_new(&facts, "0123456789ab", &own, &err), "%s", err.text);
    buf_reset(&out);
    ck_assert(kind_of("/{code}", MEDIA_TEXT)->write(own, 0, &out));
    view_free(own);
    return out.data;
}

START_TEST(the_brief_names_the_nations_strategy_and_not_a_later_plan)
{
    const char *page = page_with(whole, COUNT_OF(whole));
    ck_assert_msg(strstr(page, "Strategy of 2016 (2016)\n") != NULL, "%s", page);
    ck_assert_ptr_null(strstr(page, "Plan of action (2024)"));
}
END_TEST

START_TEST(the_brief_puts_working_teams_first_and_dates_the_unverified)
{
    const char *page = page_with(whole, COUNT_OF(whole));
    const char *working = strstr(page, "New CERT: cert@a.example, info@a.example\n");
    const char *old = strstr(page, "Old CERT (unverified since 2011-06)\n");
    ck_assert_msg(working != NULL && old != NULL && working < old, "%s", page);
    ck_assert_ptr_nonnull(strstr(page, "unverified since 2011-06 ["));
}
END_TEST

START_TEST(the_brief_leaves_out_merged_teams_and_those_for_other_matters)
{
    const char *page = page_with(whole, COUNT_OF(whole));
    const char *end = strstr(page, "On file");
    ck_assert_ptr_nonnull(end);
    static const char *const absent[] = {"Merged CERT", "Other CERT", "bugs@a.example"};
    for (size_t i = 0; i < COUNT_OF(absent); i++) {
        const char *found = strstr(page, absent[i]);
        ck_assert_msg(found != NULL && found > end, "%s", page);
    }
}
END_TEST

START_TEST(the_brief_knows_an_undated_successor_and_what_a_second_source_says)
{
    const char *page = page_with(sparse, COUNT_OF(sparse));
    ck_assert_msg(strstr(page, "Strategy that follows (date not known)\n") != NULL, "%s", page);
    ck_assert_msg(strstr(page, "Other CERT (also stated to be national)\n") != NULL, "%s", page);
}
END_TEST

START_TEST(the_brief_puts_a_working_team_that_a_second_source_names_before_an_old_one)
{
    const char *page = page_with(old_and_other, COUNT_OF(old_and_other));
    const char *other = strstr(page, "Other CERT (also stated to be national)\n");
    const char *old = strstr(page, "Old CERT (unverified since 2011-06)\n");
    ck_assert_msg(other != NULL && old != NULL && other < old, "%s", page);
}
END_TEST

START_TEST(the_brief_names_a_plan_where_there_is_no_other_and_no_team_that_is_gone)
{
    const char *page = page_with(plan_only, COUNT_OF(plan_only));
    ck_assert_msg(strstr(page, "Plan of action (2024)\n") != NULL, "%s", page);
    ck_assert_ptr_null(strstr(page, "National team"));
}
END_TEST

TCase *view_brief_cases(void)
{
    TCase *tests = tcase_create("brief");
    tcase_add_checked_fixture(tests, view_set_up, view_tear_down);
    tcase_add_test(tests, the_brief_names_the_nations_strategy_and_not_a_later_plan);
    tcase_add_test(tests, the_brief_puts_working_teams_first_and_dates_the_unverified);
    tcase_add_test(tests, the_brief_leaves_out_merged_teams_and_those_for_other_matters);
    tcase_add_test(tests, the_brief_knows_an_undated_successor_and_what_a_second_source_says);
    tcase_add_test(tests, the_brief_puts_a_working_team_that_a_second_source_names_before_an_old_one);
    tcase_add_test(tests, the_brief_names_a_plan_where_there_is_no_other_and_no_team_that_is_gone);
    return tests;
}
