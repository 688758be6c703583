/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags 10,000 posts as one step and undoes it, and runs the bare loop of SQL that puts as many rows into a
 * table like it: the floor of both. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "annals-imports.h"
#include "annals-notebook.h"
#include "annals-posts.h"
#include "annals-tags.h"

#define N_POSTS 10000
#define N_RUNS 5

static void
check (gboolean  ok,
       GError   *error)
{
  if (!ok)
    {
      fprintf (stderr, "bench-tags: %s\n", error != NULL ? error->message : "failed");
      exit (1);
    }
}

static gboolean
import_in_bulk (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  gint64 id;

  if (!annals_db_begin_import (db, "", "bench.txt", "text-month", "", NULL, &id, error))
    return FALSE;

  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autofree char *identity = g_strdup_printf ("post-%u", i);
      g_autofree char *title = g_strdup_printf ("Post %u", i);
      g_autoptr(AnnalsText) text = annals_text_new_from_plain ("A few words stand here.", -1);
      g_autoptr(AnnalsDate) date = annals_date_new_undated ();
      g_autoptr(GBytes) markup = g_bytes_new_static ("A few words stand here.", 23);
      AnnalsNewPost post = {
        .identity = identity, .title = title, .published = date, .language = "en", .place = i + 1, .text = text,
        .markup = markup, .markup_kind = "text",
      };
      AnnalsStored stored;

      if (!annals_db_store_post (db, id, &post, &stored, NULL, error))
        return FALSE;
    }

  return annals_db_finish_import (db, id, "0123", 42, N_POSTS, N_POSTS, 0, 0, 0, 1, error);
}

static gboolean
list_posts (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GArray **ids = data;

  *ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_NEWEST, error);

  return *ids != NULL;
}

static gboolean
tag_posts (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  GArray *ids = data;
  gint64 tag;

  return annals_db_ensure_tag (db, "bench", &tag, error) &&
         annals_db_tag_posts (db, tag, (const gint64 *) (gpointer) ids->data, ids->len, error);
}

static double
now (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static void
run (sqlite3    *db,
     const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    {
      fprintf (stderr, "bench-tags: %s: %s\n", sql, sqlite3_errmsg (db));
      exit (1);
    }
}

/* Seconds in which the rows go in, and out again. */
static void
run_floor (const char *path,
           double     *in,
           double     *out)
{
  sqlite3_stmt *stmt = NULL;
  sqlite3 *db = NULL;
  double begun;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    exit (1);
  run (db, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
       "CREATE TABLE post_tag (post INTEGER NOT NULL, tag INTEGER NOT NULL, created INTEGER NOT NULL,"
       " author TEXT NOT NULL, PRIMARY KEY (post, tag)) STRICT, WITHOUT ROWID;"
       "CREATE INDEX post_tag_tag ON post_tag (tag, post);");

  begun = now ();
  run (db, "BEGIN IMMEDIATE");
  sqlite3_prepare_v2 (db, "INSERT INTO post_tag VALUES (?1, 1, 1000000, 'bench')", -1, &stmt, NULL);
  for (int i = 1; i <= N_POSTS; i++)
    {
      sqlite3_bind_int64 (stmt, 1, i);
      sqlite3_step (stmt);
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  run (db, "COMMIT");
  *in = now () - begun;

  begun = now ();
  run (db, "BEGIN IMMEDIATE");
  sqlite3_prepare_v2 (db, "DELETE FROM post_tag WHERE post = ?1 AND tag = 1", -1, &stmt, NULL);
  for (int i = 1; i <= N_POSTS; i++)
    {
      sqlite3_bind_int64 (stmt, 1, i);
      sqlite3_step (stmt);
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  run (db, "COMMIT");
  *out = now () - begun;
  sqlite3_close (db);
}

/* The best of several: what else the machine does only adds. */
static void
measure (AnnalsNotebook *notebook,
         GArray         *ids,
         const char     *folder)
{
  double tag = G_MAXDOUBLE, undo = G_MAXDOUBLE, floor_in = G_MAXDOUBLE, floor_out = G_MAXDOUBLE;

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autofree char *name = g_strdup_printf ("floor-%u.db", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(GError) error = NULL;
      double begun = now (), in, out;

      check (annals_notebook_change (notebook, "Tag", tag_posts, ids, NULL, &error), error);
      tag = MIN (tag, now () - begun);
      begun = now ();
      check (annals_notebook_undo (notebook, NULL, &error), error);
      undo = MIN (undo, now () - begun);

      run_floor (path, &in, &out);
      floor_in = MIN (floor_in, in);
      floor_out = MIN (floor_out, out);
    }

  printf ("tag %d posts as one step: %.3f s, bare SQL %.3f s, ratio %.1f\n", N_POSTS, tag, floor_in,
          tag / floor_in);
  printf ("undo it:                  %.3f s, bare SQL %.3f s, ratio %.1f\n", undo, floor_out, undo / floor_out);
}

static void
empty_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("annals-bench-XXXXXX", &error);
  g_autofree char *path = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(GArray) ids = NULL;

  check (folder != NULL, error);
  path = g_build_filename (folder, "bench.annals", NULL);
  notebook = annals_notebook_create (path, NULL, &error);
  check (notebook != NULL, error);
  check (annals_notebook_bulk (notebook, import_in_bulk, NULL, NULL, &error), error);
  check (annals_notebook_finish_index (notebook, NULL, &error), error);
  check (annals_notebook_read (notebook, list_posts, &ids, NULL, &error), error);

  measure (notebook, ids, folder);
  check (annals_notebook_close (notebook, &error), error);
  empty_folder (folder);

  return 0;
}
