/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-swatch.h"

#include "annals-colours.h"

struct _AnnalsSwatch
{
  GtkWidget           parent_instance;
  const AnnalsColour *colour;
  char               *shape;
};

typedef enum
{
  PROP_COLOUR = 1,
  PROP_SHAPE,
} AnnalsSwatchProp;

static GParamSpec *properties[PROP_SHAPE + 1];

G_DEFINE_FINAL_TYPE (AnnalsSwatch, annals_swatch, GTK_TYPE_WIDGET)

static int
annals_swatch_get_size (AnnalsSwatch *self)
{
  if (g_str_equal (self->shape, "bar"))
    return 4;

  return g_str_equal (self->shape, "marker") ? 20 : 10;
}

static void
annals_swatch_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = *natural = annals_swatch_get_size (ANNALS_SWATCH (widget));
}

static void
annals_swatch_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  AnnalsSwatch *self = ANNALS_SWATCH (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  float size = MIN (width, height);
  graphene_rect_t bounds;
  GskRoundedRect disc;
  GdkRGBA strong;
  GdkRGBA fill;

  if (self->colour == NULL)
    return;

  annals_colours_get_strong (self->colour, &strong);

  if (g_str_equal (self->shape, "bar"))
    {
      gtk_snapshot_append_color (snapshot, &strong, &GRAPHENE_RECT_INIT (0, 0, width, height));
      return;
    }

  graphene_rect_init (&bounds, (width - size) / 2, (height - size) / 2, size, size);
  gsk_rounded_rect_init_from_rect (&disc, &bounds, size / 2);
  fill = strong;
  if (g_str_equal (self->shape, "marker"))
    annals_colours_get_background (self->colour, adw_style_manager_get_dark (adw_style_manager_get_default ()),
                                   &fill);

  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  gtk_snapshot_pop (snapshot);

  if (g_str_equal (self->shape, "marker"))
    gtk_snapshot_append_border (snapshot, &disc, (float[4]) { 1.5, 1.5, 1.5, 1.5 },
                                (GdkRGBA[4]) { strong, strong, strong, strong });
}

static void
annals_swatch_finalize (GObject *object)
{
  AnnalsSwatch *self = ANNALS_SWATCH (object);

  g_clear_pointer (&self->shape, g_free);

  G_OBJECT_CLASS (annals_swatch_parent_class)->finalize (object);
}

static void
annals_swatch_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AnnalsSwatch *self = ANNALS_SWATCH (object);

  switch ((AnnalsSwatchProp) prop_id)
    {
    case PROP_COLOUR:
      g_value_set_string (value, self->colour != NULL ? self->colour->name : NULL);
      break;

    case PROP_SHAPE:
      g_value_set_string (value, self->shape);
      break;
    }
}

static void
annals_swatch_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  AnnalsSwatch *self = ANNALS_SWATCH (object);

  switch ((AnnalsSwatchProp) prop_id)
    {
    case PROP_COLOUR:
      annals_swatch_set_colour (self, g_value_get_string (value));
      break;

    case PROP_SHAPE:
      self->shape = g_value_dup_string (value);
      break;
    }
}

static void
annals_swatch_class_init (AnnalsSwatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = annals_swatch_finalize;
  object_class->get_property = annals_swatch_get_property;
  object_class->set_property = annals_swatch_set_property;
  widget_class->measure = annals_swatch_measure;
  widget_class->snapshot = annals_swatch_snapshot;

  properties[PROP_COLOUR] =
    g_param_spec_string ("colour", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHAPE] =
    g_param_spec_string ("shape", NULL, NULL, "dot",
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "swatch");
}

static void
annals_swatch_init (AnnalsSwatch *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
annals_swatch_new (const char *shape,
                   const char *colour)
{
  return g_object_new (ANNALS_TYPE_SWATCH,
                       "shape", shape,
                       "colour", colour,
                       "valign", g_str_equal (shape, "bar") ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER,
                       NULL);
}

void
annals_swatch_set_colour (AnnalsSwatch *self,
                          const char   *colour)
{
  const AnnalsColour *found = colour != NULL ? annals_palette_lookup (colour) : NULL;

  g_return_if_fail (ANNALS_IS_SWATCH (self));

  if (self->colour == found)
    return;

  self->colour = found;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
}
