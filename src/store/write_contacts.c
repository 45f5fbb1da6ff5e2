/* SPDX-License-Identifier: MIT */
/* The order of contacts and the names of countries in other languages, as they are, into their tables. Lists of words
 * are kept as one text, since they are short, read whole and never searched. */
#include "cyberatlas/base/kind.h"
#include "internal.h"

enum contact_table { CONTACT_NAME, CONTACT_WORD, CONTACT_RULE, CONTACT_COUNT };

static const struct statement contact_statements[CONTACT_COUNT] = {
    [CONTACT_NAME] = {"INSERT INTO country_name (country, language, name, source) VALUES (?1, ?2, ?3, ?4)", 0},
    [CONTACT_WORD] = {"INSERT INTO contact_word (kind, id, label, terms) VALUES (?1, ?2, ?3, ?4)", 0},
    [CONTACT_RULE] = {"INSERT INTO contact_rule (id, purposes, audiences, whose, kind, types, without, sectors, roles, "
                      "reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                      0},
};

enum { LISTS_OF_RULE = 6, LIST_BYTES = 64 * 1024 };

struct contacts {
    sqlite3_stmt *put[CONTACT_COUNT];
    struct buf lists[LISTS_OF_RULE];
};

static void contacts_done(struct contacts *contacts)
{
    database_finalize(contacts->put, CONTACT_COUNT);
    for (size_t i = 0; i < LISTS_OF_RULE; i++)
        buf_done(&contacts->lists[i]);
}

/* "national government"; NULL where there are none. Fails by the mark of `into`. */
static const char *joined(const struct words *words, struct buf *into)
{
    buf_reset(into);
    for (size_t i = 0; i < words->count; i++)
        buf_printf(into, i == 0 ? "%s" : " %s", words->items[i]);
    return words->count == 0 ? NULL : into->data;
}

static bool write_words(struct contacts *to, const char *kind, const struct contact_word *words, size_t count,
                        struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        const char *terms = joined(&words[i].terms, &to->lists[0]);
        if (!buf_ok(&to->lists[0]))
            return err_memory(err);
        struct row row = row_start(to->put[CONTACT_WORD]);
        row_texts(&row, (const char *const[]){kind, words[i].id, words[i].label, terms}, 4);
        if (!row_insert(&row, words[i].id, err))
            return false;
    }
    return true;
}

static bool write_rule(struct contacts *to, const struct contact_rule *it, struct err *err)
{
    const struct words *const lists[LISTS_OF_RULE] = {&it->purposes, &it->audiences, &it->types,
                                                      &it->without,  &it->sectors,   &it->roles};
    const char *texts[LISTS_OF_RULE];
    for (size_t i = 0; i < LISTS_OF_RULE; i++) {
        texts[i] = joined(lists[i], &to->lists[i]);
        if (!buf_ok(&to->lists[i]))
            return err_memory(err);
    }
    struct row row = row_start(to->put[CONTACT_RULE]);
    row_texts(&row,
              (const char *const[]){it->id, texts[0], texts[1], it->beyond ? "organisation" : "country",
                                    kind_table[it->kind].name, texts[2], texts[3], texts[4], texts[5], it->reason},
              10);
    return row_insert(&row, it->id, err);
}

static bool write_names(const struct contacts *to, const struct facts *facts, struct err *err)
{
    for (size_t i = 0; i < facts->name_count; i++) {
        const struct country_name *it = &facts->names[i];
        struct row row = row_start(to->put[CONTACT_NAME]);
        row_texts(&row, (const char *const[]){it->country, it->language, it->name, facts->names_source}, 4);
        if (!row_insert(&row, it->name, err))
            return false;
    }
    return true;
}

bool contacts_write(struct store_writer *writer, const struct facts *facts, struct err *err)
{
    const struct contact_order *order = &facts->contacts;
    struct contacts to CLEANUP(contacts_done) = {0};
    for (size_t i = 0; i < LISTS_OF_RULE; i++)
        buf_init(&to.lists[i], LIST_BYTES);
    if (!database_prepare(writer->db, contact_statements, CONTACT_COUNT, to.put, err) ||
        !write_words(&to, "purpose", order->purposes, order->purpose_count, err) ||
        !write_words(&to, "audience", order->audiences, order->audience_count, err))
        return false;
    for (size_t i = 0; i < order->rule_count; i++)
        if (!write_rule(&to, &order->rules[i], err))
            return false;
    return write_names(&to, facts, err);
}
