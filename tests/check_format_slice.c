/* SPDX-License-Identifier: MIT */
/* Items cut down to what is asked of them, and pages in Markdown that no text can take over. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/format.h"

TCase *format_slice_cases(void);

static struct buf out;
static struct arena *arena;

static void set_up(void)
{
    buf_init(&out, 1 << 20);
    arena = arena_new(1 << 20);
}

static void tear_down(void)
{
    buf_done(&out);
    arena_free(arena);
}

static const struct {
    const char *json, *name, *other, *sliced;
} objects[] = {
    {"{\"a\":1,\"b\":[1,{\"a\":2}],\"c\":\"x\"}", "a", NULL, "{\"a\":1}"},
    {"{\"a\":1,\"b\":[1,{\"a\":2}],\"c\":\"x\"}", "b", NULL, "{\"b\":[1,{\"a\":2}]}"},
    {"{\"a\":1,\"b\":[1,{\"a\":2}],\"c\":\"x\"}", "c", "a", "{\"a\":1,\"c\":\"x\"}"},
    {"{\"a\":\"},\\\"b\\\":1,\\\\\",\"b\":{}}", "b", NULL, "{\"b\":{}}"},
    {"{\"a\":\"},\\\"b\\\":1,\\\\\",\"b\":{}}", "a", NULL, "{\"a\":\"},\\\"b\\\":1,\\\\\"}"},
    {"{\"a\":1}", "z", NULL, "{}"},
    {"{}", "a", NULL, "{}"},
    {"{\"a\":[[]],\"b\":null,\"c\":-1.5}", "c", "b", "{\"b\":null,\"c\":-1.5}"},
};

START_TEST(an_object_keeps_the_members_that_are_chosen)
{
    const struct chosen chosen = {{objects[_i].name, objects[_i].other}, objects[_i].other == NULL ? 1 : 2};
    format_json_slice(objects[_i].json, strlen(objects[_i].json), &chosen, &out);
    ck_assert_str_eq(out.data, objects[_i].sliced);
}
END_TEST

/* Bytes in memory of just their size, so that a sanitizer sees any step beyond. */
START_TEST(a_cut_object_or_row_is_never_read_beyond_its_end)
{
    static const char json[] = "{\"a\":\"x\\\"},\",\"b\":[{\"c\":1}]}";
    static const struct column columns[] = {{"a", COLUMN_TEXT}, {"b", COLUMN_TEXT}, {0}};
    const struct chosen chosen = {{"b"}, 1};
    for (size_t len = 0; len < sizeof(json); len++) {
        char *copy = malloc(len + 1);
        memcpy(copy, json, len);
        format_json_slice(copy, len, &chosen, &out);
        format_csv_slice(columns, copy, len, &chosen, &out);
        free(copy);
    }
    ck_assert(buf_ok(&out));
}
END_TEST

START_TEST(rows_keep_the_columns_that_are_chosen)
{
    static const struct column columns[] = {{"a", COLUMN_TEXT}, {"b", COLUMN_TEXT}, {"c", COLUMN_TEXT}, {0}};
    const char *const rows[][3] = {{"1", "x,\"y\"\r\nz", "3"}, {NULL, "", "=1"}};
    CLEANUP(buf_done) struct buf whole;
    buf_init(&whole, 1 << 16);
    format_csv_header(columns, &whole);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        format_csv_row(columns, rows[i], &whole);
    format_csv_slice(columns, whole.data, whole.len, &(struct chosen){{"c", "b"}, 2}, &out);
    ck_assert_str_eq(out.data, "b,c\r\n\"x,\"\"y\"\"\r\nz\",3\r\n,'=1\r\n");
    buf_reset(&out);
    format_csv_slice(columns, whole.data, whole.len, &(struct chosen){{"a", "b", "c"}, 3}, &out);
    ck_assert_str_eq(out.data, whole.data);
}
END_TEST

/* A text and what becomes of it as a paragraph, and behind a label. */
static const struct {
    const char *text, *paragraph, *value;
} texts[] = {
    {"plain words, 60.5 of 100", "plain words, 60.5 of 100", "plain words, 60.5 of 100"},
    {"# heading", "\\# heading", "\\# heading"},
    {"1. list", "1\\. list", "1. list"},
    {"12) list", "12\\) list", "12) list"},
    {"- list", "\\- list", "- list"},
    {"+ list", "\\+ list", "+ list"},
    {"---", "\\---", "---"},
    {"> quote", "\\> quote", "\\> quote"},
    {"*em* _em_ `code`", "\\*em\\* \\_em\\_ \\`code\\`", "\\*em\\* \\_em\\_ \\`code\\`"},
    {"<b>&amp;</b>", "\\<b\\>\\&amp;\\</b\\>", "\\<b\\>\\&amp;\\</b\\>"},
    {"[x](javascript:y)", "\\[x\\](javascript:y)", "\\[x\\](javascript:y)"},
    {"a | b ~~c~~", "a \\| b \\~\\~c\\~\\~", "a \\| b \\~\\~c\\~\\~"},
    {"back\\slash", "back\\\\slash", "back\\\\slash"},
    {"  two\n\n# lines\t", "two \\# lines", "two \\# lines"},
    {"\x01"
     "1\x02. x",
     "1\\. x", "1. x"},
    {"https://a.example/x_y", "https://a.example/x\\_y", "<https://a.example/x_y>"},
    {"https://a.example/>x", "https://a.example/\\>x", "https://a.example/\\>x"},
    {"f\xC3\xBCr", "f\xC3\xBCr", "f\xC3\xBCr"},
};

START_TEST(no_text_means_anything_in_markdown)
{
    struct page *page = page_new(arena, "T");
    page_paragraph(arena, page, texts[_i].text);
    page_row(arena, page, "L", texts[_i].text, NULL);
    format_markdown(page, &out);
    const char *expected = arena_printf(arena, "# T\n\n%s\n\n- **L**: %s\n", texts[_i].paragraph, texts[_i].value);
    ck_assert_str_eq(out.data, expected);
}
END_TEST

START_TEST(a_page_in_markdown_has_headings_lists_and_links)
{
    struct page *page = page_new(arena, "A #1");
    page_heading(arena, page, "1. Part");
    page_row(arena, page, "Name", "CERT", "1:L2");
    page_row(arena, page, NULL, "- further", NULL);
    page_link(arena, page, "[1] Source", "/v1/sources/a-1");
    page_link(arena, page, "Elsewhere", "/x)(y");
    page_line(arena, page, "```");
    page_line(arena, page, "*line*");
    format_markdown(page, &out);
    ck_assert_str_eq(out.data, "# A \\#1\n\n## 1. Part\n\n- **Name**: CERT \\[1:L2\\]\n  - \\- further\n"
                               "- \\[1\\] Source: [/v1/sources/a-1](/v1/sources/a-1)\n- Elsewhere: /x)(y\n\n"
                               "```\n    ```\n    *line*\n```\n");
}
END_TEST

TCase *format_slice_cases(void)
{
    TCase *tcase = tcase_create("slices and markdown");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, an_object_keeps_the_members_that_are_chosen, 0, COUNT_OF(objects));
    tcase_add_test(tcase, a_cut_object_or_row_is_never_read_beyond_its_end);
    tcase_add_test(tcase, rows_keep_the_columns_that_are_chosen);
    tcase_add_loop_test(tcase, no_text_means_anything_in_markdown, 0, COUNT_OF(texts));
    tcase_add_test(tcase, a_page_in_markdown_has_headings_lists_and_links);
    return tcase;
}
