/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-axis.h"
#include "annals-timeline-view.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_TIMELINE_CANVAS (annals_timeline_canvas_get_type ())
/**
 * AnnalsTimelineCanvas:
 *
 * A timeline drawn to scale: its lanes from top to bottom, its events at their time, as cards where there is
 * room, else as bars and dots, and as clusters with a count where even these are too close. Drag or scroll
 * to move, Ctrl and scroll or pinch to zoom about the pointer; arrow keys go from event to event by time and by
 * lane. Ctrl and a click add to the selection, Shift and a drag selects what is inside; an event that is dragged
 * gets another date. It is as high as its lanes need: put it into a scrolled window.
 *
 * Signals: "event-selected" (gint64 event_id; 0: none), "event-activated" (gint64 event_id: Return or a
 * second click), "event-menu" (gint64 event_id: the right button, the Menu key), "ground-menu" (double x, double
 * y: the right button beside all events), "event-deleted" (gint64 event_id: the Delete key), "events-moved"
 * (GPtrArray of AnnalsEventMove), "cluster-activated" (GArray of gint64, event ids: a click on a cluster whose
 * events no zoom would part), "view-changed" (the axis moved).
 */
G_DECLARE_FINAL_TYPE (AnnalsTimelineCanvas, annals_timeline_canvas, ANNALS, TIMELINE_CANVAS, GtkWidget)

/**
 * AnnalsEventMove:
 * @date: what its date becomes
 * @lane: (nullable): the lane it was let go in, when that is another one
 *
 * An event that was dragged.
 */
typedef struct
{
  gint64                event_id;
  AnnalsDate           *date;
  const AnnalsViewLane *lane;
} AnnalsEventMove;

GtkWidget            *annals_timeline_canvas_new           (void);
/* The same timeline as before keeps what is in view and the selection; another one is shown whole. */
void                  annals_timeline_canvas_set_view      (AnnalsTimelineCanvas *self,
                                                            AnnalsTimelineView   *view);
/* (nullable) */
const AnnalsAxis     *annals_timeline_canvas_get_axis      (AnnalsTimelineCanvas *self);
/* (element type AnnalsTick), borrowed */
GArray               *annals_timeline_canvas_get_ticks     (AnnalsTimelineCanvas *self);
/* Weeks begin on another day. */
void                  annals_timeline_canvas_renew_ticks   (AnnalsTimelineCanvas *self);
/* (nullable) */
AnnalsTimelineView   *annals_timeline_canvas_get_view      (AnnalsTimelineCanvas *self);
/* The one that is edited, and all (of gint64, to be freed with g_array_unref()) */
gint64                annals_timeline_canvas_get_selected  (AnnalsTimelineCanvas *self);
GArray               *annals_timeline_canvas_dup_selection (AnnalsTimelineCanvas *self);
gboolean              annals_timeline_canvas_is_selected   (AnnalsTimelineCanvas *self,
                                                            gint64                event_id);
/* 0: none. Only this one, and brings it into view. */
void                  annals_timeline_canvas_select        (AnnalsTimelineCanvas *self,
                                                            gint64                event_id);
/* All of these (of gint64); the first is the one that is edited. Nothing is brought into view. */
void                  annals_timeline_canvas_select_all    (AnnalsTimelineCanvas *self,
                                                            GArray               *event_ids);
void                  annals_timeline_canvas_fit           (AnnalsTimelineCanvas *self);
/* About the middle; @factor over 1 shows more detail. */
void                  annals_timeline_canvas_zoom          (AnnalsTimelineCanvas *self,
                                                            double                factor);
/* Puts the time @from at the left edge at the same zoom, or shows [from, to). */
void                  annals_timeline_canvas_move_to       (AnnalsTimelineCanvas *self,
                                                            double                from);
void                  annals_timeline_canvas_show_span     (AnnalsTimelineCanvas *self,
                                                            double                from,
                                                            double                to);
/* The lane at @y, and the time at @x with the precision of the zoom (transfer full); NULL outside */
const AnnalsViewLane *annals_timeline_canvas_get_lane_at   (AnnalsTimelineCanvas *self,
                                                            double                y);
AnnalsDate           *annals_timeline_canvas_dup_date_at   (AnnalsTimelineCanvas *self,
                                                            double                x);
/* Scrolls to it. */
void                  annals_timeline_canvas_reveal_lane   (AnnalsTimelineCanvas *self,
                                                            guint                 index);
/* The event drawn there as a card or a mark; 0: none */
gint64                annals_timeline_canvas_get_event_at  (AnnalsTimelineCanvas *self,
                                                            double                x,
                                                            double                y);
/* Marks the lane at @y as where something will be dropped; less than 0: none. */
void                  annals_timeline_canvas_mark_lane     (AnnalsTimelineCanvas *self,
                                                            double                y);
/* For popovers to point to: the name of the lane at @index, borrowed, and where the event is drawn, FALSE when
 * it is not. */
GtkWidget            *annals_timeline_canvas_get_header    (AnnalsTimelineCanvas *self,
                                                            guint                 index);
gboolean              annals_timeline_canvas_get_bounds    (AnnalsTimelineCanvas *self,
                                                            gint64                event_id,
                                                            graphene_rect_t      *bounds);

G_END_DECLS
