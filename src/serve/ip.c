/* SPDX-License-Identifier: MIT */
/* Addresses as text and as bytes, and what of them may be written down: who asks where an address is has one to deal
 * with, so a log keeps its network alone. It may not know what an address is asked for. */
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "internal.h"

enum { V4_BYTES = 4, V6_BYTES = 16, V4_KEPT = 3, V6_KEPT = 6 };

/* "::ffff:192.0.2.1" */
static bool is_mapped(const unsigned char bytes[V6_BYTES])
{
    static const unsigned char prefix[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    return memcmp(bytes, prefix, sizeof(prefix)) == 0;
}

bool ip_read(const char *text, struct ip *ret)
{
    struct ip ip = {.len = V4_BYTES};
    if (inet_pton(AF_INET, text, ip.bytes) == 1) {
        *ret = ip;
        return true;
    }
    if (inet_pton(AF_INET6, text, ip.bytes) != 1)
        return false;
    ip.len = V6_BYTES;
    if (is_mapped(ip.bytes)) {
        memmove(ip.bytes, ip.bytes + V6_BYTES - V4_BYTES, V4_BYTES);
        ip.len = V4_BYTES;
    }
    *ret = ip;
    return true;
}

void ip_write(const struct ip *ip, char ret[IP_TEXT_SIZE])
{
    ret[0] = '\0';
    (void)inet_ntop(ip->len == V4_BYTES ? AF_INET : AF_INET6, ip->bytes, ret, IP_TEXT_SIZE);
}

void ip_blur(struct ip *ip)
{
    size_t kept = ip->len == V4_BYTES ? V4_KEPT : V6_KEPT;
    memset(ip->bytes + kept, 0, ip->len - kept);
}

/* One name=value of a query, raw[0..len): whether its name is `ip`. */
static bool names_ip(const char *raw, size_t len)
{
    char name[16];
    struct fault fault;
    size_t name_len = strcspn(raw, "=&");
    if (name_len > len || name_len >= sizeof(name) || !percent_decode(raw, name_len, true, name, &fault))
        return false;
    return strcasecmp(name, "ip") == 0;
}

bool ip_is_in(const char *target)
{
    for (const char *at = strchr(target, '?'); at != NULL; at = strchr(at, '&')) {
        at++;
        if (names_ip(at, strcspn(at, "&")))
            return true;
    }
    return false;
}

static void add_blurred(const char *raw, size_t len, struct buf *out)
{
    char text[3 * IP_TEXT_SIZE];
    char blurred[IP_TEXT_SIZE] = "-";
    struct fault fault;
    struct ip ip;
    if (len < sizeof(text) && percent_decode(raw, len, true, text, &fault) && ip_read(text, &ip)) {
        ip_blur(&ip);
        ip_write(&ip, blurred);
    }
    buf_puts(out, blurred);
}

void serve_log_target(const char *target, struct buf *out)
{
    const char *at = target + strcspn(target, "?");
    buf_add(out, target, (size_t)(at - target));
    while (*at != '\0') {
        buf_putc(out, *at++); /* ? or & */
        size_t len = strcspn(at, "&");
        size_t name_len = strcspn(at, "=&");
        if (name_len < len && names_ip(at, len)) {
            buf_add(out, at, name_len + 1);
            add_blurred(at + name_len + 1, len - name_len - 1, out);
        } else {
            buf_add(out, at, len);
        }
        at += len;
    }
}
