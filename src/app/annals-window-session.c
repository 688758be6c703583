/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-application-private.h"
#include "annals-session.h"
#include "annals-window-private.h"

/* What is shown is kept this long (milliseconds) after the user did something, so that a kill costs no more. */
#define DELAY 1000

/* Each write goes to the disk, and to all who listen. */
static void
keep_int (GSettings  *settings,
          const char *key,
          int         value)
{
  if (g_settings_get_int (settings, key) != value)
    g_settings_set_int (settings, key, value);
}

static void
keep_geometry (AnnalsWindow *self,
               GSettings    *settings)
{
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  keep_int (settings, "window-width", MAX (width, 360));
  keep_int (settings, "window-height", MAX (height, 294));
  if (g_settings_get_boolean (settings, "window-maximized") != maximized)
    g_settings_set_boolean (settings, "window-maximized", maximized);
}

void
annals_window_keep_session (AnnalsWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);

  g_clear_handle_id (&self->session_id, g_source_remove);
  if (application == NULL)
    return;

  keep_geometry (self, annals_application_get_settings (ANNALS_APPLICATION (application)));
  if (notebook != NULL && self->workspace != NULL)
    {
      g_autoptr(GVariant) state = annals_workspace_dup_state (self->workspace);

      annals_session_keep (annals_notebook_get_uid (notebook), state);
    }
  annals_application_keep_session (ANNALS_APPLICATION (application));
}

static gboolean
keep_cb (gpointer user_data)
{
  AnnalsWindow *self = user_data;

  self->session_id = 0;
  annals_window_keep_session (self);

  return G_SOURCE_REMOVE;
}

static void
queue_keep (AnnalsWindow *self)
{
  if (self->session_id == 0)
    self->session_id = g_timeout_add (DELAY, keep_cb, self);
}

/* Whatever changes what is shown begins with one of these. */
static gboolean
event_cb (AnnalsWindow *self,
          GdkEvent     *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_RELEASE:
    case GDK_KEY_RELEASE:
    case GDK_SCROLL:
    case GDK_TOUCH_END:
      queue_keep (self);
      break;

    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

void
annals_window_init_session (AnnalsWindow *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  g_signal_connect (self, "notify::default-width", G_CALLBACK (queue_keep), NULL);
  g_signal_connect (self, "notify::default-height", G_CALLBACK (queue_keep), NULL);
  g_signal_connect (self, "notify::maximized", G_CALLBACK (queue_keep), NULL);
}

GVariant *
annals_window_dup_session (AnnalsWindow *self)
{
  g_autoptr(GVariant) shown = NULL;
  GVariantDict state;
  int width, height;

  g_return_val_if_fail (ANNALS_IS_WINDOW (self), NULL);

  /* One that is still being opened comes back as it was to come this time. */
  if (self->opening != NULL && self->session != NULL)
    return g_variant_ref (self->session);
  if (annals_desk_get_notebook (self->desk) == NULL || self->workspace == NULL)
    return NULL;

  shown = annals_workspace_dup_state (self->workspace);
  g_variant_dict_init (&state, shown);
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_variant_dict_insert (&state, "width", "i", width);
  g_variant_dict_insert (&state, "height", "i", height);
  g_variant_dict_insert (&state, "maximized", "b", gtk_window_is_maximized (GTK_WINDOW (self)));

  return g_variant_ref_sink (g_variant_dict_end (&state));
}

void
annals_window_take_session (AnnalsWindow *self,
                            GVariant     *state)
{
  gboolean maximized = FALSE;
  int width, height;

  g_return_if_fail (ANNALS_IS_WINDOW (self));
  g_return_if_fail (g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT));

  g_clear_pointer (&self->session, g_variant_unref);
  self->session = g_variant_ref (state);
  if (g_variant_lookup (state, "width", "i", &width) && g_variant_lookup (state, "height", "i", &height))
    gtk_window_set_default_size (GTK_WINDOW (self), MAX (width, 360), MAX (height, 294));
  g_variant_lookup (state, "maximized", "b", &maximized);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

void
annals_window_resume (AnnalsWindow *self,
                      gboolean      panes_only)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autoptr(GVariant) state = g_steal_pointer (&self->session);

  /* A second window on what another shows begins anew. */
  if (state == NULL && !self->is_second)
    state = annals_session_load (annals_notebook_get_uid (notebook));
  if (state != NULL)
    annals_workspace_resume (self->workspace, state, panes_only);
}
