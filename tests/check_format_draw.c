/* SPDX-License-Identifier: MIT */
/* Drawn intervals column by column, and text in US-ASCII: every letter of the EU's languages in Latin script, columns
 * that stay in line, and damage that does no harm. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/utf8.h"
#include "cyberatlas/format.h"

TCase *format_draw_cases(void);

static struct buf out;
static struct buf plain;

static void set_up(void)
{
    buf_init(&out, 1 << 20);
    buf_init(&plain, 1 << 20);
}

static void tear_down(void)
{
    buf_done(&out);
    buf_done(&plain);
}

static const struct {
    struct interval interval;
    size_t width;
    const char *drawn;
} intervals[] = {
    {{0, 1000, 1000, 500, true}, 11, "├────●────┤"},
    {{0, 1000, 1000, 0, false}, 11, "├─────────┤"},
    {{0, 1000, 1000, 0, true}, 11, "●─────────┤"},
    {{0, 1000, 1000, 1000, true}, 11, "├─────────●"},
    {{200, 700, 1000, 500, true}, 11, "  ├──●─┤   "},
    {{318, 591, 1000, 444, true}, 11, "   ├●─┤    "},
    {{500, 500, 1000, 500, true}, 11, "     ●     "},
    {{500, 500, 1000, 0, false}, 11, "     │     "},
    {{0, 0, 1000, 0, false}, 3, "│  "},
    {{1000, 1000, 1000, 1000, true}, 3, "  ●"},
    {{0, 1000, 1000, 500, true}, 3, "├●┤"},
    {{0, 1000, 1000, 0, false}, 3, "├─┤"},
    {{249, 749, 1000, 0, false}, 3, "├┤ "}, /* the nearest column; halves go to the right */
    {{250, 750, 1000, 0, false}, 3, " ├┤"},
    {{250, 251, 1000, 0, false}, 3, " │ "},
    {{0, INT32_MAX, INT32_MAX, INT32_MAX, true}, 5, "├───●"},
    {{1, 2, 2, 2, true}, 5, "  ├─●"},
};

START_TEST(an_interval_is_drawn_on_its_scale)
{
    format_interval(&intervals[_i].interval, intervals[_i].width, &out);
    ck_assert_str_eq(out.data, intervals[_i].drawn);
}
END_TEST

START_TEST(an_interval_is_as_wide_as_asked_and_holds_its_value)
{
    size_t width = INTERVAL_LEAST + (size_t)_i;
    for (int64_t low = 0; low <= 1000; low += 83)
        for (int64_t high = low; high <= 1000; high += 61)
            for (int64_t value = low; value <= high; value += 47) {
                buf_reset(&out);
                format_interval(&(struct interval){low, high, 1000, value, true}, width, &out);
                ck_assert_uint_eq(utf8_width(out.data), width);
                const char *at = strstr(out.data, "●");
                ck_assert_ptr_nonnull(at);
                ck_assert_ptr_null(strstr(at + 1, "●"));
                /* What stands left of the value is drawn or blank, never the right end. */
                const char *end = strstr(out.data, "┤");
                ck_assert(end == NULL || end > at);
            }
}
END_TEST

START_TEST(an_interval_reads_in_ascii_too)
{
    format_interval(&(struct interval){200, 700, 1000, 500, true}, 11, &out);
    format_ascii(out.data, out.len, &plain);
    ck_assert_str_eq(plain.data, "  |--o-|   ");
}
END_TEST

/* The letters with marks of each language's alphabet, and what they become. */
static const struct {
    const char *language, *letters, *ascii;
} alphabets[] = {
    {"Croatian", "ČčĆćĐđŠšŽž", "CcCcDdSsZz"},
    {"Czech", "ÁáČčĎďÉéĚěÍíŇňÓóŘřŠšŤťÚúŮůÝýŽž", "AaCcDdEeEeIiNnOoRrSsTtUuUuYyZz"},
    {"Danish", "ÆæØøÅåÉé", "AaOoAaEe"},
    {"Dutch", "ÁáÄäÉéËëÍíÏïÓóÖöÚúÜüĲĳ", "AaAaEeEeIiIiOoOoUuUuIi"},
    {"Estonian", "ÄäÕõÖöÜüŠšŽž", "AaOoOoUuSsZz"},
    {"Finnish", "ÄäÖöÅåŠšŽž", "AaOoAaSsZz"},
    {"French", "ÀàÂâÆæÇçÈèÉéÊêËëÎîÏïÔôŒœÙùÛûÜüŸÿ", "AaAaAaCcEeEeEeEeIiIiOoOoUuUuUuYy"},
    {"German", "ÄäÖöÜüẞß", "AaOoUuSs"},
    {"Hungarian", "ÁáÉéÍíÓóÖöŐőÚúÜüŰű", "AaEeIiOoOoOoUuUuUu"},
    {"Irish", "ÁáÉéÍíÓóÚúḂḃĊċḊḋḞḟĠġṀṁṖṗṠṡṪṫ", "AaEeIiOoUuBbCcDdFfGgMmPpSsTt"},
    {"Italian", "ÀàÈèÉéÌìÎîÒòÓóÙù", "AaEeEeIiIiOoOoUu"},
    {"Latvian", "ĀāČčĒēĢģĪīĶķĻļŅņŌōŖŗŠšŪūŽž", "AaCcEeGgIiKkLlNnOoRrSsUuZz"},
    {"Lithuanian", "ĄąČčĘęĖėĮįŠšŲųŪūŽž", "AaCcEeEeIiSsUuUuZz"},
    {"Maltese", "ĊċĠġĦħŻżÀàÈèÌìÒòÙù", "CcGgHhZzAaEeIiOoUu"},
    {"Polish", "ĄąĆćĘęŁłŃńÓóŚśŹźŻż", "AaCcEeLlNnOoSsZzZz"},
    {"Portuguese", "ÁáÂâÃãÀàÇçÉéÊêÍíÓóÔôÕõÚúÜü", "AaAaAaAaCcEeEeIiOoOoOoUuUu"},
    {"Romanian", "ĂăÂâÎîȘșȚțŞşŢţ", "AaAaIiSsTtSsTt"},
    {"Slovak", "ÁáÄäČčĎďÉéÍíĹĺĽľŇňÓóÔôŔŕŠšŤťÚúÝýŽž", "AaAaCcDdEeIiLlLlNnOoOoRrSsTtUuYyZz"},
    {"Slovene", "ČčŠšŽžĆćĐđ", "CcSsZzCcDd"},
    {"Spanish", "ÁáÉéÍíÑñÓóÚúÜü¿¡", "AaEeIiNnOoUuUu?!"},
    {"Swedish", "ÅåÄäÖöÉé", "AaAaOoEe"},
    {"the rest of Europe", "ÐðÞþĞğİıəƏŴŵŶŷ", "DdTtGgIieEWwYy"},
    {"combined marks",
     "e\xCC\x81"
     "A\xCC\x8A",
     "eA"},
    {"what is written between them", "‘a’ “b” „c“ «d» ‹e› – — − … · • ′ ″ × ÷ → ½ €",
     "'a' \"b\" \"c\" \"d\" 'e' - - - . . * ' \" x / > ? E"},
    {"no-break spaces",
     "1\xC2\xA0"
     "000\xE2\x80\xAF%",
     "1 000 %"},
    {"drawn lines", "┌─┬━┐│├┼┤└┴┘═●○", "+-+-+||+|+++=oo"},
    {"other scripts", "Ελλάς Киев 日本", "????? ???? ????"},
    {"what was plain", "~plain\t\"text\"\r\n", "~plain\t\"text\"\r\n"},
    {"nothing", "", ""},
};

START_TEST(ascii_is_what_a_reader_expects_in_every_language)
{
    format_ascii(alphabets[_i].letters, strlen(alphabets[_i].letters), &out);
    ck_assert_msg(strcmp(out.len == 0 ? "" : out.data, alphabets[_i].ascii) == 0, "%s: %s", alphabets[_i].language,
                  out.data);
}
END_TEST

static void put_point(uint32_t point, struct buf *to)
{
    if (point < 0x80)
        buf_putc(to, (char)point);
    else if (point < 0x800)
        buf_printf(to, "%c%c", (char)(0xC0 | point >> 6), (char)(0x80 | (point & 0x3F)));
    else if (point < 0x10000)
        buf_printf(to, "%c%c%c", (char)(0xE0 | point >> 12), (char)(0x80 | (point >> 6 & 0x3F)),
                   (char)(0x80 | (point & 0x3F)));
    else
        buf_printf(to, "%c%c%c%c", (char)(0xF0 | point >> 18), (char)(0x80 | (point >> 12 & 0x3F)),
                   (char)(0x80 | (point >> 6 & 0x3F)), (char)(0x80 | (point & 0x3F)));
}

START_TEST(ascii_is_as_wide_as_the_text_whatever_the_letter)
{
    for (uint32_t point = 1; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 7) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        buf_reset(&out);
        buf_reset(&plain);
        put_point(point, &out);
        format_ascii(out.data, out.len, &plain);
        ck_assert_msg(plain.len == utf8_width_of(point), "U+%04X", (unsigned)point);
        for (size_t i = 0; i < plain.len; i++)
            ck_assert_msg((unsigned char)plain.data[i] < 0x80, "U+%04X", (unsigned)point);
        bool controls = plain.len > 0 && ((unsigned char)plain.data[0] < 0x20 || plain.data[0] == 0x7F);
        ck_assert_msg(!controls || point < 0x80, "U+%04X", (unsigned)point);
    }
}
END_TEST

static const struct {
    const char *text;
    size_t len;
    const char *ascii;
} damage[] = {
    {"\xC3", 1, "?"},
    {"\xC3\xA9", 1, "?"},
    {"a\xE2\x94", 3, "a??"},
    {"\xE2\x94\x9C", 2, "??"},
    {"\x80z", 2, "?z"},
    {"\xC0\x80z", 3, "??z"},
    {"\xED\xA0\x80", 3, "???"},
    {"\xF0\x9F\x98\x80", 3, "???"},
    {"\xF5\x80\x80\x80z", 5, "????z"},
    {"\xFF\xC3\xA9", 3, "?e"},
};

START_TEST(damaged_text_gives_question_marks_and_no_byte_is_read_behind_it)
{
    char *copy = malloc(damage[_i].len); /* its own block, so that a sanitizer sees a byte too far */
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, damage[_i].text, damage[_i].len);
    format_ascii(copy, damage[_i].len, &out);
    free(copy);
    ck_assert_str_eq(out.data, damage[_i].ascii);
}
END_TEST

START_TEST(drawing_tells_when_there_is_no_room)
{
    struct buf small;
    buf_init(&small, 10);
    format_interval(&(struct interval){0, 1000, 1000, 0, false}, 11, &small);
    ck_assert(!buf_ok(&small));
    buf_reset(&small);
    format_ascii("eleven more", 11, &small);
    ck_assert(!buf_ok(&small));
    buf_done(&small);
}
END_TEST

TCase *format_draw_cases(void)
{
    TCase *tests = tcase_create("drawn");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, an_interval_is_drawn_on_its_scale, 0, COUNT_OF(intervals));
    tcase_add_loop_test(tests, an_interval_is_as_wide_as_asked_and_holds_its_value, 0, 20);
    tcase_add_test(tests, an_interval_reads_in_ascii_too);
    tcase_add_loop_test(tests, ascii_is_what_a_reader_expects_in_every_language, 0, COUNT_OF(alphabets));
    tcase_add_test(tests, ascii_is_as_wide_as_the_text_whatever_the_letter);
    tcase_add_loop_test(tests, damaged_text_gives_question_marks_and_no_byte_is_read_behind_it, 0, COUNT_OF(damage));
    tcase_add_test(tests, drawing_tells_when_there_is_no_room);
    return tests;
}
