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
static const char *const member_keys[] = {"group", "since"};
static const struct value belgian_eu[] = {TEXT_VALUE("eu"), TEXT_VALUE("1958-01-01")};
static const struct value greek_eu[] = {TEXT_VALUE("eu"), TEXT_VALUE("1981-01-01")};
#define MEMBER(json, record)                                                                                           \
    {                                                                                                                  \
        .field = "groups", .item = "1", .value = RECORD_VALUE(json, member_keys, record), .evidence = {                \
            .source = "src"                                                                                            \
        }                                                                                                              \
    }

static const struct claim belgium[] = {CLAIM("name", "Belgium"), CLAIM("alpha3", "BEL"), CLAIM("numeric", "056"),
                                       CLAIM("standing", "iso"),
                                       MEMBER("{\"group\":\"eu\",\"since\":\"1958-01-01\"}", belgian_eu)};
static const struct claim greece[] = {
    CLAIM("name", "Greece"),  CLAIM("alpha3", "GRC"),
    CLAIM("numeric", "300"),  LIST("aliases", "EL", greek_aliases),
    CLAIM("standing", "iso"), MEMBER("{\"group\":\"eu\",\"since\":\"1981-01-01\"}", greek_eu)};
static const struct claim kosovo[] = {CLAIM("name", "Kosovo"), CLAIM("alpha3", "XKX"),
                                      CLAIM("standing", "user_assigned")};
static const struct claim britain[] = {CLAIM("name", "United Kingdom"), CLAIM("standing", "iso")};
static const struct claim the_union[] = {CLAIM("name", "The Union")};
static const struct claim union_team[] = {CLAIM("name", "Union Team"), CLAIM("status", "active")};
static const struct claim team[] = {CLAIM("name", "New Team"), LIST("former_ids", "old-team", former_ids),
                                    CLAIM("status", "active")};
static const struct thing things[] = {
    THING(THING_COUNTRY, "BE", NULL, belgium),        THING(THING_COUNTRY, "GB", NULL, britain),
    THING(THING_COUNTRY, "GR", NULL, greece),         THING(THING_COUNTRY, "XK", NULL, kosovo),
    THING(THING_ORGANISATION, "eu", NULL, the_union), THING(THING_CERT, "new-team", "BE", team),
    THING(THING_CERT, "union-team", "eu", union_team)};

/* Whom to tell: anybody, first in the country, then beyond it. */
static const struct contact_word purposes[] = {{.id = "incident", .label = "Report an incident"}};
static const struct contact_word audiences[] = {{.id = "citizen", .label = "Citizens"}};
static const struct contact_rule contact_rules[] = {
    {.id = "any-team", .kind = THING_CERT, .reason = "It is there."},
    {.id = "beyond", .beyond = true, .kind = THING_CERT, .reason = "It is beyond."}};

/* What scores are asked of: three versions of one methodology, and one of another theme whose choices are its own. */
static const struct term groups[] = {{"efta", "EFTA", NULL}, {"eu", "European Union", NULL}};
static const struct term themes[] = {{"legal-conditions", "Legal conditions", NULL}, {"strategy-goals", "Goals", NULL}};
static const struct vocabulary vocabularies[] = {
    {.id = "groups", .title = "Groups", .terms = groups, .term_count = COUNT_OF(groups)},
    {.id = "themes", .title = "Themes", .terms = themes, .term_count = COUNT_OF(themes)}};
#define CRITERION(an_id, a_theme)                                                                                      \
    {                                                                                                                  \
        .id = an_id, .theme = a_theme, .label = an_id, .question = "Is it so?",                                        \
        .allowed = {[ANSWER_YES] = true, [ANSWER_PARTIAL] = true, [ANSWER_NO] = true}, .source = "src"                 \
    }
static const struct criterion criteria[] = {
    CRITERION("annual-audit", "legal-conditions"), CRITERION("cip-strategy", "legal-conditions"),
    CRITERION("mandatory-reporting", "legal-conditions"), CRITERION("goal-a", "strategy-goals"),
    CRITERION("goal-b", "strategy-goals")};
static const struct weight legal_weights[] = {{"annual-audit", 1}, {"cip-strategy", 1}, {"mandatory-reporting", 1}};
static const struct weight goal_weights[] = {{"goal-a", 4}, {"goal-b", 2}};
#define ANSWER(code, asked, what)                                                                                      \
    {                                                                                                                  \
        .country = code, .criterion = asked, .value = what, .evidence = {.source = "src", .observed = PAGE_MONTH},     \
        .sure = SURE_HIGH, OBSERVED_ON_PAGE                                                                            \
    }
static const struct answer fixture_answers[] = {
    ANSWER("BE", "annual-audit", ANSWER_NO), ANSWER("BE", "cip-strategy", ANSWER_PARTIAL),
    ANSWER("BE", "goal-a", ANSWER_YES),      ANSWER("GR", "annual-audit", ANSWER_YES),
    ANSWER("GR", "cip-strategy", ANSWER_NO), ANSWER("GR", "mandatory-reporting", ANSWER_YES)};

static void make_methodologies(struct methodology ret[4])
{
    static const char *const versions[] = {"1.0.0", "1.0.1", "1.1.0"};
    const struct methodology legal = {LEGAL_METHOD, .least_coverage = {3, 5}, .weights = legal_weights,
                                      .weight_count = COUNT_OF(legal_weights)};
    for (size_t i = 0; i < COUNT_OF(versions); i++) {
        ret[i] = legal;
        ret[i].version = versions[i];
    }
    ret[3] = legal;
    ret[3].id = ret[3].theme = "strategy-goals";
    ret[3].weights = goal_weights;
    ret[3].weight_count = COUNT_OF(goal_weights);
    ret[3].least_sure = SURE_HIGH;
}

uint32_t fixture_finding(const char *id)
{
    static const enum thing_kind kinds[] = {THING_COUNTRY, THING_CERT};
    uint32_t ord = 0;
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        for (size_t i = 0; i < COUNT_OF(things); i++) {
            if (things[i].kind == kinds[k] && strcmp(things[i].id, id) == 0)
                return ord;
            ord += things[i].kind == kinds[k] ? 1 : 0;
        }
    return ord; /* the source, behind all of them */
}

static void write_facts(struct store_writer *writer, const char *note)
{
    const struct source source = {.id = "src", .title = "A source", .terms = "not stated", .note = note};
    struct methodology methodologies[4];
    make_methodologies(methodologies);
    const struct facts facts = {.dataset = {SMALL_DATASET},
                                .sources = &source,
                                .source_count = 1,
                                .vocabularies = vocabularies,
                                .vocabulary_count = COUNT_OF(vocabularies),
                                .criteria = criteria,
                                .criterion_count = COUNT_OF(criteria),
                                .methodologies = methodologies,
                                .methodology_count = COUNT_OF(methodologies),
                                .things = things,
                                .thing_count = COUNT_OF(things),
                                .answers = fixture_answers,
                                .answer_count = COUNT_OF(fixture_answers),
                                .contacts = {purposes, COUNT_OF(purposes), audiences, COUNT_OF(audiences),
                                             contact_rules, COUNT_OF(contact_rules)}};
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
    {"/v1/countries/BE/legal-conditions", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/countries/BE/legal-conditions", MEDIA_CSV, CODING_IDENTITY},
    {"/v1/countries/BE/legal-conditions", MEDIA_TEXT, CODING_IDENTITY},
    {"/v1/countries/BE/contacts", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/countries/BE/contacts", MEDIA_CSV, CODING_IDENTITY},
    {"/v1/countries/BE/contacts", MEDIA_TEXT, CODING_IDENTITY},
    {"/v1/countries/BE/contacts", MEDIA_VCARD, CODING_IDENTITY},
    {"/v1/countries/BE/timeline", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/countries/BE/timeline", MEDIA_CSV, CODING_IDENTITY},
    {"/v1/countries/BE/timeline", MEDIA_TEXT, CODING_IDENTITY},
    {"/v1/assessments", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/assessments/wide", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/assessments/wide", MEDIA_CSV, CODING_IDENTITY},
    {"/v1/scores", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/scores", MEDIA_TEXT, CODING_IDENTITY},
    {"/v1/scores/BE", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/scores/BE", MEDIA_CSV, CODING_IDENTITY},
    {"/v1/scores/BE", MEDIA_TEXT, CODING_IDENTITY},
    {"/v1/scores/BE/history", MEDIA_JSON, CODING_IDENTITY},
    {"/v1/scores/BE/history", MEDIA_CSV, CODING_IDENTITY},
    {"/v1/scores/BE/history", MEDIA_TEXT, CODING_IDENTITY},
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
    must(store_write_allowed(writer, "assessments", "theme", "legal-conditions", &err), &err);
    must(store_write_allowed(writer, "assessments", "theme", "strategy-goals", &err), &err);
    must(store_write_allowed(writer, "assessments", "criterion", "annual-audit", &err), &err);
    if (more != NULL)
        more(writer);
    must(store_publish(writer, path, &err), &err);
    store_writer_free(writer);
}

const char *fixture_path(void)
{
    return path;
}

struct snapshot *fixture_open(void)
{
    static const struct config config = {
        .cache_bytes = 256 * 1024, .public_url = "", .security_contact = "", .security_expires = ""};
    struct snapshot *snapshot = NULL;
    struct err err = {0};
    ck_assert_msg(snapshot_open(fixture_path(), &config, 2, &snapshot, &err), "%s", err.text);
    return snapshot;
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
    static struct buf addresses[2]; /* two, so that the addresses of two answers can be held against each other */
    static size_t turn;
    if (outcome->ready == NULL)
        return outcome->made == NULL || outcome->made->content_location == NULL ? "" : outcome->made->content_location;
    struct buf *address = &addresses[turn++ % COUNT_OF(addresses)];
    buf_done(address);
    buf_init(address, 4096);
    representation_address(outcome->ready, address);
    ck_assert(buf_ok(address));
    return address->data;
}
