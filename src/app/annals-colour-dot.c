/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-colour-dot.h"

#include "annals-palette.h"

#define DIAMETER 12

struct _AnnalsColourDot
{
  GtkWidget  parent_instance;
  char      *colour;
};

typedef enum
{
  PROP_COLOUR = 1,
} AnnalsColourDotProp;

static GParamSpec *properties[PROP_COLOUR + 1];

G_DEFINE_FINAL_TYPE (AnnalsColourDot, annals_colour_dot, GTK_TYPE_WIDGET)

static void
annals_colour_dot_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = *natural = DIAMETER;
}

static void
annals_colour_dot_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  AnnalsColourDot *self = ANNALS_COLOUR_DOT (widget);
  const AnnalsColour *colour = self->colour ? annals_palette_lookup (self->colour) : NULL;
  graphene_rect_t bounds;
  GskRoundedRect circle;
  GdkRGBA rgba;

  if (colour == NULL)
    return;

  annals_colour_to_rgba (colour->strong, &rgba);
  graphene_rect_init (&bounds,
                      (gtk_widget_get_width (widget) - DIAMETER) / 2,
                      (gtk_widget_get_height (widget) - DIAMETER) / 2,
                      DIAMETER, DIAMETER);
  gsk_rounded_rect_init_from_rect (&circle, &bounds, DIAMETER / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, &rgba, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
annals_colour_dot_finalize (GObject *object)
{
  AnnalsColourDot *self = ANNALS_COLOUR_DOT (object);

  g_clear_pointer (&self->colour, g_free);

  G_OBJECT_CLASS (annals_colour_dot_parent_class)->finalize (object);
}

static void
annals_colour_dot_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AnnalsColourDot *self = ANNALS_COLOUR_DOT (object);

  switch ((AnnalsColourDotProp) prop_id)
    {
    case PROP_COLOUR:
      g_value_set_string (value, self->colour);
      break;
    }
}

static void
annals_colour_dot_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  AnnalsColourDot *self = ANNALS_COLOUR_DOT (object);

  switch ((AnnalsColourDotProp) prop_id)
    {
    case PROP_COLOUR:
      annals_colour_dot_set_colour (self, g_value_get_string (value));
      break;
    }
}

static void
annals_colour_dot_class_init (AnnalsColourDotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = annals_colour_dot_finalize;
  object_class->get_property = annals_colour_dot_get_property;
  object_class->set_property = annals_colour_dot_set_property;
  widget_class->measure = annals_colour_dot_measure;
  widget_class->snapshot = annals_colour_dot_snapshot;

  properties[PROP_COLOUR] =
    g_param_spec_string ("colour", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
annals_colour_dot_init (AnnalsColourDot *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  /* the pointer is always over the button or row that it is drawn in */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
annals_colour_dot_new (const char *colour)
{
  return g_object_new (ANNALS_TYPE_COLOUR_DOT, "colour", colour, NULL);
}

const char *
annals_colour_dot_get_colour (AnnalsColourDot *self)
{
  g_return_val_if_fail (ANNALS_IS_COLOUR_DOT (self), NULL);

  return self->colour;
}

void
annals_colour_dot_set_colour (AnnalsColourDot *self,
                              const char      *colour)
{
  g_return_if_fail (ANNALS_IS_COLOUR_DOT (self));

  if (g_strcmp0 (self->colour, colour) == 0)
    return;

  g_free (self->colour);
  self->colour = g_strdup (colour);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
}

void
annals_colour_to_rgba (guint32  rgb,
                       GdkRGBA *rgba)
{
  g_return_if_fail (rgba != NULL);

  rgba->red = (rgb >> 16 & 0xff) / 255.0f;
  rgba->green = (rgb >> 8 & 0xff) / 255.0f;
  rgba->blue = (rgb & 0xff) / 255.0f;
  rgba->alpha = 1;
}
