/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-application-private.h"

#define KEY "windows"

/* More come from no user, only from settings that somebody else has written. */
#define MAX_WINDOWS 20

void
annals_application_keep_session (AnnalsApplication *self)
{
  g_autoptr(GVariant) before = g_settings_get_value (self->settings, KEY);
  g_autoptr(GVariant) windows = NULL;
  GVariantBuilder builder;

  /* Those that go one after the other when the program is quit come back together. */
  if (self->quitting)
    return;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sa{sv})"));
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      g_autoptr(GVariant) state = ANNALS_IS_WINDOW (l->data) ? annals_window_dup_session (l->data) : NULL;
      const char *path = state != NULL ? annals_window_get_path (l->data) : NULL;

      /* A setting is UTF-8; a file name need not be. */
      if (path != NULL && g_utf8_validate (path, -1, NULL))
        g_variant_builder_add (&builder, "(s@a{sv})", path, state);
    }
  windows = g_variant_ref_sink (g_variant_builder_end (&builder));

  /* The last one that is closed comes back. */
  if (g_variant_n_children (windows) > 0 && !g_variant_equal (windows, before))
    g_settings_set_value (self->settings, KEY, windows);
}

void
annals_application_call_off_quit (AnnalsApplication *self)
{
  self->quitting = FALSE;
}

gboolean
annals_application_resume_session (AnnalsApplication *self)
{
  g_autoptr(GVariant) windows = g_settings_get_value (self->settings, KEY);

  /* The one that was used last comes last and to the front. */
  for (gsize i = MIN (g_variant_n_children (windows), MAX_WINDOWS); i-- > 0;)
    {
      AnnalsWindow *window = ANNALS_WINDOW (annals_window_new (self));
      g_autoptr(GVariant) state = NULL;
      const char *path;

      g_variant_get_child (windows, i, "(&s@a{sv})", &path, &state);
      annals_window_take_session (window, state);
      annals_window_open (window, path, FALSE, TRUE);
      gtk_window_present (GTK_WINDOW (window));
    }

  return g_variant_n_children (windows) > 0;
}
