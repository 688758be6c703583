/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-mark.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EVENT_DIALOG (annals_event_dialog_get_type ())
/**
 * AnnalsEventDialog:
 *
 * Asks for the event that a passage or a post becomes: its timeline, date, title and lane.
 *
 * Signal "accepted": the answers are complete; take them by annals_event_dialog_fill(). The dialog
 * closes afterwards.
 */
G_DECLARE_FINAL_TYPE (AnnalsEventDialog, annals_event_dialog, ANNALS, EVENT_DIALOG, AdwWindow)

/* @timelines: (element type AnnalsTimeline), kept by reference; @timeline_id: proposed, 0: none;
 * @quotation: the passage; NULL: the post as a whole; @title: its beginning is proposed; @date: proposed */
GtkWidget *annals_event_dialog_new  (GtkWindow         *parent,
                                     GPtrArray         *timelines,
                                     gint64             timeline_id,
                                     const char        *quotation,
                                     const char        *title,
                                     AnnalsDate        *date);
/* Offers a date that some @words of the text speak of; the user may choose it. */
void       annals_event_dialog_propose (AnnalsEventDialog *self,
                                        AnnalsDate        *date,
                                        const char        *words);
/* Writes the event's fields. */
void       annals_event_dialog_fill (AnnalsEventDialog *self,
                                     AnnalsMark        *mark);
/* Its timeline's title. */
char      *annals_event_dialog_dup_timeline (AnnalsEventDialog *self);

G_END_DECLS
