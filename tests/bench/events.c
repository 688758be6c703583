/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events of a timeline are read: 10,000 with three pieces of evidence each. The floor is a bare statement of SQLite
 * that reads the rows of the evidence. Times are the processor's own. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annals-imports.h"
#include "annals-notebook.h"
#include "annals-timelines.h"

#define N_POSTS 2000
#define N_EVENTS 10000
#define N_EVIDENCE 3
#define N_RUNS 7
/* of the floor */
#define MOST 6.0

#define FLOOR \
  "SELECT evidence.id, evidence.uid, post.id, post.uid, post.title, source.name, post.published, stance, evidence.note " \
  "FROM timeline_event CROSS JOIN evidence USING (event) JOIN post ON post.id = evidence.post " \
  "LEFT JOIN source ON source.id = post.source WHERE timeline = 1 ORDER BY event, position"

static void
check (gboolean  ok,
       GError   *error)
{
  if (!ok)
    {
      fprintf (stderr, "bench-events: %s\n", error != NULL ? error->message : "failed");
      exit (1);
    }
}

/* Milliseconds of this thread. */
static double
now (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);

  return (double) spent.tv_sec * 1e3 + (double) spent.tv_nsec / 1e6;
}

static gboolean
store (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  gint64 import_id;

  if (!annals_db_begin_import (db, "", "bench.txt", "text-month", "", NULL, &import_id, error))
    return FALSE;

  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autofree char *identity = g_strdup_printf ("post-%u", i);
      g_autofree char *source = g_strdup_printf ("Paper %u", i % 40);
      g_autofree char *plain = g_strdup_printf ("What post %u says of the matter", i);
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (plain, -1);
      g_autoptr(AnnalsDate) date = annals_date_new_from_unix (1199145600 + (gint64) i * 4000);
      g_autoptr(GBytes) markup = g_bytes_new (plain, strlen (plain));
      AnnalsNewPost post = {
        .identity = identity, .title = plain, .source = source, .published = date, .language = "en", .place = i + 1,
        .text = text, .markup = markup, .markup_kind = "text",
      };
      AnnalsStored stored;

      if (!annals_db_store_post (db, import_id, &post, &stored, NULL, error))
        return FALSE;
    }

  return annals_db_finish_import (db, import_id, "", 0, N_POSTS, N_POSTS, 0, 0, 0, 1, error);
}

static gboolean
add_events (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 timeline, event, evidence;

  if (!annals_db_add_timeline (db, "Bench", "", NULL, "", &timeline, error))
    return FALSE;

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Event %u of many", i);
      g_autoptr(AnnalsDate) date = annals_date_new_from_unix (1199145600 + (gint64) (i * 7919 % N_EVENTS) * 40000);

      if (!annals_db_add_event (db, timeline, 0, date, title, "", &event, error))
        return FALSE;
      for (guint k = 0; k < N_EVIDENCE; k++)
        if (!annals_db_add_evidence (db, event, 1 + (i * 31 + k * 577) % N_POSTS, 0, ANNALS_STANCE_SUPPORTS, "",
                                     &evidence, error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
list (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  double begun = now ();
  g_autoptr(GPtrArray) events = annals_db_list_events (db, 1, error);

  *(double *) data = now () - begun;

  return events != NULL && events->len == N_EVENTS;
}

static double
time_floor (const char *path)
{
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;
  double best = G_MAXDOUBLE;

  check (sqlite3_open (path, &native) == SQLITE_OK &&
         sqlite3_prepare_v2 (native, FLOOR, -1, &stmt, NULL) == SQLITE_OK, NULL);
  for (guint i = 0; i < N_RUNS; i++)
    {
      double begun = now ();
      guint n = 0;

      while (sqlite3_step (stmt) == SQLITE_ROW)
        n += sqlite3_column_text (stmt, 4) != NULL;
      best = MIN (best, now () - begun);
      check (n == N_EVENTS * N_EVIDENCE, NULL);
      sqlite3_reset (stmt);
    }

  sqlite3_finalize (stmt);
  sqlite3_close (native);

  return best;
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("annals-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "events.annals", NULL);
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = annals_notebook_create (path, NULL, &error);
  double best = G_MAXDOUBLE, took, floor;

  check (notebook != NULL, error);
  check (annals_notebook_bulk (notebook, store, NULL, NULL, &error), error);
  check (annals_notebook_change (notebook, "Add", add_events, NULL, NULL, &error), error);
  for (guint i = 0; i < N_RUNS; i++)
    {
      check (annals_notebook_read (notebook, list, &took, NULL, &error), error);
      best = MIN (best, took);
    }
  floor = time_floor (path);
  printf ("%d events with their evidence: %.1f ms, %.2f of a bare statement (%.1f ms)\n", N_EVENTS, best, best / floor,
          floor);

  annals_notebook_close (notebook, NULL);
  g_object_unref (notebook);
  g_unlink (path);
  g_rmdir (folder);

  return best / floor > MOST;
}
