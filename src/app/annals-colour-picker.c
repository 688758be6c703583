/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-colour-picker.h"

#include <glib/gi18n.h>

#include "annals-colour-dot.h"
#include "annals-palette.h"

struct _AnnalsColourPicker
{
  GtkWidget            parent_instance;
  GtkWidget           *box;
  GPtrArray           *buttons;   /* parallel to the palette */
  const AnnalsColour  *colour;
};

typedef enum
{
  PROP_COLOUR = 1,
} AnnalsColourPickerProp;

static GParamSpec *properties[PROP_COLOUR + 1];

G_DEFINE_FINAL_TYPE (AnnalsColourPicker, annals_colour_picker, GTK_TYPE_WIDGET)

static void
toggled_cb (AnnalsColourPicker *self,
            GtkToggleButton    *button)
{
  guint n_colours, position;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  if (!gtk_toggle_button_get_active (button) ||
      !g_ptr_array_find (self->buttons, button, &position) ||
      self->colour == &palette[position])
    return;

  self->colour = &palette[position];
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
}

static void
annals_colour_picker_dispose (GObject *object)
{
  AnnalsColourPicker *self = ANNALS_COLOUR_PICKER (object);

  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_colour_picker_parent_class)->dispose (object);
}

static void
annals_colour_picker_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  AnnalsColourPicker *self = ANNALS_COLOUR_PICKER (object);

  switch ((AnnalsColourPickerProp) prop_id)
    {
    case PROP_COLOUR:
      g_value_set_string (value, annals_colour_picker_get_colour (self));
      break;
    }
}

static void
annals_colour_picker_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  AnnalsColourPicker *self = ANNALS_COLOUR_PICKER (object);

  switch ((AnnalsColourPickerProp) prop_id)
    {
    case PROP_COLOUR:
      annals_colour_picker_set_colour (self, g_value_get_string (value));
      break;
    }
}

static void
annals_colour_picker_class_init (AnnalsColourPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_colour_picker_dispose;
  object_class->get_property = annals_colour_picker_get_property;
  object_class->set_property = annals_colour_picker_set_property;

  properties[PROP_COLOUR] =
    g_param_spec_string ("colour", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
annals_colour_picker_init (AnnalsColourPicker *self)
{
  const AnnalsColour *palette;
  guint n_colours;

  palette = annals_palette_get (&n_colours);
  self->colour = &palette[0];
  self->buttons = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Colour"), -1);

  for (guint i = 0; i < n_colours; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      const char *label = _(palette[i].label);

      gtk_button_set_child (GTK_BUTTON (button), annals_colour_dot_new (palette[i].name));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "circular");
      gtk_widget_add_css_class (button, "colour-choice");
      gtk_widget_set_tooltip_text (button, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      label, -1);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->buttons->pdata[0]);
      g_ptr_array_add (self->buttons, button);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == 0);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->box), button);
    }
}

GtkWidget *
annals_colour_picker_new (void)
{
  return g_object_new (ANNALS_TYPE_COLOUR_PICKER, NULL);
}

const char *
annals_colour_picker_get_colour (AnnalsColourPicker *self)
{
  g_return_val_if_fail (ANNALS_IS_COLOUR_PICKER (self), NULL);

  return self->colour->name;
}

void
annals_colour_picker_set_colour (AnnalsColourPicker *self,
                                 const char         *colour)
{
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);
  const AnnalsColour *found;

  g_return_if_fail (ANNALS_IS_COLOUR_PICKER (self));

  found = colour != NULL ? annals_palette_lookup (colour) : NULL;
  if (found != NULL)
    gtk_toggle_button_set_active (self->buttons->pdata[found - palette], TRUE);
}
