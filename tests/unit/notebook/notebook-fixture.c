/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static const char * const first_texts[] = {
  "The ferry left the harbour on Monday.\nNobody was on board but the crew.",
  "항구는 월요일에 닫혔다. The harbour closed 😀 on Monday.",
  "A third report says that the harbour stays closed.",
  NULL,
};

typedef struct
{
  const char * const *texts;
  AnnalsStored       *stored;
  gint64              import_id;
} Importing;

static gboolean
import_in_bulk (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Importing *importing = data;
  guint counts[3] = { 0, 0, 0 };
  guint n = 0;

  if (!annals_db_begin_import (db, "", "posts.txt", "text-month", "", NULL, &importing->import_id, error))
    return FALSE;

  for (; importing->texts[n] != NULL; n++)
    {
      g_autofree char *identity = g_strdup_printf ("post-%u", n);
      g_autofree char *title = g_strdup_printf ("Post %u", n);
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (importing->texts[n], -1);
      g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03", NULL);
      g_autoptr(GBytes) markup = g_bytes_new (importing->texts[n], strlen (importing->texts[n]));
      static const char * const tags[] = { "imported", NULL };
      AnnalsNewPost post = {
        .identity = identity, .title = title, .source = n % 2 ? "Gazette" : NULL, .published = date,
        .language = "en", .place = n + 1, .tags = n == 2 ? tags : NULL, .text = text, .markup = markup,
        .markup_kind = "text",
      };
      AnnalsStored stored;

      if (!annals_db_store_post (db, importing->import_id, &post, &stored, NULL, error))
        return FALSE;
      counts[stored]++;
      if (importing->stored != NULL)
        importing->stored[n] = stored;
    }

  return annals_db_finish_import (db, importing->import_id, "0123", 42, n, counts[0], counts[1], counts[2], 0,
                                  0.1, error);
}

gint64
fixture_import (Fixture            *f,
                const char * const *texts,
                AnnalsStored       *stored)
{
  Importing importing = { texts, stored, 0 };
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, import_in_bulk, &importing, NULL, &error);
  g_assert_no_error (error);

  return importing.import_id;
}

void
fixture_set_up (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("annals-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "Test.annals", NULL);
  f->notebook = annals_notebook_create (f->path, NULL, &error);
  g_assert_no_error (error);
  fixture_import (f, first_texts, NULL);
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          remove_folder (path);
          continue;
        }
      g_chmod (path, 0600);
      g_remove (path);
    }
  g_rmdir (folder);
}

void
fixture_tear_down (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);

  remove_folder (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

void
fixture_reopen (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);
  f->notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
}

/* By another connection, so that the dump shares no code with what it checks. */
char *
fixture_dump (Fixture *f)
{
  static const char * const tables[] = {
    "post", "revision", "annotation", "tag", "post_tag", "annotation_tag", "timeline", "lane", "event",
    "timeline_event", "evidence", "link", "memo", "memo_reference", "event_tag", "colour_name", "saved_search",
    "suggestion",
  };
  g_autoptr(GString) dump = g_string_new (NULL);
  sqlite3 *native = NULL;

  g_assert_cmpint (sqlite3_open_v2 (f->path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", tables[i]);
      sqlite3_stmt *stmt = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        {
          g_string_append (dump, tables[i]);
          for (int column = 0; column < sqlite3_column_count (stmt); column++)
            g_string_append_printf (dump, "|%s", sqlite3_column_type (stmt, column) == SQLITE_BLOB
                                    ? "blob" : (const char *) sqlite3_column_text (stmt, column));
          g_string_append_c (dump, '\n');
        }
      sqlite3_finalize (stmt);
    }
  sqlite3_close (native);

  return g_string_free (g_steal_pointer (&dump), FALSE);
}

typedef struct
{
  guint  n;
  gint64 id;
} Place;

static gboolean
find_post (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Place *place = data;
  g_autofree char *identity = g_strdup_printf ("post-%u", place->n);
  g_autofree char *uid = annals_post_uid_for_identity (identity);

  return annals_db_find (db, ANNALS_RECORD_POST, uid, &place->id, error);
}

gint64
fixture_post (Fixture *f,
              guint    n)
{
  Place place = { n, 0 };

  READ (f, find_post, &place);

  return place.id;
}

char *
fixture_backup (Fixture            *f,
                AnnalsBackupReason  reason)
{
  g_autoptr(GError) error = NULL;
  char *backup = annals_backup_make (f->path, NULL, reason, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return backup;
}
