/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-axis.h"

#include <math.h>

#define MONTH_SECONDS (30.0 * 86400.0)
#define FRICTION 4.0       /* a second; the speed falls to 1/e in a quarter of one */
#define SLOWEST 12.0       /* points a second */

/* Keeps the middle where the span must change, and shifts what would leave the reach. */
static void
limit (AnnalsAxis *self)
{
  double middle = (self->from + self->to) / 2.0;
  double span = CLAMP (self->to - self->from, ANNALS_AXIS_MIN_SPAN, ANNALS_AXIS_MAX_SPAN);

  if (span != self->to - self->from)
    {
      self->from = middle - span / 2.0;
      self->to = middle + span / 2.0;
    }

  if (self->from < ANNALS_AXIS_FIRST)
    {
      self->from = ANNALS_AXIS_FIRST;
      self->to = ANNALS_AXIS_FIRST + span;
    }
  else if (self->to > ANNALS_AXIS_LAST)
    {
      self->from = ANNALS_AXIS_LAST - span;
      self->to = ANNALS_AXIS_LAST;
    }
}

/**
 * annals_axis_init:
 * @self: an axis, which need not be initialised
 * @from: the time at its left edge, in seconds since 1970 UTC
 * @to: the time at its right edge; a span outside of the limits is made to fit
 * @width: in points; less than 1 counts as 1
 */
void
annals_axis_init (AnnalsAxis *self,
                  double      from,
                  double      to,
                  double      width)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (isfinite (from) && isfinite (to) && isfinite (width));

  self->from = from;
  self->to = to;
  self->width = MAX (width, 1.0);
  limit (self);
}

/**
 * annals_axis_set_width:
 * @self: an axis
 * @width: in points
 *
 * Keeps the left edge and the zoom, as far as the limits allow.
 */
void
annals_axis_set_width (AnnalsAxis *self,
                       double      width)
{
  double scale;

  g_return_if_fail (self != NULL);
  g_return_if_fail (isfinite (width));

  scale = annals_axis_get_scale (self);
  self->width = MAX (width, 1.0);
  self->to = self->from + scale * self->width;
  limit (self);
}

/**
 * annals_axis_to_x:
 * @self: an axis
 * @seconds: since 1970 UTC; need not be in view
 *
 * Returns: the place of @seconds, in points from the left edge
 */
double
annals_axis_to_x (const AnnalsAxis *self,
                  double            seconds)
{
  return (seconds - self->from) / (self->to - self->from) * self->width;
}

/**
 * annals_axis_to_time:
 * @self: an axis
 * @x: in points from the left edge; need not be in view
 *
 * Returns: the time at @x, in seconds since 1970 UTC
 */
double
annals_axis_to_time (const AnnalsAxis *self,
                     double            x)
{
  return self->from + x / self->width * (self->to - self->from);
}

/**
 * annals_axis_get_scale:
 * @self: an axis
 *
 * Returns: seconds per point
 */
double
annals_axis_get_scale (const AnnalsAxis *self)
{
  return (self->to - self->from) / self->width;
}

/**
 * annals_axis_pan:
 * @self: an axis
 * @dx: points by which the drawing moves to the right
 *
 * Stops at the ends of the axis' reach.
 */
void
annals_axis_pan (AnnalsAxis *self,
                 double      dx)
{
  double seconds;

  g_return_if_fail (self != NULL);
  g_return_if_fail (isfinite (dx));

  seconds = CLAMP (dx * annals_axis_get_scale (self), self->to - ANNALS_AXIS_LAST,
                   self->from - ANNALS_AXIS_FIRST);
  self->from -= seconds;
  self->to -= seconds;
}

/**
 * annals_axis_zoom:
 * @self: an axis
 * @x: the place that stays where it is, in points
 * @factor: more than 1 shows more detail, less than 1 more time
 *
 * Stops at the smallest and the largest span.
 */
void
annals_axis_zoom (AnnalsAxis *self,
                  double      x,
                  double      factor)
{
  AnnalsAxis begun;

  g_return_if_fail (self != NULL);

  begun = *self;
  annals_axis_pinch (self, &begun, x, x, factor);
}

/**
 * annals_axis_pinch:
 * @self: an axis
 * @begun: what it was when two fingers came down
 * @begun_x: the middle between them then, in points
 * @x: the middle between them now
 * @scale: how many times as far apart they are now
 */
void
annals_axis_pinch (AnnalsAxis       *self,
                   const AnnalsAxis *begun,
                   double            begun_x,
                   double            x,
                   double            scale)
{
  double pivot;
  double span;

  g_return_if_fail (self != NULL && begun != NULL);
  g_return_if_fail (isfinite (begun_x) && isfinite (x) && isfinite (scale) && scale > 0.0);

  pivot = annals_axis_to_time (begun, begun_x);
  span = CLAMP ((begun->to - begun->from) / scale, ANNALS_AXIS_MIN_SPAN, ANNALS_AXIS_MAX_SPAN);
  self->width = begun->width;
  self->from = pivot - x / self->width * span;
  self->to = self->from + span;
  limit (self);
}

/**
 * annals_axis_coast:
 * @self: an axis
 * @velocity: (inout): points a second to the right
 * @seconds: since the last step
 *
 * Returns: whether it goes on
 */
gboolean
annals_axis_coast (AnnalsAxis *self,
                   double     *velocity,
                   double      seconds)
{
  double before;
  double kept;

  g_return_val_if_fail (self != NULL && velocity != NULL, FALSE);
  g_return_val_if_fail (isfinite (*velocity) && isfinite (seconds), FALSE);

  if (seconds <= 0)
    return fabs (*velocity) >= SLOWEST;

  before = self->from;
  kept = exp (-FRICTION * seconds);
  annals_axis_pan (self, *velocity * (1 - kept) / FRICTION);
  *velocity *= kept;

  return fabs (*velocity) >= SLOWEST && self->from != before;
}

/**
 * annals_axis_show:
 * @self: an axis
 * @from: seconds since 1970 UTC
 * @to: the same
 * @margin: points left empty at each side; at most 40 % of the width
 */
void
annals_axis_show (AnnalsAxis *self,
                  double      from,
                  double      to,
                  double      margin)
{
  double scale;

  g_return_if_fail (self != NULL);
  g_return_if_fail (isfinite (from) && isfinite (to) && isfinite (margin));

  from = CLAMP (from, ANNALS_AXIS_FIRST, ANNALS_AXIS_LAST);
  to = CLAMP (to, ANNALS_AXIS_FIRST, ANNALS_AXIS_LAST);

  if (to <= from)
    {
      to = (from + to + MONTH_SECONDS) / 2.0;
      from = to - MONTH_SECONDS;
    }

  margin = CLAMP (margin, 0.0, self->width * 0.4);
  scale = (to - from) / (self->width - 2.0 * margin);
  self->from = from - margin * scale;
  self->to = to + margin * scale;
  limit (self);
}

/**
 * annals_axis_fit:
 * @self: an axis
 * @ranges: (array length=n_ranges): what is to be in view; an end may be infinite where it is open
 * @n_ranges: their number
 * @margin: points left empty at each side
 *
 * Returns: %FALSE when no range has a finite end; @self is unchanged then
 */
gboolean
annals_axis_fit (AnnalsAxis        *self,
                 const AnnalsRange *ranges,
                 gsize              n_ranges,
                 double             margin)
{
  double from = INFINITY;
  double to = -INFINITY;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ranges != NULL || n_ranges == 0, FALSE);

  for (gsize i = 0; i < n_ranges; i++)
    {
      double ends[] = { ranges[i].from, ranges[i].to };

      for (int j = 0; j < 2; j++)
        if (isfinite (ends[j]))
          {
            from = MIN (from, ends[j]);
            to = MAX (to, ends[j]);
          }
    }

  if (from > to)
    return FALSE;

  annals_axis_show (self, from, to, margin);
  return TRUE;
}

/**
 * annals_axis_interpolate:
 * @self: an axis
 * @other: another one of the same width
 * @progress: 0 to 1
 *
 * Returns: @self at 0, @other at 1
 */
AnnalsAxis
annals_axis_interpolate (const AnnalsAxis *self,
                         const AnnalsAxis *other,
                         double            progress)
{
  AnnalsAxis axis;
  double first, last, scale, pivot;

  g_return_val_if_fail (self != NULL && other != NULL, *self);

  if (progress <= 0.0)
    return *self;
  if (progress >= 1.0)
    return *other;

  axis = *self;
  first = annals_axis_get_scale (self);
  last = annals_axis_get_scale (other);

  if (fabs (last / first - 1.0) < 1e-6)
    {
      axis.from += (other->from - self->from) * progress;
      axis.to += (other->to - self->to) * progress;
      return axis;
    }

  /* the x at which both show the same time */
  pivot = (self->from - other->from) / (last - first);
  scale = first * pow (last / first, progress);
  axis.from = self->from + pivot * (first - scale);
  axis.to = axis.from + scale * axis.width;

  return axis;
}
