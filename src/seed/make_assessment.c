/* SPDX-License-Identifier: MIT */
/* assessments/<cc>.json: a country's answers to the criteria. Each answer is a claim with a basis and a sureness; its
 * date is the interval in which the source looked, cut at the day the source was captured. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct answering {
    const char *country;
    const char *criterion;
    const struct criterion *asks; /* NULL where there is no such criterion */
};

static void read_value(const struct reader *reader, const struct answering *answering, const struct said *said,
                       const struct at *at, struct answer *ret)
{
    const char *word = said->value == NULL ? "unknown" : json_string_value(said->value);
    int value = word_index(word, answer_value_names, ANSWER_VALUE_COUNT);
    if (value < 0) {
        value = ANSWER_YEAR;
        ret->year = (uint16_t)strtoul(word, NULL, 10);
    }
    ret->value = (enum answer_value)value;
    ret->unknown = said->unknown;
    if (answering->asks != NULL && value != ANSWER_UNKNOWN && !answering->asks->allowed[value])
        fault_of(reader, at, "the criterion does not allow %s", value == ANSWER_YEAR ? "a year" : word);
}

/* The day after which the source cannot have looked. */
static int32_t last_day(const struct reader *reader, const char *source_id)
{
    const struct source *source = facts_source(reader->load->facts, source_id);
    struct date captured;
    if (source != NULL && source->captured != NULL && date_parse(source->captured, &captured))
        return captured.last;
    return reader->load->day.last;
}

static void read_observed(const struct reader *reader, struct answer *ret)
{
    const char *observed = ret->evidence.observed;
    if (observed == NULL || !date_parse(observed, &ret->observed))
        return;
    int32_t last = last_day(reader, ret->evidence.source);
    ret->dated = true;
    if (ret->observed.last > last)
        ret->observed.last = last;
}

/* The word's place among names; a fault when the claim does not say it. */
static int read_word(const struct reader *reader, const struct at *at, const char *key, const char *word,
                     const char *const *names)
{
    if (word == NULL) {
        fault_of(reader, at, "no \"%s\": neither here nor in what it inherits from", key);
        return 0;
    }
    int index = word_index(word, names, names == basis_names ? (size_t)BASIS_COUNT : (size_t)SURE_COUNT);
    return index < 0 ? 0 : index;
}

static void add_answer(void *cls, const struct reader *reader, const struct said *said, const struct at *at)
{
    const struct answering *answering = cls;
    struct load *load = reader->load;
    struct answer *answer = list_add(load->arena, &load->answers);
    if (answer == NULL)
        return;
    *answer =
        (struct answer){.country = answering->country, .criterion = answering->criterion, .evidence = said->evidence};
    answer->basis = (enum basis)read_word(reader, at, "basis", said->basis, basis_names);
    answer->sure = (enum sureness)read_word(reader, at, "sure", said->sure, sureness_names);
    read_value(reader, answering, said, at, answer);
    read_observed(reader, answer);
}

void make_assessment(const struct reader *reader)
{
    struct load *load = reader->load;
    struct answering answering = {.country = country_of_file(reader)};
    struct at up = {NULL, "answers", 0};
    const char *key;
    json_t *json;
    if (answering.country == NULL)
        return;
    json_object_foreach(json_object_get(reader->root, "answers"), key, json)
    {
        struct at at = {&up, key, 0};
        answering.criterion = arena_text(load->arena, key);
        answering.asks = facts_criterion(load->facts, key);
        if (answering.asks == NULL && !load->lacking[SEED_CRITERIA])
            fault_of(reader, &at, "there is no criterion of this id");
        struct said_call call = {add_answer, &answering, json_is_object(json)};
        said_spread(reader, json, &reader->defaults, &at, &call);
    }
}
