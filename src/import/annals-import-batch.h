/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-import-private.h"
#include "annals-records-apply.h"

G_BEGIN_DECLS

/* One transaction holds so many records or so much text, whichever comes first. */
#define ANNALS_BATCH_RECORDS 500
#define ANNALS_BATCH_BYTES (8 * 1024 * 1024)

/**
 * AnnalsImportRecord:
 *
 * Something of an archive on its way into the notebook.
 */
typedef struct
{
  AnnalsRunResult  kind;
  AnnalsRunItem    item;
  char           **aliases;    /* of a draft; from here on when it was prepared */
  GBytes          *deflated;   /* its markup */
} AnnalsImportRecord;

/**
 * AnnalsImportBatch:
 *
 * What goes into the notebook in one transaction.
 */
typedef struct
{
  GPtrArray *records;     /* (element type AnnalsImportRecord) */
  GPtrArray *pictures;    /* (element type AnnalsPicture) that came without their posts */
  gsize      n_bytes;
  char      *archive;     /* what the archive is called, as far as is known */
  char      *format;
  guint64    n_records;   /* of the run, up to and with the last of these */
  char       digest[65];
} AnnalsImportBatch;

AnnalsImportBatch *annals_import_batch_new     (void);
void               annals_import_batch_free    (AnnalsImportBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImportBatch, annals_import_batch_free)

/* Takes what is in @item. */
void               annals_import_batch_take    (AnnalsImportBatch *self,
                                                AnnalsRunResult    kind,
                                                AnnalsRunItem     *item);
gboolean           annals_import_batch_is_full (AnnalsImportBatch *self);
/* Does what can be done beside the writer: hashes, compresses. */
void               annals_import_batch_prepare (AnnalsImportBatch *self);

/**
 * AnnalsImportStore:
 *
 * The writing half of an import: batches go into the notebook on a thread of its own, while another
 * compresses the next ones and the caller reads those after.
 */
typedef struct _AnnalsImportStore AnnalsImportStore;

/* @import_id 0: a new import, else the one that is resumed, from @mark on. Borrows @notebook and the strings. */
AnnalsImportStore *annals_import_store_new     (AnnalsNotebook            *notebook,
                                                const char                *path,
                                                const char                *file_name,
                                                const AnnalsImportOptions *options,
                                                gint64                     import_id,
                                                const AnnalsImportMark    *mark);
/* Waits for the thread. */
void               annals_import_store_free    (AnnalsImportStore         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImportStore, annals_import_store_free)

/* Hands @batch over; waits while too many are on their way. FALSE when an earlier one could not be
 * written; annals_import_store_join() says why. */
gboolean           annals_import_store_push    (AnnalsImportStore         *self,
                                                AnnalsImportBatch         *batch);
/* Waits until all is written. */
gboolean           annals_import_store_join    (AnnalsImportStore         *self,
                                                GError                   **error);
/* After joining: ends the import and returns its record. @rule (nullable): remembered with it. @apply (nullable): brings
 * in what is no post. @last (nullable): a last issue. */
AnnalsImport      *annals_import_store_finish  (AnnalsImportStore         *self,
                                                const char                *sha256,
                                                gint64                     size,
                                                const AnnalsImportRule    *rule,
                                                AnnalsRecordsApply        *apply,
                                                const AnnalsIssue         *last,
                                                GCancellable              *cancellable,
                                                GError                   **error);
/* After joining: takes the import back; what cannot be taken back now is interrupted. */
void               annals_import_store_remove  (AnnalsImportStore         *self);

G_END_DECLS
