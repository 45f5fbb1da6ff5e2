/* SPDX-License-Identifier: MIT */
/* Builds of the tree's own seeds: the same bytes whatever the number of threads, every list with its facets and orders,
 * progress; and that a failed build leaves the old file. check_build_documents.c looks at the answers. */
#include "check_build.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/build.h"
#include "cyberatlas/store.h"
#include "cyberatlas/view.h"
#include "run_suites.h"

static char folder[TEMP_FOLDER_SIZE];
char data[PATH_SIZE];
struct build_result plain;
struct build_result coded;

const char *in_folder(const char *name)
{
    static char paths[4][PATH_SIZE];
    static size_t next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, PATH_SIZE, "%s/%s", folder, name);
    return path;
}

void build(const char *name, size_t threads, bool compress, struct build_result *ret)
{
    struct build_options options = {.threads = threads, .compress = compress};
    struct seed_faults faults CLEANUP(seed_faults_done);
    struct err err = {0};
    seed_faults_init(&faults);
    ck_assert_msg(build_dataset(data, in_folder(name), &options, ret, &faults, &err), "%s%s", err.text,
                  faults.lines.data == NULL ? "" : faults.lines.data);
}

/* Two builds for all cases, in the process that forks them. */
static void setup(void)
{
    temp_folder("build", folder);
    (void)source_path("data", data);
    build("plain.db", 1, false, &plain);
    build("coded.db", 0, true, &coded);
}

static void teardown(void)
{
    (void)unlink(in_folder("plain.db"));
    (void)unlink(in_folder("coded.db"));
    ck_assert_int_eq(rmdir(folder), 0);
}

struct store *opened(const char *name)
{
    struct store *store = NULL;
    struct err err;
    ck_assert_msg(store_open(in_folder(name), 1, &store, &err), "%s", err.text);
    return store;
}

struct view *view_of(struct facts **facts)
{
    struct seed_faults faults CLEANUP(seed_faults_done);
    struct view *view = NULL;
    struct err err;
    seed_faults_init(&faults);
    ck_assert(seed_load(data, facts, &faults, &err));
    ck_assert_msg(view_new(*facts, plain.revision, &view, &err), "%s", err.text);
    return view;
}

static void assert_same_file(const char *a, const char *b)
{
    size_t len[2];
    char *bytes[2] = {file_bytes(in_folder(a), &len[0]), file_bytes(in_folder(b), &len[1])};
    ck_assert_uint_eq(len[0], len[1]);
    ck_assert_int_eq(memcmp(bytes[0], bytes[1], len[0]), 0);
    free(bytes[0]);
    free(bytes[1]);
}

START_TEST(the_number_of_threads_changes_no_byte)
{
    static const size_t threads[] = {2, 3, 16};
    struct build_result result;
    build("again.db", threads[_i], false, &result);
    assert_same_file("plain.db", "again.db");
    ck_assert_str_eq(result.revision, plain.revision);
    ck_assert_uint_eq(result.documents, plain.documents);
    ck_assert_int_eq(unlink(in_folder("again.db")), 0);
}
END_TEST

START_TEST(coded_variants_are_the_same_on_one_thread)
{
    struct build_result result;
    build("again.db", 1, true, &result);
    assert_same_file("coded.db", "again.db");
    ck_assert_int_eq(unlink(in_folder("again.db")), 0);
}
END_TEST

/* What was there saves work and changes nothing. Of few seeds, since there are many builds. */
static void small_seeds(struct build_result *ret)
{
    (void)source_path("tests/seeds/valid/belgium-2017", data);
    build("small.db", 0, true, ret);
    ck_assert_uint_eq(ret->reused, 0);
}

static void large_seeds(void)
{
    (void)source_path("data", data);
    ck_assert_int_eq(unlink(in_folder("small.db")), 0);
    ck_assert_int_eq(unlink(in_folder("again.db")), 0);
}

static void build_over(size_t threads, struct build_result *ret)
{
    build("again.db", threads, true, ret);
    assert_same_file("small.db", "again.db");
}

START_TEST(a_build_over_an_old_file_gives_the_same_bytes)
{
    struct build_result small;
    struct build_result result;
    small_seeds(&small);
    build_over(0, &result);
    build_over(2, &result);
    ck_assert_uint_gt(result.reused, small.documents / 4);
    size_t len;
    char *bytes = file_bytes(in_folder("coded.db"), &len);
    file_write(in_folder("again.db"), bytes, len);
    free(bytes);
    size_t all = result.reused;
    build_over(0, &result);
    ck_assert_uint_gt(result.reused, 0);
    ck_assert_uint_lt(result.reused, all);
    large_seeds();
}
END_TEST

START_TEST(a_file_that_cannot_help_is_not_used)
{
    struct build_result result;
    small_seeds(&result);
    file_write(in_folder("again.db"), "not a dataset", 13);
    build_over(0, &result);
    ck_assert_uint_eq(result.reused, 0);
    build("again.db", 0, false, &result); /* nothing is compressed, which does not say that nothing pays */
    ck_assert_uint_eq(result.reused, 0);
    build_over(0, &result);
    ck_assert_uint_eq(result.reused, 0);
    large_seeds();
}
END_TEST

START_TEST(the_result_tells_what_was_built)
{
    struct stat entry;
    struct store *store = opened("coded.db");
    ck_assert_int_eq(stat(in_folder("coded.db"), &entry), 0);
    ck_assert_uint_eq(coded.bytes, (size_t)entry.st_size);
    ck_assert_uint_eq(coded.countries, 250);
    ck_assert_str_eq(coded.revision, store_key(store, "revision"));
    ck_assert_str_eq(coded.revision, plain.revision);
    store_close(store);
}
END_TEST

/* --- lists --- */

static size_t find(struct store *store, const char *list, const char *name, const char *value, const char *q,
                   const char *sort)
{
    struct err err;
    uint32_t *found = NULL;
    size_t count = 0;
    struct store_filter filter = {.name = name, .values = &value, .count = 1};
    struct store_reader *reader = store_lend(store);
    bool ok = store_find(reader, list, &filter, name == NULL ? 0 : 1, q, sort, &found, &count, &err);
    store_give_back(store, reader);
    ck_assert_msg(ok, "%s", err.text);
    free(found);
    return count;
}

START_TEST(every_list_but_those_of_questions_is_whole_in_every_order)
{
    struct facts *facts CLEANUP(facts_cleanup) = NULL;
    struct view *view = view_of(&facts);
    struct store *store = opened("plain.db");
    for (size_t i = 0; i < list_kind_count; i++) {
        const struct list_kind *kind = &list_kinds[i];
        bool made = kind->select != NULL || kind->found; /* when they are asked for */
        size_t wanted = made ? 0 : view_subjects(view, kind->subject);
        ck_assert_uint_eq(find(store, kind->name, NULL, NULL, NULL, NULL), wanted);
        for (size_t k = 0; kind->sorts[k] != NULL; k++)
            ck_assert_uint_eq(find(store, kind->name, NULL, NULL, NULL, kind->sorts[k]), wanted);
    }
    store_close(store);
    view_free(view);
}
END_TEST

START_TEST(items_are_found_by_their_facets_and_words)
{
    struct store *store = opened("plain.db");
    ck_assert_uint_eq(find(store, "countries", "code", "BE", NULL, "name"), 1);
    ck_assert_uint_eq(find(store, "countries", "code", "ZZ", NULL, NULL), 0);
    ck_assert_uint_eq(find(store, "countries", NULL, NULL, "belg", NULL), 1);
    ck_assert_uint_ge(find(store, "certs", "country", "BE", NULL, NULL), 1);
    store_close(store);
}
END_TEST

static bool count_allowed(void *cls, const char *list, const char *name, const char *value)
{
    size_t *counts = cls;
    counts[0] += strcmp(list, "countries") == 0 && strcmp(name, "code") == 0;
    counts[1] += strcmp(list, "countries") == 0 && strcmp(name, "region") == 0 && strcmp(value, "150") == 0;
    counts[2] +=
        strcmp(list, "assessments") == 0 && strcmp(name, "criterion") == 0 && strcmp(value, "annual-audit") == 0;
    counts[3] += strcmp(list, "assessments") == 0 && strcmp(name, "theme") == 0;
    return true;
}

START_TEST(filters_know_codes_terms_and_ids)
{
    size_t counts[4] = {0};
    struct store *store = opened("plain.db");
    struct err err;
    ck_assert(store_allowed(store, count_allowed, counts, &err));
    ck_assert_uint_eq(counts[0], 250);
    ck_assert_uint_eq(counts[1], 1);
    ck_assert_uint_eq(counts[2], 1);
    ck_assert_uint_ge(counts[3], 2);
    store_close(store);
}
END_TEST

/* --- failures and progress --- */

struct heard {
    pthread_t thread;
    size_t calls;
    size_t wrong;
    char last[64];
    size_t done;
};

static void hear(void *cls, const char *step, size_t done, size_t total)
{
    struct heard *heard = cls;
    heard->calls++;
    heard->wrong += !pthread_equal(heard->thread, pthread_self()) || done > total;
    heard->wrong += strcmp(step, heard->last) == 0 && done < heard->done;
    (void)snprintf(heard->last, sizeof(heard->last), "%s", step);
    heard->done = done;
}

START_TEST(progress_is_told_from_one_thread_and_goes_forward)
{
    struct heard heard = {.thread = pthread_self()};
    struct build_options options = {.threads = 3, .progress = hear, .cls = &heard};
    struct build_result result;
    struct seed_faults faults CLEANUP(seed_faults_done);
    struct err err;
    seed_faults_init(&faults);
    ck_assert(build_dataset(data, in_folder("again.db"), &options, &result, &faults, &err));
    ck_assert_uint_eq(heard.wrong, 0);
    ck_assert_uint_gt(heard.calls, list_kind_count);
    ck_assert_str_eq(heard.last, "publishing");
    ck_assert_int_eq(unlink(in_folder("again.db")), 0);
}
END_TEST

START_TEST(seeds_at_fault_leave_the_old_file)
{
    size_t len[2];
    struct build_options options = {.threads = 1};
    struct build_result result;
    struct seed_faults faults CLEANUP(seed_faults_done);
    struct err err = {0};
    seed_faults_init(&faults);
    ck_assert_int_eq(mkdir(in_folder("seeds"), 0755), 0);
    FILE *file = fopen(in_folder("seeds/dataset.json"), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("{\"id\": 1}\n", file), 0);
    ck_assert_int_eq(fclose(file), 0);
    char *before = file_bytes(in_folder("plain.db"), &len[0]);
    ck_assert(!build_dataset(in_folder("seeds"), in_folder("plain.db"), &options, &result, &faults, &err));
    ck_assert_uint_gt(faults.count, 0);
    char *after = file_bytes(in_folder("plain.db"), &len[1]);
    ck_assert_uint_eq(len[0], len[1]);
    ck_assert_int_eq(memcmp(before, after, len[0]), 0);
    free(before);
    free(after);
    ck_assert_int_eq(unlink(in_folder("seeds/dataset.json")), 0);
    ck_assert_int_eq(rmdir(in_folder("seeds")), 0);
}
END_TEST

START_TEST(a_place_that_takes_no_file_is_an_error_of_the_system)
{
    struct build_options options = {.threads = 1};
    struct build_result result;
    struct seed_faults faults CLEANUP(seed_faults_done);
    struct err err = {0};
    seed_faults_init(&faults);
    ck_assert(!build_dataset(data, in_folder("missing/atlas.db"), &options, &result, &faults, &err));
    ck_assert_uint_eq(faults.count, 0);
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, "missing/atlas.db"));
}
END_TEST

/* Absent where the program is built without libdeflate. */
extern void libdeflate_set_memory_allocator(void *(*take)(size_t), void (*give)(void *)) __attribute__((weak));

static int allocations_until_failure;

static void *failing_malloc(size_t size)
{
    return __atomic_sub_fetch(&allocations_until_failure, 1, __ATOMIC_RELAXED) == 0 ? NULL : malloc(size);
}

/* A dataset that lacks one variant would be another dataset. */
START_TEST(one_failed_allocation_of_the_compressor_publishes_nothing)
{
    struct build_options options = {.threads = 2, .compress = true};
    struct build_result result;
    struct seed_faults faults CLEANUP(seed_faults_done);
    struct err err = {0};
    if (libdeflate_set_memory_allocator == NULL)
        return;
    seed_faults_init(&faults);
    allocations_until_failure = 20;
    libdeflate_set_memory_allocator(failing_malloc, free);
    bool done = build_dataset(data, in_folder("less.db"), &options, &result, &faults, &err);
    libdeflate_set_memory_allocator(malloc, free);
    ck_assert(!done);
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, "memory"));
    ck_assert_int_ne(access(in_folder("less.db"), F_OK), 0);
}
END_TEST

static Suite *build_suite(void)
{
    Suite *suite = suite_create("build");
    TCase *tcase = tcase_create("build");
    tcase_set_timeout(tcase, 120);
    tcase_add_unchecked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, the_number_of_threads_changes_no_byte, 0, 3);
    tcase_add_test(tcase, coded_variants_are_the_same_on_one_thread);
    tcase_add_test(tcase, a_build_over_an_old_file_gives_the_same_bytes);
    tcase_add_test(tcase, a_file_that_cannot_help_is_not_used);
    tcase_add_test(tcase, the_result_tells_what_was_built);
    tcase_add_test(tcase, every_list_but_those_of_questions_is_whole_in_every_order);
    tcase_add_test(tcase, items_are_found_by_their_facets_and_words);
    tcase_add_test(tcase, filters_know_codes_terms_and_ids);
    tcase_add_test(tcase, progress_is_told_from_one_thread_and_goes_forward);
    tcase_add_test(tcase, seeds_at_fault_leave_the_old_file);
    tcase_add_test(tcase, a_place_that_takes_no_file_is_an_error_of_the_system);
    tcase_add_test(tcase, one_failed_allocation_of_the_compressor_publishes_nothing);
    build_document_cases(tcase);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suites((Suite *[]){build_suite(), NULL});
}
