/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-event-card.h"
#include "annals-layout.h"
#include "annals-timeline-canvas.h"

G_BEGIN_DECLS

typedef enum
{
  CANVAS_SELECTED,
  CANVAS_ACTIVATED,
  CANVAS_MENU,
  CANVAS_GROUND_MENU,
  CANVAS_DELETED,
  CANVAS_MOVED,
  CANVAS_CLUSTER,
  CANVAS_VIEW_CHANGED,
  N_CANVAS_SIGNALS
} AnnalsCanvasSignal;

extern guint annals_canvas_signals[N_CANVAS_SIGNALS];

typedef enum
{
  CANVAS_DRAG_NONE,
  CANVAS_DRAG_PRESS,     /* the button is down and has not moved yet */
  CANVAS_DRAG_PAN,
  CANVAS_DRAG_BAND,      /* selects what is inside a rectangle */
  CANVAS_DRAG_EVENT,
  CANVAS_DRAG_START,     /* of the event's time */
  CANVAS_DRAG_END,
} AnnalsCanvasDragKind;

/* What the pointer does between press and release */
typedef struct
{
  AnnalsCanvasDragKind kind;
  AnnalsCanvasDragKind grip;       /* what a move would begin */
  gint64               event_id;   /* under the pointer when it was pressed; 0: none */
  int                  cluster;
  gboolean             adds;       /* Ctrl */
  gboolean             was_selected;
  double               x, y;       /* where it was pressed */
  double               to_x, to_y; /* where it is */
  double               axis_from;  /* when it was pressed */
  gint64               moved_at;   /* microseconds */
  double               velocity;   /* points a second, to the right */
  AnnalsDate          *date;       /* that the event would get */
} AnnalsCanvasDrag;

struct _AnnalsTimelineCanvas
{
  GtkWidget           parent_instance;
  AnnalsTimelineView *view;
  AnnalsTimelineView *next_view;      /* (nullable): to be shown when nothing is being dragged */
  AnnalsAxis          axis;
  gboolean            has_axis;       /* it has been given a width and fitted */
  gboolean            wants_fit;      /* once there is a width */
  AnnalsCardMetrics   metrics;
  AnnalsLayout       *layout;
  GArray             *ticks;          /* (nullable) of AnnalsTick, for the axis as it is */
  GHashTable         *cards;          /* event id → AnnalsEventCard, those in view */
  GPtrArray          *headers;        /* AnnalsLaneHeader, by lane; NULL for one without a name; borrowed */
  GtkAdjustment      *vadjustment;    /* of the scrolled window around it, weak */
  gint64              selected;
  GHashTable         *selection;      /* a set of event ids, with @selected */
  guint               sync_id;

  double              pointer_x;
  double              pointer_y;
  AnnalsAxis          pinched;        /* when two fingers came down */
  double              pinch_x;        /* the middle between them then */
  AnnalsCanvasDrag    drag;
  double              drop_y;         /* less than 0: nothing is about to be dropped */

  AdwAnimation       *animation;      /* from one axis to another */
  AnnalsAxis          animated_from;
  AnnalsAxis          animated_to;
  guint               kinetic_id;
  gint64              kinetic_time;
  double              kinetic_velocity;
};

/* annals-timeline-canvas.c */
void           annals_timeline_canvas_view_changed    (AnnalsTimelineCanvas *self);
void           annals_timeline_canvas_visible_band    (AnnalsTimelineCanvas *self,
                                                       double               *top,
                                                       double               *bottom);
/* The card of an event, the one with the keyboard or those that are drawn; NULL */
GtkWidget     *annals_timeline_canvas_get_card        (AnnalsTimelineCanvas *self,
                                                       gint64                event_id);
void           annals_timeline_canvas_fit_axis        (AnnalsTimelineCanvas *self,
                                                       AnnalsAxis           *axis);

/* annals-timeline-canvas-cards.c: makes those that came into view, unmakes those that left it */
void           annals_timeline_canvas_sync_cards      (AnnalsTimelineCanvas *self);
void           annals_timeline_canvas_drop_cards      (AnnalsTimelineCanvas *self);
/* Another view: those of events that are still there stay, and so does the keyboard on one. */
void           annals_timeline_canvas_renew_cards     (AnnalsTimelineCanvas *self);
void           annals_timeline_canvas_place_cards     (AnnalsTimelineCanvas *self);

/* annals-timeline-canvas-draw.c */
void           annals_timeline_canvas_draw_ground     (AnnalsTimelineCanvas *self,
                                                       GtkSnapshot          *snapshot);
void           annals_timeline_canvas_draw_marks      (AnnalsTimelineCanvas *self,
                                                       GtkSnapshot          *snapshot);
void           annals_timeline_canvas_draw_drag       (AnnalsTimelineCanvas *self,
                                                       GtkSnapshot          *snapshot);

/* annals-timeline-canvas-input.c: keys, scrolling and zooming */
void           annals_timeline_canvas_install_keys    (GtkWidgetClass       *widget_class);
void           annals_timeline_canvas_add_gestures    (AnnalsTimelineCanvas *self);
/* Goes there in a moment, at once where animations are off. */
void           annals_timeline_canvas_glide           (AnnalsTimelineCanvas *self,
                                                       const AnnalsAxis     *axis,
                                                       guint                 milliseconds);
void           annals_timeline_canvas_stop            (AnnalsTimelineCanvas *self);
void           annals_timeline_canvas_fling           (AnnalsTimelineCanvas *self,
                                                       double                velocity);

/* annals-timeline-canvas-drag.c: the pointer's button */
void           annals_timeline_canvas_add_drag        (AnnalsTimelineCanvas *self);
void           annals_timeline_canvas_cancel_drag     (AnnalsTimelineCanvas *self);

G_END_DECLS
