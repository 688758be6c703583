/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-words-private.h"

/* Dates that are counted from the post's day, or from the one spoken of before. */

static guint
shift (AnnalsPoint *point,
       AnnalsUnit   unit,
       int          count,
       guint        n)
{
  annals_point_init (point, ANNALS_SAID_SHIFT, unit, 0.85);
  point->count = count;
  return n;
}

static gboolean
is_unit (const AnnalsSentence *s,
         int                   at,
         AnnalsUnit           *unit)
{
  *unit = word_at (s, at)->value;
  return kind_at (s, at) == ANNALS_WORD_UNIT;
}

/* What follows last, this or next: a unit, a month, a season, a day of the week */
static guint
read_which (const AnnalsSentence *s,
            int                   at,
            AnnalsWhich           which,
            AnnalsPoint          *point)
{
  int count = which == ANNALS_WHICH_LAST ? -1 : which == ANNALS_WHICH_NEXT ? 1 : 0;
  AnnalsUnit unit;
  guint n;

  if (is_unit (s, at, &unit))
    {
      /* the last year of the war, the last day */
      if (unit < ANNALS_UNIT_WEEK || (count && kind_at (s, at + 1) == ANNALS_WORD_OF))
        return 0;

      return shift (point, unit, count, 1);
    }

  if (is_word (s, at, "quarter") && kind_at (s, at + 1) != ANNALS_WORD_OF)
    {
      shift (point, ANNALS_UNIT_SEASON, count, 1);
      point->season = 33;
      return 1;
    }

  if (kind_at (s, at) == ANNALS_WORD_SEASON)
    {
      annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_SEASON, 0.75);
      point->season = word_at (s, at)->value;
      point->which = which;
      return kind_at (s, at + 1) == ANNALS_WORD_OF ? 0 : 1;
    }

  if (kind_at (s, at) == ANNALS_WORD_WEEKDAY && (n = annals_words_weekday (s, at, point)))
    {
      point->which = which;
      point->confidence = which == ANNALS_WHICH_NEXT ? 0.6 : 0.85;
      return n;
    }

  if (kind_at (s, at) == ANNALS_WORD_MONTH && (n = annals_words_calendar (s, at, point)))
    {
      point->which = which;
      point->confidence = 0.85;
      return n;
    }

  return 0;
}

/* the past two weeks, the last few days, the next three months */
static guint
read_stretch (const AnnalsSentence *s,
              int                   at,
              AnnalsPoint          *point)
{
  gboolean ahead = kind_at (s, at) == ANNALS_WORD_NEXT;
  gboolean past = kind_at (s, at) == ANNALS_WORD_PAST;
  int count = 1;
  guint n = annals_words_count (s, at + 1, &count);
  AnnalsWordKind kind = kind_at (s, at + 1 + n);
  AnnalsUnit unit = word_at (s, at + 1 + n)->value;

  /* "the past century" is the last one, whenever it is said */
  if (n == 0 && unit == ANNALS_UNIT_CENTURY)
    return 0;
  if ((kind != ANNALS_WORD_UNITS && (kind != ANNALS_WORD_UNIT || !past || n > 0)) ||
      (n == 0 && !past) || unit < ANNALS_UNIT_DAY || unit == ANNALS_UNIT_WEEKEND)
    return 0;
  if (kind == ANNALS_WORD_UNITS && n == 0)
    return 0;

  annals_point_init (point, ANNALS_SAID_PAST, unit, count < 0 ? 0.35 : 0.6);
  point->count = (count < 0 ? 4 : count) * (ahead ? -1 : 1);
  point->approximate = TRUE;
  return n + 2;
}

/* earlier this week, later in the year, earlier today */
static guint
read_earlier (const AnnalsSentence *s,
              int                   at,
              AnnalsPoint          *point)
{
  AnnalsWhich part = kind_at (s, at) == ANNALS_WORD_EARLIER ? ANNALS_WHICH_LAST : ANNALS_WHICH_NEXT;
  AnnalsUnit unit;
  guint n = 0;

  if (kind_at (s, at + 1) == ANNALS_WORD_THIS)
    n = 2;
  else if (is_word (s, at + 1, "in") && kind_at (s, at + 2) == ANNALS_WORD_THE)
    n = 3;

  if (n && is_unit (s, at + n, &unit))
    {
      shift (point, unit, 0, 0);
      point->confidence = n == 2 ? 0.85 : 0.6;
      point->part = part;
      return n + 1;
    }

  if (kind_at (s, at + 1) == ANNALS_WORD_DAY && word_at (s, at + 1)->value == 0)
    return shift (point, ANNALS_UNIT_DAY, 0, 2);

  return 0;
}

/* two weeks ago, a year later */
static guint
read_distance (const AnnalsSentence *s,
               int                   at,
               AnnalsPoint          *point)
{
  int count;
  guint n = annals_words_count (s, at, &count);
  AnnalsWordKind kind = kind_at (s, at + n);
  AnnalsUnit unit = word_at (s, at + n)->value;
  AnnalsWordKind behind = kind_at (s, at + n + 1);

  if (n == 0 || (kind != ANNALS_WORD_UNITS && kind != ANNALS_WORD_UNIT) ||
      unit == ANNALS_UNIT_WEEKEND)
    return 0;

  if (behind == ANNALS_WORD_AGO)
    {
      annals_point_init (point, count < 0 ? ANNALS_SAID_VAGUE : ANNALS_SAID_DISTANCE, unit,
                         count < 0 ? 0.4 : 0.75);
      point->count = count < 0 ? -2 : -count;
      point->more = -7;
    }
  else if ((behind == ANNALS_WORD_EARLIER || behind == ANNALS_WORD_LATER) && count > 0 &&
           unit != ANNALS_UNIT_HOUR && !is_word (s, at + n + 2, "than"))
    {
      annals_point_init (point, ANNALS_SAID_CONTEXT, unit, 0.55);
      point->count = behind == ANNALS_WORD_EARLIER ? -count : count;
      if (count > 1 && unit != ANNALS_UNIT_DAY)
        point->approximate = TRUE;
    }
  else
    {
      return 0;
    }

  if (kind_at (s, at - 1) == ANNALS_WORD_ABOUT || is_word (s, at - 1, "than"))
    point->approximate = TRUE;

  return n + 2;
}

/* the following day, the same month, that evening, the day before */
static guint
read_context (const AnnalsSentence *s,
              int                   at,
              AnnalsPoint          *point)
{
  guint skip = kind_at (s, at) == ANNALS_WORD_THE ? 1 : 0;
  AnnalsWordKind kind = kind_at (s, at + skip);
  AnnalsUnit unit = ANNALS_UNIT_DAY;
  int count;

  if (kind == ANNALS_WORD_FOLLOWING || (kind == ANNALS_WORD_NEXT && is_word (s, at + skip, "next")))
    count = 1;
  else if (kind == ANNALS_WORD_PREVIOUS)
    count = -1;
  else if (kind == ANNALS_WORD_SAME || (kind == ANNALS_WORD_THAT && !skip))
    count = 0;
  else
    return 0;

  if (!is_unit (s, at + skip + 1, &unit) &&
      !(kind_at (s, at + skip + 1) == ANNALS_WORD_TIME_OF_DAY && count >= 0))
    return 0;
  if (kind_at (s, at + skip + 1) == ANNALS_WORD_TIME_OF_DAY)
    unit = ANNALS_UNIT_DAY;

  /* "next week" is seen from the post, "the next week" from what was told */
  if ((kind == ANNALS_WORD_NEXT && unit != ANNALS_UNIT_DAY && !skip) ||
      unit < ANNALS_UNIT_DAY || unit == ANNALS_UNIT_WEEKEND)
    return 0;

  annals_point_init (point, ANNALS_SAID_CONTEXT, unit, count ? 0.6 : 0.5);
  point->which = ANNALS_WHICH_THIS;
  point->count = count;
  return skip + 2;
}

/* the day before yesterday, the day after tomorrow, the weekend, the end of the year */
static guint
read_the (const AnnalsSentence *s,
          int                   at,
          AnnalsPoint          *point)
{
  AnnalsUnit unit;

  if (!is_unit (s, at + 1, &unit))
    return 0;

  if (unit == ANNALS_UNIT_DAY && kind_at (s, at + 3) == ANNALS_WORD_DAY)
    {
      if (kind_at (s, at + 2) == ANNALS_WORD_BEFORE && word_at (s, at + 3)->value == -1)
        return shift (point, ANNALS_UNIT_DAY, -2, 4);
      if (kind_at (s, at + 2) == ANNALS_WORD_AFTER && word_at (s, at + 3)->value == 1)
        return shift (point, ANNALS_UNIT_DAY, 2, 4);
    }

  /* the day before, at the end of what is said */
  if ((kind_at (s, at + 2) == ANNALS_WORD_BEFORE || kind_at (s, at + 2) == ANNALS_WORD_AFTER) &&
      !is_letters (s, at + 3) && kind_at (s, at + 3) != ANNALS_WORD_NUMBER &&
      unit != ANNALS_UNIT_WEEKEND && unit >= ANNALS_UNIT_DAY)
    {
      annals_point_init (point, ANNALS_SAID_CONTEXT, unit, 0.6);
      point->which = ANNALS_WHICH_THIS;
      point->count = kind_at (s, at + 2) == ANNALS_WORD_BEFORE ? -1 : 1;
      return 3;
    }

  if (unit == ANNALS_UNIT_WEEKEND &&
      (kind_at (s, at - 1) == ANNALS_WORD_IN || kind_at (s, at - 1) == ANNALS_WORD_BY) &&
      kind_at (s, at + 2) != ANNALS_WORD_OF)
    {
      shift (point, unit, 0, 0);
      point->which = ANNALS_WHICH_TENSE;
      point->confidence = 0.75;
      return 2;
    }

  return 0;
}

/* the end of the year, early in the week: a third of what the post lies in */
static guint
read_third (const AnnalsSentence *s,
            int                   at,
            AnnalsPoint          *point)
{
  AnnalsThird third = word_at (s, at)->value;
  gboolean needs_of = !is_word (s, at, "early") && !is_word (s, at, "late") &&
                      !is_word (s, at, "mid");
  guint n = 1;
  guint more;
  AnnalsUnit unit;

  if (needs_of && kind_at (s, at + 1) != ANNALS_WORD_OF)
    return 0;
  if (needs_of || is_dash (s, at + 1) || (is_word (s, at + 1, "in") && !is_word (s, at, "mid")))
    n++;

  if (kind_at (s, at + n) == ANNALS_WORD_THE && is_unit (s, at + n + 1, &unit) &&
      n == 2 && unit >= ANNALS_UNIT_WEEK && unit != ANNALS_UNIT_WEEKEND &&
      kind_at (s, at + n + 2) != ANNALS_WORD_OF)
    {
      shift (point, unit, 0, 0);
      point->third = third;
      point->confidence = 0.7;
      return n + 2;
    }

  more = kind_at (s, at + n) == ANNALS_WORD_THE ? 1 : 0;
  if (kind_at (s, at + n + more) == ANNALS_WORD_THIRD ||
      !(n += more, more = annals_point_read_english (s, at + n, point)))
    return 0;

  /* late on Tuesday is a time of the day */
  if (point->said == ANNALS_SAID_DISTANCE || point->said == ANNALS_SAID_PAST ||
      point->said == ANNALS_SAID_VAGUE)
    return 0;
  if (point->unit != ANNALS_UNIT_DAY)
    point->third = third;

  return n + more;
}

static guint
read_day_word (const AnnalsSentence *s,
               int                   at,
               AnnalsPoint          *point)
{
  guint n = 1 + (kind_at (s, at + 1) == ANNALS_WORD_TIME_OF_DAY);

  /* Russia Today */
  if (word_at (s, at)->capital && at > 0 && is_capital (s, at - 1))
    return 0;

  shift (point, ANNALS_UNIT_DAY, word_at (s, at)->value, n);

  /* "today's world" is of these years */
  if (word_at (s, at)->value == 0 && is_glued (s, at + 1) &&
      (is_sign (s, at + 1, '\'') || is_sign (s, at + 1, 0x2019)))
    point->confidence = 0.4;

  return n;
}

/* last, this, next and what they are said of */
static guint
read_last (const AnnalsSentence *s,
           int                   at,
           AnnalsPoint          *point)
{
  AnnalsWordKind kind = kind_at (s, at);
  AnnalsWhich which = kind == ANNALS_WORD_LAST   ? ANNALS_WHICH_LAST
                      : kind == ANNALS_WORD_THIS ? ANNALS_WHICH_THIS
                                                 : ANNALS_WHICH_NEXT;
  guint skip = 1;
  guint n;

  if (kind == ANNALS_WORD_LAST && is_word (s, at + 1, "night"))
    return shift (point, ANNALS_UNIT_DAY, -1, 2);
  if (kind == ANNALS_WORD_THIS && kind_at (s, at + 1) == ANNALS_WORD_TIME_OF_DAY)
    return shift (point, ANNALS_UNIT_DAY, 0, 2);
  if (kind != ANNALS_WORD_THIS && (n = read_stretch (s, at, point)))
    return n;
  if (kind == ANNALS_WORD_NEXT && (n = read_context (s, at, point)))
    return n;

  /* this coming Tuesday */
  if (kind == ANNALS_WORD_THIS && kind_at (s, at + 1) == ANNALS_WORD_NEXT)
    {
      which = ANNALS_WHICH_NEXT;
      skip = 2;
    }

  return (n = read_which (s, at + skip, which, point)) ? n + skip : 0;
}

guint
annals_words_relative (const AnnalsSentence *s,
                       int                   at,
                       AnnalsPoint          *point)
{
  guint n;

  switch ((int) kind_at (s, at))
    {
    case ANNALS_WORD_DAY:
      return read_day_word (s, at, point);

    case ANNALS_WORD_LAST:
    case ANNALS_WORD_THIS:
    case ANNALS_WORD_NEXT:
      return read_last (s, at, point);

    case ANNALS_WORD_PAST:
      return kind_at (s, at - 1) == ANNALS_WORD_THE ? read_stretch (s, at, point) : 0;

    case ANNALS_WORD_RECENT:
      if (kind_at (s, at + 1) != ANNALS_WORD_UNITS || !is_word (s, at - 1, "in"))
        return 0;
      annals_point_init (point, ANNALS_SAID_VAGUE, word_at (s, at + 1)->value, 0.3);
      point->more = -5;
      return 2;

    case ANNALS_WORD_EARLIER:
    case ANNALS_WORD_LATER:
      return read_earlier (s, at, point);

    case ANNALS_WORD_THIRD:
      return read_third (s, at, point);

    case ANNALS_WORD_COUNT:
    case ANNALS_WORD_NUMBER:
      return read_distance (s, at, point);

    case ANNALS_WORD_THE:
      return (n = read_the (s, at, point)) ? n : read_context (s, at, point);

    case ANNALS_WORD_THAT:
      return read_context (s, at, point);

    default:
      return 0;
    }
}

/* in two weeks, in a few days: what is still to come; @at is the "in" */
guint
annals_words_ahead (const AnnalsSentence *s,
                    int                   at,
                    AnnalsPoint          *point)
{
  int count;
  guint n;
  AnnalsWordKind kind;

  if (!is_word (s, at, "in") || !(n = annals_words_count (s, at + 1, &count)))
    return 0;

  kind = kind_at (s, at + 1 + n);
  if ((kind != ANNALS_WORD_UNITS && kind != ANNALS_WORD_UNIT) ||
      kind_at (s, at + 2 + n) == ANNALS_WORD_OF || is_dash (s, at + 2 + n))
    return 0;

  annals_point_init (point, count < 0 ? ANNALS_SAID_VAGUE : ANNALS_SAID_DISTANCE,
                     word_at (s, at + 1 + n)->value, count < 0 ? 0.35 : 0.5);
  point->count = count < 0 ? 2 : count;
  point->more = 7;
  return n + 2;
}
