/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-timeline-view.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_LANE_HEADER (annals_lane_header_get_type ())
/**
 * AnnalsLaneHeader:
 *
 * A lane's name on the canvas; it opens a menu of what can be done with the lane. The menu's actions
 * are "timeline.rename-lane", "timeline.colour-lane", "timeline.move-lane", "timeline.hide-lane",
 * "timeline.delete-lane" and "timeline.overlay", which the place around it has.
 */
G_DECLARE_FINAL_TYPE (AnnalsLaneHeader, annals_lane_header, ANNALS, LANE_HEADER, GtkWidget)

GtkWidget *annals_lane_header_new (const AnnalsViewLane *lane,
                                   AnnalsTimelineGroup   group);
/* Whether it is as a new one of that lane would be. */
gboolean   annals_lane_header_is_of (AnnalsLaneHeader     *self,
                                     const AnnalsViewLane *lane,
                                     AnnalsTimelineGroup   group);

G_END_DECLS
