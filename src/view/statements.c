/* SPDX-License-Identifier: MIT */
/* What rests on a source: how much, counted for all sources in one pass, and for one source each claim with its place.
 * A source may hold more than a body can: the list ends at a ceiling of its own and then says that it is not whole. */
#include <stddef.h>
#include <string.h>

#include "internal.h"

enum {
    STATEMENT_BYTES = 4 * 1024 * 1024, /* of all that is listed, so that the body keeps to its own ceiling */
    STATEMENT_FRAME = 160              /* of one, beside the texts that vary in length */
};

/* --- how much --- */

struct counting {
    struct view *view;
    const struct source *last; /* of the statement before: mostly it is the next one's too */
};

static void count_one(struct counting *counting, const char *id, size_t member)
{
    const struct facts *facts = counting->view->facts;
    if (id == NULL)
        return;
    if (counting->last == NULL || strcmp(counting->last->id, id) != 0)
        counting->last = facts_source(facts, id);
    if (counting->last != NULL)
        ++*(size_t *)((char *)&counting->view->uses[counting->last - facts->sources] + member);
}

static void count_indices(struct counting *counting)
{
    const struct facts *facts = counting->view->facts;
    for (size_t i = 0; i < facts->index_count; i++)
        for (size_t k = 0; k < facts->indices[i].value_count; k++)
            count_one(counting, facts->indices[i].values[k].evidence.source, offsetof(struct source_use, figures));
}

static void count_names(struct counting *counting)
{
    const struct view *view = counting->view;
    for (size_t i = 0; i < view->country_count; i++)
        if (country_has_names(view, i))
            count_one(counting, view->facts->names_source, offsetof(struct source_use, claims));
}

void statements_count(struct view *view)
{
    const struct facts *facts = view->facts;
    struct counting counting = {.view = view};
    view->uses = arena_array(view->arena, facts->source_count, sizeof(*view->uses));
    if (view->uses == NULL)
        return;
    for (size_t i = 0; i < facts->thing_count; i++)
        for (size_t k = 0; k < facts->things[i].claim_count; k++)
            count_one(&counting, facts->things[i].claims[k].evidence.source, offsetof(struct source_use, claims));
    for (size_t i = 0; i < facts->answer_count; i++)
        count_one(&counting, facts->answers[i].evidence.source, offsetof(struct source_use, answers));
    for (size_t i = 0; i < facts->criterion_count; i++)
        count_one(&counting, facts->criteria[i].source, offsetof(struct source_use, criteria));
    count_indices(&counting);
    count_names(&counting);
}

/* --- each --- */

struct listing {
    const struct view *view;
    struct arena *arena;
    const char *source;
    struct node *list;
    size_t bytes;
    bool is_whole;
};

/* Of what a statement speaks: a country's thing, an organisation's, or a country alone. */
struct about {
    const char *kind;
    const char *owner;
    const char *thing;
    const char *field;
};

static size_t length(const char *text)
{
    return text == NULL ? 0 : strlen(text);
}

static void add(struct listing *listing, const struct about *about, const struct evidence *evidence)
{
    struct arena *arena = listing->arena;
    if (evidence->source == NULL || strcmp(evidence->source, listing->source) != 0 || !listing->is_whole)
        return;
    listing->bytes += STATEMENT_FRAME + length(about->thing) + length(about->field) + length(evidence->at);
    listing->is_whole = listing->bytes <= STATEMENT_BYTES;
    if (!listing->is_whole)
        return;
    struct node *node = node_object(arena);
    bool is_country = about->owner != NULL && facts_country(listing->view->facts, about->owner) != NULL;
    node_set_text(arena, node, "kind", about->kind);
    node_set_text(arena, node, is_country ? "country" : "organisation", about->owner);
    node_set_text(arena, node, "thing", about->thing);
    node_set_text(arena, node, "field", about->field);
    node_set_text(arena, node, "at", evidence->at);
    node_set_text(arena, node, "observed", evidence->observed);
    node_push(arena, listing->list, node);
}

static void add_thing(struct listing *listing, const struct thing *thing)
{
    for (size_t i = 0; i < thing->claim_count; i++) {
        const struct claim *claim = &thing->claims[i];
        struct about about = {kind_table[thing->kind].name, thing->owner == NULL ? thing->id : thing->owner, thing->id,
                              claim->field};
        add(listing, &about, &claim->evidence);
    }
}

static void add_answers(struct listing *listing)
{
    const struct facts *facts = listing->view->facts;
    for (size_t i = 0; i < facts->answer_count; i++) {
        const struct answer *answer = &facts->answers[i];
        add(listing, &(struct about){"answer", answer->country, answer->criterion, NULL}, &answer->evidence);
    }
}

static void add_criteria(struct listing *listing)
{
    const struct facts *facts = listing->view->facts;
    for (size_t i = 0; i < facts->criterion_count; i++) {
        const struct criterion *criterion = &facts->criteria[i];
        struct evidence evidence = {.source = criterion->source, .at = criterion->at};
        add(listing, &(struct about){"criterion", NULL, criterion->id, NULL}, &evidence);
    }
}

static void add_figures(struct listing *listing)
{
    const struct facts *facts = listing->view->facts;
    for (size_t i = 0; i < facts->index_count; i++)
        for (size_t k = 0; k < facts->indices[i].value_count; k++) {
            const struct index_value *value = &facts->indices[i].values[k];
            add(listing, &(struct about){"index", value->country, facts->indices[i].id, value->pillar},
                &value->evidence);
        }
}

static void add_names(struct listing *listing)
{
    const struct view *view = listing->view;
    const struct evidence evidence = {.source = view->facts->names_source};
    for (size_t i = 0; i < view->country_count; i++) {
        const char *code = view->countries[i].id;
        if (country_has_names(view, i))
            add(listing, &(struct about){kind_table[THING_COUNTRY].name, code, code, "names"}, &evidence);
    }
}

void statements_set(const struct view *view, struct arena *arena, struct node *object, const char *source)
{
    struct listing listing = {
        .view = view, .arena = arena, .source = source, .list = node_array(arena), .is_whole = true};
    for (size_t i = 0; i < view->facts->thing_count; i++)
        add_thing(&listing, &view->facts->things[i]);
    add_answers(&listing);
    add_criteria(&listing);
    add_figures(&listing);
    add_names(&listing);
    node_set(arena, object, "statements", listing.list);
    node_set(arena, object, "statements_complete", node_flag(arena, listing.is_whole));
}
