/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-changes-private.h"
#include "annals-history.h"

G_BEGIN_DECLS

/* The recording of one action's change set, from begin to end of its transaction. */
typedef struct _AnnalsRecording AnnalsRecording;

AnnalsRecording *annals_recording_begin (AnnalsDb         *db,
                                         GError          **error);
/* What is changed in between is nobody's to undo. */
void             annals_recording_pause (AnnalsRecording  *self,
                                         gboolean          paused);
/* Whether nothing was changed so far. */
gboolean         annals_recording_is_empty (AnnalsRecording *self);
/* Writes the action's history row unless nothing was changed or @label is %NULL (nobody's action); what
 * had been undone is then forgotten.
 * @import_id: 0 unless the action is an import, which has a row whatever it changed. Adds to @changes
 * (nullable) what was touched. */
gboolean         annals_recording_end   (AnnalsRecording  *self,
                                         const char       *label,
                                         gint64            import_id,
                                         AnnalsChanges    *changes,
                                         GError          **error);
/* The same for a step that takes back the action @reverts. */
gboolean         annals_recording_end_reverting
                                        (AnnalsRecording  *self,
                                         const char       *label,
                                         gint64            import_id,
                                         gint64            reverts,
                                         AnnalsChanges    *changes,
                                         GError          **error);
void             annals_recording_free  (AnnalsRecording  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsRecording, annals_recording_free)

/* Undoes the newest action or, with @redo, does the oldest undone one again, in the transaction at
 * hand. *label is NULL when there was none. */
gboolean         annals_history_step    (AnnalsDb         *db,
                                         gboolean          redo,
                                         char            **label,
                                         AnnalsChanges    *changes,
                                         GError          **error);
/* Steps, @max_steps of them at most, until the newest action that is done is @id (0: until nothing is).
 * NOT_FOUND when the history has no such action. */
gboolean         annals_history_step_toward
                                        (AnnalsDb         *db,
                                         gint64            id,
                                         guint             max_steps,
                                         AnnalsHistoryWalk *walk,
                                         AnnalsChanges    *changes,
                                         GError          **error);
/* annals-history-only.c: undoes that action alone, as a step of its own with a row of its own, or the newest
 * one as annals_history_step() does. CONFLICT, naming the later actions that build on it, when there are
 * any; NOT_FOUND. */
gboolean         annals_history_undo_only
                                        (AnnalsDb         *db,
                                         gint64            id,
                                         char            **label,
                                         AnnalsChanges    *changes,
                                         GError          **error);
/* NOT_FOUND when there is no action @id. */
gboolean         annals_history_require (AnnalsDb         *db,
                                         gint64            id,
                                         GError          **error);
/* The tables whose changes are recorded. */
const char * const *
                 annals_history_get_tables
                                        (guint            *n_tables);
/* Filter of sqlite3changeset_apply(). */
int              annals_history_is_recorded_cb
                                        (gpointer          user_data,
                                         const char       *table);
/* What would be undone and redone now (nullable both). @undo_step: the former's id, 0: none. */
gboolean         annals_history_labels  (AnnalsDb         *db,
                                         char            **undo,
                                         char            **redo,
                                         gint64           *undo_step,
                                         GError          **error);

/* annals-imports.c: shows the posts of an import or hides them again, and sets them to the newest
 * revision that still counts. */
gboolean         annals_import_set_done (AnnalsDb         *db,
                                         gint64            import_id,
                                         gboolean          done,
                                         AnnalsChanges    *changes,
                                         GError          **error);

G_END_DECLS
