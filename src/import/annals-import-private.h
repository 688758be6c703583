/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"
#include "annals-importer.h"

G_BEGIN_DECLS

/**
 * AnnalsImportRun:
 *
 * What preview and import have in common: a file being read, its drafts completed with what the
 * user said and given their identity, progress reported now and then.
 */
typedef struct
{
  AnnalsPart                *part;
  AnnalsImportInput         *input;         /* of the part */
  AnnalsFormatReader              *reader;
  const AnnalsImportOptions *options;       /* (nullable) borrowed */
  AnnalsImportProgress       progress;      /* (nullable) */
  gpointer                   user_data;
  gint64                     next_report;   /* monotonic microseconds */
  guint                      n_posts;
  guint                      place;         /* of the last draft that is to be imported */
  GHashTable                *identities;    /* 8 bytes of an identity's hash → how often it came */
} AnnalsImportRun;

AnnalsImportRun *annals_import_run_new    (const char                 *path,
                                           const AnnalsImportOptions  *options,
                                           AnnalsImportProgress        progress,
                                           gpointer                    user_data,
                                           GError                    **error);
void             annals_import_run_free   (AnnalsImportRun            *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImportRun, annals_import_run_free)

/* As annals_format_reader_next(); the draft is complete. */
AnnalsReadResult annals_import_run_next   (AnnalsImportRun            *self,
                                           AnnalsDraft               **draft,
                                           AnnalsIssue               **issue,
                                           GCancellable               *cancellable,
                                           GError                    **error);
/* The draft's identity in this run; @repeated (out): how many of it came before. */
char            *annals_import_run_dup_identity (AnnalsImportRun      *self,
                                                 const AnnalsDraft    *draft,
                                                 guint                *repeated);
/* what the user called the archive, or what the file does; never NULL */
const char      *annals_import_run_get_archive (AnnalsImportRun       *self);
/* Reports progress, at most 20 times a second unless @always. */
void             annals_import_run_report (AnnalsImportRun            *self,
                                           gboolean                    always);

G_END_DECLS
