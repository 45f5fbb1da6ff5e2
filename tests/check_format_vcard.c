/* SPDX-License-Identifier: MIT */
/* The writer of vCards: escapes, folding, numbers. That other programs read them is seen in tests/contract. */
#include <check.h>
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "cyberatlas/format.h"

TCase *format_vcard_cases(void);

static struct buf out;

static void set_up(void)
{
    buf_init(&out, 1 << 16);
}

static void tear_down(void)
{
    buf_done(&out);
}

static const struct {
    const char *text, *line;
} texts[] = {
    {"plain", "NOTE:plain\r\n"},
    {"a,b;c\\d", "NOTE:a\\,b\\;c\\\\d\r\n"},
    {"two\nlines\ttab", "NOTE:two\\nlines tab\r\n"},
    {"no\r\nEND:VCARD\r\nnew", "NOTE:no\\nEND:VCARD\\nnew\r\n"},
    {"bell\x07 del\x7F", "NOTE:bell del\r\n"},
    {"", "NOTE:\r\n"},
    {"Bundesamt f\xC3\xBCr", "NOTE:Bundesamt f\xC3\xBCr\r\n"},
};

START_TEST(vcard_text_never_ends_its_line)
{
    format_vcard_text("NOTE", texts[_i].text, &out);
    ck_assert_str_eq(out.data, texts[_i].line);
}
END_TEST

START_TEST(vcard_value_that_is_absent_is_left_out)
{
    format_vcard_text("NOTE", NULL, &out);
    format_vcard_plain("URL", NULL, &out);
    format_vcard_phone(NULL, &out);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

START_TEST(vcard_plain_value_stands_as_it_is)
{
    format_vcard_plain("URL;PREF=1", "https://cert.example/?a=1,2;b", &out);
    ck_assert_str_eq(out.data, "URL;PREF=1:https://cert.example/?a=1,2;b\r\n");
}
END_TEST

/* Every line within 75 octets and whole in itself; put together again it is what went in. */
static void check_folds(const char *want)
{
    CLEANUP(buf_done) struct buf whole;
    buf_init(&whole, 1 << 16);
    const char *at = out.data;
    for (size_t i = 0; *at != '\0'; i++) {
        size_t len = (size_t)(strstr(at, "\r\n") - at);
        ck_assert_uint_le(len, 75);
        ck_assert(i == 0 || at[0] == ' ');
        size_t skip = i == 0 ? 0 : 1;
        ck_assert(utf8_valid(at + skip, len - skip));
        buf_add(&whole, at + skip, len - skip);
        at += len + 2;
    }
    ck_assert_str_eq(whole.data, want);
}

static const char *const units[][2] = {{"x", "x"},
                                       {"\xC3\xA9", "\xC3\xA9"},
                                       {"\xE6\x97\xA5", "\xE6\x97\xA5"},
                                       {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
                                       {",", "\\,"}};

START_TEST(vcard_folds_within_75_octets_and_no_character)
{
    for (size_t count = 1; count < 200; count++) {
        char text[1024] = "";
        char want[1024] = "NOTE:";
        for (size_t i = 0; i < count; i++) {
            memcpy(text + strlen(text), units[_i][0], strlen(units[_i][0]) + 1);
            memcpy(want + strlen(want), units[_i][1], strlen(units[_i][1]) + 1);
        }
        buf_reset(&out);
        format_vcard_text("NOTE", text, &out);
        check_folds(want);
    }
}
END_TEST

static const struct {
    const char *number, *line;
} phones[] = {
    {"+32 2 501 05 60", "TEL;VALUE=uri:tel:+3225010560\r\n"},
    {"+49 (0)228/99", "TEL;VALUE=uri:tel:+4922899\r\n"},
    {"112", "TEL;VALUE=text:112\r\n"},
    {"+", "TEL;VALUE=text:+\r\n"},
    {"+1 800 CALL, ext. 4", "TEL;VALUE=text:+1 800 CALL\\, ext. 4\r\n"},
};

START_TEST(vcard_number_is_a_uri_where_it_is_global)
{
    format_vcard_phone(phones[_i].number, &out);
    ck_assert_str_eq(out.data, phones[_i].line);
}
END_TEST

START_TEST(vcard_card_has_its_version_first)
{
    format_vcard_open(&out);
    format_vcard_close(&out);
    ck_assert_str_eq(out.data, "BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n");
}
END_TEST

TCase *format_vcard_cases(void)
{
    TCase *tcase = tcase_create("vcard");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, vcard_text_never_ends_its_line, 0, COUNT_OF(texts));
    tcase_add_test(tcase, vcard_value_that_is_absent_is_left_out);
    tcase_add_test(tcase, vcard_plain_value_stands_as_it_is);
    tcase_add_loop_test(tcase, vcard_folds_within_75_octets_and_no_character, 0, COUNT_OF(units));
    tcase_add_loop_test(tcase, vcard_number_is_a_uri_where_it_is_global, 0, COUNT_OF(phones));
    tcase_add_test(tcase, vcard_card_has_its_version_first);
    return tcase;
}
