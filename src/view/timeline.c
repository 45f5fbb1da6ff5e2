/* SPDX-License-Identifier: MIT */
/* A country's timeline: every dated statement about it and its things as one event, each with its source and with the
 * precision that the source gives. Claims that disagree are an event each; the one not shown says so. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static const struct column timeline_columns[] = {
    {"date", COLUMN_PLAIN},     {"precision", COLUMN_PLAIN}, {"event", COLUMN_PLAIN},  {"kind", COLUMN_PLAIN},
    {"id", COLUMN_PLAIN},       {"name", COLUMN_TEXT},       {"value", COLUMN_TEXT},   {"qualifier", COLUMN_PLAIN},
    {"basis", COLUMN_PLAIN},    {"sure", COLUMN_PLAIN},      {"source", COLUMN_PLAIN}, {"at", COLUMN_TEXT},
    {"observed", COLUMN_PLAIN}, {"shown", COLUMN_PLAIN},     {"note", COLUMN_TEXT},    {0}};

/* Keeps the event where its text is a date; others tell no when. */
static void keep(struct timeline *timeline, struct event event, const char *text)
{
    if (text == NULL || !date_parse(text, &event.date) || timeline->count == timeline->room)
        return;
    event.text = text;
    event.number = timeline->count;
    timeline->events[timeline->count++] = event;
}

/* "eu", or "first:member": the codes of a record that are no dates. */
static const char *record_words(struct arena *arena, const struct field *field, const struct value *record)
{
    const char *words = NULL;
    for (const struct field *part = field->parts; part->name != NULL; part++) {
        const struct value *value = value_part(record, part->name);
        if (part->shape == SHAPE_CODE && value != NULL && value->type == VALUE_TEXT)
            words = words == NULL ? value->text : arena_printf(arena, "%s:%s", words, value->text);
    }
    return words;
}

static void keep_record(struct timeline *timeline, struct event event, const struct field *field,
                        const struct value *record)
{
    event.value = record_words(timeline->arena, field, record);
    for (const struct field *part = field->parts; part->name != NULL; part++) {
        const struct value *value = value_part(record, part->name);
        if (part->shape != SHAPE_DATE || value == NULL)
            continue;
        event.what = arena_printf(timeline->arena, "%s_%s", field->name, part->name);
        keep(timeline, event, value->text);
    }
}

static void keep_claim(struct timeline *timeline, const struct thing *thing, const struct claim *claim)
{
    const struct field *field = field_find(kind_table[thing->kind].fields, claim->field);
    if (field == NULL || claim->value.type == VALUE_NONE)
        return;
    struct event event = {.what = field->name,
                          .kind = kind_table[thing->kind].name,
                          .id = thing->id,
                          .item = claim->item,
                          .name = thing_heading(timeline->view, timeline->arena, thing),
                          .qualifier = claim->qualifier,
                          .evidence = &claim->evidence,
                          .shown = claim->n == 0};
    if (field->shape == SHAPE_DATE)
        keep(timeline, event, claim->value.text);
    else if (field->shape == SHAPE_RECORD)
        keep_record(timeline, event, field, &claim->value);
    else if (strcmp(field->name, "status") == 0) { /* a state has the date on which the source saw it */
        event.value = claim->value.text;
        keep(timeline, event, claim->evidence.observed);
    }
}

/* The claim that decides is the one shown. */
static void keep_answer(struct timeline *timeline, const struct country_view *country, const struct answer *answer)
{
    const struct facts *facts = timeline->view->facts;
    const struct criterion *criterion = facts_criterion(facts, answer->criterion);
    if (answer->value == ANSWER_UNKNOWN || criterion == NULL)
        return;
    struct event event = {.what = "assessed",
                          .kind = "answer",
                          .id = answer->criterion,
                          .name = criterion->label,
                          .value = answer->value == ANSWER_YEAR ? arena_printf(timeline->arena, "%u", answer->year)
                                                                : answer_value_names[answer->value],
                          .evidence = &answer->evidence,
                          .basis = basis_names[answer->basis],
                          .sure = sureness_names[answer->sure],
                          .shown = country->verdicts[criterion - facts->criteria].decides == answer};
    keep(timeline, event, answer->evidence.observed);
    event.what = "holds_since";
    keep(timeline, event, answer->evidence.since);
}

static int order(const void *left, const void *right)
{
    const struct event *a = left;
    const struct event *b = right;
    if (a->date.first != b->date.first)
        return a->date.first < b->date.first ? -1 : 1;
    if (a->date.last != b->date.last)
        return a->date.last < b->date.last ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* A claim gives at most one event for each part of a record, an answer two. */
static size_t most_events(const struct view *view, const struct thing *country, size_t answers)
{
    enum { PARTS = 8 };
    size_t most = country->claim_count * PARTS + answers * 2;
    for (size_t i = 0; i < view->facts->thing_count; i++) {
        const struct thing *thing = &view->facts->things[i];
        if (thing->owner != NULL && strcmp(thing->owner, country->id) == 0)
            most += thing->claim_count * PARTS;
    }
    return most;
}

bool timeline_gather(struct timeline *timeline, size_t index)
{
    const struct thing *country = &timeline->view->countries[index];
    const struct facts *facts = timeline->view->facts;
    size_t answer_count;
    const struct answer *answers = facts_answers(facts, country->id, NULL, &answer_count);
    timeline->room = most_events(timeline->view, country, answer_count);
    timeline->events = arena_array(timeline->arena, timeline->room + 1, sizeof(*timeline->events));
    if (timeline->events == NULL)
        return false;
    for (size_t i = 0; i < country->claim_count; i++)
        keep_claim(timeline, country, &country->claims[i]);
    for (int kind = THING_PROFILE; kind < THING_COUNT; kind++) {
        size_t count;
        const struct thing *things = facts_things(facts, (enum thing_kind)kind, country->id, &count);
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < things[i].claim_count; k++)
                keep_claim(timeline, &things[i], &things[i].claims[k]);
    }
    for (size_t i = 0; i < answer_count; i++)
        keep_answer(timeline, &timeline->view->by_country[index], &answers[i]);
    qsort(timeline->events, timeline->count, sizeof(*timeline->events), order);
    return arena_ok(timeline->arena);
}

static const char *precision(const char *date)
{
    enum { YEAR = 4, MONTH = 7 };
    size_t len = strlen(date);
    return len == YEAR ? "year" : len == MONTH ? "month" : "day";
}

static struct node *event_node(struct arena *arena, const struct event *event)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "date", event->text);
    node_set_text(arena, node, "precision", precision(event->text));
    node_set_text(arena, node, "event", event->what);
    node_set_text(arena, node, "kind", event->kind);
    node_set_text(arena, node, "id", event->id);
    node_set_text(arena, node, "name", event->name);
    node_set_text(arena, node, "value", event->value);
    node_set_text(arena, node, "qualifier", event->qualifier);
    node_set_text(arena, node, "basis", event->basis);
    node_set_text(arena, node, "sure", event->sure);
    node_set_text(arena, node, "source", event->evidence->source);
    node_set_text(arena, node, "at", event->evidence->at);
    node_set_text(arena, node, "observed", event->evidence->observed);
    node_set(arena, node, "shown", node_flag(arena, event->shown));
    node_set_text(arena, node, "note", event->evidence->note);
    return node;
}

bool timeline_write_json(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct timeline timeline = {.view = view, .arena = arena};
    const struct thing *country = &view->countries[index];
    if (arena == NULL || !timeline_gather(&timeline, index))
        return false;
    struct node *events = node_array(arena);
    for (size_t i = 0; i < timeline.count; i++)
        node_push(arena, events, event_node(arena, &timeline.events[i]));
    struct node *data = node_object(arena);
    node_set_text(arena, data, "country", country->id);
    node_set_text(arena, data, "name", country_name(country));
    node_set(arena, data, "events", events);
    struct node *links = links_node(arena, country_path(arena, country->id, "/timeline"), NULL);
    node_set_text(arena, links, "country", country_path(arena, country->id, ""));
    return envelope_write(arena, data, links, out);
}

bool timeline_write_csv(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct timeline timeline = {.view = view, .arena = arena};
    if (arena == NULL || !timeline_gather(&timeline, index))
        return false;
    format_csv_header(timeline_columns, out);
    for (size_t i = 0; i < timeline.count; i++) {
        const struct event *event = &timeline.events[i];
        const char *cells[] = {event->text,
                               precision(event->text),
                               event->what,
                               event->kind,
                               event->id,
                               event->name,
                               event->value,
                               event->qualifier,
                               event->basis,
                               event->sure,
                               event->evidence->source,
                               event->evidence->at,
                               event->evidence->observed,
                               event->shown ? "true" : "false",
                               event->evidence->note};
        format_csv_row(timeline_columns, cells, out);
    }
    return buf_ok(out);
}
