/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_COLOUR_NAMES_GROUP (annals_colour_names_group_get_type ())
/**
 * AnnalsColourNamesGroup:
 *
 * What highlights of each colour are called in the notebook, to be changed; each name is one step.
 */
G_DECLARE_FINAL_TYPE (AnnalsColourNamesGroup, annals_colour_names_group, ANNALS, COLOUR_NAMES_GROUP, AdwPreferencesGroup)

GtkWidget *annals_colour_names_group_new (AnnalsDesk *desk);

G_END_DECLS
