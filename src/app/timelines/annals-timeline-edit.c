/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-edit.h"

AnnalsTimelineEdit *
annals_timeline_edit_new (gint64 timeline_id,
                          gint64 event_id)
{
  AnnalsTimelineEdit *self = g_new0 (AnnalsTimelineEdit, 1);

  self->timeline_id = timeline_id;
  self->event_id = event_id;
  self->lane_position = -1;
  self->stance = -1;

  return self;
}

void
annals_timeline_edit_free (AnnalsTimelineEdit *self)
{
  g_free (self->event_title);
  g_free (self->event_account);
  g_clear_pointer (&self->event_date, annals_date_unref);
  g_free (self->lane_name);
  g_free (self->lane_colour);
  g_free (self->evidence_note);
  g_free (self);
}

static gboolean
apply_to_lane (AnnalsDb            *db,
               AnnalsTimelineEdit  *self,
               GError             **error)
{
  if (self->delete_lane)
    return annals_db_delete_lane (db, self->lane_id, error);

  return annals_db_set_lane (db, self->lane_id, self->lane_name, self->lane_colour, error) &&
         (self->lane_position < 0 ||
          annals_db_move_lane (db, self->lane_id, (guint) self->lane_position, error));
}

static gboolean
apply_to_evidence (AnnalsDb            *db,
                   AnnalsTimelineEdit  *self,
                   GError             **error)
{
  if (self->delete_evidence)
    return annals_db_delete_evidence (db, self->evidence_id, error);

  return annals_db_set_evidence (db, self->evidence_id, (AnnalsStance) MAX (self->stance, 0),
                                 self->evidence_note, error);
}

static gboolean
apply_to_event (AnnalsDb            *db,
                AnnalsTimelineEdit  *self,
                GError             **error)
{
  if (self->delete_event)
    return annals_db_delete_event (db, self->event_id, error);

  if (self->set_lane && self->lane_id == 0 && self->lane_name != NULL &&
      !annals_db_ensure_lane (db, self->timeline_id, self->lane_name, NULL, &self->lane_id, error))
    return FALSE;

  if (self->event_id == 0)
    return annals_db_add_event (db, self->timeline_id, self->set_lane ? self->lane_id : 0, self->event_date,
                                self->event_title, self->event_account, &self->event_id, error);

  return annals_db_set_event (db, self->event_id, self->event_date, self->event_title, self->event_account,
                              error) &&
         (!self->set_lane ||
          annals_db_set_event_lane (db, self->event_id, self->timeline_id, self->lane_id, error));
}

gboolean
annals_timeline_edit_apply (AnnalsDb      *db,
                            gpointer       edit,
                            GCancellable  *cancellable,
                            GError       **error)
{
  AnnalsTimelineEdit *self = edit;

  if (self->add_lane)
    return annals_db_ensure_lane (db, self->timeline_id, self->lane_name, self->lane_colour,
                                  &self->lane_id, error);
  if (self->evidence_id != 0)
    return apply_to_evidence (db, self, error);
  if (self->lane_id != 0 && !self->set_lane)
    return apply_to_lane (db, self, error);
  if (!apply_to_event (db, self, error))
    return FALSE;

  return (self->post_id == 0 && self->annotation_id == 0) ||
         annals_db_add_evidence (db, self->event_id, self->post_id, self->annotation_id,
                                 (AnnalsStance) MAX (self->stance, 0), self->evidence_note, NULL, error);
}

gboolean
annals_timeline_edits_apply (AnnalsDb      *db,
                             gpointer       edits,
                             GCancellable  *cancellable,
                             GError       **error)
{
  GPtrArray *all = edits;

  for (guint i = 0; i < all->len; i++)
    if (!annals_timeline_edit_apply (db, g_ptr_array_index (all, i), cancellable, error))
      return FALSE;

  return TRUE;
}
