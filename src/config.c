/* SPDX-License-Identifier: MIT */
/* The settings of `serve` in one table, their defaults in one struct beside it. It may not know what any of them does:
 * it only says what is allowed. */
#include "cyberatlas/config.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/un.h>

#include "cyberatlas/base/date.h"
#include "settings.h"

static const char *const access_log_names[ACCESS_LOG_COUNT] = {
    [ACCESS_LOG_OFF] = "off", [ACCESS_LOG_COMMON] = "common", [ACCESS_LOG_JSON] = "json"};

const struct config config_defaults = {
    .listen = "127.0.0.1",
    .port = 8080,
    .admin_listen = "127.0.0.1",
    .admin_port = 8081,
    .connections = 2048,
    .connection_memory = 16 * 1024,
    .head_timeout_ms = 10 * 1000,
    .answer_timeout_ms = 30 * 1000,
    .idle_timeout_ms = 60 * 1000,
    .cache_bytes = 32 * 1024 * 1024,
    .watch_ms = 1000,
    .drain_ms = 5 * 1000,
    .public_url = "",
    .mmdb = "",
    .security_contact = "",
    .security_expires = "",
    .log_level = LOG_INFO,
    .access_log = ACCESS_LOG_OFF,
};

static bool is_address(const char *value)
{
    static const char prefix[] = "unix:/";
    unsigned char address[sizeof(struct in6_addr)];
    if (strncmp(value, prefix, sizeof(prefix) - 1) == 0)
        return strlen(value + 5) > 1 && strlen(value + 5) < sizeof(((struct sockaddr_un *)NULL)->sun_path);
    return inet_pton(AF_INET, value, address) == 1 || inet_pton(AF_INET6, value, address) == 1;
}

static bool is_address_or_none(const char *value)
{
    return *value == '\0' || is_address(value);
}

/* Nothing that would have to be escaped in a header, in JSON or in HTML. */
static bool is_plain(const char *value)
{
    for (; *value != '\0'; value++)
        if (*value <= ' ' || *value > '~' || strchr("\"'<>\\^`{|}", *value) != NULL)
            return false;
    return true;
}

static bool starts(const char *value, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncmp(value, prefix, len) == 0 && value[len] != '\0' && value[len] != '/';
}

static bool is_url(const char *value)
{
    size_t len = strlen(value);
    if (len == 0)
        return true;
    return len <= 256 && is_plain(value) && value[len - 1] != '/' && strpbrk(value, "?#") == NULL &&
           (starts(value, "https://") || starts(value, "http://"));
}

static bool is_contact(const char *value)
{
    if (*value == '\0')
        return true;
    return strlen(value) <= 256 && is_plain(value) &&
           (starts(value, "https://") || (starts(value, "mailto:") && strchr(value, '@') != NULL));
}

/* "09:30:00Z" or "09:30:00+02:00". */
static bool is_time(const char *time)
{
    static const char shape[] = "00:00:00+00:00";
    size_t len = strlen(time);
    bool zulu = len == 9 && time[8] == 'Z';
    if (!zulu && len != sizeof(shape) - 1)
        return false;
    for (size_t i = 0; i < (zulu ? 8 : len); i++) {
        bool digit = time[i] >= '0' && time[i] <= '9';
        if (shape[i] == '0' ? !digit : shape[i] == '+' ? time[i] != '+' && time[i] != '-' : time[i] != shape[i])
            return false;
    }
    return strncmp(time, "24", 2) < 0 && time[3] < '6' && time[6] < '6' &&
           (zulu || (strncmp(time + 9, "24", 2) < 0 && time[12] < '6'));
}

static bool is_moment(const char *value)
{
    if (*value == '\0')
        return true;
    char day[] = "0000-00-00";
    if (strlen(value) < sizeof(day) || (value[10] != 'T' && value[10] != 't'))
        return false;
    memcpy(day, value, sizeof(day) - 1);
    struct date date;
    return date_parse(day, &date) && is_time(value + sizeof(day));
}

#define AT(member) .offset = offsetof(struct config, member)

static const struct setting table[] = {
    {.name = "listen",
     .kind = SETTING_TEXT,
     .check = is_address,
     AT(listen),
     .value = "ADDRESS",
     .allowed = "an IPv4 or IPv6 address, or unix:/path",
     .help = "where to serve"},
    {.name = "port",
     .kind = SETTING_NUMBER,
     .most = 65535,
     AT(port),
     .value = "NUMBER",
     .help = "TCP port; 0 takes any free one"},
    {.name = "threads",
     .kind = SETTING_NUMBER,
     .most = 256,
     AT(threads),
     .value = "NUMBER",
     .help = "server threads; 0: one for each processor"},
    {.name = "admin-listen",
     .kind = SETTING_TEXT,
     .check = is_address_or_none,
     AT(admin_listen),
     .value = "ADDRESS",
     .allowed = "an IPv4 or IPv6 address, unix:/path, or nothing",
     .help = "where /livez, /readyz, /metrics, /version are"},
    {.name = "admin-port",
     .kind = SETTING_NUMBER,
     .most = 65535,
     AT(admin_port),
     .value = "NUMBER",
     .help = "TCP port of the admin listener; 0 takes any free one"},
    {.name = "connections",
     .kind = SETTING_NUMBER,
     .least = 16,
     .most = 65536,
     AT(connections),
     .value = "NUMBER",
     .help = "most connections at once"},
    {.name = "connections-per-address",
     .kind = SETTING_NUMBER,
     .most = 65536,
     AT(connections_per_address),
     .value = "NUMBER",
     .help = "most from one address; 0: no limit (behind a proxy)"},
    {.name = "connection-memory",
     .kind = SETTING_SIZE,
     .least = 16 * 1024,
     .most = 64 * 1024,
     AT(connection_memory),
     .value = "SIZE",
     .help = "memory of one connection"},
    {.name = "head-timeout",
     .kind = SETTING_DURATION,
     .least = 100,
     .most = 600 * 1000,
     AT(head_timeout_ms),
     .value = "TIME",
     .help = "longest time to receive a request's head"},
    {.name = "answer-timeout",
     .kind = SETTING_DURATION,
     .least = 100,
     .most = 3600 * 1000,
     AT(answer_timeout_ms),
     .value = "TIME",
     .help = "longest time for a client to take an answer"},
    {.name = "idle-timeout",
     .kind = SETTING_DURATION,
     .least = 100,
     .most = 3600 * 1000,
     AT(idle_timeout_ms),
     .value = "TIME",
     .help = "longest pause between two requests"},
    {.name = "cache",
     .kind = SETTING_SIZE,
     .most = 1024 * 1024 * 1024,
     AT(cache_bytes),
     .value = "SIZE",
     .help = "memory for computed answers; 0: none is kept"},
    {.name = "watch",
     .kind = SETTING_DURATION,
     .most = 3600 * 1000,
     AT(watch_ms),
     .value = "TIME",
     .help = "how often to look for a new dataset; 0: only on SIGHUP"},
    {.name = "drain",
     .kind = SETTING_DURATION,
     .most = 600 * 1000,
     AT(drain_ms),
     .value = "TIME",
     .help = "longest wait for open answers when stopping"},
    {.name = "public-url",
     .kind = SETTING_TEXT,
     .check = is_url,
     AT(public_url),
     .value = "URL",
     .allowed = "https:// or http:// with a host, without final slash, query or fragment",
     .help = "address the world sees, for what needs absolute links"},
    {.name = "mmdb",
     .kind = SETTING_TEXT,
     AT(mmdb),
     .value = "FILE",
     .allowed = "a file in the MMDB format",
     .help = "tells the country of an address, for /v1/contacts?ip="},
    {.name = "security-contact",
     .kind = SETTING_TEXT,
     .check = is_contact,
     AT(security_contact),
     .value = "URI",
     .allowed = "a mailto: or https:// address",
     .help = "Contact of /.well-known/security.txt (RFC 9116)"},
    {.name = "security-expires",
     .kind = SETTING_TEXT,
     .check = is_moment,
     AT(security_expires),
     .value = "TIME",
     .allowed = "a date and time as 2027-12-31T00:00:00Z",
     .help = "its Expires; both or none of the two"},
    {.name = "log-level",
     .kind = SETTING_WORD,
     .words = log_level_names,
     .word_count = LOG_LEVEL_COUNT,
     AT(log_level),
     .value = "WORD",
     .help = "messages above this level are dropped"},
    {.name = "access-log",
     .kind = SETTING_WORD,
     .words = access_log_names,
     .word_count = ACCESS_LOG_COUNT,
     AT(access_log),
     .value = "WORD",
     .help = "one line for each request, on standard output"},
    {.name = NULL},
};

bool config_read(int argc, char **argv, struct config *ret, const char **operands, size_t most, size_t *ret_count,
                 struct err *err)
{
    struct config config = config_defaults;
    struct operands found = {operands, most, 0};
    if (!settings_read(table, argc, argv, &config, &found, err))
        return false;
    if ((*config.security_contact == '\0') != (*config.security_expires == '\0'))
        return err_set(err, ERR_USAGE, "--security-contact and --security-expires go together: give both or none");
    *ret = config;
    *ret_count = found.count;
    return true;
}

void config_help(FILE *out)
{
    settings_help(table, &config_defaults, out);
}
