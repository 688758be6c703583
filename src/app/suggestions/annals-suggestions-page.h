/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_SUGGESTIONS_PAGE (annals_suggestions_page_get_type ())
/**
 * AnnalsSuggestionsPage:
 *
 * What is suggested for a timeline: the best posts that fit its rule or are like what it has, to be added, rejected
 * or put off.
 *
 * Properties: "desk" (AnnalsDesk); "n-suggestions" (uint, read-only, notified): how many there are.
 *
 * Signal "closed": the user goes back to the timeline.
 */
G_DECLARE_FINAL_TYPE (AnnalsSuggestionsPage, annals_suggestions_page, ANNALS, SUGGESTIONS_PAGE, GtkWidget)

/* 0: none */
void annals_suggestions_page_set_timeline (AnnalsSuggestionsPage *self,
                                           gint64                 timeline_id);
/* The keyboard goes to the first suggestion, or to what stands in its place. */
void annals_suggestions_page_focus        (AnnalsSuggestionsPage *self);

G_END_DECLS
