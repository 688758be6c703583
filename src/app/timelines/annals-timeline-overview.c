/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-overview.h"

#include <glib/gi18n.h>

#include "annals-widget-color.h"

#define HEIGHT 40
#define MARGIN 8.0
#define BIN 6.0           /* points that one bar stands for */
#define BAR 4.0

struct _AnnalsTimelineOverview
{
  GtkWidget             parent_instance;
  AnnalsTimelineCanvas *canvas;
  double                grip;    /* seconds from the frame's left edge to where it is held */
};

G_DEFINE_FINAL_TYPE (AnnalsTimelineOverview, annals_timeline_overview, GTK_TYPE_WIDGET)

/* Where an event counts: its first known moment. */
static gboolean
get_moment (const AnnalsEvent *event,
            gint64            *seconds)
{
  return annals_date_get_from (event->date, seconds) || annals_date_get_to (event->date, seconds);
}

/* All events and what is in view. */
static gboolean
get_axis (AnnalsTimelineOverview *self,
          AnnalsAxis             *axis)
{
  const AnnalsAxis *seen = self->canvas != NULL ? annals_timeline_canvas_get_axis (self->canvas) : NULL;
  AnnalsTimelineView *view = seen != NULL ? annals_timeline_canvas_get_view (self->canvas) : NULL;
  double from, to;

  if (view == NULL)
    return FALSE;

  from = seen->from;
  to = seen->to;
  for (guint i = 0; i < view->items->len; i++)
    {
      const AnnalsEvent *event = g_array_index (view->items, AnnalsViewItem, i).event;
      gint64 seconds;

      if (annals_date_get_from (event->date, &seconds))
        {
          from = MIN (from, (double) seconds);
          to = MAX (to, (double) seconds);
        }
      if (annals_date_get_to (event->date, &seconds))
        {
          from = MIN (from, (double) seconds);
          to = MAX (to, (double) seconds);
        }
    }

  annals_axis_init (axis, from, to, MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1));
  annals_axis_show (axis, from, to, MARGIN);

  return TRUE;
}

static void
annals_timeline_overview_measure (GtkWidget      *widget,
                                  GtkOrientation  orientation,
                                  int             for_size,
                                  int            *minimum,
                                  int            *natural,
                                  int            *minimum_baseline,
                                  int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 0;
  *minimum_baseline = *natural_baseline = -1;
}

static void
snapshot_bars (AnnalsTimelineOverview *self,
               GtkSnapshot            *snapshot,
               const AnnalsAxis       *axis,
               const GdkRGBA          *colour)
{
  AnnalsTimelineView *view = annals_timeline_canvas_get_view (self->canvas);
  guint n_bins = (guint) (axis->width / BIN) + 1;
  g_autofree guint *bins = g_new0 (guint, n_bins);
  guint most = 1;

  for (guint i = 0; i < view->items->len; i++)
    {
      gint64 seconds;
      double x;

      if (!get_moment (g_array_index (view->items, AnnalsViewItem, i).event, &seconds))
        continue;

      x = CLAMP (annals_axis_to_x (axis, (double) seconds), 0, axis->width);
      most = MAX (most, ++bins[(guint) (x / BIN)]);
    }

  for (guint i = 0; i < n_bins; i++)
    {
      float height = (float) bins[i] / (float) most * (HEIGHT - 12);

      if (bins[i] > 0)
        gtk_snapshot_append_color (snapshot, colour,
                                   &GRAPHENE_RECT_INIT (i * BIN + 1, HEIGHT - 4 - height, BAR, height));
    }
}

static void
annals_timeline_overview_snapshot (GtkWidget   *widget,
                                   GtkSnapshot *snapshot)
{
  AnnalsTimelineOverview *self = ANNALS_TIMELINE_OVERVIEW (widget);
  const float sizes[] = { 1, 1, 1, 1 };
  const AnnalsAxis *seen;
  GskRoundedRect frame;
  AnnalsAxis axis;
  GdkRGBA colour, accent, shade;
  double left, right;

  if (!get_axis (self, &axis))
    return;

  annals_widget_get_color (widget, &colour);
  shade = colour;
  shade.alpha = 0.04f;
  gtk_snapshot_append_color (snapshot, &shade, &GRAPHENE_RECT_INIT (0, 0, (float) axis.width, HEIGHT));

  seen = annals_timeline_canvas_get_axis (self->canvas);
  left = CLAMP (annals_axis_to_x (&axis, seen->from), 0, axis.width);
  right = CLAMP (annals_axis_to_x (&axis, seen->to), left + 2, axis.width);
  annals_widget_look_up_color (widget, "accent_color", &accent);
  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT ((float) left, 1, (float) (right - left), HEIGHT - 2),
                                   3);
  shade = accent;
  shade.alpha = 0.15f;
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  gtk_snapshot_append_color (snapshot, &shade, &frame.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &frame, sizes, (const GdkRGBA[]) { accent, accent, accent, accent });

  colour.alpha *= 0.45f;
  snapshot_bars (self, snapshot, &axis, &colour);
}

static void
drag_begin_cb (AnnalsTimelineOverview *self,
               double                  x,
               double                  y)
{
  const AnnalsAxis *seen;
  AnnalsAxis axis;
  double time;

  if (!get_axis (self, &axis))
    return;

  seen = annals_timeline_canvas_get_axis (self->canvas);
  time = annals_axis_to_time (&axis, x);
  self->grip = time >= seen->from && time < seen->to ? time - seen->from : (seen->to - seen->from) / 2;
  annals_timeline_canvas_move_to (self->canvas, time - self->grip);
}

static void
drag_update_cb (AnnalsTimelineOverview *self,
                double                  dx,
                double                  dy,
                GtkGestureDrag         *gesture)
{
  AnnalsAxis axis;
  double x, y;

  if (!get_axis (self, &axis) || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;

  annals_timeline_canvas_move_to (self->canvas, annals_axis_to_time (&axis, x + dx) - self->grip);
}

static void
annals_timeline_overview_dispose (GObject *object)
{
  g_clear_weak_pointer (&ANNALS_TIMELINE_OVERVIEW (object)->canvas);

  G_OBJECT_CLASS (annals_timeline_overview_parent_class)->dispose (object);
}

static void
annals_timeline_overview_class_init (AnnalsTimelineOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_timeline_overview_dispose;
  widget_class->measure = annals_timeline_overview_measure;
  widget_class->snapshot = annals_timeline_overview_snapshot;
  gtk_widget_class_set_css_name (widget_class, "timelineoverview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
annals_timeline_overview_init (AnnalsTimelineOverview *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("The whole timeline; drag to move the view"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Overview"), -1);
}

void
annals_timeline_overview_set_canvas (AnnalsTimelineOverview *self,
                                     AnnalsTimelineCanvas   *canvas)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_OVERVIEW (self));

  g_set_weak_pointer (&self->canvas, canvas);
  g_signal_connect_object (canvas, "view-changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}
