/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-timelines.h"

G_BEGIN_DECLS

/**
 * AnnalsTimelineData:
 * @timeline: with its lanes
 * @events: (element type AnnalsEvent): in time order
 *
 * A timeline as it was at one moment, shared by the widgets that show it. Immutable, counted.
 */
typedef struct
{
  AnnalsTimeline *timeline;
  GPtrArray      *events;
} AnnalsTimelineData;

AnnalsTimelineData *annals_timeline_data_load      (AnnalsDb            *db,
                                                    gint64               timeline_id,
                                                    GError             **error);
AnnalsTimelineData *annals_timeline_data_ref       (AnnalsTimelineData  *self);
void                annals_timeline_data_unref     (AnnalsTimelineData  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsTimelineData, annals_timeline_data_unref)

/* (nullable) */
AnnalsEvent        *annals_timeline_data_find      (AnnalsTimelineData  *self,
                                                    gint64               event_id);
/* The event's lane, counted from 0; the number of lanes when it is in none. */
guint               annals_timeline_data_get_lane  (AnnalsTimelineData  *self,
                                                    const AnnalsEvent   *event);
/* Whether a lane is needed for events that are in none. */
gboolean            annals_timeline_data_has_loose (AnnalsTimelineData  *self);
/* A name of annals-palette.h: the lane's, or the timeline's for an event in none. */
const char         *annals_timeline_data_get_colour (AnnalsTimelineData *self,
                                                    const AnnalsEvent   *event);
/* For people: "9 Mar 2020 · 2 sources" */
char               *annals_timeline_data_dup_caption (const AnnalsEvent *event);
/* "38 events · Jan – Jun 2020 · 29 posts cited" */
char               *annals_timeline_data_dup_summary (AnnalsTimelineData *self);

G_END_DECLS
