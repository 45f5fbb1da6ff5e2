/* SPDX-License-Identifier: MIT */
/* The parameters of a question about contacts: whose they are (by country, by the ending of a domain, or by an address)
 * and for whom and what. An ending or an address that names no country is a fault or an answer that says why; which
 * words there are for audience and purpose, the facts say. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

enum { DOMAIN_BYTES = 253, WORDS_MOST = 64 };

static const char union_code[] = "EU";
static const char union_id[] = "eu";

/* --- for whom, and what --- */

/* "any" is as if nothing had been asked: *ret stays NULL. */
static bool read_word(struct reader *reader, enum ask ask, const char *value, const struct contact_word *words,
                      size_t count, const struct contact_word **ret)
{
    const char *names[WORDS_MOST] = {"any"};
    size_t known = 1;
    if (strcmp(value, "any") == 0)
        return true;
    for (size_t i = 0; i < count && known < WORDS_MOST; i++) {
        if (strcmp(words[i].id, value) == 0) {
            *ret = &words[i];
            return true;
        }
        names[known++] = words[i].id;
    }
    return question_bad_word(reader, ask, 0, value, names, known);
}

bool question_audience(struct reader *reader, char *value)
{
    const struct contact_order *order = &reader->catalog->facts->contacts;
    return read_word(reader, ASK_AUDIENCE, value, order->audiences, order->audience_count,
                     &reader->query->question.audience);
}

bool question_purpose(struct reader *reader, char *value)
{
    const struct contact_order *order = &reader->catalog->facts->contacts;
    return read_word(reader, ASK_PURPOSE, value, order->purposes, order->purpose_count,
                     &reader->query->question.purpose);
}

/* --- whose --- */

static const struct thing *find_union(const struct facts *facts)
{
    return facts_thing(facts, THING_ORGANISATION, union_id);
}

static bool bad_country(struct reader *reader, const char *value)
{
    if (strcasecmp(value, union_code) != 0 || find_union(reader->catalog->facts) == NULL)
        return question_bad_country(reader, ASK_COUNTRY, 0, value);
    return fault_parameter(reader->fault, FAULT_BAD_VALUE, "country",
                           "The European Union is no country: for its teams ask with domain=eu.");
}

bool question_country(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    const char *code = question_find_country(reader, value);
    if (code == NULL)
        return bad_country(reader, value);
    question->asked_by = ASKED_BY_COUNTRY;
    question->asked_for = facts_country(reader->catalog->facts, code);
    return true;
}

/* Whose ending it is: ISO 3166-1 codes, but for the United Kingdom's, and the Union's own. A code that the standard
 * does not have is nobody's ending. */
const struct thing *question_ending_owner(const struct facts *facts, const char *ending)
{
    char code[3] = "";
    for (size_t i = 0; i < 2 && strlen(ending) == 2; i++)
        code[i] = (char)toupper((unsigned char)ending[i]);
    if (strcmp(code, union_code) == 0)
        return find_union(facts);
    const struct thing *country = facts_country(facts, strcmp(code, "UK") == 0 ? "GB" : code);
    const char *standing = country == NULL ? NULL : thing_text(country, "standing");
    return standing != NULL && strcmp(standing, "iso") == 0 ? country : NULL;
}

static bool bad_domain(struct reader *reader, const char *says)
{
    return fault_parameter(reader->fault, FAULT_BAD_VALUE, "domain", "%s", says);
}

static bool bad_ending(struct reader *reader, const char *ending)
{
    char quoted[65];
    (void)fault_quote(ending, quoted);
    if (strncmp(ending, "xn--", 4) == 0)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "domain",
                               "No source here says whose ending .%s is: ask with country=, or with ip= of the server.",
                               quoted);
    if (strlen(ending) == 2)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "domain",
                               ".%s is the ending of no country in this dataset: ask with country=.", quoted);
    return fault_parameter(reader->fault, FAULT_BAD_VALUE, "domain",
                           ".%s is no country's ending and does not say where its holder is: ask with ip= of the "
                           "server, or with the country= of the holder.",
                           quoted);
}

/* The last label, in small letters; NULL where the text is no name of a host. */
char *question_ending(char *value)
{
    size_t len = strlen(value);
    if (len > 1 && value[len - 1] == '.')
        value[--len] = '\0';
    if (len == 0 || len > DOMAIN_BYTES || value[len - 1] == '.' || strstr(value, "..") != NULL)
        return NULL;
    for (char *c = value; *c != '\0'; c++) {
        if (!isalnum((unsigned char)*c) && strchr("-._", *c) == NULL)
            return NULL;
        *c = (char)tolower((unsigned char)*c);
    }
    char *dot = strrchr(value, '.');
    return dot == NULL ? value : dot + 1;
}

static bool has_other_script(const char *value)
{
    for (; *value != '\0'; value++)
        if ((unsigned char)*value >= 0x80)
            return true;
    return false;
}

bool question_domain(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    const char *ending = question_ending(value);
    if (ending == NULL && has_other_script(value))
        return bad_domain(reader, "Write the domain in ASCII, each label of another script as xn--….");
    if (ending == NULL)
        return bad_domain(reader, "domain takes the name of a host, as in www.example.be, without path or port.");
    const struct thing *owner = question_ending_owner(reader->catalog->facts, ending);
    if (owner == NULL)
        return bad_ending(reader, ending);
    question->asked_by = ASKED_BY_DOMAIN;
    question->asked_for = owner;
    (void)snprintf(question->asked_as, sizeof(question->asked_as), "%s", ending);
    return true;
}

bool question_ip(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    const struct catalog *catalog = reader->catalog;
    struct ip ip;
    char code[3] = "";
    if (!ip_read(value, &ip))
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "ip",
                               "ip takes one IPv4 or IPv6 address, as in 192.0.2.1 or 2001:db8::1.");
    if (catalog->geoip == NULL)
        return fault_parameter(reader->fault, FAULT_NO_ADDRESSES, "ip",
                               "This service was started without a file that tells an address's country.");
    question->asked_by = ASKED_BY_ADDRESS;
    question->located_by = geoip_words(catalog->geoip);
    if (geoip_find(catalog->geoip, &ip, code))
        question->asked_for =
            strcmp(code, union_code) == 0 ? find_union(catalog->facts) : facts_country(catalog->facts, code);
    ip_write(&ip, question->asked_as);
    return true;
}

bool question_asks_for_one(struct reader *reader)
{
    static const enum ask ways[] = {ASK_COUNTRY, ASK_DOMAIN, ASK_IP};
    size_t given = 0;
    enum ask last = ASK_COUNTRY;
    for (size_t i = 0; i < COUNT_OF(ways); i++)
        if (reader->query->given[ways[i]] != NULL) {
            given++;
            last = ways[i];
        }
    if (given == 1)
        return true;
    return fault_parameter(reader->fault, FAULT_BAD_VALUE, ask_names[last],
                           given == 0 ? "Give one of country, domain and ip, as in country=BE or domain=example.be."
                                      : "Give only one of country, domain and ip.");
}
