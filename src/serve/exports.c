/* SPDX-License-Identifier: MIT */
/* The exports as they are served: what their header says beside the usual, and the two documents about them that hang
 * on the operator's settings. A hash is taken of the very bytes that are sent. */
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/digest.h"
#include "internal.h"

enum { FILES_MOST = 16, SHA256_BYTES = 32 };

/* "sha-256=:BASE64:" (RFC 9530) */
static const char *repr_digest(struct arena *arena, const char *hex)
{
    static const char digits[] = "0123456789abcdef";
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[48];
    unsigned char bytes[SHA256_BYTES + 1] = {0};
    size_t used = 0;
    for (size_t i = 0; i < SHA256_BYTES; i++)
        bytes[i] =
            (unsigned char)((strchr(digits, hex[2 * i]) - digits) * 16 + (strchr(digits, hex[2 * i + 1]) - digits));
    for (size_t i = 0; i < SHA256_BYTES; i += 3) {
        uint32_t bits = (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8;
        bits |= i + 2 < SHA256_BYTES ? bytes[i + 2] : 0U;
        for (int shift = 18; shift >= 0; shift -= 6)
            text[used++] = alphabet[bits >> shift & 0x3F];
    }
    text[used - 1] = '='; /* 32 bytes are two thirds of a group short */
    return arena_printf(arena, "sha-256=:%.*s:", (int)used, text);
}

bool export_mark(struct arena *arena, struct representation *item)
{
    char hex[DIGEST_SIZE];
    if (strncmp(item->path, STORE_EXPORTS, sizeof(STORE_EXPORTS) - 1) != 0)
        return true;
    digest_of(item->body, item->len, hex);
    item->digest = repr_digest(arena, hex);
    return item->digest != NULL;
}

/* The export's file, as far as there is one. */
static bool find_file(const struct snapshot *snapshot, const struct export_kind *kind, struct export_file *ret)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof(path), STORE_EXPORTS "%s", kind->name);
    for (size_t i = 0; i < snapshot->count; i++) {
        const struct representation *item = &snapshot->items[i];
        if (strcmp(item->path, path) != 0)
            continue;
        *ret = (struct export_file){.kind = kind, .bytes = item->len};
        digest_of(item->body, item->len, ret->sha256);
        return true;
    }
    return false;
}

static size_t find_files(const struct snapshot *snapshot, struct export_file ret[FILES_MOST])
{
    size_t count = 0;
    for (size_t i = 0; i < export_kind_count && count < FILES_MOST; i++)
        if (find_file(snapshot, &export_kinds[i], &ret[count]))
            count++;
    return count;
}

static bool load_catalog(struct snapshot *snapshot, const struct export_kind *kind)
{
    struct export_file files[FILES_MOST];
    size_t count = find_files(snapshot, files);
    char path[PATH_BYTES];
    CLEANUP(buf_done) struct buf body;
    buf_init(&body, STORE_BODY_BYTES);
    (void)snprintf(path, sizeof(path), STORE_EXPORTS "%s", kind->name);
    return export_write_catalog(snapshot->view, files, count, snapshot->catalog.base, &body) &&
           snapshot_add_made(snapshot, path, kind->media, &body);
}

bool exports_load(struct snapshot *snapshot)
{
    struct export_file files[FILES_MOST];
    CLEANUP(buf_done) struct buf body;
    buf_init(&body, STORE_BODY_BYTES);
    for (size_t i = 0; i < export_kind_count; i++)
        if (export_kinds[i].media == MEDIA_JSONLD && !load_catalog(snapshot, &export_kinds[i]))
            return false;
    size_t count = find_files(snapshot, files);
    return export_write_index(files, count, &body) && snapshot_add_made(snapshot, "/v1/exports", MEDIA_JSON, &body);
}
