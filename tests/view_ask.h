/* SPDX-License-Identifier: MIT */
/* Asking a view as the build does: documents and lists that take questions are asked the default one. */
#pragma once
#include <check.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/view.h"

static inline bool document_write(const struct view *of, const struct document_kind *kind, size_t index,
                                  struct buf *bytes)
{
    if (kind->write != NULL)
        return kind->write(of, kind->subject == SUBJECT_NONE ? kind->number : index, bytes);
    struct question question = view_question(of, view_methodology(of));
    return kind->answer(of, &question, "/v1/self", index, bytes);
}

/* Whether it is a document that the build makes, and no whole list. */
static inline bool document_is_built(const struct document_kind *kind)
{
    return (kind->write != NULL || kind->answer != NULL) && !kind->only_asked;
}

/* A selection of everything that a search goes through. */
static inline struct selection *all_found(const struct view *of, const struct question *question)
{
    struct selection *selection = selection_new(of, question);
    size_t count = view_subjects(of, SUBJECT_FINDING);
    ck_assert_ptr_nonnull(selection);
    selection->items = arena_array(selection->arena, count, sizeof(*selection->items));
    const char **excerpts = arena_array(selection->arena, count, sizeof(*excerpts));
    ck_assert(arena_ok(selection->arena));
    for (; selection->count < count; selection->count++) {
        selection->items[selection->count] = (uint32_t)selection->count;
        excerpts[selection->count] = "an excerpt";
    }
    selection->own = excerpts;
    return selection;
}

/* Item number `index` in a list's default order. */
static inline bool item_write(const struct view *of, const struct list_kind *kind, size_t index, enum media media,
                              struct buf *bytes)
{
    if (kind->fragment != NULL)
        return kind->fragment(of, index, media, bytes);
    struct question question = view_question(of, view_methodology(of));
    struct selection *selection = kind->found ? all_found(of, &question) : kind->select(of, &question, NULL);
    ck_assert_ptr_nonnull(selection);
    ck_assert_uint_lt(index, selection->count);
    bool ok = kind->item(selection, index, media, bytes);
    selection_free(selection);
    return ok;
}
