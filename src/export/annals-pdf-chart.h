/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"
#include "annals-pdf.h"

G_BEGIN_DECLS

/**
 * AnnalsPdfChartLane:
 * @name: "" for the events in no lane
 * @strong: 0xRRGGBB of edges
 * @light: 0xRRGGBB of bars
 */
typedef struct
{
  const char *name;
  guint32     strong;
  guint32     light;
} AnnalsPdfChartLane;

/**
 * AnnalsPdfChartItem:
 * @title: of the event
 * @uid: of the event
 * @date: of the event
 * @lane: index of its lane
 * @number: its number in the report; the bar leads to "event-NUMBER"
 * @marked: its label ends with "~"
 * @label_width: of that label as it is set, filled in when it is drawn
 */
typedef struct
{
  const char *title;
  const char *uid;
  AnnalsDate *date;
  guint       lane;
  guint       number;
  gboolean    marked;
  double      label_width;
} AnnalsPdfChartItem;

/* Draws a timeline to scale where the document stands, or on the next page when there is more room;
 * nothing, and FALSE, when no event has a time. Links find it as "drawing". The more events, the
 * less of their titles, until only bars are left: it is never higher than the page. @lanes and
 * @items are borrowed; the items come lane by lane. */
gboolean annals_pdf_draw_chart       (AnnalsPdf *pdf,
                                      GArray    *lanes,    /* (element-type AnnalsPdfChartLane) */
                                      GArray    *items);   /* (element-type AnnalsPdfChartItem) */
/* Draws it once more, if it had no room for the titles, in parts that have: a page for each, with its
 * time as the page's head. Nothing of very many events. */
void     annals_pdf_draw_chart_parts (AnnalsPdf *pdf,
                                      GArray    *lanes,
                                      GArray    *items);

G_END_DECLS
