/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-popover.h"

#include <glib/gi18n.h>

#define MAX_CHARS 48

struct _AnnalsSearchPopover
{
  GtkPopover  parent_instance;
  GtkListBox *list;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsSearchPopover, annals_search_popover, GTK_TYPE_POPOVER)

static void
row_activated_cb (AnnalsSearchPopover *self,
                  GtkListBoxRow       *row)
{
  g_autofree char *value = g_strdup (g_object_get_data (G_OBJECT (row), "value"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, value);
}

static GtkWidget *
row_new (const char *value,
         const char *detail)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (detail != NULL)
    {
      GtkWidget *beside = gtk_label_new (detail);

      gtk_widget_add_css_class (beside, "dim-label");
      gtk_widget_add_css_class (beside, "caption");
      gtk_box_append (GTK_BOX (box), beside);
    }

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_can_focus (row, FALSE);
  g_object_set_data_full (G_OBJECT (row), "value", g_strdup (value), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, value, -1);

  return row;
}

static void
annals_search_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_SEARCH_POPOVER);

  G_OBJECT_CLASS (annals_search_popover_parent_class)->dispose (object);
}

static void
annals_search_popover_class_init (AnnalsSearchPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_search_popover_dispose;
  signals[PICKED] = g_signal_new ("picked", ANNALS_TYPE_SEARCH_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-search-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchPopover, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
annals_search_popover_init (AnnalsSearchPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_search_popover_new (void)
{
  return g_object_new (ANNALS_TYPE_SEARCH_POPOVER, NULL);
}

void
annals_search_popover_offer (AnnalsSearchPopover *self,
                             const char * const  *values,
                             const char * const  *details)
{
  GtkWidget *row;

  g_return_if_fail (ANNALS_IS_SEARCH_POPOVER (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    gtk_list_box_append (self->list, row_new (values[i], details != NULL ? details[i] : NULL));

  /* else it stays as large as it was with more of them */
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_present (GTK_POPOVER (self));

  gtk_list_box_unselect_all (self->list);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL)
    gtk_popover_popup (GTK_POPOVER (self));
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

void
annals_search_popover_move (AnnalsSearchPopover *self,
                            int                  step)
{
  GtkListBoxRow *row;
  int position = step > 0 ? -1 : 0;

  g_return_if_fail (ANNALS_IS_SEARCH_POPOVER (self));

  if ((row = gtk_list_box_get_selected_row (self->list)) != NULL)
    position = gtk_list_box_row_get_index (row);

  if ((row = gtk_list_box_get_row_at_index (self->list, MAX (position + step, 0))) != NULL)
    gtk_list_box_select_row (self->list, row);
}

gboolean
annals_search_popover_pick (AnnalsSearchPopover *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (ANNALS_IS_SEARCH_POPOVER (self), FALSE);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)) ||
      (row = gtk_list_box_get_selected_row (self->list)) == NULL)
    return FALSE;

  row_activated_cb (self, row);

  return TRUE;
}
