/* SPDX-License-Identifier: MIT */
/* A country's timeline as a story for people: day by day what is said to have happened. What sources agree on is told
 * once, at the date that is shown; other dates for the same stand behind it. What one source says of one day is one
 * line, however many things it says it of. Every claim by itself stands in the table and in JSON. */
#include <string.h>

#include "internal.h"

enum { NAMES_MOST = 12 }; /* of one line; the others are counted */

/* What an event is called. */
static const struct phrase {
    const char *kind;
    const char *what;
    const char *words;
    const char *vocabulary; /* of the value; NULL where it is not told */
} phrases[] = {
    {"country", "groups_since", "Joined", "groups"},
    {"country", "groups_until", "Left", "groups"},
    {"profile", "analysed", "An assessor looked at the country", NULL},
    {"strategy", "adopted", "Strategy adopted", NULL},
    {"strategy", "published", "Strategy published", NULL},
    {"strategy", "period_start", "Strategy takes effect", NULL},
    {"strategy", "period_end", "Strategy runs out", NULL},
    {"institution", "established", "Institution founded", NULL},
    {"institution", "ended", "Institution ended", NULL},
    {"cert", "established", "Response team founded", NULL},
    {"cert", "memberships_since", "Membership of a response team begins", NULL},
    {"cert", "memberships_until", "Membership of a response team ends", NULL},
    {"cert", "contacts_verified", "Address of a response team verified", NULL},
    {"cert", "status", "Response team seen as", "cert-statuses"},
    {"law", "adopted", "Law adopted", NULL},
    {"law", "in_force", "Law in force", NULL},
    {"law", "ended", "Law ended", NULL},
    {"law", "status", "Law seen as", "law-statuses"},
    {"partnership", "started", "Partnership started", NULL},
    {"partnership", "ended", "Partnership ended", NULL},
    {"programme", "started", "Programme started", NULL},
    {"programme", "ended", "Programme ended", NULL},
};

/* A story in the making. */
struct story {
    struct sheet sheet;
    const struct timeline *timeline;
    bool *told; /* same index as the events */
    struct buf text;
    const char *day; /* the date of the line before */
};

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_answer(const struct event *event)
{
    return strcmp(event->kind, "answer") == 0;
}

static bool is_status(const struct event *event)
{
    return strcmp(event->what, "status") == 0;
}

/* Whether two claims are about one and the same. */
static bool about_same(const struct event *a, const struct event *b)
{
    return same(a->id, b->id) && same(a->what, b->what) && same(a->kind, b->kind) && same(a->item, b->item);
}

/* Another claim about something whose shown claim is told in its own place. */
static bool is_other(const struct timeline *timeline, const struct event *event)
{
    for (size_t i = 0; !event->shown && !is_answer(event) && i < timeline->count; i++)
        if (timeline->events[i].shown && about_same(&timeline->events[i], event))
            return true;
    return false;
}

/* EU law is looked at on the day from which it holds: that day is told once, as the one from which it asks. */
static bool is_twice(const struct event *event)
{
    return is_answer(event) && strcmp(event->what, "assessed") == 0 && same(event->text, event->evidence->since);
}

/* Whether two events make one line: one source, one day, one kind of event. */
static bool in_one_line(const struct event *a, const struct event *b)
{
    return same(a->text, b->text) && same(a->kind, b->kind) && same(a->what, b->what) && same(a->basis, b->basis) &&
           same(a->evidence->source, b->evidence->source) && same(a->qualifier, b->qualifier) &&
           (is_answer(a) || same(a->value, b->value));
}

static const char *answer_words(const struct event *event)
{
    bool assessed = strcmp(event->what, "assessed") == 0;
    if (same(event->basis, basis_names[BASIS_EU_LAW]))
        return assessed ? "EU law was read." : "EU law asks.";
    if (!assessed)
        return "So from here on.";
    return same(event->basis, basis_names[BASIS_ASSESSOR]) ? "Assessed." : "Read by us.";
}

/* A label within a sentence: its capital goes, but where it is one of several, or a name's. */
static void put_label(struct story *story, const char *vocabulary, const char *id)
{
    const char *label = facts_label(story->timeline->view->facts, vocabulary, id);
    bool word = label[0] >= 'A' && label[0] <= 'Z' && label[1] >= 'a' && label[1] <= 'z';
    buf_printf(&story->text, "%c%s", word ? label[0] - 'A' + 'a' : label[0], label[0] == '\0' ? "" : label + 1);
}

/* "Strategy adopted", "Response team seen as active". */
static void put_phrase(struct story *story, const struct event *event)
{
    const struct phrase *phrase = NULL;
    for (size_t i = 0; i < COUNT_OF(phrases) && phrase == NULL; i++)
        if (same(phrases[i].kind, event->kind) && same(phrases[i].what, event->what))
            phrase = &phrases[i];
    if (is_answer(event))
        buf_puts(&story->text, answer_words(event));
    else if (phrase == NULL)
        buf_printf(&story->text, "%s: %s", event->kind, event->what);
    else
        buf_puts(&story->text, phrase->words);
    if (phrase == NULL || phrase->vocabulary == NULL || event->value == NULL)
        return;
    if (is_status(event)) {
        buf_putc(&story->text, ' ');
        put_label(story, phrase->vocabulary, event->value);
    } else {
        buf_printf(&story->text, ": %s", facts_label(story->timeline->view->facts, phrase->vocabulary, event->value));
    }
}

/* Whether another claim's date is the shown one, only less exact, or was given by an earlier claim. */
static bool given_before(const struct timeline *timeline, const struct event *shown, size_t other)
{
    const struct event *event = &timeline->events[other];
    bool holds = event->date.first <= shown->date.first && event->date.last >= shown->date.last;
    if (holds && same(event->qualifier, shown->qualifier))
        return true;
    for (size_t i = 0; i < other; i++)
        if (about_same(&timeline->events[i], shown) && same(timeline->events[i].text, event->text) &&
            same(timeline->events[i].qualifier, event->qualifier))
            return true;
    return false;
}

/* "before 2013-02-07"; of a status also what it was. */
static void put_date(struct story *story, const struct event *event)
{
    if (event->qualifier != NULL) {
        put_label(story, "qualifiers", event->qualifier);
        buf_putc(&story->text, ' ');
    }
    if (is_status(event))
        buf_printf(&story->text, "%s, ", event->value);
    buf_puts(&story->text, event->text);
}

/* " (others say 2013, before 2013-02-07)". */
static void put_others(struct story *story, const struct event *shown)
{
    const struct timeline *timeline = story->timeline;
    bool any = false;
    for (size_t i = 0; shown->shown && i < timeline->count; i++) {
        const struct event *event = &timeline->events[i];
        bool differs = is_status(event) ? !same(event->value, shown->value) : !given_before(timeline, shown, i);
        if (event->shown || !about_same(event, shown) || !differs)
            continue;
        buf_puts(&story->text, any ? ", " : " (others say ");
        put_date(story, event);
        any = true;
    }
    if (any)
        buf_putc(&story->text, ')');
}

/* "first:member" for people. */
static void put_membership(struct story *story, const char *value)
{
    const struct facts *facts = story->timeline->view->facts;
    const char *colon = strchr(value, ':');
    if (colon == NULL) {
        buf_printf(&story->text, ", %s", facts_label(facts, "membership-bodies", value));
        return;
    }
    const char *body = arena_copy(story->sheet.arena, value, (size_t)(colon - value));
    if (body == NULL)
        return;
    buf_printf(&story->text, ", %s (", facts_label(facts, "membership-bodies", body));
    put_label(story, "membership-levels", colon + 1);
    buf_putc(&story->text, ')');
}

/* Whether the event is the country's own, so that it needs no name. */
static bool is_own(const struct event *event)
{
    return strcmp(event->kind, "country") == 0 || strcmp(event->kind, "profile") == 0;
}

static void put_name(struct story *story, const struct event *event)
{
    if (!is_own(event))
        buf_puts(&story->text, event->name);
    if (event->qualifier != NULL) {
        buf_puts(&story->text, " (");
        put_label(story, "qualifiers", event->qualifier);
        buf_printf(&story->text, " %s)", event->text);
    }
    if (strncmp(event->what, "memberships_", strlen("memberships_")) == 0 && event->value != NULL)
        put_membership(story, event->value);
    put_others(story, event);
}

/* The names of all events in the line of `first`, which they share. Their number. */
static size_t put_names(struct story *story, size_t first)
{
    const struct timeline *timeline = story->timeline;
    const struct event *event = &timeline->events[first];
    size_t count = 0;
    for (size_t i = first; i < timeline->count; i++) {
        if (story->told[i] || !in_one_line(&timeline->events[i], event) || is_other(timeline, &timeline->events[i]))
            continue;
        story->told[i] = true;
        if (count++ >= NAMES_MOST)
            continue;
        buf_puts(&story->text, count > 1 ? "; " : is_own(event) ? "" : ": ");
        put_name(story, &timeline->events[i]);
    }
    if (count > NAMES_MOST)
        buf_printf(&story->text, "; and %zu more", count - NAMES_MOST);
    return count;
}

/* Whether the same criterion was told by an event from `first` to `until`: one source may say a thing at two places. */
static bool told_twice(const struct timeline *timeline, size_t first, size_t until)
{
    const struct event *event = &timeline->events[until];
    for (size_t i = first; i < until; i++)
        if (in_one_line(&timeline->events[i], event) && !is_twice(&timeline->events[i]) &&
            same(timeline->events[i].id, event->id) && same(timeline->events[i].value, event->value))
            return true;
    return false;
}

/* " Yes: Yearly audit, Incident reporting duty.": the criteria of the line of `first` that have one answer. */
static size_t put_answer(struct story *story, size_t first, const char *value)
{
    const struct timeline *timeline = story->timeline;
    size_t count = 0;
    for (size_t i = first; i < timeline->count; i++) {
        const struct event *event = &timeline->events[i];
        if (!in_one_line(event, &timeline->events[first]) || is_twice(event) || !same(event->value, value))
            continue;
        story->told[i] = true;
        if (told_twice(timeline, first, i))
            continue;
        if (count++ == 0)
            buf_printf(&story->text, " %s: ", facts_label(timeline->view->facts, "answer-values", value));
        else
            buf_puts(&story->text, ", ");
        buf_puts(&story->text, event->name);
    }
    if (count > 0)
        buf_putc(&story->text, '.');
    return count;
}

/* The answers of one line: those that count first, then years. */
static size_t put_answers(struct story *story, size_t first)
{
    size_t count = 0;
    for (int value = ANSWER_YES; value < ANSWER_VALUE_COUNT; value++)
        count += put_answer(story, first, answer_value_names[value]);
    for (size_t i = first; i < story->timeline->count; i++)
        if (!story->told[i] && in_one_line(&story->timeline->events[i], &story->timeline->events[first]) &&
            !is_twice(&story->timeline->events[i]))
            count += put_answer(story, i, story->timeline->events[i].value);
    return count;
}

static void put_line(struct story *story, size_t first)
{
    const struct event *event = &story->timeline->events[first];
    struct sheet *sheet = &story->sheet;
    buf_reset(&story->text);
    put_phrase(story, event);
    size_t count = is_answer(event) ? put_answers(story, first) : put_names(story, first);
    struct evidence evidence = *event->evidence;
    if (count > 1)
        evidence.at = NULL; /* each stands at a place of its own */
    page_row(sheet->arena, sheet->page, same(story->day, event->text) ? NULL : event->text,
             sheet_kept(sheet, &story->text), sheet_origin(sheet, &evidence));
    story->day = event->text;
}

static bool tell(struct story *story)
{
    const struct timeline *timeline = story->timeline;
    struct sheet *sheet = &story->sheet;
    story->told = arena_array(sheet->arena, timeline->count + 1, sizeof(*story->told));
    sheet->sources = arena_array(sheet->arena, timeline->view->facts->source_count + 1, sizeof(*sheet->sources));
    if (story->told == NULL || sheet->sources == NULL)
        return false;
    page_paragraph(sheet->arena, sheet->page,
                   timeline->count == 0
                       ? "No source gives a date for anything here."
                       : "What sources date, oldest first; a date is as exact as its source. Where they differ, the "
                         "others stand behind. [source:place], sources below.");
    for (size_t i = 0; i < timeline->count; i++)
        if (!story->told[i] && !is_other(timeline, &timeline->events[i]) && !is_twice(&timeline->events[i]))
            put_line(story, i);
    sheet_put_sources(sheet);
    return arena_ok(sheet->arena) && !sheet->failed;
}

bool timeline_write_text(const struct view *view, const struct question *question, const char *self, size_t index,
                         struct buf *out)
{
    (void)self;
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    struct timeline timeline = {.view = view, .arena = arena};
    if (arena == NULL || !timeline_gather(&timeline, index))
        return false;
    const char *title = arena_printf(arena, "%s: what happened when", view->by_country[index].name);
    struct story story = {.sheet = {.view = view, .arena = arena, .page = page_new(arena, title)},
                          .timeline = &timeline};
    buf_init(&story.text, BODY_ARENA_BYTES);
    bool ok = tell(&story) && question_put_page(question, story.sheet.page, out);
    buf_done(&story.text);
    return ok;
}
