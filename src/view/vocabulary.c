/* SPDX-License-Identifier: MIT */
/* Vocabularies as answers: the words that coded values are taken from, with what they mean. */
#include "internal.h"

static const char *vocabulary_path(struct arena *arena, const struct vocabulary *vocabulary)
{
    return arena_printf(arena, "/v1/vocabularies/%s", vocabulary->id);
}

static struct node *summary_node(struct arena *arena, const struct vocabulary *vocabulary)
{
    struct node *object = node_object(arena);
    node_set_text(arena, object, "id", vocabulary->id);
    node_set_text(arena, object, "title", vocabulary->title);
    return object;
}

static struct node *terms_node(struct arena *arena, const struct vocabulary *vocabulary)
{
    struct node *terms = node_array(arena);
    for (size_t i = 0; i < vocabulary->term_count; i++) {
        struct node *term = node_object(arena);
        node_set_text(arena, term, "id", vocabulary->terms[i].id);
        node_set_text(arena, term, "label", vocabulary->terms[i].label);
        node_set_text(arena, term, "note", vocabulary->terms[i].note);
        node_push(arena, terms, term);
    }
    return terms;
}

bool vocabulary_write(const struct view *view, size_t index, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct vocabulary *vocabulary = &view->facts->vocabularies[index];
    struct node *data = summary_node(arena, vocabulary);
    node_set(arena, data, "terms", terms_node(arena, vocabulary));
    struct node *links = links_node(arena, vocabulary_path(arena, vocabulary), "/v1/vocabularies");
    return envelope_write(arena, data, links, out);
}

const struct column vocabulary_columns[] = {
    {"id", COLUMN_PLAIN}, {"title", COLUMN_TEXT}, {"terms", COLUMN_PLAIN}, {NULL, COLUMN_PLAIN}};

bool vocabulary_fragment(const struct view *view, size_t index, enum media media, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct vocabulary *vocabulary = &view->facts->vocabularies[index];
    if (media == MEDIA_CSV) {
        const char *cells[] = {vocabulary->id, vocabulary->title, count_text(arena, vocabulary->term_count)};
        format_csv_row(vocabulary_columns, cells, out);
        return arena_ok(arena) && buf_ok(out);
    }
    struct node *item = summary_node(arena, vocabulary);
    node_set(arena, item, "terms", node_integer(arena, (int64_t)vocabulary->term_count));
    node_set_text(arena, item, "self", vocabulary_path(arena, vocabulary));
    return fragment_write(arena, item, out);
}
