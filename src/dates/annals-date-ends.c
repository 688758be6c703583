/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-ends.h"

#include "annals-date-private.h"

/* The value that stands at one end: of a set the earliest or the latest. NULL when it is open (then with @is_open) or
 * not known. Of “one of 2020 and later” the end is not known, as only one of them is meant. */
static const AnnalsDateValue *
find_value (AnnalsDate *self,
            gboolean    last,
            gboolean   *is_open)
{
  const AnnalsDateValue *found = NULL;

  for (guint i = 0; i < self->n_elements; i++)
    {
      const AnnalsDateElement *element = &self->elements[i];
      const AnnalsDateValue *value = last ? &element->end : &element->start;
      AnnalsEnd kind = last ? element->end_kind : element->start_kind;

      if (kind != ANNALS_END_VALUE)
        {
          *is_open = kind == ANNALS_END_OPEN && self->form != ANNALS_FORM_ONE_OF;
          return NULL;
        }
      if (found == NULL || (last ? value->to > found->to : value->from < found->from))
        found = value;
    }

  return found;
}

/**
 * annals_date_get_end:
 * @self: a date
 * @last: its end, else its beginning
 * @end: (out caller-allocates): what is known of it
 */
void
annals_date_get_end (AnnalsDate    *self,
                     gboolean       last,
                     AnnalsDateEnd *end)
{
  const AnnalsDateValue *value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (end != NULL);

  *end = (AnnalsDateEnd) { .precision = ANNALS_DATE_UNDATED, .hour = -1, .second = -1 };
  value = find_value (self, last, &end->is_open);
  if (value == NULL)
    return;

  end->precision = annals_date_value_precision (value);
  end->flags = annals_date_value_flags (value);
  end->year = last ? value->last_year : value->first_year;
  end->month = annals_date_known_number (value->month);
  end->day = end->month != 0 ? annals_date_known_number (value->day) : 0;
  end->season = value->season;
  end->hour = value->hour;
  end->minute = value->hour >= 0 ? value->minute : 0;
  end->second = value->hour >= 0 ? value->second : -1;

  /* a day of an unknown month is no day of any calendar */
  if (end->precision == ANNALS_DATE_DAY && end->day == 0)
    end->precision = end->month != 0 ? ANNALS_DATE_MONTH : ANNALS_DATE_YEAR;
}
