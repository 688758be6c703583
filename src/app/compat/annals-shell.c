/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-shell.h"

#include <adwaita.h>

struct _AnnalsShell
{
  GtkWidget  parent_instance;
  GtkWidget *flap;
};

typedef enum
{
  PROP_SIDEBAR = 1,
  PROP_CONTENT,
  PROP_SHOW_SIDEBAR,
  PROP_FOLDED,
} AnnalsShellProp;

static GParamSpec *properties[PROP_FOLDED + 1];

G_DEFINE_FINAL_TYPE (AnnalsShell, annals_shell, GTK_TYPE_WIDGET)

static void
flap_revealed_cb (AnnalsShell *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SIDEBAR]);
}

static void
flap_folded_cb (AnnalsShell *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
annals_shell_dispose (GObject *object)
{
  AnnalsShell *self = ANNALS_SHELL (object);

  g_clear_pointer (&self->flap, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_shell_parent_class)->dispose (object);
}

static void
annals_shell_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  AnnalsShell *self = ANNALS_SHELL (object);

  switch ((AnnalsShellProp) prop_id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, adw_flap_get_flap (ADW_FLAP (self->flap)));
      break;

    case PROP_CONTENT:
      g_value_set_object (value, adw_flap_get_content (ADW_FLAP (self->flap)));
      break;

    case PROP_SHOW_SIDEBAR:
      g_value_set_boolean (value, annals_shell_get_show_sidebar (self));
      break;

    case PROP_FOLDED:
      g_value_set_boolean (value, annals_shell_get_folded (self));
      break;
    }
}

static void
annals_shell_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  AnnalsShell *self = ANNALS_SHELL (object);

  switch ((AnnalsShellProp) prop_id)
    {
    case PROP_SIDEBAR:
      adw_flap_set_flap (ADW_FLAP (self->flap), g_value_get_object (value));
      break;

    case PROP_CONTENT:
      adw_flap_set_content (ADW_FLAP (self->flap), g_value_get_object (value));
      break;

    case PROP_SHOW_SIDEBAR:
      annals_shell_set_show_sidebar (self, g_value_get_boolean (value));
      break;

    case PROP_FOLDED:
      g_assert_not_reached ();
    }
}

static void
annals_shell_class_init (AnnalsShellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = annals_shell_dispose;
  object_class->get_property = annals_shell_get_property;
  object_class->set_property = annals_shell_set_property;

  properties[PROP_SIDEBAR] =
    g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONTENT] =
    g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_SIDEBAR] =
    g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
annals_shell_init (AnnalsShell *self)
{
  self->flap = adw_flap_new ();
  adw_flap_set_separator (ADW_FLAP (self->flap), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  /* Text is selected by dragging in the content: a swipe must not pull the sidebar out. */
  adw_flap_set_swipe_to_open (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_swipe_to_close (ADW_FLAP (self->flap), FALSE);
  gtk_widget_set_parent (self->flap, GTK_WIDGET (self));

  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (flap_revealed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (flap_folded_cb),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
annals_shell_new (void)
{
  return g_object_new (ANNALS_TYPE_SHELL, NULL);
}

gboolean
annals_shell_get_show_sidebar (AnnalsShell *self)
{
  g_return_val_if_fail (ANNALS_IS_SHELL (self), FALSE);

  return adw_flap_get_reveal_flap (ADW_FLAP (self->flap));
}

void
annals_shell_set_show_sidebar (AnnalsShell *self,
                               gboolean     show_sidebar)
{
  g_return_if_fail (ANNALS_IS_SHELL (self));

  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), show_sidebar);
}

gboolean
annals_shell_get_folded (AnnalsShell *self)
{
  g_return_val_if_fail (ANNALS_IS_SHELL (self), FALSE);

  return adw_flap_get_folded (ADW_FLAP (self->flap));
}
