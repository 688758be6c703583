/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include "annals-history-tables-private.h"

typedef struct
{
  const char *table;    /* interned */
  gint64      id;
  int         column;   /* -1: the time of the row's last change was */
} Key;

struct _AnnalsMergeTimes
{
  GHashTable *times;     /* Key → gint64 */
  GHashTable *columns;   /* "table.column" → its number + 1 */
};

typedef struct
{
  AnnalsMergeTimes *times;
  gint64            time;    /* of the step at hand */
} Step;

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return g_direct_hash (key->table) ^ (guint) key->id * 2654435761u ^ (guint) key->column * 40503u;
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  const Key *x = a;
  const Key *y = b;

  return x->table == y->table && x->id == y->id && x->column == y->column;
}

static void
note (AnnalsMergeTimes *self,
      const char       *table,
      gint64            id,
      int               column,
      gint64            time)
{
  const Key key = { table, id, column };

  g_hash_table_insert (self->times, g_memdup2 (&key, sizeof key), g_memdup2 (&time, sizeof time));
}

/* A merge writes the time of the change that it takes over, not its own. FALSE: the row does not tell. */
static gboolean
get_time (const AnnalsHistoryRow *row,
          gint64                 *time)
{
  sqlite3_value *value = annals_history_row_get (row, row->table->modified, TRUE);

  if (value == NULL || sqlite3_value_type (value) != SQLITE_INTEGER)
    return FALSE;

  *time = sqlite3_value_int64 (value);
  return TRUE;
}

static gboolean
row_cb (const AnnalsHistoryRow  *row,
        gpointer                 user_data,
        GError                 **error)
{
  Step *step = user_data;
  const char *table = g_intern_string (row->table->name);
  sqlite3_value *key;
  gint64 time;
  gint64 id;

  if (row->operation == SQLITE_DELETE || !row->table->has_id)
    return TRUE;

  key = annals_history_row_get (row, 0, row->operation == SQLITE_INSERT);
  id = key != NULL ? sqlite3_value_int64 (key) : 0;
  time = step->time;
  if (get_time (row, &time))
    note (step->times, table, id, -1, time);

  for (int i = 0; row->operation == SQLITE_UPDATE && i < row->n_columns; i++)
    if (!row->is_key[i] && annals_history_row_get (row, i, TRUE) != NULL)
      note (step->times, table, id, i, time);

  return TRUE;
}

static gboolean
list_columns (AnnalsMergeTimes  *self,
              AnnalsDb          *db,
              GError           **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT tables.name || '.' || columns.name, columns.cid "
                                 "FROM pragma_table_list AS tables "
                                 "JOIN pragma_table_info (tables.name) AS columns WHERE tables.schema = 'main' "
                                 "AND tables.type = 'table'", error)))
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_hash_table_insert (self->columns, column_dup_text (stmt, 0), GINT_TO_POINTER ((int) column_int64 (stmt, 1) + 1));

  return step == STEP_DONE;
}

static gboolean
read_history (AnnalsMergeTimes  *self,
              AnnalsDb          *db,
              GError           **error)
{
  g_autoptr(AnnalsHistoryTables) tables = annals_history_tables_new (db, error);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (tables == NULL ||
      !(stmt = annals_db_borrow (db, "SELECT id, time FROM history WHERE undone = 0 ORDER BY id", error)))
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Step one = { self, column_int64 (stmt, 1) };
      g_autoptr(GBytes) change_set = annals_history_dup_change_set (db, column_int64 (stmt, 0), error);

      if (change_set == NULL || !annals_history_each_row (tables, change_set, row_cb, &one, error))
        return FALSE;
    }

  return step == STEP_DONE;
}

AnnalsMergeTimes *
annals_merge_times_new (AnnalsDb  *db,
                        GError   **error)
{
  AnnalsMergeTimes *self = g_new0 (AnnalsMergeTimes, 1);

  self->times = g_hash_table_new_full (key_hash, key_equal, g_free, g_free);
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (list_columns (self, db, error) && read_history (self, db, error))
    return self;

  annals_merge_times_free (self);
  return NULL;
}

void
annals_merge_times_free (AnnalsMergeTimes *self)
{
  g_hash_table_unref (self->times);
  g_hash_table_unref (self->columns);
  g_free (self);
}

gint64
annals_merge_times_get (AnnalsMergeTimes *self,
                        const char       *table,
                        gint64            id,
                        const char       *column,
                        gint64            created,
                        gint64            modified)
{
  g_autofree char *name = g_strconcat (table, ".", column, NULL);
  Key key = { g_intern_string (table), id, GPOINTER_TO_INT (g_hash_table_lookup (self->columns, name)) - 1 };
  const gint64 *time = g_hash_table_lookup (self->times, &key);

  if (time != NULL)
    return *time;

  /* The history knows the row's last change, and it was one of other fields. */
  key.column = -1;
  time = g_hash_table_lookup (self->times, &key);

  return time != NULL && *time >= modified ? created : modified;
}

void
annals_merge_times_touch (AnnalsMergeTimes *self,
                          const char       *table,
                          gint64            id,
                          gint64            time)
{
  note (self, g_intern_string (table), id, -1, time);
}
