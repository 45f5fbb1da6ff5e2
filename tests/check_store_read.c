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

static void same_text(const char *found, const char *written, const char *where)
{
    bool is_same = found == NULL || written == NULL ? found == written : strcmp(found, written) == 0;
    ck_assert_msg(is_same, "%s: \"%s\" was written, \"%s\" read", where, written == NULL ? "(none)" : written,
                  found == NULL ? "(none)" : found);
}

static void same_texts(const char *const *found, const char *const *written, size_t count, const char *where)
{
    for (size_t i = 0; i < count; i++)
        same_text(found[i], written[i], where);
}

/* Structs of texts alone. */
#define SAME_TEXTS(found, written, where)                                                                              \
    same_texts((const char *const *)(const void *)(found), (const char *const *)(const void *)(written),               \
               sizeof(*(found)) / sizeof(const char *), where)

_Static_assert(sizeof(struct dataset) == 9 * sizeof(char *) && sizeof(struct source) == 9 * sizeof(char *) &&
                   sizeof(struct evidence) == 5 * sizeof(char *) && sizeof(struct term) == 3 * sizeof(char *),
               "a field that is no text needs a comparison of its own");

static void same_vocabularies(const struct facts *found, const struct facts *written)
{
    ck_assert_uint_eq(found->vocabulary_count, written->vocabulary_count);
    for (size_t i = 0; i < written->vocabulary_count; i++) {
        const struct vocabulary *a = &found->vocabularies[i];
        const struct vocabulary *b = &written->vocabularies[i];
        same_text(a->id, b->id, "vocabulary");
        same_text(a->title, b->title, b->id);
        ck_assert_uint_eq(a->term_count, b->term_count);
        for (size_t k = 0; k < b->term_count; k++)
            SAME_TEXTS(&a->terms[k], &b->terms[k], b->id);
    }
}

static void same_criterion(const struct criterion *a, const struct criterion *b)
{
    same_texts((const char *const[]){a->id, a->theme, a->label, a->question, a->note, a->source, a->at},
               (const char *const[]){b->id, b->theme, b->label, b->question, b->note, b->source, b->at}, 7, b->id);
    for (int value = 0; value < ANSWER_VALUE_COUNT; value++)
        ck_assert(a->allowed[value] == b->allowed[value]);
    ck_assert_uint_eq(a->meaning_count, b->meaning_count);
    for (size_t i = 0; i < b->meaning_count; i++) {
        ck_assert_int_eq(a->meanings[i].value, b->meanings[i].value);
        same_text(a->meanings[i].text, b->meanings[i].text, b->id);
    }
}

static void same_fraction(struct fraction a, struct fraction b)
{
    ck_assert(a.num == b.num && a.den == b.den);
}

static void same_methodology(const struct methodology *a, const struct methodology *b)
{
    same_texts((const char *const[]){a->id, a->version, a->title, a->theme, a->text},
               (const char *const[]){b->id, b->version, b->title, b->theme, b->text}, 5, b->id);
    ck_assert_uint_eq(a->weight_count, b->weight_count);
    for (size_t i = 0; i < b->weight_count; i++) {
        same_text(a->weights[i].criterion, b->weights[i].criterion, b->id);
        ck_assert_int_eq(a->weights[i].weight, b->weights[i].weight);
    }
    for (int value = 0; value < ANSWER_VALUE_COUNT; value++) {
        same_fraction(a->values[value].low, b->values[value].low);
        same_fraction(a->values[value].high, b->values[value].high);
        same_fraction(a->values[value].counted, b->values[value].counted);
    }
    ck_assert_int_eq(a->window_months, b->window_months);
    ck_assert_uint_eq(a->basis_count, b->basis_count);
    for (size_t i = 0; i < b->basis_count; i++)
        ck_assert_int_eq(a->bases[i], b->bases[i]);
    ck_assert_int_eq(a->least_sure, b->least_sure);
    same_fraction(a->least_coverage, b->least_coverage);
}

static void same_answer(const struct answer *a, const struct answer *b)
{
    same_text(a->country, b->country, "country");
    same_text(a->criterion, b->criterion, b->country);
    same_text(a->unknown, b->unknown, b->criterion);
    SAME_TEXTS(&a->evidence, &b->evidence, b->criterion);
    ck_assert_int_eq(a->value, b->value);
    ck_assert_int_eq(a->year, b->year);
    ck_assert_int_eq(a->basis, b->basis);
    ck_assert_int_eq(a->sure, b->sure);
    ck_assert(a->dated == b->dated);
    if (b->dated)
        ck_assert(a->observed.first == b->observed.first && a->observed.last == b->observed.last);
}

static void same_value(const struct value *a, const struct value *b, const char *where)
{
    ck_assert_int_eq(a->type, b->type);
    same_text(a->json, b->json, where);
    same_text(a->text, b->text, where);
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < b->count; i++) {
        same_text(a->keys[i], b->keys[i], where);
        same_text(a->items[i].text, b->items[i].text, where);
        same_text(a->items[i].json, b->items[i].json, where);
        ck_assert_int_eq(a->items[i].type, b->items[i].type);
    }
}

static size_t same_claims(const struct thing *found, const struct thing *written, const char *field)
{
    size_t count;
    size_t found_count;
    const struct claim *a = thing_claims(found, field, &found_count);
    const struct claim *b = thing_claims(written, field, &count);
    ck_assert_uint_eq(found_count, count);
    for (size_t i = 0; i < count; i++) {
        same_texts((const char *const[]){a[i].field, a[i].item, a[i].unknown, a[i].qualifier},
                   (const char *const[]){b[i].field, b[i].item, b[i].unknown, b[i].qualifier}, 4, written->id);
        ck_assert_uint_eq(a[i].n, b[i].n);
        SAME_TEXTS(&a[i].evidence, &b[i].evidence, written->id);
        same_value(&a[i].value, &b[i].value, written->id);
    }
    return count;
}

static void same_countries(const struct facts *found, const struct facts *written)
{
    size_t count;
    const struct thing *countries = facts_things(written, THING_COUNTRY, NULL, &count);
    ck_assert_uint_eq(found->thing_count, count);
    for (size_t i = 0; i < count; i++) {
        const struct thing *country = &found->things[i];
        ck_assert(country->kind == THING_COUNTRY && country->owner == NULL);
        same_text(country->id, countries[i].id, "country");
        size_t names = same_claims(country, &countries[i], "name");
        ck_assert_uint_eq(country->claim_count, names + same_claims(country, &countries[i], "groups"));
    }
}

static void same_facts(const struct facts *found, const struct facts *written)
{
    SAME_TEXTS(&found->dataset, &written->dataset, "dataset");
    ck_assert_uint_eq(found->source_count, written->source_count);
    for (size_t i = 0; i < written->source_count; i++)
        SAME_TEXTS(&found->sources[i], &written->sources[i], written->sources[i].id);
    same_vocabularies(found, written);
    ck_assert_uint_eq(found->criterion_count, written->criterion_count);
    for (size_t i = 0; i < written->criterion_count; i++)
        same_criterion(&found->criteria[i], &written->criteria[i]);
    ck_assert_uint_eq(found->methodology_count, written->methodology_count);
    for (size_t i = 0; i < written->methodology_count; i++)
        same_methodology(&found->methodologies[i], &written->methodologies[i]);
    ck_assert_uint_eq(found->answer_count, written->answer_count);
    for (size_t i = 0; i < written->answer_count; i++)
        same_answer(&found->answers[i], &written->answers[i]);
    same_countries(found, written);
}

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
    {"UPDATE claim SET value = '[1]' WHERE field = 'name'", "value is \"[1]\""},
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
    tcase_add_test(tcase, nothing_written_is_nothing_read);
    tcase_add_loop_test(tcase, what_no_program_wrote_is_an_error, 0, (int)COUNT_OF(damage_cases));
    suite_add_tcase(suite, tcase);
    return suite;
}
