/* SPDX-License-Identifier: MIT */
/* Countries side by side, in a world small enough to count by hand: four criteria of one weight each. Luxembourg does
 * all, France is not known at all, Belgium and the Netherlands are level on the three criteria that are known in both.
 */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "text_fits.h"
#include "view_small.h"

#define NAMED(code, what)                                                                                              \
    static const struct claim code[] = {{.field = "name", .value = TEXT_VALUE(what), .evidence = {.source = "page"}}}
NAMED(be, "Belgium");
NAMED(fr, "France");
NAMED(lu, "Luxembourg");
NAMED(nl, "Netherlands");
static const struct thing things[] = {THING(THING_COUNTRY, "BE", NULL, be), THING(THING_COUNTRY, "FR", NULL, fr),
                                      THING(THING_COUNTRY, "LU", NULL, lu), THING(THING_COUNTRY, "NL", NULL, nl)};

#define ASKS(id_, partly) SMALL_CRITERION(id_, partly, "page")
static const struct criterion criteria[] = {ASKS("audit", true), ASKS("budget", true), ASKS("cip", true),
                                            ASKS("duty", false)};

#define SAYS(country_, criterion_, value_)                                                                             \
    {                                                                                                                  \
        .country = country_, .criterion = criterion_, .value = ANSWER_##value_, .basis = BASIS_ASSESSOR,               \
        .sure = SURE_HIGH, .evidence = {.source = "page", .observed = PAGE_MONTH}, OBSERVED_ON_PAGE                    \
    }
static const struct answer answers[] = {
    SAYS("BE", "audit", YES),  SAYS("BE", "budget", NO),   SAYS("BE", "cip", PARTIAL), SAYS("LU", "audit", YES),
    SAYS("LU", "budget", YES), SAYS("LU", "cip", YES),     SAYS("LU", "duty", YES),    SAYS("NL", "audit", NO),
    SAYS("NL", "budget", YES), SAYS("NL", "cip", PARTIAL), SAYS("NL", "duty", NO),
};
static const struct source sources[] = {{.id = "page", .title = "A page", .terms = "not stated"}};
static const struct term values[] = {{"yes", "yes", NULL}, {"partial", "in part", NULL}, {"no", "no", NULL}};
static const struct vocabulary vocabularies[] = {{"answer-values", "Values", values, COUNT_OF(values)}};

static const struct facts small = {
    .dataset = {SMALL_DATASET}, TABLES_OF_THIS_FILE, .things = things, .thing_count = COUNT_OF(things)};

static void set_up(void)
{
    small_open(&small);
}

/* "BE,NL" by their codes, sorted. */
static void choose(const char *const *codes, size_t count)
{
    memcpy(question.countries, codes, count * sizeof(*codes));
    question.country_count = count;
}
#define CHOOSE(...) choose((const char *[]){__VA_ARGS__}, COUNT_OF(((const char *[]){__VA_ARGS__})))

static const char *compare(enum media media)
{
    return small_ask("/v1/compare", media, 0);
}

static json_t *compare_json(void)
{
    json_error_t error;
    json_t *answer = json_loads(compare(MEDIA_JSON), JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(answer != NULL, "%s", error.text);
    return answer;
}

static json_t *pair_at(json_t *answer, size_t index)
{
    return json_array_get(json_object_get(json_object_get(answer, "data"), "pairs"), index);
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void assert_text(const json_t *object, const char *key, const char *expected)
{
    const char *text = text_of(object, key);
    ck_assert_msg(text != NULL && strcmp(text, expected) == 0, "%s: %s", key, text == NULL ? "(none)" : text);
}

START_TEST(a_comparison_shows_scores_ranks_and_every_criterion)
{
    CHOOSE("BE", "LU", "NL");
    const char *json = compare(MEDIA_JSON);
    static const char *const parts[] = {
        "{\"data\":{\"countries\":[{\"country\":\"BE\",\"name\":\"Belgium\",\"value\":50.0,\"low\":31.3,\"high\":68.8,",
        "\"coverage\":0.750,\"counts\":{\"yes\":1,\"partial\":1,\"no\":1,\"unknown\":1,\"not_applicable\":0}",
        "\"rank\":{\"best\":2,\"worst\":3,\"of\":3},\"self\":\"/v1/scores/BE\"}",
        "\"rank\":{\"best\":1,\"worst\":1,\"of\":3},\"self\":\"/v1/scores/LU\"}",
        "{\"criterion\":\"cip\",\"label\":\"On cip\",\"weight\":1,\"cells\":[{\"country\":\"BE\",\"value\":\"partial\","
        "\"low\":0.25,\"high\":0.75,\"counted\":0.50},{\"country\":\"LU\",",
        "{\"criterion\":\"duty\",\"label\":\"On "
        "duty\",\"weight\":1,\"cells\":[{\"country\":\"BE\",\"value\":\"unknown\""
        ",\"unknown\":\"no_source\",\"low\":0.00,\"high\":1.00},",
        "\"links\":{\"self\":\"/v1/self\",",
        "\"meta\":{\"question\":{\"methodology\":\"legal-conditions\",\"version\":\"1.0.0\",",
    };
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        ck_assert_msg(strstr(json, parts[i]) != NULL, "%s\nis not in\n%s", parts[i], json);
}
END_TEST

START_TEST(a_sure_order_says_by_what_margin_and_that_no_weights_turn_it)
{
    CHOOSE("BE", "LU");
    json_t *answer = compare_json();
    json_t *pair = pair_at(answer, 0);
    assert_text(pair, "order", "b");
    assert_text(pair, "leads", "LU");
    ck_assert_int_eq(json_integer_value(json_object_get(pair, "common")), 3);
    ck_assert(json_real_value(json_object_get(pair, "epsilon")) == 1.0);
    ck_assert(json_real_value(json_object_get(pair, "common_value_a")) == 50.0);
    ck_assert(json_real_value(json_object_get(pair, "common_value_b")) == 100.0);
    ck_assert_uint_eq(json_array_size(json_object_get(pair, "settled_by")), 0);
    ck_assert_ptr_null(json_object_get(pair, "says_settled"));
    assert_text(pair, "says",
                "Luxembourg is surely above Belgium: the lowest that it can have, 100.0, is more than the highest that "
                "the other can, 68.8. On the 3 criteria that are known in both Luxembourg leads (ahead on 2, behind on "
                "none). No choice of weights would put Belgium ahead there. On these alone Belgium has 50.0 and "
                "Luxembourg 100.0.");
    json_decref(answer);
}
END_TEST

START_TEST(a_level_pair_is_open_and_says_which_answer_settles_it)
{
    CHOOSE("BE", "NL");
    json_t *answer = compare_json();
    json_t *pair = pair_at(answer, 0);
    assert_text(pair, "order", "open");
    ck_assert_ptr_null(json_object_get(pair, "leads"));
    ck_assert(json_real_value(json_object_get(pair, "epsilon")) == 0.0);
    char *settled = json_dumps(json_object_get(pair, "settled_by"), JSON_COMPACT);
    ck_assert_str_eq(settled, "[{\"country\":\"BE\",\"criterion\":\"duty\",\"if\":\"yes\",\"then\":\"BE\"}]");
    free(settled);
    assert_text(
        pair, "says_settled",
        "1 answer is unknown (Belgium 1, Netherlands 0). One possible answer would settle the order by itself.");
    assert_text(pair, "says",
                "Not surely ordered: Belgium lies between 31.3 and 68.8, Netherlands between 31.3 and 43.8. These "
                "overlap, so what is known does not tell which is higher. On the 3 criteria that are known in "
                "both they are level: Belgium is ahead on 1, behind on 1, and with these weights that comes to the "
                "same. On these alone Belgium has 50.0 and Netherlands 50.0.");
    json_decref(answer);
}
END_TEST

/* With audit at 2 of 4: ½·1 − ¼·1 = ¼ for Belgium; the worst is −1; ε = ¼ / (¼ + 1). */
START_TEST(epsilon_is_the_share_that_makes_them_level)
{
    CHOOSE("BE", "NL");
    question.rule.weights[0] = 2;
    question.weighted = true;
    json_t *answer = compare_json();
    json_t *pair = pair_at(answer, 0);
    assert_text(pair, "leads", "BE");
    ck_assert(json_real_value(json_object_get(pair, "epsilon")) == 0.2);
    ck_assert_ptr_nonnull(strstr(text_of(pair, "says"),
                                 "On the 3 criteria that are known in both Belgium leads (ahead on 1, behind on 1). "
                                 "They would be level only if 20.0 % of all weight were taken from every criterion "
                                 "alike and given to the one on which Belgium is furthest behind: the larger this "
                                 "share, the firmer the lead."));
    json_decref(answer);
}
END_TEST

/* On audit, budget (2) and cip the Netherlands lead; the duty (10), which only they are known not to have, makes their
 * published value the lower one. */
START_TEST(a_lead_that_the_published_values_deny_is_told)
{
    CHOOSE("BE", "NL");
    question.rule.weights[1] = 2;
    question.rule.weights[3] = 10;
    question.rule.methodology = &methodologies[0];
    question.weighted = true;
    json_t *answer = compare_json();
    json_t *pair = pair_at(answer, 0);
    assert_text(pair, "leads", "NL");
    bool belgium_has_a_value = strstr(body.data, "\"name\":\"Belgium\",\"value\"") != NULL;
    ck_assert(!belgium_has_a_value); /* 4 of 14 is too little to publish one, so nothing is denied */
    ck_assert_ptr_null(strstr(text_of(pair, "says"), "say the opposite"));
    json_decref(answer);
    question.rule.weights[3] = 4; /* 4 of 8: enough */
    answer = compare_json();
    pair = pair_at(answer, 0);
    /* Belgium 1.5 / 4, the Netherlands 2.5 / 8. */
    ck_assert_ptr_nonnull(strstr(body.data, "\"name\":\"Belgium\",\"value\":37.5,"));
    ck_assert_ptr_nonnull(strstr(body.data, "\"name\":\"Netherlands\",\"value\":31.3,"));
    assert_text(pair, "leads", "NL");
    ck_assert_ptr_nonnull(strstr(text_of(pair, "says"),
                                 "On these alone Belgium has 37.5 and Netherlands 62.5; the values "
                                 "of their own, which rest on different criteria, say the "
                                 "opposite."));
    json_decref(answer);
}
END_TEST

START_TEST(where_nothing_is_known_in_both_no_lead_is_claimed)
{
    CHOOSE("BE", "FR");
    json_t *answer = compare_json();
    json_t *pair = pair_at(answer, 0);
    assert_text(pair, "order", "open");
    ck_assert_int_eq(json_integer_value(json_object_get(pair, "common")), 0);
    ck_assert_ptr_null(json_object_get(pair, "epsilon"));
    ck_assert_ptr_null(json_object_get(pair, "leads"));
    ck_assert_ptr_null(json_object_get(pair, "common_value_a"));
    ck_assert_ptr_nonnull(strstr(text_of(pair, "says"), "No criterion is known in both"));
    ck_assert_uint_eq(json_array_size(json_object_get(pair, "settled_by")), 0);
    assert_text(pair, "says_settled",
                "5 answers are unknown (Belgium 1, France 4). No single answer would settle the order: several would "
                "have to be known, and they could surely put either above the other.");
    json_decref(answer);
}
END_TEST

/* France against Luxembourg's 100: any no, and any partial but on the duty, whose criterion allows none. */
START_TEST(every_answer_that_settles_is_named_and_only_what_a_criterion_allows)
{
    CHOOSE("FR", "LU");
    json_t *answer = compare_json();
    json_t *pair = pair_at(answer, 0);
    ck_assert_uint_eq(json_array_size(json_object_get(pair, "settled_by")), 7);
    char *settled = json_dumps(json_object_get(pair, "settled_by"), JSON_COMPACT);
    ck_assert_ptr_nonnull(
        strstr(settled, "{\"country\":\"FR\",\"criterion\":\"cip\",\"if\":\"partial\",\"then\":\"LU\"}"));
    ck_assert_ptr_nonnull(strstr(settled, "{\"country\":\"FR\",\"criterion\":\"duty\",\"if\":\"no\",\"then\":\"LU\"}"));
    ck_assert_ptr_null(strstr(settled, "\"criterion\":\"duty\",\"if\":\"partial\""));
    ck_assert_ptr_null(strstr(settled, "\"if\":\"yes\""));
    free(settled);
    assert_text(pair, "says_settled",
                "4 answers are unknown (France 4, Luxembourg 0). Each of 7 possible answers would settle the order by "
                "itself.");
    json_decref(answer);
}
END_TEST

START_TEST(weights_of_nothing_in_common_say_so)
{
    CHOOSE("BE", "NL");
    for (size_t i = 0; i < 3; i++)
        question.rule.weights[i] = 0;
    question.weighted = true;
    json_t *answer = compare_json();
    json_t *pair = pair_at(answer, 0);
    ck_assert_ptr_null(json_object_get(pair, "epsilon"));
    ck_assert_ptr_nonnull(strstr(text_of(pair, "says"), "None of the criteria that are known in both has a weight"));
    json_decref(answer);
}
END_TEST

/* The partial answer outweighs all else, so even the one unknown cannot part them; without weight it is none. */
START_TEST(what_no_answer_can_settle_is_told)
{
    CHOOSE("BE", "NL");
    question.weighted = true;
    question.rule.weights[2] = 100;
    json_t *answer = compare_json();
    assert_text(pair_at(answer, 0), "says_settled",
                "1 answer is unknown (Belgium 1, Netherlands 0). No answers that the criteria allow would settle the "
                "order.");
    json_decref(answer);
    question.rule.weights[2] = 1;
    question.rule.weights[3] = 0;
    answer = compare_json();
    assert_text(pair_at(answer, 0), "order", "open");
    assert_text(pair_at(answer, 0), "says_settled",
                "Nothing is unknown in either: they overlap by what is partial or disputed, or are level.");
    json_decref(answer);
}
END_TEST

START_TEST(pairs_are_every_two_of_the_countries)
{
    CHOOSE("BE", "FR", "LU", "NL");
    json_t *answer = compare_json();
    json_t *pairs = json_object_get(json_object_get(answer, "data"), "pairs");
    static const char *const expected[] = {"BEFR", "BELU", "BENL", "FRLU", "FRNL", "LUNL"};
    ck_assert_uint_eq(json_array_size(pairs), COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        ck_assert_int_eq(strncmp(text_of(json_array_get(pairs, i), "a"), expected[i], 2), 0);
        ck_assert_str_eq(text_of(json_array_get(pairs, i), "b"), expected[i] + 2);
    }
    json_decref(answer);
}
END_TEST

START_TEST(the_table_has_a_row_for_each_pair)
{
    CHOOSE("BE", "NL");
    static const char start[] =
        "a,a_name,a_value,a_low,a_high,b,b_name,b_value,b_low,b_high,order,common,leads,epsilon,"
        "common_value_a,common_value_b,unknown,settled_by,says,says_settled\r\n"
        "BE,Belgium,50.0,31.3,68.8,NL,Netherlands,37.5,31.3,43.8,open,3,,0.000,50.0,50.0,1,"
        "BE:duty=yes>BE,\"Not surely ordered: ";
    const char *table = compare(MEDIA_CSV);
    ck_assert_msg(strncmp(table, start, strlen(start)) == 0, "%s", table);
    CHOOSE("BE", "FR", "LU", "NL");
    size_t lines = 0;
    for (const char *at = compare(MEDIA_CSV); (at = strstr(at, "\r\n")) != NULL; at += 2)
        lines++;
    ck_assert_uint_eq(lines, 1 + 6);
}
END_TEST

START_TEST(the_text_draws_intervals_and_fits_80_columns)
{
    CHOOSE("BE", "FR", "LU", "NL");
    const char *text = compare(MEDIA_TEXT);
    assert_fits(text, false);
    static const char *const parts[] = {
        "Belgium, France, Luxembourg and Netherlands compared\n====",
        "\nBE              ├──────●──────┤               50.0 (31.3–68.8)    75 %  2–4\n",
        "\nFR  ├─────────────────────────────────────┤      – (0.0–100.0)     0 %  1–4\n",
        "\nLU                                        ●  100.0 (100.0–100.0) 100 %  1–2\n",
        "                                   weight  BE    FR    LU    NL\n",
        "\nOn cip                                  1  part  ?     yes   part\n",
        "\nBelgium and Netherlands\n-----------------------\n  Order         Not surely ordered: ",
        "Belgium: On duty, if yes: then Belgium is surely above.\n",
        "France: On audit, if partial or no: then Luxembourg is surely\n",
        "France: On duty, if no: then Luxembourg is surely above.\n",
    };
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        ck_assert_msg(strstr(text, parts[i]) != NULL, "%s\nis not in\n%s", parts[i], text);
    question.ascii = true;
    text = compare(MEDIA_TEXT);
    assert_fits(text, true);
    ck_assert_ptr_nonnull(
        strstr(text, "\nBE              |------o------|               50.0 (31.3-68.8)    75 %  2-4\n"));
}
END_TEST

START_TEST(a_comparison_that_does_not_fit_is_told)
{
    static const enum media medias[] = {MEDIA_JSON, MEDIA_CSV, MEDIA_TEXT};
    CHOOSE("BE", "FR", "LU", "NL");
    (void)compare(medias[_i]);
    for (size_t missing = 1; missing <= body.len; missing = missing * 2 + 1) {
        struct buf tight;
        buf_init(&tight, body.len - missing);
        ck_assert(!kind_of("/v1/compare", medias[_i])->answer(world, &question, "/v1/self", 0, &tight));
        buf_done(&tight);
    }
}
END_TEST

TCase *view_compare_cases(void)
{
    TCase *tests = tcase_create("compare");
    tcase_add_checked_fixture(tests, set_up, small_close);
    tcase_add_test(tests, a_comparison_shows_scores_ranks_and_every_criterion);
    tcase_add_test(tests, a_sure_order_says_by_what_margin_and_that_no_weights_turn_it);
    tcase_add_test(tests, a_level_pair_is_open_and_says_which_answer_settles_it);
    tcase_add_test(tests, epsilon_is_the_share_that_makes_them_level);
    tcase_add_test(tests, a_lead_that_the_published_values_deny_is_told);
    tcase_add_test(tests, where_nothing_is_known_in_both_no_lead_is_claimed);
    tcase_add_test(tests, every_answer_that_settles_is_named_and_only_what_a_criterion_allows);
    tcase_add_test(tests, weights_of_nothing_in_common_say_so);
    tcase_add_test(tests, what_no_answer_can_settle_is_told);
    tcase_add_test(tests, pairs_are_every_two_of_the_countries);
    tcase_add_test(tests, the_table_has_a_row_for_each_pair);
    tcase_add_test(tests, the_text_draws_intervals_and_fits_80_columns);
    tcase_add_loop_test(tests, a_comparison_that_does_not_fit_is_told, 0, 3);
    return tests;
}
