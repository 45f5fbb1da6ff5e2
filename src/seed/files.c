/* SPDX-License-Identifier: MIT */
/* Which seeds there are: one table says where each kind of file stands and which schema it obeys. Lists the seed
 * folder, in the order in which the kinds build on each other; a file that is in no row is a fault, because nobody
 * would read it. Names that begin with a dot are left alone, and so are a README.md and, in the seed folder itself, the
 * two texts about the seeds: COVERAGE.md and MERGES.md. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

struct row {
    const char *folder; /* "." for the seed folder itself */
    const char *file;   /* NULL: any NAME.json */
    const char *schema;
    bool required;
};

static const struct row rows[SEED_KIND_COUNT] = {
    [SEED_DATASET] = {".", "dataset.json", "seed/dataset.json", true},
    [SEED_VOCABULARIES] = {".", "vocabularies.json", "seed/vocabularies.json", true},
    [SEED_SOURCES] = {".", "sources.json", "seed/sources.json", true},
    [SEED_CRITERIA] = {".", "criteria.json", "seed/criteria.json", true},
    [SEED_METHODOLOGIES] = {"methodologies", NULL, "seed/methodology.json", false},
    [SEED_COUNTRIES] = {".", "countries.json", "seed/countries.json", true},
    [SEED_ORGANISATIONS] = {".", "organisations.json", "seed/organisations.json", false},
    [SEED_PROFILES] = {"profiles", NULL, "seed/profile.json", false},
    [SEED_CERTS] = {"certs", NULL, "seed/certs.json", false},
    [SEED_ASSESSMENTS] = {"assessments", NULL, "seed/assessment.json", false},
    [SEED_INDICES] = {"indices", NULL, "seed/index.json", false},
    [SEED_NAMES] = {".", "names.json", "seed/names.json", false},
    [SEED_CONTACT_ORDER] = {".", "contact-order.json", "seed/contact-order.json", false},
};

const char *seed_kind_folder(enum seed_kind kind)
{
    return rows[kind].folder;
}

const char *seed_kind_schema(enum seed_kind kind)
{
    return rows[kind].schema;
}

bool seed_kind_required(enum seed_kind kind)
{
    return rows[kind].required;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text);
    size_t end_len = strlen(end);
    return len > end_len && strcmp(text + len - end_len, end) == 0;
}

/* The kind of the file `name` in `folder`, SEED_KIND_COUNT when there is none. */
static enum seed_kind kind_of(const char *folder, const char *name)
{
    for (int kind = 0; kind < SEED_KIND_COUNT; kind++) {
        if (strcmp(rows[kind].folder, folder) != 0)
            continue;
        if (rows[kind].file == NULL ? ends_with(name, ".json") : strcmp(rows[kind].file, name) == 0)
            return (enum seed_kind)kind;
    }
    return SEED_KIND_COUNT;
}

static bool is_folder_name(const char *folder, const char *name)
{
    if (strcmp(folder, ".") != 0)
        return false;
    for (size_t kind = 0; kind < SEED_KIND_COUNT; kind++)
        if (strcmp(rows[kind].folder, name) == 0)
            return true;
    return false;
}

/* A text for people that stands among the seeds. */
static bool is_text_about(const char *folder, const char *name)
{
    if (strcmp(name, "README.md") == 0)
        return true;
    return strcmp(folder, ".") == 0 && (strcmp(name, "COVERAGE.md") == 0 || strcmp(name, "MERGES.md") == 0);
}

static char *shown_name(const struct seed_tree *tree, const char *folder, const char *name)
{
    char *shown = NULL;
    bool inner = strcmp(folder, ".") != 0;
    if (asprintf(&shown, "%s/%s%s%s", tree->shown, inner ? folder : "", inner ? "/" : "", name) < 0)
        return NULL;
    return shown;
}

static bool add_file(struct seed_tree *tree, enum seed_kind kind, const char *folder, const char *name)
{
    struct seed_file *grown = realloc(tree->files, (tree->count + 1) * sizeof(*grown));
    if (grown == NULL)
        return false;
    tree->files = grown;
    struct seed_file file = {kind, strdup(name), shown_name(tree, folder, name), NULL};
    grown[tree->count++] = file;
    return file.name != NULL && file.shown != NULL;
}

/* One entry of a folder. False without memory. */
static bool see_entry(struct seed_tree *tree, const char *folder, const char *name, struct seed_faults *faults)
{
    if (name[0] == '.' || is_text_about(folder, name) || is_folder_name(folder, name))
        return true;
    if (++tree->entries > SEED_FILES) {
        if (tree->entries == SEED_FILES + 1)
            report_file(faults, tree->shown, "more than %d files", SEED_FILES);
        return true;
    }
    enum seed_kind kind = kind_of(folder, name);
    if (kind != SEED_KIND_COUNT)
        return add_file(tree, kind, folder, name);
    char *shown = shown_name(tree, folder, name);
    if (shown == NULL)
        return false;
    report_file(faults, shown, "no seed has this name");
    free(shown);
    return true;
}

static void close_folder(DIR **dir)
{
    if (*dir != NULL)
        (void)closedir(*dir);
}

/* The folder as a stream; NULL where it is not there (which is no fault) or cannot be listed. */
static DIR *open_folder(const struct seed_tree *tree, const char *folder, struct seed_faults *faults)
{
    int fd = openat(tree->fd, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int error = errno;
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (dir != NULL || (fd < 0 && error == ENOENT))
        return dir;
    error = fd < 0 ? error : errno;
    if (fd >= 0)
        (void)close(fd);
    struct buf shown CLEANUP(buf_done);
    buf_init(&shown, SEED_TEXT_BYTES);
    buf_printf(&shown, "%s/%s", tree->shown, folder);
    const char *reason = error == ELOOP || error == ENOTDIR ? "not a folder" : strerror(error);
    report_file(faults, shown.data == NULL ? folder : shown.data, "%s", reason);
    return NULL;
}

static bool list_folder(struct seed_tree *tree, const char *folder, struct seed_faults *faults)
{
    DIR *dir CLEANUP(close_folder) = open_folder(tree, folder, faults);
    if (dir == NULL)
        return true;
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
        if (!see_entry(tree, folder, entry->d_name, faults))
            return false;
    return true;
}

static int compare_files(const void *a, const void *b)
{
    const struct seed_file *first = a;
    const struct seed_file *second = b;
    if (first->kind != second->kind)
        return first->kind < second->kind ? -1 : 1;
    return strcmp(first->name, second->name);
}

static void sort_files(struct seed_tree *tree)
{
    if (tree->count > 0)
        qsort(tree->files, tree->count, sizeof(*tree->files), compare_files);
}

bool tree_put(struct seed_tree *tree, enum seed_kind kind, const char *name, const struct buf *text)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->files[i].kind != kind || strcmp(tree->files[i].name, name) != 0)
            continue;
        tree->files[i].text = text;
        return true;
    }
    if (!add_file(tree, kind, rows[kind].folder, name))
        return false;
    tree->files[tree->count - 1].text = text;
    sort_files(tree);
    return true;
}

static bool list_all(struct seed_tree *tree, struct seed_faults *faults)
{
    bool done = list_folder(tree, ".", faults);
    for (size_t kind = 0; kind < SEED_KIND_COUNT && done; kind++)
        if (strcmp(rows[kind].folder, ".") != 0)
            done = list_folder(tree, rows[kind].folder, faults);
    sort_files(tree);
    return done;
}

static void report_missing(const struct seed_tree *tree, struct seed_faults *faults)
{
    for (size_t kind = 0; kind < SEED_KIND_COUNT; kind++) {
        bool there = false;
        for (size_t i = 0; i < tree->count; i++)
            there = there || tree->files[i].kind == kind;
        char *shown = there || !rows[kind].required ? NULL : shown_name(tree, ".", rows[kind].file);
        if (shown != NULL)
            report_file(faults, shown, "is missing");
        free(shown);
    }
}

/* The last part of the path, as faults show it. */
static char *folder_name(const char *data)
{
    size_t end = strlen(data);
    while (end > 1 && data[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && data[start - 1] != '/')
        start--;
    return strndup(data + start, end - start);
}

bool tree_open(const char *data, struct seed_tree *ret, struct seed_faults *faults, struct err *err)
{
    int fd = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "%s: %s", data, strerror(errno));
    struct seed_tree tree = {.fd = fd, .shown = folder_name(data)};
    if (tree.shown == NULL) {
        (void)close(fd);
        return err_memory(err);
    }
    if (!list_all(&tree, faults)) {
        tree_close(&tree);
        return err_memory(err);
    }
    report_missing(&tree, faults);
    *ret = tree;
    return true;
}

void tree_close(struct seed_tree *tree)
{
    if (tree->shown == NULL)
        return;
    for (size_t i = 0; i < tree->count; i++) {
        free(tree->files[i].name);
        free(tree->files[i].shown);
    }
    free(tree->files);
    free(tree->shown);
    (void)close(tree->fd);
    *tree = (struct seed_tree){.fd = -1};
}
