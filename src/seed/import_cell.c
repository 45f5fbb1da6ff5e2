/* SPDX-License-Identifier: MIT */
/* From a cell's text to a field's value, by the field's shape. What a value may look like is said by the definitions in
 * common.json alone, which words there are by the dataset; a fault names the cell. Knows no seed file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/nearest.h"
#include "cyberatlas/base/utf8.h"
#include "import.h"

static const char unknown_prefix[] = "unknown:";

static bool holds_control(const char *text)
{
    while (*text != '\0')
        if (report_acts(utf8_next(&text)))
            return true;
    return false;
}

static bool fault_unknown_word(struct import *run, const struct csv_cell *cell, const char *what, const char *nearest)
{
    if (nearest == NULL)
        return import_fault(run, cell, "%s", what);
    return import_fault(run, cell, "%s; did you mean \"%s\"?", what, nearest);
}

static bool is_term(struct import *run, const struct csv_cell *cell, const char *vocabulary, const char *word)
{
    const struct vocabulary *found = facts_vocabulary(run->facts, vocabulary);
    struct nearest nearest = {0};
    char what[256];
    if (facts_term(run->facts, vocabulary, word) != NULL)
        return true;
    for (size_t i = 0; found != NULL && i < found->term_count; i++)
        nearest_try(&nearest, word, found->terms[i].id);
    (void)snprintf(what, sizeof(what), "\"%.80s\" is no term of the vocabulary %s", word, vocabulary);
    return fault_unknown_word(run, cell, what, nearest.word);
}

/* Whether the value obeys the definition; its description says what was asked. */
static bool obeys(struct import *run, const struct csv_cell *cell, const char *definition, const json_t *value)
{
    const char *name = strcmp(definition, "number") == 0 ? "seed/index.json" : "seed/common.json";
    const json_t *root = schemas_document(run->schemas, name, run->err);
    const json_t *schema = root == NULL ? NULL : json_object_get(json_object_get(root, "$defs"), definition);
    struct check check = {.schemas = run->schemas, .file = run->file, .err = run->err};
    struct spot spot = {{root, name}, schema, value, NULL};
    if (schema == NULL || value == NULL)
        return !(run->broken = true) || import_memory(run);
    bool good = schema_holds(&check, &spot, true);
    run->broken = run->broken || check.broken;
    if (good || run->broken)
        return good;
    const char *asked = json_string_value(json_object_get(schema, "description"));
    return import_fault(run, cell, "not %s", asked == NULL ? definition : asked);
}

bool cell_obeys(struct import *run, const struct csv_cell *cell, const char *definition, const char *text)
{
    struct date date;
    json_auto_t *value = json_string(text);
    if (holds_control(text))
        return import_fault(run, cell, "a line break or another control character");
    if (!obeys(run, cell, definition, value))
        return false;
    if (strcmp(definition, "date") == 0 && !date_parse(text, &date))
        return import_fault(run, cell, "no day of the calendar");
    if (strcmp(definition, "country") == 0 && facts_country(run->facts, text) == NULL)
        return import_fault(run, cell, "there is no country \"%s\" in countries.json", text);
    return true;
}

const char *cell_unknown(struct import *run, const struct csv_cell *cell, bool *ret_fault)
{
    size_t len = sizeof(unknown_prefix) - 1;
    if (strncmp(cell->text, unknown_prefix, len) != 0)
        return NULL;
    *ret_fault = !is_term(run, cell, "unknown-reasons", cell->text + len);
    return *ret_fault ? NULL : cell->text + len;
}

static json_t *count_value(struct import *run, const struct csv_cell *cell, const char *text)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    bool digits = *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && number <= UINT32_MAX;
    json_t *value = digits ? json_integer((json_int_t)number) : NULL;
    if (!digits)
        (void)import_fault(run, cell, "not a whole number from 0 to %u", UINT32_MAX);
    else if (value == NULL)
        (void)import_memory(run);
    return value;
}

static json_t *flag_value(struct import *run, const struct csv_cell *cell, const char *text)
{
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return json_boolean(strcmp(text, "true") == 0);
    (void)import_fault(run, cell, "neither true nor false");
    return NULL;
}

static json_t *text_value(struct import *run, const struct csv_cell *cell, const char *definition, const char *text)
{
    if (!cell_obeys(run, cell, definition, text))
        return NULL;
    json_t *value = json_string(text);
    if (value == NULL)
        (void)import_memory(run);
    return value;
}

static json_t *scalar(struct import *run, const struct csv_cell *cell, const struct field *field, const char *text)
{
    switch (field->shape) {
    case SHAPE_DATE:
        return text_value(run, cell, "date", text);
    case SHAPE_COUNT:
        return count_value(run, cell, text);
    case SHAPE_FLAG:
        return flag_value(run, cell, text);
    case SHAPE_URL:
        return text_value(run, cell, "url", text);
    case SHAPE_CODE:
        return is_term(run, cell, field->vocabulary, text) ? text_value(run, cell, "term", text) : NULL;
    case SHAPE_COUNTRY:
        return text_value(run, cell, "country", text);
    case SHAPE_REF:
        return text_value(run, cell, "id", text);
    case SHAPE_TEXT:
    case SHAPE_RECORD:
        break;
    }
    return text_value(run, cell, "text", text);
}

/* The next part of *rest up to `end`, without spaces around it; NULL behind the last. */
static const char *next_part(struct import *run, const char **rest, char end)
{
    const char *start = *rest;
    if (start == NULL)
        return NULL;
    const char *stop = strchr(start, end);
    *rest = stop == NULL ? NULL : stop + 1;
    size_t len = stop == NULL ? strlen(start) : (size_t)(stop - start);
    for (; len > 0 && *start == ' '; len--)
        start++;
    while (len > 0 && start[len - 1] == ' ')
        len--;
    const char *part = arena_copy(run->arena, start, len);
    if (part == NULL)
        (void)import_memory(run);
    return part;
}

static bool append(struct import *run, json_t *array, json_t *item)
{
    if (item == NULL)
        return false;
    return json_array_append_new(array, item) == 0 || import_memory(run);
}

static json_t *one(struct import *run, const struct csv_cell *cell, const struct column *column, const char *text);

/* NULL with a fault; items that are empty are left out, as behind a last separator. */
static json_t *list(struct import *run, const struct csv_cell *cell, const struct column *column, const char *text,
                    char separator)
{
    json_auto_t *array = json_array();
    bool good = array != NULL || import_memory(run);
    for (const char *part = next_part(run, &text, separator); part != NULL && good;
         part = next_part(run, &text, separator))
        good = *part == '\0' || append(run, array, one(run, cell, column, part));
    if (good && json_array_size(array) == 0)
        good = import_fault(run, cell, "a list without items");
    return good && !run->broken ? json_incref(array) : NULL;
}

static bool put_part(struct import *run, const struct csv_cell *cell, const struct field *part, const char *text,
                     json_t *record)
{
    struct column plain = {.field = part};
    if (text == NULL || *text == '\0')
        return !part->required || import_fault(run, cell, "no %s", part->name);
    json_t *value = part->many == MANY_LIST ? list(run, cell, &plain, text, ',') : scalar(run, cell, part, text);
    return value != NULL && (json_object_set_new(record, part->name, value) == 0 || import_memory(run));
}

static json_t *record(struct import *run, const struct csv_cell *cell, const struct column *column, const char *text)
{
    json_auto_t *object = json_object();
    const struct field *part = column->field->parts;
    bool good = object != NULL || import_memory(run);
    if (column->first != NULL)
        good = good && put_part(run, cell, part++, column->first, object);
    for (; part->name != NULL && good; part++)
        good = put_part(run, cell, part, next_part(run, &text, '|'), object);
    if (good && text != NULL)
        good = import_fault(run, cell, "more parts than a record of this column has");
    return good && !run->broken ? json_incref(object) : NULL;
}

static json_t *one(struct import *run, const struct csv_cell *cell, const struct column *column, const char *text)
{
    if (column->field->shape == SHAPE_RECORD)
        return record(run, cell, column, text);
    return scalar(run, cell, column->field, text);
}

json_t *cell_value(struct import *run, const struct csv_cell *cell, const struct column *column)
{
    if (column->field->many == MANY_NO)
        return one(run, cell, column, cell->text);
    return list(run, cell, column, cell->text, ';');
}
