/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_GUIDE (annals_guide_get_type ())
/**
 * AnnalsGuide:
 *
 * A bar at the foot of a window that leads through the main job, from an import to an export, step by step. It comes
 * with the first notebook, notices when a step is done, and does not come again by itself once it was ended.
 */
G_DECLARE_FINAL_TYPE (AnnalsGuide, annals_guide, ANNALS, GUIDE, GtkWidget)

void annals_guide_set_up  (AnnalsGuide *self,
                           AnnalsDesk  *desk,
                           GSettings   *settings);
/* From its first step, with the notebook that is open. */
void annals_guide_restart (AnnalsGuide *self);

G_END_DECLS
