/* SPDX-License-Identifier: MIT */
/* What a search finds beside the number: whether an item is called so, how well it fits, an excerpt; and letters that
 * the tokenizer does not fold by itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_store.h"
#include "cyberatlas/base/common.h"

static struct store *store;
static struct arena *arena;

static const char *const items[] = {
    "Denmark · Danmark · DK · Δανία",
    "Greece · Ελλάδα · GR",
    "Große Straße bank · Łódź",
    "Øresund CERT of Denmark",
    "Đakovo · Smørrebrød · Ħamrun · Þing",
    "Швейцария · Украјина · Київ",
};
static const char *const names[][3] = {
    {"Denmark", "Danmark", "DK"}, {"Greece", "Ελλάδα", "GR"}, {"Große Straße bank", "Łódź", NULL},
    {"Øresund CERT", NULL, NULL}, {"Đakovo", NULL, NULL},     {"Швейцария", "Київ", NULL}};

static void setup(void)
{
    struct err err;
    fixture_setup();
    struct store_writer *writer = fixture_writer(1);
    for (uint32_t ord = 0; ord < COUNT_OF(items); ord++) {
        ck_assert(store_write_words(writer, "places", ord, items[ord], &err));
        for (size_t i = 0; i < 3 && names[ord][i] != NULL; i++)
            ck_assert(store_write_name(writer, "places", ord, names[ord][i], &err));
    }
    bool ok = store_publish(writer, fixture_path("a.db"), &err);
    store_writer_free(writer);
    ck_assert_msg(ok && store_open(fixture_path("a.db"), 1, &store, &err), "%s", err.text);
    arena = arena_new(1024 * 1024);
    ck_assert_ptr_nonnull(arena);
}

static void teardown(void)
{
    arena_free(arena);
    store_close(store);
    fixture_teardown();
}

static size_t search(const char *list, const char *q, struct store_hit **ret)
{
    struct err err = {0};
    size_t count = 0;
    struct store_reader *reader = store_lend(store);
    bool ok = store_search(reader, list, q, arena, ret, &count, &err);
    store_give_back(store, reader);
    ck_assert_msg(ok, "%s: %s", q, err.text);
    return count;
}

/* "0! 2+ 3": called so, begins so, holds so. */
static const struct {
    const char *q, *found;
} cases[] = {
    {"denmark", "0! 3"},
    {"DENMARK", "0! 3"},
    {"Dan", "0+"},
    {"dk", "0!"},
    {"Ελλάδα", "1!"},
    {"ελλαδα", "1+"},
    {"ΕΛΛΆΔΑ", "1+"},
    {"Ελλ", "1+"},
    {"δανια", "0"},
    {"grosse strasse", "2+"},
    {"GROSSE STRASSE BANK", "2+"},
    {"Große Strasse", "2+"},
    {"strasse grosse", "2"},
    {"STRAẞE", "2"},
    {"lodz", "2+"},
    {"Łodz", "2+"},
    {"łódź bank", "2"},
    {"oresund", "3+"},
    {"øresund", "3+"},
    {"ores", "3+"},
    {"dakovo", "4+"},
    {"smorrebrod", "4"},
    {"hamrun thing", "4"},
    {"швейцария", "5+"},
    {"швеи\u0306цария", "5+"},
    {"Швеицария", "5+"},
    {"ШВЕИ\u0306", "5+"},
    {"киев", ""},
    {"киі\u0308в", "5+"},
    {"cert of", "3"},
    {"oresund cert", "3+"},
    {"oresund cert of", "3"},
    {"of oresund", "3"},
    {"ore cert", ""},
    {"bank nowhere", ""},
    {"places", ""},
    {"name", ""},
    {"", ""},
    {"—", ""},
};

START_TEST(a_search_tells_names_from_other_words)
{
    struct store_hit *hits = NULL;
    size_t count = search("places", cases[_i].q, &hits);
    char found[128] = "";
    for (size_t i = 0; i < count; i++)
        (void)snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%u%s", i == 0 ? "" : " ", hits[i].ord,
                       hits[i].named == STORE_NAME_IS       ? "!"
                       : hits[i].named == STORE_NAME_BEGINS ? "+"
                                                            : "");
    ck_assert_str_eq(found, cases[_i].found);
}
END_TEST

START_TEST(the_letters_fold_in_filtered_lists_too)
{
    struct err err;
    uint32_t *found = NULL;
    size_t count = 0;
    struct store_reader *reader = store_lend(store);
    struct store_hit *hits = NULL;
    ck_assert(store_find(reader, "certs", NULL, 0, "zurich", NULL, &found, &count, &err));
    store_give_back(store, reader);
    ck_assert_uint_eq(count, 1);
    free(found);
    ck_assert_uint_eq(search("places", "LODZ", &hits), 1);
}
END_TEST

START_TEST(an_excerpt_is_plain_text_of_the_item)
{
    struct store_hit *hits = NULL;
    ck_assert_uint_eq(search("places", "danmark", &hits), 1);
    ck_assert_str_eq(hits[0].excerpt, items[0]);
    ck_assert(hits[0].rank < 0);
}
END_TEST

/* Whatever the bytes are, they are words or nothing. */
START_TEST(nothing_in_a_search_is_syntax)
{
    static const char *const hostile[] = {
        "\"",          "\"\"\"",      "dk\"*",     "^dk",         "dk OR greece",
        "NOT dk",      "NEAR(dk gr)", "words:dk",  "folded : dk", "{words folded}: dk",
        "dk + gr",     "(dk",         "dk)",       "-words:dk",   "*",
        "places:name", "' OR 1=1 --", "dk'; DROP", "\xff\xfe dk", "ß",
        "ßßßß\"ß",     "\xc3",        "dk \xc3",   "ø*",          "^\"ø\"*",
        "dk AND",      "AND",         "OR",        "NOT",         "NEAR",
        "—\"—",        "(((((((((",   "%s%n",      "\\",          "dk\x01gr"};
    for (size_t i = 0; i < COUNT_OF(hostile); i++) {
        struct store_hit *hits = NULL;
        ck_assert_uint_le(search("places", hostile[i], &hits), 2);
    }
    for (int byte = 1; byte < 256; byte++) {
        char q[] = {(char)byte, 'd', 'k', (char)byte, ' ', (char)byte, '\0'};
        struct store_hit *hits = NULL;
        (void)search("places", q, &hits);
    }
}
END_TEST

START_TEST(too_many_words_are_refused)
{
    char q[2 * STORE_WORDS + 3];
    for (size_t i = 0; i <= STORE_WORDS; i++)
        memcpy(q + 2 * i, "a ", 3);
    struct err err = {0};
    struct store_hit *hits = NULL;
    size_t count;
    struct store_reader *reader = store_lend(store);
    ck_assert(!store_search(reader, "places", q, arena, &hits, &count, &err));
    store_give_back(store, reader);
    ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

START_TEST(want_of_memory_is_said)
{
    struct err err = {0};
    struct store_hit *hits = NULL;
    size_t count;
    struct arena *small = arena_new(64);
    struct store_reader *reader = store_lend(store);
    ck_assert_ptr_nonnull(small);
    ck_assert(!store_search(reader, "places", "dk", small, &hits, &count, &err));
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    store_give_back(store, reader);
    arena_free(small);
}
END_TEST

Suite *search_suite(void)
{
    Suite *suite = suite_create("store: search");
    TCase *tcase = tcase_create("search");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_search_tells_names_from_other_words, 0, (int)COUNT_OF(cases));
    tcase_add_test(tcase, the_letters_fold_in_filtered_lists_too);
    tcase_add_test(tcase, an_excerpt_is_plain_text_of_the_item);
    tcase_add_test(tcase, nothing_in_a_search_is_syntax);
    tcase_add_test(tcase, too_many_words_are_refused);
    tcase_add_test(tcase, want_of_memory_is_said);
    suite_add_tcase(suite, tcase);
    return suite;
}
