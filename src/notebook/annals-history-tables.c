/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-tables-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "annals-changes-private.h"

struct _AnnalsHistoryTables
{
  AnnalsDb   *db;
  GHashTable *tables;   /* name → AnnalsHistoryTable */
};

/* References that SQLite does not know: a column says which table the other one means. */
static const struct
{
  const char *table, *kind, *column;
} loose_references[] = {
  { "link", "from_kind", "from_id" },
  { "link", "to_kind", "to_id" },
  { "memo_reference", "kind", "target" },
};

static void
reference_clear (gpointer data)
{
  g_free (((AnnalsHistoryReference *) data)->table);
}

static void
table_free (gpointer data)
{
  AnnalsHistoryTable *self = data;

  g_free (self->name);
  g_array_unref (self->references);
  g_free (self);
}

static int
index_of (GPtrArray  *names,
          const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (names->pdata[i], name))
      return (int) i;

  return -1;
}

static GPtrArray *
list_columns (AnnalsDb    *db,
              const char  *table,
              GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT name FROM pragma_table_info (:table) ORDER BY cid", error)))
    return NULL;

  bind_text (stmt, ":table", table);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (names, column_dup_text (stmt, 0));

  return step == STEP_DONE ? g_steal_pointer (&names) : NULL;
}

static gboolean
add_references (AnnalsDb            *db,
                AnnalsHistoryTable  *table,
                GPtrArray           *columns,
                GError             **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT \"from\", \"table\" FROM pragma_foreign_key_list (:table)", error)))
    return FALSE;

  bind_text (stmt, ":table", table->name);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsHistoryReference reference = { index_of (columns, column_text (stmt, 0)),
                                           column_dup_text (stmt, 1), -1 };

      g_array_append_val (table->references, reference);
    }

  for (guint i = 0; i < G_N_ELEMENTS (loose_references); i++)
    {
      AnnalsHistoryReference reference = { index_of (columns, loose_references[i].column), NULL,
                                           index_of (columns, loose_references[i].kind) };

      if (g_str_equal (table->name, loose_references[i].table) && reference.column >= 0 && reference.kind >= 0)
        g_array_append_val (table->references, reference);
    }

  return step == STEP_DONE;
}

AnnalsHistoryTables *
annals_history_tables_new (AnnalsDb  *db,
                           GError   **error)
{
  g_autoptr(AnnalsHistoryTables) self = g_new0 (AnnalsHistoryTables, 1);
  guint n_tables;
  const char * const *names = annals_history_get_tables (&n_tables);

  self->db = db;
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, table_free);
  for (guint i = 0; i < n_tables; i++)
    {
      AnnalsHistoryTable *table = g_new0 (AnnalsHistoryTable, 1);
      g_autoptr(GPtrArray) columns = NULL;

      table->name = g_strdup (names[i]);
      table->references = g_array_new (FALSE, FALSE, sizeof (AnnalsHistoryReference));
      g_array_set_clear_func (table->references, reference_clear);
      g_hash_table_insert (self->tables, table->name, table);

      if (!(columns = list_columns (db, names[i], error)) || !add_references (db, table, columns, error))
        return NULL;
      table->n_columns = (int) columns->len;
      table->modified = index_of (columns, "modified");
      table->has_id = index_of (columns, "id") == 0;
    }

  return g_steal_pointer (&self);
}

void
annals_history_tables_free (AnnalsHistoryTables *self)
{
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_free (self);
}

const AnnalsHistoryTable *
annals_history_tables_lookup (AnnalsHistoryTables *self,
                              const char          *name)
{
  return g_hash_table_lookup (self->tables, name);
}

gboolean
annals_history_each_row (AnnalsHistoryTables   *self,
                         GBytes                *change_set,
                         AnnalsHistoryRowFunc   func,
                         gpointer               user_data,
                         GError               **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (change_set, &size);
  sqlite3_changeset_iter *iter = NULL;
  gboolean ok = TRUE;
  int code;

  if (size == 0)
    return TRUE;

  code = sqlite3changeset_start (&iter, (int) size, (gpointer) data);
  while (ok && code == SQLITE_OK && (code = sqlite3changeset_next (iter)) == SQLITE_ROW)
    {
      AnnalsHistoryRow row = { NULL, iter, 0, 0, NULL };
      unsigned char *is_key = NULL;
      const char *name;
      int n_key_columns;

      code = sqlite3changeset_op (iter, &name, &row.n_columns, &row.operation, NULL);
      if (code == SQLITE_OK)
        code = sqlite3changeset_pk (iter, &is_key, &n_key_columns);
      row.table = code == SQLITE_OK ? annals_history_tables_lookup (self, name) : NULL;
      row.is_key = is_key;
      if (row.table != NULL)
        ok = func (&row, user_data, error);
    }
  sqlite3changeset_finalize (iter);

  if (ok && code != SQLITE_DONE && code != SQLITE_OK)
    {
      annals_db_set_error (self->db, code, NULL, error);
      return FALSE;
    }

  return ok;
}

sqlite3_value *
annals_history_row_get (const AnnalsHistoryRow *row,
                        int                     column,
                        gboolean                after)
{
  sqlite3_value *value = NULL;

  /* What a damaged change set says of a table with fewer columns is not there. */
  if (column < 0 || column >= row->n_columns)
    return NULL;

  if (after && row->operation != SQLITE_DELETE)
    sqlite3changeset_new (row->iter, column, &value);
  else if (!after && row->operation != SQLITE_INSERT)
    sqlite3changeset_old (row->iter, column, &value);

  return value;
}

const char *
annals_history_reference_get_table (const AnnalsHistoryReference *self,
                                    const AnnalsHistoryRow       *row)
{
  sqlite3_value *value;
  const char *kind;

  if (self->table != NULL)
    return self->table;

  value = annals_history_row_get (row, self->kind, TRUE);
  kind = value != NULL ? (const char *) sqlite3_value_text (value) : NULL;

  return kind != NULL ? kind : "";
}

GBytes *
annals_history_dup_change_set (AnnalsDb  *db,
                               gint64     id,
                               GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT changes FROM history WHERE id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autoptr(GBytes) change_set = column_dup_bytes (stmt, 0);

      return annals_change_set_check (db, g_bytes_get_data (change_set, NULL), g_bytes_get_size (change_set), error)
             ? g_steal_pointer (&change_set) : NULL;
    }

  if (step == STEP_DONE)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                 _("The history has no step with the number %" PRId64), id);
  return NULL;
}
