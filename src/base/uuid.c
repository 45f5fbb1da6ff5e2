/* SPDX-License-Identifier: MIT */
/* UUID version 5: SHA-1 over a namespace and a name, cut to 128 bits, with version and variant set. SHA-1 only names
 * here; nothing is protected by it. */
#include "cyberatlas/base/uuid.h"

#include <nettle/sha1.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { UUID_BYTES = 16 };

static const uint8_t namespace[UUID_BYTES] = {0x5d, 0x0a, 0x6c, 0x1e, 0x3f, 0x0b, 0x4b, 0x0f,
                                              0x9a, 0x86, 0x2c, 0x1f, 0x7f, 0x5e, 0x9b, 0x41};

static void add_text(struct sha1_ctx *ctx, const char *text)
{
    sha1_update(ctx, strlen(text), (const uint8_t *)text);
}

void uuid_of(const char *kind, const char *id, char ret[UUID_SIZE])
{
    static const char hex[] = "0123456789abcdef";
    struct sha1_ctx ctx;
    uint8_t bytes[UUID_BYTES];
    sha1_init(&ctx);
    sha1_update(&ctx, sizeof(namespace), namespace);
    add_text(&ctx, kind);
    add_text(&ctx, ":");
    add_text(&ctx, id);
    sha1_digest(&ctx, sizeof(bytes), bytes);
    bytes[6] = (uint8_t)((bytes[6] & 0x0F) | 0x50);
    bytes[8] = (uint8_t)((bytes[8] & 0x3F) | 0x80);
    char *at = ret;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = hex[bytes[i] >> 4];
        *at++ = hex[bytes[i] & 15];
    }
    *at = '\0';
}
