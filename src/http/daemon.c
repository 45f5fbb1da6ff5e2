/* SPDX-License-Identifier: MIT */
/* One listener: a libmicrohttpd daemon with its settings, from the first connection to the last. It may not know what
 * a request or an answer is. */
#include <errno.h>
#include <linux/filter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cyberatlas/base/log.h"
#include "internal.h"

enum { ADMIN_CONNECTIONS = 64, MEMORY_INCREMENT = 1024, MOST_OPTIONS = 20, HANDSHAKE_US = 20 * 1000 };

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

unsigned library_version(void)
{
    unsigned version = 0;
    const char *at = MHD_get_version();
    for (int i = 0; i < 3; i++) {
        char *end;
        version = version << 8 | (unsigned)(strtoul(at, &end, 10) & 0xFF);
        at = *end == '.' ? end + 1 : end;
    }
    return version;
}

/* How strictly the library reads heads. Before 1.0 the filter on the wire and the guard do what its strictest level
 * would, and answer better; the newer library's level 1 has the number 1 under the older option too. */
static void set_strictness(struct options *options)
{
#if HEAD_FILTER
    option(options, MHD_OPTION_STRICT_FOR_CLIENT, library_version() >= 0x010000 ? 1 : 0, NULL);
#else
#if MHD_VERSION < 0x01000000
    enum { MHD_OPTION_CLIENT_DISCIPLINE_LVL = 38 }; /* an older header's library is refused at start */
#endif
    option(options, (enum MHD_OPTION)MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1, NULL);
#endif
}

/* No time-out of the library's own: it is one of inactivity, and the slots' deadlines are stricter. */
static void set_limits(struct options *options, const struct config *config, bool admin, size_t threads)
{
    option(options, MHD_OPTION_CONNECTION_LIMIT, admin ? ADMIN_CONNECTIONS : (intptr_t)config->connections, NULL);
    if (!admin && config->connections_per_address > 0)
        option(options, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (intptr_t)config->connections_per_address, NULL);
    option(options, MHD_OPTION_CONNECTION_TIMEOUT, 0, NULL);
    option(options, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)config->connection_memory, NULL);
    option(options, MHD_OPTION_CONNECTION_MEMORY_INCREMENT, MEMORY_INCREMENT, NULL);
    option(options, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, NULL);
    set_strictness(options);
    if (!admin && threads > 1)
        option(options, MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL);
}

static struct MHD_Daemon *start_daemon(struct listener *listener)
{
    struct http_server *server = listener->server;
    struct options options = {.count = 0};
    set_limits(&options, server->config, listener->admin, server->threads);
    option(&options, MHD_OPTION_LISTEN_SOCKET, listener->endpoint.fd, NULL);
    option(&options, MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)handler_connection, listener);
    option(&options, MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)handler_completed, listener);
    option(&options, MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)handler_target, listener);
    option(&options, MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)handler_unescape, NULL);
    option(&options, MHD_OPTION_END, 0, NULL);
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, NULL, NULL,
                            handler_request, listener, MHD_OPTION_EXTERNAL_LOGGER, library_says, NULL, MHD_OPTION_ARRAY,
                            options.items, MHD_OPTION_END);
}

/* Behind a proxy all clients have one address, and a limit for each would be one for all. */
static void advise(const struct config *config)
{
    static const char *const near[] = {"unix:", "127.", "::1"};
    for (size_t i = 0; i < COUNT_OF(near); i++)
        if (strncmp(config->listen, near[i], strlen(near[i])) == 0)
            return;
    if (config->connections_per_address == 0)
        log_write(LOG_WARN,
                  "one client may take all %u connections: unless a proxy stands in front, set "
                  "--connections-per-address",
                  config->connections);
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
    if (!admin)
        advise(config);
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

/* In MHD_quiesce_daemon() a worker and its caller may both take the listener out of the worker's epoll set; the one
 * that comes second is told ENOENT, and the library, in two of its four places, aborts for it. What is to be out is
 * out: this program's epoll_ctl(), which the dynamic linker gives to the library, says so. Under a name of its own, as
 * recv() is. */
int daemon_epoll_ctl(int set, int change, int fd, struct epoll_event *event) __asm__("epoll_ctl");
int daemon_epoll_ctl(int set, int change, int fd, struct epoll_event *event)
{
    long failed = syscall(SYS_epoll_ctl, set, change, fd, event);
    return failed != 0 && change == EPOLL_CTL_DEL && errno == ENOENT ? 0 : (int)failed;
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
