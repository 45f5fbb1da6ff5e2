/* SPDX-License-Identifier: MIT */
/* Entity tags (RFC 9110, 8.8.3 and 13.1.2). Ours are strong; If-None-Match compares weakly. A field that the grammar
 * does not allow matches nothing: the client then gets the whole answer. */
#include <stdio.h>
#include <string.h>

#include "cyberatlas/base/digest.h"
#include "internal.h"

bool etag_matches(const char *if_none_match, const char *etag)
{
    if (if_none_match == NULL)
        return false;
    const char *at = if_none_match + strspn(if_none_match, " \t");
    if (*at == '*')
        return at[1 + strspn(at + 1, " \t")] == '\0';
    size_t len = strlen(etag);
    while (*(at += strspn(at, " \t,")) != '\0') {
        if (strncmp(at, "W/", 2) == 0)
            at += 2;
        const char *end = *at == '"' ? strchr(at + 1, '"') : NULL;
        if (end == NULL)
            return false;
        if ((size_t)(end - at) + 1 == len && memcmp(at, etag, len) == 0)
            return true;
        at = end + 1 + strspn(end + 1, " \t");
        if (*at != ',' && *at != '\0')
            return false;
    }
    return false;
}

bool etag_is(const char *if_range, const char *etag)
{
    const char *at = if_range + strspn(if_range, " \t");
    size_t len = strlen(etag);
    return strncmp(at, etag, len) == 0 && at[len + strspn(at + len, " \t")] == '\0';
}

void etag_computed(const char *revision, const char *address, enum media media, char ret[48])
{
    char head[256];
    char hex[DIGEST_SIZE];
    int len = snprintf(head, sizeof(head), "%d\n%s\n%s\n%s\n", STORE_RENDERER, revision, media_table[media].name,
                       coding_names[CODING_IDENTITY]);
    struct digest *digest = digest_start();
    digest_add(digest, head, len > 0 ? (size_t)len : 0);
    digest_add(digest, address, strlen(address));
    digest_end(digest, hex);
    ret[0] = '\0';
    if (hex[0] != '\0')
        (void)snprintf(ret, 48, "\"%.32s\"", hex);
}
