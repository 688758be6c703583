/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-menu.h"

static void
test_append (void)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;
  gint64 target = 0;

  annals_menu_append (menu, "_Open", "place.open", g_variant_new_int64 (7));
  annals_menu_append_name (menu, "a_b__c", "place.show", NULL);

  g_assert_true (g_menu_model_get_item_attribute (G_MENU_MODEL (menu), 0, G_MENU_ATTRIBUTE_LABEL, "s", &label));
  g_assert_cmpstr (label, ==, "_Open");
  g_assert_true (g_menu_model_get_item_attribute (G_MENU_MODEL (menu), 0, G_MENU_ATTRIBUTE_TARGET, "x", &target));
  g_assert_cmpint (target, ==, 7);
  g_assert_true (g_menu_model_get_item_attribute (G_MENU_MODEL (menu), 1, G_MENU_ATTRIBUTE_LABEL, "s", &name));
  g_assert_cmpstr (name, ==, "a__b____c");
  g_assert_false (g_menu_model_get_item_attribute (G_MENU_MODEL (menu), 1, G_MENU_ATTRIBUTE_TARGET, "x", &target));
}

static void
changed_cb (GMenuModel *menu,
            int         position,
            int         removed,
            int         added,
            GString    *told)
{
  g_string_append_printf (told, "%s -%d ", (const char *) g_object_get_data (G_OBJECT (menu), "name"), removed);
}

/* A section tells that it is empty before it goes. */
static void
test_clear (void)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();
  g_autoptr(GMenu) submenu = g_menu_new ();
  g_autoptr(GString) told = g_string_new (NULL);

  annals_menu_append (submenu, "_Here", "place.here", NULL);
  g_menu_append_submenu (section, "_Move", G_MENU_MODEL (submenu));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  annals_menu_append (menu, "_Open", "place.open", NULL);
  g_object_set_data (G_OBJECT (menu), "name", (gpointer) "menu");
  g_object_set_data (G_OBJECT (section), "name", (gpointer) "section");
  g_signal_connect (menu, "items-changed", G_CALLBACK (changed_cb), told);
  g_signal_connect (section, "items-changed", G_CALLBACK (changed_cb), told);

  annals_menu_clear (menu);
  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (menu)), ==, 0);
  g_assert_true (g_str_has_prefix (told->str, "section -1 menu "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/menu/append", test_append);
  g_test_add_func ("/app/menu/clear", test_clear);

  return g_test_run ();
}
