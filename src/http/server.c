/* SPDX-License-Identifier: MIT */
/* The server as a whole: start, reload, tend, stop. A reload builds the new generation aside and swaps last, so one
 * that fails changes nothing but what /readyz says. All of this is called from one thread, the main one. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "cyberatlas/base/log.h"
#include "internal.h"

enum { DRAIN_LOOK_US = 5000, DRAIN_QUIET_LOOKS = 10, SPARE_DESCRIPTORS = 128 };

static size_t processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : (size_t)count;
}

static void raise_descriptor_limit(size_t connections)
{
    struct rlimit limit;
    rlim_t need = connections + SPARE_DESCRIPTORS;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= need)
        return;
    limit.rlim_cur = limit.rlim_max < need ? limit.rlim_max : need;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < need)
        log_write(LOG_WARN, "the limit of open files (%llu) is below what %zu connections need",
                  (unsigned long long)limit.rlim_cur, connections);
}

static bool identify(const char *path, struct file_identity *ret)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    *ret = (struct file_identity){status.st_dev, status.st_ino, (uint64_t)status.st_size, status.st_mtim.tv_sec,
                                  status.st_mtim.tv_nsec};
    return true;
}

static bool same_file(const struct file_identity *a, const struct file_identity *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size && a->seconds == b->seconds &&
           a->nanoseconds == b->nanoseconds;
}

/* Identified before it is read: a file replaced in between is then seen as another one at the next look. */
static bool load(struct http_server *server, struct err *err)
{
    struct generation *fresh;
    (void)identify(server->dataset, &server->seen);
    if (!generation_load(server->dataset, server->config, server->threads, &fresh, err))
        return false;
    generations_swap(&server->generations, fresh);
    return true;
}

static void server_free(struct http_server *server)
{
    if (server == NULL)
        return;
    listener_stop(&server->listener);
    listener_stop(&server->admin);
    slots_stop(&server->slots);
    slots_stop(&server->admin_slots);
    generations_done(&server->generations);
    (void)pthread_mutex_destroy(&server->lock);
    free(server);
}

static void server_cleanup(struct http_server **server)
{
    server_free(*server);
}

bool http_start(const struct config *config, const char *dataset, struct http_server **ret, struct err *err)
{
    CLEANUP(server_cleanup) struct http_server *server = calloc(1, sizeof(*server));
    if (server == NULL)
        return err_memory(err);
    server->config = config;
    server->dataset = dataset;
    server->threads = config->threads == 0 ? processors() : config->threads;
    server->listener.endpoint.fd = server->admin.endpoint.fd = -1;
    (void)pthread_mutex_init(&server->lock, NULL);
    generations_init(&server->generations);
    raise_descriptor_limit(config->connections);
    bool admin = config->admin_listen != NULL && config->admin_listen[0] != '\0';
    if (!wire_verify(err) || !load(server, err) || !slots_start(&server->slots, config, err) ||
        (admin && !slots_start(&server->admin_slots, config, err)) || (admin && !listener_start(server, true, err)) ||
        !listener_start(server, false, err))
        return false;
    wire_tell();
    *ret = server;
    server = NULL;
    return true;
}

uint16_t http_port(const struct http_server *server)
{
    return server->listener.endpoint.port;
}

uint16_t http_admin_port(const struct http_server *server)
{
    return server->admin.endpoint.port;
}

static void note_reload(struct http_server *server, const struct err *failure)
{
    (void)pthread_mutex_lock(&server->lock);
    server->reload_failed = failure != NULL;
    (void)snprintf(server->reload_error, sizeof(server->reload_error), "%s", failure == NULL ? "" : failure->text);
    (void)pthread_mutex_unlock(&server->lock);
}

bool http_reload(struct http_server *server, struct err *err)
{
    if (!load(server, err)) {
        note_reload(server, err);
        atomic_fetch_add(&server->failed_reloads, 1);
        log_write(LOG_ERROR, "reload failed, the former dataset goes on: %s", err->text);
        return false;
    }
    note_reload(server, NULL);
    atomic_fetch_add(&server->reloads, 1);
    log_write(LOG_INFO, "loaded revision %s", snapshot_revision(server->generations.now->snapshot));
    generations_sweep(&server->generations);
    return true;
}

void http_tend(struct http_server *server)
{
    struct file_identity now;
    struct err err;
    bool changed = server->config->watch_ms > 0 && identify(server->dataset, &now) && !same_file(&now, &server->seen);
    if (changed)
        (void)http_reload(server, &err);
    generations_sweep(&server->generations);
}

/* Waits until every connection has gone, those among them that the daemon has taken but not yet opened: `expected` is
 * how many must have been opened. A few quiet looks in a row, since one that it accepted itself is seen a moment later.
 */
static void drain(struct http_server *server, unsigned long long expected)
{
    const struct timespec look = {.tv_nsec = DRAIN_LOOK_US * 1000};
    int64_t until = clock_now() + (int64_t)server->config->drain_ms * 1000;
    for (int quiet = 0; quiet < DRAIN_QUIET_LOOKS && clock_now() < until; (void)nanosleep(&look, NULL)) {
        bool gone = atomic_load(&server->slots.count) == 0 && atomic_load(&server->slots.opened) >= expected;
        quiet = gone ? quiet + 1 : 0;
    }
    size_t left = atomic_load(&server->slots.count);
    if (left > 0)
        log_write(LOG_WARN, "stopping with %zu connections still open", left);
}

void http_stop(struct http_server *server)
{
    if (server == NULL)
        return;
    unsigned long long opened = atomic_load(&server->slots.opened);
    slots_drain(&server->slots);
    listener_quiesce(&server->listener);
    drain(server, opened + server->listener.handed);
    server_free(server);
}
