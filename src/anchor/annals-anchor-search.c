/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-anchor-private.h"
#include "annals-limits.h"

#include <string.h>

#define WEIGHT_POSITION 2.0
/* Of approximate places. */
#define MAX_HITS 16
#define LONG_END 512

void
search_clear (Search *self)
{
  annals_folded_clear (&self->quote);
  annals_folded_clear (&self->prefix);
  annals_folded_clear (&self->suffix);
  g_clear_pointer (&self->prefix_pattern, annals_pattern_free);
  g_clear_pointer (&self->suffix_pattern, annals_pattern_free);
  g_clear_pointer (&self->candidates, g_array_unref);
}

void
search_init (Search               *self,
             const AnnalsSelector *selector)
{
  AnnalsFolded *prefix = &self->prefix;

  annals_folded_init_quote (&self->quote, selector->exact);
  annals_folded_init_quote (prefix, selector->prefix != NULL ? selector->prefix : "");
  annals_folded_init_quote (&self->suffix, selector->suffix != NULL ? selector->suffix : "");

  /* Another program may keep more context; the nearest is the part that counts. */
  if (prefix->n > MAX_CONTEXT)
    {
      memmove (prefix->chars, prefix->chars + prefix->n - MAX_CONTEXT,
               MAX_CONTEXT * sizeof *prefix->chars);
      prefix->n = MAX_CONTEXT;
    }
  self->suffix.n = MIN (self->suffix.n, MAX_CONTEXT);

  if (prefix->n > 0)
    self->prefix_pattern = annals_pattern_new (prefix->chars, prefix->n, TRUE);
  if (self->suffix.n > 0)
    self->suffix_pattern = annals_pattern_new (self->suffix.chars, self->suffix.n, FALSE);
  self->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
}

/* How well the text before @start is the prefix: 0 to 1. */
double
search_prefix_likeness (Search             *self,
                        const AnnalsFolded *text,
                        guint               start)
{
  guint n = self->prefix.n;
  guint window;
  guint length;

  if (n == 0)
    return 1;

  while (start > 0 && text->chars[start - 1] == ' ')
    start--;
  if (start >= n && memcmp (text->chars + start - n, self->prefix.chars,
                            n * sizeof *text->chars) == 0)
    return 1;
  window = MIN (start, n + n / 3);

  return 1.0 - (double) annals_pattern_align (self->prefix_pattern,
                                              text->chars + start - window, window, &length) / n;
}

double
search_suffix_likeness (Search             *self,
                        const AnnalsFolded *text,
                        guint               end)
{
  guint n = self->suffix.n;
  guint window;
  guint length;

  if (n == 0)
    return 1;

  while (end < text->n && text->chars[end] == ' ')
    end++;
  if (end + n <= text->n && memcmp (text->chars + end, self->suffix.chars,
                                    n * sizeof *text->chars) == 0)
    return 1;
  window = MIN (text->n - end, n + n / 3);

  return 1.0 - (double) annals_pattern_align (self->suffix_pattern,
                                              text->chars + end, window, &length) / n;
}

gboolean
search_has_context (const Search *self)
{
  return self->prefix.n > 0 || self->suffix.n > 0;
}

double
search_context_likeness (const Search    *self,
                         const Candidate *candidate)
{
  if (self->prefix.n == 0)
    return self->suffix.n == 0 ? 0 : candidate->suffix;
  if (self->suffix.n == 0)
    return candidate->prefix;

  return (candidate->prefix + candidate->suffix) / 2;
}

double
search_best_side (const Search    *self,
                  const Candidate *candidate)
{
  return MAX (self->prefix.n > 0 ? candidate->prefix : 0,
              self->suffix.n > 0 ? candidate->suffix : 0);
}

static void
rate (Search    *self,
      Candidate *candidate)
{
  double weight = WEIGHT_QUOTE + WEIGHT_POSITION;
  double distance = ABS ((double) candidate->start - self->expected);
  double sum;

  candidate->prefix = search_prefix_likeness (self, self->text, candidate->start);
  candidate->suffix = search_suffix_likeness (self, self->text, candidate->end);

  sum = WEIGHT_QUOTE * candidate->quote
        + WEIGHT_POSITION * (1 - distance / MAX (self->text->n, 1));
  if (self->prefix.n > 0)
    {
      weight += WEIGHT_CONTEXT;
      sum += WEIGHT_CONTEXT * candidate->prefix;
    }
  if (self->suffix.n > 0)
    {
      weight += WEIGHT_CONTEXT;
      sum += WEIGHT_CONTEXT * candidate->suffix;
    }

  candidate->score = sum / weight;
}

void
search_add_exact (Search *self)
{
  g_autoptr(GArray) places = annals_folded_find_all (self->text, self->quote.chars, self->quote.n);
  guint first = 0;

  if (places->len > ANNALS_LIMIT_ANCHOR_PLACES)
    {
      while (first < places->len - ANNALS_LIMIT_ANCHOR_PLACES
             && g_array_index (places, guint, first + ANNALS_LIMIT_ANCHOR_PLACES / 2) < self->expected)
        first++;
    }

  for (guint i = first; i < MIN (places->len, first + ANNALS_LIMIT_ANCHOR_PLACES); i++)
    {
      Candidate candidate = { 0, };

      candidate.start = g_array_index (places, guint, i);
      candidate.end = candidate.start + self->quote.n;
      candidate.quote = 1;
      rate (self, &candidate);
      g_array_append_val (self->candidates, candidate);
    }
}

/* Whether the @n characters before @at (without the space there) are the prefix's last ones. */
gboolean
search_prefix_ends_at (const Search *self,
                       guint         at,
                       guint         n)
{
  const guint32 *chars = self->text->chars;

  while (at > 0 && chars[at - 1] == ' ')
    at--;

  return self->prefix.n >= n && at >= n
         && memcmp (chars + at - n, self->prefix.chars + self->prefix.n - n, n * sizeof *chars) == 0;
}

static gboolean
suffix_begins_at (const Search *self,
                  guint         at,
                  guint         n)
{
  const guint32 *chars = self->text->chars;

  while (at < self->text->n && chars[at] == ' ')
    at++;

  return self->suffix.n >= n && at + n <= self->text->n
         && memcmp (chars + at, self->suffix.chars, n * sizeof *chars) == 0;
}

static void
mend_start (const Search *self,
            Candidate    *candidate,
            guint         reach,
            guint         n)
{
  for (guint d = 0; d <= reach; d++)
    {
      if (candidate->start >= d && search_prefix_ends_at (self, candidate->start - d, n))
        {
          candidate->start -= d;
          return;
        }
      if (candidate->start + d < candidate->end
          && search_prefix_ends_at (self, candidate->start + d, n))
        {
          candidate->start += d;
          return;
        }
    }
}

static void
mend_end (const Search *self,
          Candidate    *candidate,
          guint         reach,
          guint         n)
{
  for (guint d = 0; d <= reach; d++)
    {
      if (candidate->end + d <= self->text->n && suffix_begins_at (self, candidate->end + d, n))
        {
          candidate->end += d;
          return;
        }
      if (candidate->end > candidate->start + d && suffix_begins_at (self, candidate->end - d, n))
        {
          candidate->end -= d;
          return;
        }
    }
}

/* Errors at a quotation's edge make the alignment end a few characters off; where the context
 * stands whole near by, it says where the edge is. */
static void
mend_edges (const Search *self,
            Candidate    *candidate)
{
  const guint32 *chars = self->text->chars;
  guint reach = MIN (self->quote.n / 3, 24);

  mend_start (self, candidate, reach, 8);
  mend_end (self, candidate, reach, 8);

  while (candidate->start < candidate->end && chars[candidate->start] == ' ')
    candidate->start++;
  while (candidate->end > candidate->start && chars[candidate->end - 1] == ' ')
    candidate->end--;
}

static gboolean
is_known_place (const Search *self,
                guint         start,
                guint         end)
{
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const Candidate *known = &g_array_index (self->candidates, Candidate, i);

      if (start < known->end && known->start < end)
        return TRUE;
    }

  return FALSE;
}

static void
add_place (Search *self,
           guint   start,
           guint   end,
           double  likeness)
{
  Candidate candidate = { 0, };

  if (start >= end || is_known_place (self, start, end))
    return;

  candidate.start = start;
  candidate.end = end;
  candidate.quote = likeness;
  mend_edges (self, &candidate);
  if (candidate.start == candidate.end)
    return;

  rate (self, &candidate);
  g_array_append_val (self->candidates, candidate);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const AnnalsHit *one = a;
  const AnnalsHit *other = b;

  return one->errors < other->errors ? -1 : one->errors > other->errors;
}

/* Ends of passages like the @n characters, the best first. */
static GArray *
find_hits (Search        *self,
           const guint32 *chars,
           guint          n)
{
  g_autoptr(AnnalsPattern) pattern = annals_pattern_new (chars, n, FALSE);
  GArray *hits = annals_pattern_search (pattern, self->text->chars, self->text->n,
                                         (guint) (n * self->tolerance));

  g_array_sort (hits, compare_hits);
  if (hits->len > MAX_HITS)
    g_array_set_size (hits, MAX_HITS);

  return hits;
}

/* Where the passage begins that ends with @hit and is like the @n characters of @backwards. */
static guint
find_start (Search          *self,
            AnnalsPattern   *backwards,
            const AnnalsHit *hit,
            guint            n,
            guint           *errors)
{
  guint window = MIN (hit->end, n + (guint) (n * self->tolerance));
  guint length;

  *errors = annals_pattern_align (backwards, self->text->chars + hit->end - window, window, &length);

  return hit->end - length;
}

/* A quotation of many pages, by its first and its last lines. */
static void
add_by_ends (Search *self)
{
  guint n = self->quote.n;
  guint part = MIN (LONG_END, n / 2);
  g_autoptr(GArray) heads = find_hits (self, self->quote.chars, part);
  g_autoptr(GArray) tails = find_hits (self, self->quote.chars + n - part, part);
  g_autoptr(AnnalsPattern) backwards = annals_pattern_new (self->quote.chars, part, TRUE);

  for (guint i = 0; i < heads->len; i++)
    {
      const AnnalsHit *head = &g_array_index (heads, AnnalsHit, i);
      guint errors;
      guint start = find_start (self, backwards, head, part, &errors);

      for (guint k = 0; k < tails->len; k++)
        {
          const AnnalsHit *tail = &g_array_index (tails, AnnalsHit, k);
          guint length = tail->end > start ? tail->end - start : 0;
          guint odd = MAX (length, n) - MIN (length, n);

          if (odd <= n / 3)
            add_place (self, start, tail->end,
                       1.0 - (double) (errors + tail->errors) / (2 * part) - (double) odd / n);
        }
    }
}

void
search_add_approximate (Search *self)
{
  guint n = self->quote.n;
  g_autoptr(AnnalsPattern) backwards = NULL;
  g_autoptr(GArray) hits = NULL;

  if (n < 3 || self->text->n == 0)
    return;

  if ((guint64) (n / 64 + 1) * MAX (self->text->n, n) > ANNALS_LIMIT_ANCHOR_STEPS)
    {
      add_by_ends (self);
      return;
    }

  hits = find_hits (self, self->quote.chars, n);
  if (hits->len > 0)
    backwards = annals_pattern_new (self->quote.chars, n, TRUE);

  for (guint i = 0; i < hits->len; i++)
    {
      guint errors;
      guint start = find_start (self, backwards, &g_array_index (hits, AnnalsHit, i), n, &errors);

      add_place (self, start, g_array_index (hits, AnnalsHit, i).end, 1.0 - (double) errors / n);
    }
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->foreign != other->foreign)
    return one->foreign ? 1 : -1;
  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;

  return one->start < other->start ? -1 : one->start > other->start;
}

void
search_sort (Search *self)
{
  g_array_sort (self->candidates, compare_candidates);
}
