/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast a large notebook answers.
 *
 *   bench-search make NOTEBOOK N    a notebook of N posts of 350 words, a fifth of them Korean or Chinese, the
 *                                   same every time, indexed
 *   bench-search run NOTEBOOK [NAME]   a line for each question, or for those whose name begins so: its name, the
 *                                   milliseconds of the first time and of the fastest, how much was found
 *
 * The words are made up and follow Zipf's law; words that the questions ask for are put among them as often as
 * their name says. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annals-imports.h"
#include "annals-notebook.h"
#include "annals-search-facets.h"
#include "annals-search.h"
#include "annals-similar.h"
#include "annals-tags.h"

#define N_WORDS 60000
#define WORDS_PER_POST 350
#define BATCH 1000
#define N_SOURCES 12
#define FIRST_DAY 1199145600         /* 2008-01-01 */
#define SPAN (15 * 365 * 86400LL)
#define PAGE 50
#define ROUNDS 9

static char *words[3][N_WORDS];   /* Latin, Korean, Chinese */
static double cumulative[N_WORDS];
static GRand *source;
static const char *asked_for = "";   /* questions whose name begins so */

/* --- making --- */

static void
make_words (void)
{
  static const char * const syllables[] = { "ba", "ren", "to", "mi", "sol", "ka", "du", "vel", "or", "in",
                                            "sha", "pe", "lun", "gri", "fa", "tes", "no", "war", "qui", "ze" };
  double sum = 0;

  for (guint i = 0; i < N_WORDS; i++)
    {
      GString *latin = g_string_new (NULL);
      GString *korean = g_string_new (NULL);
      GString *chinese = g_string_new (NULL);
      guint rest = i;

      do
        {
          g_string_append (latin, syllables[rest % 20]);
          g_string_append_unichar (korean, 0xAC00 + (rest * 7919 + i) % 2350 * 4);
          g_string_append_unichar (chinese, 0x4E00 + (rest * 6101 + i) % 3000);
          rest /= 20;
        }
      while (rest > 0 || korean->len < 6);

      words[0][i] = g_string_free (latin, FALSE);
      words[1][i] = g_string_free (korean, FALSE);
      words[2][i] = g_string_free (chinese, FALSE);
      sum += 1.0 / (i + 3);
      cumulative[i] = sum;
    }

  for (guint i = 0; i < N_WORDS; i++)
    cumulative[i] /= sum;
}

static guint
next_word (void)
{
  double at = g_rand_double (source);
  guint low = 0, high = N_WORDS - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cumulative[middle] < at)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static gboolean
chance (double share)
{
  return g_rand_double (source) < share;
}

/* One of a few thousand, and one of a few: both as often in every size. */
static void
add_asked (GString *text,
           guint    language)
{
  if (chance (0.00028))
    g_string_append (text, " rareword");
  if (chance (0.3))
    g_string_append (text, " commonfirst");
  if (chance (0.3))
    g_string_append (text, " commonsecond");
  if (chance (0.05))
    g_string_append (text, " commonfirst commonsecond");
  if (chance (0.02))
    g_string_append_printf (text, " beginning%c", 'a' + g_rand_int_range (source, 0, 20));
  if (language == 1 && chance (0.16))
    g_string_append (text, " 북한의");
  if (language == 2 && chance (0.16))
    g_string_append (text, " 对制裁措施");
}

static char *
make_text (guint language)
{
  GString *text = g_string_new (NULL);
  guint asked = (guint) g_rand_int_range (source, 0, WORDS_PER_POST);

  for (guint i = 0; i < WORDS_PER_POST; i++)
    {
      if (i > 0)
        g_string_append (text, i % 70 == 0 ? ".\n" : language == 2 && i % 9 != 0 ? "" : " ");
      g_string_append (text, words[language][next_word ()]);
      if (i == asked)
        add_asked (text, language);
    }

  return g_string_free (text, FALSE);
}

typedef struct
{
  guint  first;
  guint  n;
  guint  total;
  gint64 import_id;
} Batch;

static gboolean
store_post (AnnalsDb  *db,
            Batch     *batch,
            guint      i,
            GError   **error)
{
  static const char * const languages[] = { "en", "ko", "zh" };
  guint language = i % 5 == 0 ? 1 + i / 5 % 2 : 0;
  g_autofree char *identity = g_strdup_printf ("https://example.org/%u", i);
  g_autofree char *name = g_strdup_printf ("Source %u", (i * 7) % N_SOURCES);
  g_autofree char *string = make_text (language);
  g_autofree char *title = g_strdup_printf ("%s %s %s%s", words[language][next_word ()],
                                            words[language][next_word ()], words[language][next_word ()],
                                            chance (0.02) ? " commonfirst" : "");
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (string, -1);
  g_autoptr(AnnalsDate) date = annals_date_new_from_unix (FIRST_DAY + (gint64) i * SPAN / batch->total);
  g_autoptr(GBytes) markup = g_bytes_new_static ("", 0);
  AnnalsStored stored;
  gint64 id;
  AnnalsNewPost post = {
    .identity = identity, .url = identity, .title = title, .source = name, .published = date,
    .author = words[0][i % 2000], .language = languages[language], .place = i + 1, .text = text,
    .markup = markup, .markup_kind = "text",
  };

  return annals_db_store_post (db, batch->import_id, &post, &stored, &id, error);
}

static gboolean
store_batch (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Batch *batch = data;

  if (batch->first == 0 &&
      !annals_db_begin_import (db, "", "bench.txt", "text-month", "", NULL, &batch->import_id, error))
    return FALSE;

  for (guint i = batch->first; i < batch->first + batch->n; i++)
    if (!store_post (db, batch, i, error))
      return FALSE;

  return batch->first + batch->n < batch->total ||
         annals_db_finish_import (db, batch->import_id, "", 0, batch->total, batch->total, 0, 0, 0, 1, error);
}

/* A tag on one post of 27. */
static gboolean
tag_posts (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 tag;

  for (gint64 id = 1; id <= *(guint *) data; id += 27)
    g_array_append_val (ids, id);

  return annals_db_ensure_tag (db, "tagged", &tag, error) &&
         annals_db_tag_posts (db, tag, &g_array_index (ids, gint64, 0), ids->len, error);
}

static void
make (const char *path,
      guint       n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_create (path, NULL, &error);
  Batch batch = { 0, BATCH, n, 0 };

  source = g_rand_new_with_seed (20200309);
  make_words ();

  for (; notebook != NULL && error == NULL && batch.first < n; batch.first += batch.n)
    {
      batch.n = MIN (BATCH, n - batch.first);
      annals_notebook_bulk (notebook, store_batch, &batch, NULL, &error);
    }

  if (error == NULL)
    annals_notebook_change (notebook, NULL, tag_posts, &n, NULL, &error);
  if (error == NULL)
    annals_notebook_finish_index (notebook, NULL, &error);
  if (error != NULL)
    g_error ("%s", error->message);

  annals_notebook_close (notebook, NULL);
}

/* --- asking --- */

/* On a machine that is busy otherwise ANNALS_BENCH_CPU asks for the processor's time of the thread. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (g_getenv ("ANNALS_BENCH_CPU") != NULL ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);

  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1000000;
}

typedef struct
{
  const char  *query;
  AnnalsOrder  order;
  double       milliseconds;
  guint        n;
  GArray      *ids;
} Question;

/* What the window does: all ids, and the first rows with their snippets. */
static gboolean
first_page (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Question *question = data;
  double start = now ();
  g_autoptr(AnnalsQuery) query = annals_query_parse (question->query, error);
  g_autoptr(GPtrArray) rows = NULL;
  GArray *ids;

  if (query == NULL ||
      !(ids = annals_search_posts (db, query, ANNALS_SCOPE_ALL, 0, question->order, error)) ||
      !(rows = annals_db_load_posts (db, (const gint64 *) (gpointer) ids->data, MIN (ids->len, PAGE), error)))
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    if (annals_query_get_marks (query) != NULL)
      g_free (annals_db_dup_snippet (db, ((AnnalsPost *) rows->pdata[i])->id, annals_query_get_marks (query), 24,
                                     NULL));

  question->milliseconds = now () - start;
  question->n = ids->len;
  g_clear_pointer (&question->ids, g_array_unref);
  question->ids = ids;

  return TRUE;
}

/* What the window does behind the opening. */
static gboolean
prepare (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Question *question = data;
  double start = now ();
  gboolean ok = annals_search_prepare (db, error);

  question->milliseconds = now () - start;

  return ok;
}

static gboolean
count (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Question *question = data;
  double start = now ();
  g_autoptr(AnnalsQuery) query = annals_query_parse (question->query, error);
  gboolean ok = query != NULL && annals_search_count (db, query, 0, &question->n, NULL, error);

  question->milliseconds = now () - start;

  return ok;
}

static gboolean
facets (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Question *question = data;
  double start = now ();
  g_autoptr(AnnalsFacets) found = annals_search_facets (db, question->ids, error);

  question->milliseconds = now () - start;
  question->n = found != NULL ? found->months->len : 0;

  return found != NULL;
}

static gboolean
similar (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Question *question = data;
  double start = now ();
  g_autoptr(GPtrArray) found = annals_db_list_similar (db, 1 + (question->n * 7919) % 9000, 10, error);

  question->milliseconds = now () - start;
  question->n++;

  return found != NULL;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return (one > two) - (one < two);
}

/* Cold is the first time, warm the fastest of the others: whatever else the machine does only adds to it. */
static void
ask (AnnalsNotebook *notebook,
     const char     *name,
     AnnalsDbFunc    func,
     Question       *question)
{
  double times[ROUNDS];

  if (!g_str_has_prefix (name, asked_for))
    return;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr(GError) error = NULL;

      annals_notebook_read (notebook, func, question, NULL, &error);
      g_assert_no_error (error);
      times[i] = question->milliseconds;
    }

  qsort (times + 1, ROUNDS - 1, sizeof *times, compare);
  printf ("%s %.2f %.2f %u\n", name, times[0], times[1], question->n);
}

static double
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmHWM:") : NULL;

  return line != NULL ? g_ascii_strtod (line + 6, NULL) / 1024 : 0;
}

static const struct
{
  const char *name;
  const char *query;
} shapes[] = {
  { "rare", "rareword" },
  { "common", "commonfirst" },
  { "and", "commonfirst commonsecond" },
  { "phrase", "\"commonfirst commonsecond\"" },
  { "prefix", "beginnin*" },
  { "or", "rareword OR beginninga" },
  { "source", "commonfirst source:\"Source 3\"" },
  { "tag", "commonfirst tag:tagged" },
  { "date", "commonfirst date:2009" },
  { "address", "url:example.org/99" },
  { "cjk", "북한" },
  { "cjk-one", "裁" },
  { "all", "" },
};

static void
run (const char *path)
{
  g_autoptr(GError) error = NULL;
  double start = now ();
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_open (path, &error);
  Question question = { "", ANNALS_ORDER_NEWEST, 0, 0, NULL };

  g_assert_no_error (error);
  printf ("open %.2f %.2f 0\n", now () - start, now () - start);

  ask (notebook, "load", count, &question);
  ask (notebook, "prepare", prepare, &question);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *by_date = g_strconcat (shapes[i].name, "/date", NULL);
      g_autofree char *by_rank = g_strconcat (shapes[i].name, "/rank", NULL);
      g_autofree char *counted = g_strconcat (shapes[i].name, "/count", NULL);

      question.query = shapes[i].query;
      question.order = ANNALS_ORDER_NEWEST;
      ask (notebook, by_date, first_page, &question);
      question.order = ANNALS_ORDER_RELEVANCE;
      ask (notebook, by_rank, first_page, &question);
      ask (notebook, counted, count, &question);
    }

  ask (notebook, "facets/all", facets, &question);
  question.n = 0;
  ask (notebook, "similar", similar, &question);
  g_clear_pointer (&question.ids, g_array_unref);
  printf ("memory %.0f %.0f 0\n", get_memory (), get_memory ());

  annals_notebook_close (notebook, NULL);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "make"))
    make (argv[2], (guint) atoi (argv[3]));
  else if ((argc == 3 || argc == 4) && g_str_equal (argv[1], "run"))
    {
      asked_for = argc == 4 ? argv[3] : "";
      run (argv[2]);
    }
  else
    return 2;

  return 0;
}
