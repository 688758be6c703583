/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-keyboard-place.h"

int
annals_keyboard_get_place (GtkWidget *box)
{
  GtkRoot *root;
  GtkWidget *focus;
  int place = 0;

  g_return_val_if_fail (GTK_IS_WIDGET (box), -1);

  root = gtk_widget_get_root (box);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, box))
    return -1;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (focus == child || gtk_widget_is_ancestor (focus, child))
        return place;
      place++;
    }

  return -1;
}

void
annals_keyboard_set_place (GtkWidget *box,
                           int        place)
{
  GtkWidget *before = NULL;
  GtkWidget *child;

  g_return_if_fail (GTK_IS_WIDGET (box));

  if (place < 0)
    return;

  for (child = gtk_widget_get_first_child (box); child != NULL && place > 0; place--)
    {
      before = child;
      child = gtk_widget_get_next_sibling (child);
    }

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD))
      return;
  for (; before != NULL; before = gtk_widget_get_prev_sibling (before))
    if (gtk_widget_child_focus (before, GTK_DIR_TAB_FORWARD))
      return;
}
