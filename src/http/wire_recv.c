/* SPDX-License-Identifier: MIT */
/* Where the filter meets the library: this program defines recv(), and the dynamic linker gives it to the library in
 * the C library's place. It filters the descriptors of open slots and passes every other through. A slot is named
 * before the library first reads from its connection, and forgotten before the descriptor is closed, so no other call
 * need be replaced. None of this is visible to the compiler, so a probe tells at start whether it holds. */
#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cyberatlas/base/log.h"
#include "internal.h"

enum { DESCRIPTORS = 1 << 17, DISCARD_BYTES = 4096, DISCARDS = 16, PROBE_STEPS = 16 };

/* By descriptor; an entry is used by the thread of its connection only. */
static _Atomic(struct slot *) filtered[DESCRIPTORS];
/* Whether the library in this process needs the filter. */
static atomic_bool needed;

bool wire_open(struct slot *slot)
{
    if (!atomic_load(&needed))
        return true;
    if (slot->fd < 0 || slot->fd >= DESCRIPTORS)
        return false;
    atomic_store_explicit(&filtered[slot->fd], slot, memory_order_release);
    return true;
}

void wire_close(const struct slot *slot)
{
    if (atomic_load(&needed))
        atomic_store_explicit(&filtered[slot->fd], NULL, memory_order_release);
}

/* What came behind the last head: unread, it would make the kernel reset the connection, and the answer be lost. */
static void discard(int fd)
{
    char bytes[DISCARD_BYTES];
    for (int i = 0; i < DISCARDS; i++)
        if (recvfrom(fd, bytes, sizeof(bytes), MSG_DONTWAIT, NULL, NULL) <= 0)
            return;
}

static ssize_t nothing_more(int fd)
{
    char byte;
    discard(fd);
    if (recvfrom(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK, NULL, NULL) == 0)
        return 0;
    errno = EAGAIN;
    return -1;
}

/* Part of a head has come. Its time runs from now on; where the peer's end came with it, nobody would tell the library:
 * after a short read that waits for an event, and there has been the one for both. */
static bool head_may_go_on(struct slot *slot)
{
    char byte;
    if (atomic_load_explicit(&slot->phase, memory_order_relaxed) == PHASE_IDLE)
        slot_enter(slot, PHASE_HEAD, clock_coarse());
    return slot->wire.heads > slot->wire.seen || recvfrom(slot->fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK, NULL, NULL) != 0;
}

/* Never 0 while the peer may still send: that would mean its end. */
static ssize_t receive(struct slot *slot, char *data, size_t len, int flags)
{
    struct wire *wire = &slot->wire;
    size_t passed = 0;
    while (passed == 0) {
        if (wire->ending != NULL)
            return (ssize_t)wire_end(wire, data, len);
        if (wire->state == WIRE_OVER)
            return nothing_more(slot->fd);
        ssize_t got = recvfrom(slot->fd, data, len, flags, NULL, NULL);
        if (got <= 0)
            return got;
        passed = wire_pass(wire, data, (size_t)got);
    }
    if (wire->state == WIRE_OVER)
        discard(slot->fd);
    else if (wire->state != WIRE_START && !head_may_go_on(slot))
        return 0;
    return (ssize_t)(passed + wire_end(wire, data + passed, len - passed));
}

/* Under a name of its own here, since a hardened C library has an inline function of that one. */
ssize_t wire_recv(int fd, void *data, size_t len, int flags) __asm__("recv");
ssize_t wire_recv(int fd, void *data, size_t len, int flags)
{
    struct slot *slot = fd < 0 || fd >= DESCRIPTORS ? NULL : atomic_load_explicit(&filtered[fd], memory_order_acquire);
    if (slot == NULL || len == 0)
        return recvfrom(fd, data, len, flags, NULL, NULL);
    return receive(slot, data, len, flags);
}

/* The probe's only request: called for it, the library has read what the filter passed. */
static enum MHD_Result probed(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *upload, size_t *upload_size, void **context)
{
    (void)connection, (void)url, (void)method, (void)version, (void)upload, (void)upload_size, (void)context;
    *(int *)cls += 1;
    return MHD_NO;
}

/* Sends a head of which a lenient library would make two requests, through a daemon of its own without a socket. */
static int probe(struct slot *slot, int client)
{
    static const char head[] = "GET / HTTP/1.1\r\nHost: probe\r\n: x\r\nGET / HTTP/1.1\r\nHost: probe\r\n\r\n";
    const struct sockaddr address = {.sa_family = AF_UNIX};
    int calls = 0;
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, probed, &calls, MHD_OPTION_END);
    if (daemon == NULL) {
        (void)close(slot->fd);
        return 0;
    }
    bool sent = send(client, head, sizeof(head) - 1, MSG_NOSIGNAL) == (ssize_t)sizeof(head) - 1;
    /* The descriptor is the library's from here on, also where it fails. */
    if (MHD_add_connection(daemon, slot->fd, &address, sizeof(address)) == MHD_YES && sent)
        for (int i = 0; i < PROBE_STEPS && calls == 0; i++)
            (void)MHD_run(daemon);
    MHD_stop_daemon(daemon);
    return calls;
}

bool wire_verify(struct err *err)
{
    if (library_version() >= LIBRARY_STRICT_SINCE)
        return true;
    atomic_store(&needed, true);
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
        return err_set(err, ERR_SYSTEM, "cannot make sockets: %s", strerror(errno));
    struct slot slot = {.fd = pair[0]};
    int calls = wire_open(&slot) ? probe(&slot, pair[1]) : 0;
    wire_close(&slot);
    (void)close(pair[1]);
    if (calls != 1 || slot.wire.refusal != &refusals[REFUSE_BAD_NAME])
        return err_set(err, ERR_SYSTEM,
                       "the filter of malformed heads is not in effect: libmicrohttpd %s does not call this program's "
                       "recv(); link it dynamically",
                       MHD_get_version());
    return true;
}

void wire_tell(void)
{
    if (atomic_load(&needed))
        log_write(LOG_INFO, "malformed heads are refused before libmicrohttpd %s sees them", MHD_get_version());
    else
        log_write(LOG_INFO, "libmicrohttpd %s refuses malformed heads itself", MHD_get_version());
}
