/* SPDX-License-Identifier: MIT */
/* What the Check files of the build share: a folder with two builds of the tree's own seeds. */
#pragma once
#include <check.h>

#include "cyberatlas/build.h"
#include "cyberatlas/store.h"
#include "cyberatlas/view.h"
#include "fixture_files.h"

enum { PATH_SIZE = SOURCE_PATH_SIZE };

/* The tree's seeds, and what was told of the builds "plain.db" (one thread, no codings) and "coded.db". */
extern char data[PATH_SIZE];
extern struct build_result plain;
extern struct build_result coded;

/* A path in the folder; the last four results stay valid. */
const char *in_folder(const char *name);
void build(const char *name, size_t threads, bool compress, struct build_result *ret);
struct store *opened(const char *name);
/* The facts of the tree's seeds, and the view of them. */
struct view *view_of(struct facts **facts);

void build_document_cases(TCase *tcase);
