/* SPDX-License-Identifier: MIT */
/* The export dataset.sqlite: a dataset without answers, in memory from the first table to the last byte. It is written
 * by the same functions as the dataset itself, so it holds the same facts and says the same revision. An application
 * id of its own keeps `serve` from taking it for a dataset. */
#include <string.h>

#include "cyberatlas/base/embedded.h"
#include "internal.h"

static void writer_done(struct store_writer **writer)
{
    store_writer_free(*writer);
}

static bool leave_facts(struct store_writer *writer, struct err *err)
{
    const struct embedded *views = embedded_find("src/store/export.sql");
    struct buf end CLEANUP(buf_done);
    buf_init(&end, 256);
    buf_printf(&end, "PRAGMA application_id = %d; COMMIT; VACUUM", (int)STORE_EXPORT_ID);
    if (views == NULL)
        return err_set(err, ERR_SYSTEM, "the program was built without its export.sql");
    return database_run(writer->db, views->data, "export.sql", err) && (buf_ok(&end) || err_memory(err)) &&
           database_run(writer->db, end.data, "cannot finish the export", err);
}

bool store_export(const struct facts *facts, struct buf *out, struct err *err)
{
    struct store_writer *writer CLEANUP(writer_done) = NULL;
    if (!store_create(&writer, err) || !store_write_facts(writer, facts, err) || !leave_facts(writer, err))
        return false;
    sqlite3_int64 len = 0;
    unsigned char *bytes = sqlite3_serialize(writer->db, "main", &len, 0);
    if (bytes == NULL)
        return err_memory(err);
    if (len <= STORE_EXPORT_BYTES)
        buf_add(out, (const char *)bytes, (size_t)len);
    sqlite3_free(bytes);
    if (len > STORE_EXPORT_BYTES)
        return err_set(err, ERR_SYSTEM, "the export dataset.sqlite has %lld bytes; at most %d are allowed",
                       (long long)len, (int)STORE_EXPORT_BYTES);
    return buf_ok(out) || err_memory(err);
}
