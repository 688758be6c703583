/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-records-apply.h"
#include "annals-records-place.h"

G_BEGIN_DECLS

/* What links may lead to. */
typedef struct
{
  AnnalsRecord kind;
  gint64       id;
} AnnalsRecordsEnd;

/* One file's */
typedef struct
{
  AnnalsRecords *records;
  GArray        *tag_ids;   /* (element type gint64) parallel to the codes */
  GHashTable    *ends;      /* uid → AnnalsRecordsEnd */
  GArray        *places;    /* (element type AnnalsPlace) of its notes, as far as they were looked for */
} AnnalsRecordsFile;

struct _AnnalsRecordsApply
{
  GPtrArray             *files;      /* (element type AnnalsRecordsFile) */
  AnnalsPlacer          *placer;
  gboolean               knows_texts;
  guint                  n_placed;   /* files of which all notes were looked for */
  gboolean               has_posts;
  AnnalsImportMark       mark;
  guint                  n_all;
  guint                  n_done;
  AnnalsRecordsProgress  progress;
  gpointer               user_data;
};

/* One more record is done, or the place of one is known. FALSE when no more are to be. */
gboolean annals_records_apply_step    (AnnalsRecordsApply  *self,
                                       GCancellable        *cancellable,
                                       GError             **error);
/* One that the notebook does not take is left out with the reason; anything else fails. Takes @failure. */
gboolean annals_records_apply_skip    (AnnalsRecordsFile   *file,
                                       const char          *place,
                                       const char          *excerpt,
                                       GError              *failure,
                                       GError             **error);
/* @uid (nullable): from now on links may lead there */
void     annals_records_apply_add_end (AnnalsRecordsFile   *file,
                                       const char          *uid,
                                       AnnalsRecord         kind,
                                       gint64               id);
/* --- annals-records-apply-notes.c --- */
/* The note with the number @i. */
gboolean annals_records_apply_note    (AnnalsRecordsApply  *self,
                                       AnnalsRecordsFile   *file,
                                       AnnalsDb            *db,
                                       guint                i,
                                       GError             **error);
/* --- annals-records-apply-timeline.c --- */
gboolean annals_records_apply_timeline (AnnalsRecordsApply *self,
                                       AnnalsRecordsFile   *file,
                                       AnnalsDb            *db,
                                       GCancellable        *cancellable,
                                       GError             **error);

G_END_DECLS
