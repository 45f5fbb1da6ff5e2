/* SPDX-License-Identifier: MIT */
/* What of each item is wanted, and what is to be counted: names in comma lists, each one of those that the list itself
 * has, so that two spellings of one choice are equal. Choosing all is as good as choosing nothing. */
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

static bool unknown_name(const char *parameter, const char *word, const char *const *names, size_t count,
                         struct fault *fault)
{
    char quoted[65];
    bool full = false;
    struct nearest best = {0};
    (void)fault_parameter(fault, FAULT_BAD_VALUE, parameter, "%s has no \"%s\" to choose here.", parameter,
                          fault_quote(word, quoted));
    for (size_t i = 0; i < count; i++) {
        fault_allow(fault, names[i], &full);
        nearest_try(&best, word, names[i]);
    }
    fault_near(fault, &best);
    return false;
}

static bool choose(char *value, const char *parameter, const char *const *names, size_t count, bool *chosen,
                   struct fault *fault)
{
    for (char *at = value; at != NULL;) {
        const char *word = strsep(&at, ",");
        int index = word_index(word, names, count);
        if (index < 0)
            return unknown_name(parameter, word, names, count, fault);
        chosen[index] = true;
    }
    return true;
}

bool query_read_fields(struct query *query, enum media media, struct fault *fault)
{
    const char *names[CHOSEN_MOST];
    bool chosen[CHOSEN_MOST] = {false};
    if (query->fields_given == NULL)
        return true;
    size_t count = list_fields(query->list, media, names);
    if (count == 0)
        return fault_parameter(fault, FAULT_BAD_VALUE, "fields",
                               "fields goes with JSON, NDJSON and CSV: leave it out.");
    if (!choose(query->fields_given, "fields", names, count, chosen, fault))
        return false;
    query->fields_given = NULL; /* it is cut into its words */
    for (size_t i = 0; i < count; i++)
        if (chosen[i])
            query->fields.names[query->fields.count++] = names[i];
    if (query->fields.count == count)
        query->fields.count = 0;
    return true;
}

bool query_read_facets(struct query *query, char *value, struct fault *fault)
{
    const char *names[STORE_FILTERS];
    bool chosen[STORE_FILTERS] = {false};
    size_t count = 0;
    for (const struct list_filter *filter = query->list->filters; filter->name != NULL && count < STORE_FILTERS;
         filter++)
        names[count++] = filter->name;
    (void)sort_values(names, count);
    if (!choose(value, "facets", names, count, chosen, fault))
        return false;
    for (size_t i = 0; i < count; i++)
        if (chosen[i])
            query->facets[query->facet_count++] = names[i];
    return true;
}
