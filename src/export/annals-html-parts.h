/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export.h"
#include "annals-report.h"

G_BEGIN_DECLS

/* The parts of a timeline's page. */

/* The page's style sheet, with the palette's colours for light, dark and paper. Returns: (transfer full) */
char *annals_html_dup_style       (AnnalsPaper   paper);
/* The timeline drawn to scale, as SVG; nothing when no event has a time. */
void  annals_html_append_chart    (GString      *html,
                                   AnnalsReport *report);
/* The events by period, with their evidence. */
void  annals_html_append_events   (GString      *html,
                                   AnnalsReport *report,
                                   GPtrArray    *periods);
/* The numbered sources. */
void  annals_html_append_sources  (GString      *html,
                                   AnnalsReport *report);
/* The notes on the passages; @notes: as of annals_report_list_notes() */
void  annals_html_append_notes    (GString      *html,
                                   AnnalsReport *report,
                                   GPtrArray    *notes);
/* The files that the sources came from. */
void  annals_html_append_origins  (GString      *html,
                                   AnnalsReport *report);

G_END_DECLS
