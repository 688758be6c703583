/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-menu.h"

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
