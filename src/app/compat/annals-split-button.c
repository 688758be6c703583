/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-split-button.h"

void
annals_split_button_name_arrow (AdwSplitButton *button)
{
  const char *name;

  g_return_if_fail (ADW_IS_SPLIT_BUTTON (button));

  name = adw_split_button_get_dropdown_tooltip (button);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (button)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
