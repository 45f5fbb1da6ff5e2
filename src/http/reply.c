/* SPDX-License-Identifier: MIT */
/* From an outcome to a queued response. It decides nothing about a request. A 304 is the 200's own response object with
 * another status, since the library gives an empty one a Content-Length of 0, which RFC 9110 forbids. */
#include <stdio.h>
#include <string.h>

#include "internal.h"

/* Queues and drops the caller's reference. Without a response the connection ends. */
static enum MHD_Result queue(struct MHD_Connection *connection, struct slot *slot, unsigned status,
                             struct MHD_Response *response, size_t len)
{
    if (response == NULL)
        return MHD_NO;
    bool bodiless = status == 204 || status == 304 || strcmp(slot->method, "HEAD") == 0;
    slot->status = status;
    slot->bytes = bodiless ? 0 : len;
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result queue_ready(struct MHD_Connection *connection, struct slot *slot, struct generation *generation,
                                   const struct outcome *outcome)
{
    const struct representation *ready = outcome->ready;
    bool last = atomic_load_explicit(&slot->slots->draining, memory_order_relaxed);
    if (last || outcome->status == 206)
        return queue(connection, slot, outcome->status, generation_own_response(generation, outcome, last),
                     outcome->status == 206 ? outcome->part : ready->len);
    struct MHD_Response *response = generation_response(generation, ready);
    if (response == NULL)
        return MHD_NO;
    bool bodiless = outcome->status == 304 || strcmp(slot->method, "HEAD") == 0;
    slot->status = outcome->status;
    slot->bytes = bodiless ? 0 : ready->len;
    return MHD_queue_response(connection, outcome->status, response);
}

static enum MHD_Result queue_own(struct MHD_Connection *connection, struct slot *slot, const char *revision,
                                 struct outcome *outcome, bool last)
{
    size_t len = outcome->made == NULL ? 0 : outcome->made->len;
    struct MHD_Response *response =
        outcome->made == NULL ? dress_empty(outcome) : dress_made(outcome->made, outcome->status);
    outcome->made = NULL;
    if (response != NULL && !dress_once(response, outcome, revision, last)) {
        MHD_destroy_response(response);
        response = NULL;
    }
    return queue(connection, slot, outcome->status, response, len);
}

enum MHD_Result reply_outcome(struct MHD_Connection *connection, struct slot *slot, struct generation *generation,
                              struct outcome *outcome)
{
    if (outcome->ready != NULL)
        return queue_ready(connection, slot, generation, outcome);
    bool last = atomic_load_explicit(&slot->slots->draining, memory_order_relaxed);
    return queue_own(connection, slot, snapshot_revision(generation->snapshot), outcome, last);
}

enum MHD_Result reply_refusal(struct MHD_Connection *connection, struct slot *slot, const char *revision,
                              const struct refusal *refusal)
{
    struct fault fault;
    (void)fault_set(&fault, refusal->kind, "%s", refusal->detail);
    if (refusal->field != NULL)
        (void)snprintf(fault.parameter, sizeof(fault.parameter), "%s", refusal->field);
    struct outcome outcome = {0};
    serve_fault(&fault, MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept"), &outcome);
    if (refusal->kind == FAULT_METHOD_NOT_ALLOWED)
        outcome.allow = "GET, HEAD";
    return queue_own(connection, slot, revision, &outcome, true);
}

enum MHD_Result reply_private(struct MHD_Connection *connection, struct slot *slot, unsigned status, const char *type,
                              const struct buf *body)
{
    return queue(connection, slot, status, dress_private(type, body), body->len);
}
