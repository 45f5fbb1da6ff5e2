/* SPDX-License-Identifier: MIT */
/* Holds the data against the page they started from: tests/facts/belgium-2017.json lists its 59 facts and its 17
 * contradictions, each with the answer and the place in it that must say so, and the line of the page it stands on.
 * A path is a JSON pointer in which a step `key=value` picks the element of an array. Also here: what the page alone
 * scores, and that every country is there. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "cyberatlas/seed.h"
#include "cyberatlas/view.h"
#include "run_suites.h"
#include "view_ask.h"

enum { FACTS = 59, CONTRADICTIONS = 17, COUNTRIES = 250, BODY_BYTES = 8 * 1024 * 1024 };

static struct facts *facts;
static struct view *view;
static json_t *list;

static const char *source_path(const char *rest, char ret[1024])
{
    const char *root = getenv("CYBERATLAS_SOURCE");
    ck_assert_msg(root != NULL, "CYBERATLAS_SOURCE is not set");
    ck_assert_int_lt(snprintf(ret, 1024, "%s/%s", root, rest), 1024);
    return ret;
}

static void open_seeds(const char *folder, struct facts **ret_facts, struct view **ret_view)
{
    char path[1024];
    struct err err = {0};
    struct seed_faults faults;
    seed_faults_init(&faults);
    bool loaded = seed_load(source_path(folder, path), ret_facts, &faults, &err);
    ck_assert_msg(loaded, "%s: %s%s", folder, faults.lines.data == NULL ? "" : faults.lines.data, err.text);
    seed_faults_done(&faults);
    ck_assert_msg(view_new(*ret_facts, "000000000000", ret_view, &err), "%s", err.text);
}

static void open_data(void)
{
    char path[1024];
    open_seeds("data", &facts, &view);
    list = json_load_file(source_path("tests/facts/belgium-2017.json", path), JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(list);
}

static void close_data(void)
{
    json_decref(list);
    view_free(view);
    facts_free(facts);
}

/* The part of `path` that stands for the {…} of the template; its length, or -1 where the template does not fit. */
static int subject_length(const char *template, const char *path)
{
    size_t before = strcspn(template, "{");
    const char *after = strchr(template, '}');
    if (after == NULL || strncmp(template, path, before) != 0)
        return -1;
    size_t length = strcspn(path + before, "/");
    return strcmp(path + before + length, after + 1) == 0 ? (int)length : -1;
}

static size_t subject_index(const struct view *of, enum subject subject, const char *id, size_t length)
{
    for (size_t i = 0; i < view_subjects(of, subject); i++) {
        const char *candidate = view_subject_id(of, subject, i);
        if (strlen(candidate) == length && strncmp(candidate, id, length) == 0)
            return i;
    }
    ck_abort_msg("nothing has the id %.*s", (int)length, id);
    return 0;
}

/* The JSON answer to `path`, parsed; the caller drops it. */
static json_t *answer_to(const struct view *of, const char *path)
{
    for (size_t i = 0; i < document_kind_count; i++) {
        const struct document_kind *kind = &document_kinds[i];
        int length = subject_length(kind->path, path);
        if (length < 0 || kind->media != MEDIA_JSON || !document_is_built(kind))
            continue;
        const char *id = path + strcspn(kind->path, "{");
        CLEANUP(buf_done) struct buf body;
        buf_init(&body, BODY_BYTES);
        ck_assert(document_write(of, kind, subject_index(of, kind->subject, id, (size_t)length), &body));
        json_error_t error;
        json_t *answer = json_loadb(body.data, body.len, JSON_REJECT_DUPLICATES, &error);
        ck_assert_msg(answer != NULL, "%s: %s", path, error.text);
        return answer;
    }
    ck_abort_msg("no document answers %s", path);
    return NULL;
}

/* The element of an array that a step names: by its number, or by `key=value`. */
static json_t *element_of(json_t *array, const char *step)
{
    const char *equals = strchr(step, '=');
    if (equals == NULL)
        return json_array_get(array, (size_t)strtoul(step, NULL, 10));
    char key[64];
    ck_assert_int_lt(snprintf(key, sizeof key, "%.*s", (int)(equals - step), step), (int)sizeof key);
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element)
    {
        const char *value = json_string_value(json_object_get(element, key));
        if (value != NULL && strcmp(value, equals + 1) == 0)
            return element;
    }
    return NULL;
}

/* Where the path leads, NULL where it leads nowhere; *ret_place is the `at` of the nearest object around it. */
static json_t *follow(json_t *node, const char *path, const char **ret_place)
{
    char copy[512];
    ck_assert_int_lt(snprintf(copy, sizeof copy, "%s", path), (int)sizeof copy);
    char *rest = copy;
    strsep(&rest, "/");
    while (node != NULL && rest != NULL) {
        const char *step = strsep(&rest, "/");
        node = json_is_array(node) ? element_of(node, step) : json_object_get(node, step);
        const char *place = json_string_value(json_object_get(node, "at"));
        if (place != NULL)
            *ret_place = place;
    }
    return node;
}

/* Whether a place such as "L13, L26-L28" names the line "L26". */
static bool names_line(const char *place, const char *line)
{
    size_t length = strlen(line);
    for (const char *found = strstr(place, line); found != NULL; found = strstr(found + 1, line))
        if (strspn(found + length, "0123456789") == 0)
            return true;
    return false;
}

static void check_entry(const json_t *entry)
{
    const char *answer = json_string_value(json_object_get(entry, "answer"));
    const char *path = json_string_value(json_object_get(entry, "path"));
    const char *line = json_string_value(json_object_get(entry, "line"));
    const json_t *expect = json_object_get(entry, "expect");
    ck_assert(answer != NULL && path != NULL && expect != NULL);
    json_t *document = answer_to(view, answer);
    const char *place = "";
    json_t *found = follow(document, path, &place);
    ck_assert_msg(found != NULL, "%s has nothing at %s", answer, path);
    char *shown = json_dumps(found, JSON_ENCODE_ANY | JSON_COMPACT);
    ck_assert_msg(json_equal(found, expect), "%s says %s at %s", answer, shown, path);
    ck_assert_msg(line == NULL || names_line(place, line), "%s gives %s as the place of %s", answer, place, path);
    free(shown);
    json_decref(document);
}

/* Checks every entry of one number and says how many there are. */
static size_t check_number(const char *part, int number)
{
    size_t checked = 0;
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(list, part), i, entry)
    {
        if (json_integer_value(json_object_get(entry, "n")) != number)
            continue;
        check_entry(entry);
        checked++;
    }
    return checked;
}

START_TEST(fact_of_the_page_stands_in_an_answer)
{
    ck_assert_uint_gt(check_number("facts", _i), 0);
}
END_TEST

START_TEST(contradiction_of_the_page_is_shown)
{
    ck_assert_uint_gt(check_number("contradictions", _i), 0);
}
END_TEST

static void check_numbers(const char *part, int most)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(list, part), i, entry)
    {
        json_int_t number = json_integer_value(json_object_get(entry, "n"));
        ck_assert_msg(number >= 1 && number <= most, "%s has the number %lld", part, (long long)number);
    }
}

START_TEST(list_has_no_entry_that_no_test_reads)
{
    ck_assert_uint_eq(json_object_size(list), 2);
    check_numbers("facts", FACTS);
    check_numbers("contradictions", CONTRADICTIONS);
}
END_TEST

START_TEST(page_of_2017_alone_scores_44_4)
{
    struct facts *page;
    struct view *of;
    open_seeds("tests/seeds/valid/belgium-2017", &page, &of);
    json_t *document = answer_to(of, "/v1/countries/BE/legal-conditions");
    const char *place = "";
    json_t *score = follow(document, "/data/score", &place);
    json_t *expect =
        json_pack("{s:s, s:s, s:f, s:f, s:f, s:f, s:{s:i, s:i, s:i, s:i, s:i}, s:i, s:s, s:{s:i, s:i, s:i}}",
                  "methodology", "legal-conditions", "version", "1.0.0", "value", 44.4, "low", 31.8, "high", 59.1,
                  "coverage", 0.818, "counts", "yes", 3, "partial", 2, "no", 4, "unknown", 2, "not_applicable", 0,
                  "disputed", 0, "oldest", "2017-07", "rank", "best", 1, "worst", 1, "of", 1);
    char *shown = json_dumps(score, JSON_COMPACT);
    ck_assert_msg(json_equal(score, expect), "%s", shown);
    free(shown);
    json_decref(expect);
    json_decref(document);
    view_free(of);
    facts_free(page);
}
END_TEST

/* Each methodology of the data is asked for all countries by the same code. The lists of goals deny none, so high is
 * always 100, and low is the share of the goals that are listed. */
START_TEST(every_methodology_scores_every_country)
{
    const struct list_kind *kind = list_kind_find("scores");
    const struct methodology *goals = facts_methodology(facts, "strategy-goals");
    ck_assert_ptr_nonnull(goals);
    for (size_t i = 0; i < facts->methodology_count; i++) {
        struct question question = view_question(view, &facts->methodologies[i]);
        struct selection *selection = kind->select(view, &question, NULL);
        ck_assert_uint_eq(selection->count, COUNTRIES);
        selection_free(selection);
    }
    struct question question = view_question(view, goals);
    struct selection *selection = kind->select(view, &question, "-coverage");
    CLEANUP(buf_done) struct buf first;
    buf_init(&first, BODY_BYTES);
    ck_assert(kind->item(selection, 0, MEDIA_JSON, &first));
    json_t *item = json_loadb(first.data, first.len, 0, NULL);
    double listed = json_number_value(json_object_get(json_object_get(item, "counts"), "yes"));
    ck_assert_double_ge(listed, 1);
    ck_assert_double_eq_tol(json_number_value(json_object_get(item, "low")), listed * 100 / (double)goals->weight_count,
                            0.05001);
    ck_assert_double_eq(json_number_value(json_object_get(item, "high")), 100);
    json_decref(item);
    selection_free(selection);
}
END_TEST

START_TEST(every_country_has_a_name_and_three_letters)
{
    ck_assert_uint_eq(view_subjects(view, SUBJECT_COUNTRY), COUNTRIES);
    size_t count;
    const struct thing *countries = facts_things(facts, THING_COUNTRY, NULL, &count);
    ck_assert_uint_eq(count, COUNTRIES);
    for (size_t i = 0; i < count; i++) {
        const char *alpha3 = thing_text(&countries[i], "alpha3");
        ck_assert_msg(thing_text(&countries[i], "name") != NULL, "%s", countries[i].id);
        ck_assert_msg(alpha3 != NULL && strlen(alpha3) == 3, "%s", countries[i].id);
    }
}
END_TEST

static const char *const folders[] = {"data", "tests/seeds/valid/belgium-2017"};

START_TEST(seeds_stand_in_their_canonical_form)
{
    char path[1024];
    struct err err = {0};
    struct seed_faults faults;
    seed_faults_init(&faults);
    size_t changed = 0;
    bool canonical = seed_format(source_path(folders[_i], path), true, &faults, &changed, &err);
    ck_assert_msg(canonical, "%s%s", faults.lines.data == NULL ? "" : faults.lines.data, err.text);
    ck_assert_uint_eq(changed, 0);
    seed_faults_done(&faults);
}
END_TEST

/* `cyberatlas coverage data > data/COVERAGE.md` brings it up to date. */
START_TEST(coverage_on_file_is_that_of_the_data)
{
    char path[1024];
    struct buf text;
    struct err err = {0};
    buf_init(&text, BODY_BYTES);
    ck_assert_msg(coverage_write(facts, &text, &err), "%s", err.text);
    FILE *file = fopen(source_path("data/COVERAGE.md", path), "rb");
    ck_assert_msg(file != NULL, "%s is not there", path);
    char *kept = calloc(1, text.len + 2);
    size_t len = fread(kept, 1, text.len + 1, file);
    (void)fclose(file);
    ck_assert_msg(len == text.len && memcmp(kept, text.data, len) == 0, "%s is out of date", path);
    free(kept);
    buf_done(&text);
}
END_TEST

static const struct {
    const char *country, *path, *expect; /* NULL: nothing stands there */
} standings[] = {
    {"XK", "/data/standing", "user_assigned"},
    {"XK", "/data/numeric", NULL},
    {"BE", "/data/standing", "iso"},
    {"BE", "/data/official_name", "Kingdom of Belgium"},
    {"BE", "/data/region/code", "150"},
    {"BE", "/data/subregion/code", "155"},
    {"BE", "/data/profile", "available"},
    {"GR", "/data/aliases/0", "EL"},
    {"GB", "/data/aliases/0", "UK"},
    {"GB", "/data/groups/group=eu/since", "1973-01-01"},
    {"GB", "/data/groups/group=eu/until", "2020-01-31"},
    {"HR", "/data/groups/group=eu/since", "2013-07-01"},
    {"HR", "/data/groups/group=eu/until", NULL},
    {"NO", "/data/groups/group=eu/since", NULL},
    {"AQ", "/data/region/code", NULL},
    {"AQ", "/data/profile", "none"},
};

START_TEST(country_says_where_it_stands)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/v1/countries/%s", standings[_i].country);
    json_t *document = answer_to(view, path);
    const char *place = "";
    const char *found = json_string_value(follow(document, standings[_i].path, &place));
    ck_assert_pstr_eq(found, standings[_i].expect);
    json_decref(document);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("facts");
    TCase *data = tcase_create("data");
    tcase_add_unchecked_fixture(data, open_data, close_data);
    tcase_set_timeout(data, 60);
    tcase_add_loop_test(data, fact_of_the_page_stands_in_an_answer, 1, FACTS + 1);
    tcase_add_loop_test(data, contradiction_of_the_page_is_shown, 1, CONTRADICTIONS + 1);
    tcase_add_test(data, list_has_no_entry_that_no_test_reads);
    tcase_add_test(data, page_of_2017_alone_scores_44_4);
    tcase_add_test(data, every_methodology_scores_every_country);
    tcase_add_test(data, every_country_has_a_name_and_three_letters);
    tcase_add_loop_test(data, seeds_stand_in_their_canonical_form, 0, (int)COUNT_OF(folders));
    tcase_add_test(data, coverage_on_file_is_that_of_the_data);
    tcase_add_loop_test(data, country_says_where_it_stands, 0, (int)COUNT_OF(standings));
    suite_add_tcase(suite, data);
    return run_suites((Suite *[]){suite, NULL});
}
