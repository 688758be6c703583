/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-importer.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_IMPORT_ENTRY_FILE,      /* a file or folder */
  ANNALS_IMPORT_ENTRY_RESUME,    /* an import that was interrupted */
  ANNALS_IMPORT_ENTRY_RECORDS,   /* records that an import had skipped */
} AnnalsImportEntryKind;

/**
 * AnnalsImportEntry:
 *
 * Something on its way into the notebook: first what it would bring, then what it brought.
 */
typedef struct
{
  AnnalsImportEntryKind kind;
  char                *path;       /* (nullable): where it stood when it was imported before */
  char                *name;       /* for people */
  gint64               import_id;  /* that is resumed, or had skipped the records */
  GArray              *records;    /* (nullable) (element type guint) */
  AnnalsPreview       *preview;    /* (nullable): not recognised, or not looked at yet */
  AnnalsImportOptions *options;    /* what the user says of it */
  char                *recalled;   /* (nullable): the archive whose last import these options are from */
  gboolean             looked;     /* at least once: the options are the user's now */
  gboolean             wanted;     /* recognised, so it is imported */
  AnnalsImport        *result;     /* (nullable): its run's record */
  GError              *failure;    /* (nullable): why it was not recognised or imported, in one sentence */
} AnnalsImportEntry;

AnnalsImportEntry *annals_import_entry_new         (const char *path);
/* @path (nullable): where the file is now, if not where it was */
AnnalsImportEntry *annals_import_entry_new_resume  (gint64      import_id,
                                                    const char *name,
                                                    const char *path);
/* Takes @records. */
AnnalsImportEntry *annals_import_entry_new_records (gint64      import_id,
                                                    const char *name,
                                                    const char *path,
                                                    GArray     *records);
void               annals_import_entry_free        (AnnalsImportEntry *self);

/**
 * AnnalsImportProgressState:
 *
 * How far a thread is; written there, read by the window whenever it likes.
 */
typedef struct
{
  GMutex   mutex;
  guint    file;      /* number of the file in work, from 0 */
  gint64   done;      /* bytes of it */
  gint64   total;
  guint    n_posts;   /* of all files so far */
  gboolean keep;      /* written by the window: when it is cancelled, what came in stays */
} AnnalsImportProgressState;

/* Looks at each file on a thread; at the first look takes what was said of its archive before. @entries
 * (element type AnnalsImportEntry): the thread's until the callback comes. */
void     annals_import_preview_async  (AnnalsNotebook            *notebook,
                                       GPtrArray                 *entries,
                                       AnnalsImportProgressState *progress,
                                       GCancellable              *cancellable,
                                       GAsyncReadyCallback        callback,
                                       gpointer                   user_data);
/* Imports each wanted entry on a thread. A file that fails has its reason, the next one is tried; when cancelled, what
 * is whole stays, and of the one in work what the progress says. */
void     annals_import_run_async      (AnnalsNotebook            *notebook,
                                       GPtrArray                 *entries,
                                       AnnalsImportProgressState *progress,
                                       GCancellable              *cancellable,
                                       GAsyncReadyCallback        callback,
                                       gpointer                   user_data);
/* Of either. Returns: FALSE with G_IO_ERROR_CANCELLED when it was cancelled */
gboolean annals_import_run_finish     (GAsyncResult              *result,
                                       GError                   **error);

/* Takes an interrupted import back, on a thread. */
void     annals_import_remove_async   (AnnalsNotebook            *notebook,
                                       gint64                     import_id,
                                       GAsyncReadyCallback        callback,
                                       gpointer                   user_data);
gboolean annals_import_remove_finish  (GAsyncResult              *result,
                                       GError                   **error);

G_END_DECLS
