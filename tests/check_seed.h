/* SPDX-License-Identifier: MIT */
/* What the tests of the seed room share: seed folders of their own to break, and the suites. */
#pragma once
#include <check.h>
#include <stddef.h>

#include "cyberatlas/seed.h"
#include "fixture_files.h"

/* A temporary folder with a copy of seeds/valid/minimal in it, named "data". */
struct folder {
    char root[TEMP_FOLDER_SIZE];
    char data[TEMP_FOLDER_SIZE + sizeof("/data")];
};
void folder_make(struct folder *ret);
void folder_drop(const struct folder *folder);
/* Copies tests/seeds/NAME over it ("invalid/bad-date"); in its place where NAME is a valid one with a dataset.json. */
void folder_overlay(const struct folder *folder, const char *name);
/* Writes, or replaces, one file of it. */
void folder_write(const struct folder *folder, const char *file, const char *bytes, size_t len);
/* The path of one file of it. */
const char *folder_path(const struct folder *folder, const char *file, char ret[512]);

/* The folders in tests/seeds/NAME, sorted; their number. */
enum { CASES = 256, CASE_NAME = 64 };
int list_cases(const char *name, char ret[CASES][CASE_NAME]);

/* Lets jansson's allocation number `number` fail, until fail_no_allocation, which tells whether it never came to that.
 */
void fail_allocation(long number);
bool fail_no_allocation(void);

/* Loads the folder and asserts that exactly these faults, a line each, are found ("" for none). */
void expect_faults(const struct folder *folder, const char *lines);

Suite *seed_schema_suite(void);
Suite *seed_kinds_suite(void);
Suite *seed_cases_suite(void);
Suite *seed_files_suite(void);
Suite *seed_facts_suite(void);
Suite *seed_format_suite(void);
Suite *seed_import_suite(void);
