/* SPDX-License-Identifier: MIT */
/* Spellings by which a country or a team is found: no two countries share a code in any of its forms, and a former id
 * of a team is neither another's former id nor an id in use. So every look-up has one answer. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct spelling {
    const char *text;
    const struct made *made;
    const char *field; /* where it stands in the thing */
    size_t seq;
};

static void add(struct load *load, struct list *spellings, const char *text, const struct made *made, const char *field)
{
    struct spelling *spelling = list_add(load->arena, spellings);
    if (spelling != NULL)
        *spelling = (struct spelling){text, made, field, spellings->count};
}

static void add_values(struct load *load, struct list *spellings, const struct made *made, const char *field)
{
    const struct value *value = thing_value(&made->thing, field);
    if (value != NULL && value->type == VALUE_TEXT)
        add(load, spellings, value->text, made, field);
    for (size_t i = 0; value != NULL && value->type == VALUE_LIST && i < value->count; i++)
        if (value->items[i].text != NULL)
            add(load, spellings, value->items[i].text, made, field);
}

static int compare_spellings(const void *a, const void *b)
{
    const struct spelling *first = a;
    const struct spelling *second = b;
    int order = strcmp(first->text, second->text);
    if (order != 0)
        return order;
    return first->seq < second->seq ? -1 : first->seq > second->seq;
}

/* Ids against ids are looked at in cross_things.c. */
static void report_collisions(struct load *load, struct list *spellings, const char *id_key)
{
    struct spelling *all = spellings->items;
    if (spellings->count > 1)
        qsort(all, spellings->count, sizeof(*all), compare_spellings);
    for (size_t i = 1; i < spellings->count; i++) {
        const struct spelling *now = &all[i];
        const struct spelling *before = &all[i - 1];
        if (strcmp(now->text, before->text) != 0 || (now->field == id_key && before->field == id_key))
            continue;
        struct buf place CLEANUP(buf_done);
        buf_init(&place, SEED_TEXT_BYTES);
        buf_printf(&place, "%s:%s/%s", now->made->file, now->made->pointer, now->field);
        report_file(load->faults, place.data == NULL ? now->made->file : place.data, "\"%s\" is also \"%s\" of %s",
                    now->text, before->field, before->made->thing.id);
    }
}

static void check_known(struct load *load, const struct made *made, const char *field)
{
    if (thing_text(&made->thing, field) != NULL)
        return;
    struct buf place CLEANUP(buf_done);
    buf_init(&place, SEED_TEXT_BYTES);
    buf_printf(&place, "%s:%s/%s", made->file, made->pointer, field);
    report_file(load->faults, place.data == NULL ? made->file : place.data, "must be known of a country");
}

void cross_codes(struct load *load)
{
    static const char code[] = "code";
    static const char id[] = "id";
    struct list countries = {.size = sizeof(struct spelling)};
    struct list teams = {.size = sizeof(struct spelling)};
    const struct made *things = load->things.items;
    for (size_t i = 0; i < load->things.count; i++) {
        const struct made *made = &things[i];
        if (made->thing.kind == THING_COUNTRY) {
            add(load, &countries, made->thing.id, made, code);
            add_values(load, &countries, made, "alpha3");
            add_values(load, &countries, made, "numeric");
            add_values(load, &countries, made, "aliases");
            check_known(load, made, "name");
            check_known(load, made, "alpha3");
            check_known(load, made, "standing");
        } else if (made->thing.kind == THING_CERT) {
            add(load, &teams, made->thing.id, made, id);
            add_values(load, &teams, made, "former_ids");
        }
    }
    report_collisions(load, &countries, code);
    report_collisions(load, &teams, id);
}
