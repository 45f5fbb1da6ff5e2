/* SPDX-License-Identifier: MIT */
/* The schemas of the program: parsed when first asked for, kept for the run; likewise the compiled patterns. Patterns
 * are those on which POSIX extended expressions and ECMA-262 agree (no backslash, no (?…), no dot): a test holds the
 * schemas to that. */
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "internal.h"

static const char folder[] = "api/schemas/";
static const char public_path[] = "/schemas/";

struct pattern {
    char *text;
    regex_t compiled;
};

struct schemas {
    json_t *documents; /* name → schema */
    struct pattern *patterns;
    size_t pattern_count;
};

struct schemas *schemas_new(void)
{
    struct schemas *schemas = calloc(1, sizeof(*schemas));
    if (schemas == NULL)
        return NULL;
    schemas->documents = json_object();
    if (schemas->documents != NULL)
        return schemas;
    free(schemas);
    return NULL;
}

void schemas_free(struct schemas *schemas)
{
    if (schemas == NULL)
        return;
    for (size_t i = 0; i < schemas->pattern_count; i++) {
        regfree(&schemas->patterns[i].compiled);
        free(schemas->patterns[i].text);
    }
    free(schemas->patterns);
    json_decref(schemas->documents);
    free(schemas);
}

void schemas_cleanup(struct schemas **schemas)
{
    schemas_free(*schemas);
}

const json_t *schemas_document(struct schemas *schemas, const char *name, struct err *err)
{
    const json_t *known = json_object_get(schemas->documents, name);
    if (known != NULL)
        return known;
    char path[256];
    (void)snprintf(path, sizeof(path), "%s%s", folder, name);
    const struct embedded *file = embedded_find(path);
    if (file == NULL) {
        (void)err_set(err, ERR_SYSTEM, "there is no schema \"%s\"", name);
        return NULL;
    }
    json_error_t error;
    bool memory;
    json_t *schema = read_parse(file->data, file->len, 0, &error, &memory);
    if (memory) {
        (void)err_memory(err);
        return NULL;
    }
    if (schema == NULL) {
        (void)err_set(err, ERR_SYSTEM, "schema \"%s\": %s (line %d)", name, error.text, error.line);
        return NULL;
    }
    if (json_object_set_new(schemas->documents, name, schema) == 0)
        return schema;
    (void)err_memory(err);
    return NULL;
}

static struct pattern *add_pattern(struct check *check, const char *text)
{
    struct schemas *schemas = check->schemas;
    struct pattern *grown = realloc(schemas->patterns, (schemas->pattern_count + 1) * sizeof(*grown));
    if (grown == NULL) {
        (void)schema_break(check, "out of memory");
        return NULL;
    }
    schemas->patterns = grown;
    struct pattern *pattern = &grown[schemas->pattern_count];
    pattern->text = strdup(text);
    if (pattern->text == NULL || regcomp(&pattern->compiled, text, REG_EXTENDED | REG_NOSUB) != 0) {
        free(pattern->text);
        (void)schema_break(check, "pattern %s cannot be compiled", text);
        return NULL;
    }
    schemas->pattern_count++;
    return pattern;
}

bool schemas_match(struct check *check, const char *pattern, const char *text)
{
    struct schemas *schemas = check->schemas;
    struct pattern *found = NULL;
    for (size_t i = 0; i < schemas->pattern_count && found == NULL; i++)
        if (strcmp(schemas->patterns[i].text, pattern) == 0)
            found = &schemas->patterns[i];
    if (found == NULL)
        found = add_pattern(check, pattern);
    return found != NULL && regexec(&found->compiled, text, 0, NULL, 0) == 0;
}

/* "common.json" said in "seed/certs.json" is "seed/common.json"; "/schemas/seed/common.json" is that everywhere. */
static void join(const char *base, const char *file, size_t len, struct buf *ret)
{
    const char *slash = strrchr(base, '/');
    size_t public_len = sizeof(public_path) - 1;
    size_t skip = 0;
    if (len >= public_len && strncmp(file, public_path, public_len) == 0)
        skip = public_len;
    else if (len >= 3 && strncmp(file, "../", 3) == 0)
        skip = 3;
    else if (slash != NULL)
        buf_add(ret, base, (size_t)(slash + 1 - base));
    buf_add(ret, file + skip, len - skip);
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One segment of a pointer in a URI fragment: %XX, then ~0 and ~1. Moves *at to the next '/' or the end. */
static void unescape_segment(const char **at, char *ret, size_t size)
{
    size_t len = 0;
    const char *c = *at;
    while (*c != '\0' && *c != '/' && len + 1 < size) {
        char byte = *c++;
        if (byte == '%' && hex(c[0]) >= 0 && hex(c[1]) >= 0) {
            byte = (char)(hex(c[0]) * 16 + hex(c[1]));
            c += 2;
        } else if (byte == '~' && (*c == '0' || *c == '1')) {
            byte = *c++ == '0' ? '~' : '/';
        }
        ret[len++] = byte;
    }
    ret[len] = '\0';
    *at = c;
}

static const json_t *follow(const json_t *from, const char *pointer)
{
    char segment[256];
    while (from != NULL && *pointer == '/') {
        pointer++;
        unescape_segment(&pointer, segment, sizeof(segment));
        char *end;
        size_t index = strtoul(segment, &end, 10);
        if (json_is_array(from))
            from = *end == '\0' && end != segment ? json_array_get(from, index) : NULL;
        else
            from = json_object_get(from, segment);
    }
    return *pointer == '\0' ? from : NULL;
}

bool schema_resolve(struct check *check, const struct scope *scope, const char *ref, struct spot *ret)
{
    const char *fragment = strchr(ref, '#');
    size_t len = fragment == NULL ? strlen(ref) : (size_t)(fragment - ref);
    struct scope found = *scope;
    if (len > 0) {
        struct buf name CLEANUP(buf_done);
        buf_init(&name, SEED_TEXT_BYTES);
        join(scope->name, ref, len, &name);
        if (name.data == NULL || !buf_ok(&name))
            return schema_break(check, "out of memory");
        found.root = schemas_document(check->schemas, name.data, check->err);
        if (found.root == NULL) {
            check->broken = true;
            return false;
        }
        found.name = json_object_iter_key(json_object_iter_at(check->schemas->documents, name.data));
    }
    const json_t *schema = follow(found.root, fragment == NULL ? "" : fragment + 1);
    if (schema == NULL)
        return schema_break(check, "%s: \"%s\" leads nowhere", scope->name, ref);
    ret->scope = found;
    ret->schema = schema;
    return true;
}
