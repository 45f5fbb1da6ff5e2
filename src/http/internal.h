/* SPDX-License-Identifier: MIT */
/* What the files of http/ share. */
#pragma once
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/un.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/err.h"
#include "cyberatlas/base/fault.h"
#include "cyberatlas/config.h"
#include "cyberatlas/http.h"
#include "cyberatlas/serve.h"

/* Ceilings of a request; all lie below those of libmicrohttpd, so that our answers come first. */
enum {
    GUARD_TARGET_BYTES = SERVE_TARGET_BYTES,
    GUARD_FIELDS = 48,
    GUARD_FIELD_BYTES = 6144, /* names, values and four bytes each for ": " and CRLF */
    GUARD_PARAMETERS = 32,
};

/* --- refusals --- */
struct refusal {
    enum fault_kind kind;
    const char *field;  /* the header field at fault; NULL where none is */
    const char *detail; /* one sentence; never holds what the client sent */
};

enum reason {
    REFUSE_LONG_TARGET,
    REFUSE_MANY_PARAMETERS,
    REFUSE_BAD_BYTE,
    REFUSE_BAD_FORM,
    REFUSE_BAD_ESCAPE,
    REFUSE_HIDDEN_SLASH,
    REFUSE_HIDDEN_CONTROL,
    REFUSE_BAD_METHOD,
    REFUSE_UNKNOWN_METHOD,
    REFUSE_MANY_FIELDS,
    REFUSE_BAD_NAME,
    REFUSE_BAD_FIELD_VALUE,
    REFUSE_NO_HOST,
    REFUSE_MANY_HOSTS,
    REFUSE_BAD_HOST,
    REFUSE_CODED_AND_COUNTED,
    REFUSE_CODED_OLD,
    REFUSE_CODED,
    REFUSE_MANY_LENGTHS,
    REFUSE_BAD_LENGTH,
    REFUSE_CONTENT,
    REFUSE_BAD_LINE,
    REFUSE_BAD_VERSION,
    REFUSE_OTHER_VERSION,
    REFUSE_BAD_LINE_END,
    REFUSE_EMPTY_LINES,
    REFUSE_FOLDED,
    REFUSE_SPACED_NAME,
    REFUSE_NO_COLON,
    REFUSE_COUNT,
};
extern const struct refusal refusals[REFUSE_COUNT];

/* --- octet --- */
enum { OCTET_TOKEN = 1, OCTET_VISIBLE = 2, OCTET_VALUE = 4, OCTET_PLAIN = 8 };
extern const unsigned char octet_classes[256];

/* --- guard --- */
/* Judges the raw target; NULL when nothing is wrong with it. Pure. */
const struct refusal *guard_target(const char *target);
/* What stands in all header fields, as far as the guard and the answer need it. */
struct guard_fields {
    size_t count, bytes, hosts, lengths, codings;
    bool bad_name, bad_value, bad_host, bad_length, has_content;
};
void guard_field(struct guard_fields *fields, const char *name, const char *value);
/* Judges method, version and fields; NULL when nothing is wrong with them. Pure. */
const struct refusal *guard_head(const char *method, const char *version, const char *target,
                                 const struct guard_fields *fields);
/* Turns an absolute target into the path and query in it, in place. */
void guard_to_origin(char *target);

/* --- wire: the filter of malformed heads below the library --- */
enum wire_state {
    WIRE_START,
    WIRE_START_LF,
    WIRE_METHOD,
    WIRE_TARGET,
    WIRE_VERSION,
    WIRE_LINE_LF,
    WIRE_NAME_START,
    WIRE_NAME,
    WIRE_VALUE,
    WIRE_VALUE_LF,
    WIRE_END_LF,
    WIRE_OVER, /* nothing gets through any more */
};

/* Zeroed: before the first byte of a connection. */
struct wire {
    const struct refusal *refusal; /* of the head behind the `heads` whole ones; NULL: nothing was wrong so far */
    const char *ending;            /* what of that head's end is still to be handed over */
    uint32_t heads;                /* whole ones that passed */
    uint32_t seen;                 /* request lines that the library has read */
    uint32_t part;                 /* bytes of the method, target, version, name or number under way */
    uint32_t block;                /* bytes of the field lines */
    uint32_t lines;                /* fields */
    uint8_t state, field;
    bool blank, other_version, ended, content;
};
/* Passes `len` bytes, in place, and returns how many of them remain: all, but for cookies and white space around a
 * number, up to the first that is refused. */
size_t wire_pass(struct wire *wire, char *data, size_t len);
/* Writes what makes a whole head of a refused one; as much as fits. Returns how much. */
size_t wire_end(struct wire *wire, char *data, size_t len);

enum { LIBRARY_STRICT_SINCE = 0x010005 };
struct slot;
/* Makes sure that malformed heads are refused in this process; false: they are not, do not serve. */
bool wire_verify(struct err *err) MUST_USE;
/* Says in the log who refuses them. */
void wire_tell(void);
/* From now on what is received on the slot's descriptor is filtered; false: it cannot be. */
bool wire_open(struct slot *slot) MUST_USE;
void wire_close(const struct slot *slot);

/* --- slots: one for each open connection --- */
/* The fields that an answer depends on. */
enum { WANTED_ACCEPT, WANTED_ENCODING, WANTED_MATCH, WANTED_RANGE, WANTED_IF_RANGE, WANTED_COUNT };

enum phase { PHASE_HEAD, PHASE_ANSWER, PHASE_IDLE, PHASE_COUNT };

enum { SLOT_NEAR_BYTES = 120 }; /* most targets are shorter */

struct slot {
    struct slot *next, *previous;
    struct slots *slots;
    int fd;
    _Atomic int phase;
    _Atomic int64_t since; /* when the phase began: microseconds of the monotonic clock */
    bool cut;              /* shut down already; under the list's lock */
    /* Only the connection's own thread touches what follows. */
    struct wire wire;
    /* Of the request under way. */
    bool headed; /* the handler has seen the head */
    const struct refusal *refusal;
    int64_t began;
    unsigned status;
    size_t bytes;                     /* of the answer's body */
    const char *wanted[WANTED_COUNT]; /* the library's, as long as the request is; NULL: absent */
    bool repeated;                    /* one of them stands in several lines */
    char client[INET6_ADDRSTRLEN];
    char method[24], version[12];
    char *target; /* never NULL; `near`, or malloc'd: a connection at rest needs no room for the longest */
    char near[SLOT_NEAR_BYTES];
};

struct slots {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t reaper;
    bool started, stopping;
    atomic_bool draining;
    struct slot *first;
    atomic_size_t count;
    int64_t limits[PHASE_COUNT]; /* microseconds */
    atomic_ullong opened, cuts[PHASE_COUNT];
};

int64_t clock_now(void);    /* microseconds of the monotonic clock */
int64_t clock_coarse(void); /* the same, a few milliseconds late at most: for deadlines */
bool slots_start(struct slots *slots, const struct config *config, struct err *err) MUST_USE;
/* From now on answers end their connections, and quiet connections are read no further. */
void slots_drain(struct slots *slots);
void slots_stop(struct slots *slots); /* accepts one that was zeroed and never started */
/* NULL when there is no memory, or no way to filter what comes: the connection may not be served. */
struct slot *slot_open(struct slots *slots, int fd, const struct sockaddr *address);
void slot_close(struct slot *slot); /* accepts NULL */
/* Keeps a copy of the target's `len` bytes; false: there is no memory, and it is empty. */
bool slot_keep_target(struct slot *slot, const char *target, size_t len);
void slot_drop_target(struct slot *slot);
/* The phase begins at `now`. */
void slot_enter(struct slot *slot, enum phase phase, int64_t now);

/* --- dress: the header fields of every answer; false or NULL when there is no memory --- */
/* Adds the fields of every answer and those of a ready one. */
bool dress_ready(struct MHD_Response *response, const struct representation *ready, const char *revision);
/* A response for a computed body, which takes the caller's reference either way. */
struct MHD_Response *dress_made(struct made *made, unsigned status);
/* A response without a body: the answer to OPTIONS, and a redirect. */
struct MHD_Response *dress_empty(const struct outcome *outcome);
/* Adds what stands on one answer only, never on a shared response; `revision` may be NULL. */
bool dress_once(struct MHD_Response *response, const struct outcome *outcome, const char *revision, bool last);
/* A response with a copy of `body` that is not for everybody. */
struct MHD_Response *dress_private(const char *type, const struct buf *body);

/* --- generations --- */
struct generation {
    struct generation *next; /* among the retired */
    struct snapshot *snapshot;
    _Atomic(struct MHD_Response *) *responses; /* by index of the representation; NULL: not asked for yet */
    size_t count;
    size_t users;       /* requests that look things up in it; under the lock of `generations` */
    atomic_size_t lent; /* responses whose bytes libmicrohttpd may still read */
};

struct generations {
    pthread_mutex_t lock;
    struct generation *now;
    struct generation *retired;
};

bool generation_load(const char *path, const struct config *config, size_t readers, struct generation **ret,
                     struct err *err) MUST_USE;
void generations_init(struct generations *all);
/* Frees everything; no transfer may be under way any more. */
void generations_done(struct generations *all);
/* `fresh` becomes the one that answers; the former one retires. */
void generations_swap(struct generations *all, struct generation *fresh);
/* Frees what is retired, unused and no longer being sent; for the main thread. */
void generations_sweep(struct generations *all);
size_t generations_alive(struct generations *all);
/* The one that answers, kept until it is given back. */
struct generation *generation_take(struct generations *all);
void generation_give(struct generations *all, struct generation *generation);
/* The response for one ready answer, which the generation keeps; NULL when there is no memory. */
struct MHD_Response *generation_response(struct generation *generation, const struct representation *ready);
/* A response of its own for one ready answer: for a part of it, or one that ends the connection; NULL when there is no
 * memory. */
struct MHD_Response *generation_own_response(struct generation *generation, const struct outcome *outcome, bool last);

/* --- reply --- */
/* Queues an outcome and gives its reference to `made` away. */
enum MHD_Result reply_outcome(struct MHD_Connection *connection, struct slot *slot, struct generation *generation,
                              struct outcome *outcome);
/* Refuses the request and ends the connection; `revision` may be NULL. */
enum MHD_Result reply_refusal(struct MHD_Connection *connection, struct slot *slot, const char *revision,
                              const struct refusal *refusal);
/* Queues bytes of our own that no cache keeps and no page of another origin may read. `body` is copied. */
enum MHD_Result reply_private(struct MHD_Connection *connection, struct slot *slot, unsigned status, const char *type,
                              const struct buf *body);

/* --- access log --- */
struct access_entry {
    int64_t at; /* seconds since 1970 */
    const char *client, *method, *target, *version;
    unsigned status;
    size_t bytes;
    int64_t micros;
};
/* One line with its newline, in any bytes of the entry. */
void access_format(enum access_log kind, const struct access_entry *entry, struct buf *out);
/* Tells the operator why a request was not answered. */
void access_failed(const char *target, const char *cause);
/* To standard output: errors go elsewhere, so the two can be kept apart. */
void access_write(enum access_log kind, const struct slot *slot);

/* --- listening sockets --- */
struct endpoint {
    int fd; /* -1: closed */
    uint16_t port;
    char path[sizeof(((struct sockaddr_un *)0)->sun_path)]; /* of a Unix socket, else empty */
};
bool endpoint_open(const char *address, uint32_t port, struct endpoint *ret, struct err *err) MUST_USE;
/* Takes no connection any more; the descriptor stays valid until endpoint_close. */
void endpoint_shut(struct endpoint *endpoint);
void endpoint_close(struct endpoint *endpoint);

/* --- server --- */
enum { STATUS_CODES = 19 };

struct listener {
    struct http_server *server;
    struct MHD_Daemon *daemon;
    struct endpoint endpoint;
    size_t handed; /* connections taken from the backlog while stopping, which the daemon's thread opens later */
    bool admin, quiesced;
};

struct file_identity {
    uint64_t device, inode, size;
    int64_t seconds, nanoseconds;
};

struct http_server {
    const struct config *config;
    const char *dataset;
    size_t threads;
    struct generations generations;
    struct slots slots;       /* of the public listener */
    struct slots admin_slots; /* of the other */
    struct listener listener, admin;
    struct file_identity seen; /* the file that was last loaded, or tried */
    pthread_mutex_t lock;      /* over what follows */
    bool reload_failed;
    char reload_error[ERR_TEXT_SIZE];
    atomic_ullong reloads, failed_reloads;
    atomic_ullong answers[STATUS_CODES], body_bytes, micros;
};

bool listener_start(struct http_server *server, bool admin, struct err *err) MUST_USE;
/* Takes no new connection any more; those that wait already are let in. */
void listener_quiesce(struct listener *listener);
void listener_stop(struct listener *listener);

/* The library in this process: 0x010005 is 1.0.5. */
unsigned library_version(void);

/* --- handler: the callbacks of a listener's daemon, which get the listener --- */
void handler_connection(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode code);
void *handler_target(void *cls, const char *uri, struct MHD_Connection *connection);
size_t handler_unescape(void *cls, struct MHD_Connection *connection, char *text);
enum MHD_Result handler_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                const char *version, const char *upload, size_t *upload_size, void **context);
void handler_completed(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_RequestTerminationCode why);

/* --- metrics, admin --- */
void metrics_count(struct http_server *server, const struct slot *slot);
void metrics_print(struct http_server *server, struct buf *out);
enum MHD_Result admin_answer(struct http_server *server, struct MHD_Connection *connection, struct slot *slot);
