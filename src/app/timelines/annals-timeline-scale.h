/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-timeline-canvas.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_TIMELINE_SCALE (annals_timeline_scale_get_type ())
/**
 * AnnalsTimelineScale:
 *
 * The axis below a canvas: a line with the canvas's ticks and their labels. To assistive technology it
 * is an image named after the period in view.
 */
G_DECLARE_FINAL_TYPE (AnnalsTimelineScale, annals_timeline_scale, ANNALS, TIMELINE_SCALE, GtkWidget)

void annals_timeline_scale_set_canvas (AnnalsTimelineScale  *self,
                                       AnnalsTimelineCanvas *canvas);

G_END_DECLS
