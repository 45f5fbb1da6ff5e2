/* SPDX-License-Identifier: MIT */
/* The coded variants of the file that is about to be replaced. A body that is in it already, byte for byte, is not
 * compressed again. Invariant: the new file has the same bytes with and without an old one; so an old one counts only
 * where it opens as a dataset, every body matching its digest, and its compressors make what ours make. */
#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/arena.h"
#include "cyberatlas/base/embedded.h"
#include "internal.h"

enum { REUSE_BYTES = 1024 * 1024 * 1024, SAMPLE_SMALL_BYTES = 16 * 1024 };

struct variants {
    const char *etag; /* of the body as it is */
    struct {
        const char *data; /* NULL: the coding did not pay */
        size_t len;
    } coded[CODING_COUNT];
};

struct reuse {
    struct arena *arena;
    struct variants *list; /* by etag */
    size_t count;
    size_t cap;
};

/* --- which compressors --- */

static void sample(struct buf *all, const struct embedded *file, size_t len)
{
    struct buf coded CLEANUP(buf_done);
    buf_init(&coded, STORE_BODY_BYTES);
    for (int i = CODING_IDENTITY + 1; i < CODING_COUNT; i++) {
        buf_reset(&coded);
        bool is_made = compress_body((enum coding)i, file->data, len, &coded);
        buf_printf(all, "%s %d %zu ", coding_names[i], is_made ? 1 : 0, coded.len);
        buf_add(all, coded.data == NULL ? "" : coded.data, coded.len);
        all->failed = all->failed || coded.failed;
    }
}

/* Told by what they make of a text that is part of the program, since a library may change below it; empty where
 * nothing is compressed. */
bool reuse_coders(const struct build_options *options, char ret[DIGEST_SIZE])
{
    const struct embedded *file = embedded_find("api/openapi.json");
    struct buf all CLEANUP(buf_done);
    buf_init(&all, 2 * (size_t)STORE_BODY_BYTES);
    ret[0] = '\0';
    if (!options->compress || file == NULL)
        return true;
    sample(&all, file, file->len < SAMPLE_SMALL_BYTES ? file->len : SAMPLE_SMALL_BYTES);
    sample(&all, file, file->len);
    digest_of(all.data, all.len, ret);
    return buf_ok(&all);
}

/* --- what the old file holds --- */

static struct variants *variants_add(struct reuse *reuse, const char *etag)
{
    if (reuse->count == reuse->cap) {
        size_t cap = reuse->cap == 0 ? 1024 : reuse->cap * 2;
        struct variants *grown = realloc(reuse->list, cap * sizeof(*grown));
        if (grown == NULL)
            return NULL;
        reuse->list = grown;
        reuse->cap = cap;
    }
    struct variants *added = &reuse->list[reuse->count];
    *added = (struct variants){.etag = arena_text(reuse->arena, etag)};
    if (added->etag == NULL)
        return NULL;
    reuse->count++;
    return added;
}

/* The variants of a body follow it. An export has none by choice, even where it is the same body as a list. */
static bool see_document(void *cls, const struct store_document *document)
{
    struct reuse *reuse = cls;
    if (strncmp(document->path, STORE_EXPORTS, sizeof(STORE_EXPORTS) - 1) == 0)
        return true;
    if (document->coding == CODING_IDENTITY)
        return variants_add(reuse, document->etag) != NULL;
    if (reuse->count == 0)
        return false;
    struct variants *last = &reuse->list[reuse->count - 1];
    char *data = arena_copy(reuse->arena, document->body, document->len);
    last->coded[document->coding].data = data;
    last->coded[document->coding].len = document->len;
    return data != NULL;
}

static int compare_variants(const void *a, const void *b)
{
    const struct variants *first = a;
    const struct variants *second = b;
    return strcmp(first->etag, second->etag);
}

static void store_done(struct store **store)
{
    store_close(*store);
}

/* Whatever the file lacks or hides is compressed anew, so no failure here is one of the build. */
static void read_old(struct reuse *reuse, const char *path, const char *coders)
{
    struct store *store CLEANUP(store_done) = NULL;
    struct err err;
    if (!store_open(path, 0, &store, &err))
        return;
    const char *made_by = store_key(store, STORE_KEY_CODERS);
    if (made_by == NULL || strcmp(made_by, coders) != 0)
        return;
    if (!store_documents(store, see_document, reuse, &err) || !arena_ok(reuse->arena))
        reuse->count = 0;
    if (reuse->count > 0)
        qsort(reuse->list, reuse->count, sizeof(*reuse->list), compare_variants);
}

bool reuse_open(const char *path, const char *coders, struct reuse **ret)
{
    struct reuse *reuse = calloc(1, sizeof(*reuse));
    if (reuse == NULL)
        return false;
    reuse->arena = arena_new(REUSE_BYTES);
    if (reuse->arena == NULL) {
        free(reuse);
        return false;
    }
    if (*coders != '\0')
        read_old(reuse, path, coders);
    *ret = reuse;
    return true;
}

void reuse_free(struct reuse *reuse)
{
    if (reuse == NULL)
        return;
    arena_free(reuse->arena);
    free(reuse->list);
    free(reuse);
}

bool reuse_find(const struct reuse *reuse, const char *etag, enum coding coding, struct buf *out, bool *ret_has)
{
    const struct variants wanted = {.etag = etag};
    const struct variants *found =
        reuse->count == 0 ? NULL : bsearch(&wanted, reuse->list, reuse->count, sizeof(*reuse->list), compare_variants);
    if (found == NULL)
        return false;
    if (found->coded[coding].data != NULL)
        buf_add(out, found->coded[coding].data, found->coded[coding].len);
    *ret_has = found->coded[coding].data != NULL && buf_ok(out);
    return true;
}
