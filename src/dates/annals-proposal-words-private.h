/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-proposal-private.h"

#include <string.h>

G_BEGIN_DECLS

/* What readers ask of the words of a sentence; @at may lie a little outside. */

static inline const AnnalsWord *
word_at (const AnnalsSentence *s,
         int                   at)
{
  return s->words + at;
}

static inline AnnalsWordKind
kind_at (const AnnalsSentence *s,
         int                   at)
{
  return s->words[at].kind;
}

/* @lower: in lower case; the word may be in capitals */
static inline gboolean
is_word (const AnnalsSentence *s,
         int                   at,
         const char           *lower)
{
  const AnnalsWord *word = word_at (s, at);
  gsize length = word->end - word->start;

  return strlen (lower) == length &&
         g_ascii_strncasecmp (lower, s->text + word->start, length) == 0;
}

static inline gboolean
is_sign (const AnnalsSentence *s,
         int                   at,
         gunichar              sign)
{
  return kind_at (s, at) == ANNALS_WORD_SIGN && (gunichar) word_at (s, at)->value == sign;
}

static inline gboolean
is_dash (const AnnalsSentence *s,
         int                   at)
{
  return is_sign (s, at, '-') || is_sign (s, at, 0x2013) || is_sign (s, at, 0x2014);
}

static inline gboolean
is_glued (const AnnalsSentence *s,
          int                   at)
{
  return at < (int) s->n && at > 0 && !word_at (s, at)->spaced;
}

/* Letters, of English for what the readers see */
static inline gboolean
is_letters (const AnnalsSentence *s,
            int                   at)
{
  AnnalsWordKind kind = kind_at (s, at);

  return at >= 0 && at < (int) s->n && kind != ANNALS_WORD_NUMBER && kind != ANNALS_WORD_SIGN &&
         kind != ANNALS_WORD_HANGUL && kind != ANNALS_WORD_HAN;
}

static inline gboolean
is_lower (const AnnalsSentence *s,
          int                   at)
{
  return is_letters (s, at) && !word_at (s, at)->capital;
}

static inline gboolean
is_capital (const AnnalsSentence *s,
            int                   at)
{
  return is_letters (s, at) && word_at (s, at)->capital;
}

/* annals-proposal-numbers.c: each gives the words it took, 0 when there is none */
guint annals_words_day        (const AnnalsSentence *s, int at, int *day);
guint annals_words_year       (const AnnalsSentence *s, int at, int *year);
guint annals_words_year_shift (const AnnalsSentence *s, int at, int *shift);
guint annals_words_count      (const AnnalsSentence *s, int at, int *count);
guint annals_words_ordinal    (const AnnalsSentence *s, int at, int *number);
guint annals_words_decade     (const AnnalsSentence *s, int at, AnnalsPoint *point);
guint annals_words_numeric    (const AnnalsSentence *s, int at, AnnalsPoint *point);

/* annals-proposal-calendar.c: dates that name a month, a year, a season or a day of the week */
guint annals_words_calendar   (const AnnalsSentence *s, int at, AnnalsPoint *point);
guint annals_words_weekday    (const AnnalsSentence *s, int at, AnnalsPoint *point);
guint annals_words_season     (const AnnalsSentence *s, int at, AnnalsPoint *point);
guint annals_words_part       (const AnnalsSentence *s, int at, AnnalsPoint *point);
gboolean annals_words_is_name (const AnnalsSentence *s, int at);

/* annals-proposal-relative.c: those that are counted from another day */
guint annals_words_relative   (const AnnalsSentence *s, int at, AnnalsPoint *point);
guint annals_words_ahead      (const AnnalsSentence *s, int at, AnnalsPoint *point);

/* annals-proposal-tense.c */
AnnalsTense annals_words_tense (const AnnalsSentence *s, int at, int n);

G_END_DECLS
