/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-overview.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

#include "annals-widget-color.h"

#define HEIGHT 40
#define MARGIN 8.0
#define BIN 6.0           /* points that one bar stands for */
#define BAR 4.0
#define GRIP 6.0          /* beside an edge of the frame */
#define DAY 86400.0

typedef enum
{
  HOLD_NONE,
  HOLD_FRAME,
  HOLD_LEFT,
  HOLD_RIGHT,
} Hold;

struct _AnnalsTimelineOverview
{
  GtkWidget             parent_instance;
  AnnalsTimelineCanvas *canvas;
  AnnalsPostDensity    *density;     /* (nullable) */
  AnnalsTimelineView   *view;        /* that @moments were taken from */
  GArray               *moments;     /* of double: when each event is */
  double                first, last; /* bounds of all events */
  AnnalsAxis            held_axis;   /* while the frame is dragged it stays as it was */
  Hold                  hold;
  double                grip;        /* seconds from the frame's left edge to where it is held */
};

G_DEFINE_FINAL_TYPE (AnnalsTimelineOverview, annals_timeline_overview, GTK_TYPE_WIDGET)

static void
take_view (AnnalsTimelineOverview *self,
           AnnalsTimelineView     *view)
{
  if (self->view == view)
    return;

  annals_timeline_view_ref (view);
  g_clear_pointer (&self->view, annals_timeline_view_unref);
  self->view = view;
  g_array_set_size (self->moments, 0);
  self->first = INFINITY;
  self->last = -INFINITY;

  for (guint i = 0; i < view->items->len; i++)
    {
      const AnnalsEvent *event = g_array_index (view->items, AnnalsViewItem, i).event;
      gint64 from, to;
      gboolean has_from = annals_date_get_from (event->date, &from);
      gboolean has_to = annals_date_get_to (event->date, &to);
      double moment;

      if (!has_from && !has_to)
        continue;

      moment = (double) (has_from ? from : to);   /* its first known moment */
      g_array_append_val (self->moments, moment);
      self->first = MIN (self->first, moment);
      self->last = MAX (self->last, has_to ? (double) to : moment);
    }
}

/* All events, the archive, and what is in view. */
static gboolean
get_axis (AnnalsTimelineOverview *self,
          AnnalsAxis             *axis)
{
  const AnnalsAxis *seen = self->canvas != NULL ? annals_timeline_canvas_get_axis (self->canvas) : NULL;
  AnnalsTimelineView *view = seen != NULL ? annals_timeline_canvas_get_view (self->canvas) : NULL;
  double from, to;

  if (view == NULL)
    return FALSE;

  if (self->hold != HOLD_NONE)
    {
      *axis = self->held_axis;
      return TRUE;
    }

  take_view (self, view);
  from = MIN (seen->from, self->first);
  to = MAX (seen->to, self->last);
  if (self->density != NULL && self->density->n_days > 0)
    {
      from = MIN (from, (double) self->density->first_day * DAY);
      to = MAX (to, (double) (self->density->first_day + self->density->n_days) * DAY);
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

/* --- drawing --- */

static void
snapshot_bins (GtkSnapshot   *snapshot,
               const double  *bins,
               guint          n_bins,
               double         width,
               const GdkRGBA *colour)
{
  double most = 0;

  for (guint i = 0; i < n_bins; i++)
    most = MAX (most, bins[i]);

  for (guint i = 0; i < n_bins; i++)
    if (bins[i] > 0.01)
      {
        float height = (float) MAX (bins[i] / most * (HEIGHT - 12), 1.5);

        gtk_snapshot_append_color (snapshot, colour,
                                   &GRAPHENE_RECT_INIT ((float) (i * BIN + (BIN - width) / 2), HEIGHT - 4 - height,
                                                        (float) width, height));
      }
}

/* The archive's posts, as a ground without gaps */
static void
snapshot_posts (AnnalsTimelineOverview *self,
                GtkSnapshot            *snapshot,
                const AnnalsAxis       *axis,
                GdkRGBA                 colour)
{
  guint n_bins = (guint) (axis->width / BIN) + 1;
  g_autofree double *bins = g_new0 (double, n_bins);

  if (self->density == NULL)
    return;

  for (guint i = 0; i < n_bins; i++)
    bins[i] = annals_post_density_count (self->density, annals_axis_to_time (axis, i * BIN),
                                         annals_axis_to_time (axis, (i + 1) * BIN));

  colour.alpha *= 0.16f;
  snapshot_bins (snapshot, bins, n_bins, BIN, &colour);
}

static void
snapshot_events (AnnalsTimelineOverview *self,
                 GtkSnapshot            *snapshot,
                 const AnnalsAxis       *axis,
                 GdkRGBA                 colour)
{
  guint n_bins = (guint) (axis->width / BIN) + 1;
  g_autofree double *bins = g_new0 (double, n_bins);

  for (guint i = 0; i < self->moments->len; i++)
    {
      double x = CLAMP (annals_axis_to_x (axis, g_array_index (self->moments, double, i)), 0, axis->width);

      bins[(guint) (x / BIN)]++;
    }

  colour.alpha *= 0.55f;
  snapshot_bins (snapshot, bins, n_bins, BAR, &colour);
}

/* What is in view, in points; at least two wide */
static void
get_frame (AnnalsTimelineOverview *self,
           const AnnalsAxis       *axis,
           double                 *left,
           double                 *right)
{
  const AnnalsAxis *seen = annals_timeline_canvas_get_axis (self->canvas);

  *left = CLAMP (annals_axis_to_x (axis, seen->from), 0, axis->width);
  *right = CLAMP (annals_axis_to_x (axis, seen->to), *left + 2, MAX (axis->width, *left + 2));
}

static void
annals_timeline_overview_snapshot (GtkWidget   *widget,
                                   GtkSnapshot *snapshot)
{
  AnnalsTimelineOverview *self = ANNALS_TIMELINE_OVERVIEW (widget);
  const float sizes[] = { 1, 1, 1, 1 };
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
  snapshot_posts (self, snapshot, &axis, colour);

  get_frame (self, &axis, &left, &right);
  annals_widget_look_up_color (widget, "accent_color", &accent);
  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT ((float) left, 1, (float) (right - left), HEIGHT - 2),
                                   3);
  shade = accent;
  shade.alpha = 0.15f;
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  gtk_snapshot_append_color (snapshot, &shade, &frame.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &frame, sizes, (const GdkRGBA[]) { accent, accent, accent, accent });

  snapshot_events (self, snapshot, &axis, colour);
}

/* --- the frame is dragged --- */

static Hold
find_hold (AnnalsTimelineOverview *self,
           const AnnalsAxis       *axis,
           double                  x)
{
  double left, right;

  get_frame (self, axis, &left, &right);
  if (right - left > 3 * GRIP)
    {
      if (fabs (x - left) <= GRIP)
        return HOLD_LEFT;
      if (fabs (x - right) <= GRIP)
        return HOLD_RIGHT;
    }

  return HOLD_FRAME;
}

static void
motion_cb (AnnalsTimelineOverview *self,
           double                  x)
{
  AnnalsAxis axis;
  Hold hold;

  if (!get_axis (self, &axis))
    return;

  hold = self->hold != HOLD_NONE ? self->hold : find_hold (self, &axis, x);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), hold != HOLD_FRAME ? "ew-resize"
                                                      : self->hold != HOLD_NONE ? "grabbing" : NULL);
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
  self->held_axis = axis;
  self->hold = find_hold (self, &axis, x);
  if (self->hold != HOLD_FRAME)
    return;

  self->grip = time >= seen->from && time < seen->to ? time - seen->from : (seen->to - seen->from) / 2;
  annals_timeline_canvas_move_to (self->canvas, time - self->grip);
}

static void
drag_update_cb (AnnalsTimelineOverview *self,
                double                  dx,
                double                  dy,
                GtkGestureDrag         *gesture)
{
  const AnnalsAxis *seen;
  AnnalsAxis axis;
  double x, y, time;

  if (self->hold == HOLD_NONE || !get_axis (self, &axis) || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;

  seen = annals_timeline_canvas_get_axis (self->canvas);
  time = annals_axis_to_time (&axis, x + dx);
  if (self->hold == HOLD_FRAME)
    annals_timeline_canvas_move_to (self->canvas, time - self->grip);
  else if (self->hold == HOLD_LEFT && time < seen->to)
    annals_timeline_canvas_show_span (self->canvas, time, seen->to);
  else if (self->hold == HOLD_RIGHT && time > seen->from)
    annals_timeline_canvas_show_span (self->canvas, seen->from, time);
}

static void
drag_end_cb (AnnalsTimelineOverview *self)
{
  self->hold = HOLD_NONE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
query_tooltip_cb (AnnalsTimelineOverview *self,
                  int                     x,
                  int                     y,
                  gboolean                keyboard,
                  GtkTooltip             *tooltip)
{
  g_autofree char *text = NULL;
  guint64 n_posts = self->density != NULL ? self->density->before[self->density->n_days] : 0;

  if (n_posts > 0)
    text = g_strdup_printf (ngettext ("The whole timeline, and behind it %'" PRIu64 " post of the archive; "
                                      "drag to move the view",
                                      "The whole timeline, and behind it %'" PRIu64 " posts of the archive; "
                                      "drag to move the view", (gulong) n_posts), n_posts);
  gtk_tooltip_set_text (tooltip, text != NULL ? text : _("The whole timeline; drag to move the view"));

  return TRUE;
}

static void
annals_timeline_overview_dispose (GObject *object)
{
  AnnalsTimelineOverview *self = ANNALS_TIMELINE_OVERVIEW (object);

  g_clear_weak_pointer (&self->canvas);
  g_clear_pointer (&self->density, annals_post_density_unref);
  g_clear_pointer (&self->view, annals_timeline_view_unref);

  G_OBJECT_CLASS (annals_timeline_overview_parent_class)->dispose (object);
}

static void
annals_timeline_overview_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_TIMELINE_OVERVIEW (object)->moments, g_array_unref);

  G_OBJECT_CLASS (annals_timeline_overview_parent_class)->finalize (object);
}

static void
annals_timeline_overview_class_init (AnnalsTimelineOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_timeline_overview_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_timeline_overview_finalize;
  widget_class->measure = annals_timeline_overview_measure;
  widget_class->snapshot = annals_timeline_overview_snapshot;
  gtk_widget_class_set_css_name (widget_class, "timelineoverview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
annals_timeline_overview_init (AnnalsTimelineOverview *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->moments = g_array_new (FALSE, FALSE, sizeof (double));
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
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

void
annals_timeline_overview_set_density (AnnalsTimelineOverview *self,
                                      AnnalsPostDensity      *density)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_OVERVIEW (self));

  if (density != NULL)
    annals_post_density_ref (density);
  g_clear_pointer (&self->density, annals_post_density_unref);
  self->density = density;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
