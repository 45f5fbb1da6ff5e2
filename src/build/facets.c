/* SPDX-License-Identifier: MIT */
/* What the items of a list are found and ordered by: facets, words, orders, and the values that may be asked of each
 * filter. An item is named by its place in the list's default order, here as in the store. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

enum { WORDS_BYTES = 1024 * 1024 }; /* of one item */

struct sorting {
    const struct view *view;
    const struct list_kind *kind;
    const char *sort;
};

static int compare(const void *a, const void *b, void *cls)
{
    const struct sorting *sorting = cls;
    return sorting->kind->compare(sorting->view, sorting->sort, *(const uint32_t *)a, *(const uint32_t *)b);
}

uint32_t *order_make(const struct view *view, const struct list_kind *kind, const char *sort)
{
    size_t count = view_subjects(view, kind->subject);
    uint32_t *subjects = calloc(count + 1, sizeof(*subjects));
    if (subjects == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        subjects[i] = (uint32_t)i;
    struct sorting sorting = {view, kind, sort};
    qsort_r(subjects, count, sizeof(*subjects), compare, &sorting);
    return subjects;
}

struct emitting {
    struct build *build;
    const char *list;
    uint32_t ord;
    struct err *err;
    bool failed; /* the first failure stays */
};

static void emit(void *cls, const char *name, const char *value)
{
    struct emitting *to = cls;
    if (!to->failed)
        to->failed = !store_write_facet(to->build->writer, to->list, name, value, to->ord, to->err);
}

static bool words_write(struct build *build, const struct list_kind *kind, uint32_t subject, uint32_t ord,
                        struct err *err)
{
    struct buf words CLEANUP(buf_done);
    buf_init(&words, WORDS_BYTES);
    kind->words(build->view, subject, &words);
    buf_puts(&words, "");
    if (!buf_ok(&words))
        return err_set(err, ERR_SYSTEM, "the words of %s item %u: no memory, or above %d bytes", kind->name, ord,
                       (int)WORDS_BYTES);
    return store_write_words(build->writer, kind->name, ord, words.data, err);
}

static void emit_name(void *cls, const char *name, const char *value)
{
    (void)name;
    struct emitting *to = cls;
    if (!to->failed)
        to->failed = !store_write_name(to->build->writer, to->list, to->ord, value, to->err);
}

bool found_write(struct build *build, const struct list_kind *kind, struct err *err)
{
    size_t count = view_subjects(build->view, kind->subject);
    for (uint32_t ord = 0; ord < count; ord++) {
        struct emitting to = {.build = build, .list = kind->name, .ord = ord, .err = err};
        kind->names(build->view, ord, emit_name, &to);
        if (to.failed || !words_write(build, kind, ord, ord, err))
            return false;
    }
    return true;
}

static bool order_write(struct build *build, const struct list_fragments *list, const uint32_t *ords, const char *sort,
                        struct err *err)
{
    uint32_t *subjects = order_make(build->view, list->kind, sort);
    if (subjects == NULL)
        return err_memory(err);
    bool ok = true;
    for (uint32_t place = 0; ok && place < list->count; place++)
        ok = store_write_order(build->writer, list->kind->name, sort, place, ords[subjects[place]], err);
    free(subjects);
    return ok;
}

static bool orders_write(struct build *build, const struct list_fragments *list, struct err *err)
{
    uint32_t *ords = calloc(list->count + 1, sizeof(*ords));
    if (ords == NULL)
        return err_memory(err);
    for (uint32_t ord = 0; ord < list->count; ord++)
        ords[list->subjects[ord]] = ord;
    bool ok = true;
    for (size_t i = 0; ok && list->kind->sorts[i] != NULL; i++)
        ok = order_write(build, list, ords, list->kind->sorts[i], err);
    free(ords);
    return ok;
}

bool facets_write(struct build *build, const struct list_fragments *list, struct err *err)
{
    const struct list_kind *kind = list->kind;
    for (uint32_t ord = 0; ord < list->count; ord++) {
        struct emitting to = {.build = build, .list = kind->name, .ord = ord, .err = err};
        kind->facets(build->view, list->subjects[ord], emit, &to);
        if (to.failed || (kind->searchable && !words_write(build, kind, list->subjects[ord], ord, err)))
            return false;
    }
    return orders_write(build, list, err);
}

static bool allow(struct build *build, const struct list_kind *kind, const char *name, const char *value,
                  struct err *err)
{
    return store_write_allowed(build->writer, kind->name, name, value, err);
}

static bool allow_terms(struct build *build, const struct list_kind *kind, const struct list_filter *filter,
                        struct err *err)
{
    const struct vocabulary *vocabulary = facts_vocabulary(build->facts, filter->vocabulary);
    for (size_t i = 0; vocabulary != NULL && i < vocabulary->term_count; i++)
        if (!allow(build, kind, filter->name, vocabulary->terms[i].id, err))
            return false;
    return true;
}

static bool allow_subjects(struct build *build, const struct list_kind *kind, const struct list_filter *filter,
                           enum subject subject, struct err *err)
{
    for (size_t i = 0; i < view_subjects(build->view, subject); i++)
        if (!allow(build, kind, filter->name, view_subject_id(build->view, subject, i), err))
            return false;
    return true;
}

static bool allow_words(struct build *build, const struct list_kind *kind, const struct list_filter *filter,
                        struct err *err)
{
    for (size_t i = 0; filter->words[i] != NULL; i++)
        if (!allow(build, kind, filter->name, filter->words[i], err))
            return false;
    return true;
}

static bool allow_filter(struct build *build, const struct list_kind *kind, const struct list_filter *filter,
                         struct err *err)
{
    switch (filter->kind) {
    case FILTER_TERM:
        return allow_terms(build, kind, filter, err);
    case FILTER_COUNTRY:
        return allow_subjects(build, kind, filter, SUBJECT_COUNTRY, err);
    case FILTER_ID:
        return allow_subjects(build, kind, filter, filter->subject, err);
    case FILTER_WORD:
        return allow_words(build, kind, filter, err);
    case FILTER_YEAR: /* any */
        return true;
    }
    return true;
}

bool allowed_write(struct build *build, const struct list_kind *kind, struct err *err)
{
    for (const struct list_filter *filter = kind->filters; filter->name != NULL; filter++)
        if (!allow_filter(build, kind, filter, err))
            return false;
    return true;
}
