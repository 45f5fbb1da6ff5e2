/* SPDX-License-Identifier: MIT */
/* One folder for each rule: tests/seeds/invalid/CASE holds the files that break it, laid over valid/minimal, and in
 * `expect` the faults, to the letter. tests/seeds/valid/CASE loads without any, over valid/minimal or, if it is
 * whole, alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_seed.h"

static char invalid[CASES][CASE_NAME];
static char valid[CASES][CASE_NAME];

START_TEST(invalid_seeds_tell_exactly_these_faults)
{
    struct folder folder;
    char name[300];
    char expect[400];
    char path[512];
    (void)snprintf(name, sizeof(name), "invalid/%s", invalid[_i]);
    (void)snprintf(expect, sizeof(expect), "tests/seeds/%s/expect", name);
    size_t len;
    char *lines = file_bytes(source_path(expect, path), &len);
    ck_assert_msg(lines != NULL && len > 0, "%s is not there", expect);
    folder_make(&folder);
    folder_overlay(&folder, name);
    expect_faults(&folder, lines);
    folder_drop(&folder);
    free(lines);
}
END_TEST

START_TEST(valid_seeds_load_without_fault)
{
    struct folder folder;
    char name[300];
    (void)snprintf(name, sizeof(name), "valid/%s", valid[_i]);
    folder_make(&folder);
    folder_overlay(&folder, name);
    expect_faults(&folder, "");
    folder_drop(&folder);
}
END_TEST

START_TEST(cases_are_found)
{
    ck_assert_int_gt(list_cases("invalid", invalid), 50);
    ck_assert_int_gt(list_cases("valid", valid), 1);
}
END_TEST

Suite *seed_cases_suite(void)
{
    Suite *suite = suite_create("seed cases");
    TCase *tcase = tcase_create("cases");
    tcase_add_test(tcase, cases_are_found);
    tcase_add_loop_test(tcase, invalid_seeds_tell_exactly_these_faults, 0, list_cases("invalid", invalid));
    tcase_add_loop_test(tcase, valid_seeds_load_without_fault, 0, list_cases("valid", valid));
    suite_add_tcase(suite, tcase);
    return suite;
}
