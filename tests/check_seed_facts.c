/* SPDX-License-Identifier: MIT */
/* From seeds to facts: what is inherited, in which order things lie, how values are written. The seeds are
 * tests/seeds/valid/full over valid/minimal. */
#include <stdio.h>
#include <string.h>

#include "check_seed.h"
#include "cyberatlas/base/facts.h"

static struct folder folder;
static struct facts *facts;

static void load_facts(void)
{
    struct seed_faults faults;
    struct err err = {0};
    facts_free(facts);
    facts = NULL;
    seed_faults_init(&faults);
    ck_assert_msg(seed_load(folder.data, &facts, &faults, &err), "%s %s", err.text,
                  faults.lines.data == NULL ? "" : faults.lines.data);
    seed_faults_done(&faults);
}

static void setup(void)
{
    folder_make(&folder);
    folder_overlay(&folder, "valid/full");
    load_facts();
}

static void teardown(void)
{
    facts_free(facts);
    facts = NULL;
    folder_drop(&folder);
}

static const struct claim *claims_of(enum thing_kind kind, const char *id, const char *field, size_t expected)
{
    size_t count;
    const struct thing *thing = facts_thing(facts, kind, id);
    ck_assert_msg(thing != NULL, "no thing %s", id);
    const struct claim *claims = thing_claims(thing, field, &count);
    ck_assert_uint_eq(count, expected);
    return claims;
}

START_TEST(a_claim_inherits_what_it_does_not_say)
{
    const struct claim *adopted = claims_of(THING_STRATEGY, "be-plan", "adopted", 2);
    ck_assert_str_eq(adopted[0].value.text, "2012");
    ck_assert_str_eq(adopted[0].evidence.source, "page");
    ck_assert_str_eq(adopted[0].evidence.at, "L22");
    ck_assert_str_eq(adopted[0].evidence.observed, "2017-07");
    ck_assert_ptr_null(adopted[0].evidence.note);
    ck_assert_uint_eq(adopted[0].n, 0);
    ck_assert_str_eq(adopted[1].value.text, "2013");
    ck_assert_str_eq(adopted[1].evidence.source, "register");
    ck_assert_str_eq(adopted[1].evidence.at, "L3");
    ck_assert_str_eq(adopted[1].evidence.note, "Perhaps.");
    ck_assert_uint_eq(adopted[1].n, 1);
    const struct claim *title = claims_of(THING_STRATEGY, "be-plan", "title", 1);
    ck_assert_str_eq(title->evidence.at, "L5-L22");
    ck_assert_ptr_null(claims_of(THING_STRATEGY, "be-old", "summary", 0));
}
END_TEST

START_TEST(items_have_claims_of_their_own)
{
    const struct claim *objectives = claims_of(THING_STRATEGY, "be-plan", "objectives", 2);
    ck_assert_str_eq(objectives[0].item, "1");
    ck_assert_str_eq(objectives[1].item, "2");
    ck_assert_ptr_null(objectives[0].qualifier);
    ck_assert_str_eq(objectives[1].qualifier, "more_than");
    ck_assert_str_eq(objectives[1].evidence.since, "2014");
    const struct claim *topics = claims_of(THING_STRATEGY, "be-plan", "topics", 3);
    ck_assert_str_eq(topics[0].value.json, "{\"topic\":\"awareness\",\"summary\":\"Much.\"}");
    ck_assert_str_eq(topics[1].item, "2");
    ck_assert_uint_eq(topics[1].n, 0);
    ck_assert_str_eq(topics[2].item, "2");
    ck_assert_uint_eq(topics[2].n, 1);
    ck_assert_str_eq(topics[2].unknown, "lost_in_capture");
    ck_assert_int_eq(topics[2].value.type, VALUE_NONE);
    ck_assert_ptr_null(topics[2].value.json);
}
END_TEST

START_TEST(values_are_typed_and_written_compactly)
{
    const struct claim *flag = claims_of(THING_PROFILE, "be", "strategy_established", 1);
    ck_assert_int_eq(flag->value.type, VALUE_FLAG);
    ck_assert_int_eq(flag->value.integer, 1);
    ck_assert_str_eq(flag->value.json, "true");
    const struct claim *asns = claims_of(THING_CERT, "cert-be", "asns", 1);
    ck_assert_int_eq(asns->value.type, VALUE_LIST);
    ck_assert_uint_eq(asns->value.count, 2);
    ck_assert_int_eq(asns->value.items[1].integer, 4294967295);
    ck_assert_str_eq(asns->value.json, "[2611,4294967295]");
    const struct claim *contact = claims_of(THING_CERT, "cert-be", "contacts", 2);
    ck_assert_str_eq(contact->value.json,
                     "{\"kind\":\"email\",\"address\":\"cert@example.org\",\"purposes\":[\"incident\"],"
                     "\"verified\":\"2017\"}");
    ck_assert_str_eq(value_part(&contact->value, "purposes")->items[0].text, "incident");
    ck_assert_str_eq(claims_of(THING_STRATEGY, "be-plan", "objective_count", 1)->unknown, "not_stated");
}
END_TEST

START_TEST(things_lie_by_kind_owner_and_order_of_reading)
{
    static const char *const expected[] = {"BE",      "GR",        "eu",      "be",       "be-old",
                                           "be-plan", "be-centre", "cert-be", "cert-old", "cert-eu",
                                           "be-law",  "be-club",   "be-game", "be-site"};
    ck_assert_uint_eq(facts->thing_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        ck_assert_str_eq(facts->things[i].id, expected[i]);
    ck_assert_str_eq(facts_thing(facts, THING_CERT, "cert-eu")->owner, "eu");
    ck_assert_str_eq(facts_thing(facts, THING_PROFILE, "be")->owner, "BE");
    ck_assert_ptr_null(facts_country(facts, "BE")->owner);
    ck_assert_str_eq(facts->sources[0].id, "page");
    ck_assert_str_eq(facts->vocabularies[0].id, "answer-values");
}
END_TEST

START_TEST(figures_lie_by_country_edition_and_pillar_to_the_digit)
{
    static const char *const expected[] = {"BE 2020 law 18.4186", "BE 2020 skill 0", "BE 2016 law -1.5",
                                           "GR 2016 law 100.000000"};
    ck_assert_uint_eq(facts->index_count, 2);
    const struct index *rank = &facts->indices[0];
    ck_assert_str_eq(rank->id, "rank");
    ck_assert(rank->form == INDEX_NUMBER && facts->indices[1].form == INDEX_DATE);
    ck_assert_str_eq(rank->lowest, "-1.5");
    ck_assert_str_eq(rank->pillars[1].note, "Whatever that is.");
    ck_assert_uint_eq(rank->value_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        const struct index_value *value = &rank->values[i];
        char text[80];
        (void)snprintf(text, sizeof(text), "%s %s %s %s", value->country, value->edition, value->pillar, value->value);
        ck_assert_str_eq(text, expected[i]);
    }
    ck_assert_str_eq(rank->values[0].evidence.source, "page");
    ck_assert_ptr_null(rank->values[0].evidence.at);
    ck_assert_str_eq(rank->values[1].evidence.source, "register");
    ck_assert_str_eq(rank->values[1].evidence.at, "table 1");
    size_t count;
    ck_assert_ptr_eq(facts_index_values(rank, "GR", &count), &rank->values[3]);
    ck_assert_uint_eq(count, 1);
    (void)facts_index_values(rank, "FR", &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_str_eq(facts_index_values(&facts->indices[1], "BE", &count)->value, "2012-11");
}
END_TEST

/* Loads the folder again, with one file written to it. */
static void reload_with(const char *file, const char *seed)
{
    struct seed_faults faults;
    struct err err = {0};
    facts_free(facts);
    facts = NULL;
    folder_write(&folder, file, seed, strlen(seed));
    seed_faults_init(&faults);
    ck_assert_msg(seed_load(folder.data, &facts, &faults, &err), "%s %s", err.text,
                  faults.lines.data == NULL ? "" : faults.lines.data);
    seed_faults_done(&faults);
}

static void assert_evidence(const struct evidence *found, const struct evidence *wanted)
{
    ck_assert_str_eq(found->source, wanted->source);
    ck_assert_pstr_eq(found->at, wanted->at);
    ck_assert_pstr_eq(found->observed, wanted->observed);
    ck_assert_pstr_eq(found->since, wanted->since);
    ck_assert_pstr_eq(found->note, wanted->note);
}

static const char two_sources[] =
    "{\"country\": \"GR\", \"defaults\": {\"source\": \"page\", \"observed\": \"2017-07\"}, \"laws\": ["
    "{\"id\": \"gr-law\", \"at\": \"L1\", \"since\": \"2010\", \"title\": \"T\","
    " \"kind\": {\"value\": \"act\", \"source\": \"page\"},"
    " \"url\": {\"value\": \"https://example.org/\", \"source\": \"register\"},"
    " \"adopted\": {\"note\": \"N\", \"qualifier\": \"more_than\", \"claims\": [{\"value\": \"2011\"},"
    " {\"value\": \"2012\", \"source\": \"register\", \"since\": \"2012\"}]}},"
    "{\"id\": \"gr-other\", \"source\": \"register\", \"at\": \"L9\", \"title\": \"U\"}]}";

/* The place in one source says nothing about another. */
START_TEST(evidence_belongs_to_its_source)
{
    static const struct evidence page = {"page", "L1", "2017-07", "2010", NULL};
    static const struct evidence noted = {"page", "L1", "2017-07", "2010", "N"};
    static const struct evidence bare = {"register", NULL, NULL, NULL, NULL};
    static const struct evidence dated = {"register", NULL, NULL, "2012", NULL};
    static const struct evidence placed = {"register", "L9", NULL, NULL, NULL};
    reload_with("profiles/gr.json", two_sources);
    assert_evidence(&claims_of(THING_LAW, "gr-law", "title", 1)->evidence, &page);
    assert_evidence(&claims_of(THING_LAW, "gr-law", "kind", 1)->evidence, &page);
    assert_evidence(&claims_of(THING_LAW, "gr-law", "url", 1)->evidence, &bare);
    const struct claim *adopted = claims_of(THING_LAW, "gr-law", "adopted", 2);
    assert_evidence(&adopted[0].evidence, &noted);
    assert_evidence(&adopted[1].evidence, &dated);
    ck_assert_str_eq(adopted[1].qualifier, "more_than");
    assert_evidence(&claims_of(THING_LAW, "gr-other", "title", 1)->evidence, &placed);
}
END_TEST

/* A thing's claims follow the field table, however the seed has them. */
START_TEST(a_point_keeps_the_digits_of_its_source)
{
    const struct claim *point = claims_of(THING_COUNTRY, "BE", "point", 1);
    ck_assert_str_eq(point->value.json, "{\"latitude\":\"50.640\",\"longitude\":\"-4.6\"}");
    ck_assert_str_eq(point->evidence.source, "page");
}
END_TEST

START_TEST(names_lie_by_country_then_language)
{
    size_t count;
    const struct country_name *names = facts_names(facts, "GR", &count);
    ck_assert_uint_eq(facts->name_count, 3);
    ck_assert_str_eq(facts->names_source, "register");
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(names[0].language, "fr");
    ck_assert_str_eq(names[1].name, "Griekenland");
    ck_assert(facts_names(facts, "FR", &count) != NULL && count == 0);
}
END_TEST

START_TEST(rules_of_contacts_keep_their_order)
{
    const struct contact_order *order = &facts->contacts;
    ck_assert(order->purpose_count == 2 && order->purposes[1].terms.count == 0 && order->rule_count == 3);
    ck_assert_str_eq(order->purposes[0].terms.items[0], "incident");
    ck_assert(words_have(&order->rules[0].types, "national") && !words_have(&order->rules[0].types, "local"));
    ck_assert(order->rules[0].kind == THING_CERT && order->rules[0].without.count == 1 && !order->rules[0].beyond);
    ck_assert(order->rules[1].kind == THING_INSTITUTION && words_have(&order->rules[1].roles, "regulator"));
    ck_assert(order->rules[2].beyond && !words_have(&order->rules[2].purposes, "incident"));
}
END_TEST

START_TEST(claims_lie_in_the_order_of_the_field_table)
{
    static const char seed[] =
        "{\"country\": \"GR\", \"defaults\": {\"source\": \"register\"}, \"laws\": [{\"summary\": "
        "\"S\", \"status\": \"in_force\", \"title\": \"T\", \"id\": \"gr-law\"}]}";
    reload_with("profiles/gr.json", seed);
    const struct thing *law = facts_thing(facts, THING_LAW, "gr-law");
    ck_assert_uint_eq(law->claim_count, 3);
    ck_assert_str_eq(law->claims[0].field, "title");
    ck_assert_str_eq(law->claims[1].field, "status");
    ck_assert_str_eq(law->claims[2].field, "summary");
}
END_TEST

START_TEST(answers_carry_basis_sureness_and_a_cut_interval)
{
    size_t count;
    struct date date;
    const struct answer *plan = facts_answers(facts, "BE", "plan", &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(plan[0].value, ANSWER_PARTIAL);
    ck_assert_int_eq(plan[0].basis, BASIS_OUR_READING);
    ck_assert_int_eq(plan[0].sure, SURE_HIGH);
    /* Observed "2020" from a source without a day of capture: cut at the dataset's date. */
    ck_assert(plan[0].dated && date_parse("2020-06-30", &date));
    ck_assert_int_eq(plan[0].observed.last, date.last);
    ck_assert(date_parse("2020", &date));
    ck_assert_int_eq(plan[0].observed.first, date.first);
    ck_assert_int_eq(plan[1].value, ANSWER_NO);
    ck_assert_str_eq(plan[1].evidence.at, "L54");
    const struct answer *audit = facts_answers(facts, "BE", "audit", &count);
    ck_assert_int_eq(audit->value, ANSWER_UNKNOWN);
    ck_assert_str_eq(audit->unknown, "lost_in_capture");
    const struct answer *year = facts_answers(facts, "BE", "year", &count);
    ck_assert_int_eq(year->value, ANSWER_YEAR);
    ck_assert_uint_eq(year->year, 2012);
    ck_assert(facts->answers[0].criterion[0] == 'a' && facts->answers[3].criterion[0] == 'y');
}
END_TEST

/* Observed "2017" from a source captured in July 2017 ends with that month. */
START_TEST(an_observation_ends_with_the_capture_of_its_source)
{
    static const char seed[] =
        "{\"country\": \"GR\", \"defaults\": {\"source\": \"page\", \"basis\": \"assessor\", \"sure\": "
        "\"low\"}, \"answers\": {\"plan\": {\"value\": \"yes\", \"observed\": \"2017\"}, \"audit\": \"no\"}}";
    struct date date;
    size_t count;
    reload_with("assessments/gr.json", seed);
    const struct answer *plan = facts_answers(facts, "GR", "plan", &count);
    ck_assert(date_parse("2017-07", &date));
    ck_assert_int_eq(plan->observed.last, date.last);
    ck_assert_int_eq(plan->sure, SURE_LOW);
    ck_assert(!facts_answers(facts, "GR", "audit", &count)->dated);
}
END_TEST

START_TEST(method_and_criteria_are_read_exactly)
{
    const struct methodology *method = facts_methodology(facts, "simple");
    ck_assert_str_eq(method->version, "1.0.0");
    ck_assert_uint_eq(method->weight_count, 2);
    ck_assert_str_eq(method->weights[0].criterion, "audit");
    ck_assert_int_eq(method->weights[1].weight, 2);
    const struct value_map *partial = &method->values[ANSWER_PARTIAL];
    ck_assert(partial->low.num == 1 && partial->low.den == 4 && partial->high.num == 3 && partial->high.den == 4);
    ck_assert(partial->counted.num == 1 && partial->counted.den == 2);
    ck_assert(method->values[ANSWER_UNKNOWN].high.num == 1 && method->values[ANSWER_NO].high.num == 0);
    ck_assert(method->least_coverage.num == 3 && method->least_coverage.den == 5);
    ck_assert_int_eq(method->window_months, 24);
    ck_assert_uint_eq(method->basis_count, 2);
    ck_assert_int_eq(method->bases[1], BASIS_OUR_READING);
    ck_assert_int_eq(method->least_sure, SURE_MEDIUM);
    ck_assert_str_eq(facts->criteria[0].id, "plan");
    ck_assert(facts->criteria[0].allowed[ANSWER_PARTIAL] && !facts->criteria[0].allowed[ANSWER_YEAR]);
    ck_assert_str_eq(facts->criteria[0].source, "register");
    ck_assert_uint_eq(facts->criteria[1].meaning_count, 3);
    ck_assert_str_eq(facts->dataset.date, "2020-06-30");
    ck_assert_ptr_null(facts->dataset.homepage);
}
END_TEST

START_TEST(versions_lie_in_the_order_of_their_numbers)
{
    static const char *const expected[] = {"1.0.0", "1.9.0", "1.10.0", "1.10.2", "2.0.0", "10.0.0", "0.1.0"};
    folder_overlay(&folder, "valid/versions");
    load_facts();
    ck_assert_uint_eq(facts->methodology_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        ck_assert_str_eq(facts->methodologies[i].version, expected[i]);
    ck_assert_str_eq(facts->methodologies[6].id, "simpler");
    ck_assert_str_eq(facts_methodology(facts, "simple")->version, "10.0.0");
}
END_TEST

static const struct prefix_case {
    const char *prefix, *version;
} prefix_cases[] = {{"1", "1.10.2"},    {"1.10", "1.10.2"}, {"1.10.0", "1.10.0"}, {"1.9", "1.9.0"}, {"1.0", "1.0.0"},
                    {"10", "10.0.0"},   {"2", "2.0.0"},     {"3", NULL},          {"1.1", NULL},    {"1.10.", NULL},
                    {"1.10.2.0", NULL}, {"", NULL},         {"01", NULL},         {"1.10.20", NULL}};

START_TEST(a_version_is_found_by_its_first_numbers)
{
    const struct prefix_case *it = &prefix_cases[_i];
    folder_overlay(&folder, "valid/versions");
    load_facts();
    const struct methodology *found = facts_methodology_version(facts, "simple", it->prefix);
    ck_assert_pstr_eq(found == NULL ? NULL : found->version, it->version);
    ck_assert_ptr_null(facts_methodology_version(facts, "simplest", it->prefix));
}
END_TEST

/* Every allocation of jansson fails once: the load then fails, cleanly, and never goes on with less than it read. */
START_TEST(a_failed_allocation_is_no_crash)
{
    size_t failures = 0;
    for (long i = 0; i < 8000; i += i < 400 ? 1 : 37) {
        struct seed_faults faults;
        struct err err = {0};
        struct facts *loaded = NULL;
        seed_faults_init(&faults);
        fail_allocation(i);
        bool done = seed_load(folder.data, &loaded, &faults, &err);
        bool none_failed = fail_no_allocation();
        ck_assert(done == (loaded != NULL));
        ck_assert_msg(done == none_failed, "%ld", i);
        ck_assert(done || faults.count > 0 || err.kind == ERR_SYSTEM);
        failures += !done;
        facts_free(loaded);
        seed_faults_done(&faults);
    }
    ck_assert_uint_gt(failures, 100);
}
END_TEST

Suite *seed_facts_suite(void)
{
    Suite *suite = suite_create("seed facts");
    TCase *tcase = tcase_create("facts");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_claim_inherits_what_it_does_not_say);
    tcase_add_test(tcase, evidence_belongs_to_its_source);
    tcase_add_test(tcase, items_have_claims_of_their_own);
    tcase_add_test(tcase, values_are_typed_and_written_compactly);
    tcase_add_test(tcase, things_lie_by_kind_owner_and_order_of_reading);
    tcase_add_test(tcase, figures_lie_by_country_edition_and_pillar_to_the_digit);
    tcase_add_test(tcase, a_point_keeps_the_digits_of_its_source);
    tcase_add_test(tcase, names_lie_by_country_then_language);
    tcase_add_test(tcase, rules_of_contacts_keep_their_order);
    tcase_add_test(tcase, claims_lie_in_the_order_of_the_field_table);
    tcase_add_test(tcase, answers_carry_basis_sureness_and_a_cut_interval);
    tcase_add_test(tcase, an_observation_ends_with_the_capture_of_its_source);
    tcase_add_test(tcase, method_and_criteria_are_read_exactly);
    tcase_add_test(tcase, versions_lie_in_the_order_of_their_numbers);
    tcase_add_loop_test(tcase, a_version_is_found_by_its_first_numbers, 0, (int)COUNT_OF(prefix_cases));
    tcase_add_test(tcase, a_failed_allocation_is_no_crash);
    suite_add_tcase(suite, tcase);
    return suite;
}
