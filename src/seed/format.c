/* SPDX-License-Identifier: MIT */
/* The one canonical form of a seed: two spaces of indent, keys in the order in which the schema names them, what fits
 * into 100 columns on one line, a final newline. Only white space, escapes and the order of keys ever change, so the
 * JSON means the same before and after. Files are replaced whole: written beside, synced, renamed. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

enum { COLUMNS = 100, SCHEMAS_OF_A_PLACE = 32 };

/* The schemas that apply to one place, as far as they order its keys. */
struct place {
    struct spot spots[SCHEMAS_OF_A_PLACE];
    size_t count;
};

struct writer {
    struct check *check; /* silent: only asks which branch holds */
};

/* Adds a schema and those it leads to ($ref, allOf, the branch of if that holds). */
static void gather(struct writer *writer, const struct spot *spot, struct place *place)
{
    struct spot target = *spot;
    const json_t *ref = json_object_get(spot->schema, "$ref");
    const json_t *all = json_object_get(spot->schema, "allOf");
    const json_t *condition = json_object_get(spot->schema, "if");
    if (place->count == SCHEMAS_OF_A_PLACE || writer->check->broken)
        return;
    place->spots[place->count++] = *spot;
    if (ref != NULL && schema_resolve(writer->check, &spot->scope, json_string_value(ref), &target))
        gather(writer, &target, place);
    for (size_t i = 0; i < json_array_size(all); i++) {
        struct spot branch = spot_within(spot, json_array_get(all, i));
        gather(writer, &branch, place);
    }
    if (condition == NULL)
        return;
    struct spot inner = spot_within(spot, condition);
    inner.schema = json_object_get(spot->schema, schema_holds(writer->check, &inner, true) ? "then" : "else");
    if (inner.schema != NULL)
        gather(writer, &inner, place);
}

/* The schemas of one member or item of what `place` describes. */
static struct place part_of(struct writer *writer, const struct place *place, const char *key, const json_t *value)
{
    struct place part = {.count = 0};
    for (size_t i = 0; i < place->count; i++) {
        const json_t *schema = place->spots[i].schema;
        const json_t *found = key == NULL ? json_object_get(schema, "items")
                                          : json_object_get(json_object_get(schema, "properties"), key);
        if (found == NULL && key != NULL)
            found = json_object_get(schema, "additionalProperties");
        struct spot spot = {place->spots[i].scope, found, value, NULL};
        if (json_is_object(found))
            gather(writer, &spot, &part);
    }
    return part;
}

/* Sets the members that `properties` names, in its order, where they are not set yet. */
static void take_ordered(struct writer *writer, json_t *result, const json_t *object, const json_t *properties)
{
    const char *key;
    json_t *schema;
    json_object_foreach((json_t *)(uintptr_t)properties, key, schema)
    {
        json_t *member = json_object_get(object, key);
        if (member != NULL && json_object_get(result, key) == NULL && json_object_set(result, key, member) != 0)
            (void)schema_break(writer->check, "out of memory");
    }
}

static json_t *ordered(struct writer *writer, const json_t *value, const struct place *place);

/* A new object with its keys in order; what no schema names comes last, as it stood. */
static json_t *ordered_object(struct writer *writer, const json_t *object, const struct place *place)
{
    json_t *result = json_object();
    /* What a $ref brings is the general, and orders before what stands beside it. */
    for (size_t i = 0; i < place->count; i++)
        if (json_object_get(place->spots[i].schema, "$ref") == NULL)
            take_ordered(writer, result, object, json_object_get(place->spots[i].schema, "properties"));
    for (size_t i = 0; i < place->count; i++)
        take_ordered(writer, result, object, json_object_get(place->spots[i].schema, "properties"));
    (void)json_object_update_missing(result, (json_t *)(uintptr_t)object);
    if (json_object_size(result) != json_object_size(object))
        (void)schema_break(writer->check, "out of memory");
    const char *key;
    json_t *member;
    json_object_foreach(result, key, member)
    {
        struct place part = part_of(writer, place, key, member);
        if (json_object_set_new(result, key, ordered(writer, member, &part)) != 0)
            (void)schema_break(writer->check, "out of memory");
    }
    return result;
}

/* A new value with the keys of every object in it in order. NULL without memory. */
static json_t *ordered(struct writer *writer, const json_t *value, const struct place *place)
{
    if (json_is_object(value))
        return ordered_object(writer, value, place);
    if (!json_is_array(value))
        return json_incref((json_t *)(uintptr_t)value);
    json_t *result = json_array();
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *item = json_array_get(value, i);
        struct place part = part_of(writer, place, NULL, item);
        if (json_array_append_new(result, ordered(writer, item, &part)) != 0)
            (void)schema_break(writer->check, "out of memory");
    }
    return result;
}

static void write_value(struct buf *out, const json_t *value, size_t indent, size_t used);

static void write_key(struct buf *out, const char *key)
{
    json_auto_t *json = json_string(key);
    char *text = json_dumps(json, JSON_ENCODE_ANY);
    buf_puts(out, text == NULL ? "" : text);
    buf_puts(out, ": ");
    out->failed = out->failed || text == NULL;
    free(text);
}

static void write_lines(struct buf *out, const json_t *value, size_t indent)
{
    bool first = true;
    const char *key;
    json_t *member;
    buf_putc(out, json_is_object(value) ? '{' : '[');
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        buf_printf(out, "%s\n%*s", first ? "" : ",", (int)indent + 2, "");
        size_t start = out->len;
        write_key(out, key);
        write_value(out, member, indent + 2, indent + 2 + out->len - start);
        first = false;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        buf_printf(out, "%s\n%*s", i == 0 ? "" : ",", (int)indent + 2, "");
        write_value(out, json_array_get(value, i), indent + 2, indent + 2);
    }
    buf_printf(out, "\n%*s%c", (int)indent, "", json_is_object(value) ? '}' : ']');
}

/* `used`: columns of the line that are taken. A line keeps one free for a comma. */
static void write_value(struct buf *out, const json_t *value, size_t indent, size_t used)
{
    bool empty = json_object_size(value) == 0 && json_array_size(value) == 0;
    char *line = json_dumps(value, JSON_ENCODE_ANY);
    if (line == NULL)
        out->failed = true;
    else if (empty || (indent > 0 && used + utf8_width(line) < COLUMNS))
        buf_puts(out, line);
    else
        write_lines(out, value, indent);
    free(line);
}

bool format_canonical(struct schemas *schemas, enum seed_kind kind, const json_t *root, struct buf *ret,
                      struct err *err)
{
    const char *name = seed_kind_schema(kind);
    const json_t *schema = schemas_document(schemas, name, err);
    if (schema == NULL)
        return false;
    struct check check = {.schemas = schemas, .file = "", .err = err};
    struct writer writer = {&check};
    struct spot spot = {{schema, name}, schema, root, NULL};
    struct place place = {.count = 0};
    gather(&writer, &spot, &place);
    json_auto_t *result = ordered(&writer, root, &place);
    if (check.broken)
        return false;
    write_value(ret, result, 0, 0);
    buf_putc(ret, '\n');
    return buf_ok(ret) || err_memory(err);
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

static bool write_all(int fd, const struct buf *text)
{
    for (size_t done = 0; done < text->len;) {
        ssize_t count = write(fd, text->data + done, text->len - done);
        if (count < 0 && errno != EINTR)
            return false;
        done += count < 0 ? 0 : (size_t)count;
    }
    return fsync(fd) == 0;
}

/* The mode that the file has, or is to have where it is not there. */
static bool mode_of(int folder, const char *name, mode_t *ret)
{
    struct stat stat;
    bool there = fstatat(folder, name, &stat, AT_SYMLINK_NOFOLLOW) == 0;
    *ret = there ? stat.st_mode & 0777 : 0644;
    return there || errno == ENOENT;
}

bool format_replace(int folder, const struct seed_file *file, const struct buf *text, struct err *err)
{
    char beside[300];
    (void)snprintf(beside, sizeof(beside), ".%.250s.new.%ld", file->name, (long)getpid());
    mode_t mode;
    int fd CLEANUP(close_fd) = openat(folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool done = fd >= 0 && mode_of(folder, file->name, &mode) && fchmod(fd, mode) == 0 && write_all(fd, text) &&
                renameat(folder, beside, folder, file->name) == 0 && fsync(folder) == 0;
    int error = errno;
    if (!done && fd >= 0)
        (void)unlinkat(folder, beside, 0);
    return done || err_set(err, ERR_SYSTEM, "%s: %s", file->shown, strerror(error));
}

struct formatting {
    const struct seed_tree *tree;
    struct schemas *schemas;
    struct seed_faults *faults;
    struct err *err;
    bool dry;
    size_t changed;
};

/* False: *err. Faults of the file itself are reported and it is left alone. */
static bool format_file(struct formatting *run, const struct seed_file *file)
{
    int folder CLEANUP(close_fd) = read_folder(run->tree, file->kind, run->faults);
    struct buf text CLEANUP(buf_done);
    struct buf wanted CLEANUP(buf_done);
    json_auto_t *root = NULL;
    buf_init(&text, SEED_FILE_BYTES);
    buf_init(&wanted, (size_t)SEED_FILE_BYTES * 4);
    if (folder < 0)
        return true;
    enum read_result result = read_text(folder, file, &text, run->faults, run->err);
    if (result == READ_DONE)
        result = read_json(file, &text, &root, run->faults, run->err);
    if (result != READ_DONE)
        return result == READ_FAULT;
    if (!format_canonical(run->schemas, file->kind, root, &wanted, run->err))
        return false;
    if (text.len == wanted.len && memcmp(text.data, wanted.data, text.len) == 0)
        return true;
    run->changed++;
    if (!run->dry)
        return format_replace(folder, file, &wanted, run->err);
    report_file(run->faults, file->shown, "not in canonical form (check --format writes it)");
    return true;
}

bool seed_format(const char *data, bool dry, struct seed_faults *faults, size_t *ret_changed, struct err *err)
{
    struct seed_tree tree CLEANUP(tree_close) = {.fd = -1};
    struct schemas *schemas CLEANUP(schemas_cleanup) = schemas_new();
    if (schemas == NULL)
        return err_memory(err);
    if (!tree_open(data, &tree, faults, err))
        return false;
    struct formatting run = {&tree, schemas, faults, err, dry, 0};
    for (size_t i = 0; i < tree.count; i++)
        if (!format_file(&run, &tree.files[i]))
            return false;
    report_end(faults);
    *ret_changed = run.changed;
    return faults->count == 0;
}
