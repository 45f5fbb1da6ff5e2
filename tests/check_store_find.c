/* SPDX-License-Identifier: MIT */
/* What filters and search find, in which order, whatever stands in `q`; and many threads asking at once. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_store.h"
#include "cyberatlas/base/buf.h"

static struct store *store;

static void setup(void)
{
    struct err err;
    fixture_setup();
    fixture_publish(fixture_path("a.db"), 1);
    ck_assert_msg(store_open(fixture_path("a.db"), 4, &store, &err), "%s", err.text);
}

static void teardown(void)
{
    store_close(store);
    fixture_teardown();
}

/* "0 2 4", or "!" and the reason. */
static void find(const char *list, const struct store_filter *filters, size_t count, const char *q, const char *sort,
                 char ret[256])
{
    struct err err;
    uint32_t *found = NULL;
    size_t found_count = 0;
    struct store_reader *reader = store_lend(store);
    bool ok = store_find(reader, list, filters, count, q, sort, &found, &found_count, &err);
    store_give_back(store, reader);
    if (!ok) {
        (void)snprintf(ret, 256, "!%d %.200s", (int)err.kind, err.text);
        return;
    }
    size_t len = 0;
    ret[0] = '\0';
    for (size_t i = 0; i < found_count; i++)
        len += (size_t)snprintf(ret + len, 256 - len, i == 0 ? "%u" : " %u", found[i]);
    free(found);
}

static const struct filter_case {
    const char *country, *type, *other_type, *q, *sort, *found;
} filter_cases[] = {
    {NULL, NULL, NULL, NULL, NULL, "0 1 2 3 4"},
    {NULL, NULL, NULL, NULL, "-name", "4 3 2 1 0"},
    {"BE", NULL, NULL, NULL, NULL, "0 1 2"},
    {"BE", "national", NULL, NULL, "-name", "2 0"},
    {"BE", "national", "sector", NULL, NULL, "0 1 2"},
    {"FR", NULL, NULL, NULL, NULL, ""},
    {"BE", "commercial", NULL, NULL, NULL, ""},
    {"BE", "commercial", "sector", NULL, NULL, "1"},
    {NULL, "any", NULL, NULL, NULL, "0 1 2 3 4"},
    {"BE", NULL, NULL, "bank", "-name", "1 0"},
    {NULL, NULL, NULL, NULL, "size", "!1 certs has no order size"},
};

START_TEST(filters_intersect_and_their_values_unite)
{
    const struct filter_case *it = &filter_cases[_i];
    const char *types[] = {it->type, it->other_type};
    struct store_filter filters[2];
    size_t count = 0;
    if (it->country != NULL)
        filters[count++] = (struct store_filter){.name = "country", .values = &it->country, .count = 1};
    if (it->type != NULL)
        filters[count++] =
            (struct store_filter){.name = "type", .values = types, .count = it->other_type == NULL ? 1 : 2};
    char found[256];
    find("certs", filters, count, it->q, it->sort, found);
    ck_assert_str_eq(found, it->found);
}
END_TEST

static const struct search_case {
    const char *q, *found;
} search_cases[] = {
    {"bank", "0 1 3"},
    {"BANK", "0 1 3"},
    {"ban", "0 1 3"},
    {"ank", ""},
    {"zurich", "0"},
    {"Zürich", "0"},
    {"LIEGE bank", "1"},
    {"bank liège", "1"},
    {"ba bank", ""}, /* only the last word may be a beginning */
    {"bank athens", ""},
    {"foo-bar", "4"},
    {"foo bar", "4"},
    {"\"foo", "4"},
    {"foo\" OR \"bank", ""},
    {"bank OR athens", ""},
    {"bank AND zurich", ""},
    {"NOT bank", ""},
    {"NEAR(bank, 2)", ""},
    {"words:bank", ""},
    {"list:certs", ""},
    {"elsewhere", ""},
    {"certs", ""},
    {"bank*", "0 1 3"},
    {"^bank", "0 1 3"},
    {"-bank", "0 1 3"},
    {"{bank}", "0 1 3"},
    {"'; DROP TABLE facet; --", ""},
    {"bank — zürich", "0"},
    {"", ""},
    {"\"", ""},
    {"***", ""},
    {"—", ""},
    {"\xff\xfe", ""},
};

START_TEST(a_search_takes_everything_as_words)
{
    char found[256];
    find("certs", NULL, 0, search_cases[_i].q, NULL, found);
    ck_assert_str_eq(found, search_cases[_i].found);
}
END_TEST

START_TEST(no_byte_in_a_search_is_syntax)
{
    for (int byte = 1; byte < 256; byte++) {
        char q[] = {(char)byte, 'b', 'a', 'n', 'k', (char)byte, ' ', (char)byte, '\0'};
        char found[256];
        find("certs", NULL, 0, q, NULL, found);
        ck_assert_msg(found[0] != '!', "byte %d: %s", byte, found);
    }
}
END_TEST

START_TEST(words_are_counted_and_too_many_refused)
{
    struct buf q CLEANUP(buf_done);
    char found[256];
    buf_init(&q, 4096);
    for (int i = 0; i < STORE_WORDS; i++)
        buf_puts(&q, "bank ");
    ck_assert_uint_eq(store_words(q.data), STORE_WORDS);
    find("certs", NULL, 0, q.data, NULL, found);
    ck_assert_str_eq(found, "0 1 3");
    buf_puts(&q, "bank");
    find("certs", NULL, 0, q.data, NULL, found);
    ck_assert_str_eq(found, "!1 q takes at most 32 words");
}
END_TEST

START_TEST(too_many_filters_or_values_are_refused)
{
    const char *values[STORE_VALUES + 1];
    struct store_filter filters[STORE_FILTERS + 1];
    char found[256];
    for (size_t i = 0; i <= STORE_VALUES; i++)
        values[i] = "BE";
    for (size_t i = 0; i <= STORE_FILTERS; i++)
        filters[i] = (struct store_filter){.name = "country", .values = values, .count = STORE_VALUES};
    find("certs", filters, STORE_FILTERS, NULL, NULL, found);
    ck_assert_str_eq(found, "0 1 2");
    find("certs", filters, STORE_FILTERS + 1, NULL, NULL, found);
    ck_assert_str_eq(found, "!1 at most 16 filters at once");
    filters[0].count = STORE_VALUES + 1;
    find("certs", filters, 1, NULL, NULL, found);
    ck_assert_str_eq(found, "!1 country takes at most 64 values");
}
END_TEST

START_TEST(a_list_without_items_finds_nothing)
{
    char found[256];
    find("scores", NULL, 0, "bank", "name", found);
    ck_assert_str_eq(found, "");
}
END_TEST

/* Values of the fixture's teams: country BE, BE, BE, eu, eu; type national, sector, …, and any. */
static const struct {
    const char *name, *value, *found;
} ranges[] = {
    {"country", "BE", "0 1 2"},   {"country", "BE..BE", "0 1 2"},
    {"country", "A..Z", "0 1 2"}, {"country", "BE..", "0 1 2 3 4"},
    {"country", "..BE", "0 1 2"}, {"country", "BF..", "3 4"},
    {"country", "..BD", ""},      {"type", "national..sector", "0 1 2 3 4"},
    {"type", "b..o", "0 2 4"},    {"country", "eu..BE", ""},
};

START_TEST(a_range_finds_all_values_within_its_ends)
{
    char found[256];
    const struct store_filter filter = {
        .name = ranges[_i].name, .values = &ranges[_i].value, .count = 1, .ranges = true};
    find("certs", &filter, 1, NULL, NULL, found);
    ck_assert_str_eq(found, ranges[_i].found);
}
END_TEST

static bool note_count(void *cls, const char *value, size_t count)
{
    char *text = cls;
    (void)snprintf(text + strlen(text), 256 - strlen(text), "%s=%zu ", value, count);
    return true;
}

static bool refuse_count(void *cls, const char *value, size_t count)
{
    (void)value;
    ++*(size_t *)cls;
    return count == 0;
}

static const struct {
    const char *name;
    uint32_t ords[5];
    size_t count;
    const char *counts;
} counted[] = {
    {"country", {0, 1, 2, 3, 4}, 5, "BE=3 eu=2 "},
    {"type", {0, 1, 2, 3, 4}, 5, "any=5 national=3 sector=2 "},
    {"type", {3, 1}, 2, "any=2 sector=2 "},
    {"country", {4}, 1, "eu=1 "},
    {"country", {0}, 0, ""},
    {"colour", {0, 1}, 2, ""},
    {"country", {0, 77}, 2, "BE=1 "},
};

START_TEST(values_are_counted_among_the_items_given)
{
    struct err err;
    char text[256] = "";
    struct store_reader *reader = store_lend(store);
    bool ok =
        store_count(reader, "certs", counted[_i].name, counted[_i].ords, counted[_i].count, note_count, text, &err);
    store_give_back(store, reader);
    ck_assert(ok);
    ck_assert_str_eq(text, counted[_i].counts);
}
END_TEST

START_TEST(counting_ends_where_the_caller_has_no_more_room)
{
    struct err err;
    size_t calls = 0;
    const uint32_t ords[] = {0, 1, 2, 3, 4};
    struct store_reader *reader = store_lend(store);
    bool ok = store_count(reader, "certs", "type", ords, COUNT_OF(ords), refuse_count, &calls, &err);
    store_give_back(store, reader);
    ck_assert(!ok);
    ck_assert_uint_eq(calls, 1);
}
END_TEST

static void *ask(void *cls)
{
    const char *country = "BE";
    struct store_filter filter = {.name = "country", .values = &country, .count = 1};
    size_t *wrong = cls;
    for (int i = 0; i < 300; i++) {
        char found[256];
        find("certs", &filter, 1, "bank", "-name", found);
        *wrong += strcmp(found, "1 0") != 0;
    }
    return NULL;
}

START_TEST(more_threads_than_readers_ask_at_once)
{
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    size_t wrong[THREADS] = {0};
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask, &wrong[i]), 0);
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_uint_eq(wrong[i], 0);
    }
}
END_TEST

Suite *find_suite(void)
{
    Suite *suite = suite_create("store: find");
    TCase *tcase = tcase_create("find");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, filters_intersect_and_their_values_unite, 0, (int)COUNT_OF(filter_cases));
    tcase_add_loop_test(tcase, a_search_takes_everything_as_words, 0, (int)COUNT_OF(search_cases));
    tcase_add_test(tcase, no_byte_in_a_search_is_syntax);
    tcase_add_test(tcase, words_are_counted_and_too_many_refused);
    tcase_add_test(tcase, too_many_filters_or_values_are_refused);
    tcase_add_test(tcase, a_list_without_items_finds_nothing);
    tcase_add_loop_test(tcase, a_range_finds_all_values_within_its_ends, 0, (int)COUNT_OF(ranges));
    tcase_add_loop_test(tcase, values_are_counted_among_the_items_given, 0, (int)COUNT_OF(counted));
    tcase_add_test(tcase, counting_ends_where_the_caller_has_no_more_room);
    tcase_add_test(tcase, more_threads_than_readers_ask_at_once);
    suite_add_tcase(suite, tcase);
    return suite;
}
