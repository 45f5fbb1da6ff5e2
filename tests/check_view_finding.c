/* SPDX-License-Identifier: MIT */
/* What a search goes through: by which names and words each thing is found, and how a find is told in each form. */
#include <check.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/view.h"
#include "view_facts.h"

static const struct {
    size_t index;
    unsigned group;
    const char *id, *names, *words;
} findings[] = {
    {0, 0, "BE", "Belgium|Kingdom of Belgium|BEL|BE|B|", "Belgium · Kingdom of Belgium · BEL · BE · B"},
    {1, 0, "FR", "France|FRA|Frankreich|FR|", "France · FRA · Frankreich · FR"},
    {2, 0, "XK", "Ållo|XKX|XK|", "Ållo · XKX · XK"},
    {3, 1, "cert-be", "=CERT, \"<b>\"|CERT.be|", "=CERT, \"<b>\" · CERT.be · Belgium · cert-be"},
    {4, 1, "cert-eu", "CERT-EU|", "CERT-EU · European Union · cert-eu"},
    {5, 2, "be-centre", "", "Belgium · be-centre"},
    {6, 3, "be-strategy-2012", "Cyber Security Strategy|", "Cyber Security Strategy · Belgium · be-strategy-2012"},
    {7, 5, "page-2017", "A page|", "A page · page-2017"},
    {8, 5, "reading", "Our reading|", "Our reading · reading"},
};

static const struct list_kind *kind(void)
{
    return list_kind_find("search");
}

static void collect(void *cls, const char *name, const char *value)
{
    ck_assert_uint_gt(strlen(name), 0);
    buf_printf(cls, "%s|", value);
}

START_TEST(each_thing_is_found_by_its_names_and_what_is_said_of_it)
{
    size_t index = findings[_i].index;
    ck_assert_str_eq(view_subject_id(view, SUBJECT_FINDING, index), findings[_i].id);
    ck_assert_uint_eq(kind()->group(view, index), findings[_i].group);
    buf_puts(&out, "");
    kind()->names(view, index, collect, &out);
    ck_assert_str_eq(out.len == 0 ? "" : out.data, findings[_i].names);
    buf_reset(&out);
    kind()->words(view, index, &out);
    ck_assert_str_eq(out.data, findings[_i].words);
}
END_TEST

START_TEST(all_things_of_the_kinds_and_all_sources_are_in_it)
{
    ck_assert_uint_eq(view_subjects(view, SUBJECT_FINDING), COUNT_OF(findings));
}
END_TEST

static const struct {
    size_t index;
    enum media media;
    const char *told;
} forms[] = {
    {0, MEDIA_JSON,
     "{\"kind\":\"country\",\"id\":\"BE\",\"title\":\"Belgium\",\"country\":\"BE\",\"snippet\":\"a\\u001b b\","
     "\"self\":\"/v1/countries/BE\"}"},
    {3, MEDIA_CSV, "cert,cert-be,\"'=CERT, \"\"<b>\"\"\",BE,a\x1b b,/v1/certs/cert-be\r\n"},
    {4, MEDIA_NDJSON,
     "{\"kind\":\"cert\",\"id\":\"cert-eu\",\"title\":\"CERT-EU\",\"snippet\":\"a\\u001b b\","
     "\"self\":\"/v1/certs/cert-eu\"}"},
    {5, MEDIA_TEXT, "\nbe-centre (institution, BE)\n    a b\n    /v1/countries/BE\n"},
    {7, MEDIA_TEXT, "\nA page (source)\n    a b\n    /v1/sources/page-2017\n"},
};

static struct selection *select_one(size_t index, const char *const *excerpts)
{
    static const struct question nothing;
    struct selection *selection = selection_new(view, &nothing);
    ck_assert_ptr_nonnull(selection);
    selection->items = arena_array(selection->arena, 1, sizeof(*selection->items));
    ck_assert_ptr_nonnull(selection->items);
    selection->items[0] = (uint32_t)index;
    selection->count = 1;
    selection->own = (void *)excerpts;
    return selection;
}

START_TEST(a_find_is_told_in_every_form)
{
    static const char *const excerpts[] = {"a\x1b b"};
    struct selection *selection = select_one(forms[_i].index, excerpts);
    ck_assert(kind()->item(selection, 0, forms[_i].media, &out));
    ck_assert_str_eq(out.data, forms[_i].told);
    selection_free(selection);
}
END_TEST

START_TEST(a_find_that_does_not_fit_is_told)
{
    static const char *const excerpts[] = {"a b"};
    struct selection *selection = select_one(forms[_i].index, excerpts);
    struct buf small;
    ck_assert(kind()->item(selection, 0, forms[_i].media, &out));
    buf_init(&small, out.len - 1);
    ck_assert(!kind()->item(selection, 0, forms[_i].media, &small));
    buf_done(&small);
    selection_free(selection);
}
END_TEST

static const struct {
    struct list_page page;
    const char *head, *foot;
} frames[] = {
    {{.total = 0}, "Nothing holds all of these words. Fewer of them, or the beginning of one, may find more.\n", ""},
    {{.total = 3, .count = 3}, "3 found.\n", ""},
    {{.total = 3, .count = 1, .next = "/v1/search.txt?cursor=x&q=a"},
     "1 of 3 found.\n",
     "\nNext: /v1/search.txt?cursor=x&q=a\n"},
};

START_TEST(text_says_how_many_and_where_the_rest_is)
{
    buf_puts(&out, "");
    ck_assert(kind()->head(&frames[_i].page, &out));
    ck_assert_str_eq(out.data, frames[_i].head);
    buf_reset(&out);
    ck_assert(kind()->foot(&frames[_i].page, &out));
    ck_assert_str_eq(out.len == 0 ? "" : out.data, frames[_i].foot);
}
END_TEST

TCase *view_finding_cases(void)
{
    TCase *tests = tcase_create("findings");
    tcase_add_checked_fixture(tests, view_set_up, view_tear_down);
    tcase_add_loop_test(tests, each_thing_is_found_by_its_names_and_what_is_said_of_it, 0, COUNT_OF(findings));
    tcase_add_test(tests, all_things_of_the_kinds_and_all_sources_are_in_it);
    tcase_add_loop_test(tests, a_find_is_told_in_every_form, 0, COUNT_OF(forms));
    tcase_add_loop_test(tests, a_find_that_does_not_fit_is_told, 0, COUNT_OF(forms));
    tcase_add_loop_test(tests, text_says_how_many_and_where_the_rest_is, 0, COUNT_OF(frames));
    return tests;
}
