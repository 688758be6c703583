/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-menu-button.h"

/* letters that are seen at least */
#define MIN_CHARS 6

/* The label is some levels down, beside the arrow. */
static GtkLabel *
find_label (GtkWidget *widget)
{
  GtkLabel *label = NULL;

  if (GTK_IS_LABEL (widget))
    return GTK_LABEL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && label == NULL;
       child = gtk_widget_get_next_sibling (child))
    label = GTK_IS_POPOVER (child) ? NULL : find_label (child);

  return label;
}

void
annals_menu_button_set_label (GtkMenuButton *button,
                              const char    *label)
{
  GtkLabel *shown;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (label != NULL);

  /* it makes a label each time */
  gtk_menu_button_set_label (button, label);
  if (!(shown = find_label (GTK_WIDGET (button))))
    return;

  gtk_label_set_ellipsize (shown, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (shown, MIN (g_utf8_strlen (label, -1), MIN_CHARS));
}
