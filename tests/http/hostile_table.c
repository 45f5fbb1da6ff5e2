/* SPDX-License-Identifier: MIT */
/* Reading the table of hostile requests. A row that is not of the form ends the program: no test may pass for want of
 * rows. */
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostile.h"

enum { FIELDS = 5, LONGEST_LINE = 8192 };

static const char good_host[] = "Host: t\\r\\n";
static const char good_request[] = "GET /v1/countries/BE HTTP/1.1\\r\\nHost: t\\r\\n\\r\\n";

struct reader {
    const char *file;
    unsigned line;
    char *out;
    size_t len, size;
};

static void fail(const struct reader *reader, const char *what)
{
    (void)fprintf(stderr, "%s:%u: %s\n", reader->file, reader->line, what);
    exit(1);
}

static void put(struct reader *reader, char c)
{
    if (reader->len == reader->size) {
        reader->size = reader->size * 2 + 256;
        reader->out = realloc(reader->out, reader->size);
        if (reader->out == NULL)
            fail(reader, "no memory");
    }
    reader->out[reader->len++] = c;
}

/* One character, escaped or not; returns what follows it. */
static const char *unescape(struct reader *reader, const char *at)
{
    static const char letters[] = "rnt0\\";
    static const char values[] = "\r\n\t\0\\";
    if (*at != '\\') {
        put(reader, *at);
        return at + 1;
    }
    const char *letter = at[1] == '\0' ? NULL : strchr(letters, at[1]);
    if (letter != NULL) {
        put(reader, values[letter - letters]);
        return at + 2;
    }
    if (at[1] != 'x' || !isxdigit((unsigned char)at[2]) || !isxdigit((unsigned char)at[3]))
        fail(reader, "unknown escape");
    const char digits[] = {at[2], at[3], '\0'};
    put(reader, (char)strtoul(digits, NULL, 16));
    return at + 4;
}

static void expand(struct reader *reader, const char *from, const char *to);

static void repeat(struct reader *reader, const char *from, const char *to)
{
    char *text;
    unsigned long count = strtoul(from, &text, 10);
    if (text == from || *text != '*' || text + 1 == to)
        fail(reader, "braces hold neither H, next nor n*text");
    for (unsigned long i = 0; i < count; i++)
        expand(reader, text + 1, to);
}

static void expand(struct reader *reader, const char *from, const char *to)
{
    while (from < to) {
        if (*from != '{') {
            from = unescape(reader, from);
            continue;
        }
        const char *end = strchr(from, '}');
        if (end == NULL || end > to)
            fail(reader, "open brace");
        if (strncmp(from, "{H}", 3) == 0)
            expand(reader, good_host, good_host + strlen(good_host));
        else if (strncmp(from, "{next}", 6) == 0)
            expand(reader, good_request, good_request + strlen(good_request));
        else
            repeat(reader, from + 1, end);
        from = end + 1;
    }
}

static char *copy(struct reader *reader, const char *text)
{
    char *result = strdup(text);
    if (result == NULL)
        fail(reader, "no memory");
    return result;
}

static enum hostile_ending read_ending(struct reader *reader, const char *text)
{
    static const char *const names[] = {
        [HOSTILE_CLOSED] = "closed", [HOSTILE_OPEN] = "open", [HOSTILE_WAITS] = "waits"};
    for (int i = 0; i <= HOSTILE_WAITS; i++)
        if (strcmp(text, names[i]) == 0)
            return (enum hostile_ending)i;
    fail(reader, "no such ending");
    return HOSTILE_CLOSED;
}

static struct hostile_row read_row(struct reader *reader, char *line)
{
    char *fields[FIELDS] = {line};
    for (int i = 1; i < FIELDS; i++) {
        char *bar = strstr(fields[i - 1], " | ");
        if (bar == NULL)
            fail(reader, "a row has five fields");
        *bar = '\0';
        fields[i] = bar + 3;
    }
    reader->out = NULL;
    reader->len = reader->size = 0;
    expand(reader, fields[4], fields[4] + strlen(fields[4]));
    struct hostile_row row = {.name = copy(reader, fields[0]),
                              .section = copy(reader, fields[1]),
                              .wanted = copy(reader, fields[2]),
                              .ending = read_ending(reader, fields[3]),
                              .bytes = reader->out,
                              .len = reader->len};
    return row;
}

static void read_file(struct hostile_table *table, const char *path)
{
    char line[LONGEST_LINE];
    struct reader reader = {.file = path};
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail(&reader, "cannot be opened");
    while (fgets(line, sizeof(line), file) != NULL) {
        reader.line++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#')
            continue;
        table->rows = realloc(table->rows, (table->count + 1) * sizeof(*table->rows));
        if (table->rows == NULL)
            fail(&reader, "no memory");
        table->rows[table->count++] = read_row(&reader, line);
    }
    (void)fclose(file);
}

struct hostile_table hostile_load(const char *folder)
{
    char pattern[4096];
    glob_t found;
    struct hostile_table table = {0};
    (void)snprintf(pattern, sizeof(pattern), "%s/*.rows", folder);
    if (glob(pattern, 0, NULL, &found) != 0) {
        (void)fprintf(stderr, "%s: no rows there\n", folder);
        exit(1);
    }
    for (size_t i = 0; i < found.gl_pathc; i++)
        read_file(&table, found.gl_pathv[i]);
    globfree(&found);
    return table;
}

struct hostile_table hostile_load_here(void)
{
    char folder[4096];
    const char *source = getenv("CYBERATLAS_SOURCE");
    (void)snprintf(folder, sizeof(folder), "%s/tests/http/hostile", source == NULL ? "." : source);
    return hostile_load(folder);
}

void hostile_free(struct hostile_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->rows[i].name);
        free(table->rows[i].section);
        free(table->rows[i].wanted);
        free(table->rows[i].bytes);
    }
    free(table->rows);
    *table = (struct hostile_table){0};
}
