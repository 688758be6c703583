/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-axis.h"
#include "annals-layout.h"
#include "annals-pdf-chart.h"

G_BEGIN_DECLS

#define ANNALS_PDF_CHART_PADDING 8.0       /* inside the frame */
#define ANNALS_PDF_CHART_LABEL_GAP 5.0     /* between a bar's left end and its title */
#define ANNALS_PDF_CHART_BESIDE_GAP 3.0    /* between a bar's right end and a title behind it */
#define ANNALS_PDF_CHART_AXIS_HEIGHT 18.0

/* How much of the titles there is room for. */
typedef struct
{
  double row;         /* height of a bar */
  double gap;         /* between rows */
  double label;       /* widest title; 0: no titles */
  double room;        /* right of the last event, for its title */
  double share;       /* of the page's height that the lanes may take */
} AnnalsPdfDensity;

typedef struct
{
  AnnalsPdf              *pdf;
  GArray                 *lanes;
  GArray                 *items;
  AnnalsAxis              axis;
  AnnalsLayout           *layout;
  const AnnalsPdfDensity *density;
  double                  lane_header;
  double                  squeeze;    /* 1, or less where even bars alone are too many */
  double                  from;       /* of what is drawn, in seconds since 1970 UTC */
  double                  to;
  double                  unit;       /* of lengths: the setup's scale */
  double                  left;       /* of the axis on the page */
  double                  top;        /* of the first lane on the page */
} AnnalsPdfChart;

/* What is known of an event's time: where an end is open, the other one. FALSE when neither is known. */
gboolean annals_pdf_chart_get_span      (const AnnalsPdfChartItem *item,
                                         double                   *from,
                                         double                   *to);
/* An AnnalsMeasureLabel, of the AnnalsPdf. */
double   annals_pdf_chart_measure_label (const char               *label,
                                         gpointer                  pdf);
/* What stands beside an event's bar. */
char    *annals_pdf_chart_dup_label     (const AnnalsPdfChartItem *item);
/* Whether a title so wide stands behind its bar: one that would begin in a short bar and end outside is hard to read. */
gboolean annals_pdf_chart_is_beside     (const AnnalsPdfChart     *self,
                                         double                    bar,
                                         double                    title);
/* "2020-03-09" */
char    *annals_pdf_chart_format_day    (double                    seconds);
/* Lays it out so dense. FALSE when that is higher than may be; then it is squeezed. */
gboolean annals_pdf_chart_lay_out       (AnnalsPdfChart           *self,
                                         const AnnalsPdfDensity   *density);
/* Draws what was laid out and placed at @left and @top. */
void     annals_pdf_chart_draw          (AnnalsPdfChart           *self,
                                         cairo_t                  *cr,
                                         double                    lanes_height);
/* Draws what was laid out where the document stands, or on the next page. @dest (nullable): a name for the place. */
void     annals_pdf_chart_place         (AnnalsPdfChart           *self,
                                         const char               *dest);
/* The whole once more, with its titles, a page for each part. */
void     annals_pdf_chart_place_parts   (const AnnalsPdfChart     *whole);

G_END_DECLS
