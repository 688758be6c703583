/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The colour of @widget's text (gtk_widget_get_color, GTK 4.10). */
void annals_widget_get_color (GtkWidget  *widget,
                              GdkRGBA    *color);
/* The named colour of the style sheet ("accent_bg_color", "borders", …) as @widget sees it; its text
 * colour when there is none of that name. */
void annals_widget_look_up_color (GtkWidget  *widget,
                                  const char *name,
                                  GdkRGBA    *color);

G_END_DECLS
