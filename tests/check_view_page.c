/* SPDX-License-Identifier: MIT */
/* Pages for people: what stands on them, that they fit a terminal, and that nothing on them runs. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "cyberatlas/view.h"
#include "view_ask.h"
#include "view_facts.h"

static const char *page_of(const char *path, enum media media, size_t index)
{
    buf_reset(&out);
    ck_assert(document_write(view, kind_of(path, media), index, &out));
    return out.data;
}

static const char *const shown[] = {
    "Belgium (BE)\n============\n",
    "Official name",
    "Groups                  European Union: since 1958-01-01 [1:row 1]\n",
    "                          Benelux: since 1948, until 1990 [1:row 2]\n",
    "Overview\n--------\n",
    "National strategy established\n                          yes [1:L3]\n",
    "unknown (lost in the capture) [1:L20]",
    "Cyber Security Strategy [1:L5]\n",
    "2012 [1:L22, Year of adoption] · also stated: 2013\n",
    "Objectives              A safe cyberspace [1:L7]\n                          Protected infrastructure [1:L9]\n",
    "procurement: buys safely [1:L15]",
    "be-centre\n",
    "2009 [1:L31] · also stated: 2008 [1:L33]",
    "more than 50 (note: Counted by us.) [1:L60]",
    "Score                   0.0 of 100\n",
    "In brief\n--------\n  legal-conditions        0.0 of 100; between 0.0 and 87.5\n",
    "  Newest strategy         Cyber Security Strategy (2012)\n",
    "  National team           =CERT, \"<b>\"\n",
    "  On file                 1 strategy, 1 institution, 1 response team, 1\n",
    "About annual-audit      no (disputed) [1:L54, 2017-07] · disputed by: in part",
    "Between                 0.0 and 87.5, as the unknown and partial ones turn out\n",
    "Coverage                0.500 (",
    "also stated: ",
    "2017-07]",
    "unknown (no source says)",
    "As data\n-------\n",
    "/v1/countries/BE/assessments\n",
    "Sources\n-------\n  [1] A page          /v1/sources/page-2017\n",
};

START_TEST(the_terminal_page_shows_claims_places_and_conflicts)
{
    ck_assert_msg(strstr(page_of("/{code}", MEDIA_TEXT, 0), shown[_i]) != NULL, "%s", out.data);
}
END_TEST

START_TEST(a_country_without_profile_says_so_and_what_to_do)
{
    const char *page = page_of("/{code}", MEDIA_TEXT, 1);
    ck_assert_ptr_nonnull(strstr(page, "None yet: no source in this dataset speaks of France"));
    ck_assert_ptr_nonnull(strstr(page, "To add one"));
    ck_assert_ptr_null(strstr(page, "Score of"));
}
END_TEST

static const char *const text_pages[] = {"/", "/{code}", "/problems/{id}"};

START_TEST(text_pages_fit_80_columns)
{
    char *page = (char *)page_of(text_pages[_i], MEDIA_TEXT, 0);
    for (char *save = NULL, *line = strtok_r(page, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save))
        ck_assert_msg(utf8_width(line) <= 80, "%s", line);
}
END_TEST

START_TEST(the_help_fits_one_screen_and_names_what_there_is)
{
    const char *page = page_of("/", MEDIA_TEXT, 0);
    ck_assert_ptr_nonnull(strstr(page, "2026-11-24"));
    ck_assert_ptr_nonnull(strstr(page, "/v1/countries/BE\n"));
    size_t lines = 0;
    for (const char *at = page; *at != '\0'; at++)
        lines += *at == '\n';
    ck_assert_uint_le(lines, 24);
}
END_TEST

START_TEST(html_pages_escape_what_they_show)
{
    const char *page = page_of("/{code}", MEDIA_HTML, 0);
    ck_assert_ptr_nonnull(strstr(page, "=CERT, &quot;&lt;b&gt;&quot;"));
    ck_assert_ptr_null(strstr(page, "<b>"));
    ck_assert_ptr_null(strstr(page, "<script>"));
    ck_assert_ptr_nonnull(strstr(page, "<a href=\"https://cert.be/\">"));
    ck_assert_ptr_nonnull(strstr(page, "<a href=\"/v1/countries/BE\">"));
}
END_TEST

START_TEST(both_addresses_of_the_text_profile_give_the_same_bytes)
{
    char *first = strdup(page_of("/{code}", MEDIA_TEXT, 0));
    ck_assert_str_eq(first, page_of("/v1/countries/{code}", MEDIA_TEXT, 0));
    free(first);
}
END_TEST

/* Oldest first, each with its precision and source; what is not the shown claim says so. */
static const char *const dated[] = {
    ("date,precision,event,kind,id,name,value,qualifier,basis,sure,source,at,observed,shown,note\r\n1948,year,groups_"
     "since,"
     "country,BE,Belgium,benelux,"),
    "\r\n1990,year,groups_until,country,BE,Belgium,benelux,",
    ("\r\n2012,year,adopted,strategy,be-strategy-2012,Cyber Security Strategy,,,,,page-2017,\"L22, Year of adoption\","
     "2017-07,true,\r\n"),
    "\r\n2013,year,adopted,strategy,be-strategy-2012,Cyber Security Strategy,,,,,page-2017,L3,2017-07,false,\r\n",
    "\r\n2017-07,month,assessed,answer,annual-audit,About annual-audit,no,,assessor,",
    ",annual-audit,About annual-audit,no,,assessor,high,page-2017,L54,2017-07,true,",
    ",annual-audit,About annual-audit,partial,,assessor,high,reading,node 410,2017-07,false,",
};

START_TEST(the_timeline_tells_each_dated_claim)
{
    const char *body = page_of("/v1/countries/{code}/timeline", MEDIA_CSV, 0);
    ck_assert_msg(strstr(body, dated[_i]) != NULL, "%s", body);
}
END_TEST

START_TEST(the_timeline_stands_in_the_order_of_its_days)
{
    const char *line = strstr(page_of("/v1/countries/{code}/timeline", MEDIA_CSV, 0), "\r\n") + 2;
    char before[DATE_TEXT_SIZE] = "";
    for (; *line != '\0'; line = strstr(line, "\r\n") + 2) {
        char date[DATE_TEXT_SIZE];
        (void)snprintf(date, sizeof(date), "%.*s", (int)strcspn(line, ","), line);
        ck_assert_str_le(before, date);
        memcpy(before, date, sizeof(before));
    }
    ck_assert_str_ne(before, "");
}
END_TEST

TCase *view_page_cases(void)
{
    TCase *tests = tcase_create("pages");
    tcase_add_checked_fixture(tests, view_set_up, view_tear_down);
    tcase_add_loop_test(tests, the_terminal_page_shows_claims_places_and_conflicts, 0, COUNT_OF(shown));
    tcase_add_test(tests, a_country_without_profile_says_so_and_what_to_do);
    tcase_add_loop_test(tests, text_pages_fit_80_columns, 0, COUNT_OF(text_pages));
    tcase_add_test(tests, the_help_fits_one_screen_and_names_what_there_is);
    tcase_add_test(tests, html_pages_escape_what_they_show);
    tcase_add_test(tests, both_addresses_of_the_text_profile_give_the_same_bytes);
    tcase_add_loop_test(tests, the_timeline_tells_each_dated_claim, 0, COUNT_OF(dated));
    tcase_add_test(tests, the_timeline_stands_in_the_order_of_its_days);
    return tests;
}
