/* SPDX-License-Identifier: MIT */
/* In the place of the filter on the wire, where the program is built for a library that refuses malformed heads
 * itself. It makes sure that such a library is what the process has got: an older one has the same name. */
#include "cyberatlas/base/log.h"
#include "internal.h"

bool wire_open(struct slot *slot)
{
    (void)slot;
    return true;
}

void wire_close(const struct slot *slot)
{
    (void)slot;
}

bool wire_verify(struct err *err)
{
    if (library_version() < LIBRARY_STRICT_SINCE)
        return err_set(err, ERR_SYSTEM,
                       "this program was built for libmicrohttpd 1.0.5 or newer, which refuses malformed heads itself, "
                       "and has found %s; build it with the filter",
                       MHD_get_version());
    return true;
}

void wire_tell(void)
{
    log_write(LOG_INFO, "libmicrohttpd %s refuses malformed heads itself", MHD_get_version());
}
