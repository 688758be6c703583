/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-place-switcher.h"

struct _AnnalsPlaceSwitcher
{
  GtkWidget        parent_instance;
  GtkWidget       *squeezer;
  AdwViewSwitcher *wide;
  AdwViewSwitcher *narrow;
};

typedef enum
{
  PROP_STACK = 1,
} AnnalsPlaceSwitcherProp;

static GParamSpec *properties[PROP_STACK + 1];

G_DEFINE_FINAL_TYPE (AnnalsPlaceSwitcher, annals_place_switcher, GTK_TYPE_WIDGET)

static void
annals_place_switcher_dispose (GObject *object)
{
  AnnalsPlaceSwitcher *self = ANNALS_PLACE_SWITCHER (object);

  g_clear_pointer (&self->squeezer, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_place_switcher_parent_class)->dispose (object);
}

static void
annals_place_switcher_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  AnnalsPlaceSwitcher *self = ANNALS_PLACE_SWITCHER (object);

  switch ((AnnalsPlaceSwitcherProp) prop_id)
    {
    case PROP_STACK:
      g_value_set_object (value, adw_view_switcher_get_stack (self->wide));
      break;
    }
}

static void
annals_place_switcher_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  AnnalsPlaceSwitcher *self = ANNALS_PLACE_SWITCHER (object);

  switch ((AnnalsPlaceSwitcherProp) prop_id)
    {
    case PROP_STACK:
      adw_view_switcher_set_stack (self->wide, g_value_get_object (value));
      adw_view_switcher_set_stack (self->narrow, g_value_get_object (value));
      break;
    }
}

static void
annals_place_switcher_class_init (AnnalsPlaceSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = annals_place_switcher_dispose;
  object_class->get_property = annals_place_switcher_get_property;
  object_class->set_property = annals_place_switcher_set_property;

  properties[PROP_STACK] =
    g_param_spec_object ("stack", NULL, NULL, ADW_TYPE_VIEW_STACK,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
annals_place_switcher_init (AnnalsPlaceSwitcher *self)
{
  GtkWidget *wide = adw_view_switcher_new ();
  GtkWidget *narrow = adw_view_switcher_new ();

  self->wide = ADW_VIEW_SWITCHER (wide);
  self->narrow = ADW_VIEW_SWITCHER (narrow);
  adw_view_switcher_set_policy (self->wide, ADW_VIEW_SWITCHER_POLICY_WIDE);
  adw_view_switcher_set_policy (self->narrow, ADW_VIEW_SWITCHER_POLICY_NARROW);

  self->squeezer = adw_squeezer_new ();
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (self->squeezer), FALSE);
  /* A wide switcher that is cut off is no wide switcher. */
  adw_squeezer_set_switch_threshold_policy (ADW_SQUEEZER (self->squeezer),
                                            ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), wide);
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), narrow);
  gtk_widget_set_parent (self->squeezer, GTK_WIDGET (self));
}

GtkWidget *
annals_place_switcher_new (void)
{
  return g_object_new (ANNALS_TYPE_PLACE_SWITCHER, NULL);
}

int
annals_place_switcher_measure_narrow (AnnalsPlaceSwitcher *self)
{
  int width;

  g_return_val_if_fail (ANNALS_IS_PLACE_SWITCHER (self), 0);

  gtk_widget_measure (GTK_WIDGET (self->narrow), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}
