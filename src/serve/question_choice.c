/* SPDX-License-Identifier: MIT */
/* The parameters of a question that choose among what there is: bases, sureness, groups and countries. Each item is
 * looked up, so that every text in the question is the facts' own; doubles fall away and the order is one. */
#include <assert.h>
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

static_assert(QUESTION_COUNTRIES_MAX == 60, "a fault below tells the ceiling");

/* A word that is none of `names`, with all of them beside. */
bool question_bad_word(struct reader *reader, enum ask ask, size_t item, const char *word, const char *const *names,
                       size_t count)
{
    bool full = false;
    struct nearest best = {0};
    (void)fault_item(reader->fault, ask, item, word, "there is no such word.");
    for (size_t i = 0; i < count; i++) {
        fault_allow(reader->fault, names[i], &full);
        nearest_try(&best, word, names[i]);
    }
    fault_near(reader->fault, &best);
    return false;
}

/* Whether `same` holds for the methodology that is asked, or for each there is where each judges its own criteria. */
static bool is_own(const struct reader *reader, bool (*same)(const struct methodology *own, const void *asked),
                   const void *asked)
{
    const struct facts *facts = reader->catalog->facts;
    if (!question_of_all(reader))
        return same(reader->query->question.rule.methodology, asked);
    for (size_t i = 0; i < facts->methodology_count; i++) {
        const struct methodology *own = &facts->methodologies[i];
        if (facts_methodology(facts, own->id) == own && !same(own, asked))
            return false;
    }
    return true;
}

static bool same_bases(const struct methodology *own, const void *asked)
{
    const bool *has = asked;
    size_t count = 0;
    for (size_t i = 0; i < BASIS_COUNT; i++)
        count += has[i] ? 1 : 0;
    for (size_t i = 0; i < own->basis_count; i++)
        if (!has[own->bases[i]])
            return false;
    return count == own->basis_count;
}

/* In the methodology's order those it has, and the others behind them. */
static void put_bases(struct score_question *rule, const bool has[BASIS_COUNT])
{
    bool left[BASIS_COUNT];
    memcpy(left, has, sizeof(left));
    rule->basis_count = 0;
    for (size_t i = 0; i < rule->methodology->basis_count; i++) {
        enum basis basis = rule->methodology->bases[i];
        if (left[basis])
            rule->bases[rule->basis_count++] = basis;
        left[basis] = false;
    }
    for (size_t i = 0; i < BASIS_COUNT; i++)
        if (left[i])
            rule->bases[rule->basis_count++] = (enum basis)i;
}

bool question_basis(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    bool has[BASIS_COUNT] = {false};
    size_t item = 0;
    for (char *at = value; at != NULL;) {
        const char *word = strsep(&at, ",");
        int basis = word_index(word, basis_names, BASIS_COUNT);
        if (basis < 0)
            return question_bad_word(reader, ASK_BASIS, item + 1, word, basis_names, BASIS_COUNT);
        has[basis] = true;
        item++;
    }
    question->based = !is_own(reader, same_bases, has);
    if (question->based)
        put_bases(&question->rule, has);
    return true;
}

static bool same_sure(const struct methodology *own, const void *asked)
{
    const enum sureness *sure = asked;
    return own->least_sure == *sure;
}

bool question_sure(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    int word = word_index(value, sureness_names, SURE_COUNT);
    if (word < 0)
        return question_bad_word(reader, ASK_SURE, 0, value, sureness_names, SURE_COUNT);
    const enum sureness sure = (enum sureness)word;
    question->surely = !is_own(reader, same_sure, &sure);
    question->rule.least_sure = sure;
    return true;
}

static bool bad_group(struct reader *reader, size_t item, const char *word)
{
    const struct vocabulary *groups = facts_vocabulary(reader->catalog->facts, "groups");
    bool full = false;
    struct nearest best = {0};
    (void)fault_item(reader->fault, ASK_GROUP, item, word, "there is no such group: see /v1/vocabularies/groups.");
    for (size_t i = 0; groups != NULL && i < groups->term_count; i++) {
        fault_allow(reader->fault, groups->terms[i].id, &full);
        nearest_try(&best, word, groups->terms[i].id);
    }
    fault_near(reader->fault, &best);
    return false;
}

bool question_bad_country(struct reader *reader, enum ask ask, size_t item, const char *word)
{
    const struct spellings *all = &reader->catalog->countries;
    struct nearest best = {0};
    (void)fault_item(reader->fault, ask, item, word,
                     "this is the code of no country in this dataset: see /v1/countries.");
    for (size_t i = 0; i < all->count; i++)
        nearest_try(&best, word, all->items[i].text);
    fault_near(reader->fault, &best);
    return false;
}

static const char *find_group(const struct reader *reader, const char *word)
{
    const struct term *term = facts_term(reader->catalog->facts, "groups", word);
    return term == NULL ? NULL : term->id;
}

const char *question_find_country(const struct reader *reader, const char *word)
{
    const char *code = catalog_country(reader->catalog, word, strlen(word));
    const struct thing *country = code == NULL ? NULL : facts_country(reader->catalog->facts, code);
    return country == NULL ? NULL : country->id;
}

static bool holds(const char *const *values, size_t count, const char *value)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i], value) == 0)
            return true;
    return false;
}

static bool read_items(struct reader *reader, enum ask ask, char *value, const char **ret, size_t *ret_count)
{
    size_t count = 0;
    size_t item = 0;
    for (char *at = value; at != NULL;) {
        const char *word = strsep(&at, ",");
        const char *found = ask == ASK_GROUP ? find_group(reader, word) : question_find_country(reader, word);
        item++;
        if (found == NULL)
            return ask == ASK_GROUP ? bad_group(reader, item, word) : question_bad_country(reader, ask, item, word);
        if (holds(ret, count, found))
            continue;
        if (count == QUESTION_COUNTRIES_MAX)
            return fault_item(reader->fault, ask, item, word, "at most 60 different ones are taken.");
        ret[count++] = found;
    }
    *ret_count = sort_values(ret, count);
    return true;
}

bool question_group(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    return read_items(reader, ASK_GROUP, value, question->groups, &question->group_count);
}

/* `country` is the name under which these were published first. */
bool question_countries(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    enum ask ask = reader->query->given[ASK_COUNTRIES] != NULL ? ASK_COUNTRIES : ASK_COUNTRY;
    return read_items(reader, ask, value, question->countries, &question->country_count);
}
