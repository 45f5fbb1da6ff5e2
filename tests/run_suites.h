/* SPDX-License-Identifier: MIT */
/* The one way in which every Check program runs: settings from the environment, TAP on standard output, and a folder of
 * its own for what is temporary, which goes at the end whatever became of the tests that left something in it. */
#pragma once
#include <check.h>
#include <ftw.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static inline int remove_entry(const char *path, const struct stat *entry, int type, struct FTW *place)
{
    (void)entry, (void)type, (void)place;
    return remove(path);
}

/* Runs and frees the suites, NULL after the last. Exit code of the program: 0 when no test failed, otherwise 1. */
static inline int run_suites(Suite *const *suites)
{
    char folder[96];
    const char *parent = getenv("TMPDIR");
    (void)snprintf(folder, sizeof(folder), "%s/cyberatlas-XXXXXX", parent == NULL ? "/tmp" : parent);
    /* A test that gives up its rights for a moment still passes through. */
    if (mkdtemp(folder) == NULL || chmod(folder, 0711) != 0 || setenv("TMPDIR", folder, 1) != 0) {
        perror(folder);
        return 1;
    }
    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; suites[i] != NULL; i++)
        srunner_add_suite(runner, suites[i]);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS) != 0)
        perror(folder);
    return failed == 0 ? 0 : 1;
}
