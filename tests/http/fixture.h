/* SPDX-License-Identifier: MIT */
/* What the HTTP tests share: datasets by number, a server on a free port, and a client over raw sockets. */
#pragma once
#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cyberatlas/http.h"

enum { ANSWER_HEAD_SIZE = 8192, WAIT_MS = 20000 };

/* A folder of this run's own: made by the first call, which the main program makes so that all its tests share it. */
const char *fixture_folder(void);
void fixture_remove(void);
/* Publishes dataset number `number` at `path`: its /v1 and /v1/countries/BE differ from every other number's. The
 * body of /v1/countries/NL has `large` bytes. */
void fixture_dataset(const char *path, unsigned number, size_t large);
/* What no dataset begins with. */
void fixture_broken(const char *path);

/* Settings for a test: port 0, an admin listener on port 0, no watching. */
struct config fixture_config(void);
/* With dataset 1. Also gives the path of the dataset where asked. */
struct http_server *fixture_start(const struct config *config);
const char *fixture_path(void);

int client_connect(uint16_t port);
int client_connect_v6(uint16_t port);
int client_connect_unix(const char *path);
/* Leaves a socket file behind that nobody listens on. */
int client_leave_socket(const char *path);
void client_send(int fd, const char *data, size_t len);
void client_say(int fd, const char *text);
void client_close(int fd);

struct reply {
    int status; /* 0: the connection ended without an answer */
    char head[ANSWER_HEAD_SIZE];
    char *body; /* malloc'd; NUL-terminated */
    size_t len;
};
/* Reads one answer; `head_only` for HEAD and 304, which have a length but no body. */
struct reply client_answer(int fd, bool head_only);
void reply_done(struct reply *answer);
/* Says it and asserts that the one answer has this status. */
void client_expect(int fd, const char *text, int status);
/* The value of a field in `ret`; false where it is absent. */
bool reply_field(const struct reply *answer, const char *name, char ret[512]);
/* Nothing more comes and the peer has closed, within WAIT_MS. */
bool client_ended(int fd);
/* Nothing comes and the connection stays, for `ms`. */
bool client_open(int fd, int ms);
/* GET on a connection of its own. `more` are further field lines with CRLF. */
struct reply client_get(uint16_t port, const char *path, const char *more);
/* The body is the one that its ETag names. */
bool reply_is_whole(const struct reply *answer);
/* It says that the connection ends behind it. */
bool reply_is_last(const struct reply *answer);
int64_t fixture_now_ms(void);

void add_hostile_cases(Suite *suite);
void add_wire_cases(Suite *suite);
void add_swap_cases(Suite *suite);
void add_stop_cases(Suite *suite);
void add_limit_cases(Suite *suite);
void add_admin_cases(Suite *suite);
