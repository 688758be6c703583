/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"

G_BEGIN_DECLS

/**
 * AnnalsDateEnd:
 * @precision: ANNALS_DATE_UNDATED when this end is open or not known; never ANNALS_DATE_RANGE
 * @is_open: there is none (".."), rather than one that is not known
 * @flags: of this end alone: approximate, uncertain, unspecified
 * @year: astronomical, 0 is 1 BC; of a decade or century its first or last year
 * @month: 1 to 12; 0 when it is not known
 * @day: 1 to 31; 0 when it is not known
 * @season: 21 to 41 as in EDTF; 0 when there is none
 * @hour: -1 when there is no time
 * @minute: of the hour
 * @second: -1 when it is not known
 *
 * One end of a date in numbers, as other formats have dates: as it is written, in its own zone.
 */
typedef struct
{
  AnnalsDatePrecision precision;
  gboolean            is_open;
  AnnalsDateFlags     flags;
  gint64              year;
  int                 month;
  int                 day;
  int                 season;
  int                 hour;
  int                 minute;
  int                 second;
} AnnalsDateEnd;

/* The beginning of an interval or set, or with @last its end. A single date is both: they differ in the year of a
 * decade or century only. */
void annals_date_get_end (AnnalsDate    *self,
                          gboolean       last,
                          AnnalsDateEnd *end);

G_END_DECLS
