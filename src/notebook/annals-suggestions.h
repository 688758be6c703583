/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-timelines.h"

G_BEGIN_DECLS

/* What was decided of the posts that were suggested for a timeline. Which ones to suggest is for
 * annals-suggest.h to say. */

typedef enum
{
  ANNALS_DECISION_ADDED,
  ANNALS_DECISION_REJECTED,
  ANNALS_DECISION_LATER,
} AnnalsDecision;

typedef struct
{
  gint64         post_id;
  AnnalsDecision decision;
  gboolean       waits;      /* put off, and no import has brought posts since */
} AnnalsDecided;

/* A post that belongs to a timeline: it is evidence of one of its events. */
typedef struct
{
  gint64  post_id;
  gint64  event_id;      /* the last that cites it */
  char   *event_title;
} AnnalsAccepted;

void       annals_accepted_free     (AnnalsAccepted *self);

/* Last decided first (element type AnnalsDecided). */
GArray    *annals_db_list_decided   (AnnalsDb *db, gint64 timeline_id, GError **error);
/* Each post once, the last first (element type AnnalsAccepted). */
GPtrArray *annals_db_list_accepted  (AnnalsDb *db, gint64 timeline_id, GError **error);

/* --- changes: only inside the one door --- */
/* The last decision counts. ADDED makes an event of the post, *event_id (out, nullable; 0 otherwise), and fails
 * with EXISTS when one of the timeline's events cites the post already. */
gboolean   annals_db_decide         (AnnalsDb *db, gint64 timeline_id, gint64 post_id, AnnalsDecision decision,
                                     gint64 *event_id, GError **error);

G_END_DECLS
