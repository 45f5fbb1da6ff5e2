/* SPDX-License-Identifier: MIT */
/* The fixture of the store's tests: a folder, facts made by hand, a dataset of them, and all that can be read from a
 * file as one digest. */
#include "check_store.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/facts.h"
#include "fixture_facts.h"
#include "fixture_store.h"

char fixture_folder[TEMP_FOLDER_SIZE];

void fixture_setup(void)
{
    temp_folder("store", fixture_folder);
}

void fixture_teardown(void)
{
    tree_remove(fixture_folder);
}

const char *fixture_path(const char *name)
{
    static char paths[4][2 * TEMP_FOLDER_SIZE];
    static size_t next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, sizeof(paths[0]), "%s/%s", fixture_folder, name);
    return path;
}

size_t fixture_entries(void)
{
    size_t count = 0;
    DIR *folder = opendir(fixture_folder);
    ck_assert_ptr_nonnull(folder);
    while (readdir(folder) != NULL)
        count++;
    (void)closedir(folder);
    return count - 2;
}

static const struct source sources[] = {{.id = "page", .title = "A page", .terms = "not stated"},
                                        {.id = "site", .title = "A site", .captured = "2024-05-01", .terms = "CC0"}};
static const struct term terms[] = {{.id = "national", .label = "National"}, {.id = "sector", .label = "Sector"}};
static const struct vocabulary vocabularies[] = {
    {.id = "cert-types", .title = "Types of teams", .terms = terms, .term_count = COUNT_OF(terms)}};
static const struct meaning meanings[] = {{ANSWER_YES, "There is a law."}};
static const struct criterion criteria[] = {{.id = "annual-audit",
                                             .theme = "legal",
                                             .label = "Audit",
                                             .question = "Is there an annual audit?",
                                             .allowed = {[ANSWER_YES] = true, [ANSWER_NO] = true},
                                             .meanings = meanings,
                                             .meaning_count = COUNT_OF(meanings),
                                             .source = "page"}};
static const struct weight weights[] = {{"annual-audit", 2}};
static const struct methodology methodologies[] = {
    {LEGAL_METHOD, .least_coverage = {3, 5}, .weights = weights, .weight_count = COUNT_OF(weights)}};
static const struct answer answers[] = {{.country = "BE",
                                         .criterion = "annual-audit",
                                         .value = ANSWER_NO,
                                         .evidence = {.source = "page", .at = "L54", .observed = PAGE_MONTH},
                                         OBSERVED_ON_PAGE}};

/* One index of others, with a figure of one country. */
static const struct index_part editions[] = {{.id = "2024", .title = "Of 2024"}};
static const struct index_value figures[] = {{"BE", "2024", NULL, "18.4186", {.source = "page"}}};
static const struct index indices[] = {RANK_INDEX(editions, figures)};

/* Names in two languages, and an order of contacts with every kind of word. */
static const struct country_name names[] = {{"BE", "fr", "Belgique"}, {"BE", "nl", "België"}, {"GR", "el", "Ελλάδα"}};
static const char *const incident_terms[] = {"incidents", "emergencies"};
static const char *const incident[] = {"incident"};
static const char *const citizen[] = {"citizen"};
static const char *const national[] = {"national", "last_resort"};
static const char *const local[] = {"local"};
static const char *const finance[] = {"finance"};
static const char *const roles[] = {"regulator"};
static const struct contact_word purposes[] = {{"incident", "Report an incident", WORDS(incident_terms)},
                                               {"other", "Something else", {0}}};
static const struct contact_word audiences[] = {{"citizen", "Citizens", WORDS(citizen)}};
static const struct contact_rule rules[] = {
    {.id = "national",
     .purposes = WORDS(incident),
     .audiences = WORDS(citizen),
     .kind = THING_CERT,
     .types = WORDS(national),
     .without = WORDS(local),
     .sectors = WORDS(finance),
     .reason = "It is there for all."},
    {.id = "regulator", .kind = THING_INSTITUTION, .roles = WORDS(roles), .reason = "It knows who is."},
    {.id = "beyond", .beyond = true, .kind = THING_CERT, .reason = "The rest."}};

static struct claim text_claim(struct arena *arena, const char *field, const char *text)
{
    return (struct claim){
        .field = field,
        .value = {.type = VALUE_TEXT, .json = arena_printf(arena, "\"%s\"", text), .text = arena_text(arena, text)},
        .evidence = {.source = "page"}};
}

static struct claim list_claim(struct arena *arena, const char *field, const char *text)
{
    struct value *item = arena_alloc(arena, sizeof(*item));
    ck_assert_ptr_nonnull(item);
    *item = (struct value){.type = VALUE_TEXT, .json = arena_printf(arena, "\"%s\"", text), .text = text};
    return (struct claim){
        .field = field,
        .value = {.type = VALUE_LIST, .json = arena_printf(arena, "[\"%s\"]", text), .count = 1, .items = item},
        .evidence = {.source = "page"}};
}

static struct thing country(struct arena *arena, const char *code, const char *alpha3, const char *name,
                            const char *alias)
{
    struct claim *claims = arena_array(arena, 3, sizeof(*claims));
    ck_assert_ptr_nonnull(claims);
    claims[0] = text_claim(arena, "name", name);
    claims[1] = text_claim(arena, "alpha3", alpha3);
    claims[2] = list_claim(arena, "aliases", alias);
    return (struct thing){.kind = THING_COUNTRY, .id = code, .claims = claims, .claim_count = alias == NULL ? 2 : 3};
}

static struct thing cert(struct arena *arena, int number, int variant)
{
    struct claim *claims = arena_array(arena, 5, sizeof(*claims));
    ck_assert_ptr_nonnull(claims);
    claims[0] = text_claim(arena, "name", arena_printf(arena, "Team %d", number));
    claims[0].evidence.note = arena_printf(arena, "variant %d", variant);
    claims[1] = list_claim(arena, "former_ids", arena_printf(arena, "old-%d", number));
    claims[2] = text_claim(arena, "status", "active");
    claims[3] = list_claim(arena, "types", number % 2 == 0 ? "national" : "sector");
    claims[4] = (struct claim){.field = "established", .unknown = "lost_in_capture", .evidence = {.source = "page"}};
    return (struct thing){.kind = THING_CERT,
                          .id = arena_printf(arena, "cert-%d", number),
                          .owner = number < 3 ? "BE" : "eu",
                          .claims = claims,
                          .claim_count = 5};
}

struct facts *fixture_facts(int variant)
{
    struct arena *arena = arena_new(1024 * 1024);
    ck_assert_ptr_nonnull(arena);
    struct facts *facts = arena_alloc(arena, sizeof(*facts));
    struct thing *things = arena_array(arena, 3 + FIXTURE_CERTS, sizeof(*things));
    ck_assert(facts != NULL && things != NULL);
    things[0] = country(arena, "BE", "BEL", "Belgium", NULL);
    things[1] = country(arena, "GR", "GRC", "Greece", "EL");
    things[2] = (struct thing){.kind = THING_ORGANISATION, .id = "eu"};
    for (int i = 0; i < FIXTURE_CERTS; i++)
        things[3 + i] = cert(arena, i, variant);
    *facts = (struct facts){
        .arena = arena,
        .dataset = {SMALL_DATASET},
        TABLES_OF_THIS_FILE,
        .things = things,
        .thing_count = 3 + FIXTURE_CERTS,
        .indices = indices,
        .index_count = COUNT_OF(indices),
        .names = names,
        .name_count = COUNT_OF(names),
        .names_source = "page",
        .contacts = {purposes, COUNT_OF(purposes), audiences, COUNT_OF(audiences), rules, COUNT_OF(rules)}};
    ck_assert(arena_ok(arena));
    return facts;
}

static void write_document(struct store_writer *writer, const char *path, enum media media, const char *body)
{
    put_document(writer, (struct store_document){.path = path, .media = media, .body = body, .len = strlen(body)});
}

static void write_item(struct store_writer *writer, uint32_t ord)
{
    static const char *const words[FIXTURE_CERTS] = {"Zürich bank", "Liège bank", "athens", "national_team bank one",
                                                     "foo-bar"};
    char id[16];
    char body[32];
    struct err err;
    (void)snprintf(id, sizeof(id), "cert-%u", ord);
    (void)snprintf(body, sizeof(body), "{\"id\":\"cert-%u\"}", ord);
    struct store_fragment fragment = {
        .list = "certs", .media = MEDIA_JSON, .ord = ord, .id = id, .body = body, .len = strlen(body)};
    bool ok = store_write_fragment(writer, &fragment, &err) &&
              store_write_facet(writer, "certs", "country", ord < 3 ? "BE" : "eu", ord, &err) &&
              store_write_facet(writer, "certs", "type", ord % 2 == 0 ? "national" : "sector", ord, &err) &&
              store_write_facet(writer, "certs", "type", "any", ord, &err) &&
              store_write_facet(writer, "certs", "type", "any", ord, &err) &&
              store_write_order(writer, "certs", "-name", FIXTURE_CERTS - 1 - ord, ord, &err) &&
              store_write_order(writer, "certs", "name", ord, ord, &err) &&
              store_write_words(writer, "certs", ord, words[ord], &err) &&
              store_write_words(writer, "others", ord, "elsewhere", &err);
    ck_assert_msg(ok, "%s", err.text);
}

struct store_writer *fixture_writer(int variant)
{
    struct facts *facts CLEANUP(facts_cleanup) = fixture_facts(variant);
    struct store_writer *writer;
    struct err err;
    ck_assert_msg(store_create(&writer, &err), "%s", err.text);
    ck_assert_msg(store_write_facts(writer, facts, &err), "%s", err.text);
    write_document(writer, "/v1/countries/BE", MEDIA_JSON, "{\"data\":\"the body of Belgium\"}\n");
    write_document(writer, "/v1/countries/BE", MEDIA_TEXT, "Belgium\n");
    write_document(writer, "/empty", MEDIA_TEXT, "");
    for (uint32_t ord = 0; ord < FIXTURE_CERTS; ord++)
        write_item(writer, ord);
    ck_assert(store_write_allowed(writer, "certs", "type", "sector", &err));
    ck_assert(store_write_allowed(writer, "certs", "type", "national", &err));
    return writer;
}

void fixture_publish(const char *path, int variant)
{
    struct err err;
    struct store_writer *writer = fixture_writer(variant);
    bool ok = store_publish(writer, path, &err);
    store_writer_free(writer);
    ck_assert_msg(ok, "%s", err.text);
}

static bool add_document(void *cls, const struct store_document *document)
{
    buf_printf(cls, "D %s %d %d %s %zu ", document->path, (int)document->media, (int)document->coding, document->etag,
               document->len);
    buf_add(cls, document->body, document->len);
    return true;
}

static bool add_fragment(void *cls, const struct store_fragment *fragment)
{
    buf_printf(cls, "F %s %d %u %s ", fragment->list, (int)fragment->media, fragment->ord, fragment->id);
    buf_add(cls, fragment->body, fragment->len);
    return true;
}

static bool add_texts(void *cls, const char *a, const char *b, const char *c)
{
    buf_printf(cls, "T %s %s %s\n", a, b, c);
    return true;
}

static void add_found(struct buf *out, struct store *store, const char *q, const char *sort)
{
    struct err err;
    uint32_t *found = NULL;
    size_t count = 0;
    struct store_reader *reader = store_lend(store);
    bool ok = store_find(reader, "certs", NULL, 0, q, sort, &found, &count, &err);
    store_give_back(store, reader);
    ck_assert_msg(ok, "%s", err.text);
    buf_printf(out, "Q %s:", q == NULL ? "" : q);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, " %u", found[i]);
    free(found);
}

bool fixture_content(const char *path, char ret[DIGEST_SIZE], struct err *err)
{
    struct store *store;
    struct buf out CLEANUP(buf_done);
    buf_init(&out, 1024 * 1024);
    if (!store_open(path, 1, &store, err))
        return false;
    if (!store_documents(store, add_document, &out, err)) {
        store_close(store);
        return false;
    }
    bool ok = store_fragments(store, add_fragment, &out, err) && store_aliases(store, add_texts, &out, err) &&
              store_allowed(store, add_texts, &out, err);
    ck_assert_msg(ok, "%s", err->text);
    add_found(&out, store, "bank", "-name");
    add_found(&out, store, NULL, NULL);
    buf_printf(&out, "%s %s", store_key(store, "revision"), store_key(store, "title"));
    store_close(store);
    ck_assert(buf_ok(&out));
    digest_of(out.data, out.len, ret);
    return true;
}
