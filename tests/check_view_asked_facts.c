/* SPDX-License-Identifier: MIT */
/* A scored world that may be asked: that of the other score tests with a cell of nine claims, an older version of its
 * methodology and another one, and ways to ask for lists and documents. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/date.h"
#include "fixture_facts.h"
#include "view_ask.h"
#include "view_asked.h"

#define CLAIM(a_value, a_basis, a_sure, a_day, ...)                                                                    \
    {                                                                                                                  \
        .country = "GB", .criterion = "audit", .value = a_value, .basis = a_basis, .sure = a_sure,                     \
        .evidence = {.source = "iso", .observed = a_day}, __VA_ARGS__                                                  \
    }
#define ON(day) .observed = {day, day}, .dated = true
enum { DAY_2009 = 14300, DAY_2017 = 17300, DAY_2018 = 17700 };

/* One claim for each way to stand to a cell. */
static const struct answer british[] = {
    CLAIM(ANSWER_NO, BASIS_ASSESSOR, SURE_HIGH, "2017-05-14", ON(DAY_2017)),
    CLAIM(ANSWER_NO, BASIS_OUR_READING, SURE_HIGH, "2017-05-14", ON(DAY_2017)),
    CLAIM(ANSWER_YES, BASIS_OUR_READING, SURE_MEDIUM, "2017-05-13", ON(DAY_2017 - 1)),
    CLAIM(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, "2009-02-25", ON(DAY_2009)),
    CLAIM(ANSWER_YES, BASIS_ASSESSOR, SURE_HIGH, NULL, .dated = false),
    CLAIM(ANSWER_YES, BASIS_ASSESSOR, SURE_LOW, "2017-05-14", ON(DAY_2017)),
    CLAIM(ANSWER_PARTIAL, BASIS_ASSESSOR, SURE_HIGH, "2018-06-18", ON(DAY_2018)),
    CLAIM(ANSWER_YES, BASIS_EU_LAW, SURE_HIGH, "2017-05-14", ON(DAY_2017)),
    CLAIM(ANSWER_UNKNOWN, BASIS_ASSESSOR, SURE_HIGH, "2017-05-14", .unknown = "lost_in_capture", ON(DAY_2017)),
};

const struct weight asked_weights[ASKED_WEIGHTS] = {{"audit", 2}, {"team", 1}};
struct methodology asked_methodologies[ASKED_METHODOLOGIES];
static struct answer answers[64];
static struct criterion criteria[32];
static struct facts asked_facts;
struct view *asked_view;

/* Two versions of one methodology, and one of another theme that no code names. */
void asked_set_up(void)
{
    scored_set_up();
    asked_facts = scored_facts;
    asked_facts.dataset.id = "asked";
    asked_facts.dataset.title = "Asked";
    asked_facts.dataset.publisher = "The tests";
    asked_facts.dataset.licence = "none";
    asked_methodologies[0] = asked_methodologies[1] = asked_methodologies[2] = scored_methodology;
    asked_methodologies[0].version = "0.9.0";
    asked_methodologies[0].least_coverage = (struct fraction){1, 1};
    asked_methodologies[2].id = "tooling";
    asked_methodologies[2].title = "Tooling";
    asked_methodologies[2].theme = "operational-capacities";
    asked_methodologies[2].weights = asked_weights;
    asked_methodologies[2].weight_count = COUNT_OF(asked_weights);
    asked_methodologies[2].least_coverage = (struct fraction){1, 2};
    asked_facts.methodologies = asked_methodologies;
    asked_facts.methodology_count = ASKED_METHODOLOGIES;
    ck_assert_uint_le(scored_facts.criterion_count, COUNT_OF(criteria));
    memcpy(criteria, scored_facts.criteria, scored_facts.criterion_count * sizeof(*criteria));
    asked_facts.criteria = criteria;
    size_t at = 0;
    for (size_t i = 0; i < scored_facts.answer_count; i++) {
        if (strcmp(scored_facts.answers[i].country, "XK") == 0 && at == i) {
            memcpy(answers + at, british, sizeof(british));
            at += COUNT_OF(british);
        }
        answers[at++] = scored_facts.answers[i];
    }
    asked_facts.answers = answers;
    asked_facts.answer_count = at;
    struct err err = {.kind = ERR_NONE};
    ck_assert_msg(view_new(&asked_facts, "0123456789ab", &asked_view, &err), "%s", err.text);
}

void asked_tear_down(void)
{
    view_free(asked_view);
    scored_tear_down();
}

struct question asked_default(void)
{
    return view_question(asked_view, view_methodology(asked_view));
}

void asked_allow(const char *criterion, bool yes, bool partial, bool no)
{
    for (size_t i = 0; i < asked_facts.criterion_count; i++)
        if (strcmp(criteria[i].id, criterion) == 0) {
            criteria[i].allowed[ANSWER_YES] = yes;
            criteria[i].allowed[ANSWER_PARTIAL] = partial;
            criteria[i].allowed[ANSWER_NO] = no;
            return;
        }
    ck_abort_msg("no criterion %s", criterion);
}

static int32_t day_of(const char *text)
{
    struct date date;
    ck_assert(date_parse(text, &date));
    return date.last;
}

void asked_as_of(struct question *question, const char *day)
{
    question->rule.as_of = day_of(day);
    question->rule.as_of_given = true;
}

/* The whole list; the caller frees it. */
char *asked_list_body(const char *name, const struct question *question, const char *sort, enum media media)
{
    const struct list_kind *kind = list_kind_find(name);
    struct selection *selection = kind->select(asked_view, question, sort);
    ck_assert_ptr_nonnull(selection);
    struct list_page page = {
        .kind = kind, .self = kind->path, .total = selection->count, .count = selection->count, .selection = selection};
    struct buf bytes;
    buf_init(&bytes, 1 << 20);
    list_open(&page, media, &bytes);
    for (size_t i = 0; i < selection->count; i++) {
        if (i > 0)
            list_separate(media, &bytes);
        ck_assert(kind->item(selection, i, media, &bytes));
    }
    list_close(&page, media, &bytes);
    ck_assert(buf_ok(&bytes));
    selection_free(selection);
    buf_add(&bytes, "", 0); /* NDJSON of nothing is empty, and still a text */
    return buf_take(&bytes, &(size_t){0});
}

json_t *asked_parsed(char *body)
{
    json_error_t error;
    json_t *json = json_loads(body, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s in %s", error.text, body);
    free(body);
    return json;
}

json_t *asked_list(const char *name, const struct question *question, const char *sort)
{
    return asked_parsed(asked_list_body(name, question, sort, MEDIA_JSON));
}

char *asked_document_body(const char *path, enum media media, const struct question *question, size_t country)
{
    for (size_t i = 0; i < document_kind_count; i++) {
        const struct document_kind *kind = &document_kinds[i];
        if (strcmp(kind->path, path) != 0 || kind->media != media)
            continue;
        struct buf bytes;
        buf_init(&bytes, 1 << 20);
        ck_assert(kind->answer(asked_view, question, "/v1/self?x=1", country, &bytes));
        char *body = buf_take(&bytes, &(size_t){0});
        return body == NULL ? strdup("") : body; /* some may be empty */
    }
    ck_abort_msg("no document %s", path);
    return NULL;
}

json_t *asked_document(const char *path, const struct question *question, size_t country)
{
    return asked_parsed(asked_document_body(path, MEDIA_JSON, question, country));
}

json_t *asked_at(json_t *json, const char *first, const char *second)
{
    json_t *found = json_object_get(json, first);
    return second == NULL ? found : json_object_get(found, second);
}

double asked_number(const json_t *object, const char *key)
{
    ck_assert_msg(json_is_number(json_object_get(object, key)), "no number %s", key);
    return json_number_value(json_object_get(object, key));
}

void assert_figures(const json_t *score, double value, double low, double high, double coverage)
{
    ck_assert_double_eq_tol(asked_number(score, "value"), value, 1e-9);
    ck_assert_double_eq_tol(asked_number(score, "low"), low, 1e-9);
    ck_assert_double_eq_tol(asked_number(score, "high"), high, 1e-9);
    ck_assert_double_eq_tol(asked_number(score, "coverage"), coverage, 1e-9);
}
