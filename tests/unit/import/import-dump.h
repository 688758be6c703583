/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"

G_BEGIN_DECLS

/* All that a reader finds, as text to compare with a golden file. */
char  *import_dump          (AnnalsFormatReader *reader);
/* The file of the project's own at tests/fixtures/import/@name */
char  *import_fixture_path  (const char   *name);
GBytes *import_read_bytes   (const char   *path);
/* Fails the test unless @dump is what the golden file @name holds; with the environment variable
 * ANNALS_UPDATE_GOLDEN set, writes it instead. */
void   import_check_golden  (const char   *dump,
                             const char   *name);
/* A path below the folder of shared test data, or NULL, having skipped the test, when it is
 * missing. */
char  *import_shared_path   (const char   *name);

G_END_DECLS
