/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void annals_show_mistake (GtkWidget *entry,
                          GtkWidget *remark,
                          gboolean   is_wrong);

G_END_DECLS
