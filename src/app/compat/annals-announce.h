/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void annals_announce         (GtkWidget  *widget,
                              const char *message);
void annals_announce_changes (GtkLabel   *label);
void annals_describe         (GtkWidget  *widget,
                              const char *description);

G_END_DECLS
