/* SPDX-License-Identifier: MIT */
/* How teams are found and ordered in their list: filters by shown values, words of every name, orders in which a team
 * without the value comes last. */
#include <stdio.h>
#include <string.h>

#include "internal.h"

enum { YEAR_SIZE = 5 };

static void emit_list(const struct thing *cert, const char *field, const char *name, view_emit *emit, void *cls)
{
    const struct value *value = thing_value(cert, field);
    for (size_t i = 0; value != NULL && i < value->count; i++)
        emit(cls, name, value->items[i].text);
}

/* A body counts once, whatever the number of memberships in it. */
static bool body_seen(const struct claim *claims, size_t before, const char *body)
{
    for (size_t i = 0; i < before; i++) {
        const struct value *other = claims[i].n == 0 ? value_part(&claims[i].value, "body") : NULL;
        if (other != NULL && strcmp(other->text, body) == 0)
            return true;
    }
    return false;
}

const char *const cert_has_words[] = {"email", "phone", "pgp", "rfc2350", "url", "hours", "domains", "asns", NULL};

static bool has_contact(const struct thing *cert, const char *part, const char *word)
{
    size_t count;
    const struct claim *contacts = thing_claims(cert, "contacts", &count);
    for (size_t i = 0; i < count; i++) {
        const char *text = record_text(&contacts[i], part);
        if (text != NULL && (word == NULL || strcmp(text, word) == 0))
            return true;
    }
    return false;
}

/* Whether a field has a value that is shown, of whatever shape. */
static bool has_value(const struct thing *cert, const char *field)
{
    size_t count;
    const struct claim *claims = thing_claims(cert, field, &count);
    for (size_t i = 0; i < count; i++)
        if (claims[i].n == 0 && claims[i].unknown == NULL)
            return true;
    return false;
}

static void emit_has(const struct thing *cert, view_emit *emit, void *cls)
{
    const bool has[] = {has_contact(cert, "kind", "email"),
                        has_contact(cert, "kind", "phone"),
                        has_value(cert, "pgp_fingerprints"),
                        has_value(cert, "rfc2350"),
                        has_value(cert, "url"),
                        has_contact(cert, "hours", NULL),
                        has_value(cert, "domains"),
                        has_value(cert, "asns")};
    for (size_t i = 0; i < COUNT_OF(has); i++)
        if (has[i])
            emit(cls, "has", cert_has_words[i]);
}

void cert_facets(const struct view *view, size_t index, view_emit *emit, void *cls)
{
    const struct thing *cert = &view->certs[index];
    if (facts_country(view->facts, cert->owner) != NULL)
        emit(cls, "country", cert->owner);
    emit_list(cert, "types", "type", emit, cls);
    emit_list(cert, "sectors", "sector", emit, cls);
    size_t count;
    const struct claim *claims = thing_claims(cert, "memberships", &count);
    for (size_t i = 0; i < count; i++) {
        const struct value *body = claims[i].n == 0 ? value_part(&claims[i].value, "body") : NULL;
        if (body != NULL && !body_seen(claims, i, body->text))
            emit(cls, "accreditation", body->text);
    }
    if (thing_text(cert, "status") != NULL)
        emit(cls, "status", thing_text(cert, "status"));
    emit_list(cert, "audiences", "audience", emit, cls);
    char year[YEAR_SIZE];
    const char *established = thing_text(cert, "established");
    if (established != NULL && snprintf(year, sizeof(year), "%.4s", established) > 0)
        emit(cls, "established", year);
    emit_has(cert, emit, cls);
}

static void add_claims(const struct thing *cert, const char *field, struct buf *out)
{
    size_t count;
    const struct claim *claims = thing_claims(cert, field, &count);
    for (size_t i = 0; i < count; i++)
        if (claims[i].value.type == VALUE_TEXT) {
            buf_putc(out, ' ');
            buf_puts(out, claims[i].value.text);
        }
}

void cert_words(const struct view *view, size_t index, struct buf *out)
{
    static const char *const fields[] = {"name", "short_name", "former_names", "host", "constituency"};
    const struct thing *cert = &view->certs[index];
    buf_puts(out, cert->id);
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        add_claims(cert, fields[i], out);
    const struct thing *country = facts_country(view->facts, cert->owner);
    buf_putc(out, ' ');
    buf_puts(out, country == NULL ? cert->owner : country_name(country));
}

/* By the last day of a date that may be missing; what is missing comes last both ways. */
static int compare_established(const struct thing *a, const struct thing *b, bool down)
{
    struct date left;
    struct date right;
    const char *left_text = thing_text(a, "established");
    const char *right_text = thing_text(b, "established");
    bool has_left = left_text != NULL && date_parse(left_text, &left);
    bool has_right = right_text != NULL && date_parse(right_text, &right);
    if (!has_left || !has_right)
        return has_right - has_left;
    int order = (left.last > right.last) - (left.last < right.last);
    return down ? -order : order;
}

int cert_compare(const struct view *view, const char *sort, size_t a, size_t b)
{
    const struct thing *left = &view->certs[a];
    const struct thing *right = &view->certs[b];
    bool down = sort[0] == '-';
    const char *key = down ? sort + 1 : sort;
    int order = 0;
    if (strcmp(key, "established") == 0)
        order = compare_established(left, right, down);
    else if (strcmp(key, "name") == 0)
        order = name_compare(thing_name(left), thing_name(right)) * (down ? -1 : 1);
    else
        order = strcmp(left->owner, right->owner) * (down ? -1 : 1);
    return order != 0 ? order : subject_compare(view, key, a, b);
}
