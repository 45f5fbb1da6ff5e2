/* SPDX-License-Identifier: MIT */
/* Datasets, server and raw client of the HTTP tests. The client knows just enough HTTP to find where an answer ends,
 * so that it sees what a library would hide: an answer too many, a connection that should have ended. */
#include "fixture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "../fixture_files.h"
#include "cyberatlas/base/digest.h"
#include "cyberatlas/base/log.h"

static char folder[TEMP_FOLDER_SIZE];
static char dataset[TEMP_FOLDER_SIZE + sizeof("/atlas.db")];

const char *fixture_folder(void)
{
    if (folder[0] == '\0')
        temp_folder("http", folder);
    return folder;
}

void fixture_remove(void)
{
    tree_remove(fixture_folder());
}

const char *fixture_path(void)
{
    (void)snprintf(dataset, sizeof(dataset), "%s/atlas.db", fixture_folder());
    return dataset;
}

struct config fixture_config(void)
{
    return (struct config){
        .listen = "127.0.0.1",
        .threads = 2,
        .admin_listen = "127.0.0.1",
        .connections = 512,
        .connection_memory = 16384,
        .head_timeout_ms = 10000,
        .answer_timeout_ms = 30000,
        .idle_timeout_ms = 60000,
        .cache_bytes = 1024 * 1024,
        .drain_ms = 2000,
        .public_url = "",
        .security_contact = "",
        .security_expires = "",
        .log_level = LOG_ERROR,
        .access_log = ACCESS_LOG_OFF,
    };
}

struct http_server *fixture_start(const struct config *config)
{
    struct http_server *server;
    struct err err = {0};
    log_set_level(LOG_ERROR);
    fixture_dataset(fixture_path(), 1, 100000);
    bool started = http_start(config, fixture_path(), &server, &err);
    ck_assert_msg(started, "%s", err.text);
    return server;
}

int64_t fixture_now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int connect_any(int family, const void *address, socklen_t len)
{
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_ge(fd, 0);
    if (connect(fd, address, len) != 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

int client_connect(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect_any(AF_INET, &address, sizeof(address));
}

int client_connect_v6(uint16_t port)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = in6addr_loopback};
    return connect_any(AF_INET6, &address, sizeof(address));
}

int client_connect_unix(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    return connect_any(AF_UNIX, &address, sizeof(address));
}

int client_leave_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int result = bind(fd, (const struct sockaddr *)(const void *)&address, sizeof(address));
    (void)close(fd);
    return result;
}

/* A peer that has closed meanwhile is no failure of the client: what it answered is still to be read. */
void client_send(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, data, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        data += sent;
        len -= (size_t)sent;
    }
}

void client_say(int fd, const char *text)
{
    client_send(fd, text, strlen(text));
}

void client_close(int fd)
{
    if (fd >= 0)
        (void)close(fd);
}

static bool readable(int fd, int ms)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    return poll(&poller, 1, ms) == 1;
}

bool client_ended(int fd)
{
    char byte;
    return readable(fd, WAIT_MS) && recv(fd, &byte, 1, 0) <= 0;
}

bool client_open(int fd, int ms)
{
    return !readable(fd, ms);
}

/* Byte by byte, so that what follows stays in the socket. */
static bool read_head(int fd, struct reply *answer)
{
    size_t len = 0;
    while (len + 1 < sizeof(answer->head)) {
        if (!readable(fd, WAIT_MS) || recv(fd, answer->head + len, 1, 0) != 1)
            return false;
        answer->head[++len] = '\0';
        if (len >= 4 && memcmp(answer->head + len - 4, "\r\n\r\n", 4) == 0)
            return true;
    }
    return false;
}

bool reply_field(const struct reply *answer, const char *name, char ret[512])
{
    size_t len = strlen(name);
    for (const char *line = strstr(answer->head, "\r\n"); line != NULL; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, len) != 0 || line[len] != ':')
            continue;
        line += len + 1 + strspn(line + len + 1, " ");
        (void)snprintf(ret, 512, "%.*s", (int)strcspn(line, "\r"), line);
        return true;
    }
    return false;
}

static size_t body_length(const struct reply *answer, bool head_only)
{
    char text[512];
    if (head_only || answer->status == 204 || answer->status == 304 || !reply_field(answer, "Content-Length", text))
        return 0;
    return strtoul(text, NULL, 10);
}

struct reply client_answer(int fd, bool head_only)
{
    struct reply answer = {0};
    if (!read_head(fd, &answer) || sscanf(answer.head, "HTTP/1.%*1[01] %3d", &answer.status) != 1) {
        answer.status = 0;
        return answer;
    }
    size_t want = body_length(&answer, head_only);
    answer.body = calloc(1, want + 1);
    ck_assert_ptr_nonnull(answer.body);
    while (answer.len < want) {
        ssize_t got = readable(fd, WAIT_MS) ? recv(fd, answer.body + answer.len, want - answer.len, 0) : 0;
        if (got <= 0)
            break;
        answer.len += (size_t)got;
    }
    if (answer.len < want)
        answer.status = 0;
    return answer;
}

void reply_done(struct reply *answer)
{
    free(answer->body);
    *answer = (struct reply){0};
}

void client_expect(int fd, const char *text, int status)
{
    client_say(fd, text);
    struct reply answer = client_answer(fd, false);
    ck_assert_int_eq(answer.status, status);
    reply_done(&answer);
}

bool reply_is_last(const struct reply *answer)
{
    char text[512];
    return reply_field(answer, "Connection", text) && strcmp(text, "close") == 0;
}

struct reply client_get(uint16_t port, const char *path, const char *more)
{
    char text[4096];
    int fd = client_connect(port);
    if (fd < 0)
        return (struct reply){0};
    (void)snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: test\r\n%sConnection: close\r\n\r\n", path, more);
    client_say(fd, text);
    struct reply answer = client_answer(fd, false);
    client_close(fd);
    return answer;
}

bool reply_is_whole(const struct reply *answer)
{
    char etag[512], digest[DIGEST_SIZE];
    digest_of(answer->body, answer->len, digest);
    return reply_field(answer, "ETag", etag) && etag[0] == '"' && strlen(etag) >= 34 &&
           strncmp(etag + 1, digest, 32) == 0;
}
