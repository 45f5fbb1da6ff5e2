/* SPDX-License-Identifier: MIT */
/* One server for all cases of a file, made before the first of them: start_server and stop_server as an unchecked
 * fixture. Each file's cases run one after another, so one server is enough. */
#pragma once
#include "fixture.h"

/* Its settings are those of fixture_config; both are valid between start_server and stop_server. */
extern struct http_server *server;
extern struct config config;
void start_server(void);
void stop_server(void);
