/* SPDX-License-Identifier: MIT */
/* contact-order.json: whom to tell first, as rules in order, and the words that a question may use. The rules are data,
 * so that nobody has to read C to question them. Invariant: a rule speaks only of purposes and audiences that the file
 * itself names, and of types, sectors and roles that the vocabularies have. */
#include <string.h>

#include "internal.h"

/* A list of texts, each of which `check` looks at. */
static struct words read_words(const struct reader *reader, const json_t *object, const char *key, const struct at *up,
                               void (*check)(const struct reader *reader, const void *cls, const char *word,
                                             const struct at *at),
                               const void *cls)
{
    const json_t *list = json_object_get(object, key);
    size_t count = json_array_size(list);
    const char **items = arena_array(reader->load->arena, count, sizeof(*items));
    struct at all = {up, key, 0};
    for (size_t i = 0; items != NULL && i < count; i++) {
        struct at at = {&all, NULL, i};
        items[i] = arena_text(reader->load->arena, json_string_value(json_array_get(list, i)));
        if (items[i] != NULL)
            check(reader, cls, items[i], &at);
    }
    return items == NULL ? (struct words){0} : (struct words){items, count};
}

/* `cls` is the name of a vocabulary. */
static void check_term(const struct reader *reader, const void *cls, const char *word, const struct at *at)
{
    term_of(reader, cls, word, at);
}

/* The words that rules may use, of one kind. */
struct known {
    const struct contact_word *words;
    size_t count;
};

static bool knows(const struct known *known, const char *id)
{
    size_t i = 0;
    while (i < known->count && strcmp(known->words[i].id, id) != 0)
        i++;
    return i < known->count;
}

/* `cls` is what is known. */
static void check_known(const struct reader *reader, const void *cls, const char *word, const struct at *at)
{
    if (!knows(cls, word))
        fault_of(reader, at, "the file itself has no \"%.80s\"", word);
}

/* The purposes or the audiences. */
static struct known read_known(const struct reader *reader, const char *key, const char *vocabulary)
{
    const json_t *all = json_object_get(reader->root, key);
    struct contact_word *words = arena_array(reader->load->arena, json_array_size(all), sizeof(*words));
    struct at list = {NULL, key, 0};
    struct known known = {words, 0};
    for (size_t i = 0; words != NULL && i < json_array_size(all); i++) {
        const json_t *json = json_array_get(all, i);
        struct at at = {&list, NULL, i};
        struct contact_word made = {text_of(reader, json, "id"), text_of(reader, json, "label"),
                                    read_words(reader, json, "terms", &at, check_term, vocabulary)};
        if (made.id == NULL)
            break;
        if (knows(&known, made.id))
            fault_of(reader, &(struct at){&at, "id", 0}, "stands twice");
        words[known.count++] = made;
    }
    return known;
}

static struct contact_rule read_rule(const struct reader *reader, const json_t *json, const struct at *at,
                                     const struct known *purposes, const struct known *audiences)
{
    return (struct contact_rule){
        .id = text_of(reader, json, "id"),
        .purposes = read_words(reader, json, "purposes", at, check_known, purposes),
        .audiences = read_words(reader, json, "audiences", at, check_known, audiences),
        .beyond = strcmp(json_string_value(json_object_get(json, "from")), "organisation") == 0,
        .kind = strcmp(json_string_value(json_object_get(json, "kind")), "cert") == 0 ? THING_CERT : THING_INSTITUTION,
        .types = read_words(reader, json, "types", at, check_term, "cert-types"),
        .without = read_words(reader, json, "without", at, check_term, "cert-types"),
        .sectors = read_words(reader, json, "sectors", at, check_term, "sectors"),
        .roles = read_words(reader, json, "roles", at, check_term, "institution-roles"),
        .reason = text_of(reader, json, "reason")};
}

void make_contact_order(const struct reader *reader)
{
    const json_t *all = json_object_get(reader->root, "rules");
    struct contact_rule *rules = arena_array(reader->load->arena, json_array_size(all), sizeof(*rules));
    struct known purposes = read_known(reader, "purposes", "contact-purposes");
    struct known audiences = read_known(reader, "audiences", "audiences");
    struct at list = {NULL, "rules", 0};
    size_t count = 0;
    for (; rules != NULL && count < json_array_size(all); count++) {
        struct at at = {&list, NULL, count};
        rules[count] = read_rule(reader, json_array_get(all, count), &at, &purposes, &audiences);
        for (size_t i = 0; i < count && rules[count].id != NULL; i++)
            if (strcmp(rules[i].id, rules[count].id) == 0)
                fault_of(reader, &(struct at){&at, "id", 0}, "stands twice");
    }
    reader->load->facts->contacts = (struct contact_order){.purposes = purposes.words,
                                                           .purpose_count = purposes.count,
                                                           .audiences = audiences.words,
                                                           .audience_count = audiences.count,
                                                           .rules = rules,
                                                           .rule_count = count};
}
