/* SPDX-License-Identifier: MIT */
/* Every address the service answers, and a pure matcher over them. Which media types an address has is told by view's
 * document_kinds; here stand only the two documents that the operator's settings make. A route that matches always
 * names the same document whatever the method, so 404 and 405 never mix. */
#include <ctype.h>
#include <pthread.h>
#include <string.h>

#include "internal.h"

#define ASKS(what) (1U << ASK_##what)
/* Which claims speak, by which rule, and of whom: what all answers about scores take. */
#define ASKS_CELL (ASKS(METHODOLOGY) | ASKS(AS_OF) | ASKS(MAX_AGE) | ASKS(BASIS) | ASKS(SURE))
#define ASKS_RULE (ASKS_CELL | ASKS(WEIGHTS))
#define ASKS_SCORE (ASKS_RULE | ASKS(GROUP) | ASKS(COUNTRIES) | ASKS(EXPLAIN))
/* For whom, and to what end. */
#define ASKS_TELL (ASKS(AUDIENCE) | ASKS(PURPOSE) | ASKS(ASCII))

const struct route route_table[] = {
    {"/", "Help on one screen, for people", NULL, NULL, 0},
    {"/v1", "What there is: addresses, revision, date, licence, formats", NULL, "index", 0},
    {"/v1/countries", "Every country, with what is known in short", "countries", "countries", 0},
    {"/v1/countries/{code}", "One country in full", NULL, "country", 0},
    {"/v1/countries/{code}/assessments", "Each criterion with its value and claims", NULL, "country-assessments", 0},
    {"/v1/countries/{code}/legal-conditions", "The legal conditions and their score", NULL, "legal-conditions",
     ASKS_SCORE | ASKS(ASCII)},
    {"/v1/countries/{code}/certs", "A country's response teams", NULL, "country-certs", 0},
    {"/v1/countries/{code}/timeline", "What happened when, by source", NULL, "timeline", ASKS(ASCII)},
    {"/v1/countries/{code}/contacts", "Whom to tell in a country, in order", NULL, "contacts", ASKS_TELL},
    {"/v1/certs", "Response teams (CERT/CSIRT)", "certs", "certs", 0},
    {"/v1/certs/{id}", "One response team in full", NULL, "cert", 0},
    {"/v1/criteria", "The questions that are asked of each country", "criteria", "criteria", 0},
    {"/v1/criteria/{id}", "One criterion", NULL, "criterion", 0},
    {"/v1/assessments", "Country by criterion, with every claim", "assessments", "assessments",
     ASKS_SCORE | ASKS(COUNTRY)},
    {"/v1/assessments/wide", "The same as one table: a row for each country, a column for each criterion", NULL,
     "assessments-wide", ASKS_CELL | ASKS(GROUP) | ASKS(COUNTRIES)},
    {"/v1/scores", "The score of each country, with its interval", "scores", "scores",
     ASKS_SCORE | ASKS(COUNTRY) | ASKS(ASCII)},
    {"/v1/scores/{code}", "One country's score", NULL, "score", ASKS_SCORE | ASKS(ASCII)},
    {"/v1/scores/{code}/history", "When a country's score changed, and why", NULL, "score-history",
     ASKS_RULE | ASKS(ASCII)},
    {"/v1/compare", "Two to six countries, criterion by criterion", NULL, "compare", ASKS_SCORE | ASKS(ASCII)},
    {"/v1/contacts", "Whom to tell, by country, domain or address", NULL, "contacts",
     ASKS_TELL | ASKS(COUNTRY) | ASKS(DOMAIN) | ASKS(IP)},
    {"/v1/methodologies", "How scores are computed", "methodologies", "methodologies", 0},
    {"/v1/methodologies/{id}", "One methodology in full", NULL, "methodology", 0},
    {"/v1/sources", "Where the facts come from", "sources", "sources", 0},
    {"/v1/sources/{id}", "One source and what rests on it", NULL, "source", 0},
    {"/v1/vocabularies", "The lists of terms", "vocabularies", "vocabularies", 0},
    {"/v1/vocabularies/{id}", "One list of terms", NULL, "vocabulary", 0},
    {"/v1/indices", "Figures that others publish about countries", "indices", "indices", 0},
    {"/v1/indices/{id}", "One index with every figure", NULL, "index-values", 0},
    {"/v1/search", "Countries, teams, institutions, strategies, laws and sources by their words", "search", "search",
     0},
    {"/v1/exports", "Whole files to keep: size, hash and address of each", NULL, "exports", 0},
    {"/v1/exports/{name}", "One file: SQLite, CSV, Data Package, catalogue", NULL, NULL, 0},
    {"/v1/revisions", "What was published when", "revisions", "revisions", 0},
    {"/v1/changes", "What was added, changed, removed since a revision", "changes", "changes", ASKS(SINCE)},
    {"/intelmq/lookup", "Who takes reports, as IntelMQ's tuency expert asks", NULL, "intelmq-lookup",
     ASKS(DOMAIN) | ASKS(IP)},
    {"/intelmq/teams.json", "Teams and what they are for, as trusted_introducer_lookup reads them", NULL,
     "intelmq-teams", 0},
    {"/intelmq/national", "The national team of an address, as national_cert_contact_certat asks", NULL, NULL,
     ASKS(IP) | ASKS(FILTER) | ASKS(SHOW) | ASKS(SEPARATOR)},
    {"/openapi.json", "The contract (OpenAPI 3.1)", NULL, NULL, 0},
    {"/schemas/answer/{name}", "JSON Schema of an answer", NULL, NULL, 0},
    {"/schemas/seed/{name}", "JSON Schema of a seed file", NULL, NULL, 0},
    {"/problems/{id}", "What a problem means and what to do about it", NULL, "problem-page", 0},
    {"/.well-known/api-catalog", "Where the API's descriptions are (RFC 9727)", NULL, "linkset", 0},
    {"/.well-known/security.txt", "Whom to tell of a weakness (RFC 9116)", NULL, NULL, 0},
    {"/robots.txt", "For crawlers", NULL, NULL, 0},
    {"/favicon.ico", "The icon", NULL, NULL, 0},
    {"/compare", "Two to six countries side by side, for people", NULL, NULL, 0},
    {"/what-if", "Scores with other weights and ages of evidence, for people", NULL, NULL, 0},
    {"/teams", "The directory of response teams, for people", NULL, NULL, 0},
    {"/tell", "Whom to tell of an incident, for people", NULL, NULL, 0},
    {"/method", "How scores come about, and every source, for people", NULL, NULL, 0},
    {"/docs", "The API reference", NULL, NULL, 0},
    {"/assets/js/{name}", "A script of the dashboard, by its hash", NULL, NULL, 0},
    {"/assets/css/{name}", "A style of the dashboard, by its hash", NULL, NULL, 0},
    {"/healthz", "204 while answers are served, else 503", NULL, NULL, 0},
    {"/{code}", "One country for a terminal, 80 columns", NULL, NULL, 0},
};
const size_t route_count = COUNT_OF(route_table);

bool route_same(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        if (*a == '{') {
            a = strchr(a, '}');
            b = strchr(b, '}');
        }
        a++;
        b++;
    }
    return *a == *b;
}

bool route_whole(const struct route *route)
{
    return strncmp(route->path, "/schemas/", 9) == 0 || strncmp(route->path, "/assets/", 8) == 0 ||
           strncmp(route->path, STORE_EXPORTS, 12) == 0 || strchr(route->path, '.') != NULL;
}

const struct document_kind *route_kind(const struct route *route, enum media media)
{
    for (size_t i = 0; i < document_kind_count; i++)
        if (document_kinds[i].media == media && route_same(document_kinds[i].path, route->path))
            return &document_kinds[i];
    return NULL;
}

static void find_medias(const struct route *route, struct offer *ret)
{
    for (size_t i = 0; i < own_count; i++)
        if (strcmp(own_table[i].path, route->path) == 0)
            ret->medias[ret->count++] = own_table[i].media;
    if (strncmp(route->path, "/schemas/", 9) == 0)
        ret->medias[ret->count++] = MEDIA_SCHEMA;
    for (size_t i = 0; i < document_kind_count && ret->count < MEDIA_COUNT; i++)
        if (route_same(document_kinds[i].path, route->path))
            ret->medias[ret->count++] = document_kinds[i].media;
    const struct document_kind *first = ret->count == 0 ? NULL : route_kind(route, ret->medias[0]);
    ret->only_asked = first != NULL && first->only_asked;
}

/* The tables never change, so they are walked once in a program's life and by no request. */
static struct offer offers[COUNT_OF(route_table)];
static pthread_once_t offers_made = PTHREAD_ONCE_INIT;

static void make_offers(void)
{
    for (size_t i = 0; i < COUNT_OF(route_table); i++)
        find_medias(&route_table[i], &offers[i]);
}

const struct offer *route_offer(const struct route *route)
{
    (void)pthread_once(&offers_made, make_offers);
    return &offers[route - route_table];
}

size_t route_medias(const struct route *route, enum media ret[MEDIA_COUNT])
{
    const struct offer *offer = route_offer(route);
    memcpy(ret, offer->medias, sizeof(offer->medias));
    return offer->count;
}

bool route_has(const struct route *route, enum media media)
{
    enum media medias[MEDIA_COUNT];
    size_t count = route_medias(route, medias);
    for (size_t i = 0; i < count; i++)
        if (medias[i] == media)
            return true;
    return false;
}

/* Two or three letters, or three digits: what the pages at the root take for a country. */
static bool code_shape(const char *text, size_t len)
{
    size_t letters = 0;
    size_t digits = 0;
    for (size_t i = 0; i < len; i++) {
        letters += isalpha((unsigned char)text[i]) ? 1 : 0;
        digits += isdigit((unsigned char)text[i]) ? 1 : 0;
    }
    return (letters == len && (len == 2 || len == 3)) || (digits == len && len == 3);
}

/* Does segment text[0..len) fit the template's segment at `form`, which is form_len long? */
static bool segment_fits(const struct route *route, const char *form, size_t form_len, const char *text, size_t len)
{
    if (form[0] != '{' || len == 0)
        return len > 0 && form_len == len && memcmp(form, text, len) == 0;
    return form != route->path + 1 || code_shape(text, len);
}

static bool route_fits(const struct route *route, const struct target *target, struct match *ret)
{
    struct match match = {.route = route, .suffix = ""};
    const char *form = route->path + 1;
    for (size_t i = 0; i < target->count; i++) {
        const char *text = target->segments[i];
        size_t len = strlen(text);
        if (i + 1 == target->count && !route_whole(route)) {
            len = strcspn(text, ".");
            match.suffix = text + len;
        }
        size_t form_len = strcspn(form, "/");
        if (!segment_fits(route, form, form_len, text, len))
            return false;
        if (form[0] == '{') {
            match.id = text;
            match.id_len = len;
        }
        form += form_len;
        if ((*form == '/') != (i + 1 < target->count))
            return false;
        form += *form == '/' ? 1 : 0;
    }
    if (*form != '\0')
        return false;
    *ret = match;
    return true;
}

static bool find_any(const struct target *target, struct match *ret)
{
    for (size_t i = 0; i < route_count && target->count <= TARGET_SEGMENTS; i++)
        if (route_fits(&route_table[i], target, ret))
            return true;
    return false;
}

bool route_fill(const struct route *route, const char *id, char ret[PATH_BYTES])
{
    const char *open = strchr(route->path, '{');
    size_t head = open == NULL ? strlen(route->path) : (size_t)(open - route->path);
    const char *tail = open == NULL ? "" : strchr(open, '}') + 1;
    if (open == NULL)
        id = "";
    if (head + strlen(id) + strlen(tail) >= PATH_BYTES)
        return false;
    memcpy(ret, route->path, head);
    memcpy(ret + head, id, strlen(id));
    memcpy(ret + head + strlen(id), tail, strlen(tail) + 1);
    return true;
}

/* The route's template with the request's own text where the braces are, to see how near the whole address is; false
 * where there is no text, or none that stands in an address as it is. */
static bool fill_from(const struct route *route, const struct target *target, char ret[65])
{
    char path[PATH_BYTES];
    const char *open = strchr(route->path, '{');
    size_t segment = 0;
    for (const char *form = route->path + 1; open != NULL && form < open; form++)
        segment += *form == '/' ? 1 : 0;
    const char *text = open != NULL && segment < target->count ? target->segments[segment] : "";
    bool plain = open == NULL || text[0] != '\0';
    for (const char *c = text; *c != '\0'; c++)
        plain = plain && (isalnum((unsigned char)*c) || strchr("-._~", *c) != NULL);
    if (!plain || !route_fill(route, text, path) || strlen(path) > 64)
        return false;
    memcpy(ret, path, strlen(path) + 1);
    return true;
}

static void suggest(const struct target *target, struct fault *fault)
{
    char asked[128] = "";
    size_t used = 0;
    for (size_t i = 0; i < target->count; i++) {
        size_t len = strlen(target->segments[i]);
        if (used + len + 2 > 65)
            return;
        asked[used++] = '/';
        memcpy(asked + used, target->segments[i], len + 1);
        used += len;
    }
    struct nearest best = {0};
    for (size_t i = 0; i + 1 < route_count; i++) { /* all but the last, which would be near to any short address */
        char candidate[65];
        if (fill_from(&route_table[i], target, candidate) && (target->slash || strcmp(candidate, asked) != 0))
            nearest_try(&best, asked, candidate);
        if (best.word == candidate) {
            memcpy(fault->nearest, candidate, sizeof(candidate));
            best.word = fault->nearest;
        }
    }
}

/* Whether `ret` is the path as it was asked for, neither cut nor changed. */
static bool quote_path(const struct target *target, char ret[65])
{
    char path[SERVE_TARGET_BYTES + TARGET_SEGMENTS + 2] = "/";
    size_t used = 0;
    for (size_t i = 0; i < target->count; i++) {
        size_t len = strlen(target->segments[i]);
        path[used++] = '/';
        memcpy(path + used, target->segments[i], len + 1);
        used += len;
    }
    return strcmp(fault_quote(path, ret), path) == 0;
}

bool route_find(const struct target *target, struct match *ret, struct fault *fault)
{
    struct match match;
    bool found = find_any(target, &match);
    if (found && !target->slash) {
        *ret = match;
        return true;
    }
    if (target->count > TARGET_SEGMENTS)
        return fault_set(fault, FAULT_NOT_FOUND, "No address here has that many segments.");
    char quoted[65];
    bool whole = quote_path(target, quoted);
    if (found && whole) {
        (void)fault_set(fault, FAULT_NOT_FOUND, "Addresses have no slash at the end: use %s.", quoted);
        memcpy(fault->nearest, quoted, sizeof(quoted));
        return false;
    }
    if (found)
        return fault_set(fault, FAULT_NOT_FOUND, "Addresses have no slash at the end: leave it out.");
    (void)fault_set(fault, FAULT_NOT_FOUND, "There is nothing at %s.", quoted);
    suggest(target, fault);
    return false;
}

const struct route *route_of_path(const char *path)
{
    struct target target;
    struct match match;
    struct fault fault;
    return target_split(path, &target, &fault) && route_find(&target, &match, &fault) ? match.route : NULL;
}

static const char *const registered_methods[] = {
    /* RFC 9110 and, behind it, the rest of IANA's registry of methods */
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "CONNECT",
    "TRACE",
    "ACL",
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "LINK",
    "CHECKOUT",
    "COPY",
    "LABEL",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "ORDERPATCH",
    "PROPFIND",
    "PROPPATCH",
    "REBIND",
    "REPORT",
    "MKREDIRECTREF",
    "SEARCH",
    "UNBIND",
    "UNLINK",
    "UNCHECKOUT",
    "UNLOCK",
    "UPDATE",
    "PRI",
    "QUERY",
    "MKWORKSPACE",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
};

enum method method_of(const char *name)
{
    if (strcmp(name, "GET") == 0 || strcmp(name, "HEAD") == 0)
        return METHOD_GET;
    if (strcmp(name, "OPTIONS") == 0)
        return METHOD_OPTIONS;
    for (size_t i = 0; i < COUNT_OF(registered_methods); i++)
        if (strcmp(name, registered_methods[i]) == 0)
            return METHOD_OTHER;
    return METHOD_UNKNOWN;
}
