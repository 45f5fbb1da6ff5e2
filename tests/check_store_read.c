/* SPDX-License-Identifier: MIT */
/* That facts come back as they were written, field by field: those made by hand, those of one page, and the program's
 * own data. And that a table which says what no program wrote is an error: such tables are made behind the writer's
 * back, before it seals them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../src/store/internal.h"
#include "check_store.h"
#include "cyberatlas/base/facts.h"
#include "cyberatlas/seed.h"
#include "fixture_store.h"
#include "same_facts.h"

/* The facts as a file, with `change` (NULL: none) run on the tables before they are sealed. */
static void publish(const struct facts *facts, const char *change)
{
    struct store_writer *writer;
    struct err err = {0};
    must(store_create(&writer, &err) && store_write_facts(writer, facts, &err), &err);
    if (change != NULL)
        must(database_run(writer->db, "PRAGMA ignore_check_constraints = ON", change, &err) &&
                 database_run(writer->db, change, change, &err),
             &err);
    must(store_publish(writer, fixture_path("a.db"), &err), &err);
    store_writer_free(writer);
}

/* What stands in the file; the store is closed before anybody looks. False: *err. */
static bool read_back(struct facts **ret, struct err *err)
{
    struct store *store;
    must(store_open(fixture_path("a.db"), 1, &store, err), err);
    bool done = store_read_facts(store, ret, err);
    store_close(store);
    return done;
}

static void assert_comes_back(const struct facts *facts)
{
    struct facts *found CLEANUP(facts_cleanup) = NULL;
    struct err err = {0};
    publish(facts, NULL);
    must(read_back(&found, &err), &err);
    same_facts(found, facts);
}

START_TEST(facts_made_by_hand_come_back)
{
    struct facts *facts CLEANUP(facts_cleanup) = fixture_facts(1);
    assert_comes_back(facts);
}
END_TEST

static const char *const folders[] = {"data", "tests/seeds/valid/belgium-2017"};

static struct facts *seeds_of(const char *folder)
{
    char path[1024];
    struct facts *facts = NULL;
    struct err err = {0};
    struct seed_faults faults;
    ck_assert_int_lt(snprintf(path, sizeof(path), "%s/%s", getenv("CYBERATLAS_SOURCE"), folder), (int)sizeof(path));
    seed_faults_init(&faults);
    bool loaded = seed_load(path, &facts, &faults, &err);
    ck_assert_msg(loaded, "%s%s", faults.lines.data == NULL ? "" : faults.lines.data, err.text);
    seed_faults_done(&faults);
    return facts;
}

START_TEST(facts_of_seeds_come_back)
{
    struct facts *facts CLEANUP(facts_cleanup) = seeds_of(folders[_i]);
    ck_assert_uint_gt(facts->answer_count, 0);
    assert_comes_back(facts);
}
END_TEST

START_TEST(nothing_written_is_nothing_read)
{
    struct facts *facts CLEANUP(facts_cleanup) = fixture_facts(1);
    struct facts empty = {
        .arena = facts->arena, .dataset = facts->dataset, .things = facts->things, .answers = facts->answers};
    assert_comes_back(&empty);
}
END_TEST

START_TEST(points_are_numbers_in_the_table_of_countries)
{
    static const struct statement count = {"SELECT count(*) FROM country WHERE typeof(latitude) = 'real' AND "
                                           "typeof(longitude) = 'real' AND (code <> 'BE' OR latitude = 50.64)",
                                           1};
    struct facts *facts CLEANUP(facts_cleanup) = seeds_of("data");
    struct store_writer *writer;
    sqlite3_stmt *rows CLEANUP(database_finish) = NULL;
    struct err err = {0};
    must(store_create(&writer, &err) && store_write_facts(writer, facts, &err) &&
             database_prepare(writer->db, &count, 1, &rows, &err),
         &err);
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(rows, 0), 239);
    database_finish(&rows);
    store_writer_free(writer);
}
END_TEST

static const struct damage_case {
    const char *change, *says;
} damage_cases[] = {
    {"DELETE FROM methodology_value WHERE value = 'partial'", "methodology legal-conditions 1.0.0 has no interval for "
                                                              "partial"},
    {"DELETE FROM methodology_value", "methodology legal-conditions 1.0.0 has no interval for unknown"},
    {"UPDATE methodology_value SET low = '1/0' WHERE value = 'no'", "low is \"1/0\""},
    {"UPDATE methodology_value SET high = '-1' WHERE value = 'no'", "high is \"-1\""},
    {"UPDATE methodology_value SET counted = '1/2x' WHERE value = 'no'", "counted is \"1/2x\""},
    {"UPDATE methodology_value SET value = 'maybe' WHERE value = 'no'", "value is \"maybe\""},
    {"UPDATE methodology SET least_coverage = '99999999999999999999'", "least_coverage is \"99999999999999999999\""},
    {"UPDATE methodology SET least_coverage = ''", "least_coverage is \"\""},
    {"UPDATE methodology SET bases = 'assessor rumour'", "bases is \"assessor rumour\""},
    {"UPDATE methodology SET bases = 'eu_law eu_law eu_law eu_law'", "bases is \"eu_law eu_law eu_law eu_law\""},
    {"UPDATE methodology SET least_sure = 'certain'", "least_sure is \"certain\""},
    {"UPDATE methodology SET window_months = -1", "window_months is \"-1\""},
    {"UPDATE methodology_weight SET weight = 5000000000", "weight is \"5000000000\""},
    {"UPDATE criterion_value SET value = 'perhaps' WHERE value = 'yes'", "value is \"perhaps\""},
    {"UPDATE answer SET value = 'perhaps'", "value is \"perhaps\""},
    {"UPDATE answer SET basis = 'rumour'", "basis is \"rumour\""},
    {"UPDATE answer SET sure = ''", "sure is \"\""},
    {"UPDATE answer SET year = 70000", "year is \"70000\""},
    {"UPDATE answer SET observed_lo = '2017-13-01'", "observed_lo is \"2017-13-01\""},
    {"UPDATE answer SET observed_hi = NULL", "observed_hi is \"\""},
    {"UPDATE answer SET observed_hi = '2001-01-01'", "observed_hi is \"2001-01-01\""},
    {"UPDATE claim SET value = '[1]' WHERE field = 'name'", "name cannot be [1]"},
    {"UPDATE claim SET value = '7' WHERE field = 'name'", "name cannot be 7"},
    {"UPDATE claim SET value = '\"old\"' WHERE field = 'former_ids'", "former_ids cannot be \"old\""},
    {"UPDATE claim SET value = '[true]' WHERE field = 'former_ids'", "former_ids cannot be true"},
    {"UPDATE claim SET value = '[[\"old\"]]' WHERE field = 'former_ids'", "former_ids cannot be [\"old\"]"},
    {"UPDATE claim SET value = '[null]' WHERE field = 'former_ids'", "former_ids cannot be "},
    {"UPDATE claim SET field = 'point', value = '{\"height\":\"3\"}' WHERE field = 'alpha3'",
     "a part of a record cannot be \"3\""},
    {"UPDATE claim SET field = 'point', value = '{\"latitude\":3}' WHERE field = 'alpha3'", "latitude cannot be 3"},
    {"UPDATE claim SET field = 'colour' WHERE field = 'name'", "field is \"colour\""},
    {"UPDATE claim SET thing = 3 - thing WHERE thing < 3", "thing is \"1\""},
    {"UPDATE thing SET kind = 'planet' WHERE kind = 'organisation'", "kind is \"planet\""},
    {"UPDATE \"index\" SET form = 'colour'", "form is \"colour\""},
    {"UPDATE contact_rule SET whose = 'planet' WHERE id = 'beyond'", "whose is \"planet\""},
    {"UPDATE contact_rule SET kind = 'law' WHERE id = 'beyond'", "kind is \"law\""},
    {"UPDATE claim SET value = '{\"group\":' WHERE field = 'name'", "malformed JSON"},
    {"UPDATE claim SET n = -1 WHERE field = 'name'", "n is \"-1\""},
    {"DELETE FROM dataset WHERE key = 'date'", "it does not say its date"},
};

START_TEST(what_no_program_wrote_is_an_error)
{
    const struct damage_case *it = &damage_cases[_i];
    struct facts *facts CLEANUP(facts_cleanup) = fixture_facts(1);
    struct facts *found = NULL;
    struct err err = {0};
    publish(facts, it->change);
    ck_assert_msg(!read_back(&found, &err), "%s", it->change);
    ck_assert_ptr_null(found);
    ck_assert_int_eq(err.kind, ERR_SYSTEM);
    ck_assert_msg(strstr(err.text, it->says) != NULL, "%s: %s", it->change, err.text);
}
END_TEST

Suite *read_suite(void)
{
    Suite *suite = suite_create("store: facts read back");
    TCase *tcase = tcase_create("facts read back");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, fixture_setup, fixture_teardown);
    tcase_add_test(tcase, facts_made_by_hand_come_back);
    tcase_add_loop_test(tcase, facts_of_seeds_come_back, 0, (int)COUNT_OF(folders));
    tcase_add_test(tcase, points_are_numbers_in_the_table_of_countries);
    tcase_add_test(tcase, nothing_written_is_nothing_read);
    tcase_add_loop_test(tcase, what_no_program_wrote_is_an_error, 0, (int)COUNT_OF(damage_cases));
    suite_add_tcase(suite, tcase);
    return suite;
}
