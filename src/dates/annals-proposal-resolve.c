/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-private.h"

#include <string.h>

/* What an expression means, seen from one day: a span of cells of its unit. Days are counted from
 * 1970, months from the year 0, decades and centuries likewise.
 */

void
annals_seen_from_init (AnnalsSeenFrom      *self,
                       AnnalsDate          *published,
                       AnnalsProposalFlags  flags)
{
  const AnnalsDateValue *value;
  gint64 from;
  gint64 to;

  memset (self, 0, sizeof *self);
  self->flags = flags;

  if (!published || !annals_date_get_from (published, &from) ||
      !annals_date_get_to (published, &to))
    return;

  self->known = TRUE;
  value = &published->elements->start;

  /* the day on the writer's own calendar, not in Greenwich */
  if (published->form == ANNALS_FORM_VALUE && value->hour >= 0)
    from += value->offset * 60;

  self->first = from / 86400 - (from % 86400 < 0);
  self->last = published->form == ANNALS_FORM_VALUE && value->hour >= 0
                   ? self->first
                   : (to - 1) / 86400 - ((to - 1) % 86400 < 0);

  /* a post of which only a century is known tells nothing of its days */
  if (self->last - self->first > 3700)
    self->known = FALSE;
}

static int
weekday_of (gint64 day)
{
  return ((day + 3) % 7 + 7) % 7 + 1;
}

static gint64
month_of (gint64 day)
{
  gint64 year;
  int month;
  int d;

  annals_calendar_from_days (day, &year, &month, &d);
  return year * 12 + month - 1;
}

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0);
}

/* The cell of @unit that @day lies in; of a week its Monday */
static gint64
cell_of (AnnalsUnit unit,
         gint64     day)
{
  gint64 month = month_of (day);

  switch (unit)
    {
    case ANNALS_UNIT_WEEK:
      return day - weekday_of (day) + 1;
    case ANNALS_UNIT_WEEKEND:
      return day - weekday_of (day) + 6;
    case ANNALS_UNIT_MONTH:
      return month;
    case ANNALS_UNIT_SEASON:
    case ANNALS_UNIT_YEAR:
      return floor_div (month, 12);
    case ANNALS_UNIT_DECADE:
      return floor_div (month, 120);
    case ANNALS_UNIT_CENTURY:
      return floor_div (month, 1200);
    case ANNALS_UNIT_HOUR:
    case ANNALS_UNIT_DAY:
      break;
    }

  return day;
}

static void
set_cells (AnnalsCells *cells,
           AnnalsUnit   unit,
           gint64       first,
           gint64       last)
{
  *cells = (AnnalsCells){ unit, first, last, 1, 0, FALSE };
}

/* The candidate of a year in numbers that can be compared; FALSE when it has none (29 February) */
typedef gboolean (*MakeFunc) (const AnnalsPoint *point, gint64 year, gint64 *first, gint64 *last);

static gint64
distance_to (gint64 now,
             gint64 first,
             gint64 last)
{
  return now < first ? first - now : now > last ? now - last : 0;
}

static gboolean
fits (const AnnalsPoint *point,
      AnnalsTense        tense,
      gint64             now,
      gint64             slack,
      gboolean           same_year,
      gint64             first,
      gint64             last)
{
  switch (point->which)
    {
    case ANNALS_WHICH_LAST:
      return last < now;
    case ANNALS_WHICH_NEXT:
      return first > now;
    case ANNALS_WHICH_THIS:
      return same_year;
    case ANNALS_WHICH_TENSE:
      break;
    }

  return tense == ANNALS_TENSE_PAST     ? first <= now + slack
         : tense == ANNALS_TENSE_FUTURE ? last >= now
                                        : TRUE;
}

/* "was to end on June 9", said on the tenth: not next year's. Only of days of a year */
static gboolean
is_just_past (const AnnalsPoint *point,
              AnnalsTense        tense,
              gint64             now,
              gint64             day)
{
  return point->which == ANNALS_WHICH_TENSE && tense == ANNALS_TENSE_FUTURE &&
         point->said == ANNALS_SAID_ABSOLUTE && point->day && day < now && now - day <= 45;
}

/* @slack: what a writer east of the post's zone may be ahead of it */
static gboolean
choose_year (const AnnalsPoint *point,
             AnnalsTense        tense,
             gint64             now,
             gint64             year,
             gint64             slack,
             MakeFunc           make,
             gint64            *first,
             gint64            *last)
{
  gint64 best = G_MAXINT64;

  for (gint64 y = year - 9; y <= year + 9; y++)
    {
      gint64 a;
      gint64 b;

      if (!make (point, y, &a, &b))
        continue;

      if ((fits (point, tense, now, slack, y == year, a, b) ||
           is_just_past (point, tense, now, b)) &&
          distance_to (now, a, b) < best)
        {
          best = distance_to (now, a, b);
          *first = a;
          *last = b;
        }
    }

  return best != G_MAXINT64;
}

static gboolean
make_day (const AnnalsPoint *point,
          gint64             year,
          gint64            *first,
          gint64            *last)
{
  if (point->day > annals_calendar_month_length (year, point->month))
    return FALSE;

  *first = *last = annals_calendar_days (year, point->month, point->day);
  return !point->weekday || weekday_of (*first) == point->weekday;
}

/* A month as a cell; the cells of @now must be months too */
static gboolean
make_month (const AnnalsPoint *point,
            gint64             year,
            gint64            *first,
            gint64            *last)
{
  *first = *last = year * 12 + point->month - 1;
  return TRUE;
}

/* In months, so that what is running counts as this one */
static gboolean
make_season (const AnnalsPoint *point,
             gint64             year,
             gint64            *first,
             gint64            *last)
{
  int season = point->season;
  int start = season <= 24   ? (season - 21) * 3 + 2
              : season <= 36 ? (season - 33) * 3
                             : (season - 40) * 6;

  *first = year * 12 + start;
  *last = *first + (season <= 36 ? 2 : 5);
  return TRUE;
}

static gboolean
see_season (const AnnalsPoint *point,
            AnnalsTense        tense,
            gint64             day,
            AnnalsCells       *cells)
{
  gint64 month = month_of (day);
  gint64 year = floor_div (month, 12);
  gint64 first = 0;
  gint64 last = 0;

  if (point->has_year)
    year = point->year;
  else if (point->has_shift)
    year += point->shift;
  else
    {
      /* a winter belongs to the year that it began in */
      if (point->which == ANNALS_WHICH_THIS && point->season == 24 && month % 12 < 5)
        year--;
      if (!choose_year (point, tense, month, year, 0, make_season, &first, &last))
        return FALSE;
      year = floor_div (first, 12);
    }

  set_cells (cells, ANNALS_UNIT_SEASON, year, year);
  cells->season = point->season;
  return TRUE;
}

/* The last, first, second … week of a month: its days 1 to 7, …, the last seven */
static gboolean
see_week_of_month (const AnnalsPoint *point,
                   gint64             month,
                   AnnalsCells       *cells)
{
  gint64 year = floor_div (month, 12);
  int number = month - year * 12 + 1;
  int length = annals_calendar_month_length (year, number);
  int first = point->day ? (point->day - 1) * 7 + 1 : length - 6;
  gint64 day = annals_calendar_days (year, number, first);

  set_cells (cells, ANNALS_UNIT_DAY, day, day + 6);
  return TRUE;
}

static gboolean
see_absolute (const AnnalsPoint *point,
              AnnalsTense        tense,
              gint64             day,
              AnnalsCells       *cells)
{
  gint64 month = month_of (day);
  gint64 year = point->has_year ? point->year : floor_div (month, 12) + point->shift;
  gboolean fixed = point->has_year || point->has_shift;
  gint64 first = 0;
  gint64 last = 0;

  if (point->season)
    return see_season (point, tense, day, cells);

  if (!point->month)
    {
      gint64 span = point->unit == ANNALS_UNIT_DECADE    ? 10
                    : point->unit == ANNALS_UNIT_CENTURY ? 100
                                                         : 1;

      set_cells (cells, point->unit, floor_div (year, span), floor_div (year, span));
      return TRUE;
    }

  if (point->day && !point->week_of_month)
    {
      if (fixed)
        {
          AnnalsPoint plain = *point;

          /* a weekday that does not fit is a slip of the writer */
          plain.weekday = 0;
          if (!make_day (&plain, year, &first, &last))
            return FALSE;
        }
      else if (!choose_year (point, tense, day, year, 1, make_day, &first, &last))
        return FALSE;

      set_cells (cells, ANNALS_UNIT_DAY, first, last);
      return TRUE;
    }

  if (fixed)
    first = year * 12 + point->month - 1;
  else if (!choose_year (point, tense, month, year, 0, make_month, &first, &last))
    return FALSE;

  if (point->week_of_month)
    return see_week_of_month (point, first, cells);

  set_cells (cells, ANNALS_UNIT_MONTH, first, first);
  cells->step = 12;
  return TRUE;
}

static gboolean
see_weekday (const AnnalsPoint *point,
             AnnalsTense        tense,
             gint64             day,
             AnnalsCells       *cells)
{
  int behind = (weekday_of (day) - point->weekday + 7) % 7;
  gint64 found;

  if (point->has_shift || point->which == ANNALS_WHICH_THIS)
    found = cell_of (ANNALS_UNIT_WEEK, day) + point->shift * 7 + point->weekday - 1;
  else if (point->which == ANNALS_WHICH_LAST)
    found = day - (behind ? behind : 7);
  else if (point->which == ANNALS_WHICH_NEXT)
    found = day + 7 - behind;
  else if (tense == ANNALS_TENSE_FUTURE)
    found = day + (behind ? 7 - behind : 0);
  else
    found = day - behind;

  set_cells (cells, ANNALS_UNIT_DAY, found, found);
  cells->step = 7;
  return TRUE;
}

/* The Mondays, middles and ends of weeks */
static void
cut_week (AnnalsCells *cells,
          AnnalsThird  third)
{
  if (third == ANNALS_THIRD_EARLY)
    cells->last = cells->first + 2;
  else if (third == ANNALS_THIRD_MIDDLE)
    {
      cells->first += 1;
      cells->last = cells->first + 2;
    }
  else if (third == ANNALS_THIRD_LATE)
    cells->first = cells->last - 3;
}

/* earlier this month: from its beginning to the post's day */
static void
cut_part (AnnalsCells *cells,
          AnnalsWhich  part,
          gint64       day)
{
  gint64 year = cells->first;
  gint64 month = month_of (day);

  if (cells->unit == ANNALS_UNIT_YEAR)
    {
      set_cells (cells, ANNALS_UNIT_MONTH, year * 12, year * 12 + 11);
      day = month;
    }
  else if (cells->unit == ANNALS_UNIT_MONTH)
    {
      gint64 first = annals_calendar_days (floor_div (month, 12), month % 12 + 1, 1);

      set_cells (cells, ANNALS_UNIT_DAY, first,
                 first + annals_calendar_month_length (floor_div (month, 12), month % 12 + 1) - 1);
    }
  else if (cells->unit != ANNALS_UNIT_DAY)
    {
      return;
    }

  if (part == ANNALS_WHICH_LAST)
    cells->last = CLAMP (day, cells->first, cells->last);
  else
    cells->first = CLAMP (day, cells->first, cells->last);
}

static gboolean
see_shift (const AnnalsPoint *point,
           AnnalsTense        tense,
           gint64             day,
           AnnalsCells       *cells)
{
  gint64 cell = cell_of (point->unit, day);
  gint64 first = 0;

  switch (point->unit)
    {
    case ANNALS_UNIT_WEEK:
      first = cell + point->count * 7;
      set_cells (cells, ANNALS_UNIT_DAY, first, first + 6);
      cut_week (cells, point->third);
      break;

    case ANNALS_UNIT_WEEKEND:
      first = cell + point->count * 7;
      /* the one that has been, or is, unless it is said to come */
      if (point->which == ANNALS_WHICH_TENSE && tense != ANNALS_TENSE_FUTURE && first > day &&
          point->count == 0 && point->confidence < 0.8)
        first -= 7;
      set_cells (cells, ANNALS_UNIT_DAY, first, first + 1);
      break;

    case ANNALS_UNIT_SEASON:
      {
        gint64 quarter = floor_div (month_of (day), 3) + point->count;

        set_cells (cells, ANNALS_UNIT_SEASON, floor_div (quarter, 4), floor_div (quarter, 4));
        cells->season = 33 + (quarter - floor_div (quarter, 4) * 4);
      }
      break;

    default:
      set_cells (cells, point->unit, cell + point->count, cell + point->count);
      break;
    }

  if (point->part != ANNALS_WHICH_TENSE)
    cut_part (cells, point->part, day);

  return TRUE;
}

/* @count units from @day, and the unit that is fine enough to say so */
static gint64
move (AnnalsUnit  unit,
      gint64      day,
      int         count,
      AnnalsUnit *result)
{
  *result = unit <= ANNALS_UNIT_WEEKEND ? ANNALS_UNIT_DAY : unit;

  if (unit == ANNALS_UNIT_HOUR)
    return day + count / 24;
  if (unit == ANNALS_UNIT_DAY)
    return day + count;
  if (unit <= ANNALS_UNIT_WEEKEND)
    return day + (gint64) count * 7;

  return cell_of (unit, day) + count;
}

static gboolean
see_distance (const AnnalsPoint *point,
              gint64             day,
              AnnalsCells       *cells)
{
  AnnalsUnit unit = point->unit;
  int count = point->count;
  gint64 found;

  /* ten years ago is a year, a decade ago too */
  if (unit == ANNALS_UNIT_DECADE || unit == ANNALS_UNIT_CENTURY)
    {
      count *= unit == ANNALS_UNIT_DECADE ? 10 : 100;
      unit = ANNALS_UNIT_YEAR;
    }

  found = move (unit, day, count, &unit);
  set_cells (cells, unit, found, found);
  return TRUE;
}

/* the past three weeks: from then to now, in days; years in months */
static gboolean
see_past (const AnnalsPoint *point,
          gint64             day,
          AnnalsCells       *cells)
{
  AnnalsUnit unit = point->unit;
  int count = -point->count;
  gint64 now;
  gint64 then;

  if (unit == ANNALS_UNIT_YEAR || unit == ANNALS_UNIT_DECADE || unit == ANNALS_UNIT_CENTURY)
    {
      count *= unit == ANNALS_UNIT_YEAR ? 12 : unit == ANNALS_UNIT_DECADE ? 120 : 1200;
      unit = ANNALS_UNIT_MONTH;
    }
  else if (unit == ANNALS_UNIT_SEASON)
    return FALSE;

  then = move (unit, day, count, &unit);
  now = cell_of (unit, day);
  set_cells (cells, unit, MIN (then, now), MAX (then, now));
  cells->is_span = TRUE;
  return TRUE;
}

static gboolean
see_vague (const AnnalsPoint *point,
           gint64             day,
           AnnalsCells       *cells)
{
  AnnalsPoint near = *point;
  AnnalsPoint far = *point;
  AnnalsCells a;
  AnnalsCells b;

  far.count = point->more;
  if (!see_distance (&near, day, &a) || !see_distance (&far, day, &b))
    return FALSE;

  set_cells (cells, a.unit, MIN (a.first, b.first), MAX (a.last, b.last));
  return TRUE;
}

static gboolean
make_day_of_month (const AnnalsPoint *point,
                   gint64             month,
                   gint64            *first,
                   gint64            *last)
{
  gint64 year = floor_div (month, 12);
  int number = month - year * 12 + 1;

  if (point->day > annals_calendar_month_length (year, number))
    return FALSE;

  *first = *last = annals_calendar_days (year, number, point->day);
  return TRUE;
}

/* on the 15th: of the month that is running, has been or comes */
static gboolean
see_day_of_month (const AnnalsPoint *point,
                  AnnalsTense        tense,
                  gint64             day,
                  AnnalsCells       *cells)
{
  gint64 first;
  gint64 last;
  AnnalsPoint any = *point;

  if (point->has_shift)
    {
      if (!make_day_of_month (point, month_of (day) + point->shift, &first, &last))
        return FALSE;
    }
  else
    {
      if (any.which == ANNALS_WHICH_THIS)
        any.which = ANNALS_WHICH_TENSE;
      if (!choose_year (&any, tense, day, month_of (day), 1, make_day_of_month, &first, &last))
        return FALSE;
    }

  set_cells (cells, ANNALS_UNIT_DAY, first, last);
  return TRUE;
}

/* What @point means to somebody who writes on @day; FALSE when it means no day at all */
gboolean
annals_point_see (const AnnalsPoint *point,
                  AnnalsTense        tense,
                  gint64             day,
                  AnnalsCells       *cells)
{
  switch (point->said)
    {
    case ANNALS_SAID_ABSOLUTE:
      return see_absolute (point, tense, day, cells);
    case ANNALS_SAID_WEEKDAY:
      return see_weekday (point, tense, day, cells);
    case ANNALS_SAID_SHIFT:
      return see_shift (point, tense, day, cells);
    case ANNALS_SAID_DISTANCE:
      return see_distance (point, day, cells);
    case ANNALS_SAID_PAST:
      return see_past (point, day, cells);
    case ANNALS_SAID_VAGUE:
      return see_vague (point, day, cells);
    case ANNALS_SAID_DAY_OF_MONTH:
      return see_day_of_month (point, tense, day, cells);
    case ANNALS_SAID_CONTEXT:
      break;
    }

  return FALSE;
}
