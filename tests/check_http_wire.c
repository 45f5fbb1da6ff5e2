/* SPDX-License-Identifier: MIT */
/* The filter on the wire by itself: what it lets through does not depend on how the bytes come, and always consists of
 * as many whole heads as it says, whatever comes. Where the program is built without it there is nothing to test. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../src/http/internal.h"
#include "http/hostile.h"
#include "http/running.h"

#if HEAD_FILTER

enum { MOST_CUTS = 512, MUTATIONS = 40, ROOM = 64 };

static struct hostile_table table;

struct passed {
    char *bytes;
    size_t len;
    struct wire wire;
};

/* Through the filter in pieces that end at `cut` and then have `step` bytes each. */
static struct passed pass(const char *bytes, size_t len, size_t cut, size_t step)
{
    struct passed passed = {.bytes = malloc(len + ROOM)};
    ck_assert_ptr_nonnull(passed.bytes);
    for (size_t at = 0; at < len;) {
        size_t piece = at < cut ? cut - at : step;
        piece = piece < len - at ? piece : len - at;
        memcpy(passed.bytes + passed.len, bytes + at, piece);
        passed.len += wire_pass(&passed.wire, passed.bytes + passed.len, piece);
        at += piece;
    }
    while (passed.wire.ending != NULL)
        passed.len += wire_end(&passed.wire, passed.bytes + passed.len, 3);
    return passed;
}

static void expect_same(const struct hostile_row *row, const struct passed *whole, size_t cut, size_t step)
{
    struct passed other = pass(row->bytes, row->len, cut, step);
    ck_assert_msg(other.len == whole->len && memcmp(other.bytes, whole->bytes, other.len) == 0,
                  "%s: other bytes, %zu %zu", row->name, cut, step);
    ck_assert_msg(other.wire.refusal == whole->wire.refusal && other.wire.heads == whole->wire.heads &&
                      other.wire.state == whole->wire.state,
                  "%s: another verdict, %zu %zu", row->name, cut, step);
    free(other.bytes);
}

START_TEST(a_verdict_does_not_depend_on_how_the_bytes_come)
{
    const struct hostile_row *row = &table.rows[_i];
    struct passed whole = pass(row->bytes, row->len, 0, row->len);
    size_t stride = row->len / MOST_CUTS + 1;
    for (size_t cut = 1; cut < row->len; cut += stride)
        expect_same(row, &whole, cut, row->len);
    expect_same(row, &whole, 0, 1);
    expect_same(row, &whole, 0, 7);
    free(whole.bytes);
}
END_TEST

/* The heads in what got through, read without regard to what the filter thinks. */
static size_t count_heads(const char *bytes, size_t len)
{
    size_t heads = 0, line = 0;
    bool within = false;
    for (size_t at = 0; at + 1 < len; at++) {
        if (bytes[at] != '\r')
            continue;
        ck_assert_msg(bytes[at + 1] == '\n', "a bare CR got through");
        heads += within && at == line ? 1 : 0;
        within = at != line;
        line = at + 2;
    }
    return heads;
}

/* Whatever a machine of pure chance makes of a row: no byte that ends a line elsewhere gets through, and no NUL. */
static void expect_clean(const struct passed *passed)
{
    for (size_t at = 0; at < passed->len; at++) {
        ck_assert_msg(passed->bytes[at] != '\0', "a NUL got through");
        ck_assert_msg(passed->bytes[at] != '\n' || (at > 0 && passed->bytes[at - 1] == '\r'), "a bare LF got through");
    }
}

START_TEST(what_gets_through_has_no_nul_and_no_bare_line_end)
{
    const struct hostile_row *row = &table.rows[_i];
    unsigned seed = (unsigned)_i + 1;
    size_t len = row->len < 2000 ? row->len : 2000;
    char *bytes = malloc(len);
    ck_assert_ptr_nonnull(bytes);
    for (int round = 0; round < MUTATIONS; round++) {
        static const char marks[] = "\r\n\0 :\t\x7f\xff;/%0aZ{";
        memcpy(bytes, row->bytes, len);
        for (int i = 0; i <= round % 4; i++) {
            seed = seed * 1103515245U + 12345U;
            bytes[(seed >> 8) % len] = marks[(seed >> 24) % (sizeof(marks) - 1)];
        }
        struct passed passed = pass(bytes, len, 0, 1 + seed % 50);
        expect_clean(&passed);
        if (passed.wire.refusal != NULL || passed.wire.state == WIRE_START)
            ck_assert_uint_eq(count_heads(passed.bytes, passed.len),
                              passed.wire.heads + (passed.wire.refusal != NULL ? 1 : 0));
        free(passed.bytes);
    }
    free(bytes);
}
END_TEST

START_TEST(cookies_and_white_space_around_a_length_stay_outside)
{
    static const char head[] =
        "GET / HTTP/1.1\r\nCOOKIE: a=b\r\ncontent-Length: \t0 \r\nCooki: c\r\nCookies: d\r\n\r\n";
    static const char wanted[] = "GET / HTTP/1.1\r\nCOOKIE:\r\ncontent-Length:0\r\nCooki: c\r\nCookies: d\r\n\r\n";
    struct passed passed = pass(head, sizeof(head) - 1, 0, sizeof(head));
    ck_assert_uint_eq(passed.len, sizeof(wanted) - 1);
    ck_assert_mem_eq(passed.bytes, wanted, passed.len);
    ck_assert_ptr_null(passed.wire.refusal);
    ck_assert_uint_eq(passed.wire.heads, 1);
    free(passed.bytes);
}
END_TEST

START_TEST(the_filter_is_in_effect_here)
{
    struct err err = {0};
    log_set_level(LOG_ERROR);
    ck_assert_msg(wire_verify(&err), "%s", err.text);
}
END_TEST

static void drop_table(void)
{
    hostile_free(&table);
}

void add_wire_cases(Suite *suite)
{
    table = hostile_load_here();
    (void)atexit(drop_table);
    TCase *tcase = tcase_create("wire");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_verdict_does_not_depend_on_how_the_bytes_come, 0, (int)table.count);
    tcase_add_loop_test(tcase, what_gets_through_has_no_nul_and_no_bare_line_end, 0, (int)table.count);
    tcase_add_test(tcase, cookies_and_white_space_around_a_length_stay_outside);
    tcase_add_test(tcase, the_filter_is_in_effect_here);
    suite_add_tcase(suite, tcase);
}

#else

void add_wire_cases(Suite *suite)
{
    (void)suite;
}

#endif
