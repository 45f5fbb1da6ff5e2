/* SPDX-License-Identifier: MIT */
/* What the tests of the seed room share: seed folders of their own to break, and the suites. */
#pragma once
#include <check.h>
#include <stddef.h>

#include "cyberatlas/seed.h"

/* A temporary folder with a copy of seeds/valid/minimal in it, named "data". */
struct folder {
    char root[64];
    char data[80];
};
void folder_make(struct folder *ret);
void folder_drop(const struct folder *folder);
/* Copies tests/seeds/NAME over it ("invalid/bad-date"); in its place where NAME is a valid one with a dataset.json. */
void folder_overlay(const struct folder *folder, const char *name);
/* Writes, or replaces, one file of it. */
void folder_write(const struct folder *folder, const char *file, const char *bytes, size_t len);
/* The path of one file of it. */
const char *folder_path(const struct folder *folder, const char *file, char ret[512]);
/* A file's bytes, to be freed; NULL when it is not there. */
char *file_bytes(const char *path, size_t *ret_len);
/* Path of a file or folder in the source tree. */
const char *source_path(const char *name, char ret[512]);

/* The folders in tests/seeds/NAME, sorted; their number. */
enum { CASES = 256, CASE_NAME = 64 };
int list_cases(const char *name, char ret[CASES][CASE_NAME]);

/* Loads the folder and asserts that exactly these faults, a line each, are found ("" for none). */
void expect_faults(const struct folder *folder, const char *lines);

Suite *seed_schema_suite(void);
Suite *seed_kinds_suite(void);
Suite *seed_cases_suite(void);
Suite *seed_files_suite(void);
Suite *seed_facts_suite(void);
Suite *seed_format_suite(void);
