/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-chip.h"

#include "annals-swatch.h"

struct _AnnalsChip
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *dot;
  GtkWidget *label;
  GtkWidget *removal;
};

G_DEFINE_FINAL_TYPE (AnnalsChip, annals_chip, GTK_TYPE_WIDGET)

static void
annals_chip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_CHIP);

  G_OBJECT_CLASS (annals_chip_parent_class)->dispose (object);
}

static void
annals_chip_class_init (AnnalsChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_chip_dispose;

  g_type_ensure (ANNALS_TYPE_SWATCH);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsChip, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsChip, dot);
  gtk_widget_class_bind_template_child (widget_class, AnnalsChip, label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsChip, removal);
}

static void
annals_chip_init (AnnalsChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_chip_new (const char *label,
                 const char *colour)
{
  AnnalsChip *self = g_object_new (ANNALS_TYPE_CHIP, NULL);

  gtk_label_set_text (GTK_LABEL (self->label), label);
  annals_swatch_set_colour (ANNALS_SWATCH (self->dot), colour);
  gtk_widget_set_visible (self->dot, colour != NULL);

  return GTK_WIDGET (self);
}

void
annals_chip_set_removal (AnnalsChip *self,
                         const char *name,
                         const char *action,
                         GVariant   *target)
{
  g_return_if_fail (ANNALS_IS_CHIP (self));

  gtk_widget_set_tooltip_text (self->removal, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->removal),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->removal), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->removal), target);
  gtk_widget_set_visible (self->removal, TRUE);
}

GtkWidget *
annals_chip_new_button (const char *label,
                        const char *colour,
                        const char *action,
                        GVariant   *target)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 30);
  if (colour != NULL)
    gtk_box_append (GTK_BOX (box), annals_swatch_new ("dot", colour));
  gtk_box_append (GTK_BOX (box), text);

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "annals-chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}
