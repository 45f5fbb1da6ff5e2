/* SPDX-License-Identifier: MIT */
/* The list of revisions: what was published when, newest first, and how much each publication changed. It knows the log
 * alone and no fact, so it may be asked for wherever the log is. */
#include <string.h>

#include "internal.h"

const struct column revision_columns[] = {{"revision", COLUMN_PLAIN}, {"date", COLUMN_PLAIN},
                                          {"added", COLUMN_PLAIN},    {"changed", COLUMN_PLAIN},
                                          {"removed", COLUMN_PLAIN},  {NULL, COLUMN_PLAIN}};

struct tally {
    size_t added, changed, removed;
};

static void count_change(const struct change *change, struct tally *tally)
{
    if (change->before == NULL)
        tally->added++;
    else if (change->after == NULL)
        tally->removed++;
    else
        tally->changed++;
}

struct selection *revision_select(const struct view *view, const struct question *question, const char *sort)
{
    (void)sort; /* there is one order alone */
    const struct log *log = &view->facts->log;
    struct selection *selection = selection_new(view, question);
    if (selection == NULL)
        return NULL;
    struct tally *tallies = arena_array(selection->arena, log->revision_count + 1, sizeof(*tallies));
    selection->items = arena_array(selection->arena, log->revision_count + 1, sizeof(*selection->items));
    if (tallies == NULL || selection->items == NULL) {
        selection_free(selection);
        return NULL;
    }
    for (size_t i = 0; i < log->change_count; i++)
        count_change(&log->changes[i], &tallies[log->changes[i].revision]);
    for (size_t i = log->revision_count; i > 0; i--)
        selection->items[selection->count++] = (uint32_t)(i - 1);
    selection->own = tallies;
    return selection;
}

static struct node *revision_node(struct arena *arena, const struct revision *revision, const struct tally *tally)
{
    struct node *node = node_object(arena);
    node_set_text(arena, node, "revision", revision->id);
    node_set_text(arena, node, "date", revision->date);
    node_set(arena, node, "added", node_integer(arena, (int64_t)tally->added));
    node_set(arena, node, "changed", node_integer(arena, (int64_t)tally->changed));
    node_set(arena, node, "removed", node_integer(arena, (int64_t)tally->removed));
    node_set_text(arena, node, "changes_since", arena_printf(arena, "/v1/changes?since=%s", revision->id));
    return node;
}

bool revision_item(const struct selection *selection, size_t place, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    uint32_t index = selection->items[place];
    const struct revision *revision = &selection->view->facts->log.revisions[index];
    const struct tally *tally = (const struct tally *)selection->own + index;
    if (media != MEDIA_CSV)
        return fragment_write(arena, revision_node(arena, revision, tally), out);
    const char *const cells[] = {revision->id, revision->date, count_text(arena, tally->added),
                                 count_text(arena, tally->changed), count_text(arena, tally->removed)};
    format_csv_row(revision_columns, cells, out);
    return arena_ok(arena) && buf_ok(out);
}

/* A log that holds its own revision alone was never extended. */
bool log_meta(const struct list_page *page, struct buf *out)
{
    const struct view *view = page->selection->view;
    const struct revision *since = page->selection->question->since;
    buf_puts(out, ",\"revision\":");
    format_json_text(view->revision, out);
    if (since != NULL)
        buf_printf(out, ",\"since\":\"%s\"", since->id);
    buf_printf(out, ",\"log\":\"%s\"", view->facts->log.revision_count > 1 ? "kept" : "none");
    return buf_ok(out);
}
