/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-density.h"

#include <math.h>

#include "annals-calendar.h"
#include "annals-columns.h"

#define DAY_SECONDS G_GINT64_CONSTANT (86400)
#define FIRST_YEAR 1000
#define LAST_YEAR 3000

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0);
}

/* The day in the middle of what the date can mean; FALSE without any bound */
static gboolean
get_day (const AnnalsColumns *columns,
         gint64               id,
         gint64              *day)
{
  gint64 from = columns->from[id];
  gint64 to = columns->to[id];

  if (from == G_MININT64 && to == G_MAXINT64)
    return FALSE;

  if (from == G_MININT64)
    from = to - 1;
  else if (to == G_MAXINT64)
    to = from + 1;

  /* half of each: their sum may not fit */
  *day = floor_div (from / 2 + (to - 1) / 2, DAY_SECONDS);

  return TRUE;
}

static AnnalsPostDensity *
count_days (const AnnalsColumns *columns)
{
  AnnalsPostDensity *self = g_atomic_rc_box_new0 (AnnalsPostDensity);
  gint64 least = annals_calendar_days (FIRST_YEAR, 1, 1);
  gint64 most = annals_calendar_days (LAST_YEAR, 1, 1);
  g_autofree guint32 *counts = g_new0 (guint32, (gsize) (most - least));
  gint64 first = most;
  gint64 last = least - 1;
  guint32 sum = 0;

  for (gint64 id = 1; id <= columns->top; id++)
    {
      gint64 day;

      if (!annals_id_set_contains (columns->visible, id) || annals_id_set_contains (columns->undated, id) ||
          !get_day (columns, id, &day) || day < least || day >= most)
        continue;

      counts[day - least]++;
      first = MIN (first, day);
      last = MAX (last, day);
    }

  if (last >= first)
    {
      self->first_day = first;
      self->n_days = (guint) (last - first + 1);
    }

  self->before = g_new (guint32, self->n_days + 1);
  for (guint i = 0; i < self->n_days; i++)
    {
      self->before[i] = sum;
      sum += counts[first - least + i];
    }
  self->before[self->n_days] = sum;

  return self;
}

AnnalsPostDensity *
annals_db_load_post_density (AnnalsDb  *db,
                             GError   **error)
{
  const AnnalsColumns *columns;
  AnnalsPostDensity *self;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(columns = annals_db_hold_columns (db, ANNALS_COLUMNS_ROWS, error)))
    return NULL;

  self = count_days (columns);
  annals_db_release_columns (db);

  return self;
}

AnnalsPostDensity *
annals_post_density_ref (AnnalsPostDensity *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
density_clear (AnnalsPostDensity *self)
{
  g_free (self->before);
}

void
annals_post_density_unref (AnnalsPostDensity *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) density_clear);
}

/* Posts before that moment */
static double
count_before (AnnalsPostDensity *self,
              double             seconds)
{
  double day = seconds / DAY_SECONDS - (double) self->first_day;
  guint whole;

  if (day <= 0)
    return 0;
  if (day >= self->n_days)
    return self->before[self->n_days];

  whole = (guint) floor (day);
  return self->before[whole] + (day - whole) * (self->before[whole + 1] - self->before[whole]);
}

double
annals_post_density_count (AnnalsPostDensity *self,
                           double             from,
                           double             to)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (count_before (self, to) - count_before (self, from), 0);
}
