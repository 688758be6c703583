/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-history-private.h"
#include "annals-imports.h"

G_BEGIN_DECLS

/* Of an import: that it is being taken back. */
#define ANNALS_IMPORT_IS_GOING "(import.removing = 1 AND import.state = 'running')"

/* Whether the program that @runner names has ended. */
gboolean annals_import_runner_is_gone   (const char *runner);
/* Takes back the imports that began at this connection and are running still: a piece of each, the rest
 * is for annals_import_remove_step(). */
gboolean annals_import_remove_own       (AnnalsDb  *db,
                                         GError   **error);
/* Whether an import that began at this connection is running still. */
gboolean annals_import_runs_here        (AnnalsDb  *db);
/* Imports that are being taken back. */
gboolean annals_import_count_removing   (AnnalsDb  *db,
                                         guint     *n,
                                         GError   **error);
/* Goes on with that for a while, in the transaction at hand. */
gboolean annals_import_remove_step      (AnnalsDb  *db,
                                         GError   **error);
/* The post says what the revision does. */
gboolean annals_import_describe_post    (AnnalsDb  *db,
                                         gint64     post_id,
                                         gint64     revision_id,
                                         gboolean   hidden,
                                         GError   **error);
/* A post that another run has as well no longer depends on this one. */
gboolean annals_import_leave_to_others  (AnnalsDb  *db,
                                         gint64     import_id,
                                         gint64     post_id,
                                         GError   **error);
/* Puts the tags that the import's posts came with on them. @recording: the action's, which holds what
 * is put on posts of other imports; (nullable): the import is done again, and the history has done that. */
gboolean annals_import_apply_tags       (AnnalsDb         *db,
                                         gint64            import_id,
                                         AnnalsRecording  *recording,
                                         GError          **error);
/* Takes those off that no recording holds. */
gboolean annals_import_take_off_tags    (AnnalsDb  *db,
                                         gint64     import_id,
                                         GError   **error);
/* Finds the notes on the import's posts again in their new text. */
gboolean annals_import_anchor           (AnnalsDb  *db,
                                         gint64     import_id,
                                         GError   **error);

G_END_DECLS
