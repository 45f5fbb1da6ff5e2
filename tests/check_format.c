/* SPDX-License-Identifier: MIT */
/* The writers of trees and tables, byte by byte; pages are in check_format_page.c, what is drawn in
 * check_format_draw.c, cards in check_format_vcard.c. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/format.h"
#include "run_suites.h"

TCase *format_draw_cases(void);
TCase *format_page_cases(void);
TCase *format_slice_cases(void);
TCase *format_vcard_cases(void);

static struct buf out;
static struct arena *arena;

static void set_up(void)
{
    buf_init(&out, 1 << 20);
    arena = arena_new(1 << 20);
    ck_assert_ptr_nonnull(arena);
}

static void tear_down(void)
{
    buf_done(&out);
    arena_free(arena);
}

static const struct {
    const char *text, *json;
} texts[] = {
    {"", "\"\""},
    {"plain", "\"plain\""},
    {"a\"b\\c", "\"a\\\"b\\\\c\""},
    {"\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\""},
    {"\x01\x1f", "\"\\u0001\\u001f\""},
    {"Bundesamt f\xC3\xBCr", "\"Bundesamt f\xC3\xBCr\""},
    {"\xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x98\x80", "\"\xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x98\x80\""},
    {"a/b<c>&", "\"a/b<c>&\""},
};

START_TEST(json_escapes_what_must_be_and_nothing_else)
{
    format_json_text(texts[_i].text, &out);
    ck_assert_str_eq(out.data, texts[_i].json);
}
END_TEST

static const struct {
    int64_t number;
    int places;
    const char *json;
} decimals[] = {
    {444, 1, "44.4"},
    {440, 1, "44.0"},
    {0, 1, "0.0"},
    {5, 1, "0.5"},
    {818, 3, "0.818"},
    {-5, 1, "-0.5"},
    {1000, 3, "1.000"},
    {7, 0, "7"},
    {-12, 0, "-12"},
    {25, 2, "0.25"},
    {INT64_MIN, 0, "-9223372036854775808"},
    {INT64_MAX, 3, "9223372036854775.807"},
};

START_TEST(decimals_are_written_exactly)
{
    format_json(node_decimal(arena, decimals[_i].number, decimals[_i].places), &out);
    ck_assert_str_eq(out.data, decimals[_i].json);
}
END_TEST

START_TEST(trees_keep_their_order_and_leave_out_what_is_absent)
{
    struct node *object = node_object(arena);
    struct node *array = node_array(arena);
    ck_assert(node_empty(array) && node_empty(NULL));
    node_push(arena, array, node_integer(arena, 1));
    node_push(arena, array, NULL);
    node_push(arena, array, node_flag(arena, false));
    node_push(arena, array, node_json(arena, "{\"x\":[]}"));
    node_set_text(arena, object, "z", "first");
    node_set_text(arena, object, "gone", NULL);
    node_set(arena, object, "a\"", array);
    node_set(arena, object, "none", node_object(arena));
    ck_assert(!node_empty(object));
    format_json(object, &out);
    ck_assert_str_eq(out.data, "{\"z\":\"first\",\"a\\\"\":[1,false,{\"x\":[]}],\"none\":{}}");
}
END_TEST

START_TEST(a_failed_arena_is_told_once_and_builders_go_on)
{
    struct arena *small = arena_new(100);
    struct node *object = node_object(small);
    for (int i = 0; i < 10; i++)
        node_set(small, object, "k", node_text(small, "v"));
    node_set_text(small, NULL, "k", "v");
    struct page *page = page_new(small, "title");
    page_row(small, page, "label", "value", NULL);
    ck_assert(!arena_ok(small));
    ck_assert_ptr_null(page);
    arena_free(small);
}
END_TEST

static const struct {
    const char *json, *indented;
} indents[] = {
    {"{}\n", "{}\n"},
    {"[ ]", "[]\n"},
    {"7", "7\n"},
    {"\"a{[,:\\\"]}\"", "\"a{[,:\\\"]}\"\n"},
    {"{\"a\":1,\"b\":[1,2]}", "{\n  \"a\": 1,\n  \"b\": [\n    1,\n    2\n  ]\n}\n"},
    {"{\"a\":{\"b\":{}},\"c\":[]}\n", "{\n  \"a\": {\n    \"b\": {}\n  },\n  \"c\": []\n}\n"},
    {"{ \"a\" :\n[ {\"b\":\"\\\\\"} ] }", "{\n  \"a\": [\n    {\n      \"b\": \"\\\\\"\n    }\n  ]\n}\n"},
};

START_TEST(indenting_changes_white_space_only)
{
    format_json_indent(indents[_i].json, strlen(indents[_i].json), &out);
    ck_assert_str_eq(out.data, indents[_i].indented);
}
END_TEST

START_TEST(indenting_a_cut_text_stays_within_it)
{
    const char *json = "{\"a\":[\"b\\";
    for (size_t len = 0; len <= strlen(json); len++) {
        char *copy = malloc(len + 1); /* its own block, so that a sanitizer sees a byte too far */
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, json, len);
        buf_reset(&out);
        format_json_indent(copy, len, &out);
        free(copy);
        ck_assert(buf_ok(&out) && out.data[out.len - 1] == '\n');
    }
}
END_TEST

static const struct {
    const char *cell, *as_text, *as_plain;
} cells[] = {
    {"plain", "plain", "plain"},
    {"", "", ""},
    {" two words ", " two words ", " two words "},
    {"a,b", "\"a,b\"", "\"a,b\""},
    {"say \"x\"", "\"say \"\"x\"\"\"", "\"say \"\"x\"\"\""},
    {"line\nbreak", "\"line\nbreak\"", "\"line\nbreak\""},
    {"line\r\nbreak", "\"line\r\nbreak\"", "\"line\r\nbreak\""},
    {"=1+1", "'=1+1", "=1+1"},
    {"=\"a\"", "\"'=\"\"a\"\"\"", "\"=\"\"a\"\"\""},
    {"@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"},
    {"\tx", "'\tx", "\tx"},
    {"\rx", "\"'\rx\"", "\"\rx\""},
    {"-5", "'-5", "-5"},
    {"+a", "'+a", "+a"},
    {"+", "'+", "+"},
    {"+1+1", "'+1+1", "+1+1"},
    {"+12", "'+12", "+12"},
    {"+32 2 501 05 60", "+32 2 501 05 60", "+32 2 501 05 60"},
    {"+32 (0)2/501.05-60", "+32 (0)2/501.05-60", "+32 (0)2/501.05-60"},
    {"+3225010560;cmd", "'+3225010560;cmd", "+3225010560;cmd"},
    {"+1234567890123456", "'+1234567890123456", "+1234567890123456"},
    {"a=1", "a=1", "a=1"},
    {"2012-05-01", "2012-05-01", "2012-05-01"},
    {"\xC3\xBC"
     "ber",
     "\xC3\xBC"
     "ber",
     "\xC3\xBC"
     "ber"},
    {NULL, "", ""},
};

START_TEST(csv_quotes_where_needed_and_guards_text_against_formulas)
{
    static const struct column columns[] = {{"a", COLUMN_TEXT}, {"b", COLUMN_PLAIN}, {0}};
    format_csv_row(columns, (const char *[]){cells[_i].cell, cells[_i].cell}, &out);
    char expected[128];
    (void)snprintf(expected, sizeof(expected), "%s,%s\r\n", cells[_i].as_text, cells[_i].as_plain);
    ck_assert_str_eq(out.data, expected);
}
END_TEST

START_TEST(csv_header_names_the_columns)
{
    static const struct column columns[] = {{"code", COLUMN_PLAIN}, {"a,b", COLUMN_TEXT}, {0}};
    format_csv_header(columns, &out);
    ck_assert_str_eq(out.data, "code,\"a,b\"\r\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("format");
    TCase *tests = tcase_create("trees and tables");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, json_escapes_what_must_be_and_nothing_else, 0, COUNT_OF(texts));
    tcase_add_loop_test(tests, decimals_are_written_exactly, 0, COUNT_OF(decimals));
    tcase_add_test(tests, trees_keep_their_order_and_leave_out_what_is_absent);
    tcase_add_test(tests, a_failed_arena_is_told_once_and_builders_go_on);
    tcase_add_loop_test(tests, indenting_changes_white_space_only, 0, COUNT_OF(indents));
    tcase_add_test(tests, indenting_a_cut_text_stays_within_it);
    tcase_add_loop_test(tests, csv_quotes_where_needed_and_guards_text_against_formulas, 0, COUNT_OF(cells));
    tcase_add_test(tests, csv_header_names_the_columns);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, format_page_cases());
    suite_add_tcase(suite, format_draw_cases());
    suite_add_tcase(suite, format_slice_cases());
    suite_add_tcase(suite, format_vcard_cases());
    return run_suites((Suite *[]){suite, NULL});
}
