/* SPDX-License-Identifier: MIT */
/* Pages as text (80 columns, nothing that a terminal obeys) and as HTML (escaped, one hashed style, no script). */
#include <check.h>
#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/digest.h"
#include "cyberatlas/base/utf8.h"
#include "cyberatlas/format.h"

TCase *format_page_cases(void);

static struct buf out;
static struct arena *arena;
static struct page *page;

static void set_up(void)
{
    buf_init(&out, 1 << 20);
    arena = arena_new(1 << 20);
    page = page_new(arena, "A & B");
    ck_assert_ptr_nonnull(page);
}

static void tear_down(void)
{
    buf_done(&out);
    arena_free(arena);
}

/* The widest line of `text`, in columns. */
static size_t widest(char *text)
{
    size_t most = 0;
    for (char *line = text; line != NULL;) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        size_t width = utf8_width(line);
        most = width > most ? width : most;
        line = end;
    }
    return most;
}

START_TEST(text_lays_out_every_part)
{
    page_heading(arena, page, "Head");
    page_row(arena, page, "One", "1", "src, L1");
    page_row(arena, page, NULL, "2", NULL);
    page_paragraph(arena, page, "Some  words.");
    page_link(arena, page, "JSON", "/v1/x");
    page_link(arena, page, NULL, "/y");
    format_text(page, &out);
    ck_assert_str_eq(out.data, "A & B\n=====\n\nHead\n----\n  One  1 [src, L1]\n       2\n\nSome words.\n\n"
                               "  JSON  /v1/x\n  /y    /y\n");
}
END_TEST

static const char *const long_words[] = {
    "Zuständigkeit für Informationssicherheit der öffentlichen Verwaltung in allen Ländern und Gemeinden der Union",
    "政府 机构 网络 安全 战略 国家 计算机 应急 响应 团队 协调 中心 政府 机构 网络 安全 战略 国家 计算机 应急 响应 团队",
    "e\xCC\x81 e\xCC\x81 e\xCC\x81 a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p",
};

START_TEST(lines_stand_as_they_are_set)
{
    page_paragraph(arena, page, "Key");
    page_line(arena, page, "  ├──●─┤    a  b");
    page_line(arena, page, "│  <x>\x1b[31m");
    page_row(arena, page, "One", "1", NULL);
    page_line(arena, page, "last");
    format_text(page, &out);
    ck_assert_str_eq(out.data, "A & B\n=====\n\nKey\n  ├──●─┤    a  b\n│  <x>[31m\n  One  1\n\nlast\n");
    buf_reset(&out);
    format_html(page, &out);
    ck_assert_ptr_nonnull(strstr(out.data, "<pre>  ├──●─┤    a  b\n│  &lt;x&gt;[31m</pre>\n<dl>"));
    ck_assert_ptr_nonnull(strstr(out.data, "</dl>\n<pre>last</pre>\n</main>"));
}
END_TEST

START_TEST(text_never_passes_80_columns)
{
    page_row(arena, page, "A label", long_words[_i], long_words[_i]);
    page_row(arena, page, "A label that is much longer than any column should be", long_words[_i], NULL);
    page_row(arena, page, long_words[_i], long_words[_i], NULL);
    page_link(arena, page, long_words[_i], "/v1/x");
    page_paragraph(arena, page, long_words[_i]);
    page_heading(arena, page, long_words[_i]);
    format_text(page, &out);
    size_t width = widest(out.data);
    ck_assert_uint_le(width, 80);
    ck_assert_uint_ge(width, 60);
}
END_TEST

START_TEST(a_path_that_does_not_fit_beside_its_label_stands_below_it)
{
    enum { BESIDE = 80 - 24 - 4, BELOW = 80 - 4 };
    const char *label = "Twenty-four columns wide";
    char path[BELOW + 1];
    memset(path, 'w', BELOW);
    path[BELOW] = '\0';
    page_link(arena, page, label, path + BELOW - BESIDE);
    page_link(arena, page, label, path + BELOW - BESIDE - 1);
    page_link(arena, page, NULL, path);
    page_link(arena, page, "More than twenty-four columns", "/v1/x");
    format_text(page, &out);
    ck_assert_ptr_nonnull(strstr(out.data, "\n  Twenty-four columns wide  www"));
    ck_assert_ptr_nonnull(strstr(out.data, "\n  More than twenty-four columns\n    /v1/x\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "\n  Twenty-four columns wide\n    www"));
    ck_assert_uint_eq(widest(out.data), 80);
}
END_TEST

START_TEST(text_lets_a_long_word_run_over_rather_than_break)
{
    char word[121];
    memset(word, 'x', 120);
    word[120] = '\0';
    page_row(arena, page, "L", word, NULL);
    format_text(page, &out);
    ck_assert_ptr_nonnull(strstr(out.data, word));
}
END_TEST

START_TEST(text_hangs_wrapped_values_below_their_column)
{
    page_row(arena, page, "Label", long_words[0], NULL);
    format_text(page, &out);
    ck_assert_ptr_nonnull(strstr(out.data, "\n         "));
}
END_TEST

START_TEST(nothing_that_a_terminal_obeys_gets_through)
{
    const char *bad = "a\x1b[31mb\x07\xC2\x9B"
                      "c\xE2\x80\xAE"
                      "d";
    page_row(arena, page, bad, bad, bad);
    page_heading(arena, page, bad);
    format_text(page, &out);
    ck_assert_ptr_nonnull(strstr(out.data, "a[31mbcd"));
    ck_assert_ptr_null(strpbrk(out.data, "\x1b\x07"));
    ck_assert_ptr_null(strstr(out.data, "\xC2\x9B"));
    ck_assert_ptr_null(strstr(out.data, "\xE2\x80\xAE"));
}
END_TEST

START_TEST(html_escapes_everything)
{
    const char *bad = "<script>\"'&\x1b";
    page_heading(arena, page, bad);
    page_row(arena, page, bad, bad, bad);
    page_paragraph(arena, page, bad);
    page_link(arena, page, bad, "/v1/\"x");
    format_html(page, &out);
    ck_assert_ptr_null(strstr(out.data, "<script"));
    ck_assert_ptr_null(strstr(out.data, "\x1b"));
    ck_assert_ptr_nonnull(strstr(out.data, "<h2>&lt;script&gt;&quot;&#39;&amp;</h2>"));
    ck_assert_ptr_nonnull(strstr(out.data, "<title>A &amp; B</title>"));
    ck_assert_ptr_nonnull(strstr(out.data, "<a href=\"/v1/&quot;x\">"));
}
END_TEST

START_TEST(tables_and_what_stands_around_a_page_are_escaped_too)
{
    static const char bad[] = "<img src=x onerror=\"alert(1)\">'&";
    static const struct interval drawn = {.low = 250, .high = 755, .most = 1000, .value = 500, .has_value = true};
    static const struct page_cell head[] = {{.text = bad}, {.text = "Score"}};
    static const struct page_cell row[] = {{.text = bad, .path = "/\"><b>"}, {.text = bad, .drawn = &drawn}};
    static const struct page_cell menu[] = {{.text = bad, .path = "/\"><i>"}, {.text = "Here", .path = "/here"}};
    const struct site site = {.screen = "none", .path = "/here", .about = bad, .menu = menu, .menu_count = 2};
    page_cells(arena, page, head, 2);
    page_cells(arena, page, row, 2);
    page_set_site(page, &site);
    format_html(page, &out);
    ck_assert_ptr_null(strstr(out.data, "<img"));
    ck_assert_ptr_null(strstr(out.data, "<b>"));
    ck_assert_ptr_null(strstr(out.data, "<i>"));
    ck_assert_ptr_nonnull(
        strstr(out.data, "<thead><tr><th scope=\"col\">&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"));
    ck_assert_ptr_nonnull(strstr(out.data, "<rect class=\"range\" x=\"25.0%\" width=\"50.5%\"/>"));
    ck_assert_ptr_nonnull(strstr(out.data, "<a aria-current=\"page\" href=\"/here\">Here</a>"));
    buf_reset(&out);
    format_text(page, &out);
    ck_assert_ptr_null(strstr(out.data, "Here"));
}
END_TEST

static const struct {
    const char *value;
    bool linked;
} addresses[] = {
    {"https://cert.be/", true}, {"http://x.example", true},      {"javascript:alert(1)", false},
    {"https://a b", false},     {"see https://cert.be/", false}, {"data:text/html,x", false},
};

START_TEST(html_links_addresses_on_the_web_only)
{
    page_row(arena, page, "Site", addresses[_i].value, NULL);
    format_html(page, &out);
    ck_assert_int_eq(strstr(out.data, "<a href") != NULL, addresses[_i].linked);
}
END_TEST

START_TEST(html_opens_and_closes_each_list_once)
{
    page_row(arena, page, "a", "1", NULL);
    page_row(arena, page, "b", "2", NULL);
    page_paragraph(arena, page, "between");
    page_link(arena, page, "c", "/c");
    format_html(page, &out);
    int opened = 0;
    int closed = 0;
    for (const char *at = out.data; (at = strstr(at, "<dl>")) != NULL; at++)
        opened++;
    for (const char *at = out.data; (at = strstr(at, "</dl>")) != NULL; at++)
        closed++;
    ck_assert_int_eq(opened, 2);
    ck_assert_int_eq(closed, 2);
}
END_TEST

START_TEST(the_hash_is_that_of_the_style_in_the_document)
{
    char hex[DIGEST_SIZE];
    digest_of(format_html_style, strlen(format_html_style), hex);
    uint8_t raw[32];
    for (size_t i = 0; i < sizeof(raw); i++)
        raw[i] = (uint8_t)strtoul((char[]){hex[2 * i], hex[2 * i + 1], '\0'}, NULL, 16);
    char coded[BASE64_ENCODE_RAW_LENGTH(sizeof(raw)) + 1] = {0};
    base64_encode_raw(coded, sizeof(raw), raw);
    ck_assert_int_eq(strncmp(format_html_style_hash, "sha256-", 7), 0);
    ck_assert_str_eq(format_html_style_hash + 7, coded);
    format_html(page, &out);
    const char *style = strstr(out.data, "<style>");
    ck_assert_ptr_nonnull(style);
    ck_assert_int_eq(strncmp(style + 7, format_html_style, strlen(format_html_style)), 0);
    ck_assert_int_eq(strncmp(style + 7 + strlen(format_html_style), "</style>", 8), 0);
}
END_TEST

TCase *format_page_cases(void)
{
    TCase *tests = tcase_create("pages");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, text_lays_out_every_part);
    tcase_add_test(tests, lines_stand_as_they_are_set);
    tcase_add_loop_test(tests, text_never_passes_80_columns, 0, COUNT_OF(long_words));
    tcase_add_test(tests, a_path_that_does_not_fit_beside_its_label_stands_below_it);
    tcase_add_test(tests, text_lets_a_long_word_run_over_rather_than_break);
    tcase_add_test(tests, text_hangs_wrapped_values_below_their_column);
    tcase_add_test(tests, nothing_that_a_terminal_obeys_gets_through);
    tcase_add_test(tests, html_escapes_everything);
    tcase_add_test(tests, tables_and_what_stands_around_a_page_are_escaped_too);
    tcase_add_loop_test(tests, html_links_addresses_on_the_web_only, 0, COUNT_OF(addresses));
    tcase_add_test(tests, html_opens_and_closes_each_list_once);
    tcase_add_test(tests, the_hash_is_that_of_the_style_in_the_document);
    return tests;
}
