/* SPDX-License-Identifier: MIT */
/* The two documents that depend on the operator's settings, made once when a snapshot loads. Addresses are absolute
 * only where the operator has said what the service is called. */
#include <string.h>

#include "cyberatlas/format.h"
#include "internal.h"

/* An object that begins with one address, still open. */
static void add_address(struct buf *out, const char *key, const char *base, const char *path)
{
    CLEANUP(buf_done) struct buf address;
    buf_init(&address, 4096);
    buf_puts(&address, base);
    buf_puts(&address, path);
    buf_printf(out, "{\"%s\":", key);
    if (buf_ok(&address))
        format_json_text(address.data, out);
    else
        out->failed = true;
}

static void add_relation(struct buf *out, const char *name, const char *base, const char *path, const char *type)
{
    buf_printf(out, ",\"%s\":[", name);
    add_address(out, "href", base, path);
    if (type != NULL)
        buf_printf(out, ",\"type\":\"%s\"", type);
    buf_puts(out, "}]");
}

static bool write_catalog(const struct config *config, struct buf *out)
{
    const char *base = config->public_url == NULL ? "" : config->public_url;
    buf_puts(out, "{\"linkset\":[");
    add_address(out, "anchor", base, "/.well-known/api-catalog");
    add_relation(out, "item", base, "/v1", media_table[MEDIA_JSON].type);
    buf_puts(out, "},");
    add_address(out, "anchor", base, "/v1");
    add_relation(out, "service-desc", base, "/openapi.json", media_table[MEDIA_OPENAPI].type);
    add_relation(out, "service-doc", base, "/docs", media_table[MEDIA_HTML].type);
    add_relation(out, "status", base, "/healthz", NULL);
    buf_puts(out, "}]}\n");
    return true;
}

static bool write_security(const struct config *config, struct buf *out)
{
    if (config->security_contact == NULL || config->security_contact[0] == '\0' || config->security_expires == NULL ||
        config->security_expires[0] == '\0')
        return false;
    buf_printf(out, "Contact: %s\nExpires: %s\nPreferred-Languages: en\n", config->security_contact,
               config->security_expires);
    if (config->public_url != NULL && config->public_url[0] != '\0')
        buf_printf(out, "Canonical: %s/.well-known/security.txt\n", config->public_url);
    return true;
}

const struct own own_table[] = {
    {"/.well-known/api-catalog", MEDIA_LINKSET, write_catalog},
    {"/.well-known/security.txt", MEDIA_TEXT, write_security},
};
const size_t own_count = COUNT_OF(own_table);
