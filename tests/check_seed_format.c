/* SPDX-License-Identifier: MIT */
/* The canonical form: to the letter, idempotent, and never another meaning. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check_seed.h"

static struct folder folder;

static void setup(void)
{
    folder_make(&folder);
}

static void teardown(void)
{
    folder_drop(&folder);
}

static size_t format(bool dry, const char *lines)
{
    struct seed_faults faults;
    struct err err = {0};
    size_t changed = 999;
    seed_faults_init(&faults);
    bool done = seed_format(folder.data, dry, &faults, &changed, &err);
    ck_assert_str_eq(faults.lines.data == NULL ? "" : faults.lines.data, lines);
    ck_assert_msg(done == (*lines == '\0'), "%s", err.text);
    seed_faults_done(&faults);
    return changed;
}

static const char loose[] =
    "{\"strategies\":[{\"title\":{\"at\":\"L3\",\"value\":\"caf\\u00e9 \\/ bar\"},\"id\":\"be-plan\",\"topics\":"
    "[{\"summary\":\"s\",\"topic\":\"awareness\"},{\"source\":\"page\",\"value\":{\"summary\":\"s\",\"topic\":"
    "\"awareness\"}}]}],\n\n\"zebra\":[],\"apple\":{},\"defaults\":{\"observed\":\"2017\",\"source\":\"page\"},"
    "\"country\":\"BE\"}";
static const char tight[] =
    "{\n"
    "  \"country\": \"BE\",\n"
    "  \"defaults\": {\"source\": \"page\", \"observed\": \"2017\"},\n"
    "  \"strategies\": [\n"
    "    {\n"
    "      \"id\": \"be-plan\",\n"
    "      \"title\": {\"value\": \"caf\u00e9 / bar\", \"at\": \"L3\"},\n"
    "      \"topics\": [\n"
    "        {\"topic\": \"awareness\", \"summary\": \"s\"},\n"
    "        {\"value\": {\"topic\": \"awareness\", \"summary\": \"s\"}, \"source\": \"page\"}\n"
    "      ]\n"
    "    }\n"
    "  ],\n"
    "  \"zebra\": [],\n"
    "  \"apple\": {}\n"
    "}\n";

static char *bytes_of(const char *file)
{
    char path[512];
    size_t len;
    char *bytes = file_bytes(folder_path(&folder, file, path), &len);
    ck_assert_ptr_nonnull(bytes);
    return bytes;
}

START_TEST(a_loose_seed_becomes_canonical_to_the_letter)
{
    folder_write(&folder, "profiles/be.json", loose, sizeof(loose) - 1);
    ck_assert_uint_eq(format(false, ""), 1);
    char *bytes = bytes_of("profiles/be.json");
    ck_assert_str_eq(bytes, tight);
    free(bytes);
}
END_TEST

START_TEST(formatting_twice_changes_nothing)
{
    folder_write(&folder, "profiles/be.json", loose, sizeof(loose) - 1);
    ck_assert_uint_eq(format(false, ""), 1);
    ck_assert_uint_eq(format(false, ""), 0);
    ck_assert_uint_eq(format(true, ""), 0);
}
END_TEST

START_TEST(a_dry_run_tells_and_leaves_alone)
{
    folder_write(&folder, "profiles/be.json", loose, sizeof(loose) - 1);
    ck_assert_uint_eq(format(true, "data/profiles/be.json: not in canonical form (check --format writes it)\n"), 1);
    char *bytes = bytes_of("profiles/be.json");
    ck_assert_str_eq(bytes, loose);
    free(bytes);
}
END_TEST

START_TEST(broken_seeds_are_left_alone_and_the_others_written)
{
    folder_write(&folder, "certs/be.json", "{\"certs\": [}", 12);
    folder_write(&folder, "profiles/be.json", loose, sizeof(loose) - 1);
    ck_assert_uint_eq(format(false, "data/certs/be.json:1:12: unexpected token near '}'\n"), 1);
    char *bytes = bytes_of("certs/be.json");
    ck_assert_str_eq(bytes, "{\"certs\": [}");
    free(bytes);
}
END_TEST

START_TEST(a_file_keeps_its_mode)
{
    char path[512];
    struct stat after;
    folder_write(&folder, "profiles/be.json", loose, sizeof(loose) - 1);
    ck_assert_int_eq(chmod(folder_path(&folder, "profiles/be.json", path), 0640), 0);
    ck_assert_uint_eq(format(false, ""), 1);
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_eq(after.st_mode & 0777, 0640);
}
END_TEST

/* A line of at most 100 columns, the comma behind it included. */
START_TEST(lines_break_at_100_columns)
{
    for (size_t len = 60; len < 90; len++) {
        char text[128];
        char seed[256];
        memset(text, 'x', len);
        text[len] = '\0';
        /* "  "overview": {"monitoring": "x…"}" and room for a comma */
        bool fits = strlen("  \"overview\": {\"monitoring\": \"\"},") + len <= 100;
        int size = snprintf(seed, sizeof(seed), "{\"country\": \"BE\", \"overview\": {\"monitoring\": \"%s\"}}", text);
        folder_write(&folder, "profiles/be.json", seed, (size_t)size);
        (void)format(false, "");
        char *bytes = bytes_of("profiles/be.json");
        ck_assert_msg((strstr(bytes, "\"overview\": {\n") == NULL) == fits, "%zu", len);
        free(bytes);
    }
}
END_TEST

/* Every seed of the cases, the invalid ones too: formatted, it means the same, and is canonical. */
static char cases[CASES][CASE_NAME];

static json_t *load_json(const char *file)
{
    char path[512];
    return json_load_file(folder_path(&folder, file, path), JSON_REJECT_DUPLICATES, NULL);
}

START_TEST(formatting_never_changes_the_meaning)
{
    static const char *const files[] = {"dataset.json",
                                        "sources.json",
                                        "vocabularies.json",
                                        "criteria.json",
                                        "countries.json",
                                        "organisations.json",
                                        "profiles/be.json",
                                        "certs/be.json",
                                        "certs/_org.json",
                                        "assessments/be.json",
                                        "methodologies/simple@1.0.0.json",
                                        "indices/rank.json"};
    char name[300];
    json_t *before[COUNT_OF(files)];
    (void)snprintf(name, sizeof(name), "invalid/%s", cases[_i]);
    folder_overlay(&folder, "valid/full");
    folder_overlay(&folder, name);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        before[i] = load_json(files[i]);
    struct seed_faults faults;
    struct err err = {0};
    size_t changed = 0;
    seed_faults_init(&faults);
    bool done = seed_format(folder.data, false, &faults, &changed, &err);
    ck_assert(done == (faults.count == 0) && err.kind == ERR_NONE);
    done = seed_format(folder.data, false, &faults, &changed, &err);
    ck_assert(done == (faults.count == 0) && err.kind == ERR_NONE);
    ck_assert_uint_eq(changed, 0);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        json_t *after = load_json(files[i]);
        ck_assert_msg((before[i] == NULL && after == NULL) || json_equal(before[i], after), "%s: %s", name, files[i]);
        json_decref(before[i]);
        json_decref(after);
    }
    seed_faults_done(&faults);
}
END_TEST

/* Every allocation of jansson fails once: the file is then as it was, or as it should be. */
START_TEST(a_failed_allocation_loses_nothing)
{
    size_t failures = 0;
    for (long i = 0; i < 6000; i += i < 300 ? 1 : 13) {
        struct seed_faults faults;
        struct err err = {0};
        size_t changed = 0;
        seed_faults_init(&faults);
        folder_write(&folder, "profiles/be.json", loose, sizeof(loose) - 1);
        fail_allocation(i);
        bool done = seed_format(folder.data, false, &faults, &changed, &err);
        (void)fail_no_allocation();
        char *bytes = bytes_of("profiles/be.json");
        ck_assert_msg(strcmp(bytes, tight) == 0 || (!done && strcmp(bytes, loose) == 0), "%ld: %s", i, bytes);
        failures += !done;
        free(bytes);
        seed_faults_done(&faults);
    }
    ck_assert_uint_gt(failures, 100);
}
END_TEST

Suite *seed_format_suite(void)
{
    Suite *suite = suite_create("seed format");
    TCase *tcase = tcase_create("format");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_loose_seed_becomes_canonical_to_the_letter);
    tcase_add_test(tcase, formatting_twice_changes_nothing);
    tcase_add_test(tcase, a_dry_run_tells_and_leaves_alone);
    tcase_add_test(tcase, broken_seeds_are_left_alone_and_the_others_written);
    tcase_add_test(tcase, a_file_keeps_its_mode);
    tcase_add_test(tcase, lines_break_at_100_columns);
    tcase_add_test(tcase, a_failed_allocation_loses_nothing);
    tcase_add_loop_test(tcase, formatting_never_changes_the_meaning, 0, list_cases("invalid", cases));
    suite_add_tcase(suite, tcase);
    return suite;
}
