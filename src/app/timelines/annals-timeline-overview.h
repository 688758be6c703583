/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-timeline-canvas.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_TIMELINE_OVERVIEW (annals_timeline_overview_get_type ())
/**
 * AnnalsTimelineOverview:
 *
 * The whole timeline in a strip: how many events fall where, and a frame around what the canvas
 * shows. Press or drag to move the canvas there. Everything it does can be done by the keyboard on the
 * canvas, so it is left out of the focus chain.
 */
G_DECLARE_FINAL_TYPE (AnnalsTimelineOverview, annals_timeline_overview, ANNALS, TIMELINE_OVERVIEW, GtkWidget)

void annals_timeline_overview_set_canvas (AnnalsTimelineOverview *self,
                                          AnnalsTimelineCanvas   *canvas);

G_END_DECLS
