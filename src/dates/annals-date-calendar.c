/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* gint64 seconds reach a little over 292,277,000,000 years from 1970. A year beyond this limit is
 * refused with its reason: an open bound would claim that nothing is known.
 */
#define MAX_YEAR G_GINT64_CONSTANT (292000000000)

#define DAY_SECONDS G_GINT64_CONSTANT (86400)

typedef struct
{
  int from_month, from_day;
  int to_month, to_day;      /* exclusive */
  int to_years;              /* added to the year */
} Season;

/* The widest reading: spring is March to May for the weather and 20 March to 21 June for the sky.
 * 21 to 24 do not name a hemisphere; they are read as in the northern one. A "winter 2020" is the
 * winter in which 2020 begins or the one in which it ends, so it reaches over both.
 */
static const Season seasons[] = {
  { 3, 1, 6, 22, 0 }, { 6, 1, 9, 24, 0 }, { 9, 1, 12, 23, 0 }, { 1, 1, 3, 22, 1 },  /* 21–24 */
  { 3, 1, 6, 22, 0 }, { 6, 1, 9, 24, 0 }, { 9, 1, 12, 23, 0 }, { 1, 1, 3, 22, 1 },  /* northern */
  { 9, 1, 12, 23, 0 }, { 1, 1, 3, 22, 1 }, { 3, 1, 6, 22, 0 }, { 6, 1, 9, 24, 0 },  /* southern */
  { 1, 1, 4, 1, 0 }, { 4, 1, 7, 1, 0 }, { 7, 1, 10, 1, 0 }, { 10, 1, 1, 1, 1 },     /* quarters */
  { 1, 1, 5, 1, 0 }, { 5, 1, 9, 1, 0 }, { 9, 1, 1, 1, 1 },                          /* thirds */
  { 1, 1, 7, 1, 0 }, { 7, 1, 1, 1, 1 },                                             /* halves */
};

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil */
gint64
annals_calendar_days (gint64 year,
                      int    month,
                      int    day)
{
  gint64 era;
  gint64 year_of_era;
  gint64 day_of_year;

  year -= month <= 2;
  era = (year >= 0 ? year : year - 399) / 400;
  year_of_era = year - era * 400;
  day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

void
annals_calendar_from_days (gint64  days,
                           gint64 *year,
                           int    *month,
                           int    *day)
{
  gint64 era;
  gint64 day_of_era;
  gint64 year_of_era;
  gint64 day_of_year;
  gint64 shifted;

  days += 719468;
  era = (days >= 0 ? days : days - 146096) / 146097;
  day_of_era = days - era * 146097;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted = (5 * day_of_year + 2) / 153;

  *day = day_of_year - (153 * shifted + 2) / 5 + 1;
  *month = shifted + (shifted < 10 ? 3 : -9);
  *year = year_of_era + era * 400 + (*month <= 2);
}

static gboolean
is_leap (gint64 year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
annals_calendar_month_length (gint64 year,
                              int    month)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return lengths[month - 1] + (month == 2 && is_leap (year));
}

static gboolean
matches (const char *mask,
         int         number)
{
  for (int i = strlen (mask) - 1; i >= 0; i--, number /= 10)
    if (mask[i] != 'X' && mask[i] - '0' != number % 10)
      return FALSE;

  return TRUE;
}

/* The first or the last day that the digits of month and day allow in a year of this kind */
static gboolean
find_day (const AnnalsDateValue *value,
          gboolean               leap,
          gboolean               last,
          int                   *month,
          int                   *day)
{
  int year = leap ? 2000 : 2001;

  for (int i = 1; i <= 12; i++)
    {
      int m = last ? 13 - i : i;
      int length = annals_calendar_month_length (year, m);

      if (!matches (value->month, m))
        continue;

      for (int j = 1; j <= length; j++)
        {
          int d = last ? length + 1 - j : j;

          if (*value->day && !matches (value->day, d))
            continue;

          *month = m;
          *day = d;
          return TRUE;
        }
    }

  return FALSE;
}

static char *
dup_no_day_reason (const AnnalsDateValue *value)
{
  int month = g_ascii_strtoull (value->month, NULL, 10);
  g_autofree char *name = NULL;
  int length;

  if (strchr (value->month, 'X') || strchr (value->year, 'X') || strchr (value->day, 'X'))
    return g_strdup (_("no day of the calendar fits these digits"));

  length = annals_calendar_month_length (value->first_year, month);
  name = annals_calendar_format (_("%OB %Y"), value->first_year, month, 1);

  /* Translators: “February 2021 has 28 days” */
  return g_strdup_printf (ngettext ("%s has %d day", "%s has %d days", length), name, length);
}

static gboolean
bound_known_day (AnnalsDateValue *value,
                 char           **reason)
{
  int month = g_ascii_strtoull (value->month, NULL, 10);
  int day = g_ascii_strtoull (value->day, NULL, 10);

  if (day < 1 || day > annals_calendar_month_length (value->first_year, month))
    {
      *reason = dup_no_day_reason (value);
      return FALSE;
    }

  value->from = annals_calendar_days (value->first_year, month, day) * DAY_SECONDS;
  value->to = value->from + DAY_SECONDS;
  return TRUE;
}

static gboolean
bound_days (AnnalsDateValue *value,
            char           **reason)
{
  gboolean found = FALSE;
  int first[2][2] = { { 0, 0 }, { 0, 0 } };  /* by leap: month, day; 0 when there is none */
  int last[2][2] = { { 0, 0 }, { 0, 0 } };

  /* the usual date, of which everything is known, without a search */
  if (*value->day && !strchr (value->year, 'X') && !strchr (value->month, 'X') &&
      !strchr (value->day, 'X'))
    return bound_known_day (value, reason);

  for (int leap = 0; leap < 2; leap++)
    {
      find_day (value, leap, FALSE, &first[leap][0], &first[leap][1]);
      find_day (value, leap, TRUE, &last[leap][0], &last[leap][1]);
    }

  /* at most 10,000 years: four digits, or one year */
  for (gint64 year = value->first_year; year <= value->last_year; year++)
    {
      gboolean leap = is_leap (year);

      if (!first[leap][0] || !matches (value->year, ABS (year)))
        continue;

      if (!found)
        value->from = annals_calendar_days (year, first[leap][0], first[leap][1]) * DAY_SECONDS;
      value->to = (annals_calendar_days (year, last[leap][0], last[leap][1]) + 1) * DAY_SECONDS;
      found = TRUE;
    }

  if (!found)
    *reason = dup_no_day_reason (value);

  return found;
}

/* Of a year without X and significant digits; else the earliest possible */
gint64
annals_date_value_year (const AnnalsDateValue *value)
{
  gint64 year = value->is_long ? value->number : 0;

  if (!value->is_long)
    for (int i = 0; i < 4; i++)
      year = year * 10 + (value->year[i] == 'X' ? 0 : value->year[i] - '0');

  for (int i = 0; i < value->exponent && year < MAX_YEAR; i++)
    year *= 10;

  return value->negative ? -year : year;
}

static gboolean
bound_years (AnnalsDateValue *value,
             char           **reason)
{
  gint64 low = ABS (annals_date_value_year (value));
  gint64 high = low;

  if (!value->is_long)
    for (int i = 0, unit = 1000; i < 4; i++, unit /= 10)
      if (value->year[i] == 'X')
        high += 9 * unit;

  if (value->significant)
    {
      gint64 unit = 1;
      int digits = 1;

      for (gint64 rest = low; rest >= 10; rest /= 10)
        digits++;

      if (value->significant > digits)
        {
          *reason = g_strdup_printf (ngettext ("the year has only %d digit",
                                               "the year has only %d digits", digits), digits);
          return FALSE;
        }

      for (int i = value->significant; i < digits; i++)
        unit *= 10;

      low -= low % unit;
      high = low + unit - 1;
    }

  if (high > MAX_YEAR)
    {
      *reason = g_strdup (_("the year is too far away to be counted"));
      return FALSE;
    }

  if (value->negative && low == 0)
    low = 1;                     /* there is one year 0, and it is written without a sign */

  value->first_year = value->negative ? -high : low;
  value->last_year = value->negative ? -low : high;
  return TRUE;
}

static void
bound_time (AnnalsDateValue *value)
{
  value->from += value->hour * 3600 + value->minute * 60 + MAX (value->second, 0);
  value->from -= value->offset * 60;
  value->to = value->from + (value->second < 0 ? 60 : 1);
}

/* Fills in the bounds of what was read; FALSE with a reason when no real day fits. */
gboolean
annals_date_value_bound (AnnalsDateValue *value,
                         char           **reason)
{
  if (!bound_years (value, reason))
    return FALSE;

  if (value->season)
    {
      const Season *season = &seasons[value->season - 21];

      value->from = annals_calendar_days (value->first_year, season->from_month,
                                          season->from_day) * DAY_SECONDS;
      value->to = annals_calendar_days (value->last_year + season->to_years, season->to_month,
                                        season->to_day) * DAY_SECONDS;
    }
  else if (*value->month)
    {
      if (!bound_days (value, reason))
        return FALSE;
    }
  else
    {
      value->from = annals_calendar_days (value->first_year, 1, 1) * DAY_SECONDS;
      value->to = annals_calendar_days (value->last_year + 1, 1, 1) * DAY_SECONDS;
    }

  if (value->hour >= 0)
    bound_time (value);

  return TRUE;
}

/* Whether a day of @month of @year that fits the digits lies in the span */
static gboolean
month_meets (const AnnalsDateValue *value,
             gint64                 year,
             int                    month,
             gint64                 from,
             gint64                 to)
{
  int length = annals_calendar_month_length (year, month);

  for (int day = 1; day <= length; day++)
    {
      gint64 start = annals_calendar_days (year, month, day) * DAY_SECONDS;

      if ((!*value->day || matches (value->day, day)) && start < to && start + DAY_SECONDS > from)
        return TRUE;
    }

  return FALSE;
}

static gboolean
year_meets (const AnnalsDateValue *value,
            gint64                 year,
            gint64                 from,
            gint64                 to)
{
  AnnalsDateValue one = *value;
  g_autofree char *reason = NULL;

  if (*value->month)
    {
      for (int month = 1; month <= 12; month++)
        if (matches (value->month, month) && month_meets (value, year, month, from, to))
          return TRUE;

      return FALSE;
    }

  g_snprintf (one.year, sizeof one.year, "%04d", (int) ABS (year));
  return annals_date_value_bound (&one, &reason) && one.from < to && one.to > from;
}

/* Whether a value with unknown digits can be a day in [@from, @to) */
gboolean
annals_date_value_meets (const AnnalsDateValue *value,
                         gint64                 from,
                         gint64                 to)
{
  gint64 first;
  gint64 last;
  int month;
  int day;

  /* a season reaches into the next year */
  annals_calendar_from_days (MAX (from, value->from) / DAY_SECONDS - 1, &first, &month, &day);
  annals_calendar_from_days (MIN (to, value->to) / DAY_SECONDS + 1, &last, &month, &day);
  first = MAX (first - 1, value->first_year);
  last = MIN (last, value->last_year);

  for (gint64 year = first; year <= last; year++)
    if (matches (value->year, ABS (year)) && year_meets (value, year, from, to))
      return TRUE;

  return FALSE;
}
