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

GtkWidget *annals_lane_header_new    (const AnnalsViewLane *lane,
                                      AnnalsTimelineGroup   group);
/* Whether it is that lane's, whatever the lane is called now. */
gboolean   annals_lane_header_is_of  (AnnalsLaneHeader     *self,
                                      const AnnalsViewLane *lane,
                                      AnnalsTimelineGroup   group);
/* Shows what is new of its lane. Its menu stays, and the keyboard at it; one that is open and says the same is not touched. */
void       annals_lane_header_update (AnnalsLaneHeader     *self,
                                      const AnnalsViewLane *lane,
                                      AnnalsTimelineGroup   group);

G_END_DECLS
