/* SPDX-License-Identifier: MIT */
/* The columns of each kind of sheet: one table for whose it is and what it rests on, and for things the fields of
 * their kind, so that a new field is a new column by itself. Knows no row. */
#include <string.h>

#include "cyberatlas/base/nearest.h"
#include "import.h"

#define COUNTRY                                                                                                        \
    {                                                                                                                  \
        .name = "country", .role = ROLE_COUNTRY, .required = true, .definition = "country", .help = "BE"               \
    }
#define PROOF                                                                                                          \
    {.name = "source",                                                                                                 \
     .role = ROLE_PROOF,                                                                                               \
     .required = true,                                                                                                 \
     .definition = "id",                                                                                               \
     .help = "id of a source in sources.json"},                                                                        \
        {.name = "at", .role = ROLE_PROOF, .definition = "text", .help = "the place in the source"},                   \
        {.name = "observed", .role = ROLE_PROOF, .definition = "date", .help = "when the source saw it: 2023-11"},     \
    {                                                                                                                  \
        .name = "since", .role = ROLE_PROOF, .definition = "date", .help = "since when it holds: 2017"                 \
    }
#define ID                                                                                                             \
    {                                                                                                                  \
        .name = "id", .role = ROLE_ID, .definition = "id", .help = "left out: found by its name, or made of it"        \
    }

static const struct column thing_columns[] = {COUNTRY, ID, PROOF, {0}};
static const struct column cert_columns[] = {
    {.name = "country", .role = ROLE_COUNTRY, .definition = "country", .help = "BE; or an organisation"},
    {.name = "organisation", .role = ROLE_ORGANISATION, .definition = "id", .help = "id, in place of a country"},
    ID,
    PROOF,
    {.name = "email", .role = ROLE_FIELD, .key = "contacts", .first = "email", .help = "mailboxes of a role"},
    {.name = "phone", .role = ROLE_FIELD, .key = "contacts", .first = "phone", .help = "telephone numbers"},
    {0}};
static const struct column answer_columns[] = {
    COUNTRY,
    {.name = "criterion", .role = ROLE_CRITERION, .required = true, .definition = "id", .help = "id of a criterion"},
    {.name = "value", .role = ROLE_ANSWER, .required = true, .help = "one that the criterion allows"},
    PROOF,
    {.name = "basis", .role = ROLE_PROOF, .required = true, .help = "a term of bases"},
    {.name = "sure", .role = ROLE_PROOF, .required = true, .help = "a term of surenesses"},
    {.name = "note", .role = ROLE_PROOF, .definition = "text", .help = "what else has to be known of it"},
    {0}};

static const struct column figure_columns[] = {
    {.name = "index", .role = ROLE_INDEX, .required = true, .help = "id of an index: its file is there"},
    COUNTRY,
    {.name = "edition", .role = ROLE_EDITION, .required = true, .help = "id of one of its editions"},
    {.name = "pillar", .role = ROLE_PILLAR, .help = "id of one of its pillars, where it has any"},
    {.name = "value", .role = ROLE_FIGURE, .required = true, .help = "the figure, or the date, as it stands"},
    {.name = "source", .role = ROLE_PROOF, .required = true, .definition = "id", .help = "id of a source"},
    {.name = "at", .role = ROLE_PROOF, .definition = "text", .help = "the place in the source"},
    {.name = "observed", .role = ROLE_PROOF, .definition = "date", .help = "when the source saw it: 2023-11"},
    {.name = "note", .role = ROLE_PROOF, .definition = "text", .help = "what else has to be known of it"},
    {0}};

static const struct import_kind kinds[] = {
    {"certs", "a response team", SEED_CERTS, THING_CERT, "status", cert_columns},
    {"assessments", "an answer to a criterion", SEED_ASSESSMENTS, THING_COUNT, NULL, answer_columns},
    {"strategies", "a strategy", SEED_PROFILES, THING_STRATEGY, "title", thing_columns},
    {"institutions", "an institution", SEED_PROFILES, THING_INSTITUTION, NULL, thing_columns},
    {"transposition", "a law, as one that transposes an act of the EU", SEED_PROFILES, THING_LAW, "transposes",
     thing_columns},
    {"indices", "a figure of an index", SEED_INDICES, THING_COUNT, NULL, figure_columns},
};

const struct import_kind *import_kind_find(const char *name, struct err *err)
{
    struct nearest best = {0};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
        nearest_try(&best, name, kinds[i].name);
    }
    if (best.word != NULL)
        err_set(err, ERR_USAGE, "there is no kind \"%.80s\"; did you mean %s?", name, best.word);
    else
        err_set(err, ERR_USAGE,
                "there is no kind \"%.80s\"; kinds: certs, assessments, strategies, institutions, "
                "transposition, indices",
                name);
    return NULL;
}

static void add(struct columns *columns, const struct column *column)
{
    if (columns->count < COLUMNS_OF_A_KIND)
        columns->items[columns->count++] = *column;
}

void import_columns(const struct import_kind *kind, struct columns *ret)
{
    ret->count = 0;
    const struct field *fields = kind->thing == THING_COUNT ? NULL : kind_table[kind->thing].fields;
    for (const struct column *column = kind->columns; column->name != NULL; column++) {
        struct column own = *column;
        own.field = own.role == ROLE_FIELD ? field_find(fields, own.key) : NULL;
        add(ret, &own);
    }
    for (; fields != NULL && fields->name != NULL; fields++)
        add(ret, &(struct column){.name = fields->name, .role = ROLE_FIELD, .key = fields->name, .field = fields});
}

static const char *shape_words(enum shape shape)
{
    switch (shape) {
    case SHAPE_TEXT:
        return "text";
    case SHAPE_DATE:
        return "a date: 2012, 2017-07 or 2016-07-05";
    case SHAPE_COUNT:
        return "a whole number";
    case SHAPE_FLAG:
        return "true or false";
    case SHAPE_URL:
        return "an address";
    case SHAPE_CODE:
        return "a term of ";
    case SHAPE_COUNTRY:
        return "a country's code";
    case SHAPE_REF:
        return "an id";
    case SHAPE_RECORD:
        return "";
    }
    return "";
}

static void list_parts(const struct field *parts, struct buf *out)
{
    for (size_t i = 0; parts[i].name != NULL; i++)
        buf_printf(out, "%s%s%s", i == 0 ? "" : "|", parts[i].name, parts[i].many == MANY_LIST ? ",…" : "");
}

static bool is_needed(const struct import_kind *kind, const struct column *column)
{
    if (column->field == NULL)
        return column->required;
    return column->first == NULL &&
           (column->field->required || (kind->needs != NULL && strcmp(kind->needs, column->name) == 0));
}

static void list_column(const struct import_kind *kind, const struct column *column, struct buf *out)
{
    const struct field *field = column->field;
    buf_printf(out, "  %-20s %s", column->name, column->help == NULL ? "" : column->help);
    if (field != NULL && column->first == NULL) {
        buf_printf(out, "%s%s", shape_words(field->shape), field->shape == SHAPE_CODE ? field->vocabulary : "");
        if (field->shape == SHAPE_RECORD)
            list_parts(field->parts, out);
    }
    if (field != NULL && field->many != MANY_NO)
        buf_puts(out, "; …");
    buf_puts(out, is_needed(kind, column) ? " (needed)\n" : "\n");
}

void import_list(const struct import_kind *kind, struct buf *out)
{
    struct columns columns;
    import_columns(kind, &columns);
    buf_printf(out, "A row is %s. The first row names its columns, in any order:\n\n", kind->what);
    for (size_t i = 0; i < columns.count; i++)
        list_column(kind, &columns.items[i], out);
    buf_puts(out,
             "\nWhat is needed of the fields only a new one needs. An empty cell says nothing. \"unknown:\" and a\n"
             "term of unknown-reasons says that the source has something there which is not known. \"; …\" marks\n"
             "a list with ; between its items, | stands between the parts of an item, and a comma between the\n"
             "words of a part.\n");
}
