/* SPDX-License-Identifier: MIT */
/* A row by itself, before any seed is touched: what each cell must be, by the role of its column, and which cells a row
 * cannot be without. Every fault of a row is told, with the place of its cell. */
#include <string.h>

#include "cyberatlas/base/nearest.h"
#include "import.h"

/* --- evidence --- */
static bool source_exists(struct import *run, const struct csv_cell *cell)
{
    struct nearest nearest = {0};
    if (facts_source(run->facts, cell->text) != NULL)
        return true;
    for (size_t i = 0; i < run->facts->source_count; i++)
        nearest_try(&nearest, cell->text, run->facts->sources[i].id);
    if (nearest.word != NULL)
        return import_fault(run, cell, "there is no source \"%s\"; did you mean \"%s\"?", cell->text, nearest.word);
    return import_fault(run, cell,
                        "there is no source \"%s\"; first add it to sources.json, with an id, a title and its terms",
                        cell->text);
}

static bool is_word(struct import *run, const struct csv_cell *cell, const char *const *names, size_t count)
{
    if (word_index(cell->text, names, count) >= 0)
        return true;
    char words[128];
    size_t len = 0;
    for (size_t i = 0; i < count && len < sizeof(words); i++)
        len += (size_t)snprintf(words + len, sizeof(words) - len, "%s%s", i == 0 ? "" : ", ", names[i]);
    return import_fault(run, cell, "none of %s", words);
}

static bool check_proof(struct import *run, const struct csv_cell *cell, const struct column *column)
{
    int key = word_index(column->name, proof_names, PROOF_COUNT);
    if (key == PROOF_BASIS)
        return is_word(run, cell, basis_names, BASIS_COUNT);
    if (key == PROOF_SURE)
        return is_word(run, cell, sureness_names, SURE_COUNT);
    return cell_obeys(run, cell, column->definition, cell->text) && (key != PROOF_SOURCE || source_exists(run, cell));
}

/* --- answers --- */
static bool criterion_exists(struct import *run, const struct csv_cell *cell)
{
    struct nearest nearest = {0};
    if (facts_criterion(run->facts, cell->text) != NULL)
        return true;
    for (size_t i = 0; i < run->facts->criterion_count; i++)
        nearest_try(&nearest, cell->text, run->facts->criteria[i].id);
    if (nearest.word != NULL)
        return import_fault(run, cell, "there is no criterion \"%s\"; did you mean %s?", cell->text, nearest.word);
    return import_fault(run, cell, "there is no criterion \"%s\" in criteria.json", cell->text);
}

static int answer_value(const char *text)
{
    struct date date;
    int value = word_index(text, answer_value_names, ANSWER_VALUE_COUNT);
    if (strlen(text) == 4 && date_parse(text, &date))
        return ANSWER_YEAR;
    return value == ANSWER_YEAR ? -1 : value;
}

static bool answer_allowed(struct import *run, const struct csv_row *row, const struct csv_cell *cell)
{
    const struct csv_cell *asked = import_named(run, row, "criterion");
    const struct criterion *criterion = asked == NULL ? NULL : facts_criterion(run->facts, asked->text);
    bool fault = false;
    if (criterion == NULL || cell_unknown(run, cell, &fault) != NULL || fault)
        return !fault;
    int value = answer_value(cell->text);
    if (value > ANSWER_UNKNOWN && criterion->allowed[value])
        return true;
    char words[128] = "";
    size_t len = 0;
    for (size_t i = ANSWER_UNKNOWN + 1; i < ANSWER_VALUE_COUNT && len < sizeof(words); i++)
        if (criterion->allowed[i])
            len += (size_t)snprintf(words + len, sizeof(words) - len, "%s, ",
                                    i == ANSWER_YEAR ? "a year" : answer_value_names[i]);
    return import_fault(run, cell, "the criterion allows %sunknown:REASON", words);
}

/* --- figures --- */
static const struct index *index_of(const struct import *run, const char *id)
{
    for (size_t i = 0; i < run->facts->index_count; i++)
        if (strcmp(run->facts->indices[i].id, id) == 0)
            return &run->facts->indices[i];
    return NULL;
}

static bool is_part(struct import *run, const struct csv_cell *cell, const struct index_part *parts, size_t count)
{
    struct nearest nearest = {0};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(parts[i].id, cell->text) == 0)
            return true;
        nearest_try(&nearest, cell->text, parts[i].id);
    }
    if (nearest.word != NULL)
        return import_fault(run, cell, "the index has no \"%s\"; did you mean %s?", cell->text, nearest.word);
    return import_fault(run, cell, "the index has no \"%s\"", cell->text);
}

static bool check_index(struct import *run, const struct csv_row *row, const struct csv_cell *cell, enum role role)
{
    const struct csv_cell *named = import_named(run, row, "index");
    const struct index *index = named == NULL ? NULL : index_of(run, named->text);
    if (role == ROLE_INDEX && index == NULL)
        return import_fault(run, cell, "there is no index \"%s\": its file in indices/ comes first", cell->text);
    if (index == NULL || role == ROLE_INDEX)
        return true;
    if (role == ROLE_EDITION)
        return is_part(run, cell, index->editions, index->edition_count);
    if (role == ROLE_PILLAR)
        return is_part(run, cell, index->pillars, index->pillar_count);
    return cell_obeys(run, cell, index->form == INDEX_DATE ? "date" : "number", cell->text);
}

/* --- any cell --- */
static bool check_field(struct import *run, const struct csv_cell *cell, const struct column *column)
{
    bool fault = false;
    if (cell_unknown(run, cell, &fault) != NULL || fault)
        return !fault;
    json_auto_t *value = cell_value(run, cell, column);
    return value != NULL;
}

static bool check_organisation(struct import *run, const struct csv_cell *cell)
{
    if (facts_thing(run->facts, THING_ORGANISATION, cell->text) != NULL)
        return true;
    return import_fault(run, cell, "there is no organisation \"%s\" in organisations.json", cell->text);
}

static bool check_cell(struct import *run, const struct csv_row *row, const struct csv_cell *cell,
                       const struct column *column)
{
    switch (column->role) {
    case ROLE_COUNTRY:
    case ROLE_ID:
        return cell_obeys(run, cell, column->definition, cell->text);
    case ROLE_ORGANISATION:
        return check_organisation(run, cell);
    case ROLE_CRITERION:
        return criterion_exists(run, cell);
    case ROLE_ANSWER:
        return answer_allowed(run, row, cell);
    case ROLE_INDEX:
    case ROLE_EDITION:
    case ROLE_PILLAR:
    case ROLE_FIGURE:
        return check_index(run, row, cell, column->role);
    case ROLE_PROOF:
        return check_proof(run, cell, column);
    case ROLE_FIELD:
        break;
    }
    return check_field(run, cell, column);
}

/* A team has one owner. */
static bool check_owner(struct import *run, const struct csv_row *row)
{
    const struct csv_cell *country = import_named(run, row, "country");
    const struct csv_cell *organisation = import_named(run, row, "organisation");
    if (run->kind->file != SEED_CERTS || (country == NULL) != (organisation == NULL))
        return true;
    if (country == NULL)
        return import_fault(run, &row->start, "no country and no organisation");
    return import_fault(run, organisation, "a country and an organisation: one of them");
}

bool import_check(struct import *run, const struct csv_row *row)
{
    bool good = check_owner(run, row);
    for (size_t place = 0; place < row->count && !run->broken; place++) {
        const struct column *column = &run->columns.items[run->column_at[place]];
        const struct csv_cell *cell = &row->cells[place];
        if (*cell->text != '\0')
            good = check_cell(run, row, cell, column) && good;
        else if (column->required)
            good = import_fault(run, cell, "is empty");
    }
    return good && !run->broken;
}
