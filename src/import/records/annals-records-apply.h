/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-records.h"

G_BEGIN_DECLS

/**
 * AnnalsRecordsApply:
 *
 * Brings what is no post of an import's files into the notebook: tags, notes, memos, links, timelines. Posts that notes
 * stand in are looked for first, in pieces and beside the writer; then all is written at once, as part of the import's
 * own step.
 */
typedef struct _AnnalsRecordsApply AnnalsRecordsApply;

/* @fraction: 0 to 1; on the thread that does the work */
typedef void (*AnnalsRecordsProgress) (double   fraction,
                                       gpointer user_data);

/* @files: (element type AnnalsRecords), whose sources have become posts */
AnnalsRecordsApply *annals_records_apply_new      (GPtrArray              *files,
                                                   AnnalsRecordsProgress   progress,
                                                   gpointer                user_data);
void                annals_records_apply_free     (AnnalsRecordsApply     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsRecordsApply, annals_records_apply_free)

/* AnnalsDbFunc, for a reader: looks for the places of some notes; again until annals_records_apply_is_placed(). */
gboolean            annals_records_apply_place_cb (AnnalsDb *db, gpointer data, GCancellable *cancellable,
                                                   GError **error);
gboolean            annals_records_apply_is_placed (AnnalsRecordsApply    *self);
/* What the import brought besides, so that what was not found may be there now. */
void                annals_records_apply_set_has_posts (AnnalsRecordsApply *self,
                                                   gboolean                has_posts);
/* AnnalsDbFunc, in the one door: writes all of it. */
gboolean            annals_records_apply_write_cb (AnnalsDb *db, gpointer data, GCancellable *cancellable,
                                                   GError **error);
/* After that: adds to @mark what came of the records, and the issues to the import. */
gboolean            annals_records_apply_account  (AnnalsRecordsApply     *self,
                                                   AnnalsDb               *db,
                                                   gint64                  import_id,
                                                   AnnalsImportMark       *mark,
                                                   GError                **error);

G_END_DECLS
