/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4) as lower-case hex. */
#pragma once
#include <stddef.h>

enum { DIGEST_SIZE = 65 }; /* 64 hex digits and a NUL */

void digest_of(const void *data, size_t len, char ret[DIGEST_SIZE]);

/* For data that comes in pieces: digest_start, digest_add…, digest_end. */
struct digest;
struct digest *digest_start(void); /* NULL when there is no memory */
void digest_add(struct digest *digest, const void *data, size_t len);
/* Writes the digest and frees it; accepts NULL, and then writes an empty string. */
void digest_end(struct digest *digest, char ret[DIGEST_SIZE]);
