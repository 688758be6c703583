/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-timelines.h"

G_BEGIN_DECLS

/**
 * AnnalsTimelineEdit:
 *
 * One action on a timeline, done as one change by annals_timeline_edit_apply(). What is NULL or 0 is
 * left as it is.
 */
typedef struct
{
  gint64        timeline_id;
  gint64        event_id;       /* 0 with event_title: a new event, whose id is left here */
  char         *event_title;
  char         *event_account;
  AnnalsDate   *event_date;
  gboolean      set_lane;       /* to lane_id, to the lane called lane_name, or out of every lane */
  gboolean      delete_event;
  gint64        lane_id;        /* without set_lane: the lane that is edited */
  char         *lane_name;
  char         *lane_colour;
  int           lane_position;  /* -1: as it is */
  gboolean      delete_lane;
  gboolean      add_lane;       /* called lane_name, of lane_colour */
  gint64        post_id;        /* evidence to be added */
  gint64        annotation_id;
  gint64        evidence_id;    /* evidence to be changed or deleted */
  int           stance;         /* AnnalsStance; -1: as it is */
  char         *evidence_note;
  gboolean      delete_evidence;
} AnnalsTimelineEdit;

AnnalsTimelineEdit *annals_timeline_edit_new   (gint64               timeline_id,
                                                gint64               event_id);
void                annals_timeline_edit_free  (AnnalsTimelineEdit  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsTimelineEdit, annals_timeline_edit_free)

/* An AnnalsDbFunc for the one door; @edit: an AnnalsTimelineEdit. */
gboolean            annals_timeline_edit_apply (AnnalsDb            *db,
                                                gpointer             edit,
                                                GCancellable        *cancellable,
                                                GError             **error);

/* The same for several of them; @edits: (element type AnnalsTimelineEdit) a GPtrArray. */
gboolean            annals_timeline_edits_apply (AnnalsDb           *db,
                                                 gpointer            edits,
                                                 GCancellable       *cancellable,
                                                 GError            **error);

G_END_DECLS
