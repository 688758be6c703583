/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-tables-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-imports-private.h"

/* of dependent steps in a message */
#define MAX_NAMED 3

static gboolean
value_equal (sqlite3_value *a,
             sqlite3_value *b)
{
  int type = sqlite3_value_type (a);
  int size;

  if (type != sqlite3_value_type (b))
    return FALSE;

  switch (type)
    {
    case SQLITE_INTEGER:
      return sqlite3_value_int64 (a) == sqlite3_value_int64 (b);

    case SQLITE_FLOAT:
      return sqlite3_value_double (a) == sqlite3_value_double (b);

    case SQLITE_NULL:
      return TRUE;

    default:
      size = sqlite3_value_bytes (a);
      return size == sqlite3_value_bytes (b) &&
             (size == 0 || memcmp (sqlite3_value_blob (a), sqlite3_value_blob (b), size) == 0);
    }
}

/* Whether the row is as the action left it but for the time of its last change. */
static gboolean
differs_in_time_only (AnnalsHistoryTables    *tables,
                      sqlite3_changeset_iter *iter)
{
  const AnnalsHistoryTable *table;
  const char *name;
  int n_columns, operation;

  if (sqlite3changeset_op (iter, &name, &n_columns, &operation, NULL) != SQLITE_OK ||
      !(table = annals_history_tables_lookup (tables, name)))
    return FALSE;

  for (int i = 0; i < n_columns; i++)
    {
      sqlite3_value *expected = NULL;
      sqlite3_value *found = NULL;

      if (i != table->modified &&
          sqlite3changeset_old (iter, i, &expected) == SQLITE_OK && expected != NULL &&
          sqlite3changeset_conflict (iter, i, &found) == SQLITE_OK && found != NULL &&
          !value_equal (expected, found))
        return FALSE;
    }

  return TRUE;
}

/* Nothing may be left out: an action that cannot be taken back whole stays. */
static int
conflict_cb (gpointer                user_data,
             int                     conflict,
             sqlite3_changeset_iter *iter)
{
  if (conflict == SQLITE_CHANGESET_DATA && differs_in_time_only (user_data, iter))
    return SQLITE_CHANGESET_REPLACE;

  return SQLITE_CHANGESET_ABORT;
}

static gboolean
touch_cb (const AnnalsHistoryRow  *row,
          gpointer                 user_data,
          GError                 **error)
{
  AnnalsDb *db = user_data;
  g_autofree char *sql = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (row->operation != SQLITE_UPDATE || row->table->modified < 0 || !row->table->has_id)
    return TRUE;

  /* The name is one of our own list. */
  sql = g_strdup_printf ("UPDATE %s SET modified = :now WHERE id = :id", row->table->name);
  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", sqlite3_value_int64 (annals_history_row_get (row, 0, FALSE)));

  return annals_db_run (db, stmt, error);
}

static gboolean
apply_inverse (AnnalsDb             *db,
               AnnalsHistoryTables  *tables,
               GBytes               *change_set,
               AnnalsChanges        *changes,
               GError              **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (change_set, &size);
  gpointer inverse = NULL;
  int inverse_size = 0;
  int code;

  if (size == 0)
    return TRUE;

  /* What hangs on rows that are about to go is looked up while they are there. */
  if (!annals_changes_read (changes, db, data, size, error) || !annals_db_check_transaction (db, error))
    return FALSE;

  code = sqlite3changeset_invert ((int) size, data, &inverse_size, &inverse);
  if (code == SQLITE_OK)
    code = sqlite3changeset_apply (db->native, inverse_size, inverse, annals_history_is_recorded_cb, conflict_cb,
                                   tables);
  sqlite3_free (inverse);

  if (code == SQLITE_ABORT || code == SQLITE_CONSTRAINT)
    g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT,
                         _("Later changes to the same records stand in the way; nothing was changed"));
  else if (code != SQLITE_OK)
    annals_db_set_error (db, code, NULL, error);

  return code == SQLITE_OK && annals_history_each_row (tables, change_set, touch_cb, db, error);
}

/* An import goes with its posts; only what it changed of the user's is recorded. */
static gboolean
take_back (AnnalsDb             *db,
           AnnalsRecording      *recording,
           AnnalsHistoryTables  *tables,
           const AnnalsAction   *action,
           GBytes               *change_set,
           AnnalsChanges        *changes,
           GError              **error)
{
  gboolean ok;

  if (action->import_id == 0)
    return apply_inverse (db, tables, change_set, changes, error);

  annals_recording_pause (recording, TRUE);
  ok = action->reverts == 0 ? annals_import_take_off_tags (db, action->import_id, error)
                            : annals_import_set_done (db, action->import_id, TRUE, changes, error);
  annals_recording_pause (recording, FALSE);
  ok = ok && apply_inverse (db, tables, change_set, changes, error);
  annals_recording_pause (recording, TRUE);
  ok = ok && (action->reverts == 0 ? annals_import_set_done (db, action->import_id, FALSE, changes, error)
                                   : annals_import_apply_tags (db, action->import_id, NULL, error));
  annals_recording_pause (recording, FALSE);

  return ok;
}

/* "“A”, “B”, “C” and 2 more" */
static char *
dup_names (GPtrArray *actions)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n_more = actions->len > MAX_NAMED ? actions->len - MAX_NAMED : 0;
  g_autofree char *more = NULL;

  for (guint i = 0; i < MIN (actions->len, MAX_NAMED); i++)
    {
      const AnnalsAction *action = actions->pdata[i];

      if (i > 0)
        g_string_append (names, _(", "));
      /* Translators: the name of a step of the history in its quotation marks */
      g_string_append_printf (names, _("“%s”"), action->label);
    }

  if (n_more == 0)
    return g_string_free (g_steal_pointer (&names), FALSE);

  more = g_strdup_printf (ngettext ("%u more", "%u more", n_more), n_more);
  /* Translators: names of steps, and how many more there are ("3 more") */
  return g_strdup_printf (_("%s and %s"), names->str, more);
}

/* Sets @error unless the action may be undone by itself. */
static gboolean
check_free (AnnalsDb            *db,
            const AnnalsAction  *action,
            GError             **error)
{
  g_autoptr(GPtrArray) dependents = NULL;
  g_autofree char *names = NULL;

  if (action->undone || action->reverted_by != 0)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT,
                   _("“%s” is undone already"), action->label);
      return FALSE;
    }

  if (!(dependents = annals_db_list_dependents (db, action->id, error)))
    return FALSE;
  if (dependents->len == 0)
    return TRUE;

  names = dup_names (dependents);
  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT,
               ngettext ("“%s” cannot be undone by itself: a later step builds on it: %s",
                         "“%s” cannot be undone by itself: later steps build on it: %s", dependents->len),
               action->label, names);
  return FALSE;
}

static gboolean
is_newest (AnnalsDb  *db,
           gint64     id,
           gboolean  *yes,
           GError   **error)
{
  gint64 newest;

  if (!annals_db_query_int64 (db, "SELECT max (id) FROM history WHERE undone = 0", 0, 0, &newest, error))
    return FALSE;

  *yes = newest == id;
  return TRUE;
}

gboolean
annals_history_undo_only (AnnalsDb       *db,
                          gint64          id,
                          char          **label,
                          AnnalsChanges  *changes,
                          GError        **error)
{
  g_autoptr(GPtrArray) actions = NULL;
  g_autoptr(AnnalsHistoryTables) tables = NULL;
  g_autoptr(AnnalsRecording) recording = NULL;
  g_autoptr(GBytes) change_set = NULL;
  g_autofree char *step_label = NULL;
  const AnnalsAction *action;
  gboolean newest;

  *label = NULL;
  if (!annals_history_require (db, id, error) || !is_newest (db, id, &newest, error))
    return FALSE;
  if (newest)
    return annals_history_step (db, FALSE, label, changes, error);

  if (!(actions = annals_db_load_actions (db, &id, 1, error)))
    return FALSE;
  action = actions->pdata[0];
  /* Translators: the name of a step that takes back an earlier one; %s is the earlier one's */
  step_label = g_strdup_printf (_("Undo “%s”"), action->label);

  if (!check_free (db, action, error) ||
      !(tables = annals_history_tables_new (db, error)) ||
      !(change_set = annals_history_dup_change_set (db, id, error)) ||
      !(recording = annals_recording_begin (db, error)) ||
      !take_back (db, recording, tables, action, change_set, changes, error) ||
      !annals_recording_end_reverting (recording, step_label, action->import_id, id, changes, error))
    return FALSE;

  *label = g_strdup (action->label);
  return TRUE;
}
