/* SPDX-License-Identifier: MIT */
/* One line on standard error for the operator. Only main.c and http/ log; every other room returns its error. */
#pragma once
#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/common.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG, LOG_LEVEL_COUNT };

/* Names in the order of the enum. */
extern const char *const log_level_names[LOG_LEVEL_COUNT];

/* Messages above this level are dropped. Set before any thread starts. */
void log_set_level(enum log_level level);
/* "cyberatlas: level: message"; control bytes and bytes from 0x7F up become \xNN, 2,000 bytes at most. */
void log_write(enum log_level level, const char *fmt, ...) PRINTF(2, 3);
/* Appends `text` with control bytes, quote, backslash and bytes from 0x7F up as \xNN: one log field, always one line.
 */
void log_escape(struct buf *out, const char *text, size_t len);
