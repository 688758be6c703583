/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EVENT_PLACES (annals_event_places_get_type ())
/**
 * AnnalsEventPlaces:
 *
 * A line of chips, each with a button that takes it away, and a button that adds one: the tags of an event or,
 * with the property "timelines", the other timelines that it is in.
 */
G_DECLARE_FINAL_TYPE (AnnalsEventPlaces, annals_event_places, ANNALS, EVENT_PLACES, GtkWidget)

void annals_event_places_set_desk (AnnalsEventPlaces *self,
                                   AnnalsDesk        *desk);
/* @event: (nullable): copied from; @timeline_id: the timeline at hand */
void annals_event_places_show     (AnnalsEventPlaces *self,
                                   const AnnalsEvent *event,
                                   gint64             timeline_id);

G_END_DECLS
