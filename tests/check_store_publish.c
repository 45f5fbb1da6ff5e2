/* SPDX-License-Identifier: MIT */
/* Publishing: the same facts give the same bytes; whatever step fails, and whenever the builder is killed, the file
 * under the name is whole, the old one or the new one. fsync and rename are defined here so that they can fail. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check_store.h"

static int fsyncs_until_failure; /* 0: none fails */
static bool rename_fails;

int fsync(int fd)
{
    if (fsyncs_until_failure > 0 && --fsyncs_until_failure == 0) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to)
{
    if (rename_fails) {
        errno = EACCES;
        return -1;
    }
    return (int)syscall(SYS_renameat2, -100, from, -100, to, 0);
}

static void setup(void)
{
    fixture_setup();
    fsyncs_until_failure = 0;
    rename_fails = false;
}

static void teardown(void)
{
    fsyncs_until_failure = 0;
    rename_fails = false;
    fixture_teardown();
}

static void assert_content(const char *path, int variant)
{
    char wanted[DIGEST_SIZE];
    char found[DIGEST_SIZE];
    struct err err;
    fixture_publish(fixture_path("reference.db"), variant);
    ck_assert(fixture_content(fixture_path("reference.db"), wanted, &err));
    ck_assert_int_eq(unlink(fixture_path("reference.db")), 0);
    ck_assert_msg(fixture_content(path, found, &err), "%s", err.text);
    ck_assert_str_eq(found, wanted);
}

START_TEST(two_builds_of_the_same_facts_give_the_same_bytes)
{
    size_t len[2];
    fixture_publish(fixture_path("a.db"), 1);
    void *hole = malloc(12345); /* another place in memory */
    fixture_publish(fixture_path("b.db"), 1);
    free(hole);
    char *a = file_bytes(fixture_path("a.db"), &len[0]);
    char *b = file_bytes(fixture_path("b.db"), &len[1]);
    ck_assert_uint_eq(len[0], len[1]);
    ck_assert_mem_eq(a, b, len[0]);
    free(a);
    free(b);
}
END_TEST

START_TEST(a_new_dataset_replaces_the_old_one_and_leaves_nothing_beside)
{
    struct stat entry;
    fixture_publish(fixture_path("a.db"), 1);
    fixture_publish(fixture_path("a.db"), 2);
    ck_assert_uint_eq(fixture_entries(), 1);
    ck_assert_int_eq(stat(fixture_path("a.db"), &entry), 0);
    ck_assert_uint_eq(entry.st_mode & 07777, 0644);
    assert_content(fixture_path("a.db"), 2);
}
END_TEST

START_TEST(a_writer_can_be_published_twice)
{
    struct err err;
    struct store_writer *writer = fixture_writer(1);
    ck_assert(store_publish(writer, fixture_path("a.db"), &err));
    ck_assert_msg(store_publish(writer, fixture_path("b.db"), &err), "%s", err.text);
    store_writer_free(writer);
    assert_content(fixture_path("b.db"), 1);
}
END_TEST

/* Publishes variant 2 over variant 1 and expects the failure; the old file and nothing else is there afterwards. */
static void assert_fails(struct err *err)
{
    struct store_writer *writer = fixture_writer(2);
    bool ok = store_publish(writer, fixture_path("a.db"), err);
    store_writer_free(writer);
    ck_assert(!ok);
    ck_assert_int_eq(err->kind, ERR_SYSTEM);
    fsyncs_until_failure = 0;
    rename_fails = false;
    ck_assert_uint_eq(fixture_entries(), 1);
    assert_content(fixture_path("a.db"), 1);
}

START_TEST(a_failed_rename_leaves_the_old_file)
{
    struct err err;
    fixture_publish(fixture_path("a.db"), 1);
    rename_fails = true;
    assert_fails(&err);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot replace"));
}
END_TEST

START_TEST(every_failed_flush_leaves_a_whole_file)
{
    struct err err = {0};
    bool ok = false;
    int flushes = 0;
    for (int n = 1; n < 20 && !ok; n++) {
        fixture_publish(fixture_path("a.db"), 1);
        struct store_writer *writer = fixture_writer(2);
        fsyncs_until_failure = n;
        ok = store_publish(writer, fixture_path("a.db"), &err);
        fsyncs_until_failure = 0;
        store_writer_free(writer);
        flushes += !ok;
        ck_assert_uint_eq(fixture_entries(), 1);
        assert_content(fixture_path("a.db"), ok || strstr(err.text, "power cut") != NULL ? 2 : 1);
    }
    ck_assert(ok);
    ck_assert_int_ge(flushes, 2);
    /* The last flush that can fail is the folder's: the new file is there, and the sentence says what that means. */
    ck_assert_ptr_nonnull(strstr(err.text, "its folder could not be flushed (Input/output error)"));
}
END_TEST

START_TEST(a_full_disk_leaves_the_old_file)
{
    struct err err;
    struct rlimit old;
    fixture_publish(fixture_path("a.db"), 1);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    (void)signal(SIGXFSZ, SIG_IGN);
    struct store_writer *writer = fixture_writer(2);
    struct rlimit small = {.rlim_cur = 20 * 1024, .rlim_max = old.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool ok = store_publish(writer, fixture_path("a.db"), &err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
    store_writer_free(writer);
    ck_assert(!ok);
    ck_assert_uint_eq(fixture_entries(), 1);
    assert_content(fixture_path("a.db"), 1);
}
END_TEST

static const struct target_case {
    const char *path, *text;
} target_cases[] = {
    {"missing/a.db", "No such file or directory"},
    {"folder", "is there and is not a regular file"},
    {"link.db", "is there and is not a regular file"},
    {"", "is no name for a dataset file"},
};

START_TEST(a_place_where_no_file_can_be_is_refused)
{
    struct err err;
    ck_assert_int_eq(mkdir(fixture_path("folder"), 0755), 0);
    ck_assert_int_eq(symlink("elsewhere.db", fixture_path("link.db")), 0);
    struct store_writer *writer = fixture_writer(1);
    bool ok = store_publish(writer, fixture_path(target_cases[_i].path), &err);
    store_writer_free(writer);
    ck_assert(!ok);
    ck_assert_msg(strstr(err.text, target_cases[_i].text) != NULL, "%s", err.text);
    ck_assert_uint_eq(fixture_entries(), 2);
}
END_TEST

START_TEST(leavings_of_dead_builds_are_swept_and_others_stay)
{
    pid_t dead = fork();
    if (dead == 0)
        _exit(0);
    ck_assert_int_eq(waitpid(dead, NULL, 0), dead);
    char name[64];
    (void)snprintf(name, sizeof(name), "a.db.new.%ld", (long)dead);
    file_write(fixture_path(name), "x", 1);
    (void)snprintf(name, sizeof(name), "a.db.new.%ld-journal", (long)dead);
    file_write(fixture_path(name), "x", 1);
    (void)snprintf(name, sizeof(name), "a.db.new.%ld", (long)getpid());
    file_write(fixture_path(name), "x", 1);
    (void)snprintf(name, sizeof(name), "a.db.new.%ld", (long)getppid());
    file_write(fixture_path(name), "x", 1); /* of a build that goes on */
    file_write(fixture_path("a.db.new.txt"), "x", 1);
    file_write(fixture_path("b.db.new.1"), "x", 1);
    fixture_publish(fixture_path("a.db"), 1);
    ck_assert_uint_eq(fixture_entries(), 4);
}
END_TEST

/* Publishes the two variants in turn until it is killed. */
static void publish_for_ever(const char *path)
{
    struct err err;
    struct store_writer *writers[2] = {fixture_writer(1), fixture_writer(2)};
    for (int i = 0;; i++)
        if (!store_publish(writers[i % 2], path, &err))
            _exit(1);
}

START_TEST(a_build_killed_at_any_time_leaves_a_whole_file)
{
    char path[2 * TEMP_FOLDER_SIZE];
    (void)snprintf(path, sizeof(path), "%s", fixture_path("a.db"));
    fixture_publish(path, 1);
    unsigned state = 1;
    for (int i = 0; i < 60; i++) {
        char digest[DIGEST_SIZE];
        struct err err;
        int status;
        pid_t child = fork();
        if (child == 0)
            publish_for_ever(path);
        state = state * 1103515245U + 12345U;
        (void)usleep(8000 + state / 65536 % 12000);
        ck_assert_int_eq(kill(child, SIGKILL), 0);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFSIGNALED(status));
        ck_assert_msg(fixture_content(path, digest, &err), "%s", err.text);
    }
    fixture_publish(path, 1);
    ck_assert_uint_eq(fixture_entries(), 1);
}
END_TEST

START_TEST(an_open_store_keeps_the_old_dataset)
{
    struct store *store;
    struct err err;
    fixture_publish(fixture_path("a.db"), 1);
    ck_assert(store_open(fixture_path("a.db"), 1, &store, &err));
    char *revision = strdup(store_key(store, "revision"));
    fixture_publish(fixture_path("a.db"), 2);
    uint32_t *found;
    size_t count;
    struct store_reader *reader = store_lend(store);
    ck_assert(store_find(reader, "certs", NULL, 0, "bank", NULL, &found, &count, &err));
    ck_assert_uint_eq(count, 3);
    store_give_back(store, reader);
    free(found);
    store_close(store);
    ck_assert(store_open(fixture_path("a.db"), 1, &store, &err));
    ck_assert_str_ne(store_key(store, "revision"), revision);
    store_close(store);
    free(revision);
}
END_TEST

Suite *publish_suite(void)
{
    Suite *suite = suite_create("store: publish");
    TCase *tcase = tcase_create("publish");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, two_builds_of_the_same_facts_give_the_same_bytes);
    tcase_add_test(tcase, a_new_dataset_replaces_the_old_one_and_leaves_nothing_beside);
    tcase_add_test(tcase, a_writer_can_be_published_twice);
    tcase_add_test(tcase, a_failed_rename_leaves_the_old_file);
    tcase_add_test(tcase, every_failed_flush_leaves_a_whole_file);
    tcase_add_test(tcase, a_full_disk_leaves_the_old_file);
    tcase_add_loop_test(tcase, a_place_where_no_file_can_be_is_refused, 0, (int)COUNT_OF(target_cases));
    tcase_add_test(tcase, leavings_of_dead_builds_are_swept_and_others_stay);
    tcase_add_test(tcase, a_build_killed_at_any_time_leaves_a_whole_file);
    tcase_add_test(tcase, an_open_store_keeps_the_old_dataset);
    suite_add_tcase(suite, tcase);
    return suite;
}
