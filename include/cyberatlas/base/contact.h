/* SPDX-License-Identifier: MIT */
/* Whom to tell first: the order of contacts as plain structs, from data/contact-order.json. The rules hold for every
 * country; a question takes those that match it, in their order. Every pointer lives in the arena of `struct facts`
 * (fact.h); an empty list says nothing. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "cyberatlas/base/claim.h"

struct words {
    const char *const *items;
    size_t count;
};
bool words_have(const struct words *words, const char *word);

/* A word that a question may use, and what the facts about contacts say for it. */
struct contact_word {
    const char *id; /* "citizen" */
    const char *label;
    struct words terms; /* of the vocabulary audiences, or contact-purposes */
};

struct contact_rule {
    const char *id;
    struct words purposes;  /* that it is for, ids of contact_order.purposes; none: every one */
    struct words audiences; /* the same of contact_order.audiences */
    bool beyond;            /* looks at organisations of states that the country is in, not at the country */
    enum thing_kind kind;   /* THING_CERT or THING_INSTITUTION */
    struct words types;     /* of a team: one of them; none: any */
    struct words without;   /* types that such a team has none of */
    struct words sectors;   /* of a team: one of them; none: any */
    struct words roles;     /* of an institution: one of them; none: any */
    const char *reason;     /* one sentence for people */
};

struct contact_order {
    const struct contact_word *purposes; /* all in the file's order */
    size_t purpose_count;
    const struct contact_word *audiences;
    size_t audience_count;
    const struct contact_rule *rules;
    size_t rule_count;
};
