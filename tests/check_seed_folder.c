/* SPDX-License-Identifier: MIT */
/* Seed folders for tests: each test has one of its own below the system's folder for temporary files, and removes it.
 * Knows nothing of what is in a seed. */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check_seed.h"
#include "cyberatlas/base/facts.h"

static void copy_tree(const char *from, const char *to)
{
    DIR *dir = opendir(from);
    ck_assert_msg(dir != NULL, "no folder %s", from);
    (void)mkdir(to, 0755);
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        char source[512];
        char target[512];
        struct stat stat_of;
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "expect") == 0)
            continue;
        ck_assert_int_lt(snprintf(source, sizeof(source), "%s/%s", from, entry->d_name), (int)sizeof(source));
        ck_assert_int_lt(snprintf(target, sizeof(target), "%s/%s", to, entry->d_name), (int)sizeof(target));
        ck_assert_int_eq(lstat(source, &stat_of), 0);
        if (S_ISDIR(stat_of.st_mode)) {
            copy_tree(source, target);
            continue;
        }
        size_t len;
        char *bytes = file_bytes(source, &len);
        file_write(target, bytes == NULL ? "" : bytes, len);
        free(bytes);
    }
    (void)closedir(dir);
}

void folder_make(struct folder *ret)
{
    char minimal[512];
    temp_folder("seed", ret->root);
    (void)snprintf(ret->data, sizeof(ret->data), "%s/data", ret->root);
    copy_tree(source_path("tests/seeds/valid/minimal", minimal), ret->data);
}

void folder_drop(const struct folder *folder)
{
    tree_remove(folder->root);
}

void folder_overlay(const struct folder *folder, const char *name)
{
    char relative[300];
    char path[512];
    (void)snprintf(relative, sizeof(relative), "tests/seeds/%s/dataset.json", name);
    if (strncmp(name, "valid/", strlen("valid/")) == 0 && access(source_path(relative, path), F_OK) == 0)
        tree_remove(folder->data);
    (void)snprintf(relative, sizeof(relative), "tests/seeds/%s", name);
    copy_tree(source_path(relative, path), folder->data);
}

const char *folder_path(const struct folder *folder, const char *file, char ret[512])
{
    (void)snprintf(ret, 512, "%s/%s", folder->data, file);
    return ret;
}

void folder_write(const struct folder *folder, const char *file, const char *bytes, size_t len)
{
    char path[512];
    (void)folder_path(folder, file, path);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    (void)mkdir(path, 0755);
    *slash = '/';
    file_write(path, bytes, len);
}

static int is_case(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int list_cases(const char *name, char ret[CASES][CASE_NAME])
{
    char relative[300];
    char path[512];
    struct dirent **found = NULL;
    (void)snprintf(relative, sizeof(relative), "tests/seeds/%s", name);
    int count = scandir(source_path(relative, path), &found, is_case, alphasort);
    for (int i = 0; i < count; i++) {
        if (i < CASES)
            (void)snprintf(ret[i], CASE_NAME, "%.*s", CASE_NAME - 1, found[i]->d_name);
        free(found[i]);
    }
    free(found);
    return count < 0 || count > CASES ? 0 : count;
}

static long allocations_left;

static void *failing_malloc(size_t size)
{
    return allocations_left-- == 0 ? NULL : malloc(size);
}

void fail_allocation(long number)
{
    allocations_left = number;
    json_set_alloc_funcs(failing_malloc, free);
}

bool fail_no_allocation(void)
{
    json_set_alloc_funcs(malloc, free);
    return allocations_left >= 0;
}

void expect_faults(const struct folder *folder, const char *lines)
{
    struct seed_faults faults;
    struct err err = {0};
    struct facts *facts = NULL;
    seed_faults_init(&faults);
    bool loaded = seed_load(folder->data, &facts, &faults, &err);
    ck_assert_str_eq(faults.lines.data == NULL ? "" : faults.lines.data, lines);
    ck_assert_msg(loaded == (*lines == '\0'), "%s", err.text);
    ck_assert(loaded == (facts != NULL));
    facts_free(facts);
    seed_faults_done(&faults);
}
