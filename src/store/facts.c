/* SPDX-License-Identifier: MIT */
/* Every fact, as it is, into the tables of facts: sources, vocabularies, criteria, methodologies, things with all
 * their claims, answers. Nothing is derived here (shown.c does that), so the revision made of these tables changes
 * exactly when a fact does. */
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "cyberatlas/base/kind.h"
#include "internal.h"

enum fact_table {
    FACT_SOURCE,
    FACT_VOCABULARY,
    FACT_TERM,
    FACT_CRITERION,
    FACT_CRITERION_VALUE,
    FACT_METHODOLOGY,
    FACT_WEIGHT,
    FACT_VALUE,
    FACT_THING,
    FACT_CLAIM,
    FACT_ANSWER,
    FACT_INDEX,
    FACT_INDEX_PART,
    FACT_INDEX_VALUE,
    FACT_COUNT
};

static const struct statement fact_statements[FACT_COUNT] = {
    [FACT_SOURCE] = {"INSERT INTO source (id, title, publisher, url, published, captured, sha256, terms, note) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                     0},
    [FACT_VOCABULARY] = {"INSERT INTO vocabulary (id, title) VALUES (?1, ?2)", 0},
    [FACT_TERM] = {"INSERT INTO term (vocabulary, id, label, note) VALUES (?1, ?2, ?3, ?4)", 0},
    [FACT_CRITERION] = {"INSERT INTO criterion (id, theme, label, question, note, source, at) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        0},
    [FACT_CRITERION_VALUE] = {"INSERT INTO criterion_value (criterion, value, meaning, allowed) "
                              "VALUES (?1, ?2, ?3, ?4)",
                              0},
    [FACT_METHODOLOGY] = {"INSERT INTO methodology (number, id, version, title, theme, text, bases, least_sure, "
                          "least_coverage, window_months) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                          0},
    [FACT_WEIGHT] = {"INSERT INTO methodology_weight (methodology, criterion, weight) VALUES (?1, ?2, ?3)", 0},
    [FACT_VALUE] = {"INSERT INTO methodology_value (methodology, value, low, high, counted) "
                    "VALUES (?1, ?2, ?3, ?4, ?5)",
                    0},
    [FACT_THING] = {"INSERT INTO thing (number, kind, id, owner) VALUES (?1, ?2, ?3, ?4)", 0},
    [FACT_CLAIM] = {"INSERT INTO claim (thing, n, field, item, value, unknown, qualifier, source, at, observed, since, "
                    "note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                    0},
    [FACT_ANSWER] = {"INSERT INTO answer (year, country, criterion, value, unknown, basis, sure, source, at, observed, "
                     "observed_lo, observed_hi, since, note) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                     0},
    [FACT_INDEX] = {"INSERT INTO \"index\" (id, title, publisher, text, terms, form, unit, lowest, highest, better, "
                    "source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                    0},
    [FACT_INDEX_PART] = {"INSERT INTO index_part (\"index\", kind, id, title, note) VALUES (?1, ?2, ?3, ?4, ?5)", 0},
    [FACT_INDEX_VALUE] = {"INSERT INTO index_value (\"index\", country, edition, pillar, value, source, at, observed, "
                          "note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                          0},
};

struct statements {
    sqlite3_stmt *put[FACT_COUNT];
};

static void statements_done(struct statements *statements)
{
    database_finalize(statements->put, FACT_COUNT);
}

static bool write_dataset(struct store_writer *writer, const struct dataset *dataset, struct err *err)
{
    return writer_key(writer, "id", dataset->id, err) && writer_key(writer, "title", dataset->title, err) &&
           writer_key(writer, "description", dataset->description, err) &&
           writer_key(writer, "date", dataset->date, err) && writer_key(writer, "publisher", dataset->publisher, err) &&
           writer_key(writer, "licence", dataset->licence, err) &&
           writer_key(writer, "licence_url", dataset->licence_url, err) &&
           writer_key(writer, "terms", dataset->terms, err) && writer_key(writer, "homepage", dataset->homepage, err);
}

static bool write_sources(const struct statements *to, const struct facts *facts, struct err *err)
{
    for (size_t i = 0; i < facts->source_count; i++) {
        const struct source *it = &facts->sources[i];
        struct row row = row_start(to->put[FACT_SOURCE]);
        row_texts(&row,
                  (const char *const[]){it->id, it->title, it->publisher, it->url, it->published, it->captured,
                                        it->sha256, it->terms, it->note},
                  9);
        if (!row_insert(&row, it->id, err))
            return false;
    }
    return true;
}

static bool write_terms(const struct statements *to, const struct vocabulary *vocabulary, struct err *err)
{
    for (size_t i = 0; i < vocabulary->term_count; i++) {
        const struct term *it = &vocabulary->terms[i];
        struct row row = row_start(to->put[FACT_TERM]);
        row_texts(&row, (const char *const[]){vocabulary->id, it->id, it->label, it->note}, 4);
        if (!row_insert(&row, it->id, err))
            return false;
    }
    return true;
}

static bool write_vocabularies(const struct statements *to, const struct facts *facts, struct err *err)
{
    for (size_t i = 0; i < facts->vocabulary_count; i++) {
        const struct vocabulary *it = &facts->vocabularies[i];
        struct row row = row_start(to->put[FACT_VOCABULARY]);
        row_texts(&row, (const char *const[]){it->id, it->title}, 2);
        if (!row_insert(&row, it->id, err) || !write_terms(to, it, err))
            return false;
    }
    return true;
}

static const char *meaning_of(const struct criterion *criterion, enum answer_value value)
{
    for (size_t i = 0; i < criterion->meaning_count; i++)
        if (criterion->meanings[i].value == value)
            return criterion->meanings[i].text;
    return NULL;
}

static bool write_criterion_values(const struct statements *to, const struct criterion *criterion, struct err *err)
{
    for (size_t value = 0; value < ANSWER_VALUE_COUNT; value++) {
        const char *meaning = meaning_of(criterion, (enum answer_value)value);
        if (!criterion->allowed[value] && meaning == NULL)
            continue;
        struct row row = row_start(to->put[FACT_CRITERION_VALUE]);
        row_texts(&row, (const char *const[]){criterion->id, answer_value_names[value], meaning}, 3);
        row_integer(&row, criterion->allowed[value]);
        if (!row_insert(&row, criterion->id, err))
            return false;
    }
    return true;
}

static bool write_criteria(const struct statements *to, const struct facts *facts, struct err *err)
{
    for (size_t i = 0; i < facts->criterion_count; i++) {
        const struct criterion *it = &facts->criteria[i];
        struct row row = row_start(to->put[FACT_CRITERION]);
        row_texts(&row, (const char *const[]){it->id, it->theme, it->label, it->question, it->note, it->source, it->at},
                  7);
        if (!row_insert(&row, it->id, err) || !write_criterion_values(to, it, err))
            return false;
    }
    return true;
}

enum { FRACTION_SIZE = 32 };

static void fraction_text(struct fraction fraction, char ret[FRACTION_SIZE])
{
    if (fraction.den == 1)
        (void)snprintf(ret, FRACTION_SIZE, "%d", (int)fraction.num);
    else
        (void)snprintf(ret, FRACTION_SIZE, "%d/%d", (int)fraction.num, (int)fraction.den);
}

static bool write_value_map(const struct statements *to, int64_t number, const struct methodology *methodology,
                            struct err *err)
{
    for (size_t value = 0; value < ANSWER_VALUE_COUNT; value++) {
        const struct value_map *map = &methodology->values[value];
        if (map->high.den == 0 || value == ANSWER_NOT_APPLICABLE || value == ANSWER_YEAR)
            continue;
        char text[3][FRACTION_SIZE];
        fraction_text(map->low, text[0]);
        fraction_text(map->high, text[1]);
        fraction_text(map->counted, text[2]);
        struct row row = row_start(to->put[FACT_VALUE]);
        row_integer(&row, number);
        row_texts(&row, (const char *const[]){answer_value_names[value], text[0], text[1], text[2]}, 4);
        if (!row_insert(&row, methodology->id, err))
            return false;
    }
    return true;
}

static bool write_weights(const struct statements *to, int64_t number, const struct methodology *methodology,
                          struct err *err)
{
    for (size_t i = 0; i < methodology->weight_count; i++) {
        struct row row = row_start(to->put[FACT_WEIGHT]);
        row_integer(&row, number);
        row_text(&row, methodology->weights[i].criterion);
        row_integer(&row, methodology->weights[i].weight);
        if (!row_insert(&row, methodology->weights[i].criterion, err))
            return false;
    }
    return true;
}

static bool write_methodology(const struct statements *to, int64_t number, const struct methodology *it,
                              struct err *err)
{
    struct buf bases CLEANUP(buf_done);
    buf_init(&bases, 256);
    for (size_t i = 0; i < it->basis_count; i++)
        buf_printf(&bases, i == 0 ? "%s" : " %s", basis_names[it->bases[i]]);
    buf_puts(&bases, "");
    if (!buf_ok(&bases))
        return err_memory(err);
    char coverage[FRACTION_SIZE];
    fraction_text(it->least_coverage, coverage);
    struct row row = row_start(to->put[FACT_METHODOLOGY]);
    row_integer(&row, number);
    row_texts(&row,
              (const char *const[]){it->id, it->version, it->title, it->theme, it->text, bases.data,
                                    sureness_names[it->least_sure], coverage},
              8);
    row_integer(&row, it->window_months);
    return row_insert(&row, it->id, err) && write_weights(to, number, it, err) && write_value_map(to, number, it, err);
}

static bool write_methodologies(const struct statements *to, const struct facts *facts, struct err *err)
{
    for (size_t i = 0; i < facts->methodology_count; i++)
        if (!write_methodology(to, (int64_t)i + 1, &facts->methodologies[i], err))
            return false;
    return true;
}

static bool write_claim(const struct statements *to, int64_t thing, const struct claim *it, struct err *err)
{
    const struct evidence *evidence = &it->evidence;
    struct row row = row_start(to->put[FACT_CLAIM]);
    row_integer(&row, thing);
    row_integer(&row, it->n);
    row_texts(&row,
              (const char *const[]){it->field, it->item, it->value.json, it->unknown, it->qualifier, evidence->source,
                                    evidence->at, evidence->observed, evidence->since, evidence->note},
              10);
    return row_insert(&row, it->field, err);
}

static bool write_things(const struct statements *to, const struct facts *facts, struct err *err)
{
    for (size_t i = 0; i < facts->thing_count; i++) {
        const struct thing *it = &facts->things[i];
        struct row row = row_start(to->put[FACT_THING]);
        row_integer(&row, (int64_t)i + 1);
        row_texts(&row, (const char *const[]){kind_table[it->kind].name, it->id, it->owner}, 3);
        if (!row_insert(&row, it->id, err))
            return false;
        for (size_t k = 0; k < it->claim_count; k++)
            if (!write_claim(to, (int64_t)i + 1, &it->claims[k], err))
                return false;
    }
    return true;
}

static bool write_answer(const struct statements *to, const struct answer *it, struct err *err)
{
    char days[2][DATE_TEXT_SIZE];
    if (it->dated) {
        date_format(it->observed.first, days[0]);
        date_format(it->observed.last, days[1]);
    }
    const struct evidence *evidence = &it->evidence;
    struct row row = row_start(to->put[FACT_ANSWER]);
    if (it->value == ANSWER_YEAR)
        row_integer(&row, it->year);
    else
        row_text(&row, NULL);
    row_texts(&row,
              (const char *const[]){it->country, it->criterion, answer_value_names[it->value], it->unknown,
                                    basis_names[it->basis], sureness_names[it->sure], evidence->source, evidence->at,
                                    evidence->observed, it->dated ? days[0] : NULL, it->dated ? days[1] : NULL,
                                    evidence->since, evidence->note},
              13);
    return row_insert(&row, it->criterion, err);
}

static bool write_answers(const struct statements *to, const struct facts *facts, struct err *err)
{
    for (size_t i = 0; i < facts->answer_count; i++)
        if (!write_answer(to, &facts->answers[i], err))
            return false;
    return true;
}

static bool write_parts(const struct statements *to, const struct index *index, const char *kind, struct err *err)
{
    bool pillars = strcmp(kind, "pillar") == 0;
    const struct index_part *parts = pillars ? index->pillars : index->editions;
    size_t count = pillars ? index->pillar_count : index->edition_count;
    for (size_t i = 0; i < count; i++) {
        struct row row = row_start(to->put[FACT_INDEX_PART]);
        row_texts(&row, (const char *const[]){index->id, kind, parts[i].id, parts[i].title, parts[i].note}, 5);
        if (!row_insert(&row, parts[i].id, err))
            return false;
    }
    return true;
}

static bool write_index(const struct statements *to, const struct index *it, struct err *err)
{
    struct row row = row_start(to->put[FACT_INDEX]);
    row_texts(&row,
              (const char *const[]){it->id, it->title, it->publisher, it->text, it->terms, index_form_names[it->form],
                                    it->unit, it->lowest, it->highest, it->better, it->source},
              11);
    if (!row_insert(&row, it->id, err) || !write_parts(to, it, "edition", err) || !write_parts(to, it, "pillar", err))
        return false;
    for (size_t i = 0; i < it->value_count; i++) {
        const struct index_value *value = &it->values[i];
        const struct evidence *evidence = &value->evidence;
        row = row_start(to->put[FACT_INDEX_VALUE]);
        row_texts(&row,
                  (const char *const[]){it->id, value->country, value->edition, value->pillar, value->value,
                                        evidence->source, evidence->at, evidence->observed, evidence->note},
                  9);
        if (!row_insert(&row, value->country, err))
            return false;
    }
    return true;
}

static bool write_indices(const struct statements *to, const struct facts *facts, struct err *err)
{
    for (size_t i = 0; i < facts->index_count; i++)
        if (!write_index(to, &facts->indices[i], err))
            return false;
    return true;
}

static bool write_revision(struct store_writer *writer, struct err *err)
{
    char digest[DIGEST_SIZE];
    char renderer[16];
    if (!tables_revision(writer->db, digest, err))
        return false;
    (void)snprintf(writer->revision, sizeof(writer->revision), "%.12s", digest);
    (void)snprintf(renderer, sizeof(renderer), "%d", (int)STORE_RENDERER);
    return writer_key(writer, "revision", writer->revision, err) && writer_key(writer, "renderer", renderer, err);
}

bool store_write_facts(struct store_writer *writer, const struct facts *facts, struct err *err)
{
    struct statements to CLEANUP(statements_done) = {0};
    /* Countries come before the answers and the figures, which point to them. */
    return database_prepare(writer->db, fact_statements, FACT_COUNT, to.put, err) &&
           write_dataset(writer, &facts->dataset, err) && write_sources(&to, facts, err) &&
           write_vocabularies(&to, facts, err) && write_criteria(&to, facts, err) &&
           write_methodologies(&to, facts, err) && write_things(&to, facts, err) && shown_write(writer, facts, err) &&
           write_answers(&to, facts, err) && write_indices(&to, facts, err) && contacts_write(writer, facts, err) &&
           write_revision(writer, err);
}
