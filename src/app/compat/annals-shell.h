/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_SHELL (annals_shell_get_type ())
/**
 * AnnalsShell:
 *
 * A sidebar beside the content, or over it where the window is too narrow for both.
 *
 * Properties: "sidebar" and "content" (GtkWidget), "show-sidebar" (boolean, notified),
 * "folded" (boolean, read-only, notified): whether the sidebar lies over the content.
 */
G_DECLARE_FINAL_TYPE (AnnalsShell, annals_shell, ANNALS, SHELL, GtkWidget)

GtkWidget *annals_shell_new              (void);
gboolean   annals_shell_get_show_sidebar (AnnalsShell *self);
void       annals_shell_set_show_sidebar (AnnalsShell *self,
                                          gboolean     show_sidebar);
gboolean   annals_shell_get_folded       (AnnalsShell *self);

G_END_DECLS
