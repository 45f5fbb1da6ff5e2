/* SPDX-License-Identifier: MIT */
/* Temporary folders, whole files, and the way into the source tree, for every Check program. Knows nothing of what is
 * in a file. Folders are also made and removed outside of any test, where Check's assertions have nobody to tell. */
#include "fixture_files.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void temp_folder(const char *room, char ret[TEMP_FOLDER_SIZE])
{
    const char *parent = getenv("TMPDIR");
    (void)snprintf(ret, TEMP_FOLDER_SIZE, "%s/cyberatlas-%s-XXXXXX", parent == NULL ? "/tmp" : parent, room);
    if (mkdtemp(ret) == NULL) {
        perror(ret);
        abort();
    }
}

void tree_remove(const char *path)
{
    struct stat stat_of;
    if (lstat(path, &stat_of) != 0)
        return;
    DIR *dir = S_ISDIR(stat_of.st_mode) ? opendir(path) : NULL;
    for (const struct dirent *entry = dir == NULL ? NULL : readdir(dir); entry != NULL; entry = readdir(dir)) {
        char inner[SOURCE_PATH_SIZE];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name) >= (int)sizeof(inner))
            abort();
        tree_remove(inner);
    }
    if (dir != NULL)
        (void)closedir(dir);
    (void)remove(path);
}

char *file_bytes(const char *path, size_t *ret_len)
{
    struct stat stat_of;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    ck_assert_int_eq(fstat(fileno(file), &stat_of), 0);
    size_t len = (size_t)stat_of.st_size;
    char *bytes = malloc(len + 1);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(fread(bytes, 1, len, file), len);
    (void)fclose(file);
    bytes[len] = '\0';
    *ret_len = len;
    return bytes;
}

void file_write(const char *path, const char *bytes, size_t len)
{
    (void)unlink(path);
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "cannot write %s", path);
    ck_assert_int_eq(fchmod(fileno(file), 0644), 0);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
}

const char *source_path(const char *name, char ret[SOURCE_PATH_SIZE])
{
    const char *root = getenv("CYBERATLAS_SOURCE");
    /* Also asked before any test runs, where Check cannot report; without the tree the cases are then not found. */
    (void)snprintf(ret, SOURCE_PATH_SIZE, "%s/%s", root == NULL ? "." : root, name);
    return ret;
}
