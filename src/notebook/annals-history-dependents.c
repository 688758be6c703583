/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-tables-private.h"

/* What an action did to one row. */
typedef struct
{
  int     operation;
  guint64 columns;     /* that an update changed, but for "modified"; a bit each, the 64th for all beyond */
} Touch;

/* What an action did, to be compared with what came after it. */
typedef struct
{
  AnnalsDb             *db;
  AnnalsHistoryTables  *tables;
  gint64                import_id;   /* whose posts are to go; 0: no import */
  GHashTable           *touched;     /* key of a row → Touch */
} Past;

static guint64
column_bit (int column)
{
  return G_GUINT64_CONSTANT (1) << MIN (column, 63);
}

static void
append_value (GString       *key,
              sqlite3_value *value)
{
  g_string_append_c (key, '\x1f');
  if (value != NULL && sqlite3_value_type (value) == SQLITE_INTEGER)
    g_string_append_printf (key, "%" G_GINT64_FORMAT, (gint64) sqlite3_value_int64 (value));
  else if (value != NULL && sqlite3_value_type (value) == SQLITE_TEXT)
    g_string_append (key, (const char *) sqlite3_value_text (value));
}

/* The table and the primary key. */
static char *
dup_row_key (const AnnalsHistoryRow *row)
{
  g_autoptr(GString) key = g_string_new (row->table->name);

  for (int i = 0; i < row->n_columns; i++)
    if (row->is_key[i])
      append_value (key, annals_history_row_get (row, i, row->operation == SQLITE_INSERT));

  return g_string_free (g_steal_pointer (&key), FALSE);
}

static guint64
changed_columns (const AnnalsHistoryRow *row)
{
  guint64 columns = 0;

  if (row->operation != SQLITE_UPDATE)
    return G_MAXUINT64;

  for (int i = 0; i < row->n_columns; i++)
    if (i != row->table->modified && annals_history_row_get (row, i, TRUE) != NULL)
      columns |= column_bit (i);

  return columns;
}

static gboolean
remember_cb (const AnnalsHistoryRow  *row,
             gpointer                 user_data,
             GError                 **error)
{
  Past *past = user_data;
  Touch *touch = g_new (Touch, 1);

  touch->operation = row->operation;
  touch->columns = changed_columns (row);
  g_hash_table_insert (past->touched, dup_row_key (row), touch);

  return TRUE;
}

/* Whether the row has come to point to one that the past action made. */
static gboolean
rests_on_new_row (Past                   *past,
                  const AnnalsHistoryRow *row)
{
  if (row->operation == SQLITE_DELETE)
    return FALSE;

  for (guint i = 0; i < row->table->references->len; i++)
    {
      const AnnalsHistoryReference *reference = &g_array_index (row->table->references,
                                                                AnnalsHistoryReference, i);
      sqlite3_value *value = annals_history_row_get (row, reference->column, TRUE);
      g_autofree char *key = NULL;
      const Touch *touch;

      if (value == NULL || sqlite3_value_type (value) != SQLITE_INTEGER)
        continue;

      key = g_strdup_printf ("%s\x1f%" G_GINT64_FORMAT, annals_history_reference_get_table (reference, row),
                             (gint64) sqlite3_value_int64 (value));
      touch = g_hash_table_lookup (past->touched, key);
      if (touch != NULL && touch->operation == SQLITE_INSERT)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_post_of_import (Past      *past,
                   gint64     post_id,
                   gboolean  *yes,
                   GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  /* Those that no other import holds: they would be gone. */
  if (!(stmt = annals_db_borrow (past->db,
                                 "SELECT EXISTS (SELECT 1 FROM revision WHERE post = :id AND import = :import) "
                                 "AND NOT EXISTS (SELECT 1 FROM revision JOIN import ON import.id = revision.import "
                                 " WHERE revision.post = :id AND import.id != :import AND import.state = 'done')",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":id", post_id);
  bind_int64 (stmt, ":import", past->import_id);
  if ((step = annals_db_step (past->db, stmt, error)) == STEP_ROW)
    *yes = *yes || column_int64 (stmt, 0) != 0;

  return step != STEP_ERROR;
}

/* Whether the row is a post of the import, or points to one. */
static gboolean
rests_on_import (Past                    *past,
                 const AnnalsHistoryRow  *row,
                 gboolean                *yes,
                 GError                 **error)
{
  if (g_str_equal (row->table->name, "post"))
    {
      sqlite3_value *id = annals_history_row_get (row, 0, row->operation == SQLITE_INSERT);

      return is_post_of_import (past, sqlite3_value_int64 (id), yes, error);
    }

  for (guint i = 0; row->operation != SQLITE_DELETE && !*yes && i < row->table->references->len; i++)
    {
      const AnnalsHistoryReference *reference = &g_array_index (row->table->references,
                                                                AnnalsHistoryReference, i);
      sqlite3_value *value = annals_history_row_get (row, reference->column, TRUE);

      if (value != NULL && sqlite3_value_type (value) == SQLITE_INTEGER &&
          g_str_equal (annals_history_reference_get_table (reference, row), "post") &&
          !is_post_of_import (past, sqlite3_value_int64 (value), yes, error))
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  Past     *past;
  gboolean  yes;
} Comparison;

static gboolean
compare_cb (const AnnalsHistoryRow  *row,
            gpointer                 user_data,
            GError                 **error)
{
  Comparison *comparison = user_data;
  Past *past = comparison->past;
  g_autofree char *key = NULL;
  const Touch *touch;

  if (comparison->yes)
    return TRUE;

  key = dup_row_key (row);
  touch = g_hash_table_lookup (past->touched, key);
  comparison->yes = (touch != NULL && (touch->columns & changed_columns (row)) != 0) ||
                    rests_on_new_row (past, row);

  return comparison->yes || past->import_id == 0 ||
         rests_on_import (past, row, &comparison->yes, error);
}

static void
past_clear (Past *self)
{
  g_clear_pointer (&self->tables, annals_history_tables_free);
  g_clear_pointer (&self->touched, g_hash_table_unref);
}

static gboolean
past_init (Past      *self,
           AnnalsDb  *db,
           gint64     id,
           GError   **error)
{
  g_autoptr(GBytes) change_set = NULL;

  self->db = db;
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return annals_db_query_int64 (db, "SELECT import FROM history WHERE id = :id", id, 0, &self->import_id, error) &&
         (self->tables = annals_history_tables_new (db, error)) != NULL &&
         (change_set = annals_history_dup_change_set (db, id, error)) != NULL &&
         annals_history_each_row (self->tables, change_set, remember_cb, self, error);
}

/* Whether @action does not count because it took back another later one, or was taken back itself: the two
 * together changed nothing. @gone: such actions, seen from the newest on. */
static gboolean
is_settled (GHashTable         *gone,
            const AnnalsAction *action,
            gint64              id)
{
  if (g_hash_table_contains (gone, &action->id))
    return TRUE;
  if (action->reverts <= id)
    return FALSE;

  g_hash_table_add (gone, g_memdup2 (&action->reverts, sizeof action->reverts));
  return TRUE;
}

static GPtrArray *
list_later (AnnalsDb  *db,
            gint64     id,
            GError   **error)
{
  g_autoptr(GPtrArray) later = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_action_free);
  g_autoptr(GHashTable) gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) actions = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT id FROM history WHERE undone = 0 AND id > :id ORDER BY id DESC",
                                 error)))
    return NULL;
  bind_int64 (stmt, ":id", id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 one = column_int64 (stmt, 0);

      g_array_append_val (ids, one);
    }
  if (step == STEP_ERROR ||
      !(actions = annals_db_load_actions (db, (const gint64 *) (gpointer) ids->data, ids->len, error)))
    return NULL;

  for (guint i = 0; i < actions->len; i++)
    if (!is_settled (gone, actions->pdata[i], id))
      g_ptr_array_insert (later, 0, g_steal_pointer (&actions->pdata[i]));

  return g_steal_pointer (&later);
}

GPtrArray *
annals_db_list_dependents (AnnalsDb  *db,
                           gint64     id,
                           GError   **error)
{
  g_autoptr(GPtrArray) later = NULL;
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_action_free);
  Past past = { 0 };
  gboolean ok;

  g_return_val_if_fail (db != NULL, NULL);

  ok = annals_history_require (db, id, error) &&
       past_init (&past, db, id, error) &&
       (later = list_later (db, id, error)) != NULL;

  for (guint i = 0; ok && i < later->len; i++)
    {
      const AnnalsAction *action = later->pdata[i];
      g_autoptr(GBytes) change_set = annals_history_dup_change_set (db, action->id, error);
      Comparison comparison = { &past, FALSE };

      ok = change_set != NULL &&
           annals_history_each_row (past.tables, change_set, compare_cb, &comparison, error);
      if (ok && comparison.yes)
        g_ptr_array_add (found, g_steal_pointer (&later->pdata[i]));
    }

  past_clear (&past);

  return ok ? g_steal_pointer (&found) : NULL;
}
