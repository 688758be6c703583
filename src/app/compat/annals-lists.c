/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-lists.h"

static gboolean
leave_list_cb (GtkWidget *list,
               GVariant  *args,
               gpointer   user_data)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (list));
  gboolean moved;

  /* For a moment there is nothing to focus in here, so that the search goes on behind the list. */
  gtk_widget_set_can_focus (list, FALSE);
  moved = gtk_widget_child_focus (root, g_variant_get_int32 (args));
  gtk_widget_set_can_focus (list, TRUE);

  return moved;
}

void
annals_list_leave_by_tab (GtkWidget *list)
{
  static const struct
  {
    guint            key;
    GdkModifierType  modifiers;
    GtkDirectionType direction;
  } keys[] = {
    { GDK_KEY_Tab, 0, GTK_DIR_TAB_FORWARD },
    { GDK_KEY_KP_Tab, 0, GTK_DIR_TAB_FORWARD },
    { GDK_KEY_Tab, GDK_SHIFT_MASK, GTK_DIR_TAB_BACKWARD },
    { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, GTK_DIR_TAB_BACKWARD },
  };
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WIDGET (list));

  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                          gtk_callback_action_new (leave_list_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].direction));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }

  gtk_widget_add_controller (list, controller);
}

void
annals_list_name_row (GtkListItem *item,
                      const char  *name)
{
  GtkWidget *child;
  GtkWidget *row;

  g_return_if_fail (GTK_IS_LIST_ITEM (item));

  child = gtk_list_item_get_child (item);
  if (child != NULL && (row = gtk_widget_get_parent (child)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
annals_list_scroll_to (GtkWidget *list,
                       guint      position)
{
  g_return_if_fail (GTK_IS_WIDGET (list));

  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}
