/* SPDX-License-Identifier: MIT */
/* What every test does that writes a dataset by hand: a document stands under the digest of its bytes, and a step that
 * fails says why. */
#include "fixture_store.h"

#include <check.h>

#include "cyberatlas/base/digest.h"

void must(bool done, const struct err *err)
{
    ck_assert_msg(done, "%s", err->text);
}

void put_document(struct store_writer *writer, struct store_document document)
{
    char etag[DIGEST_SIZE];
    struct err err = {0};
    digest_of(document.body, document.len, etag);
    etag[32] = '\0';
    document.etag = etag;
    must(store_write_document(writer, &document, &err), &err);
}
