/* SPDX-License-Identifier: MIT */
/* Cursors: 16 bytes in base64url, opaque to clients: six of the revision's digest, six of the question's, four of the
 * place. A cursor of another revision is gone; of another question, or no cursor at all, a bad value. */
#include <string.h>

#include "cyberatlas/base/digest.h"
#include "internal.h"

enum { CURSOR_BYTES = 16, MARK_BYTES = 6 };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void mark(const char *text, unsigned char ret[MARK_BYTES])
{
    static const char hex[] = "0123456789abcdef";
    char digest[DIGEST_SIZE];
    digest_of(text, strlen(text), digest);
    for (size_t i = 0; i < MARK_BYTES; i++)
        ret[i] = (unsigned char)((strchr(hex, digest[2 * i]) - hex) * 16 + (strchr(hex, digest[2 * i + 1]) - hex));
}

static void pack(const char *revision, const char *question, uint32_t place, unsigned char ret[CURSOR_BYTES])
{
    mark(revision, ret);
    mark(question, ret + MARK_BYTES);
    for (size_t i = 0; i < 4; i++)
        ret[12 + i] = (unsigned char)(place >> (24 - 8 * i) & 0xFF);
}

void cursor_write(const char *revision, const char *question, uint32_t place, char ret[CURSOR_SIZE])
{
    unsigned char bytes[CURSOR_BYTES];
    pack(revision, question, place, bytes);
    uint32_t bits = 0;
    unsigned held = 0;
    size_t used = 0;
    for (size_t i = 0; i < CURSOR_BYTES; i++) {
        bits = bits << 8 | bytes[i];
        for (held += 8; held >= 6; held -= 6)
            ret[used++] = alphabet[bits >> (held - 6) & 0x3F];
    }
    ret[used++] = alphabet[bits << (6 - held) & 0x3F];
    ret[used] = '\0';
}

/* False where a character or the length is none of a cursor's. */
static bool unpack(const char *text, unsigned char ret[CURSOR_BYTES])
{
    uint32_t bits = 0;
    unsigned held = 0;
    size_t used = 0;
    if (strlen(text) != CURSOR_SIZE - 1)
        return false;
    for (; *text != '\0'; text++) {
        const char *found = strchr(alphabet, *text);
        if (found == NULL)
            return false;
        bits = bits << 6 | (uint32_t)(found - alphabet);
        held += 6;
        if (held >= 8 && used < CURSOR_BYTES) {
            held -= 8;
            ret[used++] = (unsigned char)(bits >> held & 0xFF);
        }
    }
    return (bits & 0xF) == 0; /* the last character has but two bits to say */
}

bool cursor_read(const char *text, const char *revision, const char *question, uint32_t *ret_place, struct fault *fault)
{
    unsigned char given[CURSOR_BYTES];
    unsigned char ours[CURSOR_BYTES];
    if (!unpack(text, given))
        return fault_parameter(fault, FAULT_BAD_VALUE, "cursor",
                               "This is no cursor: take it from the `next` link of a page.");
    pack(revision, question, 0, ours);
    if (memcmp(given + MARK_BYTES, ours + MARK_BYTES, MARK_BYTES) != 0)
        return fault_parameter(
            fault, FAULT_BAD_VALUE, "cursor",
            "The cursor belongs to another question: all but fields, limit and pretty must stay as it was.");
    if (memcmp(given, ours, MARK_BYTES) != 0)
        return fault_parameter(fault, FAULT_CURSOR_GONE, "cursor",
                               "The dataset has changed since the cursor was given: start again without it.");
    *ret_place = (uint32_t)given[12] << 24 | (uint32_t)given[13] << 16 | (uint32_t)given[14] << 8 | given[15];
    return true;
}
