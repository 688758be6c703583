/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-words-private.h"

/* Dates that name a month, a year, a season or a day of the week. */

/* A capitalised word behind a date that makes a name of both: "the March 1 Movement" */
gboolean
annals_words_is_name (const AnnalsSentence *s,
                      int                   at)
{
  AnnalsWordKind kind = kind_at (s, at);

  return is_capital (s, at) && kind != ANNALS_WORD_WEEKDAY && kind != ANNALS_WORD_MONTH;
}

static gboolean
is_month (const AnnalsSentence *s,
          int                   at)
{
  AnnalsWordKind kind = kind_at (s, at);

  return (kind == ANNALS_WORD_MONTH || kind == ANNALS_WORD_MONTH_SHORT) && word_at (s, at)->capital;
}

/* A month's name and its point */
static guint
month_words (const AnnalsSentence *s,
             int                   at)
{
  return kind_at (s, at) == ANNALS_WORD_MONTH_SHORT && is_sign (s, at + 1, '.') ? 2 : 1;
}

/* "Juche 109 (2020)": the calendar that North Korea counts from 1912 on */
static guint
read_juche (const AnnalsSentence *s,
            int                   at,
            int                  *year)
{
  const AnnalsWord *number = word_at (s, at + 1);

  if (!is_word (s, at, "juche") || number->kind != ANNALS_WORD_NUMBER || number->n_digits > 3 ||
      number->value < 1 || number->value > 200)
    return 0;

  *year = number->value + 1911;
  return is_sign (s, at + 2, '(') && kind_at (s, at + 3) == ANNALS_WORD_NUMBER &&
                 is_sign (s, at + 4, ')')
             ? 5
             : 2;
}

/* "the following year", behind a month: of the year that was spoken of before */
static guint
read_context_year (const AnnalsSentence *s,
                   int                   at,
                   AnnalsPoint          *point)
{
  AnnalsWordKind kind = kind_at (s, at + 1);

  if (kind_at (s, at) != ANNALS_WORD_THE || !is_word (s, at + 2, "year") ||
      (kind != ANNALS_WORD_FOLLOWING && kind != ANNALS_WORD_SAME && kind != ANNALS_WORD_PREVIOUS &&
       kind != ANNALS_WORD_NEXT))
    return 0;

  point->said = ANNALS_SAID_CONTEXT;
  point->which = ANNALS_WHICH_THIS;
  point->count = kind == ANNALS_WORD_SAME ? 0 : kind == ANNALS_WORD_PREVIOUS ? -1 : 1;
  point->confidence = 0.6;
  return 3;
}

/* ", 2020", " 2020", " of last year" */
static guint
read_year_behind (const AnnalsSentence *s,
                  int                   at,
                  AnnalsPoint          *point)
{
  guint skip = is_sign (s, at, ',') || kind_at (s, at) == ANNALS_WORD_OF ? 1 : 0;
  guint n;

  if ((n = read_juche (s, at + skip, &point->year)))
    {
      point->has_year = TRUE;
      point->confidence = 0.95;
      return skip + n;
    }

  if ((n = read_context_year (s, at + skip, point)))
    return skip + n;

  if (annals_words_year (s, at + skip, &point->year))
    {
      point->has_year = TRUE;
      point->confidence = 0.95;
      return skip + 1;
    }

  if ((n = annals_words_year_shift (s, at, &point->shift)))
    {
      point->has_shift = TRUE;
      point->confidence = 0.9;
    }

  return n;
}

static void
set_month (AnnalsPoint          *point,
           const AnnalsSentence *s,
           int                   at,
           int                   day)
{
  annals_point_init (point, ANNALS_SAID_ABSOLUTE, day ? ANNALS_UNIT_DAY : ANNALS_UNIT_MONTH,
                     day ? 0.85 : 0.75);
  point->month = word_at (s, at)->value;
  point->day = day;
}

/* Sept. 11 attacks: a name, not a day of this year */
static gboolean
is_attack (const AnnalsSentence *s,
           int                   at,
           const AnnalsPoint    *point)
{
  return point->month == 9 && point->day == 11 && !point->has_year &&
         (is_word (s, at, "attacks") || is_word (s, at, "attack") || is_word (s, at, "terrorist") ||
          is_word (s, at, "terror"));
}

/* March 9, 2020 */
static guint
read_month_day (const AnnalsSentence *s,
                int                   at,
                AnnalsPoint          *point)
{
  guint n = month_words (s, at);
  guint n_day;
  int day;

  if (!(n_day = annals_words_day (s, at + n, &day)))
    return 0;

  /* "March 20 people" counts */
  if (kind_at (s, at + n + n_day) == ANNALS_WORD_COUNTED && n_day == 1)
    return 0;

  set_month (point, s, at, day);
  n += n_day;
  n += read_year_behind (s, at + n, point);

  if (is_attack (s, at + n, point))
    return 0;
  if (!point->has_year && !point->has_shift && annals_words_is_name (s, at + n) &&
      (kind_at (s, at - 1) == ANNALS_WORD_THE || kind_at (s, at - 1) == ANNALS_WORD_OTHER))
    return 0;

  return n;
}

/* 9 March 2020, the 9th of March */
static guint
read_day_month (const AnnalsSentence *s,
                int                   at,
                AnnalsPoint          *point)
{
  int day;
  guint n = annals_words_day (s, at, &day);

  if (n == 0)
    return 0;
  if (kind_at (s, at + n) == ANNALS_WORD_OF && n == 2)
    n++;
  if (!is_month (s, at + n) || (is_glued (s, at) && !is_sign (s, at - 1, '(')))
    return 0;

  set_month (point, s, at + n, day);
  n += month_words (s, at + n);
  return n + read_year_behind (s, at + n, point);
}

/* Whether a month that is named alone is one, and no verb or person */
static gboolean
is_bare_month (const AnnalsSentence *s,
               int                   at,
               guint                 n)
{
  AnnalsWordKind before = kind_at (s, at - 1);
  int month = word_at (s, at)->value;
  gboolean doubtful = month == 3 || month == 5 || month == 8;
  gboolean led;

  led = before == ANNALS_WORD_SINCE || before == ANNALS_WORD_UNTIL || before == ANNALS_WORD_FROM ||
        before == ANNALS_WORD_BETWEEN || before == ANNALS_WORD_THIRD ||
        before == ANNALS_WORD_LAST || before == ANNALS_WORD_NEXT || before == ANNALS_WORD_THIS ||
        before == ANNALS_WORD_OF || before == ANNALS_WORD_BEFORE || before == ANNALS_WORD_AFTER ||
        before == ANNALS_WORD_ABOUT || before == ANNALS_WORD_BY || before == ANNALS_WORD_TO || is_word (s, at - 1, "in") ||
        is_word (s, at - 1, "during") || is_word (s, at - 1, "throughout") ||
        (is_dash (s, at - 1) &&
         (kind_at (s, at - 2) == ANNALS_WORD_THIRD || kind_at (s, at - 2) == ANNALS_WORD_MONTH)) ||
        ((before == ANNALS_WORD_AND || before == ANNALS_WORD_OR || before == ANNALS_WORD_UNTIL) &&
         kind_at (s, at - 2) == ANNALS_WORD_MONTH && !is_capital (s, at + 1));

  if (kind_at (s, at) == ANNALS_WORD_MONTH_SHORT)
    return led && n == 2;

  /* the May elections, a June summit */
  if ((before == ANNALS_WORD_THE || is_word (s, at - 1, "a") || is_sign (s, at - 1, '\'')) &&
      is_lower (s, at + 1))
    return TRUE;

  /* "by May", "to May", "of March" may be a person: one who does something is */
  if (led)
    return month != 5 || (before != ANNALS_WORD_BY && before != ANNALS_WORD_TO) ||
           kind_at (s, at + 1) != ANNALS_WORD_PASSED;
  if (doubtful)
    return FALSE;

  /* April Smith */
  return !is_capital (s, at + 1) && !(is_capital (s, at - 1) && before == ANNALS_WORD_OTHER);
}

static guint
read_month (const AnnalsSentence *s,
            int                   at,
            AnnalsPoint          *point)
{
  guint n = month_words (s, at);
  guint n_year;

  if (is_word (s, at, "may") && is_capital (s, at + 1) && is_word (s, at + 1, "day"))
    {
      /* the May Day Stadium */
      if (annals_words_is_name (s, at + 2))
        return 0;
      set_month (point, s, at, 1);
      return 2 + read_year_behind (s, at + 2, point);
    }

  set_month (point, s, at, 0);
  n_year = read_year_behind (s, at + n, point);
  if (n_year == 0 && !is_bare_month (s, at, n))
    return 0;

  return n + n_year;
}

static gboolean
is_plural (const AnnalsSentence *s,
           int                   at)
{
  const AnnalsWord *word = word_at (s, at);

  return is_lower (s, at) && word->end - word->start > 3 && s->text[word->end - 1] == 's';
}

/* Whether what stands around a number of four digits makes it a year; how sure, or 0 */
static double
is_led_year (const AnnalsSentence *s,
             int                   at,
             int                   year)
{
  AnnalsWordKind before = kind_at (s, at - 1);
  gboolean round = year % 100 == 0 || year < 1700 || year > 2100;
  gboolean counts = is_plural (s, at + 1);

  switch ((int) before)
    {
    case ANNALS_WORD_SINCE:
    case ANNALS_WORD_UNTIL:
    case ANNALS_WORD_BETWEEN:
    case ANNALS_WORD_THIRD:
    case ANNALS_WORD_FROM:
    case ANNALS_WORD_BEFORE:
    case ANNALS_WORD_AFTER:
    case ANNALS_WORD_BY:
    case ANNALS_WORD_ABOUT:
      return counts && round ? 0 : counts ? 0.5 : 0.85;

    case ANNALS_WORD_IN:
      if (is_word (s, at - 1, "on") || is_word (s, at - 1, "at"))
        return 0;
      return counts && round ? 0 : counts ? 0.6 : 0.9;

    case ANNALS_WORD_OF:
      return counts || round ? 0 : 0.6;

    case ANNALS_WORD_THE:
    case ANNALS_WORD_COUNT:
    case ANNALS_WORD_PAST:
      /* a 2014 outbreak, the 2018 summit */
      return !round && is_letters (s, at + 1) && (before == ANNALS_WORD_THE || !counts) ? 0.7 : 0;

    default:
      break;
    }

  if (is_dash (s, at - 1) && kind_at (s, at - 2) == ANNALS_WORD_THIRD)
    return 0.85;
  if (is_sign (s, at - 1, '(') && is_sign (s, at + 1, ')') && !round)
    return 0.5;
  if (is_word (s, at - 1, "year") && !counts)
    return 0.8;
  if (before == ANNALS_WORD_OTHER && !round && is_letters (s, at + 1) && !counts &&
      (is_word (s, at - 1, "its") || is_word (s, at - 1, "his") || is_word (s, at - 1, "s") ||
       is_word (s, at - 1, "their") || is_word (s, at - 1, "her")))
    return 0.6;

  return 0;
}

static guint
read_year (const AnnalsSentence *s,
           int                   at,
           AnnalsPoint          *point)
{
  int year;
  double sure;
  guint n;

  if ((n = read_juche (s, at, &year)))
    {
      annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.9);
      point->has_year = TRUE;
      point->year = year;
      return n;
    }

  if (!annals_words_year (s, at, &year) || (sure = is_led_year (s, at, year)) == 0)
    return 0;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, sure);
  point->has_year = TRUE;
  point->year = year;
  return 1;
}

guint
annals_words_calendar (const AnnalsSentence *s,
                       int                   at,
                       AnnalsPoint          *point)
{
  guint n;

  if (is_month (s, at))
    {
      int day;

      /* the "April" of what is no date, such as "the April 25 House of Culture", is none either */
      n = read_month_day (s, at, point);
      if (n || annals_words_day (s, at + month_words (s, at), &day))
        return n;
      return read_month (s, at, point);
    }

  if ((n = annals_words_numeric (s, at, point)) || (n = annals_words_decade (s, at, point)))
    return n;

  if (kind_at (s, at) != ANNALS_WORD_NUMBER)
    return is_word (s, at, "juche") ? read_year (s, at, point) : 0;

  return (n = read_day_month (s, at, point)) ? n : read_year (s, at, point);
}

/* Football, newspapers, holidays */
static gboolean
is_named_weekday (const AnnalsSentence *s,
                  int                   at)
{
  static const char *const before[] = { "good", "black", "bloody", "super", "ash", "fat", "holy",
                                        "palm", "cyber", "giving", "easter", "maundy", "every",
                                        "each", "red" };
  static const char *const behind[] = { "night", "morning", "times", "group", "review", "show",
                                        "live", "club", "football", "agreement", "massacre",
                                        "school", "telegraph", "mail", "mirror", "post" };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    if (is_word (s, at - 1, before[i]))
      return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (behind); i++)
    if (is_capital (s, at + 1) && is_word (s, at + 1, behind[i]))
      return TRUE;

  return !word_at (s, at)->capital;
}

/* "this week", "of last week"; behind a day of the week */
static guint
read_week_behind (const AnnalsSentence *s,
                  int                   at,
                  AnnalsPoint          *point)
{
  guint n = kind_at (s, at) == ANNALS_WORD_OF ? 1 : 0;
  AnnalsWordKind kind = kind_at (s, at + n);

  if (!is_word (s, at + n + 1, "week") ||
      (kind != ANNALS_WORD_LAST && kind != ANNALS_WORD_THIS && kind != ANNALS_WORD_NEXT))
    return 0;

  point->has_shift = TRUE;
  point->shift = kind == ANNALS_WORD_LAST ? -1 : kind == ANNALS_WORD_THIS ? 0 : 1;
  return n + 2;
}

/* Tuesday night; Tuesday, March 17; Tuesday of last week */
guint
annals_words_weekday (const AnnalsSentence *s,
                      int                   at,
                      AnnalsPoint          *point)
{
  int weekday = word_at (s, at)->value;
  gboolean brief = kind_at (s, at) == ANNALS_WORD_WEEKDAY_SHORT;
  guint n = 1;
  guint more;
  guint n_date;

  if ((kind_at (s, at) != ANNALS_WORD_WEEKDAY && !brief) ||
      (brief ? !word_at (s, at)->capital : is_named_weekday (s, at)))
    return 0;

  if (is_sign (s, at + 1, '.') && brief)
    n++;
  if (kind_at (s, at + n) == ANNALS_WORD_TIME_OF_DAY && is_lower (s, at + n))
    n++;

  more = n + (is_sign (s, at + n, ',') || is_sign (s, at + n, '('));
  if (kind_at (s, at + more) == ANNALS_WORD_THE)
    more++;
  if ((is_month (s, at + more) && (n_date = read_month_day (s, at + more, point))) ||
      (n_date = read_day_month (s, at + more, point)))
    {
      point->weekday = weekday;
      point->confidence = MAX (point->confidence, 0.9);
      return more + n_date;
    }

  if (brief)
    return 0;

  annals_point_init (point, ANNALS_SAID_WEEKDAY, ANNALS_UNIT_DAY, 0.85);
  point->weekday = weekday;
  return n + read_week_behind (s, at + n, point);
}

/* summer 2018, the fall of last year, in the spring */
guint
annals_words_season (const AnnalsSentence *s,
                     int                   at,
                     AnnalsPoint          *point)
{
  gboolean led;
  guint n;

  if (kind_at (s, at) != ANNALS_WORD_SEASON)
    return 0;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_SEASON, 0.6);
  point->season = word_at (s, at)->value;

  if ((n = read_year_behind (s, at + 1, point)))
    return 1 + n;

  /* a verb, a spring of water, the fall of a city */
  if (kind_at (s, at + 1) == ANNALS_WORD_OF || (is_letters (s, at + 1) && is_glued (s, at + 1)))
    return 0;

  led = kind_at (s, at - 1) == ANNALS_WORD_BY || kind_at (s, at - 1) == ANNALS_WORD_SINCE ||
        kind_at (s, at - 1) == ANNALS_WORD_UNTIL;
  if (kind_at (s, at - 1) == ANNALS_WORD_THE)
    led = kind_at (s, at - 2) == ANNALS_WORD_IN || kind_at (s, at - 2) == ANNALS_WORD_BY ||
          kind_at (s, at - 2) == ANNALS_WORD_UNTIL || kind_at (s, at - 2) == ANNALS_WORD_SINCE;
  else if (is_word (s, at, "fall"))
    led = FALSE;
  else if (kind_at (s, at - 1) == ANNALS_WORD_THIRD)
    led = kind_at (s, at - 2) == ANNALS_WORD_IN || kind_at (s, at - 2) == ANNALS_WORD_SINCE;

  return led && !is_capital (s, at + 1) ? 1 : 0;
}

/* the first half of 2019, the second quarter, Q3 2020, the first week of March */
guint
annals_words_part (const AnnalsSentence *s,
                   int                   at,
                   AnnalsPoint          *point)
{
  guint n = annals_words_ordinal (s, at, &point->season);
  int number = point->season;
  gboolean last = kind_at (s, at) == ANNALS_WORD_LAST;
  int season = 0;
  guint more;

  if (is_word (s, at, "q") && word_at (s, at)->capital && is_glued (s, at + 1) &&
      kind_at (s, at + 1) == ANNALS_WORD_NUMBER && word_at (s, at + 1)->value >= 1 &&
      word_at (s, at + 1)->value <= 4 && word_at (s, at + 1)->n_digits == 1)
    {
      season = 32 + word_at (s, at + 1)->value;
      n = 2;
    }
  else if ((n || last) && is_word (s, at + MAX (n, 1), "week") &&
           kind_at (s, at + MAX (n, 1) + 1) == ANNALS_WORD_OF &&
           is_month (s, at + MAX (n, 1) + 2) && (last || number <= 4))
    {
      n = MAX (n, 1) + 2;
      more = read_month (s, at + n, point);
      point->week_of_month = TRUE;
      point->day = last ? 0 : number;
      return more ? n + more : 0;
    }
  else if (n && number <= 4 && is_word (s, at + n, "quarter"))
    season = 32 + number;
  else if (n && number <= 2 && is_word (s, at + n, "half"))
    season = 39 + number;
  else
    return 0;

  if (season > 36 || !is_word (s, at, "q"))
    n++;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_SEASON, 0.55);
  point->season = season;
  if ((more = read_year_behind (s, at + n, point)))
    return n + more;

  if (kind_at (s, at + n) == ANNALS_WORD_OF && kind_at (s, at + n + 1) == ANNALS_WORD_THE &&
      is_word (s, at + n + 2, "year"))
    {
      point->has_shift = TRUE;
      point->confidence = 0.7;
      return n + 3;
    }

  /* "the second half" is of a match as often */
  return season <= 36 && kind_at (s, at - 1) == ANNALS_WORD_THE &&
                 kind_at (s, at - 2) == ANNALS_WORD_IN && kind_at (s, at + n) != ANNALS_WORD_OF
             ? n
             : 0;
}
