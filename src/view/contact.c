/* SPDX-License-Identifier: MIT */
/* Whom to tell: the teams and authorities of a country, and beyond it those of organisations that it is in, in the
 * order of the rules in the facts. It may not know any rule, only how one is applied. Invariant: each stands once, at
 * the first rule that takes it, and the order is total. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* The things that rules choose from. */
struct pool {
    const struct thing **items;
    size_t count;
};

/* --- which rules speak --- */

/* A rule for one audience is for who says to be of it; one for a single purpose, for who names it. */
static bool rule_speaks(const struct contact_rule *rule, const struct question *question)
{
    bool purpose =
        rule->purposes.count == 0 ||
        (question->purpose == NULL ? rule->purposes.count > 1 : words_have(&rule->purposes, question->purpose->id));
    return purpose && (rule->audiences.count == 0 ||
                       (question->audience != NULL && words_have(&rule->audiences, question->audience->id)));
}

static bool any_of(const struct words *words, const struct value *list)
{
    for (size_t i = 0; list != NULL && i < list->count; i++)
        if (list->items[i].text != NULL && words_have(words, list->items[i].text))
            return true;
    return false;
}

static bool rule_takes(const struct contact_rule *rule, const struct thing *thing)
{
    if (rule->kind != thing->kind)
        return false;
    if (thing->kind == THING_INSTITUTION)
        return rule->roles.count == 0 || any_of(&rule->roles, thing_value(thing, "roles"));
    const struct value *types = thing_value(thing, "types");
    return (rule->types.count == 0 || any_of(&rule->types, types)) && !any_of(&rule->without, types) &&
           (rule->sectors.count == 0 || any_of(&rule->sectors, thing_value(thing, "sectors")));
}

/* --- one contact --- */

static const char *part_text(const struct value *record, const char *key)
{
    const struct value *part = value_part(record, key);
    return part == NULL ? NULL : part->text;
}

static enum fit channel_fit(const struct channel *channel, const struct question *question)
{
    bool page = strcmp(channel->kind, "website") == 0;
    if (channel->purposes == NULL || question->purpose == NULL)
        return page ? FIT_PAGE : FIT_ANY;
    return any_of(&question->purpose->terms, channel->purposes) ? FIT_PURPOSE : FIT_OTHER;
}

static struct channel channel_of(const struct claim *claim, const struct question *question)
{
    struct channel channel = {.kind = part_text(&claim->value, "kind"),
                              .address = part_text(&claim->value, "address"),
                              .purposes = value_part(&claim->value, "purposes"),
                              .languages = value_part(&claim->value, "languages"),
                              .hours = part_text(&claim->value, "hours"),
                              .verified = part_text(&claim->value, "verified"),
                              .evidence = &claim->evidence};
    if (channel.kind != NULL)
        channel.fit = (int)channel_fit(&channel, question);
    return channel;
}

/* The place for one of that fitness: behind those that fit as well. */
static void put_channel(struct contact *contact, const struct channel *channel)
{
    size_t at = contact->channel_count++;
    for (; at > 0 && contact->channels[at - 1].fit < channel->fit; at--)
        contact->channels[at] = contact->channels[at - 1];
    contact->channels[at] = *channel;
}

static bool has_address(const struct contact *contact, const char *address)
{
    for (size_t i = 0; i < contact->channel_count; i++)
        if (strcmp(contact->channels[i].address, address) == 0)
            return true;
    return false;
}

/* The channels that sources show, and the web site behind them. */
static void find_channels(struct contact *contact, const struct contacts *contacts)
{
    size_t count;
    const struct claim *claims = thing_claims(contact->thing, "contacts", &count);
    const struct claim *url = thing_shown(contact->thing, "url");
    contact->channels = arena_array(contacts->arena, count + 1, sizeof(*contact->channels));
    for (size_t i = 0; contact->channels != NULL && i < count; i++) {
        struct channel channel = channel_of(&claims[i], contacts->question);
        if (claims[i].n == 0 && channel.kind != NULL && channel.address != NULL)
            put_channel(contact, &channel);
    }
    if (contact->channels != NULL && url != NULL && url->value.text != NULL && !has_address(contact, url->value.text))
        put_channel(contact,
                    &(struct channel){
                        .kind = "website", .address = url->value.text, .evidence = &url->evidence, .fit = FIT_PAGE});
}

/* Keeps the later of two dates; texts that are none say nothing. */
static void take_later(const char *text, const char **ret, int32_t *ret_day)
{
    struct date date;
    if (text != NULL && date_parse(text, &date) && (*ret == NULL || date.last > *ret_day)) {
        *ret = text;
        *ret_day = date.last;
    }
}

static void find_dates(struct contact *contact)
{
    const struct claim *status = thing_shown(contact->thing, "status");
    const struct claim *name = thing_shown(contact->thing, "name");
    for (size_t i = 0; i < contact->channel_count; i++)
        take_later(contact->channels[i].verified, &contact->verified, &contact->day);
    if (contact->verified != NULL)
        return;
    take_later(unverified_since(status), &contact->unverified_since, &contact->day);
    if (contact->unverified_since != NULL)
        return;
    for (size_t i = 0; i < contact->channel_count; i++)
        take_later(contact->channels[i].evidence->observed, &contact->unverified_since, &contact->day);
    if (contact->channel_count == 0 && name != NULL)
        take_later(name->evidence.observed, &contact->unverified_since, &contact->day);
}

static int audience_served(const struct thing *thing, const struct question *question)
{
    const struct value *audiences = thing_value(thing, "audiences");
    if (question->audience == NULL || audiences == NULL)
        return 1;
    return any_of(&question->audience->terms, audiences) ? 2 : 0;
}

static bool is_status(const struct thing *thing, const char *status)
{
    const char *text = thing_text(thing, "status");
    return text != NULL && strcmp(text, status) == 0;
}

bool contact_is_there(const struct view *view, const struct thing *thing)
{
    struct date ended;
    if (thing->kind == THING_CERT)
        return !is_status(thing, "ceased") && !is_status(thing, "merged") && !is_status(thing, "planned");
    const char *text = thing_text(thing, "ended");
    return text == NULL || !date_parse(text, &ended) || ended.last > view->day;
}

static struct contact contact_of(const struct contacts *contacts, const struct contact_rule *rule,
                                 const struct thing *thing)
{
    struct contact contact = {.rule = rule,
                              .thing = thing,
                              .serves = audience_served(thing, contacts->question),
                              .active = !is_status(thing, "unverified")};
    find_channels(&contact, contacts);
    find_dates(&contact);
    return contact;
}

struct contact contact_alone(const struct view *view, const struct question *question, const struct thing *thing,
                             struct arena *arena)
{
    const struct contacts contacts = {.view = view, .question = question, .arena = arena};
    return contact_of(&contacts, NULL, thing);
}

static int compare_contacts(const void *left, const void *right)
{
    const struct contact *a = left;
    const struct contact *b = right;
    int fit_a = a->channel_count == 0 ? FIT_NONE : a->channels[0].fit;
    int fit_b = b->channel_count == 0 ? FIT_NONE : b->channels[0].fit;
    if (a->serves != b->serves)
        return b->serves - a->serves;
    if (a->active != b->active)
        return b->active - a->active;
    if (fit_a != fit_b)
        return fit_b - fit_a;
    if ((a->verified != NULL) != (b->verified != NULL))
        return a->verified != NULL ? -1 : 1;
    if (a->day != b->day)
        return a->day > b->day ? -1 : 1;
    int order = name_compare(thing_name(a->thing), thing_name(b->thing));
    return order != 0 ? order : strcmp(a->thing->id, b->thing->id);
}

/* --- all of them --- */

static bool is_taken(const struct contacts *contacts, const struct thing *thing)
{
    for (size_t i = 0; i < contacts->count; i++)
        if (contacts->items[i].thing == thing)
            return true;
    return false;
}

/* The arena is marked where there is no memory. */
static void apply_rule(struct contacts *contacts, const struct contact_rule *rule, const struct pool *pool)
{
    size_t first = contacts->count;
    for (size_t i = 0; i < pool->count && contacts->count < contacts->room; i++)
        if (rule_takes(rule, pool->items[i]) && !is_taken(contacts, pool->items[i]))
            contacts->items[contacts->count++] = contact_of(contacts, rule, pool->items[i]);
    if (arena_ok(contacts->arena) && contacts->count - first > 1)
        qsort(contacts->items + first, contacts->count - first, sizeof(*contacts->items), compare_contacts);
}

static void add_things(const struct view *view, struct pool *pool, enum thing_kind kind, const char *owner)
{
    size_t count;
    const struct thing *things = facts_things(view->facts, kind, owner, &count);
    for (size_t i = 0; i < count; i++)
        if (contact_is_there(view, &things[i]))
            pool->items[pool->count++] = &things[i];
}

/* Teams of other countries that serve this one too. */
static void add_neighbours(const struct view *view, struct pool *pool, const char *code)
{
    const char *const codes[] = {code};
    const struct words wanted = {codes, COUNT_OF(codes)};
    for (size_t i = 0; i < view->cert_count; i++)
        if (any_of(&wanted, thing_value(&view->certs[i], "other_countries")) && contact_is_there(view, &view->certs[i]))
            pool->items[pool->count++] = &view->certs[i];
}

static struct pool near_pool(const struct contacts *contacts)
{
    const struct view *view = contacts->view;
    size_t institutions = 0;
    struct pool pool = {NULL, 0};
    if (contacts->owner == NULL || contacts->owner->kind != THING_COUNTRY)
        return pool;
    (void)facts_things(view->facts, THING_INSTITUTION, contacts->owner->id, &institutions);
    pool.items = arena_array(contacts->arena, 2 * view->cert_count + institutions + 1, sizeof(*pool.items));
    if (pool.items == NULL)
        return pool;
    add_things(view, &pool, THING_CERT, contacts->owner->id);
    add_things(view, &pool, THING_INSTITUTION, contacts->owner->id);
    add_neighbours(view, &pool, contacts->owner->id);
    return pool;
}

/* Those of the organisation itself, or of every one that the country belongs to on the dataset's date. */
static struct pool far_pool(const struct contacts *contacts)
{
    const struct view *view = contacts->view;
    struct pool pool = {NULL, 0};
    if (contacts->owner == NULL)
        return pool;
    const char *itself = contacts->owner->id;
    const char *const *owners = &itself;
    size_t count = 1;
    if (contacts->owner->kind == THING_COUNTRY) {
        const struct country_view *country = &view->by_country[contacts->owner - view->countries];
        owners = country->groups;
        count = country->group_count;
    }
    pool.items = arena_array(contacts->arena, (count + 1) * (view->cert_count + 1), sizeof(*pool.items));
    for (size_t i = 0; pool.items != NULL && i < count; i++)
        add_things(view, &pool, THING_CERT, owners[i]);
    return pool;
}

static const struct thing *owner_of(const struct view *view, const struct question *question, size_t index)
{
    return question->asked_by == ASKED_BY_PATH ? &view->countries[index] : question->asked_for;
}

const struct contacts *contacts_of(const struct view *view, const struct question *question, size_t index,
                                   struct arena *arena)
{
    const struct contact_order *order = &view->facts->contacts;
    struct contacts *contacts = arena_alloc(arena, sizeof(*contacts));
    if (contacts == NULL)
        return NULL;
    *contacts = (struct contacts){view, question, arena, owner_of(view, question, index), NULL, 0, 0};
    const struct pool near = near_pool(contacts);
    const struct pool far = far_pool(contacts);
    contacts->room = near.count + far.count;
    contacts->items = arena_array(arena, contacts->room + 1, sizeof(*contacts->items));
    if (!arena_ok(arena))
        return NULL;
    for (size_t i = 0; i < order->rule_count; i++)
        if (rule_speaks(&order->rules[i], question))
            apply_rule(contacts, &order->rules[i], order->rules[i].beyond ? &far : &near);
    return arena_ok(arena) ? contacts : NULL;
}
