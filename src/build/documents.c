/* SPDX-License-Identifier: MIT */
/* Every document of every subject: made and compressed on several threads, written in one order. All media types and
 * codings of a path stand together, the path's default first. Whole lists are brackets round the lists' fragments, or
 * the answer to the default question; one above the ceiling of a body is left out, since `serve` makes its pages. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { PATH_BYTES = 4096, ETAG_DIGITS = 32, PROGRESS_STEP = 64 };

/* One document to be made. */
struct task {
    const struct document_kind *kind;
    size_t subject;
};

struct result {
    bool is_left_out; /* a whole list above the ceiling of a body: its pages are made when they are asked for */
    struct buf path;
    struct buf bodies[CODING_COUNT];
    char etags[CODING_COUNT][DIGEST_SIZE];
    bool has[CODING_COUNT];
    bool is_reused;
};

struct making {
    struct build *build;
    struct task *tasks;
    size_t count;
    struct result results[CREW_WINDOW];
};

/* The template with the subject's id in the place of its {…}. */
static void path_write(const struct view *view, const struct task *task, struct buf *path)
{
    const char *template = task->kind->path;
    const char *open = strchr(template, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');
    if (close == NULL) {
        buf_puts(path, template);
        return;
    }
    buf_add(path, template, (size_t)(open - template));
    buf_puts(path, view_subject_id(view, task->kind->subject, task->subject));
    buf_puts(path, close + 1);
}

/* The address of the whole list itself. */
static bool self_write(const struct list_kind *kind, enum media media, const char *path, struct buf *self)
{
    buf_puts(self, path);
    if (media != kind->medias[0])
        buf_puts(self, media_table[media].suffix);
    return buf_ok(self);
}

/* Ends early behind the item that passes the ceiling of a body. */
static bool list_write(const struct build *build, const char *path, enum media media, size_t most, struct buf *out)
{
    const struct list_fragments *list = fragments_get(build, path, media);
    struct buf self CLEANUP(buf_done);
    buf_init(&self, PATH_BYTES);
    if (list == NULL || !self_write(list->kind, list->media, path, &self))
        return false;
    struct places places = {.count = 0};
    struct list_page page = {
        .kind = list->kind, .self = self.data, .total = list->count, .count = list->count, .places = &places};
    list_open(&page, list->media, out);
    for (size_t i = 0; i < list->count && out->len <= most; i++) {
        if (i > 0)
            list_separate(list->media, out);
        list_put(&page, list->media, list->bodies[i].data, list->bodies[i].len, out);
    }
    list_close(&page, list->media, out);
    return buf_ok(out);
}

static void selection_done(struct selection **selection)
{
    selection_free(*selection);
}

/* The same for a list whose items follow from a question: here the default one, of all there is. */
static bool asked_write(const struct build *build, const struct list_kind *kind, enum media media, size_t most,
                        struct buf *out)
{
    const struct question question = view_question(build->view, view_methodology(build->view));
    struct buf self CLEANUP(buf_done);
    buf_init(&self, PATH_BYTES);
    struct selection *found CLEANUP(selection_done) = kind->select(build->view, &question, NULL);
    if (found == NULL || !self_write(kind, media, kind->path, &self))
        return false;
    struct list_page page = {
        .kind = kind, .self = self.data, .total = found->count, .count = found->count, .selection = found};
    list_open(&page, media, out);
    for (size_t i = 0; i < found->count && out->len <= most; i++) {
        if (i > 0)
            list_separate(media, out);
        if (!kind->item(found, i, media, out))
            return false;
    }
    list_close(&page, media, out);
    return buf_ok(out);
}

static const struct list_kind *list_at(const char *path)
{
    for (size_t i = 0; i < list_kind_count; i++)
        if (strcmp(list_kinds[i].path, path) == 0)
            return &list_kinds[i];
    return NULL;
}

bool whole_list_write(const struct build *build, const char *path, enum media media, size_t most, struct buf *out)
{
    const struct list_kind *list = list_at(path);
    return list != NULL && list->select != NULL ? asked_write(build, list, media, most, out)
                                                : list_write(build, path, media, most, out);
}

static void etag_write(struct result *result, enum coding coding)
{
    digest_of(result->bodies[coding].data == NULL ? "" : result->bodies[coding].data, result->bodies[coding].len,
              result->etags[coding]);
    result->etags[coding][ETAG_DIGITS] = '\0';
    result->has[coding] = true;
}

static void result_done(struct result *result)
{
    buf_done(&result->path);
    for (size_t i = 0; i < CODING_COUNT; i++)
        buf_done(&result->bodies[i]);
    *result = (struct result){0};
}

/* A document's answer to the default question; what it calls itself is its address in JSON. */
static bool answer_write(const struct view *view, const struct task *task, const char *path, struct buf *out)
{
    const struct question question = view_question(view, view_methodology(view));
    return task->kind->answer(view, &question, path, task->subject, out);
}

static bool body_write(const struct making *making, const struct task *task, struct result *result)
{
    const struct view *view = making->build->view;
    const struct document_kind *kind = task->kind;
    struct buf *body = &result->bodies[CODING_IDENTITY];
    if (kind->answer != NULL)
        return answer_write(view, task, result->path.data, body);
    if (kind->write != NULL)
        return kind->write(view, task->subject, body);
    /* Room for one item beyond, so that a list that is too long is told from want of memory. */
    body->ceiling = 3 * (size_t)STORE_BODY_BYTES;
    bool ok = whole_list_write(making->build, kind->path, kind->media, STORE_BODY_BYTES, body);
    result->is_left_out = ok && body->len > STORE_BODY_BYTES;
    return ok && !result->is_left_out;
}

/* Whether there is such a variant: the old file's, or a new one. */
static bool code_write(const struct reuse *reuse, struct result *result, enum coding coding)
{
    const struct buf *body = &result->bodies[CODING_IDENTITY];
    bool has = false;
    result->is_reused = reuse_find(reuse, result->etags[CODING_IDENTITY], coding, &result->bodies[coding], &has);
    return result->is_reused ? has : compress_body(coding, body->data, body->len, &result->bodies[coding]);
}

static void make_document(void *cls, size_t index)
{
    struct making *making = cls;
    const struct task *task = &making->tasks[index];
    struct result *result = &making->results[index % CREW_WINDOW];
    buf_init(&result->path, PATH_BYTES);
    for (size_t i = 0; i < CODING_COUNT; i++)
        buf_init(&result->bodies[i], STORE_BODY_BYTES);
    path_write(making->build->view, task, &result->path);
    if (!buf_ok(&result->path) || !body_write(making, task, result))
        return;
    etag_write(result, CODING_IDENTITY);
    for (size_t i = CODING_IDENTITY + 1; making->build->options->compress && i < CODING_COUNT; i++)
        if (code_write(making->build->reuse, result, (enum coding)i))
            etag_write(result, (enum coding)i);
}

static bool result_write(struct build *build, const struct task *task, const struct result *result, struct err *err)
{
    for (size_t i = CODING_IDENTITY + 1; i < CODING_COUNT; i++)
        if (!buf_ok(&result->path) || !buf_ok(&result->bodies[i]))
            return err_memory(err);
    if (result->is_left_out)
        return true;
    if (!result->has[CODING_IDENTITY])
        return err_set(err, ERR_SYSTEM, "cannot make the answer to %s (%s): no memory, or above %d bytes",
                       result->path.data, media_table[task->kind->media].name, (int)STORE_BODY_BYTES);
    for (size_t i = 0; i < CODING_COUNT; i++) {
        if (!result->has[i])
            continue;
        struct store_document document = {.path = result->path.data,
                                          .media = task->kind->media,
                                          .coding = (enum coding)i,
                                          .etag = result->etags[i],
                                          .body = result->bodies[i].data,
                                          .len = result->bodies[i].len};
        if (!store_write_document(build->writer, &document, err))
            return false;
        build->documents++;
        build->reused += result->is_reused && i != CODING_IDENTITY ? 1U : 0U;
    }
    return true;
}

static bool take_document(void *cls, size_t index, struct err *err)
{
    struct making *making = cls;
    struct result *result = &making->results[index % CREW_WINDOW];
    bool ok = result_write(making->build, &making->tasks[index], result, err);
    result_done(result);
    if (index % PROGRESS_STEP == 0)
        build_progress(making->build, "answers", index, making->count);
    return ok;
}

/* Behind the last kind of the same path. */
static size_t path_end(size_t first)
{
    size_t end = first + 1;
    while (end < document_kind_count && strcmp(document_kinds[end].path, document_kinds[first].path) == 0)
        end++;
    return end;
}

static struct task task_of(const struct document_kind *kind, size_t subject)
{
    return (struct task){kind, kind->subject == SUBJECT_NONE ? kind->number : subject};
}

/* Fills `tasks` (NULL: counts only): by path, then subject, then media type. */
static size_t tasks_list(const struct view *view, struct task *tasks)
{
    size_t count = 0;
    for (size_t first = 0, end; first < document_kind_count; first = end) {
        end = path_end(first);
        bool is_made = !document_kinds[first].only_asked && !document_kinds[first].apart;
        size_t subjects = is_made ? view_subjects(view, document_kinds[first].subject) : 0;
        for (size_t i = 0; i < subjects * (end - first); i++, count++)
            if (tasks != NULL)
                tasks[count] = task_of(&document_kinds[first + i % (end - first)], i / (end - first));
    }
    return count;
}

static void making_free(struct making **making)
{
    if (*making == NULL)
        return;
    for (size_t i = 0; i < CREW_WINDOW; i++)
        result_done(&(*making)->results[i]);
    free((*making)->tasks);
    free(*making);
}

bool documents_write(struct build *build, struct err *err)
{
    struct making *making CLEANUP(making_free) = calloc(1, sizeof(*making));
    if (making == NULL)
        return err_memory(err);
    making->build = build;
    making->count = tasks_list(build->view, NULL);
    making->tasks = calloc(making->count + 1, sizeof(*making->tasks));
    if (making->tasks == NULL)
        return err_memory(err);
    (void)tasks_list(build->view, making->tasks);
    struct crew_work work = {.count = making->count, .make = make_document, .take = take_document, .cls = making};
    bool ok = crew_run(&work, build->threads, err);
    if (ok)
        build_progress(build, "answers", making->count, making->count);
    return ok;
}
