/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date-ends.h"

G_BEGIN_DECLS

/**
 * AnnalsCitedPoint:
 * @year: astronomical, 0 is 1 BC
 * @month: 0: not known
 * @day: 0: not known
 * @season: 1 to 4 from spring on; 0: none
 * @approximate: about then
 * @uncertain: possibly then
 */
typedef struct
{
  gint64   year;
  int      month;
  int      day;
  int      season;
  gboolean approximate;
  gboolean uncertain;
} AnnalsCitedPoint;

/**
 * AnnalsCitedDate:
 * @has_first: the beginning is known
 * @has_last: the end is known
 * @first_open: there is no beginning, rather than one that is not known
 * @last_open: there is no end, rather than one that is not known
 * @is_range: more than one point: two ends that differ, or one of them open
 * @circa: approximate or uncertain somewhere
 * @is_plain: all that is known is said by the points and by @circa
 *
 * A date as citations have it: to the day at most, seasons as the year's quarters, other parts of a year as months,
 * decades and centuries as their first and last year.
 */
typedef struct
{
  AnnalsCitedPoint first;
  AnnalsCitedPoint last;
  gboolean         has_first;
  gboolean         has_last;
  gboolean         first_open;
  gboolean         last_open;
  gboolean         is_range;
  gboolean         circa;
  gboolean         is_plain;
} AnnalsCitedDate;

void     annals_cited_date_read (AnnalsDate      *date,
                                 AnnalsCitedDate *cited);
/* The day in UTC in which @microseconds since 1970 lie. */
void     annals_cited_point_at  (gint64            microseconds,
                                 AnnalsCitedPoint *point);
/* An address that a citation may print: of the web; "" else. */
const char *annals_cited_address (const char      *address);

G_END_DECLS
