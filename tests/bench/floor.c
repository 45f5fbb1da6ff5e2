/* SPDX-License-Identifier: MIT */
/* The least that a server can do: an epoll loop that sends the same bytes for every head it is sent. What any other
 * costs beyond it is the price of HTTP. It reads no request, keeps nothing and may be asked by tests/bench alone.
 * Usage: floor PORT FILE; FILE holds a whole answer, its head with it. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256, ROOM = 16384, LONGEST = 1 << 24 };

static char *answer;
static size_t answer_len;

static int listen_on(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (fd < 0 || bind(fd, (const struct sockaddr *)(const void *)&address, sizeof(address)) != 0 ||
        listen(fd, 1024) != 0) {
        perror("listen");
        exit(1);
    }
    return fd;
}

static void watch(int set, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    (void)epoll_ctl(set, EPOLL_CTL_ADD, fd, &event);
}

/* A large answer may not fit in one go; then it is sent by waiting, as nobody else is asked for long. */
static void send_all(int fd)
{
    for (size_t at = 0; at < answer_len;) {
        ssize_t sent = send(fd, answer + at, answer_len - at, MSG_NOSIGNAL);
        if (sent > 0)
            at += (size_t)sent;
        else if (sent == 0)
            return;
    }
}

static void serve(int fd)
{
    char head[ROOM];
    ssize_t got = recv(fd, head, sizeof(head), 0);
    if (got == 0)
        (void)close(fd);
    else if (got >= 4 && memcmp(head + got - 4, "\r\n\r\n", 4) == 0)
        send_all(fd);
}

int main(int argc, char **argv)
{
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    answer = malloc(LONGEST);
    if (file == NULL || answer == NULL)
        return 2;
    answer_len = fread(answer, 1, LONGEST, file);
    int listener = listen_on(argv[1]), set = epoll_create1(0);
    watch(set, listener);
    for (;;) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(set, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd != listener)
                serve(fd);
            else if ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0)
                watch(set, fd);
        }
    }
}
