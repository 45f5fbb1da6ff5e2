/* SPDX-License-Identifier: MIT */
/* Sends a hostile request and reads what comes until nothing more can. It sends and receives at the same time, since a
 * server that refuses early reads no further; and it counts answers by their own framing, so that one too many or one
 * that is cut short shows. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "hostile.h"

enum {
    ROOM = 1 << 18,     /* for the answers of one row */
    PATIENCE_MS = 5000, /* for an answer or an end that must come */
    QUIET_MS = 20,      /* in which an answer too many would come */
    AT_ONCE_MS = 2000,
    MOST_ANSWERS = 64,
    MOST_CUTS = 4,
};

static const char good[] = "GET /v1 HTTP/1.1\r\nHost: t\r\n\r\n";

struct exchange {
    int fd;
    bool bodiless, ended, broken;
    char *in;
    size_t len;
    int statuses[MOST_ANSWERS];
    size_t answers;
    bool said_close, is_problem; /* of the last answer */
};

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int reach(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)(const void *)&address, sizeof(address)) != 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

/* Whether the head, of which `head` is a copy in small letters, has a line that begins so. */
static const char *field_of(const char *head, const char *name)
{
    const char *at = strstr(head, name);
    return at == NULL ? NULL : at + strlen(name);
}

/* One answer at `at`; returns how long it is, 0 where it is not whole yet. */
static size_t read_answer(struct exchange *exchange, size_t at)
{
    const char *text = exchange->in + at;
    const char *end = strstr(text, "\r\n\r\n");
    if (end == NULL)
        return 0;
    char head[8192];
    size_t head_len = (size_t)(end - text) + 4, body = 0;
    int status = 0;
    if (head_len >= sizeof(head) || sscanf(text, "HTTP/1.%*1[01] %3d", &status) != 1) {
        exchange->broken = true;
        return 0;
    }
    for (size_t i = 0; i <= head_len; i++)
        head[i] = i == head_len ? '\0' : (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20 : text[i]);
    const char *length = field_of(head, "\r\ncontent-length: ");
    if (status >= 200 && status != 204 && status != 304 && !exchange->bodiless && length != NULL)
        body = strtoul(length, NULL, 10);
    if (exchange->len - at < head_len + body)
        return 0;
    if (status >= 200 && exchange->answers < MOST_ANSWERS) {
        exchange->statuses[exchange->answers++] = status;
        exchange->said_close = field_of(head, "\r\nconnection: close\r\n") != NULL;
        exchange->is_problem = status < 400 || field_of(head, "\r\ncontent-type: application/problem+json\r\n") != NULL;
    }
    return head_len + body;
}

/* Counts anew what has come; true when it holds whole answers only. */
static bool count_answers(struct exchange *exchange)
{
    size_t at = 0;
    exchange->answers = 0;
    exchange->in[exchange->len] = '\0';
    for (size_t len = 1; at < exchange->len && len > 0; at += len)
        len = read_answer(exchange, at);
    return at == exchange->len && !exchange->broken;
}

static void take(struct exchange *exchange)
{
    ssize_t got = recv(exchange->fd, exchange->in + exchange->len, ROOM - 1 - exchange->len, MSG_DONTWAIT);
    if (got > 0)
        exchange->len += (size_t)got;
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        exchange->ended = true;
}

/* Sends `len` bytes, taking in what comes meanwhile. */
static void give(struct exchange *exchange, const char *data, size_t len)
{
    int64_t until = now_ms() + PATIENCE_MS;
    while (len > 0 && !exchange->ended && now_ms() < until) {
        struct pollfd poller = {.fd = exchange->fd, .events = POLLIN | POLLOUT};
        (void)poll(&poller, 1, 100);
        if ((poller.revents & (POLLIN | POLLHUP | POLLERR)) != 0)
            take(exchange);
        if ((poller.revents & POLLOUT) == 0)
            continue;
        ssize_t sent = send(exchange->fd, data, len, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN)
            break;
        data += sent > 0 ? sent : 0;
        len -= sent > 0 ? (size_t)sent : 0;
    }
}

/* Takes in until the end, or until `answers` have come and QUIET_MS no more. */
static void hear(struct exchange *exchange, size_t answers, bool until_end)
{
    int64_t until = now_ms() + PATIENCE_MS, quiet = now_ms() + QUIET_MS;
    while (!exchange->ended && now_ms() < until) {
        struct pollfd poller = {.fd = exchange->fd, .events = POLLIN};
        bool enough = count_answers(exchange) && exchange->answers >= answers && !until_end;
        if (enough && now_ms() >= quiet)
            return;
        if (poll(&poller, 1, enough ? QUIET_MS : 200) == 1) {
            take(exchange);
            quiet = now_ms() + QUIET_MS;
        }
    }
}

static void send_row(struct exchange *exchange, const struct hostile_row *row, unsigned seed)
{
    size_t at = 0;
    for (int cut = 0; seed != 0 && cut < MOST_CUTS && at < row->len; cut++) {
        seed = seed * 1103515245U + 12345U;
        size_t piece = 1 + (seed >> 8) % (row->len - at);
        const struct timespec pause = {.tv_nsec = 1500000};
        give(exchange, row->bytes + at, piece);
        (void)nanosleep(&pause, NULL);
        at += piece;
    }
    give(exchange, row->bytes + at, row->len - at);
}

/* One word of the statuses wanted, as "400/413" or "200*50". */
struct wanted {
    char statuses[32];
    size_t times;
};

static const char *read_wanted(const char *at, struct wanted *ret)
{
    char word[48];
    int len = 0;
    if (*at == '-' || sscanf(at, " %47s%n", word, &len) != 1)
        return NULL;
    char *times = strchr(word, '*');
    ret->times = times == NULL ? 1 : strtoul(times + 1, NULL, 10);
    (void)snprintf(ret->statuses, sizeof(ret->statuses), "%.*s", (int)strcspn(word, "*"), word);
    return at + len;
}

static size_t count_wanted(const char *text)
{
    size_t count = 0;
    struct wanted wanted;
    for (const char *at = read_wanted(text, &wanted); at != NULL; at = read_wanted(at, &wanted))
        count += wanted.times;
    return count;
}

static bool statuses_match(const struct exchange *exchange, const char *text)
{
    size_t seen = 0;
    struct wanted wanted;
    for (const char *at = read_wanted(text, &wanted); at != NULL; at = read_wanted(at, &wanted)) {
        for (size_t i = 0; i < wanted.times; i++, seen++) {
            char status[8];
            (void)snprintf(status, sizeof(status), "%d", seen < exchange->answers ? exchange->statuses[seen] : 0);
            if (seen >= exchange->answers || strstr(wanted.statuses, status) == NULL)
                return false;
        }
    }
    return seen == exchange->answers;
}

static bool wrong(char error[HOSTILE_ERROR_SIZE], const struct hostile_row *row, const struct exchange *exchange,
                  const char *what)
{
    char got[128] = "";
    for (size_t i = 0; i < exchange->answers && strlen(got) < 100; i++)
        (void)snprintf(got + strlen(got), sizeof(got) - strlen(got), " %d", exchange->statuses[i]);
    (void)snprintf(error, HOSTILE_ERROR_SIZE, "%s (RFC %s): %s; wanted %s, got%s%s", row->name, row->section, what,
                   row->wanted, exchange->answers == 0 ? " nothing" : got, exchange->ended ? ", closed" : ", open");
    return false;
}

static bool judge(const struct hostile_row *row, struct exchange *exchange, char error[HOSTILE_ERROR_SIZE])
{
    if (!count_answers(exchange))
        return wrong(error, row, exchange, "bytes that are no whole answer");
    if (!statuses_match(exchange, row->wanted))
        return wrong(error, row, exchange, "other answers");
    if (exchange->answers > 0 && !exchange->is_problem && !exchange->bodiless)
        return wrong(error, row, exchange, "the error is no problem+json");
    if (exchange->ended != (row->ending == HOSTILE_CLOSED))
        return wrong(error, row, exchange, exchange->ended ? "closed" : "not closed");
    if (exchange->answers > 0 && row->ending != HOSTILE_WAITS && exchange->said_close != exchange->ended)
        return wrong(error, row, exchange, "Connection: close does not tell the truth");
    if (row->ending != HOSTILE_OPEN)
        return true;
    size_t before = exchange->answers;
    exchange->bodiless = false;
    exchange->len = 0;
    give(exchange, good, sizeof(good) - 1);
    hear(exchange, 1, false);
    if (!count_answers(exchange) || exchange->answers != 1 || exchange->statuses[0] != 200)
        return wrong(error, row, exchange, before == 0 ? "no answer to the next" : "the next request went wrong");
    return true;
}

/* A good request on a connection of its own. */
static bool next_is_served(uint16_t port, char *room)
{
    int64_t before = now_ms();
    struct exchange exchange = {.fd = reach(port), .in = room};
    if (exchange.fd < 0)
        return false;
    give(&exchange, good, sizeof(good) - 1);
    while (!exchange.ended && now_ms() - before < AT_ONCE_MS && !(count_answers(&exchange) && exchange.answers > 0)) {
        struct pollfd poller = {.fd = exchange.fd, .events = POLLIN};
        (void)poll(&poller, 1, 100);
        take(&exchange);
    }
    (void)close(exchange.fd);
    return exchange.answers == 1 && exchange.statuses[0] == 200;
}

bool hostile_run(const struct hostile_row *row, uint16_t port, unsigned seed, char error[HOSTILE_ERROR_SIZE])
{
    struct exchange exchange = {.fd = reach(port), .in = malloc(ROOM)};
    exchange.bodiless = row->len > 5 && memcmp(row->bytes, "HEAD ", 5) == 0;
    bool right = exchange.fd >= 0 && exchange.in != NULL;
    if (!right) {
        (void)snprintf(error, HOSTILE_ERROR_SIZE, "%s: cannot connect", row->name);
    } else {
        send_row(&exchange, row, seed);
        hear(&exchange, count_wanted(row->wanted), row->ending == HOSTILE_CLOSED);
        right = judge(row, &exchange, error);
    }
    if (right && !next_is_served(port, exchange.in)) {
        (void)snprintf(error, HOSTILE_ERROR_SIZE, "%s: the next client is not served", row->name);
        right = false;
    }
    if (exchange.fd >= 0)
        (void)close(exchange.fd);
    free(exchange.in);
    return right;
}
