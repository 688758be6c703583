/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-scale.h"

#include <glib/gi18n.h>

#include "annals-date-style.h"
#include "annals-date.h"
#include "annals-widget-color.h"

/* pixels */
#define LEAST_HEIGHT 30
#define MINOR 5
#define MAJOR 9
#define LABEL_START 4
#define LABEL_TOP 7
#define LABEL_BOTTOM 2

#define SMALL 0.88   /* of the window's text */

struct _AnnalsTimelineScale
{
  GtkWidget             parent_instance;
  AnnalsTimelineCanvas *canvas;
};

G_DEFINE_FINAL_TYPE (AnnalsTimelineScale, annals_timeline_scale, GTK_TYPE_WIDGET)

/* How high the labels are in the font that is set now. */
static int
measure_label (GtkWidget *widget)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  int height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

static void
annals_timeline_scale_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                          ? MAX (LABEL_TOP + measure_label (widget) + LABEL_BOTTOM, LEAST_HEIGHT)
                          : 0;
  *minimum_baseline = *natural_baseline = -1;
}

static void
snapshot_tick (GtkSnapshot      *snapshot,
               PangoLayout      *layout,
               const AnnalsTick *tick,
               const GdkRGBA    *colour)
{
  g_autoptr(PangoAttrList) attributes = NULL;
  float x = (float) (int) tick->x;
  GdkRGBA line = *colour;

  line.alpha *= 0.4f;
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (x, 0, 1, tick->kind == ANNALS_TICK_MINOR ? MINOR : MAJOR));
  if (tick->label == NULL)
    return;

  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL));
  if (tick->kind == ANNALS_TICK_MAJOR)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, tick->label, -1);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + LABEL_START, LABEL_TOP));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
annals_timeline_scale_snapshot (GtkWidget   *widget,
                                GtkSnapshot *snapshot)
{
  AnnalsTimelineScale *self = ANNALS_TIMELINE_SCALE (widget);
  float width = gtk_widget_get_width (widget);
  g_autoptr(PangoLayout) layout = NULL;
  GdkRGBA colour;
  GArray *ticks;

  if (self->canvas == NULL || annals_timeline_canvas_get_axis (self->canvas) == NULL)
    return;

  annals_widget_get_color (widget, &colour);
  layout = gtk_widget_create_pango_layout (widget, NULL);
  ticks = annals_timeline_canvas_get_ticks (self->canvas);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, gtk_widget_get_height (widget)));
  for (guint i = 0; i < ticks->len; i++)
    snapshot_tick (snapshot, layout, &g_array_index (ticks, AnnalsTick, i), &colour);
  colour.alpha *= 0.5f;
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (0, 0, width, 1));
  gtk_snapshot_pop (snapshot);
}

static char *
dup_day (double seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc ((gint64) seconds);

  if (time == NULL)   /* beyond the years 1 to 9999 */
    return annals_date_format_rfc3339 ((gint64) seconds);

  /* Translators: a day in full, as in “9 March 2020” */
  return annals_date_style_format (time, _("%-d %B %Y"));
}

static void
view_changed_cb (AnnalsTimelineScale *self)
{
  const AnnalsAxis *axis = annals_timeline_canvas_get_axis (self->canvas);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *name = NULL;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (axis == NULL)
    return;

  from = dup_day (axis->from);
  to = dup_day (axis->to);
  /* Translators: the period that a timeline shows */
  name = g_strdup_printf (_("In view: %s to %s"), from, to);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
annals_timeline_scale_dispose (GObject *object)
{
  g_clear_weak_pointer (&ANNALS_TIMELINE_SCALE (object)->canvas);

  G_OBJECT_CLASS (annals_timeline_scale_parent_class)->dispose (object);
}

static void
annals_timeline_scale_class_init (AnnalsTimelineScaleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_timeline_scale_dispose;
  widget_class->measure = annals_timeline_scale_measure;
  widget_class->snapshot = annals_timeline_scale_snapshot;
  gtk_widget_class_set_css_name (widget_class, "timelinescale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
annals_timeline_scale_init (AnnalsTimelineScale *self)
{
}

void
annals_timeline_scale_set_canvas (AnnalsTimelineScale  *self,
                                  AnnalsTimelineCanvas *canvas)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_SCALE (self));

  g_set_weak_pointer (&self->canvas, canvas);
  g_signal_connect_object (canvas, "view-changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
}
