/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-calendar.h"

static int first_weekday = 1;   /* atomic */

int
annals_calendar_get_first_weekday (void)
{
  return g_atomic_int_get (&first_weekday);
}

void
annals_calendar_set_first_weekday (int weekday)
{
  g_return_if_fail (weekday >= 1 && weekday <= 7);

  g_atomic_int_set (&first_weekday, weekday);
}
