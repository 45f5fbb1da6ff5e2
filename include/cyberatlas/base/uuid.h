/* SPDX-License-Identifier: MIT */
/* Identifiers made of names (UUID version 5, RFC 9562): the same name has the same one, here and everywhere. The
 * namespace is ours alone, 5d0a6c1e-3f0b-4b0f-9a86-2c1f7f5e9b41; it never changes, nor do names: "cert:cert-be". */
#pragma once

enum { UUID_SIZE = 37 }; /* 36 characters and a NUL */

/* Of the name `kind:id`. */
void uuid_of(const char *kind, const char *id, char ret[UUID_SIZE]);
