/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-private.h"

#include <glib/gi18n-lib.h>

#include "annals-imports-private.h"

/* The tables whose changes the user can undo. Of posts only the user's own marks change inside the
 * one door; what imports write is taken back by the import's id. */
static const char * const recorded_tables[] = {
  "post", "annotation", "tag", "post_tag", "annotation_tag", "timeline", "lane", "event",
  "timeline_event", "evidence", "link", "memo", "memo_reference", "event_tag", "colour_name", "saved_search",
  "suggestion",
};

struct _AnnalsRecording
{
  AnnalsDb        *db;
  sqlite3_session *session;
};

void
annals_recording_free (AnnalsRecording *self)
{
  g_clear_pointer (&self->session, sqlite3session_delete);
  g_free (self);
}

AnnalsRecording *
annals_recording_begin (AnnalsDb  *db,
                        GError   **error)
{
  g_autoptr(AnnalsRecording) self = g_new0 (AnnalsRecording, 1);
  int code;

  self->db = db;
  code = sqlite3session_create (db->native, "main", &self->session);
  for (guint i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (recorded_tables); i++)
    code = sqlite3session_attach (self->session, recorded_tables[i]);

  if (code != SQLITE_OK)
    {
      annals_db_set_error (db, code, NULL, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
annals_recording_pause (AnnalsRecording *self,
                        gboolean         paused)
{
  sqlite3session_enable (self->session, !paused);
}

gboolean
annals_recording_is_empty (AnnalsRecording *self)
{
  return sqlite3session_isempty (self->session) != 0;
}

static gboolean
forget_undone (AnnalsDb  *db,
               GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  return (stmt = annals_db_borrow (db, "DELETE FROM history WHERE undone = 1", error)) != NULL &&
         annals_db_run (db, stmt, error);
}

static gboolean
insert_action (AnnalsDb      *db,
               const char    *label,
               gint64         import_id,
               gconstpointer  change_set,
               gsize          size,
               GError       **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (change_set, size);
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO history (label, time, import, changes) "
                                 "VALUES (:label, :time, :import, :changes)", error)))
    return FALSE;

  bind_text (stmt, ":label", label);
  bind_int64 (stmt, ":time", db->now);
  bind_id (stmt, ":import", import_id);
  bind_bytes (stmt, ":changes", bytes);

  return annals_db_run (db, stmt, error);
}

static gboolean
set_reverts (AnnalsDb  *db,
             gint64     id,
             gint64     reverts,
             GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, "UPDATE history SET reverts = :reverts WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":reverts", reverts);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_recording_end (AnnalsRecording  *self,
                      const char       *label,
                      gint64            import_id,
                      AnnalsChanges    *changes,
                      GError          **error)
{
  return annals_recording_end_reverting (self, label, import_id, 0, changes, error);
}

gboolean
annals_recording_end_reverting (AnnalsRecording  *self,
                                const char       *label,
                                gint64            import_id,
                                gint64            reverts,
                                AnnalsChanges    *changes,
                                GError          **error)
{
  gpointer change_set = NULL;
  int size = 0;
  int code = sqlite3session_changeset (self->session, &size, &change_set);
  gboolean ok = TRUE;

  if (code != SQLITE_OK)
    {
      annals_db_set_error (self->db, code, NULL, error);
      return FALSE;
    }

  /* The recording ends here: the history row is not part of the action. */
  g_clear_pointer (&self->session, sqlite3session_delete);

  if (size > 0 || import_id != 0)
    ok = (label == NULL ||
          (forget_undone (self->db, error) &&
           insert_action (self->db, label, import_id, change_set, size, error) &&
            (reverts == 0 || set_reverts (self->db, annals_db_last_id (self->db), reverts, error)))) &&
         (changes == NULL || annals_changes_read (changes, self->db, change_set, size, error));

  sqlite3_free (change_set);
  return ok;
}

const char * const *
annals_history_get_tables (guint *n_tables)
{
  *n_tables = G_N_ELEMENTS (recorded_tables);

  return recorded_tables;
}

/* A change set out of a stranger's file may name any table. */
int
annals_history_is_recorded_cb (gpointer    user_data,
                               const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (recorded_tables); i++)
    if (g_str_equal (table, recorded_tables[i]))
      return 1;

  return 0;
}

/* What an action removed along with something else ("indirect") may be gone already; a row that a
 * later action changed must not be overwritten. */
static int
conflict_cb (gpointer                user_data,
             int                     conflict,
             sqlite3_changeset_iter *iter)
{
  const char *table;
  int n_columns, operation;
  int indirect = 0;

  switch (conflict)
    {
    case SQLITE_CHANGESET_NOTFOUND:
      return SQLITE_CHANGESET_OMIT;

    case SQLITE_CHANGESET_CONFLICT:
    case SQLITE_CHANGESET_DATA:
      /* Only the last two may be left out; about a dangling reference @iter could not be asked. */
      if (sqlite3changeset_op (iter, &table, &n_columns, &operation, &indirect) != SQLITE_OK || !indirect)
        return SQLITE_CHANGESET_ABORT;
      return conflict == SQLITE_CHANGESET_DATA ? SQLITE_CHANGESET_REPLACE : SQLITE_CHANGESET_OMIT;

    default:
      return SQLITE_CHANGESET_ABORT;
    }
}

static gboolean
apply (AnnalsDb       *db,
       gconstpointer   change_set,
       gsize           size,
       gboolean        inverted,
       AnnalsChanges  *changes,
       GError        **error)
{
  gpointer inverse = NULL;
  int inverse_size = 0;
  int code = SQLITE_OK;
  gboolean ok;

  if (size == 0)
    return TRUE;

  /* What hangs on rows that are about to go is looked up while they are there. */
  if (!annals_changes_read (changes, db, change_set, size, error) || !annals_db_check_transaction (db, error))
    return FALSE;

  if (inverted)
    code = sqlite3changeset_invert ((int) size, change_set, &inverse_size, &inverse);
  if (code == SQLITE_OK)
    code = sqlite3changeset_apply (db->native, inverted ? inverse_size : (int) size,
                                   inverted ? inverse : (gpointer) change_set,
                                   annals_history_is_recorded_cb, conflict_cb, NULL);
  sqlite3_free (inverse);

  ok = code == SQLITE_OK;
  if (code == SQLITE_ABORT || code == SQLITE_CONSTRAINT)   /* the latter: a reference would dangle */
    g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT,
                         _("Later changes to the same records stand in the way; nothing was changed"));
  else if (!ok)
    annals_db_set_error (db, code, NULL, error);

  return ok && annals_changes_read (changes, db, change_set, size, error);
}

static gboolean
set_undone (AnnalsDb  *db,
            gint64     id,
            gboolean   undone,
            GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, "UPDATE history SET undone = :undone WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":undone", undone);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

#define NEXT_UNDO "SELECT id, label, import, changes, reverts FROM history WHERE undone = 0 ORDER BY id DESC LIMIT 1"
#define NEXT_REDO "SELECT id, label, import, changes, reverts FROM history WHERE undone = 1 ORDER BY id LIMIT 1"

/* An import's own changes (tags, notes that moved) rest on its posts: those come first and go last. */
static gboolean
run_action (AnnalsDb       *db,
            gint64          import_id,
            gboolean        importing,
            GBytes         *change_set,
            gboolean        redo,
            AnnalsChanges  *changes,
            GError        **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (change_set, &size);

  if (import_id == 0)
    return apply (db, data, size, !redo, changes, error);

  if (importing)
    return annals_import_set_done (db, import_id, TRUE, changes, error) &&
           apply (db, data, size, !redo, changes, error) &&
           annals_import_apply_tags (db, import_id, NULL, error);

  return annals_import_take_off_tags (db, import_id, error) &&
         apply (db, data, size, !redo, changes, error) &&
         annals_import_set_done (db, import_id, FALSE, changes, error);
}

gboolean
annals_history_step (AnnalsDb       *db,
                     gboolean        redo,
                     char          **label,
                     AnnalsChanges  *changes,
                     GError        **error)
{
  g_autoptr(GBytes) change_set = NULL;
  g_autofree char *name = NULL;
  gint64 id, import_id;
  gboolean reverting;

  *label = NULL;

  {
    g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, redo ? NEXT_REDO : NEXT_UNDO, error);
    AnnalsStep step;

    if (stmt == NULL)
      return FALSE;

    step = annals_db_step (db, stmt, error);
    if (step != STEP_ROW)
      return step == STEP_DONE;

    id = column_int64 (stmt, 0);
    name = column_dup_text (stmt, 1);
    import_id = column_int64 (stmt, 2);
    change_set = column_dup_bytes (stmt, 3);
    reverting = column_int64 (stmt, 4) != 0;
  }

  if (!run_action (db, import_id, redo != reverting, change_set, redo, changes, error) ||
      !set_undone (db, id, !redo, error))
    return FALSE;

  *label = g_steal_pointer (&name);
  return TRUE;
}

/* --- to a step of one's choice --- */

#define COUNT_TO_UNDO "SELECT count (*) FROM history WHERE undone = 0 AND id > :id"
#define COUNT_TO_REDO "SELECT count (*) FROM history WHERE undone = 1 AND id <= :id"

gboolean
annals_history_step_toward (AnnalsDb           *db,
                            gint64              id,
                            guint               max_steps,
                            AnnalsHistoryWalk  *walk,
                            AnnalsChanges      *changes,
                            GError            **error)
{
  gint64 undone = 0;
  gint64 left;

  if (id != 0 && !annals_history_require (db, id, error))
    return FALSE;
  if (!annals_db_query_int64 (db, "SELECT undone FROM history WHERE id = :id", id, 0, &undone, error))
    return FALSE;

  walk->redoing = undone != 0;
  walk->n_done = 0;
  for (;;)
    {
      g_autofree char *label = NULL;

      if (!annals_db_query_int64 (db, undone ? COUNT_TO_REDO : COUNT_TO_UNDO, id, 0, &left, error))
        return FALSE;
      walk->n_left = (guint) left;
      if (left == 0 || walk->n_done == max_steps)
        return TRUE;

      if (!annals_history_step (db, walk->redoing, &label, changes, error))
        return FALSE;
      walk->n_done++;
    }
}

static gboolean
next_label (AnnalsDb    *db,
            const char  *sql,
            char       **label,
            gint64      *id,
            GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *label = NULL;
  *id = 0;
  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  step = annals_db_step (db, stmt, error);
  if (step == STEP_ROW)
    {
      *id = column_int64 (stmt, 0);
      *label = column_dup_text (stmt, 1);
    }

  return step != STEP_ERROR;
}

gboolean
annals_history_labels (AnnalsDb  *db,
                       char     **undo,
                       char     **redo,
                       gint64    *undo_step,
                       GError   **error)
{
  gint64 redo_step;

  *redo = NULL;

  return next_label (db, "SELECT id, label FROM history WHERE undone = 0 ORDER BY id DESC LIMIT 1",
                     undo, undo_step, error) &&
         next_label (db, "SELECT id, label FROM history WHERE undone = 1 ORDER BY id LIMIT 1",
                     redo, &redo_step, error);
}
