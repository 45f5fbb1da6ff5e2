/* SPDX-License-Identifier: MIT */
/* Which claim changed a verdict, what kind of change that is and what is said of it: one country, one criterion, and a
 * few claims for each case, whose whole history is told. */
#include <check.h>
#include <jansson.h>
#include <string.h>

#include "view_small.h"

enum { CLAIMS_MOST = 4, STEPS_MOST = 4 };

static const struct claim be[] = {{.field = "name", .value = TEXT_VALUE("Belgium"), .evidence = {.source = "a"}}};
static const struct thing things[] = {THING(THING_COUNTRY, "BE", NULL, be)};
#define ASKS(id_) SMALL_CRITERION(id_, true, "a")
static const struct criterion criteria[] = {ASKS("audit"), ASKS("budget"), ASKS("cip"), ASKS("duty")};
#define SOURCE(id_)                                                                                                    \
    {                                                                                                                  \
        .id = id_, .title = "Source " id_, .terms = "not stated"                                                       \
    }
static const struct source sources[] = {SOURCE("a"), SOURCE("b"), SOURCE("c"), SOURCE("d")};
static const struct vocabulary vocabularies[] = {{"answer-values", "Values", NULL, 0}};
static struct answer answers[CLAIMS_MOST];

#define CLAIM(source_, value_, basis_, sure_, observed_, since_)                                                       \
    {                                                                                                                  \
        .country = "BE", .criterion = "audit", .value = ANSWER_##value_, .basis = BASIS_##basis_,                      \
        .sure = SURE_##sure_, .evidence = {                                                                            \
            .source = source_,                                                                                         \
            .observed = observed_,                                                                                     \
            .since = since_                                                                                            \
        }                                                                                                              \
    }

#define FIRST "we_learned: We learned it: nothing spoke of it before."
#define NEW_DISPUTE " but another goes before it: claims disagree from here on."

/* A step as "day from>to[!] source[=its own value] kind: words". */
static const struct {
    struct answer answers[CLAIMS_MOST];
    int32_t age; /* in months; 0: none */
    const char *steps[STEPS_MOST];
} cases[] = {
    {{CLAIM("a", PARTIAL, ASSESSOR, HIGH, "2017-07", NULL), CLAIM("b", YES, OUR_READING, HIGH, "2017-10-04", NULL),
      CLAIM("c", PARTIAL, ASSESSOR, HIGH, "2024-10-18", "2024")},
     36,
     {"2017-07-31 unknown>partial a " FIRST,
      "2017-10-04 partial>partial! b=yes undetermined: A newer claim says yes," NEW_DISPUTE,
      "2020-10-05 partial>unknown b=yes aged: The newest claim, of 2017-10-04, is too old from here on.",
      "2024-10-18 unknown>partial c we_learned: We learned it: it is as the claim before, of 2017-07, said, which had "
      "become too old."}},
    {{CLAIM("a", NO, ASSESSOR, HIGH, "2014", NULL), CLAIM("b", YES, ASSESSOR, HIGH, "2018-05-09", "2018-05-09")},
     36,
     {"2014-12-31 unknown>no a " FIRST,
      "2018-01-01 no>unknown a=no aged: The newest claim, of 2014, is too old from here on.",
      "2018-05-09 unknown>yes b country_changed: The country changed: it holds since 2018-05-09, and the claim before, "
      "of 2014, had become too old.",
      "2021-05-10 yes>unknown b=yes aged: The newest claim, of 2018-05-09, is too old from here on."}},
    {{CLAIM("a", NO, ASSESSOR, HIGH, "2014", NULL), CLAIM("b", PARTIAL, ASSESSOR, HIGH, "2024", "2013")},
     36,
     {"2014-12-31 unknown>no a " FIRST,
      "2018-01-01 no>unknown a=no aged: The newest claim, of 2014, is too old from here on.",
      "2024-12-31 unknown>partial b we_learned: We learned it: it holds since 2013, so it may have been so when the "
      "claim before (2014) was made, which had become too old."}},
    {{CLAIM("a", NO, ASSESSOR, HIGH, "2014", NULL), CLAIM("b", PARTIAL, ASSESSOR, HIGH, "2024", NULL)},
     36,
     {"2014-12-31 unknown>no a " FIRST,
      "2018-01-01 no>unknown a=no aged: The newest claim, of 2014, is too old from here on.",
      "2024-12-31 unknown>partial b undetermined: What was known, of 2014, had become too old; since when it is "
      "otherwise is not said."}},
    {{CLAIM("a", NO, ASSESSOR, HIGH, "2016-01", NULL), CLAIM("b", YES, OUR_READING, HIGH, "2017-06", "2017")},
     12,
     {"2016-01-31 unknown>no a " FIRST,
      "2017-02-01 no>unknown a=no aged: The newest claim, of 2016-01, is too old from here on.",
      "2017-06-30 unknown>no! b=yes undetermined: A newer claim says yes. Beside it one of 2016-01 counts again, and "
      "decides.",
      "2018-07-01 no>unknown b=yes aged: The newest claim, of 2017-06, is too old from here on."}},
    {{CLAIM("a", YES, ASSESSOR, HIGH, "2018-01", NULL), CLAIM("b", PARTIAL, ASSESSOR, MEDIUM, "2018-06", "2018-06"),
      CLAIM("c", NO, ASSESSOR, MEDIUM, "2018-09", NULL)},
     0,
     {"2018-01-31 unknown>yes a " FIRST,
      "2018-06-30 yes>yes! b=partial undetermined: A newer claim says partial," NEW_DISPUTE,
      "2018-09-30 yes>yes! c=no undetermined: A newer claim says no, but another goes before it: claims still "
      "disagree."}},
    {{CLAIM("a", YES, ASSESSOR, HIGH, "2018", NULL), CLAIM("b", YES, ASSESSOR, HIGH, "2019-05-01", NULL),
      CLAIM("c", NO, OUR_READING, HIGH, "2019-05-01", NULL), CLAIM("d", YES, ASSESSOR, HIGH, "2022", "2022")},
     0,
     {"2018-12-31 unknown>yes a " FIRST, "2019-05-01 yes>yes! c=no undetermined: A newer claim says no," NEW_DISPUTE,
      "2022-12-31 yes>yes d undetermined: A newer claim says the same, and claims no longer disagree."}},
    {{CLAIM("a", NO, ASSESSOR, MEDIUM, "2014", NULL), CLAIM("b", PARTIAL, ASSESSOR, MEDIUM, "2015", "2014"),
      CLAIM("c", YES, ASSESSOR, HIGH, "2016", NULL), CLAIM("d", YES, ASSESSOR, HIGH, "2017", "2017")},
     0,
     {"2014-12-31 unknown>no a " FIRST,
      "2015-12-31 no>partial! b we_learned: We learned it: it holds since 2014, so it may have been so when the claim "
      "before (2014) was made.",
      "2016-12-31 partial>yes! c undetermined: Since when it is so is not said: the country may have changed, or the "
      "claim before was wrong.",
      "2017-12-31 yes>yes! d undetermined: A newer claim says the same, and those that disagree have changed."}},
    {{CLAIM("a", YES, ASSESSOR, HIGH, "2018", NULL), CLAIM("b", YES, OUR_READING, HIGH, "2019", NULL),
      CLAIM("c", YES, ASSESSOR, HIGH, "2020", "2020")},
     0,
     {"2018-12-31 unknown>yes a " FIRST, "2020-12-31 yes>yes c confirmed: A newer claim says the same."}},
    {{CLAIM("a", NO, ASSESSOR, HIGH, "2014", NULL), CLAIM("b", YES, ASSESSOR, MEDIUM, "2016", NULL),
      CLAIM("c", PARTIAL, OUR_READING, HIGH, "2018-05-09", "2018-05-09")},
     0,
     {"2014-12-31 unknown>no a " FIRST, "2016-12-31 no>no! b=yes undetermined: A newer claim says yes," NEW_DISPUTE,
      "2018-05-09 no>yes! c=partial undetermined: A newer claim says partial. Beside it the claim before, of 2014, is "
      "too far back to count, and one of 2016 decides."}},
    {{CLAIM("a", NO, ASSESSOR, HIGH, "2014", NULL), CLAIM("b", YES, ASSESSOR, MEDIUM, "2016", NULL),
      CLAIM("c", YES, OUR_READING, HIGH, "2018-05-09", "2018-05-09")},
     0,
     {"2014-12-31 unknown>no a " FIRST, "2016-12-31 no>no! b=yes undetermined: A newer claim says yes," NEW_DISPUTE,
      "2018-05-09 no>yes c country_changed: The country changed: it holds since 2018-05-09, and the claim before was "
      "of 2014."}},
};

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static void put_step(const json_t *step, struct buf *line)
{
    const json_t *causes = json_object_get(step, "causes");
    const json_t *cause = json_array_get(causes, 0);
    const char *own = text_of(cause, "claim_value");
    ck_assert_uint_eq(json_array_size(causes), 1);
    buf_printf(line, "%s %s>%s%s %s%s%s %s: %s", text_of(step, "date"), text_of(cause, "from"), text_of(cause, "to"),
               json_object_get(cause, "disputed") == NULL ? "" : "!", text_of(cause, "source"), *own == '\0' ? "" : "=",
               own, text_of(cause, "kind"), text_of(cause, "says"));
}

/* Opens the view of a case. */
static void open_case(int number)
{
    static struct facts facts;
    size_t count = 0;
    for (; count < CLAIMS_MOST && cases[number].answers[count].country != NULL; count++) {
        answers[count] = cases[number].answers[count];
        answers[count].dated = date_parse(answers[count].evidence.observed, &answers[count].observed);
        ck_assert(answers[count].dated);
    }
    facts = (struct facts){
        .dataset = {SMALL_DATASET}, TABLES_OF_THIS_FILE, .things = things, .thing_count = COUNT_OF(things)};
    facts.answer_count = count;
    small_open(&facts);
    question.age = (struct period){.months = cases[number].age};
    if (cases[number].age > 0)
        score_question_age(&question.rule, question.age);
}

START_TEST(a_step_names_the_claim_that_did_it_and_says_what_it_did)
{
    open_case(_i);
    const char *const *expected = cases[_i].steps;
    json_t *answer = json_loads(small_ask("/v1/scores/{code}/history", MEDIA_JSON, 0), JSON_REJECT_DUPLICATES, NULL);
    const json_t *steps = json_object_get(json_object_get(answer, "data"), "steps");
    size_t count = 0;
    while (count < STEPS_MOST && expected[count] != NULL)
        count++;
    ck_assert_uint_eq(json_array_size(steps), count);
    for (size_t i = 0; i < count; i++) {
        struct buf line;
        buf_init(&line, 1 << 16);
        put_step(json_array_get(steps, i), &line);
        ck_assert_str_eq(line.data, expected[i]);
        buf_done(&line);
    }
    json_decref(answer);
    small_close();
}
END_TEST

START_TEST(the_table_ends_with_what_the_claim_itself_says)
{
    open_case(0);
    const char *table = small_ask("/v1/scores/{code}/history", MEDIA_CSV, 0);
    ck_assert_ptr_nonnull(strstr(table, ",says,claim_value\r\n"));
    ck_assert_ptr_nonnull(strstr(table, "nothing spoke of it before.,\r\n"));
    ck_assert_ptr_nonnull(strstr(table, NEW_DISPUTE "\",yes\r\n"));
    small_close();
}
END_TEST

TCase *view_causes_cases(void)
{
    TCase *tests = tcase_create("causes");
    tcase_add_loop_test(tests, a_step_names_the_claim_that_did_it_and_says_what_it_did, 0, COUNT_OF(cases));
    tcase_add_test(tests, the_table_ends_with_what_the_claim_itself_says);
    return tests;
}
