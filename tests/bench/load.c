/* SPDX-License-Identifier: MIT */
/* Load over connections that stay open, one request at a time on each: counts whole answers and how long each took. It
 * knows just enough HTTP to find an answer's end, so a 304 with the length of what it stands for is one too. Usage:
 * load PORT CONNECTIONS SECONDS STATUS TARGETS [FIELD…]; TARGETS is a file with one target a line, asked in turn.
 * Prints: answers, seconds, failures (another status, or an end), the middle and the 99th of a hundred in microseconds.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, ROOM = 1 << 16, SLOTS = 1 << 20, LONGEST = 4096 };

struct connection {
    int fd;
    size_t len, skip; /* of the head so far; bytes of the body still to come */
    double began;
    char head[ROOM];
};

static struct {
    char **requests;
    size_t count, next;
    const char *port;
    unsigned status;
    unsigned long answers, failures;
    unsigned counts[SLOTS]; /* answers by microseconds */
} load;

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void *checked(void *memory)
{
    if (memory == NULL)
        exit(1);
    return memory;
}

static void read_targets(const char *name, char **fields)
{
    char line[LONGEST], more[LONGEST] = "", request[3 * LONGEST];
    FILE *file = checked(fopen(name, "r"));
    for (; *fields != NULL; fields++)
        (void)snprintf(more + strlen(more), sizeof(more) - strlen(more), "%s\r\n", *fields);
    while (fgets(line, sizeof(line), file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        (void)snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: bench\r\n%s\r\n", line, more);
        load.requests = checked(realloc(load.requests, (load.count + 1) * sizeof(char *)));
        load.requests[load.count++] = checked(strdup(request));
    }
    (void)fclose(file);
    if (load.count == 0)
        exit(2);
}

static void ask(struct connection *connection)
{
    const char *request = load.requests[load.next++ % load.count];
    connection->len = connection->skip = 0;
    connection->began = now();
    (void)!send(connection->fd, request, strlen(request), MSG_NOSIGNAL);
}

static void reach(int set, struct connection *connection)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)strtoul(load.port, NULL, 10))};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connection->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection->fd, (const struct sockaddr *)(const void *)&address, sizeof(address)) != 0) {
        perror("connect");
        exit(1);
    }
    (void)setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    (void)epoll_ctl(set, EPOLL_CTL_ADD, connection->fd, &event);
    ask(connection);
}

static void answered(struct connection *connection, unsigned status)
{
    size_t micros = (size_t)((now() - connection->began) * 1e6);
    load.answers++;
    load.failures += status != load.status ? 1 : 0;
    load.counts[micros < SLOTS ? micros : SLOTS - 1]++;
    ask(connection);
}

static size_t body_length(const char *head, unsigned status)
{
    const char *length = strcasestr(head, "\r\ncontent-length:");
    return length == NULL || status == 304 || status == 204 ? 0 : strtoul(length + 17, NULL, 10);
}

/* Takes what is there; true when the peer has ended. */
static bool take(struct connection *connection)
{
    static char body[1 << 18];
    bool in_body = connection->skip > 0;
    ssize_t got =
        in_body ? recv(connection->fd, body, sizeof(body), MSG_DONTWAIT)
                : recv(connection->fd, connection->head + connection->len, ROOM - 1 - connection->len, MSG_DONTWAIT);
    if (got <= 0)
        return got == 0;
    if (in_body) {
        connection->skip -= (size_t)got < connection->skip ? (size_t)got : connection->skip;
    } else {
        connection->len += (size_t)got;
        connection->head[connection->len] = '\0';
    }
    const char *end = strstr(connection->head, "\r\n\r\n");
    if (end == NULL)
        return false;
    unsigned status = (unsigned)strtoul(connection->head + 9, NULL, 10);
    size_t head_len = (size_t)(end - connection->head) + 4;
    if (!in_body) {
        size_t body_len = body_length(connection->head, status), here = connection->len - head_len;
        connection->skip = body_len > here ? body_len - here : 0;
    }
    if (connection->skip == 0)
        answered(connection, status);
    return false;
}

static unsigned long percentile(unsigned long of_thousand)
{
    unsigned long seen = 0, micros = 0;
    while (micros < SLOTS - 1 && (seen += load.counts[micros]) * 1000 < load.answers * of_thousand)
        micros++;
    return micros;
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    size_t count = strtoul(argv[2], NULL, 10);
    double seconds = strtod(argv[3], NULL);
    load.port = argv[1];
    load.status = (unsigned)strtoul(argv[4], NULL, 10);
    read_targets(argv[5], argv + 6);
    struct connection *all = checked(calloc(count, sizeof(*all)));
    int set = epoll_create1(0);
    for (size_t i = 0; i < count; i++)
        reach(set, &all[i]);
    double began = now();
    while (now() - began < seconds) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(set, events, EVENTS, 100);
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            if (!take(connection))
                continue;
            load.failures++;
            (void)close(connection->fd);
            reach(set, connection);
        }
    }
    (void)printf("%lu %.6f %lu %lu %lu\n", load.answers, now() - began, load.failures, percentile(500),
                 percentile(990));
    return 0;
}
