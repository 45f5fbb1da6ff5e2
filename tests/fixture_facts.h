/* SPDX-License-Identifier: MIT */
/* Words for facts made by hand: initialisers for static tables, so that a fixture says what its world holds and not how
 * a struct is filled. Nothing here allocates; whatever an initialiser names must outlive the facts. */
#pragma once
#include "cyberatlas/base/common.h"
#include "cyberatlas/base/fact.h"

/* Values as a seed gives them: a text, a list of one kind of item, a record. */
#define TEXT_VALUE(words)                                                                                              \
    {                                                                                                                  \
        .type = VALUE_TEXT, .json = "\"" words "\"", .text = words                                                     \
    }
#define LIST_VALUE(source_json, values)                                                                                \
    {                                                                                                                  \
        .type = VALUE_LIST, .json = source_json, .count = COUNT_OF(values), .items = values                            \
    }
#define RECORD_VALUE(source_json, names, values)                                                                       \
    {                                                                                                                  \
        .type = VALUE_RECORD, .json = source_json, .count = COUNT_OF(values), .items = values, .keys = names           \
    }

#define WORDS(list)                                                                                                    \
    {                                                                                                                  \
        list, COUNT_OF(list)                                                                                           \
    }

#define THING(a_kind, an_id, an_owner, a_claims)                                                                       \
    {                                                                                                                  \
        .kind = a_kind, .id = an_id, .owner = an_owner, .claims = a_claims, .claim_count = COUNT_OF(a_claims)          \
    }

/* The month of Belgium's page, as it is written and as days. */
#define OBSERVED_ON_PAGE .observed = {17348, 17378}, .dated = true
#define PAGE_MONTH "2017-07"

/* What data/methodologies/legal-conditions@1.0.0.json says, but for its criteria and least coverage. */
#define LEGAL_METHOD                                                                                                   \
    .id = "legal-conditions", .version = "1.0.0", .title = "Legal conditions", .theme = "legal-conditions",            \
    .text = "How it is counted.",                                                                                      \
    .values = {[ANSWER_YES] = {{1, 1}, {1, 1}, {1, 1}},                                                                \
               [ANSWER_PARTIAL] = {{1, 4}, {3, 4}, {1, 2}},                                                            \
               [ANSWER_NO] = {{0, 1}, {0, 1}, {0, 1}},                                                                 \
               [ANSWER_UNKNOWN] = {{0, 1}, {1, 1}, {0, 1}}},                                                           \
    .window_months = 24, .bases = {BASIS_ASSESSOR, BASIS_OUR_READING}, .basis_count = 2, .least_sure = SURE_MEDIUM

#define SMALL_DATASET                                                                                                  \
    .id = "test", .title = "A small world", .description = "For tests.", .date = "2026-11-24", .publisher = "Nobody",  \
    .licence = "CC-BY-4.0", .licence_url = "https://creativecommons.org/licenses/by/4.0/", .terms = "Their own."

/* The file's own tables, by the names that facts have for them. */
#define TABLES_OF_THIS_FILE                                                                                            \
    .sources = sources, .source_count = COUNT_OF(sources), .vocabularies = vocabularies,                               \
    .vocabulary_count = COUNT_OF(vocabularies), .criteria = criteria, .criterion_count = COUNT_OF(criteria),           \
    .methodologies = methodologies, .methodology_count = COUNT_OF(methodologies), .answers = answers,                  \
    .answer_count = COUNT_OF(answers)

/* One index of others, with the editions and figures of two arrays. */
#define RANK_INDEX(editions_, figures_)                                                                                \
    {                                                                                                                  \
        .id = "rank", .title = "A rank", .publisher = "Rankers", .text = "What it ranks.", .terms = "Not seen.",       \
        .unit = "points", .lowest = "0", .highest = "100", .better = "higher", .editions = editions_,                  \
        .edition_count = COUNT_OF(editions_), .values = figures_, .value_count = COUNT_OF(figures_)                    \
    }
