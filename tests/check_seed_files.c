/* SPDX-License-Identifier: MIT */
/* Files that are no proper files, and ceilings: what cannot lie in the tree as it is. Made here, in a folder of the
 * test's own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check_seed.h"
#include "cyberatlas/base/facts.h"

static struct folder folder;

static void setup(void)
{
    folder_make(&folder);
    folder_write(&folder, "profiles/be.json", "{\"country\": \"BE\"}", 17);
}

static void teardown(void)
{
    folder_drop(&folder);
}

/* Takes the file away and gives its path. */
static const char *make_room(const char *file, char path[512])
{
    (void)unlink(folder_path(&folder, file, path));
    return path;
}

START_TEST(a_link_is_not_followed)
{
    char path[512];
    ck_assert_int_eq(symlink("../dataset.json", make_room("profiles/be.json", path)), 0);
    expect_faults(&folder, "data/profiles/be.json: a symbolic link where a file belongs\n");
}
END_TEST

START_TEST(a_linked_folder_is_not_followed)
{
    char path[512];
    ck_assert_int_eq(symlink("profiles", folder_path(&folder, "certs", path)), 0);
    expect_faults(&folder, "data/certs: not a folder\n");
}
END_TEST

START_TEST(a_folder_is_no_file)
{
    char path[512];
    ck_assert_int_eq(mkdir(make_room("profiles/be.json", path), 0755), 0);
    expect_faults(&folder, "data/profiles/be.json: a folder where a file belongs\n");
}
END_TEST

START_TEST(a_file_is_no_folder)
{
    folder_write(&folder, "certs", "x", 1);
    expect_faults(&folder, "data/certs: not a folder\n");
}
END_TEST

/* A pipe that nobody writes to would hold a careless reader for ever. */
START_TEST(a_pipe_is_no_file_and_does_not_hold_us)
{
    char path[512];
    ck_assert_int_eq(mkfifo(make_room("profiles/be.json", path), 0600), 0);
    expect_faults(&folder, "data/profiles/be.json: a device where a file belongs\n");
}
END_TEST

/* Root may read anything: so the test steps down to the user nobody, where it can. */
START_TEST(an_unreadable_file_is_a_fault)
{
    char path[512];
    ck_assert_int_eq(chmod(folder.root, 0755), 0);
    ck_assert_int_eq(chmod(folder_path(&folder, "profiles/be.json", path), 0000), 0);
    bool root = geteuid() == 0;
    if (root)
        ck_assert_int_eq(seteuid(65534), 0);
    expect_faults(&folder, "data/profiles/be.json: cannot be read: Permission denied\n");
    if (root)
        ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

START_TEST(a_missing_file_is_told)
{
    char path[512];
    (void)make_room("sources.json", path);
    (void)make_room("dataset.json", path);
    expect_faults(&folder, "data/dataset.json: is missing\ndata/sources.json: is missing\n");
}
END_TEST

START_TEST(a_file_of_100_megabytes_is_not_read)
{
    char path[512];
    ck_assert_int_eq(truncate(folder_path(&folder, "profiles/be.json", path), 100 * 1000 * 1000), 0);
    expect_faults(&folder, "data/profiles/be.json: larger than 8388608 bytes\n");
}
END_TEST

START_TEST(ten_thousand_levels_are_a_fault)
{
    enum { LEVELS = 10000 };
    char *text = malloc(LEVELS);
    ck_assert_ptr_nonnull(text);
    memset(text, '[', LEVELS);
    folder_write(&folder, "profiles/be.json", text, LEVELS);
    expect_faults(&folder, "data/profiles/be.json:1:17: nested deeper than 16 levels\n");
    free(text);
}
END_TEST

START_TEST(more_items_than_allowed_are_a_fault)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    ck_assert_ptr_nonnull(out);
    (void)fputs("{\"country\": \"BE\", \"overview\": {\"remarks\": [\"a\"", out);
    for (int i = 0; i < SEED_ITEMS; i++)
        (void)fputs(",\"a\"", out);
    (void)fputs("]}}", out);
    (void)fclose(out);
    folder_write(&folder, "profiles/be.json", text, len);
    expect_faults(&folder, "data/profiles/be.json:/overview/remarks: more than 4096 items\n");
    free(text);
}
END_TEST

START_TEST(more_faults_than_are_printed_are_counted)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    ck_assert_ptr_nonnull(out);
    (void)fputs("{\"country\": \"BE\", \"overview\": {\"remarks\": [0", out);
    for (int i = 1; i < SEED_FAULTS + 7; i++)
        (void)fputs(",0", out);
    (void)fputs("]}}", out);
    (void)fclose(out);
    folder_write(&folder, "profiles/be.json", text, len);
    struct seed_faults faults;
    struct err err = {0};
    struct facts *facts = NULL;
    seed_faults_init(&faults);
    ck_assert(!seed_load(folder.data, &facts, &faults, &err));
    ck_assert_uint_eq(faults.count, SEED_FAULTS + 7);
    ck_assert_ptr_nonnull(strstr(faults.lines.data, "/remarks/999: "));
    ck_assert_ptr_null(strstr(faults.lines.data, "/remarks/1000: "));
    ck_assert_ptr_nonnull(strstr(faults.lines.data, "\nand 7 more faults\n"));
    seed_faults_done(&faults);
    free(text);
}
END_TEST

/* A seed's name must not write to the terminal of who reads the faults. */
START_TEST(a_hostile_name_is_shown_harmlessly)
{
    folder_write(&folder, "profiles/\033[31m\xff.txt", "", 0);
    folder_write(&folder, "profiles/\033.txt", "", 0);
    struct seed_faults faults;
    struct err err = {0};
    struct facts *facts = NULL;
    seed_faults_init(&faults);
    ck_assert(!seed_load(folder.data, &facts, &faults, &err));
    ck_assert_ptr_nonnull(strstr(faults.lines.data, "data/profiles/?[31m?.txt: no seed has this name\n"));
    ck_assert_ptr_nonnull(strstr(faults.lines.data, "data/profiles/\\u001b.txt: no seed has this name\n"));
    ck_assert_uint_eq(faults.count, 2);
    seed_faults_done(&faults);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_the_systems_word)
{
    struct seed_faults faults;
    struct err err = {0};
    struct facts *facts = NULL;
    seed_faults_init(&faults);
    ck_assert(!seed_load("/nonexistent/seeds", &facts, &faults, &err));
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    ck_assert_str_eq(err.text, "/nonexistent/seeds: No such file or directory");
    seed_faults_done(&faults);
}
END_TEST

START_TEST(readme_and_dot_files_are_left_alone)
{
    folder_write(&folder, "README.md", "x", 1);
    folder_write(&folder, "profiles/.be.json.swp", "x", 1);
    expect_faults(&folder, "");
}
END_TEST

START_TEST(texts_about_the_seeds_stand_beside_them_and_nowhere_else)
{
    folder_write(&folder, "COVERAGE.md", "x", 1);
    folder_write(&folder, "MERGES.md", "x", 1);
    expect_faults(&folder, "");
    folder_write(&folder, "profiles/MERGES.md", "x", 1);
    expect_faults(&folder, "data/profiles/MERGES.md: no seed has this name\n");
}
END_TEST

Suite *seed_files_suite(void)
{
    Suite *suite = suite_create("seed files");
    TCase *tcase = tcase_create("files");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_link_is_not_followed);
    tcase_add_test(tcase, a_linked_folder_is_not_followed);
    tcase_add_test(tcase, a_folder_is_no_file);
    tcase_add_test(tcase, a_file_is_no_folder);
    tcase_add_test(tcase, a_pipe_is_no_file_and_does_not_hold_us);
    tcase_add_test(tcase, an_unreadable_file_is_a_fault);
    tcase_add_test(tcase, a_missing_file_is_told);
    tcase_add_test(tcase, a_file_of_100_megabytes_is_not_read);
    tcase_add_test(tcase, ten_thousand_levels_are_a_fault);
    tcase_add_test(tcase, more_items_than_allowed_are_a_fault);
    tcase_add_test(tcase, more_faults_than_are_printed_are_counted);
    tcase_add_test(tcase, a_hostile_name_is_shown_harmlessly);
    tcase_add_test(tcase, a_folder_that_is_not_there_is_the_systems_word);
    tcase_add_test(tcase, readme_and_dot_files_are_left_alone);
    tcase_add_test(tcase, texts_about_the_seeds_stand_beside_them_and_nowhere_else);
    suite_add_tcase(suite, tcase);
    return suite;
}
