/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "annals-notebook-error.h"

G_BEGIN_DECLS

/**
 * AnnalsDb:
 *
 * One connection to the notebook file. It belongs to one thread; only an #AnnalsDbFunc that
 * #AnnalsNotebook runs ever sees one. Functions that read take any connection; functions that write
 * assert that they run inside the notebook's one door (annals_notebook_change()) or, where they
 * say so, inside its bulk door (annals_notebook_bulk()).
 */
typedef struct _AnnalsDb AnnalsDb;

/**
 * AnnalsDbFunc:
 * @db: the connection of the thread that runs this
 * @data: the caller's data; what was found is left in it
 * @cancellable: (nullable): look at it in long loops; queries look by themselves
 *
 * Work on the notebook, run on one of its threads. All it reads is of one moment (one transaction).
 *
 * Returns: %FALSE if and only if @error is set; a change is then rolled back
 */
typedef gboolean (*AnnalsDbFunc) (AnnalsDb      *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

typedef enum
{
  ANNALS_RECORD_POST,
  ANNALS_RECORD_ANNOTATION,
  ANNALS_RECORD_TAG,
  ANNALS_RECORD_TIMELINE,
  ANNALS_RECORD_LANE,
  ANNALS_RECORD_EVENT,
  ANNALS_RECORD_EVIDENCE,
  ANNALS_RECORD_IMPORT,
  ANNALS_RECORD_SOURCE,
  ANNALS_RECORD_LINK,
  ANNALS_RECORD_MEMO,
  ANNALS_RECORD_SAVED_SEARCH,
  ANNALS_N_RECORDS
} AnnalsRecord;

/* The record that a person named: a uid, a unique prefix of at least four characters of one, or
 * "title:TEXT" (posts, timelines, events, memos) or a plain name (tags, timelines, sources, memos, saved searches) that fits
 * exactly one, case aside. Fails with NOT_FOUND or AMBIGUOUS. */
gboolean  annals_db_find     (AnnalsDb      *db,
                              AnnalsRecord   record,
                              const char    *name,
                              gint64        *id,
                              GError       **error);
/* Fails with NOT_FOUND. */
char     *annals_db_dup_uid  (AnnalsDb      *db,
                              AnnalsRecord   record,
                              gint64         id,
                              GError       **error);

G_END_DECLS
