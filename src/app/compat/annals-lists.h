/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows are for the arrow keys: Tab and Shift+Tab leave @list (a GtkListView or GtkListBox) at once
 * instead of walking through its rows (property tab-behavior, GTK 4.12 and 4.18). */
void annals_list_leave_by_tab (GtkWidget   *list);
/* Names the row that @item is shown in to assistive technology. For "bind" (gtk_list_item_set_accessible_label,
 * GTK 4.12). */
void annals_list_name_row     (GtkListItem *item,
                               const char  *name);
/* Scrolls @list (a GtkListView) so that the row is seen (gtk_list_view_scroll_to, GTK 4.12). */
void annals_list_scroll_to    (GtkWidget   *list,
                               guint        position);

G_END_DECLS
