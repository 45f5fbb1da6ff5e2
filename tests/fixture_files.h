/* SPDX-License-Identifier: MIT */
/* Files and folders of the tests. What goes wrong with a file fails the running test; with a folder, which may be made
 * and removed outside of any, it ends the program. */
#pragma once
#include <stddef.h>

enum { TEMP_FOLDER_SIZE = 128, SOURCE_PATH_SIZE = 512 };

/* Makes an empty folder for the tests of `room` below TMPDIR, or /tmp. The caller removes it with tree_remove. */
void temp_folder(const char *room, char ret[TEMP_FOLDER_SIZE]);
/* Removes a file, or a folder with all in it, following no link. Nothing where there is nothing. */
void tree_remove(const char *path);

/* A whole file, a NUL byte after its end; freed by the caller. NULL, and no test fails, where it does not open. */
char *file_bytes(const char *path, size_t *ret_len);
/* Writes, or replaces, a file that its owner alone may write. */
void file_write(const char *path, const char *bytes, size_t len);

/* Path of a file or folder in the source tree. */
const char *source_path(const char *name, char ret[SOURCE_PATH_SIZE]);
