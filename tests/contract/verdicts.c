/* SPDX-License-Identifier: MIT */
/* Tells what the program's own validator says of files, for comparison with another implementation. Reads lines
 * "SCHEMA<TAB>open|closed<TAB>FILE" and prints "valid" or "invalid" for each; any other trouble ends it with status 3.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/seed.h"

enum { LONGEST_LINE = 4096, LARGEST_FILE = 16 * 1024 * 1024 };

static bool read_file(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char piece[65536];
    size_t len;
    while ((len = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add(out, piece, len);
    bool good = ferror(file) == 0 && buf_ok(out);
    (void)fclose(file);
    return good;
}

/* One line's verdict; false when the file or the schema could not be read. */
static bool judge(char *line)
{
    char *schema = strtok_r(line, "\t\n", &line);
    char *mode = strtok_r(line, "\t\n", &line);
    char *path = strtok_r(line, "\t\n", &line);
    CLEANUP(buf_done) struct buf json;
    buf_init(&json, LARGEST_FILE);
    if (path == NULL || !read_file(path, &json))
        return false;
    CLEANUP(seed_faults_done) struct seed_faults faults;
    seed_faults_init(&faults);
    struct err err = {0};
    bool valid = seed_check_schema(schema, path, json.data, json.len, strcmp(mode, "closed") == 0, &faults, &err);
    if (!valid && faults.count == 0) {
        (void)fprintf(stderr, "%s: %s\n", schema, err.text);
        return false;
    }
    (void)puts(valid ? "valid" : "invalid");
    return true;
}

int main(void)
{
    char line[LONGEST_LINE];
    while (fgets(line, sizeof(line), stdin) != NULL)
        if (!judge(line))
            return 3;
    return 0;
}
