/* SPDX-License-Identifier: MIT */
/* Every ready JSON answer of the real dataset against the schema that the contract names for its path, by the program's
 * own validator with every object closed. (The same is done over HTTP by ajv in tests/contract.) */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "cyberatlas/build.h"
#include "cyberatlas/store.h"
#include "fixture_files.h"
#include "run_suites.h"

static char folder[TEMP_FOLDER_SIZE];
static char dataset[TEMP_FOLDER_SIZE + sizeof("/atlas.db")];

static void build_once(void)
{
    temp_folder("contract", folder);
    (void)snprintf(dataset, sizeof(dataset), "%s/atlas.db", folder);
    char data[SOURCE_PATH_SIZE];
    struct seed_faults faults;
    struct err err = {0};
    struct build_result result;
    seed_faults_init(&faults);
    bool built = build_dataset(source_path("data", data), dataset, &(struct build_options){0}, &result, &faults, &err);
    ck_assert_msg(built, "%s%s", faults.lines.len > 0 ? faults.lines.data : "", err.text);
    seed_faults_done(&faults);
}

static void remove_it(void)
{
    tree_remove(folder);
}

/* True when `path` is `template` with its one {…} filled by one segment. */
static bool fits(const char *template, const char *path)
{
    const char *open = strchr(template, '{');
    if (open == NULL)
        return strcmp(template, path) == 0;
    size_t before = (size_t)(open - template);
    const char *after = strchr(open, '}') + 1;
    if (strncmp(template, path, before) != 0)
        return false;
    const char *rest = path + before + strcspn(path + before, "/");
    return strcmp(rest, after) == 0;
}

struct name {
    char text[64];
};

/* "answer/country.json" for a path's JSON, from the contract's $ref; false where the contract names none. */
static bool schema_of(json_t *paths, const char *path, struct name *ret)
{
    static const char place[] = "#/components/schemas/";
    const char *template;
    json_t *item;
    json_object_foreach(paths, template, item)
    {
        json_t *content = NULL;
        if (fits(template, path) &&
            json_unpack(item, "{s{s{s{s{s{s{s?o}}}}}}}", "get", "responses", "200", "content", "application/json",
                        "schema", "$ref", &content) == 0 &&
            content != NULL && strncmp(json_string_value(content), place, strlen(place)) == 0) {
            (void)snprintf(ret->text, sizeof(ret->text), "answer/%s.json", json_string_value(content) + strlen(place));
            return true;
        }
    }
    return false;
}

struct tally {
    json_t *paths;
    size_t checked;
};

static bool check_document(void *cls, const struct store_document *document)
{
    struct tally *tally = cls;
    if (document->media != MEDIA_JSON || document->coding != CODING_IDENTITY)
        return true;
    struct name schema;
    ck_assert_msg(schema_of(tally->paths, document->path, &schema), "the contract names no schema for %s",
                  document->path);
    struct seed_faults faults;
    struct err err = {0};
    seed_faults_init(&faults);
    bool valid = seed_check_schema(schema.text, document->path, document->body, document->len, true, &faults, &err);
    ck_assert_msg(valid, "%s: %s%s", schema.text, faults.lines.len > 0 ? faults.lines.data : "", err.text);
    seed_faults_done(&faults);
    tally->checked++;
    return true;
}

START_TEST(every_ready_answer_meets_its_closed_schema)
{
    json_t *contract = json_loads(embedded_find("api/openapi.json")->data, 0, NULL);
    ck_assert_ptr_nonnull(contract);
    struct tally tally = {.paths = json_object_get(contract, "paths")};
    struct store *store;
    struct err err = {0};
    ck_assert_msg(store_open(dataset, 1, &store, &err), "%s", err.text);
    ck_assert(store_documents(store, check_document, &tally, &err));
    ck_assert_uint_gt(tally.checked, 1000);
    store_close(store);
    json_decref(contract);
}
END_TEST

int main(void)
{
    TCase *plain = tcase_create("answers");
    tcase_add_unchecked_fixture(plain, build_once, remove_it);
    tcase_add_test(plain, every_ready_answer_meets_its_closed_schema);
    tcase_set_timeout(plain, 120);
    Suite *suite = suite_create("contract");
    suite_add_tcase(suite, plain);
    return run_suites((Suite *[]){suite, NULL});
}
