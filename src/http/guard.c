/* SPDX-License-Identifier: MIT */
/* What is refused before anything looks at a request: RFC 9112's grammar where the HTTP library is lenient, every
 * request with content, and what exceeds our ceilings. Pure functions over strings: it knows neither routes nor the
 * library. A refusal is a row of one table and always ends the connection, since where the next request would begin is
 * in doubt. The filter on the wire judges the form of a head before; what only these rules see is what fields mean. */
#include <string.h>
#include <strings.h>

#include "internal.h"

/* The registered methods (IANA) but CONNECT and PRI, which have no meaning towards an origin server. */
static const char *const methods[] = {
    "GET",
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "DELETE",
    "TRACE",
    "PATCH",
    "ACL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "COPY",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCOL",
    "MKCALENDAR",
    "MKREDIRECTREF",
    "MOVE",
    "ORDERPATCH",
    "PROPFIND",
    "PROPPATCH",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
    "UPDATEREDIRECTREF",
    "MKWORKSPACE",
    "BASELINE-CONTROL",
    "VERSION-CONTROL",
};

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 9110, section 5.6.2. */
static bool is_token(const char *text)
{
    const char *at = text;
    while ((octet_classes[(unsigned char)*at] & OCTET_TOKEN) != 0)
        at++;
    return *at == '\0' && at > text;
}

static bool is_port(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return len <= 5;
}

/* The length of the host at the start of `text`; 0 where there is none. */
static size_t host_length(const char *text, size_t len)
{
    size_t at = 0;
    if (len > 0 && text[0] == '[') {
        at = 1;
        while (at < len && (hex_value(text[at]) >= 0 || text[at] == ':' || text[at] == '.'))
            at++;
        return at > 1 && at < len && text[at] == ']' ? at + 1 : 0;
    }
    while (at < len && text[at] != '\0' &&
           (is_alnum(text[at]) || text[at] == '.' || strchr("-_~!$&'()*+,;=%", text[at]) != NULL))
        at++;
    return at;
}

/* host [ ":" port ], without user information. */
static bool is_authority(const char *text, size_t len)
{
    size_t host = host_length(text, len);
    if (host == 0)
        return false;
    return host == len || (text[host] == ':' && is_port(text + host + 1, len - host - 1));
}

/* Behind the scheme of an absolute target; NULL where it has none. */
static const char *behind_scheme(const char *target)
{
    if (strncasecmp(target, "http://", 7) == 0)
        return target + 7;
    return strncasecmp(target, "https://", 8) == 0 ? target + 8 : NULL;
}

static const struct refusal *check_escape(const char *at, bool in_query)
{
    int high = hex_value(at[1]);
    int low = high < 0 ? -1 : hex_value(at[2]);
    if (low < 0)
        return &refusals[REFUSE_BAD_ESCAPE];
    int byte = high * 16 + low;
    if (byte == 0 || (!in_query && (byte < 0x20 || byte == 0x7F)))
        return &refusals[REFUSE_HIDDEN_CONTROL];
    return byte == '/' && !in_query ? &refusals[REFUSE_HIDDEN_SLASH] : NULL;
}

static const struct refusal *check_bytes(const char *target)
{
    bool in_query = false;
    size_t parameters = 0;
    for (const char *at = target;; at++) {
        while ((octet_classes[(unsigned char)*at] & OCTET_PLAIN) != 0)
            at++;
        unsigned char c = (unsigned char)*at;
        if (c == '\0')
            break;
        if ((octet_classes[c] & OCTET_VISIBLE) == 0 || c == '#')
            return &refusals[REFUSE_BAD_BYTE];
        const struct refusal *refusal = c == '%' ? check_escape(at, in_query) : NULL;
        if (refusal != NULL)
            return refusal;
        if (in_query ? c == '&' : c == '?')
            parameters++;
        in_query = in_query || c == '?';
    }
    return parameters > GUARD_PARAMETERS ? &refusals[REFUSE_MANY_PARAMETERS] : NULL;
}

const struct refusal *guard_target(const char *target)
{
    if (strnlen(target, GUARD_TARGET_BYTES + 1) > GUARD_TARGET_BYTES)
        return &refusals[REFUSE_LONG_TARGET];
    const struct refusal *refusal = check_bytes(target);
    if (refusal != NULL)
        return refusal;
    const char *authority = behind_scheme(target);
    if (authority != NULL)
        return is_authority(authority, strcspn(authority, "/?")) ? NULL : &refusals[REFUSE_BAD_FORM];
    return target[0] == '/' || strcmp(target, "*") == 0 ? NULL : &refusals[REFUSE_BAD_FORM];
}

void guard_to_origin(char *target)
{
    const char *authority = behind_scheme(target);
    if (authority == NULL)
        return;
    const char *rest = authority + strcspn(authority, "/?");
    size_t at = *rest == '/' ? 0 : 1;
    target[0] = '/';
    memmove(target + at, rest, strlen(rest) + 1);
}

static bool is_clean_value(const char *value)
{
    while ((octet_classes[(unsigned char)*value] & OCTET_VALUE) != 0)
        value++;
    return *value == '\0';
}

/* Without the white space that may stand behind a value: RFC 9112, section 5.1. */
static size_t trimmed_length(const char *value)
{
    size_t len = strlen(value);
    while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '\t'))
        len--;
    return len;
}

static void see_length(struct guard_fields *fields, const char *value)
{
    fields->lengths++;
    size_t digits = strspn(value, "0123456789");
    if (digits == 0 || digits != trimmed_length(value))
        fields->bad_length = true;
    else if (strspn(value, "0") != digits)
        fields->has_content = true;
}

void guard_field(struct guard_fields *fields, const char *name, const char *value)
{
    size_t len = strlen(name);
    fields->count++;
    fields->bytes += len + strlen(value) + 4;
    fields->bad_name = fields->bad_name || !is_token(name);
    fields->bad_value = fields->bad_value || !is_clean_value(value);
    if (len == sizeof("Host") - 1 && strcasecmp(name, "Host") == 0) {
        fields->hosts++;
        fields->bad_host = fields->bad_host || !is_authority(value, trimmed_length(value));
    } else if (len == sizeof("Content-Length") - 1 && strcasecmp(name, "Content-Length") == 0) {
        see_length(fields, value);
    } else if (len == sizeof("Transfer-Encoding") - 1 && strcasecmp(name, "Transfer-Encoding") == 0) {
        fields->codings++;
    }
}

static const struct refusal *check_method(const char *method, const char *target)
{
    if (!is_token(method))
        return &refusals[REFUSE_BAD_METHOD];
    if (strcmp(method, "CONNECT") == 0)
        return &refusals[REFUSE_BAD_FORM];
    for (size_t i = 0; i < COUNT_OF(methods); i++)
        if (strcmp(method, methods[i]) == 0)
            return strcmp(target, "*") == 0 && strcmp(method, "OPTIONS") != 0 ? &refusals[REFUSE_BAD_FORM] : NULL;
    return &refusals[REFUSE_UNKNOWN_METHOD];
}

static const struct refusal *check_framing(const struct guard_fields *fields, bool old)
{
    if (fields->codings > 0 && fields->lengths > 0)
        return &refusals[REFUSE_CODED_AND_COUNTED];
    if (fields->codings > 0)
        return &refusals[old ? REFUSE_CODED_OLD : REFUSE_CODED];
    if (fields->lengths > 1)
        return &refusals[REFUSE_MANY_LENGTHS];
    if (fields->bad_length)
        return &refusals[REFUSE_BAD_LENGTH];
    return fields->has_content ? &refusals[REFUSE_CONTENT] : NULL;
}

const struct refusal *guard_head(const char *method, const char *version, const char *target,
                                 const struct guard_fields *fields)
{
    bool old = strcmp(version, "HTTP/1.0") == 0;
    const struct refusal *refusal = check_method(method, target);
    if (refusal != NULL)
        return refusal;
    if (fields->count > GUARD_FIELDS || fields->bytes > GUARD_FIELD_BYTES)
        return &refusals[REFUSE_MANY_FIELDS];
    if (fields->bad_name)
        return &refusals[REFUSE_BAD_NAME];
    if (fields->bad_value)
        return &refusals[REFUSE_BAD_FIELD_VALUE];
    if (fields->hosts == 0 && !old)
        return &refusals[REFUSE_NO_HOST];
    if (fields->hosts > 1)
        return &refusals[REFUSE_MANY_HOSTS];
    if (fields->bad_host)
        return &refusals[REFUSE_BAD_HOST];
    return check_framing(fields, old);
}
