/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memmem() */
#define _GNU_SOURCE

#include "anchor-changes.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* How fast notes are found again. Notes of one text share what is made of it, as after an import: 20 of
 * them. Beside each figure stands how many times looking once through the text for the mere words takes it. */

#define EXACT_PER_SECOND 10000.0
#define APPROXIMATE_MICROSECONDS 1000.0
#define WORDS 5000
#define NOTES_OF_A_TEXT 20

typedef struct
{
  guint  n;
  gint64 spent;
  gint64 floor;
} Time;

/* What this thread took of the processor, in nanoseconds: others may be at work beside it. */
static gint64
now (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * 1000000000 + spent.tv_nsec;
}

/* Of five thousand words, from real posts one after the other. */
static AnnalsText *
join_texts (GPtrArray *texts,
            guint     *next)
{
  g_autoptr(GString) joined = g_string_new (NULL);
  guint n_words = 0;

  while (n_words < WORDS)
    {
      g_auto(GStrv) paragraphs = g_strsplit (annals_text_get_string (texts->pdata[*next % texts->len]), "\n", -1);

      for (guint i = 0; paragraphs[i] != NULL && n_words < WORDS; i++)
        {
          g_auto(GStrv) words = g_strsplit (paragraphs[i], " ", -1);

          n_words += g_strv_length (words);
          g_string_append_printf (joined, "%s\n\n", paragraphs[i]);
        }
      ++*next;
    }

  return annals_text_new_from_plain (joined->str, -1);
}

static gint64
look_through (AnnalsText *text)
{
  gint64 began = now ();

  g_assert_null (memmem (annals_text_get_string (text), annals_text_get_n_bytes (text),
                         "no post has these words, \x02", 25));
  return now () - began;
}

static void
run (GPtrArray    *texts,
     AnchorChange  change,
     Time         *time)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < texts->len; i++)
    {
      g_autoptr(AnchorCase) test = anchor_case_new (texts, i, change, 30, rand);
      g_autoptr(AnnalsAnchor) anchor = NULL;
      guint length;

      if (test == NULL)
        continue;

      anchor = annals_anchor_new (test->after, test->before);
      length = annals_text_get_length (test->before);
      for (guint k = 0; k < NOTES_OF_A_TEXT; k++)
        {
          guint start = g_rand_int_range (rand, 0, length - 300);
          g_autoptr(AnnalsSelector) selector =
            annals_selector_new (test->before, start, start + g_rand_int_range (rand, 30, 300));
          gint64 began = now ();

          annals_anchor_find (anchor, selector);
          time->spent += now () - began;
          time->floor += look_through (test->after);
          time->n++;
        }
    }
}

static gboolean
tell_exact (const char *name,
            const Time *time)
{
  double rate = time->n * 1e9 / MAX (time->spent, 1);

  printf ("%-14s %9.0f annotations/s, goal %.0f  (%.2f times the floor)%s\n", name, rate, EXACT_PER_SECOND,
          (double) time->spent / MAX (time->floor, 1), rate < EXACT_PER_SECOND ? "  MISSED" : "");
  return rate >= EXACT_PER_SECOND;
}

static gboolean
tell_approximate (const char *name,
                  const Time *time)
{
  double each = (double) time->spent / time->n / 1000;

  printf ("%-14s %9.1f µs each, goal %.0f  (%.1f times the floor)%s\n", name, each, APPROXIMATE_MICROSECONDS,
          (double) time->spent / MAX (time->floor, 1), each > APPROXIMATE_MICROSECONDS ? "  MISSED" : "");
  return each <= APPROXIMATE_MICROSECONDS;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GPtrArray) short_texts = NULL;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_text_unref);
  Time in_place = { 0, };
  Time shifted = { 0, };
  Time changed = { 0, };
  Time gone = { 0, };
  guint next = 0;
  gboolean good;

  g_test_init (&argc, &argv, NULL);
  short_texts = anchor_texts_load (600, 40000);
  for (guint i = 0; i < 12; i++)
    g_ptr_array_add (texts, join_texts (short_texts, &next));

  run (texts, ANCHOR_CHANGE_NONE, &in_place);
  run (texts, ANCHOR_CHANGE_TEASER, &shifted);
  run (texts, ANCHOR_CHANGE_TYPOS, &changed);
  run (texts, ANCHOR_CHANGE_REPLACED, &gone);

  good = tell_exact ("in place", &in_place);
  good = tell_exact ("shifted", &shifted) && good;
  good = tell_approximate ("approximate", &changed) && good;
  good = tell_approximate ("deleted", &gone) && good;

  return good ? 0 : 1;
}
