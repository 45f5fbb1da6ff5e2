/* SPDX-License-Identifier: MIT */
/* The values of one filter: a comma list in which any may hold. Each is looked up among what the dataset allows, a
 * country in any of its spellings; the list comes out sorted and without doubles. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static bool is_row_of(const struct allowed *row, const struct query *query, const struct list_filter *filter)
{
    return strcmp(row->list, query->list->name) == 0 && strcmp(row->name, filter->name) == 0;
}

/* Walks what a filter allows, from the table of words where it has one and from the dataset otherwise; NULL at the end.
 */
static const char *next_allowed(const struct query *query, const struct list_filter *filter,
                                const struct catalog *catalog, size_t *at)
{
    if (filter->words != NULL)
        return filter->words[*at] == NULL ? NULL : filter->words[(*at)++];
    for (size_t i = *at; i < catalog->allowed_count; i++) {
        const struct allowed *row = &catalog->allowed[i];
        if (is_row_of(row, query, filter)) {
            *at = i + 1;
            return row->value;
        }
    }
    *at = catalog->allowed_count;
    return NULL;
}

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199, DIGITS = 4 };

/* "2012", or two years with ".." between, of which one may be missing: an end that is open stays as it was. */
static bool read_years(const char *value, int years[2], size_t *ret_given)
{
    const char *dots = strstr(value, "..");
    const char *parts[2] = {value, dots == NULL ? NULL : dots + 2};
    *ret_given = 0;
    for (size_t i = 0; i < 2 && parts[i] != NULL; i++) {
        const char *part = parts[i];
        size_t len = i == 0 && dots != NULL ? (size_t)(dots - value) : strlen(part);
        if (len == 0 && dots != NULL)
            continue;
        if (len != DIGITS || strspn(part, "0123456789") < DIGITS)
            return false;
        years[i] = (part[0] - '0') * 1000 + (part[1] - '0') * 100 + (part[2] - '0') * 10 + part[3] - '0';
        (*ret_given)++;
    }
    return *ret_given > 0;
}

static bool is_known_year(int year)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/* A range of one year is that year. */
static const char *year_or_years(char *value)
{
    int years[2] = {FIRST_YEAR, LAST_YEAR};
    size_t given;
    if (!read_years(value, years, &given) || !is_known_year(years[0]) || !is_known_year(years[1]) ||
        years[0] > years[1])
        return NULL;
    if (given == 2 && years[0] == years[1])
        value[DIGITS] = '\0';
    return value;
}

static void bad_years(const char *name, const char *value, const char *quoted, struct fault *fault)
{
    int years[2] = {FIRST_YEAR, LAST_YEAR};
    size_t given;
    if (!read_years(value, years, &given))
        (void)fault_parameter(fault, FAULT_BAD_VALUE, name,
                              "\"%s\" is no year: write 2012, or 2010..2015 with either end left open.", quoted);
    else if (is_known_year(years[0]) && is_known_year(years[1]))
        (void)fault_parameter(fault, FAULT_BAD_VALUE, name,
                              "\"%s\" ends before it begins: write the earlier year first.", quoted);
    else
        (void)fault_parameter(fault, FAULT_BAD_VALUE, name, "\"%s\": %s takes the years from %d to %d.", quoted, name,
                              FIRST_YEAR, LAST_YEAR);
}

static const char *look_up(const struct query *query, const struct list_filter *filter, const struct catalog *catalog,
                           char *value)
{
    if (filter->kind == FILTER_YEAR)
        return year_or_years(value);
    if (filter->kind == FILTER_COUNTRY)
        return catalog_country(catalog, value, strlen(value));
    for (size_t i = 0; filter->words != NULL && filter->words[i] != NULL; i++)
        if (strcmp(filter->words[i], value) == 0)
            return filter->words[i];
    for (size_t i = 0; filter->words == NULL && i < catalog->allowed_count; i++) {
        const struct allowed *row = &catalog->allowed[i];
        if (strcmp(row->value, value) == 0 && is_row_of(row, query, filter)) /* the value first: most differ there */
            return row->value;
    }
    return NULL;
}

static void suggest(const struct query *query, const struct list_filter *filter, const struct catalog *catalog,
                    const char *value, struct fault *fault)
{
    bool full = false;
    struct nearest best = {0};
    size_t at = 0;
    for (size_t i = 0; filter->kind == FILTER_COUNTRY && i < catalog->countries.count; i++)
        nearest_try(&best, value, catalog->countries.items[i].text);
    for (const char *word;
         filter->kind != FILTER_COUNTRY && (word = next_allowed(query, filter, catalog, &at)) != NULL;) {
        nearest_try(&best, value, word);
        fault_allow(fault, word, &full);
    }
    fault_near(fault, &best);
}

static bool unknown_value(const struct query *query, const struct list_filter *filter, const struct catalog *catalog,
                          const char *value, struct fault *fault)
{
    char quoted[65];
    (void)fault_quote(value, quoted);
    if (value[0] == '\0')
        (void)fault_parameter(fault, FAULT_BAD_VALUE, filter->name, "A value of %s is empty.", filter->name);
    else if (filter->kind == FILTER_COUNTRY)
        (void)fault_parameter(fault, FAULT_BAD_VALUE, filter->name,
                              "\"%s\" is the code of no country in this dataset: see /v1/countries.", quoted);
    else if (filter->kind == FILTER_YEAR)
        bad_years(filter->name, value, quoted, fault);
    else
        (void)fault_parameter(fault, FAULT_BAD_VALUE, filter->name, "%s takes no value \"%s\".", filter->name, quoted);
    suggest(query, filter, catalog, value, fault);
    return false;
}

static int compare_values(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

size_t sort_values(const char **values, size_t count)
{
    qsort(values, count, sizeof(*values), compare_values);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(values[kept - 1], values[i]) != 0)
            values[kept++] = values[i];
    return kept;
}

bool query_read_filter(struct query *query, const struct list_filter *filter, const struct catalog *catalog,
                       char *value, struct fault *fault)
{
    const char **values = query->values + query->value_count;
    size_t count = 0;
    for (char *at = value; at != NULL;) {
        char *word = strsep(&at, ",");
        const char *found = look_up(query, filter, catalog, word);
        if (found == NULL)
            return unknown_value(query, filter, catalog, word, fault);
        if (count == STORE_VALUES)
            return fault_parameter(fault, FAULT_BAD_VALUE, filter->name, "%s takes at most %d values.", filter->name,
                                   STORE_VALUES);
        values[count++] = found;
    }
    count = sort_values(values, count);
    query->value_count += count;
    query->filters[query->filter_count++] =
        (struct store_filter){filter->name, values, count, filter->kind == FILTER_YEAR};
    return true;
}
