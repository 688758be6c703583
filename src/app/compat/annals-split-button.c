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

void
annals_split_button_show_word (AdwSplitButton *button,
                               const char     *word,
                               gboolean        show)
{
  g_auto(GStrv) parts = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (ADW_IS_SPLIT_BUTTON (button));
  g_return_if_fail (word != NULL);

  parts = g_strsplit (word, "_", -1);
  name = g_strjoinv (NULL, parts);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (adw_split_button_get_child (button)), show ? word : "");
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (button)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      {
        /* the label that named it says nothing now */
        gtk_accessible_reset_relation (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
        gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      }
}
