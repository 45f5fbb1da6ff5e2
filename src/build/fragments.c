/* SPDX-License-Identifier: MIT */
/* The lists' fragments: each item in each media type of its list, made on several threads, written in the list's
 * default order and kept, since whole lists are made of the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct making {
    struct build *build;
    struct list_fragments *list;
    bool is_made[CREW_WINDOW];
};

static void make_fragment(void *cls, size_t index)
{
    struct making *making = cls;
    struct list_fragments *list = making->list;
    struct buf *body = &list->bodies[index];
    buf_init(body, STORE_BODY_BYTES);
    making->is_made[index % CREW_WINDOW] =
        list->kind->fragment(making->build->view, list->subjects[index], list->media, body) && buf_ok(body);
}

static bool take_fragment(void *cls, size_t index, struct err *err)
{
    struct making *making = cls;
    const struct list_fragments *list = making->list;
    const char *id = view_subject_id(making->build->view, list->kind->subject, list->subjects[index]);
    if (!making->is_made[index % CREW_WINDOW])
        return err_set(err, ERR_SYSTEM, "cannot make the item %s of the list %s: no memory, or above %d bytes", id,
                       list->kind->name, (int)STORE_BODY_BYTES);
    struct store_fragment fragment = {.list = list->kind->name,
                                      .media = list->media,
                                      .ord = (uint32_t)index,
                                      .id = id,
                                      .body = list->bodies[index].data,
                                      .len = list->bodies[index].len};
    return store_write_fragment(making->build->writer, &fragment, err);
}

/* A place for a list in one media type, in front of the build's others; NULL without memory. */
static struct list_fragments *add_list(struct build *build, const struct list_kind *kind, enum media media)
{
    struct list_fragments *list = calloc(1, sizeof(*list));
    if (list == NULL)
        return NULL;
    list->next = build->fragments;
    build->fragments = list;
    list->kind = kind;
    list->media = media;
    list->count = view_subjects(build->view, kind->subject);
    list->bodies = calloc(list->count + 1, sizeof(*list->bodies));
    list->subjects = order_make(build->view, kind, kind->sorts[0]);
    return list->bodies == NULL || list->subjects == NULL ? NULL : list;
}

static bool write_media(struct build *build, const struct list_kind *kind, enum media media, struct err *err)
{
    struct list_fragments *list = add_list(build, kind, media);
    if (list == NULL)
        return err_memory(err);
    struct making making = {.build = build, .list = list};
    struct crew_work work = {.count = list->count, .make = make_fragment, .take = take_fragment, .cls = &making};
    return crew_run(&work, build->threads, err);
}

static bool write_list(struct build *build, const struct list_kind *kind, struct err *err)
{
    if (kind->select != NULL) /* its items hang on what is asked, so none is ready */
        return allowed_write(build, kind, err);
    if (kind->found)
        return found_write(build, kind, err) && allowed_write(build, kind, err);
    for (size_t i = 0; kind->medias[i] != MEDIA_COUNT; i++)
        if (!write_media(build, kind, kind->medias[i], err))
            return false;
    return facets_write(build, build->fragments, err) && allowed_write(build, kind, err);
}

bool fragments_write(struct build *build, struct err *err)
{
    for (size_t i = 0; i < list_kind_count; i++) {
        build_progress(build, "lists", i, list_kind_count);
        if (!write_list(build, &list_kinds[i], err))
            return false;
    }
    build_progress(build, "lists", list_kind_count, list_kind_count);
    return true;
}

void fragments_free(struct list_fragments *fragments)
{
    for (struct list_fragments *list = fragments, *next; list != NULL; list = next) {
        next = list->next;
        for (size_t i = 0; list->bodies != NULL && i < list->count; i++)
            buf_done(&list->bodies[i]);
        free(list->bodies);
        free(list->subjects);
        free(list);
    }
}

const struct list_fragments *fragments_get(const struct build *build, const char *path, enum media media)
{
    for (const struct list_fragments *list = build->fragments; list != NULL; list = list->next)
        if (list->media == media && strcmp(list->kind->path, path) == 0)
            return list;
    return NULL;
}
