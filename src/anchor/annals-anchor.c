/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memmem() */
#define _GNU_SOURCE

#include "config.h"

#include "annals-anchor.h"
#include "annals-anchor-private.h"

#include <string.h>

/* Measured on changed real texts (tests/unit/anchor): what is placed by this is wrong in 0.1 %. */
#define ACCEPT 0.72
/* The same for the mean of quotation and context alone, of a quotation that was changed: less is a passage
 * that speaks of the same in other words. */
#define ACCEPT_CHANGED 0.82
/* What a place may be off to be brought to the edge of a word. */
#define MAX_WORD 12
/* Of a quotation this much may differ, and where a person chooses this much. */
#define TOLERANCE (1 / 3.0)
#define TOLERANCE_TO_SHOW 0.45
/* The second best place must be worse by this much, or a person decides. */
#define MARGIN 0.03
/* Shorter quotations say too little without context. */
#define MIN_EXACT 16
#define MIN_APPROXIMATE 24
/* Longer ones, found once and whole, say enough. */
#define ENOUGH_ALONE 32

struct _AnnalsAnchor
{
  AnnalsText   *text;
  AnnalsText   *before;           /* (nullable) */
  AnnalsFolded  folded;           /* made when a passage does not stand where it stood */
  AnnalsFolded  folded_before;
};

AnnalsAnchor *
annals_anchor_new (AnnalsText *text,
                   AnnalsText *before)
{
  AnnalsAnchor *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (AnnalsAnchor, 1);
  self->text = annals_text_ref (text);
  self->before = before != NULL ? annals_text_ref (before) : NULL;

  return self;
}

void
annals_anchor_free (AnnalsAnchor *self)
{
  g_return_if_fail (self != NULL);

  annals_folded_clear (&self->folded);
  annals_folded_clear (&self->folded_before);
  annals_text_unref (self->text);
  g_clear_pointer (&self->before, annals_text_unref);
  g_free (self);
}

/* --- where it stood, and as it stood --- */

static gboolean
stands_at (AnnalsText           *text,
           const AnnalsSelector *selector)
{
  gsize n_bytes = annals_text_get_n_bytes (text);
  gsize start = annals_text_get_byte_offset (text, selector->start);
  gsize length = strlen (selector->exact);

  return selector->end <= annals_text_get_length (text) && selector->start < selector->end
         && n_bytes - start >= length
         && memcmp (annals_text_get_string (text) + start, selector->exact, length) == 0
         && annals_text_get_byte_offset (text, selector->end) == start + length;
}

/* Where the passage stood, byte for byte, with contexts that are the same. */
static gboolean
stands_with_context (AnnalsText           *text,
                     const AnnalsSelector *selector)
{
  const char *string = annals_text_get_string (text);
  gsize start = annals_text_get_byte_offset (text, selector->start);
  gsize end = annals_text_get_byte_offset (text, selector->end);
  gsize n_prefix = selector->prefix != NULL ? strlen (selector->prefix) : 0;
  gsize n_suffix = selector->suffix != NULL ? strlen (selector->suffix) : 0;

  return start >= n_prefix && annals_text_get_n_bytes (text) - end >= n_suffix
         && memcmp (string + start - n_prefix, selector->prefix != NULL ? selector->prefix : "", n_prefix) == 0
         && memcmp (string + end, selector->suffix != NULL ? selector->suffix : "", n_suffix) == 0;
}

/* The same with contexts that are like. */
static gboolean
find_in_place (AnnalsText           *text,
               const AnnalsSelector *selector,
               Search               *search)
{
  guint first = selector->start - MIN (selector->start, 2 * MAX_CONTEXT);
  guint last = MIN (selector->end + 2 * MAX_CONTEXT, annals_text_get_length (text));
  gsize from = annals_text_get_byte_offset (text, first);
  gsize to = annals_text_get_byte_offset (text, last);
  Candidate candidate = { 0, };
  g_auto(AnnalsFolded) around = { NULL, };

  annals_folded_init (&around, annals_text_get_string (text) + from, to - from, first);
  candidate.prefix = search_prefix_likeness (search, &around, annals_folded_index (&around, selector->start));
  candidate.suffix = search_suffix_likeness (search, &around, annals_folded_index (&around, selector->end));

  return !search_has_context (search) || search_context_likeness (search, &candidate) >= GOOD_CONTEXT;
}

static gboolean
stands_once (AnnalsText *text,
             const char *whole,
             gsize       length,
             gsize      *at)
{
  const char *string = annals_text_get_string (text);
  gsize n_bytes = annals_text_get_n_bytes (text);
  const char *found = memmem (string, n_bytes, whole, length);

  if (found == NULL)
    return FALSE;

  *at = found - string;
  return memmem (found + 1, n_bytes - *at - 1, whole, length) == NULL;
}

/* The passage with all its context at one other place, byte for byte: the usual case after
 * something was added before it. */
static gboolean
find_shifted (AnnalsAnchor         *self,
              const AnnalsSelector *selector,
              AnnalsAnchorMatch    *match)
{
  const char *prefix = selector->prefix != NULL ? selector->prefix : "";
  const char *suffix = selector->suffix != NULL ? selector->suffix : "";
  g_autofree char *whole = NULL;
  gsize length;
  gsize at;
  gsize then;

  if (*selector->exact == '\0' || strlen (prefix) < SIGNATURE || strlen (suffix) < SIGNATURE)
    return FALSE;

  whole = g_strconcat (prefix, selector->exact, suffix, NULL);
  length = strlen (whole);
  if (!stands_once (self->text, whole, length, &at)
      || (self->before != NULL && !stands_once (self->before, whole, length, &then)))
    return FALSE;

  match->state = ANNALS_ANCHOR_MOVED;
  match->score = 1;
  at += strlen (prefix);
  match->start = annals_text_get_offset (self->text, at);
  match->end = annals_text_get_offset (self->text, at + strlen (selector->exact));

  return TRUE;
}

/* --- what was found, weighed --- */

/* Whether what stood on both sides of the passage now stands together: it was taken out there. */
static gboolean
passage_was_cut (const Search *self)
{
  guint at;

  if (self->prefix.n < SIGNATURE || self->suffix.n < SIGNATURE)
    return FALSE;

  for (at = annals_folded_find (self->text, self->suffix.chars, SIGNATURE, 0);
       at != G_MAXUINT;
       at = annals_folded_find (self->text, self->suffix.chars, SIGNATURE, at + 1))
    if (search_prefix_ends_at (self, at, SIGNATURE))
      return TRUE;

  return FALSE;
}

/* How many of the candidates are as good as the best. */
static guint
count_equal (const Search *self)
{
  const Candidate *best = &g_array_index (self->candidates, Candidate, 0);
  guint n = 1;

  while (n < self->candidates->len
         && !g_array_index (self->candidates, Candidate, n).foreign
         && best->score - g_array_index (self->candidates, Candidate, n).score < MARGIN)
    n++;

  return n;
}

static gboolean
is_like (const Search    *self,
         const Candidate *candidate)
{
  double context = search_has_context (self) ? search_context_likeness (self, candidate) : 1;

  return candidate->quote == 1 || (candidate->quote + context) / 2 >= ACCEPT_CHANGED;
}

/* Found whole, but not in its context. */
static gboolean
is_enough_alone (const Search    *self,
                 const Candidate *best,
                 double           second)
{
  if (best->quote < 1 || second >= ACCEPT - 0.1)
    return FALSE;

  /* A sentence that was carried elsewhere leaves its context behind. */
  if (self->before != NULL)
    return self->quote.n >= MIN_EXACT && !best->doubtful;

  /* Or it was cut out where it stood, and this is another that reads the same. */
  return self->quote.n >= ENOUGH_ALONE && !passage_was_cut (self);
}

static AnnalsAnchorReason
judge (Search *self)
{
  guint n_equal = count_equal (self);
  const Candidate *best = &g_array_index (self->candidates, Candidate, 0);
  double second = 0;
  gboolean long_enough;

  if (best->foreign)
    return ANNALS_ANCHOR_OTHER;
  if (n_equal > 1 && !search_break_tie (self, n_equal))
    return ANNALS_ANCHOR_SEVERAL;
  if (n_equal == 1 && best->doubtful && !search_break_tie (self, 1))
    return ANNALS_ANCHOR_SEVERAL;

  if (n_equal == 1 && self->candidates->len > 1 && !g_array_index (self->candidates, Candidate, 1).foreign)
    second = g_array_index (self->candidates, Candidate, 1).score;
  long_enough = self->quote.n >= (best->quote == 1 ? MIN_EXACT : MIN_APPROXIMATE)
                || search_best_side (self, best) >= GOOD_CONTEXT;
  if (long_enough && best->score >= ACCEPT && is_like (self, best)
      && (!search_has_context (self) || search_best_side (self, best) >= GOOD_CONTEXT))
    return ANNALS_ANCHOR_FOUND;

  return long_enough && is_enough_alone (self, best, second) ? ANNALS_ANCHOR_FOUND : ANNALS_ANCHOR_ALIKE;
}

/* Nothing like the quotation is left: where its context shows that it stood. */
static gboolean
find_gap (const Search          *self,
          AnnalsText            *text,
          AnnalsAnchorCandidate *gap)
{
  guint length = annals_text_get_length (text);
  const guint32 *before = self->prefix.chars + self->prefix.n - MIN (self->prefix.n, SIGNATURE);

  if (self->prefix.n < SIGNATURE || self->suffix.n < SIGNATURE)
    return FALSE;

  for (guint at = annals_folded_find (self->text, before, SIGNATURE, 0);
       at != G_MAXUINT;
       at = annals_folded_find (self->text, before, SIGNATURE, at + 1))
    {
      guint start = at + SIGNATURE;
      guint end = annals_folded_find (self->text, self->suffix.chars, SIGNATURE, start);

      if (end == G_MAXUINT)
        return FALSE;
      if (end - start > 2 * self->quote.n + MAX_CONTEXT)
        continue;

      while (start < end && self->text->chars[start] == ' ')
        start++;
      while (end > start && self->text->chars[end - 1] == ' ')
        end--;
      gap->start = start < self->text->n ? self->text->from[start] : length;
      gap->end = end > start ? self->text->from[end - 1] + 1 : gap->start;
      gap->score = WEIGHT_CONTEXT * 2 / 100;
      return TRUE;
    }

  return FALSE;
}

static void
search_all (AnnalsAnchor         *self,
            const AnnalsSelector *selector,
            Search               *search)
{
  gboolean enough = FALSE;

  if (self->folded.chars == NULL)
    annals_folded_init (&self->folded, annals_text_get_string (self->text),
                        annals_text_get_n_bytes (self->text), 0);
  search->text = &self->folded;
  search->expected = annals_folded_index (&self->folded, selector->start);

  if (self->before != NULL && stands_at (self->before, selector))
    {
      if (self->folded_before.chars == NULL)
        annals_folded_init (&self->folded_before, annals_text_get_string (self->before),
                            annals_text_get_n_bytes (self->before), 0);
      search->before = &self->folded_before;
      search->old_start = annals_folded_index (search->before, selector->start);
      search->old_end = annals_folded_index (search->before, selector->end);
    }

  if (search->quote.n == 0)
    return;

  search_add_exact (search);
  for (guint i = 0; i < search->candidates->len; i++)
    enough = enough || search_context_likeness (search, &g_array_index (search->candidates, Candidate,
                                                                        i)) >= GOOD_CONTEXT;
  if (!enough)
    search_add_approximate (search);

  search_sort (search);
  search_find_owners (search);
}

/* A passage that began or ended a paragraph and was changed there begins or ends it still. */
static void
snap_to_paragraph (AnnalsText            *text,
                   const AnnalsSelector  *selector,
                   AnnalsAnchorCandidate *place)
{
  const char *string = annals_text_get_string (text);
  const char *begin = string + annals_text_get_byte_offset (text, place->start);
  const char *end = string + annals_text_get_byte_offset (text, place->end);
  guint reach = MIN ((place->end - place->start) / 3, 24);
  guint before = 0;
  guint behind = 0;

  for (; before <= reach && begin > string && begin[-1] != '\n'; before++)
    begin = g_utf8_prev_char (begin);
  for (; behind <= reach && *end != '\0' && *end != '\n'; behind++)
    end = g_utf8_next_char (end);

  if (before <= reach && (selector->prefix == NULL || *selector->prefix == '\0'
                          || g_str_has_suffix (selector->prefix, "\n")))
    place->start -= before;
  if (behind <= reach && (selector->suffix == NULL || *selector->suffix == '\0'
                          || *selector->suffix == '\n'))
    place->end += behind;
}

static gboolean
is_in_word (const char *string,
            const char *at)
{
  return at > string && *at != '\0' && g_unichar_isalnum (g_utf8_get_char (at))
         && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));
}

/* One that began or ended with a word and was changed there does so still. Scripts without spaces have no
 * edges to find. */
static void
snap_to_word (AnnalsText            *text,
              const AnnalsSelector  *selector,
              AnnalsAnchorCandidate *place)
{
  const char *string = annals_text_get_string (text);
  const char *begin = string + annals_text_get_byte_offset (text, place->start);
  const char *end = string + annals_text_get_byte_offset (text, place->end);
  g_autofree char *before = g_strconcat (selector->prefix != NULL ? selector->prefix : "", selector->exact, NULL);
  g_autofree char *behind = g_strconcat (selector->exact, selector->suffix, NULL);
  guint n;

  if (!is_in_word (before, before + strlen (before) - strlen (selector->exact)))
    {
      for (n = 0; n <= MAX_WORD && is_in_word (string, begin); n++)
        begin = g_utf8_prev_char (begin);
      place->start -= n <= MAX_WORD ? n : 0;
    }

  if (!is_in_word (behind, behind + strlen (selector->exact)))
    {
      for (n = 0; n <= MAX_WORD && is_in_word (string, end); n++)
        end = g_utf8_next_char (end);
      place->end += n <= MAX_WORD ? n : 0;
    }
}

static AnnalsAnchorCandidate
to_place (AnnalsText           *text,
          const AnnalsSelector *selector,
          const Search         *search,
          const Candidate      *candidate)
{
  AnnalsAnchorCandidate place;

  place.start = search->text->from[candidate->start];
  place.end = search->text->from[candidate->end - 1] + 1;
  place.score = CLAMP (candidate->score, 0, 1);
  if (candidate->quote < 1 && search_has_context (search))
    {
      snap_to_paragraph (text, selector, &place);
      snap_to_word (text, selector, &place);
    }

  return place;
}

static void
search_without_place (AnnalsAnchor         *self,
                      const AnnalsSelector *selector,
                      Search               *search,
                      AnnalsAnchorMatch    *match)
{
  AnnalsAnchorCandidate place = { 0, };
  guint length = annals_text_get_length (self->text);
  gboolean certain = FALSE;
  const Candidate *best = NULL;

  search_all (self, selector, search);
  match->start = MIN (selector->start, length);
  match->end = CLAMP (selector->end, match->start, length);

  if (search->candidates->len > 0)
    {
      certain = judge (search) == ANNALS_ANCHOR_FOUND;
      best = &g_array_index (search->candidates, Candidate, 0);
      place = to_place (self->text, selector, search, best);
    }
  if (!certain && (best == NULL || best->foreign
                   || (best->score < ACCEPT && search_best_side (search, best) < GOOD_CONTEXT
                       && best->quote < 1)))
    find_gap (search, self->text, &place);

  if (place.score > 0)
    *match = (AnnalsAnchorMatch) { ANNALS_ANCHOR_REVIEW, place.start, place.end, place.score };
  if (certain)
    match->state = place.start == selector->start && place.end == selector->end
                   && stands_at (self->text, selector) ? ANNALS_ANCHOR_EXACT : ANNALS_ANCHOR_MOVED;
}

/**
 * annals_anchor_find:
 * @selector: its prefix and suffix may be NULL or "", as other programs leave them
 *
 * EXACT and MOVED are certain. With REVIEW the range may be empty: the passage is gone, and that
 * is where it stood.
 *
 * Returns: the place
 */
AnnalsAnchorMatch
annals_anchor_find (AnnalsAnchor         *self,
                    const AnnalsSelector *selector)
{
  AnnalsAnchorMatch match = { ANNALS_ANCHOR_REVIEW, 0, 0, 0 };
  g_auto(Search) search = { NULL, };
  gboolean in_place;

  g_return_val_if_fail (self != NULL, match);
  g_return_val_if_fail (selector != NULL && selector->exact != NULL, match);

  in_place = *selector->exact != '\0' && stands_at (self->text, selector);
  if (in_place && stands_with_context (self->text, selector))
    return (AnnalsAnchorMatch) { ANNALS_ANCHOR_EXACT, selector->start, selector->end, 1 };
  if (find_shifted (self, selector, &match))
    return match;

  search_init (&search, selector);
  search.tolerance = TOLERANCE;
  if (in_place && search.quote.n > 0 && find_in_place (self->text, selector, &search))
    return (AnnalsAnchorMatch) { ANNALS_ANCHOR_EXACT, selector->start, selector->end, 1 };

  search_without_place (self, selector, &search, &match);
  return match;
}

static gboolean
is_listed (GArray                      *places,
           const AnnalsAnchorCandidate *place)
{
  for (guint i = 0; i < places->len; i++)
    {
      const AnnalsAnchorCandidate *known = &g_array_index (places, AnnalsAnchorCandidate, i);

      if (place->start < known->end && known->start < place->end)
        return TRUE;
    }

  return FALSE;
}

/**
 * annals_anchor_list:
 * @max: how many at most
 *
 * Returns: (transfer full) (element-type AnnalsAnchorCandidate): none when nothing is like it
 */
GArray *
annals_anchor_list (AnnalsAnchor         *self,
                    const AnnalsSelector *selector,
                    guint                 max,
                    AnnalsAnchorReason   *reason)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (AnnalsAnchorCandidate));
  AnnalsAnchorReason why = ANNALS_ANCHOR_DELETED;
  AnnalsAnchorCandidate gap;
  g_auto(Search) search = { NULL, };

  g_return_val_if_fail (self != NULL, places);
  g_return_val_if_fail (selector != NULL && selector->exact != NULL, places);

  search_init (&search, selector);
  search.tolerance = TOLERANCE_TO_SHOW;
  search_all (self, selector, &search);
  if (search.candidates->len > 0)
    why = judge (&search);

  if ((why == ANNALS_ANCHOR_DELETED || why == ANNALS_ANCHOR_ALIKE || why == ANNALS_ANCHOR_OTHER)
      && search.quote.n > 0 && find_gap (&search, self->text, &gap))
    {
      if (gap.end > gap.start && max > 0)
        {
          g_array_append_val (places, gap);
          why = ANNALS_ANCHOR_REWRITTEN;
        }
      else if (why == ANNALS_ANCHOR_ALIKE)
        why = ANNALS_ANCHOR_DELETED;
    }

  for (guint i = 0; i < search.candidates->len && places->len < max; i++)
    {
      AnnalsAnchorCandidate place = to_place (self->text, selector, &search,
                                              &g_array_index (search.candidates, Candidate, i));

      if (!is_listed (places, &place))
        g_array_append_val (places, place);
    }

  if (reason != NULL)
    *reason = why;
  return places;
}

/**
 * annals_anchor_reason_to_string:
 *
 * Returns: a word for programs
 */
const char *
annals_anchor_reason_to_string (AnnalsAnchorReason reason)
{
  switch (reason)
    {
    case ANNALS_ANCHOR_FOUND:
      return "found";
    case ANNALS_ANCHOR_DELETED:
      return "deleted";
    case ANNALS_ANCHOR_REWRITTEN:
      return "rewritten";
    case ANNALS_ANCHOR_SEVERAL:
      return "several";
    case ANNALS_ANCHOR_ALIKE:
      return "alike";
    case ANNALS_ANCHOR_OTHER:
      return "other";
    }

  g_return_val_if_reached ("deleted");
}
