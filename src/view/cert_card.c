/* SPDX-License-Identifier: MIT */
/* A team as a vCard 4.0, for address books: shown values alone, since a card has no room for who says them. Its UID is
 * that of its identity in STIX; its revision is the dataset's date. */
#include <ctype.h>
#include <string.h>

#include "cyberatlas/base/uuid.h"
#include "internal.h"

/* The words of `text` that a card's structured value may hold: its separators escaped. */
static const char *escaped(struct arena *arena, const char *text)
{
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, BODY_ARENA_BYTES);
    for (; *text != '\0'; text++) {
        if (strchr("\\,;", *text) != NULL)
            buf_putc(&out, '\\');
        buf_putc(&out, *text == '\n' ? ' ' : *text);
    }
    return buf_ok(&out) ? arena_copy(arena, out.len == 0 ? "" : out.data, out.len) : NULL;
}

/* A fingerprint without the gaps that people put into it. */
static const char *squeezed(struct arena *arena, const char *text)
{
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, BODY_ARENA_BYTES);
    for (; *text != '\0'; text++)
        if (isxdigit((unsigned char)*text))
            buf_putc(&out, *text);
    return buf_ok(&out) ? arena_copy(arena, out.len == 0 ? "" : out.data, out.len) : NULL;
}

static void put_channel(struct arena *arena, const struct claim *contact, struct buf *out)
{
    const char *kind = record_text(contact, "kind");
    const char *address = record_text(contact, "address");
    if (kind == NULL || address == NULL)
        return;
    if (strcmp(kind, "email") == 0)
        format_vcard_text("EMAIL;TYPE=work", address, out);
    else if (strcmp(kind, "phone") == 0)
        format_vcard_phone(address, out);
    else if (strcmp(kind, "post") == 0)
        format_vcard_plain("ADR;TYPE=work", arena_printf(arena, ";;%s;;;;", escaped(arena, address)), out);
    else
        format_vcard_plain("URL;TYPE=work", address, out);
}

static void put_channels(struct arena *arena, const struct thing *cert, struct buf *out)
{
    size_t count;
    const struct claim *contacts = thing_claims(cert, "contacts", &count);
    for (size_t i = 0; i < count; i++)
        put_channel(arena, &contacts[i], out);
    format_vcard_plain("URL", thing_text(cert, "url"), out);
    const struct claim *keys = thing_claims(cert, "pgp_fingerprints", &count);
    for (size_t i = 0; i < count; i++)
        if (keys[i].n == 0 && keys[i].value.text != NULL && strpbrk(keys[i].value.text, "0123456789") != NULL)
            format_vcard_plain("KEY", arena_printf(arena, "openpgp4fpr:%s", squeezed(arena, keys[i].value.text)), out);
}

static const char *digits_of(struct arena *arena, const char *date)
{
    return arena_printf(arena, "%.4s%.2s%.2sT000000Z", date, date + 5, date + 8);
}

static void put_country(const struct view *view, struct arena *arena, const struct thing *cert, struct buf *out)
{
    const struct thing *country = facts_country(view->facts, cert->owner);
    if (country != NULL)
        format_vcard_plain("ADR", arena_printf(arena, ";;;;;;%s", escaped(arena, country_name(country))), out);
}

static void put_words(const struct view *view, struct arena *arena, const struct thing *cert, struct buf *out)
{
    const struct thing *heir = cert_heir(view, cert);
    const char *status = thing_text(cert, "status");
    format_vcard_text("NOTE", thing_text(cert, "constituency"), out);
    if (heir != NULL)
        format_vcard_text("NOTE", arena_printf(arena, "Merged into %s (/v1/certs/%s).", thing_name(heir), heir->id),
                          out);
    else if (status != NULL)
        format_vcard_text("NOTE", arena_printf(arena, "Status: %s", facts_label(view->facts, "cert-statuses", status)),
                          out);
    const struct value *types = thing_value(cert, "types");
    if (types != NULL)
        format_vcard_plain("CATEGORIES", list_text(arena, types, ","), out);
}

bool cert_put_card(const struct view *view, struct arena *arena, const struct thing *cert, struct buf *out)
{
    char uuid[UUID_SIZE];
    uuid_of("cert", cert->id, uuid);
    format_vcard_open(out);
    format_vcard_plain("UID", arena_printf(arena, "urn:uuid:%s", uuid), out);
    format_vcard_plain("REV", digits_of(arena, view->facts->dataset.date), out);
    format_vcard_plain("KIND", "org", out);
    format_vcard_text("FN", thing_name(cert), out);
    format_vcard_text("NICKNAME", thing_text(cert, "short_name"), out);
    format_vcard_text("ORG", thing_text(cert, "host"), out);
    put_channels(arena, cert, out);
    put_country(view, arena, cert, out);
    put_words(view, arena, cert, out);
    format_vcard_close(out);
    return arena_ok(arena) && buf_ok(out);
}

bool cert_write_card(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    return arena != NULL && cert_put_card(view, arena, &view->certs[index], out);
}
