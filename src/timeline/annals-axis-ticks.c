/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-axis.h"
#include "annals-calendar.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LABEL_GAP 14.0
#define MINOR_SPACING 8.0
#define SNAP_SPACING 8.0
#define DAY_OF_HOURS 240.0   /* a day so long is seen as its hours */
#define DAY_SECONDS G_GINT64_CONSTANT (86400)

typedef enum
{
  UNIT_SECONDS,
  UNIT_DAYS,
  UNIT_WEEKS,
  UNIT_MONTHS,
  UNIT_YEARS,
} Unit;

typedef struct
{
  Unit unit;
  int  count;     /* a divisor of the next larger unit, so that the steps begin with it */
  int  minor[2];  /* indexes of the finer steps for the lines between, finest first; -1 for none */
} Step;

static const Step steps[] = {
  /*  0 */ { UNIT_SECONDS, 60, { -1, -1 } },
  /*  1 */ { UNIT_SECONDS, 300, { 0, -1 } },
  /*  2 */ { UNIT_SECONDS, 900, { 1, -1 } },
  /*  3 */ { UNIT_SECONDS, 1800, { 1, 2 } },
  /*  4 */ { UNIT_SECONDS, 3600, { 2, 3 } },
  /*  5 */ { UNIT_SECONDS, 10800, { 4, -1 } },
  /*  6 */ { UNIT_SECONDS, 21600, { 4, 5 } },
  /*  7 */ { UNIT_SECONDS, 43200, { 5, 6 } },
  /*  8 */ { UNIT_DAYS, 1, { 5, 6 } },
  /*  9 */ { UNIT_WEEKS, 1, { 8, -1 } },
  /* 10 */ { UNIT_MONTHS, 1, { 8, 9 } },
  /* 11 */ { UNIT_MONTHS, 3, { 10, -1 } },
  /* 12 */ { UNIT_YEARS, 1, { 10, 11 } },
  /* 13 */ { UNIT_YEARS, 2, { 11, 12 } },
  /* 14 */ { UNIT_YEARS, 5, { 12, -1 } },
  /* 15 */ { UNIT_YEARS, 10, { 12, -1 } },
  /* 16 */ { UNIT_YEARS, 20, { 12, 15 } },
  /* 17 */ { UNIT_YEARS, 50, { 15, -1 } },
  /* 18 */ { UNIT_YEARS, 100, { 15, 17 } },
  /* 19 */ { UNIT_YEARS, 200, { 17, 18 } },
  /* 20 */ { UNIT_YEARS, 500, { 18, -1 } },
  /* 21 */ { UNIT_YEARS, 1000, { 18, 20 } },
  /* 22 */ { UNIT_YEARS, 5000, { 21, -1 } },
};

typedef struct
{
  gint64 year;
  int    month;
  int    day;
} Day;

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0);
}

static Day
day_of (gint64 seconds)
{
  Day day;

  annals_calendar_from_days (floor_div (seconds, DAY_SECONDS), &day.year, &day.month, &day.day);
  return day;
}

static double
step_length (const Step *step)
{
  static const double units[] = { 1.0, 86400.0, 7 * 86400.0, 2629746.0, 31556952.0 };

  return units[step->unit] * step->count;
}

/* The beginning of the step in which @seconds lies, or of the one @more further */
static gint64
step_begin (const Step *step,
            gint64      seconds,
            int         more)
{
  Day day = day_of (seconds);
  gint64 first;
  gint64 month;

  switch (step->unit)
    {
    case UNIT_SECONDS:
      return (floor_div (seconds, step->count) + more) * step->count;

    case UNIT_DAYS:
      return (floor_div (seconds, DAY_SECONDS) + more) * DAY_SECONDS;

    case UNIT_WEEKS:
      /* day 4 was Monday, 5 January 1970 */
      first = 4 + annals_calendar_get_first_weekday () - 1;
      return ((floor_div (floor_div (seconds, DAY_SECONDS) - first, 7) + more) * 7 + first) * DAY_SECONDS;

    case UNIT_MONTHS:
      month = (floor_div (day.year * 12 + day.month - 1, step->count) + more) * step->count;
      return annals_calendar_days (floor_div (month, 12), month - floor_div (month, 12) * 12 + 1,
                                   1) * DAY_SECONDS;

    case UNIT_YEARS:
      return annals_calendar_days ((floor_div (day.year, step->count) + more) * step->count, 1,
                                   1) * DAY_SECONDS;
    }

  g_assert_not_reached ();
}

/* @name_larger: whether the larger unit is to be named, because it begins or was not named yet */
static char *
dup_label (const Step *step,
           gint64      seconds,
           gboolean    name_larger)
{
  Day day = day_of (seconds);
  gint64 second = seconds - floor_div (seconds, DAY_SECONDS) * DAY_SECONDS;
  const char *pattern;

  /* Translators: labels of an axis, as short as they can be; only %-d %b %Ob %m %Y can be used. The
   * second of two is for the first day or month of a year. */
  switch (step->unit)
    {
    case UNIT_SECONDS:
      if (!name_larger)
        return g_strdup_printf ("%02d:%02d", (int) (second / 3600), (int) (second / 60 % 60));
      if (second == 0 && (day.month > 1 || day.day > 1))
        /* xgettext:no-c-format */
        pattern = C_("axis", "%b %-d");
      else
        pattern = C_("axis", "%b %-d, %Y");
      break;

    case UNIT_DAYS:
    case UNIT_WEEKS:
      pattern = name_larger ? C_("axis", "%b %-d, %Y") : C_("axis", "%b %-d");
      break;

    case UNIT_MONTHS:
      pattern = name_larger ? C_("axis", "%Ob %Y") : C_("axis", "%Ob");
      break;

    case UNIT_YEARS:
    default:
      pattern = C_("axis", "%Y");
      break;
    }

  return annals_calendar_format (pattern, day.year, day.month, day.day);
}

/* "Mar 9, 2020 14:00": the first label of an axis of hours */
static char *
dup_first_label (const Step *step,
                 gint64      seconds)
{
  Day day = day_of (seconds);
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;

  if (step->unit != UNIT_SECONDS)
    return dup_label (step, seconds, TRUE);

  date = annals_calendar_format (C_("axis", "%b %-d, %Y"), day.year, day.month, day.day);
  if (seconds == floor_div (seconds, DAY_SECONDS) * DAY_SECONDS)
    return g_steal_pointer (&date);

  time = dup_label (step, seconds, FALSE);

  /* Translators: a day and a time on the axis: “Mar 9, 2020 14:00” */
  return g_strdup_printf (C_("axis", "%s %s"), date, time);
}

/* Whether the larger unit begins between the step before and @seconds */
static gboolean
larger_begins (const Step *step,
               gint64      seconds,
               gboolean    for_label)
{
  Day day = day_of (seconds);
  Day before = day_of (step_begin (step, seconds, -1));

  switch (step->unit)
    {
    case UNIT_SECONDS:
      return before.day != day.day;

    case UNIT_DAYS:
    case UNIT_WEEKS:
      return for_label ? before.year != day.year : before.month != day.month;

    case UNIT_MONTHS:
      return before.year != day.year;

    case UNIT_YEARS:
    default:
      {
        int larger = 10;

        while (larger <= step->count)
          larger *= 10;

        return !for_label && floor_div (before.year, larger) != floor_div (day.year, larger);
      }
    }
}

static double
measure_label (const char        *label,
               AnnalsMeasureFunc  measure,
               gpointer           user_data)
{
  return measure ? measure (label, user_data) : 7.0 * g_utf8_strlen (label, -1);
}

/* The finest step whose usual labels have room */
static const Step *
choose_step (const AnnalsAxis  *self,
             AnnalsMeasureFunc  measure,
             gpointer           user_data)
{
  /* 22 and 28 are as wide as a number of two digits gets, in a month of which the name is long */
  static const struct { gint64 year; int month; int day; } samples[] = {
    { 2020, 9, 28 }, { 2020, 3, 22 },
  };
  double scale = annals_axis_get_scale (self);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      double width = 0.0;

      /* spares the measuring of labels that have no room anyhow */
      if (step_length (&steps[i]) / scale < LABEL_GAP)
        continue;

      for (guint j = 0; j < G_N_ELEMENTS (samples); j++)
        {
          gint64 seconds = annals_calendar_days (samples[j].year, samples[j].month,
                                                 samples[j].day) * DAY_SECONDS;
          g_autofree char *label = dup_label (&steps[i], seconds, FALSE);

          width = MAX (width, measure_label (label, measure, user_data));
        }

      if (step_length (&steps[i]) / scale >= width + LABEL_GAP)
        return &steps[i];
    }

  return &steps[G_N_ELEMENTS (steps) - 1];
}

static void
clear_tick (gpointer data)
{
  g_free (((AnnalsTick *) data)->label);
}

static void
add_tick (GArray           *ticks,
          const AnnalsAxis *self,
          gint64            seconds,
          AnnalsTickKind    kind)
{
  AnnalsTick tick = { kind, seconds, annals_axis_to_x (self, seconds), NULL, 0.0 };

  g_array_append_val (ticks, tick);
}

static void
add_steps (GArray           *ticks,
           const AnnalsAxis *self,
           const Step       *step)
{
  gint64 seconds = step_begin (step, ceil (self->from) - 1, 1);

  for (; seconds < self->to; seconds = step_begin (step, seconds, 1))
    add_tick (ticks, self, seconds,
              larger_begins (step, seconds, FALSE) ? ANNALS_TICK_MAJOR : ANNALS_TICK_LABELLED);
}

/* The lines between those of @step, which are in @ticks already */
static void
add_minor (GArray           *ticks,
           const AnnalsAxis *self,
           const Step       *step)
{
  double scale = annals_axis_get_scale (self);
  guint n_labelled = ticks->len;
  guint next = 0;

  for (guint i = 0; i < G_N_ELEMENTS (step->minor) && step->minor[i] >= 0; i++)
    {
      const Step *minor = &steps[step->minor[i]];
      gint64 seconds = step_begin (minor, ceil (self->from) - 1, 1);

      if (step_length (minor) / scale < MINOR_SPACING)
        continue;

      for (; seconds < self->to; seconds = step_begin (minor, seconds, 1))
        {
          while (next < n_labelled && g_array_index (ticks, AnnalsTick, next).seconds < seconds)
            next++;
          if (next < n_labelled && g_array_index (ticks, AnnalsTick, next).seconds == seconds)
            continue;
          add_tick (ticks, self, seconds, ANNALS_TICK_MINOR);
        }

      return;
    }
}

static void
set_label (AnnalsTick        *tick,
           char              *label,
           AnnalsMeasureFunc  measure,
           gpointer           user_data)
{
  g_free (tick->label);
  tick->label = label;
  tick->label_width = label ? measure_label (label, measure, user_data) : 0.0;
}

/* A label that is wider than usual takes the place of its neighbour: "Jan 2021" says more than the
 * "Dec" before it and the "Feb" behind it.
 */
static void
drop_overlaps (GArray *ticks)
{
  AnnalsTick *kept = NULL;

  for (guint i = 0; i < ticks->len; i++)
    {
      AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, i);
      AnnalsTick *dropped;

      if (!kept || kept->x + kept->label_width + LABEL_GAP / 2.0 <= tick->x)
        {
          kept = tick;
          continue;
        }

      dropped = tick->kind == ANNALS_TICK_MAJOR && kept->kind != ANNALS_TICK_MAJOR ? kept : tick;
      g_clear_pointer (&dropped->label, g_free);
      dropped->label_width = 0.0;
      dropped->kind = ANNALS_TICK_MINOR;
      if (dropped == kept)
        kept = tick;
    }
}

static void
label_ticks (GArray            *ticks,
             const Step        *step,
             AnnalsMeasureFunc  measure,
             gpointer           user_data)
{
  gboolean named = FALSE;

  for (guint i = 0; i < ticks->len; i++)
    {
      AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, i);
      gboolean name = larger_begins (step, tick->seconds, TRUE);

      named |= name;
      set_label (tick, dup_label (step, tick->seconds, name), measure, user_data);
    }

  /* nothing in view says in which year, or on which day, one is: the first label does */
  if (!named && ticks->len > 0 && step->unit != UNIT_YEARS)
    {
      AnnalsTick *first = &g_array_index (ticks, AnnalsTick, 0);

      set_label (first, dup_first_label (step, first->seconds), measure, user_data);
      first->kind = ANNALS_TICK_MAJOR;
    }
}

static int
compare_ticks (gconstpointer a,
               gconstpointer b)
{
  gint64 left = ((const AnnalsTick *) a)->seconds;
  gint64 right = ((const AnnalsTick *) b)->seconds;

  return left < right ? -1 : left > right;
}

/**
 * annals_axis_dup_ticks:
 * @self: an axis
 * @measure: (nullable): tells the width of a label
 * @user_data: for @measure
 *
 * The steps are minutes, hours, days, weeks, months, quarters, years, and 2, 5, 10 …
 * 5,000 years, whichever is the finest whose labels have room; the larger unit is named where it
 * begins and, when it begins nowhere in view, at the first label.
 *
 * Returns: (transfer full) (element-type AnnalsTick): the ticks in view, by time
 */
GArray *
annals_axis_dup_ticks (const AnnalsAxis  *self,
                       AnnalsMeasureFunc  measure,
                       gpointer           user_data)
{
  GArray *ticks;
  const Step *step;

  g_return_val_if_fail (self != NULL && self->to > self->from && self->width > 0.0, NULL);

  ticks = g_array_new (FALSE, FALSE, sizeof (AnnalsTick));
  g_array_set_clear_func (ticks, clear_tick);

  step = choose_step (self, measure, user_data);
  add_steps (ticks, self, step);
  label_ticks (ticks, step, measure, user_data);
  drop_overlaps (ticks);
  add_minor (ticks, self, step);
  g_array_sort (ticks, compare_ticks);

  return ticks;
}

/* Not to Mondays: between a day and a month people mean a day. And not to hours while a day is short: who
 * sees days means days.
 */
static guint
choose_snap (const AnnalsAxis *self)
{
  double scale = annals_axis_get_scale (self);
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (steps) &&
         (step_length (&steps[i]) / scale < SNAP_SPACING || steps[i].unit == UNIT_WEEKS ||
          (steps[i].unit == UNIT_SECONDS && DAY_SECONDS / scale < DAY_OF_HOURS)))
    i++;

  return i;
}

/**
 * annals_axis_get_precision:
 * @self: an axis
 *
 * Returns: the precision of a date that is pointed to at this zoom, that of annals_axis_snap()
 */
AnnalsDatePrecision
annals_axis_get_precision (const AnnalsAxis *self)
{
  const Step *step;

  g_return_val_if_fail (self != NULL, ANNALS_DATE_DAY);

  step = &steps[choose_snap (self)];
  switch (step->unit)
    {
    case UNIT_SECONDS:
      return ANNALS_DATE_TIME;

    case UNIT_DAYS:
    case UNIT_WEEKS:
      return ANNALS_DATE_DAY;

    case UNIT_MONTHS:
      return ANNALS_DATE_MONTH;

    case UNIT_YEARS:
      break;
    }

  return step->count >= 100 ? ANNALS_DATE_CENTURY : step->count >= 10 ? ANNALS_DATE_DECADE
                                                                      : ANNALS_DATE_YEAR;
}

/**
 * annals_axis_snap:
 * @self: an axis
 * @seconds: since 1970 UTC
 *
 * Returns: the nearest beginning of a minute, hour, day, month, year … that is at least 8 points
 *   from the next one of its kind
 */
double
annals_axis_snap (const AnnalsAxis *self,
                  double            seconds)
{
  gint64 before;
  gint64 behind;
  guint i;

  g_return_val_if_fail (self != NULL && isfinite (seconds), 0.0);

  seconds = CLAMP (seconds, ANNALS_AXIS_FIRST, ANNALS_AXIS_LAST);
  i = choose_snap (self);
  before = step_begin (&steps[i], floor (seconds), 0);
  behind = step_begin (&steps[i], floor (seconds), 1);

  return seconds - before < behind - seconds ? before : behind;
}
