/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-present.h"

static gboolean
present_cb (GtkWindow *window)
{
  if (!gtk_widget_in_destruction (GTK_WIDGET (window)))
    gtk_window_present (window);

  return G_SOURCE_REMOVE;
}

/**
 * annals_present_built:
 * @window: a window that has just been built
 *
 * Shows a window in a turn of the main loop of its own. To build a large dialog takes half a frame and to show it for
 * the first time the other half: between them the program listens.
 */
void
annals_present_built (GtkWindow *window)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  /* a window that is gone takes its source along */
  g_source_set_closure (source, g_cclosure_new_object (G_CALLBACK (present_cb), G_OBJECT (window)));
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_attach (source, NULL);
}
