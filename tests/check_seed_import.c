/* SPDX-License-Identifier: MIT */
/* Sheets merged into seeds. One folder for each rule: tests/import/CASE holds the sheet input.csv of the kind in
 * `kind`, and either `expect`, the faults to the letter, or `changes`, the lines told, with the files that come of it
 * in `after`. The seeds before are seeds/valid/full over valid/minimal. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check_seed.h"

static char cases[CASES][CASE_NAME];
static struct folder folder;
static char sheet[TEMP_FOLDER_SIZE + 16];

static void setup(void)
{
    folder_make(&folder);
    folder_overlay(&folder, "valid/full");
    (void)snprintf(sheet, sizeof(sheet), "%s/input.csv", folder.root);
}

static void teardown(void)
{
    folder_drop(&folder);
}

/* A file of a case, "" where there is none; freed by the caller. */
static char *case_text(const char *name, const char *file, size_t *ret_len)
{
    char relative[400];
    char path[SOURCE_PATH_SIZE];
    (void)snprintf(relative, sizeof(relative), "tests/import/%s/%s", name, file);
    char *text = file_bytes(source_path(relative, path), ret_len);
    return text == NULL ? strdup("") : text;
}

/* All files below a folder with their bytes, in the order of their names. */
static void add_tree(const char *path, char **all, size_t *len)
{
    struct dirent **found = NULL;
    int count = scandir(path, &found, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char inner[512];
        ck_assert_int_lt(snprintf(inner, sizeof(inner), "%s/%s", path, found[i]->d_name), (int)sizeof(inner));
        size_t size = 0;
        char *bytes = found[i]->d_type == DT_REG ? file_bytes(inner, &size) : NULL;
        if (found[i]->d_type == DT_DIR && found[i]->d_name[0] != '.')
            add_tree(inner, all, len);
        size_t named = strlen(found[i]->d_name) + 2;
        *all = realloc(*all, *len + named + size + 1);
        ck_assert_ptr_nonnull(*all);
        (void)snprintf(*all + *len, named, "\n%s", found[i]->d_name);
        if (bytes != NULL)
            memcpy(*all + *len + named - 1, bytes, size);
        *len += named - 1 + size;
        (*all)[*len] = '\0';
        free(bytes);
        free(found[i]);
    }
    free(found);
}

static char *tree_of_seeds(void)
{
    char *all = NULL;
    size_t len = 0;
    add_tree(folder.data, &all, &len);
    return all;
}

struct told {
    bool done;
    char *changes;
    char *faults;
    struct err err;
};

/* Text of a buffer with the sheet's path cut down to its name. */
static char *shortened(const struct buf *text)
{
    char *out = strdup(text->data == NULL ? "" : text->data);
    size_t root = strlen(folder.root) + 1;
    for (char *at = strstr(out, sheet); at != NULL; at = strstr(at, sheet))
        memmove(at, at + root, strlen(at + root) + 1);
    return out;
}

static struct told import_as(const char *kind, bool dry)
{
    struct told told = {0};
    struct seed_faults faults;
    struct buf changes;
    seed_faults_init(&faults);
    buf_init(&changes, IMPORT_CHANGES);
    struct seed_import what = {folder.data, kind, sheet, dry};
    told.done = seed_import(&what, &changes, &faults, &told.err);
    told.changes = shortened(&changes);
    told.faults = shortened(&faults.lines);
    ck_assert(told.done ? faults.count == 0 : faults.count > 0 || told.err.kind != ERR_NONE);
    buf_done(&changes);
    seed_faults_done(&faults);
    return told;
}

static void told_done(struct told *told)
{
    free(told->changes);
    free(told->faults);
}

static void expect_told(const char *kind, bool dry, const char *changes, const char *faults)
{
    struct told told = import_as(kind, dry);
    ck_assert_str_eq(told.faults, faults);
    ck_assert_msg(told.done == (*faults == '\0'), "%s", told.err.text);
    if (told.done)
        ck_assert_str_eq(told.changes, changes);
    told_done(&told);
}

static void write_sheet(const char *text)
{
    file_write(sheet, text, strlen(text));
}

/* --- the cases --- */
static void expect_seeds_of(const char *name)
{
    struct folder wanted = folder;
    char overlay[300];
    char *seeds = tree_of_seeds();
    struct folder own;
    folder_make(&own);
    folder_overlay(&own, "valid/full");
    (void)snprintf(overlay, sizeof(overlay), "../import/%s/after", name);
    folder_overlay(&own, overlay);
    folder = own;
    char *expected = tree_of_seeds();
    folder = wanted;
    ck_assert_str_eq(seeds, expected);
    folder_drop(&own);
    free(seeds);
    free(expected);
}

START_TEST(each_sheet_changes_or_faults_to_the_letter)
{
    const char *name = cases[_i];
    size_t len = 0;
    char *kind = case_text(name, "kind", &len);
    char *changes = case_text(name, "changes", &len);
    char *expect = case_text(name, "expect", &len);
    char *input = case_text(name, "input.csv", &len);
    kind[strcspn(kind, "\n")] = '\0';
    file_write(sheet, input, *input == '\0' ? 0 : len);
    char *before = tree_of_seeds();
    expect_told(kind, true, changes, expect);
    char *dry = tree_of_seeds();
    ck_assert_str_eq(before, dry);
    expect_told(kind, false, changes, expect);
    if (*expect == '\0' && *changes != '\0') {
        expect_seeds_of(name);
    } else {
        char *after = tree_of_seeds();
        ck_assert_str_eq(before, after);
        free(after);
    }
    expect_told(kind, false, "", expect);
    char *all[] = {kind, changes, expect, input, before, dry};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        free(all[i]);
}
END_TEST

START_TEST(what_is_written_is_canonical_and_without_fault)
{
    const char *name = cases[_i];
    size_t len = 0;
    char *kind = case_text(name, "kind", &len);
    char *input = case_text(name, "input.csv", &len);
    kind[strcspn(kind, "\n")] = '\0';
    file_write(sheet, input, *input == '\0' ? 0 : len);
    struct told told = import_as(kind, false);
    expect_faults(&folder, "");
    struct seed_faults faults;
    struct err err = {0};
    size_t changed = 0;
    seed_faults_init(&faults);
    ck_assert_msg(seed_format(folder.data, true, &faults, &changed, &err), "%s", faults.lines.data);
    seed_faults_done(&faults);
    told_done(&told);
    free(kind);
    free(input);
}
END_TEST

/* The sheet as other programs write it: with a byte order mark and CRLF. No case that changes something has a line end
 * within a cell. */
START_TEST(line_ends_and_a_mark_change_nothing)
{
    const char *name = cases[_i];
    size_t len = 0;
    char *kind = case_text(name, "kind", &len);
    char *changes = case_text(name, "changes", &len);
    char *input = case_text(name, "input.csv", &len);
    char *other = calloc(2, len + 4);
    ck_assert_ptr_nonnull(other);
    char *end = stpcpy(other, "\xEF\xBB\xBF");
    for (const char *c = input; *c != '\0'; c++)
        end = *c == '\n' ? stpcpy(end, "\r\n") : stpncpy(end, c, 1);
    kind[strcspn(kind, "\n")] = '\0';
    if (*changes != '\0') {
        write_sheet(other);
        expect_told(kind, false, changes, "");
        expect_seeds_of(name);
    }
    free(kind);
    free(changes);
    free(input);
    free(other);
}
END_TEST

/* --- what no case shows --- */
static const char good[] = "country,name,status,source\nBE,Team cert-be,merged,register\nGR,Team,active,register\n";

START_TEST(no_part_of_a_sheet_is_more_than_a_fault)
{
    for (size_t len = 0; len < sizeof(good); len++) {
        file_write(sheet, good, len);
        struct told told = import_as("certs", true);
        ck_assert_msg(told.done || told.err.kind == ERR_NONE, "%s", told.err.text);
        told_done(&told);
    }
}
END_TEST

START_TEST(without_memory_nothing_is_written)
{
    char *before = tree_of_seeds();
    bool ran_out = true;
    for (long number = 0; ran_out; number += 37) {
        write_sheet(good);
        fail_allocation(number);
        struct told told = import_as("certs", true);
        ran_out = !fail_no_allocation();
        ck_assert_msg(told.done || ran_out, "%s%s", told.faults, told.err.text);
        told_done(&told);
        char *after = tree_of_seeds();
        ck_assert_str_eq(before, after);
        free(after);
    }
    free(before);
}
END_TEST

START_TEST(ceilings_of_a_sheet_are_told)
{
    size_t len = SEED_TEXT_BYTES + 64;
    char *text = malloc(len + 64);
    ck_assert_ptr_nonnull(text);
    memset(text, ',', len);
    text[IMPORT_COLUMNS] = '\0';
    write_sheet(text);
    expect_told("certs", false, "", "input.csv:1:257: more columns than a sheet may have\n");
    int head = snprintf(text, len, "country,name,status,source\nGR,");
    memset(text + head, 'x', SEED_TEXT_BYTES + 1);
    (void)snprintf(text + head + SEED_TEXT_BYTES + 1, 40, ",active,register\n");
    write_sheet(text);
    expect_told("certs", false, "", "input.csv:2:4: a cell longer than a text may be\n");
    free(text);
}
END_TEST

START_TEST(a_sheet_is_a_file)
{
    ck_assert_int_eq(symlink("elsewhere", sheet), 0);
    expect_told("certs", false, "", "input.csv: a symbolic link where a file belongs\n");
}
END_TEST

START_TEST(seeds_with_faults_take_no_sheet)
{
    write_sheet(good);
    folder_write(&folder, "certs/be.json", "{", 1);
    struct told told = import_as("certs", false);
    ck_assert(!told.done);
    ck_assert_ptr_nonnull(strstr(told.faults, "data/certs/be.json:1:"));
    told_done(&told);
}
END_TEST

START_TEST(a_kind_that_there_is_not_is_wrong_use)
{
    struct told told = import_as("cert", false);
    ck_assert_int_eq(told.err.kind, ERR_USAGE);
    ck_assert_str_eq(told.err.text, "there is no kind \"cert\"; did you mean certs?");
    told_done(&told);
}
END_TEST

START_TEST(without_a_file_the_columns_are_told)
{
    struct seed_faults faults;
    struct buf columns;
    struct err err = {0};
    seed_faults_init(&faults);
    buf_init(&columns, IMPORT_CHANGES);
    struct seed_import what = {folder.data, "certs", NULL, false};
    ck_assert(!seed_import(&what, &columns, &faults, &err));
    ck_assert_int_eq(err.kind, ERR_USAGE);
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_ptr_nonnull(strstr(columns.data, "  status               a term of cert-statuses (needed)\n"));
    ck_assert_ptr_nonnull(strstr(columns.data, "  memberships          body|level|since|until; …\n"));
    buf_done(&columns);
    seed_faults_done(&faults);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_made)
{
    char path[512];
    write_sheet("country,criterion,value,source,basis,sure\nGR,plan,yes,register,assessor,high\n");
    tree_remove(folder_path(&folder, "assessments", path));
    expect_told("assessments", false, "data/assessments/gr.json:/answers/plan: a new value\n", "");
    struct stat stat_of;
    ck_assert_int_eq(stat(folder_path(&folder, "assessments/gr.json", path), &stat_of), 0);
    ck_assert_int_eq(stat_of.st_mode & 0777, 0644);
}
END_TEST

START_TEST(sheets_are_found)
{
    ck_assert_int_ge(list_cases("../import", cases), 30);
}
END_TEST

Suite *seed_import_suite(void)
{
    Suite *suite = suite_create("seed import");
    TCase *tcase = tcase_create("import");
    int count = list_cases("../import", cases);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, sheets_are_found);
    tcase_add_loop_test(tcase, each_sheet_changes_or_faults_to_the_letter, 0, count);
    tcase_add_loop_test(tcase, what_is_written_is_canonical_and_without_fault, 0, count);
    tcase_add_loop_test(tcase, line_ends_and_a_mark_change_nothing, 0, count);
    tcase_add_test(tcase, no_part_of_a_sheet_is_more_than_a_fault);
    tcase_add_test(tcase, without_memory_nothing_is_written);
    tcase_add_test(tcase, ceilings_of_a_sheet_are_told);
    tcase_add_test(tcase, a_sheet_is_a_file);
    tcase_add_test(tcase, seeds_with_faults_take_no_sheet);
    tcase_add_test(tcase, a_kind_that_there_is_not_is_wrong_use);
    tcase_add_test(tcase, without_a_file_the_columns_are_told);
    tcase_add_test(tcase, a_folder_that_is_not_there_is_made);
    suite_add_tcase(suite, tcase);
    return suite;
}
