/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-changes-private.h"

/* A longer list costs its readers more than loading everything anew. */
#define MAX_LISTED 20000

struct _AnnalsChanges
{
  gatomicrefcount  refs;
  GHashTable      *seen[ANNALS_N_RECORDS];    /* ids; NULL: untouched */
  GArray          *ids[ANNALS_N_RECORDS];     /* ascending; made on demand, by one thread at a time */
  gboolean         all[ANNALS_N_RECORDS];
  GMutex           lock;
};

G_DEFINE_BOXED_TYPE (AnnalsChanges, annals_changes, annals_changes_ref, annals_changes_unref)

AnnalsChanges *
annals_changes_new (void)
{
  AnnalsChanges *self = g_new0 (AnnalsChanges, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);

  return self;
}

AnnalsChanges *
annals_changes_ref (AnnalsChanges *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
annals_changes_unref (AnnalsChanges *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint i = 0; i < ANNALS_N_RECORDS; i++)
    {
      g_clear_pointer (&self->seen[i], g_hash_table_unref);
      g_clear_pointer (&self->ids[i], g_array_unref);
    }
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
annals_changes_add (AnnalsChanges *self,
                    AnnalsRecord   record,
                    gint64         id)
{
  gint64 *key;

  if (id == 0 || self->all[record])
    return;

  if (self->seen[record] == NULL)
    self->seen[record] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (g_hash_table_size (self->seen[record]) >= MAX_LISTED)
    {
      annals_changes_add_all (self, record);
      return;
    }

  key = g_new (gint64, 1);
  *key = id;
  g_hash_table_add (self->seen[record], key);
}

void
annals_changes_add_all (AnnalsChanges *self,
                        AnnalsRecord   record)
{
  self->all[record] = TRUE;
  g_clear_pointer (&self->seen[record], g_hash_table_unref);
}

gboolean
annals_changes_touch (AnnalsChanges *self,
                      AnnalsRecord   record)
{
  g_return_val_if_fail (record < ANNALS_N_RECORDS, FALSE);

  return self->all[record] || self->seen[record] != NULL;
}

gboolean
annals_changes_touch_id (AnnalsChanges *self,
                         AnnalsRecord   record,
                         gint64         id)
{
  g_return_val_if_fail (record < ANNALS_N_RECORDS, FALSE);

  return self->all[record] ||
         (self->seen[record] != NULL && g_hash_table_contains (self->seen[record], &id));
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

const gint64 *
annals_changes_get_ids (AnnalsChanges *self,
                        AnnalsRecord   record,
                        guint         *n_ids)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (record < ANNALS_N_RECORDS, NULL);
  g_return_val_if_fail (n_ids != NULL, NULL);

  if (self->all[record] || self->seen[record] == NULL)
    {
      *n_ids = self->all[record] ? G_MAXUINT : 0;
      return NULL;
    }

  locker = g_mutex_locker_new (&self->lock);
  if (self->ids[record] == NULL)
    {
      GHashTableIter iter;
      gpointer key;

      self->ids[record] = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_iter_init (&iter, self->seen[record]);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        g_array_append_vals (self->ids[record], key, 1);
      g_array_sort (self->ids[record], compare_ids);
    }

  *n_ids = self->ids[record]->len;
  return (const gint64 *) (gpointer) self->ids[record]->data;
}

/* --- reading a change set --- */

/* One row of a change set: its table, and the values it had or has. */
typedef struct
{
  sqlite3_changeset_iter *iter;
  int                     operation;
} Row;

/* NULL when the row does not tell it (an update of other columns). */
static sqlite3_value *
row_column (const Row *row,
            int        column)
{
  sqlite3_value *value = NULL;

  if (row->operation != SQLITE_INSERT)
    sqlite3changeset_old (row->iter, column, &value);
  if (value == NULL && row->operation != SQLITE_DELETE)
    sqlite3changeset_new (row->iter, column, &value);

  return value;
}

/* A reference that the row itself tells; 0 when it does not. */
static gint64
row_value (const Row *row,
           int        column)
{
  sqlite3_value *value = row_column (row, column);

  return value != NULL && sqlite3_value_type (value) == SQLITE_INTEGER ? sqlite3_value_int64 (value) : 0;
}

/* A text that the row itself tells; NULL when it does not. Valid until the next row. */
static const char *
row_text (const Row *row,
          int        column)
{
  sqlite3_value *value = row_column (row, column);

  return value != NULL ? (const char *) sqlite3_value_text (value) : NULL;
}

static gboolean
add_looked_up (AnnalsChanges  *self,
               AnnalsDb       *db,
               AnnalsRecord    record,
               const char     *sql,
               gint64          id,
               GError        **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (self->all[record])
    return TRUE;

  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    annals_changes_add (self, record, column_int64 (stmt, 0));

  return step == STEP_DONE;
}

static gboolean
add_event (AnnalsChanges  *self,
           AnnalsDb       *db,
           gint64          id,
           GError        **error)
{
  annals_changes_add (self, ANNALS_RECORD_EVENT, id);

  return add_looked_up (self, db, ANNALS_RECORD_TIMELINE,
                        "SELECT timeline FROM timeline_event WHERE event = :id", id, error) &&
         add_looked_up (self, db, ANNALS_RECORD_POST,
                        "SELECT post FROM evidence WHERE event = :id", id, error);
}

static gboolean
add_annotation (AnnalsChanges  *self,
                AnnalsDb       *db,
                gint64          id,
                gint64          post,
                GError        **error)
{
  annals_changes_add (self, ANNALS_RECORD_ANNOTATION, id);
  annals_changes_add (self, ANNALS_RECORD_POST, post);

  return (post != 0 ||
          add_looked_up (self, db, ANNALS_RECORD_POST,
                         "SELECT post FROM annotation WHERE id = :id", id, error)) &&
         add_looked_up (self, db, ANNALS_RECORD_EVENT,
                        "SELECT event FROM evidence WHERE annotation = :id", id, error) &&
         add_looked_up (self, db, ANNALS_RECORD_TIMELINE,
                        "SELECT timeline FROM timeline_event JOIN evidence USING (event) "
                        "WHERE annotation = :id", id, error);
}

static gboolean
add_evidence (AnnalsChanges  *self,
              AnnalsDb       *db,
              const Row      *row,
              GError        **error)
{
  gint64 id = row_value (row, 0);
  gint64 event = row_value (row, 2);

  annals_changes_add (self, ANNALS_RECORD_EVIDENCE, id);
  annals_changes_add (self, ANNALS_RECORD_POST, row_value (row, 3));

  if (event == 0 &&
      !annals_db_query_int64 (db, "SELECT event FROM evidence WHERE id = :id", id, 0, &event, error))
    return FALSE;

  return event == 0 || add_event (self, db, event, error);
}

static gboolean
add_lane (AnnalsChanges  *self,
          AnnalsDb       *db,
          const Row      *row,
          GError        **error)
{
  gint64 id = row_value (row, 0);
  gint64 timeline = row_value (row, 2);

  annals_changes_add (self, ANNALS_RECORD_LANE, id);
  if (timeline == 0 &&
      !annals_db_query_int64 (db, "SELECT timeline FROM lane WHERE id = :id", id, 0, &timeline, error))
    return FALSE;

  annals_changes_add (self, ANNALS_RECORD_TIMELINE, timeline);
  return TRUE;
}

static gboolean
add_end (AnnalsChanges  *self,
         AnnalsDb       *db,
         const char     *kind,
         gint64          id,
         GError        **error)
{
  if (g_strcmp0 (kind, "post") == 0)
    annals_changes_add (self, ANNALS_RECORD_POST, id);
  else if (g_strcmp0 (kind, "annotation") == 0)
    return add_annotation (self, db, id, 0, error);
  else if (g_strcmp0 (kind, "event") == 0)
    return add_event (self, db, id, error);

  return TRUE;
}

/* The ends of a link never change: an update tells neither, and needs both looked up. */
static gboolean
add_link (AnnalsChanges  *self,
          AnnalsDb       *db,
          gint64          id,
          const Row      *row,
          GError        **error)
{
  annals_changes_add (self, ANNALS_RECORD_LINK, id);
  if (row->operation == SQLITE_UPDATE)
    {
      g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db,
        "SELECT from_kind, from_id, to_kind, to_id FROM link WHERE id = :id", error);
      AnnalsStep step;

      if (stmt == NULL)
        return FALSE;
      bind_int64 (stmt, ":id", id);
      step = annals_db_step (db, stmt, error);
      return step == STEP_ROW ? add_end (self, db, column_text (stmt, 0), column_int64 (stmt, 1), error) &&
                                add_end (self, db, column_text (stmt, 2), column_int64 (stmt, 3), error)
                              : step == STEP_DONE;
    }

  return add_end (self, db, row_text (row, 2), row_value (row, 3), error) &&
         add_end (self, db, row_text (row, 5), row_value (row, 6), error);
}

static gboolean
add_later_row (AnnalsChanges  *self,
               AnnalsDb       *db,
               const char     *table,
               const Row      *row,
               GError        **error)
{
  gint64 first = row_value (row, 0);

  if (g_str_equal (table, "link"))
    return add_link (self, db, first, row, error);
  else if (g_str_equal (table, "memo") || g_str_equal (table, "memo_reference"))
    annals_changes_add (self, ANNALS_RECORD_MEMO, first);
  else if (g_str_equal (table, "saved_search"))
    annals_changes_add (self, ANNALS_RECORD_SAVED_SEARCH, first);
  else if (g_str_equal (table, "suggestion"))
    {
      annals_changes_add (self, ANNALS_RECORD_TIMELINE, first);
      annals_changes_add (self, ANNALS_RECORD_POST, row_value (row, 1));
    }
  else if (g_str_equal (table, "colour_name"))
    annals_changes_add_all (self, ANNALS_RECORD_ANNOTATION);

  return TRUE;
}

/* Columns are numbered as annals-schema.c declares them. */
static gboolean
add_row (AnnalsChanges  *self,
         AnnalsDb       *db,
         const char     *table,
         const Row      *row,
         GError        **error)
{
  gint64 first = row_value (row, 0);

  if (g_str_equal (table, "post"))
    annals_changes_add (self, ANNALS_RECORD_POST, first);
  else if (g_str_equal (table, "annotation"))
    return add_annotation (self, db, first, row_value (row, 2), error);
  else if (g_str_equal (table, "tag"))
    annals_changes_add (self, ANNALS_RECORD_TAG, first);
  else if (g_str_equal (table, "post_tag"))
    {
      annals_changes_add (self, ANNALS_RECORD_POST, first);
      annals_changes_add (self, ANNALS_RECORD_TAG, row_value (row, 1));
    }
  else if (g_str_equal (table, "annotation_tag"))
    {
      annals_changes_add (self, ANNALS_RECORD_TAG, row_value (row, 1));
      return add_annotation (self, db, first, 0, error);
    }
  else if (g_str_equal (table, "timeline"))
    annals_changes_add (self, ANNALS_RECORD_TIMELINE, first);
  else if (g_str_equal (table, "lane"))
    return add_lane (self, db, row, error);
  else if (g_str_equal (table, "event"))
    return add_event (self, db, first, error);
  else if (g_str_equal (table, "timeline_event"))
    {
      annals_changes_add (self, ANNALS_RECORD_TIMELINE, first);
      return add_event (self, db, row_value (row, 1), error);
    }
  else if (g_str_equal (table, "evidence"))
    return add_evidence (self, db, row, error);
  else if (g_str_equal (table, "event_tag"))
    {
      annals_changes_add (self, ANNALS_RECORD_TAG, row_value (row, 1));
      return add_event (self, db, first, error);
    }
  else
    return add_later_row (self, db, table, row, error);

  return TRUE;
}

gboolean
annals_changes_read (AnnalsChanges  *self,
                     AnnalsDb       *db,
                     gconstpointer   change_set,
                     gsize           size,
                     GError        **error)
{
  sqlite3_changeset_iter *iter = NULL;
  gboolean ok = TRUE;
  int code;

  if (size == 0)
    return TRUE;

  if (!annals_change_set_check (db, change_set, size, error))
    return FALSE;

  code = sqlite3changeset_start (&iter, (int) size, (gpointer) change_set);
  while (ok && code == SQLITE_OK && (code = sqlite3changeset_next (iter)) == SQLITE_ROW)
    {
      const char *table;
      int n_columns;
      Row row = { iter, 0 };

      code = sqlite3changeset_op (iter, &table, &n_columns, &row.operation, NULL);
      ok = code == SQLITE_OK && add_row (self, db, table, &row, error);
    }

  sqlite3changeset_finalize (iter);

  if (ok && code != SQLITE_DONE && code != SQLITE_OK)
    {
      annals_db_set_error (db, code, NULL, error);
      return FALSE;
    }

  return ok;
}
