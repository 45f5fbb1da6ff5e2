/* SPDX-License-Identifier: MIT */
/* One listener: a libmicrohttpd daemon with its settings, and the callbacks through which every request passes: raw
 * target, guard on the handler's first call, answer on its second (an answer queued in the first costs the
 * connection). Per request nothing is allocated before the guard has passed. It may not know what an answer holds. */
#include <errno.h>
#include <linux/filter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cyberatlas/base/log.h"
#include "internal.h"

enum {
    ADMIN_CONNECTIONS = 64,
    MEMORY_INCREMENT = 1024,
    MOST_OPTIONS = 20,
    LONGEST_FIELDS = GUARD_FIELD_BYTES,
    HANDSHAKE_US = 20 * 1000
};

static struct slot *slot_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

static void connection_changed(void *cls, struct MHD_Connection *connection, void **context,
                               enum MHD_ConnectionNotificationCode code)
{
    struct listener *listener = cls;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        slot_close(*context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *address = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct slots *slots = listener->admin ? &listener->server->admin_slots : &listener->server->slots;
    *context = fd == NULL ? NULL : slot_open(slots, fd->connect_fd, address == NULL ? NULL : address->client_addr);
}

/* Before 1.0 the library splits the query into arguments next, which needs memory of the connection; where that ends
 * first it forgets its own 431 and keeps the connection. Nobody here wants its arguments, so it finds none. */
static void hide_query(const char *uri)
{
#if MHD_VERSION < 0x01000000
    const char *query = strchr(uri, '?');
    if (query != NULL && query[1] != '\0')
        *((char *)(uintptr_t)query + 1) = '\0';
#else
    (void)uri;
#endif
}

/* The only view of the raw target, as soon as the request line is there. */
static void *target_seen(void *cls, const char *uri, struct MHD_Connection *connection)
{
    (void)cls;
    struct slot *slot = slot_of(connection);
    if (slot == NULL)
        return NULL;
    if (uri == NULL)
        uri = "";
    slot->headed = false;
    slot->method[0] = slot->version[0] = '\0';
    slot->status = 0;
    slot->bytes = 0;
    slot->began = clock_now();
    slot->refusal = guard_target(uri);
    size_t len = strnlen(uri, GUARD_TARGET_BYTES);
    memcpy(slot->target, uri, len);
    slot->target[len] = '\0';
    hide_query(uri);
    if (atomic_load(&slot->phase) == PHASE_IDLE)
        slot_enter(slot, PHASE_HEAD);
    return NULL;
}

/* Paths stay as they were sent: a decoded slash would change what they mean. */
static size_t leave_escaped(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result see_field(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    guard_field(cls, name, value == NULL ? "" : value);
    return MHD_YES;
}

static const struct refusal *guard(struct MHD_Connection *connection, struct slot *slot, const char *method,
                                   const char *version)
{
    slot->headed = true;
    (void)snprintf(slot->method, sizeof(slot->method), "%s", method);
    (void)snprintf(slot->version, sizeof(slot->version), "%s", version);
    slot_enter(slot, PHASE_ANSWER);
    if (slot->refusal != NULL)
        return slot->refusal;
    struct guard_fields fields = {0};
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, see_field, &fields);
    slot->refusal = guard_head(method, version, slot->target, &fields);
    if (slot->refusal == NULL)
        guard_to_origin(slot->target);
    return slot->refusal;
}

/* A field that the answer depends on; sent in several lines it means the same as one with commas. */
struct wanted {
    const char *name, *value;
    struct buf joined;
};

enum { WANTED_ACCEPT, WANTED_ENCODING, WANTED_MATCH, WANTED_COUNT };

static enum MHD_Result gather(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    struct wanted *wanted = cls;
    for (size_t i = 0; i < WANTED_COUNT; i++, wanted++) {
        if (strcasecmp(name, wanted->name) != 0)
            continue;
        if (wanted->value == NULL) {
            wanted->value = value == NULL ? "" : value;
            return MHD_YES;
        }
        if (wanted->joined.data == NULL)
            buf_puts(&wanted->joined, wanted->value);
        buf_printf(&wanted->joined, ", %s", value == NULL ? "" : value);
        wanted->value = wanted->joined.data == NULL ? wanted->value : wanted->joined.data;
    }
    return MHD_YES;
}

static void swap_delay(void)
{
#if SWAP_DELAY_US > 0
    (void)usleep(SWAP_DELAY_US);
#endif
}

static enum MHD_Result answer_from(struct generation *generation, struct MHD_Connection *connection, struct slot *slot)
{
    struct wanted wanted[WANTED_COUNT] = {
        [WANTED_ACCEPT] = {.name = "Accept"},
        [WANTED_ENCODING] = {.name = "Accept-Encoding"},
        [WANTED_MATCH] = {.name = "If-None-Match"},
    };
    for (size_t i = 0; i < WANTED_COUNT; i++)
        buf_init(&wanted[i].joined, LONGEST_FIELDS);
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, gather, wanted);
    const struct request request = {
        .method = slot->method,
        .target = slot->target,
        .accept = wanted[WANTED_ACCEPT].value,
        .accept_encoding = wanted[WANTED_ENCODING].value,
        .if_none_match = wanted[WANTED_MATCH].value,
    };
    struct outcome outcome = {0};
    serve_request(generation->snapshot, &request, &outcome);
    for (size_t i = 0; i < WANTED_COUNT; i++)
        buf_done(&wanted[i].joined);
    if (outcome.fault == FAULT_INTERNAL)
        log_write(LOG_ERROR, "cannot answer %.500s: %s", slot->target, outcome.cause);
    swap_delay();
    return reply_outcome(connection, slot, generation, &outcome);
}

static bool is_read(const struct slot *slot)
{
    return strcmp(slot->method, "GET") == 0 || strcmp(slot->method, "HEAD") == 0;
}

static enum MHD_Result answer_health(struct generation *generation, struct MHD_Connection *connection,
                                     struct slot *slot)
{
    static const struct refusal stopping = {FAULT_UNAVAILABLE, NULL, "The service is stopping."};
    if (atomic_load(&slot->slots->draining))
        return reply_refusal(connection, slot, snapshot_revision(generation->snapshot), &stopping);
    struct outcome outcome = {.status = 204};
    return reply_outcome(connection, slot, generation, &outcome);
}

/* A page asks so whether it may ask, and sees no answer where it may not: not even that there is nothing there. */
static bool is_preflight(struct MHD_Connection *connection, const struct slot *slot)
{
    return strcmp(slot->method, "OPTIONS") == 0 &&
           MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Access-Control-Request-Method") != NULL;
}

static enum MHD_Result answer(struct http_server *server, struct MHD_Connection *connection, struct slot *slot)
{
    struct generation *generation = generation_take(&server->generations);
    enum MHD_Result result;
    if (strcmp(slot->target, "*") == 0 || is_preflight(connection, slot)) {
        struct outcome outcome = {.status = 204, .allow = "GET, HEAD, OPTIONS"};
        result = reply_outcome(connection, slot, generation, &outcome);
    } else if (strcmp(slot->target, "/healthz") == 0 && is_read(slot)) {
        result = answer_health(generation, connection, slot);
    } else {
        result = answer_from(generation, connection, slot);
    }
    generation_give(&server->generations, generation);
    return result;
}

static enum MHD_Result refuse(struct listener *listener, struct MHD_Connection *connection, struct slot *slot,
                              const struct refusal *refusal)
{
    if (listener->admin)
        return reply_refusal(connection, slot, NULL, refusal);
    struct generation *generation = generation_take(&listener->server->generations);
    enum MHD_Result result = reply_refusal(connection, slot, snapshot_revision(generation->snapshot), refusal);
    generation_give(&listener->server->generations, generation);
    return result;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **context)
{
    (void)url;
    (void)upload;
    (void)context;
    struct listener *listener = cls;
    struct slot *slot = slot_of(connection);
    if (slot == NULL)
        return MHD_NO;
    if (!slot->headed) {
        const struct refusal *refusal = guard(connection, slot, method, version);
        return refusal == NULL ? MHD_YES : refuse(listener, connection, slot, refusal);
    }
    if (*upload_size > 0)
        return MHD_NO;
    return listener->admin ? admin_answer(listener->server, connection, slot)
                           : answer(listener->server, connection, slot);
}

/* A request that the library refused by itself never reached the handler; its status is only known to the library. */
static void completed(void *cls, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode why)
{
    (void)context;
    (void)why;
    struct listener *listener = cls;
    struct slot *slot = slot_of(connection);
    if (slot == NULL)
        return;
    const union MHD_ConnectionInfo *status = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
    if (slot->status == 0 && status != NULL)
        slot->status = status->http_status;
    if (!listener->admin) {
        metrics_count(listener->server, slot);
        access_write(listener->server->config->access_log, slot);
    }
    slot_enter(slot, PHASE_IDLE);
}

static void library_says(void *cls, const char *fmt, va_list args) PRINTF(2, 0);
static void library_says(void *cls, const char *fmt, va_list args)
{
    (void)cls;
    char text[512];
    (void)vsnprintf(text, sizeof(text), fmt, args);
    text[strcspn(text, "\r\n")] = '\0';
    log_write(LOG_DEBUG, "libmicrohttpd: %s", text);
}

static void library_panics(void *cls, const char *file, unsigned int line, const char *reason)
{
    (void)cls;
    log_write(LOG_ERROR, "libmicrohttpd cannot go on, %s:%u: %s", file, line, reason == NULL ? "no reason" : reason);
    abort();
}

struct options {
    struct MHD_OptionItem items[MOST_OPTIONS];
    size_t count;
};

static void option(struct options *options, enum MHD_OPTION name, intptr_t value, void *pointer)
{
    options->items[options->count++] = (struct MHD_OptionItem){name, value, pointer};
}

/* The guard checks what the library's stricter levels before 1.0 would (Host, white space), and answers it better. */
static void set_limits(struct options *options, const struct config *config, bool admin, size_t threads)
{
    unsigned seconds = config->idle_timeout_ms / 1000 + 1;
    option(options, MHD_OPTION_CONNECTION_LIMIT, admin ? ADMIN_CONNECTIONS : (intptr_t)config->connections, NULL);
    if (!admin && config->connections_per_address > 0)
        option(options, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (intptr_t)config->connections_per_address, NULL);
    option(options, MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)seconds, NULL);
    option(options, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)config->connection_memory, NULL);
    option(options, MHD_OPTION_CONNECTION_MEMORY_INCREMENT, MEMORY_INCREMENT, NULL);
    option(options, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, NULL);
#if MHD_VERSION >= 0x01000000
    option(options, MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1, NULL);
#else
    option(options, MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL);
#endif
    if (!admin && threads > 1)
        option(options, MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL);
}

static struct MHD_Daemon *start_daemon(struct listener *listener)
{
    struct http_server *server = listener->server;
    struct options options = {.count = 0};
    set_limits(&options, server->config, listener->admin, server->threads);
    option(&options, MHD_OPTION_LISTEN_SOCKET, listener->endpoint.fd, NULL);
    option(&options, MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)connection_changed, listener);
    option(&options, MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)completed, listener);
    option(&options, MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)target_seen, listener);
    option(&options, MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_escaped, NULL);
    option(&options, MHD_OPTION_END, 0, NULL);
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, NULL, NULL, handle,
                            listener, MHD_OPTION_EXTERNAL_LOGGER, library_says, NULL, MHD_OPTION_ARRAY, options.items,
                            MHD_OPTION_END);
}

bool listener_start(struct http_server *server, bool admin, struct err *err)
{
    struct listener *listener = admin ? &server->admin : &server->listener;
    const struct config *config = server->config;
    *listener = (struct listener){.server = server, .admin = admin, .endpoint = {.fd = -1}};
    if (!endpoint_open(admin ? config->admin_listen : config->listen, admin ? config->admin_port : config->port,
                       &listener->endpoint, err))
        return false;
    if (!admin && listener->endpoint.path[0] != '\0') /* a proxy in front runs as another user */
        (void)chmod(listener->endpoint.path, 0666);
    MHD_set_panic_func(library_panics, NULL);
    listener->daemon = start_daemon(listener);
    if (listener->daemon == NULL) {
        endpoint_close(&listener->endpoint);
        return err_set(err, ERR_SYSTEM, "cannot start the HTTP server: the system gives no threads or descriptors");
    }
    return true;
}

/* Between the last accept and the close a connection could be made and lost. So first the kernel is told to drop each
 * SYN: whoever knocks from now on knocks again, and finds the socket closed; a handshake under way still ends. */
static void drop_newcomers(const struct endpoint *endpoint)
{
    enum { FLAGS_AT = 13, SYN = 0x02 }; /* in the TCP header */
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, FLAGS_AT),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, SYN, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
    };
    const struct sock_fprog filter = {.len = COUNT_OF(code), .filter = code};
    if (endpoint->path[0] == '\0')
        (void)setsockopt(endpoint->fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter));
}

static void take_waiting(struct listener *listener)
{
    for (;;) {
        struct sockaddr_storage address;
        socklen_t len = sizeof(address);
        int fd = accept4(listener->endpoint.fd, (struct sockaddr *)(void *)&address, &len, SOCK_CLOEXEC);
        if (fd < 0 && errno != EINTR && errno != ECONNABORTED)
            return;
        if (fd >= 0 && MHD_add_connection(listener->daemon, fd, (struct sockaddr *)(void *)&address, len) == MHD_YES)
            listener->handed++;
    }
}

/* The socket is shut here and closed only when the daemon's threads have ended: until then they may still name it. */
void listener_quiesce(struct listener *listener)
{
    if (listener->daemon == NULL || listener->quiesced || MHD_quiesce_daemon(listener->daemon) == MHD_INVALID_SOCKET)
        return;
    listener->quiesced = true;
    drop_newcomers(&listener->endpoint);
    take_waiting(listener);
    (void)usleep(HANDSHAKE_US);
    take_waiting(listener);
    endpoint_shut(&listener->endpoint);
}

void listener_stop(struct listener *listener)
{
    if (listener->daemon == NULL)
        return;
    if (!listener->quiesced)
        (void)MHD_quiesce_daemon(listener->daemon);
    MHD_stop_daemon(listener->daemon);
    listener->daemon = NULL;
    endpoint_close(&listener->endpoint);
}
