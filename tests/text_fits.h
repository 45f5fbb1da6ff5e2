/* SPDX-License-Identifier: MIT */
/* What text for a terminal keeps to. */
#pragma once
#include <check.h>
#include <stdbool.h>
#include <string.h>

#include "cyberatlas/base/utf8.h"

/* No line is wider than 80 columns; plain: nothing is beyond ASCII. */
static inline void assert_fits(const char *text, bool plain)
{
    char line[1024];
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        ck_assert_uint_lt(len, sizeof(line));
        memcpy(line, text, len);
        line[len] = '\0';
        ck_assert_msg(utf8_width(line) <= 80, "%s", line);
        for (size_t i = 0; plain && i < len; i++)
            ck_assert_msg((unsigned char)line[i] < 0x80, "%s", line);
        text += len + (text[len] == '\n' ? 1 : 0);
    }
}
