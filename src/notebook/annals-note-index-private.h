/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-changes.h"
#include "annals-db-private.h"
#include "annals-note-index.h"

G_BEGIN_DECLS

/* The index of the small texts that people write: note_index, an FTS5 table (title, text, quote) with one
 * row for each annotation, memo and event. It is derived data that follows each change in the change's own
 * transaction, without triggers: a stranger's file may have none. meta "note-index.version" holds the
 * tokenizer's version it was made with, "note-index.next" where its making goes on ("" when it is whole). */

gboolean annals_note_index_needs_preparing (AnnalsDb       *db,
                                            gboolean       *needs,
                                            GError        **error);
/* Makes it, empty, when there is none of this version. */
gboolean annals_note_index_prepare         (AnnalsDb       *db,
                                            GError        **error);
/* Takes what @changes touched as it is now. */
gboolean annals_note_index_follow          (AnnalsDb       *db,
                                            AnnalsChanges  *changes,
                                            GError        **error);
/* Whether anything is to be indexed anew, and some of that. */
gboolean annals_note_index_is_behind       (AnnalsDb       *db,
                                            gboolean       *behind,
                                            GError        **error);
/* How many are still to come. */
gboolean annals_note_index_count_pending   (AnnalsDb       *db,
                                            guint          *pending,
                                            GError        **error);
gboolean annals_note_index_step            (AnnalsDb       *db,
                                            gboolean       *more,
                                            GError        **error);

/* @match limited to the columns of @part. */
char    *annals_note_index_dup_expression  (AnnalsNotePart  part,
                                            const char     *match);

G_END_DECLS
