/* SPDX-License-Identifier: MIT */
/* Rows that are no things: an answer to a criterion, which may stand beside other answers, and a figure of an index, of
 * which there is one for each country, edition and pillar. Both were checked before. */
#include <string.h>

#include "import.h"

void import_proof(const struct import *run, const struct csv_row *row, struct proof *ret)
{
    for (size_t i = 0; i < PROOF_COUNT; i++) {
        const struct csv_cell *cell = import_named(run, row, proof_names[i]);
        ret->texts[i] = cell == NULL ? NULL : cell->text;
    }
}

static bool merge_answer(struct import *run, const char *criterion, const struct offer *offer)
{
    json_t *root = offer->target->root;
    json_t *answers = json_object_get(root, "answers");
    struct proof inherited = {0};
    struct at list = {NULL, "answers", 0};
    struct at at = {&list, criterion, 0};
    proof_over(&inherited, json_object_get(root, "defaults"));
    if (answers == NULL && json_object_set_new(root, "answers", answers = json_object()) != 0)
        return import_memory(run);
    return merge_field(run, answers, criterion, offer, &inherited, &at);
}

bool import_answer(struct import *run, const struct csv_row *row)
{
    struct offer offer = {.cell = import_named(run, row, "value")};
    bool fault = false;
    import_proof(run, row, &offer.proof);
    offer.unknown = cell_unknown(run, offer.cell, &fault);
    json_auto_t *value = offer.unknown == NULL ? json_string(offer.cell->text) : NULL;
    if (value == NULL && offer.unknown == NULL)
        return import_memory(run);
    offer.value = value;
    offer.target = import_country(run, import_named(run, row, "country")->text);
    return offer.target != NULL && merge_answer(run, import_named(run, row, "criterion")->text, &offer);
}

/* --- figures --- */
static const char *const figure_keys[] = {"country", "edition", "pillar"};

static const char *member(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static bool same_figure(const struct import *run, const struct csv_row *row, const json_t *value)
{
    for (size_t i = 0; i < COUNT_OF(figure_keys); i++) {
        const struct csv_cell *cell = import_named(run, row, figure_keys[i]);
        if (strcmp(member(value, figure_keys[i]), cell == NULL ? "" : cell->text) != 0)
            return false;
    }
    return true;
}

/* Nothing to do for the same figure of the same source; two figures cannot stand side by side. */
static bool meet_figure(struct import *run, const json_t *value, const struct offer *offer)
{
    struct proof said = {0};
    proof_over(&said, json_object_get(offer->target->root, "defaults"));
    proof_over(&said, value);
    const char *source = said.texts[PROOF_SOURCE] == NULL ? "" : said.texts[PROOF_SOURCE];
    if (strcmp(member(value, "value"), offer->cell->text) == 0 && strcmp(source, offer->proof.texts[PROOF_SOURCE]) == 0)
        return true;
    return import_fault(run, offer->cell, "cannot be merged: %s has \"%s\" of \"%s\" here", offer->target->shown,
                        member(value, "value"), source);
}

static bool put_cell(struct import *run, const struct csv_row *row, const char *key, json_t *object)
{
    const struct csv_cell *cell = import_named(run, row, key);
    return cell == NULL || json_object_set_new(object, key, json_string(cell->text)) == 0 || import_memory(run);
}

/* Behind the values of the same country, and before those of the ones behind it. */
static bool add_figure(struct import *run, const struct csv_row *row, json_t *values, const struct offer *offer)
{
    struct proof inherited = {0};
    json_auto_t *figure = json_object();
    proof_over(&inherited, json_object_get(offer->target->root, "defaults"));
    for (size_t i = 0; i < COUNT_OF(figure_keys); i++)
        if (!put_cell(run, row, figure_keys[i], figure))
            return false;
    if (!put_cell(run, row, "value", figure) || !proof_put(run, offer, &inherited, figure))
        return false;
    size_t place = 0;
    while (place < json_array_size(values) &&
           strcmp(member(json_array_get(values, place), "country"), member(figure, "country")) <= 0)
        place++;
    struct at list = {NULL, "values", 0};
    merge_note(run, offer->target, &(struct at){&list, NULL, place}, "a new value");
    return json_array_insert(values, place, figure) == 0 || import_memory(run);
}

bool import_figure(struct import *run, const struct csv_row *row)
{
    struct offer offer = {.cell = import_named(run, row, "value")};
    import_proof(run, row, &offer.proof);
    offer.target = import_target(run, import_named(run, row, "index")->text, NULL);
    if (offer.target == NULL)
        return false;
    json_t *values = json_object_get(offer.target->root, "values");
    for (size_t i = 0; i < json_array_size(values); i++)
        if (same_figure(run, row, json_array_get(values, i)))
            return meet_figure(run, json_array_get(values, i), &offer);
    return add_figure(run, row, values, &offer);
}
