/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The proleptic Gregorian calendar of ISO 8601, which has a year 0, for any year that gint64
 * seconds reach; GDateTime stops at the years 1 and 9999. */

/* Days since 1 January 1970; @month 1 to 12, @day may lie outside of the month */
gint64 annals_calendar_days         (gint64      year,
                                     int         month,
                                     int         day);
void   annals_calendar_from_days    (gint64      days,
                                     gint64     *year,
                                     int        *month,
                                     int        *day);
int    annals_calendar_month_length (gint64      year,
                                     int         month);

/* The day on which weeks begin, for whoever shows them: 1 Monday, as ISO 8601 has it and as it is until somebody
 * says else, to 7 Sunday. Any thread. */
int    annals_calendar_get_first_weekday (void);
void   annals_calendar_set_first_weekday (int weekday);

/* @pattern: a translated pattern of g_date_time_format() with no other codes than %d %-d %B %OB %b
 * %Ob %m %Y. A year before 1 is written as "44 BC". (transfer full) */
char  *annals_calendar_format       (const char *pattern,
                                     gint64      year,
                                     int         month,
                                     int         day);

G_END_DECLS
