/* SPDX-License-Identifier: MIT */
/* The HTTP server: listeners, the guard before every request, generations of ready responses, the admin listener. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "cyberatlas/base/err.h"
#include "cyberatlas/config.h"

struct http_server;
/* Opens the dataset, binds and serves on threads of its own. `config` and `dataset` must outlive it. A taken port is an
 * ERR_SYSTEM of one sentence. */
bool http_start(const struct config *config, const char *dataset, struct http_server **ret, struct err *err) MUST_USE;
/* The port bound (0 for a Unix socket), and the admin listener's (0: none). */
uint16_t http_port(const struct http_server *server);
uint16_t http_admin_port(const struct http_server *server);
/* Loads the file anew and swaps; on failure the old dataset goes on, the reason stands in the log and in /readyz. */
bool http_reload(struct http_server *server, struct err *err);
/* One look, to be called about every second and after a signal: reload where the file changed, drop retired
 * generations. */
void http_tend(struct http_server *server);
/* Quiesces, drains for at most drain_ms, stops, frees. Accepts NULL. */
void http_stop(struct http_server *server);
/* Serves until SIGTERM or SIGINT; SIGHUP reloads. Blocks the signals it handles: call before any other thread starts.
 */
bool http_run(const struct config *config, const char *dataset, struct err *err) MUST_USE;
