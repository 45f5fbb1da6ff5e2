/* SPDX-License-Identifier: MIT */
/* The format: a tree of nodes with a record for each bit, 16 zero bytes, the data, a marker, and a map about itself. */
#include "fixture_mmdb.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/buf.h"
#include "cyberatlas/base/common.h"

enum { NODES = 1024, EMPTY = 0, DATA = 1 << 20, SEPARATOR = 16 };

const struct mmdb_network mmdb_networks[] = {{"::192.0.2.0", 120, "DE"},
                                             {"::198.51.100.0", 120, "BE"},
                                             {"::203.0.113.0", 121, "ZZ"},
                                             {"2001:db8:1::", 48, "BE"},
                                             {"2001:db8:2::", 48, "EU"}};
const size_t mmdb_network_count = COUNT_OF(mmdb_networks);

struct tree {
    uint32_t records[NODES][2];
    uint32_t count;
};

static void add_network(struct tree *tree, const struct mmdb_network *network, uint32_t data)
{
    unsigned char bytes[16];
    uint32_t node = 0;
    ck_assert_int_eq(inet_pton(AF_INET6, network->address, bytes), 1);
    for (unsigned i = 0; i < network->bits; i++) {
        uint32_t *record = &tree->records[node][bytes[i / 8] >> (7 - i % 8) & 1];
        if (i + 1 == network->bits) {
            *record = DATA + data;
        } else if (*record == EMPTY) {
            ck_assert_uint_lt(tree->count, NODES);
            *record = tree->count++;
        }
        node = *record;
    }
}

static void put_number(struct buf *out, uint64_t number, size_t bytes)
{
    while (bytes-- > 0)
        buf_putc(out, (char)(number >> 8 * bytes & 0xFF));
}

static void put_string(struct buf *out, const char *text)
{
    buf_putc(out, (char)(2U << 5 | strlen(text)));
    buf_puts(out, text);
}

static void put_tree(struct buf *out, const struct tree *tree, size_t item_bytes)
{
    for (uint32_t i = 0; i < tree->count; i++)
        for (size_t side = 0; side < 2; side++) {
            uint32_t record = tree->records[i][side];
            if (record >= DATA)
                record = tree->count + SEPARATOR + (record - DATA) * (uint32_t)item_bytes;
            else if (record == EMPTY)
                record = tree->count;
            put_number(out, record, 3);
        }
    for (size_t i = 0; i < SEPARATOR; i++)
        buf_putc(out, '\0');
}

static void put_small(struct buf *out, const char *key, unsigned number)
{
    put_string(out, key);
    buf_putc(out, (char)(5U << 5 | 2));
    put_number(out, number, 2);
}

static void put_metadata(struct buf *out, uint32_t nodes, uint64_t epoch)
{
    buf_puts(out, "\xAB\xCD\xEFMaxMind.com");
    buf_putc(out, (char)(7U << 5 | 9));
    put_string(out, "node_count");
    buf_putc(out, (char)(6U << 5 | 4));
    put_number(out, nodes, 4);
    put_small(out, "record_size", 24);
    put_small(out, "ip_version", 6);
    put_small(out, "binary_format_major_version", 2);
    put_small(out, "binary_format_minor_version", 0);
    put_string(out, "database_type");
    put_string(out, "test-country");
    put_string(out, "languages");
    put_number(out, 0x0004, 2); /* an array of none */
    put_string(out, "build_epoch");
    put_number(out, 0x0802, 2); /* a number of eight bytes */
    put_number(out, epoch, 8);
    put_string(out, "description");
    buf_putc(out, (char)(7U << 5));
}

void fixture_mmdb(const char *path, const char *key, uint64_t epoch)
{
    struct tree tree = {.count = 1};
    struct buf out CLEANUP(buf_done);
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < mmdb_network_count; i++)
        add_network(&tree, &mmdb_networks[i], (uint32_t)i);
    put_tree(&out, &tree, 1 + 1 + strlen(key) + 3);
    for (size_t i = 0; i < mmdb_network_count; i++) {
        buf_putc(&out, (char)(7U << 5 | 1));
        put_string(&out, key);
        put_string(&out, mmdb_networks[i].code);
    }
    put_metadata(&out, tree.count, epoch);
    ck_assert(buf_ok(&out));
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(out.data, 1, out.len, file), out.len);
    ck_assert_int_eq(fclose(file), 0);
}
