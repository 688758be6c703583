/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-quick-item.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_QUICK_ROW (annals_quick_row_get_type ())
/**
 * AnnalsQuickRow:
 *
 * A line of quick open: icon, title, where it belongs, and what kind of thing it is, in words.
 */
G_DECLARE_FINAL_TYPE (AnnalsQuickRow, annals_quick_row, ANNALS, QUICK_ROW, GtkWidget)

GtkWidget *annals_quick_row_new      (void);
void       annals_quick_row_set_item (AnnalsQuickRow  *self,
                                      AnnalsQuickItem *item);

G_END_DECLS
