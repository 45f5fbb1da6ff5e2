/* SPDX-License-Identifier: MIT */
/* Which files are refused, each with its sentence; and that a flipped byte, wherever it falls, is refused or changes
 * nothing that can be read. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check_store.h"

static char *file;
static size_t file_len;

static void setup(void)
{
    fixture_setup();
    fixture_publish(fixture_path("a.db"), 1);
    file = file_bytes(fixture_path("a.db"), &file_len);
}

static void teardown(void)
{
    free(file);
    fixture_teardown();
}

static bool see_document(void *cls, const struct store_document *document)
{
    (void)cls;
    return document->body != NULL;
}

/* Opens the path, reads its answers and expects a refusal that holds `text` and names the file. */
static void assert_refused(const char *path, const char *text)
{
    struct store *store;
    struct err err;
    bool ok = store_open(path, 1, &store, &err);
    if (ok) {
        ok = store_documents(store, see_document, NULL, &err);
        store_close(store);
    }
    ck_assert(!ok);
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    ck_assert_msg(strstr(err.text, text) != NULL, "%s", err.text);
    ck_assert_msg(strstr(err.text, path) != NULL, "%s", err.text);
}

/* The file with `with` in the place of the first `what`, both of `len` bytes. */
static const char *changed(const char *what, const char *with, size_t len)
{
    char *place = memmem(file, file_len, what, len);
    ck_assert_ptr_nonnull(place);
    memcpy(place, with, len);
    file_write(fixture_path("a.db"), file, file_len);
    return fixture_path("a.db");
}

static const char *with_byte(size_t at, char byte)
{
    file[at] = byte;
    file_write(fixture_path("a.db"), file, file_len);
    return fixture_path("a.db");
}

START_TEST(a_missing_file_is_refused)
{
    assert_refused(fixture_path("none.db"), "does not exist");
}
END_TEST

START_TEST(a_folder_and_a_pipe_are_refused)
{
    ck_assert_int_eq(mkdir(fixture_path("folder"), 0755), 0);
    ck_assert_int_eq(mkfifo(fixture_path("pipe"), 0644), 0);
    assert_refused(fixture_path("folder"), "is not a regular file");
    assert_refused(fixture_path("pipe"), "is not a regular file");
}
END_TEST

START_TEST(a_symbolic_link_is_refused)
{
    ck_assert_int_eq(symlink("a.db", fixture_path("link.db")), 0);
    assert_refused(fixture_path("link.db"), "is a symbolic link");
}
END_TEST

START_TEST(a_file_that_others_may_write_is_refused)
{
    static const mode_t modes[] = {0664, 0646, 0666};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        ck_assert_int_eq(chmod(fixture_path("a.db"), modes[i]), 0);
        assert_refused(fixture_path("a.db"), "may be written by its group or by others");
    }
}
END_TEST

START_TEST(a_text_file_is_refused)
{
    file_write(fixture_path("a.txt"), "hello, this is a text file\n", 27);
    assert_refused(fixture_path("a.txt"), "no SQLite file at all");
    file_write(fixture_path("a.txt"), "", 0);
    assert_refused(fixture_path("a.txt"), "no SQLite file at all");
}
END_TEST

START_TEST(a_truncated_file_is_refused)
{
    static const size_t cuts[] = {1, 512, 4095, 4096, 4097, 20000};
    for (size_t i = 0; i < COUNT_OF(cuts); i++) {
        file_write(fixture_path("a.db"), file, file_len - cuts[i]);
        assert_refused(fixture_path("a.db"), "is truncated");
    }
    file_write(fixture_path("a.db"), file, 50);
    assert_refused(fixture_path("a.db"), "is truncated");
    file_write(fixture_path("a.db"), file, 100);
    assert_refused(fixture_path("a.db"), "is truncated");
}
END_TEST

START_TEST(a_file_with_something_behind_it_is_refused)
{
    char *longer = calloc(file_len + 4096, 1);
    ck_assert_ptr_nonnull(longer);
    memcpy(longer, file, file_len);
    file_write(fixture_path("a.db"), longer, file_len + 4096);
    free(longer);
    assert_refused(fixture_path("a.db"), "its header does not fit the file");
}
END_TEST

START_TEST(an_sqlite_file_of_another_program_is_refused)
{
    assert_refused(with_byte(68, 'X'), "an SQLite file of another program");
}
END_TEST

START_TEST(a_newer_schema_is_refused)
{
    char says[80];
    (void)snprintf(says, sizeof(says), "newer than this program's %d: use a newer cyberatlas",
                   (int)STORE_SCHEMA_VERSION);
    assert_refused(with_byte(63, STORE_SCHEMA_VERSION + 1), says);
}
END_TEST

START_TEST(an_older_schema_is_refused)
{
    char says[80];
    (void)snprintf(says, sizeof(says), "older than this program's %d: rebuild it with `cyberatlas build`",
                   (int)STORE_SCHEMA_VERSION);
    assert_refused(with_byte(63, 0), says);
}
END_TEST

START_TEST(another_renderer_is_refused)
{
    char own[32];
    int len = snprintf(own, sizeof(own), "renderer%d", STORE_RENDERER);
    assert_refused(changed(own, "renderer0", (size_t)len), "rebuild it with `cyberatlas build`");
}
END_TEST

START_TEST(a_write_ahead_log_is_refused)
{
    assert_refused(with_byte(18, 2), "its header does not fit the file");
}
END_TEST

static const struct flip_case {
    const char *what, *with, *text;
} flip_cases[] = {
    {"the body of Belgium", "the body of BelgiuM", "the answer to /v1/countries/BE does not match its digest"},
    {"{\"id\":\"cert-3\"}", "{\"id\":\"cert-9\"}", "its table fragment does not match its digest"},
    {"2017-07-01", "2017-08-01", "its table answer does not match its digest"},
    {"18.4186", "18.4187", "its table index_value does not match its digest"},
    {"lost_in_capture", "lost_in_cupture", "its table claim does not match its digest"},
    {"2026-11-24", "2026-11-25", "its table dataset does not match its digest"},
    {"Is there an annual", "Is there no annual", "its table criterion does not match its digest"},
    {"athens", "sparta", "its table search_data does not match its digest"},
    {"who says it", "who said it", "its table sqlite_schema does not match its digest"},
};

START_TEST(a_changed_value_is_refused)
{
    const struct flip_case *it = &flip_cases[_i];
    assert_refused(changed(it->what, it->with, strlen(it->what)), it->text);
}
END_TEST

START_TEST(a_flipped_byte_anywhere_is_refused_or_changes_nothing)
{
    char wanted[DIGEST_SIZE];
    struct err err;
    unsigned state = 7;
    size_t refused = 0;
    ck_assert(fixture_content(fixture_path("a.db"), wanted, &err));
    for (int i = 0; i < 2000; i++) {
        char found[DIGEST_SIZE];
        state = state * 1103515245U + 12345U;
        size_t at = i < 100 ? (size_t)i : (state >> 8) % file_len;
        /* Every second flip hits something: a small dataset's pages are mostly empty. */
        while (i % 2 == 1 && file[at] == 0)
            at = (at + 1) % file_len;
        char flip = (char)(1 << i % 8);
        (void)with_byte(at, (char)(file[at] ^ flip));
        bool ok = fixture_content(fixture_path("a.db"), found, &err);
        refused += !ok;
        ck_assert_msg(!ok || strcmp(found, wanted) == 0, "byte %zu", at);
        ck_assert_msg(ok || strstr(err.text, "a.db") != NULL, "byte %zu: %s", at, err.text);
        file[at] = (char)(file[at] ^ flip);
    }
    ck_assert_uint_gt(refused, 200);
}
END_TEST

static void *replace_often(void *cls)
{
    struct err err;
    struct store_writer *writers[2] = {fixture_writer(1), fixture_writer(2)};
    for (int i = 0; i < 60; i++)
        if (!store_publish(writers[i % 2], cls, &err))
            return cls;
    store_writer_free(writers[0]);
    store_writer_free(writers[1]);
    return NULL;
}

START_TEST(all_readers_show_one_dataset_while_it_is_replaced)
{
    pthread_t thread;
    char path[2 * TEMP_FOLDER_SIZE];
    (void)snprintf(path, sizeof(path), "%s", fixture_path("a.db"));
    ck_assert_int_eq(pthread_create(&thread, NULL, replace_often, path), 0);
    size_t opened = 0;
    for (int i = 0; i < 60; i++) {
        struct store *store;
        struct err err;
        if (!store_open(path, 8, &store, &err)) {
            ck_assert_msg(strstr(err.text, "changed while it was being opened") != NULL, "%s", err.text);
            continue;
        }
        opened++;
        store_close(store);
    }
    void *failed;
    ck_assert_int_eq(pthread_join(thread, &failed), 0);
    ck_assert_ptr_null(failed);
    ck_assert_uint_gt(opened, 0);
}
END_TEST

START_TEST(a_name_that_means_something_in_a_uri_is_a_plain_name)
{
    static const char *const names[] = {"a?mode=rwc.db", "a#b.db", "a%20b.db", "a b&c=\xc3\xa9.db"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char found[DIGEST_SIZE];
        struct err err;
        file_write(fixture_path(names[i]), file, file_len);
        ck_assert_msg(fixture_content(fixture_path(names[i]), found, &err), "%s", err.text);
    }
}
END_TEST

Suite *damage_suite(void)
{
    Suite *suite = suite_create("store: damage");
    TCase *tcase = tcase_create("damage");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_missing_file_is_refused);
    tcase_add_test(tcase, a_folder_and_a_pipe_are_refused);
    tcase_add_test(tcase, a_symbolic_link_is_refused);
    tcase_add_test(tcase, a_file_that_others_may_write_is_refused);
    tcase_add_test(tcase, a_text_file_is_refused);
    tcase_add_test(tcase, a_truncated_file_is_refused);
    tcase_add_test(tcase, a_file_with_something_behind_it_is_refused);
    tcase_add_test(tcase, an_sqlite_file_of_another_program_is_refused);
    tcase_add_test(tcase, a_newer_schema_is_refused);
    tcase_add_test(tcase, an_older_schema_is_refused);
    tcase_add_test(tcase, another_renderer_is_refused);
    tcase_add_test(tcase, a_write_ahead_log_is_refused);
    tcase_add_loop_test(tcase, a_changed_value_is_refused, 0, (int)COUNT_OF(flip_cases));
    tcase_add_test(tcase, a_flipped_byte_anywhere_is_refused_or_changes_nothing);
    tcase_add_test(tcase, all_readers_show_one_dataset_while_it_is_replaced);
    tcase_add_test(tcase, a_name_that_means_something_in_a_uri_is_a_plain_name);
    suite_add_tcase(suite, tcase);
    return suite;
}
