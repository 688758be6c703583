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

GtkWidget *annals_place_switcher_new            (void);
/* How wide it is at least, in pixels, if no name is to be cut. */
int        annals_place_switcher_measure_narrow (AnnalsPlaceSwitcher *self);

G_END_DECLS
