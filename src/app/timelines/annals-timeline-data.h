/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-timelines.h"

G_BEGIN_DECLS

/**
 * AnnalsEventSummary:
 * @caption: for people: "9 Mar 2020 · 2 sources"
 * @n_sources: independent sources
 * @n_supports: those of them that support it
 * @n_contradicts: those that contradict it
 * @source: (nullable): the publication of the first piece of evidence; borrowed from the event
 * @tag: (nullable): the event's tag, or its evidence's, that most events of the timeline share
 *
 * What is said of an event at many places, found once.
 */
typedef struct
{
  char       *caption;
  guint       n_sources;
  guint       n_supports;
  guint       n_contradicts;
  const char *source;
  char       *tag;
} AnnalsEventSummary;

/**
 * AnnalsTimelineData:
 * @timeline: with its lanes
 * @events: (element type AnnalsEvent): in time order
 * @summaries: of AnnalsEventSummary, parallel to @events
 * @by_id: event id → its index + 1
 *
 * A timeline as it was at one moment, shared by the widgets that show it. Immutable, counted.
 */
typedef struct
{
  AnnalsTimeline *timeline;
  GPtrArray      *events;
  GArray         *summaries;
  GHashTable     *by_id;
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
/* (nullable) */
const AnnalsEventSummary *annals_timeline_data_get_summary (AnnalsTimelineData *self,
                                                            gint64              event_id);
/* "38 events · Jan – Jun 2020 · 29 posts cited" */
char               *annals_timeline_data_dup_summary (AnnalsTimelineData *self);

G_END_DECLS
