/* SPDX-License-Identifier: MIT */
/* Listening sockets: IPv4, IPv6 and Unix. They are opened here rather than by the HTTP library, so that a taken port
 * is one clear sentence. Addresses are numeric: nothing here asks a name server. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

enum { BACKLOG = 1024 };

static const char unix_prefix[] = "unix:";

/* An address to bind, of any family. */
struct place {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_un local;
    } address;
    socklen_t len;
};

static bool read_unix(const char *path, struct place *ret, struct err *err)
{
    struct sockaddr_un *local = &ret->address.local;
    if (path[0] == '\0' || strlen(path) >= sizeof(local->sun_path))
        return err_set(err, ERR_USAGE, "the path of a Unix socket must have 1 to %zu bytes",
                       sizeof(local->sun_path) - 1);
    local->sun_family = AF_UNIX;
    memcpy(local->sun_path, path, strlen(path) + 1);
    ret->len = sizeof(*local);
    return true;
}

static bool read_place(const char *address, uint32_t port, struct place *ret, struct err *err)
{
    *ret = (struct place){0};
    if (strncmp(address, unix_prefix, sizeof(unix_prefix) - 1) == 0)
        return read_unix(address + sizeof(unix_prefix) - 1, ret, err);
    if (inet_pton(AF_INET, address, &ret->address.v4.sin_addr) == 1) {
        ret->address.v4.sin_family = AF_INET;
        ret->address.v4.sin_port = htons((uint16_t)port);
        ret->len = sizeof(ret->address.v4);
        return true;
    }
    if (inet_pton(AF_INET6, address, &ret->address.v6.sin6_addr) == 1) {
        ret->address.v6.sin6_family = AF_INET6;
        ret->address.v6.sin6_port = htons((uint16_t)port);
        ret->len = sizeof(ret->address.v6);
        return true;
    }
    return err_set(err, ERR_USAGE, "\"%.100s\" is no IPv4 or IPv6 address and no unix:/path to listen on", address);
}

/* A socket file that nobody listens on any more is left over from a crash; a living one, or any other file, stays. */
static void remove_stale(const struct place *place)
{
    struct stat status;
    if (lstat(place->address.local.sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
        return;
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return;
    if (connect(probe, &place->address.any, place->len) != 0 && errno == ECONNREFUSED)
        (void)unlink(place->address.local.sun_path);
    (void)close(probe);
}

static void set_options(int fd, const struct place *place)
{
    int on = 1, off = 0;
    if (place->address.any.sa_family != AF_UNIX)
        (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (place->address.any.sa_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&place->address.v6.sin6_addr))
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
}

static bool bind_and_listen(int fd, const struct place *place, const char *address, uint32_t port, struct err *err)
{
    set_options(fd, place);
    if (bind(fd, &place->address.any, place->len) == 0 && listen(fd, BACKLOG) == 0)
        return true;
    bool local = place->address.any.sa_family == AF_UNIX;
    if (errno == EADDRINUSE && local)
        return err_set(err, ERR_SYSTEM, "%.200s is taken: another program listens there, or the file is no socket",
                       address);
    if (errno == EADDRINUSE)
        return err_set(err, ERR_SYSTEM,
                       "port %u of %.100s is taken: stop the program that listens there, or choose "
                       "another port",
                       port, address);
    if (local)
        return err_set(err, ERR_SYSTEM, "cannot listen on %.200s: %s", address, strerror(errno));
    return err_set(err, ERR_SYSTEM, "cannot listen on port %u of %.100s: %s", port, address, strerror(errno));
}

static uint16_t bound_port(int fd)
{
    struct place bound = {.len = sizeof(bound.address)};
    if (getsockname(fd, &bound.address.any, &bound.len) != 0)
        return 0;
    if (bound.address.any.sa_family == AF_INET)
        return ntohs(bound.address.v4.sin_port);
    return bound.address.any.sa_family == AF_INET6 ? ntohs(bound.address.v6.sin6_port) : 0;
}

bool endpoint_open(const char *address, uint32_t port, struct endpoint *ret, struct err *err)
{
    struct place place;
    if (!read_place(address, port, &place, err))
        return false;
    sa_family_t family = place.address.any.sa_family;
    if (family == AF_UNIX)
        remove_stale(&place);
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot make a socket for %.200s: %s", address, strerror(errno));
    if (!bind_and_listen(fd, &place, address, port, err)) {
        (void)close(fd);
        return false;
    }
    *ret = (struct endpoint){.fd = fd, .port = bound_port(fd)};
    if (family == AF_UNIX)
        memcpy(ret->path, place.address.local.sun_path, sizeof(ret->path));
    return true;
}

void endpoint_shut(struct endpoint *endpoint)
{
    if (endpoint->path[0] != '\0')
        (void)unlink(endpoint->path);
    endpoint->path[0] = '\0';
    (void)shutdown(endpoint->fd, SHUT_RDWR);
}

void endpoint_close(struct endpoint *endpoint)
{
    if (endpoint->fd < 0)
        return;
    endpoint_shut(endpoint);
    (void)close(endpoint->fd);
    endpoint->fd = -1;
}
