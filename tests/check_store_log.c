/* SPDX-License-Identifier: MIT */
/* The log of publications: what each revision did, thing by thing, kept from file to file; and the export of the facts
 * alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check_store.h"
#include "cyberatlas/base/facts.h"
#include "fixture_facts.h"
#include "fixture_store.h"

static const struct claim first_name[] = {{.field = "name", .value = TEXT_VALUE("One"), .evidence = {.source = "src"}}};
static const struct claim other_name[] = {
    {.field = "name", .value = TEXT_VALUE("Other"), .evidence = {.source = "src"}}};

enum { THINGS_MOST = 3 };

/* A world of organisations: a name for each letter, small for the first name and capital for the other. */
static const char *publish(const char *name, const char *previous, const char *date, const char *organisations)
{
    static const struct source source = {.id = "src", .title = "A source", .terms = "none"};
    static const char *const ids[] = {"a", "b", "c"};
    struct thing things[THINGS_MOST] = {0};
    struct facts facts = {.dataset = {SMALL_DATASET}, .sources = &source, .source_count = 1, .things = things};
    facts.dataset.date = date;
    for (const char *at = organisations; *at != '\0'; at++) {
        bool is_other = *at < 'a';
        things[facts.thing_count++] = (struct thing){.kind = THING_ORGANISATION,
                                                     .id = ids[is_other ? *at - 'A' : *at - 'a'],
                                                     .claims = is_other ? other_name : first_name,
                                                     .claim_count = 1};
    }
    struct store_writer *writer = NULL;
    struct err err = {0};
    must(store_create(&writer, &err), &err);
    must(store_write_facts(writer, &facts, &err), &err);
    const char *path = fixture_path(name);
    bool ok = store_write_log(writer, previous, date, &err) && store_publish(writer, path, &err);
    store_writer_free(writer);
    static char why[ERR_TEXT_SIZE];
    (void)snprintf(why, sizeof(why), "%s", ok ? "" : err.text);
    return ok ? path : why;
}

/* "1:added organisation b|…" */
static const char *log_of(const char *path)
{
    static char text[512];
    struct store *store = NULL;
    struct facts *facts = NULL;
    struct err err = {0};
    must(store_open(path, 0, &store, &err) && store_read_facts(store, &facts, &err), &err);
    const struct log *log = &facts->log;
    ck_assert_str_eq(log->revisions[log->revision_count - 1].id, store_key(store, "revision"));
    int used = snprintf(text, sizeof(text), "%zu revisions", log->revision_count);
    for (size_t i = 0; i < log->change_count; i++) {
        const struct change *it = &log->changes[i];
        const char *what = it->before == NULL ? "added" : it->after == NULL ? "removed" : "changed";
        used +=
            snprintf(text + used, sizeof(text) - (size_t)used, "|%zu:%s %s %s", it->revision, what, it->kind, it->id);
    }
    facts_free(facts);
    store_close(store);
    return text;
}

START_TEST(a_chain_keeps_what_each_revision_added_changed_and_removed)
{
    const char *first = publish("1.db", NULL, "2026-11-01", "ab");
    ck_assert_str_eq(log_of(first), "1 revisions");
    const char *second = publish("2.db", first, "2026-11-02", "aBc");
    ck_assert_str_eq(log_of(second), "2 revisions|1:changed organisation b|1:added organisation c");
    const char *third = publish("3.db", second, "2026-11-03", "Bc");
    ck_assert_str_eq(log_of(third),
                     "3 revisions|1:changed organisation b|1:added organisation c|2:removed organisation a");
}
END_TEST

START_TEST(same_facts_need_no_later_date_and_add_nothing)
{
    const char *first = publish("1.db", NULL, "2026-11-01", "ab");
    const char *again = publish("2.db", first, "2026-11-01", "ab");
    size_t lens[2];
    char *bytes[2] = {file_bytes(first, &lens[0]), file_bytes(again, &lens[1])};
    ck_assert_uint_eq(lens[0], lens[1]);
    ck_assert_mem_eq(bytes[0], bytes[1], lens[0]);
    free(bytes[0]);
    free(bytes[1]);
}
END_TEST

START_TEST(a_later_date_alone_is_a_revision_without_changes)
{
    const char *first = publish("1.db", NULL, "2026-11-01", "ab");
    ck_assert_str_eq(log_of(publish("2.db", first, "2026-11-02", "ab")), "2 revisions");
}
END_TEST

START_TEST(a_dataset_may_be_its_own_previous_one)
{
    const char *path = publish("1.db", NULL, "2026-11-01", "ab");
    path = publish("1.db", path, "2026-11-02", "a");
    ck_assert_str_eq(log_of(path), "2 revisions|1:removed organisation b");
}
END_TEST

START_TEST(other_facts_need_a_later_date)
{
    const char *first = publish("1.db", NULL, "2026-11-02", "ab");
    ck_assert_ptr_nonnull(
        strstr(publish("2.db", first, "2026-11-02", "a"), "give dataset.json a date later than that"));
    ck_assert_ptr_nonnull(strstr(publish("2.db", first, "2026-11-01", "ab"), "not 2026-11-01"));
    ck_assert_int_ne(access(fixture_path("2.db"), F_OK), 0);
}
END_TEST

START_TEST(a_previous_file_that_is_none_says_what_to_do)
{
    const char *why = publish("2.db", fixture_path("none.db"), "2026-11-02", "a");
    ck_assert_ptr_nonnull(strstr(why, "does not exist"));
    ck_assert_ptr_nonnull(strstr(why, "leave --previous out"));
}
END_TEST

START_TEST(a_previous_file_of_another_schema_says_what_to_do)
{
    const char *first = publish("1.db", NULL, "2026-11-01", "ab");
    FILE *file = fopen(first, "r+b");
    ck_assert(fseek(file, 63, SEEK_SET) == 0 && fputc(STORE_SCHEMA_VERSION - 1, file) != EOF && fclose(file) == 0);
    const char *why = publish("2.db", first, "2026-11-02", "a");
    ck_assert_ptr_nonnull(strstr(why, "has schema version"));
    ck_assert_ptr_nonnull(strstr(why, "build that dataset anew from its own seeds"));
}
END_TEST

START_TEST(the_log_is_no_part_of_the_revision)
{
    const char *first = publish("1.db", NULL, "2026-11-01", "ab");
    const char *with = publish("2.db", first, "2026-11-02", "a");
    const char *without = publish("3.db", NULL, "2026-11-02", "a");
    struct store *stores[2];
    struct err err = {0};
    must(store_open(with, 0, &stores[0], &err) && store_open(without, 0, &stores[1], &err), &err);
    ck_assert_str_eq(store_key(stores[0], "revision"), store_key(stores[1], "revision"));
    ck_assert_str_ne(store_key(stores[0], "digest:change"), store_key(stores[1], "digest:change"));
    store_close(stores[0]);
    store_close(stores[1]);
}
END_TEST

START_TEST(an_export_is_the_same_bytes_each_time_and_no_dataset)
{
    struct facts *facts = fixture_facts(1);
    struct buf bytes[2];
    struct err err = {0};
    for (size_t i = 0; i < 2; i++) {
        buf_init(&bytes[i], STORE_EXPORT_BYTES);
        must(store_export(facts, &bytes[i], &err), &err);
    }
    ck_assert_uint_eq(bytes[0].len, bytes[1].len);
    ck_assert_mem_eq(bytes[0].data, bytes[1].data, bytes[0].len);
    file_write(fixture_path("export.db"), bytes[0].data, bytes[0].len);
    struct store *store = NULL;
    ck_assert(!store_open(fixture_path("export.db"), 0, &store, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "another program"));
    buf_done(&bytes[0]);
    buf_done(&bytes[1]);
    facts_free(facts);
}
END_TEST

START_TEST(an_export_ends_at_its_ceiling)
{
    struct facts *facts = fixture_facts(1);
    struct buf out CLEANUP(buf_done);
    struct err err = {0};
    buf_init(&out, 4096);
    ck_assert(!store_export(facts, &out, &err));
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    facts_free(facts);
}
END_TEST

Suite *log_suite(void)
{
    TCase *plain = tcase_create("log");
    tcase_add_checked_fixture(plain, fixture_setup, fixture_teardown);
    tcase_add_test(plain, a_chain_keeps_what_each_revision_added_changed_and_removed);
    tcase_add_test(plain, same_facts_need_no_later_date_and_add_nothing);
    tcase_add_test(plain, a_later_date_alone_is_a_revision_without_changes);
    tcase_add_test(plain, a_dataset_may_be_its_own_previous_one);
    tcase_add_test(plain, other_facts_need_a_later_date);
    tcase_add_test(plain, a_previous_file_that_is_none_says_what_to_do);
    tcase_add_test(plain, a_previous_file_of_another_schema_says_what_to_do);
    tcase_add_test(plain, the_log_is_no_part_of_the_revision);
    tcase_add_test(plain, an_export_is_the_same_bytes_each_time_and_no_dataset);
    tcase_add_test(plain, an_export_ends_at_its_ceiling);
    Suite *suite = suite_create("log");
    suite_add_tcase(suite, plain);
    return suite;
}
