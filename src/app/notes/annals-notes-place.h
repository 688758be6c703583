/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_NOTES_PLACE (annals_notes_place_get_type ())
/**
 * AnnalsNotesPlace:
 *
 * All marked passages of the notebook with their notes, to be searched, edited and followed to their
 * posts.
 *
 * Property "desk" (AnnalsDesk, nullable).
 */
G_DECLARE_FINAL_TYPE (AnnalsNotesPlace, annals_notes_place, ANNALS, NOTES_PLACE, GtkWidget)

GtkWidget *annals_notes_place_new          (void);
void       annals_notes_place_focus_search (AnnalsNotesPlace *self);

G_END_DECLS
