/* SPDX-License-Identifier: MIT */
/* What every reader of a seed asks: a member's text, whether a date is a day, whether a word, a country or a source is
 * there to be referred to. It knows no claim and no field. What belongs to a file that had faults of its own is not
 * judged, so that one fault is told once. */
#include <string.h>

#include "cyberatlas/base/nearest.h"
#include "internal.h"

const char *text_of(const struct reader *reader, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? NULL : arena_text(reader->load->arena, text);
}

void fault_of(const struct reader *reader, const struct at *at, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    report_list(reader->load->faults, reader->file, at, fmt, args);
    va_end(args);
}

bool date_of(const struct reader *reader, const char *text, const struct at *at, struct date *ret)
{
    if (date_parse(text, ret))
        return true;
    fault_of(reader, at, "there is no such day");
    return false;
}

/* "is no …", with the nearest there is. */
static void fault_unknown(const struct reader *reader, const struct at *at, const char *what, const char *nearest)
{
    if (nearest != NULL)
        fault_of(reader, at, "%s; did you mean \"%s\"?", what, nearest);
    else
        fault_of(reader, at, "%s", what);
}

void term_of(const struct reader *reader, const char *vocabulary, const char *word, const struct at *at)
{
    const struct load *load = reader->load;
    const struct vocabulary *found = facts_vocabulary(load->facts, vocabulary);
    if (load->lacking[SEED_VOCABULARIES] || found == NULL || facts_term(load->facts, vocabulary, word) != NULL)
        return;
    struct nearest nearest = {0};
    for (size_t i = 0; i < found->term_count; i++)
        nearest_try(&nearest, word, found->terms[i].id);
    char what[256];
    (void)snprintf(what, sizeof(what), "\"%.80s\" is no term of the vocabulary %s", word, vocabulary);
    fault_unknown(reader, at, what, nearest.word);
}

const struct made *made_country(const struct load *load, const char *code)
{
    const struct made *things = load->things.items;
    for (size_t i = 0; i < load->things.count; i++)
        if (things[i].thing.kind == THING_COUNTRY && strcmp(things[i].thing.id, code) == 0)
            return &things[i];
    return NULL;
}

void country_of(const struct reader *reader, const char *code, const struct at *at)
{
    const struct load *load = reader->load;
    if (!load->lacking[SEED_COUNTRIES] && made_country(load, code) == NULL)
        fault_of(reader, at, "there is no country \"%.80s\" in countries.json", code);
}

void source_of(const struct reader *reader, const char *id, const struct at *at)
{
    const struct facts *facts = reader->load->facts;
    if (reader->load->lacking[SEED_SOURCES] || facts_source(facts, id) != NULL)
        return;
    struct nearest nearest = {0};
    for (size_t i = 0; i < facts->source_count; i++)
        nearest_try(&nearest, id, facts->sources[i].id);
    char what[256];
    (void)snprintf(what, sizeof(what), "there is no source \"%.80s\"", id);
    fault_unknown(reader, at, what, nearest.word);
}

const char *pointer_of(const struct reader *reader, const struct at *at)
{
    struct buf text CLEANUP(buf_done);
    buf_init(&text, SEED_TEXT_BYTES);
    buf_puts(&text, "");
    at_write(at, &text);
    reader->load->short_of_memory = reader->load->short_of_memory || !buf_ok(&text);
    return text.data == NULL ? NULL : arena_text(reader->load->arena, text.data);
}
