/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-preferences-window.h"

#include <glib/gi18n.h>

/* libadwaita 1.2 gives the button that begins a search neither a name nor a tooltip. */
static GtkWidget *
find_search_button (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) &&
      g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "edit-find-symbolic") == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_search_button (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
name_search_button (GtkWidget *window)
{
  GtkWidget *button = find_search_button (window);

  if (button == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search Preferences"), -1);
  gtk_widget_set_tooltip_text (button, _("Search Preferences"));
}

GtkWindow *
annals_preferences_window_new (GtkWindow *parent)
{
  GtkWidget *window;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);

  window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW,
                         "transient-for", parent,
                         "modal", TRUE,
                         "destroy-with-parent", TRUE,
                         "default-width", 640,
                         "default-height", 600,
                         NULL);
  name_search_button (window);

  return GTK_WINDOW (window);
}

void
annals_preferences_window_add (GtkWindow          *window,
                               AdwPreferencesPage *page)
{
  g_return_if_fail (ADW_IS_PREFERENCES_WINDOW (window));
  g_return_if_fail (ADW_IS_PREFERENCES_PAGE (page));

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
}
