/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-post-density.h"
#include "annals-timeline-canvas.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_TIMELINE_OVERVIEW (annals_timeline_overview_get_type ())
/**
 * AnnalsTimelineOverview:
 *
 * The whole timeline in a strip, how many of its events are when, and behind them how many posts the archive has;
 * a frame shows what is in view, and can be dragged, or by its edges made wider and narrower.
 */
G_DECLARE_FINAL_TYPE (AnnalsTimelineOverview, annals_timeline_overview, ANNALS, TIMELINE_OVERVIEW, GtkWidget)

void annals_timeline_overview_set_canvas  (AnnalsTimelineOverview *self,
                                           AnnalsTimelineCanvas   *canvas);
/* (nullable) */
void annals_timeline_overview_set_density (AnnalsTimelineOverview *self,
                                           AnnalsPostDensity      *density);

G_END_DECLS
