/* SPDX-License-Identifier: MIT */
/* Figures for the operator in Prometheus' text format: counters are atomic and never reset, so a reader may come at
 * any time. It may not know who asks. */
#include <string.h>

#include "internal.h"

/* The last one stands for every other code. */
static const unsigned codes[STATUS_CODES] = {200, 204, 206, 304, 308, 400, 404, 405, 406, 410,
                                             413, 414, 416, 431, 500, 501, 503, 505, 0};

void metrics_count(struct http_server *server, const struct slot *slot)
{
    size_t at = 0;
    while (codes[at] != 0 && codes[at] != slot->status)
        at++;
    atomic_fetch_add_explicit(&server->answers[at], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&server->body_bytes, slot->bytes, memory_order_relaxed);
    atomic_fetch_add_explicit(&server->micros, (unsigned long long)(clock_now() - slot->began), memory_order_relaxed);
}

static void head(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void number(struct buf *out, const char *name, const char *type, const char *help, unsigned long long value)
{
    head(out, name, type, help);
    buf_printf(out, "%s %llu\n", name, value);
}

static void print_answers(struct http_server *server, struct buf *out)
{
    unsigned long long total = 0;
    head(out, "cyberatlas_http_responses_total", "counter", "Answers by status code; other is every further code.");
    for (size_t i = 0; i < STATUS_CODES; i++) {
        unsigned long long count = atomic_load(&server->answers[i]);
        total += count;
        if (codes[i] != 0)
            buf_printf(out, "cyberatlas_http_responses_total{code=\"%u\"} %llu\n", codes[i], count);
        else
            buf_printf(out, "cyberatlas_http_responses_total{code=\"other\"} %llu\n", count);
    }
    unsigned long long micros = atomic_load(&server->micros);
    head(out, "cyberatlas_http_response_seconds", "summary", "From a request's head to the end of its answer.");
    buf_printf(out, "cyberatlas_http_response_seconds_sum %llu.%06llu\n", micros / 1000000, micros % 1000000);
    buf_printf(out, "cyberatlas_http_response_seconds_count %llu\n", total);
    number(out, "cyberatlas_http_response_body_bytes_total", "counter", "Bytes of bodies queued.",
           atomic_load(&server->body_bytes));
}

static void print_connections(struct http_server *server, struct buf *out)
{
    static const char *const names[PHASE_COUNT] = {
        [PHASE_HEAD] = "head", [PHASE_ANSWER] = "answer", [PHASE_IDLE] = "idle"};
    number(out, "cyberatlas_connections", "gauge", "Open connections.", atomic_load(&server->slots.count));
    number(out, "cyberatlas_connections_opened_total", "counter", "Connections accepted.",
           atomic_load(&server->slots.opened));
    head(out, "cyberatlas_deadline_cuts_total", "counter", "Connections ended because a phase took too long.");
    for (size_t i = 0; i < PHASE_COUNT; i++)
        buf_printf(out, "cyberatlas_deadline_cuts_total{phase=\"%s\"} %llu\n", names[i],
                   (unsigned long long)atomic_load(&server->slots.cuts[i]));
}

static void print_dataset(struct http_server *server, struct buf *out)
{
    struct generation *generation = generation_take(&server->generations);
    struct snapshot_figures figures = snapshot_figures(generation->snapshot);
    head(out, "cyberatlas_dataset_info", "gauge", "The dataset that answers.");
    buf_printf(out, "cyberatlas_dataset_info{revision=\"%s\",date=\"%s\"} 1\n", snapshot_revision(generation->snapshot),
               snapshot_date(generation->snapshot));
    generation_give(&server->generations, generation);
    number(out, "cyberatlas_bodies", "gauge", "Ready bodies.", figures.bodies);
    number(out, "cyberatlas_body_bytes", "gauge", "Bytes of ready bodies.", figures.body_bytes);
    number(out, "cyberatlas_cache_entries", "gauge", "Computed answers kept.", figures.cache_entries);
    number(out, "cyberatlas_cache_bytes", "gauge", "Bytes of computed answers kept.", figures.cache_bytes);
    number(out, "cyberatlas_cache_hits", "gauge", "Computed answers found ready, since the dataset was loaded.",
           figures.cache_hits);
    number(out, "cyberatlas_cache_misses", "gauge", "Computed answers made, since the dataset was loaded.",
           figures.cache_misses);
}

void metrics_print(struct http_server *server, struct buf *out)
{
    head(out, "cyberatlas_build_info", "gauge", "The program.");
    buf_printf(out, "cyberatlas_build_info{version=\"%s\"} 1\n", CYBERATLAS_VERSION);
    print_answers(server, out);
    print_connections(server, out);
    print_dataset(server, out);
    number(out, "cyberatlas_generations", "gauge", "Datasets in memory: one, and those still being sent.",
           generations_alive(&server->generations));
    number(out, "cyberatlas_reloads_total", "counter", "Loads of a further dataset that succeeded.",
           atomic_load(&server->reloads));
    number(out, "cyberatlas_reloads_failed_total", "counter", "Loads of a further dataset that failed.",
           atomic_load(&server->failed_reloads));
}
