/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-settings.h"

#include <langinfo.h>

#include "annals-calendar.h"
#include "annals-date-style.h"

/* glibc has the region's first day as a number from the weekday of a date it gives, 1 for that day itself. */
static int
find_of_region (void)
{
#ifdef __GLIBC__
  guint start = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
  int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];

  /* Sunday 30 November 1997, or Monday 1 December: there are no others. */
  return (first + (start == 19971201 ? 0 : 6) - 1) % 7 + 1;
#else
  return 1;
#endif
}

void
annals_date_settings_apply (GSettings *settings)
{
  g_autofree char *chosen = NULL;
  g_autofree char *style = NULL;

  g_return_if_fail (G_IS_SETTINGS (settings));

  style = g_settings_get_string (settings, "date-style");
  annals_date_style_set_named (style);
  chosen = g_settings_get_string (settings, "first-weekday");
  annals_calendar_set_first_weekday (g_str_equal (chosen, "monday")   ? 1 :
                                     g_str_equal (chosen, "saturday") ? 6 :
                                     g_str_equal (chosen, "sunday")   ? 7 :
                                     find_of_region ());
}
