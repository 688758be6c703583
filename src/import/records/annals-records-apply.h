/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-records.h"

G_BEGIN_DECLS

/**
 * AnnalsRecordsStore:
 *
 * Brings the records of a file into the notebook, all in one transaction: sources that are not there become posts, the
 * rest goes through the one door as part of the import's step.
 */
typedef struct
{
  AnnalsRecords *records;
  const char    *path;
  const char    *format;
  const char    *options;     /* JSON */
  const char    *sha256;      /* of the file */
  gint64         size;
  gint64         started;     /* monotonic microseconds */
  AnnalsImport  *result;      /* (out) (transfer full) */
} AnnalsRecordsStore;

/* AnnalsDbFunc, for the bulk door; @data: an AnnalsRecordsStore. */
gboolean annals_records_store_cb (AnnalsDb *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
