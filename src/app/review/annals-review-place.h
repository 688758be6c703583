/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_REVIEW_PLACE (annals_review_place_get_type ())
/**
 * AnnalsReviewPlace:
 *
 * The notes whose passage was not found again with certainty, by post, and beside them the chosen one
 * with the places where it may stand now. Each is placed, kept as an orphan or deleted; then the next
 * one is chosen.
 *
 * Property "desk" (AnnalsDesk): set once.
 */
G_DECLARE_FINAL_TYPE (AnnalsReviewPlace, annals_review_place, ANNALS, REVIEW_PLACE, GtkWidget)

/* Chooses a note and gives the list the keyboard; @annotation_id 0: the one chosen last, or the first. */
void annals_review_place_show (AnnalsReviewPlace *self,
                               gint64             annotation_id);

G_END_DECLS
