/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-review.h"

#include <glib/gi18n-lib.h>

#include "annals-annotations-private.h"
#include "annals-db-private.h"
#include "annals-posts.h"

void
annals_review_free (AnnalsReview *self)
{
  g_clear_pointer (&self->annotation, annals_annotation_free);
  g_clear_pointer (&self->before, annals_text_unref);
  g_clear_pointer (&self->text, annals_text_unref);
  g_clear_pointer (&self->candidates, g_array_unref);
  g_free (self);
}

GPtrArray *
annals_db_list_review (AnnalsDb  *db,
                       GError   **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return annals_annotations_select (db,
                                    "WHERE annotation.state = 'review' AND annotation.orphan = 0 "
                                    "AND post.withdrawn = 0 AND post.trashed = 0 "
                                    "ORDER BY post.published_from IS NULL, post.published_from DESC, "
                                    "post.place, post.id, start, end, annotation.id", error);
}

gboolean
annals_db_count_review (AnnalsDb  *db,
                        guint     *n,
                        GError   **error)
{
  gint64 count = 0;

  g_return_val_if_fail (db != NULL && n != NULL, FALSE);

  if (!annals_db_query_int64 (db,
                              "SELECT count(*) FROM annotation JOIN post ON post.id = annotation.post "
                              "WHERE annotation.state = 'review' AND annotation.orphan = 0 "
                              "AND post.withdrawn = 0 AND post.trashed = 0", 0, 0, &count, error))
    return FALSE;

  *n = (guint) count;
  return TRUE;
}

AnnalsReview *
annals_db_load_review (AnnalsDb  *db,
                       gint64     annotation_id,
                       GError   **error)
{
  g_autoptr(AnnalsReview) self = g_new0 (AnnalsReview, 1);
  g_autoptr(AnnalsAnchor) anchor = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(self->annotation = annals_db_load_annotation (db, annotation_id, error)) ||
      !(self->text = annals_db_load_text (db, self->annotation->post_id, 0, error)))
    return NULL;

  /* A revision that cannot be read is a loss to the search only. */
  self->before = annals_db_load_text (db, self->annotation->post_id, self->annotation->revision_id, NULL);
  if (!g_str_equal (self->annotation->state, "review"))
    {
      self->candidates = g_array_new (FALSE, FALSE, sizeof (AnnalsAnchorCandidate));
      return g_steal_pointer (&self);
    }

  anchor = annals_anchor_new (self->text, self->before);
  self->candidates = annals_anchor_list (anchor, &self->annotation->selector, ANNALS_REVIEW_CANDIDATES,
                                         &self->reason);

  return g_steal_pointer (&self);
}

gboolean
annals_db_place_on_candidate (AnnalsDb  *db,
                              gint64     annotation_id,
                              guint      candidate,
                              GError   **error)
{
  g_autoptr(AnnalsReview) review = annals_db_load_review (db, annotation_id, error);
  const AnnalsAnchorCandidate *place;

  if (review == NULL)
    return FALSE;

  if (candidate >= review->candidates->len)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   ngettext ("The note on “%s” has only %u candidate", "The note on “%s” has only %u candidates",
                             review->candidates->len),
                   review->annotation->selector.exact, review->candidates->len);
      return FALSE;
    }

  place = &g_array_index (review->candidates, AnnalsAnchorCandidate, candidate);
  return annals_db_place_annotation (db, annotation_id, place->start, place->end, error);
}

gboolean
annals_db_place_on_best (AnnalsDb  *db,
                         gint64     annotation_id,
                         gboolean  *placed,
                         GError   **error)
{
  g_autoptr(AnnalsReview) review = annals_db_load_review (db, annotation_id, error);
  const AnnalsAnchorCandidate *place;

  g_return_val_if_fail (placed != NULL, FALSE);

  if (review == NULL)
    return FALSE;

  *placed = review->candidates->len > 0;
  if (!*placed)
    return TRUE;

  place = &g_array_index (review->candidates, AnnalsAnchorCandidate, 0);
  return annals_db_place_annotation (db, annotation_id, place->start, place->end, error);
}
