/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-quick-row.h"

#include "annals-colour-dot.h"

struct _AnnalsQuickRow
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkImage        *icon;
  AnnalsColourDot *dot;
  GtkLabel        *title;
  GtkLabel        *detail;
  GtkLabel        *kind;
};

G_DEFINE_FINAL_TYPE (AnnalsQuickRow, annals_quick_row, GTK_TYPE_WIDGET)

static void
annals_quick_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_QUICK_ROW);

  G_OBJECT_CLASS (annals_quick_row_parent_class)->dispose (object);
}

static void
annals_quick_row_class_init (AnnalsQuickRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_quick_row_dispose;

  g_type_ensure (ANNALS_TYPE_COLOUR_DOT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-quick-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickRow, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickRow, icon);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickRow, dot);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickRow, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickRow, detail);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickRow, kind);
}

static void
annals_quick_row_init (AnnalsQuickRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_quick_row_new (void)
{
  return g_object_new (ANNALS_TYPE_QUICK_ROW, NULL);
}

void
annals_quick_row_set_item (AnnalsQuickRow  *self,
                           AnnalsQuickItem *item)
{
  const AnnalsNamed *named;
  const char *colour;

  g_return_if_fail (ANNALS_IS_QUICK_ROW (self));
  g_return_if_fail (ANNALS_IS_QUICK_ITEM (item));

  named = annals_quick_item_get_named (item);
  colour = named != NULL && named->kind != ANNALS_RECORD_EVENT ? named->colour : NULL;
  gtk_image_set_from_icon_name (self->icon, annals_quick_item_get_icon (item));
  annals_colour_dot_set_colour (self->dot, colour);
  gtk_widget_set_visible (GTK_WIDGET (self->dot), colour != NULL);
  gtk_label_set_text (self->title, annals_quick_item_get_title (item));
  gtk_label_set_text (self->detail, annals_quick_item_get_detail (item));
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *annals_quick_item_get_detail (item) != '\0');
  gtk_label_set_text (self->kind, annals_quick_item_get_kind (item));
}
