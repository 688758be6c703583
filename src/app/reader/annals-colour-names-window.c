/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-colour-names-window.h"

#include <glib/gi18n.h>

#include "annals-colour-names-group.h"

struct _AnnalsColourNamesWindow
{
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (AnnalsColourNamesWindow, annals_colour_names_window, ADW_TYPE_WINDOW)

static void
annals_colour_names_window_class_init (AnnalsColourNamesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
annals_colour_names_window_init (AnnalsColourNamesWindow *self)
{
}

static void
fill (AnnalsColourNamesWindow *self,
      AnnalsDesk              *desk)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (annals_colour_names_group_new (desk)));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
}

void
annals_colour_names_window_present (GtkWindow  *parent,
                                    AnnalsDesk *desk)
{
  AnnalsColourNamesWindow *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  self = g_object_new (ANNALS_TYPE_COLOUR_NAMES_WINDOW, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, "title", _("Name Colours"), "default-width", 420,
                       "default-height", 620, NULL);
  fill (self, desk);
  gtk_window_present (GTK_WINDOW (self));
}
