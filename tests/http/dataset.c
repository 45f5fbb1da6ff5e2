/* SPDX-License-Identifier: MIT */
/* Datasets for the HTTP tests: real files of a few documents, whose bodies tell the dataset's number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../fixture_facts.h"
#include "../fixture_files.h"
#include "../fixture_store.h"
#include "fixture.h"

enum { SMALL_BODY = 256 };

/* The least that questions can be about: one criterion, and a methodology that weighs it. */
static const struct source sources[] = {{.id = "page", .title = "A page", .terms = "not stated"}};
static const struct criterion criteria[] = {{.id = "annual-audit",
                                             .theme = "legal-conditions",
                                             .label = "Audit",
                                             .question = "Is there an annual audit?",
                                             .allowed = {[ANSWER_YES] = true, [ANSWER_NO] = true},
                                             .source = "page"}};
static const struct weight weights[] = {{"annual-audit", 1}};
static const struct methodology methodologies[] = {
    {LEGAL_METHOD, .least_coverage = {3, 5}, .weights = weights, .weight_count = COUNT_OF(weights)}};

/* `size` bytes that no other number's document has. */
static char *make_body(unsigned number, const char *path, size_t size)
{
    char *body = calloc(1, size + 1);
    ck_assert_ptr_nonnull(body);
    int len = snprintf(body, size, "{\"data\":{\"number\":%u,\"path\":\"%s\",\"text\":\"", number, path);
    memset(body + len, (int)('a' + number % 26), size - (size_t)len);
    memcpy(body + size - 4, "\"}}\n", 5);
    return body;
}

static void add_document(struct store_writer *writer, unsigned number, struct store_document document)
{
    char *body = make_body(number, document.path, document.len);
    document.body = body;
    put_document(writer, document);
    free(body);
}

void fixture_dataset(const char *path, unsigned number, size_t large)
{
    struct err err = {0};
    struct store_writer *writer;
    char title[32];
    (void)snprintf(title, sizeof(title), "number %u", number);
    struct facts facts = {.dataset = {SMALL_DATASET},
                          .sources = sources,
                          .source_count = COUNT_OF(sources),
                          .criteria = criteria,
                          .criterion_count = COUNT_OF(criteria),
                          .methodologies = methodologies,
                          .methodology_count = COUNT_OF(methodologies)};
    facts.dataset.title = title;
    must(store_create(&writer, &err), &err);
    must(store_write_facts(writer, &facts, &err), &err);
    const struct store_document documents[] = {
        {.path = "/", .media = MEDIA_HTML, .len = SMALL_BODY},
        {.path = "/v1", .media = MEDIA_JSON, .len = SMALL_BODY},
        {.path = "/v1/countries/BE", .media = MEDIA_JSON, .len = SMALL_BODY},
        {.path = "/v1/countries/BE", .media = MEDIA_JSON, .coding = CODING_GZIP, .len = SMALL_BODY - 1},
        {.path = "/v1/countries/NL", .media = MEDIA_JSON, .len = large < SMALL_BODY ? SMALL_BODY : large},
    };
    for (size_t i = 0; i < COUNT_OF(documents); i++)
        add_document(writer, number, documents[i]);
    must(store_publish(writer, path, &err), &err);
    store_writer_free(writer);
}

void fixture_broken(const char *path)
{
    file_write(path, "broken\n", strlen("broken\n"));
}
