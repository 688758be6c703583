/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_PLACE_SWITCHER (annals_place_switcher_get_type ())
/**
 * AnnalsPlaceSwitcher:
 *
 * The window's places to choose from: icons beside their names, or above them where that is too wide.
 *
 * Property "stack" (AdwViewStack, nullable).
 */
G_DECLARE_FINAL_TYPE (AnnalsPlaceSwitcher, annals_place_switcher, ANNALS, PLACE_SWITCHER, GtkWidget)

GtkWidget *annals_place_switcher_new (void);

G_END_DECLS
