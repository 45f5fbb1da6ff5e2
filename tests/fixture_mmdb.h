/* SPDX-License-Identifier: MIT */
/* A small file of addresses in the MMDB format, made byte by byte, so that tests need no one's data. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct mmdb_network {
    const char *address;
    unsigned bits;    /* of IPv6; an IPv4 network has 96 more */
    const char *code; /* two letters */
};
/* "ZZ" names no country of any dataset; DE and BE have IPv4 networks, BE and EU one of IPv6. */
extern const struct mmdb_network mmdb_networks[];
extern const size_t mmdb_network_count;
/* Writes mmdb_networks under `key` ("country_code"), as built at `epoch`. */
void fixture_mmdb(const char *path, const char *key, uint64_t epoch);
