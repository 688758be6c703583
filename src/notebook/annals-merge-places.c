/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

/* The lane of the event in the timeline; *found FALSE: it is not in it. */
static gboolean
load_lane (AnnalsMerge  *self,
           gint64        timeline,
           gint64        event,
           gboolean     *found,
           gint64       *lane,
           GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *lane = 0;
  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT ifnull (lane, 0) FROM timeline_event "
                                 "WHERE timeline = :timeline AND event = :event", error)))
    return FALSE;

  bind_int64 (stmt, ":timeline", timeline);
  bind_int64 (stmt, ":event", event);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    *lane = column_int64 (stmt, 0);
  *found = step == STEP_ROW;

  return step != STEP_ERROR;
}

static gboolean
write_lane (AnnalsMerge  *self,
            gint64        timeline,
            gint64        event,
            gint64        lane,
            GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self->db,
                                 "UPDATE timeline_event SET lane = :lane WHERE timeline = :timeline AND event = :event",
                                 error)))
    return FALSE;

  bind_id (stmt, ":lane", lane);
  bind_int64 (stmt, ":timeline", timeline);
  bind_int64 (stmt, ":event", event);

  return annals_db_run (self->db, stmt, error);
}

/* When it was put into its lane there. A document says how things were when it was written. */
static gboolean
get_their_time (AnnalsMerge  *self,
                AnnalsEntry  *event,
                const char   *timeline_uid,
                gint64       *time,
                GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *time = annals_entry_get (event, "modified")->is_unsaid ? annals_merge_get_number (event, "modified") : 0;
  if (self->other_times == NULL)
    return TRUE;
  if (!(stmt = annals_db_borrow (self->source->other, "SELECT id FROM timeline WHERE uid = :uid", error)))
    return FALSE;

  bind_text (stmt, ":uid", timeline_uid);
  if ((step = annals_db_step (self->source->other, stmt, error)) == STEP_ROW)
    *time = annals_merge_times_get_of (self->other_times, "timeline_event", column_int64 (stmt, 0), event->id, "lane");

  return step != STEP_ERROR;
}

static gboolean
merge_lane (AnnalsMerge  *self,
            AnnalsEntry  *event,
            AnnalsEntry  *place,
            gint64        timeline,
            gint64        id,
            gint64        ours,
            GError      **error)
{
  const char *uid = annals_entry_get (place, "lane")->text;
  gint64 theirs = 0;
  g_autofree char *our_name = NULL;
  g_autofree char *their_name = NULL;
  gint64 time;
  gboolean taken;

  if (annals_entry_get (place, "lane")->is_unsaid)
    return TRUE;
  if (uid != NULL && !annals_merge_find (self, ANNALS_ENTRY_LANE, uid, &theirs, error))
    return FALSE;
  if (theirs == ours || (theirs == 0 && uid != NULL))
    return TRUE;

  if (!annals_merge_load_times (self, error) ||
      !get_their_time (self, event, annals_entry_get_text (place, "timeline"), &time, error))
    return FALSE;

  taken = time > annals_merge_times_get_of (self->times, "timeline_event", timeline, id, "lane");
  our_name = annals_merge_dup_row_name (self, ANNALS_ENTRY_LANE, ours);
  their_name = annals_merge_dup_row_name (self, ANNALS_ENTRY_LANE, theirs);
  annals_merge_add_words (self, ANNALS_ENTRY_EVENT, annals_merge_get_name (event), "lane", our_name, their_name, taken);

  return !taken || write_lane (self, timeline, id, theirs, error);
}

/* A lane is one of its timeline. */
static gboolean
clean_lane (AnnalsMerge  *self,
            AnnalsEntry  *place,
            gint64        timeline,
            GError      **error)
{
  const char *uid = annals_entry_get (place, "lane")->text;
  gint64 lane = 0;
  gint64 owner = 0;

  if (uid == NULL)
    return TRUE;
  if (!annals_merge_find (self, ANNALS_ENTRY_LANE, uid, &lane, error) ||
      (lane != 0 &&
       !annals_db_query_int64 (self->db, "SELECT timeline FROM lane WHERE id = :id", lane, 0, &owner, error)))
    return FALSE;

  if (owner != timeline)
    annals_entry_set_text (place, "lane", NULL);
  return TRUE;
}

gboolean
annals_merge_take_places (AnnalsMerge  *self,
                          AnnalsEntry  *event,
                          gint64        id,
                          GError      **error)
{
  const GPtrArray *places = annals_entry_get (event, "timelines")->parts;

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      AnnalsEntry *place = places->pdata[i];
      gboolean is_there = FALSE;
      gint64 timeline, lane, ignored;

      if (!annals_merge_find (self, ANNALS_ENTRY_TIMELINE, annals_entry_get_text (place, "timeline"), &timeline, error) ||
          (timeline != 0 && (!clean_lane (self, place, timeline, error) ||
                             !load_lane (self, timeline, id, &is_there, &lane, error))) ||
          !(is_there ? merge_lane (self, event, place, timeline, id, lane, error)
                     : annals_merge_insert (self, place, id, &ignored, error)))
        return FALSE;
    }

  return TRUE;
}
