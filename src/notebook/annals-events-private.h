/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/* The tags of an event and the other timelines it is in; @timeline_id 0: all it is in. */
gboolean annals_event_load_places  (AnnalsDb     *db,
                                    AnnalsEvent  *event,
                                    gint64        timeline_id,
                                    GError      **error);
/* The same for all events of a timeline. */
gboolean annals_events_load_places (AnnalsDb     *db,
                                    GPtrArray    *events,
                                    gint64        timeline_id,
                                    GError      **error);
/* An event's evidence, and how many independent sources that is. */
gboolean annals_event_load_evidence  (AnnalsDb     *db,
                                      AnnalsEvent  *event,
                                      GError      **error);
/* The same for all events of a timeline. */
gboolean annals_events_load_evidence (AnnalsDb     *db,
                                      GPtrArray    *events,
                                      gint64        timeline_id,
                                      GError      **error);
/* Counts the independent sources of its evidence. */
void     annals_event_count_sources (AnnalsEvent *event);

G_END_DECLS
