/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_TIMELINES_PLACE (annals_timelines_place_get_type ())
/**
 * AnnalsTimelinesPlace:
 *
 * One timeline: its lanes and events drawn to scale, the axis, the overview, and the selected event's
 * fields.
 *
 * Property "desk" (AnnalsDesk).
 */
G_DECLARE_FINAL_TYPE (AnnalsTimelinesPlace, annals_timelines_place, ANNALS, TIMELINES_PLACE, GtkWidget)

GtkWidget *annals_timelines_place_new          (void);
/* @timeline_id 0: the first one, or the page that says that there is none; @event_id 0: none */
void       annals_timelines_place_show         (AnnalsTimelinesPlace *self,
                                                gint64                timeline_id,
                                                gint64                event_id);
/* What is suggested for it, in the place of its events */
void       annals_timelines_place_show_suggestions (AnnalsTimelinesPlace *self,
                                                    gint64                timeline_id);
/* 0: none is shown */
gint64     annals_timelines_place_get_timeline (AnnalsTimelinesPlace *self);

G_END_DECLS
