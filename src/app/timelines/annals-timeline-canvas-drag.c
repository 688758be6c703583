/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-canvas-private.h"

#include <math.h>

#define GRIP 6.0             /* points beside an end of a bar where it is held by that end */
#define MIN_GRIPPED 28.0     /* a bar so long has ends that can be held */
#define STALE_MOVE 60000     /* microseconds; a pointer that rested before it let go throws nothing */
#define CLUSTER_MARGIN 80.0  /* beside the events of a cluster that was opened */

/* --- what is under the pointer --- */

static gboolean
can_drag (AnnalsTimelineCanvas *self,
          gint64                event_id)
{
  const AnnalsViewItem *item = annals_timeline_view_find (self->view, event_id);

  return item != NULL && item->is_main;
}

/* Whether a drag from there takes the whole event or one end of its time. */
static AnnalsCanvasDragKind
find_grip (AnnalsTimelineCanvas *self,
           double                x,
           double                y)
{
  int position = annals_layout_hit (self->layout, &self->axis, x, y);
  const AnnalsPlaced *placed;
  double left, right;
  guint n_placed;

  if (position < 0)
    return CANVAS_DRAG_NONE;

  placed = &annals_layout_get_placed (self->layout, &n_placed)[position];
  if (!can_drag (self, (gint64) placed->id))
    return CANVAS_DRAG_NONE;

  left = placed->bar.x + annals_layout_get_offset (self->layout, &self->axis);
  right = left + placed->bar.width;
  if (placed->bar.width < MIN_GRIPPED)
    return CANVAS_DRAG_EVENT;
  if (fabs (x - right) <= GRIP)
    return CANVAS_DRAG_END;

  return fabs (x - left) <= GRIP ? CANVAS_DRAG_START : CANVAS_DRAG_EVENT;
}

static void
show_cursor (AnnalsTimelineCanvas *self)
{
  const char *name = NULL;

  switch (self->drag.kind)
    {
    case CANVAS_DRAG_PAN:
      name = "grabbing";
      break;

    case CANVAS_DRAG_BAND:
      name = "crosshair";
      break;

    case CANVAS_DRAG_EVENT:
      name = "move";
      break;

    case CANVAS_DRAG_START:
    case CANVAS_DRAG_END:
      name = "ew-resize";
      break;

    case CANVAS_DRAG_NONE:
    case CANVAS_DRAG_PRESS:
      if (self->layout != NULL && self->has_axis)
        {
          AnnalsCanvasDragKind grip = find_grip (self, self->pointer_x, self->pointer_y);

          if (grip == CANVAS_DRAG_START || grip == CANVAS_DRAG_END)
            name = "ew-resize";
          else if (annals_layout_hit_cluster (self->layout, &self->axis, self->pointer_x, self->pointer_y) >= 0)
            name = "zoom-in";
        }
      break;
    }

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

/* --- selecting --- */

static void
toggle (AnnalsTimelineCanvas *self,
        gint64                event_id)
{
  g_autoptr(GArray) ids = annals_timeline_canvas_dup_selection (self);
  gboolean was = FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == event_id)
      {
        g_array_remove_index (ids, i);
        was = TRUE;
        break;
      }

  if (!was)
    g_array_prepend_val (ids, event_id);
  if (ids->len == 0)
    {
      annals_timeline_canvas_select (self, 0);
      return;
    }

  annals_timeline_canvas_select_all (self, ids);
}

static void
focus_event (AnnalsTimelineCanvas *self,
             gint64                event_id)
{
  GtkWidget *card = annals_timeline_canvas_get_card (self, event_id);

  gtk_widget_grab_focus (card != NULL ? card : GTK_WIDGET (self));
}

static void
select_band (AnnalsTimelineCanvas *self)
{
  const AnnalsCanvasDrag *drag = &self->drag;
  g_autoptr(GArray) ids = drag->adds ? annals_timeline_canvas_dup_selection (self)
                                     : g_array_new (FALSE, FALSE, sizeof (gint64));
  double offset = annals_layout_get_offset (self->layout, &self->axis);
  double left = MIN (drag->x, drag->to_x) - offset;
  double right = MAX (drag->x, drag->to_x) - offset;
  double top = MIN (drag->y, drag->to_y);
  double bottom = MAX (drag->y, drag->to_y);
  const AnnalsPlaced *placed;
  guint n_placed;

  placed = annals_layout_get_placed (self->layout, &n_placed);
  for (guint i = 0; i < n_placed; i++)
    {
      const AnnalsRect *card = &placed[i].card;
      gint64 id = (gint64) placed[i].id;

      if (card->x < right && card->x + card->width > left && card->y < bottom && card->y + card->height > top &&
          !(drag->adds && annals_timeline_canvas_is_selected (self, id)))
        g_array_append_val (ids, id);
    }

  annals_timeline_canvas_select_all (self, ids);
}

/* Goes nearer until they part; those that no zoom parts are the place's to show. */
static void
open_cluster (AnnalsTimelineCanvas *self,
              int                   index)
{
  guint n_clusters, n_placed;
  const AnnalsCluster *cluster = &annals_layout_get_clusters (self->layout, &n_clusters)[index];
  const guint *members = annals_layout_get_members (self->layout, cluster);
  const AnnalsPlaced *placed = annals_layout_get_placed (self->layout, &n_placed);
  AnnalsAxis axis = self->axis;

  if (cluster->to > cluster->from)
    annals_axis_show (&axis, cluster->from, cluster->to, CLUSTER_MARGIN);

  if (annals_axis_get_scale (&axis) < 0.8 * annals_axis_get_scale (&self->axis))
    {
      annals_timeline_canvas_glide (self, &axis, 250);
      return;
    }

  {
    g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

    for (guint i = 0; i < cluster->n_items; i++)
      {
        gint64 id = (gint64) placed[members[i]].id;

        g_array_append_val (ids, id);
      }
    g_signal_emit (self, annals_canvas_signals[CANVAS_CLUSTER], 0, ids);
  }
}

/* --- dragging an event --- */

static gint64
snap (AnnalsTimelineCanvas *self,
      double                seconds)
{
  return (gint64) annals_axis_snap (&self->axis, seconds);
}

static AnnalsDate *
move_date (AnnalsTimelineCanvas *self,
           AnnalsDate           *date)
{
  AnnalsDatePrecision precision = annals_axis_get_precision (&self->axis);
  double delta = (self->drag.to_x - self->drag.x) * annals_axis_get_scale (&self->axis) +
                 (self->axis.from - self->drag.axis_from);
  gint64 from = 0, to = 0;
  gboolean has_from = annals_date_get_from (date, &from);
  gboolean has_to = annals_date_get_to (date, &to);

  switch (self->drag.kind)
    {
    case CANVAS_DRAG_START:
      return annals_date_dup_with_bound (date, FALSE, snap (self, (double) (has_from ? from : to) + delta), precision);

    case CANVAS_DRAG_END:
      return annals_date_dup_with_bound (date, TRUE, snap (self, (double) (has_to ? to : from) + delta), precision);

    case CANVAS_DRAG_NONE:
    case CANVAS_DRAG_PRESS:
    case CANVAS_DRAG_PAN:
    case CANVAS_DRAG_BAND:
    case CANVAS_DRAG_EVENT:
      break;
    }

  if (!has_from)
    from = to;

  return annals_date_dup_moved (date, snap (self, (double) from + delta) - from, precision);
}

static void
preview (AnnalsTimelineCanvas *self)
{
  const AnnalsViewItem *item = annals_timeline_view_find (self->view, self->drag.event_id);

  g_clear_pointer (&self->drag.date, annals_date_unref);
  if (item != NULL)
    self->drag.date = move_date (self, item->event->date);
  if (self->drag.kind == CANVAS_DRAG_EVENT && self->view->group == ANNALS_GROUP_LANE)
    self->drop_y = self->drag.to_y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
event_move_free (gpointer data)
{
  AnnalsEventMove *self = data;

  annals_date_unref (self->date);
  g_free (self);
}

/* The lane it was let go in, when it is another lane of the timeline. */
static const AnnalsViewLane *
get_other_lane (AnnalsTimelineCanvas *self)
{
  const AnnalsViewItem *item = annals_timeline_view_find (self->view, self->drag.event_id);
  const AnnalsViewLane *lane = annals_timeline_canvas_get_lane_at (self, self->drag.to_y);

  if (self->drag.kind != CANVAS_DRAG_EVENT || self->view->group != ANNALS_GROUP_LANE || item == NULL ||
      lane == NULL || !lane->is_main || lane == g_ptr_array_index (self->view->lanes, item->lane))
    return NULL;

  return lane;
}

static void
finish_move (AnnalsTimelineCanvas *self)
{
  g_autoptr(GPtrArray) moves = g_ptr_array_new_with_free_func (event_move_free);
  g_autoptr(GArray) ids = annals_timeline_canvas_dup_selection (self);
  const AnnalsViewLane *lane = get_other_lane (self);

  /* an end belongs to one event only */
  if (self->drag.kind != CANVAS_DRAG_EVENT)
    g_array_set_size (ids, 1);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = self->drag.kind == CANVAS_DRAG_EVENT ? g_array_index (ids, gint64, i) : self->drag.event_id;
      const AnnalsViewItem *item = annals_timeline_view_find (self->view, id);
      AnnalsEventMove *move;

      if (item == NULL || !item->is_main)
        continue;

      move = g_new0 (AnnalsEventMove, 1);
      move->event_id = id;
      move->date = move_date (self, item->event->date);
      move->lane = lane;
      if (lane == NULL && annals_date_compare (move->date, item->event->date) == 0)
        event_move_free (move);
      else
        g_ptr_array_add (moves, move);
    }

  if (moves->len > 0)
    g_signal_emit (self, annals_canvas_signals[CANVAS_MOVED], 0, moves);
}

/* --- the gesture --- */

static void
end_drag (AnnalsTimelineCanvas *self)
{
  AnnalsTimelineView *next = g_steal_pointer (&self->next_view);

  self->drag.kind = CANVAS_DRAG_NONE;
  self->drop_y = -1;
  g_clear_pointer (&self->drag.date, annals_date_unref);
  show_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  if (next == NULL)
    return;

  annals_timeline_canvas_set_view (self, next);
  annals_timeline_view_unref (next);
}

void
annals_timeline_canvas_cancel_drag (AnnalsTimelineCanvas *self)
{
  if (self->drag.kind == CANVAS_DRAG_PAN)
    {
      annals_axis_pan (&self->axis, (self->axis.from - self->drag.axis_from) / annals_axis_get_scale (&self->axis));
      annals_timeline_canvas_view_changed (self);
    }
  if (self->drag.kind != CANVAS_DRAG_NONE)
    end_drag (self);
}

static gboolean
is_ground (AnnalsTimelineCanvas *self,
           double                x,
           double                y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked == GTK_WIDGET (self) || (picked != NULL && ANNALS_IS_EVENT_CARD (picked));
}

static void
drag_begin_cb (AnnalsTimelineCanvas *self,
               double                x,
               double                y,
               GtkGesture           *gesture)
{
  AnnalsCanvasDrag *drag = &self->drag;
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  annals_timeline_canvas_stop (self);
  if (!self->has_axis || self->layout == NULL || !is_ground (self, x, y))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  drag->kind = CANVAS_DRAG_PRESS;
  drag->x = drag->to_x = x;
  drag->y = drag->to_y = y;
  drag->axis_from = self->axis.from;
  drag->velocity = 0;
  drag->moved_at = 0;
  drag->event_id = annals_timeline_canvas_get_event_at (self, x, y);
  drag->cluster = annals_layout_hit_cluster (self->layout, &self->axis, x, y);
  drag->adds = (state & GDK_CONTROL_MASK) != 0;
  drag->grip = find_grip (self, x, y);
  if (drag->grip == CANVAS_DRAG_NONE)
    drag->grip = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK) ? CANVAS_DRAG_BAND : CANVAS_DRAG_PAN;
  drag->was_selected = drag->event_id != 0 && drag->event_id == self->selected;

  if (drag->event_id == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  else if (!drag->adds && !annals_timeline_canvas_is_selected (self, drag->event_id))
    annals_timeline_canvas_select (self, drag->event_id);
  if (drag->event_id != 0)
    focus_event (self, drag->event_id);
}

static void
drag_pan (AnnalsTimelineCanvas *self,
          double                dx,
          gint64                now)
{
  AnnalsCanvasDrag *drag = &self->drag;
  double scale = annals_axis_get_scale (&self->axis);
  double moved = drag->x + dx - drag->to_x;
  double seconds = (now - drag->moved_at) / 1e6;

  if (drag->moved_at != 0 && seconds > 0)
    drag->velocity = 0.6 * drag->velocity + 0.4 * moved / MAX (seconds, 0.004);
  drag->moved_at = now;

  annals_axis_pan (&self->axis, (self->axis.from - drag->axis_from) / scale + dx);
  annals_timeline_canvas_view_changed (self);
}

static void
drag_update_cb (AnnalsTimelineCanvas *self,
                double                dx,
                double                dy,
                GtkGesture           *gesture)
{
  AnnalsCanvasDrag *drag = &self->drag;

  if (drag->kind == CANVAS_DRAG_NONE)
    return;

  if (drag->kind == CANVAS_DRAG_PRESS)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), (int) drag->x, (int) drag->y, (int) (drag->x + dx),
                                     (int) (drag->y + dy)))
        return;
      drag->kind = drag->grip;
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      show_cursor (self);
    }

  if (drag->kind == CANVAS_DRAG_PAN)
    drag_pan (self, dx, g_get_monotonic_time ());

  drag->to_x = drag->x + dx;
  drag->to_y = drag->y + dy;
  if (drag->kind >= CANVAS_DRAG_EVENT)
    preview (self);
  else if (drag->kind == CANVAS_DRAG_BAND)
    {
      select_band (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
click (AnnalsTimelineCanvas *self)
{
  AnnalsCanvasDrag *drag = &self->drag;

  if (drag->cluster >= 0)
    open_cluster (self, drag->cluster);
  else if (drag->event_id == 0)
    annals_timeline_canvas_select (self, 0);
  else if (drag->adds)
    toggle (self, drag->event_id);
  else
    {
      annals_timeline_canvas_select (self, drag->event_id);
      focus_event (self, drag->event_id);
      if (drag->was_selected)
        g_signal_emit (self, annals_canvas_signals[CANVAS_ACTIVATED], 0, drag->event_id);
    }
}

static void
drag_end_cb (AnnalsTimelineCanvas *self)
{
  AnnalsCanvasDragKind kind = self->drag.kind;

  if (kind == CANVAS_DRAG_PAN && g_get_monotonic_time () - self->drag.moved_at < STALE_MOVE)
    annals_timeline_canvas_fling (self, self->drag.velocity);
  else if (kind >= CANVAS_DRAG_EVENT)
    finish_move (self);

  if (kind == CANVAS_DRAG_PRESS)
    {
      self->drag.kind = CANVAS_DRAG_NONE;
      click (self);
    }
  end_drag (self);
}

static void
menu_pressed_cb (AnnalsTimelineCanvas *self,
                 int                   n_press,
                 double                x,
                 double                y,
                 GtkGesture           *gesture)
{
  gint64 id;

  if (!self->has_axis || self->layout == NULL || !is_ground (self, x, y))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  id = annals_timeline_canvas_get_event_at (self, x, y);
  if (id == 0)
    {
      g_signal_emit (self, annals_canvas_signals[CANVAS_GROUND_MENU], 0, x, y);
      return;
    }

  if (!annals_timeline_canvas_is_selected (self, id))
    annals_timeline_canvas_select (self, id);
  focus_event (self, id);
  g_signal_emit (self, annals_canvas_signals[CANVAS_MENU], 0, id);
}

static void
hover_cb (AnnalsTimelineCanvas *self,
          double                x,
          double                y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->drag.kind == CANVAS_DRAG_NONE)
    show_cursor (self);
}

void
annals_timeline_canvas_add_drag (AnnalsTimelineCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *hover = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (annals_timeline_canvas_cancel_drag), self);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  g_signal_connect_swapped (hover, "enter", G_CALLBACK (hover_cb), self);
  g_signal_connect_swapped (hover, "motion", G_CALLBACK (hover_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  gtk_widget_add_controller (GTK_WIDGET (self), hover);
}
