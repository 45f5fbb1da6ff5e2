/* SPDX-License-Identifier: MIT */
/* From a folder of seeds to a published dataset, step by step: check, facts, lists, documents, publish. It holds no
 * rule of any of them. Invariant: nothing is written beside the old file before every answer is made. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cyberatlas/base/facts.h"
#include "cyberatlas/serve.h"
#include "internal.h"

static void writer_done(struct store_writer **writer)
{
    store_writer_free(*writer);
}

static void view_done(struct view **view)
{
    view_free(*view);
}

static void build_done(struct build *build)
{
    fragments_free(build->fragments);
    reuse_free(build->reuse);
}

void build_progress(const struct build *build, const char *step, size_t done, size_t total)
{
    if (build->options->progress != NULL)
        build->options->progress(build->options->cls, step, done, total);
}

static bool publish(struct build *build, const char *out, struct build_result *ret, struct err *err)
{
    struct stat entry;
    build_progress(build, "publishing", 0, 0);
    if (!store_publish(build->writer, out, err))
        return false;
    if (stat(out, &entry) != 0)
        return err_set(err, ERR_SYSTEM, "cannot look at %s: %s", out, strerror(errno));
    size_t countries;
    (void)facts_things(build->facts, THING_COUNTRY, NULL, &countries);
    *ret = (struct build_result){
        .countries = countries, .documents = build->documents, .reused = build->reused, .bytes = (size_t)entry.st_size};
    (void)snprintf(ret->revision, sizeof(ret->revision), "%s", store_writer_revision(build->writer));
    return true;
}

static bool make_answers(struct build *build, struct err *err)
{
    struct view *view CLEANUP(view_done) = NULL;
    if (!view_new(build->facts, store_writer_revision(build->writer), &view, err))
        return false;
    view_set_parameters(view, route_parameters_at);
    build->view = view;
    return fragments_write(build, err) && exports_write(build, err) && documents_write(build, err);
}

/* Looks at what is at `out` already, and notes by which compressors the new variants are made. */
static bool take_old(struct build *build, const char *out, struct err *err)
{
    char coders[DIGEST_SIZE];
    build_progress(build, "previous dataset", 0, 0);
    if (!reuse_coders(build->options, coders) || !reuse_open(out, coders, &build->reuse))
        return err_memory(err);
    return store_write_coders(build->writer, *coders == '\0' ? "none" : coders, err);
}

static bool build_facts(const struct facts *facts, const char *out, const struct build_options *options,
                        struct build_result *ret, struct err *err)
{
    struct store_writer *writer CLEANUP(writer_done) = NULL;
    if (!store_create(&writer, err))
        return false;
    struct build build CLEANUP(build_done) = {.facts = facts,
                                              .writer = writer,
                                              .options = options,
                                              .threads = options->threads == 0 ? crew_processors() : options->threads};
    build_progress(&build, "facts", 0, 0);
    return store_write_facts(writer, facts, err) &&
           store_write_log(writer, options->previous, facts->dataset.date, err) && take_old(&build, out, err) &&
           make_answers(&build, err) && publish(&build, out, ret, err);
}

bool build_dataset(const char *data, const char *out, const struct build_options *options, struct build_result *ret,
                   struct seed_faults *faults, struct err *err)
{
    struct facts *facts CLEANUP(facts_cleanup) = NULL;
    if (options->progress != NULL)
        options->progress(options->cls, "seeds", 0, 0);
    return seed_load(data, &facts, faults, err) && build_facts(facts, out, options, ret, err);
}
