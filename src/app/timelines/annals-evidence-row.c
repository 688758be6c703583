/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-evidence-row.h"

#include <glib/gi18n.h>

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             GVariant   *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GtkWidget *
make_menu_button (const AnnalsEvidence *evidence)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  if (evidence->stance == ANNALS_STANCE_SUPPORTS)
    append_item (menu, _("It _Contradicts the Event"), "editor.set-stance",
                 g_variant_new ("(xi)", evidence->id, ANNALS_STANCE_CONTRADICTS));
  else
    append_item (menu, _("It _Supports the Event"), "editor.set-stance",
                 g_variant_new ("(xi)", evidence->id, ANNALS_STANCE_SUPPORTS));
  append_item (menu, _("_Remove Evidence"), "editor.remove-evidence", g_variant_new_int64 (evidence->id));

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Stance and removal"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Stance and removal"), -1);

  return button;
}

GtkWidget *
annals_evidence_row_new (const AnnalsEvidence *evidence)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label;
  GtkWidget *stance;
  g_autofree char *text = NULL;
  const char *stance_name;

  stance_name = evidence->stance == ANNALS_STANCE_CONTRADICTS ? _("contradicts") : _("supports");
  text = evidence->exact != NULL
         /* Translators: a quotation and the title of the post it is from */
         ? g_strdup_printf (_("“%s” — %s"), evidence->exact, evidence->post_title)
         : g_strdup (evidence->post_title);
  g_strdelimit (text, "\n", ' ');

  stance = gtk_label_new (stance_name);
  gtk_widget_add_css_class (stance, "caption");
  gtk_widget_add_css_class (stance, "stance");
  gtk_widget_add_css_class (stance, annals_stance_to_string (evidence->stance));
  gtk_widget_set_valign (stance, GTK_ALIGN_CENTER);

  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);

  gtk_box_append (GTK_BOX (content), stance);
  gtk_box_append (GTK_BOX (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_tooltip_text (button, text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "editor.open-evidence");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_int64 (evidence->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, stance_name, -1);

  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), make_menu_button (evidence));

  return row;
}
