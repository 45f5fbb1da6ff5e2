/* SPDX-License-Identifier: MIT */
/* gzip and br variants of a body, where the program was built with libdeflate and brotli. Both give the same bytes for
 * the same body and library; neither writes a time. A variant exists only where it pays. */
#include <stdlib.h>

#include "internal.h"
#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif
#ifdef HAVE_BROTLI
#include <brotli/encode.h>
#endif

enum {
    WORTH_BYTES = 1024, /* smaller bodies fit one packet anyway */
    GZIP_LEVEL = 9,     /* 12 takes seven times as long for a hundredth less */
    /* The best quality takes 20 times as long as the next useful one for a tenth less: only where bodies are small. */
    BROTLI_SMALL_BYTES = 32 * 1024,
    BROTLI_SMALL_QUALITY = 10,
    BROTLI_QUALITY = 6
};

/* At least a tenth is gained. */
static bool pays(size_t len, size_t coded)
{
    return coded > 0 && coded <= len - len / 10;
}

/* What came of one attempt. A variant that is left out for want of memory would be another dataset. */
enum coded { CODED, CODED_LARGER, CODED_NO_MEMORY };

static enum coded gzip_body(const char *body, size_t len, char *coded, size_t *coded_len)
{
#ifdef HAVE_LIBDEFLATE
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(GZIP_LEVEL);
    if (compressor == NULL)
        return CODED_NO_MEMORY;
    *coded_len = libdeflate_gzip_compress(compressor, body, len, coded, *coded_len);
    libdeflate_free_compressor(compressor);
    return *coded_len > 0 ? CODED : CODED_LARGER;
#else
    (void)body, (void)len, (void)coded, (void)coded_len;
    return CODED_LARGER;
#endif
}

/* libbrotli ends the process itself when it gets no memory, so false means that the result does not fit. */
static enum coded br_body(const char *body, size_t len, char *coded, size_t *coded_len)
{
#ifdef HAVE_BROTLI
    int quality = len <= BROTLI_SMALL_BYTES ? BROTLI_SMALL_QUALITY : BROTLI_QUALITY;
    return BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, len, (const uint8_t *)body,
                                 coded_len, (uint8_t *)coded) == BROTLI_TRUE
               ? CODED
               : CODED_LARGER;
#else
    (void)body, (void)len, (void)coded, (void)coded_len;
    return CODED_LARGER;
#endif
}

static enum coded code(enum coding coding, const char *body, size_t len, char *coded, size_t *coded_len)
{
    switch (coding) {
    case CODING_GZIP:
        return gzip_body(body, len, coded, coded_len);
    case CODING_BR:
        return br_body(body, len, coded, coded_len);
    case CODING_IDENTITY:
    case CODING_COUNT:
        break;
    }
    return CODED_LARGER;
}

bool compress_body(enum coding coding, const char *body, size_t len, struct buf *out)
{
    if (len <= WORTH_BYTES)
        return false;
    /* What does not fit the body's own size does not pay either. */
    char *coded = malloc(len);
    size_t coded_len = len;
    enum coded result = coded == NULL ? CODED_NO_MEMORY : code(coding, body, len, coded, &coded_len);
    bool is_made = result == CODED && pays(len, coded_len);
    if (is_made)
        buf_add(out, coded, coded_len);
    free(coded);
    out->failed = out->failed || result == CODED_NO_MEMORY;
    return is_made && buf_ok(out);
}
