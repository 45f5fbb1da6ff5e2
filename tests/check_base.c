/* SPDX-License-Identifier: MIT */
/* Tests of the base room: buffers, arenas, dates, UTF-8, nearest words, log escapes, digests, and the look-ups in
 * facts. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/date.h"
#include "cyberatlas/base/digest.h"
#include "cyberatlas/base/embedded.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/base/fault.h"
#include "cyberatlas/base/kind.h"
#include "cyberatlas/base/log.h"
#include "cyberatlas/base/media.h"
#include "cyberatlas/base/nearest.h"
#include "cyberatlas/base/utf8.h"
#include "run_suites.h"

void base_uuid_cases(TCase *tests);

START_TEST(buf_keeps_what_was_added_and_ends_with_nul)
{
    CLEANUP(buf_done) struct buf buf;
    buf_init(&buf, 1000);
    buf_puts(&buf, "one ");
    buf_printf(&buf, "%d %s", 2, "three");
    buf_putc(&buf, '!');
    ck_assert(buf_ok(&buf));
    ck_assert_str_eq(buf.data, "one 2 three!");
    ck_assert_uint_eq(buf.len, 12);
}
END_TEST

START_TEST(buf_fails_at_its_ceiling_and_stays_as_it_was)
{
    CLEANUP(buf_done) struct buf buf;
    buf_init(&buf, 5);
    buf_puts(&buf, "12345");
    ck_assert(buf_ok(&buf));
    buf_putc(&buf, '6');
    ck_assert(!buf_ok(&buf));
    ck_assert_str_eq(buf.data, "12345");
    buf_reset(&buf);
    ck_assert(buf_ok(&buf));
    buf_printf(&buf, "%06d", 1);
    ck_assert(!buf_ok(&buf));
}
END_TEST

START_TEST(buf_take_gives_the_bytes_away)
{
    CLEANUP(buf_done) struct buf buf;
    buf_init(&buf, 10);
    buf_puts(&buf, "abc");
    size_t len;
    char *data = buf_take(&buf, &len);
    ck_assert_str_eq(data, "abc");
    ck_assert_uint_eq(len, 3);
    free(data);
    ck_assert_ptr_null(buf.data);
    buf_puts(&buf, "0123456789");
    ck_assert(buf_ok(&buf));
}
END_TEST

START_TEST(arena_serves_small_and_large_and_stops_at_its_ceiling)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(300000);
    for (int i = 0; i < 1000; i++) {
        char *small = arena_printf(arena, "number %d", i);
        ck_assert_ptr_nonnull(small);
        ck_assert_int_eq(atol(small + 7), i);
    }
    ck_assert_ptr_nonnull(arena_alloc(arena, 200000));
    ck_assert(arena_ok(arena));
    ck_assert_ptr_null(arena_alloc(arena, 200000));
    ck_assert(!arena_ok(arena));
    ck_assert_ptr_null(arena_alloc(arena, 1));
}
END_TEST

START_TEST(arena_refuses_a_product_that_overflows)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(SIZE_MAX / 4);
    ck_assert_ptr_null(arena_array(arena, SIZE_MAX / 2, 8));
    ck_assert(!arena_ok(arena));
}
END_TEST

static const struct {
    const char *text;
    const char *first;
    const char *last;
} dates[] = {
    {"2012", "2012-01-01", "2012-12-31"},       {"2017-07", "2017-07-01", "2017-07-31"},
    {"2016-02", "2016-02-01", "2016-02-29"},    {"2100-02", "2100-02-01", "2100-02-28"},
    {"2016-07-05", "2016-07-05", "2016-07-05"}, {"1970-01-01", "1970-01-01", "1970-01-01"},
    {"1900-01-01", "1900-01-01", "1900-01-01"}, {"2199-12-31", "2199-12-31", "2199-12-31"},
    {"2000-02-29", "2000-02-29", "2000-02-29"}, {"1958", "1958-01-01", "1958-12-31"},
};

START_TEST(date_reads_its_precision_as_an_interval)
{
    struct date date;
    char text[DATE_TEXT_SIZE];
    ck_assert(date_parse(dates[_i].text, &date));
    date_format(date.first, text);
    ck_assert_str_eq(text, dates[_i].first);
    date_format(date.last, text);
    ck_assert_str_eq(text, dates[_i].last);
}
END_TEST

static const char *const no_dates[] = {"",           "17",          "201",        "2012-",      "2012-1",
                                       "2012-13",    "2012-00",     "2017-02-29", "2017-04-31", "2017-7-05",
                                       "2017/07/05", "2017-07-05Z", "1899",       "2200",       "20 2",
                                       "2017-07-0a", "-012",        "2017-07-00", "2017-07-32", "٢٠١٢"};

START_TEST(date_refuses_what_is_none)
{
    struct date date = {7, 7};
    ck_assert(!date_parse(no_dates[_i], &date));
    ck_assert_int_eq(date.first, 7);
}
END_TEST

START_TEST(every_day_of_three_centuries_survives_the_round_trip)
{
    struct date first;
    struct date last;
    ck_assert(date_parse("1900-01-01", &first));
    ck_assert(date_parse("2199-12-31", &last));
    ck_assert_int_eq(last.last - first.first + 1, 300 * 365 + 73);
    for (int32_t day = first.first; day <= last.last; day++) {
        char text[DATE_TEXT_SIZE];
        struct date again;
        date_format(day, text);
        ck_assert(date_parse(text, &again));
        ck_assert_int_eq(again.first, day);
    }
}
END_TEST

static const struct {
    const char *from;
    int months;
    const char *to;
} shifts[] = {
    {"2017-07-31", 24, "2015-07-31"}, {"2016-02-29", 12, "2015-02-28"}, {"2017-03-31", 1, "2017-02-28"},
    {"2017-01-15", 1, "2016-12-15"},  {"2017-12-15", -1, "2018-01-15"}, {"2017-05-31", 0, "2017-05-31"},
};

START_TEST(months_before_stays_within_the_month)
{
    struct date from;
    char text[DATE_TEXT_SIZE];
    ck_assert(date_parse(shifts[_i].from, &from));
    date_format(date_months_before(from.last, shifts[_i].months), text);
    ck_assert_str_eq(text, shifts[_i].to);
}
END_TEST

static const struct {
    const char *bytes;
    bool valid;
} utf8s[] = {
    {"plain", true},
    {"Österreich Ελλάδα 日本 😀", true},
    {"\xC0\xAF", false},
    {"\xE0\x80\xAF", false},
    {"\xED\xA0\x80", false},
    {"\xF4\x90\x80\x80", false},
    {"\xF0\x8F\x80\x80", false},
    {"\xFF", false},
    {"\xE2\x82", false},
    {"\x80", false},
    {"\xC3(", false},
    {"\xF0\x90\x80", false},
    {"\xF4\x8F\xBF\xBF", true},
    {"", true},
};

START_TEST(utf8_validity_follows_rfc_3629)
{
    ck_assert_int_eq(utf8_valid(utf8s[_i].bytes, strlen(utf8s[_i].bytes)), utf8s[_i].valid);
}
END_TEST

START_TEST(utf8_width_counts_columns_not_bytes)
{
    ck_assert_uint_eq(utf8_width("Österreich"), 10);
    ck_assert_uint_eq(utf8_width("日本"), 4);
    ck_assert_uint_eq(utf8_width("e\xCC\x81"), 1);
    ck_assert_uint_eq(utf8_width(""), 0);
    const char *at = "€x";
    ck_assert_uint_eq(utf8_next(&at), 0x20AC);
    ck_assert_uint_eq(utf8_next(&at), 'x');
}
END_TEST

static const struct {
    const char *wanted;
    const char *found;
} words[] = {
    {"contry", "country"}, {"COUNTRY", "country"}, {"sotr", "sort"}, {"limt", "limit"}, {"zzzzzz", NULL}, {"", NULL},
    {"x", NULL},
};

START_TEST(nearest_finds_slips_and_nothing_else)
{
    static const char *const candidates[] = {"country", "sort", "limit", "cursor"};
    struct nearest best = {0};
    for (size_t i = 0; i < COUNT_OF(candidates); i++)
        nearest_try(&best, words[_i].wanted, candidates[i]);
    if (words[_i].found == NULL)
        ck_assert_ptr_null(best.word);
    else
        ck_assert_pstr_eq(best.word, words[_i].found);
}
END_TEST

START_TEST(nearest_ignores_words_beyond_its_ceiling)
{
    char longest[200];
    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    struct nearest best = {0};
    nearest_try(&best, longest, longest);
    ck_assert_ptr_null(best.word);
}
END_TEST

START_TEST(log_fields_stay_on_one_line)
{
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, 1000);
    log_escape(&out, "a\"b\\c\r\n\x7F\xC3\xA9", 10);
    ck_assert_str_eq(out.data, "a\\x22b\\x5cc\\x0d\\x0a\\x7f\\xc3\\xa9");
}
END_TEST

START_TEST(digest_matches_fips_180_4)
{
    static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    char hex[DIGEST_SIZE];
    digest_of("abc", 3, hex);
    ck_assert_str_eq(hex, abc);
    struct digest *digest = digest_start();
    digest_add(digest, "a", 1);
    digest_add(digest, "bc", 2);
    digest_end(digest, hex);
    ck_assert_str_eq(hex, abc);
    digest_end(NULL, hex);
    ck_assert_str_eq(hex, "");
}
END_TEST

START_TEST(faults_carry_their_sentence_and_status)
{
    struct fault fault;
    ck_assert(!fault_set(&fault, FAULT_BAD_VALUE, "limit must be %d", 7));
    ck_assert_str_eq(fault.detail, "limit must be 7");
    for (int kind = FAULT_NONE + 1; kind < FAULT_COUNT; kind++) {
        ck_assert_uint_ge(fault_table[kind].status, 400);
        ck_assert_uint_lt(fault_table[kind].status, 600);
        ck_assert(fault_table[kind].id[0] != '\0' && fault_table[kind].title[0] != '\0' &&
                  fault_table[kind].hint[0] != '\0');
    }
    char quoted[65];
    ck_assert_str_eq(fault_quote("a\nb\xFF", quoted), "a?b?");
}
END_TEST

static const struct claim belgium_claims[] = {
    {.field = "name",
     .value = {.type = VALUE_TEXT, .text = "Belgium", .json = "\"Belgium\""},
     .evidence = {.source = "s"}},
    {.field = "groups",
     .item = "1",
     .value = {.type = VALUE_NONE},
     .unknown = "lost_in_capture",
     .evidence = {.source = "s"}},
    {.field = "groups", .item = "2", .value = {.type = VALUE_FLAG, .integer = 1}, .evidence = {.source = "s"}},
};
static const struct thing things[] = {
    {THING_COUNTRY, "BE", NULL, belgium_claims, COUNT_OF(belgium_claims)},
    {THING_COUNTRY, "NL", NULL, NULL, 0},
    {THING_STRATEGY, "be-b", "BE", NULL, 0},
    {THING_STRATEGY, "be-a", "BE", NULL, 0},
    {THING_STRATEGY, "nl-a", "NL", NULL, 0},
    {THING_CERT, "cert-be", "BE", NULL, 0},
};
static const struct answer answers[] = {
    {.country = "BE", .criterion = "a"},
    {.country = "BE", .criterion = "b", .value = ANSWER_NO},
    {.country = "BE", .criterion = "b"},
    {.country = "NL", .criterion = "a"},
};
static const struct facts facts = {
    .things = things, .thing_count = COUNT_OF(things), .answers = answers, .answer_count = COUNT_OF(answers)};

START_TEST(facts_slices_hold_exactly_what_is_asked)
{
    size_t count;
    ck_assert_ptr_eq(facts_things(&facts, THING_STRATEGY, "BE", &count), &things[2]);
    ck_assert_uint_eq(count, 2);
    (void)facts_things(&facts, THING_STRATEGY, NULL, &count);
    ck_assert_uint_eq(count, 3);
    (void)facts_things(&facts, THING_LAW, "BE", &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_ptr_eq(facts_answers(&facts, "BE", "b", &count), &answers[1]);
    ck_assert_uint_eq(count, 2);
    (void)facts_answers(&facts, "BE", NULL, &count);
    ck_assert_uint_eq(count, 3);
    (void)facts_answers(&facts, "XX", NULL, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_ptr_eq(facts_thing(&facts, THING_CERT, "cert-be"), &things[5]);
    ck_assert_ptr_null(facts_country(&facts, "XX"));
}
END_TEST

START_TEST(things_show_their_first_claim)
{
    size_t count;
    ck_assert_str_eq(thing_text(&things[0], "name"), "Belgium");
    ck_assert_ptr_eq(thing_claims(&things[0], "groups", &count), &belgium_claims[1]);
    ck_assert_uint_eq(count, 2);
    ck_assert_ptr_null(thing_value(&things[0], "groups"));
    ck_assert_ptr_null(thing_text(&things[0], "alpha3"));
}
END_TEST

START_TEST(kinds_name_each_field_once_and_codes_have_a_vocabulary)
{
    const struct field *fields = kind_table[_i].fields;
    for (const struct field *field = fields; field->name != NULL; field++) {
        ck_assert_ptr_eq(field_find(fields, field->name), field);
        ck_assert_msg((field->shape == SHAPE_CODE) == (field->vocabulary != NULL), "%s", field->name);
        ck_assert_msg((field->shape == SHAPE_RECORD) == (field->parts != NULL), "%s", field->name);
    }
    ck_assert_ptr_null(field_find(fields, "no_such_field"));
}
END_TEST

START_TEST(media_suffixes_are_unique)
{
    const char *own = media_table[_i].suffix;
    for (int other = 0; own != NULL && other < _i; other++)
        ck_assert(media_table[other].suffix == NULL || strcmp(media_table[other].suffix, own) != 0);
}
END_TEST

START_TEST(embedded_files_are_sorted_and_found)
{
    for (size_t i = 0; i < embedded_count; i++) {
        ck_assert_ptr_eq(embedded_find(embedded_table[i].name), &embedded_table[i]);
        ck_assert(i == 0 || strcmp(embedded_table[i - 1].name, embedded_table[i].name) < 0);
        ck_assert_int_eq(embedded_table[i].data[embedded_table[i].len], '\0');
    }
    ck_assert_ptr_nonnull(embedded_find("src/store/schema.sql"));
    ck_assert_ptr_null(embedded_find("no such file"));
}
END_TEST

int main(void)
{
    TCase *plain = tcase_create("base");
    tcase_add_test(plain, buf_keeps_what_was_added_and_ends_with_nul);
    tcase_add_test(plain, buf_fails_at_its_ceiling_and_stays_as_it_was);
    tcase_add_test(plain, buf_take_gives_the_bytes_away);
    tcase_add_test(plain, arena_serves_small_and_large_and_stops_at_its_ceiling);
    tcase_add_test(plain, arena_refuses_a_product_that_overflows);
    tcase_add_loop_test(plain, date_reads_its_precision_as_an_interval, 0, COUNT_OF(dates));
    tcase_add_loop_test(plain, date_refuses_what_is_none, 0, COUNT_OF(no_dates));
    tcase_add_test(plain, every_day_of_three_centuries_survives_the_round_trip);
    tcase_add_loop_test(plain, months_before_stays_within_the_month, 0, COUNT_OF(shifts));
    tcase_add_loop_test(plain, utf8_validity_follows_rfc_3629, 0, COUNT_OF(utf8s));
    tcase_add_test(plain, utf8_width_counts_columns_not_bytes);
    tcase_add_loop_test(plain, nearest_finds_slips_and_nothing_else, 0, COUNT_OF(words));
    tcase_add_test(plain, nearest_ignores_words_beyond_its_ceiling);
    tcase_add_test(plain, log_fields_stay_on_one_line);
    tcase_add_test(plain, digest_matches_fips_180_4);
    base_uuid_cases(plain);
    tcase_add_test(plain, faults_carry_their_sentence_and_status);
    tcase_add_test(plain, facts_slices_hold_exactly_what_is_asked);
    tcase_add_test(plain, things_show_their_first_claim);
    tcase_add_loop_test(plain, kinds_name_each_field_once_and_codes_have_a_vocabulary, 0, THING_COUNT);
    tcase_add_loop_test(plain, media_suffixes_are_unique, 0, MEDIA_COUNT);
    tcase_add_test(plain, embedded_files_are_sorted_and_found);
    Suite *suite = suite_create("base");
    suite_add_tcase(suite, plain);
    return run_suites((Suite *[]){suite, NULL});
}
