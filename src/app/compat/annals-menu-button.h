/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Labels @button with @label, which is cut where there is no room (property can-shrink, GTK 4.12). */
void annals_menu_button_set_label (GtkMenuButton *button,
                                   const char    *label);

G_END_DECLS
