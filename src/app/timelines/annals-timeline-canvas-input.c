/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-canvas-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define ZOOM_STEP 1.25
#define KEY_ZOOM 1.6
#define PAN_STEP 60.0      /* points a notch of the wheel */
#define ZOOM_TIME 120      /* milliseconds */
#define LONGEST_STEP 0.1   /* seconds; after a pause it goes on, not ahead */

/* --- motion: gliding to an axis, and on after a throw --- */

static void
glide_cb (double   progress,
          gpointer user_data)
{
  AnnalsTimelineCanvas *self = user_data;

  self->axis = annals_axis_interpolate (&self->animated_from, &self->animated_to, progress);
  annals_timeline_canvas_view_changed (self);
}

void
annals_timeline_canvas_glide (AnnalsTimelineCanvas *self,
                              const AnnalsAxis     *axis,
                              guint                 milliseconds)
{
  annals_timeline_canvas_stop (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->axis = *axis;
      annals_timeline_canvas_view_changed (self);
      return;
    }

  if (self->animation == NULL)
    {
      AdwAnimationTarget *target = adw_callback_animation_target_new (glide_cb, self, NULL);

      self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, milliseconds, target);
      adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_OUT_CUBIC);
    }

  self->animated_from = self->axis;
  self->animated_to = *axis;
  adw_timed_animation_set_duration (ADW_TIMED_ANIMATION (self->animation), milliseconds);
  adw_animation_play (self->animation);
}

static gboolean
is_gliding (AnnalsTimelineCanvas *self)
{
  return self->animation != NULL && adw_animation_get_state (self->animation) == ADW_ANIMATION_PLAYING;
}

/* Where it is; what was on its way does not arrive. */
void
annals_timeline_canvas_stop (AnnalsTimelineCanvas *self)
{
  if (self->kinetic_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->kinetic_id);
  self->kinetic_id = 0;

  if (is_gliding (self))
    adw_animation_pause (self->animation);
}

static gboolean
kinetic_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = MIN ((now - self->kinetic_time) / 1e6, LONGEST_STEP);
  gboolean goes_on = annals_axis_coast (&self->axis, &self->kinetic_velocity, seconds);

  self->kinetic_time = now;
  if (seconds > 0)
    annals_timeline_canvas_view_changed (self);

  if (goes_on)
    return G_SOURCE_CONTINUE;

  self->kinetic_id = 0;

  return G_SOURCE_REMOVE;
}

void
annals_timeline_canvas_fling (AnnalsTimelineCanvas *self,
                              double                velocity)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  annals_timeline_canvas_stop (self);
  if (clock == NULL || !adw_get_enable_animations (GTK_WIDGET (self)))
    return;

  self->kinetic_velocity = velocity;
  self->kinetic_time = gdk_frame_clock_get_frame_time (clock);
  self->kinetic_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), kinetic_cb, NULL, NULL);
}

/* --- scrolling --- */

/* The zoom that is on its way is what the next notch adds to. */
static void
zoom_at (AnnalsTimelineCanvas *self,
         double                x,
         double                factor,
         gboolean              gliding)
{
  AnnalsAxis axis = is_gliding (self) ? self->animated_to : self->axis;

  annals_axis_zoom (&axis, CLAMP (x, 0, axis.width), factor);
  if (gliding)
    {
      annals_timeline_canvas_glide (self, &axis, ZOOM_TIME);
      return;
    }

  annals_timeline_canvas_stop (self);
  self->axis = axis;
  annals_timeline_canvas_view_changed (self);
}

static gboolean
scroll_cb (AnnalsTimelineCanvas     *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean is_wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  double step = is_wheel ? PAN_STEP : 1;
  gboolean can_scroll = self->vadjustment != NULL &&
                        gtk_adjustment_get_upper (self->vadjustment) >
                        gtk_adjustment_get_page_size (self->vadjustment) + 1;

  if (!self->has_axis)
    return GDK_EVENT_PROPAGATE;

  if (state & GDK_CONTROL_MASK)
    {
      zoom_at (self, self->pointer_x, pow (ZOOM_STEP, -dy * step / PAN_STEP), is_wheel);
      return GDK_EVENT_STOP;
    }

  if (fabs (dx) <= fabs (dy) && !(state & GDK_SHIFT_MASK) && can_scroll)
    return GDK_EVENT_PROPAGATE;

  annals_timeline_canvas_stop (self);
  annals_axis_pan (&self->axis, -(fabs (dx) > fabs (dy) ? dx : dy) * step);
  annals_timeline_canvas_view_changed (self);

  return GDK_EVENT_STOP;
}

static void
decelerate_cb (AnnalsTimelineCanvas *self,
               double                velocity_x,
               double                velocity_y)
{
  if (self->has_axis && fabs (velocity_x) > fabs (velocity_y))
    annals_timeline_canvas_fling (self, -velocity_x);
}

static void
pinch_begin_cb (AnnalsTimelineCanvas *self,
                GdkEventSequence     *sequence,
                GtkGesture           *gesture)
{
  double y;

  annals_timeline_canvas_stop (self);
  self->pinched = self->axis;
  if (!gtk_gesture_get_bounding_box_center (gesture, &self->pinch_x, &y))
    self->pinch_x = self->axis.width / 2;
}

static void
pinch_cb (AnnalsTimelineCanvas *self,
          double                scale,
          GtkGesture           *gesture)
{
  double x, y;

  if (!self->has_axis || scale <= 0 || !gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    return;

  annals_axis_set_width (&self->pinched, self->axis.width);
  annals_axis_pinch (&self->axis, &self->pinched, self->pinch_x, x, scale);
  annals_timeline_canvas_view_changed (self);
}

/* --- tooltips --- */

static char *
dup_cluster_tooltip (AnnalsTimelineCanvas *self,
                     int                   index)
{
  guint n_clusters;
  const AnnalsCluster *cluster = &annals_layout_get_clusters (self->layout, &n_clusters)[index];
  AnnalsDatePrecision precision = MIN (annals_axis_get_precision (&self->axis), ANNALS_DATE_YEAR);
  g_autoptr(AnnalsDate) from = annals_date_new_at ((gint64) cluster->from, precision);
  g_autoptr(AnnalsDate) to = annals_date_new_at ((gint64) cluster->to, precision);
  g_autofree char *first = annals_date_dup_display (from);
  g_autofree char *last = annals_date_dup_display (to);
  g_autofree char *count = g_strdup_printf (ngettext ("%u event", "%u events", cluster->n_items),
                                            cluster->n_items);

  if (g_str_equal (first, last))
    /* Translators: how many events are counted together, and when they were */
    return g_strdup_printf (_("%s, %s\nClick to see them"), count, first);

  return g_strdup_printf (_("%s, from %s to %s\nClick to see them"), count, first, last);
}

static gboolean
query_tooltip_cb (AnnalsTimelineCanvas *self,
                  int                   x,
                  int                   y,
                  gboolean              keyboard,
                  GtkTooltip           *tooltip)
{
  const AnnalsViewItem *item;
  g_autofree char *text = NULL;
  int cluster;

  if (self->layout == NULL || !self->has_axis || self->drag.kind != CANVAS_DRAG_NONE)
    return FALSE;

  item = annals_timeline_view_find (self->view, keyboard ? self->selected
                                                         : annals_timeline_canvas_get_event_at (self, x, y));
  if (item != NULL)
    text = annals_event_card_dup_tooltip (item);
  else if (!keyboard && (cluster = annals_layout_hit_cluster (self->layout, &self->axis, x, y)) >= 0)
    text = dup_cluster_tooltip (self, cluster);
  if (text == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

void
annals_timeline_canvas_add_gestures (AnnalsTimelineCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES |
                                                                GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (scroll, "decelerate", G_CALLBACK (decelerate_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
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
  card = annals_timeline_canvas_get_card (self, id);
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
  int step = g_variant_get_int32 (parameter);

  if (self->layout == NULL)
    return;

  if (current (self) < 0)
    go_to (self, annals_layout_step (self->layout, -1, step, FALSE));
  else
    go_to (self, annals_layout_step_lane (self->layout, current (self), step));
}

/* Tab goes from lane to lane, and on to the next control at the last. */
static void
tab_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  int step = g_variant_get_int32 (parameter);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  int position = -1;

  if (self->layout != NULL && current (self) >= 0 && focus != NULL && ANNALS_IS_EVENT_CARD (focus))
    position = annals_layout_step_lane (self->layout, current (self), step);

  if (position >= 0)
    go_to (self, position);
  else
    g_signal_emit_by_name (gtk_widget_get_root (widget), "move-focus",
                           step > 0 ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);
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

/* A third of what is in view */
static void
pan_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  AnnalsAxis axis = is_gliding (self) ? self->animated_to : self->axis;

  if (!self->has_axis)
    return;

  annals_axis_pan (&axis, -g_variant_get_int32 (parameter) * axis.width / 3);
  annals_timeline_canvas_glide (self, &axis, ZOOM_TIME);
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const AnnalsPlaced *placed;
  guint n_placed;

  if (self->layout == NULL)
    return;

  if (self->selected != 0)
    g_array_append_val (ids, self->selected);
  placed = annals_layout_get_placed (self->layout, &n_placed);
  for (guint i = 0; i < n_placed; i++)
    {
      gint64 id = (gint64) placed[i].id;

      if (id != self->selected)
        g_array_append_val (ids, id);
    }

  annals_timeline_canvas_select_all (self, ids);
}

static void
escape_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (self->drag.kind != CANVAS_DRAG_NONE)
    annals_timeline_canvas_cancel_drag (self);
  else if (self->selected != 0)
    {
      annals_timeline_canvas_select (self, 0);
      gtk_widget_grab_focus (widget);
    }
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (self->selected != 0)
    g_signal_emit (self, annals_canvas_signals[CANVAS_DELETED], 0, self->selected);
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  int step = g_variant_get_int32 (parameter);
  double x = self->axis.width / 2;
  graphene_rect_t bounds;

  if (step == 0)
    {
      annals_timeline_canvas_fit (self);
      return;
    }

  /* about the event that one works on, when it is in view */
  if (self->selected != 0 && annals_timeline_canvas_get_bounds (self, self->selected, &bounds) &&
      bounds.origin.x > 0 && bounds.origin.x < self->axis.width - 2)
    x = bounds.origin.x;
  if (self->has_axis)
    zoom_at (self, x, step > 0 ? KEY_ZOOM : 1 / KEY_ZOOM, TRUE);
}

static const struct
{
  guint           key;
  GdkModifierType state;
  const char     *action;
  int             parameter;
} keys[] = {
  { GDK_KEY_Left, 0, "canvas.step", -1 }, { GDK_KEY_Right, 0, "canvas.step", 1 },
  { GDK_KEY_Up, 0, "canvas.lane", -1 }, { GDK_KEY_Down, 0, "canvas.lane", 1 },
  { GDK_KEY_Left, GDK_CONTROL_MASK, "canvas.pan", -1 }, { GDK_KEY_Right, GDK_CONTROL_MASK, "canvas.pan", 1 },
  { GDK_KEY_Tab, 0, "canvas.tab", 1 }, { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, "canvas.tab", -1 },
  { GDK_KEY_Tab, GDK_SHIFT_MASK, "canvas.tab", -1 },
  { GDK_KEY_Home, 0, "canvas.edge", 1 }, { GDK_KEY_End, 0, "canvas.edge", -1 },
  { GDK_KEY_plus, 0, "canvas.zoom", 1 }, { GDK_KEY_equal, 0, "canvas.zoom", 1 },
  { GDK_KEY_KP_Add, 0, "canvas.zoom", 1 }, { GDK_KEY_plus, GDK_CONTROL_MASK, "canvas.zoom", 1 },
  { GDK_KEY_equal, GDK_CONTROL_MASK, "canvas.zoom", 1 }, { GDK_KEY_minus, 0, "canvas.zoom", -1 },
  { GDK_KEY_KP_Subtract, 0, "canvas.zoom", -1 }, { GDK_KEY_minus, GDK_CONTROL_MASK, "canvas.zoom", -1 },
  { GDK_KEY_0, 0, "canvas.zoom", 0 }, { GDK_KEY_KP_0, 0, "canvas.zoom", 0 },
  { GDK_KEY_0, GDK_CONTROL_MASK, "canvas.zoom", 0 },
};

void
annals_timeline_canvas_install_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "canvas.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "canvas.lane", "i", lane_action);
  gtk_widget_class_install_action (widget_class, "canvas.tab", "i", tab_action);
  gtk_widget_class_install_action (widget_class, "canvas.edge", "i", edge_action);
  gtk_widget_class_install_action (widget_class, "canvas.pan", "i", pan_action);
  gtk_widget_class_install_action (widget_class, "canvas.zoom", "i", zoom_action);
  gtk_widget_class_install_action (widget_class, "canvas.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "canvas.escape", NULL, escape_action);
  gtk_widget_class_install_action (widget_class, "canvas.delete", NULL, delete_action);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].state, keys[i].action, "i",
                                         keys[i].parameter);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "canvas.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "canvas.escape", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "canvas.select-all", NULL);
}
