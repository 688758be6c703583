/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_WRAP_LAYOUT (annals_wrap_layout_get_type ())
/**
 * AnnalsWrapLayout:
 *
 * Puts children side by side, each at its natural width, and begins a new line where one does not
 * fit, as words in a paragraph (AdwWrapLayout, libadwaita 1.7). Those whose hexpand is set share what
 * is left of their line.
 */
G_DECLARE_FINAL_TYPE (AnnalsWrapLayout, annals_wrap_layout, ANNALS, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *annals_wrap_layout_new (void);

G_END_DECLS
