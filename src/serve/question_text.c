/* SPDX-License-Identifier: MIT */
/* The canonical text of a question's parameters, made of the question as it was understood and not of what was written:
 * so one question has one text, and the text read again is the same question. Nothing in it needs an escape. */
#include "cyberatlas/base/date.h"
#include "cyberatlas/base/facts.h"
#include "internal.h"

bool question_says(const struct query *query, enum ask ask)
{
    const struct question *question = &query->question;
    switch (ask) {
    case ASK_METHODOLOGY:
        return query->by_methodology;
    case ASK_WEIGHTS:
        return question->weighted;
    case ASK_AS_OF:
        return question->rule.as_of_given;
    case ASK_MAX_AGE:
        return question->age.months > 0 || question->age.days > 0;
    case ASK_BASIS:
        return question->based;
    case ASK_SURE:
        return question->surely;
    case ASK_GROUP:
        return question->group_count > 0;
    case ASK_COUNTRIES:
        return question->country_count > 0;
    case ASK_EXPLAIN:
        return question->explain;
    case ASK_ASCII:
        return question->ascii;
    case ASK_SINCE:
        return question->since != NULL;
    case ASK_COUNTRY:
        return question->asked_by == ASKED_BY_COUNTRY;
    case ASK_DOMAIN:
        return question->asked_by == ASKED_BY_DOMAIN || question->host != NULL;
    case ASK_IP:
        return question->asked_by == ASKED_BY_ADDRESS;
    case ASK_AUDIENCE:
        return question->audience != NULL;
    case ASK_PURPOSE:
        return question->purpose != NULL;
    case ASK_FILTER:
        return question->filtered;
    case ASK_SHOW:
        return question->bare;
    case ASK_SEPARATOR:
        return question_separator(question) != NULL;
    case ASK_COUNT:
        break;
    }
    return false;
}

static void put_methodology(const struct query *query, struct buf *out)
{
    const struct methodology *methodology = query->question.rule.methodology;
    buf_puts(out, methodology->id);
    if (query->by_version)
        buf_printf(out, "@%s", methodology->version);
}

static void put_weights(const struct query *query, struct buf *out)
{
    const struct score_question *rule = &query->question.rule;
    size_t count = 0;
    for (size_t i = 0; i < rule->methodology->weight_count; i++)
        if (rule->weights[i] != 1)
            buf_printf(out, "%s%s:%d", count++ > 0 ? "," : "", rule->methodology->weights[i].criterion,
                       rule->weights[i]);
    if (count == 0)
        buf_puts(out, "equal");
}

static void put_as_of(const struct query *query, struct buf *out)
{
    char text[DATE_TEXT_SIZE];
    date_format(query->question.rule.as_of, text);
    buf_puts(out, text);
}

static void put_max_age(const struct query *query, struct buf *out)
{
    const struct period age = query->question.age;
    const struct {
        int32_t number;
        char unit;
    } parts[] = {{age.months / 12, 'Y'}, {age.months % 12, 'M'}, {age.days, 'D'}};
    buf_putc(out, 'P');
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].number > 0)
            buf_printf(out, "%d%c", parts[i].number, parts[i].unit);
}

static void put_basis(const struct query *query, struct buf *out)
{
    const struct score_question *rule = &query->question.rule;
    bool has[BASIS_COUNT] = {false};
    size_t count = 0;
    for (size_t i = 0; i < rule->basis_count; i++)
        has[rule->bases[i]] = true;
    for (size_t i = 0; i < BASIS_COUNT; i++)
        if (has[i])
            buf_printf(out, "%s%s", count++ > 0 ? "," : "", basis_names[i]);
}

static void put_sure(const struct query *query, struct buf *out)
{
    buf_puts(out, sureness_names[query->question.rule.least_sure]);
}

static void put_items(const char *const *items, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%s%s", i > 0 ? "," : "", items[i]);
}

static void put_group(const struct query *query, struct buf *out)
{
    put_items(query->question.groups, query->question.group_count, out);
}

static void put_countries(const struct query *query, struct buf *out)
{
    put_items(query->question.countries, query->question.country_count, out);
}

static void put_asked_for(const struct query *query, struct buf *out)
{
    buf_puts(out, query->question.asked_for->id);
}

static void put_asked_as(const struct query *query, struct buf *out)
{
    buf_puts(out, query->question.asked_as);
}

static void put_domain(const struct query *query, struct buf *out)
{
    buf_puts(out, query->question.host != NULL ? query->question.host : query->question.asked_as);
}

static void put_on(const struct query *query, struct buf *out)
{
    (void)query;
    buf_puts(out, "on");
}

static void put_off(const struct query *query, struct buf *out)
{
    (void)query;
    buf_puts(out, "off");
}

static void put_separator(const struct query *query, struct buf *out)
{
    buf_puts(out, question_separator(&query->question));
}

static void put_audience(const struct query *query, struct buf *out)
{
    buf_puts(out, query->question.audience->id);
}

static void put_purpose(const struct query *query, struct buf *out)
{
    buf_puts(out, query->question.purpose->id);
}

static void put_since(const struct query *query, struct buf *out)
{
    buf_puts(out, query->question.since->id);
}

static void put_one(const struct query *query, struct buf *out)
{
    (void)query;
    buf_putc(out, '1');
}

void question_value(const struct query *query, enum ask ask, struct buf *out)
{
    static void (*const writers[ASK_COUNT])(const struct query *query,
                                            struct buf *out) = {[ASK_METHODOLOGY] = put_methodology,
                                                                [ASK_WEIGHTS] = put_weights,
                                                                [ASK_AS_OF] = put_as_of,
                                                                [ASK_MAX_AGE] = put_max_age,
                                                                [ASK_BASIS] = put_basis,
                                                                [ASK_SURE] = put_sure,
                                                                [ASK_GROUP] = put_group,
                                                                [ASK_COUNTRIES] = put_countries,
                                                                [ASK_COUNTRY] = put_asked_for,
                                                                [ASK_EXPLAIN] = put_one,
                                                                [ASK_ASCII] = put_one,
                                                                [ASK_DOMAIN] = put_domain,
                                                                [ASK_IP] = put_asked_as,
                                                                [ASK_AUDIENCE] = put_audience,
                                                                [ASK_PURPOSE] = put_purpose,
                                                                [ASK_FILTER] = put_on,
                                                                [ASK_SHOW] = put_off,
                                                                [ASK_SEPARATOR] = put_separator,
                                                                [ASK_SINCE] = put_since};
    writers[ask](query, out);
}
