/* SPDX-License-Identifier: MIT */
/* A raw query against the parameters of a route: everything that is not exactly allowed is a fault that names it, what
 * is allowed, and the nearest. The result holds each choice once, sorted, defaults dropped, so that two spellings of
 * one question are equal from here on. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

_Static_assert(PARAMETERS_MOST <= 64, "read_part has a bit for each");

static bool read_q(struct reader *reader, char *value)
{
    char *out = value;
    bool gap = false;
    for (const char *in = value; *in != '\0'; in++) {
        if (*in == ' ') {
            gap = out != value;
            continue;
        }
        if (gap)
            *out++ = ' ';
        gap = false;
        *out++ = *in;
    }
    *out = '\0';
    size_t words = store_words(value);
    if (words == 0 || words > STORE_WORDS || out - value > SEARCH_BYTES)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "q",
                               "q takes 1 to %d words to look for, in at most %d bytes.", STORE_WORDS, SEARCH_BYTES);
    reader->query->q = value;
    return true;
}

static bool read_sort(struct reader *reader, char *value)
{
    const char *const *sorts = reader->query->list->sorts;
    bool full = false;
    struct nearest best = {0};
    for (size_t i = 0; sorts[i] != NULL; i++) {
        if (strcmp(sorts[i], value) == 0) {
            reader->query->sort = i == 0 ? NULL : sorts[i];
            return true;
        }
        nearest_try(&best, value, sorts[i]);
    }
    char quoted[65];
    (void)fault_parameter(reader->fault, FAULT_BAD_VALUE, "sort", "This list has no order \"%s\".",
                          fault_quote(value, quoted));
    for (size_t i = 0; sorts[i] != NULL; i++)
        fault_allow(reader->fault, sorts[i], &full);
    fault_near(reader->fault, &best);
    return false;
}

static bool read_limit(struct reader *reader, char *value)
{
    size_t number = 0;
    size_t len = strlen(value);
    bool good = len >= 1 && len <= 4 && value[0] != '0' && strspn(value, "0123456789") == len;
    for (size_t i = 0; good && i < len; i++)
        number = number * 10 + (size_t)(value[i] - '0');
    if (!good || number > LIMIT_MOST)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "limit",
                               "limit is a whole number from 1 to %d; without it the list is complete.", LIMIT_MOST);
    reader->query->limit = value;
    reader->query->page = number;
    return true;
}

/* Its meaning hangs on the other parameters: cursor_read follows when all are known. */
static bool read_cursor(struct reader *reader, char *value)
{
    reader->query->cursor = value;
    return true;
}

static bool read_pretty(struct reader *reader, char *value)
{
    bool full = false;
    if (strcmp(value, "1") != 0) {
        (void)fault_parameter(reader->fault, FAULT_BAD_VALUE, "pretty", "pretty is 1, or left out.");
        fault_allow(reader->fault, "1", &full);
        return false;
    }
    reader->query->pretty = "1";
    return true;
}

/* Which names there are hangs on the media type: query_read_fields follows when it is known. */
static bool read_fields(struct reader *reader, char *value)
{
    reader->query->fields_given = value;
    return true;
}

static bool read_facets(struct reader *reader, char *value)
{
    return query_read_facets(reader->query, value, reader->fault);
}

static const struct term_reader {
    const char *name;
    bool (*read)(struct reader *reader, char *value);
} term_readers[] = {{"q", read_q},           {"sort", read_sort},     {"limit", read_limit},  {"cursor", read_cursor},
                    {"pretty", read_pretty}, {"fields", read_fields}, {"facets", read_facets}};

static bool read_value(struct reader *reader, const char *name, char *value)
{
    const struct list_kind *list = reader->query->list;
    int ask = word_index(name, ask_names, ASK_COUNT);
    if (ask >= 0 && (reader->route->asks & 1U << ask) != 0) {
        reader->query->given[ask] = value;
        return true;
    }
    for (const struct list_filter *filter = list == NULL ? NULL : list->filters; filter != NULL && filter->name != NULL;
         filter++)
        if (strcmp(filter->name, name) == 0)
            return query_read_filter(reader->query, filter, reader->catalog, value, reader->fault);
    for (size_t i = 0; i < COUNT_OF(term_readers); i++)
        if (strcmp(term_readers[i].name, name) == 0)
            return term_readers[i].read(reader, value);
    return fault_set(reader->fault, FAULT_INTERNAL, "A parameter has no reader.");
}

static bool unknown_parameter(struct reader *reader, const char *name, const char *const *names, size_t count)
{
    char quoted[65];
    bool full = false;
    struct nearest best = {0};
    (void)fault_quote(name, quoted);
    quoted[63] = '\0'; /* the longest that the problem can name */
    (void)fault_parameter(reader->fault, FAULT_UNKNOWN_PARAMETER, quoted, "This address takes no parameter \"%s\".",
                          quoted);
    for (size_t i = 0; i < count; i++) {
        fault_allow(reader->fault, names[i], &full);
        nearest_try(&best, name, names[i]);
    }
    fault_near(reader->fault, &best);
    return false;
}

/* One name=value, raw[0..len). `seen` has one bit for each name. */
static bool read_part(struct reader *reader, const char *raw, size_t len, uint64_t *seen)
{
    const char *names[PARAMETERS_MOST];
    size_t count = route_parameters(reader->route, names);
    struct query *query = reader->query;
    const char *equals = memchr(raw, '=', len);
    size_t name_len = equals == NULL ? len : (size_t)(equals - raw);
    char *name = query->text + query->text_used;
    if (!percent_decode(raw, name_len, true, name, reader->fault))
        return false;
    char *value = name + strlen(name) + 1;
    if (!percent_decode(equals == NULL ? "" : equals + 1, equals == NULL ? 0 : len - name_len - 1, true, value,
                        reader->fault))
        return false;
    query->text_used += strlen(name) + strlen(value) + 2;
    size_t index = 0;
    while (index < count && strcmp(names[index], name) != 0)
        index++;
    if (index == count && route_is_lenient(reader->route))
        return true;
    if (index == count)
        return unknown_parameter(reader, name, names, count);
    if ((*seen & (uint64_t)1 << index) != 0)
        return fault_parameter(reader->fault, FAULT_REPEATED_PARAMETER, name, "%s stands more than once.", name);
    *seen |= (uint64_t)1 << index;
    return read_value(reader, name, value);
}

static int compare_filters(const void *a, const void *b)
{
    const struct store_filter *left = a;
    const struct store_filter *right = b;
    return strcmp(left->name, right->name);
}

static bool read_place(struct reader *reader)
{
    struct query *query = reader->query;
    if (query->cursor == NULL)
        return true;
    CLEANUP(buf_done) struct buf question;
    buf_init(&question, QUERY_TEXT_BYTES);
    query_question(query, reader->route, &question);
    if (!buf_ok(&question))
        return fault_set(reader->fault, FAULT_INTERNAL, "There is no memory for this request.");
    return cursor_read(query->cursor, catalog_mark(reader->catalog, query->list), question.data, &query->place,
                       reader->fault);
}

void query_done(struct query *query)
{
    free(query->values);
    free(query->text);
    *query = (struct query){0};
}

/* Room for all that a raw query of that length can hold. */
static bool make_room(struct query *query, size_t len)
{
    query->text = malloc(2 * len + 4);
    query->values = calloc(len + 1, sizeof(*query->values));
    return query->text != NULL && query->values != NULL;
}

static bool read_parts(struct reader *reader, const char *raw)
{
    uint64_t seen = 0;
    for (const char *at = raw; *at != '\0';) {
        size_t len = strcspn(at, "&");
        if (!read_part(reader, at, len, &seen))
            return false;
        if (at[len] == '&' && at[len + 1] == '\0')
            return fault_set(reader->fault, FAULT_BAD_REQUEST, "The query ends in \"&\".");
        at += len + (at[len] == '&' ? 1 : 0);
    }
    return true;
}

static bool check_q(const struct reader *reader)
{
    bool needed = reader->query->list != NULL && reader->query->list->found;
    return !needed || reader->query->q != NULL ||
           fault_parameter(reader->fault, FAULT_BAD_VALUE, "q", "Say what to look for: ?q= and one word or more.");
}

bool query_read(const char *raw, const struct route *route, const struct catalog *catalog, struct query *ret,
                struct fault *fault)
{
    struct reader reader = {route, catalog, ret, fault};
    *ret = (struct query){.list = route->list == NULL ? NULL : list_kind_find(route->list)};
    if (raw == NULL || *raw == '\0')
        return check_q(&reader) && question_read(&reader);
    if (!make_room(ret, strlen(raw)))
        return fault_set(fault, FAULT_INTERNAL, "There is no memory for this request.");
    if (!read_parts(&reader, raw) || !check_q(&reader) || !question_read(&reader))
        return false;
    if (ret->filter_count > 1)
        qsort(ret->filters, ret->filter_count, sizeof(ret->filters[0]), compare_filters);
    return read_place(&reader);
}
