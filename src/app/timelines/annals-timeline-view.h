/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-palette.h"
#include "annals-timeline-data.h"
#include "annals-timeline-look.h"

G_BEGIN_DECLS

/**
 * AnnalsViewLane:
 * @name: for people
 * @colour: its own
 * @timeline_id: whose it is
 * @lane: (nullable): the lane that it is; %NULL for events without one, and for groups
 * @index: of @lane in its timeline
 * @n_lanes: how many lanes that timeline has
 * @is_main: of the timeline that is shown, not of one laid over it
 */
typedef struct
{
  char               *name;
  const AnnalsColour *colour;
  gint64              timeline_id;
  const AnnalsLane   *lane;
  guint               index;
  guint               n_lanes;
  gboolean            is_main;
} AnnalsViewLane;

/**
 * AnnalsViewItem:
 * @event: borrowed
 * @summary: borrowed
 * @data: whose event it is; borrowed
 * @lane: index of its AnnalsViewLane
 * @is_main: of the timeline that is shown
 */
typedef struct
{
  AnnalsEvent              *event;
  const AnnalsEventSummary *summary;
  AnnalsTimelineData       *data;
  guint                     lane;
  gboolean                  is_main;
} AnnalsViewItem;

/**
 * AnnalsTimelineView:
 * @data: the timeline that is shown
 * @group: what its lanes are
 * @lanes: (element type AnnalsViewLane): those that are shown
 * @items: of AnnalsViewItem: the events in these, of one timeline after the other
 *
 * What the drawing and the table show: a timeline by its lanes, tags or sources, without those that are
 * hidden, and the timelines laid over it. Immutable, counted.
 */
typedef struct
{
  AnnalsTimelineData  *data;
  GPtrArray           *overlays;
  AnnalsTimelineGroup  group;
  GPtrArray           *lanes;
  GArray              *items;
  GHashTable          *by_id;
} AnnalsTimelineView;

/* @overlays: (element type AnnalsTimelineData) (nullable); @hidden: (nullable): a set of lanes,
 * as annals_view_lane_dup_key() makes them */
AnnalsTimelineView   *annals_timeline_view_new      (AnnalsTimelineData  *data,
                                                     GPtrArray           *overlays,
                                                     AnnalsTimelineGroup  group,
                                                     GHashTable          *hidden);
AnnalsTimelineView   *annals_timeline_view_ref      (AnnalsTimelineView  *self);
void                  annals_timeline_view_unref    (AnnalsTimelineView  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsTimelineView, annals_timeline_view_unref)

/* (nullable): an event that is shown */
const AnnalsViewItem *annals_timeline_view_find     (AnnalsTimelineView  *self,
                                                     gint64               event_id);
/* The timeline of @data in lanes, none of them hidden (element type AnnalsViewLane) */
GPtrArray            *annals_timeline_view_list_lanes (AnnalsTimelineData *data,
                                                       AnnalsTimelineGroup group);
/* What tells a lane of a timeline from its others, of any grouping; the same whenever it is asked for */
char                 *annals_view_lane_dup_key      (const AnnalsViewLane *self,
                                                     AnnalsTimelineGroup   group);

G_END_DECLS
