/* SPDX-License-Identifier: MIT */
/* What can be told of a dataset file before SQLite reads it: its entry in the folder and the first 100 bytes, whose
 * layout SQLite's file format fixes for good. Every refusal here is one sentence that names the cure. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

enum {
    HEADER_BYTES = 100,
    AT_PAGE_SIZE = 16,
    AT_FORMATS = 18, /* write and read version: 1 is a file without a write-ahead log */
    AT_PAGES = 28,
    AT_USER_VERSION = 60,
    AT_APPLICATION = 68
};

static bool entry_check(const char *path, struct stat *ret, struct err *err)
{
    if (lstat(path, ret) != 0)
        return errno == ENOENT ? err_set(err, ERR_SYSTEM, "%s does not exist; `cyberatlas build` makes a dataset", path)
                               : err_set(err, ERR_SYSTEM, "cannot look at %s: %s", path, strerror(errno));
    if (S_ISLNK(ret->st_mode))
        return err_set(err, ERR_SYSTEM, "%s is a symbolic link; name the dataset itself", path);
    if (!S_ISREG(ret->st_mode))
        return err_set(err, ERR_SYSTEM, "%s is not a regular file", path);
    if ((ret->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return err_set(err, ERR_SYSTEM, "%s may be written by its group or by others; `chmod go-w` it first", path);
    return true;
}

static void descriptor_close(const int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

/* Reads up to the header's size; fewer bytes are what the file has. */
static bool header_read(const char *path, unsigned char *header, size_t *ret_len, struct err *err)
{
    int fd CLEANUP(descriptor_close) = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot open %s: %s", path, strerror(errno));
    size_t len = 0;
    while (len < HEADER_BYTES) {
        ssize_t n = read(fd, header + len, HEADER_BYTES - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(err, ERR_SYSTEM, "cannot read %s: %s", path, strerror(errno));
        if (n == 0)
            break;
        len += (size_t)n;
    }
    *ret_len = len;
    return true;
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool size_check(const char *path, const unsigned char *header, off_t size, struct err *err)
{
    uint32_t page = (uint32_t)header[AT_PAGE_SIZE] << 8 | header[AT_PAGE_SIZE + 1];
    int64_t wanted = (int64_t)big_endian(header + AT_PAGES) * (page == 1 ? 65536 : page);
    if (size < wanted)
        return err_set(err, ERR_SYSTEM, "%s is truncated: %lld of %lld bytes", path, (long long)size,
                       (long long)wanted);
    if (size > wanted || header[AT_FORMATS] != 1 || header[AT_FORMATS + 1] != 1)
        return err_set(err, ERR_SYSTEM, "%s is damaged: its header does not fit the file", path);
    return true;
}

bool header_check(const char *path, struct err *err)
{
    static const char magic[16] = "SQLite format 3";
    unsigned char header[HEADER_BYTES];
    struct stat entry;
    size_t len = 0;
    if (!entry_check(path, &entry, err) || !header_read(path, header, &len, err))
        return false;
    if (len < sizeof(magic) || memcmp(header, magic, sizeof(magic)) != 0)
        return err_set(err, ERR_SYSTEM, "%s is not a dataset: it is no SQLite file at all", path);
    if (len < HEADER_BYTES)
        return err_set(err, ERR_SYSTEM, "%s is truncated: %zu bytes", path, len);
    if (big_endian(header + AT_APPLICATION) != STORE_APPLICATION_ID)
        return err_set(err, ERR_SYSTEM, "%s is not a dataset: it is an SQLite file of another program", path);
    uint32_t version = big_endian(header + AT_USER_VERSION);
    if (version != STORE_SCHEMA_VERSION)
        return err_set(err, ERR_SYSTEM, "%s has schema version %u, %s than this program's %d: %s", path, version,
                       version > STORE_SCHEMA_VERSION ? "newer" : "older", (int)STORE_SCHEMA_VERSION,
                       version > STORE_SCHEMA_VERSION ? "use a newer cyberatlas"
                                                      : "rebuild it with `cyberatlas build`");
    return size_check(path, header, entry.st_size, err);
}
