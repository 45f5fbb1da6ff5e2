/* SPDX-License-Identifier: MIT */
/* Values in words, for pages and tables: codes become their labels, countries their names, references the name of
 * what they refer to. A record reads "first part: other parts", dates and lists among them led by their label. */
#include <inttypes.h>
#include <string.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

enum { CELL_BYTES = 1024 * 1024 }; /* of one joined list */

static void reference_words(const struct view *view, const char *id, struct buf *out)
{
    for (size_t i = 0; i < view->facts->thing_count; i++)
        if (strcmp(view->facts->things[i].id, id) == 0) {
            buf_puts(out, thing_name(&view->facts->things[i]));
            return;
        }
    buf_puts(out, id);
}

static void country_name_words(const struct view *view, const char *code, struct buf *out)
{
    const struct thing *country = facts_country(view->facts, code);
    buf_puts(out, country == NULL ? code : country_name(country));
}

static void text_words(const struct view *view, const struct field *field, const char *text, struct buf *out)
{
    if (field->shape == SHAPE_CODE)
        buf_puts(out, facts_label(view->facts, field->vocabulary, text));
    else if (field->shape == SHAPE_COUNTRY)
        country_name_words(view, text, out);
    else if (field->shape == SHAPE_REF)
        reference_words(view, text, out);
    else
        buf_puts(out, text);
}

/* "Since" as it stands within a line: "since". */
static void label_words(const char *label, struct buf *out)
{
    buf_putc(out, (char)(label[0] >= 'A' && label[0] <= 'Z' ? label[0] + 'a' - 'A' : label[0]));
    buf_puts(out, label + 1);
    buf_putc(out, ' ');
}

static void record_words(const struct view *view, const struct field *field, const struct value *value, struct buf *out)
{
    for (size_t i = 0; i < value->count; i++) {
        const struct field *part = field_find(field->parts, value->keys[i]);
        if (part == NULL)
            continue;
        if (i > 0)
            buf_puts(out, i == 1 ? ": " : ", ");
        if (i > 0 && (part->shape == SHAPE_DATE || part->many == MANY_LIST))
            label_words(part->label, out);
        value_words(view, part, &value->items[i], out);
    }
}

void value_words(const struct view *view, const struct field *field, const struct value *value, struct buf *out)
{
    switch (value->type) {
    case VALUE_NONE:
        break;
    case VALUE_TEXT:
        text_words(view, field, value->text, out);
        break;
    case VALUE_INTEGER:
        buf_printf(out, "%" PRId64, value->integer);
        break;
    case VALUE_FLAG:
        buf_puts(out, value->integer != 0 ? "yes" : "no");
        break;
    case VALUE_LIST:
        for (size_t i = 0; i < value->count; i++) {
            buf_puts(out, i > 0 ? ", " : "");
            value_words(view, field, &value->items[i], out);
        }
        break;
    case VALUE_RECORD:
        record_words(view, field, value, out);
        break;
    }
}

void claim_words(const struct view *view, const struct field *field, const struct claim *claim, struct buf *out)
{
    if (claim->unknown != NULL) {
        buf_printf(out, "unknown (%s)", facts_label(view->facts, "unknown-reasons", claim->unknown));
        return;
    }
    if (claim->qualifier != NULL)
        buf_printf(out, "%s ", facts_label(view->facts, "qualifiers", claim->qualifier));
    value_words(view, field, &claim->value, out);
}

/* The letter a person would look under: ASCII lower case, Latin-1 letters without their marks. */
static uint32_t plain_letter(uint32_t point)
{
    static const char latin[] = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
    if (point >= 0xC0 && point <= 0xFF)
        return (unsigned char)latin[point - 0xC0];
    return point >= 'A' && point <= 'Z' ? point - 'A' + 'a' : point;
}

int name_compare(const char *a, const char *b)
{
    const char *left = a;
    const char *right = b;
    while (*left != '\0' && *right != '\0') {
        uint32_t l = plain_letter(utf8_next(&left));
        uint32_t r = plain_letter(utf8_next(&right));
        if (l != r)
            return l < r ? -1 : 1;
    }
    if (*left != *right)
        return *left == '\0' ? -1 : 1;
    return strcmp(a, b);
}

const char *list_text(struct arena *arena, const struct value *value, const char *between)
{
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, CELL_BYTES);
    for (size_t i = 0; value != NULL && i < value->count; i++) {
        buf_puts(&out, i > 0 ? between : "");
        buf_puts(&out, value->items[i].type == VALUE_TEXT ? value->items[i].text : value->items[i].json);
    }
    return buf_ok(&out) && out.len > 0 ? arena_copy(arena, out.data, out.len) : NULL;
}

void node_push_texts(struct arena *arena, struct node *array, const struct value *value)
{
    for (size_t i = 0; value != NULL && i < value->count; i++)
        node_push(arena, array, node_text(arena, value->items[i].text));
}
