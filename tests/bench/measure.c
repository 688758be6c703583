/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annals-imports.h"

#define FIRST_DAY 1199145600   /* 2008-01-01 */
#define BETWEEN_POSTS 4000     /* seconds */

double
bench_now (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

double
bench_spent (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1000000;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

double
bench_quantile (GArray *times,
                double  part)
{
  g_array_sort (times, compare);

  return g_array_index (times, double, (guint) (part * (times->len - 1)));
}

void
bench_check (gboolean  ok,
             GError   *error)
{
  if (ok)
    return;

  fprintf (stderr, "%s: %s\n", g_get_prgname (), error != NULL ? error->message : "failed");
  exit (1);
}

/* --- posts --- */

typedef struct
{
  BenchWords words;
  guint      first;
  guint      n_posts;
  gint64     import_id;
} Making;

static gboolean
store_post (AnnalsDb      *db,
            const Making  *making,
            guint          number,
            GError       **error)
{
  g_autofree char *identity = g_strdup_printf ("post-%u", number);
  g_autofree char *title = NULL;
  g_autofree char *plain = NULL;
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(AnnalsDate) date = annals_date_new_from_unix (FIRST_DAY + (gint64) number * BETWEEN_POSTS);
  g_autoptr(GBytes) markup = NULL;
  AnnalsNewPost post = { .identity = identity, .published = date, .language = "en", .place = number + 1,
                         .markup_kind = "text" };
  AnnalsStored stored;

  making->words (number, &title, &plain);
  text = annals_text_new_from_plain (plain, -1);
  markup = g_bytes_new (plain, strlen (plain));
  post.title = title;
  post.text = text;
  post.markup = markup;

  return annals_db_store_post (db, making->import_id, &post, &stored, NULL, error);
}

static gboolean
store_batch (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Making *making = data;

  if (making->first == 0 &&
      !annals_db_begin_import (db, "", "bench.txt", "text-month", "", NULL, &making->import_id, error))
    return FALSE;

  for (guint i = making->first; i < making->first + BENCH_BATCH; i++)
    if (!store_post (db, making, i, error))
      return FALSE;

  return making->first + BENCH_BATCH < making->n_posts ||
         annals_db_finish_import (db, making->import_id, "", 0, making->n_posts, making->n_posts, 0, 0, 0, 1, error);
}

AnnalsNotebook *
bench_make_posts (const char *path,
                  guint       n_posts,
                  BenchWords  words)
{
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = annals_notebook_create (path, NULL, &error);
  Making making = { words, 0, n_posts, 0 };

  bench_check (notebook != NULL, error);
  for (; making.first < n_posts; making.first += BENCH_BATCH)
    bench_check (annals_notebook_bulk (notebook, store_batch, &making, NULL, &error), error);

  return notebook;
}
