/* SPDX-License-Identifier: MIT */
/* The dataset that serve's tests ask. Its answers are short texts that name themselves: what is tested is which of them
 * comes, not what a real one says. */
#include "serve_fixture.h"

#include <stdio.h>

#include "fixture_facts.h"
#include "fixture_files.h"
#include "fixture_store.h"

static char folder[TEMP_FOLDER_SIZE];
static char path[TEMP_FOLDER_SIZE + sizeof("/atlas.db")];

#define CLAIM(name, words)                                                                                             \
    {                                                                                                                  \
        .field = name, .value = TEXT_VALUE(words), .evidence = {.source = "src" }                                      \
    }
#define LIST(name, text, values)                                                                                       \
    {                                                                                                                  \
        .field = name, .value = LIST_VALUE("[\"" text "\"]", values), .evidence = {.source = "src" }                   \
    }

static const struct value greek_aliases[] = {TEXT_VALUE("EL")};
static const struct value former_ids[] = {TEXT_VALUE("old-team")};
static const struct claim belgium[] = {CLAIM("name", "Belgium"), CLAIM("alpha3", "BEL"), CLAIM("numeric", "056"),
                                       CLAIM("standing", "iso")};
static const struct claim greece[] = {CLAIM("name", "Greece"), CLAIM("alpha3", "GRC"), CLAIM("numeric", "300"),
                                      CLAIM("standing", "iso"), LIST("aliases", "EL", greek_aliases)};
static const struct claim kosovo[] = {CLAIM("name", "Kosovo"), CLAIM("alpha3", "XKX"), CLAIM("standing", "iso")};
static const struct claim team[] = {CLAIM("name", "New Team"), LIST("former_ids", "old-team", former_ids),
                                    CLAIM("status", "active")};
static const struct thing things[] = {
    THING(THING_COUNTRY, "BE", NULL, belgium), THING(THING_COUNTRY, "GR", NULL, greece),
    THING(THING_COUNTRY, "XK", NULL, kosovo), THING(THING_CERT, "new-team", "BE", team)};

static void write_facts(struct store_writer *writer, const char *note)
{
    const struct source source = {.id = "src", .title = "A source", .terms = "not stated", .note = note};
    const struct facts facts = {.dataset = {SMALL_DATASET},
                                .sources = &source,
                                .source_count = 1,
                                .things = things,
                                .thing_count = COUNT_OF(things)};
    struct err err = {0};
    must(store_write_facts(writer, &facts, &err), &err);
}

static void add_document(struct store_writer *writer, const char *at, enum media media, enum coding coding)
{
    char body[256];
    int len = snprintf(body, sizeof(body), "{\"data\":{\"at\":\"%s\",\"media\":\"%s\",\"coding\":\"%s\"}}\n", at,
                       media_table[media].name, coding_names[coding]);
    put_document(writer, (struct store_document){at, media, coding, NULL, body, (size_t)len});
}

static const struct {
    const char *at;
    enum media media;
    enum coding coding;
} documents[] = {
    {"/", MEDIA_TEXT, CODING_IDENTITY},
    {"/", MEDIA_HTML, CODING_IDENTITY},
    {"/BE", MEDIA_TEXT, CODING_IDENTITY},
    {"/BE", MEDIA_HTML, CODING_IDENTITY},
    {"/GR", MEDIA_TEXT, CODING_IDENTITY},
    {"/v1", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/countries", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/countries", MEDIA_JSON, CODING_GZIP},
    {"/v1/countries", MEDIA_JSON, CODING_BR},
    {"/v1/countries", MEDIA_CSV, CODING_IDENTITY},
    {"/v1/countries/BE", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/countries/BE", MEDIA_JSON, CODING_GZIP},
    {"/v1/countries/BE", MEDIA_TEXT, CODING_IDENTITY},
    {"/v1/countries/BE/certs", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/countries/BE/certs", MEDIA_CSV, CODING_IDENTITY},
    {"/v1/countries/GR", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/countries/XK", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/certs/new-team", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/sources/src", MEDIA_JSON, CODING_IDENTITY},
    {"/problems/bad-value", MEDIA_TEXT, CODING_IDENTITY},
    {"/problems/bad-value", MEDIA_JSON, CODING_IDENTITY},
    {"/schemas/answer/country.json", MEDIA_SCHEMA, CODING_IDENTITY},
    {"/openapi.json", MEDIA_OPENAPI, CODING_IDENTITY},
    {"/robots.txt", MEDIA_TEXT, CODING_IDENTITY},
};

static const struct {
    const char *code, *name, *group;
} countries[] = {{"BE", "Belgium", "eu"}, {"GR", "Greece", "eu"}, {"XK", "Kosovo", NULL}};

static void add_country(struct store_writer *writer, uint32_t ord)
{
    struct err err = {0};
    char json[128];
    char csv[128];
    int json_len = snprintf(json, sizeof(json), "{\"code\":\"%s\"}", countries[ord].code);
    int csv_len = snprintf(csv, sizeof(csv), "%s\r\n", countries[ord].code);
    const struct store_fragment parts[] = {
        {"countries", MEDIA_JSON, ord, countries[ord].code, json, (size_t)json_len},
        {"countries", MEDIA_NDJSON, ord, countries[ord].code, json, (size_t)json_len},
        {"countries", MEDIA_CSV, ord, countries[ord].code, csv, (size_t)csv_len}};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        must(store_write_fragment(writer, &parts[i], &err), &err);
    must(store_write_facet(writer, "countries", "code", countries[ord].code, ord, &err), &err);
    if (countries[ord].group != NULL)
        must(store_write_facet(writer, "countries", "group", countries[ord].group, ord, &err), &err);
    must(store_write_order(writer, "countries", "name", ord, ord, &err), &err);
    must(store_write_order(writer, "countries", "-name", 2 - ord, ord, &err), &err);
    must(store_write_words(writer, "countries", ord, countries[ord].name, &err), &err);
}

void fixture_write(const char *note)
{
    fixture_write_with(note, NULL);
}

void fixture_write_with(const char *note, void (*more)(struct store_writer *writer))
{
    struct store_writer *writer = NULL;
    struct err err = {0};
    if (path[0] == '\0') {
        temp_folder("serve", folder);
        (void)snprintf(path, sizeof(path), "%s/atlas.db", folder);
    }
    must(store_create(&writer, &err), &err);
    write_facts(writer, note);
    for (size_t i = 0; i < COUNT_OF(documents); i++)
        add_document(writer, documents[i].at, documents[i].media, documents[i].coding);
    for (uint32_t ord = 0; ord < COUNT_OF(countries); ord++)
        add_country(writer, ord);
    must(store_write_allowed(writer, "countries", "group", "eu", &err), &err);
    must(store_write_allowed(writer, "countries", "group", "efta", &err), &err);
    if (more != NULL)
        more(writer);
    must(store_publish(writer, path, &err), &err);
    store_writer_free(writer);
}

const char *fixture_path(void)
{
    return path;
}

void fixture_remove(void)
{
    tree_remove(folder);
    path[0] = '\0';
}

struct outcome fixture_ask(struct snapshot *snapshot, const char *method, const char *target, const char *accept)
{
    struct outcome outcome;
    serve_request(snapshot, &(struct request){.method = method, .target = target, .accept = accept}, &outcome);
    return outcome;
}

void outcome_done(struct outcome *outcome)
{
    made_unref(outcome->made);
    outcome->made = NULL;
}

const char *outcome_body(const struct outcome *outcome)
{
    return outcome->ready != NULL ? outcome->ready->body : outcome->made != NULL ? outcome->made->body : "";
}

const char *outcome_etag(const struct outcome *outcome)
{
    return outcome->ready != NULL ? outcome->ready->etag : outcome->made != NULL ? outcome->made->etag : "";
}

const char *outcome_address(const struct outcome *outcome)
{
    const char *address = outcome->ready != NULL  ? outcome->ready->content_location
                          : outcome->made != NULL ? outcome->made->content_location
                                                  : NULL;
    return address == NULL ? "" : address;
}
