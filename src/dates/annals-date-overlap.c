/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"

#include <string.h>

/* A half-open span of time in seconds; an open end is as far away as can be counted. */
typedef struct
{
  gint64 from;
  gint64 to;
} Span;

static Span
get_span (const AnnalsDateElement *element)
{
  return (Span){
    element->start_kind == ANNALS_END_VALUE ? element->start.from : G_MININT64,
    element->end_kind == ANNALS_END_VALUE ? element->end.to : G_MAXINT64,
  };
}

/* Whether the days that a single value can be are not one run: its month or day has an X, or
 * digits of a year that has months are unknown.
 */
static gboolean
has_gaps (const AnnalsDateElement *element)
{
  const AnnalsDateValue *value = &element->start;

  return !element->is_range &&
         (strchr (value->month, 'X') || strchr (value->day, 'X') ||
          (strchr (value->year, 'X') && (*value->month || value->season || value->year[3] != 'X')));
}

static gboolean
may_fall_in_span (const AnnalsDateElement *element,
                  Span                     span)
{
  Span own = get_span (element);

  if (own.from >= span.to || span.from >= own.to)
    return FALSE;

  return !has_gaps (element) || annals_date_value_meets (&element->start, span.from, span.to);
}

/**
 * annals_date_may_fall_in:
 * @self: a date
 * @period: a date or an interval
 *
 * Whether what is known of the two allows that they meet: 2020-03 may fall in 2020-03-09, and
 * [1667,1670] not in 1668. What is said of no day, XXXX-12-XX and 2020-03, does not meet.
 *
 * Returns: %FALSE also when one of them is undated
 */
gboolean
annals_date_may_fall_in (AnnalsDate *self,
                         AnnalsDate *period)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (period != NULL, FALSE);

  for (guint i = 0; i < self->n_elements; i++)
    for (guint j = 0; j < period->n_elements; j++)
      if (may_fall_in_span (&self->elements[i], get_span (&period->elements[j])) &&
          may_fall_in_span (&period->elements[j], get_span (&self->elements[i])))
        return TRUE;

  return FALSE;
}

/**
 * annals_date_may_precede:
 * @self: a date
 * @other: another
 *
 * Returns: whether some of what @self may be lies before the earliest beginning of @other; %FALSE
 *   when that beginning is open, and when one of them is undated
 */
gboolean
annals_date_may_precede (AnnalsDate *self,
                         AnnalsDate *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (self->n_elements == 0 || !other->has_from)
    return FALSE;

  return !self->has_from || self->from < other->from;
}

/**
 * annals_date_may_follow:
 * @self: a date
 * @other: another
 *
 * Returns: whether some of what @self may be lies after the latest end of @other; %FALSE when that
 *   end is open, and when one of them is undated
 */
gboolean
annals_date_may_follow (AnnalsDate *self,
                        AnnalsDate *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (self->n_elements == 0 || !other->has_to)
    return FALSE;

  return !self->has_to || self->to > other->to;
}
