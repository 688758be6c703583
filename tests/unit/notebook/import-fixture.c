/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "import-fixture.h"

#include <sqlite3.h>
#include <string.h>

static gboolean
store_row (AnnalsDb      *db,
           Batch         *batch,
           guint          n,
           const gint64   files[2],
           GError       **error)
{
  const Row *row = &batch->rows[batch->order != NULL ? batch->order[n] : n];
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (row->text, -1);
  g_autoptr(AnnalsDate) date = row->edtf != NULL ? annals_date_parse (row->edtf, NULL) : NULL;
  g_autoptr(GBytes) markup = g_bytes_new (row->text, strlen (row->text));
  g_autoptr(GBytes) deflated = n % 2 ? annals_deflate_markup (markup) : NULL;
  AnnalsNewPost post = {
    .identity = row->identity, .aliases = row->aliases, .kind = row->kind, .extent = row->extent,
    .file_id = files[row->place % 2], .title = row->title, .author = row->author, .published = date,
    .tags = row->tags[0] != NULL ? row->tags : NULL, .place = row->place, .text = text, .markup = markup,
    .deflated = deflated, .markup_kind = "text", .entry = row->entry,
  };

  return annals_db_store_post (db, batch->import_id, &post, &batch->stored[n], &batch->posts[n], error);
}

static gboolean
store_batch (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Batch *batch = data;
  guint counts[3] = { 0 };
  gint64 files[2];
  guint n;

  if (!annals_db_begin_import (db, "/a/b", "b", "folder", "B", NULL, &batch->import_id, error) ||
      !annals_db_begin_import_file (db, batch->import_id, "b/one.html", "html", &files[0], error) ||
      !annals_db_begin_import_file (db, batch->import_id, "b/two.html", "html", &files[1], error))
    return FALSE;

  for (n = 0; batch->rows[n].identity != NULL; n++)
    {
      if (!store_row (db, batch, n, files, error))
        return FALSE;
      counts[batch->stored[n]]++;
    }

  return annals_db_end_import_file (db, files[0], 17, "ab", error) &&
         annals_db_end_import_file (db, files[1], 18, "cd", error) &&
         (batch->unfinished ||
          annals_db_finish_import (db, batch->import_id, "0123", 42, n, counts[0], counts[1], counts[2], 0, 0.1,
                                   error));
}

void
import_batch (Fixture *f,
              Batch   *batch)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, store_batch, batch, NULL, &error);
  g_assert_no_error (error);
}

char *
query (Fixture    *f,
       const char *sql)
{
  g_autoptr(GString) rows = g_string_new (NULL);
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_open_v2 (f->path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (native));
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (int column = 0; column < sqlite3_column_count (stmt); column++)
        {
          const guint8 *bytes = sqlite3_column_blob (stmt, column);
          int size = sqlite3_column_bytes (stmt, column);

          if (column > 0)
            g_string_append_c (rows, '|');
          if (sqlite3_column_type (stmt, column) == SQLITE_BLOB)
            for (int i = 0; i < size; i++)
              g_string_append_printf (rows, "%02x", bytes[i]);
          else
            g_string_append (rows, (const char *) sqlite3_column_text (stmt, column) ?: "NULL");
        }
      g_string_append_c (rows, '\n');
    }
  sqlite3_finalize (stmt);
  sqlite3_close (native);

  return g_string_free (g_steal_pointer (&rows), FALSE);
}

void
assert_rows (Fixture    *f,
             const char *sql,
             const char *expected)
{
  g_autofree char *rows = query (f, sql);

  g_assert_cmpstr (rows, ==, expected);
}

static gboolean
check (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  GPtrArray **problems = data;

  return (*problems = annals_db_check (db, TRUE, cancellable, error)) != NULL;
}

void
assert_sound (Fixture *f)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  READ (f, check, &problems);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s: %s", ((AnnalsProblem *) problems->pdata[i])->what,
                    ((AnnalsProblem *) problems->pdata[i])->where);
  g_assert_cmpuint (problems->len, ==, 0);
}

void
undo (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
}
