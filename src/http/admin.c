/* SPDX-License-Identifier: MIT */
/* The admin listener's four addresses, for the operator and his monitoring: read-only like everything else, never
 * cached, JSON where Accept names it and text otherwise. Here, and only here, an answer may name files. */
#include <string.h>

#include "cyberatlas/base/log.h"
#include "internal.h"

enum { LONGEST_BODY = 64 * 1024 };

struct admin_route {
    const char *path;
    unsigned (*print)(struct http_server *server, bool json, struct buf *out); /* gives the status */
};

static unsigned print_live(struct http_server *server, bool json, struct buf *out)
{
    (void)server;
    buf_puts(out, json ? "{\"status\":\"live\"}\n" : "live\n");
    return 200;
}

static void print_reload(struct http_server *server, bool json, struct buf *out)
{
    (void)pthread_mutex_lock(&server->lock);
    bool failed = server->reload_failed;
    CLEANUP(buf_done) struct buf reason;
    buf_init(&reason, ERR_TEXT_SIZE * 4);
    log_escape(&reason, server->reload_error, strlen(server->reload_error));
    (void)pthread_mutex_unlock(&server->lock);
    if (!failed)
        return;
    if (!json) {
        buf_printf(out, "last reload failed: %s\n", reason.data);
        return;
    }
    buf_puts(out, ",\"reload_failed\":\"");
    for (const char *c = reason.data; c != NULL && *c != '\0'; c++)
        buf_printf(out, *c == '\\' ? "\\%c" : "%c", *c);
    buf_puts(out, "\"");
}

static unsigned print_ready(struct http_server *server, bool json, struct buf *out)
{
    bool draining = atomic_load(&server->slots.draining);
    const char *word = draining ? "stopping" : "ready";
    struct generation *generation = generation_take(&server->generations);
    buf_printf(out, json ? "{\"status\":\"%s\",\"revision\":\"%s\",\"date\":\"%s\"" : "%s\nrevision %s\ndate %s\n",
               word, snapshot_revision(generation->snapshot), snapshot_date(generation->snapshot));
    generation_give(&server->generations, generation);
    print_reload(server, json, out);
    buf_puts(out, json ? "}\n" : "");
    return draining ? 503 : 200;
}

static unsigned print_metrics(struct http_server *server, bool json, struct buf *out)
{
    (void)json;
    metrics_print(server, out);
    return 200;
}

static unsigned print_version(struct http_server *server, bool json, struct buf *out)
{
    (void)server;
    buf_printf(out, json ? "{\"version\":\"%s\",\"libmicrohttpd\":\"%s\"}\n" : "cyberatlas %s\nlibmicrohttpd %s\n",
               CYBERATLAS_VERSION, MHD_get_version());
    return 200;
}

static const struct admin_route routes[] = {
    {"/livez", print_live},
    {"/metrics", print_metrics},
    {"/readyz", print_ready},
    {"/version", print_version},
};

static const char *type_of(const struct admin_route *route, bool json)
{
    if (route->print == print_metrics)
        return "text/plain; version=0.0.4; charset=utf-8";
    return media_table[json ? MEDIA_JSON : MEDIA_TEXT].content_type;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, struct slot *slot, enum fault_kind kind,
                              const char *detail)
{
    const struct refusal refusal = {kind, NULL, detail};
    return reply_refusal(connection, slot, NULL, &refusal);
}

enum MHD_Result admin_answer(struct http_server *server, struct MHD_Connection *connection, struct slot *slot)
{
    if (strcmp(slot->method, "GET") != 0 && strcmp(slot->method, "HEAD") != 0)
        return refuse(connection, slot, FAULT_METHOD_NOT_ALLOWED, "The admin listener takes GET and HEAD only.");
    const char *accept = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept");
    bool json = accept != NULL && strstr(accept, "application/json") != NULL;
    for (size_t i = 0; i < COUNT_OF(routes); i++) {
        if (strcmp(slot->target, routes[i].path) != 0)
            continue;
        CLEANUP(buf_done) struct buf body;
        buf_init(&body, LONGEST_BODY);
        unsigned status = routes[i].print(server, json, &body);
        return buf_ok(&body) ? reply_private(connection, slot, status, type_of(&routes[i], json), &body) : MHD_NO;
    }
    return refuse(connection, slot, FAULT_NOT_FOUND, "The admin listener has /livez, /readyz, /metrics and /version.");
}
