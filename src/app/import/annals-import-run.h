/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-importer.h"

G_BEGIN_DECLS

/**
 * AnnalsImportEntry:
 *
 * A file on its way into the notebook: first what it would bring, then what it brought.
 */
typedef struct
{
  char                *path;
  char                *name;       /* for people */
  AnnalsPreview       *preview;    /* (nullable): not recognised, or not looked at yet */
  AnnalsImportOptions *options;    /* what the user says of it */
  gboolean             wanted;     /* recognised, so it is imported */
  AnnalsImport        *result;     /* (nullable): its run's record */
  char                *reason;     /* (nullable): one sentence why it was not recognised or imported */
} AnnalsImportEntry;

AnnalsImportEntry *annals_import_entry_new  (const char        *path);
void               annals_import_entry_free (AnnalsImportEntry *self);

/**
 * AnnalsImportProgressState:
 *
 * How far a thread is; written there, read by the window whenever it likes.
 */
typedef struct
{
  GMutex  mutex;
  guint   file;      /* number of the file in work, from 0 */
  gint64  done;      /* bytes of it */
  gint64  total;
  guint   n_posts;   /* of all files so far */
} AnnalsImportProgressState;

/* Looks at each file on a thread. @entries (element type AnnalsImportEntry): the thread's until the callback comes. */
void     annals_import_preview_async  (GPtrArray                 *entries,
                                       AnnalsImportProgressState *progress,
                                       GCancellable              *cancellable,
                                       GAsyncReadyCallback        callback,
                                       gpointer                   user_data);
/* Imports each wanted file on a thread. A file that fails has its reason, the next one is tried; when cancelled, what
 * is whole stays and the rest is left out. */
void     annals_import_run_async      (AnnalsNotebook            *notebook,
                                       GPtrArray                 *entries,
                                       AnnalsImportProgressState *progress,
                                       GCancellable              *cancellable,
                                       GAsyncReadyCallback        callback,
                                       gpointer                   user_data);
/* Of either. Returns: FALSE with G_IO_ERROR_CANCELLED when it was cancelled */
gboolean annals_import_run_finish     (GAsyncResult              *result,
                                       GError                   **error);

G_END_DECLS
