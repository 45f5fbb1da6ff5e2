/* SPDX-License-Identifier: MIT */
/* Serving until told to stop: the main thread waits for signals and tends the server in between. Signals are blocked
 * before any thread starts, so none is ever handled inside a handler. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "cyberatlas/base/log.h"
#include "internal.h"

enum { TEND_MS = 1000 };

static void say_where(const struct http_server *server, const struct config *config)
{
    if (http_port(server) == 0)
        log_write(LOG_INFO, "serving on %s", config->listen);
    else if (strchr(config->listen, ':') != NULL)
        log_write(LOG_INFO, "serving on http://[%s]:%u/", config->listen, http_port(server));
    else
        log_write(LOG_INFO, "serving on http://%s:%u/", config->listen, http_port(server));
}

/* One signal, or one tick; false when it is time to stop. */
static bool wait_once(struct http_server *server, const sigset_t *signals, uint32_t every_ms)
{
    const struct timespec tick = {.tv_sec = every_ms / 1000, .tv_nsec = (long)(every_ms % 1000) * 1000000};
    int signal = sigtimedwait(signals, NULL, &tick);
    if (signal == SIGTERM || signal == SIGINT)
        return false;
    struct err err;
    if (signal == SIGHUP)
        (void)http_reload(server, &err);
    else if (signal < 0 && errno == EAGAIN)
        http_tend(server);
    return true;
}

bool http_run(const struct config *config, const char *dataset, struct err *err)
{
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGHUP);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    struct http_server *server;
    if (!http_start(config, dataset, &server, err))
        return false;
    say_where(server, config);
    uint32_t every_ms = config->watch_ms == 0 ? TEND_MS : config->watch_ms;
    while (wait_once(server, &signals, every_ms))
        ;
    log_write(LOG_INFO, "stopping");
    http_stop(server);
    return true;
}
