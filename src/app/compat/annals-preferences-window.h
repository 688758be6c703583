/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A window of pages of settings with a search of their rows. Returns: (transfer none): shown by gtk_window_present() */
GtkWindow *annals_preferences_window_new (GtkWindow          *parent);
/* @page: floating; the window takes it */
void       annals_preferences_window_add (GtkWindow          *window,
                                          AdwPreferencesPage *page);

G_END_DECLS
