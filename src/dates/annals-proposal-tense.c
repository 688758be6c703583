/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-words-private.h"

/* The nearest verb decides whether a day without a year is the last or the next one. */

#define REACH 24

/* "to be completed", "will be held", "would have met": a participle that is still to come */
static gboolean
is_to_come (const AnnalsSentence *s,
            int                   at)
{
  for (int i = at - 1; i >= 0 && i >= at - 4; i--)
    {
      if (kind_at (s, i) == ANNALS_WORD_FUTURE)
        return TRUE;
      if (kind_at (s, i) == ANNALS_WORD_TO &&
          (is_word (s, i + 1, "be") || is_word (s, i + 1, "have")))
        return TRUE;
      /* "is not held on May 3" */
      if (i >= at - 2 && (is_word (s, i, "is") || is_word (s, i, "are")))
        return TRUE;
      if (is_word (s, i, "been") || is_word (s, i, "have"))
        continue;
      if (kind_at (s, i) == ANNALS_WORD_SIGN || kind_at (s, i) == ANNALS_WORD_PASSED)
        return FALSE;
    }

  return FALSE;
}

static AnnalsTense
tense_at (const AnnalsSentence *s,
          int                   at)
{
  switch ((int) kind_at (s, at))
    {
    case ANNALS_WORD_FUTURE:
      /* "this plan", "the aim", a person called Will */
      if (word_at (s, at)->capital && at > 0)
        return ANNALS_TENSE_NONE;
      /* a plan is a noun, unless it is one to do something */
      if ((is_word (s, at, "going") || is_word (s, at, "plan") || is_word (s, at, "plans") ||
           is_word (s, at, "aim") || is_word (s, at, "aims") || is_word (s, at, "hope") ||
           is_word (s, at, "schedule")) &&
          kind_at (s, at + 1) != ANNALS_WORD_TO)
        return ANNALS_TENSE_NONE;
      return ANNALS_TENSE_FUTURE;

    case ANNALS_WORD_PASSED:
      /* "is set to", "are set for" */
      if (is_word (s, at, "set") && kind_at (s, at + 1) == ANNALS_WORD_TO)
        return ANNALS_TENSE_FUTURE;
      /* "an accused man": between an article and its noun it is no verb; "has to", "have to" */
      if (kind_at (s, at - 1) == ANNALS_WORD_THE || is_word (s, at - 1, "a") ||
          is_word (s, at - 1, "an"))
        return ANNALS_TENSE_NONE;
      if ((is_word (s, at, "has") || is_word (s, at, "have")) &&
          kind_at (s, at + 1) == ANNALS_WORD_TO)
        return ANNALS_TENSE_FUTURE;
      return is_to_come (s, at) ? ANNALS_TENSE_FUTURE : ANNALS_TENSE_PAST;

    case ANNALS_WORD_TO:
      /* "to be held", "is to visit" */
      if (is_word (s, at + 1, "be") || is_word (s, at - 1, "is") || is_word (s, at - 1, "are"))
        return ANNALS_TENSE_FUTURE;
      return ANNALS_TENSE_NONE;

    default:
      return ANNALS_TENSE_NONE;
    }
}

/* A comma between the date and a verb makes it a verb of something else, unless the date stands in
 * front of its sentence.
 */
static int
cost_of (const AnnalsSentence *s,
         int                   from,
         int                   to)
{
  int cost = 0;

  for (int i = from; i < to; i++)
    if (kind_at (s, i) == ANNALS_WORD_SIGN && word_at (s, i)->value != '.')
      cost += 4;

  return cost;
}

static gboolean
is_quote (const AnnalsSentence *s,
          int                   at)
{
  return is_sign (s, at, '"') || is_sign (s, at, 0x201c) || is_sign (s, at, 0x201d) ||
         is_sign (s, at, 0xab) || is_sign (s, at, 0xbb);
}

/* What somebody is quoted with says nothing of when it was said: the word beyond it, or @at */
static int
skip_quotation (const AnnalsSentence *s,
                int                   at,
                int                   step)
{
  if (!is_quote (s, at))
    return at;

  for (int i = at + step; i >= 0 && i < (int) s->n; i += step)
    if (is_quote (s, i))
      return i;

  return at;
}

AnnalsTense
annals_words_tense (const AnnalsSentence *s,
                    int                   at,
                    int                   n)
{
  AnnalsTense left = ANNALS_TENSE_NONE;
  AnnalsTense right = ANNALS_TENSE_NONE;
  int left_cost = G_MAXINT;
  int right_cost = G_MAXINT;

  for (int i = at - 1; i >= 0 && i >= at - REACH && left == ANNALS_TENSE_NONE; i--)
    {
      i = skip_quotation (s, i, -1);
      if ((left = tense_at (s, i)) != ANNALS_TENSE_NONE)
        left_cost = at - i + cost_of (s, MAX (i, at - REACH), at);
    }

  for (int i = at + n; i < (int) s->n && i < at + n + REACH && right == ANNALS_TENSE_NONE; i++)
    {
      i = skip_quotation (s, i, 1);
      if ((right = tense_at (s, i)) != ANNALS_TENSE_NONE)
        right_cost = (i - at - n + 1) * 3 / 2 + 1 +
                     (at > 2 ? cost_of (s, at + n, MIN (i, at + n + REACH)) : 0);
    }

  return left_cost <= right_cost ? left : right;
}
