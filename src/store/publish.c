/* SPDX-License-Identifier: MIT */
/* From the dataset in memory to the file under its name: sealed, copied to a temporary name in the same folder,
 * opened and verified as a reader would, flushed, renamed, the folder flushed. Invariant: up to the rename the old file
 * is as it was, and whatever fails takes the temporary file along. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

enum { PATH_BYTES = 4096 };

/* The names that one publication uses. */
struct names {
    const char *path;
    struct buf folder;
    struct buf temporary; /* PATH.new.PID */
    struct buf journal;   /* what SQLite may leave beside it */
};

static void names_done(struct names *names)
{
    buf_done(&names->folder);
    buf_done(&names->temporary);
    buf_done(&names->journal);
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static bool names_init(struct names *names, const char *path, struct err *err)
{
    size_t folder_len = (size_t)(base_of(path) - path);
    names->path = path;
    buf_init(&names->folder, PATH_BYTES);
    buf_init(&names->temporary, PATH_BYTES);
    buf_init(&names->journal, PATH_BYTES);
    if (folder_len == 0)
        buf_puts(&names->folder, "./");
    buf_add(&names->folder, path, folder_len);
    buf_printf(&names->temporary, "%s.new.%ld", path, (long)getpid());
    buf_printf(&names->journal, "%s-journal", names->temporary.data == NULL ? "" : names->temporary.data);
    if (*base_of(path) == '\0')
        return err_set(err, ERR_SYSTEM, "'%s' is no name for a dataset file", path);
    return (buf_ok(&names->folder) && buf_ok(&names->temporary) && buf_ok(&names->journal)) ||
           err_set(err, ERR_SYSTEM, "the name of the dataset file is too long");
}

static void remove_temporary(const struct names *names)
{
    (void)unlink(names->temporary.data);
    (void)unlink(names->journal.data);
}

/* The process that a name BASE.new.PID or BASE.new.PID-journal speaks of; 0 when it is no such name. */
static pid_t owner_of(const char *name, const char *base)
{
    size_t len = strlen(base);
    if (strncmp(name, base, len) != 0 || strncmp(name + len, ".new.", 5) != 0)
        return 0;
    char *end = NULL;
    errno = 0;
    long pid = strtol(name + len + 5, &end, 10);
    bool is_ours = errno == 0 && pid > 0 && pid <= INT32_MAX && (*end == '\0' || strcmp(end, "-journal") == 0);
    return is_ours ? (pid_t)pid : 0;
}

/* Removes what builds that were killed have left. A folder that cannot be read is left to the next step to report. */
static void sweep(const struct names *names)
{
    DIR *folder = opendir(names->folder.data);
    if (folder == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        pid_t owner = owner_of(entry->d_name, base_of(names->path));
        bool is_stale = owner != 0 && (owner == getpid() || (kill(owner, 0) != 0 && errno == ESRCH));
        if (is_stale)
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    }
    (void)closedir(folder);
}

static bool system_failed(const char *doing, const char *path, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "cannot %s %s: %s", doing, path, strerror(errno));
}

/* Once for a writer, however often it is published. The words' index writes its last rows when a transaction ends, so
 * the digests are taken in one of their own. */
static bool finish(struct store_writer *writer, struct err *err)
{
    if (writer->finished)
        return true;
    if (!database_run(writer->db, "INSERT INTO search (search) VALUES ('optimize'); COMMIT; BEGIN",
                      "cannot finish the dataset", err) ||
        !tables_seal(writer->db, err) || !database_run(writer->db, "COMMIT", "cannot finish the dataset", err))
        return false;
    writer->finished = true;
    return true;
}

/* What is there already must be a plain file: a rename would quietly replace a link or a device. */
static bool target_check(const char *path, struct err *err)
{
    struct stat entry;
    if (lstat(path, &entry) != 0)
        return errno == ENOENT || system_failed("look at", path, err);
    return S_ISREG(entry.st_mode) || err_set(err, ERR_SYSTEM, "%s is there and is not a regular file", path);
}

/* An empty file of our own, which SQLite then fills. */
static bool reserve(const char *temporary, struct err *err)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0)
        return system_failed("create", temporary, err);
    bool ok = fchmod(fd, 0644) == 0 || system_failed("set the mode of", temporary, err);
    return (close(fd) == 0 && ok) || (ok ? system_failed("close", temporary, err) : false);
}

static bool copy_out(struct store_writer *writer, const char *temporary, struct err *err)
{
    static const struct statement copy = {"VACUUM INTO ?1", 0};
    sqlite3_stmt *statement CLEANUP(database_finish) = NULL;
    if (!database_prepare(writer->db, &copy, 1, &statement, err))
        return false;
    if (sqlite3_bind_text(statement, 1, temporary, -1, SQLITE_STATIC) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_DONE)
        return true;
    return database_failed(writer->db, temporary, err);
}

static bool pass(void *cls, const struct store_document *document)
{
    (void)cls;
    (void)document;
    return true;
}

static void store_done(struct store **store)
{
    store_close(*store);
}

static bool verify(const char *temporary, struct err *err)
{
    struct store *store CLEANUP(store_done) = NULL;
    return store_open(temporary, 0, &store, err) && store_documents(store, pass, NULL, err);
}

/* Flushes a file or a folder to the disk; errno says why it could not. */
static bool flush(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC | O_RDONLY);
    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    int why = errno;
    (void)close(fd);
    errno = why;
    return ok;
}

static bool put_in_place(struct store_writer *writer, const struct names *names, struct err *err)
{
    const char *temporary = names->temporary.data;
    if (!reserve(temporary, err))
        return false;
    if (copy_out(writer, temporary, err) && verify(temporary, err) &&
        (flush(temporary, O_NOFOLLOW) || system_failed("flush", temporary, err)) &&
        (rename(temporary, names->path) == 0 || system_failed("replace", names->path, err)))
        return true;
    remove_temporary(names);
    return false;
}

bool store_publish(struct store_writer *writer, const char *path, struct err *err)
{
    struct names names CLEANUP(names_done) = {0};
    if (!names_init(&names, path, err) || !target_check(path, err) || !finish(writer, err))
        return false;
    sweep(&names);
    if (!put_in_place(writer, &names, err))
        return false;
    return flush(names.folder.data, O_DIRECTORY) ||
           err_set(err, ERR_SYSTEM,
                   "%s is the new dataset, but its folder could not be flushed (%s): a power cut may bring the old "
                   "one back",
                   path, strerror(errno));
}
