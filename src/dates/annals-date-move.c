/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"

#define DAY_SECONDS G_GINT64_CONSTANT (86400)

/* What can be written with four digits of a year */
#define FIRST_YEAR (-9999)
#define LAST_YEAR 9999

typedef struct
{
  gint64 year;
  int    month;
  int    day;
  int    second;
} Moment;

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0);
}

static Moment
moment_of (gint64 seconds)
{
  gint64 days = floor_div (seconds, DAY_SECONDS);
  Moment moment;

  annals_calendar_from_days (days, &moment.year, &moment.month, &moment.day);
  moment.second = (int) (seconds - days * DAY_SECONDS);
  return moment;
}

static gint64
clamp_seconds (gint64 seconds)
{
  return CLAMP (seconds, annals_calendar_days (FIRST_YEAR, 1, 1) * DAY_SECONDS,
                annals_calendar_days (LAST_YEAR + 1, 1, 1) * DAY_SECONDS - 1);
}

/* How many years a date of that precision covers */
static int
get_years (AnnalsDatePrecision precision)
{
  return precision == ANNALS_DATE_CENTURY ? 100 : precision == ANNALS_DATE_DECADE ? 10 : 1;
}

/* The beginning of the unit in which @seconds lies, or of the one @more further */
static gint64
unit_begin (gint64              seconds,
            AnnalsDatePrecision precision,
            int                 more)
{
  Moment moment = moment_of (seconds);
  gint64 count;

  switch (precision)
    {
    case ANNALS_DATE_TIME:
      return (floor_div (seconds, 60) + more) * 60;

    case ANNALS_DATE_DAY:
      return (floor_div (seconds, DAY_SECONDS) + more) * DAY_SECONDS;

    case ANNALS_DATE_MONTH:
    case ANNALS_DATE_SEASON:
      count = moment.year * 12 + moment.month - 1 + more;
      return annals_calendar_days (floor_div (count, 12), count - floor_div (count, 12) * 12 + 1, 1) *
             DAY_SECONDS;

    case ANNALS_DATE_YEAR:
    case ANNALS_DATE_DECADE:
    case ANNALS_DATE_CENTURY:
    case ANNALS_DATE_RANGE:
    case ANNALS_DATE_UNDATED:
      break;
    }

  count = floor_div (moment.year, get_years (precision)) + more;
  return annals_calendar_days (count * get_years (precision), 1, 1) * DAY_SECONDS;
}

static gint64
round_to (gint64              seconds,
          AnnalsDatePrecision precision)
{
  gint64 before = unit_begin (seconds, precision, 0);
  gint64 behind = unit_begin (seconds, precision, 1);

  return seconds - before < behind - seconds ? before : behind;
}

static char *
dup_edtf_at (gint64              seconds,
             AnnalsDatePrecision precision)
{
  Moment moment = moment_of (clamp_seconds (seconds));
  const char *sign = moment.year < 0 ? "-" : "";
  int year = (int) ABS (moment.year);

  /* no decade is written before the year 0 */
  if (*sign != '\0' && precision > ANNALS_DATE_YEAR)
    precision = ANNALS_DATE_YEAR;

  switch (precision)
    {
    case ANNALS_DATE_TIME:
      return g_strdup_printf ("%s%04d-%02d-%02dT%02d:%02dZ", sign, year, moment.month, moment.day,
                              moment.second / 3600, moment.second / 60 % 60);

    case ANNALS_DATE_DAY:
      return g_strdup_printf ("%s%04d-%02d-%02d", sign, year, moment.month, moment.day);

    case ANNALS_DATE_MONTH:
    case ANNALS_DATE_SEASON:
      return g_strdup_printf ("%s%04d-%02d", sign, year, moment.month);

    case ANNALS_DATE_DECADE:
      return g_strdup_printf ("%03dX", year / 10);

    case ANNALS_DATE_CENTURY:
      return g_strdup_printf ("%02dXX", year / 100);

    case ANNALS_DATE_YEAR:
    case ANNALS_DATE_RANGE:
    case ANNALS_DATE_UNDATED:
      break;
    }

  return g_strdup_printf ("%s%04d", sign, year);
}

static const char *
get_sign (AnnalsDateFlags flags)
{
  static const char * const signs[] = { "", "~", "?", "%" };

  return signs[(flags & ANNALS_DATE_APPROXIMATE ? 1 : 0) + (flags & ANNALS_DATE_UNCERTAIN ? 2 : 0)];
}

/* What @edtf says; where it says nothing that can be said, what stood before */
static AnnalsDate *
parse_or_keep (const char *edtf,
               AnnalsDate *before)
{
  AnnalsDate *date = annals_date_parse (edtf, NULL);

  return date ? date : annals_date_ref (before);
}

/* Whether it is one day, month, year …, all of whose digits are known */
static gboolean
is_plain (AnnalsDate *self)
{
  const AnnalsDateValue *value;

  if (self->form != ANNALS_FORM_VALUE)
    return FALSE;

  value = &self->elements->start;
  return !value->is_long && !value->significant && !value->season &&
         (!(self->flags & ANNALS_DATE_UNSPECIFIED) || self->precision == ANNALS_DATE_DECADE ||
          self->precision == ANNALS_DATE_CENTURY);
}

static AnnalsDate *
move_plain (AnnalsDate          *self,
            gint64               seconds,
            AnnalsDatePrecision  precision)
{
  g_autofree char *edtf = NULL;
  g_autofree char *signed_edtf = NULL;

  precision = MAX (precision, self->precision);
  edtf = dup_edtf_at (round_to (self->from + seconds, precision), precision);
  signed_edtf = g_strconcat (edtf, precision == ANNALS_DATE_TIME ? "" : get_sign (self->flags), NULL);

  return parse_or_keep (signed_edtf, self);
}

static char *
dup_moved_end (AnnalsEnd              kind,
               const AnnalsDateValue *value,
               gint64                 seconds,
               AnnalsDatePrecision    precision)
{
  g_autofree char *edtf = NULL;
  g_autoptr(AnnalsDate) end = NULL;
  g_autoptr(AnnalsDate) moved = NULL;

  if (kind != ANNALS_END_VALUE)
    return g_strdup (kind == ANNALS_END_OPEN ? ".." : "");

  edtf = annals_date_value_dup_edtf (value);
  end = annals_date_parse (edtf, NULL);
  if (!end)
    return g_steal_pointer (&edtf);

  moved = annals_date_dup_moved (end, seconds, precision);
  return g_strdup (moved->edtf);
}

/* An interval of its two ends; one of them alone when both are the same */
static AnnalsDate *
join (const char *start,
      const char *end,
      AnnalsDate *before)
{
  g_autofree char *edtf = NULL;

  if (g_str_equal (start, end))
    return parse_or_keep (start, before);

  edtf = g_strconcat (start, "/", end, NULL);
  return parse_or_keep (edtf, before);
}

/* A set, or what has unknown digits: from the first to the last day that it can mean */
static AnnalsDate *
join_set (AnnalsDate *self,
          const char *start,   /* "" where open */
          const char *end)
{
  const char *sign = get_sign (self->flags);
  const char *brackets = self->form == ANNALS_FORM_ALL_OF ? "{}" : "[]";
  g_autofree char *edtf = NULL;

  if (g_str_equal (start, end))
    {
      edtf = g_strconcat (start, sign, NULL);
      return parse_or_keep (edtf, self);
    }

  edtf = g_strdup_printf ("%c%s%s..%s%s%c", brackets[0], start, *start ? sign : "", end,
                          *end ? sign : "", brackets[1]);
  return parse_or_keep (edtf, self);
}

static AnnalsDate *
move_set (AnnalsDate          *self,
          gint64               seconds,
          AnnalsDatePrecision  precision)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  gint64 from, to;

  precision = MAX (precision, self->precision == ANNALS_DATE_SEASON ? ANNALS_DATE_MONTH
                                                                    : ANNALS_DATE_DAY);
  from = round_to (self->from + seconds, precision);
  to = round_to (self->to + seconds, precision);
  if (self->has_from)
    to = MAX (to, unit_begin (from, precision, 1));

  start = self->has_from ? dup_edtf_at (from, precision) : g_strdup ("");
  end = self->has_to ? dup_edtf_at (to - 1, precision) : g_strdup ("");

  return join_set (self, start, end);
}

/**
 * annals_date_new_at:
 * @seconds: since 1970 UTC; kept within the years -9999 and 9999
 * @precision: %ANNALS_DATE_TIME (to the minute), a day, month, year, decade or century
 *
 * Returns: (transfer full): the minute, day … in which @seconds lies
 */
AnnalsDate *
annals_date_new_at (gint64              seconds,
                    AnnalsDatePrecision precision)
{
  g_autofree char *edtf = NULL;
  AnnalsDate *date;

  g_return_val_if_fail (precision >= ANNALS_DATE_TIME && precision <= ANNALS_DATE_CENTURY, NULL);

  edtf = dup_edtf_at (seconds, precision);
  date = annals_date_parse (edtf, NULL);
  g_assert (date);

  return date;
}

/**
 * annals_date_dup_moved:
 * @self: a date
 * @seconds: how much later; less than 0: earlier
 * @precision: how exactly it was said, as in annals_date_new_at()
 *
 * A date becomes no more precise by being moved: a month stays a month. It becomes as imprecise as
 * @precision. How sure it is stays as it was. Beyond the years -9999 and 9999 nothing is moved.
 *
 * Returns: (transfer full): the other date
 */
AnnalsDate *
annals_date_dup_moved (AnnalsDate          *self,
                       gint64               seconds,
                       AnnalsDatePrecision  precision)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (precision >= ANNALS_DATE_TIME && precision <= ANNALS_DATE_CENTURY, NULL);

  if (self->form == ANNALS_FORM_UNDATED || (!self->has_from && !self->has_to))
    return annals_date_ref (self);

  if ((self->has_from && clamp_seconds (self->from + seconds) != self->from + seconds) ||
      (self->has_to && clamp_seconds (self->to - 1 + seconds) != self->to - 1 + seconds))
    return annals_date_ref (self);

  if (is_plain (self))
    return move_plain (self, seconds, precision);

  if (self->form == ANNALS_FORM_INTERVAL)
    {
      const AnnalsDateElement *element = self->elements;
      g_autofree char *start = dup_moved_end (element->start_kind, &element->start, seconds, precision);
      g_autofree char *end = dup_moved_end (element->end_kind, &element->end, seconds, precision);

      return join (start, end, self);
    }

  return move_set (self, seconds, precision);
}

/* What stands at the end that stays; a set has no words of its own for its ends */
static char *
dup_other_end (AnnalsDate *self,
               gboolean    is_end)
{
  const AnnalsDateElement *element = self->elements;

  if (self->form == ANNALS_FORM_VALUE && is_plain (self))
    return g_strdup (self->edtf);

  if (self->form == ANNALS_FORM_INTERVAL)
    {
      AnnalsEnd kind = is_end ? element->start_kind : element->end_kind;

      if (kind != ANNALS_END_VALUE)
        return g_strdup (kind == ANNALS_END_OPEN ? ".." : "");
      return annals_date_value_dup_edtf (is_end ? &element->start : &element->end);
    }

  if (is_end)
    return self->has_from ? dup_edtf_at (self->from, ANNALS_DATE_DAY) : g_strdup ("");
  return self->has_to ? dup_edtf_at (self->to - 1, ANNALS_DATE_DAY) : g_strdup ("");
}

/**
 * annals_date_dup_with_bound:
 * @self: a date
 * @is_end: whether its end is set, else its beginning
 * @seconds: the bound, since 1970 UTC; of an end, exclusive
 * @precision: how exactly it was said
 *
 * One date becomes an interval; of an interval and of a set the other end stays. A bound on the wrong
 * side of the other end is taken as far as that.
 *
 * Returns: (transfer full): the other date
 */
AnnalsDate *
annals_date_dup_with_bound (AnnalsDate          *self,
                            gboolean             is_end,
                            gint64               seconds,
                            AnnalsDatePrecision  precision)
{
  gboolean is_set;
  g_autofree char *other = NULL;
  g_autofree char *bound = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (precision >= ANNALS_DATE_TIME && precision <= ANNALS_DATE_CENTURY, NULL);

  if (self->form == ANNALS_FORM_UNDATED)
    return annals_date_ref (self);

  seconds = round_to (seconds, precision);
  if (is_end && self->has_from)
    seconds = MAX (seconds, self->from + 1);
  if (!is_end && self->has_to)
    seconds = MIN (seconds, self->to - 1);

  is_set = self->form != ANNALS_FORM_INTERVAL && !is_plain (self);
  other = dup_other_end (self, is_end);
  bound = dup_edtf_at (is_end ? seconds - 1 : seconds, precision);

  if (is_set)
    return join_set (self, is_end ? other : bound, is_end ? bound : other);

  return join (is_end ? other : bound, is_end ? bound : other, self);
}
