/* SPDX-License-Identifier: MIT */
/* From a file to JSON, trusting nothing: the size is looked at before a byte is read, a link or a device is not
 * opened, and UTF-8, NUL and nesting are settled before jansson sees the text. Faults of syntax name line and column;
 * those of length and number the place in the JSON. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

/* jansson 2.14's parser does not notice when the text it gathers cannot grow: it goes on without a byte, or beyond its
 * buffer. So a spare block, more than a parsed text takes, is held while it parses and given up for the first
 * allocation that fails: the parser then ends in order, and its result is dropped. */
enum { PARSED_PER_BYTE = 32, PARSED_LEAST = 64 * 1024 };
static _Thread_local void *spare;
static _Thread_local bool short_of_memory;
static json_malloc_t allocate = malloc;

static void *watched_malloc(size_t size)
{
    void *data = allocate(size);
    if (data != NULL)
        return data;
    short_of_memory = true;
    if (spare == NULL)
        return NULL;
    free(spare);
    spare = NULL;
    return allocate(size);
}

static void watch_memory(void)
{
    json_malloc_t now;
    json_free_t release;
    json_get_alloc_funcs(&now, &release);
    if (now == watched_malloc)
        return;
    allocate = now;
    json_set_alloc_funcs(watched_malloc, release);
}

json_t *read_parse(const char *text, size_t len, size_t flags, json_error_t *ret_error, bool *ret_short)
{
    watch_memory();
    spare = malloc(len * PARSED_PER_BYTE + PARSED_LEAST);
    short_of_memory = *ret_short = spare == NULL;
    if (spare == NULL)
        return NULL;
    json_t *json = json_loadb(text, len, flags | JSON_REJECT_DUPLICATES, ret_error);
    free(spare);
    spare = NULL;
    *ret_short = short_of_memory;
    if (!short_of_memory)
        return json;
    json_decref(json);
    return NULL;
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

int read_folder(const struct seed_tree *tree, enum seed_kind kind, struct seed_faults *faults)
{
    int fd = openat(tree->fd, seed_kind_folder(kind), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        report_file(faults, tree->shown, "%s: %s", seed_kind_folder(kind), strerror(errno));
    return fd;
}

/* An open regular file of allowed size, or -1 with a fault. O_NONBLOCK so that a pipe without a writer does not hold
 * us; it means nothing to a regular file. */
static int open_regular(int folder, const struct seed_file *file, struct seed_faults *faults)
{
    int fd = openat(folder, file->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat stat;
    if (fd < 0 && errno == ELOOP)
        report_file(faults, file->shown, "a symbolic link where a file belongs");
    else if (fd < 0 || fstat(fd, &stat) != 0)
        report_file(faults, file->shown, "cannot be read: %s", strerror(errno));
    else if (!S_ISREG(stat.st_mode))
        report_file(faults, file->shown, "%s where a file belongs", S_ISDIR(stat.st_mode) ? "a folder" : "a device");
    else if (stat.st_size > SEED_FILE_BYTES)
        report_file(faults, file->shown, "larger than %d bytes", SEED_FILE_BYTES);
    else
        return fd;
    close_fd(&fd);
    return -1;
}

static enum read_result read_all(int fd, const struct seed_file *file, struct buf *ret, struct seed_faults *faults)
{
    char chunk[16384];
    for (;;) {
        ssize_t count = read(fd, chunk, sizeof(chunk));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            report_file(faults, file->shown, "cannot be read: %s", strerror(errno));
            return READ_FAULT;
        }
        if (count == 0)
            return buf_ok(ret) ? READ_DONE : READ_BROKEN;
        /* The file may have grown since its size was looked at. */
        if (ret->len + (size_t)count > SEED_FILE_BYTES) {
            report_file(faults, file->shown, "larger than %d bytes", SEED_FILE_BYTES);
            return READ_FAULT;
        }
        buf_add(ret, chunk, (size_t)count);
    }
}

static void fault_at_byte(const struct seed_file *file, const struct buf *text, size_t byte, const char *reason,
                          struct seed_faults *faults)
{
    size_t line = 1;
    size_t column = 1;
    for (size_t i = 0; i < byte; i++) {
        line += text->data[i] == '\n';
        column = text->data[i] == '\n' ? 1 : column + 1;
    }
    report_line(faults, file->shown, line, column, "%s", reason);
}

/* The first byte at which the text stops being UTF-8: no sequence is longer than four bytes. */
static size_t first_bad(const struct buf *text)
{
    size_t start = 0;
    while (start < text->len) {
        size_t len = 1;
        while (len <= 4 && len <= text->len - start && !utf8_valid(text->data + start, len))
            len++;
        if (len > 4 || len > text->len - start)
            return start;
        start += len;
    }
    return start;
}

enum read_result read_text(int folder, const struct seed_file *file, struct buf *ret, struct seed_faults *faults,
                           struct err *err)
{
    int fd CLEANUP(close_fd) = open_regular(folder, file, faults);
    if (fd < 0)
        return READ_FAULT;
    enum read_result result = read_all(fd, file, ret, faults);
    if (result == READ_BROKEN)
        (void)err_memory(err);
    if (result != READ_DONE)
        return result;
    if (ret->len == 0) {
        report_file(faults, file->shown, "is empty");
        return READ_FAULT;
    }
    const char *nul = memchr(ret->data, '\0', ret->len);
    if (nul != NULL)
        fault_at_byte(file, ret, (size_t)(nul - ret->data), "a NUL byte", faults);
    else if (!utf8_valid(ret->data, ret->len))
        fault_at_byte(file, ret, first_bad(ret), "not UTF-8", faults);
    else
        return READ_DONE;
    return READ_FAULT;
}

/* The first byte that nests too deep, SIZE_MAX when none does. What is within quotes does not count. */
static size_t too_deep(const struct buf *text)
{
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text->len; i++) {
        char c = text->data[i];
        if (quoted) {
            i += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > SEED_DEPTH)
                return i;
        } else if ((c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return SIZE_MAX;
}

struct walk {
    const struct seed_file *file;
    struct seed_faults *faults;
    bool failed;
};

static void walk_fail(struct walk *walk, const struct at *at, const char *fmt, ...) PRINTF(3, 4);

static void walk_fail(struct walk *walk, const struct at *at, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    report_list(walk->faults, walk->file->shown, at, fmt, args);
    va_end(args);
    walk->failed = true;
}

/* `many`: line ends are allowed. */
static void walk_text(struct walk *walk, const char *text, const struct at *at, bool many)
{
    size_t len = strlen(text);
    if (len > SEED_TEXT_BYTES)
        walk_fail(walk, at, "a text longer than %d bytes", SEED_TEXT_BYTES);
    if (len > 0 && (text[0] == ' ' || text[len - 1] == ' '))
        walk_fail(walk, at, "begins or ends with a space");
    while (*text != '\0') {
        uint32_t point = utf8_next(&text);
        if (!report_acts(point) || (many && point == '\n'))
            continue;
        walk_fail(walk, at, "holds the control character U+%04X", (unsigned)point);
        return;
    }
}

static void walk_value(struct walk *walk, const json_t *value, const struct at *at)
{
    size_t count = json_is_object(value) ? json_object_size(value) : json_array_size(value);
    if (count > SEED_ITEMS)
        walk_fail(walk, at, "more than %d items", SEED_ITEMS);
    if (json_is_string(value))
        walk_text(walk, json_string_value(value), at, at != NULL && at->key != NULL && strcmp(at->key, "text") == 0);
    for (size_t i = 0; i < json_array_size(value); i++) {
        struct at item = {at, NULL, i};
        walk_value(walk, json_array_get(value, i), &item);
    }
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        struct at inner = {at, key, 0};
        walk_text(walk, key, &inner, false);
        walk_value(walk, member, &inner);
    }
}

static void fault_of_syntax(const struct seed_file *file, const json_error_t *error, struct seed_faults *faults)
{
    size_t line = error->line < 1 ? 1 : (size_t)error->line;
    size_t column = error->column < 1 ? 1 : (size_t)error->column;
    enum json_error_code code = json_error_code(error);
    if (code == json_error_null_character || code == json_error_null_byte_in_key)
        report_line(faults, file->shown, line, column, "a NUL character in a text");
    else
        report_line(faults, file->shown, line, column, "%s", error->text);
}

enum read_result read_json(const struct seed_file *file, const struct buf *text, json_t **ret,
                           struct seed_faults *faults, struct err *err)
{
    size_t deep = too_deep(text);
    if (deep != SIZE_MAX) {
        char reason[64];
        (void)snprintf(reason, sizeof(reason), "nested deeper than %d levels", SEED_DEPTH);
        fault_at_byte(file, text, deep, reason, faults);
        return READ_FAULT;
    }
    json_error_t error;
    bool memory;
    json_t *json = read_parse(text->data, text->len, 0, &error, &memory);
    if (memory) {
        (void)err_memory(err);
        return READ_BROKEN;
    }
    if (json == NULL) {
        fault_of_syntax(file, &error, faults);
        return READ_FAULT;
    }
    struct walk walk = {file, faults, false};
    walk_value(&walk, json, NULL);
    if (!walk.failed) {
        *ret = json;
        return READ_DONE;
    }
    json_decref(json);
    return READ_FAULT;
}

enum read_result read_file(const struct seed_tree *tree, const struct seed_file *file, json_t **ret,
                           struct seed_faults *faults, struct err *err)
{
    if (file->text != NULL)
        return read_json(file, file->text, ret, faults, err);
    int folder CLEANUP(close_fd) = read_folder(tree, file->kind, faults);
    if (folder < 0)
        return READ_FAULT;
    struct buf text CLEANUP(buf_done);
    buf_init(&text, SEED_FILE_BYTES);
    enum read_result result = read_text(folder, file, &text, faults, err);
    return result == READ_DONE ? read_json(file, &text, ret, faults, err) : result;
}
