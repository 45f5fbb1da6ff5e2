/* SPDX-License-Identifier: MIT */
/* The callbacks through which every request passes: raw target, guard on the handler's first call, answer on its second
 * (an answer queued in the first costs the connection). Per request nothing is allocated before the guard has passed.
 * It may not know what an answer holds. */
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "internal.h"

enum { LONGEST_FIELDS = GUARD_FIELD_BYTES };

static struct slot *slot_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

void handler_connection(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode code)
{
    struct listener *listener = cls;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        slot_close(*context);
        *context = NULL;
        return;
    }
    /* From 1.0 on the next question overwrites the answer to the one before. */
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    int fd = info == NULL ? -1 : info->connect_fd;
    info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct slots *slots = listener->admin ? &listener->server->admin_slots : &listener->server->slots;
    *context = fd < 0 ? NULL : slot_open(slots, fd, info == NULL ? NULL : info->client_addr);
    if (*context == NULL && fd >= 0)
        (void)shutdown(fd, SHUT_RDWR);
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

/* A request that was whole on the wire may be answered although one behind it was not. */
static const struct refusal *wire_refusal(const struct wire *wire)
{
    return wire->seen > wire->heads ? wire->refusal : NULL;
}

/* Part of the next head has come already. */
static bool wire_has_begun(const struct wire *wire)
{
    return wire->state != WIRE_START && wire->state != WIRE_OVER;
}

static const struct refusal no_memory = {FAULT_UNAVAILABLE, NULL, "There is no memory for this request."};

/* The only view of the raw target, as soon as the request line is there. */
void *handler_target(void *cls, const char *uri, struct MHD_Connection *connection)
{
    (void)cls;
    struct slot *slot = slot_of(connection);
    if (slot == NULL)
        return NULL;
    if (uri == NULL)
        uri = "";
    slot->wire.seen++;
    slot->headed = false;
    slot->method[0] = slot->version[0] = '\0';
    slot->status = 0;
    slot->bytes = 0;
    slot->began = clock_now();
    slot->refusal = guard_target(uri);
    if (!slot_keep_target(slot, uri, strnlen(uri, GUARD_TARGET_BYTES)))
        slot->refusal = &no_memory;
    hide_query(uri);
    if (atomic_load(&slot->phase) == PHASE_IDLE)
        slot_enter(slot, PHASE_HEAD, slot->began);
    return NULL;
}

/* Paths stay as they were sent: a decoded slash would change what they mean. */
size_t handler_unescape(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

static const char *const wanted_names[WANTED_COUNT] = {[WANTED_ACCEPT] = "Accept",
                                                       [WANTED_ENCODING] = "Accept-Encoding",
                                                       [WANTED_MATCH] = "If-None-Match",
                                                       [WANTED_RANGE] = "Range",
                                                       [WANTED_IF_RANGE] = "If-Range"};

/* Which of the fields that the answer depends on this is; WANTED_COUNT for none. */
static size_t wanted_of(const char *name)
{
    size_t i = 0;
    while (i < WANTED_COUNT &&
           (((name[0] ^ wanted_names[i][0]) & ~0x20) != 0 || strcasecmp(name, wanted_names[i]) != 0))
        i++;
    return i;
}

struct seeing {
    struct guard_fields fields;
    struct slot *slot;
};

static enum MHD_Result see_field(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    struct seeing *seeing = cls;
    struct slot *slot = seeing->slot;
    size_t wanted = wanted_of(name);
    if (value == NULL)
        value = "";
    guard_field(&seeing->fields, name, value);
    if (wanted == WANTED_COUNT)
        return MHD_YES;
    slot->repeated = slot->repeated || slot->wanted[wanted] != NULL;
    if (slot->wanted[wanted] == NULL)
        slot->wanted[wanted] = value;
    return MHD_YES;
}

/* As much of `text` as fits. */
static void keep(char *ret, size_t size, const char *text)
{
    size_t len = strnlen(text, size - 1);
    memcpy(ret, text, len);
    ret[len] = '\0';
}

static const struct refusal *guard(struct MHD_Connection *connection, struct slot *slot, const char *method,
                                   const char *version)
{
    slot->headed = true;
    keep(slot->method, sizeof(slot->method), method);
    keep(slot->version, sizeof(slot->version), version);
    slot_enter(slot, PHASE_ANSWER, clock_coarse());
    memset(slot->wanted, 0, sizeof(slot->wanted));
    slot->repeated = false;
    const struct refusal *malformed = wire_refusal(&slot->wire);
    if (malformed != NULL)
        slot->refusal = malformed;
    if (slot->refusal != NULL)
        return slot->refusal;
    struct seeing seeing = {.slot = slot};
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, see_field, &seeing);
    slot->refusal = guard_head(method, version, slot->target, &seeing.fields);
    if (slot->refusal == NULL)
        guard_to_origin(slot->target);
    return slot->refusal;
}

/* Sent in several lines a field means the same as one with commas. */
static enum MHD_Result gather(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    struct buf *joined = cls;
    size_t wanted = wanted_of(name);
    if (wanted < WANTED_COUNT)
        buf_printf(&joined[wanted], "%s%s", joined[wanted].data == NULL ? "" : ", ", value == NULL ? "" : value);
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
    struct buf joined[WANTED_COUNT];
    for (size_t i = 0; i < WANTED_COUNT; i++)
        buf_init(&joined[i], LONGEST_FIELDS);
    if (slot->repeated)
        (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, gather, joined);
    for (size_t i = 0; i < WANTED_COUNT; i++)
        if (joined[i].data != NULL)
            slot->wanted[i] = joined[i].data;
    const struct request request = {
        .method = slot->method,
        .target = slot->target,
        .accept = slot->wanted[WANTED_ACCEPT],
        .accept_encoding = slot->wanted[WANTED_ENCODING],
        .if_none_match = slot->wanted[WANTED_MATCH],
        .range = slot->wanted[WANTED_RANGE],
        .if_range = slot->wanted[WANTED_IF_RANGE],
    };
    struct outcome outcome;
    serve_request(generation->snapshot, &request, &outcome);
    for (size_t i = 0; i < WANTED_COUNT; i++)
        buf_done(&joined[i]);
    if (outcome.fault == FAULT_INTERNAL)
        access_failed(slot->target, outcome.cause);
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

enum MHD_Result handler_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
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
void handler_completed(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_RequestTerminationCode why)
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
    slot_drop_target(slot);
    slot_enter(slot, wire_has_begun(&slot->wire) ? PHASE_HEAD : PHASE_IDLE, clock_coarse());
}
