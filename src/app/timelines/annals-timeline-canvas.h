/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-axis.h"
#include "annals-timeline-data.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_TIMELINE_CANVAS (annals_timeline_canvas_get_type ())
/**
 * AnnalsTimelineCanvas:
 *
 * A timeline drawn to scale: its lanes from top to bottom, its events as cards at their time. Drag or
 * scroll to move, Ctrl and scroll or pinch to zoom about the pointer; arrow keys go from event to
 * event by time and by lane. It is as high as its lanes need: put it into a scrolled window.
 *
 * Signals: "event-selected" (gint64 event_id; 0: none), "event-activated" (gint64 event_id: Return or a
 * second click), "event-menu" (gint64 event_id: the right button, the Menu key), "event-deleted" (gint64
 * event_id: the Delete key), "view-changed" (the axis moved).
 */
G_DECLARE_FINAL_TYPE (AnnalsTimelineCanvas, annals_timeline_canvas, ANNALS, TIMELINE_CANVAS, GtkWidget)

GtkWidget          *annals_timeline_canvas_new          (void);
/* The same timeline as before keeps the view and the selection; another one is shown whole. */
void                annals_timeline_canvas_set_data     (AnnalsTimelineCanvas *self,
                                                         AnnalsTimelineData   *data);
const AnnalsAxis   *annals_timeline_canvas_get_axis     (AnnalsTimelineCanvas *self);
/* (element type AnnalsTick), borrowed */
GArray             *annals_timeline_canvas_get_ticks    (AnnalsTimelineCanvas *self);
AnnalsTimelineData *annals_timeline_canvas_get_data     (AnnalsTimelineCanvas *self);
gint64              annals_timeline_canvas_get_selected (AnnalsTimelineCanvas *self);
/* 0: none. Brings the event into view. */
void                annals_timeline_canvas_select       (AnnalsTimelineCanvas *self,
                                                         gint64                event_id);
void                annals_timeline_canvas_fit          (AnnalsTimelineCanvas *self);
/* About the middle; @factor over 1 shows more detail. */
void                annals_timeline_canvas_zoom         (AnnalsTimelineCanvas *self,
                                                         double                factor);
/* The name of the lane at @index (from 0), or the event's card, or NULL when it is not in view: for popovers to
 * point to. Borrowed. */
GtkWidget          *annals_timeline_canvas_get_header   (AnnalsTimelineCanvas *self,
                                                         guint                 index);
GtkWidget          *annals_timeline_canvas_get_card     (AnnalsTimelineCanvas *self,
                                                         gint64                event_id);
/* Puts the time @from at the left edge at the same zoom. */
void                annals_timeline_canvas_move_to      (AnnalsTimelineCanvas *self,
                                                         double                from);

G_END_DECLS
