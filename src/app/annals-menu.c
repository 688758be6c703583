/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-menu.h"

/**
 * annals_menu_append:
 * @menu: a menu
 * @label: with a mnemonic or without
 * @action: the action's full name
 * @target: (nullable): its parameter or, of a choice, the state that the item stands for; a floating one is taken
 *
 * Appends an item, of which g_menu_append() could only say the target as text.
 */
void
annals_menu_append (GMenu      *menu,
                    const char *label,
                    const char *action,
                    GVariant   *target)
{
  g_autoptr(GMenuItem) item = NULL;

  g_return_if_fail (G_IS_MENU (menu) && label != NULL && action != NULL);

  item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

/**
 * annals_menu_append_name:
 * @menu: a menu
 * @name: what the user called something: an underscore in it is no mnemonic
 * @action: the action's full name
 * @target: (nullable): as of annals_menu_append()
 *
 * Appends an item for something that has a name of the user's.
 */
void
annals_menu_append_name (GMenu      *menu,
                         const char *name,
                         const char *action,
                         GVariant   *target)
{
  g_autoptr(GString) label = g_string_new (name);

  g_string_replace (label, "_", "__", 0);
  annals_menu_append (menu, label->str, action, target);
}

/**
 * annals_menu_clear:
 * @menu: a menu that is shown
 *
 * Empties a menu, to be filled again. Its sections are emptied first: with a section that goes as a whole GTK 4.8 keeps the
 * pages of the submenus in it, and complains when others of the same name come. Another menu in its place would take the
 * one that is open away, and the keyboard with it.
 */
void
annals_menu_clear (GMenu *menu)
{
  g_return_if_fail (G_IS_MENU (menu));

  for (int i = 0; i < g_menu_model_get_n_items (G_MENU_MODEL (menu)); i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (G_MENU_MODEL (menu), i, G_MENU_LINK_SECTION);

      if (G_IS_MENU (section))
        annals_menu_clear (G_MENU (section));
    }

  g_menu_remove_all (menu);
}
