/* SPDX-License-Identifier: MIT */
/* What the Check files of the store share: facts made by hand, a dataset of two lists, a folder of its own. */
#pragma once
#include <check.h>

#include "cyberatlas/store.h"
#include "fixture_files.h"

enum { FIXTURE_CERTS = 5 };

/* The folder of the running case, made before and removed after it. */
extern char fixture_folder[TEMP_FOLDER_SIZE];
void fixture_setup(void);
void fixture_teardown(void);
/* A path in that folder; the last four results stay valid. */
const char *fixture_path(const char *name);
/* Names in the folder, "." and ".." left out. */
size_t fixture_entries(void);

/* Facts that differ in one note with `variant`. */
struct facts *fixture_facts(int variant);
/* A dataset in memory of those facts, documents, and the list "certs" (FIXTURE_CERTS items). */
struct store_writer *fixture_writer(int variant);
/* The same as a file. */
void fixture_publish(const char *path, int variant);
/* A digest over all that can be read from the file; false with *err where it does not open. */
bool fixture_content(const char *path, char ret[DIGEST_SIZE], struct err *err);

Suite *find_suite(void);
Suite *publish_suite(void);
Suite *damage_suite(void);
Suite *read_suite(void);
Suite *search_suite(void);
Suite *log_suite(void);
