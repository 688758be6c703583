/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-evidence-row.h"

#include <glib/gi18n.h>

#include "annals-announce.h"

struct _AnnalsEvidenceRow
{
  GtkWidget    parent_instance;
  gint64       evidence_id;
  char        *text;
  AnnalsStance stance;
  GtkWidget   *button;
  GtkWidget   *stance_label;
  GtkWidget   *label;
  GtkWidget   *menu_button;
  GMenu       *menu;
};

G_DEFINE_FINAL_TYPE (AnnalsEvidenceRow, annals_evidence_row, GTK_TYPE_WIDGET)

static void
insert_item (GMenu      *menu,
             int         position,
             const char *label,
             const char *action,
             GVariant   *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_insert_item (menu, position, item);
}

static void
annals_evidence_row_dispose (GObject *object)
{
  AnnalsEvidenceRow *self = ANNALS_EVIDENCE_ROW (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->menu_button, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_evidence_row_parent_class)->dispose (object);
}

static void
annals_evidence_row_finalize (GObject *object)
{
  AnnalsEvidenceRow *self = ANNALS_EVIDENCE_ROW (object);

  g_free (self->text);
  g_object_unref (self->menu);

  G_OBJECT_CLASS (annals_evidence_row_parent_class)->finalize (object);
}

static void
annals_evidence_row_class_init (AnnalsEvidenceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_evidence_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_evidence_row_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
init_button (AnnalsEvidenceRow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->stance_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->stance_label, "caption");
  gtk_widget_add_css_class (self->stance_label, "stance");
  gtk_widget_set_valign (self->stance_label, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), self->stance_label);

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (content), self->label);

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), content);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "editor.open-evidence");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

static void
annals_evidence_row_init (AnnalsEvidenceRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  init_button (self);

  self->menu = g_menu_new ();
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (self->menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_widget_add_css_class (self->menu_button, "flat");
  gtk_widget_set_tooltip_text (self->menu_button, _("Stance and removal"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Stance and removal"), -1);
  gtk_widget_set_parent (self->menu_button, GTK_WIDGET (self));
}

/* The menu itself stays: when it has just closed, GTK gives the keyboard to what its popover hangs on only with the next
 * frame, and to the head of the window if the popover is gone by then. */
static void
show_stance_item (AnnalsEvidenceRow *self)
{
  gboolean supports = self->stance == ANNALS_STANCE_SUPPORTS;

  if (g_menu_model_get_n_items (G_MENU_MODEL (self->menu)) > 1)
    g_menu_remove (self->menu, 0);
  insert_item (self->menu, 0, supports ? _("It _Contradicts the Event") : _("It _Supports the Event"),
               "editor.set-stance",
               g_variant_new ("(xi)", self->evidence_id,
                              supports ? ANNALS_STANCE_CONTRADICTS : ANNALS_STANCE_SUPPORTS));
}

GtkWidget *
annals_evidence_row_new (const AnnalsEvidence *evidence)
{
  AnnalsEvidenceRow *self = g_object_new (ANNALS_TYPE_EVIDENCE_ROW, NULL);

  self->evidence_id = evidence->id;
  insert_item (self->menu, 0, _("_Remove Evidence"), "editor.remove-evidence", g_variant_new_int64 (evidence->id));
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button), g_variant_new_int64 (evidence->id));
  annals_evidence_row_update (self, evidence);

  return GTK_WIDGET (self);
}

gint64
annals_evidence_row_get_id (AnnalsEvidenceRow *self)
{
  g_return_val_if_fail (ANNALS_IS_EVIDENCE_ROW (self), 0);

  return self->evidence_id;
}

void
annals_evidence_row_update (AnnalsEvidenceRow    *self,
                            const AnnalsEvidence *evidence)
{
  g_autofree char *text = NULL;
  const char *stance;

  g_return_if_fail (ANNALS_IS_EVIDENCE_ROW (self) && evidence->id == self->evidence_id);

  text = evidence->exact != NULL
         /* Translators: a quotation and the title of the post it is from */
         ? g_strdup_printf (_("“%s” — %s"), evidence->exact, evidence->post_title)
         : g_strdup (evidence->post_title);
  g_strdelimit (text, "\n", ' ');
  /* a menu that is open stays when it says the same */
  if (g_strcmp0 (text, self->text) == 0 && evidence->stance == self->stance)
    return;

  gtk_widget_remove_css_class (self->stance_label, annals_stance_to_string (self->stance));
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  self->stance = evidence->stance;

  stance = self->stance == ANNALS_STANCE_CONTRADICTS ? _("contradicts") : _("supports");
  gtk_label_set_text (GTK_LABEL (self->stance_label), stance);
  gtk_widget_add_css_class (self->stance_label, annals_stance_to_string (self->stance));
  gtk_label_set_text (GTK_LABEL (self->label), self->text);
  gtk_widget_set_tooltip_text (self->button, self->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, self->text, -1);
  annals_describe (self->button, stance);
  show_stance_item (self);
}
