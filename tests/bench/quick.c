/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Ctrl+K asks at every key: a name typed letter by letter in a notebook of 100,000 posts, 10,000 annotations,
 * 2,000 events and 500 tags. The floor is the same question to the index of titles alone, by bare SQL; the longest
 * key is given against a frame of 16.7 ms; both in the processor's time. And how soon a question ends that the next
 * key makes needless. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-notebook.h"
#include "annals-quick-find.h"
#include "annals-tags.h"
#include "annals-timelines.h"
#include "measure.h"

#define N_POSTS 100000
#define N_ANNOTATIONS 10000
#define N_EVENTS 2000
#define N_TAGS 500
#define N_RUNS 5
#define FRAME 16.7

static const char * const words[] = {
  "harbour", "sanctions", "response", "relief", "response", "ministry", "the", "shipping", "vaccine", "tanker",
  "island", "storm", "council", "budget", "border", "quarantine", "ferry", "grain", "export", "pilot",
};

static const char * const typed[] = { "sanctions resp", "the harb", "quarantine isl", "xyzzy" };

/* --- making --- */

static char *
make_words (guint seed,
            guint n)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
make_post (guint   number,
           char  **title,
           char  **text)
{
  *title = make_words (number, 6);
  *text = make_words (number + N_POSTS, 60);
}

static gboolean
make_records (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(AnnalsDate) date = annals_date_new_undated ();
  gint64 id, timeline;

  for (guint i = 0; i < N_ANNOTATIONS; i++)
    {
      g_autofree char *note = make_words (i + 3 * N_POSTS, 8);

      if (!annals_db_add_annotation (db, 1 + i * 7 % N_POSTS, 0, 60, "yellow", note, &id, error))
        return FALSE;
    }

  if (!annals_db_add_timeline (db, "Bench", "", NULL, "", &timeline, error))
    return FALSE;
  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *title = make_words (i + 4 * N_POSTS, 5);

      if (!annals_db_add_event (db, timeline, 0, date, title, "", &id, error))
        return FALSE;
    }
  for (guint i = 0; i < N_TAGS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", words[i % G_N_ELEMENTS (words)], i);

      if (!annals_db_ensure_tag (db, name, &id, error))
        return FALSE;
    }

  return TRUE;
}

static AnnalsNotebook *
make (const char *path)
{
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = bench_make_posts (path, N_POSTS, make_post);

  bench_check (annals_notebook_change (notebook, "Make", make_records, NULL, NULL, &error), error);
  bench_check (annals_notebook_finish_index (notebook, NULL, &error), error);

  return notebook;
}

/* --- asking --- */

typedef struct
{
  const char *typed;
  double      took;
  guint       n;
} Question;

static gboolean
ask (AnnalsDb      *db,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Question *question = data;
  double begun = bench_spent ();
  g_autoptr(GPtrArray) hits = annals_db_quick_find (db, question->typed, ANNALS_QUICK_ALL, NULL, 0, 50, error);

  question->took = bench_spent () - begun;
  question->n = hits != NULL ? hits->len : 0;

  return hits != NULL;
}

/* The best of several: what else the machine does only adds. */
static double
time_key (AnnalsNotebook *notebook,
          const char     *text,
          guint          *n)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr(GError) error = NULL;
      Question question = { text, 0, 0 };

      bench_check (annals_notebook_read (notebook, ask, &question, NULL, &error), error);
      best = MIN (best, question.took);
      *n = question.n;
    }

  return best;
}

/* Milliseconds for the newest 300 titles with words that begin so, out of an index like the notebook's. */
static double
time_floor (sqlite3    *db,
            const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, " ", -1);
  g_autoptr(GString) match = g_string_new (NULL);
  double best = G_MAXDOUBLE;

  for (guint i = 0; parts[i] != NULL; i++)
    if (strlen (parts[i]) >= 3)
      g_string_append_printf (match, "%s\"%s\" *", match->len > 0 ? " AND " : "", parts[i]);
  if (match->len == 0)
    return 0;

  for (guint i = 0; i < N_RUNS; i++)
    {
      sqlite3_stmt *stmt = NULL;
      double begun = bench_spent ();

      bench_check (sqlite3_prepare_v2 (db, "SELECT rowid, title FROM titles WHERE titles MATCH ?1 "
                                       "ORDER BY rowid DESC LIMIT 300", -1, &stmt, NULL) == SQLITE_OK, NULL);
      sqlite3_bind_text (stmt, 1, match->str, -1, SQLITE_TRANSIENT);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        ;
      sqlite3_finalize (stmt);
      best = MIN (best, bench_spent () - begun);
    }

  return best;
}

static sqlite3 *
make_floor (void)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;

  bench_check (sqlite3_open (":memory:", &db) == SQLITE_OK &&
               sqlite3_exec (db, "CREATE VIRTUAL TABLE titles USING fts5 (title); BEGIN", NULL, NULL, NULL) ==
               SQLITE_OK &&
               sqlite3_prepare_v2 (db, "INSERT INTO titles (rowid, title) VALUES (?1, ?2)", -1, &stmt, NULL) ==
               SQLITE_OK, NULL);
  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autofree char *title = make_words (i, 6);

      sqlite3_bind_int64 (stmt, 1, i + 1);
      sqlite3_bind_text (stmt, 2, title, -1, SQLITE_TRANSIENT);
      sqlite3_step (stmt);
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  bench_check (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, NULL);

  return db;
}

/* --- needless questions --- */

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  annals_notebook_read_finish (ANNALS_NOTEBOOK (source), result, NULL);
  (*(guint *) data)--;
}

/* Milliseconds from the last key to its answer, when 20 keys come at once and each cancels the one before. */
static double
time_burst (AnnalsNotebook *notebook)
{
  g_autoptr(GCancellable) last = NULL;
  Question questions[20] = { 0 };
  guint n_open = G_N_ELEMENTS (questions);
  double begun = bench_now ();

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      if (last != NULL)
        g_cancellable_cancel (last);
      g_clear_object (&last);
      last = g_cancellable_new ();
      questions[i].typed = i % 2 == 0 ? "the harb" : "the har";
      annals_notebook_read_async (notebook, ask, &questions[i], NULL, last, ended_cb, &n_open);
    }
  while (n_open > 0)
    g_main_context_iteration (NULL, TRUE);

  return bench_now () - begun;
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("annals-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "quick.annals", NULL);
  AnnalsNotebook *notebook = make (path);
  sqlite3 *db = make_floor ();
  double worst = 0, one;
  guint n;

  printf ("%-18s %9s %9s %7s\n", "typed", "ms", "floor ms", "found");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    for (gsize length = 1; length <= strlen (typed[i]); length++)
      {
        g_autofree char *text = g_strndup (typed[i], length);
        double took = time_key (notebook, text, &n);

        worst = MAX (worst, took);
        printf ("%-18s %9.2f %9.2f %7u\n", text, took, time_floor (db, text), n);
      }

  one = time_key (notebook, "the harb", &n);
  printf ("longest key %.1f ms, %.2f of a frame\n", worst, worst / FRAME);
  printf ("20 keys at once, each cancelling the one before: %.1f ms, one takes %.1f\n", time_burst (notebook), one);

  sqlite3_close (db);
  annals_notebook_close (notebook, NULL);
  g_object_unref (notebook);
  g_unlink (path);
  g_rmdir (folder);

  return worst > 2 * FRAME;
}
