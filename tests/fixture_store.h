/* SPDX-License-Identifier: MIT */
/* Documents in a dataset that a test makes through the store's own door. */
#pragma once
#include "cyberatlas/store.h"

/* Fails the running test with the sentence of `err` unless `done`. */
void must(bool done, const struct err *err);
/* Writes one document under the ETag that its bytes have. */
void put_document(struct store_writer *writer, struct store_document document);
