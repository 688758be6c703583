/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-axis.h"
#include "annals-layout.h"
#include "annals-report.h"

G_BEGIN_DECLS

/* --- annals-html-chart.c: what is drawn, and where --- */

#define ANNALS_HTML_CHART_WIDTH 960.0
#define ANNALS_HTML_CHART_PADDING 10.0
#define ANNALS_HTML_CHART_LABEL_GAP 6.0    /* between a bar's beginning and its title */

/* How much of the titles there is room for. */
typedef struct
{
  double row;       /* height of a bar */
  double gap;       /* between rows */
  double label;     /* widest title; 0: no titles */
  double room;      /* right of the last event, for its title */
  double highest;   /* of the drawing */
} AnnalsHtmlDensity;

typedef struct
{
  GString                 *html;
  AnnalsReport            *report;
  GPtrArray               *lanes;     /* (element-type AnnalsLane): those with events; NULL for the events in none */
  GPtrArray               *events;    /* (element-type AnnalsEvent): by lane */
  GArray                  *of_lane;   /* (element-type guint): parallel: its lane's index */
  AnnalsAxis               axis;
  AnnalsLayout            *layout;
  const AnnalsHtmlDensity *density;
  double                   top;       /* of the first lane */
} AnnalsHtmlChart;

/* The title with signs for what is not certain of its date. Free with g_free(). */
char   *annals_html_chart_dup_label (const AnnalsEvent *event);
/* AnnalsMeasureFunc: about the width of the words, as the page's font is not known. */
double  annals_html_chart_measure   (const char        *words,
                                     gpointer           user_data);
/* As much of the words as fits into @width. Free with g_free(). */
char   *annals_html_chart_dup_fitting (const char      *words,
                                       double           width);

/* --- annals-html-chart-draw.c --- */
void    annals_html_chart_draw      (AnnalsHtmlChart   *self);

G_END_DECLS
