/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <string.h>

#include "annals-history-tables-private.h"

/* in the place of a column's number */
#define LAST_CHANGE (-1)
#define INSERTED (-2)

/* Of rows without an id, the two parts of their key; a text stands there as the address of its interned copy. */
typedef struct
{
  const char *table;    /* interned */
  gint64      id;
  gint64      other;
  int         column;
} Key;

struct _AnnalsMergeTimes
{
  GHashTable *times;      /* Key → gint64 */
  GHashTable *columns;    /* "table.column" → its number + 1 */
  GHashTable *positions;  /* interned table → the number of its column "position" + 1 */
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

  return g_direct_hash (key->table) ^ (guint) key->id * 2654435761u ^ (guint) key->other * 2246822519u ^
         (guint) key->column * 40503u;
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  const Key *x = a;
  const Key *y = b;

  return x->table == y->table && x->id == y->id && x->other == y->other && x->column == y->column;
}

static void
note (AnnalsMergeTimes *self,
      const Key        *row,
      int               column,
      gint64            time)
{
  const Key key = { row->table, row->id, row->other, column };

  g_hash_table_insert (self->times, g_memdup2 (&key, sizeof key), g_memdup2 (&time, sizeof time));
}

static const gint64 *
look_up (AnnalsMergeTimes *self,
         const Key        *row,
         int               column)
{
  const Key key = { row->table, row->id, row->other, column };

  return g_hash_table_lookup (self->times, &key);
}

static int
get_column (AnnalsMergeTimes *self,
            const char       *table,
            const char       *column)
{
  g_autofree char *name = g_strconcat (table, ".", column, NULL);

  return GPOINTER_TO_INT (g_hash_table_lookup (self->columns, name)) - 1;
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

static gint64
part_of_key (sqlite3_value *value)
{
  if (value == NULL || sqlite3_value_type (value) != SQLITE_TEXT)
    return value != NULL ? sqlite3_value_int64 (value) : 0;

  return (gint64) (gintptr) g_intern_string ((const char *) sqlite3_value_text (value));
}

/* FALSE: a row whose key has more parts, of which nobody asks. */
static gboolean
read_key (const AnnalsHistoryRow *row,
          Key                    *key)
{
  gint64 parts[2] = { 0, 0 };
  guint n = 0;

  for (int i = 0; i < row->n_columns; i++)
    if (row->is_key[i])
      {
        if (n == G_N_ELEMENTS (parts))
          return FALSE;
        parts[n++] = part_of_key (annals_history_row_get (row, i, row->operation == SQLITE_INSERT));
      }

  *key = (Key) { g_intern_string (row->table->name), parts[0], parts[1], 0 };
  return TRUE;
}

/* A place in a list has no time of its own in the row: it changed when the step was. */
static gboolean
row_cb (const AnnalsHistoryRow  *row,
        gpointer                 user_data,
        GError                 **error)
{
  Step *step = user_data;
  gboolean is_new = row->operation == SQLITE_INSERT;
  gint64 time = step->time;
  Key key;
  int position;

  if (row->operation == SQLITE_DELETE || !read_key (row, &key))
    return TRUE;

  position = GPOINTER_TO_INT (g_hash_table_lookup (step->times->positions, key.table)) - 1;
  if (get_time (row, &time))
    note (step->times, &key, LAST_CHANGE, time);
  if (is_new && row->table->has_id)
    note (step->times, &key, INSERTED, time);

  for (int i = 0; i < row->n_columns; i++)
    if (!row->is_key[i] && (!is_new || !row->table->has_id || i == position) &&
        annals_history_row_get (row, i, TRUE) != NULL)
      note (step->times, &key, i, i == position ? step->time : time);

  return TRUE;
}

/* Not by pragma_table_list, which in SQLite 3.40 goes on after a page that cannot be read. */
static gboolean
list_columns (AnnalsMergeTimes  *self,
              AnnalsDb          *db,
              GError           **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT tables.name || '.' || columns.name, columns.cid "
                                 "FROM sqlite_schema AS tables "
                                 "JOIN pragma_table_info (tables.name) AS columns "
                                 "WHERE tables.type = 'table' AND tables.rootpage > 0", error)))
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      char *name = column_dup_text (stmt, 0);
      gpointer number = GINT_TO_POINTER ((int) column_int64 (stmt, 1) + 1);

      if (g_str_has_suffix (name, ".position"))
        {
          g_autofree char *table = g_strndup (name, strlen (name) - strlen (".position"));

          g_hash_table_insert (self->positions, (gpointer) g_intern_string (table), number);
        }
      g_hash_table_insert (self->columns, name, number);
    }

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
  self->positions = g_hash_table_new (g_direct_hash, g_direct_equal);
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
  g_hash_table_unref (self->positions);
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
  const Key row = { g_intern_string (table), id, 0, 0 };
  const gint64 *time = look_up (self, &row, get_column (self, table, column));

  if (time != NULL)
    return *time;

  /* The history knows how the row came, which may have been from elsewhere with changes behind it; or that its last
   * change was one of other fields. */
  if ((time = look_up (self, &row, INSERTED)) != NULL)
    return *time;
  time = look_up (self, &row, LAST_CHANGE);

  return time != NULL && *time >= modified ? created : modified;
}

gint64
annals_merge_times_get_of (AnnalsMergeTimes *self,
                           const char       *table,
                           gint64            id,
                           gint64            other,
                           const char       *column)
{
  const Key row = { g_intern_string (table), id, other, 0 };
  const gint64 *time = look_up (self, &row, get_column (self, table, column));

  return time != NULL ? *time : 0;
}

gint64
annals_merge_times_get_of_text (AnnalsMergeTimes *self,
                                const char       *table,
                                const char       *key,
                                const char       *column)
{
  return annals_merge_times_get_of (self, table, (gint64) (gintptr) g_intern_string (key), 0, column);
}

void
annals_merge_times_set (AnnalsMergeTimes *self,
                        const char       *table,
                        gint64            id,
                        const char       *column,
                        gint64            time)
{
  const Key row = { g_intern_string (table), id, 0, 0 };

  note (self, &row, get_column (self, table, column), time);
}

void
annals_merge_times_touch (AnnalsMergeTimes *self,
                          const char       *table,
                          gint64            id,
                          gint64            time)
{
  const Key row = { g_intern_string (table), id, 0, 0 };

  note (self, &row, LAST_CHANGE, time);
}
