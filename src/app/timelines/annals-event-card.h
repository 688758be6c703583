/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-layout.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EVENT_CARD (annals_event_card_get_type ())
/**
 * AnnalsEventCard:
 *
 * One event on the canvas: its words, and its time to scale as a line below them, which fades where
 * the date is not known to the day, is dashed where it is approximate, and runs into an arrow where
 * it is open. A button to assistive technology. Signals "clicked" and "menu" (the right
 * button, the Menu key).
 */
G_DECLARE_FINAL_TYPE (AnnalsEventCard, annals_event_card, ANNALS, EVENT_CARD, GtkWidget)

GtkWidget *annals_event_card_new          (void);
/* @colour: a name of annals-palette.h */
void       annals_event_card_set_event    (AnnalsEventCard    *self,
                                           const AnnalsEvent  *event,
                                           const char         *colour);
void       annals_event_card_set_placed   (AnnalsEventCard    *self,
                                           const AnnalsPlaced *placed);
void       annals_event_card_set_selected (AnnalsEventCard    *self,
                                           gboolean            selected);
gint64     annals_event_card_get_event_id (AnnalsEventCard    *self);

/* The room that the event's words need on @widget, in points. */
void       annals_event_card_measure_text (GtkWidget          *widget,
                                           const AnnalsEvent  *event,
                                           double             *width,
                                           double             *height);

G_END_DECLS
