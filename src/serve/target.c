/* SPDX-License-Identifier: MIT */
/* A request target taken apart: segments decoded one by one, so that an escaped slash never makes a new segment. It
 * knows no route. Every byte it lets through is printable UTF-8; what is malformed is a fault, never guessed at. */
#include <string.h>
#include <strings.h>

#include "cyberatlas/base/utf8.h"
#include "internal.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One byte from raw[*at…], -1 for a half escape; moves *at behind it. */
static int next_byte(const char *raw, size_t len, bool plus, size_t *at)
{
    char c = raw[*at];
    if (c != '%') {
        *at += 1;
        return plus && c == '+' ? ' ' : (unsigned char)c;
    }
    int high = *at + 2 < len ? hex_value(raw[*at + 1]) : -1;
    int low = high >= 0 ? hex_value(raw[*at + 2]) : -1;
    *at += 3;
    return low < 0 ? -1 : high * 16 + low;
}

bool percent_decode(const char *raw, size_t len, bool plus, char *out, struct fault *fault)
{
    size_t used = 0;
    for (size_t at = 0; at < len;) {
        int byte = next_byte(raw, len, plus, &at);
        if (byte < 0)
            return fault_set(fault, FAULT_BAD_REQUEST, "A %% in the address is not followed by two hex digits.");
        if (byte < 0x20 || byte == 0x7F)
            return fault_set(fault, FAULT_BAD_REQUEST, "The address holds a control character.");
        out[used++] = (char)byte;
    }
    out[used] = '\0';
    return utf8_valid(out, used) || fault_set(fault, FAULT_BAD_REQUEST, "The address is not UTF-8 where unescaped.");
}

/* Path and query of the absolute form (RFC 9112, 3.2.2), which a server must take; others as they are. */
static const char *strip_authority(const char *raw)
{
    size_t scheme = strncasecmp(raw, "http://", 7) == 0 ? 7 : strncasecmp(raw, "https://", 8) == 0 ? 8 : 0;
    if (scheme == 0)
        return raw;
    const char *path = raw + scheme + strcspn(raw + scheme, "/?");
    return *path == '\0' ? "/" : path;
}

/* A bot's address ends in a slash already where it appends one more. */
static const char *strip_slash(const char *path)
{
    return strncmp(path, "//intelmq/", strlen("//intelmq/")) == 0 ? path + 1 : path;
}

static bool check_bytes(const char *raw, struct fault *fault)
{
    for (const unsigned char *c = (const unsigned char *)raw; *c != '\0'; c++)
        if (*c <= 0x20 || *c >= 0x7F || *c == '#')
            return fault_set(fault, FAULT_BAD_REQUEST, "The address holds a byte that must be escaped there.");
    return true;
}

/* Decodes the segment raw[0..len) behind the text used so far. */
static bool add_segment(struct target *target, const char *raw, size_t len, size_t *used, struct fault *fault)
{
    if (target->count >= TARGET_SEGMENTS) {
        target->count = TARGET_SEGMENTS + 1;
        return true;
    }
    char *out = target->text + *used;
    if (!percent_decode(raw, len, false, out, fault))
        return false;
    if (strchr(out, '/') != NULL)
        return fault_set(fault, FAULT_BAD_REQUEST, "An escaped slash stands in the path.");
    target->segments[target->count++] = out;
    *used += strlen(out) + 1;
    return true;
}

bool target_split(const char *raw, struct target *ret, struct fault *fault)
{
    if (strlen(raw) > SERVE_TARGET_BYTES)
        return fault_set(fault, FAULT_URI_TOO_LONG, "The request target is longer than %d bytes.", SERVE_TARGET_BYTES);
    const char *at = strip_slash(strip_authority(raw));
    if (!check_bytes(at, fault))
        return false;
    size_t path_len = strcspn(at, "?");
    if (at[0] != '/' && !(at != raw && at[0] == '?'))
        return fault_set(fault, FAULT_BAD_REQUEST, "The request target does not start with a slash.");
    ret->count = 0;
    ret->query = at[path_len] == '?' ? at + path_len + 1 : NULL;
    ret->slash = path_len > 1 && at[path_len - 1] == '/';
    const char *end = at + path_len - (ret->slash ? 1 : 0);
    size_t used = 0;
    for (const char *start = at + 1; start < end || (start == end && ret->slash); start += strcspn(start, "/?") + 1)
        if (!add_segment(ret, start, strcspn(start, "/?"), &used, fault))
            return false;
    return true;
}
