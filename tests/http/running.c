/* SPDX-License-Identifier: MIT */
/* The server that the cases of one file share. Cases that need another one make it themselves, beside it. */
#include "running.h"

struct http_server *server;
struct config config;

void start_server(void)
{
    config = fixture_config();
    server = fixture_start(&config);
}

void stop_server(void)
{
    http_stop(server);
}
