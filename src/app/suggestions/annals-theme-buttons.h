/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_THEME_BUTTONS (annals_theme_buttons_get_type ())
/**
 * AnnalsThemeButtons:
 *
 * A button for each theme that a timeline can start from, with what it is about.
 *
 * Signal "picked" (guint number): the number is that of annals_theme_get().
 */
G_DECLARE_FINAL_TYPE (AnnalsThemeButtons, annals_theme_buttons, ANNALS, THEME_BUTTONS, GtkWidget)

GtkWidget *annals_theme_buttons_new (void);
/* Makes a timeline of the theme, as one action, and shows what is suggested for it. @colour (nullable) */
void       annals_theme_start       (AnnalsDesk *desk,
                                     guint       number,
                                     const char *colour);

G_END_DECLS
