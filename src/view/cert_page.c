/* SPDX-License-Identifier: MIT */
/* A team as a page under the headings of RFC 2350 (appendix D), made of what sources say of it: every field has its
 * place there or, where the outline has none, behind it, and a section that no source fills says so. The team's own
 * document is named where one is known. */
#include <string.h>

#include "internal.h"

typedef void put_own(struct sheet *sheet, const struct thing *cert, const char *label);

/* One line of the outline: a heading, or a section and where it is taken from. The first row of a number has the
 * outline's title, those that follow it the field's. */
struct section {
    const char *heading;
    const char *number, *title;
    const char *field;
    const char *part, *word; /* of a record: `part` is or holds `word`; NULL: any */
    put_own *own;
};

static put_own put_date, put_own_address, put_disclaimer;

#define HEADING(text)                                                                                                  \
    {                                                                                                                  \
        .heading = text                                                                                                \
    }
#define SECTION(number_, title_, ...)                                                                                  \
    {                                                                                                                  \
        .number = number_, .title = title_, __VA_ARGS__                                                                \
    }
#define CHANNEL(word_) .field = "contacts", .part = "kind", .word = word_

static const struct section outline[] = {
    HEADING("1. Document Information"),
    SECTION("1.1", "Date of Last Update", .own = put_date),
    SECTION("1.2", "Distribution List for Notifications", .field = NULL),
    SECTION("1.3", "Locations where this Document May Be Found", .own = put_own_address),
    SECTION("1.3", NULL, .field = "rfc2350"),
    HEADING("2. Contact Information"),
    SECTION("2.1", "Name of the Team", .field = "name"),
    SECTION("2.1", NULL, .field = "short_name"),
    SECTION("2.2", "Address", CHANNEL("post")),
    SECTION("2.3", "Time Zone", .field = NULL),
    SECTION("2.4", "Telephone Number", CHANNEL("phone")),
    SECTION("2.5", "Facsimile Number", .field = NULL),
    SECTION("2.6", "Other Telecommunication", CHANNEL("website")),
    SECTION("2.7", "Electronic Mail Address", CHANNEL("email")),
    SECTION("2.8", "Public Keys and Other Encryption Information", .field = "pgp_fingerprints"),
    SECTION("2.9", "Team Members", .field = NULL),
    SECTION("2.10", "Other Information", .field = "url"),
    SECTION("2.11", "Points of Customer Contact", .field = "contacts", .part = "purposes", .word = "incidents"),
    HEADING("3. Charter"),
    SECTION("3.1", "Mission Statement", .field = NULL),
    SECTION("3.2", "Constituency", .field = "constituency"),
    SECTION("3.2", NULL, .field = "types"),
    SECTION("3.2", NULL, .field = "sectors"),
    SECTION("3.2", NULL, .field = "audiences"),
    SECTION("3.2", NULL, .field = "other_countries"),
    SECTION("3.2", NULL, .field = "domains"),
    SECTION("3.2", NULL, .field = "asns"),
    SECTION("3.2", NULL, .field = "affiliates"),
    SECTION("3.3", "Sponsorship and/or Affiliation", .field = "host"),
    SECTION("3.3", NULL, .field = "memberships"),
    SECTION("3.3", NULL, .field = "incorporates"),
    SECTION("3.4", "Authority", .field = NULL),
    HEADING("4. Policies"),
    SECTION("4.1", "Types of Incidents and Level of Support", .field = NULL),
    SECTION("4.2", "Co-operation, Interaction and Disclosure of Information", .field = NULL),
    SECTION("4.3", "Communication and Authentication", .field = NULL),
    HEADING("5. Services"),
    SECTION("5.1", "Incident Response", .field = "services"),
    SECTION("5.1", NULL, .field = "free_of_charge"),
    SECTION("5.2", "Proactive Activities", .field = NULL),
    HEADING("6. Incident Reporting Forms"),
    SECTION("6", "Forms", CHANNEL("form")),
    HEADING("7. Disclaimers"),
    SECTION("7", "Disclaimer", .own = put_disclaimer),
    HEADING("Beside RFC 2350"),
    SECTION("", NULL, .field = "status"),
    SECTION("", NULL, .field = "merged_into"),
    SECTION("", NULL, .field = "established"),
    SECTION("", NULL, .field = "former_names"),
    SECTION("", NULL, .field = "former_ids"),
    SECTION("", NULL, .field = "remarks"),
};

static void put_date(struct sheet *sheet, const struct thing *cert, const char *label)
{
    (void)cert;
    page_row(sheet->arena, sheet->page, label,
             arena_printf(sheet->arena, "%s, the date of this dataset", sheet->view->facts->dataset.date), NULL);
}

static void put_own_address(struct sheet *sheet, const struct thing *cert, const char *label)
{
    page_row(sheet->arena, sheet->page, label, arena_printf(sheet->arena, "/v1/certs/%s.txt", cert->id), NULL);
}

static void put_disclaimer(struct sheet *sheet, const struct thing *cert, const char *label)
{
    (void)cert;
    page_row(sheet->arena, sheet->page, label,
             "Put together from the sources below in the order of RFC 2350. It is not the team's own document, which "
             "stands under 1.3 where one is known.",
             NULL);
}

static bool has_word(const struct value *value, const char *word)
{
    if (value == NULL)
        return false;
    if (value->text != NULL)
        return strcmp(value->text, word) == 0;
    for (size_t i = 0; i < value->count; i++)
        if (value->items[i].text != NULL && strcmp(value->items[i].text, word) == 0)
            return true;
    return false;
}

static bool is_of(const struct section *section, const struct claim *claim)
{
    return section->part == NULL || has_word(value_part(&claim->value, section->part), section->word);
}

static const char *label_of(struct sheet *sheet, const struct section *section)
{
    const struct field *field =
        section->field == NULL ? NULL : field_find(kind_table[THING_CERT].fields, section->field);
    const char *title = section->title == NULL && field != NULL ? field->label : section->title;
    return section->number[0] == '\0' ? title : arena_printf(sheet->arena, "%s %s", section->number, title);
}

/* A section's claims, item by item. Where there are none, those of a number's first row say so. */
static void put_section(struct sheet *sheet, const struct thing *cert, const struct section *section)
{
    const char *label = label_of(sheet, section);
    const struct field *field =
        section->field == NULL ? NULL : field_find(kind_table[THING_CERT].fields, section->field);
    bool found = false;
    for (size_t i = 0, run; field != NULL && i < cert->claim_count; i += run) {
        run = thing_run(cert, i);
        const struct claim *claims = &cert->claims[i];
        if (strcmp(claims->field, field->name) != 0 || !is_of(section, claims))
            continue;
        sheet_put_claims(sheet, found ? NULL : label, field, claims, run);
        found = true;
    }
    if (!found && section->title != NULL)
        page_row(sheet->arena, sheet->page, label, "No source says.", NULL);
}

/* A team that went into another one leads there before anything else is said. */
static void put_heir(struct sheet *sheet, const struct thing *cert)
{
    const struct thing *heir = cert_heir(sheet->view, cert);
    if (heir == NULL)
        return;
    page_paragraph(sheet->arena, sheet->page,
                   arena_printf(sheet->arena, "Merged into another team, which answers now: %s.", thing_name(heir)));
    page_link(sheet->arena, sheet->page, "That team", arena_printf(sheet->arena, "/v1/certs/%s", heir->id));
}

static bool make_sheet(struct sheet *sheet, const struct thing *cert)
{
    sheet->sources = arena_array(sheet->arena, sheet->view->facts->source_count + 1, sizeof(*sheet->sources));
    sheet->page = page_new(sheet->arena, arena_printf(sheet->arena, "%s (%s)", thing_name(cert), cert->id));
    if (!arena_ok(sheet->arena))
        return false;
    put_heir(sheet, cert);
    for (size_t i = 0; i < COUNT_OF(outline); i++)
        if (outline[i].heading != NULL)
            page_heading(sheet->arena, sheet->page, outline[i].heading);
        else if (outline[i].own != NULL)
            outline[i].own(sheet, cert, label_of(sheet, &outline[i]));
        else
            put_section(sheet, cert, &outline[i]);
    page_heading(sheet->arena, sheet->page, "As data");
    page_link(sheet->arena, sheet->page, "Every claim", arena_printf(sheet->arena, "/v1/certs/%s", cert->id));
    sheet_put_sources(sheet);
    return arena_ok(sheet->arena) && !sheet->failed;
}

static bool write_sheet(const struct view *view, size_t index, void (*format)(const struct page *page, struct buf *out),
                        struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct sheet sheet = {.view = view, .arena = arena};
    if (arena == NULL || !make_sheet(&sheet, &view->certs[index]))
        return false;
    format(sheet.page, out);
    return buf_ok(out);
}

bool cert_write_text(const struct view *view, size_t index, struct buf *out)
{
    return write_sheet(view, index, format_text, out);
}

bool cert_write_markdown(const struct view *view, size_t index, struct buf *out)
{
    return write_sheet(view, index, format_markdown, out);
}
