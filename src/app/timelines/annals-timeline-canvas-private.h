/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-layout.h"
#include "annals-timeline-canvas.h"

G_BEGIN_DECLS

struct _AnnalsTimelineCanvas
{
  GtkWidget           parent_instance;
  AnnalsTimelineData *data;
  AnnalsAxis          axis;
  gboolean            has_axis;       /* it has been given a width and fitted */
  gboolean            wants_fit;      /* once there is a width */
  AnnalsLayout       *layout;
  GArray             *sizes;          /* of the events' words: graphene_size_t, parallel to the events */
  GArray             *ticks;          /* (nullable) of AnnalsTick, for the axis as it is */
  GHashTable         *cards;          /* event id → AnnalsEventCard, those in view */
  GPtrArray          *headers;        /* AnnalsLaneHeader, one a lane, borrowed from the widget tree */
  GtkAdjustment      *vadjustment;    /* of the scrolled window around it, weak */
  gint64              selected;
  double              drag_from;      /* of the axis, when the drag began */
  double              pinch_scale;
  guint               sync_id;
};

/* annals-timeline-canvas.c: the axis was changed */
void annals_timeline_canvas_view_changed (AnnalsTimelineCanvas *self);

/* annals-timeline-canvas-input.c */
void annals_timeline_canvas_install_keys (GtkWidgetClass       *widget_class);
void annals_timeline_canvas_add_gestures (AnnalsTimelineCanvas *self);

G_END_DECLS
