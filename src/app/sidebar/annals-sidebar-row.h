/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-sidebar-item.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_SIDEBAR_ROW (annals_sidebar_row_get_type ())
/**
 * AnnalsSidebarRow:
 *
 * Shows an AnnalsSidebarItem and follows it.
 */
G_DECLARE_FINAL_TYPE (AnnalsSidebarRow, annals_sidebar_row, ANNALS, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget         *annals_sidebar_row_new      (AnnalsSidebarItem *item);
AnnalsSidebarItem *annals_sidebar_row_get_item (AnnalsSidebarRow  *self);

G_END_DECLS
