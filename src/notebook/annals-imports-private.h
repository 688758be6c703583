/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-history-private.h"
#include "annals-imports.h"

G_BEGIN_DECLS

/* Of an import: that it is being taken back. */
#define ANNALS_IMPORT_IS_GOING "(import.removing = 1 AND import.state = 'running')"

/* Which of a post's revisions counts, the first of them: one whose text has not been taken back, of an excerpt and a whole text that came in other notebooks
 * the whole one, then the newest. An import's is always newer than what the post had (annals-import-store.c), so that
 * a clock that was set back changes nothing; what a merge brings is as old as it was where it came from. */
#define ANNALS_REVISION_ORDER(table) \
  ANNALS_REVISION_HAS_TEXT (table) " DESC, " table ".extent DESC, " table ".created DESC, " table ".id DESC"

/* A revision that repeats the text of one before has neither a file nor markup (annals-import-store.c). The rows of
 * which @table's row, of the same post, may have its text; a row's hash stands before what makes it wide, its file
 * behind. */
#define ANNALS_REVISIONS_OF_TEXT(table) \
  "revision AS older JOIN import AS bringing ON bringing.id = older.import WHERE older.post = " table ".post " \
  "AND older.id != " table ".id AND CASE WHEN older.sha256 = " table ".sha256 AND older.created < " table ".created " \
  "THEN " table ".file IS NULL AND " table ".markup IS NULL AND older.file IS NOT NULL END "
/* The revision that brought the text of @table's row. */
#define ANNALS_REVISION_OF_TEXT(table) \
  "ifnull ((SELECT older.id FROM " ANNALS_REVISIONS_OF_TEXT (table) "AND bringing.state = 'done' " \
  "ORDER BY older.created DESC, older.id DESC LIMIT 1), " table ".id)"
/* 0 when that is of an import that was taken back. */
#define ANNALS_REVISION_HAS_TEXT(table) \
  "(NOT EXISTS (SELECT 1 FROM " ANNALS_REVISIONS_OF_TEXT (table) ") " \
  "OR EXISTS (SELECT 1 FROM " ANNALS_REVISIONS_OF_TEXT (table) "AND bringing.state = 'done'))"

/* Whether the program that @runner names has ended. */
gboolean annals_import_runner_is_gone   (const char *runner);
/* The runner of what this connection imports. */
char    *annals_import_dup_runner       (AnnalsDb  *db);
/* What mark_digest says of a run that came with another notebook. */
#define ANNALS_IMPORT_OF_NOTEBOOK "notebook"
/* Begins to take back those whose program has gone. */
gboolean annals_import_drop_gone        (AnnalsDb     *db,
                                         GError      **error);
/* Whether there are any. */
gboolean annals_import_has_gone         (AnnalsDb     *db,
                                         gboolean     *has,
                                         GError      **error);
/* Runs that came together, with another notebook: they are shown, hidden and undone as one, of which the first is the
 * lead. */
gboolean annals_import_join             (AnnalsDb      *db,
                                         const gint64  *ids,
                                         guint          n_ids,
                                         GError       **error);
/* Whether the import is such a lead. */
gboolean annals_import_leads            (AnnalsDb      *db,
                                         gint64         import_id,
                                         gboolean      *leads,
                                         GError       **error);
/* annals-import-anchor.c: finds the notes again that do not stand on what their posts show. */
gboolean annals_import_anchor_strays    (AnnalsDb      *db,
                                         GError       **error);
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
