/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "anchor-changes.h"

/* Real texts, changed as posts are changed: how many notes stay on their passage, how many go to a
 * wrong one, how many of those whose passage is gone are reported. */

#define CASES_OF_A_KIND 250
/* Code points that the edges may be off. */
#define NEAR 3

typedef struct
{
  guint  n;
  guint  recovered;
  guint  wrong;
  guint  review;
  gint64 spent;
} Counts;

static guint
distance (guint a,
          guint b)
{
  return a > b ? a - b : b - a;
}

static void
run_case (const AnchorCase *test,
          const char       *name,
          Counts           *counts)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr(AnnalsAnchor) anchor = annals_anchor_new (test->after, test->before);
  AnnalsAnchorMatch match = annals_anchor_find (anchor, test->selector);

  counts->spent += g_get_monotonic_time () - began;
  counts->n++;
  if (match.state == ANNALS_ANCHOR_REVIEW)
    counts->review++;
  else if (test->start != G_MAXUINT && distance (match.start, test->start) <= NEAR
           && distance (match.end, test->end) <= NEAR)
    counts->recovered++;
  else
    {
      g_autofree char *found = annals_text_dup_slice (test->after, match.start, match.end);

      counts->wrong++;
      g_test_message ("%s: “%s” at %u–%u, not %d–%d, %.2f: “%s”", name, test->selector->exact, match.start,
                      match.end, (int) test->start, (int) test->end, match.score, found);
    }
}

static Counts
run_kind (GPtrArray    *texts,
          AnchorChange  change,
          guint         min_length)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20200300 + change);
  const char *name = anchor_change_to_string (change);
  Counts counts = { 0, };
  guint tries = 0;

  while (counts.n < CASES_OF_A_KIND && tries++ < 4 * CASES_OF_A_KIND)
    {
      g_autoptr(AnchorCase) test = anchor_case_new (texts, g_rand_int_range (rand, 0, texts->len), change,
                                                    min_length, rand);

      if (test != NULL)
        run_case (test, name, &counts);
    }

  g_test_message ("%-26s %4u cases  %5.1f %% recovered  %4.1f %% wrong  %5.1f %% for review  %6.1f µs", name,
                  counts.n, 100.0 * counts.recovered / counts.n, 100.0 * counts.wrong / counts.n,
                  100.0 * counts.review / counts.n, (double) counts.spent / counts.n);
  return counts;
}

static void
test_real (void)
{
  g_autoptr(GPtrArray) texts = anchor_texts_load (600, 40000);
  Counts kept = { 0, };
  Counts gone = { 0, };

  g_assert_cmpuint (texts->len, >, 0);
  g_test_message ("%u texts", texts->len);

  for (guint i = 0; i < ANCHOR_N_CHANGES; i++)
    {
      Counts counts = run_kind (texts, i, 30);
      Counts *sum = anchor_change_deletes (i) ? &gone : &kept;

      sum->n += counts.n;
      sum->recovered += counts.recovered;
      sum->wrong += counts.wrong;
      sum->review += counts.review;
    }

  g_test_message ("of %u passages that survive %.2f %% recovered, %.2f %% wrongly placed; "
                  "of %u that do not %.2f %% reported; in all %.2f %% wrongly placed",
                  kept.n, 100.0 * kept.recovered / kept.n, 100.0 * kept.wrong / kept.n,
                  gone.n, 100.0 * gone.review / gone.n,
                  100.0 * (kept.wrong + gone.wrong) / (kept.n + gone.n));
  g_assert_cmpuint (kept.n + gone.n, >=, 2000);
  g_assert_cmpuint (100 * kept.recovered, >=, 99 * kept.n);
  g_assert_cmpuint (1000 * (kept.wrong + gone.wrong), <=, 5 * (kept.n + gone.n));
  g_assert_cmpuint (100 * gone.review, >=, 99 * gone.n);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anchor/real", test_real);

  return g_test_run ();
}
