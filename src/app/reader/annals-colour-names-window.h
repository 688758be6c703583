/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_COLOUR_NAMES_WINDOW (annals_colour_names_window_get_type ())
/**
 * AnnalsColourNamesWindow:
 *
 * What highlights of each colour are called in the notebook, to be changed; each name is one step.
 */
G_DECLARE_FINAL_TYPE (AnnalsColourNamesWindow, annals_colour_names_window, ANNALS, COLOUR_NAMES_WINDOW, AdwWindow)

void annals_colour_names_window_present (GtkWindow  *parent,
                                         AnnalsDesk *desk);

G_END_DECLS
