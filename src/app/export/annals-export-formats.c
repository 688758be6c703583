/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-formats.h"

#include "annals-announce.h"
#include "annals-export-words.h"

static GtkWidget *
append_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 42);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

/* Two lines, and a mark at the one that is chosen. */
static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          AdwComboRow        *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *sentence;

  append_label (lines);
  sentence = append_label (lines);
  gtk_widget_add_css_class (sentence, "dim-label");
  gtk_widget_add_css_class (sentence, "caption");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_list_item_set_child (item, box);
}

static void
update_mark (GtkListItem *item,
             GParamSpec  *pspec,
             AdwComboRow *row)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  gboolean chosen = adw_combo_row_get_selected (row) == gtk_list_item_get_position (item);

  gtk_widget_set_opacity (gtk_widget_get_last_child (box), chosen ? 1 : 0);
}

static void
chosen_cb (AdwComboRow *row,
           GParamSpec  *pspec,
           GtkListItem *item)
{
  update_mark (item, pspec, row);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         AdwComboRow        *row)
{
  GPtrArray *formats = g_object_get_data (G_OBJECT (row), "annals-formats");
  const AnnalsExportFormat *format = formats->pdata[gtk_list_item_get_position (item)];
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *label = gtk_widget_get_first_child (gtk_widget_get_first_child (box));
  const char *sentence = annals_export_format_get_sentence (format);

  gtk_label_set_text (GTK_LABEL (label), format->label);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (label)), sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  format->label, -1);
  annals_describe (gtk_widget_get_parent (box), sentence);
  update_mark (item, NULL, row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), item, 0);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           AdwComboRow        *row)
{
  g_signal_handlers_disconnect_by_func (row, chosen_cb, item);
}

void
annals_export_formats_offer (AdwComboRow *row,
                             GPtrArray   *formats)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_return_if_fail (formats != NULL);

  for (guint i = 0; i < formats->len; i++)
    gtk_string_list_append (labels, ((const AnnalsExportFormat *) formats->pdata[i])->label);

  g_object_set_data_full (G_OBJECT (row), "annals-formats", g_ptr_array_ref (formats),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), row, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), row, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), row, 0);
  adw_combo_row_set_list_factory (row, factory);
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
}
