/* SPDX-License-Identifier: MIT */
/* The Range field (RFC 9110, 14.1.2 and 14.2). One range of bytes is served; of several, of other units and of what the
 * grammar does not know the whole is, which the RFC allows. Pure. */
#include <string.h>
#include <strings.h>

#include "internal.h"

/* Digits at *at as a number, the largest there is where it has no room; moves *at behind them. False without one. */
static bool read_number(const char **at, size_t *ret)
{
    const char *start = *at;
    *ret = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        size_t digit = (size_t)(**at - '0');
        *ret = *ret > (SIZE_MAX - digit) / 10 ? SIZE_MAX : *ret * 10 + digit;
    }
    return *at > start;
}

/* first-last, first-, or -suffix; nothing may follow. */
struct span {
    bool has_first, has_last;
    size_t first, last;
};

static bool read_span(const char *text, struct span *ret)
{
    const char *at = text + strspn(text, " \t");
    ret->has_first = read_number(&at, &ret->first);
    if (*at++ != '-')
        return false;
    ret->has_last = read_number(&at, &ret->last);
    at += strspn(at, " \t");
    return *at == '\0' && (ret->has_first || ret->has_last) &&
           (!ret->has_first || !ret->has_last || ret->first <= ret->last);
}

enum range range_read(const char *field, size_t len, size_t *ret_first, size_t *ret_part)
{
    static const char unit[] = "bytes=";
    struct span span;
    if (field == NULL || strncasecmp(field, unit, sizeof(unit) - 1) != 0 || !read_span(field + sizeof(unit) - 1, &span))
        return RANGE_WHOLE;
    if (span.has_first ? span.first >= len : span.last == 0 || len == 0)
        return RANGE_OUTSIDE;
    if (!span.has_first)
        span.first = span.last < len ? len - span.last : 0;
    bool to_end = !span.has_first || !span.has_last || span.last >= len;
    *ret_first = span.first;
    *ret_part = (to_end ? len : span.last + 1) - span.first;
    return RANGE_PART;
}
