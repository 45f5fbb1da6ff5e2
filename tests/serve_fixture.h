/* SPDX-License-Identifier: MIT */
/* A small dataset for the tests of serve/: three countries, one team that was renamed once, and a list of numbered
 * countries' worth of fragments, written through the store's own door into a folder of its own. */
#pragma once
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../src/serve/internal.h"

TCase *serve_address_cases(void);
TCase *serve_negotiation_cases(void);
TCase *serve_answer_cases(void);
TCase *serve_hostile_cases(void);
TCase *serve_list_cases(void);
TCase *serve_question_cases(void);
TCase *serve_asked_cases(void);
TCase *serve_contact_cases(void);
TCase *serve_ip_cases(void);
TCase *serve_search_cases(void);
TCase *serve_export_cases(void);
TCase *serve_intelmq_cases(void);

/* Writes the dataset; `note` goes into a fact, so that another one makes another revision. */
void fixture_write(const char *note);
/* The same, and what `more` (may be NULL) writes beside. */
void fixture_write_with(const char *note, void (*more)(struct store_writer *writer));
/* Number of a country, a team or the source among all that a search goes through. */
uint32_t fixture_finding(const char *id);
const char *fixture_path(void);
/* Opens what was written, with a cache of 256 KB and nothing of the operator's; the caller frees it. */
struct snapshot *fixture_open(void);
void fixture_remove(void);

/* One request; header fields may be NULL. The outcome's answer is given back by outcome_done. */
struct outcome fixture_ask(struct snapshot *snapshot, const char *method, const char *target, const char *accept);
void outcome_done(struct outcome *outcome);
const char *outcome_body(const struct outcome *outcome);
const char *outcome_etag(const struct outcome *outcome);
const char *outcome_address(const struct outcome *outcome);
