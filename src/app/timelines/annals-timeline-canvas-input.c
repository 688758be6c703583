/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-canvas-private.h"

#include "annals-event-card.h"

#define ZOOM_STEP 1.25
#define PAN_STEP 60.0      /* points a notch of the wheel */

static gboolean
scroll_cb (AnnalsTimelineCanvas *self,
           double                dx,
           double                dy,
           GtkEventController   *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);
  gboolean can_scroll = self->vadjustment != NULL &&
                        gtk_adjustment_get_upper (self->vadjustment) >
                        gtk_adjustment_get_page_size (self->vadjustment) + 1;

  if (!self->has_axis)
    return GDK_EVENT_PROPAGATE;

  if (state & GDK_CONTROL_MASK)
    {
      GdkEvent *event = gtk_event_controller_get_current_event (controller);
      double x = self->axis.width / 2, y = 0;
      double native_x = 0, native_y = 0;
      GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));

      if (event != NULL && gdk_event_get_position (event, &x, &y))
        {
          gtk_native_get_surface_transform (native, &native_x, &native_y);
          gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), x - native_x, y - native_y,
                                            &x, &y);
        }
      annals_axis_zoom (&self->axis, CLAMP (x, 0, self->axis.width), dy > 0 ? 1 / ZOOM_STEP : ZOOM_STEP);
    }
  else if (dx != 0 || (state & GDK_SHIFT_MASK) || !can_scroll)
    annals_axis_pan (&self->axis, -(dx != 0 ? dx : dy) * PAN_STEP);
  else
    return GDK_EVENT_PROPAGATE;

  annals_timeline_canvas_view_changed (self);

  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (AnnalsTimelineCanvas *self,
               double                x,
               double                y,
               GtkGesture           *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (picked != GTK_WIDGET (self) || !self->has_axis)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  self->drag_from = self->axis.from;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
drag_update_cb (AnnalsTimelineCanvas *self,
                double                dx,
                double                dy)
{
  annals_timeline_canvas_move_to (self, self->drag_from - dx * annals_axis_get_scale (&self->axis));
}

static void
drag_end_cb (AnnalsTimelineCanvas *self)
{
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static void
pinch_begin_cb (AnnalsTimelineCanvas *self)
{
  self->pinch_scale = 1;
}

static void
pinch_cb (AnnalsTimelineCanvas *self,
          double                scale,
          GtkGesture           *gesture)
{
  double x, y;

  if (!self->has_axis || !gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    return;

  annals_axis_zoom (&self->axis, x, scale / self->pinch_scale);
  self->pinch_scale = scale;
  annals_timeline_canvas_view_changed (self);
}

void
annals_timeline_canvas_add_gestures (AnnalsTimelineCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

/* --- keys --- */

static void
go_to (AnnalsTimelineCanvas *self,
       int                   position)
{
  GtkWidget *card;
  guint n_placed;
  gint64 id;

  if (position < 0)
    return;

  id = (gint64) annals_layout_get_placed (self->layout, &n_placed)[position].id;
  annals_timeline_canvas_select (self, id);
  card = g_hash_table_lookup (self->cards, &id);
  if (card != NULL)
    gtk_widget_grab_focus (card);
}

static int
current (AnnalsTimelineCanvas *self)
{
  return self->selected != 0 ? annals_layout_find (self->layout, (guint64) self->selected) : -1;
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (self->layout != NULL)
    go_to (self, annals_layout_step (self->layout, current (self), g_variant_get_int32 (parameter), FALSE));
}

static void
lane_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (self->layout != NULL)
    go_to (self, annals_layout_step_lane (self->layout, current (self), g_variant_get_int32 (parameter)));
}

static void
edge_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (self->layout != NULL)
    go_to (self, annals_layout_step (self->layout, -1, g_variant_get_int32 (parameter), FALSE));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (self->selected != 0)
    g_signal_emit_by_name (self, "event-deleted", self->selected);
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  int step = g_variant_get_int32 (parameter);

  if (step == 0)
    annals_timeline_canvas_fit (ANNALS_TIMELINE_CANVAS (widget));
  else
    annals_timeline_canvas_zoom (ANNALS_TIMELINE_CANVAS (widget), step > 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
}

void
annals_timeline_canvas_install_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint       key;
    const char *action;
    int         parameter;
  } keys[] = {
    { GDK_KEY_Left, "canvas.step", -1 }, { GDK_KEY_Right, "canvas.step", 1 },
    { GDK_KEY_Up, "canvas.lane", -1 }, { GDK_KEY_Down, "canvas.lane", 1 },
    { GDK_KEY_Home, "canvas.edge", 1 }, { GDK_KEY_End, "canvas.edge", -1 },
    { GDK_KEY_plus, "canvas.zoom", 1 }, { GDK_KEY_equal, "canvas.zoom", 1 }, { GDK_KEY_KP_Add, "canvas.zoom", 1 },
    { GDK_KEY_minus, "canvas.zoom", -1 }, { GDK_KEY_KP_Subtract, "canvas.zoom", -1 },
    { GDK_KEY_0, "canvas.zoom", 0 }, { GDK_KEY_KP_0, "canvas.zoom", 0 },
  };

  gtk_widget_class_install_action (widget_class, "canvas.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "canvas.lane", "i", lane_action);
  gtk_widget_class_install_action (widget_class, "canvas.edge", "i", edge_action);
  gtk_widget_class_install_action (widget_class, "canvas.zoom", "i", zoom_action);
  gtk_widget_class_install_action (widget_class, "canvas.delete", NULL, delete_action);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, "i", keys[i].parameter);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "canvas.delete", NULL);
}
