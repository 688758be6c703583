/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-widget-color.h"

void
annals_widget_get_color (GtkWidget *widget,
                         GdkRGBA   *color)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (color != NULL);

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
}

void
annals_widget_look_up_color (GtkWidget  *widget,
                             const char *name,
                             GdkRGBA    *color)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL && color != NULL);

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    annals_widget_get_color (widget, color);
}
