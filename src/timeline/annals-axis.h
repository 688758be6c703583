/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"

G_BEGIN_DECLS

/* What an axis can show at once, and the times it reaches (the years -10000 and 13000) */
#define ANNALS_AXIS_MIN_SPAN 3600.0
#define ANNALS_AXIS_MAX_SPAN (12000.0 * 31556952.0)
#define ANNALS_AXIS_FIRST    (-377736739200.0)
#define ANNALS_AXIS_LAST     (348073200000.0)

/**
 * AnnalsAxis:
 * @from: the time at x = 0, in seconds since 1970 UTC
 * @to: the time at x = @width; more than @from
 * @width: in points
 *
 * Maps time to x and back, both without rounding. A plain value: copy it to animate from one to
 * another. Change it with the functions, which keep it inside its limits.
 */
typedef struct
{
  double from;
  double to;
  double width;
} AnnalsAxis;

/**
 * AnnalsRange:
 *
 * Half-open times [from, to) in seconds since 1970 UTC.
 */
typedef struct
{
  double from;
  double to;
} AnnalsRange;

void   annals_axis_init      (AnnalsAxis *self, double from, double to, double width);
/* from the left edge; a window that grows shows more at the right, at the same zoom */
void   annals_axis_set_width (AnnalsAxis *self, double width);

double annals_axis_to_x      (const AnnalsAxis *self, double seconds);
double annals_axis_to_time   (const AnnalsAxis *self, double x);
/* seconds per point: the zoom */
double annals_axis_get_scale (const AnnalsAxis *self);

/* The drawing moves @dx points to the right. */
void   annals_axis_pan       (AnnalsAxis *self, double dx);
/* @factor more than 1 shows more detail; the time at @x stays there. */
void   annals_axis_zoom      (AnnalsAxis *self, double x, double factor);
/* Two fingers that were about @begun_x when it was @begun are about @x, @scale times as far apart: the times below them
 * stay below them. */
void   annals_axis_pinch     (AnnalsAxis *self, const AnnalsAxis *begun, double begun_x, double x, double scale);
/* Goes on for @seconds with a @velocity of points a second to the right, which falls by friction, the same in few long
 * steps as in many short ones. FALSE when it has come to rest, or to the end of what there is. */
gboolean annals_axis_coast   (AnnalsAxis *self, double *velocity, double seconds);
/* Shows all ranges with @margin points at each side; FALSE, and nothing changes, when there are
 * none. A single instant is shown in the middle of a month. */
gboolean annals_axis_fit     (AnnalsAxis *self, const AnnalsRange *ranges, gsize n_ranges,
                              double margin);
/* Shows [from, to) with @margin points at each side. */
void   annals_axis_show      (AnnalsAxis *self, double from, double to, double margin);

typedef enum
{
  ANNALS_TICK_MINOR,     /* a short line without a label */
  ANNALS_TICK_LABELLED,  /* a grid line with a label: "Mar 9" */
  ANNALS_TICK_MAJOR,     /* the same where the larger unit begins or changes: "Jan 2021" */
} AnnalsTickKind;

/**
 * AnnalsTick:
 * @seconds: since 1970 UTC
 * @x: its place, in points; the label begins there
 * @label: (nullable): for people, in the user's language; owned by the tick
 * @label_width: in points, as measured
 */
typedef struct
{
  AnnalsTickKind kind;
  gint64         seconds;
  double         x;
  char          *label;
  double         label_width;
} AnnalsTick;

/* The width of @label in points */
typedef double (*AnnalsMeasureFunc) (const char *label,
                                     gpointer    user_data);

/* The ticks inside the axis, by time, with labels that do not overlap: GArray of AnnalsTick, to be
 * freed with g_array_unref(). @measure may be NULL; 7 points a character then. */
GArray *annals_axis_dup_ticks (const AnnalsAxis  *self,
                               AnnalsMeasureFunc  measure,
                               gpointer           user_data);

/* The time nearest to @seconds that a person would mean at this zoom (an hour, a day, a month …),
 * for dragging */
double annals_axis_snap       (const AnnalsAxis *self, double seconds);
/* What one says at this zoom: a time, a day, a month, a year, a decade or a century */
AnnalsDatePrecision annals_axis_get_precision (const AnnalsAxis *self);
/* From @self at @progress 0 to @other at 1, as the eye follows best: the zoom changes evenly about
 * one point that stays. Both have the same width. */
AnnalsAxis annals_axis_interpolate (const AnnalsAxis *self, const AnnalsAxis *other, double progress);

G_END_DECLS
