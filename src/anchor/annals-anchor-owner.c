/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-anchor-private.h"

#include <string.h>

/* Candidates that are looked at; others are worse anyway. */
#define MAX_LOOKED_AT 8
/* And for which the text before is searched approximately. */
#define MAX_COMPARED 3
/* Places of the text before that one candidate is compared with. */
#define MAX_PLACES 64
/* A candidate that was like another place by this much more was that place. */
#define CLEARLY 0.02
/* Characters around that tell places apart whose nearer context is the same. */
#define WIDE 400
#define WIDE_MARGIN 0.15
/* Two texts of one language are like each other by 0.3 already. */
#define WIDE_ENOUGH 0.5
/* Steps of the bit vectors that one question may take. */
#define MAX_STEPS (10 * 1000 * 1000)

static double
likeness (const guint32 *a,
          guint          n_a,
          const guint32 *b,
          guint          n_b,
          gboolean       backwards)
{
  g_autoptr(AnnalsPattern) pattern = NULL;
  guint n = MIN (n_a, n_b + n_b / 3 + 1);
  guint length;

  if (n_a == 0 || n_b == 0)
    return n_a == n_b;

  /* What one of them lacks at the end of its text says nothing. */
  pattern = backwards ? annals_pattern_new (a + n_a - n, n, TRUE) : annals_pattern_new (a, n, FALSE);

  return 1.0 - (double) annals_pattern_align (pattern, b, n_b, &length) / n;
}

/* How like the surroundings of a place in one text and one in another are, @reach on each side. */
static double
surroundings (const AnnalsFolded *one,
              guint               start,
              guint               end,
              const AnnalsFolded *other,
              guint               other_start,
              guint               other_end,
              guint               reach)
{
  guint a = MIN (start, reach);
  guint b = MIN (other_start, reach + reach / 3);
  guint c = MIN (one->n - end, reach);
  guint d = MIN (other->n - other_end, reach + reach / 3);

  return (likeness (one->chars + start - a, a, other->chars + other_start - b, b, TRUE)
          + likeness (one->chars + end, c, other->chars + other_end, d, FALSE)) / 2;
}

static double
weigh (double quote,
       double context)
{
  return (WEIGHT_QUOTE * quote + 2 * WEIGHT_CONTEXT * context) / (WEIGHT_QUOTE + 2 * WEIGHT_CONTEXT);
}

typedef struct
{
  double near;    /* with the context of a selector */
  double wide;
} Fit;

static Fit
fit_of (const Search    *self,
        const Candidate *candidate,
        double           quote,
        guint            start,
        guint            end)
{
  Fit fit;

  fit.near = weigh (quote, surroundings (self->text, candidate->start, candidate->end, self->before,
                                         start, end, ANNALS_ANCHOR_CONTEXT));
  fit.wide = weigh (quote, surroundings (self->text, candidate->start, candidate->end, self->before,
                                         start, end, WIDE));
  return fit;
}

static void
take_better (Fit *best,
             Fit  fit)
{
  best->near = MAX (best->near, fit.near);
  best->wide = MAX (best->wide, fit.wide);
}

/* The best of the places of the text before, but for the passage's own, that could be @candidate. */
static Fit
best_other (const Search    *self,
            const Candidate *candidate)
{
  guint n = candidate->end - candidate->start;
  g_autoptr(GArray) places = annals_folded_find_all (self->before, self->text->chars + candidate->start, n);
  Fit best = { 0, 0 };
  guint looked_at = 0;

  for (guint i = 0; i < places->len && looked_at < MAX_PLACES; i++)
    {
      guint at = g_array_index (places, guint, i);

      if (at < self->old_end && self->old_start < at + n)
        continue;
      take_better (&best, fit_of (self, candidate, 1, at, at + n));
      looked_at++;
    }

  return best;
}

/* The same of places that are only like it. */
static Fit
best_like (const Search    *self,
           const Candidate *candidate)
{
  const AnnalsFolded *before = self->before;
  const guint32 *chars = self->text->chars + candidate->start;
  guint n = candidate->end - candidate->start;
  g_autoptr(AnnalsPattern) forwards = NULL;
  g_autoptr(AnnalsPattern) backwards = NULL;
  g_autoptr(GArray) hits = NULL;
  guint limit = MIN ((guint) ((1 - candidate->quote) * n), n / 3);
  Fit best = { 0, 0 };

  if (limit == 0 || (guint64) (n / 64 + 1) * before->n > MAX_STEPS)
    return best;

  forwards = annals_pattern_new (chars, n, FALSE);
  backwards = annals_pattern_new (chars, n, TRUE);
  hits = annals_pattern_search (forwards, before->chars, before->n, limit);
  for (guint i = 0; i < MIN (hits->len, MAX_PLACES); i++)
    {
      guint end = g_array_index (hits, AnnalsHit, i).end;
      guint window = MIN (end, n + limit);
      guint length;
      guint errors = annals_pattern_align (backwards, before->chars + end - window, window, &length);

      if (end - length >= self->old_end || self->old_start >= end)
        take_better (&best, fit_of (self, candidate, 1 - (double) errors / n, end - length, end));
    }

  return best;
}

void
search_find_owners (Search *self)
{
  for (guint i = 0; self->before != NULL && i < MIN (self->candidates->len, MAX_LOOKED_AT); i++)
    {
      Candidate *candidate = &g_array_index (self->candidates, Candidate, i);
      Fit own = fit_of (self, candidate, candidate->quote, self->old_start, self->old_end);
      Fit other = best_other (self, candidate);

      if (candidate->quote < 1 && i < MAX_COMPARED && other.near <= own.near + CLEARLY)
        take_better (&other, best_like (self, candidate));

      candidate->foreign = other.near > own.near + CLEARLY
                           || (other.near > own.near - CLEARLY && other.wide > own.wide + CLEARLY);
      candidate->doubtful = !candidate->foreign && other.near > own.near - CLEARLY
                            && other.wide > own.wide - CLEARLY;
    }

  search_sort (self);
}

/* Characters around that are the same as around the passage in the text before, without a gap. */
static guint
common_run (const Search    *self,
            const Candidate *candidate)
{
  const AnnalsFolded *text = self->text;
  const AnnalsFolded *before = self->before;
  guint limit = MIN (MIN (candidate->start, self->old_start), WIDE);
  guint left = 0;
  guint right = 0;

  while (left < limit
         && text->chars[candidate->start - left - 1] == before->chars[self->old_start - left - 1])
    left++;

  limit = MIN (MIN (text->n - candidate->end, before->n - self->old_end), WIDE);
  while (right < limit && text->chars[candidate->end + right] == before->chars[self->old_end + right])
    right++;

  return left + right;
}

/* By much; or by little, where the better one is all but the same or the same for longer. */
static gboolean
is_clear (double best,
          double second,
          guint  best_run,
          guint  second_run)
{
  double ahead = best - second;

  return ahead >= WIDE_MARGIN || (ahead >= 0.04 && 1 - second >= 3 * (1 - best))
         || (ahead >= 0.02 && best_run >= second_run + SIGNATURE);
}

static gboolean
by_wide_context (Search *self,
                 guint   n_equal)
{
  double best = 0;
  double second = 0;
  guint winner = 0;
  guint best_run;
  guint second_run = 0;
  Candidate *candidates = &g_array_index (self->candidates, Candidate, 0);
  Candidate swap;

  for (guint i = 0; i < n_equal; i++)
    {
      double wide = surroundings (self->text, candidates[i].start, candidates[i].end, self->before,
                                  self->old_start, self->old_end, WIDE);

      second = MAX (second, MIN (best, wide));
      if (wide > best)
        {
          best = wide;
          winner = i;
        }
    }

  best_run = common_run (self, &candidates[winner]);
  for (guint i = 0; i < n_equal; i++)
    if (i != winner)
      second_run = MAX (second_run, common_run (self, &candidates[i]));

  if (best < WIDE_ENOUGH || !is_clear (best, second, best_run, second_run))
    return FALSE;

  swap = candidates[0];
  candidates[0] = candidates[winner];
  candidates[winner] = swap;

  return TRUE;
}

/* As many in both texts: the third is the third. */
static gboolean
by_number (Search *self)
{
  g_autoptr(GArray) now = annals_folded_find_all (self->text, self->quote.chars, self->quote.n);
  g_autoptr(GArray) then = annals_folded_find_all (self->before, self->quote.chars, self->quote.n);
  guint number = 0;

  if (now->len != then->len)
    return FALSE;

  while (number < then->len && g_array_index (then, guint, number) != self->old_start)
    number++;
  if (number == then->len)
    return FALSE;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *first = &g_array_index (self->candidates, Candidate, 0);
      Candidate *candidate = &g_array_index (self->candidates, Candidate, i);
      Candidate swap = *candidate;

      if (candidate->start != g_array_index (now, guint, number))
        continue;
      if (search_has_context (self) && search_best_side (self, candidate) < GOOD_CONTEXT)
        return FALSE;

      *candidate = *first;
      *first = swap;
      return TRUE;
    }

  return FALSE;
}

gboolean
search_break_tie (Search *self,
                  guint   n_equal)
{
  return self->before != NULL
         && ((n_equal > 1 && by_wide_context (self, MIN (n_equal, MAX_PLACES))) || by_number (self));
}
