/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-mark.h"

AnnalsMark *
annals_mark_new (gint64 post_id,
                 gint64 annotation_id)
{
  AnnalsMark *self = g_new0 (AnnalsMark, 1);

  self->post_id = post_id;
  self->annotation_id = annotation_id;

  return self;
}

void
annals_mark_free (AnnalsMark *self)
{
  g_free (self->colour);
  g_free (self->note);
  g_free (self->add_tag);
  g_clear_pointer (&self->event_date, annals_date_unref);
  g_free (self->event_title);
  g_free (self->event_account);
  g_free (self->timeline);
  g_free (self->lane);
  g_free (self);
}

static gboolean
add_event (AnnalsDb    *db,
           AnnalsMark  *self,
           GError     **error)
{
  if (self->timeline_id == 0 &&
      !annals_db_add_timeline (db, self->timeline, "", NULL, "", &self->timeline_id, error))
    return FALSE;

  if (self->lane_id == 0 && self->lane != NULL &&
      !annals_db_ensure_lane (db, self->timeline_id, self->lane, NULL, &self->lane_id, error))
    return FALSE;

  return annals_db_add_event (db, self->timeline_id, self->lane_id, self->event_date,
                              self->event_title,
                              self->event_account != NULL ? self->event_account : "",
                              &self->event_id, error) &&
         annals_db_add_evidence (db, self->event_id, self->post_id, self->annotation_id,
                                 ANNALS_STANCE_SUPPORTS, "", NULL, error);
}

static gboolean
mark_passage (AnnalsDb    *db,
              AnnalsMark  *self,
              GError     **error)
{
  if (self->annotation_id == 0 && self->end == 0)
    return annals_db_add_post_note (db, self->post_id, self->colour, self->note, &self->annotation_id, error);

  if (self->annotation_id == 0)
    return annals_db_add_annotation (db, self->post_id, self->start, self->end, self->colour,
                                     self->note != NULL ? self->note : "",
                                     &self->annotation_id, error);

  return (self->colour == NULL ||
          annals_db_set_annotation_colour (db, self->annotation_id, self->colour, error)) &&
         (self->note == NULL ||
          annals_db_set_annotation_note (db, self->annotation_id, self->note, error));
}

gboolean
annals_mark_apply (AnnalsDb      *db,
                   gpointer       mark,
                   GCancellable  *cancellable,
                   GError       **error)
{
  AnnalsMark *self = mark;
  gint64 tag_id;

  if (self->remove)
    return annals_db_delete_annotation (db, self->annotation_id, error);

  if (self->place)
    return annals_db_place_annotation (db, self->annotation_id, self->start, self->end, error);

  if (!self->whole_post && !mark_passage (db, self, error))
    return FALSE;

  if (self->add_tag != NULL &&
      !(annals_db_ensure_tag (db, self->add_tag, &tag_id, error) &&
        annals_db_tag_annotation (db, tag_id, self->annotation_id, error)))
    return FALSE;

  if (self->remove_tag_id != 0 &&
      !annals_db_untag_annotation (db, self->remove_tag_id, self->annotation_id, error))
    return FALSE;

  return self->event_date == NULL || add_event (db, self, error);
}

AnnalsPostChange *
annals_post_change_new (gint64 post_id)
{
  AnnalsPostChange *self = g_new0 (AnnalsPostChange, 1);

  self->post_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (post_id != 0)
    g_array_append_val (self->post_ids, post_id);
  self->read = -1;
  self->starred = -1;

  return self;
}

void
annals_post_change_free (AnnalsPostChange *self)
{
  g_array_unref (self->post_ids);
  g_free (self->add_tag);
  g_free (self);
}

gboolean
annals_post_change_apply (AnnalsDb      *db,
                          gpointer       change,
                          GCancellable  *cancellable,
                          GError       **error)
{
  AnnalsPostChange *self = change;
  const gint64 *ids = (const gint64 *) (gpointer) self->post_ids->data;
  guint n_ids = self->post_ids->len;
  gint64 tag_id;

  if (self->add_tag != NULL &&
      !(annals_db_ensure_tag (db, self->add_tag, &tag_id, error) &&
        annals_db_tag_posts (db, tag_id, ids, n_ids, error)))
    return FALSE;

  if (self->remove_tag_id != 0 &&
      !annals_db_untag_posts (db, self->remove_tag_id, ids, n_ids, error))
    return FALSE;

  if (self->read >= 0 && !annals_db_set_post_read (db, ids, n_ids, self->read, error))
    return FALSE;

  return self->starred < 0 || annals_db_set_post_starred (db, ids, n_ids, self->starred, error);
}
