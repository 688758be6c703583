/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-words-private.h"

/* The numbers of dates, and what keeps other numbers from being taken for them. */

static gboolean
is_currency (gunichar c)
{
  return c == '$' || c == 0xa3 || c == 0xa5 || c == 0x20ac || c == 0x20a9 || c == '#' || c == 0xa7;
}

/* Nothing is joined to the number on its left that makes it part of something else. */
static gboolean
stands_free_left (const AnnalsSentence *s,
                  int                   at)
{
  int before = at - 1;

  if (before < 0)
    return TRUE;
  if (kind_at (s, before) == ANNALS_WORD_SIGN && is_currency (word_at (s, before)->value))
    return FALSE;
  if (!is_glued (s, at))
    return TRUE;
  if (kind_at (s, before) != ANNALS_WORD_SIGN)
    return FALSE;
  if (is_dash (s, before) && is_glued (s, before))
    return kind_at (s, before - 1) == ANNALS_WORD_THIRD ||
           kind_at (s, before - 1) == ANNALS_WORD_MONTH;

  return strchr (".,:+*=_\\@&/", word_at (s, before)->value) == NULL ||
         word_at (s, before)->value > 0x7f || word_at (s, before)->spaced;
}

static gboolean
stands_free_right (const AnnalsSentence *s,
                   int                   at)
{
  int next = at + 1;

  if (!is_glued (s, next))
    return TRUE;
  if (kind_at (s, next) != ANNALS_WORD_SIGN)
    return kind_at (s, next) == ANNALS_WORD_HANGUL || kind_at (s, next) == ANNALS_WORD_HAN;
  if (is_sign (s, next, '%') || is_sign (s, next, 0xb0))
    return FALSE;

  /* 1,400 and 3.5 and 10:30 and 12-year-old */
  if (is_glued (s, next + 1) && kind_at (s, next + 1) == ANNALS_WORD_NUMBER)
    return is_dash (s, next) || is_sign (s, next, '/');
  if (is_dash (s, next) && is_glued (s, next + 1) && is_letters (s, next + 1))
    return kind_at (s, next + 1) == ANNALS_WORD_MONTH;

  return TRUE;
}

/* The "th" of 9th */
static gboolean
is_ordinal_ending (const AnnalsSentence *s,
                   int                   at)
{
  return is_glued (s, at) && (is_word (s, at, "st") || is_word (s, at, "nd") ||
                              is_word (s, at, "rd") || is_word (s, at, "th"));
}

guint
annals_words_day (const AnnalsSentence *s,
                  int                   at,
                  int                  *day)
{
  const AnnalsWord *word = word_at (s, at);

  if (word->kind != ANNALS_WORD_NUMBER || word->n_digits > 2 || word->value < 1 ||
      word->value > 31)
    return 0;

  *day = word->value;
  if (is_ordinal_ending (s, at + 1))
    return 2;

  return stands_free_right (s, at) ? 1 : 0;
}

/* A number of four digits that can be a year by its looks */
guint
annals_words_year (const AnnalsSentence *s,
                   int                   at,
                   int                  *year)
{
  const AnnalsWord *word = word_at (s, at);
  int next = at + 1;

  if (word->kind != ANNALS_WORD_NUMBER || word->n_digits != 4 || word->value < 1000 ||
      word->value > 2199 || !stands_free_left (s, at) || !stands_free_right (s, at))
    return 0;

  if (kind_at (s, next) == ANNALS_WORD_COUNTED)
    return 0;

  *year = word->value;
  return 1;
}

/* "last year", "of this year"; behind a month */
guint
annals_words_year_shift (const AnnalsSentence *s,
                         int                   at,
                         int                  *shift)
{
  guint n = kind_at (s, at) == ANNALS_WORD_OF ? 1 : 0;
  AnnalsWordKind kind = kind_at (s, at + n);

  if (!is_word (s, at + n + 1, "year") ||
      (kind != ANNALS_WORD_LAST && kind != ANNALS_WORD_THIS && !is_word (s, at + n, "next")))
    return 0;

  *shift = kind == ANNALS_WORD_LAST ? -1 : kind == ANNALS_WORD_THIS ? 0 : 1;
  return n + 2;
}

/* two, a, 10, a couple of; *count -1: a few */
guint
annals_words_count (const AnnalsSentence *s,
                    int                   at,
                    int                  *count)
{
  const AnnalsWord *word = word_at (s, at);

  if (word->kind == ANNALS_WORD_NUMBER)
    {
      *count = word->value;
      return word->n_digits <= 3 && word->value > 0 && stands_free_left (s, at) &&
                     stands_free_right (s, at)
                 ? 1
                 : 0;
    }

  if (word->kind != ANNALS_WORD_COUNT)
    return 0;

  *count = word->value;

  /* a few, a couple of, a dozen */
  if (is_word (s, at, "a") && kind_at (s, at + 1) == ANNALS_WORD_COUNT)
    {
      *count = word_at (s, at + 1)->value;
      return kind_at (s, at + 2) == ANNALS_WORD_OF ? 3 : 2;
    }

  return 1;
}

guint
annals_words_ordinal (const AnnalsSentence *s,
                      int                   at,
                      int                  *number)
{
  const AnnalsWord *word = word_at (s, at);

  *number = word->value;
  if (word->kind == ANNALS_WORD_ORDINAL)
    return 1;

  return word->kind == ANNALS_WORD_NUMBER && word->n_digits <= 2 && is_ordinal_ending (s, at + 1)
             ? 2
             : 0;
}

/* 1990s, 1990's, '90s, 19th century */
guint
annals_words_decade (const AnnalsSentence *s,
                     int                   at,
                     AnnalsPoint          *point)
{
  int quote = is_sign (s, at, '\'') || is_sign (s, at, 0x2019) || is_sign (s, at, 0x2018);
  const AnnalsWord *word = word_at (s, at + quote);
  int ending = at + quote + 1;
  int number;
  guint n;

  if ((n = annals_words_ordinal (s, at, &number)) && is_word (s, at + n, "century") &&
      number >= 1 && number <= 21)
    {
      annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_CENTURY, 0.8);
      point->has_year = TRUE;
      point->year = (number - 1) * 100;
      return n + 1;
    }

  if (word->kind != ANNALS_WORD_NUMBER || word->value % 10 != 0 ||
      word->n_digits != (quote ? 2 : 4) || (quote && !is_glued (s, at + 1)))
    return 0;

  if (is_glued (s, ending) && (is_sign (s, ending, '\'') || is_sign (s, ending, 0x2019)))
    ending++;
  if (!is_glued (s, ending) || !is_word (s, ending, "s"))
    return 0;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_DECADE, 0.85);
  point->has_year = TRUE;
  point->year = word->value + (quote ? 1900 : 0);

  /* the 1900s are a century to most writers */
  if (point->year % 100 == 0)
    {
      point->unit = ANNALS_UNIT_CENTURY;
      point->confidence = 0.5;
    }

  return point->year >= 1000 && point->year < 2200 ? ending + 1 - at : 0;
}

static gboolean
is_glued_number (const AnnalsSentence *s,
                 int                   at,
                 int                   digits)
{
  return is_glued (s, at) && kind_at (s, at) == ANNALS_WORD_NUMBER &&
         word_at (s, at)->n_digits <= digits;
}

/* 10.06.2018.1 */
static gboolean
goes_on (const AnnalsSentence *s,
         int                   at)
{
  return is_glued (s, at) && kind_at (s, at) == ANNALS_WORD_SIGN && is_glued_number (s, at + 1, 9);
}

static guint
read_year_first (const AnnalsSentence *s,
                 int                   at,
                 AnnalsPoint          *point)
{
  int year = word_at (s, at)->value;
  int month = word_at (s, at + 2)->value;
  gboolean day = is_glued (s, at + 3) &&
                 word_at (s, at + 3)->value == word_at (s, at + 1)->value &&
                 kind_at (s, at + 3) == ANNALS_WORD_SIGN && is_glued_number (s, at + 4, 2);

  if (month < 1 || month > 12 || year < 1000 || year > 2199)
    return 0;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, day ? ANNALS_UNIT_DAY : ANNALS_UNIT_MONTH, 0.95);
  point->has_year = TRUE;
  point->year = year;
  point->month = month;
  point->day = day ? word_at (s, at + 4)->value : 0;
  if (day)
    return goes_on (s, at + 5) ? 0 : 5;

  /* 2009-10 is two years; 2020/03 and 2020.03 are anything */
  return is_sign (s, at + 1, '-') && word_at (s, at + 2)->n_digits == 2 && month <= year % 100 &&
                 word_at (s, at + 2)->value != year % 100 && !is_glued_number (s, at + 4, 9)
             ? 3
             : 0;
}

static gboolean
is_version (const AnnalsSentence *s,
            int                   at)
{
  static const char *const words[] = { "version", "release", "update", "build", "v", "patch" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (s, at, words[i]))
      return TRUE;

  return FALSE;
}

/* 2020-03-09, 2020.3.9, 9/3/2020 */
guint
annals_words_numeric (const AnnalsSentence *s,
                      int                   at,
                      AnnalsPoint          *point)
{
  gunichar sign = word_at (s, at + 1)->value;
  int a = word_at (s, at)->value;
  int b = word_at (s, at + 2)->value;

  if (kind_at (s, at) != ANNALS_WORD_NUMBER || kind_at (s, at + 1) != ANNALS_WORD_SIGN ||
      !is_glued (s, at + 1) || (sign != '-' && sign != '/' && sign != '.') ||
      !is_glued_number (s, at + 2, 2) || !stands_free_left (s, at) || is_version (s, at - 1))
    return 0;

  if (word_at (s, at)->n_digits == 4)
    return read_year_first (s, at, point);

  if (word_at (s, at)->n_digits > 2 || !is_glued (s, at + 3) || !is_sign (s, at + 3, sign) ||
      !is_glued_number (s, at + 4, 4) || word_at (s, at + 4)->n_digits != 4 || a < 1 || b < 1 ||
      a > 31 || b > 31 || (a > 12 && b > 12))
    return 0;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_DAY, 0.9);
  point->has_year = TRUE;
  point->year = word_at (s, at + 4)->value;
  point->month = a > 12 ? b : a;
  point->day = a > 12 ? a : b;
  point->either = a <= 12 && b <= 12 && a != b;
  if (point->either)
    point->confidence = 0.6;

  return point->year >= 1000 && point->year < 2200 && !goes_on (s, at + 5) ? 5 : 0;
}
