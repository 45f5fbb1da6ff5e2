/* SPDX-License-Identifier: MIT */
/* Claims on pages about a country or a team: the shown one, the origins of those that agree with it, then what else is
 * stated. It knows no field but the status, whose "unverified" is worth its date. */
#include <string.h>

#include "internal.h"

static void add_claim(struct sheet *sheet, const struct field *field, const struct claim *claim, struct buf *out)
{
    claim_words(sheet->view, field, claim, out);
    const char *since = strcmp(claim->field, "status") == 0 ? unverified_since(claim) : NULL;
    if (since != NULL)
        buf_printf(out, " since %s", since);
    if (claim->evidence.note != NULL)
        buf_printf(out, " (note: %s)", claim->evidence.note);
}

/* Whether a claim says just what the shown one says, so that its origin alone is worth a place. */
static bool agrees(const struct claim *shown, const struct claim *claim)
{
    bool plain = claim->unknown == NULL && shown->unknown == NULL && claim->evidence.note == NULL;
    bool same_qualifier = claim->qualifier == NULL
                              ? shown->qualifier == NULL
                              : shown->qualifier != NULL && strcmp(claim->qualifier, shown->qualifier) == 0;
    return plain && same_qualifier && strcmp(claim->value.json, shown->value.json) == 0;
}

static void add_origin(struct sheet *sheet, const struct evidence *evidence, struct buf *out)
{
    const char *from = sheet_origin(sheet, evidence);
    buf_printf(out, " [%s]", from == NULL ? "" : from);
}

/* The shown claim, the origins of those that agree with it, then what else is stated. */
static void add_claims(struct sheet *sheet, const struct field *field, const struct claim *claims, size_t count,
                       struct buf *out)
{
    add_claim(sheet, field, &claims[0], out);
    add_origin(sheet, &claims[0].evidence, out);
    for (size_t i = 1; i < count; i++)
        if (agrees(&claims[0], &claims[i]))
            add_origin(sheet, &claims[i].evidence, out);
    for (size_t i = 1; i < count; i++) {
        if (agrees(&claims[0], &claims[i]))
            continue;
        buf_puts(out, " · also stated: ");
        add_claim(sheet, field, &claims[i], out);
        add_origin(sheet, &claims[i].evidence, out);
    }
}

void sheet_put_claims(struct sheet *sheet, const char *label, const struct field *field, const struct claim *claims,
                      size_t count)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BODY_ARENA_BYTES);
    if (count == 1)
        add_claim(sheet, field, claims, &text);
    else
        add_claims(sheet, field, claims, count, &text);
    const char *from = count == 1 ? sheet_origin(sheet, &claims[0].evidence) : NULL;
    page_row(sheet->arena, sheet->page, label, sheet_kept(sheet, &text), from);
}

void sheet_put_fields(struct sheet *sheet, const struct thing *thing, const char *skip)
{
    const char *before = "";
    for (size_t i = 0; i < thing->claim_count;) {
        const struct claim *claim = &thing->claims[i];
        const struct field *field = field_find(kind_table[thing->kind].fields, claim->field);
        size_t count = thing_run(thing, i);
        i += count;
        if (field == NULL || (skip != NULL && strcmp(claim->field, skip) == 0))
            continue;
        bool further = strcmp(before, claim->field) == 0;
        sheet_put_claims(sheet, further ? NULL : field->label, field, claim, count);
        before = claim->field;
    }
}
