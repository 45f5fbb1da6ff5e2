/* SPDX-License-Identifier: MIT */
/* SHA-256 by nettle, which libmicrohttpd's GnuTLS brings along anyway. */
#include "cyberatlas/base/digest.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <stdlib.h>

struct digest {
    struct sha256_ctx ctx;
};

static void finish(struct sha256_ctx *ctx, char ret[DIGEST_SIZE])
{
    static const char hex[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(ctx, sizeof(bytes), bytes);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        ret[2 * i] = hex[bytes[i] >> 4];
        ret[2 * i + 1] = hex[bytes[i] & 15];
    }
    ret[DIGEST_SIZE - 1] = '\0';
}

void digest_of(const void *data, size_t len, char ret[DIGEST_SIZE])
{
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    sha256_update(&ctx, len, data);
    finish(&ctx, ret);
}

struct digest *digest_start(void)
{
    struct digest *digest = malloc(sizeof(*digest));
    if (digest != NULL)
        sha256_init(&digest->ctx);
    return digest;
}

void digest_add(struct digest *digest, const void *data, size_t len)
{
    if (digest != NULL)
        sha256_update(&digest->ctx, len, data);
}

void digest_end(struct digest *digest, char ret[DIGEST_SIZE])
{
    ret[0] = '\0';
    if (digest == NULL)
        return;
    finish(&digest->ctx, ret);
    free(digest);
}
