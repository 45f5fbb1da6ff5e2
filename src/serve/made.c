/* SPDX-License-Identifier: MIT */
/* Computed answers, counted: the cache and each open transfer hold one reference, the last frees it. */
#include <stdatomic.h>
#include <stdlib.h>

#include "internal.h"

struct counted {
    struct made made; /* first: what callers hold */
    atomic_uint references;
};

struct made *made_new(enum media media, char *body, size_t len)
{
    struct counted *counted = calloc(1, sizeof(*counted));
    if (counted == NULL) {
        free(body);
        return NULL;
    }
    counted->made = (struct made){.media = media, .body = body, .len = len};
    atomic_init(&counted->references, 1);
    return &counted->made;
}

struct made *made_ref(struct made *made)
{
    if (made != NULL)
        (void)atomic_fetch_add_explicit(&((struct counted *)made)->references, 1, memory_order_relaxed);
    return made;
}

void made_unref(struct made *made)
{
    if (made == NULL || atomic_fetch_sub_explicit(&((struct counted *)made)->references, 1, memory_order_acq_rel) != 1)
        return;
    free(made->content_location);
    free(made->link);
    free(made->body);
    free(made);
}

void made_cleanup(struct made **made)
{
    made_unref(*made);
}
