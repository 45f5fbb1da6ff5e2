/* SPDX-License-Identifier: MIT */
/* Changes since a revision: a thing's steps made into one, as JSON and as a feed; and the list of revisions. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "fixture_facts.h"
#include "view_facts.h"

/* Three publications after the first. In `kind` "x" no thing has an address; "cert" and "source" have. */
static const struct revision revisions[] = {{"aaaaaaaaaaaa", "2026-11-01"},
                                            {"bbbbbbbbbbbb", "2026-11-02"},
                                            {"cccccccccccc", "2026-11-03"},
                                            {"dddddddddddd", "2026-11-04"}};
static const struct change changes[] = {
    {1, "cert", "gone", NULL, "g1"},    {1, "cert", "kept", "k0", "k1"},
    {1, "source", "fresh", NULL, "f1"}, {1, "x", "back", "b0", NULL},
    {2, "cert", "gone", "g1", NULL},    {2, "source", "fresh", "f1", "f2"},
    {2, "x", "lost", "l0", "l1"},       {3, "assessment", "BE/a", "a0", "a1"},
    {3, "cert", "kept", "k1", "k0"},    {3, "methodology", "m@1.0.0", NULL, "m"},
    {3, "x", "back", NULL, "b0"},       {3, "x", "lost", "l1", NULL},
};

static struct facts facts;
static struct view *logged;
static struct buf text;

static void set_up(void)
{
    struct err err;
    facts = *view_facts();
    facts.log = (struct log){revisions, COUNT_OF(revisions), changes, COUNT_OF(changes)};
    ck_assert(view_new(&facts, "dddddddddddd", &logged, &err));
    buf_init(&text, 1 << 20);
}

static void tear_down(void)
{
    view_free(logged);
    buf_done(&text);
}

static const char *whole(const char *list, enum media media, const struct revision *since, const char *base)
{
    const struct list_kind *kind = list_kind_find(list);
    struct question question = view_question(logged, view_methodology(logged));
    question.since = since;
    question.base = base;
    struct selection *found = kind->select(logged, &question, NULL);
    ck_assert_ptr_nonnull(found);
    struct list_page page = {.kind = kind,
                             .self = "/v1/changes.atom?limit=9&since=aaaaaaaaaaaa",
                             .total = found->count,
                             .count = found->count,
                             .selection = found};
    buf_reset(&text);
    list_open(&page, media, &text);
    for (size_t i = 0; i < found->count; i++) {
        if (i > 0)
            list_separate(media, &text);
        ck_assert(kind->item(found, i, media, &text));
    }
    list_close(&page, media, &text);
    selection_free(found);
    ck_assert(buf_ok(&text));
    return text.len == 0 ? "" : text.data;
}

#define LINE(what, kind, id, revision, date, rest)                                                                     \
    "{\"change\":\"" what "\",\"kind\":\"" kind "\",\"id\":\"" id "\",\"revision\":\"" revision "\",\"date\":\"" date  \
    "\"" rest "}\n"
#define D "dddddddddddd", "2026-11-04"
#define C "cccccccccccc", "2026-11-03"
#define AT(path) ",\"self\":\"" path "\""
#define LINE_(what, kind, id, at, rest) LINE(what, kind, id, at, rest)

static const struct {
    const struct revision *since;
    const char *lines;
} merged[] = {
    /* Come and gone, changed and changed back, removed and added as it was: nothing. */
    {&revisions[0],
     LINE_("changed", "assessment", "BE/a", D, AT("/v1/countries/BE/assessments"))
         LINE_("added", "methodology", "m@1.0.0", D, AT("/v1/methodologies/m")) LINE_("removed", "x", "lost", D, "")
             LINE_("added", "source", "fresh", C, AT("/v1/sources/fresh"))},
    {&revisions[1],
     LINE_("changed", "assessment", "BE/a", D, AT("/v1/countries/BE/assessments"))
         LINE_("changed", "cert", "kept", D, AT("/v1/certs/kept"))
             LINE_("added", "methodology", "m@1.0.0", D, AT("/v1/methodologies/m")) LINE_("added", "x", "back", D, "")
                 LINE_("removed", "x", "lost", D, "") LINE_("removed", "cert", "gone", C, "")
                     LINE_("changed", "source", "fresh", C, AT("/v1/sources/fresh"))},
    {&revisions[3], ""},
};

START_TEST(changes_are_what_lies_between_then_and_now)
{
    ck_assert_str_eq(whole("changes", MEDIA_NDJSON, merged[_i].since, NULL), merged[_i].lines);
}
END_TEST

START_TEST(without_since_they_are_all_that_the_log_holds)
{
    ck_assert_str_eq(whole("changes", MEDIA_NDJSON, NULL, NULL), merged[0].lines);
}
END_TEST

START_TEST(the_meta_says_from_where_to_where_and_of_which_log)
{
    const char *json = whole("changes", MEDIA_JSON, &revisions[3], NULL);
    ck_assert_ptr_nonnull(strstr(json, "{\"data\":[],\"meta\":{\"total\":0,\"count\":0,\"complete\":true,"
                                       "\"revision\":\"dddddddddddd\",\"since\":\"dddddddddddd\",\"log\":\"kept\"}"));
    facts.log.revision_count = 1;
    facts.log.change_count = 0;
    ck_assert_ptr_nonnull(strstr(whole("changes", MEDIA_JSON, NULL, NULL), "\"log\":\"none\""));
}
END_TEST

START_TEST(revisions_come_newest_first_with_their_counts)
{
    ck_assert_str_eq(whole("revisions", MEDIA_CSV, NULL, NULL), "revision,date,added,changed,removed\r\n"
                                                                "dddddddddddd,2026-11-04,2,2,1\r\n"
                                                                "cccccccccccc,2026-11-03,0,2,1\r\n"
                                                                "bbbbbbbbbbbb,2026-11-02,2,1,1\r\n"
                                                                "aaaaaaaaaaaa,2026-11-01,0,0,0\r\n");
    ck_assert_ptr_nonnull(
        strstr(whole("revisions", MEDIA_JSON, NULL, NULL),
               "{\"revision\":\"bbbbbbbbbbbb\",\"date\":\"2026-11-02\",\"added\":2,\"changed\":1,\"removed\":1,"
               "\"changes_since\":\"/v1/changes?since=bbbbbbbbbbbb\"}"));
}
END_TEST

START_TEST(a_feed_has_stable_names_and_the_operators_addresses)
{
    char without[4096];
    (void)snprintf(without, sizeof(without), "%s", whole("changes", MEDIA_ATOM, &revisions[2], NULL));
    const char *id = strstr(without, "<id>urn:uuid:");
    ck_assert_ptr_nonnull(id);
    ck_assert_ptr_nonnull(strstr(without, "href=\"/v1/changes.atom?limit=9&amp;since=aaaaaaaaaaaa\""));
    ck_assert_ptr_nonnull(strstr(without, "<title>removed: x lost</title>"));
    const char *with = whole("changes", MEDIA_ATOM, &revisions[2], "https://atlas.example");
    ck_assert_ptr_nonnull(strstr(with, "href=\"https://atlas.example/v1/changes.atom?limit=9&amp;since="));
    ck_assert_ptr_nonnull(strstr(with, "href=\"https://atlas.example/v1/countries/BE/assessments\""));
    char name[64];
    (void)snprintf(name, sizeof(name), "%.54s", id);
    ck_assert_ptr_nonnull(strstr(with, name));
}
END_TEST

START_TEST(the_exports_of_lists_name_lists)
{
    for (size_t i = 0; i < export_kind_count; i++) {
        ck_assert_int_eq(export_kinds[i].media == MEDIA_CSV, export_kinds[i].list != NULL);
        ck_assert(export_kinds[i].list == NULL || list_kind_find(export_kinds[i].list) != NULL);
    }
}
END_TEST

TCase *view_change_cases(void)
{
    TCase *plain = tcase_create("changes");
    tcase_add_checked_fixture(plain, set_up, tear_down);
    tcase_add_loop_test(plain, changes_are_what_lies_between_then_and_now, 0, (int)COUNT_OF(merged));
    tcase_add_test(plain, without_since_they_are_all_that_the_log_holds);
    tcase_add_test(plain, the_meta_says_from_where_to_where_and_of_which_log);
    tcase_add_test(plain, revisions_come_newest_first_with_their_counts);
    tcase_add_test(plain, a_feed_has_stable_names_and_the_operators_addresses);
    tcase_add_test(plain, the_exports_of_lists_name_lists);
    return plain;
}
