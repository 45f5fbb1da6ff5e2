/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): validity, code points, and columns on a terminal. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/base/common.h"

/* No overlong form, no surrogate, nothing above U+10FFFF. NUL is valid UTF-8; callers that forbid it say so. */
bool utf8_valid(const char *data, size_t len) MUST_USE;
/* Decodes one code point of valid UTF-8 at *at and moves *at behind it. */
uint32_t utf8_next(const char **at);
/* Columns that valid UTF-8 takes on a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks. */
size_t utf8_width(const char *text) MUST_USE;
size_t utf8_width_of(uint32_t point) MUST_USE;
