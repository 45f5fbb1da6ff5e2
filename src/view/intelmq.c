/* SPDX-License-Identifier: MIT */
/* What three bots of IntelMQ read, in the forms in which they read it: who takes reports about an address or a domain.
 * A country has one team here, the first of its national ones in the order of contacts that has a mail address for
 * incidents. It may not guess: who has none in the facts is left out. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "asked.h"
#include "internal.h"

/* A team, and the mail address to which reports about incidents go. */
struct recipient {
    const struct thing *team; /* NULL: none is known */
    const char *email;
    const char *source; /* that says so */
};

static const struct contact_word *incident_word(const struct view *view)
{
    const struct contact_order *order = &view->facts->contacts;
    for (size_t i = 0; i < order->purpose_count; i++)
        if (strcmp(order->purposes[i].id, "incident") == 0)
            return &order->purposes[i];
    return NULL;
}

static struct question incident_question(const struct view *view, const struct thing *country)
{
    struct question question = view_question(view, view_methodology(view));
    question.purpose = incident_word(view);
    question.asked_by = ASKED_BY_COUNTRY;
    question.asked_for = country;
    return question;
}

/* The fittest address; one that is for other things alone is none. */
static struct recipient recipient_of(const struct contact *contact)
{
    for (size_t i = 0; i < contact->channel_count; i++) {
        const struct channel *channel = &contact->channels[i];
        if (strcmp(channel->kind, "email") == 0 && channel->fit >= FIT_ANY)
            return (struct recipient){contact->thing, channel->address, channel->evidence->source};
    }
    return (struct recipient){0};
}

static bool is_national(const struct thing *thing)
{
    const struct value *types = thing->kind == THING_CERT ? thing_value(thing, "types") : NULL;
    for (size_t i = 0; types != NULL && i < types->count; i++)
        if (types->items[i].text != NULL && strcmp(types->items[i].text, "national") == 0)
            return true;
    return false;
}

static struct recipient national_recipient(const struct view *view, const struct thing *owner, struct arena *arena)
{
    struct recipient recipient = {0};
    if (owner == NULL || owner->kind != THING_COUNTRY)
        return recipient;
    const struct question question = incident_question(view, owner);
    const struct contacts *contacts = contacts_of(view, &question, 0, arena);
    for (size_t i = 0; contacts != NULL && recipient.team == NULL && i < contacts->count; i++)
        if (is_national(contacts->items[i].thing))
            recipient = recipient_of(&contacts->items[i]);
    return recipient;
}

static struct recipient team_recipient(const struct view *view, const struct thing *team, struct arena *arena)
{
    const struct question question = incident_question(view, NULL);
    const struct contact contact = contact_alone(view, &question, team, arena);
    return contact_is_there(view, team) ? recipient_of(&contact) : (struct recipient){0};
}

/* --- /intelmq/lookup --- */

static void add_destination(struct arena *arena, struct node *destinations, const struct recipient *recipient)
{
    if (recipient->team == NULL)
        return;
    struct node *destination = node_object(arena);
    struct node *contacts = node_array(arena);
    struct node *contact = node_object(arena);
    node_set_text(arena, contact, "email", recipient->email);
    node_push(arena, contacts, contact);
    node_set_text(arena, destination, "source", recipient->source);
    node_set_text(arena, destination, "name", thing_name(recipient->team));
    node_set(arena, destination, "contacts", contacts);
    node_push(arena, destinations, destination);
}

/* How much of the end of `host` a domain is; 0 where it is none of it. A domain "*.a.example" is a.example's. */
static size_t domain_fit(const char *domain, const char *host)
{
    if (strncmp(domain, "*.", 2) == 0)
        domain += 2;
    size_t len = strlen(domain);
    size_t host_len = strlen(host);
    if (len == 0 || len > host_len || strcasecmp(host + host_len - len, domain) != 0)
        return 0;
    return len == host_len || host[host_len - len - 1] == '.' ? len : 0;
}

static size_t team_fit(const struct thing *team, const char *host)
{
    size_t best = 0;
    const struct value *domains = thing_value(team, "domains");
    for (size_t i = 0; domains != NULL && i < domains->count; i++) {
        size_t fit = domains->items[i].text == NULL ? 0 : domain_fit(domains->items[i].text, host);
        best = fit > best ? fit : best;
    }
    return best;
}

/* Teams whose domains fit the host best, else the national team of its ending. */
static struct node *domain_destinations(const struct view *view, const struct question *question, struct arena *arena)
{
    struct node *destinations = node_array(arena);
    size_t best = 0;
    for (size_t i = 0; i < view->cert_count; i++) {
        const size_t fit = team_fit(&view->certs[i], question->host);
        const struct recipient recipient =
            fit >= best && fit > 0 ? team_recipient(view, &view->certs[i], arena) : (struct recipient){0};
        if (recipient.team == NULL)
            continue;
        destinations = fit > best ? node_array(arena) : destinations;
        best = fit;
        add_destination(arena, destinations, &recipient);
    }
    const struct recipient national = national_recipient(view, question->host_owner, arena);
    if (best == 0)
        add_destination(arena, destinations, &national);
    return destinations;
}

static struct node *set_part(struct arena *arena, struct node *answer, const char *key, struct node *destinations)
{
    struct node *part = node_object(arena);
    node_set(arena, part, "destinations", destinations);
    node_set(arena, answer, key, part);
    return destinations;
}

bool intelmq_write_lookup(const struct view *view, const struct question *question, const char *self, size_t index,
                          struct buf *out)
{
    (void)self;
    (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    struct node *answer = node_object(arena);
    bool found = false;
    if (question->asked_by == ASKED_BY_ADDRESS && question->located_by != NULL) {
        const struct recipient national = national_recipient(view, question->asked_for, arena);
        add_destination(arena, set_part(arena, answer, "ip", node_array(arena)), &national);
        found = national.team != NULL;
    }
    if (question->host != NULL)
        found = !node_empty(set_part(arena, answer, "domain", domain_destinations(view, question, arena))) || found;
    if (found) { /* without an interval the bot leaves its event as it was, and what it knew already stays */
        struct node *interval = node_object(arena);
        node_set_text(arena, interval, "unit", "immediate");
        node_set(arena, interval, "length", node_integer(arena, 1));
        node_set(arena, answer, "suppress", node_flag(arena, false));
        node_set(arena, answer, "interval", interval);
    }
    if (!fragment_write(arena, answer, out))
        return false;
    buf_putc(out, '\n');
    return buf_ok(out);
}

/* --- /intelmq/teams.json --- */

/* The ending that a country's code makes; NULL where the standard does not have the code. */
static const char *ending_of(struct arena *arena, const struct thing *country)
{
    const char *standing = thing_text(country, "standing");
    if (standing == NULL || strcmp(standing, "iso") != 0)
        return NULL;
    char *ending = arena_text(arena, strcmp(country->id, "GB") == 0 ? "uk" : country->id);
    for (char *c = ending; c != NULL && *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return ending;
}

/* The domains that sources give, and the endings of countries for which it is the national team. */
static struct node *domains_of(const struct view *view, struct arena *arena, const struct thing *team,
                               const struct recipient *nationals)
{
    struct node *domains = node_array(arena);
    node_push_texts(arena, domains, thing_value(team, "domains"));
    for (size_t i = 0; i < view->country_count; i++)
        if (nationals[i].team == team && ending_of(arena, &view->countries[i]) != NULL)
            node_push(arena, domains, node_text(arena, ending_of(arena, &view->countries[i])));
    return domains;
}

static struct node *asns_of(struct arena *arena, const struct thing *team)
{
    struct node *asns = node_array(arena);
    const struct value *values = thing_value(team, "asns");
    for (size_t i = 0; values != NULL && i < values->count; i++)
        node_push(arena, asns, node_integer(arena, values->items[i].integer));
    return asns;
}

static struct node *emails_of(struct arena *arena, const struct recipient *recipient)
{
    struct node *emails = node_array(arena);
    struct node *email = node_object(arena);
    struct node *usage = node_array(arena);
    node_push(arena, usage, node_text(arena, "contact"));
    node_set_text(arena, email, "address", recipient->email);
    node_set(arena, email, "usage", usage);
    node_push(arena, emails, email);
    return emails;
}

/* A team that nothing leads to, or that has no address, is of no use to the bot. */
static void add_team(const struct view *view, struct arena *arena, struct node *teams, const struct thing *team,
                     const struct recipient *nationals)
{
    const struct recipient recipient = team_recipient(view, team, arena);
    struct node *domains = recipient.team == NULL ? NULL : domains_of(view, arena, team, nationals);
    struct node *asns = recipient.team == NULL ? NULL : asns_of(arena, team);
    if (node_empty(domains) && node_empty(asns))
        return;
    struct node *node = node_object(arena);
    struct node *constituency = node_object(arena);
    node_set(arena, constituency, "domains", domains);
    node_set(arena, constituency, "asns", asns);
    node_set_text(arena, node, "id", team->id);
    node_set_text(arena, node, "name", thing_name(team));
    node_set_text(arena, node, "source", recipient.source);
    node_set(arena, node, "emails", emails_of(arena, &recipient));
    node_set(arena, node, "constituency", constituency);
    node_push(arena, teams, node);
}

bool intelmq_write_teams(const struct view *view, size_t index, struct buf *out)
{
    (void)index;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct recipient *nationals =
        arena == NULL ? NULL : arena_array(arena, view->country_count + 1, sizeof(*nationals));
    if (nationals == NULL)
        return false;
    struct node *teams = node_array(arena);
    for (size_t i = 0; i < view->country_count; i++)
        nationals[i] = national_recipient(view, &view->countries[i], arena);
    for (size_t i = 0; i < view->cert_count; i++)
        add_team(view, arena, teams, &view->certs[i], nationals);
    if (!fragment_write(arena, teams, out))
        return false;
    buf_putc(out, '\n');
    return buf_ok(out);
}

/* --- /intelmq/national --- */

/* What would end a cell, or the line, becomes a space. */
static void put_cell(const char *text, char separator, struct buf *out)
{
    for (; *text != '\0'; text++)
        buf_putc(out, *text == separator || (unsigned char)*text < 0x20 || *text == ';' ? ' ' : *text);
}

bool intelmq_write_national(const struct view *view, const struct question *question, const char *self, size_t index,
                            struct buf *out)
{
    (void)self;
    (void)index;
    const struct thing *country = question->asked_for;
    const char separator = question->separator == '\0' ? ';' : question->separator;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct recipient national = national_recipient(view, country, arena);
    if (!arena_ok(arena))
        return false;
    if (national.team == NULL || (question->filtered && strcmp(country->id, "AT") != 0))
        return true;
    buf_printf(out, "%s%c%s", question->asked_as, separator, country->id);
    if (!question->bare) {
        buf_putc(out, separator);
        put_cell(thing_name(national.team), separator, out);
        buf_putc(out, separator);
        put_cell(national.email, separator, out);
    }
    buf_putc(out, '\n');
    return buf_ok(out);
}
