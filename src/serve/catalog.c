/* SPDX-License-Identifier: MIT */
/* What may be asked of one dataset: how countries are spelled, former ids of teams, and each filter's values. Filled
 * while a snapshot loads, sorted once, then only read. Knows no request and no store. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { SPELLING_BYTES = 64 }; /* no code or former id is longer */

bool serve_grow(void **items, size_t *cap, size_t count, size_t size)
{
    if (count < *cap)
        return true;
    size_t wanted = *cap == 0 ? 16 : *cap * 2;
    void *bigger = reallocarray(*items, wanted, size);
    if (bigger == NULL)
        return false;
    *items = bigger;
    *cap = wanted;
    return true;
}

const char *catalog_mark(const struct catalog *catalog, const struct list_kind *list)
{
    return list != NULL && list->of_log ? catalog->log : catalog->revision;
}

void catalog_done(struct catalog *catalog)
{
    free(catalog->countries.items);
    free(catalog->certs.items);
    free(catalog->allowed);
    *catalog = (struct catalog){0};
}

static bool add_spelling(struct spellings *all, const char *text, const char *id)
{
    if (text == NULL || id == NULL || !serve_grow((void **)&all->items, &all->cap, all->count, sizeof(*all->items)))
        return false;
    all->items[all->count++] = (struct spelling){text, id};
    return true;
}

bool catalog_add_country(struct catalog *catalog, const char *text, const char *code)
{
    char *upper = arena_text(catalog->arena, text);
    for (char *c = upper; c != NULL && *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    return add_spelling(&catalog->countries, upper, arena_text(catalog->arena, code));
}

bool catalog_add_cert(struct catalog *catalog, const char *former, const char *id)
{
    return add_spelling(&catalog->certs, arena_text(catalog->arena, former), arena_text(catalog->arena, id));
}

bool catalog_add_allowed(struct catalog *catalog, const char *list, const char *name, const char *value)
{
    struct allowed row = {arena_text(catalog->arena, list), arena_text(catalog->arena, name),
                          arena_text(catalog->arena, value)};
    if (!arena_ok(catalog->arena) ||
        !serve_grow((void **)&catalog->allowed, &catalog->allowed_cap, catalog->allowed_count, sizeof(row)))
        return false;
    catalog->allowed[catalog->allowed_count++] = row;
    return true;
}

static int compare_spelling(const void *a, const void *b)
{
    const struct spelling *left = a;
    const struct spelling *right = b;
    return strcmp(left->text, right->text);
}

void catalog_sort(struct catalog *catalog)
{
    if (catalog->countries.count > 0)
        qsort(catalog->countries.items, catalog->countries.count, sizeof(struct spelling), compare_spelling);
    if (catalog->certs.count > 0)
        qsort(catalog->certs.items, catalog->certs.count, sizeof(struct spelling), compare_spelling);
}

static const char *find_spelling(const struct spellings *all, const char *text, size_t len, bool upper)
{
    char key[SPELLING_BYTES + 1];
    if (len > SPELLING_BYTES || all->count == 0)
        return NULL;
    for (size_t i = 0; i < len; i++)
        key[i] = upper ? (char)toupper((unsigned char)text[i]) : text[i];
    key[len] = '\0';
    const struct spelling wanted = {key, NULL};
    const struct spelling *found = bsearch(&wanted, all->items, all->count, sizeof(struct spelling), compare_spelling);
    return found == NULL ? NULL : found->id;
}

const char *catalog_country(const struct catalog *catalog, const char *text, size_t len)
{
    return find_spelling(&catalog->countries, text, len, true);
}

const char *catalog_cert(const struct catalog *catalog, const char *former, size_t len)
{
    return find_spelling(&catalog->certs, former, len, false);
}
