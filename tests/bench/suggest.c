/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions for a timeline in a notebook of 100,000 posts, by a rule that some and one that three of four posts fit:
 * with the rule alone, and with 20 and 200 decisions. Times are the processor's own. The floor is a search for the rule
 * by relevance, which the rule's own order takes anyway. Goal: 200 ms. And how soon one ends that is cancelled. */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

#include "annals-notebook.h"
#include "annals-search.h"
#include "annals-suggest.h"
#include "measure.h"

#define N_POSTS 100000
#define N_RUNS 5
#define GOAL 200.0
/* Words in a post, and in all of them. */
#define N_WORDS 120
#define VOCABULARY 30000

static const char * const rules[] = { "w150 OR w400 OR w1000", "w14 OR w25 OR w400" };

static const char *rule;
static gint64 timeline;

/* Words as often as in a language: the k-th about 1/k of the first. */
static char *
make_words (GRand *rand,
            guint  n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%sw%u", i > 0 ? " " : "",
                            (guint) exp (g_rand_double (rand) * log (VOCABULARY)));

  return g_string_free (text, FALSE);
}

static void
make_post (guint   number,
           char  **title,
           char  **text)
{
  static GRand *rand = NULL;

  if (rand == NULL)
    rand = g_rand_new ();
  if (number % BENCH_BATCH == 0)
    g_rand_set_seed (rand, number);

  *title = make_words (rand, 6);
  *text = make_words (rand, N_WORDS);
}

static gboolean
make_timeline (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return annals_db_add_timeline (db, "Bench", "", NULL, rule, &timeline, error);
}

/* Up to so many decisions: of the best, one is added, one rejected, and so on. */
static gboolean
decide (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(AnnalsSuggestions) found = annals_db_suggest (db, timeline, *(guint *) data, FALSE, error);

  for (guint i = 0; found != NULL && i < found->posts->len; i++)
    if (!annals_db_decide (db, timeline, ((AnnalsSuggestion *) found->posts->pdata[i])->post_id,
                           i % 2 == 0 ? ANNALS_DECISION_ADDED : ANNALS_DECISION_REJECTED, NULL, error))
      return FALSE;

  return found != NULL;
}

typedef struct
{
  double took;
  guint  n;
} Question;

static gboolean
suggest (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Question *question = data;
  double begun = bench_spent ();
  g_autoptr(AnnalsSuggestions) found = annals_db_suggest (db, timeline, 50, FALSE, error);

  question->took = bench_spent () - begun;
  question->n = found != NULL ? found->n_all : 0;

  return found != NULL;
}

static gboolean
search (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Question *question = data;
  double begun = bench_spent ();
  g_autoptr(AnnalsQuery) query = annals_query_parse (rule, error);
  g_autoptr(GArray) found = annals_search_posts (db, query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_RELEVANCE, error);

  question->took = bench_spent () - begun;
  question->n = found != NULL ? found->len : 0;

  return found != NULL;
}

/* The first one counts words and loads columns; the best of the others is the rest. */
static double
time_question (AnnalsNotebook *notebook,
               AnnalsDbFunc    func,
               double         *first,
               guint          *n)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i <= N_RUNS; i++)
    {
      g_autoptr(GError) error = NULL;
      Question question = { 0, 0 };

      bench_check (annals_notebook_read (notebook, func, &question, NULL, &error), error);
      if (i == 0)
        *first = question.took;
      else
        best = MIN (best, question.took);
      *n = question.n;
    }

  return best;
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  annals_notebook_read_finish (ANNALS_NOTEBOOK (source), result, NULL);
  *(gboolean *) data = TRUE;
}

/* Milliseconds from cancelling one in its midst to its end. */
static double
time_cancel (AnnalsNotebook *notebook,
             double          took)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Question question = { 0, 0 };
  gboolean ended = FALSE;
  double begun = bench_now ();

  annals_notebook_read_async (notebook, suggest, &question, NULL, cancellable, ended_cb, &ended);
  while (bench_now () - begun < took / 3)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  begun = bench_now ();
  while (!ended)
    g_main_context_iteration (NULL, TRUE);

  return bench_now () - begun;
}

/* A timeline with the rule; returns the longest time. */
static double
time_rule (AnnalsNotebook *notebook)
{
  static guint rounds[] = { 0, 20, 180 };
  g_autoptr(GError) error = NULL;
  double floor, first = 0, worst = 0;
  guint n, n_decisions = 0;

  bench_check (annals_notebook_change (notebook, "Make", make_timeline, NULL, NULL, &error), error);
  floor = time_question (notebook, search, &first, &n);
  printf ("%s: search by relevance %.1f ms, %u posts\n", rule, floor, n);
  printf ("%9s %9s %9s %9s %12s\n", "decisions", "first ms", "ms", "of search", "suggestions");
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      double took;

      n_decisions += rounds[i];
      if (rounds[i] > 0)
        bench_check (annals_notebook_change (notebook, "Decide", decide, &rounds[i], NULL, &error), error);
      took = time_question (notebook, suggest, &first, &n);
      worst = MAX (worst, MAX (took, first));
      printf ("%9u %9.1f %9.1f %9.2f %12u\n", n_decisions, first, took, took / floor, n);
    }

  return worst;
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("annals-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "suggest.annals", NULL);
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = bench_make_posts (path, N_POSTS, make_post);
  double worst = 0;

  bench_check (annals_notebook_finish_index (notebook, NULL, &error), error);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      double took;

      rule = rules[i];
      took = time_rule (notebook);
      worst = MAX (worst, took);
    }
  printf ("longest %.1f ms, %.2f of the goal; cancelled in its midst it ends after %.1f ms\n", worst, worst / GOAL,
          time_cancel (notebook, worst));

  annals_notebook_close (notebook, NULL);
  g_object_unref (notebook);
  g_unlink (path);
  g_rmdir (folder);

  return worst > GOAL;
}
