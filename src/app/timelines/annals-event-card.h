/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-layout.h"
#include "annals-timeline-view.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EVENT_CARD (annals_event_card_get_type ())
/**
 * AnnalsEventCard:
 *
 * One event on the canvas: its words, and its time to scale as a line below them, which fades where
 * the date is not known to the day, is dashed where it is approximate, and runs into an arrow where
 * it is open. An event that is drawn as a mark, or counted in a cluster, has a card without words when it
 * is the selected one, for the keyboard. A button to assistive technology. Signals "activate" (Return) and
 * "menu" (the Menu key); the canvas hears the pointer.
 */
G_DECLARE_FINAL_TYPE (AnnalsEventCard, annals_event_card, ANNALS, EVENT_CARD, GtkWidget)

GtkWidget *annals_event_card_new          (void);
void       annals_event_card_set_item     (AnnalsEventCard      *self,
                                           const AnnalsViewItem *item,
                                           const AnnalsColour   *colour);
void       annals_event_card_set_placed   (AnnalsEventCard      *self,
                                           const AnnalsPlaced   *placed);
void       annals_event_card_set_selected (AnnalsEventCard      *self,
                                           gboolean              selected);
gint64     annals_event_card_get_event_id (AnnalsEventCard      *self);
/* For tooltips: title, date in full, what is not known of it, and the evidence */
char      *annals_event_card_dup_tooltip  (const AnnalsViewItem *item);

/* How large letters are, in points */
typedef struct
{
  double title_letter;
  double title_line;
  double caption_letter;
  double caption_line;
} AnnalsCardMetrics;

void       annals_card_metrics_init       (AnnalsCardMetrics       *self,
                                           GtkWidget               *widget);
/* About the room that the event's words need: nothing is set in type, so that ten thousand take no time. Words
 * that turn out to be longer are cut by an ellipsis. */
void       annals_card_metrics_estimate   (const AnnalsCardMetrics *self,
                                           const AnnalsViewItem    *item,
                                           double                  *width,
                                           double                  *height);

G_END_DECLS
