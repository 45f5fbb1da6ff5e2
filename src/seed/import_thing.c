/* SPDX-License-Identifier: MIT */
/* A row that is a thing: whose it is, which one of the seed it is, and its fields, each merged by itself. A thing is
 * found by its id or, where the row has none, by one of its names in the same file; what is not there is made, with
 * the row's evidence standing at the thing. Nothing that stands there is removed. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "import.h"

enum { ID_BYTES = 80 };

/* Where a row's thing stands. */
struct found {
    json_t *object; /* NULL: a new one */
    size_t index;
    const char *id;
    bool fresh;
};

/* Whether a field, of whatever form, has the text as a value, in any case of ASCII letters. */
static bool says_text(const json_t *field, const char *text)
{
    if (json_is_string(field))
        return strcasecmp(json_string_value(field), text) == 0;
    for (size_t i = 0; i < json_array_size(field); i++)
        if (says_text(json_array_get(field, i), text))
            return true;
    return json_is_object(field) &&
           (says_text(json_object_get(field, "value"), text) || says_text(json_object_get(field, "claims"), text));
}

static const char *name_field(const struct import *run)
{
    return run->kind->thing == THING_STRATEGY || run->kind->thing == THING_LAW ? "title" : "name";
}

static bool has_name(const json_t *thing, const char *name)
{
    static const char *const fields[] = {"name", "title", "short_name", "former_names"};
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (says_text(json_object_get(thing, fields[i]), name))
            return true;
    return false;
}

/* "Réseau CERT.be" of BE is "be-r-seau-cert-be"; "" when no letter or digit of ASCII is in it. */
static const char *made_id(struct import *run, const char *owner, const char *name)
{
    char id[ID_BYTES + 1];
    size_t len = 0;
    size_t words = 0;
    for (const char *c = owner; *c != '\0' && len < ID_BYTES / 2; c++)
        id[len++] = (char)tolower((unsigned char)*c);
    for (bool gap = true; *name != '\0' && len < ID_BYTES - 1; name++) {
        bool kept = (unsigned char)*name < 0x80 && isalnum((unsigned char)*name);
        if (kept && gap)
            id[len++] = '-';
        if (kept)
            id[len++] = (char)tolower((unsigned char)*name);
        words += kept;
        gap = !kept;
    }
    return arena_copy(run->arena, id, words == 0 ? 0 : len);
}

static size_t find_id(const json_t *things, const char *id)
{
    for (size_t i = 0; i < json_array_size(things); i++) {
        const char *own = json_string_value(json_object_get(json_array_get(things, i), "id"));
        if (own != NULL && strcmp(own, id) == 0)
            return i;
    }
    return SIZE_MAX;
}

static bool is_of_owner(const json_t *thing, const char *owner)
{
    const char *organisation = json_string_value(json_object_get(thing, "organisation"));
    return organisation == NULL || strcmp(organisation, owner) == 0;
}

/* By its name; a fault when two have it, or when a new one cannot have the id made of it. */
static bool find_named(struct import *run, const json_t *things, const char *owner, const struct csv_cell *name,
                       struct found *ret)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(things); i++) {
        const json_t *thing = json_array_get(things, i);
        if (!is_of_owner(thing, owner) || !has_name(thing, name->text))
            continue;
        ret->index = i;
        count++;
    }
    if (count > 1)
        return import_fault(run, name, "cannot be merged: %zu of %s have this name; say which in a column id", count,
                            owner);
    if (count == 1)
        return true;
    ret->id = made_id(run, owner, name->text);
    if (ret->id == NULL)
        return import_memory(run);
    if (*ret->id == '\0')
        return import_fault(run, name, "no id can be made of this name; give one in a column id");
    if (find_id(things, ret->id) != SIZE_MAX)
        return import_fault(
            run, name, "cannot be merged: \"%s\" has another name; say in a column id whether it is this", ret->id);
    return true;
}

static bool find(struct import *run, const struct csv_row *row, json_t *things, const char *owner, struct found *ret)
{
    const struct csv_cell *id = import_named(run, row, "id");
    const struct csv_cell *name = import_named(run, row, name_field(run));
    *ret = (struct found){.index = SIZE_MAX};
    if (id == NULL && name == NULL)
        return import_fault(run, &row->start, "neither an id nor a %s", name_field(run));
    if (id != NULL) {
        ret->id = id->text;
        ret->index = find_id(things, id->text);
    } else if (!find_named(run, things, owner, name, ret)) {
        return false;
    }
    ret->object = ret->index == SIZE_MAX ? NULL : json_array_get(things, ret->index);
    if (ret->object != NULL && !is_of_owner(ret->object, owner))
        return import_fault(run, id, "\"%s\" is a team of another organisation", ret->id);
    return true;
}

static bool has_needed(struct import *run, const struct csv_row *row)
{
    for (const struct field *field = kind_table[run->kind->thing].fields; field->name != NULL; field++) {
        bool needed = field->required || (run->kind->needs != NULL && strcmp(run->kind->needs, field->name) == 0);
        if (needed && import_named(run, row, field->name) == NULL)
            return import_fault(run, &row->start, "is new, so it needs a value for %s", field->name);
    }
    return true;
}

static bool put_organisation(struct import *run, json_t *object, const char *organisation)
{
    return organisation == NULL || json_object_set_new(object, "organisation", json_string(organisation)) == 0 ||
           import_memory(run);
}

static bool begin(struct import *run, const struct offer *offer, json_t *things, const char *organisation,
                  struct found *found)
{
    struct proof inherited = {0};
    found->object = json_object();
    found->index = json_array_size(things);
    found->fresh = true;
    if (json_array_append_new(things, found->object) != 0 ||
        json_object_set_new(found->object, "id", json_string(found->id)) != 0)
        return import_memory(run);
    proof_over(&inherited, json_object_get(offer->target->root, "defaults"));
    return put_organisation(run, found->object, organisation) && proof_put(run, offer, &inherited, found->object);
}

static bool merge_cell(struct import *run, const struct column *column, struct offer *offer, json_t *object,
                       const struct at *thing)
{
    bool fault = false;
    struct proof inherited = {0};
    struct at at = {thing, column->key, 0};
    proof_over(&inherited, json_object_get(offer->target->root, "defaults"));
    proof_over(&inherited, object);
    offer->field = column->field;
    offer->unknown = cell_unknown(run, offer->cell, &fault);
    json_auto_t *value = fault || offer->unknown != NULL ? NULL : cell_value(run, offer->cell, column);
    if (value == NULL && offer->unknown == NULL)
        return false;
    offer->value = value;
    return merge_field(run, object, column->key, offer, &inherited, &at);
}

static bool merge_cells(struct import *run, const struct csv_row *row, struct offer *offer, json_t *object,
                        const struct at *at)
{
    bool good = true;
    for (size_t i = 0; i < run->columns.count && !run->broken; i++) {
        const struct column *column = &run->columns.items[i];
        offer->cell = column->role == ROLE_FIELD ? import_cell(run, row, column) : NULL;
        if (offer->cell != NULL)
            good = merge_cell(run, column, offer, object, at) && good;
    }
    return good;
}

static json_t *things_of(struct import *run, json_t *root)
{
    const char *plural = kind_table[run->kind->thing].plural;
    json_t *things = json_object_get(root, plural);
    if (things != NULL)
        return things;
    things = json_array();
    if (json_object_set_new(root, plural, things) == 0)
        return things;
    (void)import_memory(run);
    return NULL;
}

bool import_thing(struct import *run, const struct csv_row *row)
{
    const struct csv_cell *country = import_named(run, row, "country");
    const struct csv_cell *organisation = import_named(run, row, "organisation");
    const char *owner = country == NULL ? organisation->text : country->text;
    struct offer offer = {.cell = &row->start};
    struct found found;
    import_proof(run, row, &offer.proof);
    offer.target = country == NULL ? import_target(run, "_org", NULL) : import_country(run, owner);
    json_t *things = offer.target == NULL ? NULL : things_of(run, offer.target->root);
    if (things == NULL || !find(run, row, things, owner, &found))
        return false;
    bool known = found.object != NULL;
    if (!known && (!has_needed(run, row) || !begin(run, &offer, things, country == NULL ? owner : NULL, &found)))
        return false;
    struct at list = {NULL, kind_table[run->kind->thing].plural, 0};
    struct at at = {&list, NULL, found.index};
    const char *what = found.fresh ? arena_printf(run->arena, "new: %s", found.id) : NULL;
    if (found.fresh)
        merge_note(run, offer.target, &at, what == NULL ? "new" : what);
    run->quiet = found.fresh;
    bool good = merge_cells(run, row, &offer, found.object, &at);
    run->quiet = false;
    return good;
}
