/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-report.h"

G_BEGIN_DECLS

/**
 * AnnalsReportPeriod:
 * @heading: for people: "March 2020", "Beginning unknown"
 * @events: (element-type AnnalsEvent): the report's, in its order
 * @numbers: (element-type guint): parallel to @events: their numbers in the report, from 1
 *
 * The events under one heading: a month, or a longer time for dates that name no month.
 */
typedef struct
{
  char      *heading;
  GPtrArray *events;
  GArray    *numbers;
} AnnalsReportPeriod;

/* All events of the report, in order of time; a year stands before its months.
 * Returns: (transfer full) (element-type AnnalsReportPeriod) */
GPtrArray *annals_report_dup_periods (AnnalsReport *report);

G_END_DECLS
