/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-timelines.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_GROUP_LANE,
  ANNALS_GROUP_TAG,
  ANNALS_GROUP_SOURCE,
} AnnalsTimelineGroup;

/**
 * AnnalsTimelineLook:
 * @group: what its lanes are
 * @hidden: a set of keys of lanes that are not shown
 * @overlays: a set of uids of timelines that are laid over it, also of such as are gone
 *
 * How a timeline was last looked at. It belongs to the timeline, not to its record: it has no history.
 */
typedef struct
{
  AnnalsTimelineGroup  group;
  GHashTable          *hidden;
  GHashTable          *overlays;
} AnnalsTimelineLook;

AnnalsTimelineLook *annals_timeline_look_new   (void);
AnnalsTimelineLook *annals_timeline_look_copy  (AnnalsTimelineLook *self);
void                annals_timeline_look_free  (AnnalsTimelineLook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsTimelineLook, annals_timeline_look_free)

/* "lane", "tag" or "source" */
const char         *annals_timeline_group_to_string (AnnalsTimelineGroup group);

/* All of it shown by its lanes when nothing, or nothing that can be read, was noted. */
AnnalsTimelineLook *annals_db_load_timeline_look    (AnnalsDb                 *db,
                                                     const char               *timeline_uid,
                                                     GError                  **error);

/* --- what the program notes by itself: inside the one door, without a label --- */
gboolean            annals_db_set_timeline_look     (AnnalsDb                 *db,
                                                     const char               *timeline_uid,
                                                     AnnalsTimelineLook       *look,
                                                     GError                  **error);

G_END_DECLS
