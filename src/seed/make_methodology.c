/* SPDX-License-Identifier: MIT */
/* methodologies/<id>@<version>.json: how a score is made, a file for each version. Fractions are read as they stand, so
 * that nothing is ever rounded. What was published under a version stays as it is: a change is a file beside it. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int compare_weights(const void *a, const void *b)
{
    return strcmp(((const struct weight *)a)->criterion, ((const struct weight *)b)->criterion);
}

static void check_weight(const struct reader *reader, const char *id, const struct at *at)
{
    const struct criterion *criterion = facts_criterion(reader->load->facts, id);
    if (reader->load->lacking[SEED_CRITERIA])
        return;
    if (criterion == NULL)
        fault_of(reader, at, "there is no criterion \"%.80s\"", id);
    else if (criterion->allowed[ANSWER_YEAR])
        fault_of(reader, at, "asks for a year, which has no points");
}

static void read_weights(const struct reader *reader, struct methodology *made)
{
    const json_t *json = json_object_get(reader->root, "weights");
    struct weight *weights = arena_array(reader->load->arena, json_object_size(json), sizeof(*weights));
    struct at up = {NULL, "weights", 0};
    size_t count = 0;
    int32_t sum = 0;
    const char *key;
    json_t *number;
    json_object_foreach((json_t *)(uintptr_t)json, key, number)
    {
        struct at at = {&up, key, 0};
        check_weight(reader, key, &at);
        char *id = arena_text(reader->load->arena, key);
        if (weights == NULL || id == NULL)
            return;
        weights[count] = (struct weight){id, (int32_t)json_number_value(number)};
        sum += weights[count++].weight;
    }
    if (sum == 0)
        fault_of(reader, &up, "no weight is above 0");
    else
        qsort(weights, count, sizeof(*weights), compare_weights);
    made->weights = weights;
    made->weight_count = count;
}

/* "1/4", "0", "1": of the schema's form. */
static struct fraction fraction_of(const json_t *json)
{
    const char *text = json_string_value(json);
    char *slash;
    int32_t num = text == NULL ? 0 : (int32_t)strtol(text, &slash, 10);
    int32_t den = text == NULL || *slash != '/' ? 1 : (int32_t)strtol(slash + 1, NULL, 10);
    return (struct fraction){num, den};
}

static bool above(struct fraction a, struct fraction b)
{
    return (int64_t)a.num * b.den > (int64_t)b.num * a.den;
}

static void read_values(const struct reader *reader, struct methodology *made)
{
    static const enum answer_value used[] = {ANSWER_YES, ANSWER_PARTIAL, ANSWER_NO, ANSWER_UNKNOWN};
    struct at up = {NULL, "values", 0};
    for (size_t i = 0; i < COUNT_OF(used); i++) {
        const char *name = answer_value_names[used[i]];
        const json_t *json = json_object_get(json_object_get(reader->root, "values"), name);
        const json_t *counted = json_object_get(json, "counted");
        struct value_map map = {fraction_of(json_object_get(json, "low")), fraction_of(json_object_get(json, "high")),
                                fraction_of(counted)};
        if (above(map.low, map.high) || above(map.high, (struct fraction){1, 1}) ||
            (counted != NULL && (above(map.low, map.counted) || above(map.counted, map.high))))
            fault_of(reader, &(struct at){&up, name, 0}, "low, counted and high are not in order between 0 and 1");
        made->values[used[i]] = map;
    }
}

static void read_rules(const struct reader *reader, struct methodology *made)
{
    const json_t *bases = json_object_get(reader->root, "bases");
    for (size_t i = 0; i < json_array_size(bases) && i < BASIS_COUNT; i++) {
        int basis = word_index(json_string_value(json_array_get(bases, i)), basis_names, BASIS_COUNT);
        made->bases[made->basis_count++] = (enum basis)(basis < 0 ? 0 : basis);
    }
    int sure = word_index(json_string_value(json_object_get(reader->root, "least_sure")), sureness_names, SURE_COUNT);
    made->least_sure = (enum sureness)(sure < 0 ? 0 : sure);
    made->window_months = (int32_t)json_number_value(json_object_get(reader->root, "window_months"));
    made->least_coverage = fraction_of(json_object_get(reader->root, "least_coverage"));
    if (above(made->least_coverage, (struct fraction){1, 1}))
        fault_of(reader, &(struct at){NULL, "least_coverage", 0}, "above 1");
}

/* Two names can hold one version only where one of them is amiss; told beside that, it shows which to drop. */
static void check_name(const struct reader *reader, const struct methodology *made)
{
    const char *name = arena_printf(reader->load->arena, "%s@%s", made->id, made->version);
    if (name != NULL && strcmp(name, reader->name) != 0)
        report_file(reader->load->faults, reader->file, "by its id and version it must be named %s.json", name);
    const struct methodology *others = reader->load->methodologies.items;
    for (size_t i = 0; i < reader->load->methodologies.count; i++)
        if (strcmp(others[i].id, made->id) == 0 && strcmp(others[i].version, made->version) == 0)
            fault_of(reader, &(struct at){NULL, "version", 0}, "%s of %s stands twice", made->version, made->id);
}

void make_methodology(const struct reader *reader)
{
    struct methodology made = {.id = text_of(reader, reader->root, "id"),
                               .version = text_of(reader, reader->root, "version"),
                               .title = text_of(reader, reader->root, "title"),
                               .theme = text_of(reader, reader->root, "theme"),
                               .text = text_of(reader, reader->root, "text")};
    if (made.id == NULL || made.version == NULL || made.theme == NULL)
        return;
    check_name(reader, &made);
    term_of(reader, "themes", made.theme, &(struct at){NULL, "theme", 0});
    read_weights(reader, &made);
    read_values(reader, &made);
    read_rules(reader, &made);
    struct methodology *added = list_add(reader->load->arena, &reader->load->methodologies);
    if (added != NULL)
        *added = made;
}
