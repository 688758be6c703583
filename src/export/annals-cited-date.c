/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-cited-date.h"

#include "annals-calendar.h"

#define DAY_SECONDS 86400
#define FIRST_SEASON 21        /* EDTF: 21 to 24, and the same of the northern and the southern half of the earth */
#define FIRST_QUARTER 33       /* from here on parts of a year in months */

static void
set_day (AnnalsCitedPoint *point,
         gint64            seconds,
         gboolean          with_day)
{
  gint64 days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);

  annals_calendar_from_days (days, &point->year, &point->month, &point->day);
  if (!with_day)
    point->day = 0;
}

static gboolean
read_end (AnnalsDate       *date,
          gboolean          last,
          AnnalsCitedDate  *cited,
          AnnalsCitedPoint *point)
{
  AnnalsDateEnd end;
  gint64 bound;

  annals_date_get_end (date, last, &end);
  *(last ? &cited->last_open : &cited->first_open) = end.is_open;
  if (end.precision == ANNALS_DATE_UNDATED)
    return FALSE;

  cited->is_plain &= (end.flags & ANNALS_DATE_UNSPECIFIED) == 0 && end.precision != ANNALS_DATE_TIME;
  *point = (AnnalsCitedPoint) { .year = end.year, .month = end.month, .day = end.day };
  point->approximate = (end.flags & ANNALS_DATE_APPROXIMATE) != 0;
  point->uncertain = (end.flags & ANNALS_DATE_UNCERTAIN) != 0;
  cited->circa |= point->approximate || point->uncertain;
  if (end.season >= FIRST_QUARTER)
    {
      if (last ? annals_date_get_to (date, &bound) : annals_date_get_from (date, &bound))
        set_day (point, last ? bound - 1 : bound, FALSE);
      cited->is_plain = FALSE;
    }
  else if (end.season != 0)
    {
      point->season = (end.season - FIRST_SEASON) % 4 + 1;
      cited->is_plain &= end.season < FIRST_SEASON + 4;
    }

  return TRUE;
}

static gboolean
is_same (const AnnalsCitedPoint *a,
         const AnnalsCitedPoint *b)
{
  return a->year == b->year && a->month == b->month && a->day == b->day && a->season == b->season;
}

void
annals_cited_date_read (AnnalsDate      *date,
                        AnnalsCitedDate *cited)
{
  g_return_if_fail (date != NULL && cited != NULL);

  *cited = (AnnalsCitedDate) { .is_plain = TRUE };
  cited->has_first = read_end (date, FALSE, cited, &cited->first);
  cited->has_last = read_end (date, TRUE, cited, &cited->last);
  cited->is_range = cited->has_first != cited->has_last ||
                    (cited->has_first && !is_same (&cited->first, &cited->last));
  cited->is_plain &= g_ascii_isalnum (*annals_date_get_edtf (date)) || *annals_date_get_edtf (date) == '-';
}

void
annals_cited_point_at (gint64            microseconds,
                       AnnalsCitedPoint *point)
{
  gint64 seconds = microseconds / G_USEC_PER_SEC - (microseconds % G_USEC_PER_SEC < 0);

  *point = (AnnalsCitedPoint) { 0 };
  set_day (point, seconds, TRUE);
}

const char *
annals_cited_address (const char *address)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);

  return scheme != NULL && (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0)
         ? address : "";
}
