/* SPDX-License-Identifier: MIT */
/* The few attributes every room uses. */
#pragma once

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
/* Calls fn with the variable's address when it leaves its scope. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
