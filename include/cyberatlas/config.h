/* SPDX-License-Identifier: MIT */
/* The settings of `serve`: one table gives flag, environment variable, default and help text of each. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cyberatlas/base/err.h"
#include "cyberatlas/base/log.h"

enum access_log { ACCESS_LOG_OFF, ACCESS_LOG_COMMON, ACCESS_LOG_JSON, ACCESS_LOG_COUNT };

struct config {
    const char *listen;       /* IPv4 or IPv6 address, or unix:/path */
    uint32_t port;            /* 0: any free one (tests) */
    uint32_t threads;         /* 0: one for each processor the process may use */
    const char *admin_listen; /* as listen; empty: no admin listener */
    uint32_t admin_port;
    uint32_t connections;             /* most at once */
    uint32_t connections_per_address; /* 0: no limit */
    uint32_t connection_memory;       /* bytes */
    uint32_t head_timeout_ms;         /* to receive a request's head */
    uint32_t answer_timeout_ms;       /* to take an answer, whatever trickles */
    uint32_t idle_timeout_ms;         /* between requests */
    uint32_t cache_bytes;             /* of computed answers */
    uint32_t watch_ms;                /* how often the dataset file is looked at; 0: only on SIGHUP */
    uint32_t drain_ms;                /* longest wait for open answers when stopping */
    const char *public_url;           /* https://…, without final slash; empty: none */
    const char *mmdb;                 /* file that tells an address's country; empty: none */
    const char *security_contact;     /* RFC 9116 Contact: mailto: or https: address; empty: no security.txt */
    const char *security_expires;     /* RFC 3339 date-time */
    enum log_level log_level;
    enum access_log access_log;
};

/* Every setting at its default. */
extern const struct config config_defaults;

/* Reads CYBERATLAS_… then the flags (--name VALUE or --name=VALUE), which win. `argv` holds what follows the
 * subcommand; what is no flag is kept in order in operands[0..*ret_count). False: usage error naming flag or variable,
 * what is allowed, and the nearest flag. Strings are borrowed from argv and the environment. */
bool config_read(int argc, char **argv, struct config *ret, const char **operands, size_t most, size_t *ret_count,
                 struct err *err) MUST_USE;
/* The part of --help that lists the settings. */
void config_help(FILE *out);
