/* SPDX-License-Identifier: MIT */
/* What only shows when all things are read: ids are unique, references lead somewhere and not in a circle, dates are
 * in order, and mailboxes look like mailboxes. Faults name the place of the thing, and the field below it. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static void fault(const struct load *load, const struct made *made, const char *below, const char *fmt, ...)
    PRINTF(4, 5);

/* At the thing's place, and `below` it ("/id"). */
static void fault(const struct load *load, const struct made *made, const char *below, const char *fmt, ...)
{
    struct buf file CLEANUP(buf_done);
    buf_init(&file, SEED_TEXT_BYTES);
    buf_printf(&file, "%s:%s%s", made->file, made->pointer, below);
    char reason[512];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(reason, sizeof(reason), fmt, args);
    va_end(args);
    report_file(load->faults, file.data == NULL ? made->file : file.data, "%s", reason);
}

/* --- ids --- */
static int compare_ids(const void *a, const void *b)
{
    const struct made *first = *(const struct made *const *)a;
    const struct made *second = *(const struct made *const *)b;
    int order = strcmp(first->thing.id, second->thing.id);
    if (order != 0)
        return order;
    return first->seq < second->seq ? -1 : first->seq > second->seq;
}

/* All things by id; NULL without memory or things. */
static const struct made **by_id(struct load *load)
{
    size_t count = load->things.count;
    const struct made **index = count == 0 ? NULL : arena_array(load->arena, count, sizeof(*index));
    const struct made *things = load->things.items;
    for (size_t i = 0; index != NULL && i < count; i++)
        index[i] = &things[i];
    if (index != NULL)
        qsort(index, count, sizeof(*index), compare_ids);
    return index;
}

static const struct made *find(const struct load *load, const struct made *const *index, const char *id)
{
    size_t low = 0;
    size_t high = load->things.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(index[middle]->thing.id, id);
        if (order == 0)
            return index[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void check_ids(const struct load *load, const struct made *const *index)
{
    for (size_t i = 1; i < load->things.count; i++) {
        const struct made *made = index[i];
        const struct made *before = index[i - 1];
        if (strcmp(made->thing.id, before->thing.id) != 0)
            continue;
        const char *key = made->thing.kind == THING_COUNTRY ? "/code" : made->thing.kind == THING_PROFILE ? "" : "/id";
        fault(load, made, key, "\"%s\" stands already at %s:%s", made->thing.id, before->file, before->pointer);
    }
}

/* --- references --- */
static void check_reference(const struct load *load, const struct made *const *index, const struct pending *pending)
{
    struct made place = {.file = pending->file, .pointer = pending->pointer};
    const struct made *target = find(load, index, pending->id);
    const char *kind = kind_table[pending->kind].name;
    if (target == NULL)
        fault(load, &place, "", "there is no %s \"%s\"", kind, pending->id);
    else if (target->thing.kind != pending->kind)
        fault(load, &place, "", "\"%s\" is no %s but a %s", pending->id, kind, kind_table[target->thing.kind].name);
    else if (strcmp(pending->id, pending->self) == 0)
        fault(load, &place, "", "refers to itself");
}

static bool is_lacking(const struct load *load)
{
    return load->lacking[SEED_PROFILES] || load->lacking[SEED_CERTS];
}

/* Following the shown value of `field` comes back to where it began. */
static bool circles(const struct load *load, const struct made *const *index, const struct made *start,
                    const char *field)
{
    const struct made *at = start;
    for (size_t steps = 0; steps < load->things.count; steps++) {
        const char *next = thing_text(&at->thing, field);
        at = next == NULL ? NULL : find(load, index, next);
        if (at == NULL)
            return false;
        if (at == start)
            return steps > 0;
    }
    return false;
}

static void check_circles(const struct load *load, const struct made *const *index)
{
    const struct made *things = load->things.items;
    for (size_t i = 0; i < load->things.count; i++) {
        if (circles(load, index, &things[i], "merged_into"))
            fault(load, &things[i], "/merged_into", "leads back to this team");
        if (circles(load, index, &things[i], "supersedes"))
            fault(load, &things[i], "/supersedes", "leads back to this entry");
    }
}

/* --- dates --- */
struct order {
    enum thing_kind kind;
    const char *earlier;
    const char *later;
};

static const struct order orders[] = {
    {THING_STRATEGY, "period_start", "period_end"},
    {THING_INSTITUTION, "established", "ended"},
    {THING_LAW, "adopted", "in_force"},
    {THING_LAW, "adopted", "ended"},
    {THING_LAW, "in_force", "ended"},
    {THING_PARTNERSHIP, "started", "ended"},
    {THING_PROGRAMME, "started", "ended"},
};

static void check_order(const struct load *load, const struct made *made, const struct order *order)
{
    const char *earlier = thing_text(&made->thing, order->earlier);
    const char *later = thing_text(&made->thing, order->later);
    struct date start;
    struct date end;
    char below[64];
    (void)snprintf(below, sizeof(below), "/%s", order->later);
    if (earlier != NULL && later != NULL && date_parse(earlier, &start) && date_parse(later, &end) &&
        start.first > end.last)
        fault(load, made, below, "lies before %s (%s)", order->earlier, earlier);
}

/* --- contacts --- */
/* local@domain.tld, of the characters that mailboxes of teams have in practice. */
static bool is_mailbox(const char *text)
{
    const char *at = strchr(text, '@');
    const char *dot = at == NULL ? NULL : strrchr(at, '.');
    if (at == NULL || at == text || dot == NULL || dot == at + 1 || strlen(dot) < 3 || strstr(text, "..") != NULL)
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (c != at && !isalnum((unsigned char)*c) && strchr(c < at ? "._+-" : ".-", *c) == NULL)
            return false;
    return true;
}

static void check_contacts(const struct load *load, const struct made *made)
{
    size_t count;
    const struct claim *claims = thing_claims(&made->thing, "contacts", &count);
    for (size_t i = 0; i < count; i++) {
        const struct value *kind = value_part(&claims[i].value, "kind");
        const struct value *address = value_part(&claims[i].value, "address");
        if (kind == NULL || address == NULL || strcmp(kind->text, "email") != 0 || is_mailbox(address->text))
            continue;
        char below[64];
        (void)snprintf(below, sizeof(below), "/contacts/%lu", strtoul(claims[i].item, NULL, 10) - 1);
        fault(load, made, below, "\"%.80s\" is not a mail address", address->text);
    }
}

void cross_things(struct load *load)
{
    const struct made *things = load->things.items;
    const struct pending *pendings = load->pendings.items;
    const struct made *const *index = (const struct made *const *)by_id(load);
    if (index == NULL)
        return;
    check_ids(load, index);
    for (size_t i = 0; i < load->pendings.count && !is_lacking(load); i++)
        check_reference(load, index, &pendings[i]);
    check_circles(load, index);
    for (size_t i = 0; i < load->things.count; i++) {
        for (size_t k = 0; k < COUNT_OF(orders); k++)
            if (orders[k].kind == things[i].thing.kind)
                check_order(load, &things[i], &orders[k]);
        if (things[i].thing.kind == THING_CERT)
            check_contacts(load, &things[i]);
    }
}
