/* SPDX-License-Identifier: MIT */
/* What changed since a revision: every thing's deltas after it made into one. The digests before the first and after
 * the last step decide: what came and went again, or is as it was, is no change. Newest first, then by kind and id. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int compare_things(const struct change *a, const struct change *b)
{
    int order = strcmp(a->kind, b->kind);
    return order != 0 ? order : strcmp(a->id, b->id);
}

/* A thing's changes side by side, oldest first. */
static int compare_by_thing(const void *left, const void *right)
{
    const struct change *a = *(const struct change *const *)left;
    const struct change *b = *(const struct change *const *)right;
    int order = compare_things(a, b);
    return order != 0 ? order : (a->revision > b->revision) - (a->revision < b->revision);
}

static int compare_deltas(const void *left, const void *right)
{
    const struct change *a = ((const struct delta *)left)->last;
    const struct change *b = ((const struct delta *)right)->last;
    return a->revision != b->revision ? (a->revision < b->revision ? 1 : -1) : compare_things(a, b);
}

/* What lies between the two; NULL for nothing. */
static const char *difference(const char *before, const char *after)
{
    if (before == NULL)
        return after == NULL ? NULL : "added";
    if (after == NULL)
        return "removed";
    return strcmp(before, after) == 0 ? NULL : "changed";
}

/* The changes after `since`, things side by side; in the arena. */
static const struct change **changes_after(const struct log *log, const struct revision *since, struct arena *arena,
                                           size_t *ret_count)
{
    const struct change **changes = arena_array(arena, log->change_count + 1, sizeof(*changes));
    size_t first = since == NULL ? 0 : (size_t)(since - log->revisions) + 1;
    *ret_count = 0;
    for (size_t i = 0; changes != NULL && i < log->change_count; i++)
        if (log->changes[i].revision >= first)
            changes[(*ret_count)++] = &log->changes[i];
    if (*ret_count > 1)
        qsort(changes, *ret_count, sizeof(const struct change *), compare_by_thing);
    return changes;
}

const struct column change_columns[] = {{"change", COLUMN_PLAIN}, {"kind", COLUMN_PLAIN},     {"id", COLUMN_TEXT},
                                        {"name", COLUMN_TEXT},    {"revision", COLUMN_PLAIN}, {"date", COLUMN_PLAIN},
                                        {"self", COLUMN_PLAIN},   {NULL, COLUMN_PLAIN}};

struct selection *change_select(const struct view *view, const struct question *question, const char *sort)
{
    (void)sort; /* there is one order alone */
    const struct log *log = &view->facts->log;
    struct selection *selection = selection_new(view, question);
    if (selection == NULL)
        return NULL;
    size_t count = 0;
    const struct change **changes = changes_after(log, question->since, selection->arena, &count);
    struct delta *deltas = arena_array(selection->arena, count + 1, sizeof(*deltas));
    if (changes == NULL || deltas == NULL) {
        selection_free(selection);
        return NULL;
    }
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && compare_things(changes[first], changes[end]) == 0;)
            end++;
        const struct change *last = changes[end - 1];
        const char *what = difference(changes[first]->before, last->after);
        if (what != NULL)
            deltas[selection->count++] =
                (struct delta){.last = last, .what = what, .revision = &log->revisions[last->revision]};
    }
    if (selection->count > 1)
        qsort(deltas, selection->count, sizeof(*deltas), compare_deltas);
    selection->own = deltas;
    return selection;
}

static const struct thing *find_thing(const struct view *view, const struct change *change)
{
    for (int kind = 0; change->after != NULL && kind < THING_COUNT; kind++)
        if (strcmp(kind_table[kind].name, change->kind) == 0)
            return facts_thing(view->facts, (enum thing_kind)kind, change->id);
    return NULL;
}

static const struct {
    const char *kind, *head, *tail;
} paths[] = {
    {"assessment", "/v1/countries/", "/assessments"},
    {"cert", "/v1/certs/", ""},
    {"country", "/v1/countries/", ""},
    {"country-names", "/v1/countries/", ""},
    {"criterion", "/v1/criteria/", ""},
    {"index", "/v1/indices/", ""},
    {"methodology", "/v1/methodologies/", ""},
    {"source", "/v1/sources/", ""},
    {"vocabulary", "/v1/vocabularies/", ""},
};

const char *delta_path(struct arena *arena, const struct delta *delta)
{
    const struct change *change = delta->last;
    if (change->after == NULL)
        return NULL;
    if (strcmp(change->kind, "dataset") == 0)
        return "/v1";
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        if (strcmp(paths[i].kind, change->kind) == 0)
            return arena_printf(arena, "%s%.*s%s", paths[i].head, (int)strcspn(change->id, "@/"), change->id,
                                paths[i].tail);
    bool is_national = delta->thing != NULL && delta->thing->owner != NULL;
    return is_national ? country_path(arena, delta->thing->owner, "") : NULL;
}

static const char *delta_name(const struct delta *delta)
{
    return delta->thing == NULL ? NULL : thing_name(delta->thing);
}

static bool put_row(struct arena *arena, const struct delta *delta, struct buf *out)
{
    const char *const cells[] = {delta->what,         delta->last->kind,     delta->last->id,         delta_name(delta),
                                 delta->revision->id, delta->revision->date, delta_path(arena, delta)};
    format_csv_row(change_columns, cells, out);
    return arena_ok(arena) && buf_ok(out);
}

static struct node *delta_node(struct arena *arena, const struct delta *delta)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "change", delta->what);
    node_set_text(arena, node, "kind", delta->last->kind);
    node_set_text(arena, node, "id", delta->last->id);
    node_set_text(arena, node, "name", delta_name(delta));
    node_set_text(arena, node, "revision", delta->revision->id);
    node_set_text(arena, node, "date", delta->revision->date);
    node_set_text(arena, node, "self", delta_path(arena, delta));
    return node;
}

bool change_item(const struct selection *selection, size_t place, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    struct delta delta = ((const struct delta *)selection->own)[place];
    delta.thing = find_thing(selection->view, delta.last);
    if (media == MEDIA_ATOM)
        return feed_entry(selection, &delta, out);
    if (media == MEDIA_CSV)
        return put_row(arena, &delta, out);
    return fragment_write(arena, delta_node(arena, &delta), out);
}
