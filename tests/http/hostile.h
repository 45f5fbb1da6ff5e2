/* SPDX-License-Identifier: MIT */
/* The table of hostile requests in hostile/ (its README tells the form), and one raw-socket client that sends a row and
 * says what was not as the row says. Needs nothing of the server but a port. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hostile_ending { HOSTILE_CLOSED, HOSTILE_OPEN, HOSTILE_WAITS };

struct hostile_row {
    char *name, *section, *wanted;
    enum hostile_ending ending;
    char *bytes;
    size_t len;
};

struct hostile_table {
    struct hostile_row *rows;
    size_t count;
};

/* Reads every .rows file in `folder`, by name; ends the program with a message where one is not of the form. */
struct hostile_table hostile_load(const char *folder);
/* Those of this source tree. */
struct hostile_table hostile_load_here(void);
void hostile_free(struct hostile_table *table);

enum { HOSTILE_ERROR_SIZE = 512 };
/* Sends the row, in one piece where `seed` is 0 and otherwise cut at places that the seed gives. False: `error` says
 * what was wrong: an answer too many or too few, another status, an end where none should be, or a next client who was
 * not served at once. */
bool hostile_run(const struct hostile_row *row, uint16_t port, unsigned seed, char error[HOSTILE_ERROR_SIZE]);
